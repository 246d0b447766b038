-- Plants errors, runs the checks, and adds up by check what they found and what they said of clean texts.

local core = assert(require("galley.core").load())
local frames = require("tests.seeded.frames")

local FOUND = 0.95
local LOUD = { warn = true, error = true }

--- @class seeded.Row
--- @field planted integer
--- @field found integer
--- @field loud integer found as a warning or an error
--- @field clean integer clean texts
--- @field ticks integer clean texts of which a check said that they hold
--- @field alarms integer warnings and errors about clean texts
--- @field info integer

local rows = {} --- @type table<string, seeded.Row>
local order = {} --- @type string[]

local function say(...)
  io.stdout:write(string.format(...), "\n")
end

--- @param name string
--- @return seeded.Row
local function row_of(name)
  if not rows[name] then
    rows[name] = { planted = 0, found = 0, loud = 0, clean = 0, ticks = 0, alarms = 0, info = 0 }
    table.insert(order, name)
  end
  return rows[name]
end

--- @param text string
--- @param case seeded.Case
--- @return table[] findings, ticks among them
local function check(text, case)
  local doc = assert(core.document())
  assert(doc:set_text(text))
  doc:set_date(case.date)
  doc:set_file_name(case.file and vim.fs.basename(case.file) or "")
  local findings = assert(doc:check({ ok = true }))
  doc:close()
  return findings
end

--- @param finding table
--- @return boolean does it say that something is wrong?
local function accuses(finding)
  return finding.outcome == "bad" or finding.outcome == "near"
end

--- @param planted seeded.Planted
--- @param finding table
--- @return boolean is the finding, or what it points to, about the piece with the error?
local function touches(planted, finding)
  if finding.start < planted.stop and finding["end"] >= planted.start then
    return true
  end
  for _, related in ipairs(finding.related or {}) do
    if related.start and related.start < planted.stop and related["end"] >= planted.start then
      return true
    end
  end
  return false
end

--- @param case seeded.Case
local function run_clean(case)
  local row = row_of(case.loose and case.checks[1] .. " (loose)" or case.checks[1] or "clean")
  local ticked = false
  row.clean = row.clean + 1
  for _, finding in ipairs(check(case.clean, case)) do
    local known = vim.list_contains(case.known or {}, finding.check)
    if accuses(finding) and not known then
      local loud = LOUD[finding.severity]
      row.alarms = row.alarms + (loud and 1 or 0)
      row.info = row.info + (loud and 0 or 1)
      say("clean %s: %s %s: %s", case.name, finding.severity, finding.check, finding.message)
    end
    ticked = ticked or finding.outcome == "ok"
  end
  row.ticks = row.ticks + (ticked and 1 or 0)
end

--- @param case seeded.Case
--- @param planted seeded.Planted
local function run_planted(case, planted)
  local row = row_of(case.loose and case.checks[1] .. " (loose)" or case.checks[1])
  local found, loud, others = false, false, {}
  for _, finding in ipairs(check(planted.text, case)) do
    if
      accuses(finding)
      and vim.list_contains(case.checks, finding.check)
      and touches(planted, finding)
    then
      found, loud = true, loud or LOUD[finding.severity]
    elseif accuses(finding) then
      table.insert(others, finding.check)
    end
  end
  row.planted = row.planted + 1
  row.found = row.found + (found and 1 or 0)
  row.loud = row.loud + (loud and 1 or 0)
  if not loud then
    local piece = planted.text:sub(planted.start + 1, planted.stop):gsub("\n", "\\n")
    local how = found and "only info" or "missed"
    say("%s %s: %s [%s] (%s)", how, case.name, piece, planted.wrong, table.concat(others, " "))
  end
end

--- @return seeded.Row tight those that count, added up
local function show()
  local tight = { planted = 0, found = 0, loud = 0, clean = 0, ticks = 0, alarms = 0, info = 0 }
  local form = "%-26s %7s %6s %6s %7s %6s %6s %6s"
  say(form, "", "planted", "found", "loud", "clean", "ticks", "alarms", "info")
  for _, name in ipairs(order) do
    local row = rows[name]
    say(form, name, row.planted, row.found, row.loud, row.clean, row.ticks, row.alarms, row.info)
    for key, value in pairs(row) do
      local loose = name:find("(loose)", 1, true)
        and (key == "planted" or key == "found" or key == "loud")
      tight[key] = tight[key] + (loose and 0 or value)
    end
  end
  say(
    form,
    "all, without loose",
    tight.planted,
    tight.found,
    tight.loud,
    tight.clean,
    tight.ticks,
    tight.alarms,
    tight.info
  )
  say("found %.1f%% of the errors in tight frames", 100 * tight.found / tight.planted)
  return tight
end

describe("the checks", function()
  local tight

  setup(function()
    assert(core.checks, "the core has no checks yet")
    local seen = {}
    for _, case in ipairs(frames.all()) do
      if not seen[case.clean] then
        run_clean(case)
        seen[case.clean] = true
      end
      for _, planted in ipairs(case.planted) do
        run_planted(case, planted)
      end
    end
    tight = show()
  end)

  it("are those that the frames name", function()
    local known = {}
    for _, entry in ipairs(core.checks()) do
      known[entry.id] = true
    end
    for _, case in ipairs(frames.all()) do
      for number, id in ipairs(case.checks) do
        assert(number > 1 or known[id], case.name .. ": no such check: " .. id)
      end
    end
  end)

  it("find 95 in 100 of the errors planted in tight frames", function()
    assert.is_true(tight.found >= FOUND * tight.planted)
  end)

  it("say nothing about what is right", function()
    assert.are.equal(0, tight.alarms)
  end)
end)
