-- The document in the C core equals the buffer, whatever is done to the buffer.

local buffers = require("galley.buffer")
local edits = require("tests.edits")
local galley = require("galley")

local OPERATIONS = 10000
local SEED = 20180614

--- What the buffer holds, as bytes: NUL is "\n" within a line.
local function buffer_text(buf)
  local lines = vim.api.nvim_buf_get_lines(buf, 0, -1, true)
  for index, line in ipairs(lines) do
    lines[index] = line:gsub("\n", "\0")
  end
  return table.concat(lines, "\n") .. "\n"
end

describe("text sync", function()
  local file, buf

  before_each(function()
    file = vim.fn.tempname() .. ".txt"
    vim.fn.writefile({ "One 1.", "", "“Two,” she said.", "Three" }, file)
    vim.o.autoread = true
    vim.o.swapfile = false
    vim.cmd.edit(file)
    buf = vim.api.nvim_get_current_buf()
    assert(galley.attach(buf))
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.fn.delete(file)
  end)

  it(("holds through %d random operations"):format(OPERATIONS), function()
    local random = edits.generator(SEED)
    local operations = edits.operations(file)
    local names = vim.tbl_keys(operations)
    table.sort(names)
    local trail = {}
    local checks = 0
    for number = 1, OPERATIONS do
      local name = names[random(#names)]
      operations[name](random)
      table.insert(trail, name)
      if #trail > 12 then
        table.remove(trail, 1)
      end
      if random(50) == 1 then
        vim.wait(0) -- lets scheduled work run, as between two keys
      end
      -- Not after each one, so that several changes are merged.
      if random(3) == 1 or number == OPERATIONS then
        checks = checks + 1
        local doc = assert(buffers.document(buf))
        if doc:text() ~= buffer_text(buf) then
          error(("operation %d of seed %d: %s"):format(number, SEED, table.concat(trail, ", ")))
        end
        assert.are.equal(vim.api.nvim_buf_line_count(buf), doc:line_count())
      end
    end
    assert.is_true(checks > OPERATIONS / 4)
  end)

  it("reads no more than the changed rows when somebody types", function()
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, vim.split(("word word 12\n"):rep(1000), "\n"))
    assert(buffers.document(buf))
    local read = 0
    local get_lines = vim.api.nvim_buf_get_lines
    vim.api.nvim_buf_get_lines = function(...)
      local lines = get_lines(...)
      read = read + #lines
      return lines
    end
    for row = 1, 100 do
      vim.api.nvim_win_set_cursor(0, { row * 7, 3 })
      vim.cmd("normal! atext")
      assert(buffers.document(buf))
    end
    vim.api.nvim_buf_get_lines = get_lines
    assert.are.equal(100, read)
    assert.are.equal(buffer_text(buf), buffers.document(buf):text())
  end)

  describe("of a long article", function()
    local sync = require("galley.sync")

    --- A long article in a new buffer that nobody has looked at yet.
    local function open_long()
      vim.cmd.enew({ bang = true })
      local lines = {}
      for row = 1, 400 do
        lines[row] = ("Row %d, “Two,” she said in May 2018. "):format(row):rep(10)
      end
      vim.api.nvim_buf_set_lines(0, 0, -1, false, lines)
      assert(galley.attach(0))
      return buffers.attached[vim.api.nvim_get_current_buf()]
    end

    --- What the document has, beside as many rows of the buffer.
    local function assert_beginning(state, note)
      local rows = state.doc:line_count()
      local lines = vim.api.nvim_buf_get_lines(state.buf, 0, rows, true)
      assert.are.equal(table.concat(lines, "\n") .. "\n", state.doc:text(), note)
    end

    it("reads the first screen first, then slice by slice, and all when it is asked", function()
      local state = open_long()
      assert.is_true(buffers.flush(state, 60))
      local first = state.doc:line_count()
      assert.is_true(first >= 60 and first < 200)
      assert_beginning(state)
      assert(sync.read_on(state.sync))
      assert.is_true(state.doc:line_count() > first and state.doc:line_count() < 400)
      assert_beginning(state)
      assert.is_true(buffers.flush(state, 300))
      assert.are.equal(300, state.doc:line_count())
      assert.are.equal(400, buffers.document(state.buf):line_count())
      assert_beginning(state)
    end)

    it("is read to its end by itself", function()
      local state = open_long()
      assert(buffers.flush(state, 60))
      assert(vim.wait(20000, function()
        return not state.stale
      end, 5))
      assert.are.equal(400, state.doc:line_count())
      assert_beginning(state)
    end)

    it("holds when rows change that are read, that are not, and both", function()
      local random = edits.generator(SEED)
      local changes = {
        function(first, last)
          vim.api.nvim_buf_set_lines(0, first, last, false, { "New 12 rows", "in 2018" })
        end,
        function(first, last)
          vim.api.nvim_buf_set_lines(0, first, last, false, {})
        end,
        function(first)
          vim.fn.append(first, { "One", "“more", "", "row” 7" })
        end,
        function(first, last)
          pcall(vim.cmd, ("silent %dm%d"):format(first + 1, last))
        end,
        function()
          vim.cmd("silent undo")
        end,
        function(first)
          vim.api.nvim_buf_set_text(0, first, 0, first, 3, { "É" })
        end,
        function()
          vim.cmd("silent %s/she/he/")
        end,
      }
      for round = 1, 30 do
        local state = open_long()
        for step = 1, 12 do
          local rows = vim.api.nvim_buf_line_count(0)
          local first = random(rows) - 1
          pcall(changes[random(#changes)], first, math.min(rows, first + random(90)))
          local wanted = random(vim.api.nvim_buf_line_count(0))
          if random(3) == 1 then
            assert(sync.read_on(state.sync))
          elseif random(2) == 1 then
            assert.is_true(buffers.flush(state, wanted))
            assert.is_true(state.doc:line_count() >= wanted)
          else
            assert.is_true(buffers.flush(state, 0))
          end
          assert_beginning(state, ("round %d, step %d"):format(round, step))
        end
        local doc = assert(buffers.document(state.buf))
        assert.are.equal(buffer_text(state.buf), doc:text())
        vim.cmd("bwipeout!")
      end
    end)
  end)

  it("keeps NUL, invalid UTF-8 and a byte order mark", function()
    local bytes = "\239\187\191a\0b\nx\255y\n\nend"
    local handle = assert(io.open(file, "wb"))
    handle:write(bytes)
    handle:close()
    vim.cmd("edit! ++enc=latin1")
    vim.cmd("edit! ++bin")
    assert.are.equal(bytes .. "\n", buffers.document(buf):text())
  end)

  it("knows an emptied buffer", function()
    vim.cmd("silent %d")
    local doc = assert(buffers.document(buf))
    assert.are.equal("\n", doc:text())
    assert.are.equal(1, doc:line_count())
    assert.are.same({}, galley.get_spans(buf))
  end)

  it("reads what :edit! brings back, also within one command", function()
    vim.cmd("normal! ggdG")
    assert(buffers.document(buf))
    vim.cmd("edit! | 1s/One/Zero/")
    assert.are.equal(buffer_text(buf), buffers.document(buf):text())
    vim.wait(20)
    vim.cmd("normal! Gox")
    assert.are.equal(buffer_text(buf), buffers.document(buf):text())
    assert.is_true(galley.is_attached(buf))
  end)

  it("follows a buffer that is hidden and edited from elsewhere", function()
    vim.o.hidden = true
    vim.cmd.enew()
    vim.api.nvim_buf_set_lines(buf, 1, 2, false, { "Hidden 7", "rows" })
    assert.are.equal(buffer_text(buf), buffers.document(buf):text())
  end)
end)
