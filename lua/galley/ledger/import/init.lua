-- :Galley import: takes what others have said of the article into the ledger.

local anchor = require("galley.ledger.anchor")
local atomic = require("galley.ledger.atomic")
local buffers = require("galley.buffer")
local entries = require("galley.ledger.entry")
local facts = require("galley.ledger.facts")
local ledger = require("galley.ledger")
local stamp = require("galley.ledger.stamp")
local state_of = require("galley.ledger.state")

local M = {}

M.FORMATS = { "brat", "hypothesis" }

local LARGEST_OFFSET = 2 ^ 31

--- @param offset? number
--- @return integer
local function whole(offset)
  local fine = offset and offset >= 0 and offset < LARGEST_OFFSET
  return fine and math.floor(offset) or 0
end

--- The fact that stands at an anchor, the largest within it or the one around it.
--- @param doc table
--- @param found galley.ledger.Anchor
--- @param point fun(offset: integer): integer, integer
--- @return galley.Span?
local function fact_at(doc, found, point)
  local first, last = point(found.start), point(found.finish)
  local best, best_common
  for _, span in ipairs(facts.list(doc, nil, first, last + 1)) do
    local common = math.min(span["end"], found.finish) - math.max(span.start, found.start)
    -- Of two that share as much with it the one that has less besides.
    local score = common * 2 - (span["end"] - span.start)
    if common > 0 and (not best_common or score > best_common) then
      best, best_common = span, score
    end
  end
  return best
end

--- The entry for what somebody has said.
--- @param import galley.ledger.Import
--- @param prepared galley.ledger.Text
--- @param point fun(offset: integer): integer, integer
--- @param doc table
--- @param article string
--- @return galley.ledger.Entry
local function entry_of(import, prepared, point, doc, article)
  local now = stamp.now()
  local entry = {
    id = import.id,
    status = vim.tbl_contains(entries.STATUSES, import.status) and import.status or "queried",
    kind = "passage",
    exact = import.exact or "",
    prefix = import.prefix or "",
    suffix = import.suffix or "",
    start = whole(import.start),
    finish = whole(import.finish),
    note = import.note,
    reviewer = import.reviewer,
    created = import.created or now,
    modified = import.modified or now,
    article = article,
  }
  local found = anchor.find(prepared, entry)
  local span = found and fact_at(doc, found, point)
  if found then
    local start = span and span.start or found.start
    local finish = span and span["end"] or found.finish
    entry = vim.tbl_extend("force", entry, anchor.describe(prepared, start, finish))
  end
  if span then
    entry.kind, entry.value, entry.unit = span.kind, span.value, span.unit
  end
  return entry
end

--- Whether the ledger has it already, as it is or newer.
--- @param entry galley.ledger.Entry
--- @param old? galley.ledger.Entry
--- @param timed boolean the import says when
--- @return boolean
local function is_known(entry, old, timed)
  if not old then
    return false
  elseif timed then
    return old.modified >= entry.modified
  end
  return old.status == entry.status and old.note == entry.note
end

--- Takes a file into the ledger.
--- @param buf? integer
--- @param format string
--- @param path string
--- @return integer? count of entries that are new or changed
--- @return string? message
function M.run(buf, format, path)
  buf = buffers.number(buf)
  if not vim.tbl_contains(M.FORMATS, format) then
    return nil, ("galley: no format `%s` (%s)"):format(format, table.concat(M.FORMATS, ", "))
  end
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  path = vim.fs.normalize(vim.fn.fnamemodify(path, ":p"), { expand_env = false })
  local text
  text, message = atomic.read(path)
  if not text then
    return nil, "galley: " .. (message or path .. ": no such file")
  end
  local imports
  imports, message = require("galley.ledger.import." .. format).parse(text, vim.fs.basename(path))
  if not imports then
    return nil, message
  end
  local known = {}
  for _, entry in ipairs(state_of.get(buf).entries) do
    known[entry.id] = entry
  end
  local prepared = anchor.prepare(doc:text())
  local point = anchor.points(prepared.text)
  local article = vim.fs.basename(vim.api.nvim_buf_get_name(buf))
  local new = {}
  for _, import in ipairs(imports) do
    local entry = entry_of(import, prepared, point, doc, article)
    local old = known[entry.id]
    if not is_known(entry, old, import.modified ~= nil) then
      entry.raw = old and old.raw
      new[#new + 1] = entry
    end
  end
  if #new == 0 then
    return 0
  end
  local ok
  ok, message = ledger.put(buf, new)
  return ok and #new or nil, message
end

return M
