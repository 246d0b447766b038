-- Offsets in a text and in the same text with runs of bytes left out, and back: bytes and
-- characters (continuation bytes are left out), bytes and the text with each run of blanks as one.

local M = {}

--- @class galley.ledger.Offsets
--- @field at integer[] where each run that is left out begins, in the long text
--- @field gone integer[] bytes left out up to the end of each run
local Offsets = {}
Offsets.__index = Offsets

--- @param text string
--- @param pattern string of the runs, with "()" before and after
--- @param keep integer bytes of each run that stay
--- @return galley.ledger.Offsets
local function new(text, pattern, keep)
  local at, gone, count, total = {}, {}, 0, 0
  for first, last in text:gmatch(pattern) do
    if last - first > keep then
      count, total = count + 1, total + last - first - keep
      at[count], gone[count] = first - 1 + keep, total
    end
  end
  return setmetatable({ at = at, gone = gone }, Offsets)
end

--- Bytes and characters of a text.
--- @param text string
--- @return galley.ledger.Offsets
function M.characters(text)
  return new(text, "()[\128-\191]+()", 0)
end

--- Bytes of a text and of `M.squeeze(text)`.
--- @param text string
--- @return galley.ledger.Offsets
function M.blanks(text)
  return new(text, "()%s%s+()", 1)
end

--- The text with each run of blanks as one space: lines may be filled anew and it stays the same.
--- @param text string
--- @return string
function M.squeeze(text)
  return (text:gsub("%s+", " "))
end

--- The last run for which `begins(index)` is at most `offset`.
--- @param count integer
--- @param offset integer
--- @param begins fun(index: integer): integer
--- @return integer index 0 for none
local function search(count, offset, begins)
  local low, high = 0, count
  while low < high do
    local middle = math.ceil((low + high) / 2)
    if begins(middle) <= offset then
      low = middle
    else
      high = middle - 1
    end
  end
  return low
end

--- @param long integer offset in the long text
--- @return integer short
function Offsets:shorten(long)
  local at, gone = self.at, self.gone
  local run = search(#at, long, function(index)
    return at[index]
  end)
  if run == 0 then
    return long
  end
  local before = gone[run - 1] or 0
  return math.max(long - gone[run], at[run] - before)
end

--- @param short integer offset in the short text
--- @return integer long the first byte that stands there
function Offsets:lengthen(short)
  local at, gone = self.at, self.gone
  local run = search(#at, short, function(index)
    return at[index] - (gone[index - 1] or 0)
  end)
  return short + (run > 0 and gone[run] or 0)
end

return M
