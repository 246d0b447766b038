-- Where a name stands in its text, for figures of the places where a capital says little.
--
-- A headline is the first line of a text that has more lines, or any line of four words or more with
-- three in four of them capitalised (small words aside); neither ends in a full stop. A sentence
-- starts where a line does, and after a full stop, question or exclamation mark with quotes and
-- brackets around it, but not after an initial or an abbreviation ("Mr.", "U.S.").

local M = {}

local SMALL = {}
for word in
  ("a an and as at but by for from in into is of off on or over the to up via v vs with"):gmatch(
    "%S+"
  )
do
  SMALL[word] = true
end

local SHORT = {}
for word in
  ("Mr Mrs Ms Dr Prof Sen Rep Gov Gen Col Capt Lt Sgt Rev Hon St Jr Sr No Nos Inc Corp Co Ltd vs v Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mt Ft"):gmatch(
    "%S+"
  )
do
  SHORT[word] = true
end

-- Whether most words of a line are capitalised.
local function is_title(line)
  local words, capitals = 0, 0
  for word in line:gmatch("[%a\128-\255][%w\128-\255'’]*") do
    if not SMALL[word] then
      words = words + 1
      capitals = capitals + (word:find("^%u") and 1 or 0)
    end
  end
  return words >= 4 and capitals * 4 >= words * 3
end

-- The line that holds byte `at` (1-based), and where it begins.
local function line_at(text, at)
  local first = at
  while first > 1 and text:sub(first - 1, first - 1) ~= "\n" do
    first = first - 1
  end
  local last = (text:find("\n", at, true) or #text + 1) - 1
  return text:sub(first, last), first, last
end

local function is_headline(text, line, first, last)
  if line:find("[.!?:]%s*$") or #line > 200 then
    return false
  end
  local opens = not text:sub(1, first - 1):find("%S") and text:find("%S", last + 1) ~= nil
  return opens or is_title(line)
end

local function starts_sentence(line, column)
  local before = line:sub(1, column - 1):gsub("[%s\"'()%[%]]+$", "")
  for _, mark in ipairs({ "“", "”", "‘", "’", "«", "»" }) do
    before = before:gsub(mark .. "%s*$", "")
  end
  before = before:gsub("[%s\"'()%[%]]+$", "")
  if before == "" or before:find("[!?]$") then
    return true
  end
  local word = before:match("(%S*)%.$")
  return word ~= nil and not SHORT[word] and not word:find("^%a$") and not word:find("%.%a$")
end

---What is special about the place of byte `start` (0-based) of `text`.
---@param text string
---@param start integer
---@return "headline"|"start"|nil
function M.of(text, start)
  local line, first, last = line_at(text, start + 1)
  if is_headline(text, line, first, last) then
    return "headline"
  end
  return starts_sentence(line, start + 2 - first) and "start" or nil
end

return M
