-- Lines of AsciiDoc: titles, attributes, blocks, macros.

local line = require("galley.prose.line")

local JOIN, OBJECT, BREAK, SPACE = line.JOIN, line.OBJECT, line.BREAK, line.SPACE

--- @type galley.prose.Lexer
local M = { plain = "~<\\" }

-- Lines of one mark: around blocks whose content is no prose, and around others.
local FENCES, DELIMITERS = "[-.+/]", "[=*_]"
local LEAST = 4 -- such marks
-- Lines of one mark may be under a title too: then they are as long as it is, or nearly.
local UNDERLINES, SLACK = "[-=~^+]", 1

local LONGEST_NAME = 20 -- bytes of a macro's name

-- How far up the fence of a block is looked for.
local LOOK_BACK = 400

--- Whether a line is under a title.
--- @param text string
--- @param above? string
--- @return boolean
local function is_underline(text, above)
  local mark, count = line.run_of(text)
  if not mark or not mark:find(UNDERLINES) or not (above or ""):find("^[%w\128-\255]") then
    return false
  end
  local length = vim.fn.strchars((above:gsub("%s+$", "")))
  return count > 1 and math.abs(count - length) <= SLACK
end

--- @param text string
--- @param above? string
--- @return string? fence
local function fence_of(text, above)
  local mark, count = line.run_of(text)
  local is_fence = mark and count >= LEAST and mark:find(FENCES) and not is_underline(text, above)
  return is_fence and mark:rep(count) or nil
end

--- The fence that is open where a row begins. Kept from row to row; else read from above.
--- @param prose galley.Prose
--- @param row integer
--- @return string? fence
--- @return string? above the line above
local function open_fence(prose, row)
  local head = prose.head
  if head and head.row == row then
    return head.fence, head.above
  end
  local fence
  local above = vim.api.nvim_buf_get_lines(prose.buf, math.max(0, row - LOOK_BACK), row, false)
  for index, text in ipairs(above) do
    local here = fence_of(text, not fence and above[index - 1] or nil)
    if here and (not fence or fence == here) then
      fence = not fence and here or nil
    end
  end
  return fence, above[#above]
end

--- Macros: name:target[text]. The text of some is prose, that of others is not.
local TEXTS =
  { link = true, xref = true, mailto = true, http = true, https = true, footnote = true }

--- What is looked for ahead in a line, each by one finder.
--- @class galley.prose.asciidoc.Ahead
--- @field target_end fun(at: integer): integer? what ends a macro's target
--- @field close fun(at: integer): integer?
--- @field attribute fun(at: integer): integer? ", name="

--- A macro whose colon stands at byte `colon`, if it is one.
--- @param out galley.prose.Line
--- @param text string
--- @param colon integer
--- @param ahead galley.prose.asciidoc.Ahead
--- @return integer? at behind what was passed
local function pass_macro(out, text, colon, ahead)
  local name = text:sub(math.max(1, colon - LONGEST_NAME), colon - 1):match("%a+$")
  local open = name and ahead.target_end(colon + 1)
  local close = open and text:byte(open) == 91 and ahead.close(open)
  if not close then
    return nil
  end
  local from = colon - #name - 1
  if not TEXTS[name] then
    out:add(from, close, OBJECT)
    return close + 1
  end
  out:add(from, open, name == "footnote" and SPACE or JOIN)
  local comma = ahead.attribute(open + 1)
  out:add(comma and comma < close and comma - 1 or close - 1, close, JOIN)
  return open + 1
end

--- @param text string
--- @return fun(at: integer): boolean whether what begins at a "#" may end
local function make_ends_mark(text)
  local last = text:match("^.*%S()#") or 0
  return function(at)
    return last > at + 1
  end
end

--- What a mark at byte `at` begins, but for macros. Gives the last byte of it.
--- @param out galley.prose.Line
--- @param text string
--- @param at integer
--- @param mark string
--- @param may_end fun(at: integer): boolean
--- @return integer
local function pass_mark(out, text, at, mark, may_end)
  local ends = at
  if mark == "<" and text:find("^<<[^<>]+>>", at) then
    ends = select(2, text:find(">>", at, true))
    local comma = text:sub(at, ends):find(",", 1, true)
    out:add(at - 1, comma and at + comma - 1 or ends, comma and JOIN or OBJECT)
    if comma then
      out:add(ends - 2, ends, JOIN)
    end
  elseif mark == "{" and text:find("^{[%w_-]+}", at) then
    ends = text:find("}", at, true)
    out:add(at - 1, ends, OBJECT)
  elseif mark == "^" or mark == "~" then
    out:add(at - 1, at, JOIN)
  elseif mark == "#" and may_end(at) and text:find("^##?##?[^%s#]", at) then
    ends = select(2, text:find("^#+", at))
    out:add(at - 1, ends, JOIN)
  elseif mark == "#" and at > 1 and text:find("^[%w%p]#", at - 1) then
    out:add(at - 1, at, JOIN)
  elseif mark == '"' and text:find('^"`', at) then
    ends = at + 1
    out:add(at, at + 1, JOIN)
  elseif mark == "`" and text:find('^`"', at) then
    ends = at + 1
    out:add(at - 1, at, JOIN)
  end
  return ends
end

--- @param out galley.prose.Line
--- @param text string
--- @param from integer
local function scan(out, text, from)
  local may_end = make_ends_mark(text)
  --- @type galley.prose.asciidoc.Ahead
  local ahead = {
    target_end = line.finder(text, "[%s%[]"),
    close = line.finder(text, "]", true),
    attribute = line.finder(text, ",%s*%a+="),
  }
  out:scan('[:<{^~#`"]', from, function(at, mark)
    local behind = mark == ":" and pass_macro(out, text, at, ahead)
    return behind or pass_mark(out, text, at, mark, may_end) + 1
  end)
end

--- What lines are that have no prose at all.
local NO_PROSE = {
  "^:!?[%w_][%w_-]*!?:", -- an attribute
  "^//", -- a comment
  "^%[.*%]%s*$", -- attributes of a block
  "^%a+::[^%s%[]*%[.*%]%s*$", -- a macro that is a block
  "^'''%s*$",
  "^<<<%s*$",
  "^%+%s*$",
  "^%-%-%s*$",
  "^[|,:!]===+%s*$",
}

--- The mark at a line's beginning, as Markdown has it. Gives where the rest begins.
--- @param out galley.prose.Line
--- @param text string
--- @return integer
local function pass_lead(out, text)
  local title = text:match("^(=+)%s+%S")
  if title then
    for at = 1, #title do
      out:add(at - 1, at, 35)
    end
    return #title
  end
  local list = text:match("^%s*([.*-]+)%s+%S")
  if list and line.run_of(list) then
    local ends = select(2, text:find("^%s*[.*-]+"))
    out:add(0, ends - 1, SPACE)
    out:add(ends - 1, ends, 45)
    return ends
  end
  local _, label = text:find("^%u%u%u+:%s+") -- an admonition
  if label or text:find("^%.[%w\"']") then
    out:add(0, label or 1, BREAK)
    return label or 1
  end
  return 0
end

--- @param out galley.prose.Line
--- @param text string
--- @param row integer
--- @param prose galley.Prose
function M.line(out, text, row, prose)
  local fence, above = open_fence(prose, row)
  local under = not fence and is_underline(text, above)
  local here = fence_of(text, not fence and above or nil)
  local inside = fence ~= nil
  if here and (not fence or fence == here) then
    fence = not fence and here or nil
  end
  prose.head = { row = row + 1, fence = fence, above = text }
  if inside or here then
    return out:whole(BREAK)
  elseif under and #text > 2 then
    return out:underline(text:sub(1, 1))
  end
  local mark, count = line.run_of(text)
  if mark and count >= LEAST and mark:find(DELIMITERS) then
    return out:whole(BREAK)
  end
  if text:find("^:%a*date:%s") then -- the core takes it for the article's
    return out:add(0, 1, BREAK)
  end
  for _, pattern in ipairs(NO_PROSE) do
    if text:find(pattern) then
      return out:whole(BREAK)
    end
  end
  local from = pass_lead(out, text)
  scan(out, text, from)
end

return M
