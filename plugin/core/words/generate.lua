-- Turns words/*.txt into the lexicon's tables. Run by `make lexicon`: luajit generate.lua [FOLDER]
--
-- A line: word CLASS CLASS=number CLASS:symbol ... ; "#" starts a comment. Words are folded: lower
-- case, no last point. A word in several files has the classes of all of them.
-- Writes lexicon_classes.inc (enum) and lexicon_table.inc (open-addressing hash table).

local folder = arg[1] or "plugin/core/words"
local target = folder .. "/.."

local function fail(where, message)
  io.stderr:write(("%s: %s\n"):format(where, message))
  os.exit(1)
end

local function word_files()
  local pipe = assert(io.popen(("LC_ALL=C ls '%s'/*.txt"):format(folder)))
  local files = {}
  for name in pipe:lines() do
    files[#files + 1] = name
  end
  pipe:close()
  return files
end

-- FNV-1a over 32 bits, as galley_hash_byte computes it. Products are split to stay exact in doubles.
local function fnv(word)
  local bit = require("bit")
  local hash = 2166136261
  for i = 1, #word do
    hash = bit.bxor(hash, word:byte(i)) % 4294967296
    local low, high = hash % 65536, math.floor(hash / 65536)
    hash = (low * 16777619 + (high * 16777619 % 65536) * 65536) % 4294967296
  end
  return hash
end

local function parse_class(item, where)
  local name, sign, rest = item:match("^([A-Z][A-Z0-9_]*)([=:]?)(.*)$")
  if not name then
    fail(where, ("'%s' is not CLASS, CLASS=number or CLASS:symbol"):format(item))
  end
  local number, symbol = 0, nil
  if sign == "=" then
    number = tonumber(rest) or fail(where, ("'%s' is no number"):format(rest))
  elseif sign == ":" then
    symbol = rest
  end
  return { name = name, number = number, symbol = symbol }
end

local words, classes = {}, {}

local function read(file)
  local row = 0
  for line in io.lines(file) do
    row = row + 1
    local where = ("%s:%d"):format(file, row)
    local word, items = line:match("^([^%s#]%S*)%s+(.+)$")
    if word then
      words[word] = words[word] or {}
      for item in items:gsub("%s#.*", ""):gmatch("%S+") do
        local class = parse_class(item, where)
        classes[class.name] = true
        local old = words[word][class.name]
        if old and (old.number ~= class.number or old.symbol ~= class.symbol) then
          fail(where, ("'%s' has two meanings in class %s"):format(word, class.name))
        end
        words[word][class.name] = class
      end
    elseif line:match("%S") and not line:match("^#") then
      fail(where, "a word needs a class")
    end
  end
end

local function sorted(set)
  local keys = {}
  for key in pairs(set) do
    keys[#keys + 1] = key
  end
  table.sort(keys)
  return keys
end

for _, file in ipairs(word_files()) do
  read(file)
end
local class_names, word_names = sorted(classes), sorted(words)
if #class_names > 64 then
  fail(folder, ("%d classes; a mask holds 64"):format(#class_names))
end
local class_index = {}
for i, name in ipairs(class_names) do
  class_index[name] = i - 1
end

local function write(name, lines)
  local path = target .. "/" .. name
  local file = assert(io.open(path, "w"))
  file:write("// Generated from words/*.txt by words/generate.lua; do not edit.\n")
  file:write(table.concat(lines, "\n"), "\n")
  file:close()
end

local out = { "typedef enum {" }
for _, name in ipairs(class_names) do
  out[#out + 1] = ("  GALLEY_CLASS_%s,"):format(name)
end
out[#out + 1] = "  GALLEY_CLASS_COUNT"
out[#out + 1] = "} GalleyClass;"
write("lexicon_classes.inc", out)

local entries, values, text, offset = {}, {}, {}, 0
for _, word in ipairs(word_names) do
  local first, mask = #values, {}
  for _, name in ipairs(sorted(words[word])) do
    local class = words[word][name]
    mask[#mask + 1] = ("GALLEY_IS(%d)"):format(class_index[name])
    if class.number ~= 0 or class.symbol then
      local symbol = class.symbol and ('"%s"'):format(class.symbol) or "0"
      values[#values + 1] = ("  {%d, %d, %s},"):format(class_index[name], class.number, symbol)
    end
  end
  entries[#entries + 1] = ("  {%s, %d, %d, %d, %d},"):format(
    table.concat(mask, " | "),
    offset,
    #word,
    first,
    #values - first
  )
  text[#text + 1] = ('  "%s\\0"'):format((word:gsub("[^%w%p ]", function(byte)
    return ("\\%03o"):format(byte:byte())
  end):gsub('"', '\\"')))
  offset = offset + #word + 1
end

local size = 64
while size < #word_names * 2 do
  size = size * 2
end
local slots = {}
for i = 0, size - 1 do
  slots[i] = 0
end
for i, word in ipairs(word_names) do
  local at = fnv(word) % size
  while slots[at] ~= 0 do
    at = (at + 1) % size
  end
  slots[at] = i
end
local slot_lines = {}
for at = 0, size - 1, 16 do
  local row = {}
  for i = at, at + 15 do
    row[#row + 1] = tostring(slots[i])
  end
  slot_lines[#slot_lines + 1] = "  " .. table.concat(row, ", ") .. ","
end

out = { ("#define LEXICON_SLOTS %du"):format(size), ("#define LEXICON_WORDS %du"):format(#word_names) }
local function array(declaration, lines)
  out[#out + 1] = declaration .. " = {"
  for _, line in ipairs(lines) do
    out[#out + 1] = line
  end
  out[#out + 1] = "};"
end
out[#out + 1] = "static const char lexicon_text[] ="
for _, line in ipairs(text) do
  out[#out + 1] = line
end
out[#out + 1] = "  ;"
values[#values + 1] = "  {0, 0, 0},"
array("static const LexiconValue lexicon_values[]", values)
array("static const LexiconEntry lexicon_entries[LEXICON_WORDS]", entries)
array("static const uint16_t lexicon_slots[LEXICON_SLOTS]", slot_lines)
write("lexicon_table.inc", out)
print(("%d words, %d classes, %d slots"):format(#word_names, #class_names, size))
