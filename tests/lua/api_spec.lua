-- require("galley"): spans of a buffer as other plugins get them.

local galley = require("galley")

local TEXT = {
  "# Vote in Norrvik",
  "",
  "On 25 May 2018, 476 members voted.",
  "",
  "“We counted 36 votes again,” said Anna Lindqvist.",
}

describe("the Lua interface", function()
  local buf

  before_each(function()
    vim.cmd.enew()
    buf = vim.api.nvim_get_current_buf()
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, TEXT)
    assert(galley.attach(buf))
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.wait(10)
  end)

  --- @param spans galley.Span[]
  local function texts(spans)
    return vim.tbl_map(function(span)
      return span.text
    end, spans)
  end

  it("gives spans with rows, columns, bytes, value and rule", function()
    local spans = assert(galley.get_spans(buf, { kinds = { "date" } }))
    assert.are.equal(1, #spans)
    local span = spans[1]
    assert.are.equal("25 May 2018", span.text)
    assert.are.equal("DATE", span.type)
    assert.are.equal("2018-05-25", span.value)
    assert.are.same({ 2, 3, 2, 14 }, { span.start_row, span.start_col, span.end_row, span.end_col })
    local offset = vim.api.nvim_buf_get_offset(buf, 2) + 3
    assert.are.same({ offset, offset + 11 }, { span.start, span["end"] })
    assert.has.match("^date%.", span.rule)
  end)

  it("gives every span's text as the buffer has it at its place", function()
    local spans = assert(galley.get_spans(buf))
    assert.is_true(#spans >= 4)
    for _, span in ipairs(spans) do
      local text = vim.api.nvim_buf_get_text(
        buf,
        span.start_row,
        span.start_col,
        span.end_row,
        span.end_col,
        {}
      )
      assert.are.equal(span.text, table.concat(text, "\n"))
    end
  end)

  it("gives the spans of some rows and kinds", function()
    assert.are.same({ "476" }, texts(galley.get_spans(buf, { kinds = { "figure" }, last = 4 })))
    assert.are.same({ "36" }, texts(galley.get_spans(buf, { kinds = { "figure" }, first = 4 })))
    assert.are.same(
      { "25 May 2018", "476" },
      texts(galley.get_spans(buf, { kinds = { "figure", "date" }, first = 2, last = 3 }))
    )
    assert.are.same({}, galley.get_spans(buf, { first = 3, last = 4 }))
    assert.are.same({}, galley.get_spans(buf, { first = 100 }))
    assert.are.same({}, galley.get_spans(buf, { kinds = {} }))
  end)

  it("says which kinds there are when one is unknown", function()
    local spans, message = galley.get_spans(buf, { kinds = { "verb" } })
    assert.is_nil(spans)
    assert.has.match(
      "unknown kind `verb` %(one of: entity, date, quote, figure, citation%)",
      message
    )
  end)

  it("gives the innermost span at a position", function()
    assert.are.equal("36", galley.span_at(buf, 4, TEXT[5]:find("36") - 1).text)
    assert.are.equal("quote", galley.span_at(buf, 4, TEXT[5]:find("counted") - 1).kind)
    assert.is_nil(galley.span_at(buf, 3, 0))
    assert.is_nil(galley.span_at(buf, 99, 0))
    assert.is_nil(galley.span_at(buf, 2, 999))
    vim.api.nvim_win_set_cursor(0, { 3, 16 })
    assert.are.equal("476", galley.span_at(buf).text)
  end)

  it("is up to date within one command", function()
    vim.api.nvim_buf_set_lines(buf, 0, 3, false, { "No 12 no." })
    assert.are.same({ "12", "36" }, texts(galley.get_spans(buf, { kinds = { "figure" } })))
  end)

  it("counts relative dates from the date that is set", function()
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, { "They voted yesterday." })
    assert(galley.set_date(buf, "2018-06-14"))
    assert.are.equal("2018-06-13", galley.get_spans(buf, { kinds = { "date" } })[1].value)
    local date, origin = galley.get_date(buf)
    assert.are.same({ "2018-06-14", "stated" }, { date, origin })
    local ok, message = galley.set_date(buf, "14 June")
    assert.is_nil(ok)
    assert.has.match("YYYY%-MM%-DD", message)
    assert(galley.set_date(buf, nil))
    assert.is_nil((galley.get_date(buf)))
  end)

  it("takes the date from the file's name, also when that changes", function()
    vim.cmd.file("/tmp/2019-03-01-vote.txt")
    assert.are.same({ "2019-03-01", "file name" }, { galley.get_date(buf) })
  end)

  it("counts for a status line once typing has stopped", function()
    vim.wait(1000, function()
      return galley.statusline(buf) ~= ""
    end, 5)
    local before = galley.statusline(buf)
    assert.has.match("d1", before)
    assert.has.match("f2", before)
    vim.api.nvim_buf_set_lines(buf, -1, -1, false, { "", "Then 17 more came." })
    assert.are.equal(before, galley.statusline(buf))
    vim.wait(1000, function()
      return galley.statusline(buf) ~= before
    end, 5)
    assert.has.match("f3", galley.statusline(buf))
    galley.toggle("figure", buf)
    assert.is_nil(galley.statusline(buf):find("f", 1, true))
    galley.detach(buf)
    assert.are.equal("", galley.statusline(buf))
  end)

  it(
    "reads dates of digits in the order that the setting names, and shows the document date",
    function()
      galley.setup({ date_order = "dmy" })
      local other = vim.api.nvim_create_buf(true, false)
      vim.api.nvim_buf_set_lines(
        other,
        0,
        -1,
        false,
        { "They met on 7/8/2018 and again yesterday." }
      )
      galley.attach(other)
      galley.set_date(other, "2018-08-09")
      local dates = galley.get_spans(other, { kinds = { "date" } })
      assert.are.equal("2018-08-07", dates[1].value)
      assert.are.equal("2018-08-08", dates[2].value)
      assert.are.equal("2018-08-09", dates[2].anchor_day)
      assert.has.match("2018%-08%-09", galley.statusline(other))
      galley.detach(other)
      galley.setup({ date_order = "mdy" })
      galley.attach(other)
      assert.are.equal("2018-07-08", galley.get_spans(other, { kinds = { "date" } })[1].value)
      galley.setup({})
      vim.api.nvim_buf_delete(other, { force = true })
    end
  )

  it("has a place in every rule and kind list for what it gives", function()
    local core = require("galley.core").load()
    local rules = {}
    for _, rule in ipairs(core.rules()) do
      rules[rule.id] = rule.kind
    end
    for _, span in ipairs(galley.get_spans(buf)) do
      assert.are.equal(span.kind, rules[span.rule])
    end
    local known = {}
    for _, group in ipairs(require("galley.groups")) do
      known[group.name] = true
    end
    for _, name in ipairs(core.groups()) do
      assert.is_true(known[name], name)
    end
  end)
end)
