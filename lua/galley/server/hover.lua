-- What a place of the article is: the span, its value and rule; who is meant and where else; what a
-- note says; what checks, ledger and sources say of it.

local inspect = require("galley.inspect")
local later = require("galley.server.later")
local place = require("galley.server.place")
local position = require("galley.server.position")
local visible = require("galley.visible")

local M = {}

local LINES = 12 -- of mentions, findings: what a small window holds
local WIDTH = 72
local LABEL = 13
local BEFORE = 24 -- bytes of a source's line that are shown before what is looked for
local PATIENCE = 1500 -- milliseconds for sources to be read

--- @param lines string[]
--- @param label string
--- @param text string
local function row(lines, label, text)
  table.insert(lines, ("%-13s%s"):format(label, visible.fit(text, WIDTH - LABEL)))
end

--- @param request galley.Request
--- @param span galley.Span
--- @param lines string[]
local function mentions(request, span, lines)
  local others = place.same(request, span)
  if #others < 2 then
    return
  end
  local rows = {}
  for _, other in ipairs(others) do
    local number = tostring(other.start_row + 1)
    if rows[#rows] ~= number then
      rows[#rows + 1] = number
    end
  end
  local shown = vim.list_slice(rows, 1, LINES)
  local text = ("%d, in line%s %s"):format(
    #others,
    #rows > 1 and "s" or "",
    table.concat(shown, ", ")
  )
  row(lines, "mentions", text .. (#rows > #shown and ", …" or ""))
end

--- What the article says at the target of a citation.
--- @param request galley.Request
--- @param span galley.Span
--- @param lines string[]
local function cited(request, span, lines)
  if not span.target_start then
    return
  end
  local range = place.bytes(request, span.target_start, span.target_end)
  local text = vim.api.nvim_buf_get_text(
    request.buf,
    range.start_row,
    range.start_col,
    range.end_row,
    range.end_col,
    {}
  )
  table.insert(lines, "")
  for index = 1, math.min(LINES, #text) do
    table.insert(lines, visible.line(text[index], 400))
  end
end

--- What the checks find wrong at the place, with their arithmetic.
--- @param request galley.Request
--- @param lines string[]
local function findings(request, lines)
  local found = require("galley.check").at(request.buf, request.row, request.col)
  for _, finding in ipairs(found or {}) do
    if finding.outcome ~= "ok" then
      local text = visible.line(finding.message, 400)
      table.insert(lines, ("%-13s%s [%s]"):format(finding.severity, text, finding.check))
    end
  end
end

--- The line of a source around what it says, from a little before that on.
--- @param target galley.SourceTarget
--- @return string?
local function source_line(target)
  local excerpt = require("galley.source.excerpt").make(target, 1)
  for index, line in ipairs(excerpt.lines) do
    if not excerpt.context[index - 1] then
      local mark = vim.iter(excerpt.marks):find(function(mark)
        return mark[1] == index - 1
      end)
      local from = mark and math.max(0, mark[2] - BEFORE) or 0
      local long = vim.api.nvim_strwidth(line) > WIDTH - LABEL
      local blank = long and from > 0 and line:find(" ", from, true)
      return blank and "…" .. line:sub(blank + 1) or line
    end
  end
end

--- @param span galley.Span
--- @return boolean
local function is_sourced(span)
  return span.kind ~= "citation" and span.kind ~= "entity"
end

--- @param request galley.Request
--- @param lines string[]
local function source(request, lines)
  local targets = require("galley.source.target").at(request.buf, request.row, request.col)
  local target = vim.iter(targets):find(function(one)
    return one.candidate ~= nil
  end)
  local best = target and target.candidate
  if not best then
    return
  end
  local where = best.place.label or ("line %d"):format(best.place.row + 1)
  row(lines, "source", ("%s, %s"):format(vim.fs.basename(best.place.path), where))
  local line = source_line(target)
  if line then
    row(lines, "", line)
  end
  local verdict, reason = best.verdict or "", best.reason or ""
  local told = vim.startswith(reason, verdict)
  row(lines, "", told and reason or ("%s: %s"):format(verdict, reason))
end

--- @param request galley.Request
--- @param span? galley.Span
local function answer(request, span)
  local lines = {}
  if span then
    lines = vim.tbl_filter(function(line)
      -- Whoever points at it sees the range, and the target's text comes below.
      return not line:find("^range ") and not line:find("^target ")
    end, inspect.lines(span, request.buf))
    mentions(request, span, lines)
    if is_sourced(span) then
      source(request, lines)
    end
    cited(request, span, lines)
  end
  findings(request, lines)
  if #lines == 0 then
    return nil
  end
  return {
    contents = { kind = "plaintext", value = table.concat(lines, "\n") },
    range = span and position.range(request.buf, span, request.encoding),
  }
end

--- Waits for sources that are being read, but not long.
--- @param request galley.Request
local function hover(request)
  local span = place.at(request)
  local read = true
  if span and is_sourced(span) then
    read = select(2, require("galley.source").find(request.buf, request.row, request.col))
  end
  if read then
    return answer(request, span)
  end
  return later.answer(request, PATIENCE, function()
    return answer(request, span)
  end)
end

M.capabilities = { hoverProvider = true }
M.methods = { ["textDocument/hover"] = hover }

return M
