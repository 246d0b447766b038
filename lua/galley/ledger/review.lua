-- :Galley review: the facts that somebody has yet to look up, in the location list.

local api = vim.api
local buffers = require("galley.buffer")
local facts = require("galley.ledger.facts")
local ledger = require("galley.ledger")
local state_of = require("galley.ledger.state")

local M = {}

local PLURALS = { figure = "figures", quote = "quotes", date = "dates", entity = "names" }

--- A line of the list: facts that are told together.
--- @class galley.ledger.ReviewRow
--- @field span galley.Span the first
--- @field count integer
--- @field status string with what made it stale

--- @param buf integer
--- @param span galley.Span
--- @return string status
--- @return boolean open
local function status_of(buf, span)
  local status, stale = ledger.status(buf, span)
  return stale and status .. ", stale" or status, stale or status == "open"
end

--- The rows of a kind. All mentions of a name with one status are one row.
--- @param buf integer
--- @param spans galley.Span[]
--- @param all boolean also what is not open
--- @return galley.ledger.ReviewRow[]
local function rows_of(buf, spans, all)
  local rows, by_name = {}, {}
  for _, span in ipairs(spans) do
    local status, open = status_of(buf, span)
    local name = span.kind == "entity" and facts.key(span) .. "\n" .. status
    local row = name and by_name[name]
    if row then
      row.count = row.count + 1
    elseif all or open then
      row = { span = span, count = 1, status = status }
      rows[#rows + 1] = row
      by_name[name or row] = row
    end
  end
  return rows
end

--- @param row galley.ledger.ReviewRow
--- @return string
local function describe(row)
  local span = row.span
  local parts = { facts.label(span) }
  if span.kind == "figure" and span.noun then
    parts[#parts + 1] = "of " .. facts.label({ text = span.noun })
  elseif span.kind == "quote" and (span.speaker_name or span.speaker) then
    parts[#parts + 1] = "by " .. facts.label({ text = span.speaker_name or span.speaker })
  elseif span.kind == "date" and span.value then
    parts[#parts + 1] = "= " .. span.value
  elseif row.count > 1 then
    parts[#parts + 1] = ("(%d times)"):format(row.count)
  end
  local kind = span.kind == "entity" and "name" or span.kind
  return ("%s, %s: %s"):format(kind, row.status, table.concat(parts, " "))
end

--- @param buf integer
--- @param row galley.ledger.ReviewRow
--- @return table
local function item_of(buf, row)
  local span = row.span
  return {
    bufnr = buf,
    lnum = span.start_row + 1,
    col = span.start_col + 1,
    end_lnum = span.end_row + 1,
    end_col = span.end_col + 1,
    text = describe(row),
  }
end

--- What this kind is called that is none of facts: claims that nothing is more so, words that age,
--- gaps in a numbering. They are found by checks, and no diagnostic shows them.
M.CLAIM = "claim"

--- @param buf integer
--- @return table[]
local function claims_of(buf)
  local items = {}
  for _, finding in ipairs(require("galley.check").review(buf) or {}) do
    items[#items + 1] = {
      bufnr = buf,
      lnum = finding.start_row + 1,
      col = finding.start_col + 1,
      end_lnum = finding.end_row + 1,
      end_col = finding.end_col + 1,
      text = ("%s: %s: %s"):format(M.CLAIM, facts.label({ text = finding.text }), finding.message),
    }
  end
  return items
end

--- Fills the location list.
--- @param kind? string of these alone
--- @param all boolean also what is not open
--- @return integer? count
--- @return string? message
function M.list(kind, all)
  local buf = api.nvim_get_current_buf()
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  if kind and kind ~= M.CLAIM and not vim.tbl_contains(facts.KINDS, kind) then
    local known = table.concat(facts.KINDS, ", ") .. ", " .. M.CLAIM
    return nil, ("galley: no kind of fact `%s` (%s)"):format(kind, known)
  end
  local state = state_of.get(buf)
  state_of.look_again(state)
  state_of.locate_all(state)
  local items, parts = {}, {}
  for _, listed in ipairs(kind == M.CLAIM and {} or kind and { kind } or facts.KINDS) do
    local rows = rows_of(buf, facts.list(doc, listed), all)
    for _, row in ipairs(rows) do
      items[#items + 1] = item_of(buf, row)
    end
    if #rows > 0 then
      parts[#parts + 1] = ("%d %s"):format(
        #rows,
        #rows == 1 and PLURALS[listed]:sub(1, -2) or PLURALS[listed]
      )
    end
  end
  local orphans = 0
  for _, entry in ipairs(state.orphans) do
    if (all or entry.status ~= "open") and (not kind or entry.kind == kind) then
      orphans = orphans + 1
      items[#items + 1] = {
        text = ("orphan, %s: %s (%s)"):format(
          entry.status,
          facts.label({ text = entry.exact }),
          facts.label({ text = entry.prefix .. "…" .. entry.suffix })
        ),
        valid = 0,
      }
    end
  end
  if orphans > 0 then
    parts[#parts + 1] = ("%d gone from the text"):format(orphans)
  end
  local claims = (not kind or kind == M.CLAIM) and claims_of(buf) or {}
  vim.list_extend(items, claims)
  if #claims > 0 then
    parts[#parts + 1] = ("%d claim%s"):format(#claims, #claims == 1 and "" or "s")
  end
  local title = (all and "Facts: " or "Open facts: ") .. table.concat(parts, ", ")
  vim.fn.setloclist(0, {}, " ", { title = title, items = items })
  if #items > 0 then
    require("galley.list").show()
  end
  return #items
end

return M
