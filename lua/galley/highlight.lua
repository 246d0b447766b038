-- Highlight groups, and the drawing of the rows that are on the screen.

local api = vim.api
local buffers = require("galley.buffer")
local config = require("galley.config")
local groups = require("galley.groups")

local M = {}

local namespace = api.nvim_create_namespace("galley")

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

--- Defines the groups from the colours in force. A user's own definitions stay.
function M.define()
  for _, group in ipairs(groups) do
    local attributes
    for _, name in ipairs(group.colour) do
      attributes = own_colour(name)
      if attributes then
        break
      end
    end
    attributes = attributes
      or group.fallback and vim.deepcopy(group.fallback[vim.o.background])
      or {}
    attributes.cterm = group.style
    for key, value in pairs(group.style) do
      attributes[key] = value
    end
    api.nvim_set_hl(0, group.name .. "Default", attributes)
    api.nvim_set_hl(0, group.name, { link = group.name .. "Default", default = true })
  end
end

-- What draw() filled in for the window being redrawn: five integers a range. One table for all.
local out = {}
local covered = 0 -- rows before this one are in it
local state --- @type galley.Buffer

-- The ranges by the row they start in: first[row - top] is one of them, following[it] the next.
-- A range that starts above the rows asked for counts for the first of them.
local first_of = {} --- @type table<integer, integer>
local following = {} --- @type table<integer, integer>
local top = 0
local emitted = 0 -- rows before this one have their marks

local ids = {} --- @type integer[] highlight id of each index that draw() gives
local levels = {} --- @type integer[]
local mark = { ephemeral = true, strict = false }

-- Rows asked for at once: a window's worth, but not all that a closed fold hides.
local CHUNK = 200

--- @param first integer
--- @param last integer
local function fetch(first, last)
  local count = state.doc:draw(first, last, state.mask, out)
  top, emitted, covered = first, first, last
  for index = 0, last - first do
    first_of[index] = 0
  end
  for range = count, 1, -1 do
    local index = math.max(0, out[range * 5 - 4] - first)
    following[range] = first_of[index] or 0
    first_of[index] = range
  end
end

--- Sets the marks of the ranges that start before row `last` and reach `row`.
--- @param buf integer
--- @param row integer
--- @param last integer
local function emit(buf, row, last)
  local set = api.nvim_buf_set_extmark
  for index = emitted - top, last - top - 1 do
    local range = first_of[index]
    while range ~= 0 do
      local base = range * 5 - 4
      if out[base + 2] >= row then
        local group = out[base + 4]
        mark.end_row, mark.end_col = out[base + 2], out[base + 3]
        mark.hl_group, mark.priority = ids[group], levels[group]
        set(buf, namespace, out[base], out[base + 1], mark)
      end
      range = following[range]
    end
  end
  emitted = math.max(emitted, last)
end

--- @param buf integer
--- @param first integer
--- @param last integer
local function draw_rows(buf, first, last)
  while true do
    emit(buf, first, math.min(last, covered))
    if last <= covered then
      return
    end
    first = math.max(first, covered)
    fetch(first, first + CHUNK)
  end
end

--- Rows of the paragraph around a change may look different after it.
--- @param buf integer
--- @param first integer
--- @param last integer
local function redraw_paragraph(buf, first, last)
  local from = math.max(0, first - CHUNK)
  local above = api.nvim_buf_get_lines(buf, from, first, false)
  for index = #above, 1, -1 do
    if above[index] == "" then
      break
    end
    first = from + index - 1
  end
  for _, line in ipairs(api.nvim_buf_get_lines(buf, last, last + CHUNK, false)) do
    if line == "" then
      break
    end
    last = last + 1
  end
  api.nvim__redraw({ buf = buf, range = { first, last } })
end

local provider = {
  on_buf = function(_, buf)
    local changed = buffers.attached[buf]
    if not changed or changed.failed then
      return
    end
    local first, last = changed.sync.first, changed.sync.new_last
    if buffers.flush(changed) and first then
      redraw_paragraph(buf, first, math.min(last, api.nvim_buf_line_count(buf)))
    end
  end,
  on_win = function(_, _, buf, first, last)
    state = buffers.attached[buf]
    if not state or state.mask == 0 or not buffers.flush(state) then
      return false
    end
    if buffers.disabled(buf) then
      return false
    end
    fetch(first, math.min(last + 1, first + CHUNK))
  end,
}

if vim.fn.has("nvim-0.12") == 1 then
  provider.on_range = function(_, _, buf, first, _, last, last_col)
    draw_rows(buf, first, last_col > 0 and last + 1 or last)
  end
else
  provider.on_line = function(_, _, buf, row)
    draw_rows(buf, row, row + 1)
  end
end

local enabled = false

--- Starts drawing; called when the first buffer is attached.
function M.enable()
  if enabled then
    return
  end
  enabled = true
  M.define()
  local by_name = {}
  for _, group in ipairs(groups) do
    by_name[group.name] = group
  end
  for index, name in ipairs(assert(require("galley.core").load()).groups()) do
    ids[index] = api.nvim_get_hl_id_by_name(name)
    levels[index] = config.get().priority + (by_name[name] and by_name[name].level or 0)
  end
  local group = api.nvim_create_augroup("galley.attached", {})
  api.nvim_create_autocmd("ColorScheme", { group = group, callback = M.define })
  api.nvim_create_autocmd("OptionSet", {
    group = group,
    pattern = "background",
    callback = M.define,
  })
  api.nvim_create_autocmd("BufFilePost", {
    group = group,
    callback = function(event)
      buffers.renamed(event.buf)
    end,
  })
  api.nvim_set_decoration_provider(namespace, provider)
end

return M
