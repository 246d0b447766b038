-- Breaks the code in small ways, one at a time, and shows which the tests catch.
--
--   luajit tests/mutation/mutate.lua LIST [PATTERN]     LIST: core or lua, or another name.lua here
--
-- Each mutant is a file, what goes wrong, a text of that file and what takes its place. The text
-- must be there exactly once: a mutant that the code has left behind stops the run, to be written
-- anew. A mutant is caught when a suite fails; suites are built and run in stages, the quick ones
-- first, until one does. All happens in a copy of the tree. At most one in twenty may survive.

local list, pattern = arg[1] or "core", arg[2]
local mutants = dofile(("tests/mutation/%s.lua"):format(list))

local TREE = "build/mutants"
local OUT = "build/gcc-mutants"
local LIMIT = 900 -- seconds of a stage; a mutant without end is caught too

--- The tests in C that take no time.
local QUICK = {}
for name in
  ("text token calendar syntax syntax_quote syntax_reuse document document_typing date figure entity check match source"):gmatch(
    "%S+"
  )
do
  table.insert(QUICK, name .. "_test")
end

--- What is built for the suites, and patterns of their names.
local STAGES = list == "lua"
    and { { "build parser test-programs", "lua/ cli/" }, { "", "screen/ jump/" } }
  or {
    { OUT .. "/bin/probe", "probe/" },
    {
      OUT .. "/bin/" .. table.concat(QUICK, " " .. OUT .. "/bin/"),
      "core/" .. table.concat(QUICK, " core/") .. " grammar/",
    },
    { "build parser", "binding/ lua/ jump/ seeded/ cli/" },
    { "test-programs", "core/ fuzz/ screen/" },
  }

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

local function output_of(command)
  local pipe = assert(io.popen(command))
  local output = pipe:read("*a")
  pipe:close()
  return output
end

local deps = output_of('realpath "${GALLEY_DEPS:-.deps}"'):gsub("\n", "")
local nvim = os.getenv("GALLEY_NVIMS") -- else the newest of the matrix
  or output_of(("ls -d '%s'/nvim-*/bin/nvim | sort -V | tail -n 1"):format(deps)):gsub("\n", "")

--- Whether the command succeeds, and what it writes.
local function run(command)
  local text = output_of(("cd %s && { %s; } 2>&1; echo $?"):format(TREE, command))
  local output, status = text:match("^(.-)\n?(%d+)\n$")
  return status == "0", output
end

local function say(...)
  print(string.format(...))
  io.stdout:flush()
end

--- The text with the mutant in it; nil and why when its place is not to be found.
local function mutated(text, mutant)
  local old, new = mutant[3], mutant[4]
  local from, to = text:find(old, 1, true)
  if not from then
    return nil, "is not there any more"
  elseif text:find(old, from + 1, true) then
    return nil, "is there more than once"
  end
  return text:sub(1, from - 1) .. new .. text:sub(to + 1)
end

--- Builds and runs a stage. Gives the suites that failed, or nil; and what a build that failed said.
local function failing(stage)
  local targets, suites = stage[1], stage[2]
  local built, said = true, nil
  if targets ~= "" then
    built, said = run("make -s -j2 CC=gcc VARIANT=mutants CFLAGS=-O1 " .. targets)
  end
  if not built then
    return nil, said
  end
  local fine, output = run(
    ("GALLEY_DEPS=%s GALLEY_NVIMS=%s OUT=%s FUZZ_SCALE=20 timeout %d sh tests/run.sh %s"):format(
      deps,
      nvim,
      OUT,
      LIMIT,
      suites
    )
  )
  if fine then
    return nil
  end
  local names = {}
  for name in output:gmatch("FAIL  (%S+)") do
    table.insert(names, name)
  end
  return names[1] and table.concat(names, " ") or "no end"
end

--- Ends the run when a stage fails without a mutant. Asked once, when the stage first says that it
--- has caught one.
local sound = {}
local function check_sound(stage)
  if not sound[stage] then
    local caught, problem = failing(stage)
    assert(not caught and not problem, ("without a mutant: %s"):format(caught or problem))
    sound[stage] = true
  end
end

local function judge(mutant)
  local path = TREE .. "/" .. mutant[1]
  local text = read(path)
  for _, stage in ipairs(STAGES) do
    write(path, (assert(mutated(text, mutant))))
    local caught, problem = failing(stage)
    write(path, text)
    assert(not problem, ("%s: %s: does not build\n%s"):format(mutant[1], mutant[2], problem))
    if caught then
      check_sound(stage)
      return caught
    end
  end
end

local chosen, lost = {}, 0
for _, mutant in ipairs(mutants) do
  local fits, why = mutated(read(mutant[1]), mutant)
  if not fits then
    say("%s: %s: the text %s", mutant[1], mutant[2], why)
    lost = lost + 1
  elseif not pattern or (mutant[1] .. " " .. mutant[2]):find(pattern) then
    table.insert(chosen, mutant)
  end
end
if lost > 0 then
  os.exit(1)
end

assert(os.execute("tests/scratch.sh " .. TREE) == 0)
local caught = 0
for _, mutant in ipairs(chosen) do
  local by = judge(mutant)
  caught = caught + (by and 1 or 0)
  say(
    "%s  %s: %s%s",
    by and "caught  " or "SURVIVED",
    mutant[1],
    mutant[2],
    by and (" (%s)"):format(by) or ""
  )
end
local most = math.floor(#chosen / 20)
say("mutants: %d of %d caught (%d may survive)", caught, #chosen, most)
os.exit(#chosen - caught <= most and 0 or 1)
