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
--- @field lowered? string the text in small letters, where a lexer asked for it
local Line = {}
Line.__index = Line

local NONE = {}
local CODES = { comment = M.JOIN, object = M.OBJECT, code = M.BREAK, ["break"] = M.BREAK }

--- A line of which nothing is markup yet.
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

--- Calls `pass` for each mark in prose from a column on, left to right; no byte is looked through
--- twice, however many zones and marks there are.
--- @param marks string a set of characters, as a Lua pattern
--- @param from integer column
--- @param pass fun(at: integer, mark: string): integer byte of the mark, from 1; gives that behind it
function Line:scan(marks, from, pass)
  local text = self.text
  local at, found = from + 1, 0
  self:stretches(function(first, last)
    at = math.max(at, first + 1)
    while at <= last do
      if found < at then
        found = text:find(marks, at) or #text + 1
      end
      if found > last then
        return
      end
      at = pass(found, text:sub(found, found))
    end
  end)
end

--- Where a pattern is found next. Asked from left to right it looks through each part of a text
--- once: what has no end must not be followed to the line's end from each beginning.
--- @param text string
--- @param pattern string
--- @param plain? boolean
--- @return fun(at: integer): integer?
function M.finder(text, pattern, plain)
  local found --- @type integer?
  local ended = false
  return function(at)
    if not ended and (not found or found < at) then
      found = text:find(pattern, at, plain)
      ended = not found
    end
    return found
  end
end

--- The mark that a line is made of and how often it stands there, as in fences and underlines; nil
--- when it is made of anything else.
--- @param text string
--- @return string? mark
--- @return integer count
function M.run_of(text)
  local mark = text:match("^%p")
  if not mark then
    return nil, 0
  end
  local _, count = text:find("^%" .. mark .. "+")
  return text:find("^%s*$", count + 1) and mark or nil, count
end

--- Makes the line what Markdown has under a title, of which it has two sorts.
--- @param mark string that the line is made of; three at least
function Line:underline(mark)
  for at = 1, 3 do
    self:add(at - 1, at, mark == "=" and 61 or 45)
  end
  self:add(3, #self.text, M.SPACE)
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
