-- What is attached when, and what detaching leaves behind.

local buffers = require("galley.buffer")
local config = require("galley.config")
local galley = require("galley")

vim.cmd("filetype on")
vim.cmd.runtime("plugin/galley.lua")

local TEXT = { "On 25 May 2018, 476 members voted.", "", "“Yes,” said Anna Lindqvist." }

describe("a buffer", function()
  local notified, notify

  local function new(filetype, lines)
    vim.cmd.enew()
    local buf = vim.api.nvim_get_current_buf()
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines or TEXT)
    vim.bo.modified = false
    vim.bo.filetype = filetype
    return buf
  end

  before_each(function()
    notified, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(notified, message)
    end
    vim.o.hidden = true
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.wait(10)
    vim.notify = notify
    config.set(nil)
    assert.are.same({}, buffers.attached)
  end)

  it("is attached by its file type, and detached when it gets another", function()
    local buf = new("text")
    assert.is_true(galley.is_attached(buf))
    vim.bo.filetype = "lua"
    assert.is_false(galley.is_attached(buf))
    assert.is_true(galley.is_attached(new("markdown")))
    assert.is_false(galley.is_attached(new("lua")))
  end)

  it("stays attached through file types when the user attached it", function()
    local buf = new("lua")
    assert.is_true(galley.attach(buf))
    vim.bo.filetype = "python"
    assert.is_true(galley.is_attached(buf))
    assert.is_true(galley.detach(buf))
    assert.is_false(galley.detach(buf))
  end)

  it("is not attached when settings or b:galley_disable say no", function()
    galley.setup({ auto_attach = false })
    assert.is_false(galley.is_attached(new("text")))
    galley.setup({ filetypes = { "mail" } })
    assert.is_false(galley.is_attached(new("text")))
    assert.is_true(galley.is_attached(new("mail")))
    galley.setup({})
    vim.cmd.enew()
    vim.b.galley_disable = true
    vim.bo.filetype = "text"
    assert.is_false(galley.is_attached(0))
    local ok, message = galley.attach(0)
    assert.is_nil(ok)
    assert.has.match("b:galley_disable", message)
    assert.are.same({}, notified)
  end)

  it("open before setup() gets what setup() asks for", function()
    local buf = new("org")
    assert.is_false(galley.is_attached(buf))
    galley.setup({ filetypes = { "org" } })
    assert.is_true(galley.is_attached(buf))
    galley.setup({})
    assert.is_false(galley.is_attached(buf))
  end)

  it("over the size limit is left alone with one message until it is forced", function()
    galley.setup({ size_limit = 1000 })
    local lines = vim.split(("words of text\n"):rep(100), "\n")
    local buf = new("text", lines)
    vim.cmd("doautocmd FileType")
    vim.wait(50, function()
      return #notified > 0
    end, 1)
    vim.wait(10)
    assert.are.equal(1, #notified)
    assert.has.match("over the limit of .*:Galley attach!", notified[1])
    assert.is_false(galley.is_attached(buf))
    vim.cmd("Galley attach")
    assert.is_false(galley.is_attached(buf))
    vim.cmd("Galley attach!")
    assert.is_true(galley.is_attached(buf))
    assert.are.equal(101, buffers.document(buf):line_count())
  end)

  it("that grows over the limit is let go with a message", function()
    galley.setup({ size_limit = 1000 })
    local buf = new("text")
    assert(buffers.document(buf))
    vim.api.nvim_buf_set_lines(buf, 0, 0, false, { ("x"):rep(1001) })
    assert.is_nil((buffers.document(buf)))
    vim.wait(100, function()
      return not galley.is_attached(buf)
    end, 1)
    assert.has.match("over the limit", notified[1])
  end)

  it("of 100 MB opens, and is left alone", function()
    local file = vim.fn.tempname() .. ".txt"
    local handle = assert(io.open(file, "w"))
    local block = ("2018-05-25 12:00:01 INFO a line of a log that grew and grew\n"):rep(17000)
    for _ = 1, 100 do
      handle:write(block)
    end
    handle:close()
    vim.o.swapfile = false
    vim.cmd("silent edit " .. file)
    assert.is_true(vim.api.nvim_buf_line_count(0) == 1700000)
    vim.bo.filetype = "text"
    vim.wait(50, function()
      return #notified > 0
    end, 1)
    assert.has.match("over the limit", notified[1])
    assert.is_false(galley.is_attached(0))
    vim.fn.delete(file)
  end)

  it("that is read-only or cannot be modified is annotated", function()
    local buf = new("text")
    vim.bo.readonly = true
    vim.bo.modifiable = false
    assert.are.equal("On 25 May", buffers.document(buf):text():sub(1, 9))
    assert(galley.detach(buf))
    assert(galley.attach(buf))
    assert.is_table(galley.get_spans(buf))
  end)

  it("that is a terminal or quickfix list is refused with a reason", function()
    vim.cmd.copen()
    vim.bo.filetype = "text"
    assert.is_false(galley.is_attached(0))
    local ok, message = galley.attach(0)
    assert.is_nil(ok)
    assert.has.match("quickfix buffer is not annotated", message)
    vim.cmd.cclose()
    vim.cmd.enew()
    local job = vim.fn.termopen({ "cat" })
    ok, message = galley.attach(0)
    assert.is_nil(ok)
    assert.has.match("terminal buffer is not annotated", message)
    vim.fn.jobstop(job)
  end)

  it("that does not exist is refused with a reason", function()
    local ok, message = galley.attach(4242)
    assert.is_nil(ok)
    assert.has.match("no such buffer", message)
    assert.is_nil((galley.get_spans(4242)))
    assert.is_nil((galley.span_at(4242, 0, 0)))
    assert.are.equal("", galley.statusline(4242))
  end)

  it("is let go by :bdelete and :bwipeout, and comes back", function()
    local file = vim.fn.tempname() .. ".txt"
    vim.fn.writefile(TEXT, file)
    for _, command in ipairs({ "bdelete", "bwipeout", "bunload" }) do
      vim.cmd.edit(file)
      local buf = vim.api.nvim_get_current_buf()
      assert.is_true(galley.is_attached(buf))
      assert(buffers.document(buf))
      vim.cmd.enew()
      vim.cmd(command .. " " .. buf)
      vim.wait(100, function()
        return not galley.is_attached(buf)
      end, 1)
      assert.is_false(galley.is_attached(buf))
    end
    vim.cmd.edit(file)
    assert.is_true(galley.is_attached(0))
    vim.fn.delete(file)
  end)

  it("tells by GalleyUpdate when typing has stopped, not on each key", function()
    galley.setup({ debounce = 30 })
    local events = {}
    local id = vim.api.nvim_create_autocmd("User", {
      pattern = "GalleyUpdate",
      callback = function(event)
        table.insert(events, event.data.buf)
      end,
    })
    local buf = new("text")
    vim.wait(1000, function()
      return #events > 0
    end, 1)
    assert.are.same({ buf }, events)
    for _ = 1, 5 do
      vim.cmd("normal! Ax")
      vim.wait(2)
    end
    assert.are.equal(1, #events)
    vim.wait(1000, function()
      return #events > 1
    end, 1)
    vim.wait(60)
    assert.are.same({ buf, buf }, events)
    vim.api.nvim_del_autocmd(id)
  end)

  it("gives all memory back: 100 times attached and detached with 1 MB", function()
    local lines = {}
    for index = 1, 8000 do
      lines[index] = ("On %d May 2018 Anna Lindqvist of Norrvik said: “We counted %d votes,” and %d%% stayed at home. ")
        :format(index % 28 + 1, index, index % 100)
        :rep(index % 2 + 1)
    end
    local buf = new("", lines)
    assert.is_true(vim.api.nvim_buf_get_offset(buf, #lines) > 1000000)
    local function cycle()
      assert(galley.attach(buf))
      assert(buffers.document(buf):resolve())
      galley.detach(buf)
    end
    local function resident()
      collectgarbage()
      collectgarbage()
      return vim.uv.resident_set_memory()
    end
    for _ = 1, 5 do
      cycle()
    end
    local before = resident()
    for _ = 1, 100 do
      cycle()
    end
    local grown = resident() - before
    -- One lost copy of the text alone would be 100 MB.
    assert.is_true(grown < 10 * 1048576, ("grown by %.1f MB"):format(grown / 1048576))
  end)

  it("can be shown in two windows and toggled by kind", function()
    local buf = new("text")
    vim.cmd.split()
    assert.is_false(galley.toggle("date", buf))
    assert.is_true(galley.toggle("date", buf))
    local shown, message = galley.toggle("dates", buf)
    assert.is_nil(shown)
    assert.has.match("unknown kind `dates`", message)
    assert.is_false(galley.toggle(nil, buf))
    assert.is_false(galley.is_attached(buf))
    assert.is_true(galley.toggle(nil, buf))
    assert.is_true(galley.is_attached(buf))
  end)
end)
