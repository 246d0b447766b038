-- Lines of Typst: headings, functions, formulas, comments.

local line = require("galley.prose.line")

local JOIN, OBJECT, BREAK, SPACE = line.JOIN, line.OBJECT, line.BREAK, line.SPACE

--- @type galley.prose.Lexer
local M = { plain = "~|<" }

-- Rules and statements: lines that set no prose.
local STATEMENTS =
  { set = true, let = true, show = true, import = true, include = true, pagebreak = true }

--- A function at byte `at`, with its arguments in round brackets.
--- @param out galley.prose.Line
--- @param text string
--- @param at integer
--- @return integer at behind it
local function pass_function(out, text, at)
  local _, ends = text:find("^#[%a][%w.-]*", at)
  if not ends then
    return at + 1
  end
  local _, arguments = text:find("^%b()", ends + 1)
  if not arguments and text:sub(ends + 1, ends + 1) == "(" then
    arguments = #text
  end
  ends = arguments or ends
  local content = text:sub(ends + 1, ends + 1) == "["
  out:add(at - 1, ends, content and JOIN or OBJECT)
  return ends + 1
end

--- What a mark at byte `at` begins: how it is read, nil for as it is, and the last byte of it.
--- @param text string
--- @param at integer
--- @param mark string
--- @return integer? code
--- @return integer ends
local function read_mark(text, at, mark)
  if mark == "$" then
    return OBJECT, text:find("$", at + 1, true) or #text
  elseif mark == "/" and text:find("^//", at) and text:sub(at - 1, at - 1) ~= ":" then
    return JOIN, #text
  elseif mark == "/" and text:find("^/%*", at) then
    return JOIN, select(2, text:find("*/", at, true)) or #text
  elseif mark == "@" and text:find("^@[%a][%w:._-]*", at) then
    return OBJECT, select(2, text:find("^@[%a][%w:._-]*%f[^%w]", at)) or at
  elseif mark == "<" and text:find("^<[%a][%w:._-]*>", at) then
    return JOIN, text:find(">", at, true) --[[@as integer]]
  elseif mark == "\\" then
    return at < #text and JOIN or SPACE, at
  elseif mark == "~" then
    return SPACE, at
  elseif mark == "[" or mark == "]" then
    return JOIN, at
  elseif text:find("^%-%-%-%f[^-]", at) then
    return 0x2014, at + 2
  end
  return nil, at
end

--- @param out galley.prose.Line
--- @param text string
--- @param from integer
local function scan(out, text, from)
  out:scan("[#$/@<\\~%[%]-]", from, function(at, mark)
    if mark == "#" then
      return pass_function(out, text, at)
    end
    local code, ends = read_mark(text, at, mark)
    if code then
      out:add(at - 1, ends, code)
    end
    return ends + (mark == "\\" and 2 or 1) -- with what it makes plain
  end)
end

--- @param out galley.prose.Line
--- @param text string
function M.line(out, text)
  local statement = text:match("^%s*#(%a+)")
  if statement and STATEMENTS[statement] then
    return out:whole(BREAK)
  end
  local marks = text:match("^(=+)%s")
  if marks then
    for at = 1, #marks do
      out:add(at - 1, at, 35)
    end
  end
  if text:find("^%+ ") then
    out:add(0, 1, 45)
  end
  scan(out, text, marks and #marks or 0)
end

return M
