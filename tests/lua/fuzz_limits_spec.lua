-- Texts that no writer would write, of 60 KB in a line or in thousands of lines: each reader takes
-- them in about the time that it takes for other texts. One that takes square time here takes
-- minutes, and tests/nvim.sh ends it.

local readers = require("tests.fuzz.readers")

local SIZE = 60000

--- What is repeated, by target; the formats of a target are told by digits (tests/fuzz/readers.lua).
local UNITS = {
  article = { "a: b\n", "a: [", "- b\n", "a: '", "<!-- galley: ignore", "a = b, ", "a : " },
  bibliography = { "@a{b,", "@a{b,c={", '@a{b,c="', "@a{b, author={a and ", "@string{a=", '{"id":' },
  ledger = { '{"id":"a"}\n', "T1\tA 1 2\ta\n", "#1\tAnnotatorNotes T1\t", "[{", '{"a":' },
  prose = {
    "<a b=",
    "<!--",
    "&#",
    "\\a{",
    "\\begin{a}",
    "$",
    ":a:`",
    "::",
    "`a <b",
    "|a",
    "x:",
    "##",
  },
  source = { '"', '"a\n', ',"', "a,", "<v a", "{\\a", "00:01.0 --> 00:02.0\na\n\n", "\f" },
}
local FORMATS = { article = 3, bibliography = 2, ledger = 4, prose = 6, source = 6 }
local ANY = {
  " ",
  "\n",
  "a",
  "a ",
  "[",
  "](",
  "{",
  "<",
  "#",
  "*",
  "_",
  "`",
  "-",
  "=",
  ".",
  ":",
  ";",
  "\255",
  "é",
}

describe("readers take linear time", function()
  for target, format_count in vim.spairs(FORMATS) do
    it("on what is repeated without an end: " .. target, function()
      for format = 0, format_count - 1 do
        for _, unit in ipairs(vim.list_extend(vim.list_slice(ANY), UNITS[target])) do
          local text = format .. "0" .. unit:rep(math.floor(SIZE / #unit))
          local ok, message = pcall(readers[target], text)
          assert.is_true(ok, ("format %d, %q: %s"):format(format, unit, message))
        end
      end
    end)
  end
end)
