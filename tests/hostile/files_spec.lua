-- Sources, bibliographies and ledgers that are no files, huge, or another size each time they are
-- looked at. The editor never waits for one, and the user is told.

local Client = require("tests.client")

local uv = vim.uv
local GB = 1024 * 1024 * 1024

--- A file of a size of which no block is on the disk.
local function sparse(path, size)
  local handle = assert(uv.fs_open(path, "w", 420))
  assert(uv.fs_ftruncate(handle, size))
  uv.fs_close(handle)
end

local function pipe(path)
  assert(vim.system({ "mkfifo", path }):wait().code == 0)
end

describe("a file", function()
  local client, notified, notify

  before_each(function()
    notified, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(notified, message)
    end
  end)

  after_each(function()
    vim.notify = notify
    if client then
      client:close()
      client = nil
    end
  end)

  local function open(text, files)
    client = Client.open(text, { name = "a.md", files = files })
  end

  --- States of the sources with what is said of them.
  local function states()
    require("galley.source.index").get(client.buf, true)
    return vim.tbl_map(function(entry)
      return ("%s %s: %s"):format(entry.name, entry.state, entry.message or "")
    end, require("galley.source").for_buffer(client.buf))
  end

  it("of 1 GB is not read as a source, and the user is told", function()
    open("---\nsources: [big.txt, fine.txt]\n---\nIn all, 476 members voted.", {
      ["fine.txt"] = "476 members voted.",
    })
    sparse(client.folder .. "/big.txt", GB)
    require("galley.source.index").look_again()
    assert.has.match("^big.txt too large: 1024.0 MB, over the limit of 32.0 MB", states()[1])
    vim.fn.search("476")
    local found = require("galley.source").find(client.buf)
    assert.has.match("fine.txt$", found[1].place.path)
    local diagnostic = require("galley.source.diagnostic")
    diagnostic.show(require("galley.source.index").get(client.buf, true))
    local shown = vim.diagnostic.get(client.buf, { namespace = diagnostic.namespace })
    assert.has.match("over the limit", shown[1].message)
  end)

  it("that grows while it is read is read to where it was, then again", function()
    open("---\nsources: [log.txt]\n---\nIn all, 476 members voted.", { ["log.txt"] = "one" })
    local path = client.folder .. "/log.txt"
    local line = "a line of a log that grows and grows\n"
    local handle = assert(io.open(path, "wb"))
    handle:write(line:rep(2000))
    handle:flush()
    require("galley.source.index").look_again()
    -- Somebody writes as fast as it is read, for as long as it is read.
    local read, appended = uv.fs_read, 0
    uv.fs_read = function(...)
      local bytes = read(...)
      if appended < 5000 then
        appended = appended + 1
        handle:write(line:rep(2000))
        handle:flush()
      end
      return bytes
    end
    local complete = require("galley.source").wait(client.buf, nil, 20000)
    uv.fs_read = read
    assert.is_true(complete)
    assert.is_true(appended < 5000, "it was read as long as it grew")
    handle:write("In all, 476 members voted.\n")
    handle:close()
    require("galley.source.index").look_again()
    assert.is_true(require("galley.source").wait(client.buf))
    vim.fn.search("476")
    local found = require("galley.source").find(client.buf)
    assert.are.equal("figure", found[1].kind)
    assert.are.equal(2000 + 2000 * appended, found[1].place.row)
  end)

  it("that shrinks while it is read is read to its end, then again", function()
    open("---\nsources: [log.txt]\n---\nIn all, 476 members voted.", {
      ["log.txt"] = ("nothing of it\n"):rep(100000) .. "In all, 476 members voted.",
    })
    local path = client.folder .. "/log.txt"
    local read, cut = uv.fs_read, false
    uv.fs_read = function(...)
      local bytes = read(...)
      if not cut then
        cut = true
        vim.fn.writefile({ "In all, 476 members voted." }, path)
      end
      return bytes
    end
    assert.is_true(require("galley.source").wait(client.buf, nil, 20000))
    uv.fs_read = read
    require("galley.source.index").look_again()
    assert.is_true(require("galley.source").wait(client.buf))
    vim.fn.search("476")
    assert.are.equal(0, require("galley.source").find(client.buf)[1].place.row)
  end)

  it("that becomes a pipe after it was found does not keep the editor", function()
    open("---\nsources: [s.txt]\n---\nIn all, 476 members voted.", { ["s.txt"] = "476 members." })
    require("galley.source").wait(client.buf)
    local path = client.folder .. "/s.txt"
    assert(uv.fs_unlink(path))
    pipe(path)
    local position = require("galley.server.position")
    local place = { path = path, row = 0, col = 2 }
    assert.are.equal(2, position.location(place, "utf-16").range.start.character)
    client:request("workspace/symbol", { query = "members" })
    require("galley.ledger.evidence").problem(client.buf, {
      source = { path = "s.txt", digest = "x", row = 0 },
    })
    require("galley.source.index").look_again()
    assert.has.match("a pipe, not a file", states()[1])
  end)

  it("that is no file is no bibliography", function()
    open("---\nbibliography: [pipe.bib, folder.bib, big.json, deep.json]\n---\nSo says [@key].", {
      ["folder.bib/x"] = "",
      ["deep.json"] = ("["):rep(200000),
    })
    pipe(client.folder .. "/pipe.bib")
    sparse(client.folder .. "/big.json", GB)
    local said = {}
    for _, bibliography in ipairs(require("galley.bibliography").for_buffer(client.buf)) do
      table.insert(said, ("%s: %s"):format(bibliography.name, bibliography.message or ""))
      assert.are.same({}, bibliography.entries)
    end
    assert.are.same({
      "pipe.bib: a pipe, not a file",
      "folder.bib: a folder, not a file",
      "big.json: 1024.0 MB, over the limit of 16.0 MB (the option `source_limit`)",
      "deep.json: ",
    }, said)
    client:ask("textDocument/hover", "@key")
    client:ask("textDocument/definition", "@key")
  end)

  it("that is no file is no ledger: nothing is ticked, and the user is told why", function()
    for what, make in pairs({
      ["is no plain file %(fifo%)"] = pipe,
      ["is no plain file %(directory%)"] = vim.fn.mkdir,
      ["is larger than 64 MB"] = function(path)
        sparse(path, GB)
      end,
      ["is no plain file %(link%)"] = function(path)
        uv.fs_symlink("/dev/zero", path)
      end,
    }) do
      notified = {}
      open("In all, 476 members voted.")
      make(client.folder .. "/a.md.galley.jsonl")
      vim.fn.search("476")
      vim.cmd("silent Galley verify")
      assert.has.match(what, table.concat(notified, "\n"))
      vim.cmd("silent Galley review")
      vim.cmd("silent! lclose")
      client:close()
    end
    client = nil
  end)

  it("of a folder that nobody may read is told as that", function()
    if uv.getuid() == 0 then
      return -- root may read everything
    end
    open("---\nsources: [shut/a.txt]\n---\nIn all, 476.", { ["shut/a.txt"] = "476" })
    assert(uv.fs_chmod(client.folder .. "/shut", 0))
    require("galley.source.index").look_again()
    assert.has.match("EACCES", states()[1])
    assert(uv.fs_chmod(client.folder .. "/shut", 493))
  end)
end)

describe("the command line", function()
  local folder

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    vim.fn.writefile({ "In all, 476 members voted voted." }, folder .. "/a.md")
  end)

  after_each(function()
    vim.fn.delete(folder, "rf")
  end)

  --- Runs with a time limit: one that waits for a pipe would never end.
  local function run(...)
    local result = vim
      .system({ "bin/galley", ... }, { env = { GALLEY_NVIM = vim.v.progpath }, timeout = 120000 })
      :wait()
    assert.are_not.equal(124, result.code, "it waited in vain")
    return result.code, result.stdout, result.stderr
  end

  it("says so of an article of 1 GB, of one without end, of a folder", function()
    sparse(folder .. "/big.md", GB)
    for _, command in ipairs({ "annotate", "check", "export" }) do
      local format = command == "export" and { "--format", "csv" } or {}
      for file, said in pairs({
        [folder .. "/big.md"] = "larger than 64 MB",
        ["/dev/zero"] = command == "export" and "no plain file" or "larger than 64 MB",
        [folder] = "director",
      }) do
        local arguments = vim.list_extend({ command }, format)
        local code, _, err = run(unpack(vim.list_extend(arguments, { file })))
        assert.is_true(code ~= 0)
        if not (command == "export" and file == folder) then
          assert.has.match(said, err, command .. " " .. file)
        end
      end
    end
  end)

  it("reads nothing but the article when pipes lie beside it", function()
    for _, name in ipairs({ "galley.names", "sources", "a.sources", "x.bib" }) do
      pipe(folder .. "/" .. name)
    end
    local lines = { "---", "sources: [x.bib]", "bibliography: x.bib", "---" }
    vim.list_extend(lines, vim.fn.readfile(folder .. "/a.md"))
    vim.fn.writefile(lines, folder .. "/a.md")
    for _, arguments in ipairs({
      { "annotate" },
      { "check" },
      { "check", "--sources" },
      { "export", "--format", "csv" },
    }) do
      local _, out = run(unpack(vim.list_extend(arguments, { folder .. "/a.md" })))
      assert.has.match(arguments[1] == "check" and "voted" or "476", out)
    end
    pipe(folder .. "/a.md.galley.jsonl")
    local code, _, err = run("check", folder .. "/a.md")
    assert.are.equal(2, code)
    assert.has.match("is no plain file", err)
  end)
end)
