-- Where the facts of entries stand: each is followed by an extmark, which costs nothing while the
-- user types; what a mark has lost is looked up anew (search.lua).

local api = vim.api
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
function M.key(place, kind)
  return place_key(kind, place.start_row, place.start_col, place.end_row, place.end_col)
end

--- Where an entry's mark is; nil when it has none, or its text is gone.
--- @param state galley.ledger.State
--- @param entry galley.ledger.Entry
--- @return galley.ledger.Place?
function M.marked(state, entry)
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

--- The fact at a place: the span with its very range, else one that it begins or ends in.
--- @param doc table
--- @param place galley.ledger.Place
--- @return galley.Span?
function M.span_of(doc, place)
  local kind = place.entry.kind
  if not vim.tbl_contains(facts.KINDS, kind) then
    return nil -- a passage that another program has annotated
  end
  local span = facts.at(doc, place.start_row, place.start_col, kind)
  local key = M.key(place, kind)
  if span and M.key(span, kind) == key then
    return span
  end
  for _, other in ipairs(facts.list(doc, kind, place.start_row, place.end_row + 1)) do
    if M.key(other, kind) == key then
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
function M.stands_before(left, right)
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

--- Marks the place of an entry.
--- @param state galley.ledger.State
--- @param entry galley.ledger.Entry
--- @param found galley.ledger.Anchor
--- @param point fun(offset: integer): integer, integer
--- @return galley.ledger.Place?
function M.mark(state, entry, found, point)
  local row, col = point(found.start)
  local end_row, end_col = point(found.finish)
  local ok, id = pcall(api.nvim_buf_set_extmark, state.buf, namespace, row, col, {
    id = state.marks[entry.id],
    end_row = end_row,
    end_col = end_col,
    end_right_gravity = false,
  })
  state.marks[entry.id] = ok and id or nil
  return M.marked(state, entry)
end

--- Takes the mark of an entry away.
--- @param state galley.ledger.State
--- @param id string of the entry
function M.unmark(state, id)
  if state.marks[id] then
    api.nvim_buf_del_extmark(state.buf, namespace, state.marks[id])
    state.marks[id] = nil
  end
end

--- Takes all marks away.
--- @param state galley.ledger.State
function M.unmark_all(state)
  if api.nvim_buf_is_valid(state.buf) then
    api.nvim_buf_clear_namespace(state.buf, namespace, 0, -1)
  end
  state.marks = {}
end

--- Finds the fact at a place, tells whether its tick is stale, and enters it in the index.
--- @param state galley.ledger.State
--- @param doc table
--- @param place galley.ledger.Place
function M.judge(state, doc, place)
  place.span = place.span or M.span_of(doc, place)
  if is_edited(state.buf, place) then
    place.stale, place.why = true, "the text has changed"
  else
    place.why = evidence.problem(state.buf, place.entry)
    place.stale = place.why ~= nil
  end
  put(state.index, M.key(place, place.entry.kind), place)
  if place.span then
    put(state.index, M.key(place.span, place.entry.kind), place)
  end
end

return M
