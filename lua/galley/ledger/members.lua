-- JSON text taken apart without losing a byte: the members of an object and the elements of an
-- array, each as it stands in the text. What galley does not know it writes back unchanged.

local M = {}

--- @class galley.ledger.Member
--- @field key string
--- @field raw string the value as it stands in the text

--- Where the string that begins at `at` ends.
--- @param text string
--- @param at integer of its first quotation mark
--- @return integer? last of its last quotation mark
local function string_end(text, at)
  local from = at + 1
  while true do
    local mark = text:find('["\\]', from)
    if not mark then
      return nil
    end
    if text:byte(mark) == 0x22 then
      return mark
    end
    from = mark + 2
  end
end

--- Where the value that begins at `at` ends.
--- @param text string
--- @param at integer
--- @return integer? last
local function value_end(text, at)
  local first = text:sub(at, at)
  if first == '"' then
    return string_end(text, at)
  end
  if first ~= "{" and first ~= "[" then
    local last = text:find("[%s,%]}]", at)
    return last and last > at and last - 1 or nil
  end
  local depth, from = 0, at
  while true do
    local mark = text:find('["%[%]{}]', from)
    if not mark then
      return nil
    end
    local char = text:sub(mark, mark)
    if char == '"' then
      mark = string_end(text, mark)
      if not mark then
        return nil
      end
    else
      depth = depth + ((char == "{" or char == "[") and 1 or -1)
    end
    if depth == 0 then
      return mark
    end
    from = mark + 1
  end
end

--- @param text string
--- @param at integer
--- @return integer
local function skip_blanks(text, at)
  return text:find("%S", at) or #text + 1
end

--- The members of an object, in their order.
--- @param text string valid JSON
--- @return galley.ledger.Member[]? members nil when the text is no object
function M.object(text)
  local at = skip_blanks(text, 1)
  if text:sub(at, at) ~= "{" then
    return nil
  end
  local members = {}
  at = skip_blanks(text, at + 1)
  while text:sub(at, at) == '"' do
    local key_last = string_end(text, at)
    local colon = key_last and skip_blanks(text, key_last + 1)
    if not colon or text:sub(colon, colon) ~= ":" then
      return nil
    end
    local first = skip_blanks(text, colon + 1)
    local last = value_end(text, first)
    local ok, key = pcall(vim.json.decode, text:sub(at, key_last))
    if not last or not ok then
      return nil
    end
    members[#members + 1] = { key = key, raw = text:sub(first, last) }
    at = skip_blanks(text, last + 1)
    if text:sub(at, at) == "," then
      at = skip_blanks(text, at + 1)
    end
  end
  return text:sub(at, at) == "}" and members or nil
end

--- The elements of an array, in their order; a value that is no array stands for itself.
--- @param text string valid JSON
--- @return string[]? elements
function M.array(text)
  local at = skip_blanks(text, 1)
  if text:sub(at, at) ~= "[" then
    return { vim.trim(text) }
  end
  local elements = {}
  at = skip_blanks(text, at + 1)
  while at <= #text and text:sub(at, at) ~= "]" do
    local last = value_end(text, at)
    if not last then
      return nil
    end
    elements[#elements + 1] = text:sub(at, last)
    at = skip_blanks(text, last + 1)
    if text:sub(at, at) == "," then
      at = skip_blanks(text, at + 1)
    end
  end
  return elements
end

return M
