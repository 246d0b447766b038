-- `galley check` as scripts, hooks and CI use it.

local schema = require("tests.cli.schema")

local root = vim.fn.getcwd()

--- Runs bin/galley; gives standard output, standard error and the exit status.
local function galley(arguments, input, cwd)
  local command = { root .. "/bin/galley", "check" }
  vim.list_extend(command, arguments)
  local result = vim
    .system(command, { stdin = input, env = { GALLEY_NVIM = vim.v.progpath }, cwd = cwd or root })
    :wait(60000)
  return result.stdout, result.stderr, result.code
end

local TEXT = table.concat({
  "# Norrvik",
  "",
  "The the council met on Wednesday, 12 March 2024.",
  "It was the 22th time that Zoë Ålund, 41, came.",
  "",
  "“We had no “idea” at all, and we said so,” she said.",
  "",
}, "\n")

local DIRTY = TEXT
local CLEAN = "# Norrvik\n\nThe council met on Tuesday, 12 March 2024.\n"

describe("galley check", function()
  local folder

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder)
    vim.fn.writefile(vim.split(DIRTY, "\n"), folder .. "/dirty.md", "b")
    vim.fn.writefile(vim.split(CLEAN, "\n"), folder .. "/clean.md", "b")
  end)

  after_each(function()
    vim.fn.delete(folder, "rf")
  end)

  it("writes a line for each finding, and exits with 1", function()
    local out, err, code = galley({ "dirty.md", "clean.md" }, nil, folder)
    assert.are.equal("", err)
    assert.are.equal(1, code)
    assert.are.same({
      "dirty.md:3:1: warn: “the” stands twice [word-doubled]",
      "dirty.md:3:24: error: 2024-03-12 is a Tuesday, not a Wednesday [weekday-date]",
      "dirty.md:4:12: warn: 22th is written 22nd [ordinal-suffix]",
      "dirty.md:6:14: info: a quote inside a quote takes ‘’ [quote-nesting-style]",
    }, vim.split(vim.trim(out), "\n"))
  end)

  it("is silent and exits with 0 when nothing is found", function()
    assert.are.same({ "", "", 0 }, { galley({ folder .. "/clean.md" }) })
    assert.are.same({ "", "", 0 }, { galley({ "-" }, "") })
  end)

  it("is read by the default 'errorformat'", function()
    local out = galley({ "dirty.md" }, nil, folder)
    vim.cmd("set errorformat&")
    vim.fn.setqflist({}, " ", { lines = vim.split(vim.trim(out), "\n") })
    local items = vim.fn.getqflist()
    assert.are.equal(4, #items)
    for index, place in ipairs({ { 3, 1 }, { 3, 24 }, { 4, 12 }, { 6, 14 } }) do
      assert.are.equal(1, items[index].valid)
      assert.are.same(place, { items[index].lnum, items[index].col })
      assert.are.equal("dirty.md", vim.fn.bufname(items[index].bufnr))
    end
    assert.has.match("stands twice %[word%-doubled%]", items[1].text)
  end)

  it("leaves out what is milder than --min-severity", function()
    local out = galley({ "--min-severity", "error", "-" }, DIRTY)
    assert.are.equal(1, select(2, out:gsub("\n", "")))
    assert.has.match("weekday%-date", out)
    assert.are.equal(3, select(2, galley({ "--min-severity=warn", "-" }, DIRTY):gsub("\n", "")))
  end)

  it("fails on what --fail-on says", function()
    local mild = "“We had no “idea” at all, and we said so,” Zoë Ålund said.\n"
    local function code(...)
      return (select(3, galley({ ..., "-" }, mild)))
    end
    assert.are.equal(0, select(3, galley({ "-" }, mild)))
    assert.are.equal(1, code("--fail-on=info"))
    assert.are.equal(0, code("--fail-on=error"))
    assert.are.equal(0, select(3, galley({ "--fail-on", "never", "-" }, DIRTY)))
  end)

  it("takes the document date from --dct", function()
    local text = "The strike began on Tuesday, 2 March.\n"
    assert.are.equal("", (galley({ "-" }, text)))
    assert.has.match("2026%-03%-02 is a Monday", (galley({ "--dct", "2026-03-11", "-" }, text)))
    assert.are.equal("", (galley({ "--dct=2027-03-11", "-" }, text)))
  end)

  it("switches checks off, and tells one that is not known", function()
    local out = galley({ "--off", "word-doubled,weekday-date", "--off=ordinal-suffix", "-" }, DIRTY)
    assert.has.match("^%-:6:14: info: [^\n]*\n$", out)
    local _, err, code = galley({ "--off", "word-dubled", "-" }, DIRTY)
    assert.are.equal(2, code)
    assert.has.match("no check is called 'word%-dubled' %(did you mean 'word%-doubled'%?%)", err)
  end)

  it("honours comments in the article", function()
    local text = "<!-- galley: ignore-file weekday-date -->\n"
      .. "<!-- galley: ignore word-doubled -->\n"
      .. "The the man.\nAnd and here, on Wednesday, 12 March 2024.\n"
    assert.are.equal(
      "-:4:1: warn: “and” stands twice [word-doubled]\n",
      (galley({ "-" }, text))
    )
    local out = galley({ "-" }, "<!-- galley: ignore word-dubled -->\nThe the man.\n")
    assert.has.match("^%-:1:21: warn: no check is called `word%-dubled`; did you mean", out)
    assert.has.match("%-:2:1: warn: “the” stands twice", out)
  end)

  it("leaves out what the ledger beside the file waives", function()
    vim.cmd.edit(folder .. "/dirty.md")
    assert(require("galley").attach(0))
    local finding = require("galley.check").findings(0)[2]
    assert(require("galley.check").waive(0, finding, "it is their calendar"))
    vim.cmd("silent! %bwipeout!")
    local out, err, code = galley({ folder .. "/dirty.md" })
    assert.are.same({ "", 1 }, { err, code })
    assert.are.equal(3, select(2, out:gsub("\n", "")))
    assert.is_nil(out:find("weekday-date", 1, true))
  end)

  it("holds the article against its sources with --sources", function()
    vim.fn.writefile(
      { "Ann Cole: We may not close it before the spring, I think." },
      folder .. "/call.txt"
    )
    vim.fn.writefile({
      "---",
      "sources: [call.txt]",
      "---",
      "",
      "“We will not close it before the spring,” Ann Cole said.",
    }, folder .. "/quoting.md")
    local article = folder .. "/quoting.md"
    assert.are.same({ "", "", 0 }, { galley({ article }) })
    local out, err, code = galley({ "--sources", article })
    assert.are.same({ "", 1 }, { err, code })
    assert.has.match(
      "quoting%.md:5:1: error: [^\n]*“will” is “may” there %[quote%-altered%]",
      out
    )
    local json = vim.json.decode((galley({ "--sources", "--format", "json", article })))
    local finding = json[1].findings[1]
    assert.has.match("call%.txt$", finding.related[1].file)
    assert.are.equal("may", finding.repairs[1].edits[1].text)
    local value = vim.json.decode((galley({ "--sources", "--format", "sarif", article })))
    local schema_text =
      table.concat(vim.fn.readfile("tests/cli/sarif/sarif-2.1.0-rtm.5.json"), "\n")
    assert.are.same({}, schema.problems(vim.json.decode(schema_text), value))
  end)

  it("goes on after a file that cannot be read, and exits with 2", function()
    local out, err, code = galley({ "/does/not/exist", folder, folder .. "/dirty.md" })
    assert.are.equal(2, code)
    assert.has.match("galley: /does/not/exist: No such file", err)
    assert.has.match("is a directory", err)
    assert.has.match("word%-doubled", out)
  end)

  it("says what is wrong with its arguments", function()
    for _, case in ipairs({
      { {}, "no file given" },
      { { "--format", "xml", "-" }, "unknown format 'xml' %(text, json or sarif%)" },
      { { "--min-severity" }, "option '%-%-min%-severity' needs a value" },
      { { "--fail-on=sometimes", "-" }, "unknown fail%-on 'sometimes'" },
      { { "--dct", "June", "-" }, "'June' is not a date" },
      { { "--colour", "-" }, "unknown option '%-%-colour'" },
      { { "--list", "-" }, "%-%-list takes no file" },
    }) do
      local out, err, code = galley(case[1], "")
      assert.are.equal(2, code)
      assert.are.equal("", out)
      assert.has.match(case[2], err)
    end
    local out, _, code = galley({ "--help" })
    assert.are.equal(0, code)
    assert.has.match("^usage: galley check", out)
  end)

  it("lists the checks", function()
    local out, _, code = galley({ "--list" })
    assert.are.equal(0, code)
    for _, row in ipairs(require("galley.core").load().checks()) do
      assert.is_true(out:find(row.id .. " ", 1, true) ~= nil)
      assert.is_true(out:find(row.help, 1, true) ~= nil)
    end
  end)

  it("writes JSON with places, operands and repairs", function()
    local out, err, code = galley({ "--format", "json", "dirty.md", "clean.md" }, nil, folder)
    assert.are.same({ "", 1 }, { err, code })
    local articles = vim.json.decode(out)
    assert.are.same({ "dirty.md", "clean.md" }, { articles[1].id, articles[2].id })
    assert.are.same({}, articles[2].findings)
    for _, finding in ipairs(articles[1].findings) do
      assert.are.equal(finding.text, DIRTY:sub(finding.start + 1, finding["end"]))
    end
    local day = articles[1].findings[2]
    assert.are.same({ 3, 24, 3, 48 }, { day.line, day.column, day.end_line, day.end_column })
    assert.are.equal("error", day.severity)
    assert.are.equal(2, #day.repairs)
    assert.are.same(
      { "Tuesday", "13" },
      { day.repairs[1].edits[1].text, day.repairs[2].edits[1].text }
    )
    assert.are.equal(out, (galley({ "--format", "json", "dirty.md", "clean.md" }, nil, folder)))
  end)

  it("takes any bytes", function()
    for _, format in ipairs({ "text", "json", "sarif" }) do
      local out, err, code = galley({ "--format", format, "-" }, "the the\27[31m \255\0 the the")
      assert.are.same({ "", 1 }, { err, code })
      assert.is_nil(out:find("[%z\27\255]"))
    end
  end)

  it("says when its output cannot be written", function()
    local result = vim
      .system({ "sh", "-c", "bin/galley check --list >/dev/full" }, {
        env = { GALLEY_NVIM = vim.v.progpath },
      })
      :wait()
    assert.are.equal(2, result.code)
    assert.has.match("^galley: cannot write: ", result.stderr)
  end)
end)

describe("galley check --format sarif", function()
  local sarif_schema =
    vim.json.decode(table.concat(vim.fn.readfile("tests/cli/sarif/sarif-2.1.0-rtm.5.json"), "\n"))

  --- @param input string
  --- @param ... string more files
  local function log(input, ...)
    local out, _, code = galley({ "--format", "sarif", "-", ... }, input)
    return vim.json.decode(out), code
  end

  it("is valid by the schema of SARIF 2.1.0", function()
    for _, text in ipairs({ DIRTY, CLEAN, "", "the the \255\0" }) do
      assert.are.same({}, schema.problems(sarif_schema, (log(text))))
    end
    assert.are.same({}, schema.problems(sarif_schema, (log(DIRTY, "/does/not/exist"))))
  end)

  it("is judged by a test that can fail", function()
    local function problems_of(change)
      local value = log(DIRTY)
      change(value, value.runs[1])
      return schema.problems(sarif_schema, value)
    end
    assert.are.equal(0, #problems_of(function() end))
    for _, change in ipairs({
      function(value)
        value.version = "2.0"
      end,
      function(value)
        value.runs = nil
      end,
      function(_, run)
        run.tool.driver.name = nil
      end,
      function(_, run)
        run.results[1].level = "fatal"
      end,
      function(_, run)
        run.results[1].colour = "red"
      end,
      function(_, run)
        run.results[1].message = "text"
      end,
      function(_, run)
        run.results[1].locations[1].physicalLocation.region.startLine = 0
      end,
      function(_, run)
        run.results[1].ruleIndex = 1.5
      end,
    }) do
      assert.are.equal(1, #problems_of(change))
    end
  end)

  it("has a result for each finding, with its rule, its places and its repairs", function()
    local run = log(DIRTY).runs[1]
    local rules = run.tool.driver.rules
    assert.are.equal(4, #run.results)
    local levels = {}
    for index, result in ipairs(run.results) do
      assert.are.equal(result.ruleId, rules[result.ruleIndex + 1].id)
      levels[index] = result.level
      local region = result.locations[1].physicalLocation.region
      assert.are.equal(1, region.startLine > 2 and 1 or 0)
      assert.are.equal(64, #result.partialFingerprints["galleyKey/v1"])
    end
    assert.are.same({ "warning", "error", "warning", "note" }, levels)
    -- Columns count code points, and the quotation mark before it is one.
    local nested = run.results[4].locations[1].physicalLocation.region
    assert.are.same({ 6, 12, 18 }, { nested.startLine, nested.startColumn, nested.endColumn })
    assert.are.equal(
      "“idea”",
      DIRTY:sub(nested.byteOffset + 1, nested.byteOffset + nested.byteLength)
    )
    local fixes = run.results[2].fixes
    assert.are.equal(2, #fixes)
    local replacement = fixes[1].artifactChanges[1].replacements[1]
    assert.are.equal("Tuesday", replacement.insertedContent.text)
    assert.are.equal(
      9,
      #DIRTY:sub(
        replacement.deletedRegion.byteOffset + 1,
        replacement.deletedRegion.byteOffset + replacement.deletedRegion.byteLength
      )
    )
  end)

  it("tells files that could not be read", function()
    local value, code = log(CLEAN, "/does/not/exist")
    assert.are.equal(2, code)
    local invocation = value.runs[1].invocations[1]
    assert.is_false(invocation.executionSuccessful)
    assert.has.match("No such file", invocation.toolExecutionNotifications[1].message.text)
    assert.is_true(log(CLEAN).runs[1].invocations[1].executionSuccessful)
  end)

  it("writes names of files as URIs", function()
    local uri = require("galley.check.sarif").uri
    assert.are.equal("a%20b/c%25%23.md", uri("a b/c%#.md"))
    assert.are.equal("stdin", uri("-"))
    assert.has.match("^file:///tmp/a%%20b", uri("/tmp/a b"))
    assert.are.equal("c%3A.md", uri("c:.md"))
  end)
end)
