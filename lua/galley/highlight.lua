-- Defines the highlight groups and follows the colour scheme.

local api = vim.api
local config = require("galley.config")
local groups = require("galley.groups")

local M = {}

-- By the index that the core's draw() gives.
M.ids = {} --- @type integer[] highlight id
M.priorities = {} --- @type integer[]
M.spell = {} --- @type table<integer, false> groups of names, when these are no matter of spelling

local NAMES =
  { GalleyPerson = true, GalleyOrganization = true, GalleyPlace = true, GalleyOther = true }

--- A colour of the group's own, followed through links; nil when it looks like the plain text.
--- @param name string
--- @return vim.api.keyset.get_hl_info?
local function own_colour(name)
  local group = api.nvim_get_hl(0, { name = name, link = false })
  local plain = api.nvim_get_hl(0, { name = "Normal", link = false })
  local gui = group.fg ~= plain.fg and group.fg or nil
  local terminal = group.ctermfg ~= plain.ctermfg and group.ctermfg or nil
  if gui or terminal then
    return { fg = gui, ctermfg = terminal }
  end
end

--- How a group looks by the colours in force.
--- @param group galley.Group
--- @return vim.api.keyset.highlight
local function look_of(group)
  if group.link then
    return { link = group.link }
  end
  local attributes
  for _, name in ipairs(group.colour) do
    attributes = own_colour(name)
    if attributes then
      break
    end
  end
  attributes = attributes or group.fallback and vim.deepcopy(group.fallback[vim.o.background]) or {}
  attributes.cterm = group.style
  for key, value in pairs(group.style) do
    attributes[key] = value
  end
  return attributes
end

--- Defines the groups from the colours in force. A user's own definitions stay.
function M.define()
  for _, group in ipairs(groups) do
    api.nvim_set_hl(0, group.name .. "Default", look_of(group))
    api.nvim_set_hl(0, group.name, { link = group.name .. "Default", default = true })
  end
end

--- Looks up what drawing needs of each group.
local function index_groups()
  local by_name = {}
  for _, group in ipairs(groups) do
    by_name[group.name] = group
  end
  for index, name in ipairs(assert(require("galley.core").load()).groups()) do
    M.ids[index] = api.nvim_get_hl_id_by_name(name)
    M.spell[index] = nil
    if NAMES[name] and not config.get().spell_names then
      M.spell[index] = false
    end
    M.priorities[index] = config.get().priority + (by_name[name] and by_name[name].level or 0)
  end
end

local enabled = false

--- Takes over changed settings.
function M.update()
  if enabled then
    index_groups()
  end
end

--- Defines the groups, the first time it is called.
--- @return boolean first
function M.enable()
  if enabled then
    return false
  end
  enabled = true
  M.define()
  index_groups()
  local group = api.nvim_create_augroup("galley.highlight", {})
  api.nvim_create_autocmd("ColorScheme", { group = group, callback = M.define })
  api.nvim_create_autocmd("OptionSet", {
    group = group,
    pattern = "background",
    callback = M.define,
  })
  return true
end

return M
