-- documentSymbol and foldingRange through a client.

local Client = require("tests.client")

local TEXT = [[
---
title: Count
---

# The count

Anna Lindqvist counted 476 votes. “Never 😀 again,” Lindqvist said.

## In Norrvik

Norrvik is small.

# After it

```
code
more
```

Lindqvist left.
]]

describe("symbols", function()
  local client

  after_each(function()
    client:close()
  end)

  --- @param symbols table[]
  --- @return table
  local function tree(symbols)
    return vim.tbl_map(function(symbol)
      local range, selection = symbol.range, symbol.selectionRange
      assert.is_true(range.start.line <= selection.start.line)
      assert.is_true(range["end"].line >= selection["end"].line)
      local children = symbol.children and tree(symbol.children)
      return { symbol.name, children and #children > 0 and children or nil }
    end, symbols)
  end

  it("are headings with names and quotes below them", function()
    client = Client.open(TEXT, { name = "a.md" })
    local symbols =
      client:request("textDocument/documentSymbol", { textDocument = client:document() })
    assert.are.same({
      {
        "The count",
        {
          { "Anna Lindqvist" },
          { "“Never 😀 again,”" },
          { "In Norrvik", { { "Norrvik" } } },
        },
      },
      { "After it" },
    }, tree(symbols))
    assert.are.equal("person", symbols[1].children[1].detail)
    assert.are.equal("Anna Lindqvist", symbols[1].children[2].detail)
  end)

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("are what the setting asks for, with ranges in " .. encoding, function()
      client = Client.open(TEXT, {
        name = "a.md",
        encoding = encoding,
        settings = { symbols = { "figure", "quote" } },
      })
      local symbols =
        client:request("textDocument/documentSymbol", { textDocument = client:document() })
      local children = symbols[1].children
      assert.are.same({ "476", "“Never 😀 again,”", "In Norrvik" }, {
        children[1].name,
        children[2].name,
        children[3].name,
      })
      assert.are.equal("476", client:text(children[1].range))
      assert.are.equal("“Never 😀 again,”", client:text(children[2].selectionRange))
      assert.are.equal("## In Norrvik", client:text(children[3].selectionRange))
    end)
  end

  it("may be headings alone", function()
    client = Client.open(TEXT, { name = "a.md", settings = { symbols = {} } })
    local symbols =
      client:request("textDocument/documentSymbol", { textDocument = client:document() })
    assert.are.same({ { "The count", { { "In Norrvik" } } }, { "After it" } }, tree(symbols))
  end)

  it("fold sections, front matter and code", function()
    client = Client.open(TEXT, { name = "a.md" })
    local folds = client:request("textDocument/foldingRange", { textDocument = client:document() })
    table.sort(folds, function(a, b)
      return a.startLine < b.startLine
    end)
    local found = vim.tbl_map(function(fold)
      return { fold.startLine, fold.endLine, fold.kind }
    end, folds)
    assert.are.same({ { 0, 2, "region" }, { 4, 10 }, { 8, 10 }, { 12, 19 }, { 14, 17 } }, found)
  end)
end)
