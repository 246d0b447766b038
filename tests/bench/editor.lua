-- What the plugin costs inside Neovim; run by `make bench`, which made build/bench/prose.txt.
-- Times are those of a child Neovim with a screen of 60 lines, told by its own clock.
local Screen = require("tests.screen.screen")

-- Runs `body` (Lua source that returns one time in ms) in the child, `count` times.
local MEASURE = [[
  local count, body = ...
  local once = assert(loadstring(body))
  local times = {}
  for i = 1, count do
    times[i] = once(i)
  end
  table.sort(times)
  local function at(part)
    return times[math.floor(part * (count - 1) + 1.5)]
  end
  return { at(0.5), at(0.99), times[count] }
]]

local function print_row(label, times)
  local row = ("  %-46s p50 %8.3f  p99 %8.3f  max %8.3f ms"):format(label, unpack(times))
  io.stdout:write(row, "\n")
end

describe("the plugin", function()
  it("costs", function()
    local screen = Screen.new({ columns = 100, lines = 62 })
    local version = screen:lua("return tostring(vim.version())")
    io.stdout:write(("in Neovim %s, 1 MB of prose, 60 lines of 100 columns:\n"):format(version))
    local function measure(label, count, body)
      print_row(label, screen:lua(MEASURE, count, "local clock = vim.uv.hrtime\n" .. body))
    end

    screen:command("edit build/bench/prose.txt")
    screen:command("set nowrap")
    screen:lua("require('galley').detach(0)")
    local jump = [[
      local row = (%d + i * 61) %% (vim.api.nvim_buf_line_count(0) - 60) + 1
      vim.fn.winrestview({ topline = row, lnum = row })
    ]]
    local redraw = "local i = ...\n"
      .. jump:format(0)
      .. "local start = clock() vim.cmd('redraw!') return (clock() - start) / 1e6"
    measure("redraw! without marks", 200, redraw)
    screen:lua("require('galley').attach(0) vim.cmd('redraw!')")
    screen:lua("require('galley').get_spans(0, { first = 0, last = 1 })")
    measure("redraw! with marks", 200, redraw)
    measure(
      "draw of 60 lines through the binding",
      1000,
      [[
        local i = ...
        _G.galley_bench = _G.galley_bench or {
          doc = require("galley.buffer").document(0),
          out = {},
        }
        local bench, row = _G.galley_bench, i * 61 % (vim.api.nvim_buf_line_count(0) - 60)
        local start = clock()
        bench.doc:draw(row, row + 60, 31, bench.out)
        return (clock() - start) / 1e6
      ]]
    )
    measure(
      "one character typed in the middle, and redraw",
      500,
      [[
        local i = ...
        local middle = math.floor(vim.api.nvim_buf_line_count(0) / 2)
        if i == 1 then
          vim.api.nvim_win_set_cursor(0, { middle, 0 })
          vim.cmd("redraw!")
        end
        local start = clock()
        vim.api.nvim_buf_set_text(0, middle - 1, 0, middle - 1, 0, { "x" })
        vim.cmd("redraw")
        return (clock() - start) / 1e6
      ]]
    )
    measure(
      "all of 1 MB attached, resolved and drawn",
      5,
      [[
        require("galley").detach(0)
        local start = clock()
        require("galley").attach(0)
        vim.cmd("redraw!")
        return (clock() - start) / 1e6
      ]]
    )
    screen:command("edit! examples/drought-vote-2026-05-14.txt")
    measure(
      "an article of 4.6 KB attached and drawn",
      100,
      [[
        require("galley").detach(0)
        vim.cmd("redraw!")
        local start = clock()
        require("galley").attach(0)
        vim.cmd("redraw!")
        return (clock() - start) / 1e6
      ]]
    )
    screen:close()
  end)
end)
