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
local OUT = "build/cc-release" -- the objects of `make test-programs`, copied
local LIMIT = 900 -- seconds of a stage; a mutant without end is caught too
local MOST = tonumber(os.getenv("STAGES")) -- so many stages alone, for a quick look

--- The tests in C that take no time.
local QUICK = {
  "text token calendar syntax syntax_quote syntax_reuse document document_typing date figure",
  "entity check check_case match source",
}

--- What is built in a stage, and the command that fails when a test of it does. It says which.
---@class Stage
---@field targets string
---@field command string

--- A stage of tests in C, which end with the first that fails.
---@param names string[]
---@return Stage
local function tests(names)
  local targets, commands = {}, {}
  for _, name in ipairs(names) do
    local program = ("%s/bin/%s_test"):format(OUT, name)
    table.insert(targets, program)
    table.insert(
      commands,
      ("{ %s >/dev/null || { echo 'FAIL  %s'; false; }; }"):format(program, name)
    )
  end
  return { targets = table.concat(targets, " "), command = table.concat(commands, " && ") }
end

---@return Stage
local function probes()
  local run = "%s/bin/probe $f >/dev/null || { echo FAIL  $f; exit 1; }"
  return {
    targets = OUT .. "/bin/probe",
    command = ("for f in tests/probe/*.txt; do %s; done"):format(run:format(OUT)),
  }
end

--- A stage of suites by patterns of their names.
---@return Stage
local function suites(targets, patterns)
  return { targets = targets, command = "sh tests/run.sh " .. patterns }
end

--- What is built for a mutant of a file, and patterns of the suites that are run then. The tests of
--- the file's own subject come first.
local function stages_of(path)
  if list == "lua" then
    return { suites("build parser test-programs", "lua/ cli/"), suites("", "screen/ jump/") }
  end
  local subject = path:find("grammars", 1, true) and "syntax" or path:match("/(%a+)[^/]*$")
  local own, others = {}, {}
  for name in table.concat(QUICK, " "):gmatch("%S+") do
    table.insert(name:sub(1, #subject) == subject and own or others, name)
  end
  local binding = "luajit tests/spec.lua tests/binding/binding_spec.lua"
  return {
    probes(),
    subject == "lua" and { targets = "build", command = binding } or tests(own),
    tests(others),
    suites("build parser", "grammar/ binding/ lua/ jump/ seeded/ cli/"),
    suites("test-programs", "core/ fuzz/ screen/"),
  }
end

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

-- As if in the tree that the objects are from: they would be made anew else.
local MAKE = ("make -s -j2 CURDIR='%s' "):format((output_of("pwd"):gsub("\n", "")))

--- The commands that make would run, by the file that they make. To ask make each time would take
--- longer than to compile.
local commands = {}
local function read_commands()
  local _, text = run(MAKE .. "-n -B V=1 test-programs")
  for line in text:gmatch("[^\n]+") do
    local output = line:find("^%s*cc ") and line:match(" %-o (%S+) ")
    if output then
      commands[output] = line
    end
  end
end

--- The object that a mutant is compiled into. The scanner is a C file of headers.
local function object_of(path)
  return ("%s/%s.o"):format(OUT, (path:gsub("scan_%a+%.h$", "scanner.c"):gsub("%.c$", "")))
end

--- Links the programs of a stage, or lets make build what it names.
local function build(targets)
  for target in targets:gmatch("%S+") do
    local fine, said = run(commands[target] or MAKE .. target)
    if not fine then
      return false, said
    end
  end
  return true
end

--- Builds and runs a stage. Gives what failed, or nil; and what a build that failed said.
---@param stage Stage
local function failing(stage)
  local built, said = build(stage.targets)
  if not built then
    return nil, said
  elseif stage.command == "" then
    return nil
  end
  local fine, output = run(
    ("export GALLEY_DEPS=%s GALLEY_NVIMS=%s OUT=%s FUZZ_SCALE=20; timeout %d sh -c %s"):format(
      deps,
      nvim,
      OUT,
      LIMIT,
      "'" .. stage.command:gsub("'", "'\\''") .. "'"
    )
  )
  if fine then
    return nil
  end
  local names = {}
  for name in output:gmatch("FAIL +(%S+)") do
    table.insert(names, name)
  end
  return names[1] and table.concat(names, " ") or "no end"
end

--- Puts a mutant into the tree. What a compiler that refuses it says is an error.
local function put(mutant, text)
  write(TREE .. "/" .. mutant[1], text)
  local object = object_of(mutant[1])
  if commands[object] then
    local fine, said = run((commands[object]:gsub(" %-O2 ", " -O0 ")))
    assert(fine, ("%s: %s: does not build\n%s"):format(mutant[1], mutant[2], said))
  end
end

--- Ends the run when a stage fails without a mutant. Asked once, when the stage first says that it
--- has caught one.
local sound = {}
local function check_sound(stage)
  if not sound[stage.command] then
    local caught, problem = failing(stage)
    assert(not caught and not problem, ("without a mutant: %s"):format(caught or problem))
    sound[stage.command] = true
  end
end

local function judge(mutant)
  local text = read(TREE .. "/" .. mutant[1])
  local by, stage
  put(mutant, (assert(mutated(text, mutant))))
  for index, one in ipairs(stages_of(mutant[1])) do
    local caught, problem = failing(one)
    assert(not problem, ("%s: %s: does not build\n%s"):format(mutant[1], mutant[2], problem))
    if caught or index == MOST then
      by, stage = caught, one
      break
    end
  end
  put(mutant, text)
  if by then
    check_sound(stage)
  end
  return by
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

assert(os.execute(("mkdir -p %s/build && tests/scratch.sh %s"):format(TREE, TREE)) == 0)
assert(os.execute(("rm -rf %s/%s && cp -a %s %s/build/"):format(TREE, OUT, OUT, TREE)) == 0)
read_commands()

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
