-- Diagnostics of the checks as a user sees them while typing.
local Screen = require("tests.screen.screen")

local TEXT = {
  "The council met on Wednesday, 12 March 2024.",
  "",
  "It met again on Thursday, 14 March 2024.",
}

describe("diagnostics of the checks", function()
  local screen, file

  local function open(lines)
    file = vim.fn.tempname() .. ".txt"
    vim.fn.writefile(lines or TEXT, file)
    screen = Screen.new({ columns = 110, lines = 12, args = { file } })
    -- 0.12 shows no text beside the line by default.
    screen:lua("vim.diagnostic.config({ virtual_text = true })")
  end

  after_each(function()
    local errors = screen:close()
    vim.fn.delete(file)
    assert.are.equal("", errors)
  end)

  --- Codes of the diagnostics that are there.
  local function codes()
    return screen:lua([[
      return vim.tbl_map(function(item) return item.code end, vim.diagnostic.get(0))
    ]])
  end

  --- Waits for the next time the article was brought up to date after `keys`.
  local function settled_after(keys)
    screen:lua([[
      _G.updates = 0
      vim.api.nvim_create_autocmd("User", {
        pattern = "GalleyUpdate",
        callback = function() _G.updates = _G.updates + 1 end,
      })
    ]])
    screen:type(keys)
    screen:wait(function()
      return screen:lua("return _G.updates") > 0
    end)
    screen:sync()
  end

  it("stand under what is wrong, with the arithmetic beside it", function()
    open()
    screen:wait_for("DiagnosticUnderlineError", "Wednesday, 12 March 2024")
    local line = screen:text()[1]
    assert.has.match("2024%-03%-12 is a Tuesday, not a Wednesday", line)
    assert.are.same({ "Wednesday, 12 March 2024" }, screen:in_group("DiagnosticUnderlineError"))
  end)

  it("come when typing rests, also in insert mode, and go when it is right", function()
    open()
    screen:wait_for("DiagnosticUnderlineError", "Wednesday, 12 March 2024")
    screen:type("jjo<CR>The the end. ")
    screen:wait_for("DiagnosticUnderlineWarn", "The the")
    assert.are.equal("i", screen:lua("return vim.api.nvim_get_mode().mode"))
    screen:type("<Esc>0dw")
    screen:wait(function()
      return #codes() == 1
    end)
    screen:sync()
    assert.are.same({}, screen:in_group("DiagnosticUnderlineWarn"))
  end)

  it("do not come while the cursor is in a word", function()
    open({ "It was late.", "" })
    screen:wait(function()
      return screen:lua("return require('galley').is_attached(0)")
    end)
    settled_after("GIThe the")
    assert.are.same({}, codes())
    settled_after("n") -- "then": there was no error
    assert.are.same({}, codes())
    settled_after(" the the")
    assert.are.same({}, codes())
    screen:type(" ")
    screen:wait(function()
      return #codes() == 1
    end)
    screen:type("<Esc>u")
  end)

  it("come at the end of insert mode too", function()
    open({ "It was late.", "" })
    screen:wait(function()
      return screen:lua("return require('galley').is_attached(0)")
    end)
    settled_after("GIThe the")
    assert.are.same({}, codes())
    screen:type("<Esc>")
    screen:wait(function()
      return #codes() == 1
    end)
  end)

  it("do not come after a figure that may go on", function()
    open({ "He was late.", "" })
    screen:wait(function()
      return screen:lua("return require('galley').is_attached(0)")
    end)
    settled_after("GIThe the man was fined $2,")
    assert.are.same({}, codes())
    settled_after("000 ")
    screen:wait(function()
      return #codes() == 1
    end)
  end)

  it("come within 150 ms by default", function()
    open()
    assert.is_true(screen:lua("return require('galley.config').get().debounce") <= 150)
  end)

  it("leave their place to ticks where all holds, if they are wanted", function()
    open()
    screen:wait_for("DiagnosticUnderlineError", "Wednesday, 12 March 2024")
    assert.is_nil(screen:text()[3]:find("✓"))
    screen:lua("require('galley').setup({ ticks = true })")
    screen:sync()
    assert.has.match("14 March 2024✓%.", screen:text()[3])
    assert.is_nil(screen:text()[1]:find("✓"))
    assert.are.equal(
      screen:lua("return vim.fn.synIDtrans(vim.fn.hlID('NonText'))"),
      screen:lua("return vim.fn.synIDtrans(vim.fn.hlID('GalleyTick'))")
    )
    screen:lua("require('galley').setup({ ticks = false })")
    screen:sync()
    assert.is_nil(screen:text()[3]:find("✓"))
  end)

  it("go with :Galley detach", function()
    open()
    screen:wait_for("DiagnosticUnderlineError", "Wednesday, 12 March 2024")
    screen:command("Galley detach")
    screen:sync()
    assert.are.same({}, screen:in_group("DiagnosticUnderlineError"))
    assert.are.same({}, codes())
  end)
end)
