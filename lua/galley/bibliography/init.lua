-- The bibliography of an article: files that its front matter names in `bibliography:`, in BibTeX
-- (.bib) or CSL-JSON (.json), and the entries that citations such as [@key, p. 12] ask for.
--
-- They are read when somebody asks, inside the same folders as sources, and again when they change.

local api = vim.api

local M = {}

local LIMIT = 16 * 1024 * 1024 -- bytes of a file

--- @alias galley.BibFile {stamp: string, entries: galley.BibEntry[], by_key: table<string, galley.BibEntry>}

--- @type table<string, galley.BibFile> by path
local files = {}

--- @param path string
--- @param text string
--- @return galley.BibEntry[]
local function parse(path, text)
  text = text:gsub("^\239\187\191", "")
  if path:lower():find("%.json$") then
    return require("galley.bibliography.csl").parse(text) or {}
  end
  return require("galley.bibliography.bibtex").parse(text)
end

--- @param path string
--- @param stamp string
--- @param size integer
--- @return galley.BibFile
local function read(path, stamp, size)
  local file = files[path]
  if file and file.stamp == stamp then
    return file
  end
  local text = size > 0 and require("galley.source.file").read(path, 0, size) or ""
  file = { stamp = stamp, entries = parse(path, text), by_key = {} }
  for _, entry in ipairs(file.entries) do
    file.by_key[entry.key] = file.by_key[entry.key] or entry
  end
  files[path] = file
  return file
end

--- The values of a field of front matter, one or a list.
--- @param value any
--- @return string[]
local function list(value)
  return type(value) == "table" and value or type(value) == "string" and { value } or {}
end

--- A bibliography of an article.
--- @class galley.Bibliography
--- @field name string as the front matter writes it
--- @field path string
--- @field entries galley.BibEntry[]
--- @field by_key table<string, galley.BibEntry>
--- @field message? string why it has none

--- The bibliographies of an article, in the order in which it names them.
--- @param buf? integer default the current buffer
--- @return galley.Bibliography[]
function M.for_buffer(buf)
  buf = require("galley.buffer").number(buf)
  local paths = require("galley.source.path")
  local folder = paths.folder(buf)
  local names = folder and list(require("galley.frontmatter").read(buf).bibliography) or {}
  if #names == 0 then
    return {}
  end
  local settings = require("galley.config").get()
  local roots = paths.roots(folder, settings.source_roots)
  local limit = math.min(LIMIT, settings.source_limit)
  return vim.tbl_map(function(name)
    local found = paths.resolve(name, folder, roots, limit)
    local bibliography = { name = name, path = found.path, entries = {}, by_key = {} }
    if found.state == "waiting" then
      local file = read(found.path, found.mtime, found.size)
      bibliography.entries, bibliography.by_key = file.entries, file.by_key
    else
      bibliography.message = found.message
    end
    return bibliography
  end, names)
end

--- "Lindqvist and Berg 2018: Counting twice".
--- @param entry galley.BibEntry
--- @return string
function M.label(entry)
  local names = entry.authors
  local who = names[1]
  if #names == 2 then
    who = names[1] .. " and " .. names[2]
  elseif #names > 2 then
    who = names[1] .. " et al."
  end
  local year = entry.fields.year or (entry.fields.date or ""):match("^%d%d%d%d")
  local head = table.concat(
    vim.tbl_filter(function(part)
      return part ~= ""
    end, { who or "", year or "" }),
    " "
  )
  local title = entry.fields.title
  if not title or title == "" then
    title = entry.key
  end
  return head ~= "" and ("%s: %s"):format(head, title) or title
end

--- The entry whose first author and year a citation such as "Smith et al., 2018" gives.
--- @param bibliography galley.Bibliography
--- @param label string
--- @return galley.BibEntry?
local function by_author(bibliography, label)
  local name, year = label:match("^([^%s,(&]+).-(%d%d%d%d)%a?%)?$")
  if not name then
    return nil
  end
  for _, entry in ipairs(bibliography.entries) do
    local first = entry.authors[1]
    local stated = entry.fields.year or entry.fields.date or ""
    local head = first and first:match("^[^%s,]+") or ""
    if stated:sub(1, 4) == year and (first == name or head:lower() == name:lower()) then
      return entry
    end
  end
end

--- Where a bibliography has what a citation cites.
--- @class galley.BibTarget
--- @field path string
--- @field row integer
--- @field col integer
--- @field label string
--- @field entry galley.BibEntry

--- What a citation cites, by key or by author and year; nil when no bibliography has it.
--- @param buf? integer default the current buffer
--- @param span galley.Span
--- @return galley.BibTarget?
function M.of(buf, span)
  local by_key = span.type == "key"
  if span.kind ~= "citation" or not span.label or not (by_key or span.type == "author") then
    return nil
  end
  for _, bibliography in ipairs(M.for_buffer(buf)) do
    local entry
    if by_key then
      entry = bibliography.by_key[span.label]
    else
      entry = by_author(bibliography, span.label)
    end
    if entry then
      local locator = by_key and span.text:match("[,%s]%s*(pp?%.[^%];]+)")
      return {
        path = bibliography.path,
        row = entry.row,
        col = entry.col,
        label = M.label(entry) .. (locator and ", " .. vim.trim(locator) or ""),
        entry = entry,
      }
    end
  end
end

--- What the citation at a place of an article cites.
--- @param buf? integer default the current buffer
--- @param row integer
--- @param col integer
--- @return galley.BibTarget?
function M.target(buf, row, col)
  buf = require("galley.buffer").number(buf)
  local doc = require("galley.buffer").document(buf)
  local span = doc and doc:span_at(row, col, require("galley.kinds").mask({ "citation" }))
  return span and M.of(buf, span)
end

--- Rows for the window of `:Galley inspect`: what a citation cites, and by what a figure or quote is
--- borne out.
--- @param buf integer
--- @param span galley.Span
--- @return {[1]: string, [2]: string}[]
function M.rows(buf, span)
  local rows = {}
  local target = M.of(buf, span)
  if target then
    rows[1] = { "cites", target.label }
    rows[2] = { "in", ("%s:%d"):format(vim.fn.fnamemodify(target.path, ":~:."), target.row + 1) }
  elseif span.citations then
    local doc = require("galley.buffer").document(buf)
    local text = doc and doc:text() or ""
    local marks = vim.tbl_map(function(citation)
      return text:sub(citation.start + 1, citation["end"])
    end, span.citations)
    rows[1] = { "cited", table.concat(marks, ", ") }
  end
  return rows
end

-- A bibliography that is edited in Neovim is read again by its time; what was read of files that no
-- article needs any more goes with the articles.
api.nvim_create_autocmd("BufUnload", {
  group = api.nvim_create_augroup("galley.bibliography", {}),
  callback = function()
    vim.schedule(function()
      if next(require("galley.buffer").attached) == nil then
        files = {}
      end
    end)
  end,
})

return M
