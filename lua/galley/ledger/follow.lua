-- When the article is written, what stands around its ticked facts is noted anew where it has
-- changed, so that they are found again however far the article is rewritten in the end. What was
-- ticked, by whom and when stays; lines of facts whose surroundings are the same stay untouched.

local anchor = require("galley.ledger.anchor")
local buffers = require("galley.buffer")
local offsets = require("galley.ledger.offsets")
local state_of = require("galley.ledger.state")

local M = {}

--- Offsets of rows in a text.
--- @param text string
--- @return integer[] by row from 0
local function row_starts(text)
  local starts, row = { [0] = 0 }, 0
  for at in text:gmatch("\n()") do
    row = row + 1
    starts[row] = at - 1
  end
  return starts
end

--- @param entry galley.ledger.Entry
--- @param now {prefix: string, suffix: string}
--- @return boolean
local function is_same(entry, now)
  local squeeze = offsets.squeeze
  return squeeze(entry.prefix) == squeeze(now.prefix)
    and squeeze(entry.suffix) == squeeze(now.suffix)
end

--- The entries whose surroundings have changed, with them as they are.
--- @param buf integer
--- @return galley.ledger.Entry[]
function M.changed(buf)
  local state, doc = state_of.peek(buf), buffers.document(buf)
  if not doc or not state or #state.entries == 0 then
    return {}
  end
  local places = state_of.locate(state).places
  if #places == 0 then
    return {}
  end
  local text = doc:text()
  local prepared, starts = anchor.prepare(text), row_starts(text)
  local changed = {}
  for _, place in ipairs(places) do
    local span = place.span or place
    local now = anchor.describe(
      prepared,
      starts[span.start_row] + span.start_col,
      starts[span.end_row] + span.end_col
    )
    -- A place that is merely alike may be another's: what was noted of the fact stays.
    if not state.alike[place.entry.id] and not is_same(place.entry, now) then
      now.exact = place.entry.exact -- what was ticked, also where it reads otherwise now
      changed[#changed + 1] = vim.tbl_extend("force", place.entry, now)
    end
  end
  return changed
end

--- Notes the surroundings of a buffer's facts that have changed.
--- @param buf integer
function M.run(buf)
  local changed = M.changed(buf)
  if #changed > 0 then
    require("galley.message").say(select(2, require("galley.ledger").put(buf, changed)))
  end
end

return M
