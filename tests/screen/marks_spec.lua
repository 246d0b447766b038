-- What a user sees: marks on the right cells, whatever happens to text, windows and colours.
local Screen = require("tests.screen.screen")

local TEXT = {
  "Norrvik counts again", -- 1
  "",
  "In all, 476 members voted in Norrvik and 151 stayed at home.", -- 3
  "",
  "“We counted 36 ballots",
  "that very night,” said Anna Lindqvist.", -- 6
  "",
  "Nobody else was there.",
}

describe("marks on the screen", function()
  local screen, file

  local function open(lines, options)
    file = vim.fn.tempname() .. ".txt"
    vim.fn.writefile(lines or TEXT, file)
    options = options or {}
    options.args = options.args or { file }
    screen = Screen.new(options)
    -- These are links to groups that other things have too: seen by their own names.
    screen:command(
      "highlight GalleyMention guibg=#303060 | highlight GalleySpeakerCurrent gui=bold"
    )
  end

  after_each(function()
    local errors = screen:close()
    vim.fn.delete(file)
    assert.are.equal("", errors)
  end)

  --- The screen when nothing more is to come: all timers have run.
  local function settled()
    screen:lua([[
      local done = false
      vim.api.nvim_create_autocmd("User", {
        pattern = "GalleyUpdate",
        once = true,
        callback = function() done = true end,
      })
      vim.wait(1000, function() return done end, 5)
    ]])
    screen:sync()
  end

  local function figures()
    return screen:in_group("GalleyFigure")
  end

  --- Attributes of the first cell that shows `text`.
  local function attributes(text)
    for row, line in ipairs(screen:text()) do
      local column = line:find(text, 1, true)
      if column then
        column = vim.api.nvim_strwidth(line:sub(1, column - 1)) + 1
        return screen:lua("return vim.api.nvim__inspect_cell(1, ...)", row - 1, column - 1)[2]
      end
    end
    error("not on the screen: " .. text)
  end

  it("are drawn on spans, and nowhere else", function()
    open()
    screen:wait_for("GalleyFigure", "476")
    assert.are.same({ "476", "151", "36" }, figures())
    assert.are.same(
      { "“We counted 36 ballots", "that very night,”" },
      screen:in_group("GalleyQuote")
    )
    assert.are.same({ "“", "”" }, screen:in_group("GalleyQuoteMark"))
    assert.are.same({ "Anna Lindqvist" }, screen:in_group("GalleySpeaker"))
    assert.are.same({ "Anna Lindqvist" }, screen:in_group("GalleyPerson"))
    assert.is_nil(attributes("Nobody").underline)
    assert.is_nil(attributes("Nobody").bold)
  end)

  it("are right at once: nothing changes after the first look", function()
    open()
    screen:wait_for("GalleyFigure", "476")
    screen:sync()
    local first = screen:picture()
    settled()
    assert.are.equal(first, screen:picture())
  end)

  it("follow typing before the timer runs", function()
    open()
    screen:wait_for("GalleyFigure", "476")
    screen:lua("require('galley').setup({ debounce = 10000 })")
    screen:type("ggOThere were 77 more.<Esc>")
    assert.are.same({ "77", "476", "151", "36" }, figures())
    screen:type("/476<CR>xa0<Esc>:nohlsearch<CR>")
    assert.are.same({ "77", "706", "151", "36" }, figures())
    screen:type("dd")
    assert.are.same({ "77", "36" }, figures())
    screen:type("u")
    assert.are.same({ "77", "706", "151", "36" }, figures())
    screen:type("gg5J")
    assert.are.same({ "77", "706", "151", "36" }, figures())
    screen:type(":%s/151/nobody/<CR>")
    assert.are.same({ "77", "706", "36" }, figures())
    screen:type("u:2,$d<CR>")
    assert.are.same({ "77", "706", "151" }, figures())
  end)

  it("show the other mentions of the name under the cursor, until it moves on", function()
    open({
      "Nobody slept.",
      "",
      "Anna Lindqvist chairs the council in Norrvik.",
      "",
      "Later that day, Lindqvist left Norrvik by train.",
    })
    screen:wait_for("GalleyPerson", "Anna Lindqvist")
    settled()
    assert.are.same({}, screen:in_group("GalleyMention"))
    screen:type("/Norrvik<CR>:nohlsearch<CR>")
    assert.are.same({ "Norrvik", "Norrvik" }, screen:in_group("GalleyMention"))
    screen:type("gg")
    assert.are.same({}, screen:in_group("GalleyMention"))
    screen:type("5G0fL")
    assert.are.same({ "Anna Lindqvist", "Lindqvist" }, screen:in_group("GalleyMention"))
  end)

  it("show the speaker of the quote that the cursor is in", function()
    open()
    screen:wait_for("GalleyFigure", "476")
    settled()
    assert.are.same({}, screen:in_group("GalleySpeakerCurrent"))
    screen:type("5G05l")
    assert.are.same({ "Anna Lindqvist" }, screen:in_group("GalleySpeakerCurrent"))
    screen:type("3G")
    assert.are.same({}, screen:in_group("GalleySpeakerCurrent"))
    screen:type("5G05l:Galley toggle quote<CR>h")
    assert.are.same({}, screen:in_group("GalleySpeakerCurrent"))
  end)

  it("leave out reported speech when the settings say so", function()
    local lines =
      { "Anna Lindqvist said that the vote would be held again.", "", "“Yes,” she said." }
    open(lines)
    screen:wait_for("GalleyQuote", "“Yes,”")
    settled()
    assert.are.same({ "the vote would be held again" }, screen:in_group("GalleyQuoteIndirect"))
    assert.are.equal("", screen:close())
    open(lines, { args = { "--cmd", "let g:galley = #{indirect_quotes: v:false}" } })
    screen:command("edit " .. file)
    screen:wait_for("GalleyQuote", "“Yes,”")
    settled()
    assert.are.same({}, screen:in_group("GalleyQuoteIndirect"))
    screen:type("/vote<CR>:Galley inspect<CR>")
    assert.has.match("no span under the cursor", table.concat(screen:text(), "\n"))
  end)

  it("change on the other lines of a paragraph when a mark of a quote goes", function()
    open()
    screen:wait_for("GalleyQuote", "that very night,”")
    screen:lua("require('galley').setup({ debounce = 10000 })")
    screen:type("6Gf”x")
    local after_close = screen:in_group("GalleyQuote")
    screen:type("u5G0x")
    assert.are.same({}, screen:in_group("GalleyQuoteMark"))
    screen:type("u")
    assert.are.same({ "“", "”" }, screen:in_group("GalleyQuoteMark"))
    assert.are_not.same(after_close, screen:in_group("GalleyQuote"))
    assert.are.same(
      { "“We counted 36 ballots", "that very night,”" },
      screen:in_group("GalleyQuote")
    )
  end)

  it("show what 'inccommand' previews, and the text again after it", function()
    open()
    screen:wait_for("GalleyFigure", "476")
    screen:type(":%s/In all, /In 9 of 10, ")
    assert.are.same(
      { "9 of 10", "476", "151", "36" },
      (function()
        local found = figures()
        -- One figure or two: what the core makes of it is not the matter here.
        if found[2] == "10" then
          table.remove(found, 2)
          found[1] = "9 of 10"
        end
        return found
      end)()
    )
    screen:type("<Esc>")
    assert.are.same({ "476", "151", "36" }, figures())
  end)

  it("reach into a window that shows the middle of a quote", function()
    open(
      { "“One", "two 2", "three", "four 4,” said Anna Lindqvist.", "", "x", "y", "z", "", "z" },
      {
        lines = 6,
        columns = 40,
      }
    )
    screen:wait_for("GalleyQuote", "two 2")
    screen:type("3Gzt")
    assert.are.same({ "three", "four 4,”" }, screen:in_group("GalleyQuote"))
  end)

  it("are drawn on wrapped and on scrolled long lines", function()
    open(
      { ("word "):rep(30) .. "476 " .. ("word "):rep(30) .. "151 end" },
      { columns = 60, lines = 12 }
    )
    screen:wait_for("GalleyFigure", "476")
    assert.are.same({ "476", "151" }, figures())
    screen:command("set nowrap")
    screen:type("$")
    assert.are.same({ "151" }, figures())
  end)

  it("are drawn on the part in sight of a very long line", function()
    local words = {}
    for number = 1, 4000 do
      words[number] = ("\tdéjà %d dogs"):format(1000 + number)
    end
    open({ "first", table.concat(words), "last" }, { columns = 61, lines = 12 })
    screen:wait_for("GalleyFigure", "1001")
    --- The numbers that are whole on the screen are marked, and nothing else.
    local function check(least)
      local whole = {}
      for _, line in ipairs(screen:text()) do
        for number in (" " .. line .. " "):gmatch("à (%d%d%d%d) d") do
          table.insert(whole, number)
        end
      end
      assert.is_true(#whole >= least, #whole)
      local marked = {}
      for _, run in ipairs(figures()) do
        marked[run] = true
      end
      for _, number in ipairs(whole) do
        assert.is_true(marked[number], number .. " is not marked")
      end
    end
    check(15)
    screen:type("2G$")
    check(10)
    screen:type("30000|")
    check(10)
    screen:command("set nowrap")
    screen:type("zs")
    check(2)
    screen:type("0")
    check(2)
    screen:type("$")
    check(2)
    screen:command("set wrap | vsplit")
    screen:sync()
    check(15)
  end)

  it("are drawn in two windows on one buffer, and in folded text", function()
    open()
    screen:wait_for("GalleyFigure", "476")
    screen:command("split")
    screen:sync()
    assert.are.same({ "476", "151", "36", "476", "151", "36" }, figures())
    screen:type("ggcc12 dogs<Esc>")
    assert.are.same({ "12", "476", "151", "36", "12", "476", "151", "36" }, figures())
    screen:command("only | 2,6fold")
    screen:sync()
    assert.are.same({ "12" }, figures())
  end)

  it("are right below a closed fold of many lines", function()
    local lines = {}
    for row = 1, 1500 do
      lines[row] = ("There were %d dogs."):format(row)
    end
    open(lines, { lines = 10 })
    screen:wait_for("GalleyFigure", "1")
    screen:command("2,1490fold")
    screen:sync()
    assert.are.same({ "1", "1491", "1492", "1493", "1494", "1495", "1496" }, figures())
  end)

  it("come and go with :Galley toggle, detach and b:galley_disable", function()
    open()
    screen:wait_for("GalleyFigure", "476")
    screen:command("Galley toggle figure")
    screen:sync()
    assert.are.same({}, figures())
    assert.are.same({ "“", "”" }, screen:in_group("GalleyQuoteMark"))
    screen:command("Galley toggle figure")
    screen:sync()
    assert.are.same({ "476", "151", "36" }, figures())
    screen:command("let b:galley_disable = 1 | redraw!")
    screen:sync()
    assert.are.same({}, figures())
    screen:command("unlet b:galley_disable | redraw!")
    screen:sync()
    assert.are.same({ "476", "151", "36" }, figures())
    screen:command("Galley detach")
    screen:sync()
    assert.are.same({}, figures())
  end)

  it("are not drawn for kinds that the user hides", function()
    open(TEXT, { args = { "--cmd", "let g:galley = { 'hide': ['figure'] }" } })
    screen:command("edit " .. file)
    screen:wait_for("GalleyQuote", "that very night")
    assert.are.same({}, figures())
    screen:command("Galley toggle figure")
    screen:sync()
    assert.are.same({ "476", "151", "36" }, figures())
  end)

  it("come back after :edit!, with the text", function()
    open()
    screen:wait_for("GalleyFigure", "476")
    screen:type("ggdG")
    assert.are.same({}, figures())
    screen:command("edit!")
    screen:sync()
    assert.are.same({ "476", "151", "36" }, figures())
    screen:type("3G0i8 <Esc>")
    assert.are.same({ "8", "476", "151", "36" }, figures())
  end)

  it("leave the user's search and diagnostics on top", function()
    open()
    screen:wait_for("GalleyFigure", "476")
    local search = screen:lua("return vim.api.nvim_get_hl(0, { name = 'Search' })")
    local current = screen:lua("return vim.api.nvim_get_hl(0, { name = 'CurSearch' })")
    local cell
    for _, text in ipairs({ "Anna", "counted 36", "476" }) do -- a name, a quote, a figure
      screen:type("/" .. text .. "<CR>")
      cell = attributes(text)
      assert.is_true(cell.background == search.bg or cell.background == current.bg, text)
      assert.is_true(cell.foreground == search.fg or cell.foreground == current.fg, text)
    end
    screen:lua([[
      vim.cmd.nohlsearch()
      vim.api.nvim_set_hl(0, "DiagnosticUnderlineError", { fg = 0x123456, undercurl = true })
      vim.diagnostic.set(vim.api.nvim_create_namespace("probe"), 0, {
        { lnum = 2, col = 8, end_lnum = 2, end_col = 11, message = "no" },
      })
    ]])
    screen:sync()
    cell = attributes("476")
    assert.are.equal(0x123456, cell.foreground)
    assert.is_true(cell.undercurl)
  end)

  it("leave spell checking as it was", function()
    open({ "Xyzzyqq counted 476 wrodns in Norrvik.", "", "“A wrodn,” said Xyzzyqq." })
    screen:wait_for("GalleyFigure", "476")
    screen:command("set spell spelllang=en")
    screen:sync()
    local with = { screen:in_group("SpellBad"), screen:in_group("SpellCap") }
    screen:command("Galley detach")
    screen:sync()
    local without = { screen:in_group("SpellBad"), screen:in_group("SpellCap") }
    assert.are.same(without, with)
    assert.is_true(#with[1] >= 2)
  end)

  it("take names out of spell checking when the settings say so", function()
    open(
      { "Then wrodns were counted in Zorbvik by Anna Lindqvist.", "", "A wrodn, said Lindqvist." },
      { args = { "--cmd", "let g:galley = #{spell_names: v:false}" } }
    )
    screen:command("edit " .. file)
    screen:wait_for("GalleyPerson", "Anna Lindqvist")
    screen:command("set spell spelllang=en")
    screen:sync()
    assert.are.same({ "wrodns", "wrodn" }, screen:in_group("SpellBad"))
    screen:type("gg0]s")
    assert.are.same({ 1, 5 }, screen:request("nvim_win_get_cursor", 0))
    screen:type("]s")
    assert.are.same({ 3, 2 }, screen:request("nvim_win_get_cursor", 0))
    screen:lua("require('galley').setup({ spell_names = true })")
    screen:command("redraw!")
    screen:sync()
    assert.is_true(#screen:in_group("SpellBad") > 2)
    screen:type("gg0]s]s")
    assert.are.equal(1, screen:request("nvim_win_get_cursor", 0)[1])
  end)

  it("survive a change of colours and of the background", function()
    open()
    screen:wait_for("GalleyFigure", "476")
    for _, change in ipairs({ "set background=light", "colorscheme blue", "colorscheme default" }) do
      local before = attributes("Anna").foreground
      screen:command(change)
      screen:sync()
      local cell = attributes("Anna")
      assert.is_true(cell.underline, change)
      assert.are_not.equal(before, cell.foreground, change)
      local wanted =
        screen:lua("return vim.api.nvim_get_hl(0, { name = 'Identifier', link = false }).fg")
      assert.are.equal(wanted, cell.foreground, change)
    end
  end)

  it("look as the user defines them, before and after they are first drawn", function()
    open(TEXT, { args = { "--cmd", "highlight link GalleyFigure Error" } })
    screen:command("edit " .. file)
    screen:wait_for("GalleyQuote", "that very night")
    local wanted = screen:lua("return vim.api.nvim_get_hl(0, { name = 'Error', link = false }).fg")
    assert.are.equal(wanted, attributes("476").foreground)
    screen:command("highlight GalleyFigure guifg=#00ff00")
    screen:sync()
    assert.are.equal(0x00ff00, attributes("476").foreground)
  end)

  it("can be told apart without colour", function()
    open()
    screen:wait_for("GalleyFigure", "476")
    local looks = screen:lua([[
      local looks = {}
      for _, group in ipairs(require("galley.groups")) do
        local definition = vim.api.nvim_get_hl(0, { name = group.name, link = false })
        definition.fg, definition.bg, definition.ctermfg, definition.default = nil, nil, nil, nil
        local style = vim.tbl_keys(definition.cterm or {})
        table.sort(style)
        -- A link looks as the user's colours have that group.
        if not group.link then
          looks[group.name] = table.concat(style, " ")
        end
      end
      return looks
    ]])
    -- Quotation marks and citations are told by their characters; reported speech has no marks.
    looks.GalleyQuoteMark, looks.GalleyQuoteIndirect, looks.GalleyCitation = nil, nil, nil
    -- A figure is digits or a numeral, a speaker words.
    looks.GalleySpeaker = nil
    local seen = {}
    for name, look in pairs(looks) do
      assert.are_not.equal("", look, name)
      assert.is_nil(seen[look], name .. " looks like " .. tostring(seen[look]))
      seen[look] = name
    end
  end)

  it("show :Galley inspect in a float that fits 80 columns and 24 lines", function()
    open(TEXT, { columns = 80, lines = 24 })
    screen:wait_for("GalleyFigure", "476")
    screen:type("5G0ll:Galley inspect<CR>")
    local text = table.concat(screen:text(), "\n")
    assert.has.match("kind +quote", text)
    assert.has.match("speaker +Anna Lindqvist", text)
    assert.has.match("range +5:1 to 6:", text)
    screen:type("j")
    assert.is_nil(table.concat(screen:text(), "\n"):find("kind +quote"))
  end)

  it("cost no error in a terminal, quickfix or help window", function()
    open()
    screen:wait_for("GalleyFigure", "476")
    screen:command("copen | help | split | terminal echo 476")
    screen:sync()
    assert.are.equal("", screen:lua("return vim.v.errmsg"))
  end)
end)
