-- Reads BibTeX: entries, fields in braces or quotation marks, strings, comments. What cannot be read
-- is skipped up to the next "@"; nothing is executed and nothing grows.

local M = {}

local MOST = 100000 -- entries of a file
local LONGEST = 4096 -- bytes of a field that are kept
local WIDEST = 262144 -- bytes in which a value must end
local MOST_UNENDED = 200 -- values without an end, after which the rest of a file is no BibTeX
local MONTHS =
  { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" }

--- An entry of a bibliography.
--- @class galley.BibEntry
--- @field key string
--- @field type string
--- @field row integer of the file, where the key stands
--- @field col integer
--- @field fields table<string, string> by name in lower case, as text without markup
--- @field authors string[] family names

-- What a letter looks like under an accent of TeX.
local ACCENTS = {
  ["'"] = { "aáeéiíoóuúyýcćnńsśzźAÁEÉIÍOÓUÚYÝCĆNŃSŚZŹ" },
  ["`"] = { "aàeèiìoòuùAÀEÈIÌOÒUÙ" },
  ["^"] = { "aâeêiîoôuûAÂEÊIÎOÔUÛ" },
  ['"'] = { "aäeëiïoöuüyÿAÄEËIÏOÖUÜ" },
  ["~"] = { "aãnñoõAÃNÑOÕ" },
  ["="] = { "aāeēiīoōuūAĀEĒIĪOŌUŪ" },
  ["c"] = { "cçsşCÇSŞ" },
  ["v"] = { "cčsšzžrřeěCČSŠZŽRŘEĚ" },
  ["r"] = { "aåuůAÅUŮ" },
  ["u"] = { "aăgğAĂGĞ" },
  ["H"] = { "oőuűOŐUŰ" },
  ["k"] = { "aąeęAĄEĘ" },
}
for _, pairs_of in pairs(ACCENTS) do
  for plain, accented in pairs_of[1]:gmatch("(%a)([\194-\244][\128-\191]+)") do
    pairs_of[plain] = accented
  end
end

local SYMBOLS =
  { ss = "ß", o = "ø", O = "Ø", l = "ł", L = "Ł", ae = "æ", AE = "Æ", aa = "å", AA = "Å" }
SYMBOLS.oe, SYMBOLS.OE, SYMBOLS.i, SYMBOLS.j = "œ", "Œ", "i", "j"

--- @param accent string
--- @param letter string
--- @return string
local function accented(accent, letter)
  return ACCENTS[accent] and ACCENTS[accent][letter] or letter
end

--- A field as text: braces, commands and ties of TeX taken out.
--- @param text string
--- @return string
local function plain(text)
  text = text:gsub("\\([%'`%^\"~=])%s*{?\\?(%a)}?", accented)
  text = text:gsub("\\([cvruHk])%s*{(%a)}", accented)
  text = text:gsub("\\([cvruHk])%s+(%a)", accented)
  text = text:gsub("\\(%a+)%s*", function(name)
    return SYMBOLS[name] or ""
  end)
  text = text:gsub("\\(.)", "%1"):gsub("[{}]", ""):gsub("~", " ")
  text = text:gsub("%-%-%-?", "–")
  return vim.trim((text:gsub("%s+", " ")))
end

--- Family names of "Lindqvist, Anna and Bo Berg and others".
--- @param text string raw
--- @return string[]
local function families(text)
  local names = {}
  -- A name in braces is that of a body; an "and" in it joins nothing.
  local depth, start = 0, 1
  local pieces = {}
  for at = 1, #text do
    local byte = text:byte(at)
    if byte == 0x7b then
      depth = depth + 1
    elseif byte == 0x7d then
      depth = depth - 1
    elseif depth == 0 and text:find("^%s+and%s", at) and at >= start then
      pieces[#pieces + 1] = text:sub(start, at - 1)
      start = select(2, text:find("^%s+and%s+", at)) + 1
    end
  end
  pieces[#pieces + 1] = text:sub(start)
  for _, piece in ipairs(pieces) do
    piece = vim.trim(piece)
    local family
    if piece:find("^{.*}$") then
      family = plain(piece)
    else
      local words = plain(piece)
      family = words:match("^([^,]+),") or words:match("(%S+)$")
    end
    if family and family ~= "others" then
      names[#names + 1] = family
    end
  end
  return names
end

--- @class galley.BibReader
--- @field text string
--- @field at integer
--- @field strings table<string, string>
--- @field unended integer values without an end so far

--- The value in braces or quotation marks that begins at the reader's place, without them.
--- @param reader galley.BibReader
--- @return string? value nil when it has no end
local function delimited(reader)
  local text, open = reader.text, reader.text:sub(reader.at, reader.at)
  local depth, from = 0, reader.at + 1
  while true do
    local at = text:find('[{}"\\]', from)
    if not at or at - reader.at > WIDEST then
      reader.unended = reader.unended + 1
      return nil
    end
    local char = text:sub(at, at)
    local ends = depth == 0 and (char == "}" and open == "{" or char == '"' and open == '"')
    if ends then
      local value = text:sub(reader.at + 1, at - 1)
      reader.at = at + 1
      return value
    elseif char == "\\" then
      at = at + 1
    elseif char == "{" then
      depth = depth + 1
    elseif char == "}" then
      depth = depth - 1
      if depth < 0 then
        return nil
      end
    end
    from = at + 1
  end
end

--- @param reader galley.BibReader
--- @param pattern string anchored
--- @return string?
local function take(reader, pattern)
  local first, last, capture = reader.text:find(pattern, reader.at)
  if first then
    reader.at = last + 1
    return capture or ""
  end
end

--- A value: pieces joined by "#".
--- @param reader galley.BibReader
--- @return string?
local function value(reader)
  local parts = {}
  repeat
    take(reader, "^%s+")
    local char = reader.text:sub(reader.at, reader.at)
    local part
    if char == "{" or char == '"' then
      part = delimited(reader)
    else
      local word = take(reader, '^([^%s,#{}"()=]+)')
      part = word and (reader.strings[word:lower()] or word)
    end
    if not part then
      return nil
    end
    parts[#parts + 1] = part:sub(1, LONGEST)
    take(reader, "^%s+")
  until not take(reader, "^#") or #parts > 100
  return table.concat(parts):sub(1, LONGEST)
end

--- The fields up to the end of an entry.
--- @param reader galley.BibReader
--- @return table<string, string> raw
local function fields(reader)
  local raw = {}
  while true do
    take(reader, "^[%s,]+")
    local name = take(reader, "^([%w_:.+/-]+)%s*=")
    if not name then
      take(reader, "^[})]")
      return raw
    end
    local found = value(reader)
    if not found then
      return raw
    end
    raw[name:lower()] = raw[name:lower()] or found
  end
end

--- @param reader galley.BibReader
--- @param type string
--- @param row integer
--- @param col integer
--- @param key string
--- @return galley.BibEntry
local function entry_of(reader, type, row, col, key)
  local raw = fields(reader)
  local texts = {}
  for name, text in pairs(raw) do
    texts[name] = plain(text)
  end
  return {
    key = key,
    type = type,
    row = row,
    col = col,
    fields = texts,
    authors = families(raw.author or raw.editor or ""),
  }
end

--- The row of a place, counted on from an earlier one.
--- @param text string
--- @param row integer
--- @param line_start integer where that row begins, from 1
--- @param at integer
--- @return integer row
--- @return integer line_start
function M.row_at(text, row, line_start, at)
  while true do
    local newline = text:find("\n", line_start, true)
    if not newline or newline >= at then
      return row, line_start
    end
    row, line_start = row + 1, newline + 1
  end
end

--- The entries of a file, in their order.
--- @param text string
--- @return galley.BibEntry[]
function M.parse(text)
  --- @type galley.BibReader
  local reader = { text = text, at = 1, strings = {}, unended = 0 }
  for _, month in ipairs(MONTHS) do
    reader.strings[month] = month
  end
  local entries = {}
  local row, line_start = 0, 1 -- of the place that rows were counted up to
  while #entries < MOST and reader.unended < MOST_UNENDED do
    local first, last, type = text:find("@%s*(%a+)%s*[{(]", reader.at)
    if not first then
      break
    end
    reader.at, type = last + 1, type:lower()
    if type == "string" then
      take(reader, "^%s+")
      local name = take(reader, "^([%w_:.+/-]+)%s*=")
      reader.strings[(name or ""):lower()] = name and value(reader) or nil
    elseif type == "comment" or type == "preamble" then
      reader.at = last
      reader.at = delimited(reader) and reader.at or last + 1
    else
      local blank = select(2, text:find("^%s*", reader.at))
      reader.at = blank + 1
      local at, key = reader.at, take(reader, '^([^%s,{}()"=#%%]+)%s*,?')
      if key then
        row, line_start = M.row_at(text, row, line_start, at)
        entries[#entries + 1] = entry_of(reader, type, row, at - line_start, key)
      end
    end
  end
  return entries
end

return M
