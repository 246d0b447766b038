-- Where a text stands that has been edited: the place that fewest edits turn into what was there.

local M = {}

local SHARE = 5 -- one edit in so many bytes at most: 20%
local PIECE = 8 -- bytes of the pieces that places are looked for by
local PLACES = 6 -- that are tried
local HITS = 200 -- of one piece that are looked at
local LONGEST = 1200 -- bytes; of a longer text its two ends are looked for

--- @class galley.ledger.Pattern
--- @field text string
--- @field first integer bytes before what is wanted
--- @field last integer bytes up to its end

--- @class galley.ledger.Match
--- @field edits integer
--- @field start integer of what is wanted, in bytes from 0
--- @field finish integer

--- The part of text[from, to) that is most like the pattern.
--- @param text string
--- @param from integer
--- @param to integer
--- @param pattern galley.ledger.Pattern
--- @return galley.ledger.Match
local function align(text, from, to, pattern)
  local bytes = { text:byte(from + 1, to) }
  local width, height = to - from, #pattern.text
  local first, last = pattern.first, pattern.last
  -- A row a byte of the pattern: edits so far, and the columns in which the best way there came to
  -- what is wanted (its first column in row `first`) and left it (its last in row `last`).
  local edits, starts, ends = {}, {}, {}
  for column = 0, width do
    edits[column], starts[column], ends[column] = 0, column, column
  end
  for row = 1, height do
    local byte = pattern.text:byte(row)
    local corner, corner_start, corner_end = edits[0], starts[0], ends[0]
    edits[0] = row
    for column = 1, width do
      local best = corner + (bytes[column] == byte and 0 or 1)
      local start, finish = corner_start, corner_end
      if row == first then
        start = column
      end
      corner, corner_start, corner_end = edits[column], starts[column], ends[column]
      if corner + 1 < best then
        best, start, finish = corner + 1, corner_start, corner_end
        if row == first then
          start = column
        end
      end
      if edits[column - 1] + 1 < best then
        best, start, finish = edits[column - 1] + 1, starts[column - 1], ends[column - 1]
      end
      if row == last then
        finish = column
      end
      edits[column], starts[column], ends[column] = best, start, finish
    end
  end
  local best = 0
  for column = 1, width do
    if edits[column] < edits[best] then
      best = column
    end
  end
  return { edits = edits[best], start = from + starts[best], finish = from + ends[best] }
end

--- Where the pattern may begin, by the pieces of it that stand in the text: most pieces first.
--- @param text string
--- @param pattern string
--- @param expected integer
--- @return integer[]
local function places(text, pattern, expected)
  local slack = math.floor(#pattern / SHARE) + 1
  local votes = {}
  for offset = 0, #pattern - PIECE, PIECE do
    local piece = pattern:sub(offset + 1, offset + PIECE)
    local from = 1
    for _ = 1, HITS do
      local hit = text:find(piece, from, true)
      if not hit then
        break
      end
      local bucket = math.floor((hit - 1 - offset) / slack)
      votes[bucket] = (votes[bucket] or 0) + 1
      from = hit + 1
    end
  end
  local buckets = vim.tbl_keys(votes)
  local function distance(bucket)
    return math.abs(bucket * slack - expected)
  end
  table.sort(buckets, function(a, b)
    if votes[a] ~= votes[b] then
      return votes[a] > votes[b]
    elseif distance(a) ~= distance(b) then
      return distance(a) < distance(b)
    end
    return a < b
  end)
  local starts = {}
  for index = 1, math.min(PLACES, #buckets) do
    starts[index] = buckets[index] * slack
  end
  return starts
end

--- @param text string
--- @param pattern galley.ledger.Pattern
--- @param expected integer
--- @return galley.ledger.Match?
local function find(text, pattern, expected)
  local length = #pattern.text
  local slack = math.floor(length / SHARE) + 1
  local best
  for _, start in ipairs(places(text, pattern.text, expected)) do
    local from = math.max(0, start - slack)
    local to = math.min(#text, start + length + 2 * slack)
    if from < to then
      local match = align(text, from, to, pattern)
      if match.edits * SHARE <= length and (not best or match.edits < best.edits) then
        best = match
      end
    end
  end
  return best
end

--- Finds what stood between `prefix` and `suffix`, in a text that has been edited.
--- @param text string
--- @param prefix string
--- @param exact string
--- @param suffix string
--- @param expected integer where it stood, in bytes from 0
--- @return galley.ledger.Match? match nil when more than a fifth of it all has changed
function M.find(text, prefix, exact, suffix, expected)
  local match
  if #prefix + #exact + #suffix <= LONGEST then
    match = find(text, {
      text = prefix .. exact .. suffix,
      first = #prefix,
      last = #prefix + #exact,
    }, expected - #prefix)
  else
    local half = math.floor(LONGEST / 3)
    local head = find(text, {
      text = prefix .. exact:sub(1, half),
      first = #prefix,
      last = #prefix + half,
    }, expected - #prefix)
    local tail = head
      and find(text, {
        text = exact:sub(-half) .. suffix,
        first = 0,
        last = half,
      }, head.start + #exact - half)
    match = tail and { edits = head.edits + tail.edits, start = head.start, finish = tail.finish }
    local change = match and math.abs(match.finish - match.start - #exact) or 0
    if change * SHARE > #exact then
      match = nil
    end
  end
  return match and match.start < match.finish and match or nil
end

return M
