-- What a user sees when the core gets no memory: the text stays, the marks go, and a message says
-- why. The module is one whose allocations can be made to fail (`make test-programs` builds it).

local api = vim.api
local module = (vim.env.OUT or "build/cc-release") .. "/tests/memory/core.so"

local function is_built()
  return vim.uv.fs_stat(module) ~= nil
end

require("galley.core").path = vim.fs.normalize(vim.fn.fnamemodify(module, ":p"))
vim.cmd.runtime("plugin/galley.lua")
local galley = require("galley")
local buffers = require("galley.buffer")

local LINES = {
  "# Port to close",
  "",
  "“We waited four years for this,” Mayor Ana Ruiz said on May 25.",
  "About 476 people, 12 percent of 4,000, walked and and sang.[^1]",
  "",
  "[^1]: Marsh (2016).",
}

-- The module is made with programs that other systems lack.
local suite = vim.uv.os_uname().sysname == "Linux" and describe or pending

suite("without memory", function()
  local memory, notify, messages

  setup(function()
    assert(is_built(), module .. " is missing: `make test-programs` builds it")
    memory = assert(package.loadlib(module, "luaopen_galley_memory"))()
    notify = vim.notify
    galley.setup({ auto_attach = false })
  end)

  before_each(function()
    messages = {}
    vim.notify = function(message)
      table.insert(messages, message)
    end
    vim.cmd("enew!")
    api.nvim_buf_set_lines(0, 0, -1, false, LINES)
    assert(galley.attach(0))
    assert.are.equal(1, #galley.get_spans(0, { kinds = { "quote" } }))
  end)

  after_each(function()
    memory.fail_at(0)
    vim.notify = notify
    galley.detach(0)
    vim.cmd("bwipeout!")
  end)

  --- All that a user's keys and Neovim's redraws ask of an article, one after the other.
  local function use()
    galley.get_spans(0)
    galley.span_at(0, 2, 40)
    galley.get_date(0)
    galley.statusline(0)
    require("galley.check").findings(0)
    vim.cmd("redraw!")
  end

  --- Lets a buffer go that is being given up.
  local function let_go()
    vim.wait(1000, function()
      local state = buffers.attached[api.nvim_get_current_buf()]
      return not (state and state.failed)
    end, 1)
  end

  local function give_up_said()
    let_go()
    assert.is_false(galley.is_attached(0))
    assert.are.equal(1, #messages, vim.inspect(messages))
    assert.matches("^galley: out of memory", messages[1])
  end

  it("keeps the text that is typed, says so and takes the marks off", function()
    api.nvim_buf_set_lines(0, 0, 1, false, { "# Port closed" })
    memory.fail_at(1)
    local spans, message = galley.get_spans(0)
    assert.is_nil(spans)
    assert.matches("^galley: ", message)
    give_up_said()
    assert.are.same("# Port closed", api.nvim_buf_get_lines(0, 0, 1, false)[1])
    assert.are.same({ unpack(LINES, 2) }, api.nvim_buf_get_lines(0, 1, -1, false))
  end)

  it("annotates again when it is asked to and there is memory", function()
    memory.fail_at(1)
    api.nvim_buf_set_lines(0, 0, 1, false, { "# Port closed" })
    galley.get_spans(0)
    give_up_said()
    assert(galley.attach(0))
    assert.are.equal(1, #galley.get_spans(0, { kinds = { "quote" } }))
  end)

  it("raises no error, whichever allocation of an edit and what follows it fails", function()
    local failures, n, failed = 0, 0, true
    while failed do
      n = n + 1
      messages = {}
      galley.attach(0)
      use()
      api.nvim_buf_set_lines(0, 0, 1, false, { "# Port closes in 2024, said Lee " .. n })
      memory.fail_at(n)
      use()
      failed = memory.failed()
      let_go()
      if not galley.is_attached(0) then
        failures = failures + 1
        assert.matches("^galley: out of memory", messages[1])
      end
      assert.are.same({ unpack(LINES, 2) }, api.nvim_buf_get_lines(0, 1, -1, false))
    end
    assert.is_true(failures > 5)
  end)

  it("says why a buffer cannot be annotated", function()
    galley.detach(0)
    memory.fail_at(1)
    local ok, message = galley.attach(0)
    assert.is_nil(ok)
    assert.matches("^galley: out of memory", message)
  end)

  it("says so when it is the user's names that there is no memory for", function()
    local names = require("galley.names")
    local load = names.load
    names.load = function()
      return { { name = "Harbour Trust", type = "organization", aliases = {} } }
    end
    memory.fail_at(1)
    buffers.reload_names()
    names.load = load
    give_up_said()
  end)
end)
