-- How a span of the gold standard and one that was found compare: places, types, values, speakers.
-- The conventions are at the top of score.lua.

local M = {}

-- ---- text --------------------------------------------------------------------------------------

-- White space and quotation marks, which do not belong to what is quoted; characters of UTF-8.
local OUTER = {}
for _, mark in ipairs({ '"', "“", "”", "'", "‘", "’", "`", "«", "»", "„", "‟" }) do
  OUTER[mark] = true
end
local SPACE = {}
for _, byte in ipairs({ 9, 10, 11, 12, 13, 28, 29, 30, 31, 32 }) do
  SPACE[string.char(byte)] = true
end
for _, space in ipairs({ "\194\133", "\194\160", "\225\154\128", "\226\128\168", "\226\128\169" }) do
  SPACE[space] = true
end
for _, space in ipairs({ "\226\128\175", "\226\129\159", "\227\128\128" }) do
  SPACE[space] = true
end
for last = 128, 138 do
  SPACE["\226\128" .. string.char(last)] = true
end

---@param text string
---@param at integer byte, from 1
local function character_at(text, at)
  return text:match("^[%z\1-\127\194-\244][\128-\191]*", at) or text:sub(at, at)
end

---@param text string
---@param at integer the character's last byte
local function character_before(text, at)
  local from = at
  while from > 1 and at - from < 3 and text:byte(from) >= 128 and text:byte(from) < 192 do
    from = from - 1
  end
  return text:sub(from, at)
end

function M.trim_quote(text, start, stop)
  local first, last = start, stop
  while first < last do
    local character = character_at(text, first + 1)
    if not (OUTER[character] or SPACE[character]) then
      break
    end
    first = first + #character
  end
  while last > first do
    local character = character_before(text, last)
    if not (OUTER[character] or SPACE[character] or character == ",") then
      break
    end
    last = last - #character
  end
  if last <= first then
    return start, stop
  end
  return first, last
end

-- The words of a speaker's name, folded, without a leading article.
local function name_words(name)
  if not name or name == vim.NIL then
    return {}
  end
  local text =
    vim.fn.tolower(name):gsub("’s%f[^%w_\128-\255]", ""):gsub("'s%f[^%w_\128-\255]", "")
  text = text
    :gsub("\226[\128\129][\128-\191]", " ")
    :gsub("\194[\128-\169\171-\177\180\182-\184\187\191]", " ")
  local words = {}
  for word in text:gmatch("[%w_\128-\255]+") do
    table.insert(words, word)
  end
  while words[1] == "the" or words[1] == "a" or words[1] == "an" do
    table.remove(words, 1)
  end
  return words
end

-- ---- comparing ---------------------------------------------------------------------------------

function M.given(value)
  return value ~= nil and value ~= vim.NIL
end

function M.type_of(span)
  return M.given(span.type) and span.type:lower() or ""
end

function M.overlap(a, b)
  return math.min(a.stop, b.stop) - math.max(a.start, b.start)
end

-- One-to-one pairs, larger overlaps first, then shorter spans.
function M.pair(gold, found, fits)
  local candidates, pairs_found = {}, {}
  for i, one in ipairs(gold) do
    for j, other in ipairs(found) do
      local shared = M.overlap(one, other)
      if shared > 0 and (not fits or fits(one, other)) then
        local length = one.stop - one.start + other.stop - other.start
        table.insert(candidates, { -shared, length, i, j })
      end
    end
  end
  table.sort(candidates, function(a, b)
    for k = 1, 4 do
      if a[k] ~= b[k] then
        return a[k] < b[k]
      end
    end
    return false
  end)
  local gold_used, found_used = {}, {}
  for _, candidate in ipairs(candidates) do
    local i, j = candidate[3], candidate[4]
    if not gold_used[i] and not found_used[j] then
      gold_used[i], found_used[j] = true, true
      table.insert(pairs_found, { gold[i], found[j] })
    end
  end
  return pairs_found, gold_used, found_used
end

local function value_of(value, options)
  if not M.given(value) then
    return nil
  end
  local text = vim.trim(tostring(value):upper())
  if options.value_norm then
    text = text:gsub("(T%d%d:%d%d):00", "%1"):gsub("(T%d%d:%d%d)Z$", "%1")
  end
  return text
end

function M.value_right(gold, found, options)
  local value = value_of(found.value, options)
  if not value then
    return false
  end
  local accepted = M.given(gold.values) and #gold.values > 0 and gold.values or { gold.value }
  for _, candidate in ipairs(accepted) do
    if value_of(candidate, options) == value then
      return true
    end
  end
  return false
end

local function within(words, others)
  local known = {}
  for _, word in ipairs(others) do
    known[word] = true
  end
  for _, word in ipairs(words) do
    if not known[word] then
      return false
    end
  end
  return true
end

function M.has_speaker(span)
  return M.given(span.speaker) and span.speaker ~= ""
end

function M.speaker_exact(gold, found)
  if not M.has_speaker(found) then
    return false
  end
  local words = name_words(found.speaker)
  local name = M.given(gold.speaker_name) and gold.speaker_name ~= "" and gold.speaker_name
    or gold.speaker
  return vim.deep_equal(words, name_words(gold.speaker)) or vim.deep_equal(words, name_words(name))
end

function M.speaker_lenient(gold, found)
  if M.speaker_exact(gold, found) then
    return true
  end
  if
    M.given(gold.speaker_start)
    and M.given(gold.speaker_end)
    and M.given(found.speaker_start)
    and M.given(found.speaker_end)
  then
    local first = math.max(gold.speaker_start, found.speaker_start)
    if math.min(gold.speaker_end, found.speaker_end) > first then
      return true
    end
  end
  local words = name_words(found.speaker)
  for _, name in ipairs({ gold.speaker, M.given(gold.speaker_name) and gold.speaker_name or nil }) do
    local others = name_words(name)
    if #words > 0 and #others > 0 and (within(words, others) or within(others, words)) then
      return true
    end
  end
  return false
end

return M
