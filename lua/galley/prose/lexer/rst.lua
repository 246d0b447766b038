-- Lines of reStructuredText: directives, roles, references, underlines.

local line = require("galley.prose.line")

local JOIN, OBJECT, BREAK = line.JOIN, line.OBJECT, line.BREAK

--- @type galley.prose.Lexer
local M = { plain = "`~<" }

-- Directives whose content is prose.
local PROSE = {}
for name in
  (
    "admonition attention caution danger error hint important note tip warning epigraph highlights "
    .. "pull-quote compound container sidebar topic seealso versionadded versionchanged deprecated figure"
  ):gmatch("%S+")
do
  PROSE[name] = true
end

-- Roles whose text is no prose.
local OBJECTS = {}
for name in
  ("code math literal ref numref eq doc file samp kbd command option envvar"):gmatch("%S+")
do
  OBJECTS[name] = true
end

local LONGEST_ROLE = 80 -- bytes: a line of colons is not looked through from each of them

-- How far up the line is looked for that an indented one belongs to.
local LOOK_BACK = 120

--- Whether an indented row is the content of something that is no prose.
--- @param prose galley.Prose
--- @param row integer
--- @param indent integer
--- @return boolean
local function is_content(prose, row, indent)
  local above = vim.api.nvim_buf_get_lines(prose.buf, math.max(0, row - LOOK_BACK), row, false)
  for index = #above, 1, -1 do
    local text = above[index]
    local own = (text:find("%S") or 0) - 1
    if own >= 0 and own < indent then
      local name = text:match("^%s*%.%. ([%w:-]+)::")
      if name and not PROSE[name] then
        return true
      elseif not name and text:find("^%s*%.%. ") and not text:find("^%s*%.%. %[") then
        return true -- a comment
      elseif not name and text:find("::%s*$") then
        return true -- a literal block
      end
      indent = own
    end
    if own == 0 then
      return false
    end
  end
  return false
end

--- Where the target begins in what stands in ticks, with the blanks before it: "text <target>".
--- @param inside string
--- @return integer? at from 1
local function target_of(inside)
  local open = inside:match("^.*()<[^<>]*>$")
  return open and (inside:sub(1, open - 1):match("^.*%S()") or 1)
end

--- What stands in ticks, at byte `at`.
--- @param out galley.prose.Line
--- @param text string
--- @param at integer
--- @param role? string
--- @param from integer where the role begins
--- @return integer at behind it
local function pass_ticks(out, text, at, role, from)
  local close = text:find("`", at + 1, true)
  if not close then
    return at + 1
  end
  local _, ends = text:find("^_*", close + 1)
  local inside = text:sub(at + 1, close - 1)
  local has_target = inside:find("<", 1, true) and inside:sub(-1) == ">"
  if role and OBJECTS[role] and not has_target then
    out:add(from - 1, ends, OBJECT)
    return ends + 1
  end
  local target = target_of(inside)
  out:add(from - 1, at, JOIN)
  out:add(target and at + target - 1 or close - 1, ends, JOIN)
  return ends + 1
end

--- Two ticks at byte `at`, and all up to the next two.
--- @param out galley.prose.Line
--- @param text string
--- @param at integer
--- @return integer at behind it
local function pass_literal(out, text, at)
  local _, ends = text:find("``", at + 2, true)
  out:add(at - 1, ends or at + 1, ends and OBJECT or JOIN)
  return (ends or at + 1) + 1
end

--- A colon at byte `at`: a role with its text, or the end of a line that a literal block follows.
--- @param out galley.prose.Line
--- @param text string
--- @param at integer
--- @return integer at behind it
local function pass_colon(out, text, at)
  local role, ticks = text:sub(at, at + LONGEST_ROLE):match("^:([%w:_-]+):()`")
  if role then
    return pass_ticks(out, text, at + ticks - 1, role, at)
  elseif text:find("^::%s*$", at) then
    out:add(at, #text, JOIN)
    return #text + 1
  end
  return at + 1
end

--- @param out galley.prose.Line
--- @param text string
--- @param from integer
local function scan(out, text, from)
  out:scan("[`:|_\\]", from, function(at, mark)
    local ends
    if mark == "`" and text:byte(at + 1) == 96 then
      return pass_literal(out, text, at)
    elseif mark == "`" then
      return pass_ticks(out, text, at, nil, at)
    elseif mark == ":" then
      return pass_colon(out, text, at)
    elseif mark == "|" and text:find("^|%w[^|]*%w|", at) then
      ends = select(2, text:find("^|%w[^|]*|_*", at))
      out:add(at - 1, ends, OBJECT)
    elseif mark == "_" and at > 1 and text:find("^[%w%]]_+%f[^%w_]", at - 1) then
      ends = select(2, text:find("^_+", at))
      out:add(at - 1, ends, JOIN)
    elseif mark == "\\" then
      ends = at + 1
      out:add(at - 1, at + (text:find("^%s", at + 1) and 1 or 0), JOIN)
    end
    return (ends or at) + 1
  end)
end

--- A line ".. something": a directive, a footnote, a target or a comment.
--- @param out galley.prose.Line
--- @param text string
local function pass_explicit(out, text)
  local _, note = text:find("^%s*%.%. %[[^%]]+%]%s+")
  local _, ends, name = text:find("^%s*%.%. ([%w:-]+)::%s*")
  if name and not (PROSE[name] and name ~= "figure") then
    ends = nil
  end
  if not (note or ends) then
    return out:whole(BREAK)
  end
  out:add(0, note or ends, BREAK)
  scan(out, text, note or ends)
end

--- A line of marks under a title, or between parts.
--- @param out galley.prose.Line
--- @param text string
--- @return boolean
local function pass_underline(out, text)
  local mark, count = line.run_of(text)
  if not mark or count < 3 or not mark:find("[=`:'\"~^_*+#<>-]") then
    return false
  end
  out:underline(mark)
  return true
end

--- @param out galley.prose.Line
--- @param text string
--- @param row integer
--- @param prose galley.Prose
function M.line(out, text, row, prose)
  local indent = (text:find("%S") or 1) - 1
  if text == "" or pass_underline(out, text) then
    return
  end
  if indent > 0 and is_content(prose, row, indent) then
    return out:whole(BREAK)
  end
  if text:find("^%s*%.%.%s") or text == ".." then
    return pass_explicit(out, text)
  end
  if text:find("^%s*[+=][-=+ ]+[+=]%s*$") or text:find("^__ ") then
    return out:whole(BREAK) -- the borders of a table; an anonymous target
  end
  local from = 0
  local _, field = text:find("^%s*:[%w][%w _-]*:%s+")
  if field then
    -- "date: " is left: the core takes it for the article's.
    from = text:lower():find("^%s*:date:") and (text:find(":", 1, true)) or field
    out:add(0, from, BREAK)
  end
  scan(out, text, from)
end

return M
