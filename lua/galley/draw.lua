-- Draws the rows that are on the screen: a decoration provider with marks that live for one redraw.

local api = vim.api
local buffers = require("galley.buffer")
local highlight = require("galley.highlight")

local M = {}

local namespace = api.nvim_create_namespace("galley")

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

local ids = highlight.ids
local levels = highlight.priorities
local spell = highlight.spell
local mark = { ephemeral = true, strict = false }

-- Rows asked for at once: a window's worth, but not all that a closed fold hides.
local CHUNK = 200

-- So many ranges do not fit on a screen: there is a line of which the screen shows a part. Neovim
-- 0.10 takes time by the square of the marks in a line, so only those in sight are set.
local CROWD = 2000

local window = 0
local crowded = false
local sight = {} --- @type table<integer, integer[]> first and last column in sight of rows

--- The columns of a row that the window can show.
--- @param row integer
--- @return integer[] first and last, in bytes
local function in_sight(row)
  local columns = sight[row]
  if not columns then
    local view = api.nvim_win_call(window, vim.fn.winsaveview)
    local width = api.nvim_win_get_width(window)
    local skipped, shown = view.leftcol, width
    if vim.wo[window].wrap then
      skipped = view.topline == row + 1 and view.skipcol or 0
      shown = width * api.nvim_win_get_height(window)
    end
    columns = {
      skipped > 0 and vim.fn.virtcol2col(window, row + 1, skipped) - 1 or 0,
      vim.fn.virtcol2col(window, row + 1, skipped + shown + 1),
    }
    sight[row] = columns
  end
  return columns
end

--- @param base integer where a range begins in `out`
--- @return boolean
local function out_of_sight(base)
  if out[base] ~= out[base + 2] then
    return false
  end
  local columns = in_sight(out[base])
  return out[base + 3] <= columns[1] or out[base + 1] >= columns[2]
end

--- @param first integer
--- @param last integer
local function fetch(first, last)
  local count = state.doc:draw(first, last, state.mask, out)
  top, emitted, covered = first, first, last
  crowded, sight = count > CROWD, {}
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
      if out[base + 2] >= row and not (crowded and out_of_sight(base)) then
        local group = out[base + 4]
        mark.end_row, mark.end_col = out[base + 2], out[base + 3]
        mark.hl_group, mark.priority, mark.spell = ids[group], levels[group], spell[group]
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
    buffers.flush(state, last)
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
  api.nvim__redraw({ buf = buf, range = { first, last }, flush = false })
end

local provider = {
  on_buf = function(_, buf)
    local changed = buffers.attached[buf]
    if not changed or changed.failed then
      return
    end
    local first, last = changed.sync.first, changed.sync.new_last
    if buffers.flush(changed, 0) and first then
      redraw_paragraph(buf, first, math.min(last, api.nvim_buf_line_count(buf)))
    end
  end,
  on_win = function(_, win, buf, first, last)
    window = win
    state = buffers.attached[buf]
    if not state or state.mask == 0 or not buffers.flush(state, last + 1) then
      return false
    end
    if buffers.disabled(buf) then
      return false
    end
    fetch(first, math.min(last + 1, first + CHUNK))
  end,
}

--- Marks the rows in which `]s` looks for a word.
function provider._on_spell_nav(_, win, buf, first, _, last)
  if next(spell) == nil then
    return
  end
  window, state = win, buffers.attached[buf]
  if state and state.mask ~= 0 and not buffers.disabled(buf) and buffers.flush(state, last + 1) then
    fetch(first, last + 1)
    emit(buf, first, last + 1)
  end
end

if vim.fn.has("nvim-0.12") == 1 then
  provider.on_range = function(_, _, buf, first, _, last, last_col)
    draw_rows(buf, first, last_col > 0 and last + 1 or last)
  end
else
  provider.on_line = function(_, _, buf, row)
    draw_rows(buf, row, row + 1)
  end
end

--- Starts drawing; called whenever a buffer is attached.
function M.enable()
  if highlight.enable() then
    api.nvim_set_decoration_provider(namespace, provider)
  end
end

return M
