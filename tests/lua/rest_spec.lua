-- What takes long waits for a longer rest in typing.
local buffers = require("galley.buffer")
local galley = require("galley")
local rest = require("galley.rest")

describe("work in a rest", function()
  local buf, done

  --- Work that makes the clock say it took so long.
  local function taking(milliseconds)
    return function()
      done = done + 1
      local hrtime, start = vim.uv.hrtime, vim.uv.hrtime()
      vim.uv.hrtime = function()
        vim.uv.hrtime = hrtime
        return start + milliseconds * 1e6
      end
    end
  end

  before_each(function()
    galley.setup({ debounce = 10, diagnostics = false, server = false })
    vim.cmd.enew({ bang = true })
    buf, done = vim.api.nvim_get_current_buf(), 0
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, { "Anna Lindqvist won in May 2018." })
    assert(galley.attach(buf))
    assert(vim.wait(20000, function()
      return not buffers.attached[buf].stale
    end, 2))
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    galley.setup(nil)
  end)

  it("is done at once while it takes little", function()
    for count = 1, 3 do
      rest.work("test", buf, taking(1))
      assert.are.equal(count, done)
    end
  end)

  it("waits when it took long, and is done once", function()
    rest.work("test", buf, taking(20))
    assert.are.equal(1, done)
    rest.work("test", buf, taking(1))
    rest.work("test", buf, taking(1))
    assert.are.equal(1, done)
    vim.wait(20000, function()
      return done > 1
    end, 2)
    assert.are.equal(2, done)
    -- It took little this time.
    rest.work("test", buf, taking(1))
    assert.are.equal(3, done)
  end)

  it("is left for the next rest when somebody types, and when the article is gone", function()
    rest.work("test", buf, taking(20))
    rest.work("test", buf, taking(1))
    buffers.attached[buf].stale = true
    vim.wait(400)
    assert.are.equal(1, done)
    buffers.attached[buf].stale = false
    rest.work("test", buf, taking(1))
    galley.detach(buf)
    vim.wait(400)
    assert.are.equal(1, done)
  end)
end)
