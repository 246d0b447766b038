-- The long form of the soak, `make soak MINUTES=60`: a line for each audit, then what became of the
-- memory. The article is plain text: Neovim's own highlighting of Markdown takes hundreds of megabytes
-- for a moment when :global changes many lines, and one would see nothing else.
--
--   nvim --clean -n -l tests/soak/long.lua MINUTES [SEED [BYTES [NAME]]]

package.path = vim.fn.getcwd() .. "/?.lua;" .. package.path
local Soak = require("tests.soak.soak")

local minutes, seed, bytes = tonumber(arg[1]), tonumber(arg[2]) or 1, tonumber(arg[3])
if not minutes then
  io.stderr:write("usage: long.lua MINUTES [SEED [BYTES]]\n")
  os.exit(2)
end
local STEPS = 200 -- between two audits
local WARM = 0.1 -- of the time, in which memory may grow: caches fill, what is needed is loaded
local GROWTH, SLACK = 1.05, 4 -- memory is flat when its last third is at most so much over the second
local JUDGED = 12 -- audits; of fewer nothing can be said

local version = vim.version()
local soak = Soak.new({ seed = seed, bytes = bytes, name = arg[4] or "article.txt" })
local start = vim.uv.hrtime()

local function elapsed()
  return (vim.uv.hrtime() - start) / 60e9
end

local function say(...)
  io.stdout:write((...):format(select(2, ...)), "\n")
  io.stdout:flush()
end

--- @param list number[]
local function median(list)
  table.sort(list)
  return list[math.ceil(#list / 2)] or 0
end

say("Neovim %d.%d, seed %d, %g minutes", version.major, version.minor, seed, minutes)
say(
  "%8s %8s %9s %8s %8s %8s %7s  %s",
  "minute",
  "steps",
  "RSS MB",
  "Lua MB",
  "core",
  "fresh",
  "spans",
  "slowest step, seconds of the processor"
)
local bad, samples = 0, {}
while elapsed() < minutes do
  local audit = soak:run(STEPS)
  local sample = audit.sample
  sample.minute = elapsed()
  table.insert(samples, sample)
  say(
    "%8.1f %8d %9.1f %8.1f %8.2f %8.2f %7d  %.1f %s",
    sample.minute,
    audit.steps,
    sample.rss,
    sample.lua,
    sample.core,
    sample.fresh,
    sample.spans,
    audit.slowest[1],
    audit.slowest[2]
  )
  for _, problem in ipairs(audit.problems) do
    bad = bad + 1
    say("PROBLEM %s", problem)
  end
end
local errors = soak:close()
if errors ~= "" then
  bad = bad + 1
  say("PROBLEM on standard error: %s", errors)
end

--- The samples of a part of the time after the warm-up, from 0 to 1.
--- @param field string
--- @param from number
--- @param to number
local function part(field, from, to)
  local list, low = {}, minutes * WARM
  for _, sample in ipairs(samples) do
    local share = (sample.minute - low) / (minutes - low)
    if share >= from and share < to then
      table.insert(list, sample[field])
    end
  end
  return median(list)
end

for _, field in ipairs({ "rss", "lua", "core" }) do
  local first, second, third =
    part(field, 0, 1 / 3), part(field, 1 / 3, 2 / 3), part(field, 2 / 3, 2)
  local flat = #samples < JUDGED or second == 0 or third <= second * GROWTH + SLACK
  bad = bad + (flat and 0 or 1)
  say(
    "%-4s MB, medians of the thirds: %.1f %.1f %.1f%s",
    field,
    first,
    second,
    third,
    flat and "" or " GROWS"
  )
end
say(
  "%d steps, %d audits, %d prompts answered, %d problems",
  soak.steps,
  #samples,
  soak.prompts,
  bad
)
os.exit(bad > 0 and 1 or 0)
