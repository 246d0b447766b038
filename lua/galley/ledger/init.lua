-- The ledger: who has looked up which fact of an article, and what came of it.
--
-- It is kept beside the article in ARTICLE.galley.jsonl, a W3C Web Annotation a line; see store.lua
-- for how it is written, anchor.lua for how facts are found again, state.lua for what a buffer has.

local api = vim.api
local anchor = require("galley.ledger.anchor")
local buffers = require("galley.buffer")
local entries = require("galley.ledger.entry")
local evidence = require("galley.ledger.evidence")
local facts = require("galley.ledger.facts")
local stamp = require("galley.ledger.stamp")
local state_of = require("galley.ledger.state")
local store = require("galley.ledger.store")

local M = {}

M.STATUSES = entries.STATUSES

--- What a tick says besides its status and note.
--- @class galley.ledger.Extra
--- @field source? galley.ledger.Source|false where a source says so; false: none; nil: look

--- @param buf integer
local function announce(buf)
  api.nvim_exec_autocmds("User", {
    pattern = "GalleyLedger",
    modeline = false,
    data = { buf = buf },
  })
end

--- @param buf integer
--- @param file galley.ledger.File
local function take(buf, file)
  local state = state_of.get(buf)
  state.path = file.path
  state_of.take(state, file)
  announce(buf)
end

--- Writes changes and takes over what is in the file then.
--- @param buf integer
--- @param changes galley.ledger.Change[]
--- @return boolean? ok
--- @return string? message
local function save(buf, changes)
  local path, message = store.path(buf)
  if not path then
    return nil, message
  end
  local file
  file, message = store.save(path, changes)
  if not file then
    return nil, message
  end
  take(buf, file)
  require("galley.ledger.guard").watch(path, changes, function(restored)
    if api.nvim_buf_is_valid(buf) and store.path(buf) == path then
      take(buf, restored)
    end
  end)
  return true
end

--- The status of a fact.
--- @param buf? integer
--- @param span galley.Span
--- @return galley.ledger.Status status
--- @return boolean stale the fact or its source has changed since
--- @return galley.ledger.Entry? entry
function M.status(buf, span)
  local state = state_of.get(buffers.number(buf))
  if #state.entries == 0 then
    return "open", false
  end
  local place = state_of.find(state_of.locate(state), span)
  if not place then
    return "open", false
  end
  return place.entry.status, place.stale, place.entry
end

--- A new or changed entry for a range of the article.
--- @param buf integer
--- @param old? galley.ledger.Entry
--- @param fields table
--- @return galley.ledger.Change
local function change(buf, old, fields)
  local now = stamp.now()
  local entry = vim.tbl_extend("force", {
    id = old and old.id or stamp.id(),
    created = old and old.created or now,
    modified = now,
    reviewer = stamp.who(api.nvim_buf_get_name(buf)),
    article = vim.fs.basename(api.nvim_buf_get_name(buf)),
    raw = old and old.raw,
  }, fields)
  local base = entry.raw
  entry.raw = entries.encode(entry)
  return { entry = entry, base = base }
end

--- Gives facts a status.
--- @param buf? integer
--- @param spans galley.Span[]
--- @param status galley.ledger.Status
--- @param note? string
--- @param extra? galley.ledger.Extra
--- @return boolean? ok
--- @return string? message
function M.set_spans(buf, spans, status, note, extra)
  buf = buffers.number(buf)
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  if not vim.tbl_contains(M.STATUSES, status) then
    return nil, ("galley: no status `%s` (%s)"):format(status, table.concat(M.STATUSES, ", "))
  end
  local path
  path, message = store.path(buf)
  if not path then
    return nil, message
  end
  local state = state_of.locate(state_of.get(buf))
  local prepared = anchor.prepare(doc:text())
  local changes = {}
  for _, span in ipairs(spans) do
    local place = state_of.find(state, span)
    local fields = anchor.describe(prepared, span.start, span["end"])
    fields.kind, fields.status, fields.note = span.kind, status, note
    fields.value, fields.unit = span.value, span.unit
    if extra and extra.source ~= nil then
      fields.source = extra.source or nil
    elseif status == "verified" then
      fields.source = evidence.of(buf, span)
    end
    changes[#changes + 1] = change(buf, place and place.entry, fields)
  end
  return save(buf, changes)
end

--- Gives the fact at a place a status.
--- @param buf? integer
--- @param row integer
--- @param col integer
--- @param status galley.ledger.Status
--- @param note? string
--- @param extra? galley.ledger.Extra
--- @return boolean? ok
--- @return string? message
function M.set(buf, row, col, status, note, extra)
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  local span = facts.at(doc, row, col)
  if not span then
    return nil, "galley: no figure, quote, date or name here"
  end
  return M.set_spans(buf, { span }, status, note, extra)
end

--- Takes entries that others have made into the ledger.
--- @param buf? integer
--- @param list galley.ledger.Entry[] with the line that each takes the place of in `raw`
--- @return boolean? ok
--- @return string? message
function M.put(buf, list)
  local changes = vim.tbl_map(function(entry)
    local base = entry.raw
    entry.raw = entries.encode(entry)
    return { entry = entry, base = base }
  end, list)
  return save(buffers.number(buf), changes)
end

--- How many facts have each status.
--- @class galley.ledger.Counts
--- @field open integer
--- @field verified integer
--- @field queried integer
--- @field wrong integer
--- @field waived integer
--- @field stale integer of those before, changed since
--- @field orphan integer entries whose facts are gone
--- @field total integer facts

--- How many facts of a buffer have each status.
--- @param buf? integer default the current buffer
--- @param spans? galley.Span[] all of the buffer, when the caller has them
--- @return galley.ledger.Counts? counts nil when the buffer is not annotated
--- @return string? message
function M.counts(buf, spans)
  buf = buffers.number(buf)
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  local state = state_of.locate(state_of.get(buf))
  local counts = { stale = 0, orphan = #state.orphans, total = 0 }
  for _, status in ipairs(M.STATUSES) do
    counts[status] = 0
  end
  for _, span in ipairs(spans or facts.list(doc)) do
    if not spans or facts.is_fact(span) then
      local place = state_of.find(state, span)
      local status = place and place.entry.status or "open"
      counts[status] = counts[status] + 1
      counts.total = counts.total + 1
      counts.stale = counts.stale + (place and place.stale and 1 or 0)
    end
  end
  return counts
end

--- The findings of checks that somebody has waived, by key.
--- @param buf? integer
--- @return table<string, galley.ledger.Entry>
function M.waived(buf)
  local waived = {}
  for key, entry in pairs(state_of.get(buffers.number(buf)).findings) do
    if entry.status == "waived" then
      waived[key] = entry
    end
  end
  return waived
end

--- Waives a finding of a check, or takes that back.
--- @param buf? integer
--- @param finding {key: string, start: integer, end: integer} as doc:check gives it
--- @param reason? string
--- @param status? galley.ledger.Status default "waived"; "open" takes it back
--- @return boolean? ok
--- @return string? message
function M.waive_finding(buf, finding, reason, status)
  buf = buffers.number(buf)
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  local path
  path, message = store.path(buf)
  if not path then
    return nil, message
  end
  local fields =
    anchor.describe(anchor.prepare(doc:text()), finding.start or 0, finding["end"] or 0)
  fields.kind, fields.status, fields.note = "finding", status or "waived", reason
  fields.finding = finding.key
  local old = state_of.get(buf).findings[finding.key]
  return save(buf, { change(buf, old, fields) })
end

return M
