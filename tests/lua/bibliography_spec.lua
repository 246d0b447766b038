-- Bibliographies: BibTeX and CSL-JSON, and what citations find in them.

vim.cmd.runtime("plugin/galley.lua")
local bibliography = require("galley.bibliography")
local bibtex = require("galley.bibliography.bibtex")
local csl = require("galley.bibliography.csl")
local galley = require("galley")

local BIB = [[
This line is a comment, with an @ in it.
@string{ press = "Harbour Press" }
@comment{ @book{ghost, title = {Not there}} }
@preamble{"\newcommand{\x}{y}"}

@Book{lindqvist2018,
  author    = {Lindqvist, Anna and Bo Berg and {Office of Tides and Counts}},
  title     = {Counting {T}wice: a {{nested}} title},
  publisher = press # ", Norrvik",
  year      = 2018,
}
@article(lee-2019, author = "L{\'e}e, J{\"o}rg and others", title = "Ballots \& more -- again",
  date = {2019-05-01}, month = jan)
@misc{broken, title = {never closed
@book{ okada:2020 , editor={Emi Okada}, year={2020}, title="A \"quoted\" word"}
]]

describe("BibTeX", function()
  local function by_key(text)
    local found = {}
    for _, entry in ipairs(bibtex.parse(text)) do
      found[entry.key] = entry
    end
    return found
  end

  it("has entries with names, titles and places", function()
    local found = by_key(BIB)
    assert.is_nil(found.ghost)
    local book = found.lindqvist2018
    assert.are.equal("book", book.type)
    assert.are.same({ 5, 6 }, { book.row, book.col })
    assert.are.same({ "Lindqvist", "Berg", "Office of Tides and Counts" }, book.authors)
    assert.are.equal("Counting Twice: a nested title", book.fields.title)
    assert.are.equal("Harbour Press, Norrvik", book.fields.publisher)
    assert.are.equal("2018", book.fields.year)
    assert.are.equal(
      "Lindqvist et al. 2018: Counting Twice: a nested title",
      bibliography.label(book)
    )
    local article = found["lee-2019"]
    assert.are.same({ "Lée" }, article.authors)
    assert.are.equal("Ballots & more – again", article.fields.title)
    assert.are.equal("Lée 2019: Ballots & more – again", bibliography.label(article))
  end)

  it("is told by its key where it has no title", function()
    local entry = by_key('@misc{lee, title = "", year = 2019}').lee
    assert.are.equal("2019: lee", bibliography.label(entry))
  end)

  it("goes on after an entry that has no end", function()
    assert.is_table(by_key(BIB)["okada:2020"])
    assert.are.same({ "Okada" }, by_key(BIB)["okada:2020"].authors)
  end)

  it("is read whatever it holds", function()
    for _, text in ipairs({
      "",
      "@",
      "@book",
      "@book{",
      "@book{key",
      "@book{key,",
      "@book{key, title",
      "@book{key, title =",
      "@book{key, title = {",
      "@book{key, title = {\\",
      '@book{key, title = "',
      "@string{",
      "@string{a = a} @book{k, t = a # a # a}",
      "@comment{",
      "@book{k, t = " .. ("{"):rep(50000),
      ("@book{k,a={b}}"):rep(2000),
      ("@"):rep(50000),
      ("@comment{"):rep(50000),
      ("@book{k,t={"):rep(50000),
      "@book{\0, \255 = {\200}}",
      "@book{k, t = " .. ("x # "):rep(5000) .. "x}",
    }) do
      assert.is_table(bibtex.parse(text))
    end
  end)
end)

describe("CSL-JSON", function()
  local TEXT = [=[
[
  {"id": "lee2019", "type": "book", "title": "Ballots", "issued": {"date-parts": [["2019", 5]]},
   "author": [{"family": "Lee", "given": "J."}, {"literal": "Office of Tides"}]},
  {
    "title": "No key"
  },
  {
    "title": "The \"id\": \"okada\" trap",
    "id": "okada", "issued": {"raw": "May 2020"}
  }, 7, {"id": 12, "title": "A number"}
]
]=]

  it("has items with names, years and places", function()
    local items = assert(csl.parse(TEXT))
    assert.are.equal(3, #items)
    assert.are.same({ 1, 3 }, { items[1].row, items[1].col })
    assert.are.equal("Lee and Office of Tides 2019: Ballots", bibliography.label(items[1]))
    assert.are.same({ 8, 4 }, { items[2].row, items[2].col })
    assert.are.equal("2020", items[2].fields.year)
    assert.are.equal("12", items[3].key)
  end)

  it("is refused when it is something else", function()
    for _, text in ipairs({ "", "{", "7", '"x"', ("["):rep(100000), '{"a": 1}', "null" }) do
      assert.is_nil(csl.parse(text))
    end
  end)
end)

describe("a citation", function()
  local folder

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder .. "/refs", "p")
    vim.fn.mkdir(folder .. "/.git")
    vim.fn.writefile(vim.split(BIB, "\n"), folder .. "/refs/all.bib")
    vim.fn.writefile({
      '[{"id": "tides", "title": "Tides", "author": [{"family": "Moreau"}],',
      '"issued": {"raw": "2021"}}]',
    }, folder .. "/tides.json")
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.fn.delete(folder, "rf")
  end)

  local function open(lines)
    vim.fn.writefile(lines, folder .. "/vote.md")
    vim.cmd.edit(folder .. "/vote.md")
    galley.attach(0)
  end

  --- What the citation at `text` cites: file, row, label.
  local function target(text)
    for row, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
      local col = line:find(text, 1, true)
      if col then
        local found = bibliography.target(0, row - 1, col)
        return found and { vim.fs.basename(found.path), found.row, found.label }
      end
    end
  end

  it("finds its entry by key, or by author and year", function()
    open({
      "---",
      "bibliography: [refs/all.bib, tides.json]",
      "---",
      "",
      "In all 476 voted [@lindqvist2018, p. 12]. It fell [@tides; @lee-2019].",
      "",
      "So it was (Moreau 2021) and (Nobody 2021), but not [@ghost].",
    })
    assert.are.same(
      { "all.bib", 5, "Lindqvist et al. 2018: Counting Twice: a nested title, p. 12" },
      target("@lindqvist2018")
    )
    assert.are.same({ "tides.json", 0, "Moreau 2021: Tides" }, target("@tides"))
    assert.are.same({ "all.bib", 11, "Lée 2019: Ballots & more – again" }, target("@lee-2019"))
    assert.are.same({ "tides.json", 0, "Moreau 2021: Tides" }, target("Moreau"))
    assert.is_nil(target("Nobody"))
    assert.is_nil(target("@ghost"))
    assert.is_nil(target("It fell"))
    local inspect = require("galley.inspect")
    local text = table.concat(inspect.lines(galley.span_at(0, 4, 20), vim.fn.bufnr()), "\n")
    assert.has.match("cites +Lindqvist et al%. 2018", text)
    assert.has.match("in +.*all%.bib:6", text)
    text = table.concat(inspect.lines(galley.span_at(0, 4, 8), vim.fn.bufnr()), "\n")
    assert.has.match("cited +%[@lindqvist2018, p%. 12%]", text)
  end)

  it("is read again when the file changes", function()
    open({ "---", "bibliography: refs/all.bib", "---", "", "It fell [@new]." })
    assert.is_nil(target("@new"))
    vim.fn.writefile({ "@book{new, title={New}}" }, folder .. "/refs/all.bib")
    assert.are.same({ "all.bib", 0, "New" }, target("@new"))
  end)

  it("reads nothing outside of the project", function()
    local outside = vim.fn.tempname() .. ".bib"
    vim.fn.writefile({ "@book{out, title={Out}}" }, outside)
    vim.uv.fs_symlink(outside, folder .. "/link.bib")
    vim.fn.system({ "mkfifo", folder .. "/pipe.bib" })
    open({
      "---",
      "bibliography: [../x.bib, " .. outside .. ", link.bib, pipe.bib, none.bib]",
      "---",
      "",
      "It fell [@out].",
    })
    assert.is_nil(target("@out"))
    for _, found in ipairs(bibliography.for_buffer(0)) do
      assert.is_string(found.message, found.name)
    end
    vim.fn.delete(outside)
  end)
end)
