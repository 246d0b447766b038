-- What a status line shows: how many spans of each kind are drawn in the buffer, how far its facts
-- are ticked off, and the document date that relative dates are counted from.

local buffers = require("galley.buffer")

local M = {}

--- @param state galley.Buffer
--- @return string
local function count(state)
  local counts = {}
  local spans = state.doc:spans(0, -1, state.mask)
  for _, span in ipairs(spans) do
    counts[span.kind] = (counts[span.kind] or 0) + 1
  end
  local parts = {}
  for _, kind in ipairs(require("galley.core").load().kinds()) do
    if counts[kind.name] then
      parts[#parts + 1] = kind.letter .. counts[kind.name]
    end
  end
  local ledger = require("galley.ledger.describe").summary(
    state.buf,
    state.mask == require("galley.kinds").mask() and spans or nil
  )
  if ledger ~= "" then
    parts[#parts + 1] = ledger
  end
  parts[#parts + 1] = state.doc:date()
  return table.concat(parts, " ")
end

--- "e31 d4 q5 f3 ✓12/48 2018-06-14", by the letters of the kinds, facts verified of all if there is
--- a ledger, and the document date; empty when the buffer is not annotated. Counted when typing has
--- stopped, never on a key: a status line is drawn at each.
--- @param buf integer
--- @return string
function M.text(buf)
  local state = buffers.attached[buf]
  if not state then
    return ""
  end
  if not state.stale and state.counted ~= state.mask then
    state.counts, state.counted = count(state), state.mask
  end
  return state.counts or ""
end

return M
