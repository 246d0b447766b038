-- Quotes and figures held against the sources that an article names.

local check = require("galley.check")
local galley = require("galley")
local source = require("galley.source")

local CALL = {
  "WEBVTT",
  "",
  "00:00:10.000 --> 00:00:14.000",
  "<v Ann Cole>We may not close the mill before the spring, I think.",
  "",
  "00:00:15.000 --> 00:00:19.000",
  "<v Ann Cole>Nobody has asked the men who work there.",
  "",
}

local REPORT = {
  "The mill had 212 looms in 1974.",
  "In that year it paid 1,840 workers and made 36,500 bolts of cloth.",
}

describe("checks against sources", function()
  local folder, buf

  local function open(lines, sources)
    local article = { "---", "sources: [call.vtt, report.txt]", "---", "" }
    vim.list_extend(article, lines)
    vim.fn.writefile(sources and sources[1] or CALL, folder .. "/call.vtt")
    vim.fn.writefile(sources and sources[2] or REPORT, folder .. "/report.txt")
    vim.fn.writefile(article, folder .. "/article.md")
    vim.cmd.edit(folder .. "/article.md")
    buf = vim.api.nvim_get_current_buf()
    assert(galley.attach(buf))
    assert.is_true(source.wait(buf))
    check.forget(buf)
  end

  local function found()
    return vim.tbl_map(function(finding)
      return ("%s %s: %s"):format(finding.severity, finding.check, finding.text)
    end, check.findings(buf))
  end

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder)
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.fn.delete(folder, "rf")
  end)

  it("find a quote that was altered, with the place and a repair", function()
    open({ "“We will not close the mill before the spring,” Ann Cole said." })
    assert.are.same({
      "error quote-altered: “We will not close the mill before the spring,”",
    }, found())
    local finding = check.findings(buf)[1]
    assert.has.match("“will” is “may” there", finding.message)
    assert.has.match("call%.vtt$", finding.related[1].path)
    assert.has.match("00:00:10", finding.related[1].message)
    assert.is_true(check.apply(buf, check.repairs(buf, 4, 6)[1]))
    assert.are.equal(
      "“We may not close the mill before the spring,” Ann Cole said.",
      vim.api.nvim_buf_get_lines(buf, 4, 5, true)[1]
    )
    assert.are.same({}, found())
  end)

  it("say what was altered without marks of emphasis, which no repair takes away", function()
    open({ "“We *will* not close the mill before *one* winter, I think,” Ann Cole said." })
    local finding = check.findings(buf)[1]
    assert.has.match(
      "“will” is “may” there, “one winter” is “the spring” there",
      finding.message
    )
    assert.are.equal(1, #finding.repairs)
    assert.are.equal("may", finding.repairs[1].edits[1].text)
  end)

  it("warn of a quote that is absent only where the speaker's other words are there", function()
    open({
      "“Nobody has asked the men who work there,” Ann Cole said.",
      "",
      "“The river will be blue again within ten years,” Ann Cole said.",
      "",
      "“It was a sad day for all of us here,” Piet Holm said.",
    })
    assert.are.same({
      "warn quote-absent: “The river will be blue again within ten years,”",
      "info quote-absent: “It was a sad day for all of us here,”",
    }, found())
    assert.has.match("other words of Ann Cole", check.findings(buf)[1].message)
  end)

  it("say nothing of quotes when the sources have none of them", function()
    open({ "“The river will be blue again within ten years,” Ann Cole said." })
    assert.are.same({}, found())
  end)

  it("tell a figure that no source has once others are there", function()
    open({
      "The mill had 212 looms in 1974. It paid 1,840 workers and made 36,500 bolts of cloth.",
      "",
      "Its roof covers 9,300 square metres.",
    })
    assert.are.same({ "info figure-unsourced: 9,300 square metres" }, found())
    assert.are.equal(3, #vim.tbl_filter(function(tick)
      return tick.check == "figure-unsourced"
    end, check.ticks(buf)))
  end)

  it("say nothing of figures when the sources are another article's", function()
    open({ "Its roof covers 9,300 square metres, and the yard 4,100 square metres." })
    assert.are.same({}, found())
  end)

  it("tell a figure of which a source has another value", function()
    open({
      "In 1974 the mill had 221 looms. In that year it paid 1,840 workers and made 36,500 bolts.",
    })
    local findings = check.findings(buf)
    assert.are.equal(1, #findings)
    assert.are.equal("figure-contradicted", findings[1].check)
    assert.are.equal("221", findings[1].text)
    assert.are.equal("the sources have 212 for this", findings[1].message)
  end)

  it("do not run without sources", function()
    vim.fn.writefile(
      { "“We will not close it before the spring,” she said of 36 mills." },
      folder .. "/a.md"
    )
    vim.cmd.edit(folder .. "/a.md")
    buf = vim.api.nvim_get_current_buf()
    assert(galley.attach(buf))
    assert.are.same({}, found())
  end)
end)
