-- The screen harness itself: what other screen specs rely on.
local Screen = require("tests.screen.screen")

describe("the screen harness", function()
  local screen

  before_each(function()
    screen = Screen.new({ columns = 40, lines = 10, plugin = false })
  end)

  after_each(function()
    screen:close()
  end)

  it("shows text and the groups it is drawn in", function()
    screen:lua([[
      vim.api.nvim_buf_set_lines(0, 0, -1, true, { "one two", "", "three" })
      vim.api.nvim_set_hl(0, "HarnessProbe", { underline = true })
      local space = vim.api.nvim_create_namespace("harness")
      vim.api.nvim_buf_set_extmark(0, space, 0, 4, { end_col = 7, hl_group = "HarnessProbe" })
    ]])
    screen:wait_for("HarnessProbe", "two")
    assert.are.same({ "two" }, screen:in_group("HarnessProbe"))
    assert.are.equal("one two", screen:text()[1])
    assert.are.equal("three", screen:text()[3])
  end)

  it("follows typing, scrolling and the cursor", function()
    screen:type("i" .. ("line<CR>"):rep(30) .. "end<Esc>")
    screen:wait(function()
      return screen:text()[8] == "end"
    end, "for the last line")
    screen:type("gg")
    screen:wait(function()
      return screen:text()[1] == "line" and screen.cursor[1] == 0
    end, "for the first line")
  end)

  it("hands on errors of the child", function()
    assert.has_error(function()
      screen:command("nosuchcommand")
    end)
  end)
end)
