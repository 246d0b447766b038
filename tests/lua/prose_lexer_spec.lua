-- The lines of formats by themselves, without a parser or syntax beside them.

local line = require("galley.prose.line")

local function lexer(name)
  return require("galley.prose.lexer." .. name)
end

--- How the core reads a text of a format, a row each: "^" stands for a block's end, "~" for an object
--- in the sentence; what is read over is left out, and blanks that are read for marks are one.
local function shown(name, text)
  local buf = vim.api.nvim_create_buf(false, true)
  local lines = vim.split(text, "\n", { plain = true })
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  local prose = { buf = buf, lexer = lexer(name) }
  local list = {}
  for index, row in ipairs(lines) do
    local out = line.new(row)
    if lexer(name).head then
      lexer(name).head(prose, index - 1, { row })
    end
    lexer(name).line(out, row, index - 1, prose)
    local parts, at = {}, 0
    for range = 1, out.count do
      parts[#parts + 1] = row:sub(at + 1, out.from[range])
      local code = out.code[range]
      local sign = code == line.BREAK and "^" or code == line.OBJECT and "~" or nil
      parts[#parts + 1] = sign or code < 0x20 and "" or vim.fn.nr2char(code)
      at = out.to[range]
    end
    parts[#parts + 1] = row:sub(at + 1)
    list[index] = (table.concat(parts):gsub("%s+$", ""))
  end
  vim.api.nvim_buf_delete(buf, { force = true })
  return list
end

describe("a line of AsciiDoc", function()
  it("is no prose between fences", function()
    for _, fence in ipairs({ "----", "....", "++++", "////", "-------" }) do
      local rows =
        shown("asciidoc", table.concat({ "A.", "", fence, "B.", "...", fence, "C." }, "\n"))
      assert.are.same({ "A.", "", "^", "^", "^", "^", "C." }, rows)
    end
    assert.are.same(
      { "^", "^", "^", "^", "^", "B" },
      shown("asciidoc", "----\n....\n-----\nA\n----\nB")
    )
  end)

  it("is prose in a block that is marked off", function()
    for _, delimiter in ipairs({ "====", "****", "____" }) do
      local text = table.concat({ delimiter, "A.", delimiter }, "\n")
      assert.are.same({ "^", "A.", "^" }, shown("asciidoc", text))
    end
  end)

  it("is under a title when it is as long as that", function()
    assert.are.same({ "A title", "---" }, shown("asciidoc", "A title\n-------"))
    assert.are.same({ "A title", "---", "B" }, shown("asciidoc", "A title\n~~~~~~~~\nB"))
    assert.are.same({ "A title", "===", "B" }, shown("asciidoc", "A title\n======\nB"))
    assert.are.same({ "É", "=" }, shown("asciidoc", "É\n="))
    assert.are.same(
      { "A longer title", "^", "^", "^" },
      shown("asciidoc", "A longer title\n-----\nA\n-----")
    )
    -- A block's own title is none: it says what the block is.
    assert.are.same({ "^Code", "^", "^", "^" }, shown("asciidoc", ".Code\n-----\nA\n-----"))
    assert.are.same({ "^", "^", "^", "A" }, shown("asciidoc", "----\nfive\n----\nA"))
  end)

  it("is an item of a list at any depth", function()
    assert.are.same({ "- A", " - B", " - C" }, shown("asciidoc", "* A\n*** B\n.. C"))
    assert.are.same({ "*-* A" }, shown("asciidoc", "*-* A"))
  end)

  it("has macros with what they are told", function()
    assert.are.same({ "see A B" }, shown("asciidoc", "see link:x/y[A B]"))
    assert.are.same({ "see A B." }, shown("asciidoc", "see link:x[A B, window=_blank]."))
    assert.are.same({ "see A, B" }, shown("asciidoc", "see xref:x[A, B]"))
    assert.are.same({ "a ~ and A" }, shown("asciidoc", "a image:x.png[b, c=d] and link:x[A]"))
    assert.are.same({ "so: a [b] c" }, shown("asciidoc", "so: a [b] c"))
  end)
end)

describe("a line of reStructuredText", function()
  it("is under a title, whatever mark it is made of", function()
    for _, mark in ipairs({ "~", "^", '"', "*", "#", "+", "-", "." }) do
      local read = mark == "." and "...." or "---"
      assert.are.same({ "Title", read, "B" }, shown("rst", "Title\n" .. mark:rep(4) .. "\nB"))
    end
    assert.are.same({ "Title", "===", "B" }, shown("rst", "Title\n=====\nB"))
    assert.are.same({ "Title", "==~" }, shown("rst", "Title\n==~"))
  end)

  it("has text with a target, and roles with one", function()
    assert.are.same({ "the Trust here" }, shown("rst", "the `Trust <https://x.org>`_ here"))
    assert.are.same({ "the May here" }, shown("rst", "the :ref:`May   <may>` here"))
    assert.are.same({ "the ~ here" }, shown("rst", "the :ref:`may` here"))
    assert.are.same({ "the a > b here" }, shown("rst", "the `a > b` here"))
  end)
end)

describe("a line of HTML", function()
  it("keeps what stands before its first tag", function()
    local text = '"<em>We</em> pay," he said.'
    local out = line.new(text, { { 1, 5, "tag" }, { 7, 12, "tag" } })
    lexer("html").line(out, text, 0, { zones = { name = "treesitter" } })
    assert.are.same({ 1, 7, #text }, out.from)
    assert.are.same({ 5, 12, #text + 1 }, out.to)
  end)

  it("begins behind a tag that began further up", function()
    local text = " class=x>Leeds"
    local out = line.new(text, { { 0, 9, "tag" } })
    lexer("html").line(out, text, 0, { zones = { name = "treesitter" } })
    assert.are.same({ 0, #text }, out.from)
    assert.are.same({ 9, #text + 1 }, out.to)
  end)
end)

describe("a line of TeX", function()
  it("goes on behind a formula of which the syntax knows the inside", function()
    local text = "is $x$ of Leeds"
    local out = line.new(text, { { 4, 5, "object" } })
    lexer("tex").line(out, text, 0, { head = 0 })
    assert.are.same({ 3 }, out.from)
    assert.are.same({ 6 }, out.to)
  end)

  it("has a break with a space", function()
    assert.are.same({ "A ^ B ^ [C]" }, shown("tex", "A \\\\[2pt] B \\\\*[2\\x] [C]"))
  end)
end)

--- Processor time of a line, in milliseconds: the least of some times.
local function cost(name, text)
  local least = math.huge
  for _ = 1, 3 do
    local start = os.clock()
    lexer(name).line(line.new(text), text, 0, { buf = 0, head = name == "tex" and 0 or nil })
    least = math.min(least, (os.clock() - start) * 1000)
  end
  return least
end

describe("a line of Typst", function()
  it("has comments, and addresses that begin none", function()
    assert.are.same({ "A", "B c" }, shown("typst", "A // b\nB/* b */ c"))
    assert.are.same({ "https://x.org A" }, shown("typst", "https://x.org A // b"))
  end)

  it("has objects for what it shows and does not spell", function()
    assert.are.same({ "~ of ~, ~" }, shown("typst", "$x$ of #figure(1), @reed2018"))
    assert.are.same({ "A — B" }, shown("typst", "A --- B <may>"))
  end)
end)

describe("a long line", function()
  -- What is repeated, and what stands before and behind that.
  local LINES = {
    asciidoc = {
      { "", "link:a[", "" },
      { "", "link:a[", "]" },
      { "", "a:", "" },
      { "", "a: ", "[" },
    },
    html = { { "", "<code>a</code>", "" }, { "", "<pre>a</pre>", "" }, { "", '<a b="', "" } },
    rst = { { "`", " ", "`" }, { ":code:`", "<", "`" }, { "`", "a <", ">`" }, { "", ":a:`b", "" } },
    tex = { { "", "\\\\[", "" }, { "", "\\cite{", "" }, { "", "$a\\", "" } },
    typst = { { "", "#a(", "" }, { "", "<a", "" }, { "", "/*", "" } },
  }
  local LENGTH, TIMES = 20000, 8

  for name, rows in vim.spairs(LINES) do
    it("takes linear time: " .. name, function()
      for _, row in ipairs(rows) do
        local function text(length)
          return row[1] .. row[2]:rep(math.floor(length / #row[2])) .. row[3]
        end
        local short, long = cost(name, text(LENGTH)), cost(name, text(LENGTH * TIMES))
        -- Square time would be 64 times as much.
        local said = ("%q: %.1f ms, and %.1f ms of %d times as much"):format(
          row[2],
          short,
          long,
          TIMES
        )
        assert.is_true(long <= 3 * TIMES * short + 200, said)
      end
    end)
  end
end)
