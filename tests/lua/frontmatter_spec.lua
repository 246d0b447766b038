-- What the front matter of an article says, and where.

local frontmatter = require("galley.frontmatter")

--- @param text string
local function parse(text)
  return frontmatter.parse(vim.split(text, "\n"))
end

--- Each item as it stands in the text.
local function pieces(text)
  local lines = vim.split(text, "\n")
  return vim.tbl_map(function(item)
    return lines[item.row + 1]:sub(item.col + 1, item.end_col)
  end, frontmatter.parse(lines).items)
end

describe("front matter", function()
  it("has scalars, with and without quotation marks", function()
    local text = table.concat({
      "---",
      "title: Ferries: a count # of boats",
      'author: "Agnes \\"Ag\\" Farrow"',
      "note: 'it''s # here'",
      "empty:",
      "---",
      "body: no",
    }, "\n")
    local read = parse(text)
    assert.are.equal("Ferries: a count", read.title)
    assert.are.equal('Agnes "Ag" Farrow', read.author)
    assert.are.equal("it's # here", read.note)
    assert.is_nil(read.empty)
    assert.is_nil(read.body)
    assert.are.equal(5, read.last)
    assert.are.same({ title = 1, author = 2, note = 3, empty = 4 }, read.rows)
    assert.are.same({ "Ferries: a count", 'Agnes \\"Ag\\" Farrow', "it''s # here" }, pieces(text))
  end)

  it("has block lists, flow lists and maps of a path in a list", function()
    local text = table.concat({
      "---",
      "sources:",
      "  - a.txt # the first",
      '  - "b, c.txt"',
      "  - path: d.csv",
      "    title: ignored",
      "tags: [one, 'two, three'",
      "  , four ]",
      "date: 2026-08-06",
      "...",
    }, "\n")
    local read = parse(text)
    assert.are.same({ "a.txt", "b, c.txt", "d.csv" }, read.sources)
    assert.are.same({ "one", "two, three", "four" }, read.tags)
    assert.are.equal("2026-08-06", read.date)
    assert.are.same(
      { "a.txt", "b, c.txt", "d.csv", "one", "two, three", "four", "2026-08-06" },
      pieces(text)
    )
  end)

  it("counts only when it is closed and at the top", function()
    for _, text in ipairs({ "", "---", "---\nkey: value", "\n---\nkey: value\n---" }) do
      assert.are.same({ rows = {}, items = {} }, parse(text))
    end
  end)

  it("keeps what is first, and its own fields", function()
    local read = parse("---\na: 1\na: 2\nrows: x\nitems: y\n---")
    assert.are.equal("1", read.a)
    assert.are.same({ a = 1 }, read.rows)
    assert.are.equal(1, #read.items)
  end)

  it("expands nothing and reads no more than it should", function()
    local read = parse("---\na: &x [1, 2]\nb: *x\nc: [*x, *x]\n---")
    assert.are.equal("*x", read.b)
    assert.are.same({ "*x", "*x" }, read.c)
    local many = { "---", "list: [" .. ("a,"):rep(2000) .. "]", "---" }
    assert.are.equal(500, #frontmatter.parse(many).items)
    local long = { "---", "a: " .. ("x"):rep(100000), "b: 1", "---" }
    assert.is_nil(frontmatter.parse(long).a)
    local deep = { "---" }
    for _ = 1, 1000 do
      table.insert(deep, "a: 1")
    end
    table.insert(deep, "---")
    assert.are.same({}, frontmatter.parse(deep).items)
  end)

  it("takes any bytes", function()
    math.randomseed(7)
    local alphabet =
      { "-", "---", "\n", ":", " ", "'", '"', "[", "]", ",", "#", "a", "\\", "\0", "\255" }
    for _ = 1, 3000 do
      local text = { "---\n" }
      for _ = 1, math.random(40) do
        table.insert(text, alphabet[math.random(#alphabet)])
      end
      table.insert(text, "\n---\n")
      local lines = vim.split(table.concat(text), "\n")
      for _, item in ipairs(frontmatter.parse(lines).items) do
        assert.is_true(item.col <= item.end_col and item.end_col <= #lines[item.row + 1])
      end
    end
  end)

  it("is read from a buffer", function()
    vim.cmd.enew()
    vim.api.nvim_buf_set_lines(0, 0, -1, false, { "---", "a: b", "---" })
    assert.are.equal("b", frontmatter.read().a)
    assert.are.equal("b", frontmatter.read(vim.api.nvim_get_current_buf()).a)
    vim.cmd("bwipeout!")
  end)
end)
