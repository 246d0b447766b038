-- What the ledger says, in words: for the window of :Galley inspect and for the status line.

local display = require("galley.ledger.display")
local ledger = require("galley.ledger")
local state_of = require("galley.ledger.state")

local M = {}

--- What the ledger says of a fact: labels and values; none where the article has no ledger.
--- @param buf integer
--- @param span galley.Span
--- @return {[1]: string, [2]: string}[]
function M.rows(buf, span)
  local state = state_of.get(buf)
  local place = #state.entries > 0 and state_of.find(state_of.locate(state), span) or nil
  if not place then
    local is_fact = #state.entries > 0 and require("galley.ledger.facts").is_fact(span)
    return is_fact and { { "status", "open" } } or {}
  end
  local entry = place.entry
  local stale = place.stale and (", stale: %s"):format(place.why) or ""
  local day = entry.modified:match("^%d%d%d%d%-%d%d%-%d%d")
  local rows = {
    { "status", entry.status .. stale },
    { "by", (entry.reviewer or "unknown") .. (day and ", " .. day or "") },
  }
  if entry.source then
    local locator = entry.source.locator and ", " .. entry.source.locator or ""
    rows[#rows + 1] = { "source", entry.source.path .. locator }
  end
  if entry.note then
    rows[#rows + 1] = { "note", entry.note }
  end
  if place.stale and entry.exact ~= span.text then
    rows[#rows + 1] = { "was", entry.exact }
  end
  return rows
end

--- "✓12/48 ?1 ✗2 !1": verified of all facts, and how many are queried, wrong, waived and stale.
--- Empty for an article without a ledger.
--- @param buf integer
--- @param spans? galley.Span[] all of the buffer, when the caller has them
--- @return string
function M.summary(buf, spans)
  local state = state_of.peek(buf)
  local counts = state and #state.entries > 0 and ledger.counts(buf, spans)
  if not counts then
    return ""
  end
  local parts = { ("✓%d/%d"):format(counts.verified, counts.total) }
  for _, look in ipairs(display.LOOKS) do
    if look.status ~= "verified" and counts[look.status] > 0 then
      parts[#parts + 1] = look.sign .. counts[look.status]
    end
  end
  if counts.stale > 0 then
    parts[#parts + 1] = "!" .. counts.stale
  end
  return table.concat(parts, " ")
end

--- The ledger of a buffer, for :checkhealth; nil when there is none.
--- @param buf integer
--- @return string?
function M.health(buf)
  local state = state_of.get(buf)
  if state.problem then
    return (state.problem:gsub("^galley: ", ""))
  elseif not state.file or not state.file.text then
    return nil
  end
  state_of.locate(state)
  local unknown = 0
  for _, line in ipairs(state.file.lines) do
    if not line.entry and line.raw:find("%S") then
      unknown = unknown + 1
    end
  end
  local text = ("ledger %s: %d facts ticked, %d gone from the text, %d findings waived"):format(
    vim.fn.fnamemodify(state.file.path, ":~:."),
    #state.entries,
    #state.orphans,
    vim.tbl_count(state.findings)
  )
  if unknown > 0 then
    text = text .. (", %d lines that galley does not understand and keeps"):format(unknown)
  end
  return text
end

return M
