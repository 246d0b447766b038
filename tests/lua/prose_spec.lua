-- Articles in other formats than Markdown: markup is read over, by the buffer's parser or syntax.

local buffers = require("galley.buffer")
local galley = require("galley")
local prose = require("galley.prose")

local PARSERS = vim.fn.fnamemodify(vim.env.GALLEY_DEPS or ".deps", ":p") .. "parsers"

vim.cmd("syntax on")
vim.cmd("filetype on")
vim.cmd.runtime("plugin/galley.lua")
galley.setup({ debounce = 0 })

--- What is found in the fixtures of tests/prose. All tell the same story; what is no prose there
--- holds names, dates and figures of its own: John Smith, Kaspersky Lab, "Tom Reed said 5 percent".
local FOUND = {
  html = [[
entity: Harbour <em>Trust
entity: Ana</b> <i>Ruiz
entity: Harbour Trust
figure: &pound;5&nbsp;million
date: 12&nbsp;May 2018
quote: &ldquo;<b>Yes</b>, it&rsquo;s we who <i>will</i> pay,&rdquo;
entity: Jos&eacute; Okafor
quote: "We will,"
entity: Ruiz
entity: AT&amp;T
entity: Ana
entity: Ruiz
figure: 20
entity: Leeds
figure: 5%
entity: York]],
  tex = [[
entity: Harbour Trust
date: 3 June 2020
entity: Ana} \textit{Ruiz
entity: Harbour~Trust
figure: \$5~million
date: 12~May 2018
figure: 10--15\%
date: May
quote: ``Yes, we \emph{will} pay,''
entity: Jos\'e Okafor
entity: Leeds
quote: ``Not us,''
entity: Tom O'Hara
entity: Bo Li
entity: Ana
entity: Ruiz
figure: 20
entity: Leeds
figure: 5\%
entity: York]],
  rst = [[
entity: Harbour Trust
entity: Tom Reed
date: 2020-06-03
entity: Ana** *Ruiz
entity: Harbour Trust
date: May 2018
date: 12 May 2018
citation: [1]
entity: Leeds
entity: Jane Okafor
date: 5 June 2020
quote: "Yes, we *will*,"
entity: Ana Ruiz
entity: Ana
entity: Ruiz
figure: 20
entity: Smith
date: 2018]],
  asciidoc = [[
entity: Harbour Trust
entity: Tom Reed
date: 2020-06-03
entity: Bo Li
entity: Ana* _Ruiz
entity: Harbour Trust
date: 12 May 2018
date: May
quote: "`Yes, we _will_,`"
entity: Ana Ruiz
entity: Ana
entity: Ruiz
figure: 20
entity: Leeds
figure: 5%
entity: York
entity: Jane Okafor]],
  typst = [[
entity: Harbour Trust
entity: Ana* _Ruiz
entity: Harbour Trust
figure: $5 million
date: 12~May 2018
quote: "Yes, we _will_,"
entity: Ana Ruiz
entity: Leeds
figure: 5%]],
  mail = [[
date: Wed, 3 Jun 2020 10:11:12
entity: Harbour Trust
date: Monday
entity: Ana Ruiz
entity: Harbour Trust
quote: "Yes, we will,"
entity: Ana Ruiz
date: yesterday]],
}
local FILES = {
  html = "port.html",
  tex = "port.tex",
  rst = "port.rst",
  asciidoc = "port.adoc",
  typst = "port.typ",
  mail = "port.eml",
}

--- "kind: text" of each span but indirect quotes, a line each; line breaks as blanks.
local function found(buf)
  local list = {}
  for _, span in ipairs(assert(galley.get_spans(buf))) do
    if span.type ~= "indirect" then
      list[#list + 1] = ("%s: %s"):format(span.kind, (span.text:gsub("%s+", " ")))
    end
  end
  return table.concat(list, "\n")
end

--- Lets the work in slices come to its end.
local function settle(buf)
  local state = assert(buffers.attached[buf])
  assert.is_true(vim.wait(5000, function()
    return buffers.flush(state) and not state.sync.prose.pending
  end, 1))
end

--- What a document that reads the buffer at once makes of it.
local function fresh(buf)
  local core = assert(require("galley.core").load())
  local doc, reader = core.document(), assert(prose.open(buf))
  local lines = vim.api.nvim_buf_get_lines(buf, 0, -1, false)
  assert(doc:set_plain(reader.lexer.plain))
  assert(doc:set_lines(0, -1, lines, prose.all(reader, lines)))
  return doc
end

local function assert_fresh(buf)
  settle(buf)
  local doc, other = assert(buffers.document(buf)), fresh(buf)
  assert.are.equal(other:text(), doc:text())
  assert.are.equal(other:sexp(), doc:sexp())
  assert.are.same(other:spans(0, -1), doc:spans(0, -1))
end

local function open(format)
  vim.cmd.edit("tests/prose/" .. FILES[format])
  local buf = vim.api.nvim_get_current_buf()
  vim.bo.filetype = format
  assert(galley.attach(buf))
  return buf
end

local function new(format, text)
  vim.cmd.enew()
  local buf = vim.api.nvim_get_current_buf()
  vim.bo.filetype = format
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, vim.split(text, "\n"))
  vim.bo[buf].undolevels = vim.bo[buf].undolevels -- what follows is undone by itself
  assert(galley.attach(buf))
  return buf
end

local function zones_of(buf)
  local zones = buffers.attached[buf].sync.prose.zones
  return zones and zones.name
end

local function clean()
  vim.cmd("silent! %bwipeout!")
  vim.wait(10)
end

describe("a format", function()
  after_each(clean)

  for format, expected in pairs(FOUND) do
    it("is read by its syntax: " .. format, function()
      local buf = open(format)
      settle(buf)
      -- Neovim 0.10 has no syntax of Typst: there the lines have to do.
      local syntax = vim.fn.globpath(vim.o.runtimepath, "syntax/" .. format .. ".vim") ~= ""
      assert.are.equal(syntax and "syntax" or nil, zones_of(buf))
      assert.are.equal(expected, found(buf))
      assert_fresh(buf)
    end)
  end

  it("is read line by line without either", function()
    vim.cmd("syntax off")
    for format in pairs(FOUND) do
      local buf = open(format)
      assert.is_nil(zones_of(buf))
      assert_fresh(buf)
    end
    vim.cmd("syntax on")
    assert.are.equal(FOUND.rst, found(open("rst")))
    assert.are.equal(FOUND.mail, found(open("mail")))
  end)
end)

describe("the parser of a buffer", function()
  setup(function()
    vim.opt.runtimepath:append(PARSERS)
  end)
  teardown(function()
    vim.opt.runtimepath:remove(PARSERS)
  end)
  after_each(clean)

  for _, format in ipairs({ "html", "rst" }) do
    it("is used: " .. format, function()
      local buf = open(format)
      assert.are.equal(FOUND[format], found(buf))
      assert.are.equal("treesitter", zones_of(buf))
      assert_fresh(buf)
      assert.is_nil(vim.treesitter.highlighter.active[buf])
      assert.are.equal(format, vim.bo.syntax)
    end)
  end

  it("knows what began rows before", function()
    local buf =
      new("html", "<p>Ana Ruiz\n<pre\n class=x>\nTom Reed\n</pre>\n<!-- Bo\nLi -->\n<p>Leeds")
    assert.are.equal("entity: Ana Ruiz\nentity: Leeds", found(buf))
    vim.api.nvim_buf_set_lines(buf, 4, 5, false, { "</pre>Bo Li <!--" })
    assert_fresh(buf)
    assert.are.equal("entity: Ana Ruiz\nentity: Bo Li\nentity: Leeds", found(buf))
  end)

  it("is listened to once, however often the buffer is read anew", function()
    local buf = open("html")
    settle(buf)
    local parser, count = assert(vim.treesitter.get_parser(buf, "html")), 0
    local register = parser.register_cbs
    parser.register_cbs = function(self, callbacks, ...)
      count = count + (callbacks and callbacks.on_changedtree and 1 or 0)
      return register(self, callbacks, ...)
    end
    for _ = 1, 3 do
      buffers.reread(buf)
      settle(buf)
    end
    parser.register_cbs = nil
    assert.are.equal(0, count) -- it is known since it was opened
    vim.api.nvim_buf_set_lines(buf, 0, 1, false, { "<!-- " })
    assert_fresh(buf)
  end)

  it("may be broken", function()
    local get_parser = vim.treesitter.get_parser
    vim.treesitter.get_parser = function()
      error("no such parser")
    end
    local buf = open("html")
    settle(buf)
    assert.are.equal("syntax", zones_of(buf))
    assert.are.equal(FOUND.html, found(buf))
    vim.treesitter.get_parser = get_parser
  end)
end)

describe("a buffer with markup", function()
  after_each(clean)

  it("is read on below an edit that begins a comment or ends one", function()
    local rows = { "<p>Ana Ruiz came." }
    for row = 2, 60 do
      rows[row] = "Tom Reed went to Leeds."
    end
    rows[61] = "<!-- so --> She left York."
    local buf = new("html", table.concat(rows, "\n"))
    settle(buf)
    local before = found(buf)
    vim.api.nvim_buf_set_lines(buf, 1, 2, false, { "<!--" })
    assert_fresh(buf)
    assert.are.equal("entity: Ana Ruiz\nentity: York", found(buf))
    vim.cmd.undo()
    assert_fresh(buf)
    assert.are.equal(before, found(buf))
  end)

  it("knows the element that a row is in", function()
    local buf = new("html", "<p>Ana Ruiz\n<pre>\nTom Reed\n</pre>\nBo Li")
    settle(buf)
    assert.are.equal("entity: Ana Ruiz\nentity: Bo Li", found(buf))
    vim.api.nvim_buf_set_lines(buf, 1, 2, false, { "<p>" })
    assert_fresh(buf)
    assert.are.equal("entity: Ana Ruiz\nentity: Tom Reed\nentity: Bo Li", found(buf))
  end)

  it("is read on above an edit that moves where its text begins", function()
    local buf = new("tex", "Tom Reed\nBo Li\n\nAna Ruiz left York.")
    settle(buf)
    local all = found(buf)
    vim.api.nvim_buf_set_lines(buf, 2, 3, false, { "\\begin{document}" })
    assert_fresh(buf)
    assert.are.equal("entity: Ana Ruiz\nentity: York", found(buf))
    vim.api.nvim_buf_set_lines(buf, 2, 3, false, { "" })
    assert_fresh(buf)
    assert.are.equal(all, found(buf))
    buf = new("mail", "From: Tom Reed\nTo: Bo Li\nAna Ruiz left York.\nLeeds")
    settle(buf)
    vim.api.nvim_buf_set_lines(buf, 2, 2, false, { "" })
    assert_fresh(buf)
    assert.are.equal("entity: Ana Ruiz\nentity: York\nentity: Leeds", found(buf))
    vim.api.nvim_buf_set_lines(buf, 2, 3, false, {})
    assert_fresh(buf)
  end)

  it("has lines that the syntax is not asked about: they would take it minutes", function()
    local long = ("Ana *Ruiz* paid link:a[b] `in` {x} on: so. "):rep(6000)
    local buf = new("asciidoc", "Tom Reed went.\n" .. long .. "\n----\nBo Li\n----\nLeeds")
    local start = vim.uv.hrtime()
    settle(buf)
    assert.has.match("^entity: Tom Reed\nentity: Ana %*Ruiz\n.*\nentity: Leeds$", found(buf))
    assert.is_nil(found(buf):find("Bo Li"))
    vim.api.nvim_buf_set_lines(buf, 0, 1, false, { "Tom Reed left." })
    settle(buf)
    assert.is_true((vim.uv.hrtime() - start) / 1e9 < 10)
  end)

  it("is read anew when its file type changes", function()
    local buf = new("html", "<p>Ana <b>Ruiz</b>")
    assert.are.equal("entity: Ana <b>Ruiz", found(buf))
    vim.bo.filetype = "tex"
    assert_fresh(buf)
    vim.bo.filetype = "text"
    assert.is_nil(buffers.attached[buf].sync.prose)
    vim.bo.filetype = "html"
    assert.are.equal("entity: Ana <b>Ruiz", found(buf))
  end)

  it("is read anew by :edit!", function()
    local buf = open("html")
    settle(buf)
    vim.api.nvim_buf_set_lines(buf, 0, 5, false, { "<!-- <p>" })
    settle(buf)
    assert.are_not.equal(FOUND.html, found(buf))
    vim.cmd("edit!")
    vim.wait(20)
    settle(buf)
    assert.are.equal(FOUND.html, found(buf))
  end)

  it("keeps its bytes, its places and the user's 'spell'", function()
    vim.wo.spell = true
    local buf = open("html")
    settle(buf)
    local text = table.concat(vim.fn.readfile("tests/prose/port.html"), "\n") .. "\n"
    assert.are.equal(text, buffers.document(buf):text())
    for _, span in ipairs(galley.get_spans(buf)) do
      assert.are.equal(text:sub(span.start + 1, span["end"]), span.text)
    end
    assert.is_true(vim.wo.spell)
    vim.wo.spell = false
  end)

  it("says names without their markup, and leaves such mentions when it renames", function()
    local buf = new("html", "<p>Jos&eacute; <b>Ruiz</b> met Ruiz.")
    assert.are.equal("José Ruiz", galley.get_entities(buf)[1].name)
    local rename = assert(require("galley.rename").edits(buf, 0, 4, "Tom Reed", true))
    assert.are.equal(1, #rename.edits)
    assert.are.equal("Jos&eacute; <b>Ruiz", rename.left[1].text)
  end)
end)
