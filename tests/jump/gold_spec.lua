-- The jump test set is sound: every mark is found once, and there are as many of each as there must be.

local cases = require("tests.jump.case")
local gold = require("tests.jump.gold")

local folder = vim.fn.tempname()

local function say(...)
  io.stdout:write(string.format(...), "\n")
end

--- @return jump.Case[]
local function all()
  local list = {}
  for _, name in ipairs(cases.names()) do
    table.insert(list, cases.load(name, folder))
  end
  return list
end

--- @param list jump.Case[]
--- @return table<string, integer> by kind; "none" are those without a place
local function count(list)
  local counts = { none = 0 }
  for _, case in ipairs(list) do
    for _, entry in ipairs(case.entries) do
      counts[entry.kind] = (counts[entry.kind] or 0) + 1
      counts.none = counts.none + (entry.none and 1 or 0)
    end
  end
  return counts
end

describe("the jump test set", function()
  it("marks facts that occur once", function()
    for _, case in ipairs(all()) do
      for _, entry in ipairs(case.entries) do
        local where = ("%s/gold.txt:%d: "):format(case.name, entry.line)
        local found, message = gold.find(case.texts[entry.article], entry.mark)
        assert(found, where .. tostring(message))
        assert((entry.none ~= nil) ~= (#entry.places > 0), where .. "either places or none")
        for _, place in ipairs(entry.places) do
          assert(case.texts[place.source], where .. "no such source: " .. place.source)
          found, message = gold.place(case.texts[place.source], place)
          assert(found, where .. place.source .. ": " .. tostring(message))
        end
      end
    end
  end)

  it("has facts enough of each kind", function()
    local counts = count(all())
    local placed = counts.figure + counts.quote + counts.date - counts.none
    say("%d figures, %d quotes, %d times and dates", counts.figure, counts.quote, counts.date)
    say("%d of them have a place, %d have none", placed, counts.none)
    assert.is_true(counts.figure >= 80)
    assert.is_true(counts.quote >= 30)
    assert.is_true(counts.none >= 25)
    assert.is_true(counts.altered >= 20)
    assert.is_true(counts.edited >= 20)
  end)

  it("has articles of 500 to 900 words", function()
    for _, case in ipairs(all()) do
      for name, text in pairs(case.texts) do
        if name:match("^article%.") then
          local words = select(2, text:gsub("%S+", ""))
          assert.is_true(words >= 500 and words <= 900, case.name .. ": " .. words)
        end
      end
    end
  end)

  it("has PDFs that pdftotext reads", function()
    if vim.fn.executable("pdftotext") == 0 then
      say("pdftotext is not here: not tested")
      return
    end
    for _, case in ipairs(all()) do
      for name, pages in pairs(case.pages) do
        local path = vim.fn.glob(case.folder .. "/*/" .. name)
        local text = vim.fn.system({ "pdftotext", "-layout", path, "-" })
        assert.are.equal(0, vim.v.shell_error, text)
        local read = vim.split(text, "\f")
        assert.are.equal(#pages + 1, #read, name)
        for number, lines in ipairs(pages) do
          local wanted = vim.trim(table.concat(lines, " "):gsub("%s+", " "))
          assert.are.equal(wanted, vim.trim((read[number]:gsub("%s+", " "))), name)
        end
      end
    end
  end)
end)
