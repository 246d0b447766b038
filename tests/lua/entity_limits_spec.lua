-- Articles with more namesakes than any writer would have.

local core = assert(require("galley.core").load())

--- Four letters, another four for each number.
local function letters(number)
  local text = ""
  for _ = 1, 4 do
    text = text .. string.char(97 + number % 26)
    number = math.floor(number / 26)
  end
  return text
end

--- Processor time to resolve so many full names and as many with an initial, in milliseconds.
local function cost(count)
  local parts = {}
  for number = 1, count do
    local name = letters(number)
    parts[number] = ("We met A%s Smith and then B. C%s Smith there."):format(name, name)
  end
  local doc = assert(core.document())
  assert(doc:set_text(table.concat(parts, "\n\n")))
  local start = os.clock()
  assert(doc:resolve())
  local took = (os.clock() - start) * 1000
  assert.is_true(#doc:entities() >= count)
  doc:close()
  return took
end

describe("names with an initial", function()
  it("are looked up in linear time", function()
    local short, long = cost(1000), cost(16000)
    assert.is_true(long <= 48 * short + 200, ("%.1f ms, and %.1f ms"):format(short, long))
  end)

  it("are nobody's where many share the surname and the letter", function()
    local text = { "Then B. Smith left." }
    for number = 1, 100 do
      text[number + 1] = ("We met B%s Smith there."):format(letters(number))
    end
    local doc = assert(core.document())
    assert(doc:set_text(table.concat(text, "\n\n")))
    assert(doc:resolve())
    assert.are.equal("B. Smith", doc:entities()[1].name)
    assert.are.equal(1, doc:entities()[1].count)
    doc:close()
  end)
end)
