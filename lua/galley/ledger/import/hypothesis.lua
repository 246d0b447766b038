-- Annotations of Hypothes.is, as its API and its exports give them: JSON with `rows`,
-- `annotations`, or a list.

local M = {}

local DECODE = { luanil = { object = true, array = true } }
local STATUSES = { open = true, verified = true, queried = true, wrong = true, waived = true }

--- @param value any
--- @return string?
local function text_of(value)
  return type(value) == "string" and value ~= "" and value or nil
end

--- The status that a tag names.
--- @param tags any
--- @return string?
local function status_of(tags)
  for _, tag in ipairs(type(tags) == "table" and tags or {}) do
    local status = type(tag) == "string" and tag:lower():gsub("^galley:", "")
    if STATUSES[status] then
      return status
    end
  end
end

--- Hypothes.is writes "2024-01-31T12:00:00.123456+00:00".
--- @param time any
--- @return string?
local function time_of(time)
  local day, clock = tostring(time):match("^(%d%d%d%d%-%d%d%-%d%d)T(%d%d:%d%d:%d%d)")
  return day and ("%sT%sZ"):format(day, clock)
end

--- @param row any
--- @return galley.ledger.Import?
local function read_row(row)
  if type(row) ~= "table" or not text_of(row.id) then
    return nil
  end
  local target = type(row.target) == "table" and row.target[1]
  local selectors = type(target) == "table" and target.selector
  --- @type galley.ledger.Import
  local import = {
    id = "https://hypothes.is/a/" .. row.id,
    status = status_of(row.tags),
    note = text_of(row.text),
    reviewer = text_of(row.user) and row.user:gsub("^acct:", ""):gsub("@hypothes%.is$", "") or nil,
    created = time_of(row.created),
    modified = time_of(row.updated),
  }
  for _, selector in ipairs(type(selectors) == "table" and selectors or {}) do
    if type(selector) == "table" and selector.type == "TextQuoteSelector" then
      import.exact = text_of(selector.exact)
      import.prefix, import.suffix = text_of(selector.prefix), text_of(selector.suffix)
    elseif type(selector) == "table" and selector.type == "TextPositionSelector" then
      import.start, import.finish = tonumber(selector.start), tonumber(selector["end"])
    end
  end
  return import.exact and import or nil
end

--- @param text string
--- @return galley.ledger.Import[]? imports
--- @return string? message
function M.parse(text)
  local ok, data = pcall(vim.json.decode, text, DECODE)
  if not ok or type(data) ~= "table" then
    return nil, "galley: no JSON in it"
  end
  local rows = data.rows or data.annotations or data
  if type(rows) ~= "table" or not vim.islist(rows) then
    return nil, "galley: no annotations of Hypothes.is in it"
  end
  local imports = {}
  for _, row in ipairs(rows) do
    imports[#imports + 1] = read_row(row)
  end
  return imports
end

return M
