-- What opening an article does to the machine, as the system calls of a whole Neovim tell it: it
-- runs nothing, writes nothing, talks to nobody, and reads the article, its ledger and names alone.

local Screen = require("tests.screen.screen")

local MARKER = "galley-opened"

--- An article that asks for all that it should not get.
--- @param outside string
--- @return string
local function hostile(outside)
  local lines = {
    "---",
    "date: !!python/object/apply:os.system [touch " .. MARKER .. "]",
    "title: &a [&b [*a, *a], *b, *b]",
    "author: `touch " .. MARKER .. "`",
    "sources:",
    "  - " .. outside .. "/secret.txt",
    "  - ../outside/secret.txt",
    "  - link.txt",
    "  - up/secret.txt",
    "  - pipe.txt",
    "  - loop.txt",
    "  - page.html",
    "  - paper.pdf",
    "  - $(touch " .. MARKER .. ").txt",
    "  - '| touch " .. MARKER .. "'",
    "  - '`touch " .. MARKER .. "`.txt'",
    "  - /dev/zero",
    "  - ~/.ssh/id_rsa",
    "  - http://127.0.0.1:1/x.txt",
    "  - file:///etc/passwd",
    "bibliography: [../outside/secret.bib, pipe.bib, /dev/stdin, refs.bib]",
    "---",
    "",
    "In all, 476 members voted on 25 May 2018 [@key] [see](../outside/secret.md).[^1]",
    "“Yes,” said Anna Lindqvist. ![x](http://127.0.0.1:1/p.png)",
    "",
    "[^1]: ../outside/note.txt",
    "[l]: pipe.txt",
    "",
    "vim: set makeprg=touch\\ " .. MARKER .. ":",
  }
  return table.concat(lines, "\n") .. "\n"
end

--- The calls that strace has written, one each: name, first path, whether it succeeded, the line.
--- @param log string
local function calls(log)
  local list = {}
  for line in io.lines(log) do
    local name = line:match("^%d+%s+([%w_]+)%(")
    if name then
      table.insert(list, {
        name = name,
        path = line:match('"([^"]*)"'),
        failed = line:find("= %-1 E") ~= nil,
        line = line,
      })
    end
  end
  return list
end

-- Calls that change something, run something or talk to somebody.
local ACTIVE = {}
for name in
  (
    "execve fork vfork clone clone3 connect socket bind sendto creat rename renameat renameat2 "
    .. "unlink unlinkat mkdir mkdirat rmdir link linkat symlink symlinkat chmod fchmodat truncate "
    .. "ftruncate mknod mknodat utimensat"
  ):gmatch("%S+")
do
  ACTIVE[name] = true
end

--- What was opened for reading while the article was opened, and the calls that did more.
---@return table<string, boolean> opened
---@return string[] forbidden
local function judge(list)
  local inside, opened, forbidden = false, {}, {}
  for _, call in ipairs(list) do
    local path = call.path or ""
    if path:find("^/galley%-opening") then
      inside = path:find("begins$") ~= nil
    elseif inside and not vim.startswith(path, vim.fn.stdpath("state") .. "/lsp.log") then
      -- (That log is Neovim's own, of its language client.) A thread of libuv's pool is no program.
      local thread = call.line:find("CLONE_THREAD", 1, true) ~= nil
      local flags = call.name:find("^open") and call.line:gsub('"[^"]*"', "") or ""
      local writes = flags:find("O_WRONLY") or flags:find("O_RDWR") or flags:find("O_CREAT")
      if writes or ACTIVE[call.name] and not thread then
        table.insert(forbidden, call.line)
      elseif flags ~= "" and not call.failed then
        opened[path] = true
      end
    end
  end
  return opened, forbidden
end

-- Only Linux has strace.
if vim.uv.os_uname().sysname ~= "Linux" then
  pending("opening an article")
  return
end

describe("opening an article", function()
  local folder, root, log, screen

  before_each(function()
    local temporary = assert(vim.uv.fs_realpath(vim.fn.fnamemodify(vim.fn.tempname(), ":h")))
    folder = temporary .. "/opened"
    root = folder .. "/project"
    log = folder .. "/strace.log"
    for _, path in ipairs({ "/project/.git", "/outside", "/bin" }) do
      vim.fn.mkdir(folder .. path, "p")
    end
    for _, name in ipairs({ "secret.txt", "secret.bib", "secret.md", "note.txt" }) do
      vim.fn.writefile({ "476 members voted" }, folder .. "/outside/" .. name)
    end
    for _, name in ipairs({ "pipe.txt", "pipe.bib", "galley.names", "article.md.galley.jsonl" }) do
      assert(vim.system({ "mkfifo", root .. "/" .. name }):wait().code == 0)
    end
    assert(vim.uv.fs_symlink(folder .. "/outside/secret.txt", root .. "/link.txt"))
    assert(vim.uv.fs_symlink(folder .. "/outside", root .. "/up"))
    assert(vim.uv.fs_symlink("loop.txt", root .. "/loop.txt"))
    vim.fn.writefile({ "<p>476 members</p>" }, root .. "/page.html")
    vim.fn.writefile({ "%PDF-1.4" }, root .. "/paper.pdf")
    vim.fn.writefile({ "@book{key, title={x}}" }, root .. "/refs.bib")
    vim.fn.writefile(vim.split(hostile(folder .. "/outside"), "\n"), root .. "/article.md")
  end)

  after_each(function()
    screen:close()
    vim.fn.delete(folder, "rf")
  end)

  --- Opens the article in a Neovim under strace. Gives what it has opened for reading, and the calls
  --- that write, run or connect.
  ---@param plugin boolean
  ---@return table<string, boolean> opened
  ---@return string[] forbidden
  local function trace(plugin)
    local nvim = os.getenv("GALLEY_NVIM") or vim.v.progpath
    local wrapper = folder .. "/bin/nvim"
    local traced = "trace=file,process,network,ftruncate,fallocate"
    vim.fn.writefile({
      "#!/bin/sh",
      ("exec strace -f -qq -s 4096 -e %s -o '%s' '%s' \"$@\""):format(traced, log, nvim),
    }, wrapper)
    vim.uv.fs_chmod(wrapper, 493) -- 0755
    local before = vim.env.GALLEY_NVIM
    vim.env.GALLEY_NVIM = wrapper
    local ok, started = pcall(Screen.new, { columns = 100, lines = 40, plugin = plugin })
    vim.env.GALLEY_NVIM = before
    assert(ok, started)
    screen = started
    screen:lua([[
      vim.o.swapfile, vim.o.shadafile, vim.g.checked = false, "NONE", 0
      vim.api.nvim_create_autocmd("User", { pattern = "GalleyCheck", callback = function()
        vim.g.checked = vim.g.checked + 1
      end })
      vim.uv.fs_stat("/galley-opening-begins")
    ]])
    screen:command("silent edit " .. vim.fn.fnameescape(root .. "/article.md"))
    if plugin then
      screen:wait(function()
        return screen:lua("return vim.g.checked") > 0
      end, "for the checks")
    end
    screen:lua("vim.wait(300)") -- whatever else has been scheduled
    screen:sync()
    screen:lua([[vim.uv.fs_stat("/galley-opening-ends")]])
    assert.are.equal("", screen:close())
    return judge(calls(log))
  end

  it("runs nothing, writes nothing, and reads the article alone", function()
    local own = trace(false)
    assert.is_true(own[root .. "/article.md"])
    local opened, forbidden = trace(true)
    assert.is_true(opened[root .. "/article.md"])
    assert.are.same({}, forbidden)
    -- The plugin's files and Neovim's, the time of day for the log of Neovim's language client.
    local runtime = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(vim.env.VIMRUNTIME)))
    local known = { runtime, vim.fn.getcwd(), "/etc/localtime", "/usr/share/zoneinfo/" }
    local others = {}
    for path in pairs(opened) do
      local is_known = vim.iter(known):any(function(start)
        return vim.startswith(path, start)
      end)
      if not own[path] and not is_known and path ~= root and path ~= root .. "/" then
        table.insert(others, path)
      end
    end
    assert.are.same({}, others)
  end)

  it("is seen to do so by these means", function()
    vim.fn.writefile({ "On 25 May 2018, 476 voted." }, root .. "/article.md")
    local init = folder .. "/bin/init.lua"
    local bad = {
      "vim.api.nvim_create_autocmd('BufReadPost', { callback = function()",
      ("  vim.fn.readfile('%s/outside/secret.txt')"):format(folder),
      ("  vim.fn.writefile({}, '%s/outside/written')"):format(folder),
      "  vim.fn.system({ 'true' })",
      "end })",
    }
    vim.fn.writefile(bad, init)
    local new = Screen.new
    Screen.new = function(options)
      options.args = { "--cmd", "luafile " .. init }
      return new(options)
    end
    local ok, opened, forbidden = pcall(trace, false)
    Screen.new = new
    assert(ok, opened)
    assert.is_true(opened[folder .. "/outside/secret.txt"])
    local text = table.concat(forbidden, "\n")
    assert.has.match("/outside/written", text)
    assert.has.match("execve", text)
  end)
end)
