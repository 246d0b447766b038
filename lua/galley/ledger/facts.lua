-- The facts of an article: the spans that somebody can look up and tick.

local kinds = require("galley.kinds")
local offsets = require("galley.ledger.offsets")
local visible = require("galley.visible")

local M = {}

--- The kinds of span that are facts, in the order in which they are listed.
M.KINDS = { "figure", "quote", "date", "entity" }

local NOT_SPEECH = { title = true, scare = true }

--- Whether a span is a fact.
--- @param span galley.Span
--- @return boolean
function M.is_fact(span)
  if span.kind == "quote" then
    return not NOT_SPEECH[span.type]
  end
  return span.kind ~= "citation"
end

--- The facts of a document, in text order.
--- @param doc table
--- @param kind? string of these alone
--- @param first? integer row
--- @param last? integer row after the last
--- @return galley.Span[]
function M.list(doc, kind, first, last)
  local mask = kinds.mask(kind and { kind } or M.KINDS)
  return vim.tbl_filter(M.is_fact, doc:spans(first or 0, last or -1, mask))
end

--- The innermost fact at a place.
--- @param doc table
--- @param row integer
--- @param col integer
--- @param kind? string
--- @return galley.Span?
function M.at(doc, row, col, kind)
  local span = doc:span_at(row, col, kinds.mask(kind and { kind } or M.KINDS))
  if not span or M.is_fact(span) then
    return span
  end
  -- A title in quotation marks may hide the quote around it.
  local best
  for _, other in ipairs(M.list(doc, kind, row, row + 1)) do
    local after_start = other.start_row < row or other.start_row == row and other.start_col <= col
    local before_end = other.end_row > row or other.end_row == row and other.end_col > col
    local size = other["end"] - other.start
    if after_start and before_end and (not best or size <= best["end"] - best.start) then
      best = other
    end
  end
  return best
end

--- What is equal for facts that say the same: value and unit, words of a quote, a name.
--- @param span galley.Span
--- @return string
function M.key(span)
  local says
  if span.kind == "entity" then
    says = span.entity and ("#%d"):format(span.entity) or span.text
  elseif span.kind == "quote" then
    says = span.content or span.text
  else
    says = span.value and ("%s %s"):format(span.value, span.unit or "") or span.text
  end
  return span.kind .. ":" .. offsets.squeeze(says)
end

local LONGEST = 60 -- characters of a label

--- A fact in a list or a prompt: its text on one line, with nothing in it that a screen would obey.
--- @param span {text: string}
--- @return string
function M.label(span)
  local text = visible.line(offsets.squeeze(span.text))
  if vim.fn.strchars(text) > LONGEST then
    text = vim.fn.strcharpart(text, 0, LONGEST) .. "…"
  end
  return text
end

return M
