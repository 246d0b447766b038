-- From one open fact to the next.

local api = vim.api
local buffers = require("galley.buffer")
local facts = require("galley.ledger.facts")
local ledger = require("galley.ledger")

local M = {}

local ROWS = 64 -- of the article that are looked through at a time

--- Whether somebody has yet to look a fact up, or again.
--- @param buf integer
--- @param span galley.Span
--- @return boolean
function M.is_open(buf, span)
  local status, stale = ledger.status(buf, span)
  return status == "open" or stale
end

--- The open facts that begin in rows [first, last).
--- @param buf integer
--- @param doc table
--- @param kind? string
--- @param first integer
--- @param last integer
--- @return galley.Span[]
local function open_in(buf, doc, kind, first, last)
  return vim.tbl_filter(function(span)
    return span.start_row >= first and span.start_row < last and M.is_open(buf, span)
  end, facts.list(doc, kind, first, last))
end

--- Whether a fact begins after a position, or before it if `direction` is -1.
--- @param span galley.Span
--- @param row integer
--- @param col integer
--- @param direction integer
--- @return boolean
local function is_beyond(span, row, col, direction)
  local rows = (span.start_row - row) * direction
  return rows > 0 or rows == 0 and (span.start_col - col) * direction > 0
end

--- The count-th open fact from a position on, in rows [low, high).
--- @param search {buf: integer, doc: table, kind?: string, direction: integer, left: integer}
--- @param low integer
--- @param high integer
--- @param take fun(span: galley.Span): boolean
--- @return galley.Span?
local function look(search, low, high, take)
  local forward = search.direction > 0
  local row = forward and low or high
  while forward and row < high or not forward and row > low do
    local first = forward and row or math.max(low, row - ROWS)
    local last = forward and math.min(high, row + ROWS) or row
    local found = vim.tbl_filter(take, open_in(search.buf, search.doc, search.kind, first, last))
    if #found >= search.left then
      return found[forward and search.left or #found - search.left + 1]
    end
    search.left = search.left - #found
    row = forward and last or first
  end
end

--- @param option string
--- @return boolean
local function opens_folds(option)
  local words = vim.split(option, ",")
  return vim.tbl_contains(words, "search") or vim.tbl_contains(words, "all")
end

--- Goes to the count-th open fact after the cursor, or before it.
--- @param direction integer 1 or -1
--- @param count integer
--- @param kind? string of these alone
--- @return string? message why not
function M.go(direction, count, kind)
  local buf = api.nvim_get_current_buf()
  local doc, message = buffers.document(buf)
  if not doc then
    return message
  end
  if kind and not vim.tbl_contains(facts.KINDS, kind) then
    return ("galley: no kind of fact `%s` (%s)"):format(kind, table.concat(facts.KINDS, ", "))
  end
  local cursor = api.nvim_win_get_cursor(0)
  local row, col, rows = cursor[1] - 1, cursor[2], api.nvim_buf_line_count(buf)
  local search = { buf = buf, doc = doc, kind = kind, direction = direction, left = count }
  local function beyond(span)
    return is_beyond(span, row, col, direction)
  end
  local low, high = direction > 0 and row or 0, direction > 0 and rows or row + 1
  local found = look(search, low, high, beyond)
  local wrapped = false
  if not found and vim.o.wrapscan then
    -- Round and round: what is left of the count is taken from the whole article.
    local all = open_in(buf, doc, kind, 0, rows)
    local left = #all > 0 and (search.left - 1) % #all + 1 or 0
    found = all[direction > 0 and left or #all - left + 1]
    wrapped = found ~= nil
  end
  if not found then
    local where = vim.o.wrapscan and "in the article" or direction > 0 and "below" or "above"
    return ("galley: no open %s %s"):format(kind or "fact", where)
  end
  api.nvim_command("normal! m'")
  api.nvim_win_set_cursor(0, { found.start_row + 1, found.start_col })
  if opens_folds(vim.o.foldopen) then
    api.nvim_command("normal! zv")
  end
  if wrapped then
    local text = direction > 0 and "galley: went on at the top" or "galley: went on at the bottom"
    api.nvim_echo({ { text, "WarningMsg" } }, false, {})
  end
end

return M
