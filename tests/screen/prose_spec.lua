-- An article with markup on the screen: marks follow each key, by the buffer's syntax.
local Screen = require("tests.screen.screen")

local TEXT = {
  "<h1>Vote in Norrvik</h1>",
  "<p>In all, <b>476</b> members voted.</p>",
  "<p>Then 12 ballots went missing.</p>",
}

describe("markup on the screen", function()
  local screen, file

  before_each(function()
    file = vim.fn.tempname() .. ".html"
    vim.fn.writefile(TEXT, file)
    screen = Screen.new({
      args = { "--cmd", "let g:galley = #{filetypes: ['html']}", file },
    })
    screen:wait_for("GalleyFigure", "476")
  end)

  after_each(function()
    local errors = screen:close()
    vim.fn.delete(file)
    assert.are.equal("", errors)
  end)

  it("is told apart as it is typed", function()
    screen:type("3GO<lt>!-- 31 members --> 90 members<Esc>")
    screen:wait_for("GalleyFigure", "90")
    assert.are.same({ "476", "90", "12" }, screen:in_group("GalleyFigure"))
    screen:type("2GO<lt>!--<Esc>")
    screen:wait_for("Comment", "476")
    screen:wait(function()
      return vim.deep_equal({ "90", "12" }, screen:in_group("GalleyFigure"))
    end)
    screen:type("u")
    screen:wait_for("GalleyFigure", "476")
  end)
end)
