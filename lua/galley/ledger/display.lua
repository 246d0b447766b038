-- How the ledger shows in the text: a sign of the status of each ticked fact.

local api = vim.api
local state_of = require("galley.ledger.state")

local M = {}

local namespace = api.nvim_create_namespace("galley.ledger.signs")

local MOST = 8 -- signs at the end of a line; more are counted
local STALE = "!"

--- How a status shows. The later in the list, the more it asks for attention.
--- @class galley.ledger.Look
--- @field status galley.ledger.Status
--- @field sign string
--- @field group string highlight

--- @type galley.ledger.Look[]
M.LOOKS = {
  { status = "verified", sign = "✓", group = "GalleyVerified" },
  { status = "waived", sign = "–", group = "GalleyWaived" },
  { status = "queried", sign = "?", group = "GalleyQueried" },
  { status = "wrong", sign = "✗", group = "GalleyWrong" },
}

local rank = {} --- @type table<string, integer>
for index, look in ipairs(M.LOOKS) do
  rank[look.status] = index
end

--- The sign of a place and its highlight.
--- @param place galley.ledger.Place
--- @return string sign
--- @return string group
local function sign_of(place)
  local look = M.LOOKS[rank[place.entry.status]]
  if place.stale then
    return look.sign .. STALE, "GalleyStale"
  end
  return look.sign, look.group
end

--- The places that count and have a sign, in text order.
--- @param state galley.ledger.State
--- @return galley.ledger.Place[]
local function shown(state)
  return vim.tbl_filter(function(place)
    return rank[place.entry.status] ~= nil and state_of.counts(state, place)
  end, state.places)
end

--- @param buf integer
--- @param row integer
--- @param col integer
--- @param mark vim.api.keyset.set_extmark
local function put(buf, row, col, mark)
  mark.priority = require("galley.config").get().priority
  mark.hl_mode = "combine"
  mark.strict = false
  api.nvim_buf_set_extmark(buf, namespace, row, col, mark)
end

--- @param places galley.ledger.Place[]
--- @return table<integer, galley.ledger.Place[]> by the row that they end in
local function by_row(places)
  local rows = {}
  for _, place in ipairs(places) do
    rows[place.end_row] = rows[place.end_row] or {}
    table.insert(rows[place.end_row], place)
  end
  return rows
end

--- The signs of a line: each in turn, or how many there are of each.
--- @param places galley.ledger.Place[]
--- @return {[1]: string, [2]: string}[]
local function chunks_of(places)
  local chunks, counts, order = {}, {}, {}
  for index, place in ipairs(places) do
    local sign, group = sign_of(place)
    chunks[#chunks + 1] = { (index > 1 and " " or "") .. sign, group }
    if not counts[sign] then
      order[#order + 1] = { sign, group }
    end
    counts[sign] = (counts[sign] or 0) + 1
  end
  if #chunks <= MOST then
    return chunks
  end
  return vim.tbl_map(function(item)
    return { ("%s%d "):format(item[1], counts[item[1]]), item[2] }
  end, order)
end

--- The place of a line that asks most for attention: a stale one before all others.
--- @param places galley.ledger.Place[]
--- @return galley.ledger.Place
local function foremost(places)
  local best, best_rank
  for _, place in ipairs(places) do
    local own = rank[place.entry.status] + (place.stale and #M.LOOKS or 0)
    if not best_rank or own > best_rank then
      best, best_rank = place, own
    end
  end
  return best
end

--- @type table<string, fun(buf: integer, places: galley.ledger.Place[])>
local MODES = {
  none = function() end,
  eol = function(buf, places)
    for row, row_places in pairs(by_row(places)) do
      put(buf, row, 0, { virt_text = chunks_of(row_places), virt_text_pos = "eol" })
    end
  end,
  inline = function(buf, places)
    for _, place in ipairs(places) do
      put(buf, place.end_row, place.end_col, {
        virt_text = { { sign_of(place) } },
        virt_text_pos = "inline",
        right_gravity = false,
      })
    end
  end,
  sign = function(buf, places)
    for row, row_places in pairs(by_row(places)) do
      local sign, group = sign_of(foremost(row_places))
      put(buf, row, 0, { sign_text = sign, sign_hl_group = group })
    end
  end,
}

--- Takes the signs off a buffer.
--- @param buf integer
function M.clear(buf)
  if api.nvim_buf_is_valid(buf) then
    api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
  end
end

--- Shows the signs as the ledger is now.
--- @param state galley.ledger.State located
function M.draw(state)
  M.clear(state.buf)
  MODES[require("galley.config").get().ledger_mark](state.buf, shown(state))
end

return M
