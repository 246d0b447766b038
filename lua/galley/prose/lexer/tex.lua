-- Lines of TeX: commands, groups, formulas, comments.

local line = require("galley.prose.line")

local JOIN, OBJECT, BREAK, SPACE = line.JOIN, line.OBJECT, line.BREAK, line.SPACE

--- @type galley.prose.Lexer
local M = { plain = "*_|<[" }

--- How commands are read. A string is Markdown's mark of the block; "+n" behind a name in the lists
--- takes that many arguments in braces with it.
--- @type table<string, {[1]: integer|string, [2]: integer}>
local commands = {}

local function define(code, names)
  for name, count in names:gmatch("(%a+)%+?(%d*)") do
    commands[name] = { code, tonumber(count) or 0 }
  end
end

define("# ", "part chapter title")
define("## ", "section")
define("### ", "subsection subsubsection paragraph subparagraph")
define("- ", "item")
define(
  BREAK,
  "begin+1 end+1 par newline newpage clearpage maketitle tableofcontents hline toprule midrule "
    .. "bottomrule cline+1 cmidrule+1 centering raggedright noindent bigskip medskip smallskip appendix "
    .. "caption author documentclass+1 usepackage+1 input+1 include+1 bibliography+1 "
    .. "bibliographystyle+1 pagestyle+1 thispagestyle+1 hypersetup+1 setlength+2 setcounter+2 "
    .. "newcommand+2 renewcommand+2 providecommand+2 newenvironment+3 newtheorem+2 graphicspath+1"
)
define(
  OBJECT,
  "ref+1 eqref+1 pageref+1 autoref+1 cref+1 Cref+1 nameref+1 cite+1 citep+1 citet+1 citeauthor+1 "
    .. "citeyear+1 textcite+1 parencite+1 autocite+1 footcite+1 includegraphics+1 url+1 LaTeX TeX ensuremath+1"
)
define(
  JOIN,
  "label+1 index+1 nocite+1 vspace+1 hspace+1 textcolor+1 color+1 href+1 hyperref phantom+1 "
    .. "addcontentsline+3 fontsize+2 vphantom+1 hphantom+1 linebreak pagebreak nolinebreak"
)
define(SPACE, "quad qquad footnote thanks space")
for name, code in pairs({
  ldots = 0x2026,
  dots = 0x2026,
  textellipsis = 0x2026,
  pounds = 0xa3,
  textsterling = 0xa3,
  euro = 0x20ac,
  texteuro = 0x20ac,
  textdollar = 36,
  textendash = 0x2013,
  textemdash = 0x2014,
  textquotedblleft = 0x201c,
  textquotedblright = 0x201d,
  textquoteright = 0x2019,
  ss = 0xdf,
  ae = 0xe6,
  AE = 0xc6,
  oe = 0x153,
  OE = 0x152,
  aa = 0xe5,
  AA = 0xc5,
  o = 0xf8,
  O = 0xd8,
  l = 0x142,
  L = 0x141,
  i = 0x131,
}) do
  commands[name] = { code, 0 }
end

--- Letters with accents, by the accent's command: pairs of the letter and the whole.
local ACCENTS = {
  ["'"] = "aáeéiíoóuúyýcćnńsśzźAÁEÉIÍOÓUÚYÝCĆSŚZŹ",
  ["`"] = "aàeèiìoòuùAÀEÈIÌOÒUÙ",
  ["^"] = "aâeêiîoôuûAÂEÊIÎOÔUÛ",
  ['"'] = "aäeëiïoöuüyÿAÄEËIÏOÖUÜ",
  ["~"] = "aãnñoõAÃNÑOÕ",
  ["="] = "aāeēiīoōuūAĀEĒIĪOŌUŪ",
  ["."] = "zżeėZŻEĖIİ",
  c = "cçsşCÇSŞ",
  v = "cčsšzžrřeěCČSŠZŽRŘEĚ",
  r = "aåuůAÅUŮ",
  u = "aăgğAĂGĞ",
  H = "oőuűOŐUŰ",
  k = "aąeęAĄEĘ",
}
--- @type table<string, integer> code points by accent and letter
local accents = {}
for accent, letters in pairs(ACCENTS) do
  for letter, whole in letters:gmatch("(%a)([\192-\223][\128-\191])") do
    local a, b = whole:byte(1, 2)
    accents[accent .. letter] = (a - 192) * 64 + b - 128
  end
end

--- The end of a group in braces or brackets that begins at byte `at`; nil: not in this line.
--- @param text string
--- @param at integer
--- @param pair string
--- @return integer?
local function group_end(text, at, pair)
  local _, ends = text:find("^%b" .. pair, at)
  return ends
end

--- Behind the options and `count` arguments that follow byte `at`.
--- @param text string
--- @param at integer
--- @param count integer
--- @return integer
local function skip_arguments(text, at, count)
  while true do
    local pair = text:find("^%[", at) and "[]" or count > 0 and text:find("^{", at) and "{}" or nil
    if not pair then
      return at
    end
    local ends = group_end(text, at, pair)
    if not ends then
      return #text + 1
    end
    count = pair == "{}" and count - 1 or count
    at = ends + 1
  end
end

--- A command by name, at byte `at`.
--- @param out galley.prose.Line
--- @param text string
--- @param at integer
--- @param name string
--- @return integer at behind it
local function pass_command(out, text, at, name)
  local command = commands[name] or { JOIN, 0 }
  local code, count = command[1], command[2]
  local ends = at + 1 + #name
  local _, letter_end, letter = text:find("^%s*{?\\?(%a)}?", ends)
  if #name == 1 and letter and accents[name .. letter] then
    out:add(at - 1, letter_end, accents[name .. letter])
    return letter_end + 1
  end
  if name == "verb" then
    local mark = text:match("^%*?([^%s%a])", ends)
    local close = mark and text:find(mark, text:find(mark, ends, true) + 1, true) or #text
    out:add(at - 1, close, OBJECT)
    return close + 1
  end
  if text:sub(ends, ends) == "*" then
    ends = ends + 1
  end
  if (name == "begin" or name == "end") and text:find("^{[%a]*tabular", ends) then
    count = count + 1
  end
  ends = skip_arguments(text, ends, count)
  if type(code) == "string" then
    if text:sub(ends, ends) == "{" then
      ends = ends + 1
    end
    out:block(at - 1, ends - 1, code)
    return ends
  end
  -- A command eats the blanks behind it; the argument's brace is a mark like it.
  if count == 0 and code ~= OBJECT then
    ends = select(2, text:find("^%s*", ends)) + 1
  end
  out:add(at - 1, ends - 1, code)
  return ends
end

local PLAIN =
  { ["&"] = 38, ["%"] = 37, ["$"] = 36, ["#"] = 35, ["_"] = 95, ["{"] = 123, ["}"] = 125 }
local BLANK = { [" "] = true, [","] = true, [";"] = true, [":"] = true, [">"] = true, ["@"] = true }

--- A backslash at byte `at`.
--- @param out galley.prose.Line
--- @param text string
--- @param at integer
--- @return integer at behind what it begins
local function pass_backslash(out, text, at)
  local name = text:match("^%a+", at + 1)
  if name then
    return pass_command(out, text, at, name)
  end
  local mark = text:sub(at + 1, at + 1)
  local _, ends, letter = text:find("^{?\\?(%a)}?", at + 2)
  if letter and accents[mark .. letter] then
    out:add(at - 1, ends, accents[mark .. letter])
    return ends + 1
  end
  local close = mark == "(" and "\\)" or mark == "[" and "\\]" or nil
  if close then
    ends = select(2, text:find(close, at + 2, true)) or #text
    out:add(at - 1, ends, OBJECT)
    return ends + 1
  end
  local code = PLAIN[mark] or (BLANK[mark] and SPACE) or (mark == "\\" and BREAK) or JOIN
  ends = math.min(#text, at + 1)
  if mark == "\\" then
    ends = select(2, text:find("^%*?%[[^%[%]]*%]", ends + 1)) or ends
  end
  out:add(at - 1, ends, code)
  return ends + 1
end

--- @param out galley.prose.Line
--- @param text string
--- @param at integer
--- @return integer at behind the formula
local function pass_formula(out, text, at)
  local marks = text:match("^%$%$?", at)
  local _, ends = text:find(marks, at + #marks, true)
  while ends and text:sub(ends - #marks, ends - #marks) == "\\" do
    _, ends = text:find(marks, ends + 1, true)
  end
  ends = ends or #text
  out:add(at - 1, ends, OBJECT)
  return ends + 1
end

--- Dashes at byte `at`.
--- @param out galley.prose.Line
--- @param text string
--- @param at integer
--- @return integer at behind them
local function pass_dashes(out, text, at)
  local dashes = text:match("^%-+", at)
  if #dashes == 3 then
    out:add(at - 1, at + 2, 0x2014)
  elseif #dashes == 2 and text:find("^%d%-%-%d", at - 1) then
    out:add(at - 1, at, JOIN) -- one dash is left: a range
  end
  return at + #dashes
end

--- @param out galley.prose.Line
--- @param text string
--- @param from integer
local function scan(out, text, from)
  out:scan("[\\{}%%$~&-]", from, function(at, mark)
    if mark == "\\" then
      return pass_backslash(out, text, at)
    elseif mark == "$" then
      return pass_formula(out, text, at)
    elseif mark == "-" then
      return pass_dashes(out, text, at)
    elseif mark == "%" then
      local alone = not text:sub(1, at - 1):find("%S")
      out:add(alone and 0 or at - 1, #text + (alone and 1 or 0), JOIN)
      return #text + 1
    end
    out:add(at - 1, at, mark == "~" and SPACE or mark == "&" and BREAK or JOIN)
    return at + 1
  end)
end

-- A preamble has no more rows than this.
local PREAMBLE = 2000

--- @param text string
--- @return boolean
local function begins(text)
  return text:find("\\begin{document}", 1, true) ~= nil
end

--- Where the document begins.
--- @param prose galley.Prose
--- @param first integer
--- @param lines string[]
function M.head(prose, first, lines)
  if prose.head and first > prose.head and not vim.iter(lines):any(begins) then
    return
  end
  prose.head = 0
  for index, text in ipairs(vim.api.nvim_buf_get_lines(prose.buf, 0, PREAMBLE, false)) do
    if begins(text) then
      prose.head = index - 1
      return
    end
  end
end

--- @param out galley.prose.Line
--- @param text string
--- @param row integer
--- @param prose galley.Prose
function M.line(out, text, row, prose)
  local _, date = text:find("^%s*\\date{%f[%w]")
  if date then -- "date:", which the core takes for the article's
    out:add(0, date - 5, BREAK)
    out:add(date - 1, date, 58)
  elseif row < prose.head and not text:find("^%s*\\title") then
    return out:whole(BREAK)
  end
  scan(out, text, date or 0)
end

return M
