-- What a program made of a page description (PDF) or a web page: text, its pages parted by form
-- feeds. Places are in that text, which is kept to be shown.

local Map = require("galley.source.map")

local M = {}

--- @class galley.PageReader: galley.SourceReader
--- @field text string the derived text
--- @field parts string[]
--- @field page integer
--- @field paged boolean there are form feeds
local Reader = {}
Reader.__index = Reader

--- @return galley.PageReader
function M.new()
  return setmetatable({ map = Map.new(), parts = {}, page = 1, paged = false, rest = "" }, Reader)
end

--- @param piece string that ends at a line end
--- @return string
function Reader:take(piece)
  piece = piece:gsub("\r\n", "\n"):gsub("%z", " ")
  if piece:find("\f", 1, true) then
    self.paged = true
    local at, row, out = 1, self.map.rows, {}
    while true do
      local feed = piece:find("\f", at, true)
      local before = piece:sub(at, (feed or #piece + 1) - 1)
      row = row + select(2, before:gsub("\n", ""))
      out[#out + 1] = before
      if not feed then
        break
      end
      if before ~= "" and before:sub(-1) ~= "\n" then
        out[#out + 1] = "\n"
        row = row + 1
      end
      self.page = self.page + 1
      self.map:label(row, ("p. %d"):format(self.page))
      at = feed + 1
    end
    piece = table.concat(out)
  end
  self.map.rows = self.map.rows + select(2, piece:gsub("\n", ""))
  self.parts[#self.parts + 1] = piece
  return piece
end

--- @param chunk string
--- @return string derived
function Reader:feed(chunk)
  local last = chunk:match("^.*\n()")
  if not last then
    self.rest = self.rest .. chunk
    return ""
  end
  local piece = self.rest .. chunk:sub(1, last - 1)
  self.rest = chunk:sub(last)
  return self:take(piece)
end

--- @return string derived
function Reader:finish()
  local rest = self.rest
  self.rest = ""
  local derived = rest:find("[^\f]") and self:take(rest .. "\n") or ""
  self.text = table.concat(self.parts)
  self.parts = {}
  return derived
end

--- @param row integer
--- @param col integer
--- @return integer row
--- @return integer col
--- @return string? label the page
function Reader:place(row, col)
  return row, col, self.map:label_at(row) or (self.paged and "p. 1" or nil)
end

return M
