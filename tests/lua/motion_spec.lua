-- Motions and text objects by their keys.

local api = vim.api

vim.cmd.runtime("plugin/galley.lua")
local galley = require("galley")

local TEXT = {
  "In all, 476 members of Norrvik voted on 25 May 2018, and 151 stayed.[^1]", -- 1
  "",
  "“We counted 36 ballots,” said Prime Minister Anna Lindqvist, “and we did 😀 so.”", -- 3
  "",
  "“He said ‘never again’ and left in 2017,” Dr. Nils Holm told them.", -- 5
  "",
  "[^1]: See all 12 ballots.", -- 7
}

describe("keys", function()
  local buf, notified, notify

  before_each(function()
    notified, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(notified, message)
    end
    galley.setup({ keymaps = true, auto_attach = false, server = false })
    vim.cmd.enew()
    buf = api.nvim_get_current_buf()
    api.nvim_buf_set_lines(buf, 0, -1, false, TEXT)
    vim.bo.filetype = "markdown"
    assert(galley.attach(buf))
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.notify = notify
    galley.setup(nil)
    vim.o.wrapscan = true
  end)

  local function type_keys(keys)
    api.nvim_feedkeys(vim.keycode(keys), "xt", false)
  end

  --- The cursor's line, and the text from it on.
  local function here(length)
    local cursor = api.nvim_win_get_cursor(0)
    return ("%d:%s"):format(
      cursor[1],
      api.nvim_get_current_line():sub(cursor[2] + 1, cursor[2] + (length or 3))
    )
  end

  --- Where keys lead from a place.
  local function go(keys, row, col)
    api.nvim_win_set_cursor(0, { row or 1, col or 0 })
    type_keys(keys)
    return here()
  end

  local function line(row)
    return api.nvim_buf_get_lines(buf, row - 1, row, false)[1]
  end

  describe("of motions", function()
    it("go to the next and the previous of each kind", function()
      assert.are.equal("1:476", go("]v"))
      assert.are.equal("1:151", go("]v]v"))
      assert.are.equal("1:476", go("[v", 1, 40))
      assert.are.equal("3:“", go("]u"))
      assert.are.equal("1:25 ", go("]y"))
      assert.are.equal("1:Nor", go("]e"))
      assert.are.equal("1:[^1", go("]k"))
    end)

    it("take a count, and go first and last", function()
      assert.are.equal("3:36 ", go("3]v"))
      assert.are.equal("1:476", go("3[v", 7, 0))
      assert.are.equal("7:12 ", go("]V"))
      assert.are.equal("3:36 ", go("2]V"))
      assert.are.equal("1:476", go("[V", 5, 0))
      assert.are.equal("1:151", go("2[V", 5, 0))
    end)

    it("wrap as 'wrapscan' says", function()
      assert.are.equal("1:476", go("]v", 7, 20))
      assert.are.equal("7:12 ", go("[v", 1, 0))
      assert.are.equal("1:151", go("2]v", 7, 20))
      assert.are.equal("1:476", go("9]v", 7, 20))
      vim.o.wrapscan = false
      assert.are.equal("7:s.", go("]v", 7, 23))
      assert.has.match("no figure below", notified[1])
      assert.are.equal("1:In ", go("[v", 1, 0))
    end)

    it("enter the jumplist, and repeat", function()
      assert.are.equal("1:In ", go("3]v<C-O>"))
      vim.keymap.set("n", ";", "<Plug>(galley-again)", { buffer = buf })
      vim.keymap.set("n", ",", "<Plug>(galley-again-back)", { buffer = buf })
      assert.are.equal("3:36 ", go("]v;;"))
      assert.are.equal("1:476", go("]v;;,,"))
    end)

    it("share ; and , with f and t, where the user has them on these keys", function()
      vim.keymap.set({ "n", "x", "o" }, ";", "<Plug>(galley-again)", { buffer = buf })
      vim.keymap.set({ "n", "x", "o" }, ",", "<Plug>(galley-again-back)", { buffer = buf })
      assert.are.equal("1:151", go("]v;"))
      assert.are.equal("1:mbe", go("]v0fm;"))
      assert.are.equal("1:mem", go("]v0fm;,"))
      assert.are.equal("1:151", go("fm]v,,;;"))
      assert.are.equal("1:151", go("]v0fm]v"))
      go("fmd;")
      assert.are.equal("In all, 476 bers of", line(1):sub(1, 19), "with the last character")
      type_keys("u")
      go("2fmd,")
      assert.are.equal("In all, 476 mbers of", line(1):sub(1, 20), "without the one it is on")
      type_keys("u")
      go("fqd;")
      assert.are.equal(TEXT[1], line(1), "nothing where there is none")
      go("]vd;")
      assert.are.equal("In all, 151 stayed", line(1):sub(1, 18))
    end)

    it("say what there is when another plugin asks for what is not", function()
      galley.go("verb", "next")
      galley.go("figure", "sideways")
      galley.go(nil, "next")
      assert.has.match("`verb` to go to %(one of: citation, date, entity,", notified[1])
      assert.has.match("`sideways` to go to %(one of: next, previous, first, last%)", notified[2])
      assert.has.match("nothing called `nil`", notified[3])
      assert.are.same({ 1, 0 }, api.nvim_win_get_cursor(0))
    end)

    it("can be called by maps that another plugin repeats", function()
      vim.keymap.set({ "n", "x", "o" }, "gz", function()
        galley.go("figure", "next")
      end, { buffer = buf })
      assert.are.equal("1:151", go("2gz"))
      go("dgz")
      assert.are.equal("476 members", line(1):sub(1, 11))
    end)

    it("are done again by a dot", function()
      go("d]v.")
      assert.are.equal("151 stayed", line(1):sub(1, 10))
      go("c]vBut <Esc>", 3, 0)
      assert.are.equal("But 36 ballots", line(3):sub(1, 14))
    end)

    it("leave an operator what it was in an empty article, and at both ends", function()
      vim.o.wrapscan = false
      go("d]v", 7, 15)
      go("d[v", 1, 0)
      assert.are.same(TEXT, api.nvim_buf_get_lines(buf, 0, -1, false))
      assert.has.match("no figure below", notified[1])
      assert.has.match("no figure above", notified[2])
      api.nvim_buf_set_lines(buf, 0, -1, false, {})
      for _, keys in ipairs({ "]v", "[v", "]V", "[V", "d]u", "v3[e<Esc>", "diu", "viy<Esc>" }) do
        go(keys)
        assert.are.same({ "" }, api.nvim_buf_get_lines(buf, 0, -1, false), keys)
      end
    end)

    it("work with operators and in Visual mode", function()
      go("d]v")
      assert.are.equal("476 members", line(1):sub(1, 11))
      go("d2]v")
      assert.are.equal("36 ballots,", line(1):sub(1, 11))
      vim.cmd("silent undo")
      go("v]vd")
      assert.are.equal("51 stayed", line(1):sub(1, 9))
    end)

    it("leave the text alone when an operator finds nothing", function()
      api.nvim_buf_set_lines(buf, 0, -1, false, { "Nothing here." })
      go("c]vx<Esc>", 1, 2)
      assert.are.equal("Nothing here.", line(1):gsub("x", ""), "")
      assert.has.match("no figure in the article", notified[1])
    end)

    it("open folds", function()
      vim.wo.foldmethod = "manual"
      vim.cmd("3,5fold")
      go("3]v")
      assert.are.equal(-1, vim.fn.foldclosed(3))
      vim.wo.foldenable = false
    end)

    it("go to open facts and findings", function()
      vim.cmd("silent file " .. vim.fn.tempname() .. ".md")
      assert.are.equal("1:476", go("]o"))
      assert(require("galley.ledger").set(buf, 0, 8, "verified"))
      assert.are_not.equal("1:476", go("]o"))
      api.nvim_buf_set_lines(buf, 6, 7, false, { "[^1]: His 22th note." })
      assert.are.equal("7:22t", go("]x"))
      assert.are.equal("7:22t", go("]X"))
    end)
  end)

  describe("of text objects", function()
    --- What keys yank at a place.
    local function yank(keys, row, needle)
      local col = assert(line(row):find(needle, 1, true)) - 1
      api.nvim_win_set_cursor(0, { row, col })
      vim.fn.setreg('"', "")
      type_keys("y" .. keys)
      return vim.fn.getreg('"')
    end

    it("take quotes with and without marks, and the one around them", function()
      assert.are.equal("We counted 36 ballots,", yank("iu", 3, "counted"))
      assert.are.equal("“We counted 36 ballots,”", yank("au", 3, "counted"))
      assert.are.equal("and we did 😀 so.", yank("iu", 3, "did"))
      assert.are.equal("‘never again’", yank("au", 5, "again"))
      assert.are.equal("“He said ‘never again’ and left in 2017,”", yank("2au", 5, "again"))
    end)

    it("take names with titles, dates with prepositions, figures with nouns", function()
      assert.are.equal("Anna Lindqvist", yank("ie", 3, "Lindqvist"))
      assert.are.equal("Prime Minister Anna Lindqvist", yank("ae", 3, "Lindqvist"))
      assert.are.equal("Dr. Nils Holm", yank("ae", 5, "Holm"))
      assert.are.equal("Norrvik", yank("ae", 1, "Norrvik"))
      assert.are.equal("25 May 2018", yank("iy", 1, "May"))
      assert.are.equal("on 25 May 2018", yank("ay", 1, "May"))
      assert.are.equal("476", yank("iv", 1, "476"))
      assert.are.equal("476 members", yank("av", 1, "476"))
      assert.are.equal("12 ballots", yank("av", 7, "12"))
    end)

    it("take a date alone behind another word than a preposition", function()
      api.nvim_buf_set_lines(buf, 6, 7, false, { "They met 25 May 2018." })
      assert.are.equal("25 May 2018", yank("ay", 7, "May"))
    end)

    it("take what was said with who said it", function()
      local all =
        "“We counted 36 ballots,” said Prime Minister Anna Lindqvist, “and we did 😀 so.”"
      assert.are.equal(all, yank("iU", 3, "counted"))
      assert.are.equal(
        "“He said ‘never again’ and left in 2017,” Dr. Nils Holm told",
        yank("iU", 5, "left in")
      )
    end)

    it("take the next one of the row", function()
      assert.are.equal("476", yank("iv", 1, "In all"))
    end)

    it("work in Visual mode, with 'selection' exclusive, and again by a dot", function()
      api.nvim_win_set_cursor(0, { 3, 8 })
      type_keys("viud")
      assert.are.equal("“” said", line(3):sub(1, #"“” said"))
      vim.cmd("silent undo")
      vim.o.selection = "exclusive"
      assert.are.equal("“We counted 36 ballots,”", yank("au", 3, "counted"))
      vim.o.selection = "inclusive"
      api.nvim_win_set_cursor(0, { 1, 8 })
      type_keys("civ9<Esc>")
      assert.are.equal("In all, 9 members", line(1):sub(1, 17))
      api.nvim_win_set_cursor(0, { 3, #"“We counted " })
      type_keys(".")
      assert.are.equal("“We counted 9 ballots", line(3):sub(1, #"“We counted 9 ballots"))
    end)

    it("grow in Visual mode when they are typed again", function()
      api.nvim_win_set_cursor(0, { 5, assert(line(5):find("never", 1, true)) + 1 })
      type_keys("viuiuy")
      assert.are.equal("He said ‘never again’ and left in 2017,", vim.fn.getreg('"'))
      api.nvim_win_set_cursor(0, { 5, assert(line(5):find("never", 1, true)) + 1 })
      type_keys("vauauauy")
      assert.are.equal("“He said ‘never again’ and left in 2017,”", vim.fn.getreg('"'))
      api.nvim_win_set_cursor(0, { 3, assert(line(3):find("Lindqvist", 1, true)) + 0 })
      type_keys("vieaey")
      assert.are.equal("Prime Minister Anna Lindqvist", vim.fn.getreg('"'))
      vim.o.selection = "exclusive"
      api.nvim_win_set_cursor(0, { 3, assert(line(3):find("did", 1, true)) + 0 })
      type_keys("viuauy")
      assert.are.equal("“and we did 😀 so.”", vim.fn.getreg('"'))
      vim.o.selection = "inclusive"
    end)

    it("take nothing where a count asks for more than there are", function()
      assert.are.equal("", yank("3au", 5, "again"))
      assert.are.equal("", yank("2iv", 1, "476"))
      assert.has.match("no quote here", notified[1])
    end)

    it("are done again by a dot, elsewhere and over multi-byte text", function()
      api.nvim_win_set_cursor(0, { 5, assert(line(5):find("left", 1, true)) + 0 })
      type_keys("diu")
      assert.are.equal("“” Dr.", line(5):sub(1, #"“” Dr."))
      api.nvim_win_set_cursor(0, { 3, assert(line(3):find("did", 1, true)) + 0 })
      type_keys(".")
      assert.has.match("Lindqvist, “”$", line(3))
      type_keys("u")
      api.nvim_win_set_cursor(0, { 3, assert(line(3):find("counted", 1, true)) + 0 })
      type_keys("ciuYes,<Esc>")
      api.nvim_win_set_cursor(0, { 3, assert(line(3):find("did", 1, true)) + 0 })
      type_keys(".")
      assert.are.equal("“Yes,” said Prime Minister Anna Lindqvist, “Yes,”", line(3))
    end)

    it("leave the text alone where there is none", function()
      api.nvim_win_set_cursor(0, { 7, 5 })
      type_keys("ciux<Esc>")
      assert.are.equal(TEXT[7], (line(7):gsub("x", "")))
      assert.has.match("no quote here", notified[1])
    end)
  end)

  it("of the preset are free in Neovim, and stay the user's where they are taken", function()
    local child = vim
      .system({
        vim.v.progpath,
        "--clean",
        "--headless",
        "-c",
        "runtime! ftplugin/markdown.vim",
        "-c",
        [[lua
      local out = {}
      for _, map in ipairs(vim.json.decode(vim.env.GALLEY_MAPS)) do
        for _, mode in ipairs(map.modes) do
          if vim.fn.maparg(map.lhs, mode) ~= "" then
            table.insert(out, mode .. map.lhs)
          end
        end
      end
      io.stdout:write(table.concat(out, " "))
      vim.cmd.quitall()
    ]],
      }, { env = { GALLEY_MAPS = vim.json.encode(require("galley.keymaps").list()) } })
      :wait(20000)
    assert.are.equal("", child.stdout)
    local tags = table.concat(vim.fn.readfile(vim.env.VIMRUNTIME .. "/doc/tags"), "\n")
    for _, map in ipairs(require("galley.keymaps").list()) do
      for _, tag in ipairs({ map.lhs, "v_" .. map.lhs, "o_" .. map.lhs }) do
        assert.is_nil(tags:find("\n" .. tag .. "\t", 1, true), tag)
      end
    end
    galley.detach(buf)
    assert.are.equal("", vim.fn.maparg("]v", "n"))
    vim.keymap.set("n", "]v", "ix")
    galley.attach(buf)
    assert.are.equal("ix", vim.fn.maparg("]v", "n"))
    assert.are.equal("<Plug>(galley-previous-figure)", vim.fn.maparg("[v", "n"))
    galley.detach(buf)
    assert.are.equal("ix", vim.fn.maparg("]v", "n"))
    vim.keymap.del("n", "]v")
  end)

  it("come and go with the option, in buffers that are annotated already", function()
    galley.setup({ auto_attach = false, server = false })
    assert.are.equal("", vim.fn.maparg("]v", "n"))
    galley.setup({ auto_attach = false, server = false, keymaps = true })
    assert.are.equal("<Plug>(galley-next-figure)", vim.fn.maparg("]v", "n"))
  end)

  it("are not mapped unless they are asked for", function()
    galley.detach(buf)
    galley.setup({ auto_attach = false, server = false })
    galley.attach(buf)
    assert.are.equal("", vim.fn.maparg("]v", "n"))
  end)
end)
