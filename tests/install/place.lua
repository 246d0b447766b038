-- Folders for tests of installation: a repository as a user clones it, and a Neovim with a home of
-- its own that starts as a user's does, with init.lua and no --clean.

local M = {}

-- Quick to compile; what is tested is the way, not the speed.
local BUILD = { CFLAGS = "-O0 -g", MAKEFLAGS = "-j" .. tostring(#vim.uv.cpu_info()) }
local LIMIT = 600000

--- Runs a program to its end; it must succeed.
--- @param command string[]
--- @param options? vim.SystemOpts
--- @return string output
function M.run(command, options)
  options = vim.tbl_extend("force", { text = true }, options or {})
  options.env = vim.tbl_extend("force", BUILD, options.env or {})
  local result = vim.system(command, options):wait(LIMIT)
  local output = result.stdout .. result.stderr
  assert(result.code == 0, table.concat(command, " ") .. "\n" .. output)
  return output
end

--- The tracked files of this repository as they are now, in a new folder.
--- @return string folder
function M.copy()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, "p")
  M.run({ "sh", "-c", 'git ls-files -z | tar cf - --null -T - | tar xf - -C "$0"', folder })
  return folder
end

--- The same as a git repository with one commit.
--- @return string folder
function M.repository()
  local folder = M.copy()
  local git = { "git", "-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.org" }
  for _, arguments in ipairs({ { "init", "-q" }, { "add", "-A" }, { "commit", "-qm", "All" } }) do
    M.run(vim.list_extend(vim.list_slice(git), arguments))
  end
  return folder
end

--- The Neovims of the test matrix, oldest first.
--- @return string[] programs
function M.neovims()
  local given = vim.env.GALLEY_NVIMS
  if given and given ~= "" then
    return vim.split(given, " ", { trimempty = true })
  end
  local deps = vim.env.GALLEY_DEPS or ".deps"
  deps = vim.fs.normalize(vim.fn.fnamemodify(deps, ":p"))
  local found = vim.fn.glob(deps .. "/nvim-*/bin/nvim", true, true)
  table.sort(found)
  return #found > 0 and found or { vim.v.progpath }
end

--- Has this Neovim vim.pack?
--- @param program string
function M.has_pack(program)
  return M.run({ program, "--clean", "--headless", "+lua io.write(tostring(vim.pack))", "+qa" })
    :find("table") ~= nil
end

--- A home for a user of Neovim.
--- @class galley.test.Home
--- @field folder string
--- @field env table<string, string>
local Home = {}
Home.__index = Home

--- @return galley.test.Home
function M.home()
  local folder = vim.fn.tempname()
  local env = { HOME = folder, NVIM_APPNAME = "nvim", LC_ALL = "C.UTF-8" }
  for _, name in ipairs({ "config", "data", "state", "cache" }) do
    env["XDG_" .. name:upper() .. "_HOME"] = folder .. "/" .. name
    vim.fn.mkdir(folder .. "/" .. name .. "/nvim", "p")
  end
  return setmetatable({ folder = folder, env = env }, Home)
end

--- Where packages are found without a plugin manager.
--- @param kind "start"|"opt"
function Home:package(kind)
  return self.folder .. "/data/nvim/site/pack/galley/" .. kind .. "/galley.nvim"
end

--- @param lines string[] of init.lua
function Home:write_init(lines)
  vim.fn.writefile(lines, self.folder .. "/config/nvim/init.lua")
end

--- Starts a Neovim of this home with an article, as a user would.
--- @param program string
--- @return string said the first name that is marked, whether the article is annotated, where the
--- C module is; then what else was printed
function Home:open(program)
  local article = self.folder .. "/article.txt"
  vim.fn.writefile({ "A vote, said Anna Lindqvist." }, article)
  local ask = "lua local g = require('galley') local s = g.is_attached(0) and g.get_spans(0)[1] or {} "
    .. "io.write(s.text or 'nothing', ' ', tostring(g.is_attached(0)), ' ', "
    .. "require('galley.core').path, '\\n')"
  local command = { program, "-n", "-i", "NONE", "--headless", article, "+" .. ask, "+qa!" }
  return M.run(command, { env = self.env, cwd = self.folder })
end

--- Runs init.lua to its end, for what a plugin manager does at the first start.
--- @param program string
--- @return string output
function Home:start(program)
  return M.run({ program, "-n", "-i", "NONE", "--headless", "+qa!" }, { env = self.env })
end

--- The lines of a file of examples/config, with an address for REPOSITORY.
--- @param name string
--- @param address string
--- @return string[]
function M.example(name, address)
  local lines = vim.fn.readfile("examples/config/" .. name)
  return vim.tbl_map(function(line)
    return (line:gsub("REPOSITORY", (address:gsub("%%", "%%%%"))))
  end, lines)
end

--- @param path string
--- @return string bytes
function M.bytes(path)
  local file = assert(io.open(path, "rb"))
  local bytes = file:read("*a")
  file:close()
  return bytes
end

return M
