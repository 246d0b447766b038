-- Where the facts of the ledger stand in the article as it is now: by position and text, by text
-- and what stands around it, and by likeness where they have been edited.

local approximate = require("galley.ledger.approximate")
local offsets = require("galley.ledger.offsets")

local M = {}

local CONTEXT = 32 -- characters kept before and after a fact
local LONGEST_CONTEXT = 4 * CONTEXT -- bytes; others may have kept any number of them
local OCCURRENCES = 2000 -- of one text that are looked at
local ENOUGH = 0.5 -- of the marks below, to take a place for the fact's
local SURE = 0.3 -- added for each: the only place, the old position, a long text
local FINDING = 16 -- bytes are looked through for a text in the time of one for what is alike
local JUDGING = 500 -- such bytes for a place that has the text
local LONG = 16 -- bytes of a text that hardly stands twice
local HEAD = 256 -- bytes of a text that are looked for; the rest is compared where they stand
local HIT = 160 -- such bytes for a place that begins like the text
local MOST = 16 * 1024 * 1024 -- bytes in all: `exact` may be of any length, and begin anywhere

--- An article, prepared for looking up places.
--- @class galley.ledger.Text
--- @field text string
--- @field characters galley.ledger.Offsets
--- @field squeezed string
--- @field blanks galley.ledger.Offsets

--- A place of the article.
--- @class galley.ledger.Anchor
--- @field start integer bytes from 0
--- @field finish integer
--- @field how "position"|"text"|"edited"
--- @field shift integer by how much it has moved

--- @param text string
--- @return galley.ledger.Text
function M.prepare(text)
  return {
    text = text,
    characters = offsets.characters(text),
    squeezed = offsets.squeeze(text),
    blanks = offsets.blanks(text),
  }
end

--- What is kept of a fact to find it again.
--- @param prepared galley.ledger.Text
--- @param start integer bytes from 0
--- @param finish integer
--- @return {exact: string, prefix: string, suffix: string, start: integer, finish: integer}
function M.describe(prepared, start, finish)
  local text, characters = prepared.text, prepared.characters
  local first, last = characters:shorten(start), characters:shorten(finish)
  local before = characters:lengthen(math.max(0, first - CONTEXT))
  local after = math.min(#text, characters:lengthen(last + CONTEXT))
  return {
    exact = text:sub(start + 1, finish),
    prefix = text:sub(before + 1, start),
    suffix = text:sub(finish + 1, after),
    start = first,
    finish = last,
  }
end

--- How many bytes at the end of `left` are those before `at` in the text.
--- @param text string
--- @param at integer
--- @param left string
--- @return integer
local function common_before(text, at, left)
  local count = 0
  while count < #left and count < at and text:byte(at - count) == left:byte(#left - count) do
    count = count + 1
  end
  return count
end

--- @param text string
--- @param at integer
--- @param right string
--- @return integer
local function common_after(text, at, right)
  local count = 0
  while count < #right and text:byte(at + count + 1) == right:byte(count + 1) do
    count = count + 1
  end
  return count
end

--- Whether the text at a place is no part of a longer word or number.
--- @param text string
--- @param start integer
--- @param finish integer
--- @return boolean
local function is_whole(text, start, finish)
  local before, after = text:sub(math.max(1, start - 1), start), text:sub(finish + 1, finish + 2)
  local first, last = text:sub(start + 1, start + 1), text:sub(finish, finish)
  if first:find("%w") and before:find("%w$") or last:find("%w") and after:find("^%w") then
    return false
  end
  local digit_before = first:find("%d") and before:find("%d[.,]$")
  local digit_after = last:find("%d") and after:find("^[.,]%d")
  return not digit_before and not digit_after
end

--- The text of an entry, squeezed, and where it is expected.
--- @class galley.ledger.Wanted
--- @field exact string
--- @field prefix string
--- @field suffix string
--- @field expected integer bytes of the squeezed text

--- @param prepared galley.ledger.Text
--- @param entry galley.ledger.Entry
--- @return galley.ledger.Wanted
local function wanted_of(prepared, entry)
  local byte = math.min(#prepared.text, prepared.characters:lengthen(entry.start))
  return {
    exact = offsets.squeeze(entry.exact),
    prefix = offsets.squeeze(entry.prefix):sub(-LONGEST_CONTEXT),
    suffix = offsets.squeeze(entry.suffix):sub(1, LONGEST_CONTEXT),
    expected = prepared.blanks:shorten(byte),
  }
end

--- How much speaks for a place: 1 when all that stood around the fact stands around it still.
--- @param text string
--- @param start integer
--- @param wanted galley.ledger.Wanted
--- @return number
local function context_score(text, start, wanted)
  local prefix, suffix = wanted.prefix, wanted.suffix
  local before = common_before(text, start, prefix)
  local after = common_after(text, start + #wanted.exact, suffix)
  if #prefix + #suffix == 0 then
    return 1
  end
  local score = (before + after) / (#prefix + #suffix)
  local side = (before == #prefix and before >= LONG) or (after == #suffix and after >= LONG)
  return side and math.max(score, ENOUGH) or score
end

--- Calls `take` with each place of a text, up to as many bytes as may be looked through.
--- @param text string
--- @param exact string
--- @param take fun(start: integer): boolean? bytes from 0; true: no more
--- @return integer cost bytes that were looked through, about
local function each_place(text, exact, take)
  local head = exact:sub(1, HEAD)
  local from, cost = 1, 0
  while cost < MOST do
    local hit = text:find(head, from, true)
    if not hit then
      break
    end
    cost = cost + HIT + #exact
    local same = #exact == #head or text:sub(hit, hit + #exact - 1) == exact
    if same and take(hit - 1) then
      break
    end
    from = hit + 1
  end
  return (#text + cost) / FINDING
end

--- @param text string
--- @param wanted galley.ledger.Wanted
--- @return integer? start
--- @return integer cost bytes that were looked through, about
local function find_exact(text, wanted)
  local best, best_score
  local count = 0
  local cost = each_place(text, wanted.exact, function(start)
    if is_whole(text, start, start + #wanted.exact) then
      count = count + 1
      local score = context_score(text, start, wanted)
        + (start == wanted.expected and SURE or 0)
        - math.min(1, math.abs(start - wanted.expected) / 1e8) -- of equal ones the nearest
      if not best_score or score > best_score then
        best, best_score = start, score
      end
    end
    return count == OCCURRENCES
  end)
  local sure = (best_score or 0)
    + (count == 1 and SURE or 0)
    + (#wanted.exact >= LONG and SURE or 0)
  return sure >= ENOUGH and best or nil, cost + count * JUDGING
end

--- @param prepared galley.ledger.Text
--- @param start integer of the squeezed text
--- @param finish integer
--- @param expected integer
--- @param how string
--- @return galley.ledger.Anchor
local function anchor(prepared, start, finish, expected, how)
  return {
    shift = start - expected,
    start = prepared.blanks:lengthen(start),
    finish = prepared.blanks:lengthen(finish - 1) + 1,
    how = how,
  }
end

--- Whether a fact stands at a place.
--- @param text string
--- @param start integer
--- @param wanted galley.ledger.Wanted
--- @return boolean
local function stands_at(text, start, wanted)
  return start >= 0
    and text:sub(start + 1, start + #wanted.exact) == wanted.exact
    and context_score(text, start, wanted) >= ENOUGH
end

--- The place of an entry's fact in an article.
--- @param prepared galley.ledger.Text
--- @param entry galley.ledger.Entry
--- @param exactly? boolean do not look for what is merely alike
--- @param shift? integer by how much another fact has moved
--- @return galley.ledger.Anchor? anchor nil for an orphan
--- @return integer cost bytes that were looked through, about
function M.find(prepared, entry, exactly, shift)
  if not entry.exact:find("%S") then
    return nil, 0
  end
  local wanted = wanted_of(prepared, entry)
  local text = prepared.squeezed
  local expected = wanted.expected
  local function place(start, finish, how)
    return anchor(prepared, start, finish, expected, how)
  end
  if stands_at(text, expected, wanted) then
    return place(expected, expected + #wanted.exact, "position"), 0
  elseif shift and stands_at(text, expected + shift, wanted) then
    return place(expected + shift, expected + shift + #wanted.exact, "text"), 0
  end
  local start, cost = find_exact(text, wanted)
  if start then
    return place(start, start + #wanted.exact, "text"), cost
  elseif exactly then
    return nil, cost
  end
  local match = approximate.find(text, wanted.prefix, wanted.exact, wanted.suffix, expected)
  return match and place(match.start, match.finish, "edited") or nil, cost + #text
end

--- Rows and columns of offsets in a text.
--- @param text string
--- @return fun(offset: integer): integer, integer
function M.points(text)
  local starts = { 0 }
  for at in text:gmatch("\n()") do
    starts[#starts + 1] = at - 1
  end
  return function(offset)
    local low, high = 1, #starts
    while low < high do
      local middle = math.ceil((low + high) / 2)
      if starts[middle] <= offset then
        low = middle
      else
        high = middle - 1
      end
    end
    return low - 1, offset - starts[low]
  end
end

return M
