-- What the annotations cost in the editor, once `make bench` has made build/bench/prose.txt:
--
--   nvim --clean -n --headless -l tests/bench/editor.lua
--
-- The work is done in a second Neovim of the same version that has a screen to draw on (without
-- one, nothing is drawn). Times are wall-clock milliseconds of what a user waits for.

local Screen = dofile("tests/screen/screen.lua")
local root = vim.fn.getcwd()

--- @param list number[]
--- @param share number
--- @return number
local function quantile(list, share)
  local sorted = vim.deepcopy(list)
  table.sort(sorted)
  return sorted[math.max(1, math.ceil(#sorted * share))]
end

--- @param what string
--- @param list number[]
local function report(what, list)
  local numbers =
    { quantile(list, 0), quantile(list, 0.5), quantile(list, 0.99), quantile(list, 1) }
  print(("  %-46s %9.3f %9.3f %9.3f %9.3f"):format(what, unpack(numbers)))
end

--- What `--startuptime` says of the plugin's own file.
local function bench_startup()
  local list, whole = {}, {}
  for number = 1, 15 do
    local log = vim.fn.tempname()
    local command = { vim.v.progpath, "--clean", "-n", "--headless", "--cmd", "set rtp^=" .. root }
    vim.list_extend(command, { "--startuptime", log, "+qa" })
    vim.system(command):wait(60000)
    for line in io.lines(log) do
      local own = line:match("^%S+%s+%S+%s+(%S+): sourcing .*/plugin/galley%.lua")
      list[number] = tonumber(own) or list[number]
      whole[number] = tonumber(line:match("^(%d+%.%d+)")) or whole[number]
    end
    vim.fn.delete(log)
  end
  report("start of Neovim", whole)
  report("start of Neovim: plugin/galley.lua", list)
end

--- Runs a function of editing.lua in a Neovim with 60 lines of text on its screen.
--- @param name string
local function run(name, ...)
  local screen = Screen.new({ columns = 100, lines = 62 })
  screen:lua("vim.o.swapfile, vim.o.laststatus = false, 0")
  local code = "return require('tests.bench.editing')[...](select(2, ...))"
  for _, row in ipairs(screen:lua(code, name, ...)) do
    report(row[1], row[2])
  end
  screen:close()
end

print(("%-48s %9s %9s %9s %9s"):format("milliseconds", "best", "median", "p99", "worst"))
run("redraw")
run("open", 3000, "3 KB", 200)
run("open", 200 * 1024, "200 KB", 10)
run("open", 1024 * 1024, "1 MB", 5)
run("typing", 3000, "3 KB")
run("typing", 200 * 1024, "200 KB")
run("typing", 1024 * 1024, "1 MB")
bench_startup()
