-- Where one can go from a place of an article: to what a citation cites, or to what the sources say.

local api = vim.api
local buffers = require("galley.buffer")
local indexes = require("galley.source.index")

local M = {}

--- A place to go to.
--- @class galley.SourceTarget
--- @field file string name of a buffer
--- @field row integer
--- @field col integer
--- @field end_row integer
--- @field end_col integer
--- @field name string as it is shown
--- @field label? string
--- @field entry? galley.SourceEntry
--- @field candidate? galley.SourceCandidate nil: what a citation cites
--- @field marks galley.SourceMark[]

--- The row and column of a byte of a buffer.
--- @param buf integer
--- @param byte integer
--- @return integer row
--- @return integer col
function M.position(buf, byte)
  local low, high = 0, api.nvim_buf_line_count(buf)
  while low + 1 < high do
    local middle = math.floor((low + high) / 2)
    if api.nvim_buf_get_offset(buf, middle) <= byte then
      low = middle
    else
      high = middle
    end
  end
  return low, byte - api.nvim_buf_get_offset(buf, low)
end

--- What a citation cites: a place in the article, a source, an entry of a bibliography.
--- @param buf integer
--- @param span table
--- @param index galley.SourceIndex
--- @param row integer
--- @param col integer
--- @return galley.SourceTarget?
local function cited(buf, span, index, row, col)
  if span.target_start then
    local first, from = M.position(buf, span.target_start)
    local last, to = M.position(buf, span.target_end)
    local file = api.nvim_buf_get_name(buf)
    return {
      file = file,
      row = first,
      col = from,
      end_row = last,
      end_col = to,
      name = vim.fs.basename(file),
      marks = {},
    }
  end
  local from = span.start_col + (span.label_start or span.start) - span.start
  for _, entry in ipairs(index.entries) do
    local named = vim.iter(entry.places):any(function(at)
      return at.row == span.start_row and at.col == from or at.written == span.label
    end)
    if named then
      return {
        file = indexes.file(entry),
        row = 0,
        col = 0,
        end_row = 0,
        end_col = 0,
        name = entry.name,
        entry = entry,
        marks = {},
      }
    end
  end
  local found, bibliography = pcall(require, "galley.bibliography")
  local target = found and bibliography.target(buf, row, col)
  if target then
    return {
      file = target.path,
      row = target.row,
      col = target.col,
      end_row = target.row,
      end_col = target.col,
      name = vim.fs.basename(target.path),
      label = target.label,
      marks = {},
    }
  end
end

--- @param index galley.SourceIndex
--- @param candidate galley.SourceCandidate
--- @return galley.SourceTarget
local function said(index, candidate)
  local entry, place = index.by_id[candidate.source], candidate.place
  return {
    file = place.file,
    row = place.row,
    col = place.col,
    end_row = place.end_row,
    end_col = place.end_col,
    name = entry.name,
    label = place.label,
    entry = entry,
    candidate = candidate,
    marks = place.marks,
  }
end

--- Whether a citation has a source that can be opened.
--- @param target? galley.SourceTarget
--- @return boolean
local function openable(target)
  local entry = target and target.entry
  return target ~= nil
    and not (
      entry
      and (entry.state == "missing" or entry.state == "outside" or entry.state == "unreadable")
    )
end

--- @param entry galley.SourceEntry
--- @return string
local function why_not(entry)
  local visible = require("galley.visible").line
  return ("galley: %s: %s"):format(visible(entry.name), visible(entry.message or entry.state))
end

--- What the citation at a place cites, when that needs no reading of sources.
--- @param buf integer
--- @param row integer
--- @param col integer
--- @return galley.SourceTarget?
--- @return string? message why one cannot go there
function M.cited(buf, row, col)
  local doc = buffers.document(buf)
  local index = doc and indexes.get(buf)
  local span = doc and doc:span_at(row, col, require("galley.kinds").mask())
  if index and span and span.kind == "citation" then
    local target = cited(buf, span, index, row, col)
    if target and not openable(target) then
      return nil, why_not(target.entry)
    elseif target and not (target.entry and target.entry.kind.programs) then
      return target
    end
  end
end

--- Where one can go from a place of an article, best first, one place a row of a source.
--- @param buf integer
--- @param row integer
--- @param col integer
--- @param also_nearest? boolean when nothing says the same, the same thing with another value
--- @return galley.SourceTarget[]
--- @return string? message why there is none
function M.at(buf, row, col, also_nearest)
  local doc, message = buffers.document(buf)
  local index = doc and indexes.get(buf)
  if not doc or not index then
    return {}, message
  end
  local span = doc:span_at(row, col, require("galley.kinds").mask())
  if not span then
    return {}, "galley: nothing here that a source could say"
  end
  if span.kind == "citation" then
    local target = cited(buf, span, index, row, col)
    if target and openable(target) then
      return { target }
    end
    local entry = target and target.entry
    return {},
      entry and ("galley: %s: %s"):format(
        require("galley.visible").line(entry.name),
        entry.message or entry.state
      ) or "galley: what this cites is not known"
  end
  local targets, seen = {}, {}
  local candidates, _, nearest = require("galley.source").find(buf, row, col)
  if also_nearest and #candidates == 0 then
    candidates = { nearest }
  end
  for _, candidate in ipairs(candidates) do
    local target = said(index, candidate)
    local key = ("%d %d"):format(candidate.source, target.row)
    if not seen[key] then
      seen[key] = true
      table.insert(targets, target)
    end
  end
  if #targets > 0 then
    return targets
  elseif #index.entries == 0 then
    return {}, "galley: the article names no sources (`:help galley-sources`)"
  end
  local text = "galley: no source says this %s"
  for _, entry in ipairs(index.entries) do
    if entry.state ~= "indexed" then
      text = text
        .. (" (%s: %s)"):format(
          require("galley.visible").line(entry.name),
          entry.message or entry.state
        )
      break
    end
  end
  text = text:format(span.kind == "entity" and "name" or span.kind)
  if nearest then
    text = text .. "; `:Galley peek` shows what comes nearest"
  end
  return {}, text
end

-- So long a key that must answer at once may keep the editor, when sources were never asked for.
local PATIENCE = 2e8 -- nanoseconds

--- Where one can go from the cursor, as far as is known now.
--- @return galley.SourceTarget[]
function M.now()
  local buf = api.nvim_get_current_buf()
  local index = indexes.get(buf)
  if not index then
    return {}
  end
  local complete = indexes.want(index, true, PATIENCE)
  local cursor = api.nvim_win_get_cursor(0)
  local targets = M.at(buf, cursor[1] - 1, cursor[2])
  if #targets == 0 and not complete then
    require("galley.message").say(
      "galley: the sources are being read; try again in a moment",
      vim.log.levels.INFO
    )
  end
  return targets
end

return M
