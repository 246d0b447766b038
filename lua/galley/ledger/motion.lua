-- From one open fact to the next.

local facts = require("galley.ledger.facts")
local ledger = require("galley.ledger")
local motion = require("galley.motion")

local M = {}

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
function M.open_in(buf, doc, kind, first, last)
  return vim.tbl_filter(function(span)
    return span.start_row >= first and span.start_row < last and M.is_open(buf, span)
  end, facts.list(doc, kind, first, last))
end

--- Goes to the count-th open fact after the cursor, or before it.
--- @param direction integer 1 or -1
--- @param count integer
--- @param kind? string of these alone
--- @return string? message why not
function M.go(direction, count, kind)
  if kind and not vim.tbl_contains(facts.KINDS, kind) then
    return ("galley: no kind of fact `%s` (%s)"):format(kind, table.concat(facts.KINDS, ", "))
  end
  return motion.go({
    name = "open " .. (kind or "fact"),
    list = function(buf, doc, first, last)
      return M.open_in(buf, doc, kind, first, last)
    end,
  }, direction, count)
end

return M
