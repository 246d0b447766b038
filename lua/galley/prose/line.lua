-- The ranges of one line that are markup, put together from left to right.

local M = {}

--- How the core reads markup (plugin/core/markup.h), beside the characters that may stand for it.
M.OBJECT, M.BREAK, M.JOIN, M.SPACE = 0x1d, 0x1e, 0x1f, 0x20

--- @class galley.prose.Line
--- @field text string
--- @field zones galley.prose.Zone[]
--- @field count integer
--- @field from integer[]
--- @field to integer[]
--- @field code integer[]
local Line = {}
Line.__index = Line

local NONE = {}
local CODES = { comment = M.JOIN, object = M.OBJECT, code = M.BREAK, ["break"] = M.BREAK }

--- @param text string
--- @param zones? galley.prose.Zone[]
--- @return galley.prose.Line
function M.new(text, zones)
  return setmetatable(
    { text = text, zones = zones or NONE, count = 0, from = {}, to = {}, code = {} },
    Line
  )
end

--- Adds a range of bytes [from, to), counted from 0. What an earlier range holds stays with it.
--- @param from integer
--- @param to integer
--- @param code integer
function Line:add(from, to, code)
  local count = self.count
  if count > 0 and from < self.to[count] then
    from = self.to[count]
  end
  if from >= to then
    return
  end
  if count > 0 and self.to[count] == from and self.code[count] == code and code < 0x20 then
    self.to[count] = to
    return
  end
  count = count + 1
  self.count = count
  self.from[count], self.to[count], self.code[count] = from, to, code
end

--- Adds a block's end over [from, to), and Markdown's mark for what begins behind it, if it fits.
--- @param from integer
--- @param to integer
--- @param mark string for example "## "
function Line:block(from, to, mark)
  local room = to - from - 1
  if #mark > room then
    mark = mark:find("^#") and room > 1 and ("#"):rep(room - 1) .. " " or ""
  end
  local at = to - #mark
  self:add(from, at, M.BREAK)
  for index = 1, #mark do
    self:add(at + index - 1, at + index, mark:byte(index))
  end
end

--- The zone that holds a column.
--- @param column integer
--- @return galley.prose.Zone?
function Line:zone(column)
  for _, zone in ipairs(self.zones) do
    if column < zone[2] then
      return column >= zone[1] and zone or nil
    end
  end
end

--- Calls `scan` for what lies between the zones, and adds these. Tags are left to it.
--- @param scan fun(from: integer, to: integer) columns
function Line:stretches(scan)
  local at, length = 0, #self.text
  for _, zone in ipairs(self.zones) do
    if zone[3] ~= "tag" then
      if at < zone[1] then
        scan(at, zone[1])
      end
      self:add(zone[1], zone[2], CODES[zone[3]])
      at = math.max(at, zone[2])
    end
  end
  if at < length then
    scan(at, length)
  end
end

--- Makes the whole line one range, with its line break.
--- @param code integer
function Line:whole(code)
  self.count = 0
  self:add(0, #self.text + 1, code)
end

--- Appends the ranges to a list, moved by `offset`.
--- @param list integer[]
--- @param offset integer
function Line:into(list, offset)
  local at = #list
  for index = 1, self.count do
    list[at + 1] = self.from[index] + offset
    list[at + 2] = self.to[index] + offset
    list[at + 3] = self.code[index]
    at = at + 3
  end
end

return M
