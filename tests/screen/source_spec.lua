-- What a reviewer sees: the source under the cursor's fact, beside the article and in its place.
local Screen = require("tests.screen.screen")

-- GalleySourceMatch is a link, told by where it leads: CurSearch.

describe("sources on the screen", function()
  local screen

  local function open(file)
    screen = Screen.new({ args = { file } })
    screen:command("set noswapfile")
  end

  after_each(function()
    assert.are.equal("", screen:close())
  end)

  local function shows(text)
    for _, row in ipairs(screen:text()) do
      if row:find(text, 1, true) then
        return true
      end
    end
    return false
  end

  local function wait_shows(text)
    screen:wait(function()
      screen:sync()
      return shows(text)
    end, "for " .. text)
  end

  it("are jumped to with gd and CTRL-], and left with CTRL-O and CTRL-T", function()
    open("examples/tidewell-results.md")
    screen:wait_for("GalleyFigure", "£486.7m")
    screen:type("/486.7m<CR>gd")
    screen:wait_for("CurSearch", "Revenue")
    wait_shows("- Revenue of £486.7 million")
    local row = screen.cursor[1] + 1
    assert.is_truthy(screen:text()[row]:find("Revenue of £486.7 million", 1, true))
    screen:type("<C-o>")
    wait_shows("battery ferries, raised")
    screen:type("gg/27 are<CR><C-]>")
    wait_shows("Norway,27,930")
    screen:type("<C-t>")
    wait_shows("27 are for Norway")
  end)

  it("are peeked at in a window that fits, with the words marked that say it", function()
    open("examples/tidewell-results.md")
    screen:wait_for("GalleyFigure", "£486.7m")
    screen:type("/We will open<CR>:Galley peek<CR>")
    screen:wait_for("CurSearch", "could")
    wait_shows("sources/tidewell-call.vtt, 00:17:37")
    wait_shows("ALTERED: here “will”, there “could”")
    assert.are.same(
      {},
      vim.tbl_filter(function(line)
        return vim.api.nvim_strwidth(line) > 80
      end, screen:text())
    )
    screen:type(":Galley peek<CR>q")
    screen:wait(function()
      screen:sync()
      return not shows("ALTERED")
    end, "for the window to close")
    screen:type("gg/121 deputies<CR>")
    screen:command("edit examples/drought-vote-2026-05-14.txt")
    screen:type("gg/11 backed<CR>:Galley peek<CR>")
    screen:wait_for("CurSearch", "11")
    wait_shows("says the same: 11 = 11")
  end)

  it("never reach the terminal with control or bidi characters", function()
    local folder = vim.fn.tempname()
    vim.fn.mkdir(folder .. "/.git", "p")
    vim.fn.writefile({
      "In all 476 dockers \27[31mvoted\7 \226\128\174strike for the\226\128\172 strike.",
    }, folder .. "/no\226\128\174te.txt")
    vim.fn.writefile({
      "---",
      "sources: [no\226\128\174te.txt]",
      "---",
      "",
      "In all 476 dockers voted for the strike.",
    }, folder .. "/article.md")
    open(folder .. "/article.md")
    screen:wait_for("GalleyFigure", "476")
    screen:type("/476<CR>:Galley peek<CR>")
    wait_shows("no<202e>te.txt, line 1")
    wait_shows("dockers ^[[31mvoted^G <202e>strike")
    for _, line in ipairs(screen:text()) do
      assert.is_nil(line:find("[\1-\31]"))
    end
    vim.fn.delete(folder, "rf")
  end)
end)
