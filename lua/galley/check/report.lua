-- What `galley check` writes: text for people and 'errorformat', JSON, SARIF.

local json = require("galley.json")
local rows = require("galley.check.rows")
local visible = require("galley.visible").line

local M = {}

--- What was found in one file.
--- @class galley.check.Report
--- @field file string
--- @field text string
--- @field date? string
--- @field date_origin string
--- @field findings galley.Finding[]

--- A file that could not be checked.
--- @class galley.check.Failure
--- @field file string
--- @field message string

--- @class galley.check.Run
--- @field version string
--- @field reports galley.check.Report[]
--- @field failures galley.check.Failure[]

--- A place with rows and columns from 1, as people count.
--- @param place table
--- @param text? string
--- @return table
local function place_of(place)
  return {
    line = place.start_row + 1,
    column = place.start_col + 1,
    end_line = place.end_row + 1,
    end_column = place.end_col + 1,
    start = place.start,
    ["end"] = place["end"],
  }
end

--- @param finding galley.Finding
--- @return table
local function json_finding(finding)
  local related, repairs = json.list({}), json.list({})
  for _, place in ipairs(finding.related) do
    local record = place_of(place)
    record.message, record.file = place.message, place.path
    related[#related + 1] = record
  end
  for _, repair in ipairs(finding.repairs) do
    local edits = json.list({})
    for _, edit in ipairs(repair.edits) do
      local record = place_of(edit)
      record.text = edit.text
      edits[#edits + 1] = record
    end
    repairs[#repairs + 1] = { title = repair.title, edits = edits }
  end
  return vim.tbl_extend("error", place_of(finding), {
    check = finding.check,
    severity = finding.severity,
    outcome = finding.outcome,
    message = finding.message,
    key = finding.key,
    text = finding.text,
    related = related,
    repairs = repairs,
  })
end

--- @param run galley.check.Run
--- @return string
local function as_json(run)
  local list = json.list({})
  for _, report in ipairs(run.reports) do
    list[#list + 1] = {
      id = report.file,
      date = report.date,
      date_origin = report.date_origin,
      findings = json.list(vim.tbl_map(json_finding, report.findings)),
    }
  end
  return json.value(list, "") .. "\n"
end

--- @param run galley.check.Run
--- @return string
local function as_text(run)
  local lines = {}
  for _, report in ipairs(run.reports) do
    for _, finding in ipairs(report.findings) do
      lines[#lines + 1] = ("%s:%d:%d: %s: %s [%s]\n"):format(
        visible(report.file),
        finding.start_row + 1,
        finding.start_col + 1,
        finding.severity,
        visible(finding.message),
        finding.check
      )
    end
  end
  return table.concat(lines)
end

--- @type table<string, fun(run: galley.check.Run): string>
M.formats = {
  text = as_text,
  json = as_json,
  sarif = function(run)
    return require("galley.check.sarif").log(run)
  end,
}

--- The list of checks, a line each with what it says and examples.
--- @return string
function M.list()
  local lines = {}
  for _, row in ipairs(rows.all() or {}) do
    local needs = row.needs == "sources" and ", with sources"
      or row.needs == "review" and ", by :Galley review alone"
      or ""
    lines[#lines + 1] = ("%-22s %s (%s%s)\n"):format(row.id, row.help, row.severity, needs)
  end
  return table.concat(lines)
end

return M
