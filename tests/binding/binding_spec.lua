-- The module galley.core as Lua sees it. Runs in LuaJIT alone too, and there under valgrind, so it
-- uses nothing of Neovim's.
-- GALLEY_CORE_SO names another build of the module than the usual one.
local path = os.getenv("GALLEY_CORE_SO") or "lua/galley/core.so"
local core = assert(package.loadlib(path, "luaopen_galley_core"))()

local ARTICLE = [[
VELMA, March 9, 2024 — Mayor Ana Ruiz said on Friday that the port would close.

“We waited four years for this,” Ruiz said. About 476 people, 12 percent of the town, marched in May.
]]
local ALL = 31

local function new(text)
  local document = assert(core.document())
  assert.is_true(document:set_text(text or ""))
  return document
end

-- Everything that a document says, as one string.
local function said(document)
  local parts = {}
  for _, span in ipairs(document:spans(0, -1, ALL)) do
    local names = {}
    for name in pairs(span) do
      names[#names + 1] = name
    end
    table.sort(names)
    for i, name in ipairs(names) do
      local value = span[name]
      if type(value) == "table" then
        value = tostring(value.start) .. "-" .. tostring(value["end"])
      end
      names[i] = name .. "=" .. tostring(value)
    end
    parts[#parts + 1] = table.concat(names, " ")
  end
  return table.concat(parts, "\n")
end

describe("galley.core", function()
  it("says what it is", function()
    assert.is_truthy(core.version:match("^%d+%.%d+%.%d+"))
    assert.is_truthy(#core.build > 0)
  end)

  it("names kinds, types, groups and rules", function()
    local kinds, groups, known = core.kinds(), core.groups(), {}
    for _, group in ipairs(groups) do
      known[group] = true
    end
    assert.are.equal(5, #kinds)
    for _, kind in ipairs(kinds) do
      assert.is_truthy(kind.name and #kind.letter == 1 and #kind.help > 0 and known[kind.highlight])
      assert.is_truthy(#kind.types > 0)
    end
    local ids = {}
    for _, rule in ipairs(core.rules()) do
      assert.is_nil(ids[rule.id], rule.id .. " is there twice")
      ids[rule.id] = true
      assert.is_truthy(#rule.example > 0, rule.id .. " has no example")
    end
  end)
end)

describe("a document", function()
  it("is empty at first, with one line", function()
    local document = assert(core.document())
    assert.are.equal("", document:text())
    assert.are.equal(0, document:byte_count())
    assert.are.equal(1, document:line_count())
    assert.are.same({}, document:spans(0, -1, ALL))
    assert.are.same({}, document:blocks())
  end)

  it("keeps any bytes", function()
    local bytes = {}
    for byte = 0, 255 do
      bytes[#bytes + 1] = string.char(byte)
    end
    local text = table.concat(bytes):rep(3)
    local document = new(text)
    assert.are.equal(text, document:text())
    assert.are.equal(#text, document:byte_count())
  end)

  it("gives spans with bytes, rows and columns that agree", function()
    local document = new(ARTICLE)
    local spans = document:spans(0, -1, ALL)
    assert.is_truthy(#spans > 0)
    local starts, at = { [0] = 0 }, 0
    for line in ARTICLE:gmatch("[^\n]*\n") do
      at = at + #line
      starts[#starts + 1] = at
    end
    for _, span in ipairs(spans) do
      assert.are.equal(span.text, ARTICLE:sub(span.start + 1, span["end"]))
      assert.are.equal(span.start, starts[span.start_row] + span.start_col)
      assert.are.equal(span["end"], starts[span.end_row] + span.end_col)
      assert.is_truthy(#span.rule > 0 and span.rule ~= "unknown")
    end
  end)

  it("gives the kinds that the mask names", function()
    local document = new(ARTICLE)
    local kinds = core.kinds()
    local total = 0
    for i = 1, #kinds do
      for _, span in ipairs(document:spans(0, -1, 2 ^ (i - 1))) do
        assert.are.equal(kinds[i].name, span.kind)
        total = total + 1
      end
    end
    assert.are.equal(total, #document:spans(0, -1, ALL))
    assert.are.same({}, document:spans(0, -1, 0))
  end)

  it("gives the span at a place", function()
    local document = new(ARTICLE)
    for _, span in ipairs(document:spans(0, -1, ALL)) do
      local found = document:span_at(span.start_row, span.start_col, ALL)
      assert.is_truthy(found and found.start <= span.start and found["end"] > span.start)
    end
    assert.is_nil(document:span_at(1, 0, ALL))
    assert.is_nil(document:span_at(10000, 0, ALL))
  end)

  it("draws flat integers within the rows asked for", function()
    local document, out = new(ARTICLE), {}
    assert.is_true(document:resolve())
    local count = document:draw(0, 1, ALL, out)
    assert.is_truthy(count > 0)
    for i = 0, count - 1 do
      local start_row, start_col, end_row, end_col, group = unpack(out, i * 5 + 1, i * 5 + 5)
      assert.is_truthy(start_row < end_row or (start_row == end_row and start_col < end_col))
      assert.is_truthy(start_row < 1 and end_row >= 0)
      assert.is_truthy(core.groups()[group])
    end
  end)

  it("is the same after edits as when made at once", function()
    local document = new(ARTICLE)
    local at = assert(ARTICLE:find("Friday", 1, true)) - 1
    assert.is_true(document:edit(at, at + #"Friday", "Monday, May 25, 2018,"))
    assert.is_true(document:edit(0, 0, "“Yes,” she said.\n\n"))
    assert.is_true(document:edit(document:byte_count(), document:byte_count(), "\nMore.\n"))
    local fresh = new(document:text())
    assert.are.equal(said(fresh), said(document))
    assert.are.equal(fresh:sexp(), document:sexp())
  end)

  it("takes lines as Neovim gives them", function()
    local document = new()
    assert.is_true(document:set_lines(0, -1, { "one", "", "two\nthree" }))
    assert.are.equal("one\n\ntwo\0three\n", document:text())
    assert.is_true(document:set_lines(1, 2, { "x", "y" }))
    assert.are.equal("one\nx\ny\ntwo\0three\n", document:text())
    assert.is_true(document:set_lines(0, 1, {}))
    assert.is_true(document:set_lines(3, 3, { "end" }))
    assert.are.equal("x\ny\ntwo\0three\nend\n", document:text())
    assert.is_true(document:set_lines(0, -1, { "" }))
    assert.are.equal("\n", document:text())
  end)

  it("has the date that it is given, or that its file's name holds", function()
    local document = new("He left yesterday.\n")
    assert.are.same({ nil, "none" }, { document:date() })
    document:set_file_name("notes/vote-2026-05-14.txt")
    assert.are.same({ "2026-05-14", "file name" }, { document:date() })
    assert.is_true(document:set_date("2018-06-14"))
    assert.are.same({ "2018-06-14", "stated" }, { document:date() })
    assert.is_true(document:set_date(nil))
    assert.are.equal("2026-05-14", (document:date()))
    for _, wrong in ipairs({ "2018-02-30", "2018-6-1", "yesterday", "", "2018-06-14T10:00" }) do
      local done, message = document:set_date(wrong)
      assert.is_nil(done)
      assert.is_truthy(message)
    end
  end)

  it("tells its blocks", function()
    local blocks = new("# Head\n\nText here.\n"):blocks()
    assert.are.equal("heading", blocks[1].kind)
    assert.are.same({ "paragraph", 8, 18, 2 }, {
      blocks[2].kind,
      blocks[2].start,
      blocks[2]["end"],
      blocks[2].start_row,
    })
  end)

  it("refuses wrong arguments and stays as it was", function()
    local document = new("one two\n")
    for _, wrong in ipairs({
      function()
        document:edit(-1, 0, "x")
      end,
      function()
        document:edit(0, 9, "x")
      end,
      function()
        document:edit(5, 2, "x")
      end,
      function()
        document:edit(0 / 0, 2, "x")
      end,
      function()
        document:edit(0, 1)
      end,
      function()
        document:edit("a", 1, "x")
      end,
      function()
        document:set_text()
      end,
      function()
        document:set_text({})
      end,
      function()
        document:set_lines(0, 5, {})
      end,
      function()
        document:set_lines(1, 0, {})
      end,
      function()
        document:set_lines(0, 1, { "a", {} })
      end,
      function()
        document:set_lines(0, 1, "a")
      end,
      function()
        document:spans()
      end,
      function()
        document:draw(0, 1, ALL)
      end,
      function()
        document:span_at(0)
      end,
      function()
        document.set_text("no document", "x")
      end,
      function()
        document.set_text(io.stdout, "x")
      end,
      function()
        document.set_text()
      end,
    }) do
      assert.is_false((pcall(wrong)))
    end
    assert.are.equal("one two\n", document:text())
    for _, far in ipairs({ -1, -1e300, 1e300, 2 ^ 32, 0 / 0 }) do -- no place is no error
      assert.is_nil(document:span_at(far, 0, ALL))
      assert.is_nil(document:span_at(0, far, ALL))
      assert.are.equal("table", type(document:spans(far, far, ALL)))
    end
  end)

  it("looks into tables without their metatables, which could close it meanwhile", function()
    local document = new(ARTICLE)
    local function trap()
      document:close()
      collectgarbage()
      return "Anna"
    end
    local trapped = setmetatable({}, { __index = trap })
    assert.are.equal("table", type(document:check(trapped)))
    assert.is_false((pcall(document.set_names, document, { trapped }))) -- it has no name
    assert.are.equal(ARTICLE, document:text())
  end)

  it("takes no mask that is no set of bits", function()
    local document = new(ARTICLE)
    for _, mask in ipairs({ -1, 2 ^ 32, 1 / 0, 0 / 0 }) do
      assert.is_false((pcall(document.spans, document, 0, -1, mask)))
      assert.is_false((pcall(document.span_at, document, 0, 0, mask)))
    end
  end)

  it("can be closed once and more", function()
    local document = new(ARTICLE)
    document:close()
    document:close()
    for _, method in ipairs({ "text", "resolve", "blocks", "memory", "line_count" }) do
      local fine, message = pcall(document[method], document)
      assert.is_false(fine)
      assert.is_truthy(tostring(message):find("closed", 1, true))
    end
    assert.is_truthy(tostring(document):find("closed", 1, true))
  end)

  it("gives its memory back", function()
    for _ = 1, 20 do
      local document = new(ARTICLE:rep(20))
      document:resolve()
      assert.is_truthy(document:memory() > 20 * #ARTICLE)
    end
    collectgarbage()
    collectgarbage()
  end)

  it("owes nothing to other documents", function()
    local one, other = new(ARTICLE), new("Nothing.\n")
    local before = said(one)
    assert.is_true(other:set_text(ARTICLE .. ARTICLE))
    other:close()
    assert.are.equal(before, said(one))
  end)
end)
