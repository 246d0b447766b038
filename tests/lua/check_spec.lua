-- The checks in the editor: settings, comments, repairs, waivers, what holds.

local check = require("galley.check")
local config = require("galley.config")
local diagnostics = require("galley.check.diagnostic")
local galley = require("galley")

local TEXT = {
  "The the council met on Wednesday, 12 March 2024.",
  "",
  "It met again on Thursday, 14 March 2024, for the 22th time.",
  "",
  "“We had no “idea” at all, and we said so,” Ann Cole said.",
}

vim.cmd.runtime("plugin/galley.lua")

local buf

local function open(lines)
  vim.cmd.enew()
  buf = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines or TEXT)
  vim.bo[buf].undolevels = vim.bo[buf].undolevels -- what follows is undone by itself
  assert(galley.attach(buf))
end

local function ids(list)
  return vim.tbl_map(function(item)
    return item.code or item.check
  end, list)
end

local function shown()
  diagnostics.publish(buf)
  return vim.diagnostic.get(buf)
end

local function text()
  return vim.api.nvim_buf_get_lines(buf, 0, -1, false)
end

describe("checks", function()
  before_each(function()
    open()
  end)

  after_each(function()
    config.set(nil)
    vim.cmd("silent! %bwipeout!")
  end)

  it("are findings in text order, with what holds apart", function()
    assert.are.same(
      { "word-doubled", "weekday-date", "ordinal-suffix", "quote-nesting-style" },
      ids(check.findings(buf))
    )
    assert.is_true(vim.tbl_contains(ids(check.ticks(buf)), "weekday-date"))
    for _, finding in ipairs(check.findings(buf)) do
      assert.are.equal(
        finding.text,
        vim.api.nvim_buf_get_text(
          buf,
          finding.start_row,
          finding.start_col,
          finding.end_row,
          finding.end_col,
          {}
        )[1]
      )
    end
  end)

  it("are diagnostics with source, code, severity and place", function()
    local list = shown()
    assert.are.equal(4, #list)
    local day = list[2]
    assert.are.equal("galley", day.source)
    assert.are.equal("weekday-date", day.code)
    assert.are.equal(vim.diagnostic.severity.ERROR, day.severity)
    assert.are.same({ 0, 23, 0, 47 }, { day.lnum, day.col, day.end_lnum, day.end_col })
    assert.are.equal("2024-03-12 is a Tuesday, not a Wednesday", day.message)
    assert.are.equal(diagnostics.namespace, day.namespace)
  end)

  it("name the places that a finding speaks of", function()
    vim.api.nvim_buf_set_name(buf, vim.fn.tempname() .. ".md")
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, {
      "“é” The mill closed.[^1]",
      "",
      "[^1]: A letter.",
      "",
      "[^1]: A diary.",
    })
    local list = shown()
    assert.are.same({ "note-duplicate" }, ids(list))
    local related = list[1].user_data.lsp.relatedInformation
    assert.are.equal("the one above", related[1].message)
    assert.are.same({ line = 2, character = 0 }, related[1].location.range.start)
    assert.are.equal(vim.uri_from_bufnr(buf), related[1].location.uri)
  end)

  it("have the severity of the settings, and can be off", function()
    galley.setup({
      checks = {
        ["word-doubled"] = "error",
        ["ordinal-suffix"] = false,
        ["weekday-date"] = "off",
        ["quote-nesting-style"] = true,
      },
    })
    local list = shown()
    assert.are.same({ "word-doubled", "quote-nesting-style" }, ids(list))
    assert.are.equal(vim.diagnostic.severity.ERROR, list[1].severity)
    galley.setup({ min_severity = "warn" })
    assert.are.same({ "word-doubled", "weekday-date", "ordinal-suffix" }, ids(shown()))
    galley.setup({ diagnostics = false })
    assert.are.same({}, shown())
    assert.are.equal(4, #check.findings(buf))
  end)

  it("stay milder in quotes than the settings say", function()
    open({ "“The the man came,” Ann Cole said." })
    assert.are.equal("info", check.findings(buf)[1].severity)
    galley.setup({ checks = { ["word-doubled"] = "error" } })
    assert.are.equal("warn", check.findings(buf)[1].severity)
  end)

  it("are reported with the nearest name when a setting names none", function()
    local notify, notes = vim.notify, {}
    vim.notify = function(message)
      table.insert(notes, message)
    end
    for _, case in ipairs({
      {
        { ["word-dubled"] = "warn" },
        "unknown check `word%-dubled` %(did you mean `word%-doubled`",
      },
      {
        { ["word-doubled"] = "loud" },
        "`loud` for `word%-doubled`, which must be one of: off, hint",
      },
      { { "word-doubled" }, "must be a table" },
      { "off", "must be a table" },
    }) do
      galley.setup({ checks = case[1] })
      assert.are.same({}, config.get().checks)
      vim.wait(100, function()
        return #notes > 0
      end, 2)
      assert.has.match(case[2], table.remove(notes))
    end
    vim.notify = notify
  end)
end)

describe("comments that silence checks", function()
  after_each(function()
    vim.cmd("silent! %bwipeout!")
  end)

  local function found(...)
    open({ ... })
    return vim.tbl_map(function(finding)
      return ("%d %s"):format(finding.start_row, finding.check)
    end, check.findings(buf))
  end

  it("speak of the next line", function()
    assert.are.same(
      { "3 word-doubled" },
      found("<!-- galley: ignore word-doubled -->", "", "The the man.", "And and so.")
    )
    assert.are.same(
      { "1 word-doubled" },
      found("<!-- galley: ignore placeholder -->", "The the man of TK metres.")
    )
  end)

  it("stand together, name several checks or all", function()
    assert.are.same(
      {},
      found(
        "<!-- galley: ignore placeholder -->",
        "<!-- galley: ignore word-doubled -->",
        "The the man of TK metres."
      )
    )
    assert.are.same(
      {},
      found("<!-- galley: ignore placeholder, word-doubled -->", "The the man of TK metres.")
    )
    assert.are.same({}, found("<!-- galley: ignore -->", "The the man of TK metres."))
    assert.are.same({}, found("<!--galley:ignore all-->", "The the man of TK metres."))
  end)

  it("speak of the whole file", function()
    assert.are.same(
      { "4 placeholder" },
      found("The the man.", "", "<!-- galley: ignore-file word-doubled -->", "", "And and TK.")
    )
    assert.are.same({}, found("The the TK.", "", "<!-- galley: ignore-file -->"))
  end)

  it("are reported when they name no check, where the name stands", function()
    open({ "Well.", "", "<!-- galley: ignore word-dubled, placeholder -->", "The the TK." })
    local findings = check.findings(buf)
    assert.are.same({ "ignore-unknown", "word-doubled" }, ids(findings))
    assert.are.same({ 2, 20, 2, 31 }, {
      findings[1].start_row,
      findings[1].start_col,
      findings[1].end_row,
      findings[1].end_col,
    })
    assert.are.equal(
      "no check is called `word-dubled`; did you mean `word-doubled`?",
      findings[1].message
    )
    assert.are.same(
      { "0 ignore-unknown", "1 word-doubled" },
      found("<!-- galley: ignore-files word-doubled -->", "The the man.")
    )
  end)

  it("are read in little time, whatever there are of them", function()
    local doc = require("galley.core").load().document()
    local ignore = require("galley.check.ignore")
    local most = 100
    for comments, unknown in pairs({
      [("<!-- galley: ignore\n"):rep(50000)] = 0, -- none has an end
      [("<!-- galley: ignore all -->\n"):rep(30000)] = 0, -- each speaks of what follows the last
      ["<!-- galley: ignore " .. ("x"):rep(1000000) .. " -->"] = 1,
      ["<!-- galley: ignore " .. ("sum-totl "):rep(100000) .. "-->"] = most,
      [("<!-- galley: ignored -->\n"):rep(30000)] = most,
      [("```\n```\n<!-- galley: ignore -->\n"):rep(20000)] = 0,
    }) do
      doc:set_text(comments)
      assert.are.equal(unknown, #ignore.read(doc).unknown)
    end
  end)

  it("are only examples in code", function()
    assert.are.same(
      { "4 word-doubled" },
      found("```", "<!-- galley: ignore-file word-doubled -->", "```", "", "The the man.")
    )
  end)
end)

describe("repairs", function()
  before_each(function()
    open()
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
  end)

  it("are those of the finding under the cursor", function()
    local titles = vim.tbl_map(function(repair)
      return repair.title
    end, check.repairs(buf, 0, 30))
    assert.are.same({ "Write Tuesday", "Write 13" }, titles)
    assert.are.equal(0, #check.repairs(buf, 1, 0))
  end)

  it("are those of the line where no finding is under the cursor", function()
    assert.are.equal(3, #check.repairs(buf, 0, 15))
  end)

  it("change the text in one step that undo takes back", function()
    assert.is_true(check.apply(buf, check.repairs(buf, 0, 30)[2]))
    assert.are.equal("The the council met on Wednesday, 13 March 2024.", text()[1])
    vim.cmd("silent undo")
    assert.are.same(TEXT, text())
    assert.is_true(check.apply(buf, check.repairs(buf, 4, 14)[1]))
    assert.are.equal("“We had no ‘idea’ at all, and we said so,” Ann Cole said.", text()[5])
    vim.cmd("silent undo")
    assert.are.same(TEXT, text())
  end)

  it("are all of them such that the finding is gone", function()
    for _ = 1, 20 do
      local findings = check.findings(buf)
      if #findings == 0 then
        break
      end
      local first = findings[1]
      local repairs = check.repairs(buf, first.start_row, first.start_col)
      assert.is_true(#repairs > 0)
      assert.is_true(check.apply(buf, repairs[1]))
    end
    assert.are.same({}, check.findings(buf))
    assert.are.same({
      "The council met on Tuesday, 12 March 2024.",
      "",
      "It met again on Thursday, 14 March 2024, for the 22nd time.",
      "",
      "“We had no ‘idea’ at all, and we said so,” Ann Cole said.",
    }, text())
  end)

  it("are refused when the text has changed, or cannot be", function()
    local repair = check.repairs(buf, 0, 30)[1]
    vim.api.nvim_buf_set_lines(buf, 0, 0, false, { "New." })
    local ok, message = check.apply(buf, repair)
    assert.is_nil(ok)
    assert.has.match("changed", message)
    vim.bo[buf].modifiable = false
    ok, message = check.apply(buf, check.repairs(buf, 1, 30)[1])
    assert.is_nil(ok)
    assert.has.match("not modifiable", message)
  end)

  it("reach to the end of the file", function()
    local paragraph = "The market will close in May, after forty years in which it fed half of the town, "
      .. "and nobody knows what comes."
    open({ paragraph, "", paragraph })
    assert.is_true(check.apply(buf, check.repairs(buf, 2, 0)[1]))
    assert.are.same({ paragraph, "", "" }, text())
  end)

  it("are chosen by :Galley repair", function()
    local select, asked = vim.ui.select, nil
    vim.ui.select = function(items, options, choose)
      asked = vim.tbl_map(options.format_item, items)
      choose(items[1])
    end
    vim.api.nvim_win_set_cursor(0, { 1, 30 })
    vim.cmd("Galley repair")
    vim.ui.select = select
    assert.are.same({ "Write Tuesday", "Write 13" }, asked)
    assert.are.equal("The the council met on Tuesday, 12 March 2024.", text()[1])
  end)
end)

describe("waivers", function()
  local folder

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder)
    vim.fn.writefile(TEXT, folder .. "/article.md")
    vim.cmd.edit(folder .. "/article.md")
    buf = vim.api.nvim_get_current_buf()
    assert(galley.attach(buf))
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.fn.delete(folder, "rf")
  end)

  it("take a finding away until one of its words changes", function()
    vim.api.nvim_win_set_cursor(0, { 1, 30 })
    vim.cmd("Galley waive-finding so it was in their calendar")
    assert.are.same(
      { "word-doubled", "ordinal-suffix", "quote-nesting-style" },
      ids(check.findings(buf))
    )
    vim.api.nvim_buf_set_lines(buf, 0, 0, false, { "Something new.", "" })
    assert.is_false(vim.tbl_contains(ids(check.findings(buf)), "weekday-date"))
    vim.api.nvim_buf_set_text(buf, 2, 34, 2, 36, { "13" })
    vim.api.nvim_buf_set_text(buf, 2, 23, 2, 32, { "Friday" })
    assert.is_true(vim.tbl_contains(ids(check.findings(buf)), "weekday-date"))
  end)

  it("need a reason", function()
    local notify, note = vim.notify, nil
    vim.notify = function(message)
      note = message
    end
    vim.api.nvim_win_set_cursor(0, { 1, 30 })
    vim.cmd("Galley waive-finding")
    vim.notify = notify
    assert.has.match("say why", note)
    assert.are.equal(4, #check.findings(buf))
  end)
end)

describe("what is listed on request", function()
  after_each(function()
    vim.cmd("silent! %bwipeout!")
  end)

  it("is never a diagnostic", function()
    open({ "It is the largest mill, and yesterday it closed, as Figure 1 and Figure 3 show." })
    assert.are.same({}, shown())
    assert.are.same({ "superlative", "ageing-word", "numbering-gap" }, ids(check.review(buf)))
  end)

  it("is listed by :Galley review, alone or behind the facts", function()
    open({ "It is the largest of 36 mills, and yesterday it closed." })
    vim.cmd("Galley review claim")
    local function list()
      return vim.tbl_map(function(item)
        return item.text
      end, vim.fn.getloclist(0))
    end
    assert.are.same({
      "claim: largest: is it still so, and who counted?",
      "claim: yesterday: read on another day, it says something else",
    }, list())
    vim.cmd("lclose | Galley review")
    local all = list()
    assert.has.match("^figure, open: 36", all[1])
    assert.has.match("^claim: yesterday", all[#all])
    vim.cmd.lclose()
  end)

  it("and what holds is told by :Galley inspect", function()
    open()
    local span = galley.span_at(buf, 2, 20)
    local rows = check.rows(buf, span)
    assert.are.equal("holds", rows[1][1])
    assert.has.match("%[weekday%-date%]", rows[1][2])
    local lines = table.concat(require("galley.inspect").lines(span, buf), "\n")
    assert.has.match("holds +the day is a Thursday in 2024", lines)
  end)
end)

describe("a buffer that is detached", function()
  it("has no diagnostics left", function()
    open()
    assert.are.equal(4, #shown())
    galley.detach(buf)
    assert.are.same({}, vim.diagnostic.get(buf))
    assert.is_nil(check.findings(buf))
    vim.cmd("silent! %bwipeout!")
  end)
end)
