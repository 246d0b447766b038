-- Settings: where they come from, and what is said of those that are wrong.

local config = require("galley.config")

describe("settings", function()
  local notified, notify

  before_each(function()
    notified, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(notified, message)
    end
    vim.g.galley = nil
    config.set(nil)
  end)

  after_each(function()
    vim.notify = notify
    vim.g.galley = nil
    config.set(nil)
  end)

  local function messages()
    config.get()
    vim.wait(100, function()
      return #notified > 0
    end, 1)
    return table.concat(notified, "\n")
  end

  it("are the defaults without any", function()
    assert.are.same(config.defaults(), config.get())
    assert.are.same(
      { "text", "markdown", "mail", "rst", "asciidoc", "typst" },
      config.get().filetypes
    )
    assert.are.same({}, config.problems())
  end)

  it("come from vim.g.galley, a table or a function", function()
    vim.g.galley = { debounce = 50 }
    config.set(nil)
    assert.are.equal(50, config.get().debounce)
    vim.g.galley = function()
      return { debounce = 60 }
    end
    config.set(nil)
    assert.are.equal(60, config.get().debounce)
    assert.are.same({}, config.problems())
  end)

  it("come from setup() over vim.g.galley", function()
    vim.g.galley = { debounce = 50, priority = 120 }
    require("galley").setup({ debounce = 70 })
    assert.are.equal(70, config.get().debounce)
    assert.are.equal(120, config.get().priority)
  end)

  it("report an unknown option with the nearest one, once", function()
    vim.g.galley = { debunce = 50, hide = { "date" } }
    config.set(nil)
    assert.has.match("unknown option `debunce` %(did you mean `debounce`%?%)", messages())
    assert.are.same({ "date" }, config.get().hide)
    config.get()
    vim.wait(10)
    assert.are.equal(1, #notified)
  end)

  it("do not guess when no option is near", function()
    config.set({ colourscheme = true })
    assert.has.match("unknown option `colourscheme` %(see :help galley%-options%)", messages())
  end)

  it("report a wrong value and keep the default", function()
    for option, case in pairs({
      debounce = { "soon", "must be a whole number" },
      priority = { 200, "must be between 0 and 140" },
      size_limit = { 1.5, "must be a whole number" },
      auto_attach = { "no", "must be true or false" },
      filetypes = { "text", "must be a list of strings" },
      hide = { { "dates" }, "unknown kind `dates` %(did you mean `date`%?%)" },
    }) do
      notified = {}
      config.set({ [option] = case[1] })
      assert.has.match("`" .. option .. "`.*" .. case[2], messages())
      assert.are.same(config.defaults()[option], config.get()[option])
    end
  end)

  it("survive a function that fails and a value that is no table", function()
    config.set(function()
      error("oh dear")
    end)
    assert.has.match("setup%(%): the function failed: .*oh dear", messages())
    assert.are.same(config.defaults(), config.get())
    notified = {}
    vim.g.galley = "yes"
    config.set(nil)
    assert.has.match("vim.g.galley: must be a table", messages())
  end)

  it("are not changed by changing what was given or what was got", function()
    local given = { filetypes = { "text" } }
    config.set(given)
    config.get()
    given.filetypes[2] = "lua"
    assert.are.same({ "text" }, config.get().filetypes)
    table.insert(config.defaults().filetypes, "lua")
    assert.are.same(
      { "text", "markdown", "mail", "rst", "asciidoc", "typst" },
      config.defaults().filetypes
    )
  end)

  it("have a default of the right type and a help text each", function()
    for _, option in ipairs(config.schema) do
      config.set({ [option.name] = option.default })
      assert.are.same({}, config.problems())
      assert.is_true(#option.help > 10)
    end
  end)
end)
