-- What a Markdown file of 200 KB costs in the editor beside Neovim's own highlighting of Markdown,
-- once `make bench` has made build/bench/prose.txt:
--
--   nvim --clean -n --headless -l tests/bench/markdown.lua
--
-- Each is done by a Neovim without the plugin and by one with it, in turns. All settings are the
-- defaults: syntax highlighting in Neovim 0.10, tree-sitter in 0.12; checks, diagnostics and the
-- language server run. Times are milliseconds, of the clock until the screen shows it, and of the
-- processor, which other programs disturb less. Their work is none of ours, so of each key the least
-- of several rounds counts.

local Screen = dofile("tests/screen/screen.lua")
local now = vim.uv.hrtime

local BYTES = 200 * 1024
local STARTS = 8 -- of Neovim, for opening
local ROUNDS, KEYS = 3, 100 -- of typing

local folder = vim.fn.tempname()
vim.fn.mkdir(folder, "p")
local article, small = folder .. "/article.md", folder .. "/small.md"

local function write_article()
  local file = assert(io.open("build/bench/prose.txt", "rb"))
  local text = file:read(BYTES):gsub("\n[^\n]*$", "\n")
  file:close()
  file = assert(io.open(article, "wb"))
  file:write(text)
  file:close()
  vim.fn.writefile({ "# A", "", "Some *text* with `code`.", "", "```lua", "f()", "```" }, small)
end

--- Waits until the child has nothing left to do.
--- @param screen table
local function rest(screen)
  local busy = -1
  screen:wait(function()
    vim.wait(120)
    local last = busy
    busy = screen:lua("return os.clock()")
    return busy - last < 0.004
  end)
end

--- A Neovim that has shown a small Markdown file, so that all of its own is loaded.
--- @return table screen
local function start()
  local screen = Screen.new({ columns = 100, lines = 50, plugin = false })
  screen:lua([[
    vim.o.swapfile = false
    -- Opens a file and gives the milliseconds until it was drawn, of a clock and of the processor.
    function BenchOpen(path, root)
      local start, cpu = vim.uv.hrtime(), os.clock()
      if root then
        vim.opt.runtimepath:prepend(root)
        vim.cmd.runtime("plugin/galley.lua")
      end
      vim.cmd.edit(path)
      vim.api.nvim__redraw({ flush = true, valid = true })
      return { (vim.uv.hrtime() - start) / 1e6, (os.clock() - cpu) * 1e3 }
    end
  ]])
  screen:command("edit " .. small)
  rest(screen)
  screen:command("bwipeout")
  return screen
end

--- @param list number[]
--- @param share number
--- @return number
local function quantile(list, share)
  local sorted = vim.deepcopy(list)
  table.sort(sorted)
  return sorted[math.max(1, math.ceil(#sorted * share))]
end

--- @param what string
--- @param without number[]
--- @param with number[]
--- @param share number
local function report(what, without, with, share)
  local a, b = quantile(without, share), quantile(with, share)
  print(("  %-52s %9.3f %9.3f %9.3f"):format(what, a, b, b - a))
end

--- The first article of a Neovim, with the plugin's own files and the C core to be loaded; then a
--- later one.
local function bench_open()
  local rows = {}
  local function note(name, which, times)
    rows[name] = rows[name] or { { {}, {} }, { {}, {} } }
    for clock = 1, 2 do
      table.insert(rows[name][clock][which], times[clock])
    end
  end
  for _ = 1, STARTS do
    for which, root in ipairs({ false, vim.fn.getcwd() }) do
      local screen = start()
      note("first", which, screen:lua("return BenchOpen(...)", article, root))
      rest(screen)
      screen:command("bwipeout! | edit " .. small)
      rest(screen)
      note("later", which, screen:lua("return BenchOpen(...)", article))
      rest(screen)
      screen:close()
    end
  end
  for _, name in ipairs({ "first", "later" }) do
    for clock, unit in ipairs({ "", ", processor" }) do
      local without, with = unpack(rows[name][clock])
      report(("open, the %s article%s: least"):format(name, unit), without, with, 0)
      report(("open, the %s article%s: median"):format(name, unit), without, with, 0.5)
    end
  end
end

--- Goes into the middle of the article, to write at the end of a word.
--- @param screen table
local function go_to_middle(screen)
  screen:lua([[
    local row = math.floor(vim.api.nvim_buf_line_count(0) / 2)
    while #vim.fn.getline(row) < 40 do
      row = row + 1
    end
    vim.api.nvim_win_set_cursor(0, { row, vim.fn.getline(row):find(" ", 20, true) - 1 })
  ]])
  rest(screen)
  screen:type("i")
end

--- The pause before each key: mostly a quick typist's, now and then one in which everything that
--- waits for a pause begins. Always the same ones.
--- @param number integer
--- @return integer milliseconds
local function pause(number)
  return number % 10 == 0 and 101 + number % 7 * 5 or 20 + number * 37 % 60
end

local CLOCK = "return os.clock()"

--- @param list number[]
--- @param number integer
--- @param took number
local function keep(list, number, took)
  list[number] = math.min(list[number] or math.huge, took)
end

--- Types in words, and notes the milliseconds from each key to the screen that shows it.
--- @param screen table
--- @param list {clock: number[], processor: number[]} the least of each so far
local function type_keys(screen, list)
  for number = 1, KEYS do
    vim.wait(pause(number))
    local key = number % 7 == 0 and " " or "x"
    local cpu, flushes, sent = screen:lua(CLOCK), screen.flushes, now()
    screen.stdin:write(
      screen.session:notify() .. vim.mpack.encode("nvim_input") .. vim.mpack.encode({ key })
    )
    screen:wait(function()
      return screen.flushes > flushes
    end)
    keep(list.clock, number, (screen.flushed - sent) / 1e6)
    keep(list.processor, number, (screen:lua(CLOCK) - cpu) * 1e3)
  end
  for _ = 1, KEYS do
    screen:request("nvim_input", "<BS>")
  end
  rest(screen)
end

--- The prose repeats the flaws of the examples by the hundred, and with each key Neovim itself looks
--- at all diagnostics of a buffer: so keys are timed without findings too.
local VARIANTS = { "without", "no findings", "with" }

local function bench_typing()
  local times = {}
  for _, name in ipairs(VARIANTS) do
    local screen = start()
    screen:lua("vim.g.galley = ...", { diagnostics = name == "with" })
    screen:lua("BenchOpen(...)", article, name ~= "without" and vim.fn.getcwd())
    rest(screen)
    go_to_middle(screen)
    times[name] = { clock = {}, processor = {} }
    for _ = 1, ROUNDS do
      type_keys(screen, times[name])
    end
    screen:close()
  end
  for _, name in ipairs({ "no findings", "with" }) do
    for _, clock in ipairs({ "clock", "processor" }) do
      for what, share in vim.spairs({ median = 0.5, p99 = 0.99, worst = 1 }) do
        local label = ("a key, %s, %s: %s"):format(
          name == "with" and "hundreds of findings" or name,
          clock,
          what
        )
        report(label, times.without[clock], times[name][clock], share)
      end
    end
  end
end

write_article()
print(("%-54s %9s %9s %9s"):format("milliseconds, 200 KB of Markdown", "without", "with", "added"))
bench_open()
bench_typing()
