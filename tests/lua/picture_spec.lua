-- The pictures of doc/ as tests/tools/screenshot.lua draws them from what a terminal shows.

--- @param capture string
--- @param ... string
--- @return string svg
local function draw(capture, ...)
  local command = { "luajit", "tests/tools/screenshot.lua", ... }
  return vim.system(command, { stdin = capture, text = true }):wait().stdout --[[@as string]]
end

--- The pieces of text of a picture: column and text.
local function texts(svg)
  local found = {}
  for x, text in svg:gmatch('<text x="([%d.]+)"[^>]*>([^<]*)</text>') do
    table.insert(found, ("%d:%s"):format((tonumber(x) - 12) / 8.4 + 0.5, text))
  end
  return found
end

describe("a picture", function()
  it("has each run of a style at its column, without blanks at its ends", function()
    local svg = draw("  one \27[1m two\27[0m three\n")
    assert.are.same({ "2:one", "7:two", "11:three" }, texts(svg))
    assert.has.match('font%-weight="bold">two<', svg)
  end)

  it("keeps the blanks within a run", function()
    assert.are.same({ "0:kind\194\160\194\160\194\160quote" }, texts(draw("kind   quote\n")))
  end)

  it("shows several captures in turn, the first where nothing moves", function()
    local svg = draw("\ffirst\none\n\fsecond\ntwo\n")
    assert.are.same({ "0:one", "1:first", "0:two", "1:second" }, texts(svg))
    assert.are.equal(2, select(2, svg:gsub("<animate ", "")))
    assert.are.equal(1, select(2, svg:gsub('<g visibility="hidden">', "")))
    assert.is_true(svg:find("one") < svg:find('<g visibility="hidden">', 1, true))
  end)
end)
