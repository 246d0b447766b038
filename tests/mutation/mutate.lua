-- Breaks the code in small ways, one at a time, and shows which the tests catch.
--
--   luajit tests/mutation/mutate.lua LIST [PATTERN]     LIST: core or lua, or another name.lua here
--
-- Each mutant is a file, what goes wrong, a text of that file and what takes its place. The text
-- must be there exactly once: a mutant that the code has left behind stops the run, to be written
-- anew. A mutant is caught when a suite of `make test` fails with it, fails once more, and passes
-- without it. The suites run one by one until one fails, in the newest Neovim, those first that
-- find most in a second; what survives has passed them all. All happens in a copy of the tree. At
-- most one in twenty may survive.

local list, pattern = arg[1] or "core", arg[2]
local mutants = dofile(("tests/mutation/%s.lua"):format(list))

local TREE = "build/mutants"
local OUT = "build/cc-release" -- the objects of `make test-programs`, copied

-- Parts of suites' names, in the order in which they run; of several the longest counts. The tests
-- in C take a second together, the specs each about one, and what is behind screen/ up to a minute.
local ORDER = { "probe/", "core/", "fuzz/corpus", "binding/", "seeded/", "jump/", "grammar/" }
for _, part in ipairs({ "core/syntax_random", "lua/", "cli/", "screen/" }) do
  table.insert(ORDER, part)
end
local QUICK = #ORDER
for _, part in ipairs({ "lua/sync", "lua/fuzz_limits", "lua/buffer@", "hostile/", "soak/" }) do
  table.insert(ORDER, part)
end
for _, part in ipairs({ "fuzz/bytes", "fuzz/edits", "fuzz/limits" }) do
  table.insert(ORDER, part)
end
-- Builds the plugin from the files that git tracks, which a copy has not: nothing of its behaviour.
local LEFT_OUT = "install/"

local QUICK_LIMIT, SLOW_LIMIT = 120, 900 -- seconds; a mutant without end is caught too

---@class Suite
---@field name string
---@field command string
---@field program string? the program of OUT/bin that it runs
---@field rank integer place in ORDER
---@field own integer place there before those of its kind that have nothing of a mutant's file
---@field limit integer

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

--- Whether the command succeeds, what it writes, and its status.
local function run(command)
  local text = output_of(("cd %s && { %s; } 2>&1; echo $?"):format(TREE, command))
  local output, status = text:match("^(.-)\n?(%d+)\n$")
  return status == "0", output, status
end

local environment = ("GALLEY_DEPS=%s GALLEY_NVIMS='%s' OUT=%s"):format(deps, nvim, OUT)

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

-- ---- suites --------------------------------------------------------------------------------------

--- Places in ORDER of a suite, and of the first part that is in its name.
local function ranks(name)
  local longest, first
  for index, part in ipairs(ORDER) do
    if name:find(part, 1, true) then
      first = first or index
      longest = (longest and #ORDER[longest] > #part) and longest or index
    end
  end
  return longest or #ORDER, first or #ORDER
end

--- All suites that a mutant is tried with. The programs in C have nothing of the Lua.
---@return Suite[]
local function all_suites()
  local found = {}
  local _, text = run(environment .. " sh tests/run.sh --list")
  for name, command in text:gmatch("(%S+) ([^\n]+)") do
    local program = command:match("build/%S+/bin/%S+")
    local rank, own = ranks(name)
    if not name:find(LEFT_OUT, 1, true) and not (program and list == "lua") then
      table.insert(found, {
        name = name,
        command = command,
        program = program,
        rank = rank,
        own = own,
        limit = rank > QUICK and SLOW_LIMIT or QUICK_LIMIT,
      })
    end
  end
  assert(#found > 0, "tests/run.sh names no suites")
  return found
end

--- The suites in the order in which a mutant of a file meets them: of a rank those first that have
--- words of the file's name in theirs.
---@param suites Suite[]
---@return Suite[]
local function in_order(suites, path)
  local subject = path:match(list == "lua" and "[^/]*/[^/]*$" or "[^/]*$"):gsub("%.%a+$", "")
  local place = {}
  for index, suite in ipairs(suites) do
    local shared = 0
    for word in subject:gmatch("%a+") do
      shared = shared + (suite.name:find(word, 1, true) and 1 or 0)
    end
    place[suite] = (shared > 0 and suite.own or suite.rank) * 10000 - shared * 1000 + index
  end
  local ordered = { unpack(suites) }
  table.sort(ordered, function(a, b)
    return place[a] < place[b]
  end)
  return ordered
end

-- ---- building ------------------------------------------------------------------------------------

-- As if in the tree that the objects are from: they would be made anew else.
local MAKE = ("make -s CURDIR='%s' "):format((output_of("pwd"):gsub("\n", "")))

--- The commands that make would run, by the file that they make. To ask make each time would take
--- longer than to compile.
local commands = {}
local function read_commands()
  local _, text = run(MAKE .. "-n -B V=1 build parser test-programs")
  for line in text:gmatch("[^\n]+") do
    local output = line:find("^%s*cc ") and line:match(" %-o (%S+) ")
    if output then
      commands[output] = line
    end
  end
end

--- The objects that a file is compiled into, as the compiler noted them: headers are in many, and
--- tests read some of the core's files as their own.
---@return string[]
local function objects_of(path)
  local escaped = path:gsub("%p", "\\%0")
  local search = "grep -rlE --include='*.d' '(^|[ /])%s( |:|$)' %s"
  local _, text = run(search:format(escaped, OUT))
  local objects = {}
  for file in text:gmatch("[^\n]+") do
    table.insert(objects, (file:gsub("%.d$", ".o")))
  end
  assert(#objects > 0 or not path:find("%.[ch]$"), path .. " is in no object")
  return objects
end

--- Puts a mutant into the tree; what it was made from is kept.
---@param objects string[]
local function put(mutant, text, objects)
  write(TREE .. "/" .. mutant[1], text)
  for _, object in ipairs(objects) do
    local compile = assert(commands[object], object):gsub(" %-O2 ", " -O0 ")
    local fine, said = run(("cp %s %s.kept && %s"):format(object, object, compile))
    assert(fine, ("%s: %s: does not build\n%s"):format(mutant[1], mutant[2], said))
  end
end

--- Takes it out again. The objects are newer than the file then, as make wants them.
local function take_out(mutant, text, objects)
  write(TREE .. "/" .. mutant[1], text)
  for _, object in ipairs(objects) do
    assert(run(("mv %s.kept %s && touch %s"):format(object, object, object)))
  end
end

--- What is linked from the objects as they are.
local built = {}

--- Links what a suite runs.
---@param suite Suite
local function build(suite)
  local target = suite.program or "build parser " .. OUT .. "/tests/memory/core.so"
  if not built[target] then
    -- Those of tests/memory are of objects that make links into one first.
    local link = not target:find("memory") and commands[target]
    local fine, said = run(link or MAKE .. target)
    assert(fine, said)
    built[target] = true
  end
end

-- ---- judging -------------------------------------------------------------------------------------

--- What fails in a suite: its name, and its first case that does if it said so. Nil: none. And
--- whether it had no end.
---@param suite Suite
local function failing(suite)
  build(suite)
  local command = "export %s; timeout %d sh -c '%s' </dev/null"
  local quoted = suite.command:gsub("'", "'\\''")
  local fine, output, status = run(command:format(environment, suite.limit, quoted))
  if fine and output:match("(%d+) failed%s*$") == "0" then
    return nil
  end
  local endless = status == "124"
  local case = output:match("FAIL +([^\n]+)")
  if not case and output:find("%d+ failed%s*$") then
    case = output:match("[^\n]+")
  end
  case = case and case:sub(1, 90) or endless and "no end" or "a crash"
  return ("%s: %s"):format(suite.name, case), endless
end

--- What catches a mutant, or nil.
---@param suites Suite[]
local function judge(mutant, suites)
  local text = read(TREE .. "/" .. mutant[1])
  local objects = objects_of(mutant[1])
  local by, suite
  put(mutant, assert(mutated(text, mutant)), objects)
  built = {}
  for _, one in ipairs(in_order(suites, mutant[1])) do
    local failed, endless = failing(one)
    -- Once more: a mutant is not caught by a test that fails now and then.
    by = failed and (endless or failing(one)) and failed
    if by then
      suite = one
      break
    end
  end
  take_out(mutant, text, objects)
  built = {}
  local otherwise = by and failing(suite)
  assert(not otherwise, ("without a mutant: %s"):format(otherwise))
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

local suites, caught = all_suites(), 0
for _, mutant in ipairs(chosen) do
  local by = judge(mutant, suites)
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
