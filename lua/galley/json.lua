-- Writes JSON: always the same bytes for the same values, and valid whatever bytes a string holds.

local M = {}

local ESCAPES = {
  ['"'] = '\\"',
  ["\\"] = "\\\\",
  ["\b"] = "\\b",
  ["\f"] = "\\f",
  ["\n"] = "\\n",
  ["\r"] = "\\r",
  ["\t"] = "\\t",
}
for byte = 0, 31 do
  local char = string.char(byte)
  ESCAPES[char] = ESCAPES[char] or ("\\u%04x"):format(byte)
end
ESCAPES["\127"] = "\\u007f"

local REPLACEMENT = "\239\191\189" -- U+FFFD

--- Bytes of the UTF-8 character at `at`; nil when none is there.
--- @param text string
--- @param at integer
--- @return integer?
local function character_length(text, at)
  local a, b, c, d = text:byte(at, at + 3)
  local function continues(byte)
    return byte and byte >= 0x80 and byte < 0xc0
  end
  if a < 0x80 then
    return 1
  elseif a < 0xc2 or not continues(b) then
    return nil
  elseif a < 0xe0 then
    return 2
  elseif a < 0xf0 then
    local overlong, surrogate = a == 0xe0 and b < 0xa0, a == 0xed and b >= 0xa0
    return continues(c) and not overlong and not surrogate and 3 or nil
  elseif a < 0xf5 then
    local overlong, too_high = a == 0xf0 and b < 0x90, a == 0xf4 and b >= 0x90
    return continues(c) and continues(d) and not overlong and not too_high and 4 or nil
  end
end

--- The text with every byte that is not part of a UTF-8 character replaced by U+FFFD.
--- @param text string
--- @return string
function M.to_utf8(text)
  local parts
  local good, at = 1, 1
  while true do
    at = text:find("[\128-\255]", at)
    if not at then
      break
    end
    local length = character_length(text, at)
    if not length then
      parts = parts or {}
      parts[#parts + 1] = text:sub(good, at - 1)
      parts[#parts + 1] = REPLACEMENT
      good = at + 1
    end
    at = at + (length or 1)
  end
  if not parts then
    return text
  end
  parts[#parts + 1] = text:sub(good)
  return table.concat(parts)
end

-- Characters that a terminal obeys, or that turn the direction of what stands around them: written
-- as escapes, they mean the same to a program and do nothing on a screen.
local UNRULY = {
  "\194[\128-\159]", -- C1 controls
  "\216\156", -- marks of direction
  "\226\128[\142\143\168-\174]",
  "\226\129[\166-\169]",
}

--- @param character string
--- @return string
local function escaped(character)
  return ("\\u%04x"):format(vim.fn.char2nr(character))
end

--- A string in quotes.
--- @param text string
--- @return string
function M.string(text)
  if text:find('[%z\1-\31"\\\127]') then
    text = text:gsub('[%z\1-\31"\\\127]', ESCAPES)
  end
  if text:find("[\128-\255]") then
    text = M.to_utf8(text)
    for _, pattern in ipairs(UNRULY) do
      text = text:gsub(pattern, escaped)
    end
  end
  return '"' .. text .. '"'
end

--- A number with as few digits as bring it back; null for what JSON cannot say.
--- @param number number
--- @return string
function M.number(number)
  if number ~= number or number == math.huge or number == -math.huge then
    return "null"
  end
  if number == math.floor(number) and math.abs(number) < 1e15 then
    return ("%d"):format(number)
  end
  for digits = 15, 17 do
    local text = ("%." .. digits .. "g"):format(number)
    if tonumber(text) == number then
      return text
    end
  end
  return "null"
end

--- @param value string|number|boolean|nil
--- @return string
function M.scalar(value)
  local kind = type(value)
  if kind == "string" then
    return M.string(value)
  elseif kind == "number" then
    return M.number(value)
  elseif kind == "boolean" then
    return tostring(value)
  end
  return "null"
end

--- Marks a table as a list, which an empty one needs.
--- @generic T: table
--- @param list T
--- @return T
function M.list(list)
  return setmetatable(list, { __galley_list = true })
end

--- Any value: tables with a first item or made by list() are arrays, others objects with their keys
--- in order. Booleans, numbers and strings as scalar(); nothing may hold itself.
--- @param value any
--- @param indent? string what stands before the line; nil: all on one line
--- @return string
function M.value(value, indent)
  if type(value) ~= "table" then
    return M.scalar(value)
  end
  local meta = getmetatable(value)
  local is_list = value[1] ~= nil or meta ~= nil and meta.__galley_list == true
  local parts = {}
  local deeper = indent and indent .. "  "
  if is_list then
    for index, item in ipairs(value) do
      parts[index] = M.value(item, deeper)
    end
  else
    local keys = vim.tbl_keys(value)
    table.sort(keys)
    for index, key in ipairs(keys) do
      local colon = indent and ": " or ":"
      parts[index] = M.string(key) .. colon .. M.value(value[key], deeper)
    end
  end
  local open, close = is_list and "[" or "{", is_list and "]" or "}"
  if not indent or #parts == 0 then
    return open .. table.concat(parts, ",") .. close
  end
  local line = "\n" .. deeper
  return open .. line .. table.concat(parts, "," .. line) .. "\n" .. indent .. close
end

return M
