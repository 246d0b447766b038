-- Lines of HTML: tags and character references.

local line = require("galley.prose.line")
local elements = require("galley.prose.formats").elements

local JOIN, OBJECT, BREAK, SPACE = line.JOIN, line.OBJECT, line.BREAK, line.SPACE

--- @type galley.prose.Lexer
local M = { plain = "*_~`|\\" }

--- @type table<string, integer|string> how a tag is read; a string is Markdown's mark of the block
local tags =
  { br = SPACE, img = OBJECT, input = OBJECT, object = OBJECT, video = OBJECT, li = "- " }
for level = 1, 6 do
  tags["h" .. level] = ("#"):rep(level) .. " "
end
local BLOCKS = "html head body title header footer main nav section article aside address p div hr pre "
  .. "blockquote ol ul menu dl dt dd figure figcaption table caption colgroup col thead tbody tfoot "
  .. "tr td th form fieldset legend label button option optgroup select textarea details summary "
  .. "dialog center hgroup search noscript template script style iframe audio canvas link meta base"
for name in BLOCKS:gmatch("%S+") do
  tags[name] = BREAK
end

--- @type table<string, integer> code points; what is not here stands in the sentence and says nothing
local characters = {
  amp = 38,
  lt = 60,
  gt = 62,
  quot = 34,
  apos = 39,
  nbsp = SPACE,
  ensp = SPACE,
  emsp = SPACE,
  thinsp = SPACE,
  shy = JOIN,
  zwj = JOIN,
  zwnj = JOIN,
  ldquo = 0x201c,
  rdquo = 0x201d,
  lsquo = 0x2018,
  rsquo = 0x2019,
  sbquo = 0x201a,
  bdquo = 0x201e,
  laquo = 0xab,
  raquo = 0xbb,
  ndash = 0x2013,
  mdash = 0x2014,
  minus = 0x2212,
  hellip = 0x2026,
  pound = 0xa3,
  euro = 0x20ac,
  yen = 0xa5,
  cent = 0xa2,
  sect = 0xa7,
  deg = 0xb0,
  frac12 = 0xbd,
  frac14 = 0xbc,
  frac34 = 0xbe,
  times = 0xd7,
  middot = 0xb7,
  bull = 0x2022,
  iexcl = 0xa1,
  iquest = 0xbf,
}
-- The letters of Latin-1, in its order from 0xc0 on.
local LETTERS = "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave "
  .. "Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml - Oslash Ugrave Uacute Ucirc Uuml "
  .. "Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml "
  .. "igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml - oslash ugrave uacute ucirc "
  .. "uuml yacute thorn yuml"
do
  local code = 0xc0
  for name in LETTERS:gmatch("%S+") do
    characters[name] = name ~= "-" and code or nil
    code = code + 1
  end
end

--- @param name string of a character reference
--- @return integer
local function character(name)
  local number = name:match("^#(%d+)$")
  local code = number and tonumber(number, 10) or nil
  if not code then
    local hex = name:match("^#[xX](%x+)$")
    code = hex and tonumber(hex, 16) or characters[name]
  end
  if code == 0xa0 or code == 9 or code == 10 then
    return SPACE
  end
  -- A control character would be markup to the core.
  local named = characters[name] ~= nil
  return code and (named or code > 0x20) and code <= 0x10ffff and code or OBJECT
end

--- Where the tag that begins at byte `at` ends, in its line; nil: further down.
--- @param text string
--- @param at integer
--- @return integer?
local function tag_end(text, at)
  while true do
    local found, _, mark = text:find("([\"'>])", at)
    if not found or mark == ">" then
      return found
    end
    at = text:find(mark, found + 1, true)
    if not at then
      return nil
    end
    at = at + 1
  end
end

--- The line in small letters, made once.
--- @param out galley.prose.Line
--- @return string
local function lowered(out)
  out.lowered = out.lowered or out.text:lower()
  return out.lowered
end

--- A tag whose content is no prose: up to its end, if that is in the line.
--- @param out galley.prose.Line
--- @param text string
--- @param at integer behind the tag
--- @param name string
--- @return integer at
local function pass_content(out, text, at, name)
  local close = lowered(out):find("</" .. name .. "[%s>]", at)
  local ends = close and close - 1 or #text
  out:add(at - 1, ends, elements[name] == "object" and OBJECT or BREAK)
  return ends + 1
end

--- @param out galley.prose.Line
--- @param text string
--- @param at integer of its "<", from 1
--- @return integer at behind it
local function pass_tag(out, text, at)
  if text:find("^<!%-%-", at) then
    local _, ends = text:find("-->", at, true)
    out:add(at - 1, ends or #text, JOIN)
    return (ends or #text) + 1
  end
  local closing, name = text:match("^<(/?)([%a][%w:-]*)", at)
  if not name and not text:find("^<[!?]", at) then
    return at + 1
  end
  local ends = tag_end(text, at) or #text
  name = (name or "html"):lower()
  local code = tags[name] or JOIN
  if type(code) == "string" then
    out:block(at - 1, ends, closing == "" and code or "")
  else
    out:add(at - 1, ends, code)
  end
  if closing == "" and elements[name] and text:sub(ends - 1, ends) ~= "/>" then
    return pass_content(out, text, ends + 1, name)
  end
  return ends + 1
end

--- @param out galley.prose.Line
--- @param text string
--- @param from integer
local function scan(out, text, from)
  out:scan("[<&]", from, function(at, mark)
    if mark == "<" then
      return pass_tag(out, text, at)
    end
    local _, ends, name = text:find("^&(#?%w+);", at)
    if name then
      out:add(at - 1, ends, character(name))
    end
    return (ends or at) + 1
  end)
end

-- How far up the beginning of an element is looked for, where no parser tells.
local LOOK_BACK = 200

--- The element without prose that is open where a row begins.
--- @param prose galley.Prose
--- @param row integer
--- @return string?
local function open_element(prose, row)
  local known = prose.head
  if known and known.row == row then
    return known.name
  end
  local above = vim.api.nvim_buf_get_lines(prose.buf, math.max(0, row - LOOK_BACK), row, false)
  for index = #above, 1, -1 do
    local closing, name
    for mark, word in above[index]:gmatch("<(/?)(%a+)") do
      word = word:lower()
      if elements[word] == "code" then
        closing, name = mark, word
      end
    end
    if name then
      return closing == "" and name or nil
    end
  end
end

--- Notes what is open behind a line.
--- @param prose galley.Prose
--- @param text string
--- @param row integer
--- @param name? string
local function keep_open(prose, text, row, name)
  for closing, word in text:gmatch("<(/?)(%a+)") do
    word = word:lower()
    if name and closing == "/" and word == name then
      name = nil
    elseif not name and closing == "" and elements[word] == "code" then
      name = word
    end
  end
  prose.head = { row = row + 1, name = name }
end

--- @param out galley.prose.Line
--- @param text string
--- @param row integer
--- @param prose galley.Prose
function M.line(out, text, row, prose)
  local from = 0
  if not (prose.zones and prose.zones.name == "treesitter") then
    local name = open_element(prose, row)
    keep_open(prose, text, row, name)
    if name then
      local close = lowered(out):find("</" .. name .. "[%s>]")
      if not close then
        return out:whole(BREAK)
      end
      from = close - 1
      out:add(0, from, BREAK)
    end
  end
  local first = out.zones[1]
  local indent = (text:find("%S") or 1) - 1
  if first and first[3] == "tag" and first[1] <= indent and not text:find("^%s*<") then
    local ends = text:find(">", 1, true) or #text -- of a tag that began further up
    out:add(from, ends, SPACE)
    from = ends
  end
  scan(out, text, from)
  -- A line's end is a blank, and its beginning never a mark.
  out:add(#text, #text + 1, SPACE)
end

return M
