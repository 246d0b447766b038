-- The programs of calls that the fuzzer found worth keeping, in this Lua. Under a sanitizer, with a
-- Lua that runs out of memory, `make fuzz` tries them.

package.path = "./?.lua;" .. package.path
local corpus = require("tests.fuzz.corpus")
local call_all = require("tests.fuzz.binding")

local function load_core()
  if vim then
    return assert(require("galley.core").load())
  end
  return assert(package.loadlib("lua/galley/core.so", "luaopen_galley_core"))()
end

describe("the binding", function()
  it("takes any arguments", function()
    local core = load_core()
    local inputs = corpus.read("tests/fuzz/corpus/binding.txt")
    assert.is_true(#inputs > 0)
    for index, input in ipairs(inputs) do
      local ok, message = pcall(call_all, core, input)
      assert.is_true(ok, ("input %d: %s"):format(index, tostring(message)))
    end
  end)
end)
