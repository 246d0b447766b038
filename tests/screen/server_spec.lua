-- What the language server shows on the screen: hover, inlay hints, renaming, completion.
local Screen = require("tests.screen.screen")

local TEXT = {
  "# The count",
  "",
  "Anna Lindqvist won on 25 May 2018. Two days later Lindqvist left.[^1]",
  "",
  "“We counted 476 votes,” she said.",
  "",
  "[^1]: See the minutes of the council.",
}

describe("the language server on the screen", function()
  local screen, file

  before_each(function()
    file = vim.fn.tempname() .. ".md"
    vim.fn.writefile(TEXT, file)
    screen = Screen.new({ columns = 80, lines = 24, args = { file } })
    screen:wait_for("GalleyPerson", "Anna Lindqvist")
    screen:wait(function()
      return screen:lua(
        "local c = vim.lsp.get_clients({ name = 'galley' })[1] return c and c.initialized or false"
      )
    end, "for the client")
  end)

  after_each(function()
    local errors = screen:close()
    vim.fn.delete(file)
    assert.are.equal("", errors)
  end)

  local function text()
    return table.concat(screen:text(), "\n")
  end

  --- Waits until the screen shows a text.
  local function shows(pattern)
    screen:wait(function()
      screen:sync()
      return text():find(pattern)
    end, pattern)
  end

  it("shows hover in a window that fits, and closes it on a move", function()
    screen:type("/Two days<CR>K")
    shows("value +2018%-05%-27")
    assert.has.match("kind +date", text())
    assert.has.match("counted from +the date mentioned before", text())
    screen:type("j")
    screen:wait(function()
      screen:sync()
      return not text():find("counted from")
    end, "for the window to close")
    screen:type("gg/\\^1<CR>K")
    shows("│ ?%[%^1%]: See the minutes of the council")
  end)

  it("frames hover where its colours do not tell it from the text", function()
    screen:lua("vim.o.termguicolors = false vim.cmd.colorscheme('default')")
    screen:type("/Two days<CR>K")
    shows("╭")
    assert.has.match("│ ?kind +date", text())
    screen:type("jk")
    screen:lua("vim.cmd.highlight('NormalFloat ctermbg=8')")
    screen:type("K")
    shows("kind +date")
    assert.is_nil(text():find("╭"))
  end)

  it("shows inlay hints when they are turned on", function()
    assert.is_nil(text():find("2018-05-27", 1, true))
    screen:lua("vim.lsp.inlay_hint.enable(true)")
    shows("Two days later 2018%-05%-27 Lindqvist left")
    shows("“We counted 476 votes,” — Anna Lindqvist she said")
  end)

  it("renames by the client's own prompt", function()
    screen:type("/Lindqvist left<CR>")
    screen:lua("vim.lsp.buf.rename('Maria Oduya')")
    shows("Maria Oduya won on 25 May 2018. Two days later Oduya left")
  end)

  it("goes to the full name, by the tag key too", function()
    screen:type("/Lindqvist left<CR><C-]>")
    screen:wait(function()
      return vim.deep_equal({ 3, 0 }, screen:request("nvim_win_get_cursor", 0))
    end, "for the cursor to go there")
  end)

  it("lists the outline", function()
    screen:lua("vim.lsp.buf.document_symbol()")
    shows("The count")
    shows("Anna Lindqvist")
  end)

  it("completes names", function()
    screen:type("GoThen Lin<C-X><C-O>")
    shows("Then Lindqvist")
    screen:type("<Esc>")
  end)
end)
