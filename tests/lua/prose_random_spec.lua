-- Random edits of an article in HTML: the document stays the buffer's text, and, read by a parser, is
-- what a document makes of it that reads it at once.

local buffers = require("galley.buffer")
local galley = require("galley")
local prose = require("galley.prose")

local OPERATIONS, AUDIT = 1500, 25
local PARSERS = vim.fn.fnamemodify(vim.env.GALLEY_DEPS or ".deps", ":p") .. "parsers"

local PIECES = {
  "<p>",
  "</p>",
  "<b>",
  "</b>",
  "<li>",
  "<td>",
  "<h2>",
  "</h2>",
  "<!--",
  "-->",
  "<pre>",
  "</pre>",
  "<code>",
  "</code>",
  "<script>",
  "</script>",
  '<a href="x',
  '">',
  "&amp;",
  "&ldquo;",
  "Ana Ruiz",
  "said",
  "“Yes,”",
  '"',
  "12 May 2018",
  "5 percent",
  " ",
  " ",
  " ",
  ".",
  "é",
  "\255",
  "x\30y\31",
}

--- A generator of its own: math.random differs between builds.
local function generator(seed)
  local state = seed
  return function(limit)
    state = (state * 1664525 + 1013904223) % 4294967296
    return math.floor(state / 65536) % limit + 1
  end
end

local function random_line(random)
  local parts = {}
  for index = 1, random(8) do
    parts[index] = PIECES[random(#PIECES)]
  end
  return table.concat(parts)
end

local function edit(buf, random)
  local count = vim.api.nvim_buf_line_count(buf)
  local first = random(count) - 1
  local last = math.min(count, first + random(3) - 1)
  local kind = random(6)
  if kind < 3 then
    vim.cmd(kind == 1 and "silent! undo" or "silent! redo")
    return
  end
  local lines = {}
  for index = 1, random(count > 60 and 1 or 3) do
    lines[index] = random_line(random)
  end
  vim.api.nvim_buf_set_lines(buf, first, last, false, lines)
  vim.bo[buf].undolevels = vim.bo[buf].undolevels -- each change is undone by itself
end

--- What a document that reads the buffer at once makes of it.
local function fresh(buf)
  local doc = assert(require("galley.core").load()).document()
  local reader = assert(prose.open(buf))
  local lines = vim.api.nvim_buf_get_lines(buf, 0, -1, false)
  assert(doc:set_plain(reader.lexer.plain))
  assert(doc:set_lines(0, -1, lines, prose.all(reader, lines)))
  return doc
end

describe("random edits of HTML", function()
  local function run(audit)
    vim.cmd.enew()
    local buf = vim.api.nvim_get_current_buf()
    vim.bo.filetype = "html"
    assert(galley.attach(buf))
    local state, random = buffers.attached[buf], generator(20180614)
    for operation = 1, OPERATIONS do
      edit(buf, random)
      if random(3) == 1 then
        assert.is_true(buffers.flush(state))
      end
      if operation % AUDIT == 0 then
        assert.is_true(vim.wait(60000, function()
          return buffers.flush(state) and not state.sync.prose.pending
        end, 1))
        audit(state.doc, fresh(buf))
      end
    end
    vim.cmd("bwipeout!")
  end

  it("leave what the parser makes of the whole", function()
    vim.opt.runtimepath:append(PARSERS)
    run(function(doc, other)
      assert.are.equal(other:text(), doc:text())
      assert.are.equal(other:sexp(), doc:sexp())
      assert.are.same(other:spans(0, -1), doc:spans(0, -1))
    end)
    vim.opt.runtimepath:remove(PARSERS)
  end)

  it("leave the text what it is, where the syntax is asked", function()
    vim.cmd("syntax on")
    run(function(doc, other)
      assert.are.equal(other:text(), doc:text())
    end)
  end)
end)
