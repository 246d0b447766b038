-- Where a source says what was verified, and whether it still does: the ledger keeps a digest of the
-- source's line.

local offsets = require("galley.ledger.offsets")

local M = {}

local LARGEST = 8 * 1024 * 1024 -- bytes of a source that is read to see whether a line has changed

--- Formats without lines of their own: the whole file is compared.
local WHOLE = { pdf = true, html = true }

--- FNV-1a of 32 bits.
--- @param text string
--- @param hash integer to begin with
--- @return integer
local function fnv(text, hash)
  local bxor, lshift, tobit = bit.bxor, bit.lshift, bit.tobit
  for at = 1, #text do
    hash = bxor(hash, text:byte(at))
    hash = tobit(
      hash
        + lshift(hash, 1)
        + lshift(hash, 4)
        + lshift(hash, 7)
        + lshift(hash, 8)
        + lshift(hash, 24)
    )
  end
  return hash
end

--- A digest of a text, the same however its blanks are.
--- @param text string
--- @return string
function M.digest(text)
  text = vim.trim(offsets.squeeze(text))
  return bit.tohex(fnv(text, 0x811c9dc5)) .. bit.tohex(fnv(text, 0x050c5d1f))
end

--- What is known of a file while it stays the same.
--- @class galley.ledger.Evidence
--- @field stamp string
--- @field text? string
--- @field starts? integer[] where each row begins, from row 0
--- @field digests? table<string, boolean> of all lines
--- @field whole? string digest of it all

--- @type table<string, galley.ledger.Evidence>
local known = {}

--- @param path string
--- @return galley.ledger.Evidence?
local function read(path)
  local stat = vim.uv.fs_stat(path)
  if not stat or stat.type ~= "file" or stat.size > LARGEST then
    return nil
  end
  local files = require("galley.source.file")
  local stamp = files.stamp(stat)
  if not known[path] or known[path].stamp ~= stamp then
    known[path] = { stamp = stamp }
  end
  local evidence = known[path]
  if not evidence.text then
    evidence.text = files.read(path, 0, math.max(1, stat.size))
    -- It is needed again for each tick that rests on it, and not after that.
    vim.schedule(function()
      evidence.text, evidence.starts = nil, nil
    end)
  end
  return evidence.text and evidence or nil
end

--- @param evidence galley.ledger.Evidence
--- @param row integer
--- @return string?
local function line_of(evidence, row)
  if not evidence.starts then
    evidence.starts = { [0] = 1 }
    for at in evidence.text:gmatch("\n()") do
      evidence.starts[#evidence.starts + 1] = at
    end
  end
  local first, next_first = evidence.starts[row], evidence.starts[row + 1]
  return first and evidence.text:sub(first, (next_first or #evidence.text + 2) - 2)
end

--- @param evidence galley.ledger.Evidence
--- @return table<string, boolean>
local function digests_of(evidence)
  if not evidence.digests then
    evidence.digests = {}
    for line in evidence.text:gmatch("[^\n]+") do
      evidence.digests[M.digest(line)] = true
    end
  end
  return evidence.digests
end

--- @param evidence galley.ledger.Evidence
--- @return string
local function whole_of(evidence)
  evidence.whole = evidence.whole or M.digest(evidence.text)
  return evidence.whole
end

--- The source that a candidate is from.
--- @param buf integer
--- @param matches fun(source: galley.Source): boolean
--- @return galley.Source?
local function find_source(buf, matches)
  for _, source in ipairs(require("galley.source").for_buffer(buf)) do
    if matches(source) then
      return source
    end
  end
end

--- Where the sources of an article say what a fact says; nil when none does.
--- @param buf integer
--- @param span galley.Span
--- @return galley.ledger.Source?
function M.of(buf, span)
  local found = require("galley.source").find(buf, span.start_row, span.start_col)[1]
  if not found or found.kind ~= span.kind or found.verdict == "altered" then
    return nil
  end
  local source = find_source(buf, function(candidate)
    return candidate.id == found.source
  end)
  if not source then
    return nil
  end
  local evidence = read(source.path)
  local line = evidence and line_of(evidence, found.place.row)
  local digest
  if evidence and WHOLE[source.format] then
    digest = whole_of(evidence)
  elseif line then
    digest = M.digest(line)
  end
  return {
    path = source.name,
    locator = found.place.label or ("line %d"):format(found.place.row + 1),
    row = not WHOLE[source.format] and found.place.row or nil,
    digest = digest,
  }
end

--- What has become of the source that an entry rests on; nil when it says what it said, or cannot
--- be looked at.
--- @param buf integer
--- @param entry galley.ledger.Entry
--- @return string?
function M.problem(buf, entry)
  local wanted = entry.source
  if not wanted or not wanted.digest then
    return nil
  end
  local source = find_source(buf, function(candidate)
    return candidate.name == wanted.path
  end)
  if not source then
    return "the article does not name its source any more"
  elseif source.state == "outside" then
    return "its source is outside of the project"
  elseif not vim.uv.fs_stat(source.path) then
    return "its source is gone"
  end
  local evidence = read(source.path)
  if not evidence then
    return nil
  elseif WHOLE[source.format] then
    return whole_of(evidence) ~= wanted.digest and "its source has changed" or nil
  end
  local line = wanted.row and line_of(evidence, wanted.row)
  if line and M.digest(line) == wanted.digest or digests_of(evidence)[wanted.digest] then
    return nil
  end
  return "its source has changed"
end

return M
