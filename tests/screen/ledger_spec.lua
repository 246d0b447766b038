-- The ledger as a user sees it: signs, the choice of equal facts, the list, the way from one open
-- fact to the next.
local Screen = require("tests.screen.screen")

local TEXT = {
  "In all, 476 members voted in Norrvik and 151 stayed at home.",
  "",
  "“We counted the 476 twice,” said Anna Lindqvist.",
  "",
  "Then 12 ballots went missing.",
}

-- The screen tells a group by the last one that it links to: GalleyVerified by DiagnosticOk.
describe("the ledger on the screen", function()
  local screen, folder

  local function open(options)
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    vim.fn.writefile(TEXT, folder .. "/vote.md")
    screen = Screen.new({
      columns = 90,
      lines = 20,
      args = { "--cmd", "let g:galley = " .. (options or "{}"), folder .. "/vote.md" },
    })
    screen:wait_for("GalleyFigure", "476")
  end

  after_each(function()
    local errors = screen:close()
    vim.fn.delete(folder, "rf")
    assert.are.equal("", errors)
  end)

  local function line(row)
    return screen:text()[row]
  end

  it("signs a ticked fact at the end of its line", function()
    open()
    screen:command("call cursor(1, 9) | Galley query who counted?")
    screen:wait_for("DiagnosticWarn", "?")
    screen:command("call search('151') | Galley verify")
    screen:wait_for("DiagnosticOk", "✓")
    assert.has.match("at home%. %? ✓$", line(1))
    screen:command("call search('151') | Galley reopen")
    screen:sync()
    assert.has.match("at home%. %?$", line(1))
  end)

  it("signs facts where they stand, or in the sign column, as the user sets", function()
    open("{'ledger_mark': 'inline'}")
    screen:command("call cursor(1, 9) | Galley wrong")
    screen:wait_for("DiagnosticError", "✗")
    assert.has.match("476✗ members", line(1))
    screen:lua("require('galley').setup({ ledger_mark = 'sign' })")
    screen:sync()
    assert.has.match("^✗ In all, 476 members", line(1))
    screen:lua("require('galley').setup({ ledger_mark = 'none' })")
    screen:sync()
    assert.has.match("^In all, 476 members.*home%.$", line(1))
  end)

  it("counts the signs of a line that has many", function()
    open()
    screen:command("call setline(1, 'Then ' .. join(range(101, 110), ', ') .. ' ballots came.')")
    screen:lua([[
      local ledger, spans = require("galley.ledger"), {}
      for _, span in ipairs(require("galley").get_spans(0, { kinds = { "figure" }, last = 1 })) do
        table.insert(spans, span)
      end
      local last = table.remove(spans)
      assert(ledger.set_spans(0, spans, "verified"))
      assert(ledger.set_spans(0, { last }, "queried"))
    ]])
    screen:wait_for("DiagnosticOk", "✓9")
    screen:wait_for("DiagnosticWarn", "?1")
    assert.has.match("came%. ✓9 %?1$", line(1))
  end)

  it("offers all facts that say the same", function()
    open()
    screen:request("nvim_input", "1G9|:Galley verify<CR>")
    screen:wait(function()
      return table.concat(screen:text(), "\n"):find("2: all 2 that say the same", 1, true)
    end)
    screen:type("2<CR>")
    screen:wait_for("DiagnosticOk", "✓")
    assert.has.match("✓$", line(1))
    assert.has.match("✓$", line(3))
    screen:command("call cursor(1, 9) | Galley! waive")
    screen:wait_for("Comment", "–")
    assert.has.match("–$", line(1))
    assert.has.match("–$", line(3))
  end)

  it("shows that a ticked fact was edited", function()
    open()
    screen:command("call cursor(1, 9) | Galley! verify")
    screen:wait_for("DiagnosticOk", "✓")
    screen:type("1G9|r9")
    screen:wait_for("DiagnosticInfo", "✓!")
    assert.has.match("976 members.*✓!$", line(1))
    assert.has.match("✓$", line(3))
    screen:type("u")
    screen:wait(function()
      return line(1):match("✓$")
    end)
  end)

  it("goes from one open fact to the next, as 'wrapscan' says", function()
    open()
    screen:command("call cursor(1, 9) | Galley! verify")
    screen:lua([[
      vim.keymap.set("n", "]o", "<Plug>(galley-next)")
      vim.keymap.set("n", "[o", "<Plug>(galley-previous)")
    ]])
    local function at()
      return screen:lua("return { vim.fn.line('.'), vim.fn.expand('<cword>') }")
    end
    screen:command("normal! gg0")
    screen:command("Galley next figure")
    assert.are.same({ 1, "151" }, at())
    screen:command("Galley next figure")
    assert.are.same({ 5, "12" }, at())
    screen:command("Galley next figure")
    assert.are.same({ 1, "151" }, at())
    screen:command("set nowrapscan")
    screen:command("normal! G$b")
    screen:command("Galley next figure")
    assert.are.same({ 5, "missing" }, at())
    assert.has.match("no open figure below", table.concat(screen:text(), "\n"))
    screen:type("gg03]o")
    assert.are.same({ 3, "We" }, at())
    screen:type("<C-o>")
    assert.are.same({ 1, "In" }, at())
    screen:command("2,5fold | call cursor(1, 41)")
    screen:type("3]o")
    assert.are.same({ 3, "Anna" }, at())
    assert.are.equal(-1, screen:lua("return vim.fn.foldclosed('.')"))
    screen:type("[o[o")
    assert.are.same({ 1, "151" }, at())
  end)

  it("lists open facts by kind, and all with their status", function()
    open()
    screen:command("call cursor(1, 9) | Galley! verify")
    screen:command("Galley review")
    local function list()
      return screen:lua([[
        return vim.tbl_map(function(item)
          return item.lnum .. " " .. item.text
        end, vim.fn.getloclist(0))
      ]])
    end
    assert.are.same({
      "1 figure, open: 151 of members",
      "5 figure, open: 12 of ballots",
      "3 quote, open: “We counted the 476 twice,” by Anna Lindqvist",
      "1 name, open: Norrvik",
      "3 name, open: Anna Lindqvist",
    }, list())
    screen:command("lclose | Galley! review figure")
    assert.are.equal("1 figure, verified: 476 of members", list()[1])
  end)

  it("shows what another Neovim ticks, and loses nothing of either", function()
    open()
    local other = Screen.new({ columns = 90, lines = 20, args = { folder .. "/vote.md" } })
    other:wait_for("GalleyFigure", "476")
    screen:command("call search('151') | Galley verify")
    other:command("call search('12') | Galley wrong")
    screen:command("call cursor(1, 9) | Galley query")
    local function signs(of)
      of:lua("vim.api.nvim_exec_autocmds('FocusGained', {})")
      of:sync()
      local found = {}
      for _, row in ipairs({ 1, 5 }) do
        table.insert(found, of:text()[row]:match("%. (.*)$") or "")
      end
      return table.concat(found, " / ")
    end
    assert.are.equal("? ✓ / ✗", signs(other))
    assert.are.equal("? ✓ / ✗", signs(screen))
    assert.are.equal("", other:close())
  end)
end)
