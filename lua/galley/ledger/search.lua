-- Looks up the facts of entries that have no mark. A long article with many ticks whose facts have
-- gone takes long, so it is done in slices between which the editor is free.

local anchor = require("galley.ledger.anchor")
local buffers = require("galley.buffer")
local places = require("galley.ledger.place")

local M = {}

local SLICE = 2 * 1024 * 1024 -- bytes looked through before the editor is free again
local PAUSE = 5 -- milliseconds
-- So many facts of a text are looked for by likeness; of more, most must be gone. Beyond that only
-- their text is.
local MOST_ALIKE = 500

--- What is still to be looked for in a text: first all by their text, then the rest by likeness.
--- @class galley.ledger.Search
--- @field tick integer of the text
--- @field missing galley.ledger.Entry[]
--- @field next integer index in it
--- @field rest galley.ledger.Entry[] whose text was not found
--- @field alike boolean they are looked for by likeness now
--- @field shift? integer by how much the last one had moved
--- @field prepared galley.ledger.Text
--- @field point fun(offset: integer): integer, integer

--- @param state galley.ledger.State
--- @param entry galley.ledger.Entry
local function give_up(state, entry)
  state.lost[entry.id] = not state.marks[entry.id]
  table.insert(state.orphans, entry)
end

--- Takes a place for the fact of an entry. What is merely alike does not take the place of what is
--- another's to the letter.
--- @param state galley.ledger.State
--- @param doc table
--- @param entry galley.ledger.Entry
--- @param found galley.ledger.Anchor
--- @return boolean
local function take(state, doc, entry, found)
  local place = places.mark(state, entry, found, state.search.point)
  if not place then
    return false
  end
  place.span = places.span_of(doc, place)
  local other = state.index[places.key(place.span or place, entry.kind)]
  if found.how == "edited" and other and not other.stale then
    places.unmark(state, entry.id)
    return false
  end
  places.judge(state, doc, place)
  table.insert(state.places, place)
  state.alike[entry.id] = found.how == "edited" or nil
  return true
end

--- Looks for the next entry.
--- @param state galley.ledger.State
--- @param doc table
--- @return integer cost
local function step(state, doc)
  local search = state.search --[[@as galley.ledger.Search]]
  local entry = search.missing[search.next]
  search.next = search.next + 1
  local found, cost = anchor.find(search.prepared, entry, not search.alike, search.shift)
  if found then
    search.shift = found.shift
  end
  if not (found and take(state, doc, entry, found)) then
    if search.alike then
      give_up(state, entry)
    else
      table.insert(search.rest, entry)
    end
  end
  return cost
end

--- Begins to look by likeness for what was not found by its text.
--- @param state galley.ledger.State
local function look_alike(state)
  local search = state.search --[[@as galley.ledger.Search]]
  search.missing, search.next, search.alike = search.rest, 1, true
  while #search.missing > MOST_ALIKE do
    give_up(state, table.remove(search.missing))
  end
end

--- Looks for the next entries.
--- @param state galley.ledger.State
--- @param doc table
--- @return boolean done
local function run(state, doc)
  local search = state.search --[[@as galley.ledger.Search]]
  local spent = 0
  while spent < SLICE do
    if search.next <= #search.missing then
      spent = spent + step(state, doc)
    elseif not search.alike then
      look_alike(state)
    else
      state.search = nil
      break
    end
  end
  table.sort(state.places, places.stands_before)
  return state.search == nil
end

--- Goes on with a search, unless the text or the ledger has changed: that begins another.
--- @param state galley.ledger.State
local function go_on(state)
  local search = state.search
  if not search then
    return
  end
  vim.defer_fn(function()
    local doc = state.search == search and state.tick == search.tick and buffers.document(state.buf)
    if not doc or vim.api.nvim_buf_get_changedtick(state.buf) ~= search.tick then
      return
    elseif run(state, doc) then
      vim.api.nvim_exec_autocmds("User", {
        pattern = "GalleyLedger",
        modeline = false,
        data = { buf = state.buf },
      })
    else
      go_on(state)
    end
  end, PAUSE)
end

--- Goes on with a search to its end, for what must know all places.
--- @param state galley.ledger.State located
function M.finish(state)
  local doc = state.search and buffers.document(state.buf)
  while doc and state.search do
    run(state, doc)
  end
end

--- Looks for the facts of entries; what takes longer than a moment goes on in the background.
--- @param state galley.ledger.State
--- @param doc table
--- @param missing galley.ledger.Entry[]
function M.start(state, doc, missing)
  state.search = nil
  local wanted = {}
  for _, entry in ipairs(missing) do
    -- What was not in this text when it was read is not looked for at each key.
    if state.lost[entry.id] then
      table.insert(state.orphans, entry)
    else
      table.insert(wanted, entry)
    end
  end
  if #wanted == 0 then
    return
  end
  local prepared = anchor.prepare(doc:text())
  state.search = {
    tick = state.tick,
    missing = wanted,
    next = 1,
    rest = {},
    alike = false,
    prepared = prepared,
    point = anchor.points(prepared.text),
  }
  if not run(state, doc) then
    go_on(state)
  end
end

return M
