-- Answers of the language server that wait for sources.

local later = require("galley.server.later")
local server = require("galley.server")
local source = require("galley.source")

describe("an answer that waits for sources", function()
  local buf, replies, ready, heard, request

  before_each(function()
    buf = vim.api.nvim_create_buf(true, false)
    replies, ready = {}, source.ready
    source.ready = function(_, callback)
      heard = callback
    end
    request = {
      buf = buf,
      gone = function()
        return #replies > 0
      end,
      reply = function(result)
        table.insert(replies, result == nil and "nothing" or result)
      end,
    }
  end)

  after_each(function()
    source.ready = ready
    vim.cmd("silent! %bwipeout!")
  end)

  local function ask(patience, work)
    assert.are.equal(server.LATER, later.answer(request, patience, work))
  end

  it("comes once, when they are read", function()
    ask(10, function()
      return "found"
    end)
    heard()
    vim.wait(50)
    assert.are.same({ "found" }, replies)
  end)

  it("does not wait longer than it should", function()
    ask(10, function()
      return "found"
    end)
    vim.wait(2000, function()
      return #replies > 0
    end, 5)
    heard()
    assert.are.same({ "found" }, replies)
  end)

  it("is nothing when the text is another, or gone, or the work fails", function()
    local asked = 0
    local function work()
      asked = asked + 1
      error("no such place")
    end
    ask(10000, work)
    heard()
    assert.are.same({ "nothing" }, replies)
    replies = {}
    ask(10000, work)
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, { "Leeds" })
    heard()
    assert.are.same({ "nothing" }, replies)
    replies = {}
    ask(10000, work)
    vim.api.nvim_buf_delete(buf, { force = true })
    heard()
    assert.are.same({ "nothing" }, replies)
    assert.are.equal(1, asked)
  end)
end)
