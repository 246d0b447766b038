-- Prose for the benchmarks: `luajit tests/bench/prose.lua BYTES ARTICLE... > prose.txt`.
--
-- The articles' paragraphs are drawn in random order. Each article made of them has names, numbers,
-- months and weekdays of its own, so that no paragraph comes twice and the vocabulary is as wide as
-- that of real text. The same arguments give the same bytes.

local PARAGRAPHS_PER_ARTICLE = 24

-- One stream of numbers for the whole run (Park and Miller's, whose products stay below 2^53).
local state = 20260514
--- @param limit integer
--- @return integer # 1 to limit
local function random(limit)
  state = state * 16807 % 2147483647
  return math.floor(state / 128) % limit + 1
end

local function list(words)
  local items = {}
  for word in words:gmatch("%S+") do
    items[#items + 1] = word
  end
  return items
end

-- Words of a closed class change into another of the same class.
local CLASSES = {
  list("January February March April May June July August September October November December"),
  list("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
  list("Portugal Finland Germany Denmark Norway Canada Kenya Peru Japan Ireland Estonia Chile"),
  list("Lisbon Helsinki Hamburg Zurich London Brussels Tallinn Oslo Nairobi Lima Toronto Dublin"),
  list("Anna Tomas Clara Peter Maria Daniel Ruth Samuel Helen Victor Nora Edward Alice Martin"),
}
local FIRST = list("Lind Berg Hart Nor Ash Wes Kal Mar Ol Sten Brad Fen Whit Tor Had Ros Ellis Cor")
local LAST =
  list("qvist man ley well ford son mark stead by wick holm field sen ton worth dale er ov")

--- @type table<string, string[]>
local class_of = {}
for _, class in ipairs(CLASSES) do
  for _, word in ipairs(class) do
    class_of[word] = class
  end
end

--- @param path string
--- @return string[]
local function read_paragraphs(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a"):gsub("^%-%-%-\n.-\n%-%-%-\n", "")
  file:close()
  local paragraphs = {}
  for paragraph in (text .. "\n\n"):gmatch("%s*(.-)\n%s*\n") do
    if paragraph ~= "" then
      paragraphs[#paragraphs + 1] = paragraph
    end
  end
  return paragraphs
end

-- Capitalised words after a lower-case word that are nowhere in lower case: the names.
--- @param paragraphs string[]
--- @return table<string, boolean>
local function find_names(paragraphs)
  local names, text = {}, table.concat(paragraphs, "\n")
  local lower = {}
  for word in text:gmatch("%f[%a]%l+%f[%A]") do
    lower[word] = true
  end
  for word in text:gmatch("%l,? (%u%l%l%l+)%f[%W]") do
    names[word] = not lower[word:lower()] or nil
  end
  return names
end

--- @param digits string
local function another_number(digits)
  if #digits == 4 and digits:find("^[12][09]") then -- a year stays one
    return digits:sub(1, 3) .. random(10) - 1
  end
  return (digits:gsub("[1-9]", function()
    return random(9)
  end))
end

--- @param names table<string, boolean>
local function another_name(names, word)
  local class = class_of[word]
  if class then
    return class[random(#class)]
  end
  if not names[word] then
    return word
  end
  return random(3) == 1 and word or FIRST[random(#FIRST)] .. LAST[random(#LAST)]
end

local limit = tonumber(arg[1])
if not limit or #arg < 2 then
  io.stderr:write("usage: luajit tests/bench/prose.lua BYTES ARTICLE...\n")
  os.exit(2)
end
local paragraphs = {}
for index = 2, #arg do
  for _, paragraph in ipairs(read_paragraphs(arg[index])) do
    paragraphs[#paragraphs + 1] = paragraph
  end
end
local names = find_names(paragraphs)

-- A number of a day that is too large would make a date of no calendar: days stay below 29.
--- @param paragraph string
--- @param renamed table<string, string>
local function vary(paragraph, renamed)
  local text = paragraph:gsub("%f[%w]%u%l+%f[%W]", function(word)
    renamed[word] = renamed[word] or another_name(names, word)
    return renamed[word]
  end)
  text = text:gsub("%f[%w](%u%l+)( )(%d%d?)%f[%D]", function(word, space, digits)
    return class_of[word] == CLASSES[1] and word .. space .. random(28) or word .. space .. digits
  end)
  return (
    text:gsub("%f[%w%.,]%d%d%d%d+%f[%D]", another_number):gsub("%f[%w]%d+[,.]%d+", another_number)
  )
end

local out, size = {}, 0
while size < limit do
  local renamed = {}
  for _ = 1, PARAGRAPHS_PER_ARTICLE do
    local paragraph = vary(paragraphs[random(#paragraphs)], renamed) .. "\n\n"
    out[#out + 1] = paragraph
    size = size + #paragraph
  end
end
-- Whole paragraphs alone, as near to the size as they come.
while size > limit and #out > 1 do
  size = size - #out[#out]
  out[#out] = nil
end
io.write(table.concat(out))
