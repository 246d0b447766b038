-- The sources of an article: which there are, which may be read, what is told of the others.

local buffers = require("galley.buffer")
local config = require("galley.config")
local indexes = require("galley.source.index")
local source = require("galley.source")

local api, uv = vim.api, vim.uv

vim.cmd("filetype on")
vim.cmd.runtime("plugin/galley.lua")

describe("sources", function()
  local root, notified, notify

  --- Writes a file below the project's root.
  local function write(path, text)
    path = root .. "/" .. path
    vim.fn.mkdir(vim.fs.dirname(path), "p")
    local file = assert(io.open(path, "wb"))
    file:write(text)
    file:close()
    return path
  end

  --- Opens an article whose front matter lists sources.
  local function article(sources, body, name)
    local lines = { "---", "sources:" }
    for _, path in ipairs(sources or {}) do
      table.insert(lines, "  - " .. path)
    end
    vim.list_extend(lines, { "---", "", body or "In all, 476 dockers voted for the strike." })
    write(name or "article.md", table.concat(lines, "\n") .. "\n")
    vim.cmd.edit(root .. "/" .. (name or "article.md"))
    assert.is_not_nil(buffers.attached[api.nvim_get_current_buf()])
  end

  local function states()
    local result = {}
    for _, entry in ipairs(source.for_buffer(0)) do
      table.insert(result, ("%s %s"):format(entry.name, entry.state))
    end
    return result
  end

  --- The diagnostics as "line:text-marked severity message".
  local function diagnostics()
    indexes.look_again()
    local index = indexes.get(api.nvim_get_current_buf(), true)
    require("galley.source.diagnostic").show(index)
    local namespace = require("galley.source.diagnostic").namespace
    local items = vim.diagnostic.get(0, { namespace = namespace })
    table.sort(items, function(a, b)
      return a.lnum < b.lnum or a.lnum == b.lnum and a.col < b.col
    end)
    return vim.tbl_map(function(item)
      local line = api.nvim_buf_get_lines(0, item.lnum, item.lnum + 1, false)[1]
      return ("%d:%s %s %s"):format(
        item.lnum + 1,
        line:sub(item.col + 1, item.end_col),
        vim.diagnostic.severity[item.severity],
        item.message
      )
    end, items)
  end

  --- Puts the cursor on the first `needle`.
  local function on(needle)
    vim.fn.cursor(1, 1)
    assert(vim.fn.search([[\V]] .. needle) > 0)
  end

  before_each(function()
    root = vim.fn.tempname() .. "/project"
    vim.fn.mkdir(root .. "/.git", "p")
    root = uv.fs_realpath(root)
    notified, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(notified, message)
    end
    vim.o.hidden = true
    vim.o.swapfile = false
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.wait(20)
    vim.notify = notify
    config.set(nil)
    vim.fn.delete(vim.fs.dirname(root), "rf")
    assert.are.same({}, buffers.attached)
    assert.are.same({}, indexes.indexes)
  end)

  it("are found in the front matter, in links, footnotes and definitions", function()
    for _, name in ipairs({ "a.txt", "b.md", "c d.csv", "e.vtt", "f.srt", "g.txt" }) do
      write("s/" .. name, "476 dockers voted.\n")
    end
    article(
      { "s/a.txt", '"s/b.md"', "https://example.org/x.txt" },
      table.concat({
        "See [the table](<s/c d.csv>), [the call](s/e.vtt#t) and [the list][l].[^n]",
        "Not [a picture](s/p.png), [a page](https://example.org/y.txt), [an anchor](#z) or `[c](s/q.txt)`.",
        "",
        "[l]: s/f.srt 'List'",
        "[^n]: s/g.txt",
      }, "\n")
    )
    assert.are.same({
      "s/a.txt waiting",
      "s/b.md waiting",
      "s/c d.csv waiting",
      "s/e.vtt waiting",
      "s/f.srt waiting",
      "s/g.txt waiting",
    }, states())
    local text = api.nvim_buf_get_lines(0, 0, -1, false)
    assert.are.same(
      { "s/a.txt", "s/b.md", "s/c d.csv", "s/e.vtt#t", "s/f.srt", "s/g.txt" },
      vim.tbl_map(function(entry)
        local at = entry.named_at
        return text[at.row + 1]:sub(at.col + 1, at.end_col)
      end, source.for_buffer(0))
    )
  end)

  it(
    "are found in folders beside the article, the shared one only when nothing else is said",
    function()
      write("sources/deep/a.txt", "1\n")
      write("sources/b.csv", "1\n")
      write("sources/.hidden.txt", "1\n")
      write("sources/picture.png", "1\n")
      write("own.sources/c.txt", "1\n")
      write("own.md.sources/d.txt", "1\n")
      article({}, nil, "plain.md")
      assert.are.same({ "sources/b.csv waiting", "sources/deep/a.txt waiting" }, states())
      assert.is_nil(source.for_buffer(0)[1].named_at)
      article({}, nil, "own.md")
      assert.are.same({ "own.md.sources/d.txt waiting", "own.sources/c.txt waiting" }, states())
      article({ "sources/b.csv" }, nil, "listed.md")
      assert.are.same({ "sources/b.csv waiting" }, states())
    end
  )

  it("that cannot be read are diagnostics where they are named, never errors", function()
    local outside = vim.fs.dirname(root) .. "/outside.txt"
    vim.fn.writefile({ "476" }, outside)
    write("big.txt", ("476 dockers.\n"):rep(1000))
    write("secret.txt", "476\n")
    vim.fn.mkdir(root .. "/folder.txt")
    assert(uv.fs_symlink(outside, root .. "/link.txt"))
    assert(uv.fs_symlink(root .. "/loop.txt", root .. "/loop.txt"))
    assert(uv.fs_symlink(vim.fs.dirname(root), root .. "/up"))
    assert(vim.system({ "mkfifo", root .. "/pipe.txt" }):wait().code == 0)
    require("galley").setup({ source_limit = 10000 })
    article({
      "gone.txt",
      "../outside.txt",
      outside,
      "link.txt",
      "loop.txt",
      "up/outside.txt",
      "pipe.txt",
      "folder.txt",
      "big.txt",
      "x/../../outside.txt",
      "~/.profile",
      "/dev/zero",
      "/etc/passwd",
    }, "A [link](lost.md) and [another](/away.md).")
    local outside_text = "outside of the project; the option `source_roots` allows other folders"
    assert.are.same({
      "3:gone.txt WARN gone.txt: no such file",
      "4:../outside.txt WARN ../outside.txt: " .. outside_text,
      ("5:%s WARN %s: %s"):format(outside, outside, outside_text),
      "6:link.txt WARN link.txt: " .. outside_text,
      "7:loop.txt WARN loop.txt: a link to itself",
      "8:up/outside.txt WARN up/outside.txt: " .. outside_text,
      "9:pipe.txt WARN pipe.txt: a pipe, not a file",
      "10:folder.txt WARN folder.txt: a folder, not a file",
      "11:big.txt WARN big.txt: 0.0 MB, over the limit of 0.0 MB (the option `source_limit`)",
      "12:x/../../outside.txt WARN x/../../outside.txt: " .. outside_text,
      "13:~/.profile WARN ~/.profile: " .. outside_text,
      "14:/dev/zero WARN /dev/zero: " .. outside_text,
      "15:/etc/passwd WARN /etc/passwd: " .. outside_text,
      "18:lost.md INFO lost.md: no such file",
      "18:/away.md INFO /away.md: " .. outside_text,
    }, diagnostics())
    on("link")
    assert.are.same({}, (source.find(0)))
    assert.are.same({}, notified)
  end)

  it("may be outside where the user allows it, and are still only regular files", function()
    local folder = vim.fs.dirname(root) .. "/shared"
    vim.fn.mkdir(folder)
    vim.fn.writefile({ "In all 476 dockers voted for the strike." }, folder .. "/note.txt")
    assert(uv.fs_symlink(folder, root .. "/shared"))
    require("galley").setup({ source_roots = { folder } })
    article({ folder .. "/note.txt", "../other.txt", "/dev/zero" })
    assert.are.same(
      { folder .. "/note.txt waiting", "../other.txt outside", "/dev/zero outside" },
      states()
    )
    on("476")
    assert.are.equal(folder .. "/note.txt", source.find(0)[1].place.path)
  end)

  it("may be listed by their folder", function()
    write("data/b.txt", "476")
    write("data/deep/a.csv", "x,1")
    write("data/.hidden.txt", "476")
    write("data/picture.png", "476")
    article({ "data/" })
    assert.are.same({ "data/b.txt waiting", "data/deep/a.csv waiting" }, states())
    assert.are.same({}, diagnostics())
    -- The article's own folder holds the article.
    article({ "." }, nil, "other.md")
    assert.are.same({ ". unreadable" }, states())
  end)

  it("are not the article itself", function()
    article({ "article.md" }, "See [above](article.md#top) and [this](./article.md).")
    assert.are.same({}, states())
  end)

  it("are judged by the nearest project: .git, galley.names, else the article's folder", function()
    write("a/galley.names", "")
    write("top.txt", "1\n")
    write("a/mid.txt", "1\n")
    article({ "../mid.txt", "../../top.txt" }, nil, "a/b/article.md")
    assert.are.same({ "../mid.txt waiting", "../../top.txt outside" }, states())
    vim.fn.delete(root .. "/a/galley.names")
    article({ "../mid.txt", "../../top.txt" }, nil, "a/b/other.md")
    assert.are.same({ "../mid.txt waiting", "../../top.txt waiting" }, states())
  end)

  it("are read when somebody asks, not before, and answer with the place in the file", function()
    write("note.txt", "Port notes\n\nIn all 476 dockers voted for the strike.\n")
    write("table.csv", "Port,Dockers voting\nNorvik,476\n")
    article({ "note.txt", "table.csv", "gone.txt" })
    assert.are.same({ "note.txt waiting", "table.csv waiting", "gone.txt missing" }, states())
    local events = 0
    api.nvim_create_autocmd("User", {
      pattern = "GalleySources",
      callback = function(event)
        assert.are.equal(api.nvim_get_current_buf(), event.data.buf)
        events = events + 1
      end,
    })
    on("476")
    -- The first question is answered at once where the machine has time for it.
    local found, complete
    assert.is_true(vim.wait(20000, function()
      found, complete = source.find(0)
      return complete
    end, 2))
    vim.wait(50)
    assert.are.same({ "note.txt indexed", "table.csv indexed", "gone.txt missing" }, states())
    assert.is_true(events >= 1 and events <= 4)
    assert.are.equal("equal", found[1].verdict)
    local place = found[1].place
    assert.are.same(
      { root .. "/note.txt", 2, 7, 2, 10, "line 3" },
      { place.path, place.row, place.col, place.end_row, place.end_col, place.label }
    )
    assert.is_true(#place.marks > 0)
    for _, candidate in ipairs(found) do
      if candidate.place.path == root .. "/table.csv" then
        assert.are.same({ 1, 7, 10 }, {
          candidate.place.row,
          candidate.place.col,
          candidate.place.end_col,
        })
        assert.are.equal("row Norvik, column Dockers voting", candidate.place.label)
      end
    end
    local facts = source.find_all(0)
    assert.are.equal(1, #facts)
    assert.are.equal(root .. "/note.txt", facts[1].best.place.path)
    assert.are.equal(facts, (source.find_all(0)), "kept until something changes")
  end)

  it("are read again when they change, go or come back", function()
    local path = write("note.txt", "In all 476 dockers voted for the strike.\n")
    article({ "note.txt" })
    on("476")
    assert.are.equal(1, #source.find(0))
    write("note.txt", "In all 9,999 dockers voted for the strike.\n")
    indexes.look_again()
    assert.is_true(source.wait(0))
    assert.are.same({}, (source.find(0)))
    vim.fn.delete(path)
    indexes.look_again()
    assert.are.same({ "note.txt missing" }, states())
    assert.are.same({}, (source.find(0)))
    write("note.txt", "The count: 476 dockers voted for the strike.\n")
    indexes.look_again()
    assert.is_true(source.wait(0))
    assert.are.equal(11, source.find(0)[1].place.col)
    -- No longer named.
    api.nvim_buf_set_lines(0, 2, 3, false, {})
    assert.are.same({}, states())
    on("476")
    assert.are.same({}, (source.find(0)))
  end)

  it(
    "of any size are read in slices, with other things going on, until somebody cancels",
    function()
      local paragraph = "The harbour of Norvik is old, and 12 cranes stand on it since 1968.\n\n"
      write("large.txt", paragraph:rep(60000) .. "In all 476 dockers voted for the strike.\n")
      article({ "large.txt" })
      on("476")
      local found, complete = source.find(0)
      assert.are.same({ {}, false }, { found, complete })
      assert.are.same({ "large.txt indexing" }, states())
      local ticks, timer = 0, assert(uv.new_timer())
      timer:start(
        1,
        1,
        vim.schedule_wrap(function()
          ticks = ticks + 1
        end)
      )
      assert.are.equal(1, source.cancel(0))
      assert.are.equal(0, source.cancel(0))
      assert.are.same({ "large.txt waiting" }, states())
      assert.is_true(source.wait(0))
      timer:close()
      assert.is_true(ticks > 5)
      assert.are.equal(120000, source.find(0)[1].place.row)
    end
  )

  it("tell how far they are read when that takes a while, and only then", function()
    local progress = require("galley.source.progress")
    local quiet, every, echo = progress.QUIET, progress.EVERY, api.nvim_echo
    local shown = {}
    api.nvim_echo = function(chunks)
      table.insert(shown, chunks[1][1])
    end
    write("large.txt", ("The harbour of Norvik has 12 cranes.\n"):rep(100000))
    write("small.txt", "The harbour of Norvik has 476 cranes.\n")
    local function read(name)
      shown = {}
      article({ name }, nil, name .. ".md")
      on("476")
      assert.is_true(source.wait(0))
      vim.wait(20)
    end
    progress.QUIET, progress.EVERY = 3600e9, 0
    read("large.txt")
    assert.are.same({}, shown)
    vim.cmd("bwipeout!")
    progress.QUIET = 0
    read("large.txt")
    progress.QUIET, progress.EVERY, api.nvim_echo = quiet, every, echo
    assert.is_true(#shown > 3)
    for index = 1, #shown - 1 do
      assert.is_truthy(shown[index]:find("reading 1 source, %d+%% %(:Galley cancel stops it%)$"))
    end
    assert.is_nil(shown[#shown]:find("reading", 1, true))
  end)

  it("are let go with the article, while they are being read too", function()
    write("large.txt", ("The harbour of Norvik has 12 cranes.\n"):rep(100000))
    article({ "large.txt" })
    on("476")
    assert.is_false((select(2, source.find(0))))
    vim.cmd("bwipeout!")
    vim.wait(50)
    assert.are.same({}, indexes.indexes)
  end)

  it("are read again when they are written from here", function()
    write("note.txt", "In all 476 dockers voted for the strike.\n")
    article({ "note.txt" })
    local buf = api.nvim_get_current_buf()
    on("476")
    assert.are.equal(1, #source.find(0))
    vim.cmd("split " .. root .. "/note.txt")
    api.nvim_buf_set_lines(0, 0, 0, false, { "A line above.", "" })
    vim.cmd("silent write")
    vim.cmd.close()
    assert.are.equal(buf, api.nvim_get_current_buf())
    assert.is_true(source.wait(0))
    assert.are.equal(2, source.find(0)[1].place.row)
  end)

  it("hold what the core cannot take as text", function()
    write("binary.txt", "476\0dockers")
    article({ "binary.txt" })
    on("476")
    source.find(0)
    vim.wait(20)
    assert.are.same({ "3:binary.txt WARN binary.txt: not a text" }, diagnostics())
  end)
end)
