-- A few lines of a source around a place, short enough for a small window.

local visible = require("galley.visible").line

local M = {}

local BLOCK = 65536 -- bytes read at once
local AROUND = 180 -- bytes of a long line that are kept before and after the place
local CONTEXT = 100 -- bytes of the line before and of the line after

--- Some lines of a source, from `row` on.
--- @param entry galley.SourceEntry
--- @param row integer
--- @param count integer
--- @return string[] fewer where the source ends
local function lines_of(entry, row, count)
  local text, at = entry.reader.text, 0
  local lines = {}
  if not text then
    local start, byte = entry.reader.map:near(row)
    row = row - start
    local file = require("galley.source.file").open(entry.path)
    text = file and file:read(byte, BLOCK * 4) or ""
    if file then
      file:close()
    end
    text = byte == 0 and text:gsub("^\239\187\191", "") or text
  end
  for line, following in text:gmatch("([^\n]*)\n?()") do
    if at >= row then
      lines[#lines + 1] = line:gsub("\r$", "")
    end
    at = at + 1
    if #lines == count or following > #text then
      break
    end
  end
  return lines
end

--- The nearest place from `at` on, or before, that is not inside a character.
--- @param line string
--- @param at integer bytes before it
--- @param step integer 1 or -1
--- @return integer
local function boundary(line, at, step)
  while at > 0 and at < #line and line:byte(at + 1) >= 0x80 and line:byte(at + 1) < 0xc0 do
    at = at + step
  end
  return math.max(0, math.min(at, #line))
end

--- A blank near `at`, else a boundary.
--- @param line string
--- @param at integer
--- @param step integer towards the place that is kept
--- @return integer
local function word_boundary(line, at, step)
  for distance = 0, 20 do
    local here = at + distance * step
    if here <= 0 or here >= #line then
      return math.max(0, math.min(here, #line))
    elseif line:byte(here + 1) == 32 then
      return here
    end
  end
  return boundary(line, at, step)
end

--- A part of a line as it is shown, and where its marks are then.
--- @param line string
--- @param first integer
--- @param last integer
--- @param marks {[1]: integer, [2]: integer}[] in text order
--- @return string
--- @return {[1]: integer, [2]: integer}[]
local function render(line, first, last, marks)
  local parts, shown = { first > 0 and "…" or "" }, {}
  local length, at = #parts[1], first
  local function add(till)
    local piece = visible(line:sub(at + 1, till))
    parts[#parts + 1] = piece
    length, at = length + #piece, till
  end
  for _, mark in ipairs(marks) do
    local from, to = math.max(mark[1], at), math.min(mark[2], last)
    if from < to then
      add(from)
      local begin = length
      add(to)
      shown[#shown + 1] = { begin, length }
    end
  end
  add(last)
  parts[#parts + 1] = last < #line and "…" or ""
  return table.concat(parts), shown
end

--- @class galley.Excerpt
--- @field lines string[]
--- @field marks {[1]: integer, [2]: integer, [3]: integer}[] line from 0, first byte, byte after the last
--- @field context table<integer, boolean> lines, from 0, that are there for what they stand beside

--- @param excerpt galley.Excerpt
--- @param line? string
local function add_context(excerpt, line)
  if line and line:find("%S") then
    local last = #line > CONTEXT and word_boundary(line, CONTEXT, -1) or #line
    excerpt.context[#excerpt.lines] = true
    excerpt.lines[#excerpt.lines + 1] = render(line, 0, last, {})
  end
end

--- The lines of a place with what must be marked in them.
--- @param target galley.SourceTarget with an entry that has been read
--- @param most integer lines
--- @return galley.Excerpt
function M.make(target, most)
  local first = math.max(0, target.row - 1)
  local count = math.min(target.end_row - target.row + 1, most)
  local lines = lines_of(target.entry, first, count + 2)
  local excerpt = { lines = {}, marks = {}, context = {} }
  local offset = target.row - first
  if target.entry.kind.reader == "table" and target.row > 0 then
    add_context(excerpt, lines_of(target.entry, 0, 1)[1])
  elseif offset > 0 then
    add_context(excerpt, lines[1])
  end
  for index = 1, count do
    local row, line = target.row + index - 1, lines[offset + index]
    if not line then
      break
    end
    local from = row == target.row and math.min(target.col, #line) or 0
    local to = row == target.end_row and math.min(target.end_col, #line) or #line
    local marks = { { from, to } }
    for _, mark in ipairs(target.marks) do
      if mark.row == row and (mark.end_col <= from or mark.col >= to) then
        marks[#marks + 1] = { mark.col, mark.end_col }
      end
    end
    table.sort(marks, function(a, b)
      return a[1] < b[1]
    end)
    local start, stop = 0, #line
    if #line > 3 * AROUND then
      start = from > AROUND and word_boundary(line, from - AROUND, 1) or 0
      stop = to + AROUND < #line and word_boundary(line, to + AROUND, -1) or #line
      start, stop = math.min(start, from), math.max(stop, math.min(to, from + 4 * AROUND))
      start, stop = boundary(line, start, -1), boundary(line, stop, 1)
    end
    local text, shown = render(line, start, stop, marks)
    for _, mark in ipairs(shown) do
      excerpt.marks[#excerpt.marks + 1] = { #excerpt.lines, mark[1], mark[2] }
    end
    excerpt.lines[#excerpt.lines + 1] = text
  end
  add_context(excerpt, lines[offset + count + 1])
  return excerpt
end

return M
