-- The ledger's file: where it is, its lines, and how changes get into it.
--
-- Two Neovims may write one ledger without a lock. A writer merges his changes into what is on the
-- disk at that moment, writes that beside it, looks again whether the file is still the one that he
-- merged into, and renames. Between the last look and the renaming a few microseconds remain, in
-- which another's file could be replaced: so whoever wrote keeps his changes and looks later
-- (`lost`), as long as he lives and when he leaves, whether they are still there, and if not writes
-- them again. No change is lost, and which of two on one entry counts does not depend on who looks.

local api = vim.api
local atomic = require("galley.ledger.atomic")
local entries = require("galley.ledger.entry")

local M = {}

local SUFFIX = ".galley.jsonl"
local TRIES = 50

--- A line of the file; what galley does not understand has no entry and stays as it is.
--- @class galley.ledger.Line
--- @field raw string without its end
--- @field entry? galley.ledger.Entry

--- @class galley.ledger.File
--- @field path string
--- @field text? string nil: there is none yet
--- @field lines galley.ledger.Line[]

--- A line that somebody wants in the file.
--- @class galley.ledger.Change
--- @field entry galley.ledger.Entry with its new line in `raw`
--- @field base? string the line that it takes the place of, nil for a new entry

--- Where the ledger of a buffer's article is kept.
--- @param buf integer
--- @return string? path
--- @return string? message
function M.path(buf)
  local name = api.nvim_buf_get_name(buf)
  if vim.bo[buf].buftype ~= "" or name == "" or name:find("^%a[%w+.-]+://") then
    return nil,
      "galley: this buffer has no file, and the ledger is kept beside one; `:write NAME` first"
  end
  return vim.fs.normalize(vim.fn.fnamemodify(name, ":p"), { expand_env = false }) .. SUFFIX
end

--- @param text string
--- @return galley.ledger.Line[]
function M.parse(text)
  local lines = {}
  local at = 1
  while at <= #text do
    local newline = text:find("\n", at, true)
    local raw = text:sub(at, newline and newline - 1 or #text)
    lines[#lines + 1] = { raw = raw, entry = entries.decode(raw) }
    at = (newline or #text) + 1
  end
  return lines
end

--- Reads a ledger; one that does not exist is empty.
--- @param path string
--- @return galley.ledger.File? file
--- @return string? message
function M.read(path)
  local text, message = atomic.read(path)
  if message then
    return nil, "galley: " .. message
  end
  return { path = path, text = text, lines = M.parse(text or "") }
end

--- Whether `left` counts before `right`, two lines on one entry: the later one, and of two of one
--- second the one that sorts last, so that all who look at both agree.
--- @param left galley.ledger.Entry
--- @param right galley.ledger.Entry
--- @return boolean
function M.wins(left, right)
  if left.modified ~= right.modified then
    return left.modified > right.modified
  end
  return left.raw > right.raw
end

--- The line that counts for each entry, by id.
--- @param lines galley.ledger.Line[]
--- @return table<string, integer> index of the line
local function winners(lines)
  local found = {}
  for index, line in ipairs(lines) do
    local entry = line.entry
    local other = entry and found[entry.id]
    if entry and (not other or M.wins(entry, lines[other].entry)) then
      found[entry.id] = index
    end
  end
  return found
end

--- The entries that count, in the order of their lines.
--- @param lines galley.ledger.Line[]
--- @return galley.ledger.Entry[]
function M.entries(lines)
  local found, list = winners(lines), {}
  for index, line in ipairs(lines) do
    if line.entry and found[line.entry.id] == index then
      list[#list + 1] = line.entry
    end
  end
  return list
end

--- Whether a change is not in the file and should be.
--- @param change galley.ledger.Change
--- @param there? galley.ledger.Entry what the file has of it
--- @return boolean
local function is_missing(change, there)
  if not there then
    return true
  elseif there.raw == change.entry.raw then
    return false
  end
  return there.raw == change.base or M.wins(change.entry, there)
end

--- Where a new entry goes: the lines stand in the order of the article, so that two who tick in
--- different places change different places of the file.
--- @param lines galley.ledger.Line[]
--- @param entry galley.ledger.Entry
--- @return integer
local function place_of(lines, entry)
  for index, line in ipairs(lines) do
    if line.entry and line.entry.start > entry.start then
      return index
    end
  end
  return #lines + 1
end

--- The lines with the changes that are not in them.
--- @param lines galley.ledger.Line[] is changed
--- @param changes galley.ledger.Change[]
--- @return boolean changed
local function merge(lines, changes)
  local changed = false
  for _, change in ipairs(changes) do
    local index = winners(lines)[change.entry.id]
    if is_missing(change, index and lines[index].entry) then
      local line = { raw = change.entry.raw, entry = change.entry }
      if index then
        lines[index] = line
      else
        table.insert(lines, place_of(lines, change.entry), line)
      end
      changed = true
    end
  end
  return changed
end

--- @param lines galley.ledger.Line[]
--- @return string
local function join(lines)
  local parts = {}
  for _, line in ipairs(lines) do
    parts[#parts + 1] = line.raw
    parts[#parts + 1] = "\n"
  end
  return table.concat(parts)
end

--- Brings changes into the file, whatever others have done to it since it was read.
--- @param path string
--- @param changes galley.ledger.Change[]
--- @return galley.ledger.File? file as it is now
--- @return string? message
function M.save(path, changes)
  for _ = 1, TRIES do
    local file, message = M.read(path)
    if not file then
      return nil, message
    end
    if not merge(file.lines, changes) then
      return file
    end
    local text, old = join(file.lines), file.text
    local ok
    ok, message = atomic.write(path, text, function()
      return atomic.read(path) == old
    end)
    if ok then
      file.text = text
      return file
    elseif ok == nil then
      return nil, "galley: the ledger cannot be written: " .. tostring(message)
    end
  end
  return nil, "galley: the ledger changes all the time; nothing was written"
end

--- The changes that somebody else's writing has taken out of the file.
--- @param file galley.ledger.File
--- @param changes galley.ledger.Change[]
--- @return galley.ledger.Change[]
function M.lost(file, changes)
  local found = winners(file.lines)
  return vim.tbl_filter(function(change)
    local index = found[change.entry.id]
    return is_missing(change, index and file.lines[index].entry)
  end, changes)
end

return M
