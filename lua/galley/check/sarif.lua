-- Findings as a SARIF 2.1.0 log, which code hosts and editors read.

local json = require("galley.json")
local rows = require("galley.check.rows")

local M = {}

local SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
local LEVELS = { hint = "note", info = "note", warn = "warning", error = "error" }

--- Lines of a text and what a byte column is in code points.
--- @class galley.sarif.Lines
--- @field text string
--- @field starts integer[] byte of each row's first character, from 1

--- @param text string
--- @return galley.sarif.Lines
local function lines_of(text)
  local starts = { 1 }
  for at in text:gmatch("\n()") do
    starts[#starts + 1] = at
  end
  return { text = text, starts = starts }
end

--- Code points before a byte column; a byte that is no UTF-8 counts as one.
--- @param lines galley.sarif.Lines
--- @param row integer
--- @param col integer
--- @return integer
local function characters(lines, row, col)
  local start = lines.starts[row + 1]
  if not start then
    return 0
  end
  local before = json.to_utf8(lines.text:sub(start, start + col - 1))
  return select(2, before:gsub("[^\128-\191]", ""))
end

--- @param lines galley.sarif.Lines
--- @param place table
--- @return table
local function region(lines, place)
  local start = lines.starts[place.start_row + 1]
  local stop = lines.starts[place.end_row + 1] or #lines.text + 1
  local offset = start and start - 1 + place.start_col or #lines.text
  return {
    startLine = place.start_row + 1,
    startColumn = characters(lines, place.start_row, place.start_col) + 1,
    endLine = place.end_row + 1,
    endColumn = characters(lines, place.end_row, place.end_col) + 1,
    byteOffset = offset,
    byteLength = math.max(0, stop - 1 + place.end_col - offset),
  }
end

--- A file as a URI reference: relative names stay relative.
--- @param file string
--- @return string
function M.uri(file)
  if file == "-" then
    return "stdin"
  elseif file:sub(1, 1) == "/" then
    return vim.uri_from_fname(file)
  end
  local uri = file:gsub("[^%w%-%._~/]", function(char)
    return ("%%%02X"):format(char:byte())
  end)
  return uri
end

--- @param artifact table
--- @param lines galley.sarif.Lines
--- @param place table
--- @return table
local function location(artifact, lines, place)
  return { physicalLocation = { artifactLocation = artifact, region = region(lines, place) } }
end

--- @param report galley.check.Report
--- @param finding galley.Finding
--- @param lines galley.sarif.Lines
--- @param indexes table<string, integer> of the rules
--- @return table
local function result_of(report, finding, lines, indexes)
  local artifact = { uri = M.uri(report.file) }
  local related, fixes = json.list({}), json.list({})
  for index, place in ipairs(finding.related) do
    local where
    if place.path then -- its text is not at hand, so no columns
      where = {
        physicalLocation = {
          artifactLocation = { uri = vim.uri_from_fname(place.path) },
          region = { startLine = place.start_row + 1 },
        },
      }
    else
      where = location(artifact, lines, place)
    end
    where.id, where.message = index, { text = place.message }
    related[index] = where
  end
  for index, repair in ipairs(finding.repairs) do
    local replacements = json.list({})
    for _, edit in ipairs(repair.edits) do
      replacements[#replacements + 1] = {
        deletedRegion = region(lines, edit),
        insertedContent = { text = edit.text },
      }
    end
    fixes[index] = {
      description = { text = repair.title },
      artifactChanges = { { artifactLocation = artifact, replacements = replacements } },
    }
  end
  return {
    ruleId = finding.check,
    ruleIndex = indexes[finding.check],
    level = LEVELS[finding.severity],
    message = { text = finding.message },
    locations = { location(artifact, lines, finding) },
    relatedLocations = related,
    fixes = fixes,
    partialFingerprints = { ["galleyKey/v1"] = vim.fn.sha256(report.file .. "\n" .. finding.key) },
    properties = { severity = finding.severity, outcome = finding.outcome },
  }
end

--- @return table[] rules
--- @return table<string, integer> indexes
local function rules_of()
  local rules, indexes = json.list({}), {}
  for index, row in ipairs(rows.all() or {}) do
    indexes[row.id] = index - 1
    rules[index] = {
      id = row.id,
      shortDescription = { text = row.help },
      defaultConfiguration = { level = LEVELS[row.severity] },
      help = { text = ("Found in: %s\nFine: %s"):format(row.fires, row.clean) },
    }
  end
  return rules, indexes
end

--- @param run galley.check.Run
--- @return string
function M.log(run)
  local rules, indexes = rules_of()
  local results, notes = json.list({}), json.list({})
  for _, report in ipairs(run.reports) do
    local lines = lines_of(report.text)
    for _, finding in ipairs(report.findings) do
      results[#results + 1] = result_of(report, finding, lines, indexes)
    end
  end
  for _, failure in ipairs(run.failures) do
    notes[#notes + 1] = {
      level = "error",
      message = { text = failure.message },
      locations = { { physicalLocation = { artifactLocation = { uri = M.uri(failure.file) } } } },
    }
  end
  local log = {
    ["$schema"] = SCHEMA,
    version = "2.1.0",
    runs = {
      {
        tool = { driver = { name = "galley", version = run.version, rules = rules } },
        columnKind = "unicodeCodePoints",
        invocations = {
          { executionSuccessful = #notes == 0, toolExecutionNotifications = notes },
        },
        results = results,
      },
    },
  }
  return json.value(log, "") .. "\n"
end

return M
