-- Text and Markdown: the derived text is the file, line for line.

local Map = require("galley.source.map")

local M = {}

-- A longer line is cut at a blank, so that the core gets it in pieces that take little time.
local LONGEST = 32768

--- @class galley.TextReader: galley.SourceReader
--- @field rest string what came after the last line end
--- @field file_row integer of what comes next
--- @field file_col integer
--- @field byte integer of what comes next, in the file
--- @field first boolean nothing has been read
local Reader = {}
Reader.__index = Reader

--- @return galley.TextReader
function M.new()
  return setmetatable({
    map = Map.new(),
    rest = "",
    file_row = 0,
    file_col = 0,
    byte = 0,
    first = true,
  }, Reader)
end

--- Counts the lines of a piece that ends at a line end of the file.
--- @param piece string
--- @return string
function Reader:take(piece)
  local breaks = select(2, piece:gsub("\n", ""))
  self.map:offset(self.file_row, self.byte - self.file_col)
  self.map.rows = self.map.rows + breaks
  self.file_row, self.file_col = self.file_row + breaks, 0
  self.byte = self.byte + #piece
  return piece
end

--- Takes the beginning of a line that is too long; the rest of it becomes a row of its own.
--- @return string
function Reader:cut()
  local line = self.rest:sub(1, LONGEST)
  local last = #(line:match("^.*%s") or line)
  -- Not inside a character.
  while
    last > 1
    and last < #self.rest
    and (self.rest:byte(last + 1) or 0) >= 0x80
    and self.rest:byte(last + 1) < 0xc0
  do
    last = last - 1
  end
  line, self.rest = self.rest:sub(1, last), self.rest:sub(last + 1)
  self.file_col = self.file_col + last
  self.byte = self.byte + last
  self.map.rows = self.map.rows + 1
  self.map:point(self.map.rows, 0, self.file_row, self.file_col)
  return line .. "\n"
end

--- Takes the next bytes of the file.
--- @param chunk string
--- @return string? derived nil when the file cannot be read
--- @return string? message
function Reader:feed(chunk)
  if self.first then
    self.first = false
    local mark = chunk:sub(1, 2)
    if mark == "\255\254" or mark == "\254\255" then
      return nil, "UTF-16; save it as UTF-8"
    elseif chunk:find("%z") then
      return nil, "not a text"
    elseif chunk:sub(1, 3) == "\239\187\191" then
      chunk = chunk:sub(4) -- Neovim does not show it either
      self.byte = 3
    end
  end
  local derived = {}
  -- The rest has no line end: only the new bytes are searched, or a long line takes square time.
  local last = chunk:match("^.*\n()")
  if last then
    local piece = self.rest .. chunk:sub(1, last - 1)
    self.rest = chunk:sub(last)
    derived[1] = self:take(piece)
  else
    self.rest = self.rest .. chunk
  end
  while #self.rest > LONGEST do
    derived[#derived + 1] = self:cut()
  end
  return table.concat(derived)
end

--- The file has ended.
--- @return string derived
function Reader:finish()
  local rest = self.rest
  self.rest = ""
  if rest == "" then
    return ""
  end
  return self:take(rest .. "\n")
end

--- Where a place of the derived text stands in the file.
--- @param row integer of the derived text
--- @param col integer
--- @return integer row
--- @return integer col
--- @return string label
function Reader:place(row, col)
  local file_row, file_col = self.map:place(row, col)
  return file_row, file_col, ("line %d"):format(file_row + 1)
end

return M
