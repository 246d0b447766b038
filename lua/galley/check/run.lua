-- What the checks find in a document, under settings, ignores and waivers. The editor and the
-- command line both ask here.

local ignore = require("galley.check.ignore")
local rows = require("galley.check.rows")

local M = {}

--- One thing that a check found. Rows, columns and offsets count bytes from 0; ends are exclusive.
--- @class galley.Finding
--- @field check string
--- @field severity "hint"|"info"|"warn"|"error"
--- @field outcome "ok"|"near"|"bad"|"undecided"
--- @field message string
--- @field key string check and operand values: the same after the text around it changed
--- @field start integer
--- @field end integer
--- @field start_row integer
--- @field start_col integer
--- @field end_row integer
--- @field end_col integer
--- @field text string
--- @field related galley.Finding.Related[]
--- @field repairs galley.Finding.Repair[]

--- A place that a finding speaks of besides its own.
--- @class galley.Finding.Related
--- @field start_row integer
--- @field start_col integer
--- @field end_row integer
--- @field end_col integer
--- @field message string
--- @field path? string file, when it is another one

--- @class galley.Finding.Repair
--- @field title string
--- @field edits galley.Finding.Edit[]

--- @class galley.Finding.Edit
--- @field start_row integer
--- @field start_col integer
--- @field end_row integer
--- @field end_col integer
--- @field text string

--- @class galley.check.Options
--- @field checks? table<string, string|boolean> severity by check, or off
--- @field min_severity? string
--- @field waived? table<string, any> by key
--- @field extra? galley.Finding[] of checks that do not run in the core

--- What is found: what is wrong, what was checked and holds, what is only listed on request.
--- @class galley.Findings
--- @field findings galley.Finding[] in text order
--- @field ticks galley.Finding[]
--- @field review galley.Finding[]

--- @param a galley.Finding
--- @param b galley.Finding
--- @return boolean
local function before(a, b)
  if a.start ~= b.start then
    return a.start < b.start
  elseif a["end"] ~= b["end"] then
    return a["end"] < b["end"]
  end
  return a.check < b.check
end

--- Runs all checks over a document.
--- @param doc table
--- @param options? galley.check.Options
--- @return galley.Findings? found
--- @return string? message
function M.run(doc, options)
  options = options or {}
  local settings, waived = options.checks or {}, options.waived or {}
  local ignores = ignore.read(doc)
  local off = {}
  for _, row in ipairs(rows.all() or {}) do
    if not rows.base_severity(row, settings[row.id]) or ignores.file[row.id] then
      off[#off + 1] = row.id
    end
  end
  local found, message = doc:check({ off = off, ok = true })
  if not found then
    return nil, message
  end
  vim.list_extend(found, options.extra or {})
  vim.list_extend(found, ignores.unknown)
  local least = rows.rank[options.min_severity or "hint"]
  --- @type galley.Findings
  local result = { findings = {}, ticks = {}, review = {} }
  for _, finding in ipairs(found) do
    local row = rows.get(finding.check)
    if
      row
      and rows.base_severity(row, settings[row.id])
      and not ignore.covers(ignores, finding)
      and not waived[finding.key]
    then
      finding.severity = rows.severity(row, finding.severity, settings[row.id])
      if finding.outcome == "ok" then
        table.insert(result.ticks, finding)
      elseif row.needs == "review" then
        table.insert(result.review, finding)
      elseif finding.outcome ~= "undecided" and rows.rank[finding.severity] >= least then
        table.insert(result.findings, finding)
      end
    end
  end
  for _, list in pairs(result) do
    table.sort(list, before)
  end
  return result
end

return M
