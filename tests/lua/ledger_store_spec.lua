-- The ledger's file: nothing in it is lost, whoever writes it, whatever it holds, whenever a writer
-- is killed.

vim.cmd.runtime("plugin/galley.lua")
local atomic = require("galley.ledger.atomic")
local entries = require("galley.ledger.entry")
local store = require("galley.ledger.store")

--- A change that puts an entry into the file.
local function change(id, fields)
  local entry = vim.tbl_extend("force", {
    id = id,
    status = "verified",
    kind = "figure",
    exact = "476",
    prefix = "In all, ",
    suffix = " members",
    start = 8,
    finish = 11,
    modified = "2026-01-01T00:00:00Z",
  }, fields or {})
  local base = entry.raw
  entry.raw = entries.encode(entry)
  return { entry = entry, base = base }
end

describe("the ledger's file", function()
  local folder, path

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    path = folder .. "/a.md.galley.jsonl"
  end)

  after_each(function()
    vim.fn.delete(folder, "rf")
  end)

  local function write(text)
    local handle = assert(io.open(path, "wb"))
    handle:write(text)
    handle:close()
  end

  local function read()
    local handle = assert(io.open(path, "rb"))
    local text = handle:read("*a")
    handle:close()
    return text
  end

  local function files()
    local names = {}
    for name in vim.fs.dir(folder) do
      table.insert(names, name)
    end
    return names
  end

  it("brings back what was written", function()
    local written = change("a", {
      note = 'x "y"\n\t\0z',
      reviewer = "R. Eader",
      value = "476",
      unit = "km",
      created = "2025-01-01T00:00:00Z",
      article = "a.md",
      source = { path = "sources/a.pdf", locator = "p. 3", row = 12, digest = "abc" },
      exact = "476 “members”",
    })
    assert(store.save(path, { written }))
    local entry = store.entries(store.read(path).lines)[1]
    assert.are.same(written.entry, entry)
    assert.are.equal(written.entry.raw, entries.encode(entry))
  end)

  it("keeps lines that it does not understand, byte for byte", function()
    local odd = table.concat({
      "",
      "not JSON",
      '{"id":"half',
      '{"id":"v9","galley:version":9,"galley:kind":"figure","body":[],"target":{"selector":[]}}',
      '  {"type":"Annotation","id":"other","target":"http://example.org"}\r',
      "<<<<<<< ours",
      "\0\1\2\255",
      "[1,2]",
      ("["):rep(100000),
      '{"id":7,"target":{}}',
      '{"id":"no end"}',
    }, "\n")
    write(odd)
    assert(store.save(path, { change("a") }))
    local text = read()
    assert.are.equal(odd .. "\n", text:sub(1, #odd + 1))
    assert.are.equal(1, #store.entries(store.read(path).lines))
  end)

  it("keeps fields that it does not know, in the line, the body and its own order", function()
    local line = change("a").entry.raw
    line = line
      :gsub("}$", ',"x:big":12345678901234567890,"x:list":[ ],"x:none":null}')
      :gsub('"body":%[', '"body":[{"purpose":"tagging","value":"t","n":1.50},')
    write(line .. "\n")
    local entry = store.entries(store.read(path).lines)[1]
    entry.status, entry.modified = "wrong", "2026-02-02T00:00:00Z"
    assert(store.save(path, { change("a", entry) }))
    local text = read()
    assert.has.match('"x:big":12345678901234567890,"x:list":%[ %],"x:none":null}\n$', text)
    assert.has.match('{"purpose":"tagging","value":"t","n":1.50}%]', text)
    assert.has.match('"value":"wrong"', text)
    local _, lines = text:gsub("\n", "")
    assert.are.equal(1, lines)
  end)

  it("merges by identity: of two lines on one entry the later one counts", function()
    assert(store.save(path, { change("a"), change("b", { start = 50 }) }))
    local base = store.entries(store.read(path).lines)[1]
    -- Another has changed it later than we do now, from the same line.
    local theirs = vim.deepcopy(base)
    theirs.status, theirs.modified = "wrong", "2026-03-03T00:00:00Z"
    assert(store.save(path, { change("a", theirs) }))
    local ours = vim.deepcopy(base)
    ours.status, ours.modified = "queried", "2026-02-02T00:00:00Z"
    assert(store.save(path, { change("a", ours), change("c", { start = 20 }) }))
    local found = {}
    for _, entry in ipairs(store.entries(store.read(path).lines)) do
      found[#found + 1] = entry.id .. " " .. entry.status
    end
    assert.are.same({ "a wrong", "c verified", "b verified" }, found)
  end)

  it("counts the later of two lines that git has put together", function()
    local early = change("a").entry.raw
    local late = change("a", { status = "wrong", modified = "2026-05-05T00:00:00Z" }).entry.raw
    write(late .. "\n" .. early .. "\n")
    local list = store.entries(store.read(path).lines)
    assert.are.equal(1, #list)
    assert.are.equal("wrong", list[1].status)
    assert(store.save(path, { change("b", { start = 90 }) }))
    assert.are.equal(late .. "\n" .. early, read():sub(1, #late + #early + 1))
  end)

  it("keeps the permissions of the file, and leaves nothing beside it", function()
    assert(store.save(path, { change("a") }))
    vim.uv.fs_chmod(path, 416) -- 0640
    assert(store.save(path, { change("b") }))
    assert.are.equal(416, bit.band(vim.uv.fs_stat(path).mode, 511))
    assert.are.same({ "a.md.galley.jsonl" }, files())
  end)

  it("does not take the place of a file that changed while it was written", function()
    write("old\n")
    local ok = atomic.write(path, "new\n", function()
      return false
    end)
    assert.is_false(ok)
    assert.are.equal("old\n", read())
    assert.are.same({ "a.md.galley.jsonl" }, files())
  end)

  it("merges again when another writes between its reading and its renaming", function()
    local other = change("other", { start = 1 })
    local original, times = atomic.write, 0
    atomic.write = function(target, text, unchanged) -- luacheck: ignore
      times = times + 1
      if times == 1 then
        write(other.entry.raw .. "\n")
      end
      return original(target, text, unchanged)
    end
    local file, message = store.save(path, { change("ours") })
    atomic.write = original -- luacheck: ignore
    assert.is_nil(message)
    assert.are.equal(2, #store.entries(file.lines))
    assert.are.equal(2, #store.entries(store.read(path).lines))
  end)

  it("notices what another has put its file over", function()
    local ours = change("ours")
    assert(store.save(path, { ours }))
    write(change("other").entry.raw .. "\n")
    assert.are.same({ ours }, store.lost(store.read(path), { ours }))
    assert(store.save(path, { ours }))
    assert.are.same({}, store.lost(store.read(path), { ours }))
    assert.are.equal(2, #store.entries(store.read(path).lines))
  end)

  it("opens no pipe, link, folder or giant, and says so", function()
    for _, make in ipairs({
      function()
        vim.fn.system({ "mkfifo", path })
      end,
      function()
        vim.uv.fs_symlink("/etc/hostname", path)
      end,
      function()
        vim.fn.mkdir(path)
      end,
      function()
        write("")
        local handle = assert(vim.uv.fs_open(path, "r+", 420))
        vim.uv.fs_ftruncate(handle, atomic.LIMIT + 1)
        vim.uv.fs_close(handle)
      end,
    }) do
      make()
      local file, message = store.read(path)
      assert.is_nil(file)
      assert.has.match("galley: ", message)
      local saved
      saved, message = store.save(path, { change("a") })
      assert.is_nil(saved)
      assert.has.match("galley: ", message)
      vim.fn.delete(path, "rf")
    end
  end)

  it("reads whatever a line holds, and writes the others back as they are", function()
    local seed = 11
    local function random(most)
      seed = (seed * 16807) % 2147483647
      return seed % most + 1
    end
    local good = change("a", { note = "n", source = { path = "s", locator = "p. 1" } }).entry.raw
    local pieces =
      { '"', "{", "}", "[", "]", ":", ",", "\\", "null", "1e999", '"type"', "\255", "é" }
    for round = 1, 300 do
      local line = good
      for _ = 1, random(4) do
        local at = random(#line)
        local cut = random(3) == 1 and random(40) or 0
        line = line:sub(1, at - 1) .. pieces[random(#pieces)] .. line:sub(at + cut)
      end
      local entry = entries.decode(line)
      if entry then
        local again = entries.decode(entries.encode(entry))
        assert.is_not_nil(again, line)
        assert.are.equal(entry.status, again.status, line)
        assert.are.equal(entry.id, again.id, line)
      end
      write(line .. "\n")
      assert(store.save(path, { change("b" .. round, { start = 2 ^ 40 }) }))
      assert.are.equal(line .. "\n", read():sub(1, #line + 1), line)
    end
  end)

  it("says so when the folder cannot be written to", function()
    local _, message = store.save("/proc/nowhere/a.md.galley.jsonl", { change("a") })
    assert.has.match("cannot be written", message)
  end)
end)

-- A Neovim that ticks without end: entry after entry into a file, until it is killed.
local WRITER = [[
  vim.opt.rtp:prepend(arg[1])
  local entries, store = require("galley.ledger.entry"), require("galley.ledger.store")
  local path, name, most = unpack(arg, 2)
  for number = 1, tonumber(most) do
    local entry = {
      id = name .. number, status = "verified", kind = "figure", exact = ("476 "):rep(200),
      prefix = "", suffix = "", start = number, finish = number + 3,
      modified = "2026-01-01T00:00:00Z",
    }
    entry.raw = entries.encode(entry)
    local change = { entry = entry }
    assert(store.save(path, { change }))
    -- What guard.lua does with a timer.
    for _ = 1, 3 do
      vim.uv.sleep(1)
      if #store.lost(store.read(path), { change }) > 0 then
        assert(store.save(path, { change }))
      end
    end
    io.stdout:write(number, "\n")
    io.stdout:flush()
  end
]]

describe("a writer of the ledger", function()
  local folder, path, script

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    path, script = folder .. "/a.md.galley.jsonl", folder .. "/writer.lua"
    vim.fn.writefile(vim.split(WRITER, "\n"), script)
  end)

  after_each(function()
    vim.fn.delete(folder, "rf")
  end)

  --- Starts a writer; `said` is the last number that it said it had written.
  local function start(name, most)
    local writer = { said = 0 }
    local command = { vim.v.progpath, "--clean", "-n", "-l", script, vim.fn.getcwd(), path, name }
    writer.job = vim.system(vim.list_extend(command, { tostring(most) }), {
      stdout = function(_, data)
        for number in (data or ""):gmatch("(%d+)\n") do
          writer.said = tonumber(number)
        end
      end,
    }, function(result)
      writer.result = result
    end)
    return writer
  end

  local function finish(writer)
    vim.wait(60000, function()
      return writer.result ~= nil
    end, 5)
    return writer.result
  end

  --- The entries of a file in which every line must be whole.
  local function whole()
    local found = {}
    local file = assert(store.read(path))
    for _, line in ipairs(file.lines) do
      assert.is_not_nil(line.entry, "a broken line: " .. line.raw:sub(1, 80))
      found[line.entry.id] = true
    end
    return found
  end

  it("leaves a whole file when it is killed, and loses no tick it has reported", function()
    local kills = tonumber(vim.env.GALLEY_KILLS) or 12
    local before = 0
    for round = 1, kills do
      local name = ("r%d-"):format(round)
      local writer = start(name, 100000)
      local target = round % 4 -- how far it gets
      vim.wait(60000, function()
        return writer.said > target or writer.result ~= nil
      end, 1)
      -- The moment is another one in each round.
      vim.uv.sleep(round * 7 % 5)
      writer.job:kill("sigkill")
      finish(writer)
      local found = whole()
      for number = 1, writer.said do
        assert.is_true(found[name .. number], name .. number .. " is lost")
      end
      local count = vim.tbl_count(found)
      assert.is_true(count > before, "nothing was kept")
      before = count
    end
    -- What the killed ones left beside it goes with the next tick.
    assert(store.save(path, { change("last", { start = 0 }) }))
    local left = {}
    for name in vim.fs.dir(folder) do
      table.insert(left, name)
    end
    table.sort(left)
    assert.are.same({ "a.md.galley.jsonl", "writer.lua" }, left)
  end)

  it("loses nothing of another that writes at the same time", function()
    local writers = { start("a", 60), start("b", 60) }
    for _, writer in ipairs(writers) do
      local result = finish(writer)
      assert.are.equal(0, result.code, result.stderr)
    end
    local found = whole()
    for number = 1, 60 do
      assert.is_true(found["a" .. number] and found["b" .. number], number .. " is lost")
    end
    assert.are.equal(120, vim.tbl_count(found))
  end)
end)
