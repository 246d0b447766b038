-- The set of seeded errors is sound: large enough, and each error makes another text.

local frames = require("tests.seeded.frames")

describe("the seeded errors", function()
  it("are 400 or more, in frames that are clean without them", function()
    local planted, clean = 0, 0
    for _, case in ipairs(frames.all()) do
      planted = planted + #case.planted
      clean = clean + (#case.planted == 0 and 1 or 0)
    end
    io.stdout:write(("%d errors planted, %d tricky texts without any\n"):format(planted, clean))
    assert.is_true(planted >= 400)
    assert.is_true(clean >= 100)
  end)

  it("each make a text of their own", function()
    local seen = {}
    for _, case in ipairs(frames.all()) do
      for _, planted in ipairs(case.planted) do
        assert.are_not.equal(case.clean, planted.text, case.name)
        assert.is_nil(seen[planted.text], case.name)
        assert(#case.checks > 0, case.name .. " names no check")
        seen[planted.text] = true
      end
    end
  end)

  it("leave no brace behind", function()
    for _, case in ipairs(frames.all()) do
      assert.is_nil(case.clean:find("=>", 1, true), case.name)
      for _, planted in ipairs(case.planted) do
        assert.is_nil(planted.text:find("=>", 1, true), case.name)
      end
    end
  end)
end)
