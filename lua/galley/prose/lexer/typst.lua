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

--- @param out galley.prose.Line
--- @param text string
--- @param from integer
--- @param to integer
local function scan(out, text, from, to)
  local at = from + 1
  while true do
    at = text:find("[#$/@<\\~%[%]-]", at)
    if not at or at > to then
      return
    end
    local mark, code, ends = text:sub(at, at), nil, at
    if mark == "#" then
      at = pass_function(out, text, at)
    else
      if mark == "$" then
        code, ends = OBJECT, text:find("$", at + 1, true) or #text
      elseif mark == "/" and text:find("^//", at) and text:sub(at - 1, at - 1) ~= ":" then
        code, ends = JOIN, #text
      elseif mark == "/" and text:find("^/%*", at) then
        code, ends = JOIN, select(2, text:find("*/", at, true)) or #text
      elseif mark == "@" and text:find("^@[%a][%w:._-]*", at) then
        code, ends = OBJECT, select(2, text:find("^@[%a][%w:._-]*%f[^%w]", at)) or at
      elseif mark == "<" and text:find("^<[%a][%w:._-]*>", at) then
        code, ends = JOIN, text:find(">", at, true)
      elseif mark == "\\" then
        code, ends = at < #text and JOIN or SPACE, at
      elseif mark == "~" then
        code = SPACE
      elseif mark == "[" or mark == "]" then
        code = JOIN
      elseif text:find("^%-%-%-%f[^-]", at) then
        code, ends = 0x2014, at + 2
      end
      if code then
        out:add(at - 1, ends, code)
      end
      at = ends + 1
      if mark == "\\" then
        at = at + 1 -- what it makes plain
      end
    end
  end
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
  out:stretches(function(from, to)
    scan(out, text, math.max(from, marks and #marks or 0), to)
  end)
end

return M
