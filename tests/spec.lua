-- Runs a spec inside Neovim: `nvim --clean -l tests/spec.lua FILE [PATTERN]`.
--
-- Specs are written as for busted (describe, it, before_each, after_each, setup, teardown, pending)
-- with luassert's assert. The runner is our own because busted's needs compiled modules of the
-- system's Lua, which do not belong in Neovim. The plugin is on 'runtimepath'; `require` finds
-- modules of tests/ by path ("tests.screen.screen"). The last line of output is
-- "N passed, N failed". A spec that uses nothing of Neovim's also runs in LuaJIT:
-- `luajit tests/spec.lua FILE`.

if vim then
  local root = vim.fn.getcwd()
  vim.opt.runtimepath:prepend(root)
  package.path = root .. "/?.lua;" .. package.path
end

local file, pattern = arg[1], arg[2]
local passed, failed = 0, 0

local function say(...)
  io.stdout:write(table.concat({ ... }), "\n")
end

local ok, luassert = pcall(require, "luassert")
if not ok then
  say("luassert is missing; `make setup` brings it\n", luassert)
  os.exit(1)
end

---@class Block
---@field name string
---@field parent Block?
---@field before function[]
---@field after function[]
---@field setup function[]
---@field teardown function[]
---@field items table[] blocks and cases in order

---@param name string
---@param parent Block?
---@return Block
local function new_block(name, parent)
  return {
    name = name,
    parent = parent,
    before = {},
    after = {},
    setup = {},
    teardown = {},
    items = {},
  }
end

local top = new_block("", nil)
local current = top

local function describe(name, body)
  local block = new_block(name, current)
  table.insert(current.items, { block = block })
  current = block
  body()
  current = block.parent
end

local function it(name, body)
  table.insert(current.items, { name = name, body = body })
end

local function hook(list)
  return function(body)
    table.insert(current[list], body)
  end
end

local environment = setmetatable({
  assert = luassert,
  describe = describe,
  context = describe,
  it = it,
  before_each = hook("before"),
  after_each = hook("after"),
  setup = hook("setup"),
  teardown = hook("teardown"),
  pending = function(name)
    say("pending: ", name)
  end,
}, { __index = _G })

local function traced(message)
  if type(message) == "table" then
    message = message.message or (vim and vim.inspect or tostring)(message)
  end
  return debug.traceback(tostring(message), 2)
end

-- The lines of a traceback that are the spec's own or the plugin's.
local function shorten(trace)
  local kept = {}
  for line in trace:gmatch("[^\n]+") do
    if not line:find("luassert", 1, true) and not line:find("tests/spec.lua", 1, true) then
      table.insert(kept, line)
    end
  end
  return table.concat(kept, "\n")
end

---@param list function[]
---@return boolean, string?
local function run_all(list)
  for _, body in ipairs(list) do
    local fine, trace = xpcall(body, traced)
    if not fine then
      return false, trace
    end
  end
  return true
end

-- The hooks of a block and those around it, outermost first.
local function hooks_of(block, list)
  local found = {}
  while block do
    for i = #block[list], 1, -1 do
      table.insert(found, 1, block[list][i])
    end
    block = block.parent
  end
  return found
end

local function full_name(block, name)
  while block and block.parent do
    name = block.name .. " " .. name
    block = block.parent
  end
  return name
end

local function fail(name, trace)
  failed = failed + 1
  say("FAIL ", name, "\n", (shorten(trace or "?"):gsub("^", "  "):gsub("\n", "\n  ")))
end

local function run_case(block, case)
  local name = full_name(block, case.name)
  if pattern and not name:find(pattern) then
    return
  end
  local fine, trace = run_all(hooks_of(block, "before"))
  if fine then
    fine, trace = xpcall(case.body, traced)
  end
  local after_fine, after_trace = run_all(hooks_of(block, "after"))
  luassert:snapshot():revert()
  if fine and after_fine then
    passed = passed + 1
  else
    fail(name, fine and after_trace or trace)
  end
end

local function run_block(block)
  local fine, trace = run_all(block.setup)
  if not fine then
    return fail(full_name(block, "setup"), trace)
  end
  for _, item in ipairs(block.items) do
    if item.block then
      run_block(item.block)
    else
      run_case(block, item)
    end
  end
  fine, trace = run_all(block.teardown)
  if not fine then
    fail(full_name(block, "teardown"), trace)
  end
end

local chunk, message = loadfile(file)
if not chunk then
  fail(file, message)
else
  setfenv(chunk, environment)
  local fine, trace = xpcall(chunk, traced)
  if fine then
    run_block(top)
  else
    fail(file, trace)
  end
end

if vim then
  say() -- a message of Neovim's, such as that of undo, has no line end yet
end
say(("%d passed, %d failed"):format(passed, failed))
io.stdout:flush()
os.exit(failed > 0 and 1 or 0, not vim) -- Lua alone also frees what is left, for valgrind
