-- What the fuzzer tries on the readers written in Lua, and what must hold whatever the bytes are: no
-- error, rows and columns inside the text, valid UTF-8 stays valid, reading again gives the same.
--
-- A target takes an input and raises an error when something is wrong. The input's first byte says
-- which format it is in (the digits "0", "1", ... choose in order), so an input can be typed.

local M = {}

--- @param fine any
--- @param message string
--- @param ... any
local function check(fine, message, ...)
  if not fine then
    error(message:format(...), 0)
  end
end

--- @param text string
--- @return boolean
local function is_utf8(text)
  return require("galley.json").to_utf8(text) == text
end

--- @param text string
--- @return string[] as a buffer has them
local function lines_of(text)
  return vim.split(text, "\n", { plain = true })
end

--- @param lines string[]
--- @param row integer
--- @param col integer
--- @param what string
local function check_place(lines, row, col, what)
  local line = row >= 0 and lines[row + 1]
  check(line, "%s: row %s of %d", what, row, #lines)
  check(col >= 0 and col <= #line, "%s: column %s of %d in row %d", what, col, #line, row)
end

--- Every string in a value is valid UTF-8.
--- @param value any
--- @param what string
local function check_utf8(value, what)
  if type(value) == "string" then
    check(is_utf8(value), "%s: a character was cut: %q", what, value)
  elseif type(value) == "table" then
    for key, item in pairs(value) do
      check_utf8(key, what)
      check_utf8(item, what)
    end
  end
end

--- Calls a reader twice and compares.
--- @param text string
--- @param read fun(text: string): any
--- @return any
local function read_twice(text, read)
  local first = read(text)
  check(vim.deep_equal(first, read(text)), "reading again gives something else")
  if is_utf8(text) then
    check_utf8(first, "read")
  end
  return first
end

--- @param bytes string
--- @param formats fun(text: string)[]
local function choose(bytes, formats)
  if #bytes > 0 then
    formats[bytes:byte() % #formats + 1](bytes:sub(2))
  end
end

---- the article -------------------------------------------------------------------------------------

--- @param text string
--- @return table
local function document(text)
  local doc = assert(require("galley.core").load()).document()
  doc:set_text(text)
  return doc
end

--- @param text string
local function front_matter(text)
  local lines = lines_of(text)
  local found = read_twice(text, function()
    return require("galley.frontmatter").parse(lines)
  end)
  check(not found.last or found.last < #lines, "it ends behind the text")
  for _, item in ipairs(found.items) do
    check_place(lines, item.row, item.col, item.key)
    check_place(lines, item.row, item.end_col, item.key)
    check(item.col <= item.end_col, "%s ends before it begins", item.key)
    check(item.row < found.last, "%s stands behind the front matter", item.key)
    check(found.rows[item.key] <= item.row, "%s stands before its key", item.key)
  end
end

--- @param text string
local function ignores(text)
  local doc = document(text)
  local lines = lines_of(text)
  local found = read_twice(text, function()
    return require("galley.check.ignore").read(doc)
  end)
  for row in pairs(found.rows) do
    check(row >= 0 and row <= #lines, "an ignored row %d of %d", row, #lines)
  end
  for _, finding in ipairs(found.unknown) do
    check_place(lines, finding.start_row, finding.start_col, finding.message)
    check_place(lines, finding.end_row, finding.end_col, finding.message)
    check(text:sub(finding.start + 1, finding["end"]) == finding.text, "another word is marked")
    local line = lines[finding.start_row + 1]
    check(
      line:sub(finding.start_col + 1, finding.end_col) == finding.text,
      "another place is shown"
    )
  end
  doc:close()
end

--- @param text string
local function names(text)
  local reader = require("galley.names")
  local lines = lines_of(text)
  local found = read_twice(text, function()
    return { reader.parse(lines) }
  end)
  for _, name in ipairs(found[1]) do
    check(name.name ~= "", "a name is empty")
    check(vim.tbl_contains(reader.TYPES, name.type), "`%s` is no type", name.type)
    for _, alias in ipairs(name.aliases) do
      check(vim.trim(alias) == alias and alias ~= "", "an alias is blank")
    end
  end
  local doc = document(text)
  check(doc:set_names(found[1]), "the core does not take the names")
  doc:spans(0, -1)
  doc:close()
end

--- @param bytes string
function M.article(bytes)
  choose(bytes, { front_matter, ignores, names })
end

---- articles in other formats -----------------------------------------------------------------------

--- Lines of a format, read alone and in a buffer.
--- @param name string of a lexer
--- @return fun(text: string)
local function prose(name)
  return function(text)
    local module = require("galley.prose")
    local lexer = require("galley.prose.lexer." .. name)
    local lines = lines_of((text:gsub("%z", " "))) -- Neovim has a line break for it
    local buf = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_lines(buf, 0, -1, true, lines)
    local ranges = read_twice(text, function()
      return module.ranges({ buf = buf, lexer = lexer }, 0, #lines, lines)
    end)
    vim.api.nvim_buf_delete(buf, { force = true })
    local doc = document("")
    check(doc:set_plain(lexer.plain), "the core does not take the plain characters")
    -- The core refuses ranges that overlap, are out of order or outside the text.
    check(doc:set_lines(0, -1, lines, ranges), "the core does not take the ranges")
    check(doc:text() == table.concat(lines, "\n") .. "\n", "the text is another")
    doc:spans(0, -1)
    doc:close()
  end
end

--- @param bytes string
function M.prose(bytes)
  choose(bytes, {
    prose("html"),
    prose("tex"),
    prose("rst"),
    prose("asciidoc"),
    prose("typst"),
    prose("mail"),
  })
end

---- bibliographies ----------------------------------------------------------------------------------

--- @param entries galley.BibEntry[]
--- @param text string
local function check_entries(entries, text)
  local lines = lines_of(text)
  for _, entry in ipairs(entries) do
    check_place(lines, entry.row, entry.col, entry.key)
    check(type(entry.type) == "string", "%s has no type", entry.key)
    for name, value in pairs(entry.fields) do
      check(type(value) == "string", "field %s is no text", name)
    end
    for _, author in ipairs(entry.authors) do
      check(type(author) == "string", "an author is no text")
    end
    check(require("galley.bibliography").label(entry) ~= "", "%s has no label", entry.key)
  end
end

--- @param text string
local function bibtex(text)
  local entries = read_twice(text, require("galley.bibliography.bibtex").parse)
  check_entries(entries, text)
  local lines = lines_of(text)
  for _, entry in ipairs(entries) do
    local at = lines[entry.row + 1]:sub(entry.col + 1)
    check(vim.startswith(at, entry.key), "%s does not stand where it is said to", entry.key)
  end
end

--- @param text string
local function csl(text)
  local entries = read_twice(text, require("galley.bibliography.csl").parse)
  check_entries(entries or {}, text)
end

--- @param bytes string
function M.bibliography(bytes)
  choose(bytes, { bibtex, csl })
end

---- sources -----------------------------------------------------------------------------------------

--- Reads a source in pieces.
--- @param reader galley.SourceReader
--- @param text string
--- @param size integer of a piece
--- @return string? derived nil when the reader refuses it
local function feed(reader, text, size)
  local parts = {}
  for at = 1, #text, size do
    local derived, message = reader:feed(text:sub(at, at + size - 1))
    if not derived then
      check(type(message) == "string", "a text is refused without a reason")
      return nil
    end
    check(derived == "" or derived:sub(-1) == "\n", "a piece of derived text ends within a line")
    parts[#parts + 1] = derived
  end
  parts[#parts + 1] = reader:finish()
  return table.concat(parts)
end

--- @param reader galley.SourceReader
--- @param text string as a buffer has it
--- @param bytes string as the file has it, with its byte order mark
--- @param derived string
local function check_places(reader, text, bytes, derived)
  local lines, rows = lines_of(text), lines_of(derived)
  check(rows[#rows] == "", "the derived text ends within a line")
  check(reader.map.rows == #rows - 1, "%d rows, but %d are counted", #rows - 1, reader.map.rows)
  local function read(byte, length)
    return bytes:sub(byte + 1, byte + length)
  end
  for row = 0, math.min(#rows - 2, 200) do
    local length = #rows[row + 1]
    for _, col in ipairs({ 0, math.floor(length / 2), length }) do
      local file_row, file_col, label = reader:place(row, col, read)
      check_place(lines, file_row, file_col, ("place of %d, %d"):format(row, col))
      check(label == nil or type(label) == "string", "a label is no text")
    end
  end
end

--- @param name string
--- @param format string
--- @return fun(bytes: string)
local function source(name, format)
  return function(bytes)
    local module = require("galley.source.reader." .. name)
    local size, text = (bytes:byte() or 0) % 16 * 7, bytes:sub(2)
    local whole = module.new(format)
    local derived = feed(whole, text, math.max(1, #text))
    if not derived then
      return
    end
    if is_utf8(text) then
      check(is_utf8(derived), "a character was cut")
    end
    check_places(whole, whole.text or (text:gsub("^\239\187\191", "")), whole.text or text, derived)
    -- The first piece is never so small that a mark at the beginning is cut.
    if size > 0 then
      local pieces = module.new(format)
      check(feed(pieces, text, size) == derived, "read in pieces it is something else")
    end
  end
end

--- @param bytes string
function M.source(bytes)
  choose(bytes, {
    source("cue", "vtt"),
    source("cue", "srt"),
    source("table", "csv"),
    source("table", "tsv"),
    source("text", "text"),
    source("page", "pdf"),
  })
end

---- the ledger --------------------------------------------------------------------------------------

--- @param entry galley.ledger.Entry
--- @return table its fields, the line left out
local function fields_of(entry)
  local fields = vim.tbl_extend("force", {}, entry)
  fields.raw = nil
  return fields
end

--- @param entry galley.ledger.Entry
local function check_entry(entry)
  local entries = require("galley.ledger.entry")
  local line = entries.encode(entry)
  check(not line:find("\n", 1, true), "an entry takes more than a line")
  local again = entries.decode(line)
  check(again, "an entry cannot be read back: %s", line)
  check(entries.encode(again) == line, "written again an entry is another")
  return again
end

--- @param prepared galley.ledger.Text
--- @param entry galley.ledger.Entry
local function check_anchor(prepared, entry)
  -- What is merely alike costs too much to be looked for here, where the fact is long.
  local is_short = #entry.prefix + #entry.exact + #entry.suffix < 60
  local found = require("galley.ledger.anchor").find(prepared, entry, not is_short)
  if found then
    local fine = found.start >= 0 and found.start < found.finish and found.finish <= #prepared.text
    check(fine, "a place [%s, %s) of %d", found.start, found.finish, #prepared.text)
  end
end

--- @param text string
local function ledger(text)
  local store = require("galley.ledger.store")
  local lines = read_twice(text, store.parse)
  local raw = {}
  for index, line in ipairs(lines) do
    raw[index] = line.raw .. "\n"
  end
  check(vim.startswith(table.concat(raw), text), "a byte of the file is lost")
  local prepared = require("galley.ledger.anchor").prepare(text)
  for _, entry in ipairs(store.entries(lines)) do
    local again = check_entry(entry)
    if is_utf8(text) then
      check(vim.deep_equal(fields_of(entry), fields_of(again)), "an entry loses something")
    end
    check_anchor(prepared, entry)
  end
end

--- @param imports galley.ledger.Import[]?
--- @param text string
local function check_imports(imports, text)
  local prepared = require("galley.ledger.anchor").prepare(text)
  for _, import in ipairs(imports or {}) do
    local entry = vim.tbl_extend("force", import, {
      status = "queried",
      kind = "passage",
      exact = import.exact or "",
      prefix = import.prefix or "",
      suffix = import.suffix or "",
      start = 0,
      finish = 0,
      modified = import.modified or "",
    })
    check_entry(entry)
    check_anchor(prepared, entry)
  end
end

--- @param text string
local function brat(text)
  check_imports(
    read_twice(text, function()
      return require("galley.ledger.import.brat").parse(text, "article.ann")
    end),
    text
  )
end

--- @param text string
local function hypothesis(text)
  check_imports(read_twice(text, require("galley.ledger.import.hypothesis").parse), text)
end

--- The parts of a JSON text are those that a decoder sees.
--- @param text string
local function members(text)
  local reader, json = require("galley.ledger.members"), require("galley.json")
  check(vim.json.decode(json.string(text)) == json.to_utf8(text), "a string is not read back")
  local ok, value = pcall(vim.json.decode, text)
  if not ok or type(value) ~= "table" then
    reader.object(text)
    reader.array(text)
    return
  end
  local is_list = text:find("^%s*%[")
  local parts = is_list and reader.array(text) or reader.object(text)
  check(parts, "valid JSON is not read")
  local again = {}
  for index, part in ipairs(parts) do
    if is_list then
      again[index] = vim.json.decode(part)
    else
      again[part.key] = vim.json.decode(part.raw)
    end
  end
  check(vim.deep_equal(again, value), "the parts are not the whole")
end

--- @param bytes string
function M.ledger(bytes)
  choose(bytes, { ledger, brat, hypothesis, members })
end

return M
