-- :Galley, its completion and messages; the window of :Galley inspect; :checkhealth galley.

vim.cmd.runtime("plugin/galley.lua")
local galley = require("galley")

local TEXT = { "On 25 May 2018, 476 members voted.", "", "“Yes,” said Anna Lindqvist." }

describe(":Galley", function()
  local notified, notify, buf

  before_each(function()
    notified, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(notified, message)
    end
    vim.cmd.enew()
    buf = vim.api.nvim_get_current_buf()
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, TEXT)
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.wait(10)
    vim.notify = notify
  end)

  local function complete(line)
    return vim.fn.getcompletion(line, "cmdline")
  end

  --- The lines of the floating window, nil when there is none.
  local function float()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= "" then
        return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), window
      end
    end
  end

  it("attaches, detaches and toggles", function()
    vim.cmd("Galley attach")
    assert.is_true(galley.is_attached(buf))
    vim.cmd("Galley toggle")
    assert.is_false(galley.is_attached(buf))
    vim.cmd("Galley toggle")
    assert.is_true(galley.is_attached(buf))
    vim.cmd("Galley toggle quote")
    vim.cmd("Galley toggle quote")
    vim.cmd("Galley detach")
    assert.are.same({ "galley: quote hidden", "galley: quote shown" }, notified)
    vim.cmd("Galley detach")
    assert.has.match("not annotated", notified[3])
  end)

  it("completes subcommands and their arguments", function()
    local names = vim.tbl_map(function(subcommand)
      return subcommand.name
    end, require("galley.command").subcommands)
    assert.are.same(vim.fn.sort(names), vim.fn.sort(complete("Galley ")))
    assert.is_true(vim.tbl_contains(names, "attach"))
    assert.are.same({ "date", "detach" }, vim.fn.sort(complete("Galley d")))
    assert.are.same({ "entity", "date", "quote", "figure", "citation" }, complete("Galley toggle "))
    assert.are.same({ "figure" }, complete("Galley toggle fi"))
    assert.are.same({}, complete("Galley attach "))
    assert.are.same({}, complete("Galley toggle date "))
    assert.are.same({ "toggle" }, complete("silent Galley to"))
  end)

  it("says what it does not know, with what is near", function()
    vim.cmd("Galley tagle")
    vim.cmd("Galley zzzzzz")
    vim.cmd("Galley toggle dat")
    vim.cmd("Galley attach now")
    vim.cmd("Galley date 2018-06-14 more")
    assert.has.match("unknown command `tagle` %(did you mean `toggle`%?%)", notified[1])
    assert.has.match("unknown command `zzzzzz` %(attach, detach", notified[2])
    assert.has.match("not annotated", notified[3])
    assert.has.match("usage: :Galley attach%[!%]", notified[4])
    assert.has.match("usage: :Galley date", notified[5])
  end)

  it("sets, shows and takes back the date", function()
    vim.cmd("Galley date")
    vim.cmd("Galley attach")
    vim.cmd("Galley date")
    vim.cmd("Galley date 2018-06-14")
    vim.cmd("Galley date 2018-06-31")
    vim.cmd("Galley date none")
    assert.has.match("not annotated", notified[1])
    assert.has.match("no date known", notified[2])
    assert.are.equal("galley: 2018-06-14 (stated)", notified[3])
    assert.has.match("YYYY%-MM%-DD", notified[4])
    assert.has.match("no date known", notified[5])
  end)

  it("inspects the span under the cursor", function()
    vim.cmd("Galley attach")
    vim.api.nvim_win_set_cursor(0, { 1, 3 })
    vim.cmd("Galley inspect")
    local lines = assert(float())
    assert.are.equal("25 May 2018", lines[1])
    local text = table.concat(lines, "\n")
    assert.has.match("\nkind +date\n", text)
    assert.has.match("\ntype +DATE\n", text)
    assert.has.match("\nvalue +2018%-05%-25\n", text)
    assert.has.match("\nrule +date%.", text)
    assert.has.match("\nrange +1:4 to 1:15, bytes 3%-14", text)
    vim.cmd("Galley inspect")
    assert.are.equal(select(2, float()), vim.api.nvim_get_current_win())
  end)

  it("inspects a quote: who says it and where its words are", function()
    vim.cmd("Galley attach")
    vim.api.nvim_win_set_cursor(0, { 3, 4 })
    vim.cmd("Galley inspect")
    local text = table.concat(assert(float()), "\n")
    assert.has.match("\nkind +quote\n", text)
    assert.has.match("\nspeaker +Anna Lindqvist\n", text)
    assert.has.match("\ncue +said\n", text)
    assert.has.match("\nstate +closed\n", text)
  end)

  it("inspects after a move in the same command, and closes on the next", function()
    local Screen = require("tests.screen.screen")
    local screen = Screen.new()
    screen:lua("vim.api.nvim_buf_set_lines(0, 0, -1, false, ...)", TEXT)
    screen:command("Galley attach")
    local function windows()
      return screen:lua("return #vim.api.nvim_list_wins()")
    end
    screen:type(":call search('Yes') | Galley inspect<CR>")
    screen:sync()
    assert.are.equal(2, windows())
    assert.has.match("speaker rule +speaker%.", table.concat(screen:text(), "\n"))
    screen:type("l")
    screen:sync()
    assert.are.equal(1, windows())
    screen:type(":Galley inspect<CR>:Galley inspect<CR>")
    assert.are.equal(2, windows())
    screen:type("j")
    assert.are.equal(2, windows())
    screen:type("<C-W>p:enew!<CR>")
    assert.are.equal(1, windows())
    assert.are.equal("", screen:close())
  end)

  it("closes the window of inspect by the first letter that is typed", function()
    galley.attach(buf)
    vim.fn.cursor(1, 4)
    vim.cmd("Galley inspect")
    assert.is_not_nil((float()))
    vim.v.errmsg = ""
    -- Before a letter is typed Neovim allows no window to be closed.
    vim.api.nvim_feedkeys("ix", "nx", false)
    vim.wait(1000, function()
      return float() == nil
    end, 5)
    assert.is_nil((float()))
    assert.are.equal("", vim.v.errmsg)
    assert.are.equal("On x25 May 2018, 476 members voted.", vim.api.nvim_get_current_line())
  end)

  it("says when there is nothing to inspect", function()
    vim.cmd("Galley inspect")
    vim.cmd("Galley attach")
    vim.api.nvim_win_set_cursor(0, { 2, 0 })
    vim.cmd("Galley inspect")
    assert.has.match("not annotated", notified[1])
    assert.has.match("no span under the cursor", notified[2])
    assert.is_nil(float())
  end)

  it("shows control characters and long texts so that they can be read", function()
    local lines = require("galley.inspect").lines({
      kind = "quote",
      type = "direct",
      text = '"\27[31mred\0 \226\128\174 x\ny\255' .. ("é"):rep(300),
      rule = "quote.marks",
      start_row = 0,
      start_col = 0,
      end_row = 1,
      end_col = 3,
      start = 0,
      ["end"] = 20,
    })
    assert.are.equal('"^[[31mred^@ <202e> x y<ff>é', lines[1]:match("^.-é"))
    assert.is_true(#lines[1] < 230)
    assert.has.match("…$", lines[1])
    assert.is_nil(table.concat(lines):find("[%z\1-\31]"))
  end)

  it("has <Plug> maps that do the same", function()
    vim.cmd("Galley attach")
    local function press(keys)
      keys = vim.api.nvim_replace_termcodes(keys, true, true, true)
      vim.api.nvim_feedkeys(keys, "mx", false)
    end
    press("<Plug>(galley-toggle)")
    assert.is_false(galley.is_attached(buf))
    press("<Plug>(galley-toggle)")
    assert.is_true(galley.is_attached(buf))
    vim.api.nvim_win_set_cursor(0, { 1, 3 })
    press("<Plug>(galley-inspect)")
    assert.are.equal("25 May 2018", assert(float())[1])
  end)
end)

describe(":checkhealth galley", function()
  local function health()
    vim.cmd("silent checkhealth galley")
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
    vim.cmd("silent! %bwipeout!")
    return text
  end

  after_each(function()
    require("galley.config").set(nil)
  end)

  it("tells versions, settings and attached buffers", function()
    vim.cmd.enew()
    vim.api.nvim_buf_set_lines(0, 0, -1, false, TEXT)
    galley.attach(0)
    local text = health()
    local core = require("galley.core").load()
    assert.has.match("version " .. vim.pesc(core.version), text)
    assert.has.match("Neovim %d+%.%d+%.%d+, LuaJIT", text)
    assert.has.match("tree%-sitter [%w.~+-]+, utf8proc [%w.~+-]+, .*grammar of ABI 14", core.build)
    assert.is_true(text:find(core.build, 1, true) ~= nil)
    assert.has.match("debounce = 100 %(default%)", text)
    assert.has.match("buffer %d+ %[No Name%]: %d+ bytes in 3 rows", text)
    assert.is_nil(text:find("ERROR"))
  end)

  it("tells what is marked, and whose keys are others'", function()
    galley.setup({ keymaps = true, hide = { "date" } })
    vim.keymap.set("n", "]x", "<Cmd>cnext<CR>", { desc = "my next error" })
    vim.keymap.set("n", "gd", "<Cmd>echo 1<CR>")
    vim.cmd("silent edit " .. vim.fn.tempname() .. ".txt")
    vim.bo.tagfunc, vim.bo.omnifunc = "MyTags", "MyWords"
    vim.api.nvim_buf_set_lines(0, 0, -1, false, TEXT)
    galley.attach(0)
    vim.keymap.set("n", "gO", "<Cmd>echo 2<CR>", { buffer = 0, desc = "my outline" })
    package.loaded["todo-comments"] = {}
    local text = health()
    package.loaded["todo-comments"] = nil
    vim.keymap.del("n", "]x")
    vim.keymap.del("n", "gd")
    assert.has.match("1 entity, 1 date %(hidden%), 1 quote, 1 figure, 0 citation, 0 sources", text)
    assert.has.match("`?%]x`? %(n%) is mapped to: my next error", text)
    assert.has.match("`?gd`? is mapped to: <Cmd>echo 1<CR>", text)
    assert.has.match("'tagfunc' is MyTags", text)
    assert.has.match("'omnifunc' is MyWords", text)
    assert.has.match("`?gO`? is mapped in this buffer to: my outline", text)
    assert.has.match("draw into articles too: todo%-comments.nvim", text)
  end)

  it("has nothing to tell of keys that are galley's own", function()
    galley.setup({ keymaps = true })
    vim.cmd("silent edit " .. vim.fn.tempname() .. ".txt")
    galley.attach(0)
    local text = health()
    assert.is_nil(text:find("is mapped", 1, true))
    assert.is_nil(text:find("'tagfunc'", 1, true))
    assert.is_nil(text:find("'omnifunc'", 1, true))
  end)

  it("tells settings that are wrong", function()
    local notify = vim.notify
    vim.notify = function() end
    galley.setup({ debunce = 3 })
    local text = health()
    vim.wait(10)
    vim.notify = notify
    assert.has.match("ERROR.*unknown option `debunce` %(did you mean `debounce`%?%)", text)
  end)
end)
