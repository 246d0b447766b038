-- core.checks() and doc:check(): what the checks of the core look like in Lua.
local core = require("galley.core").load()

local function check(text, options)
  local doc = core.document()
  assert(doc:set_text(text))
  local findings = assert(doc:check(options))
  doc:close()
  return findings
end

describe("core.checks", function()
  it("lists every check with what users need to know of it", function()
    local severities = { hint = true, info = true, warn = true, error = true }
    local needs = { text = true, sources = true, review = true, comment = true }
    local seen = {}
    for _, row in ipairs(core.checks()) do
      assert.is_nil(seen[row.id])
      seen[row.id] = true
      assert.is_true(severities[row.severity])
      assert.is_true(needs[row.needs])
      assert.is_true(#row.help > 0 and #row.fires > 0 and #row.clean > 0)
    end
    assert.is_true(seen["percent-change"])
  end)
end)

describe("doc:check", function()
  local text = "One.\n\nTraffic rose 580% to 700,000 from 125,313.\n"

  it("gives findings with operands and repairs", function()
    local findings = check(text)
    assert.are.equal(1, #findings)
    local found = findings[1]
    assert.are.equal("percent-change", found.check)
    assert.are.equal("warn", found.severity)
    assert.are.equal("bad", found.outcome)
    assert.are.equal("from 125,313 to 700,000 is +459%, not +580%", found.message)
    assert.are.same({ 2, 8, 2, 41 }, {
      found.start_row,
      found.start_col,
      found.end_row,
      found.end_col,
    })
    assert.are.equal("rose 580% to 700,000 from 125,313", found.text)
    assert.are.equal("percent-change 580% | 125,313 | 700,000", found.key)
    assert.are.equal(3, #found.related)
    assert.are.equal(2, found.related[1].start_row)
    assert.are.equal(3, #found.repairs)
    assert.are.same(
      { start_row = 2, start_col = 13, end_row = 2, end_col = 16, text = "459" },
      (function(edit)
        edit.start, edit["end"] = nil, nil
        return edit
      end)(found.repairs[1].edits[1])
    )
  end)

  it("gives ticks when asked, and leaves out what is off", function()
    assert.are.equal(0, #check("Traffic rose 459% to 700,000 from 125,313."))
    local ticks = check("Traffic rose 459% to 700,000 from 125,313.", { ok = true })
    assert.are.equal("ok", ticks[1].outcome)
    assert.are.equal("hint", ticks[1].severity)
    assert.are.equal(0, #check(text, { off = { "percent-change" } }))
  end)

  it("says that a check is unknown", function()
    assert.has_error(function()
      check(text, { off = { "percent-chance" } })
    end)
  end)
end)
