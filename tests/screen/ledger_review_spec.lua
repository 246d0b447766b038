-- A reviewer at work on the example with sources: from a figure to its source and back, verified,
-- and stale when the text or the source says something else.
local Screen = require("tests.screen.screen")

describe("reviewing the example", function()
  local screen, folder

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    vim.fn.system({ "cp", "-r", "examples/tidewell-results.md", "examples/sources", folder })
    screen = Screen.new({
      columns = 100,
      lines = 40,
      args = {
        "--cmd",
        "let g:galley = {'diagnostics': v:false, 'reviewer': 'R. Eader'}",
        folder .. "/tidewell-results.md",
      },
    })
    screen:wait_for("GalleyFigure", "24%")
  end)

  after_each(function()
    local errors = screen:close()
    vim.fn.delete(folder, "rf")
    assert.are.equal("", errors)
  end)

  local function shown()
    return table.concat(screen:text(), "\n")
  end

  local function wait_for(text)
    screen:wait(function()
      return shown():find(text, 1, true)
    end, text)
  end

  --- The line of the screen that begins with `text`, with the lines that it wraps to.
  local function paragraph(text)
    return shown():match("\n(" .. vim.pesc(text) .. ".-)\n\n")
  end

  it("goes to the source and back, verifies, and sees what changes", function()
    screen:command("call search('£486.7m')")
    screen:command("Galley source")
    screen:wait(function()
      return screen:lua("return vim.fs.basename(vim.api.nvim_buf_get_name(0))")
        == "tidewell-half-year.md"
    end, "the source")
    assert.has.match("486%.7", screen:lua("return vim.fn.getline('.')"))
    screen:type("<C-o>")
    assert.has.match("£486.7m", screen:lua("return vim.fn.getline('.')"))
    screen:command("Galley peek")
    wait_for("tidewell-half-year.md")
    screen:type("h")

    screen:command("call search('£486.7m', 'c')")
    screen:request("nvim_input", ":Galley verify as the half-year report says<CR>")
    -- The table has it too, in a column of £m.
    wait_for("2: all 2 that say the same")
    screen:type("1<CR>")
    screen:wait_for("DiagnosticOk", "✓")
    assert.has.match("%[%^results%] ✓$", paragraph("Tidewell Marine"))
    screen:command("Galley inspect")
    wait_for("source       sources/tidewell-half-year.md")
    wait_for("by           R. Eader")
    wait_for("note         as the half-year report says")
    screen:type("h")

    screen:command("call search('£486.7m', 'c') | normal! l")
    screen:type("r5")
    screen:wait_for("DiagnosticInfo", "✓!")
    screen:command("Galley inspect")
    wait_for("stale: the text has changed")
    wait_for("was          £486.7m")
    screen:type("hu")
    screen:wait_for("DiagnosticOk", "✓")

    local source = folder .. "/sources/tidewell-half-year.md"
    local lines = vim.fn.readfile(source)
    for row, line in ipairs(lines) do
      lines[row] = line:gsub("486%.7", "468.7")
    end
    vim.fn.writefile(lines, source)
    screen:lua("vim.api.nvim_exec_autocmds('FocusGained', {})")
    screen:wait_for("DiagnosticInfo", "✓!")
    screen:command("call search('£486.7m', 'c') | Galley inspect")
    wait_for("stale: its source has changed")
  end)

  it("goes from one open figure to the next until none is left", function()
    screen:command("Galley next figure")
    local first = screen:lua("return vim.api.nvim_win_get_cursor(0)")
    screen:lua([[
      for _ = 1, 500 do
        local before = require("galley.ledger").counts(0).open
        vim.cmd("silent Galley next figure")
        local span = require("galley").span_at(0)
        if not span or span.kind ~= "figure" then break end
        vim.cmd("Galley! waive")
        if require("galley.ledger").counts(0).open == before then break end
      end
    ]])
    screen:command("Galley review figure")
    wait_for("no fact is open")
    local again = screen:lua("return vim.api.nvim_win_get_cursor(0)")
    assert.are_not.same({ 1, 0 }, first)
    assert.are_not.same({ 1, 0 }, again)
    local statusline = screen:lua([[
      vim.wait(1000, function() return require("galley").statusline():find("–") end, 5)
      return require("galley").statusline()
    ]])
    assert.has.match("✓0/%d+ –%d+", statusline)
  end)
end)
