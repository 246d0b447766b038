-- Text as windows, lists and messages show it.

local visible = require("galley.visible")

describe("a text that is shown", function()
  it("is cut between characters", function()
    assert.are.equal("aéb", visible.line("aéb", 4))
    assert.are.equal("aé…", visible.line("aéb", 3))
    assert.are.equal("a…", visible.line("aéb", 2))
    for longest = 1, 4 do
      assert.are.equal("a…", visible.line("a🔔b", longest))
    end
  end)

  it("fits in so many cells, with the ellipsis", function()
    assert.are.equal("a 🔔", visible.fit("a\n  🔔", 4))
    assert.are.equal("a…", visible.fit("a 🔔 b", 4))
    assert.are.equal("one two…", visible.fit("one two three", 9))
  end)

  it("has nothing that a terminal obeys", function()
    assert.are.equal("a^[[2Jb c", visible.line("a\27[2Jb\nc"))
    assert.are.equal("a<202e>b<e0041>", visible.line("a\226\128\174b\243\160\129\129"))
    assert.are.equal("a^@b", visible.line("a\0b"))
  end)
end)
