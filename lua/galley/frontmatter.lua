-- The front matter of an article: a simple subset of YAML between two lines of dashes.
--
-- Scalars, quoted scalars, block lists and flow lists. Anchors, aliases, tags and nested maps are
-- plain text here: nothing is expanded, so nothing can grow. What is not understood is left out.

local api = vim.api

local M = {}

-- More than an article needs, and little enough to be read at any time.
local MAX_ROWS = 200
local MAX_ITEMS = 500
local MAX_LINE = 4096

--- A value and where it stands, without its quotation marks.
--- @class galley.FrontMatterItem
--- @field key string
--- @field value string
--- @field row integer
--- @field col integer bytes
--- @field end_col integer

--- `read(buf).date` is a string, `read(buf).sources` a string or a list of strings.
--- @class galley.FrontMatter
--- @field rows table<string, integer> the row of each key
--- @field items galley.FrontMatterItem[] in text order; a list has an item for each of its values
--- @field last? integer the row that ends it; nil when there is no front matter
--- @field [string] any

local ESCAPES = { n = "\n", t = "\t", ["0"] = "\0" }

--- The text of a quoted scalar, its marks taken off.
--- @param raw string
--- @return string value
--- @return integer offset of the value in `raw`
--- @return integer length of the value in `raw`
local function unquote(raw)
  local mark = raw:sub(1, 1)
  if #raw < 2 or raw:sub(-1) ~= mark then
    return raw, 0, #raw
  end
  local value = raw:sub(2, -2)
  if mark == '"' then
    value = value:gsub("\\(.)", function(letter)
      return ESCAPES[letter] or letter
    end)
  elseif mark == "'" then
    value = value:gsub("''", "'")
  else
    return raw, 0, #raw
  end
  return value, 1, #raw - 2
end

--- Where the scalar that begins at `from` ends: before a comment, before `stop`, at the line's end.
--- @param line string
--- @param from integer from 1
--- @param stop string? a set of characters that end a plain scalar
--- @return integer last the last byte of it
local function scalar_end(line, from, stop)
  local mark = line:sub(from, from)
  if mark == '"' or mark == "'" then
    local at = from + 1
    while at <= #line do
      local byte = line:sub(at, at)
      if byte == "\\" and mark == '"' then
        at = at + 1
      elseif byte == mark then
        if mark == "'" and line:sub(at + 1, at + 1) == "'" then
          at = at + 1
        else
          return at
        end
      end
      at = at + 1
    end
    return #line
  end
  local last = (line:find("%s+#", from) or #line + 1) - 1
  local stopped = stop and line:find("[" .. stop .. "]", from)
  if stopped and stopped - 1 < last then
    last = stopped - 1
  end
  return #line:sub(1, last):gsub("%s+$", "")
end

--- @class galley.FrontMatterReader
--- @field result galley.FrontMatter
--- @field key? string that the lines belong to
--- @field flow boolean inside [ ]

--- @param reader galley.FrontMatterReader
--- @param row integer
--- @param line string
--- @param from integer
--- @param last integer
--- @param in_list boolean
local function add(reader, row, line, from, last, in_list)
  local result, key = reader.result, reader.key
  if not key or last < from or #result.items >= MAX_ITEMS then
    return
  end
  local value, offset, length = unquote(line:sub(from, last))
  local col = from - 1 + offset
  table.insert(
    result.items,
    { key = key, value = value, row = row, col = col, end_col = col + length }
  )
  if not in_list then
    result[key] = value
  elseif type(result[key]) == "table" then
    table.insert(result[key], value)
  else
    result[key] = { value }
  end
end

--- Reads the values of a flow list, from after its bracket or from a line's beginning.
--- @param reader galley.FrontMatterReader
--- @param row integer
--- @param line string
--- @param at integer
local function read_flow(reader, row, line, at)
  while true do
    at = line:find("[^%s,]", at)
    if not at or line:sub(at, at) == "#" then
      return
    elseif line:sub(at, at) == "]" then
      reader.flow = false
      return
    end
    local last = scalar_end(line, at, ",%]")
    add(reader, row, line, at, last, true)
    at = math.max(last, at) + 1
  end
end

--- @param reader galley.FrontMatterReader
--- @param row integer
--- @param line string
--- @param from integer where the value begins, after its key or its dash
--- @param in_list boolean
local function read_value(reader, row, line, from, in_list)
  local at = line:find("%S", from)
  if not at or line:sub(at, at) == "#" or line:find("^[|>][%d+-]*%s*$", at) then
    return
  end
  if not in_list and line:sub(at, at) == "[" then
    reader.flow = true
    reader.result[reader.key] = reader.result[reader.key] or {}
    read_flow(reader, row, line, at + 1)
    return
  end
  if in_list then
    -- `- path: sources/a.pdf` names a file as `- sources/a.pdf` does.
    local _, after = line:find("^[%w_-]+:%s+", at)
    at = after and after < #line and after + 1 or at
  end
  add(reader, row, line, at, scalar_end(line, at), in_list)
end

--- @param reader galley.FrontMatterReader
--- @param row integer
--- @param line string
local function read_line(reader, row, line)
  if reader.flow then
    read_flow(reader, row, line, 1)
    return
  end
  local dash = line:match("^%s*%-()%s")
  if dash then
    read_value(reader, row, line, dash, true)
    return
  end
  local key, after = line:match("^([%w_][%w_ -]-)%s*:()%s")
  if not key then
    key, after = line:match("^([%w_][%w_ -]-)%s*:()$")
  end
  if not key then
    return -- a comment, a nested map, a line of a block scalar
  end
  local known = reader.result.rows[key] ~= nil or key == "rows" or key == "items" or key == "last"
  reader.key = not known and key or nil -- the first of a name counts
  if reader.key then
    reader.result.rows[key] = row
    read_value(reader, row, line, after, false)
  end
end

--- Reads the front matter in the first of `lines`.
--- @param lines string[]
--- @return galley.FrontMatter
function M.parse(lines)
  --- @type galley.FrontMatterReader
  local reader = { result = { rows = {}, items = {} }, flow = false }
  if not (lines[1] and lines[1]:find("^%-%-%-%s*$")) then
    return reader.result
  end
  for index = 2, math.min(#lines, MAX_ROWS) do
    local line = lines[index]
    if line:find("^%-%-%-%s*$") or line:find("^%.%.%.%s*$") then
      reader.result.last = index - 1
      return reader.result
    end
    if #line <= MAX_LINE then
      read_line(reader, index - 1, (line:gsub("\r$", "")))
    end
  end
  return { rows = {}, items = {} } -- a rule above a text, not front matter
end

--- Reads the front matter of a buffer.
--- @param buf? integer default the current buffer
--- @return galley.FrontMatter
function M.read(buf)
  return M.parse(api.nvim_buf_get_lines(buf or 0, 0, MAX_ROWS, false))
end

return M
