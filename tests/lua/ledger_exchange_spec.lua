-- The ledger's exports and imports.

vim.cmd.runtime("plugin/galley.lua")
local galley = require("galley")
local export = require("galley.ledger.export")
local import = require("galley.ledger.import")
local ledger = require("galley.ledger")
local stamp = require("galley.ledger.stamp")

local TEXT = {
  "On 25 May 2018, 476 members — “yes, =1+1” — paid $12 million.",
  "",
  "“We counted twice,",
  "and then again,” said Anna Lindqvist. Nobody else was there.",
}

describe("the ledger's", function()
  local folder, file, notified, notify

  local function open(name)
    file = folder .. "/" .. name
    vim.fn.writefile(TEXT, file)
    vim.cmd.edit(file)
    galley.attach(0)
  end

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    galley.setup({ reviewer = "R. Eader" })
    stamp.now = function()
      return "2026-01-01T00:00:00Z"
    end
    notified, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(notified, message)
    end
    open("vote.md")
    ledger.set(0, 0, 16, "verified", 'says "so"\nand more', {
      source = { path = "sources/count.csv", locator = "row Members" },
    })
    ledger.set(0, 2, 6, "wrong", "he counted once")
  end)

  after_each(function()
    vim.notify = notify
    vim.cmd("silent! %bwipeout!")
    vim.fn.delete(folder, "rf")
    galley.setup()
  end)

  it("fact sheet is a CSV table with a row for each fact", function()
    local text = assert(export.render(0, "csv"))
    local rows = vim.split(text, "\r\n")
    assert.are.equal(
      "line,column,kind,type,text,value,unit,noun,who,status,stale,source,locator,note,reviewer,"
        .. "modified",
      rows[1]
    )
    assert.are.equal("1,4,date,DATE,25 May 2018,2018-05-25,,,,open,,,,,,", rows[2])
    assert.are.equal(
      "1,17,figure,number,476,476,,members,,verified,,sources/count.csv,row Members,"
        .. '"says ""so""\nand more",R. Eader,2026-01-01T00:00:00Z',
      rows[3]
    )
    assert.has.match("3,1,quote,direct,“We counted twice, and then again,”", text:gsub('"', ""))
    assert.has.match(",Anna Lindqvist,wrong,", text)
  end)

  it("fact sheet holds no formula", function()
    vim.api.nvim_buf_set_lines(0, 0, -1, true, {
      "“=HYPERLINK(1)” and “-x”, said Anna Lindqvist; “\27[2J gone,” she said.",
      "It was -5°C in Norrvik.",
    })
    local text = assert(export.render(0, "csv"))
    assert.is_nil(text:find("\27", 1, true))
    assert.is_nil(export.render(0, "brat"):find("\27", 1, true))
    for _, row in ipairs(vim.split(text, "\r\n")) do
      for _, cell in ipairs(vim.split(row, ",")) do
        assert.is_nil(cell:find('^"?[=@]'), cell)
      end
    end
    assert.has.match(",'%-5°C,%-5,", text) -- a number alone is none
  end)

  it("annotations of brat stand where they say, and come back", function()
    local text = assert(export.render(0, "brat"))
    local article = table.concat(TEXT, "\n")
    local seen = 0
    for ranges, words in text:gmatch("T%d+\t%a+ ([%d ;]+)\t([^\n]*)") do
      local pieces = {}
      for first, last in ranges:gmatch("(%d+) (%d+)") do
        local length = tonumber(last) - tonumber(first)
        table.insert(pieces, vim.fn.strcharpart(article, tonumber(first), length))
      end
      assert.are.equal(words, table.concat(pieces, " "))
      seen = seen + 1
    end
    assert.is_true(seen >= 6)
    assert.has.match('\n#1\tAnnotatorNotes T2\tsays "so" and more\n', text)

    assert.is_true(export.run(0, "brat", folder .. "/vote.ann", false))
    open("again.md")
    assert.are.equal(2, import.run(0, "brat", folder .. "/vote.ann"))
    local counts = ledger.counts(0)
    assert.are.same({ 1, 1, 0 }, { counts.verified, counts.wrong, counts.stale })
    local status, _, entry = ledger.status(0, galley.span_at(0, 2, 6))
    assert.are.same({ "wrong", "he counted once" }, { status, entry.note })
    assert.are.equal(0, import.run(0, "brat", folder .. "/vote.ann"))
  end)

  it("ClaimReview stubs tell what was claimed and found", function()
    local reviews = vim.json.decode((assert(export.render(0, "claimreview"))))
    assert.are.equal(2, #reviews)
    assert.are.equal("ClaimReview", reviews[1]["@type"])
    assert.are.equal(
      "On 25 May 2018, 476 members — “yes, =1+1” — paid $12 million.",
      reviews[1].claimReviewed
    )
    assert.are.equal("Verified", reviews[1].reviewRating.alternateName)
    assert.are.equal("sources/count.csv", reviews[1].citation.name)
    assert.are.equal("We counted twice, and then again,", reviews[2].claimReviewed)
    assert.are.equal("Anna Lindqvist", reviews[2].itemReviewed.author.name)
    assert.are.equal(1, reviews[2].reviewRating.ratingValue)
  end)

  it("exports replace no file unless told to", function()
    local path = folder .. "/a file.csv"
    vim.fn.writefile({ "mine" }, path)
    vim.cmd("Galley export csv " .. path)
    assert.are.same({ "mine" }, vim.fn.readfile(path))
    assert.has.match("is there already; add !", notified[#notified])
    vim.cmd("Galley! export csv " .. path)
    assert.has.match("^line,column", vim.fn.readfile(path)[1])
    vim.cmd("Galley export ods " .. path)
    assert.has.match("no format `ods`", notified[#notified])
    vim.cmd("Galley export csv")
    assert.has.match("usage", notified[#notified])
    assert.are.same(
      { "brat", "claimreview", "csv" },
      (function()
        local found = vim.fn.getcompletion("Galley export ", "cmdline")
        table.sort(found)
        return found
      end)()
    )
  end)

  it("import takes annotations of Hypothes.is, the later of two, and loses none", function()
    local path = folder .. "/notes.json"
    local function row(id, updated, exact, fields)
      return vim.tbl_extend("force", {
        id = id,
        created = "2025-12-01T10:00:00.123456+00:00",
        updated = updated,
        user = "acct:bo@hypothes.is",
        text = "see page 3",
        tags = {},
        target = {
          {
            source = "file:///vote.md",
            selector = {
              { type = "RangeSelector" },
              { type = "TextPositionSelector", start = 3, ["end"] = 9 },
              { type = "TextQuoteSelector", exact = exact, prefix = "", suffix = "" },
            },
          },
        },
      }, fields or {})
    end
    local rows = {
      row("one", "2025-12-01T10:00:00.1+00:00", "$12 million", { tags = { "x", "Verified" } }),
      row("two", "2025-12-02T10:00:00.1+00:00", "Nobody else was there."),
      row("three", "2025-12-02T10:00:00.1+00:00", "is not in the article"),
      { id = "page note" },
    }
    vim.fn.writefile({ vim.json.encode({ total = 4, rows = rows }) }, path)
    assert.are.equal(3, import.run(0, "hypothesis", path))
    local counts = ledger.counts(0)
    assert.are.equal(2, counts.verified)
    assert.are.equal(1, counts.orphan)
    assert.are.equal(0, import.run(0, "hypothesis", path))
    rows[1].updated, rows[1].tags = "2025-12-09T10:00:00.1+00:00", { "wrong" }
    vim.fn.writefile({ vim.json.encode(rows) }, path)
    assert.are.equal(1, import.run(0, "hypothesis", path))
    assert.are.equal(2, ledger.counts(0).wrong)
    local text = table.concat(vim.fn.readfile(file .. ".galley.jsonl"), "\n")
    assert.has.match('"id":"https://hypothes.is/a/three"', text)
    assert.has.match('"name":"bo"', text)
    assert.has.match('"created":"2025%-12%-01T10:00:00Z","modified":"2025%-12%-09T10:00:00Z"', text)
  end)

  it("import says what is wrong with a file", function()
    local path = folder .. "/bad"
    for _, case in ipairs({
      { "brat", "nothing of that sort", "no annotation of brat" },
      { "hypothesis", "{", "no JSON" },
      { "hypothesis", '{"a":1}', "no annotations of Hypothes.is" },
      { "hypothesis", ("["):rep(50000), "no JSON" },
      { "docx", "x", "no format `docx`" },
    }) do
      vim.fn.writefile({ case[2] }, path)
      local count, message = import.run(0, case[1], path)
      assert.is_nil(count)
      assert.has.match(case[3], message)
    end
    local _, message = import.run(0, "brat", folder .. "/none")
    assert.has.match("no such file", message)
  end)
end)
