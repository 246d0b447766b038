-- :Galley verify, query, wrong, waive, reopen: gives the fact under the cursor a status, and those
-- that say the same if the user wants.

local api = vim.api
local buffers = require("galley.buffer")
local facts = require("galley.ledger.facts")
local ledger = require("galley.ledger")
local say = require("galley.message").say

local M = {}

--- The other facts that say the same and do not have the status yet.
--- @param buf integer
--- @param doc table
--- @param span galley.Span
--- @param status galley.ledger.Status
--- @return galley.Span[]
local function equal_ones(buf, doc, span, status)
  local key = facts.key(span)
  return vim.tbl_filter(function(other)
    if other.start == span.start and other["end"] == span["end"] or facts.key(other) ~= key then
      return false
    end
    local now, stale = ledger.status(buf, other)
    return now ~= status or stale
  end, facts.list(doc, span.kind))
end

--- @param buf integer
--- @param spans galley.Span[]
--- @param status galley.ledger.Status
--- @param note? string
local function set(buf, spans, status, note)
  local _, message = ledger.set_spans(buf, spans, status, note)
  say(message)
end

--- @param buf integer
--- @param span galley.Span
--- @param others galley.Span[]
--- @param status galley.ledger.Status
--- @param note? string
local function offer(buf, span, others, status, note)
  local before = api.nvim_buf_get_changedtick(buf)
  local all = vim.list_extend({ span }, others)
  local text = facts.label(span)
  vim.ui.select({ { span }, all }, {
    prompt = ("Mark as %s: %s"):format(status, text),
    kind = "galley.ledger",
    format_item = function(spans)
      return #spans == 1 and "this one" or ("all %d that say the same"):format(#spans)
    end,
  }, function(spans)
    if not spans then
      return
    elseif not api.nvim_buf_is_valid(buf) or api.nvim_buf_get_changedtick(buf) ~= before then
      say("galley: the text has changed; nothing was ticked")
      return
    end
    set(buf, spans, status, note)
  end)
end

--- @param status galley.ledger.Status
--- @param note string "" for none
--- @param all boolean also those that say the same, unasked
function M.run(status, note, all)
  local buf = api.nvim_get_current_buf()
  local doc, message = buffers.document(buf)
  if not doc then
    return say(message)
  end
  local path
  path, message = require("galley.ledger.store").path(buf)
  if not path then
    return say(message)
  end
  local cursor = api.nvim_win_get_cursor(0)
  local span = facts.at(doc, cursor[1] - 1, cursor[2])
  if not span then
    return say("galley: no figure, quote, date or name under the cursor")
  end
  local words = note ~= "" and note or nil
  local others = (all or status == "verified") and equal_ones(buf, doc, span, status) or {}
  if all or #others == 0 then
    set(buf, vim.list_extend({ span }, others), status, words)
  else
    offer(buf, span, others, status, words)
  end
end

return M
