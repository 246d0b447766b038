-- The scorer of `make eval`, on cases small enough to count by hand.
local score = require("tests.eval.score")

local function count(kind, gold, found, options)
  local text = "Ana Ruiz said on May 5: “We won.” The vote was 31 to 12, Ruiz said."
  local document = { id = "a", text = text, spans = gold }
  local defaults = { ignore = {}, errors = 0 }
  options = vim.tbl_extend("force", defaults, options or {})
  return score.count({ document }, { a = { id = "a", spans = found } }, kind, options)
end

local function span(kind, start, stop, type, value)
  return { kind = kind, start = start, ["end"] = stop, type = type, value = value }
end

describe("the scorer", function()
  it("tells strict, exact and relaxed matches apart", function()
    local gold = { span("entity", 0, 8, "person"), span("entity", 58, 62, "person") }
    local found = { span("entity", 0, 8, "place"), span("entity", 57, 62, "person") }
    local counts = count("entity", gold, found)
    assert.are.equal(0, counts.strict)
    assert.are.equal(1, counts.exact)
    assert.are.equal(2, counts.relaxed)
    assert.are.equal(1, counts.relaxed_type)
  end)

  it("lets one span match one span only", function()
    local gold = { span("entity", 0, 3, "person"), span("entity", 4, 8, "person") }
    local counts = count("entity", gold, { span("entity", 0, 8, "person") })
    assert.are.equal(1, counts.relaxed)
  end)

  it("leaves dates without a value out of the value figures", function()
    local gold = { span("date", 17, 22, "DATE", "2020-05-05"), span("date", 30, 33, "DATE", nil) }
    local found = { span("date", 17, 22, "DATE", "2020-05-05"), span("date", 30, 33, "DATE", "x") }
    local counts = count("date", gold, found)
    assert.are.equal(1, counts.gold_values)
    assert.are.equal(1, counts.values_right)
    assert.are.equal(1, counts.found_unscored)
  end)

  it("does not mind on which side of its marks a quote begins", function()
    local gold = span("quote", 24, 37, "direct")
    gold.speaker = "Ana Ruiz"
    local found = span("quote", 27, 34, "mixed")
    found.speaker = "Ruiz"
    local counts = count("quote", { gold }, { found })
    assert.are.equal(1, counts.exact)
    assert.are.equal(0, counts.speakers_exact)
    assert.are.equal(1, counts.speakers_lenient)
  end)

  it("counts an empty side as nothing found", function()
    local counts = count("entity", { span("entity", 0, 8, "person") }, {})
    local precision, recall, f1 = score.rates(counts.strict, counts.found, counts.gold)
    assert.are.same({ 0, 0, 0 }, { precision, recall, f1 })
    assert.are.same({ 100, 100, 100 }, { score.rates(0, 0, 0) })
  end)

  it("restricts both sides to the types asked for", function()
    local gold = { span("entity", 0, 8, "person"), span("entity", 42, 46, "other") }
    local found = { span("entity", 0, 8, "person"), span("entity", 42, 46, "place") }
    local counts = count("entity", gold, found, { types = { person = true } })
    assert.are.same({ 1, 1, 1 }, { counts.gold, counts.found, counts.strict })
  end)
end)
