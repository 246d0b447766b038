-- Files of names that are none: nothing is opened that would block the editor, fill its memory or
-- lead out of the project, and the user is told.

local galley = require("galley")
local names = require("galley.names")

local TEXT = { "Norrvik Zorbly met Anna Lindqvist in Paris." }

describe("a file galley.names", function()
  local folder, notified, notify

  before_each(function()
    folder = vim.uv.fs_realpath(vim.fn.fnamemodify(vim.fn.tempname(), ":h")) .. "/names"
    vim.fn.mkdir(folder .. "/project", "p")
    vim.fn.writefile(TEXT, folder .. "/project/article.txt")
    notified, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(notified, message)
    end
  end)

  after_each(function()
    vim.notify = notify
    vim.cmd("silent %bwipeout!")
    vim.fn.delete(folder, "rf")
  end)

  --- Opens the article; gives what was said of its names.
  local function open()
    vim.cmd("silent edit " .. folder .. "/project/article.txt")
    assert(galley.attach(0))
    vim.wait(1000, function()
      return #notified > 0
    end, 5)
    return notified[1]
  end

  local path = "project/galley.names"

  it("that is a pipe is not opened", function()
    assert(vim.system({ "mkfifo", folder .. "/" .. path }):wait().code == 0)
    assert.has.match("galley.names: not a file", open())
    local ok, message = names.add(0, "Zorbly", "person")
    assert.is_nil(ok)
    assert.has.match("not a file", message)
  end)

  it("that is a folder is not opened", function()
    vim.fn.mkdir(folder .. "/" .. path)
    assert.has.match("galley.names: not a file", open())
  end)

  it("that is huge is not read", function()
    local handle = assert(vim.uv.fs_open(folder .. "/" .. path, "w", 420))
    assert(vim.uv.fs_ftruncate(handle, 1024 * 1024 * 1024)) -- no block of it is on the disk
    vim.uv.fs_close(handle)
    assert.has.match("galley.names: larger than 1024 KB", open())
  end)

  it("that is a link out of the project is neither read nor written", function()
    vim.fn.writefile({ "secret words" }, folder .. "/outside")
    assert(vim.uv.fs_symlink(folder .. "/outside", folder .. "/" .. path))
    local message = open()
    assert.has.match("leads out of the project", message)
    assert.is_nil(message:find("secret"))
    assert.is_nil((names.add(0, "Zorbly", "person")))
    assert.are.same({ "secret words" }, vim.fn.readfile(folder .. "/outside"))
  end)

  it("that is a link to itself, or to nothing, is none", function()
    assert(vim.uv.fs_symlink("galley.names", folder .. "/" .. path))
    open()
    assert.are.same({}, notified)
    assert(vim.uv.fs_unlink(folder .. "/" .. path))
    assert(vim.uv.fs_symlink(folder .. "/outside", folder .. "/" .. path))
    local added, message = names.add(0, "Zorbly", "person")
    assert.is_nil(added) -- and nothing is made out there
    assert.has.match("galley.names: a link to nothing", message)
    assert.is_nil(vim.uv.fs_stat(folder .. "/outside"))
  end)

  it("that is a link within the project is read", function()
    vim.fn.writefile({ "Zorbly: place" }, folder .. "/project/words")
    assert(vim.uv.fs_symlink("words", folder .. "/" .. path))
    vim.cmd("silent edit " .. folder .. "/project/article.txt")
    assert.are.same({ { name = "Zorbly", type = "place", aliases = {} } }, (names.load(0)))
  end)

  it("may hold anything", function()
    local handle = assert(io.open(folder .. "/" .. path, "wb"))
    handle:write(
      "\27]0;title\7: person\n\0\0: place\n\226\128\174: other\n",
      ("x"):rep(100000),
      "\n"
    )
    handle:write(": = ,,,\n", ("=,"):rep(5000), "\n\255\254: organization\nZorbly: place\r\n")
    handle:close()
    vim.cmd("silent edit " .. folder .. "/project/article.txt")
    assert(galley.attach(0))
    local types = {}
    for _, span in ipairs(galley.get_spans(0)) do
      types[span.text] = span.type
    end
    assert.are.equal("place", types["Norrvik Zorbly"] or types.Zorbly)
    for _, message in ipairs(notified) do
      assert.is_nil(message:find("[%c\128-\255]"), "not visible: " .. message)
    end
  end)
end)
