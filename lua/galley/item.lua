-- What is in an article, one line each: for location lists, pickers and plugins of other people.

local api = vim.api
local buffers = require("galley.buffer")
local form = require("galley.name_form")
local kinds = require("galley.kinds")
local visible = require("galley.visible")

local M = {}

local WORDS = 34 -- screen cells of a span's text
local LABEL = 9 -- screen cells of the kind before it

--- A line of a picker. |setqflist()| and |setloclist()| take a list of these as it is.
--- @class galley.Item
--- @field bufnr integer
--- @field lnum integer line, from 1
--- @field col integer byte in the line, from 1
--- @field end_lnum integer
--- @field end_col integer the byte after the last, from 1
--- @field text string kind, words and what is known of them, in columns
--- @field kind string of the span, or "finding"
--- @field span galley.Span|galley.Finding

--- @param ... string?
--- @return string
local function join(...)
  local parts = {}
  for index = 1, select("#", ...) do
    local part = select(index, ...)
    if part and part ~= "" then
      parts[#parts + 1] = part
    end
  end
  return table.concat(parts, ", ")
end

--- What is told of a span behind its text.
--- @type table<string, fun(span: galley.Span): string>
local FACTS = {
  entity = function(span)
    local name = span.name and form.clean(span.name)
    return join(span.subtype or span.type, name and not form.equal(name, span.text) and name or nil)
  end,
  date = function(span)
    return join(span.value)
  end,
  quote = function(span)
    return join(
      span.speaker_name and form.clean(span.speaker_name) or span.speaker or "nobody named"
    )
  end,
  figure = function(span)
    return join(span.value, span.unit, span.noun)
  end,
  citation = function(span)
    return join(span.type, span.target_start and "defined" or nil)
  end,
}

--- A line in columns.
--- @param label? string
--- @param words string
--- @param fact string
--- @return string
local function columns(label, words, fact)
  local fitted = visible.fit(words, WORDS)
  local filled = fitted .. (" "):rep(WORDS - api.nvim_strwidth(fitted))
  return ("%s%s  %s"):format(label and ("%-" .. LABEL .. "s"):format(label) or "", filled, fact)
end

--- A span on one line: its words, and what is known of it.
--- @param span galley.Span
--- @param alone boolean without its kind: all lines are of one
--- @return string
function M.line(span, alone)
  return columns(not alone and span.kind or nil, span.text, FACTS[span.kind](span))
end

--- @param buf integer
--- @param span galley.Span|galley.Finding
--- @param kind string
--- @param text string
--- @return galley.Item
local function item(buf, span, kind, text)
  return {
    bufnr = buf,
    lnum = span.start_row + 1,
    col = span.start_col + 1,
    end_lnum = span.end_row + 1,
    end_col = span.end_col + 1,
    text = visible.line(text),
    kind = kind,
    span = span,
  }
end

--- @param buf integer
--- @param spans galley.Span[]
--- @param alone boolean
--- @return galley.Item[]
local function of_spans(buf, spans, alone)
  return vim.tbl_map(function(span)
    return item(buf, span, span.kind, M.line(span, alone))
  end, spans)
end

--- Lists that are not of one kind of span, by the names that the motions have for them.
--- @type table<string, fun(buf: integer, doc: table): galley.Item[]>
local LISTS = {
  fact = function(buf, doc)
    local open = require("galley.ledger.motion").open_in(buf, doc, nil, 0, doc:line_count())
    return of_spans(buf, open, false)
  end,
  finding = function(buf)
    local found = require("galley.check").findings(buf) or {}
    return vim.tbl_map(function(finding)
      local text = columns(finding.severity, finding.text or "", finding.message)
      return item(buf, finding, "finding", ("%s [%s]"):format(text, finding.check))
    end, found)
  end,
}

--- What can be listed.
--- @return string[]
function M.choices()
  return vim.list_extend({ "fact", "finding" }, kinds.names() or {})
end

--- What is in a buffer, in text order.
--- @param buf? integer default the current buffer
--- @param what? string a kind of span; "fact": what is open in the ledger; "finding"; default all spans
--- @return galley.Item[]? items nil when the buffer is not annotated
--- @return string? message
function M.get(buf, what)
  buf = buffers.number(buf)
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  elseif what and not vim.tbl_contains(M.choices(), what) then
    local known = table.concat(M.choices(), ", ")
    return nil, ("galley: nothing called `%s` to list (one of: %s)"):format(what, known)
  elseif LISTS[what] then
    return LISTS[what](buf, doc)
  end
  local mask = kinds.wanted(kinds.mask(what and { what }))
  return of_spans(buf, doc:spans(0, -1, mask), what ~= nil)
end

return M
