-- Reads the marks of the jump test set: what README.md here describes.

local M = {}

--- A stretch of a text: bytes, and rows and columns from 0. Ends are exclusive.
--- @class jump.Range
--- @field start integer
--- @field stop integer
--- @field row integer
--- @field col integer
--- @field end_row integer
--- @field end_col integer

--- @class jump.Place
--- @field source string name of the file
--- @field mark string as gold.txt has it

--- @class jump.Entry
--- @field line integer of gold.txt
--- @field article string name of the file
--- @field kind string
--- @field mark string piece of the article with the fact in [[ ]]
--- @field places jump.Place[]
--- @field none? string why there is no place

--- @param path string
--- @return string
function M.read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

--- @param path string gold.txt
--- @param article string the article until the file names another
--- @return jump.Entry[]
function M.entries(path, article)
  local list, entry, number = {}, nil, 0
  for line in M.read(path):gmatch("([^\n]*)\n") do
    number = number + 1
    local where = path .. ":" .. number
    local key, value = line:match("^%s*([%w%-%.]+): (.+)$")
    if line == "" or line:sub(1, 1) == "#" then
      entry = nil
    elseif not key then
      error(where .. ": not an entry: " .. line)
    elseif line:sub(1, 2) == "  " then
      assert(entry, where .. ": a place without an entry")
      if key == "none" then
        entry.none = value
      else
        table.insert(entry.places, { source = key, mark = value })
      end
    elseif key == "article" then
      article = value
    else
      entry = { line = number, article = article, kind = key, mark = value, places = {} }
      table.insert(list, entry)
    end
  end
  return list
end

--- @param text string
--- @param offset integer
--- @return integer row, integer col
local function position(text, offset)
  local row, start = 0, 0
  while true do
    local stop = text:find("\n", start + 1, true)
    if not stop or stop > offset then
      return row, offset - start
    end
    row, start = row + 1, stop
  end
end

--- @param text string
--- @param start integer
--- @param stop integer
--- @return jump.Range
local function range(text, start, stop)
  local row, col = position(text, start)
  local end_row, end_col = position(text, stop)
  return { start = start, stop = stop, row = row, col = col, end_row = end_row, end_col = end_col }
end

--- Where a marked piece stands in a text. The piece must occur there once.
--- @param text string
--- @param mark string
--- @return jump.Range|nil
--- @return string? message
function M.find(text, mark)
  local before, fact, after = mark:match("^(.-)%[%[(.*)%]%](.*)$")
  if not fact then
    return nil, "nothing in [[ ]]"
  end
  local flat, piece = text:gsub("\n", " "), before .. fact .. after
  local first = flat:find(piece, 1, true)
  if not first then
    return nil, "not in the text: " .. piece
  elseif flat:find(piece, first + 1, true) then
    return nil, "more than once in the text: " .. piece
  end
  local start = first - 1 + #before
  return range(text, start, start + #fact)
end

--- The cells of a table of values, each with its place; a quoted cell without its quotes.
--- @param text string
--- @param separator string
--- @return { text: string, start: integer, stop: integer }[][] rows
local function cells(text, separator)
  local rows, at = {}, 1
  while at <= #text do
    local row = {}
    repeat
      local quoted = text:sub(at, at) == '"'
      local first, last = at
      if quoted then
        first = at + 1
        last = assert(text:find('"', first, true), "a quote is not closed") - 1
        at = last + 2
      else
        last = text:find("[" .. separator .. "\n]", at) - 1
        at = last + 1
      end
      table.insert(row, { text = text:sub(first, last), start = first - 1, stop = last })
      local ended = text:sub(at, at) == "\n"
      at = at + 1
    until ended
    table.insert(rows, row)
  end
  return rows
end

--- Where a place stands in the text of its source.
--- @param text string
--- @param place jump.Place
--- @return jump.Range|nil
--- @return string? message
function M.place(text, place)
  local wanted = place.mark:match("^cell (.*)$")
  if not wanted then
    return M.find(text, place.mark)
  end
  local row_header, column_header = wanted:match("^(.-) | (.*)$")
  local rows = cells(text, place.source:match("%.tsv$") and "\t" or ",")
  local column
  for number, cell in ipairs(rows[1]) do
    column = cell.text == column_header and number or column
  end
  for _, row in ipairs(rows) do
    if column and row[1].text == row_header then
      return range(text, row[column].start, row[column].stop)
    end
  end
  return nil, "no such cell: " .. wanted
end

--- Where in a fact of the article the cursor is put: on its first digit, or its first word that is no article;
--- on the mark that opens a quotation, for there may be a figure within.
--- @param text string
--- @param fact jump.Range
--- @return integer row, integer col
function M.cursor(text, fact)
  local words = text:sub(fact.start + 1, fact.stop)
  if words:match("^[\"']") or words:match("^“") then
    return position(text, fact.start)
  end
  local at = words:find("%d") or words:match("^an? ()") or words:match("^about ()") or 1
  return position(text, fact.start + at - 1)
end

return M
