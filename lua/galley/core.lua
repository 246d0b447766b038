-- Loads the C module. Everything else in the plugin reaches it through load(), because a module
-- that is missing must cost the user one clear message and nothing more.

local M = {}

--- The plugin's folder.
M.root = vim.fs.normalize(
  vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h:h:h") --[[@as string]]
)

--- Where the module is, or would be: beside this file, as `make` leaves it.
M.path = M.root .. "/lua/galley/core.so"

--- @type table?
local loaded
--- @type string?
local failure

--- LuaRocks keeps compiled modules in a folder of their own.
--- @return string? path
local function rock()
  for template in package.cpath:gmatch("[^;]+") do
    local path = template:gsub("%?", "galley/core")
    if vim.endswith(path, "/galley/core.so") and vim.uv.fs_stat(path) then
      return path
    end
  end
end

--- The C module, or nil and the message that says how to get it. A failure is not kept when the
--- file was missing, so that running `make` helps without a restart.
--- @return table? core
--- @return string? message
function M.load()
  if loaded then
    return loaded
  end
  if failure then
    return nil, failure
  end
  if not vim.uv.fs_stat(M.path) then
    M.path = rock() or M.path
  end
  if not vim.uv.fs_stat(M.path) then
    return nil,
      ("galley: the C module is not built. Run `make` in %s, then try again."):format(M.root)
  end
  -- An explicit path: package.cpath may hold another plugin's core.so, and Neovim's own loader
  -- would find this file first.
  local open, problem = package.loadlib(M.path, "luaopen_galley_core")
  if not open then
    local text = "galley: cannot load %s (%s). Run `make clean && make` in %s, then restart Neovim."
    failure = text:format(M.path, vim.trim(tostring(problem)), M.root)
    return nil, failure
  end
  local core = open()
  local version = require("galley.version")
  if core.version ~= version then
    local text =
      "galley: %s is of version %s, the plugin of %s. Run `make` in %s, then restart Neovim."
    failure = text:format(M.path, core.version, version, M.root)
    return nil, failure
  end
  loaded = core
  return loaded
end

return M
