-- Where rows and columns of a source's derived text stand in its file.
--
-- The core reads a source as plain text. For a text file that is the file itself; for a table it is
-- a line a cell, for a transcript a line a cue, for a page description what a program made of it.
-- A map holds points: from a point on, until the next, the file goes on as the derived text does.

--- @class galley.SourceMap
--- @field rows integer rows of derived text so far
--- @field derived integer[] rows and columns of the points in the derived text: row, column, ...
--- @field file integer[] the same points in the file
--- @field labels any[] by the rows they begin at: row, label, ...
--- @field offsets integer[] places in the file for readers of lines: row, byte, ...
local Map = {}
Map.__index = Map

--- @return galley.SourceMap
function Map.new()
  return setmetatable({ rows = 0, derived = {}, file = {}, labels = {}, offsets = {} }, Map)
end

--- From here on the file goes on at another place. Points come in text order.
--- @param row integer of the derived text
--- @param col integer
--- @param file_row integer
--- @param file_col integer
function Map:point(row, col, file_row, file_col)
  local at = #self.derived
  self.derived[at + 1], self.derived[at + 2] = row, col
  self.file[at + 1], self.file[at + 2] = file_row, file_col
end

--- Takes back the points from a row on.
--- @param row integer of the derived text
function Map:forget(row)
  local derived, file = self.derived, self.file
  while #derived > 0 and derived[#derived - 1] >= row do
    derived[#derived], derived[#derived - 1] = nil, nil
    file[#file], file[#file - 1] = nil, nil
  end
end

--- From this row on places have this label.
--- @param row integer
--- @param label string
function Map:label(row, label)
  local at = #self.labels
  self.labels[at + 1], self.labels[at + 2] = row, label
end

--- Notes where a row of the file begins, for peeking without reading the whole file.
--- @param file_row integer
--- @param byte integer
function Map:offset(file_row, byte)
  local at = #self.offsets
  self.offsets[at + 1], self.offsets[at + 2] = file_row, byte
end

--- The last pair whose first number, then second, is not over (a, b); nil when there is none.
--- @param pairs_ any[]
--- @param a integer
--- @param b? integer
--- @return integer? index of the pair's first
local function last_pair(pairs_, a, b)
  local low, high = 0, #pairs_ / 2
  while low < high do
    local middle = math.floor((low + high) / 2)
    local first = pairs_[middle * 2 + 1]
    if first < a or first == a and (not b or pairs_[middle * 2 + 2] <= b) then
      low = middle + 1
    else
      high = middle
    end
  end
  return low > 0 and low * 2 - 1 or nil
end

--- Where a place of the derived text stands in the file.
--- @param row integer
--- @param col integer
--- @return integer row
--- @return integer col
function Map:place(row, col)
  local at = last_pair(self.derived, row, col)
  if not at then
    return row, col
  end
  local file_row, file_col = self.file[at], self.file[at + 1]
  if self.derived[at] == row then
    return file_row, file_col + col - self.derived[at + 1]
  end
  return file_row + row - self.derived[at], col
end

--- @param row integer of the derived text
--- @return string?
function Map:label_at(row)
  local at = last_pair(self.labels, row)
  return at and self.labels[at + 1]
end

--- A row of the file at or before the one asked for, and the byte it begins at.
--- @param file_row integer
--- @return integer row
--- @return integer byte
function Map:near(file_row)
  local at = last_pair(self.offsets, file_row)
  if not at then
    return 0, 0
  end
  return self.offsets[at], self.offsets[at + 1]
end

return Map
