-- Fact checks of the annotated buffers: what they find, how it is repaired, what is waived.

local api = vim.api
local buffers = require("galley.buffer")
local config = require("galley.config")

local M = {}

--- A repair that can be applied to a buffer as it is now.
--- @class galley.Repair
--- @field title string
--- @field edits galley.Finding.Edit[]
--- @field finding galley.Finding
--- @field tick integer b:changedtick of the text that it was made for

--- @class galley.check.Memo
--- @field tick integer
--- @field found galley.Findings

--- What was found last, by buffer.
--- @type table<integer, galley.check.Memo>
local memos = {}

--- The ledger's waivers of a buffer.
--- @param buf integer
--- @return table<string, any>
local function waived(buf)
  local has_ledger, ledger = pcall(require, "galley.ledger")
  return has_ledger and ledger.waived and ledger.waived(buf) or {}
end

--- Everything that the checks say of a buffer.
--- @param buf? integer
--- @return galley.Findings? found
--- @return string? message
function M.run(buf)
  buf = buffers.number(buf)
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  local memo, tick = memos[buf], api.nvim_buf_get_changedtick(buf)
  if memo and memo.tick == tick then
    return memo.found
  end
  local settings = config.get()
  local found
  found, message = require("galley.check.run").run(doc, {
    checks = settings.checks,
    min_severity = settings.min_severity,
    waived = waived(buf),
    extra = require("galley.check.source").findings(buf, doc),
  })
  if found then
    memos[buf] = { tick = tick, found = found }
  end
  return found, message
end

--- Forgets what was found, so that the next question runs the checks again.
--- @param buf? integer default all buffers
function M.forget(buf)
  if buf then
    memos[buf] = nil
  else
    memos = {}
  end
end

--- What is wrong in a buffer, in text order. Ignored and waived findings are left out.
--- @param buf? integer default the current buffer
--- @return galley.Finding[]? findings nil when the buffer is not annotated
--- @return string? message
function M.findings(buf)
  local found, message = M.run(buf)
  return found and found.findings, message
end

--- What was checked and holds.
--- @param buf? integer default the current buffer
--- @return galley.Finding[]? ticks
--- @return string? message
function M.ticks(buf)
  local found, message = M.run(buf)
  return found and found.ticks, message
end

--- What is worth a look before the article goes out, and never a diagnostic: gaps in the numbering,
--- superlatives, words that age.
--- @param buf? integer default the current buffer
--- @return galley.Finding[]? review
--- @return string? message
function M.review(buf)
  local found, message = M.run(buf)
  return found and found.review, message
end

--- Whether a range holds a position. Its end counts, so that a cursor right behind it finds it.
--- @param range {start_row: integer, start_col: integer, end_row: integer, end_col: integer}
--- @param row integer
--- @param col integer
--- @return boolean
local function holds(range, row, col)
  local starts = range.start_row < row or range.start_row == row and range.start_col <= col
  local ends = range.end_row > row or range.end_row == row and range.end_col >= col
  return starts and ends
end

--- @param row? integer
--- @param col? integer
--- @return integer row
--- @return integer col
local function position(row, col)
  if row and col then
    return row, col
  end
  local cursor = api.nvim_win_get_cursor(0)
  return cursor[1] - 1, cursor[2]
end

--- The findings and ticks that have a position in them or in a place they speak of.
--- @param buf? integer default the current buffer
--- @param row? integer default the cursor's; both or none
--- @param col? integer
--- @return galley.Finding[]? found findings first
--- @return string? message
function M.at(buf, row, col)
  local found, message = M.run(buf)
  if not found then
    return nil, message
  end
  row, col = position(row, col)
  local result = {}
  for _, list in ipairs({ found.findings, found.ticks }) do
    for _, finding in ipairs(list) do
      local touched = holds(finding, row, col)
      for _, related in ipairs(finding.related) do
        touched = touched or not related.path and holds(related, row, col)
      end
      if touched then
        result[#result + 1] = finding
      end
    end
  end
  return result
end

--- What the checks say of a span, for a window that shows it: a label and a text each.
--- @param buf integer
--- @param span galley.Span
--- @param wrong? boolean what is wrong with it, not what holds
--- @return string[][]
function M.rows(buf, span, wrong)
  local found = M.run(buf)
  local result = {}
  for _, finding in ipairs(found and (wrong and found.findings or found.ticks) or {}) do
    local touched = finding.start < span["end"] and span.start < finding["end"]
    for _, related in ipairs(finding.related) do
      touched = touched
        or related.start ~= nil and related.start < span["end"] and span.start < related["end"]
    end
    if touched then
      local text = ("%s [%s]"):format(finding.message, finding.check)
      result[#result + 1] = { wrong and finding.severity or "holds", text }
    end
  end
  return result
end

--- The findings at a position, or else those that begin in its row.
--- @param buf integer
--- @param row? integer
--- @param col? integer
--- @return galley.Finding[]? findings
--- @return string? message
local function near(buf, row, col)
  row, col = position(row, col)
  local found, message = M.at(buf, row, col)
  if not found then
    return nil, message
  end
  local result = vim.tbl_filter(function(finding)
    return finding.outcome ~= "ok"
  end, found)
  if #result == 0 then
    result = vim.tbl_filter(function(finding)
      return finding.start_row == row
    end, M.findings(buf) or {})
  end
  return result
end

--- The repairs that are possible at a position; where there is no finding, in its row.
--- @param buf? integer default the current buffer
--- @param row? integer default the cursor's; both or none
--- @param col? integer
--- @return galley.Repair[]? repairs
--- @return string? message
function M.repairs(buf, row, col)
  buf = buffers.number(buf)
  local findings, message = near(buf, row, col)
  if not findings then
    return nil, message
  end
  local tick = api.nvim_buf_get_changedtick(buf)
  local repairs = {}
  for _, finding in ipairs(findings) do
    for _, repair in ipairs(finding.repairs) do
      repairs[#repairs + 1] =
        { title = repair.title, edits = repair.edits, finding = finding, tick = tick }
    end
  end
  return repairs
end

--- Applies a repair as one change that undo takes back.
--- @param buf? integer default the current buffer
--- @param repair galley.Repair of M.repairs() for the text as it is
--- @return boolean? ok
--- @return string? message
function M.apply(buf, repair)
  buf = buffers.number(buf)
  if not vim.bo[buf].modifiable then
    return nil, "galley: the buffer is not modifiable"
  elseif repair.tick ~= api.nvim_buf_get_changedtick(buf) then
    return nil, "galley: the text changed since this repair was offered"
  end
  local edits = vim.list_slice(repair.edits)
  table.sort(edits, function(a, b)
    if a.start_row ~= b.start_row then
      return a.start_row > b.start_row
    end
    return a.start_col > b.start_col
  end)
  for _, edit in ipairs(edits) do
    -- The core's text ends in a line break that the buffer does not show.
    local end_row = math.min(edit.end_row, api.nvim_buf_line_count(buf) - 1)
    local line = api.nvim_buf_get_lines(buf, end_row, end_row + 1, true)[1]
    local end_col = end_row < edit.end_row and #line or math.min(edit.end_col, #line)
    local lines = vim.split(edit.text, "\n", { plain = true })
    api.nvim_buf_set_text(buf, edit.start_row, edit.start_col, end_row, end_col, lines)
  end
  return true
end

--- Waives a finding for good: it stays away until one of its figures or words changes.
--- @param buf? integer default the current buffer
--- @param finding galley.Finding
--- @param reason string
--- @return boolean? ok
--- @return string? message
function M.waive(buf, finding, reason)
  buf = buffers.number(buf)
  local has_ledger, ledger = pcall(require, "galley.ledger")
  if not has_ledger or not ledger.waive_finding then
    return nil, "galley: there is no ledger to keep the waiver in"
  end
  local ok, message = ledger.waive_finding(buf, finding, reason)
  if not ok then
    return nil, message
  end
  M.forget(buf)
  require("galley.check.diagnostic").publish(buf)
  return true
end

--- The findings that a waiver at a position can mean.
--- @param buf? integer default the current buffer
--- @param row? integer default the cursor's; both or none
--- @param col? integer
--- @return galley.Finding[]? findings
--- @return string? message
function M.near(buf, row, col)
  return near(buffers.number(buf), row, col)
end

return M
