-- The ledger of a buffer: its entries, and where their facts stand in the text as it is now.

local api = vim.api
local buffers = require("galley.buffer")
local places = require("galley.ledger.place")
local search = require("galley.ledger.search")
local store = require("galley.ledger.store")

local M = {}

--- @class galley.ledger.State
--- @field buf integer
--- @field path? string of the ledger
--- @field file? galley.ledger.File
--- @field stamp? string of the file as it was read
--- @field entries galley.ledger.Entry[] those of facts
--- @field findings table<string, galley.ledger.Entry> waived, by key
--- @field marks table<string, integer> extmark by id of the entry
--- @field places galley.ledger.Place[] in text order
--- @field orphans galley.ledger.Entry[]
--- @field lost table<string, boolean> by id: not found in the text as it was read
--- @field alike table<string, boolean> by id: its place was taken because it is alike
--- @field search? galley.ledger.Search
--- @field index table<string, galley.ledger.Place> by what places.key gives
--- @field tick integer? of the text that `places` is for; nil: look again
--- @field problem? string why the ledger could not be read
--- @field shown? boolean signs of it are in the text

--- @type table<integer, galley.ledger.State>
local states = {}

--- What changes when the file does.
--- @param path string
--- @return string
local function stamp_of(path)
  local stat = vim.uv.fs_lstat(path)
  return stat and ("%d:%d:%d.%d"):format(stat.ino, stat.size, stat.mtime.sec, stat.mtime.nsec) or ""
end

--- Forgets where facts stand, so that all are looked for.
--- @param state galley.ledger.State
function M.forget_places(state)
  places.unmark_all(state)
  state.places, state.orphans, state.index = {}, {}, {}
  state.lost, state.alike = {}, {}
  state.tick, state.search = nil, nil
end

--- Takes over what a file says.
--- @param state galley.ledger.State
--- @param file galley.ledger.File
function M.take(state, file)
  local before = {}
  for _, entry in ipairs(state.entries) do
    before[entry.id] = entry
  end
  state.file, state.stamp, state.problem = file, stamp_of(file.path), nil
  state.entries, state.findings = {}, {}
  for _, entry in ipairs(store.entries(file.lines)) do
    if entry.finding then
      local other = state.findings[entry.finding]
      if not other or store.wins(entry, other) then
        state.findings[entry.finding] = entry
      end
    else
      state.entries[#state.entries + 1] = entry
    end
    local old = before[entry.id]
    if not old or old.exact ~= entry.exact or old.start ~= entry.start then
      places.unmark(state, entry.id)
      state.lost[entry.id], state.alike[entry.id] = nil, nil
    end
  end
  state.tick = nil
end

--- The ledger of a buffer. Reads the file the first time.
--- @param buf integer
--- @return galley.ledger.State
function M.get(buf)
  local state = states[buf]
  if not state then
    state = { buf = buf, entries = {}, findings = {} }
    states[buf] = state
    M.forget_places(state)
    M.reread(state)
  end
  return state
end

--- Reads the file again if it is another one than was read.
--- @param state galley.ledger.State
--- @return boolean changed
function M.reread(state)
  local path = store.path(state.buf)
  local stamp = path and stamp_of(path) or ""
  if path == state.path and stamp == state.stamp then
    return false
  end
  if path ~= state.path then
    M.forget_places(state)
    state.entries, state.findings = {}, {}
  end
  state.path, state.stamp = path, stamp
  if not path then
    return true
  end
  local file, message = store.read(path)
  if file then
    M.take(state, file)
  else
    state.problem = message
  end
  return true
end

--- Forgets a buffer.
--- @param buf integer
function M.drop(buf)
  local state = states[buf]
  if state then
    M.forget_places(state)
    states[buf] = nil
  end
end

--- The ledger of a buffer, if it was ever asked for.
--- @param buf integer
--- @return galley.ledger.State?
function M.peek(buf)
  return states[buf]
end

--- Brings the places up to date with the text.
--- @param state galley.ledger.State
--- @return galley.ledger.State
function M.locate(state)
  local tick = api.nvim_buf_get_changedtick(state.buf)
  if state.tick == tick then
    return state
  end
  local doc = buffers.document(state.buf)
  if not doc then
    return state
  end
  state.tick, state.places, state.orphans, state.index = tick, {}, {}, {}
  local missing = {}
  for _, entry in ipairs(state.entries) do
    local place = places.marked(state, entry)
    if place then
      places.judge(state, doc, place)
      state.places[#state.places + 1] = place
    else
      missing[#missing + 1] = entry
    end
  end
  table.sort(state.places, places.stands_before)
  search.start(state, doc, missing)
  return state
end

--- Brings the places up to date with the text, however long it takes.
--- @param state galley.ledger.State
--- @return galley.ledger.State
function M.locate_all(state)
  M.locate(state)
  search.finish(state)
  return state
end

--- Forgets that facts were not found, so that they are looked for again.
--- @param state galley.ledger.State
function M.look_again(state)
  if next(state.lost) then
    state.lost, state.tick = {}, nil
  end
end

--- Whether a place is the one that counts for its fact: a later tick of the same fact hides it.
--- @param state galley.ledger.State
--- @param place galley.ledger.Place
--- @return boolean
function M.counts(state, place)
  return state.index[places.key(place.span or place, place.entry.kind)] == place
end

--- What the ledger says of a fact.
--- @param state galley.ledger.State located
--- @param span galley.Span
--- @return galley.ledger.Place?
function M.find(state, span)
  return state.index[places.key(span, span.kind)]
end

return M
