-- Reads CSL-JSON: a list of items with `id`, `author`, `issued`, `title`.

local json = require("galley.json")
local row_at = require("galley.bibliography.bibtex").row_at

local M = {}

local DECODE = { luanil = { object = true, array = true } }
local MOST = 100000 -- items of a file

--- @param value any
--- @return string?
local function text_of(value)
  if type(value) == "number" then
    return ("%d"):format(value)
  end
  return type(value) == "string" and value ~= "" and value or nil
end

--- @param people any
--- @return string[]
local function families(people)
  local names = {}
  for _, person in ipairs(type(people) == "table" and people or {}) do
    if type(person) == "table" then
      names[#names + 1] = text_of(person.family) or text_of(person.literal)
    end
  end
  return names
end

--- @param issued any
--- @return string?
local function year_of(issued)
  if type(issued) ~= "table" then
    return nil
  end
  local parts = issued["date-parts"]
  local first = type(parts) == "table" and parts[1]
  local year = type(first) == "table" and text_of(first[1])
  return year or (text_of(issued.raw) or text_of(issued.literal) or ""):match("%d%d%d%d")
end

--- @param item table
--- @param key string
--- @param row integer
--- @param col integer
--- @return galley.BibEntry
local function entry_of(item, key, row, col)
  return {
    key = key,
    type = text_of(item.type) or "document",
    row = row,
    col = col,
    fields = {
      title = text_of(item.title),
      year = year_of(item.issued),
      journal = text_of(item["container-title"]),
      publisher = text_of(item.publisher),
      url = text_of(item.URL),
    },
    authors = families(item.author or item.editor),
  }
end

--- The items of a file, in their order; nil when it is no CSL-JSON.
--- @param text string
--- @return galley.BibEntry[]?
function M.parse(text)
  local ok, items = pcall(vim.json.decode, text, DECODE)
  if not ok or type(items) ~= "table" then
    return nil
  end
  items = vim.islist(items) and items or items.items
  if type(items) ~= "table" then
    return nil
  end
  local entries = {}
  local at, row, line_start = 1, 0, 1
  for index = 1, math.min(#items, MOST) do
    local item = items[index]
    local key = type(item) == "table" and text_of(item.id)
    if key then
      local written = type(item.id) == "string" and json.string(key) or key
      local first, last = text:find('"id"%s*:%s*' .. vim.pesc(written), at)
      if first then
        row, line_start = row_at(text, row, line_start, first)
        at = last + 1
      end
      local col = first and first - line_start or 0
      entries[#entries + 1] = entry_of(item, key, first and row or 0, col)
    end
  end
  return entries
end

return M
