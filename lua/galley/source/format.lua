-- The formats that a source may have: told by the end of the file's name.

local M = {}

--- @class galley.SourceFormat
--- @field name string
--- @field reader string module galley.source.reader.* that makes derived text of it
--- @field filetype? string of a buffer with derived text; nil: the place is in the file itself
--- @field programs? string[] names in galley.source.program, best first; one of them makes the text

--- @type table<string, galley.SourceFormat>
M.formats = {
  text = { name = "text", reader = "text" },
  markdown = { name = "markdown", reader = "text" },
  csv = { name = "csv", reader = "table" },
  tsv = { name = "tsv", reader = "table" },
  vtt = { name = "vtt", reader = "cue" },
  srt = { name = "srt", reader = "cue" },
  pdf = { name = "pdf", reader = "page", programs = { "pdftotext" }, filetype = "text" },
  html = {
    name = "html",
    reader = "page",
    programs = { "pandoc", "w3m", "lynx" },
    filetype = "text",
  },
}

local BY_END = {
  txt = "text",
  text = "text",
  md = "markdown",
  markdown = "markdown",
  csv = "csv",
  tsv = "tsv",
  tab = "tsv",
  vtt = "vtt",
  srt = "srt",
  pdf = "pdf",
  html = "html",
  htm = "html",
  xhtml = "html",
}

--- The format that the end of a name tells; nil when it tells none.
--- @param path string
--- @return galley.SourceFormat?
function M.known(path)
  local name = BY_END[(path:match("%.(%w+)$") or ""):lower()]
  return name and M.formats[name]
end

--- The format of a file that is named as a source: text when its name tells nothing.
--- @param path string
--- @return galley.SourceFormat
function M.of(path)
  return M.known(path) or M.formats.text
end

return M
