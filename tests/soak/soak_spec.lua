-- Random use of the plugin, bounded. The long form, on a larger article: `make soak MINUTES=60`.

local Soak = require("tests.soak.soak")

local BYTES, STEPS, AUDITS = 40 * 1024, 150, 3

describe("a long session with an article", function()
  local soak

  after_each(function()
    assert.are.equal("", soak:close())
  end)

  it("ends with what a fresh document has, without a message, in the same memory", function()
    soak = Soak.new({ seed = 20260514, bytes = BYTES })
    for _ = 1, AUDITS do
      local audit = soak:run(STEPS)
      assert.are.same({}, audit.problems)
      assert.is_true(audit.sample.spans > 500)
      assert.is_true(
        audit.sample.core < 2 * audit.sample.fresh,
        ("the document holds %.1f MB, a fresh one %.1f MB"):format(
          audit.sample.core,
          audit.sample.fresh
        )
      )
    end
  end)
end)
