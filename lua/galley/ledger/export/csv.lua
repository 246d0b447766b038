-- The facts as a table, for a spreadsheet: RFC 4180, UTF-8.

local json = require("galley.json")
local offsets = require("galley.ledger.offsets")

local M = {}

--- @class galley.ledger.Column
--- @field name string
--- @field value fun(fact: galley.ledger.Fact): string|number|nil

--- @param name string
--- @return galley.ledger.Column
local function of_span(name)
  return {
    name = name,
    value = function(fact)
      return fact.span[name]
    end,
  }
end

--- @param name string
--- @return galley.ledger.Column
local function of_entry(name)
  return {
    name = name,
    value = function(fact)
      return fact.entry and fact.entry[name]
    end,
  }
end

--- @param name string
--- @param field string
--- @return galley.ledger.Column
local function of_source(name, field)
  return {
    name = name,
    value = function(fact)
      return fact.entry and fact.entry.source and fact.entry.source[field]
    end,
  }
end

--- @type galley.ledger.Column[]
local COLUMNS = {
  {
    name = "line",
    value = function(fact)
      return fact.span.start_row + 1
    end,
  },
  {
    name = "column",
    value = function(fact)
      return fact.span.start_col + 1
    end,
  },
  of_span("kind"),
  of_span("type"),
  {
    name = "text",
    value = function(fact)
      return offsets.squeeze(fact.span.text)
    end,
  },
  of_span("value"),
  of_span("unit"),
  of_span("noun"),
  {
    name = "who",
    value = function(fact)
      return fact.span.speaker_name or fact.span.speaker or fact.span.name
    end,
  },
  {
    name = "status",
    value = function(fact)
      return fact.status
    end,
  },
  {
    name = "stale",
    value = function(fact)
      return fact.stale and "yes" or nil
    end,
  },
  of_source("source", "path"),
  of_source("locator", "locator"),
  of_entry("note"),
  of_entry("reviewer"),
  of_entry("modified"),
}

--- A cell. What a spreadsheet would take for a formula is made text.
--- @param value string|number|nil
--- @return string
local function cell(value)
  if value == nil then
    return ""
  end
  -- Nothing that a terminal would obey.
  local text = json.to_utf8(tostring(value)):gsub("[%z\1-\8\11-\31\127]", " ")
  if text:find("^[=@\t\r]") or text:find("^[+-]") and not text:find("^[+-][%d.,]+%%?$") then
    text = "'" .. text
  end
  if text:find('[",\r\n]') then
    text = '"' .. text:gsub('"', '""') .. '"'
  end
  return text
end

--- @param sheet galley.ledger.Sheet
--- @return string
function M.render(sheet)
  local lines = {}
  lines[1] = table.concat(
    vim.tbl_map(function(column)
      return column.name
    end, COLUMNS),
    ","
  )
  for _, fact in ipairs(sheet.facts) do
    local cells = {}
    for index, column in ipairs(COLUMNS) do
      cells[index] = cell(column.value(fact))
    end
    lines[#lines + 1] = table.concat(cells, ",")
  end
  return table.concat(lines, "\r\n") .. "\r\n"
end

return M
