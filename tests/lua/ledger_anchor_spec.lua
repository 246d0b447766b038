-- Ticked facts are found again in an article that was edited while nobody watched.

local anchor = require("galley.ledger.anchor")
local offsets = require("galley.ledger.offsets")

local TEXT = [[
The council of Norrvik met on Monday — late. In all, 476 members voted in favour
and 151 voted against, while 36 stayed away.

“We counted every ballot twice, and then a third time,” said Anna Lindqvist, who
has chaired the count since 2009. Another 476 ballots had come by post.

In Tidewell 12 percent stayed at home; in Calderbrook 12 percent did; in Norrvik
12 percent did.
]]

--- What the ledger keeps of the n-th `text` in TEXT.
local function entry_of(text, n)
  local from = 1
  for _ = 2, n or 1 do
    from = TEXT:find(text, from, true) + 1
  end
  local first = assert(TEXT:find(text, from, true))
  return anchor.describe(anchor.prepare(TEXT), first - 1, first - 1 + #text)
end

--- Where an entry's fact stands in a text: "before the mark [it] after it", and how it was found.
local function find(text, entry)
  local found = anchor.find(anchor.prepare(text), entry)
  if not found then
    return nil
  end
  local before = text:sub(1, found.start):sub(-8):gsub("\n", " ")
  return before .. "[" .. text:sub(found.start + 1, found.finish) .. "]", found.how
end

local function replace(old, new)
  local first, last = TEXT:find(old, 1, true)
  return TEXT:sub(1, first - 1) .. new .. TEXT:sub(last + 1)
end

describe("a fact of the ledger is found again", function()
  it("where it was", function()
    assert.are.same({ "In all, [476]", "position" }, { find(TEXT, entry_of("476")) })
  end)

  it("when the text before it has grown, between equal ones", function()
    local text = "There were 476 of them, and 12 percent more.\n\n" .. TEXT
    assert.are.same({ "In all, [476]", "text" }, { find(text, entry_of("476")) })
    assert.are.same({ "Another [476]", "text" }, { find(text, entry_of("476", 2)) })
    assert.has.match("idewell %[12 percent%]", find(text, entry_of("12 percent", 1)))
    assert.has.match("erbrook %[12 percent%]", find(text, entry_of("12 percent", 2)))
    assert.has.match("Norrvik %[12 percent%]", find(text, entry_of("12 percent", 3)))
  end)

  it("when paragraphs change places", function()
    local paragraphs = vim.split(TEXT, "\n\n")
    local text = table.concat({ paragraphs[3], paragraphs[2], paragraphs[1] }, "\n\n")
    assert.has.match("In all, %[476%]", find(text, entry_of("476")))
    assert.has.match("Another %[476%]", find(text, entry_of("476", 2)))
    assert.has.match("while %[36%]", find(text, entry_of("36")))
  end)

  it("when lines are filled anew", function()
    local text = TEXT:gsub("(%S)\n(%S)", "%1 %2"):gsub("(%S+ %S+ %S+) ", "%1\n")
    assert.has.match("In all, %[476%]", find(text, entry_of("476")))
    local quote = entry_of("“We counted every ballot twice, and then a third time,”")
    local found, how = find(text, quote)
    assert.has.match("%[“We.*time,”%]", found:gsub("\n", " "))
    assert.are_not.equal("edited", how)
  end)

  it("when it was edited where it stands, and not taken for its double", function()
    local found, how = find(replace("476 members", "489 members"), entry_of("476"))
    assert.are.same({ "In all, [489]", "edited" }, { found, how })
    found, how = find(replace("476 members", "1,204 members"), entry_of("476"))
    assert.are.same({ "In all, [1,204]", "edited" }, { found, how })
    local quote = entry_of("“We counted every ballot twice, and then a third time,”")
    found, how = find(replace("every ballot twice", "each ballot once"), quote)
    assert.are.equal("edited", how)
    assert.has.match("%[“We counted each ballot once, and then a third time,”%]$", found)
  end)

  it("when what stands around it was edited", function()
    assert.are.same(
      { "In all, [476]", "position" },
      { find(replace("476 members voted in favour", "476 people were for it"), entry_of("476")) }
    )
  end)

  it("and no other taken in its place when it is gone", function()
    local gone = replace("Another 476 ballots had come by post.", "Nothing came by post.")
    assert.is_nil(find(gone, entry_of("476", 2)))
    assert.is_nil(
      find(replace("In all, 476 members voted in favour\nand", "In all,"), entry_of("476"))
    )
    assert.is_nil(find("", entry_of("476")))
    assert.is_nil(find("A wholly other text with 476 in it, and more.", entry_of("476")))
  end)

  it("as a whole word and number alone", function()
    local text = TEXT:gsub("while 36 stayed", "while 1,36 or 236 or 36.5 or 36b and 36 stayed")
    assert.are.equal("36b and [36]", (find(text, entry_of("36"))))
    local more = "Late news. " .. replace("while 36 stayed", "while 36,000 stayed")
    assert.are.same({ ", while [36,000]", "edited" }, { find(more, entry_of("36")) })
  end)

  it("in a long text and a long quote, edited in the middle", function()
    local words = {}
    for number = 1, 400 do
      words[number] = ("word%d"):format(number * 7919 % 1000)
    end
    local long = "“" .. table.concat(words, " ") .. "”"
    local text = ("Padding here. "):rep(2000) .. "He said: " .. long .. " and left.\n"
    local first = text:find("“", 1, true)
    local entry = anchor.describe(anchor.prepare(text), first - 1, first - 1 + #long)
    words[200] = "changed"
    local now = ("Other. "):rep(3000)
      .. "He said: “"
      .. table.concat(words, " ")
      .. "” and left.\n"
    local found = anchor.find(anchor.prepare(now), entry)
    assert.are.equal("edited", found.how)
    assert.are.equal(
      "“" .. table.concat(words, " ") .. "”",
      now:sub(found.start + 1, found.finish)
    )
  end)

  it("for whatever the ledger's line says", function()
    for _, entry in ipairs({
      { exact = "", prefix = "", suffix = "", start = 0, finish = 0 },
      { exact = " \n", prefix = "", suffix = "", start = 3, finish = 1 },
      { exact = "476", prefix = "", suffix = "", start = 2 ^ 40, finish = 0 },
      { exact = "%d+", prefix = "(", suffix = "[", start = 5, finish = 7 },
      { exact = ("x"):rep(5000), prefix = ("y"):rep(5000), suffix = "", start = 1, finish = 2 },
      { exact = "\255\0\128", prefix = "\200", suffix = "\0", start = 1, finish = 2 },
    }) do
      local found = anchor.find(anchor.prepare(TEXT), entry)
      assert.is_true(found == nil or found.start < found.finish)
    end
  end)

  it("in little time, however much was kept of what stood around it", function()
    local entry = entry_of("476", 1)
    entry.prefix, entry.suffix =
      ("y"):rep(400000) .. entry.prefix, entry.suffix .. ("z"):rep(400000)
    assert.is_truthy(find(TEXT, entry))
    entry.exact = "4760"
    find(TEXT:rep(500), entry)
  end)
end)

describe("offsets", function()
  local seed = 7
  local function random(most)
    seed = (seed * 16807) % 2147483647
    return seed % most + 1
  end

  it("of characters and of squeezed blanks go there and back", function()
    local pieces = { "a", "é", "—", "😀", " ", "\n", "  ", "b. ", "\t" }
    for _ = 1, 300 do
      local parts = {}
      for index = 1, random(40) do
        parts[index] = pieces[random(#pieces)]
      end
      local text = table.concat(parts)
      local characters = offsets.characters(text)
      local count = vim.fn.strchars(text)
      for at = 0, count do
        local byte = characters:lengthen(at)
        assert.are.equal(#vim.fn.strcharpart(text, 0, at), byte, text)
        assert.are.equal(at, characters:shorten(byte), text)
      end
      local squeezed, blanks = offsets.squeeze(text), offsets.blanks(text)
      for at = 0, #squeezed - 1 do
        local byte = blanks:lengthen(at)
        local char = text:sub(byte + 1, byte + 1)
        assert.are.equal(squeezed:sub(at + 1, at + 1), char:find("%s") and " " or char, text)
        assert.are.equal(at, blanks:shorten(byte), text)
      end
    end
  end)

  it("in time that does not grow with the square of a text like itself", function()
    local function cost(length)
      local prepared = anchor.prepare(("a"):rep(length))
      local entry = { exact = ("a"):rep(length / 2) .. "x", prefix = "b", suffix = "b", start = 3 }
      local start = os.clock()
      assert.is_nil((anchor.find(prepared, entry, true)))
      return (os.clock() - start) * 1000
    end
    local short, long = cost(100000), cost(1600000)
    assert.is_true(long < 32 * short + 500, ("%.0f ms, and %.0f ms"):format(short, long))
  end)

  it("when it is long and begins as other places do", function()
    local words = ("so it is. "):rep(40)
    local text = words .. "At last it ends. " .. words .. "It never ends."
    local entry = { exact = words .. "It never ends.", prefix = "ends. ", suffix = "", start = 9 }
    local found = anchor.find(anchor.prepare(text), entry)
    assert.are.equal(#words + #"At last it ends. ", found.start)
  end)
end)
