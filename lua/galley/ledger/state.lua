-- The ledger of a buffer: its entries, and where their facts stand in the text as it is now.
--
-- Each entry that has a place is followed by an extmark, which costs nothing while the user types.
-- What a mark has lost (the text was cut, or the file read again) is looked up anew.

local api = vim.api
local anchor = require("galley.ledger.anchor")
local buffers = require("galley.buffer")
local evidence = require("galley.ledger.evidence")
local facts = require("galley.ledger.facts")
local offsets = require("galley.ledger.offsets")
local store = require("galley.ledger.store")

local M = {}

local namespace = api.nvim_create_namespace("galley.ledger.places")

--- Where an entry's fact stands.
--- @class galley.ledger.Place
--- @field entry galley.ledger.Entry
--- @field start_row integer
--- @field start_col integer
--- @field end_row integer
--- @field end_col integer
--- @field span? galley.Span the fact that is there now
--- @field stale boolean
--- @field why? string what made it stale

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
--- @field index table<string, galley.ledger.Place> by what place_key gives
--- @field tick integer? of the text that `places` is for; nil: look again
--- @field problem? string why the ledger could not be read
--- @field shown? boolean signs of it are in the text

--- @type table<integer, galley.ledger.State>
local states = {}

--- @param kind string
--- @param start_row integer
--- @param start_col integer
--- @param end_row integer
--- @param end_col integer
--- @return string
local function place_key(kind, start_row, start_col, end_row, end_col)
  return ("%s:%d:%d:%d:%d"):format(kind, start_row, start_col, end_row, end_col)
end

--- @param place galley.Span|galley.ledger.Place
--- @param kind string
--- @return string
local function key_of(place, kind)
  return place_key(kind, place.start_row, place.start_col, place.end_row, place.end_col)
end

--- What changes when the file does.
--- @param path string
--- @return string
local function stamp_of(path)
  local stat = vim.uv.fs_lstat(path)
  return stat and ("%d:%d:%d.%d"):format(stat.ino, stat.size, stat.mtime.sec, stat.mtime.nsec) or ""
end

--- @param state galley.ledger.State
local function forget_places(state)
  if api.nvim_buf_is_valid(state.buf) then
    api.nvim_buf_clear_namespace(state.buf, namespace, 0, -1)
  end
  state.marks, state.places, state.orphans, state.index, state.tick = {}, {}, {}, {}, nil
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
    if old and (old.exact ~= entry.exact or old.start ~= entry.start) and state.marks[entry.id] then
      api.nvim_buf_del_extmark(state.buf, namespace, state.marks[entry.id])
      state.marks[entry.id] = nil
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
    forget_places(state)
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
    forget_places(state)
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
    forget_places(state)
    states[buf] = nil
  end
end

--- The ledger of a buffer, if it was ever asked for.
--- @param buf integer
--- @return galley.ledger.State?
function M.peek(buf)
  return states[buf]
end

--- Where an entry's mark is; nil when it has none, or its text is gone.
--- @param state galley.ledger.State
--- @param entry galley.ledger.Entry
--- @return galley.ledger.Place?
local function marked_place(state, entry)
  local id = state.marks[entry.id]
  local mark = id and api.nvim_buf_get_extmark_by_id(state.buf, namespace, id, { details = true })
  if not mark or not mark[1] then
    return nil
  end
  local row, col, end_row, end_col = mark[1], mark[2], mark[3].end_row, mark[3].end_col
  if end_row < row or end_row == row and end_col <= col then
    return nil
  end
  return {
    entry = entry,
    start_row = row,
    start_col = col,
    end_row = end_row,
    end_col = end_col,
    stale = false,
  }
end

--- Marks the places of entries that have none.
--- @param state galley.ledger.State
--- @param doc table
--- @param missing galley.ledger.Entry[]
--- @return galley.ledger.Place[]
local function find_places(state, doc, missing)
  local prepared = anchor.prepare(doc:text())
  local point = anchor.points(prepared.text)
  local places = {}
  for _, entry in ipairs(missing) do
    local found = anchor.find(prepared, entry)
    if found then
      local row, col = point(found.start)
      local end_row, end_col = point(found.finish)
      local ok, id = pcall(api.nvim_buf_set_extmark, state.buf, namespace, row, col, {
        end_row = end_row,
        end_col = end_col,
        end_right_gravity = false,
      })
      state.marks[entry.id] = ok and id or nil
      places[#places + 1] = marked_place(state, entry)
    else
      state.orphans[#state.orphans + 1] = entry
    end
  end
  return places
end

--- The fact at a place: the span with its very range, else one that it begins or ends in.
--- @param doc table
--- @param place galley.ledger.Place
--- @return galley.Span?
local function span_of(doc, place)
  local kind = place.entry.kind
  if not vim.tbl_contains(facts.KINDS, kind) then
    return nil -- a passage that another program has annotated
  end
  local span = facts.at(doc, place.start_row, place.start_col, kind)
  local key = key_of(place, kind)
  if span and key_of(span, kind) == key then
    return span
  end
  for _, other in ipairs(facts.list(doc, kind, place.start_row, place.end_row + 1)) do
    if key_of(other, kind) == key then
      return other
    end
  end
  return span or facts.at(doc, place.end_row, math.max(0, place.end_col - 1), kind)
end

--- @param buf integer
--- @param place galley.ledger.Place
--- @return string
local function text_of(buf, place)
  local lines =
    api.nvim_buf_get_text(buf, place.start_row, place.start_col, place.end_row, place.end_col, {})
  return offsets.squeeze(table.concat(lines, "\n"))
end

--- Whether the fact is another than the one that was ticked.
--- @param buf integer
--- @param place galley.ledger.Place
--- @return boolean
local function is_edited(buf, place)
  local entry, span = place.entry, place.span
  local exact = offsets.squeeze(entry.exact)
  local same = text_of(buf, place) == exact
  if not span then
    return not same
  elseif offsets.squeeze(span.text) == exact then
    return entry.value ~= nil and span.value ~= nil and entry.value ~= span.value
  end
  -- The span may hold more than it did ("about 476"), as long as it says the same.
  return not (same and entry.value and entry.value == span.value and entry.unit == span.unit)
end

--- @param left galley.ledger.Place
--- @param right galley.ledger.Place
--- @return boolean
local function stands_before(left, right)
  if left.start_row ~= right.start_row then
    return left.start_row < right.start_row
  elseif left.start_col ~= right.start_col then
    return left.start_col < right.start_col
  end
  return left.entry.id < right.entry.id
end

--- @param index table<string, galley.ledger.Place>
--- @param key string
--- @param place galley.ledger.Place
local function put(index, key, place)
  local other = index[key]
  if not other or store.wins(place.entry, other.entry) then
    index[key] = place
  end
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
    local place = marked_place(state, entry)
    if place then
      state.places[#state.places + 1] = place
    else
      missing[#missing + 1] = entry
    end
  end
  if #missing > 0 then
    vim.list_extend(state.places, find_places(state, doc, missing))
  end
  for _, place in ipairs(state.places) do
    place.span = span_of(doc, place)
    if is_edited(state.buf, place) then
      place.stale, place.why = true, "the text has changed"
    else
      place.why = evidence.problem(state.buf, place.entry)
      place.stale = place.why ~= nil
    end
    put(state.index, key_of(place, place.entry.kind), place)
    if place.span then
      put(state.index, key_of(place.span, place.entry.kind), place)
    end
  end
  table.sort(state.places, stands_before)
  return state
end

--- Whether a place is the one that counts for its fact: a later tick of the same fact hides it.
--- @param state galley.ledger.State
--- @param place galley.ledger.Place
--- @return boolean
function M.counts(state, place)
  return state.index[key_of(place.span or place, place.entry.kind)] == place
end

--- What the ledger says of a fact.
--- @param state galley.ledger.State located
--- @param span galley.Span
--- @return galley.ledger.Place?
function M.find(state, span)
  return state.index[key_of(span, span.kind)]
end

return M
