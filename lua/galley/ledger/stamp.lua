-- Who ticks, when, and under what identity. A test puts its own functions in the place of these.

local M = {}

--- The time of a tick, UTC. Only what the user does has a time; annotation never asks the clock.
--- @return string
function M.now()
  return os.date("!%Y-%m-%dT%H:%M:%SZ") --[[@as string]]
end

--- A new identity.
--- @return string
function M.id()
  local bytes = { assert(vim.uv.random(16)):byte(1, 16) }
  bytes[7] = bit.bor(bit.band(bytes[7], 0x0f), 0x40)
  bytes[9] = bit.bor(bit.band(bytes[9], 0x3f), 0x80)
  local hex = ("%02x"):rep(16):format(unpack(bytes))
  return "urn:uuid:"
    .. table.concat({ hex:sub(1, 8), hex:sub(9, 12), hex:sub(13, 16), hex:sub(17, 20) }, "-")
    .. "-"
    .. hex:sub(21)
end

local LARGEST = 262144 -- bytes of a settings file of git that are read

--- user.name of one of git's settings files.
--- @param path string
--- @return string?
local function name_in(path)
  local section, name
  for _, line in ipairs(require("galley.source.file").lines(path, LARGEST) or {}) do
    section = line:match("^%s*%[%s*([^%]]-)%s*%]") or section
    local value = line:match("^%s*[Nn][Aa][Mm][Ee]%s*=%s*(.-)%s*$")
    if value and section and section:lower() == "user" then
      name = value:match('^"(.*)"$') or value
    end
  end
  return name ~= "" and name or nil
end

--- The name that git knows the user by, read from its files: no program is run.
--- @param folder string
--- @return string?
local function git_name(folder)
  local git = vim.fs.find(".git", { upward = true, path = folder })[1]
  local home = vim.env.HOME or vim.uv.os_homedir() or ""
  local settings = vim.env.XDG_CONFIG_HOME or vim.fs.joinpath(home, ".config")
  return git and name_in(vim.fs.joinpath(git, "config"))
    or name_in(vim.fs.joinpath(home, ".gitconfig"))
    or name_in(vim.fs.joinpath(settings, "git", "config"))
end

--- The reviewer's name: the option, else git's user.name, else $USER.
--- @param path string of the article
--- @return string
function M.who(path)
  local name = require("galley.config").get().reviewer
  if name == "" then
    name = git_name(vim.fs.dirname(path)) or vim.env.USER or vim.env.USERNAME or "unknown"
  end
  return name
end

return M
