-- From an article to its sources and back: jump, peek, back-links, keys.

local buffers = require("galley.buffer")
local config = require("galley.config")
local source = require("galley.source")

local api = vim.api

vim.cmd("filetype on")
vim.cmd.runtime("plugin/galley.lua")

local ARTICLE = {
  "---", -- 1
  "sources: [sources/note.txt, sources/table.csv, sources/report.pdf, sources/gone.txt]",
  "---",
  "",
  "In all, 476 dockers voted for the strike.[^n] Wages cost £31m at Norvik.", -- 5
  "",
  '"The tide waits for nobody," said Anna Lind, who heads the union.', -- 7
  "",
  "Nobody counted the 8,888 gulls of [the table](sources/table.csv).", -- 9
  "",
  "The pumps lifted 77,000 tonnes of water in March.", -- 11
  "",
  "[^n]: Port office, [note](sources/note.txt), [lost](sources/gone.txt).", -- 13
}

local NOTE = {
  "Port office of Norvik, a note",
  "",
  "In all 476 dockers voted for the strike on Monday.",
  "",
  "Anna Lind of the union spoke. The tide waits for nobody, she said.",
}

describe("from an article to its sources", function()
  local root, said, notify, path, choose

  local function write(name, lines)
    local file = root .. "/" .. name
    vim.fn.mkdir(vim.fs.dirname(file), "p")
    vim.fn.writefile(lines, file)
    return file
  end

  local function on(needle)
    vim.fn.cursor(4, 1)
    assert(vim.fn.search([[\V]] .. needle, "cW") > 0, needle)
  end

  --- Where the cursor is: file, line, and the text from it on.
  local function here()
    local cursor = api.nvim_win_get_cursor(0)
    local name = vim.fs.basename(api.nvim_buf_get_name(0))
    return ("%s:%d:%s"):format(
      name,
      cursor[1],
      api.nvim_get_current_line():sub(cursor[2] + 1, cursor[2] + 11)
    )
  end

  local function type_keys(keys)
    api.nvim_feedkeys(vim.keycode(keys), "xt", false)
  end

  --- The text of the floating window, if there is one.
  local function float()
    for _, window in ipairs(api.nvim_list_wins()) do
      if api.nvim_win_get_config(window).relative ~= "" then
        return api.nvim_buf_get_lines(api.nvim_win_get_buf(window), 0, -1, false), window
      end
    end
  end

  before_each(function()
    root = vim.fn.tempname()
    vim.fn.mkdir(root .. "/.git", "p")
    root = vim.uv.fs_realpath(root)
    write("sources/note.txt", NOTE)
    write("sources/table.csv", { "Port,Wages (GBP m),Crews", "Norvik,31,12", "Total,40,19" })
    write("sources/report.pdf", { "%PDF" })
    -- What stands for pdftotext writes two pages.
    path = vim.env.PATH
    local program = write("bin/pdftotext", {
      "#!/bin/sh",
      "printf 'Pumps\\n\\fIn March the pumps lifted 77,000 tonnes of water.\\n\\f'",
    })
    vim.fn.setfperm(program, "rwx------")
    vim.env.PATH = root .. "/bin:" .. path
    write("article.md", ARTICLE)
    said, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(said, message)
    end
    choose = vim.ui.select
    vim.o.hidden, vim.o.swapfile = true, false
    vim.cmd.edit(root .. "/article.md")
    vim.wait(2000, function()
      return source.for_buffer(0)[1].state == "indexed"
    end, 5)
  end)

  after_each(function()
    vim.cmd("silent! tabonly! | silent! only!")
    vim.cmd("silent! %bwipeout!")
    vim.wait(20)
    vim.notify, vim.ui.select, vim.env.PATH = notify, choose, path
    config.set(nil)
    vim.fn.delete(root, "rf")
    assert.are.same({}, buffers.attached)
  end)

  it(":Galley source goes to the place, and CTRL-O comes back", function()
    on("476")
    vim.cmd("Galley source")
    source.wait(0)
    vim.wait(50)
    assert.are.equal("note.txt:3:476 dockers", here())
    type_keys("<C-o>")
    assert.are.equal("article.md:5:476 dockers", here())
    on("31m")
    vim.cmd("Galley source")
    assert.are.equal("table.csv:2:31,12", here())
  end)

  it("opens where the option or the argument says", function()
    for how, windows in pairs({ split = 2, vsplit = 2, float = 2, tab = 1, same = 1 }) do
      config.set({ jump = how })
      vim.cmd.buffer(root .. "/article.md")
      on("476")
      source.wait(0)
      vim.cmd("Galley source")
      assert.are.equal("note.txt:3:476 dockers", here())
      assert.are.equal(windows, #api.nvim_tabpage_list_wins(0), how)
      assert.are.equal(how == "tab" and 2 or 1, #api.nvim_list_tabpages())
      if how ~= "same" then
        vim.cmd.close()
      end
    end
    vim.cmd.buffer(root .. "/article.md")
    on("476")
    vim.cmd("Galley source split")
    assert.are.equal(2, #api.nvim_tabpage_list_wins(0))
    vim.cmd("Galley source sideways")
    assert.is_truthy(said[#said]:find("one of same, split", 1, true))
  end)

  it("the text of a PDF opens in a buffer that cannot be changed, page and all", function()
    on("77,000")
    assert.are.equal("waiting", source.for_buffer(0)[3].state, "no program runs by itself")
    vim.cmd("Galley source")
    assert.is_true(vim.wait(5000, function()
      return here():find("report.pdf", 1, true) ~= nil
    end, 5))
    assert.are.equal("report.pdf:2:77,000 tonn", here())
    assert.are.same(
      { "Pumps", "In March the pumps lifted 77,000 tonnes of water.", "" },
      api.nvim_buf_get_lines(0, 0, -1, false)
    )
    assert.are.same(
      { "nofile", false, true },
      { vim.bo.buftype, vim.bo.modifiable, vim.bo.readonly }
    )
    assert.are.equal("galley://source" .. root .. "/sources/report.pdf", api.nvim_buf_get_name(0))
    vim.cmd("Galley backlinks")
    vim.wait(50)
    assert.are.same(
      { "equal: 77,000 tonnes", "equal: March" },
      vim.tbl_map(function(item)
        return item.text
      end, vim.fn.getloclist(0))
    )
    vim.cmd("lclose")
    vim.cmd.buffer("article.md")
    on("77,000")
    local place = source.find(0)[1].place
    assert.are.same({ "p. 2", 1 }, { place.label, place.row })
    local location = require("galley.server.position").location(place, "utf-16")
    assert.are.equal("galley://source" .. root .. "/sources/report.pdf", location.uri)
    vim.cmd("bwipeout " .. vim.fn.fnameescape("galley://source" .. root .. "/sources/report.pdf"))
    vim.cmd("edit " .. vim.fn.fnameescape("galley://source" .. root .. "/sources/report.pdf"))
    assert.are.equal("Pumps", api.nvim_buf_get_lines(0, 0, 1, false)[1])
  end)

  it("programs do not run when the option says so", function()
    config.set({ source_programs = false })
    on("77,000")
    vim.cmd("Galley source")
    vim.wait(50)
    assert.are.equal("waiting", source.for_buffer(0)[3].state)
    assert.are.equal("article.md:11:77,000 tonn", here())
  end)

  it("a citation leads to what it cites", function()
    on("the table")
    vim.cmd("Galley source")
    assert.are.equal("table.csv:1:Port,Wages ", here())
    vim.cmd.buffer("article.md")
    on("[^n]")
    vim.cmd("Galley source")
    assert.are.equal("article.md:13:[^n]: Port ", here())
    type_keys("<C-o>")
    assert.are.equal("article.md:5:[^n] Wages ", here())
    on("lost")
    vim.cmd("Galley source")
    assert.are.same({ "galley: sources/gone.txt: no such file" }, said)
  end)

  it("says so where there is no place", function()
    on("8,888")
    vim.cmd("Galley source")
    source.wait(0)
    vim.wait(50)
    assert.is_truthy(said[1]:find("galley: no source says this figure", 1, true))
    assert.are.equal("article.md:9:8,888 gulls", here())
    on("Nobody")
    vim.cmd("Galley source")
    assert.are.equal("galley: nothing here that a source could say", said[2])
  end)

  it("with ! all places are offered", function()
    write("sources/table.csv", { "Port,Dockers voting", "Norvik,476" })
    require("galley.source.index").look_again()
    source.wait(0)
    local offered
    vim.ui.select = function(items, opts, done)
      offered = vim.tbl_map(opts.format_item, items)
      done(items[2])
    end
    on("476")
    vim.cmd("Galley source!")
    assert.are.equal(2, #offered)
    assert.is_truthy(offered[1]:find("sources/note.txt  line 3  equal: 476 = 476", 1, true))
    assert.are.equal("table.csv:2:476", here())
  end)

  it(":Galley peek shows the place, then is entered, and closes", function()
    on("476")
    vim.cmd("Galley peek")
    source.wait(0)
    vim.wait(50)
    local lines, window = float()
    assert.are.equal("sources/note.txt, line 3", lines[1])
    assert.is_truthy(lines[2]:find("says the same: 476 = 476", 1, true))
    assert.is_true(vim.tbl_contains(lines, NOTE[3]))
    local marked = {}
    local namespace = api.nvim_get_namespaces()["galley.source.peek"]
    local buf = api.nvim_win_get_buf(window)
    for _, mark in ipairs(api.nvim_buf_get_extmarks(buf, namespace, 0, -1, { details = true })) do
      if mark[4].hl_group == "GalleySourceMatch" then
        table.insert(marked, lines[mark[2] + 1]:sub(mark[3] + 1, mark[4].end_col))
      end
    end
    assert.are.same({ "476", "dockers" }, vim.list_slice(marked, 1, 2))
    assert.are_not.equal(window, api.nvim_get_current_win())
    vim.cmd("Galley peek")
    assert.are.equal(window, api.nvim_get_current_win())
    type_keys("q")
    assert.is_nil(float())
    vim.cmd("Galley peek")
    vim.cmd("Galley peek")
    type_keys("<Esc>")
    assert.is_nil(float())
  end)

  it("gd and CTRL-] go there, and do what they always do where there is no place", function()
    on("476")
    type_keys("gd")
    source.wait(0)
    vim.wait(50)
    assert.are.equal("note.txt:3:476 dockers", here())
    type_keys("<C-o>")
    type_keys("<C-]>")
    assert.are.equal("note.txt:3:476 dockers", here())
    type_keys("<C-t>")
    assert.are.equal("article.md:5:476 dockers", here())
    write("tags", { "Nobody\tarticle.md\t11" })
    vim.bo.tags = root .. "/tags"
    on("Nobody")
    type_keys("<C-]>")
    assert.are.equal("article.md:11:The pumps l", here())
    vim.cmd("tag Nobody") -- no key: the tag files alone
    assert.are.equal("article.md:11:The pumps l", here())
    on("gulls")
    type_keys("gd")
    assert.is_truthy(here():find("gulls", 1, true))
  end)

  it("gd says what it always says where there is no word", function()
    vim.fn.append(0, { "", "" })
    vim.fn.cursor(1, 1)
    vim.cmd("messages clear")
    type_keys("gd")
    source.wait(0)
    vim.wait(50)
    assert.has.match("E349: No identifier under cursor%s*$", vim.fn.execute("messages"))
    assert.is_nil(vim.fn.execute("messages"):find("stack traceback", 1, true))
  end)

  it("keys of a user stay, and ours go with the annotations", function()
    local function keys()
      local map = vim.fn.maparg("gd", "n", false, true)
      return vim.bo.tagfunc, map.buffer == 1 and map.desc or map.rhs
    end
    assert.is_truthy(keys():find("galley", 1, true))
    vim.cmd("Galley detach")
    assert.are.same({ "", nil }, { keys() })
    vim.bo.tagfunc = "MyTags"
    vim.api.nvim_set_keymap("n", "gd", "ix", {})
    vim.cmd("Galley attach")
    assert.are.same({ "MyTags", "ix" }, { keys() })
    vim.cmd("Galley detach")
    assert.are.same({ "MyTags", "ix" }, { keys() })
    vim.api.nvim_del_keymap("n", "gd")
    vim.bo.tagfunc = ""
    config.set({ jump_keys = false })
    vim.cmd("Galley attach")
    assert.is_nil((select(2, keys())))
    assert.is_nil(keys():find("source", 1, true))
    -- A map that somebody makes later is theirs.
    vim.cmd("Galley detach")
    config.set(nil)
    vim.cmd("Galley attach")
    vim.api.nvim_buf_set_keymap(0, "n", "gd", "iy", {})
    vim.bo.tagfunc = "Later"
    vim.cmd("Galley detach")
    assert.are.equal("iy", vim.fn.maparg("gd", "n"))
    assert.are.equal("Later", vim.bo.tagfunc)
  end)

  it(":Galley backlinks leads from a source to what rests on it", function()
    on("476")
    source.wait(0)
    vim.cmd("Galley source")
    vim.cmd("Galley backlinks")
    assert.is_true(vim.wait(2000, function()
      return vim.bo.filetype == "qf" or here():find("article", 1, true) ~= nil
    end, 5))
    local list = vim.fn.getloclist(0, { items = 1, title = 1 })
    local texts = vim.tbl_map(function(item)
      return ("%d %s"):format(item.lnum, item.text)
    end, list.items)
    assert.are.equal("Rests on this", list.title)
    assert.are.equal("5 equal: 476", texts[1])
    vim.cmd("lclose")
    vim.cmd.edit(root .. "/sources/note.txt")
    vim.fn.cursor(1, 1)
    said = {}
    vim.cmd("2Galley backlinks")
    vim.wait(50)
    assert.are.same({ "galley: no open article takes anything from here" }, said)
    vim.cmd.edit(root .. "/tags")
    vim.cmd("Galley backlinks")
    assert.are.equal("galley: no open article names this file as a source", said[2])
  end)

  it(":Galley sources lists them all", function()
    vim.cmd("Galley sources")
    local texts = vim.tbl_map(function(item)
      return item.text
    end, vim.fn.getloclist(0))
    assert.are.same({
      "sources/note.txt (text) indexed",
      "sources/table.csv (csv) indexed",
      "sources/report.pdf (pdf) waiting",
      "sources/gone.txt (text) missing: no such file",
    }, texts)
    vim.cmd("lclose")
    vim.cmd("Galley cancel")
    assert.are.equal("galley: no source is being read", said[#said])
  end)
end)
