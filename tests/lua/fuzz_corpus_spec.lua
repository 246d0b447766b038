-- Every input that the fuzzer once found worth keeping, those that broke a reader among them. What
-- must hold is in tests/fuzz/readers.lua.

local corpus = require("tests.fuzz.corpus")
local readers = require("tests.fuzz.readers")

describe("the corpus of the fuzzer", function()
  for _, target in ipairs({ "article", "prose", "bibliography", "source", "ledger" }) do
    it("is read without an error: " .. target, function()
      local inputs = corpus.read(("tests/fuzz/corpus/%s.txt"):format(target))
      assert.is_true(#inputs > 0)
      for index, input in ipairs(inputs) do
        local ok, message = pcall(readers[target], input)
        assert.is_true(ok, ("input %d: %s\n%s"):format(index, message, corpus.escape(input)))
      end
    end)
  end

  it("brings every byte back from its file", function()
    local all = {}
    for byte = 0, 255 do
      all[#all + 1] = string.char(byte)
    end
    for _, text in ipairs({ table.concat(all), "#1", "“é” \\x41\n", "\226\128\174", "\195" }) do
      assert.same(text, corpus.unescape(corpus.escape(text)))
      assert.is_nil(corpus.escape(text):find("^#") or corpus.escape(text):find("%c"))
    end
  end)
end)
