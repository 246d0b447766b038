-- Places as the protocol has them: lines and units of UTF-16, or bytes where the client agrees.

local api = vim.api

local M = {}

local LARGEST = 8 * 1024 * 1024 -- bytes of a file that is read to count the units of a line

--- @alias galley.Encoding "utf-8"|"utf-16"

--- @class galley.Range
--- @field start_row integer
--- @field start_col integer bytes
--- @field end_row integer
--- @field end_col integer bytes

--- The units of a line before a byte.
--- @param line string
--- @param col integer byte
--- @param encoding galley.Encoding
--- @return integer
function M.units(line, col, encoding)
  if encoding == "utf-8" or not line:find("[\128-\255]") then
    return math.min(col, #line)
  end
  local count = 0
  local starts = vim.str_utf_pos(line)
  for index, start in ipairs(starts) do
    if start > col then
      break
    end
    -- What lies beyond the first plane is two units.
    count = count + ((starts[index + 1] or #line + 1) - start == 4 and 2 or 1)
  end
  return count
end

--- The byte of a line behind so many units; within a character, its first byte.
--- @param line string
--- @param units integer
--- @param encoding galley.Encoding
--- @return integer
function M.byte(line, units, encoding)
  if encoding == "utf-8" or not line:find("[\128-\255]") then
    return math.min(units, #line)
  end
  local count = 0
  local starts = vim.str_utf_pos(line)
  for index, start in ipairs(starts) do
    count = count + ((starts[index + 1] or #line + 1) - start == 4 and 2 or 1)
    if count > units then
      return start - 1
    end
  end
  return #line
end

--- @param buf integer
--- @param row integer
--- @return string
local function line_of(buf, row)
  return api.nvim_buf_get_lines(buf, row, row + 1, false)[1] or ""
end

--- @param buf integer
--- @param row integer
--- @param col integer byte
--- @param encoding galley.Encoding
--- @return lsp.Position
function M.of(buf, row, col, encoding)
  return { line = row, character = M.units(line_of(buf, row), col, encoding) }
end

--- @param buf integer
--- @param place galley.Range a span, an edit
--- @param encoding galley.Encoding
--- @return lsp.Range
function M.range(buf, place, encoding)
  return {
    start = M.of(buf, place.start_row, place.start_col, encoding),
    ["end"] = M.of(buf, place.end_row, place.end_col, encoding),
  }
end

--- @param buf integer
--- @param position lsp.Position
--- @param encoding galley.Encoding
--- @return integer row
--- @return integer col
function M.to_byte(buf, position, encoding)
  local row = position.line
  return row, M.byte(line_of(buf, row), position.character, encoding)
end

--- The line of a file: of its buffer where it is open, else of the disk.
--- @param path string
--- @param row integer
--- @return string
local function file_line(path, row)
  local buf = vim.fn.bufnr("^" .. vim.fn.fnameescape(path) .. "$")
  if buf > 0 and api.nvim_buf_is_loaded(buf) then
    return line_of(buf, row)
  end
  local lines = require("galley.source.file").lines(path, LARGEST)
  return lines and lines[row + 1] or ""
end

--- A place of another file, or of a buffer whose name is an address.
--- @param place {path: string, file?: string, row: integer, col: integer, end_row?: integer, end_col?: integer}
--- @param encoding galley.Encoding
--- @return lsp.Location
function M.location(place, encoding)
  local end_row, end_col = place.end_row or place.row, place.end_col or place.col
  local name = place.file or place.path
  local function at(row, col)
    local line = encoding == "utf-8" and "" or file_line(name, row)
    return { line = row, character = line == "" and col or M.units(line, col, encoding) }
  end
  return {
    uri = name:find("^%a[%w+.-]+://") and name or vim.uri_from_fname(name),
    range = { start = at(place.row, place.col), ["end"] = at(end_row, end_col) },
  }
end

--- @param position any
--- @return boolean
function M.is_sound(position)
  local function is_count(number)
    return type(number) == "number" and number >= 0 and number < 2 ^ 31 and number % 1 == 0
  end
  return type(position) == "table" and is_count(position.line) and is_count(position.character)
end

--- The loaded buffer that an address means; the current one where several have it.
--- @param uri string
--- @return integer?
function M.buffer(uri)
  local current = api.nvim_get_current_buf()
  if vim.uri_from_bufnr(current) == uri then
    return current
  end
  for _, buf in ipairs(api.nvim_list_bufs()) do
    if api.nvim_buf_is_loaded(buf) and vim.uri_from_bufnr(buf) == uri then
      return buf
    end
  end
end

return M
