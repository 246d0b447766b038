-- The binding of sources: sets, feeding, finding, misuse.

local core = assert(require("galley.core").load())

describe("core.sources", function()
  local set, doc

  before_each(function()
    set, doc = core.sources(), core.document()
  end)

  after_each(function()
    set:close()
    doc:close()
  end)

  --- What the sources say of the first `needle` in the article.
  local function find(article, needle)
    assert(doc:set_text(article))
    local at = assert(article:find(needle, 1, true)) - 1
    local _, row = article:sub(1, at):gsub("\n", "")
    local line_start = article:sub(1, at):match(".*\n()") or 1
    return assert(set:find(doc, row, at - line_start + 1))
  end

  it("finds the place of a figure and says why", function()
    set:add(7)
    set:feed(7, "# Port notes\n\nThe quay is old.\n\nIn all 476 dockers voted for the strike.\n")
    local found = find("On Monday 476 dockers voted to strike.\n", "476")
    assert.equal(1, #found)
    local best = found[1]
    assert.same(
      { 7, "figure", "equal", "476" },
      { best.source, best.kind, best.verdict, best.text }
    )
    assert.same({ 4, 7, 4, 10 }, { best.start_row, best.start_col, best.end_row, best.end_col })
    assert.is_true(best.score >= 0.5)
    assert.is_truthy(best.reason:find("476 = 476; words in common: ", 1, true))
    assert.is_true(vim.list_contains(
      vim.tbl_map(function(word)
        return table.concat(word, ":")
      end, best.matches),
      "4:11:18"
    ))
    assert.same({}, best.differences)
  end)

  it("reads a figure's scale and unit from the label of a cell", function()
    set:feed(1, "Norway, Ferries on order: 27\nNorway, Value (GBP m): 930\n")
    local best = find("Ferries worth £930m are bound for Norway.\n", "930")[1]
    assert.same({ 1, "930" }, { best.start_row, best.text })
  end)

  it("keeps rows right over any number of feeds", function()
    for i = 1, 300 do
      set:feed(3, ("Line %d of the log is plain.\n\n"):format(i))
      if i == 250 then
        set:feed(3, "The crane lifted 8,431 crates of salt.\n")
      end
    end
    local best = find("It lifted 8,431 crates of salt.\n", "8,431")[1]
    assert.same({ 500, 17 }, { best.start_row, best.start_col })
  end)

  it("forgets what is removed or added anew", function()
    set:feed(1, "The crane lifted 8,431 crates of salt.\n")
    local article = "It lifted 8,431 crates of salt.\n"
    assert.equal(1, #find(article, "8,431"))
    local full = set:memory()
    set:add(1)
    assert.same({}, find(article, "8,431"))
    assert.is_true(set:memory() < full)
    set:feed(1, "The crane lifted 8,431 crates of salt.\n")
    set:remove(1)
    set:remove(99)
    assert.same({}, find(article, "8,431"))
  end)

  it("lists every figure and quote of some rows", function()
    set:feed(1, "The crane lifted 8,431 crates of salt.\n")
    doc:set_text("It lifted 8,431 crates of salt.\n\nNobody counted the 77 barrels.\n")
    local all = set:find_all(doc, 0, -1)
    assert.equal(2, #all)
    assert.same({ 10, 15, "figure" }, { all[1].start, all[1]["end"], all[1].kind })
    assert.equal("8,431", all[1].best.text)
    assert.is_nil(all[2].best)
    assert.equal(1, #set:find_all(doc, 1, 3))
    assert.equal(0, #set:find_all(doc, 5, 9))
  end)

  it("gives nothing where there is nothing to find", function()
    assert.same({}, find("Nobody came.\n", "came"))
    assert.same({}, set:find(doc, 99, 0))
    assert.same({}, set:find(doc, 0, 9999))
    assert.same({}, set:find(doc, -1, -1))
  end)

  it("takes any bytes", function()
    set:feed(1, "\0\xff\xfe 12\n\n\xe2\x80 7,\n" .. ("x"):rep(20000) .. " 5 \n| 5 | 6\n")
    assert.is_table(find("There were 12 and 5.\n", "12"))
  end)

  it("raises an error on misuse", function()
    set:close()
    assert.error_matches(function()
      set:feed(1, "text\n")
    end, "set of sources is closed")
    assert.error_matches(function()
      core.sources():find({}, 0, 0)
    end, "galley.document")
    assert.error_matches(function()
      core.sources():feed("x", "text\n")
    end, "number expected")
    set = core.sources()
    assert.equal("galley.sources (0 sources)", tostring(set))
  end)
end)
