-- Tables, CSV and TSV: the derived text has a line a cell, `Row, Column: value`, so that a figure
-- stands with the words that say what it counts. The words of a header lead back to the header.

local Map = require("galley.source.map")

local M = {}

local LONGEST = 65536 -- bytes of a record
local STRIDE = 8192 -- bytes of the file between two marks
local SAMPLE = 4096 -- bytes that tell the separator
local MAX_CELLS = 1000 -- of a record
local SEPARATORS = { ",", ";", "\t", "|" }

--- A field of a record and where it begins in the file; `breaks` are the places in it from which the
--- file goes on elsewhere: offset in the text, row, column, ...
--- @class galley.TableCell
--- @field text string
--- @field row integer
--- @field col integer
--- @field breaks? integer[]

--- @class galley.TableReader: galley.SourceReader
--- @field rest string
--- @field row integer of the file, of what comes next
--- @field byte integer of the file, of what comes next
--- @field choices string[] what may part the cells
--- @field separator? string
--- @field single boolean nothing does: there is one column
--- @field header? galley.TableCell[]
--- @field prefixes string[] what stands before the value of each column
--- @field body integer the derived row that follows the header's
--- @field marks integer[] records to read on from: derived row, row and byte of the file, ...
local Reader = {}
Reader.__index = Reader

--- @param format string "csv" or "tsv"
--- @return galley.TableReader
function M.new(format)
  return setmetatable({
    map = Map.new(),
    rest = "",
    row = 0,
    byte = 0,
    choices = format == "tsv" and { "\t" } or SEPARATORS,
    single = false,
    prefixes = {},
    body = math.huge,
    marks = {},
  }, Reader)
end

--- The character that most likely parts the cells: the most frequent outside quotation marks.
--- @param text string
--- @param choices string[]
--- @return string
--- @return boolean single it is not there: the table has one column
local function guess_separator(text, choices)
  local line = text:gsub('"[^"]*"', ""):match("[^\n]*\n?[^\n]*\n?[^\n]*")
  local best, most = choices[1], 0
  for _, separator in ipairs(choices) do
    local count = select(2, line:gsub(vim.pesc(separator), ""))
    if count > most then
      best, most = separator, count
    end
  end
  return best, most == 0
end

--- Where the record that begins at `at` ends: its last byte before the line end, and the first of
--- the next record; nil when its end has not been read.
--- @param text string
--- @param at integer
--- @param mark integer the first quotation mark from `at` on
--- @return integer? last
--- @return integer? following
local function record_end(text, at, mark)
  local newline = text:find("\n", at, true)
  local counted, quotes = at, 0 -- each line is counted once, or many in a field take square time
  while newline and mark < newline do
    quotes = quotes + select(2, text:sub(counted, newline):gsub('"', ""))
    counted = newline + 1
    if quotes % 2 == 0 then
      break
    elseif newline - at > LONGEST then
      -- A mark that is never closed: the line ends the record, else it would take the whole file.
      newline = text:find("\n", at, true)
      break
    end
    newline = text:find("\n", newline + 1, true)
  end
  if not newline then
    return nil
  end
  local last = newline - 1
  if last >= at and text:byte(last) == 13 then
    last = last - 1
  end
  return last, newline + 1
end

--- Reads a field in quotation marks.
--- @param text string the record
--- @param at integer of the opening mark
--- @param cell galley.TableCell
--- @return integer following
local function quoted(text, at, cell)
  local parts, length = {}, 0
  local row, line_start = cell.row, at - cell.col
  local from = at + 1
  cell.col = cell.col + 1
  cell.breaks = {}
  while true do
    local mark = text:find('["\n]', from)
    local piece = text:sub(from, (mark or #text + 1) - 1)
    parts[#parts + 1] = piece
    length = length + #piece
    if not mark then
      from = #text + 1
      break
    elseif text:byte(mark) == 10 then
      parts[#parts + 1] = " "
      length = length + 1
      row, line_start = row + 1, mark + 1
      from = mark + 1
    elseif text:byte(mark + 1) == 34 then
      parts[#parts + 1] = '"'
      length = length + 1
      from = mark + 2
    else
      from = mark + 1
      break
    end
    vim.list_extend(cell.breaks, { length, row, from - line_start })
  end
  cell.text = table.concat(parts)
  return from, row, line_start
end

--- Counts the lines that end in a part of a record.
--- @param record string
--- @param from integer
--- @param to integer
--- @param row integer
--- @param line_start integer
--- @return integer row
--- @return integer line_start
local function pass(record, from, to, row, line_start)
  local newline = record:find("\n", from, true)
  while newline and newline <= to do
    row, line_start = row + 1, newline + 1
    newline = record:find("\n", line_start, true)
  end
  return row, line_start
end

--- Reads a field without quotation marks around it. One within it may have kept lines together.
--- @param record string
--- @param at integer
--- @param last integer
--- @param cell galley.TableCell
--- @param line_start integer
--- @return integer row
--- @return integer line_start
local function bare(record, at, last, cell, line_start)
  local text = record:sub(at, last)
  local start = at + #text:match("^%s*")
  cell.text = vim.trim(text)
  cell.row, line_start = pass(record, at, start - 1, cell.row, line_start)
  cell.col = start - line_start
  local row = cell.row
  local newline = record:find("\n", start, true)
  while newline and newline <= last do
    row, line_start = row + 1, newline + 1
    cell.breaks = vim.list_extend(cell.breaks or {}, { line_start - start, row, 0 })
    newline = record:find("\n", line_start, true)
  end
  return row, line_start
end

--- @param record string
--- @param row integer
--- @param separator string
--- @return galley.TableCell[]
local function cells_of(record, row, separator)
  local cells = {}
  local at, line_start = 1, 1
  while #cells < MAX_CELLS do
    local cell = { text = "", row = row, col = at - line_start }
    local following
    if record:byte(at) == 34 then
      at, row, line_start = quoted(record, at, cell)
      -- What stands between the mark and the separator is no field.
      following = record:find(separator, at, true) or #record + 1
      row, line_start = pass(record, at, following - 1, row, line_start)
    else
      following = record:find(separator, at, true) or #record + 1
      row, line_start = bare(record, at, following - 1, cell, line_start)
    end
    at = following
    cells[#cells + 1] = cell
    if at > #record then
      return cells
    end
    at = at + 1
  end
  return cells
end

--- @param text string
--- @return string
local function one_line(text)
  return (text:gsub("%c", " "))
end

--- Cells of a derived line, each with what is written after it.
--- @alias galley.TablePieces {[1]: galley.TableCell, [2]: string}[]

--- What the derived lines of a record are made of: a title above the table and the header are a line
--- each; below, a line a cell.
--- @param cells galley.TableCell[]
--- @param header? galley.TableCell[]
--- @return galley.TablePieces[] lines
local function pieces_of(cells, header)
  local full = vim.tbl_filter(function(cell)
    return cell.text ~= ""
  end, cells)
  if not header then
    local pieces = {}
    for index, cell in ipairs(full) do
      pieces[index] = { cell, index < #full and "; " or "" }
    end
    return #full > 0 and { pieces } or {}
  end
  local lines = {}
  for index, cell in ipairs(cells) do
    -- The row's header stands with each of its cells; it is a line of its own when there is none.
    if cell.text ~= "" and (index > 1 or #full == 1) then
      local column = header[index]
      local has_column = column and column.text ~= ""
      local pieces = {}
      if index > 1 and cells[1].text ~= "" then
        pieces[1] = { cells[1], has_column and ", " or ": " }
      end
      if has_column then
        pieces[#pieces + 1] = { column, ": " }
      end
      pieces[#pieces + 1] = { cell, "" }
      lines[#lines + 1] = pieces
    end
  end
  return lines
end

--- A record up to and with the header, or one that has quotation marks.
--- @param lines string[]
--- @param cells galley.TableCell[]
function Reader:record(lines, cells)
  local made = pieces_of(cells, self.header)
  for _, pieces in ipairs(made) do
    for _, piece in ipairs(pieces) do
      lines[#lines + 1] = one_line(piece[1].text)
      lines[#lines + 1] = piece[2]
    end
    lines[#lines + 1] = "\n"
  end
  self.map.rows = self.map.rows + #made
  -- A title has one cell; the first row with several is the header.
  if not self.header and #made > 0 and (#made[1] > 1 or self.single) then
    self.header, self.body = cells, self.map.rows
    for index, cell in ipairs(cells) do
      self.prefixes[index] = cell.text ~= "" and one_line(cell.text) .. ": " or ""
    end
  end
end

--- @param record string
--- @param at integer
--- @param following integer where the next separator or the end is
--- @return string
local function value(record, at, following)
  local text = record:sub(at, following - 1)
  local first, last = text:byte(1), text:byte(-1)
  if first and (first <= 32 or last <= 32) then
    text = vim.trim(text)
  end
  return text:find("%c") and one_line(text) or text
end

--- A record without quotation marks, below the header: the same lines as record(), in less time.
--- @param lines string[]
--- @param record string
function Reader:plain_record(lines, record)
  local separator, prefixes = self.separator, self.prefixes
  local name, before = nil, nil
  local at, index, count = 1, 1, #lines
  while index <= MAX_CELLS do
    local following = record:find(separator, at, true) or #record + 1
    local text = value(record, at, following)
    if index == 1 then
      name = text
    elseif text ~= "" then
      local prefix = prefixes[index] or ""
      before = before or (name ~= "" and name .. ", " or "")
      lines[count + 1] = prefix ~= "" and before or name ~= "" and name .. ": " or ""
      lines[count + 2], lines[count + 3], lines[count + 4] = prefix, text, "\n"
      count = count + 4
      self.map.rows = self.map.rows + 1
    end
    if following > #record then
      break
    end
    at, index = following + 1, index + 1
  end
  if not before and name ~= "" then
    lines[count + 1], lines[count + 2], lines[count + 3] = prefixes[1] or "", name, "\n"
    self.map.rows = self.map.rows + 1
  end
end

--- Notes where a record begins, now and then.
function Reader:mark()
  local marks = self.marks
  if #marks == 0 or self.byte - marks[#marks] >= STRIDE then
    local at = #marks
    marks[at + 1], marks[at + 2], marks[at + 3] = self.map.rows, self.row, self.byte
  end
end

--- @param text string
--- @return string derived
--- @return integer following where the record begins that is not complete
function Reader:records(text)
  local lines, at, mark = {}, 1, 0
  while at <= #text do
    if mark < at then
      mark = text:find('"', at, true) or math.huge
    end
    local last, following = record_end(text, at, mark)
    if not last then
      break
    end
    self:mark()
    if mark > last and self.header then
      self:plain_record(lines, text:sub(at, last))
      self.row = self.row + 1
    else
      self:record(lines, cells_of(text:sub(at, last), self.row, self.separator))
      self.row = self.row + select(2, text:sub(at, following - 1):gsub("\n", ""))
    end
    self.byte = self.byte + following - at
    at = following
  end
  return table.concat(lines), at
end

--- @param chunk string
--- @return string? derived
--- @return string? message
function Reader:feed(chunk)
  if not self.started then
    self.started = true
    if chunk:find("%z") then
      return nil, "not a text"
    end
    if chunk:sub(1, 3) == "\239\187\191" then
      chunk = chunk:sub(4)
      self.byte = 3
    end
  end
  local text = self.rest .. chunk
  if not self.separator then
    if #text < SAMPLE then
      self.rest = text
      return ""
    end
    self.separator, self.single = guess_separator(text:sub(1, SAMPLE), self.choices)
  end
  local derived, at = self:records(text)
  self.rest = text:sub(at)
  if #self.rest > 2 * LONGEST then
    return nil, "not a table: a line of over 64 KB"
  end
  return derived
end

--- @return string derived
function Reader:finish()
  local text = self.rest
  self.rest = ""
  if text == "" then
    return ""
  end
  if not self.separator then
    self.separator, self.single = guess_separator(text:sub(1, SAMPLE), self.choices)
  end
  local derived, at = self:records(text .. "\n")
  if at <= #text then
    -- The last record ends inside quotation marks.
    local lines = {}
    self:mark()
    self:record(lines, cells_of(text:sub(at), self.row, self.separator))
    derived = derived .. table.concat(lines)
  end
  return derived
end

--- The record that a derived row was made of, read from the file again: to keep where each cell of
--- a large table stands would take more memory than the table.
--- @param row integer of the derived text
--- @param read fun(byte: integer, length: integer): string?
--- @return galley.TableCell[]? cells
--- @return integer first derived row of the record
function Reader:cells_at(row, read)
  local marks = self.marks
  local low, high = 0, #marks / 3
  while low < high do
    local middle = math.floor((low + high) / 2)
    if marks[middle * 3 + 1] <= row then
      low = middle + 1
    else
      high = middle
    end
  end
  local text = low > 0 and read(marks[low * 3], STRIDE + LONGEST * 2)
  if not text then
    return nil, 0
  end
  local derived, file_row, at = marks[low * 3 - 2], marks[low * 3 - 1], 1
  while at <= #text do
    local last, following = record_end(text, at, text:find('"', at, true) or math.huge)
    last, following = last or #text, following or #text + 1
    local cells = cells_of(text:sub(at, last), file_row, self.separator)
    local count = #pieces_of(cells, derived >= self.body and self.header or nil)
    if row < derived + count then
      return cells, derived
    end
    file_row = file_row + select(2, text:sub(at, following - 1):gsub("\n", ""))
    derived, at = derived + count, following
  end
  return nil, 0
end

--- @param cell galley.TableCell
--- @param col integer in the cell's text
--- @return integer row
--- @return integer col
local function place_in(cell, col)
  local row, from, start = cell.row, cell.col, 0
  local breaks = cell.breaks or {}
  for index = 1, #breaks, 3 do
    if breaks[index] > col then
      break
    end
    start, row, from = breaks[index], breaks[index + 1], breaks[index + 2]
  end
  return row, from + col - start
end

--- Where a place of the derived text stands in the file.
--- @param row integer of the derived text
--- @param col integer
--- @param read fun(byte: integer, length: integer): string? bytes of the file
--- @return integer row
--- @return integer col
--- @return string? label
function Reader:place(row, col, read)
  local cells, first = self:cells_at(row, read)
  if not cells then
    return 0, 0, nil
  end
  local header = row >= self.body and self.header or nil
  local pieces = pieces_of(cells, header)[row - first + 1]
  local label = "header"
  if header then
    local column = pieces[#pieces - 1] and one_line(pieces[#pieces - 1][1].text)
    label = #pieces == 3 and ("row %s, column %s"):format(one_line(cells[1].text), column)
      or column and ("column %s"):format(column)
      or ("row %d"):format(cells[1].row + 1)
  end
  local start = 0
  for index, piece in ipairs(pieces) do
    local length = #piece[1].text
    if col < start + length or index == #pieces then
      local file_row, file_col = place_in(piece[1], math.min(math.max(col - start, 0), length))
      return file_row, file_col, label
    end
    start = start + length + #piece[2]
  end
end

return M
