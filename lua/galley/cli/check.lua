-- `galley check`: the fact checks for scripts, hooks and CI.

local cli = require("galley.cli.io")

local EXIT_CLEAN, EXIT_FOUND, EXIT_UNUSABLE = 0, 1, 2

local SEVERITIES = { "hint", "info", "warn", "error" }

--- @type table<string, galley.cli.Flag>
local FLAGS = {
  format = { takes_value = true, choices = { "text", "json", "sarif" } },
  ["min-severity"] = { takes_value = true, choices = SEVERITIES },
  ["fail-on"] = { takes_value = true, choices = vim.list_extend({ "never" }, SEVERITIES) },
  dct = { takes_value = true, is_date = true },
  off = { takes_value = true, many = true },
  sources = {},
  list = {},
}

--- @param arguments string[]
--- @return table? options
local function parse(arguments)
  local options = cli.parse(arguments, FLAGS)
  if not options then
    return nil
  end
  if options.list and #options.files > 0 then
    return cli.usage_error("--list takes no file")
  elseif not options.list and #options.files == 0 then
    return cli.usage_error("no file given")
  end
  options.format = options.format or "text"
  options["min-severity"] = options["min-severity"] or "hint"
  options["fail-on"] = options["fail-on"] or "warn"
  return options
end

--- The severities by check that --off makes; nil after a complaint.
--- @param off? string[]
--- @return table<string, string>?
local function settings_of(off)
  local ids = require("galley.check.rows").ids() or {}
  local checks = {}
  for _, id in ipairs(off or {}) do
    if not vim.tbl_contains(ids, id) then
      local near = require("galley.config").nearest(id, ids)
      return cli.usage_error(
        ("no check is called '%s'%s"):format(
          id,
          near and (" (did you mean '%s'?)"):format(near) or ""
        )
      )
    end
    checks[id] = "off"
  end
  return checks
end

--- What the ledger beside a file waives.
--- @param file string
--- @return table<string, boolean>? by key
--- @return string? message
local function waived_in(file)
  local found = {}
  if file == "-" then
    return found
  end
  local store = require("galley.ledger.store")
  local ledger, message = store.read(file .. ".galley.jsonl")
  if not ledger then
    return nil, message
  end
  for _, entry in ipairs(store.entries(ledger.lines)) do
    if entry.finding and entry.status == "waived" then
      found[entry.finding] = true
    end
  end
  return found
end

--- The document of a file, and what its sources say when they are wanted.
--- @param core table
--- @param file string
--- @param options table
--- @return table? doc
--- @return galley.Finding[]|string|nil extra or a message
--- @return integer? buf that the document belongs to
local function document_of(core, file, options)
  if options.sources and file ~= "-" then
    local buf, message = require("galley.cli.article").open(file, options.dct)
    if not buf then
      return nil, message
    end
    require("galley.source").wait(buf)
    local doc = assert(require("galley.buffer").document(buf))
    return doc, require("galley.check.source").findings(buf, doc), buf
  end
  local text, message = cli.read(file)
  if not text then
    return nil, message
  end
  local doc
  doc, message = cli.document(core, text, options.dct, vim.fs.basename(file), true)
  return doc, not doc and ("%s: %s"):format(file, message) or nil
end

--- @param core table
--- @param file string
--- @param options table
--- @param checks table<string, string>
--- @return galley.check.Report?
--- @return string? message
local function report_of(core, file, options, checks)
  local waived, message = waived_in(file)
  if not waived then
    return nil, message
  end
  local doc, extra, buf = document_of(core, file, options)
  if not doc then
    return nil, extra --[[@as string]]
  end
  local found
  found, message = require("galley.check.run").run(doc, {
    checks = checks,
    min_severity = options["min-severity"],
    waived = waived,
    extra = extra --[[@as galley.Finding[]? ]],
  })
  local text = doc:text()
  local date, origin = doc:date()
  if buf then
    require("galley.buffer").detach(buf)
  else
    doc:close()
  end
  if not found then
    return nil, ("%s: %s"):format(file, message)
  end
  return {
    file = file,
    text = text,
    date = date,
    date_origin = origin,
    findings = found.findings,
  }
end

--- Whether something at or above a severity was found.
--- @param reports galley.check.Report[]
--- @param least string
--- @return boolean
local function fails(reports, least)
  local rank = require("galley.check.rows").rank
  for _, report in ipairs(reports) do
    for _, finding in ipairs(report.findings) do
      if least ~= "never" and rank[finding.severity] >= rank[least] then
        return true
      end
    end
  end
  return false
end

local USAGE = [[
usage: galley check [--format text|json|sarif] [--min-severity SEVERITY] [--fail-on SEVERITY]
                    [--off CHECK,...] [--sources] [--dct DATE] FILE...
       galley check --list

Checks the facts of English articles: what can be decided without a network.

  FILE            a text or Markdown file; '-' is standard input
  --format FORMAT text   file:line:column: severity: message [check], a line for each finding
                  json   one array with an object for each file
                  sarif  a SARIF 2.1.0 log
                  default: text
  --min-severity  hint, info, warn or error: milder findings are left out (default hint)
  --fail-on       the same, or never: what makes the exit status 1 (default warn)
  --off CHECK     a check that is not run; several with commas, or the option several times
  --sources       also against the sources that an article names, see :help galley-sources
  --dct DATE      the article's date, YYYY-MM-DD
  --list          lists the checks
  --              what follows is a file, even if it begins with '-'

Comments in an article silence checks: <!-- galley: ignore CHECK --> for the next line,
<!-- galley: ignore-file CHECK --> for all of it. What the ledger beside it, FILE.galley.jsonl,
waives is left out.
Exit status: 0, 1 if something at or above --fail-on was found, 2 if a file could not be read or
the command is wrong.
]]

--- @param arguments string[]
--- @return integer exit
local function run(arguments)
  cli.failed = EXIT_UNUSABLE
  local options = parse(arguments)
  if not options then
    return EXIT_UNUSABLE
  end
  local core, problem = require("galley.core").load()
  if not core then
    io.stderr:write(problem, "\n")
    return EXIT_UNUSABLE
  end
  local report = require("galley.check.report")
  if options.list then
    cli.write(report.list())
    cli.flush()
    return EXIT_CLEAN
  end
  local checks = settings_of(options.off)
  if not checks then
    return EXIT_UNUSABLE
  end
  --- @type galley.check.Run
  local all = { version = core.version, reports = {}, failures = {} }
  for _, file in ipairs(options.files) do
    local found, message = report_of(core, file, options, checks)
    if found then
      table.insert(all.reports, found)
    else
      cli.complain(tostring(message))
      table.insert(all.failures, { file = file, message = tostring(message) })
    end
  end
  cli.write(report.formats[options.format](all))
  cli.flush()
  if #all.failures > 0 then
    return EXIT_UNUSABLE
  end
  return fails(all.reports, options["fail-on"]) and EXIT_FOUND or EXIT_CLEAN
end

return { run = run, USAGE = USAGE }
