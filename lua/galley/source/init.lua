-- The sources of an article: what it rests on, and where they say what it says.
--
-- Nothing is read before somebody asks. The first question starts the indexing, which goes on in
-- small slices; `User GalleySources` (data = { buf = }) tells whenever the state of a source changes.

local M = {}

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
--- @field row integer
--- @field col integer
--- @field end_row integer
--- @field end_col integer
--- @field label? string "p. 3", "00:12:31", "row Orders, column 2025"

--- A place of a source that may say what a span of the article says.
--- @class galley.SourceCandidate
--- @field source integer galley.Source.id
--- @field kind string
--- @field score number 0 to 1
--- @field verdict string "equal", "rounds", "computed", "verbatim", "elided", "altered"
--- @field reason string
--- @field differences {expected: string, found: string, kind: string}[]
--- @field place galley.SourcePlace

--- @param buf? integer default the current buffer
--- @return galley.Source[]
function M.for_buffer(buf) -- luacheck: ignore
  return {}
end

--- Candidates for the figure, quote, date or name at a place of the article, best first.
--- @param buf? integer default the current buffer
--- @param row? integer default the cursor's; both or none
--- @param col? integer
--- @return galley.SourceCandidate[]
--- @return boolean complete false while sources are being indexed: ask again after `User GalleySources`
function M.find(buf, row, col) -- luacheck: ignore
  return {}, true
end

--- The best candidate for each fact in rows of the article.
--- @param buf? integer default the current buffer
--- @param first? integer first row, default 0
--- @param last? integer row after the last, default -1 (to the end)
--- @return {start: integer, end: integer, kind: string, best?: galley.SourceCandidate}[]
--- @return boolean complete false while sources are being indexed, or when one cannot be read
function M.find_all(buf, first, last) -- luacheck: ignore
  return {}, true
end

return M
