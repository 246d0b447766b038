-- The sources of an article: what it rests on, and where they say what it says.
--
-- Nothing is read before somebody asks, be it a check. The first question starts the reading, which
-- goes on in small slices; `User GalleySources` (data = { buf = }) tells whenever the state of a source changes.
-- Programs that make text of a PDF or a web page run only on a user's request, not for a check that
-- runs by itself.

local buffers = require("galley.buffer")
local indexes = require("galley.source.index")

local M = {}

-- So long the one who asks may be kept: enough for sources of a usual size.
local PATIENCE = 8e6 -- nanoseconds

--- @alias galley.SourceState "waiting"|"indexing"|"indexed"|"missing"|"outside"|"unreadable"|"too large"

--- A source of an article.
--- @class galley.Source
--- @field id integer the same as long as the article is annotated
--- @field path string absolute, links followed; as written when there is no such file
--- @field name string as the article writes it
--- @field format string "text", "markdown", "csv", "tsv", "vtt", "srt", "pdf", "html"
--- @field state galley.SourceState "waiting": nobody has asked for it yet
--- @field message? string why it is none of "waiting", "indexing", "indexed"
--- @field named_at? galley.SourcePlaceName where the article names it; nil: by a folder

--- @class galley.SourcePlaceName
--- @field row integer
--- @field col integer
--- @field end_col integer

--- Where a source says something. Rows and columns are those of the file; of the text made from it
--- where the file has none ("pdf", "html").
--- @class galley.SourcePlace
--- @field path string
--- @field file string name of the buffer that shows it: the path, or that of the text made from it
--- @field row integer
--- @field col integer
--- @field end_row integer
--- @field end_col integer exclusive
--- @field label? string "p. 3", "00:12:31", "row Orders, column 2025", "line 12"
--- @field marks galley.SourceMark[] the words that speak for it

--- @class galley.SourceMark
--- @field row integer
--- @field col integer
--- @field end_col integer

--- A place of a source that may say what a span of the article says.
--- @class galley.SourceCandidate
--- @field source integer galley.Source.id
--- @field kind string
--- @field score number 0 to 1
--- @field verdict string "equal", "rounds", "computed", "verbatim", "elided", "altered"; "other" of one that is no place
--- @field text string what the source has
--- @field reason string
--- @field differences {expected: string, found: string, kind: string}[]
--- @field place galley.SourcePlace

--- @class galley.SourceQuery
--- @field convert? boolean also make text of PDFs and web pages, by a program; default true for find(), false for find_all()
--- @field kinds? string[] what find_all() looks for, default figures and quotes

--- What the sources have for a fact of the article.
--- @class galley.SourceFact
--- @field start integer byte of the article
--- @field end integer
--- @field kind string
--- @field best? galley.SourceCandidate
--- @field nearest? galley.SourceCandidate when there is no best: the same thing with another value

--- Takes over the place in the file of a candidate from the core.
--- @param index galley.SourceIndex
--- @param found table
--- @return galley.SourceCandidate?
local function located(index, found)
  local entry = index.by_id[found.source]
  if not entry then
    return nil
  end
  local row, col, label = indexes.place(entry, found.start_row, found.start_col)
  local end_row, end_col = indexes.place(entry, found.end_row, math.max(0, found.end_col - 1))
  found.place = {
    path = entry.path,
    file = indexes.file(entry),
    row = row,
    col = col,
    end_row = end_row,
    end_col = end_col + 1,
    label = label,
    marks = {},
  }
  for _, match in ipairs(found.matches or {}) do
    local from, first = indexes.place(entry, match[1], match[2])
    local to, last = indexes.place(entry, match[1], math.max(match[2], match[3] - 1))
    if from == to and last >= first then
      table.insert(found.place.marks, { row = from, col = first, end_col = last + 1 })
    end
  end
  return found
end

--- The sources of an article, in the order in which it names them.
--- @param buf? integer default the current buffer
--- @return galley.Source[] empty when it has none or is not annotated
function M.for_buffer(buf)
  local index = indexes.get(buffers.number(buf))
  return vim.tbl_map(function(entry)
    return {
      id = entry.id,
      path = entry.path,
      name = entry.name,
      format = entry.format,
      state = entry.state,
      message = entry.message,
      named_at = entry.named_at,
    }
  end, index and index.entries or {})
end

--- Candidates for the figure, quote, date or name at a place of the article, best first.
--- @param buf? integer default the current buffer
--- @param row? integer default the cursor's; both or none
--- @param col? integer
--- @param query? galley.SourceQuery
--- @return galley.SourceCandidate[]
--- @return boolean complete false while sources are being read: ask again after `User GalleySources`
--- @return galley.SourceCandidate? nearest when there is none: the same thing with another value
function M.find(buf, row, col, query)
  buf = buffers.number(buf)
  if not row or not col then
    local cursor = vim.api.nvim_win_get_cursor(0)
    row, col = cursor[1] - 1, cursor[2]
  end
  local index = indexes.get(buf)
  if not index then
    return {}, true
  end
  local complete = indexes.want(index, not query or query.convert ~= false, PATIENCE)
  local doc = index.set and buffers.document(buf)
  local found = doc and index.set:find(doc, row, col) or {}
  local candidates = {}
  for _, candidate in ipairs(found) do
    table.insert(candidates, located(index, candidate))
  end
  return candidates, complete, found.nearest and located(index, found.nearest)
end

--- The best candidate for each fact in rows of the article.
--- @param buf? integer default the current buffer
--- @param first? integer first row, default 0
--- @param last? integer row after the last, default -1 (to the end)
--- @param query? galley.SourceQuery
--- @return galley.SourceFact[] not to be changed
--- @return boolean complete false when a source has not been read (yet)
function M.find_all(buf, first, last, query)
  buf = buffers.number(buf)
  local index = indexes.get(buf)
  if not index then
    return {}, true
  end
  local complete = indexes.want(index, query ~= nil and query.convert == true, PATIENCE)
  local doc = index.set and buffers.document(buf)
  if not doc then
    return {}, complete
  end
  local kinds = query and query.kinds
  local mask = kinds and require("galley.kinds").mask(kinds) or nil
  local key = ("%d %d %d %d %s"):format(
    index.tick,
    index.generation,
    first or 0,
    last or -1,
    tostring(mask)
  )
  if not index.all or index.all.key ~= key then
    local facts = index.set:find_all(doc, first or 0, last or -1, mask) or {}
    for _, fact in ipairs(facts) do
      fact.best = fact.best and located(index, fact.best)
      fact.nearest = fact.nearest and located(index, fact.nearest)
    end
    index.all = { key = key, value = facts }
  end
  return index.all.value, complete
end

--- Calls back when all sources of an article that can be read have been: at once, when they have.
--- @param buf? integer default the current buffer
--- @param callback fun()
--- @param query? galley.SourceQuery
function M.ready(buf, callback, query)
  local index = indexes.get(buffers.number(buf))
  if not index then
    callback()
    return
  end
  indexes.want(index, not query or query.convert ~= false, PATIENCE)
  indexes.when_idle(index, callback)
end

--- Reads all sources of an article before it returns: for programs without a screen.
--- @param buf? integer default the current buffer
--- @param query? galley.SourceQuery
--- @param timeout? integer milliseconds, default 120000
--- @return boolean complete
function M.wait(buf, query, timeout)
  local done = false
  M.ready(buf, function()
    done = true
  end, query)
  return vim.wait(timeout or 120000, function()
    return done
  end, 2)
end

--- Stops the reading of sources. The next question starts it again.
--- @param buf? integer default the current buffer
--- @return integer count of sources that were being read
function M.cancel(buf)
  return indexes.cancel(buffers.number(buf))
end

return M
