-- Lines of AsciiDoc: titles, attributes, blocks, macros.

local line = require("galley.prose.line")

local JOIN, OBJECT, BREAK, SPACE = line.JOIN, line.OBJECT, line.BREAK, line.SPACE

--- @type galley.prose.Lexer
local M = { plain = "~<\\" }

-- Lines that hold a block whose content is no prose.
local FENCES = { ["-"] = true, ["."] = true, ["+"] = true, ["/"] = true }

--- @param text string
--- @return string? fence
local function fence_of(text)
  local fence = text:match("^([-.+/])%1%1%1+%s*$") and text:gsub("%s+$", "")
  return fence and FENCES[fence:sub(1, 1)] and fence or nil
end

-- Bytes of a macro's name and target: a long line is not looked through from each of its colons.
local LONGEST_NAME, LONGEST_TARGET = 20, 2000

-- How far up the fence of a block is looked for.
local LOOK_BACK = 400

--- The fence that is open where a row begins. Kept from row to row; else read from above.
--- @param prose galley.Prose
--- @param row integer
--- @return string?
local function open_fence(prose, row)
  if prose.head and prose.head.row == row then
    return prose.head.fence
  end
  local fence
  local above = vim.api.nvim_buf_get_lines(prose.buf, math.max(0, row - LOOK_BACK), row, false)
  for _, text in ipairs(above) do
    local here = fence_of(text)
    if here and (not fence or fence == here) then
      fence = not fence and here or nil
    end
  end
  return fence
end

--- Macros: name:target[text]. The text of some is prose, that of others is not.
local TEXTS =
  { link = true, xref = true, mailto = true, http = true, https = true, footnote = true }

--- A macro whose colon stands at byte `colon`, if it is one.
--- @param out galley.prose.Line
--- @param text string
--- @param colon integer
--- @return integer? at behind what was passed
local function pass_macro(out, text, colon)
  local name = text:sub(math.max(1, colon - LONGEST_NAME), colon - 1):match("%a+$")
  local _, open
  if name then
    _, open = text:sub(colon, colon + LONGEST_TARGET):find("^:[^%s%[]*%[")
    open = open and colon + open - 1
  end
  local close = open and text:find("]", open, true)
  if not close then
    return nil
  end
  local from = colon - #name - 1
  if not TEXTS[name] then
    out:add(from, close, OBJECT)
    return close + 1
  end
  out:add(from, open, name == "footnote" and SPACE or JOIN)
  local comma = text:sub(open + 1, close - 1):find(",%s*%a+=")
  out:add(comma and open + comma - 1 or close - 1, close, JOIN)
  return open + 1
end

--- @param out galley.prose.Line
--- @param text string
--- @param from integer
--- @param to integer
local function scan(out, text, from, to)
  local at = from + 1
  local last_closing = text:match("^.*%S()#") or 0 -- the last "#" that may end what one begins
  while true do
    at = text:find('[:<{^~#`"]', at)
    if not at or at > to then
      return
    end
    local mark, ends = text:sub(at, at), at
    if mark == ":" then
      ends = (pass_macro(out, text, at) or at + 1) - 1
    elseif mark == "<" and text:find("^<<[^<>]+>>", at) then
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
    elseif mark == "#" and last_closing > at + 1 and text:find("^##?##?[^%s#]", at) then
      ends = select(2, text:find("^#+", at))
      out:add(at - 1, ends, JOIN)
    elseif mark == "#" and text:find("^[%w%p]#", at - 1) then
      out:add(at - 1, at, JOIN)
    elseif mark == '"' and text:find('^"`', at) then
      ends = at + 1
      out:add(at, at + 1, JOIN)
    elseif mark == "`" and text:find('^`"', at) then
      ends = at + 1
      out:add(at - 1, at, JOIN)
    end
    at = ends + 1
  end
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
  "^([=*_])%1%1%1+%s*$",
}

--- The mark at a line's beginning, as Markdown has it. Gives where the rest begins.
--- @param out galley.prose.Line
--- @param text string
--- @return integer
local function pass_mark(out, text)
  local title = text:match("^(=+)%s+%S")
  if title then
    for at = 1, #title do
      out:add(at - 1, at, 35)
    end
    return #title
  end
  local list = text:match("^%s*([.*-]+)%s+%S")
  if list and list:find("^(.)%1*$") then
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
  local fence, here = open_fence(prose, row), fence_of(text)
  local inside = fence ~= nil
  if here and (not fence or fence == here) then
    fence = not fence and here or nil
  end
  prose.head = { row = row + 1, fence = fence }
  if inside or here then
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
  local from = pass_mark(out, text)
  out:stretches(function(a, b)
    if b > from then
      scan(out, text, math.max(a, from), b)
    end
  end)
end

return M
