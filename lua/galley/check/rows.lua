-- The checks that there are: the core's table, and how severe each is under the user's settings.

local M = {}

--- @class galley.Check
--- @field id string
--- @field severity "hint"|"info"|"warn"|"error" by default
--- @field needs "text"|"sources"|"review"|"comment" review: listed on request, never a diagnostic
--- @field help string
--- @field fires string an example that it fires on
--- @field clean string one that it does not

--- From the mildest.
M.severities = { "hint", "info", "warn", "error" }

--- The place of a severity in that order.
M.rank = { hint = 1, info = 2, warn = 3, error = 4 }

--- @type galley.Check[]?
local rows
--- @type table<string, galley.Check>
local by_id = {}

--- All checks in the order of the help; nil without the C module.
--- @return galley.Check[]?
function M.all()
  if not rows then
    local core = require("galley.core").load()
    if not core then
      return nil
    end
    rows = core.checks() --[[@as galley.Check[] ]]
    for _, row in ipairs(rows) do
      by_id[row.id] = row
    end
  end
  return rows
end

--- @return string[]?
function M.ids()
  local all = M.all()
  return all and vim.tbl_map(function(row)
    return row.id
  end, all)
end

--- @param id string
--- @return galley.Check?
function M.get(id)
  M.all()
  return by_id[id]
end

--- The severity that a setting gives a check, nil when it is off.
--- @param row galley.Check
--- @param setting string|boolean|nil
--- @return string?
function M.base_severity(row, setting)
  if setting == false or setting == "off" then
    return nil
  end
  return type(setting) == "string" and setting or row.severity
end

--- A finding may be milder than its check is by default (it is in a quote, it is close): it stays
--- as much milder than what the user set.
--- @param row galley.Check
--- @param found string severity that the check gave
--- @param setting string|boolean|nil
--- @return string
function M.severity(row, found, setting)
  local base = M.base_severity(row, setting)
  if not base or base == row.severity then
    return found
  end
  local milder = math.max(0, M.rank[row.severity] - M.rank[found])
  return M.severities[math.max(1, M.rank[base] - milder)]
end

return M
