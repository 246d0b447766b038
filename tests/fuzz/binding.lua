-- What the fuzzer tries on the binding: an input is a program of calls of galley.core with odd
-- arguments. A call may raise an error or return nil and a message; it may not crash, nor leak.
--
-- Runs in any Lua 5.1. Returns a function that takes the core and an input, and raises an error when
-- a call answers what it should not.

local TEXT = [[
GENEVA, 4 March 2024 — "Sales rose 12% to $1.2bn," said Anna Lind of Tidewell Ltd on Monday.[^1]

# Figures

Lind (45) told the board that 3 of 10 ferries were late. “We were not,” she said [@key, p. 3].

| Year | Orders |
|------|--------|
| 2024 | 1,200  |

[^1]: A note of May 2023.
]]

local METHODS = { -- in the order of a list, so that an input means the same in each version
  "set_text",
  "expect_checks",
  "edit",
  "set_lines",
  "text",
  "byte_count",
  "line_count",
  "memory",
  "set_date",
  "set_names",
  "entities",
  "date",
  "set_file_name",
  "set_date_order",
  "resolve",
  "draw",
  "spans",
  "span_at",
  "point",
  "check",
  "blocks",
  "sexp",
  "close",
  "set_markup",
  "set_plain",
  "prepare",
  "add",
  "feed",
  "remove",
  "find",
  "find_all",
  "__gc",
  "__tostring",
  "missing",
}
local FUNCTIONS = { "document", "sources", "kinds", "groups", "rules", "checks" }

local HUGE = math.huge
local NUMBERS = {
  0,
  1,
  2,
  3,
  -1,
  0.5,
  -0.5,
  40,
  255,
  65536,
  2 ^ 31 - 1,
  2 ^ 31,
  -2 ^ 31,
  2 ^ 32 - 1,
  2 ^ 32,
  2 ^ 53,
  2 ^ 63,
  -2 ^ 63,
  1e308,
  HUGE,
  -HUGE,
  HUGE - HUGE,
}
local STRINGS = {
  "",
  "\0",
  "a\0b",
  "\255\254",
  "2024-03-04",
  "2024-02-31",
  "person",
  "none",
  "dmy",
  "sum-total",
  "Anna Lind",
  "12",
  "0x10",
  TEXT,
  ("word, "):rep(2000),
  ("(“[*"):rep(300),
}
local CODES = { 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x22, 0x23, 0x0a, 0, 0xe9, 0x201c, 0x10ffff, 0xd800 }
local FIELDS = { "name", "type", "aliases", "off", "ok", "kind", "start", "end" }

local Run = {}
Run.__index = Run

--- The next byte of the program; 0 behind its end.
function Run:byte()
  self.at = self.at + 1
  return self.bytes:byte(self.at) or 0
end

--- @param list any[]
function Run:one_of(list)
  return list[self:byte() % #list + 1]
end

-- Tables with metatables that do something when they are looked into.
local HOOKS = {
  function()
    error("a metatable raises")
  end,
  function()
    error({}) -- no message
  end,
  function(run) -- a string that nothing else holds
    return ("Anna %d"):format(run.at)
  end,
  function(run) -- what the call works on goes away
    for _, object in ipairs(run.objects) do
      pcall(object.close, object)
    end
    collectgarbage()
    return "Anna"
  end,
  function(run)
    pcall(run.objects[1].set_text, run.objects[1], "Another text of Bo Li.")
    return { "Bo" }
  end,
}

local value

local MAKERS = {
  function()
    return nil
  end,
  function()
    return true
  end,
  function(run)
    return run:one_of(NUMBERS)
  end,
  function(run)
    return run:one_of(NUMBERS)
  end,
  function(run)
    return run:byte()
  end,
  function(run)
    return run:one_of(STRINGS)
  end,
  function(run) -- bytes of the program itself
    local length = run:byte()
    local text = run.bytes:sub(run.at + 1, run.at + length)
    run.at = run.at + length
    return text
  end,
  function(run, depth) -- a list
    local list = {}
    for index = 1, depth > 3 and 0 or run:byte() % 5 do
      list[index] = value(run, depth + 1)
    end
    return list
  end,
  function(run, depth) -- a record
    local record = {}
    for _ = 1, depth > 3 and 0 or run:byte() % 5 do
      record[run:one_of(FIELDS)] = value(run, depth + 1)
    end
    return record
  end,
  function(run) -- names, as they should be, or nearly
    return { { name = run:one_of(STRINGS), type = "person", aliases = { run:one_of(STRINGS) } } }
  end,
  function(run) -- ranges of markup, ascending
    local ranges, at = {}, 0
    for index = 1, run:byte() % 6 * 3, 3 do
      ranges[index] = at + run:byte() % 8
      at = ranges[index] + 1 + run:byte() % 8
      ranges[index + 1], ranges[index + 2] = at, run:one_of(CODES)
    end
    return ranges
  end,
  function(run)
    local hook = run:one_of(HOOKS)
    local function called(_, ...)
      return hook(run, ...)
    end
    return setmetatable({}, { __index = called, __len = called, __tostring = called })
  end,
  function(run)
    local hook = run:one_of(HOOKS)
    return {
      setmetatable({}, {
        __index = function()
          return hook(run)
        end,
      }),
    }
  end,
  function(run)
    return run:one_of(run.objects)
  end,
  function()
    return print
  end,
  function()
    return coroutine.create(function() end)
  end,
  function()
    return io.stdout
  end,
}

--- Some value.
--- @param run table
--- @param depth integer
value = function(run, depth)
  return run:one_of(MAKERS)(run, depth)
end

--- What a call returned is sound: nil with a message, or values without odd numbers in them.
--- @param result any
--- @param depth integer
local function check(result, depth)
  if type(result) == "number" then
    assert(result == result and result ~= HUGE and result ~= -HUGE, "a number that is none")
  elseif type(result) == "table" and depth < 5 then
    for key, item in pairs(result) do
      check(key, depth + 1)
      check(item, depth + 1)
    end
    if type(result.start) == "number" and type(result["end"]) == "number" then
      assert(result.start <= result["end"], "it ends before it begins")
    end
  end
end

--- @param run table
--- @param done boolean
local function judge(run, done, ...)
  run.calls = run.calls + 1
  if not done then
    return
  end
  local count = select("#", ...)
  local first, second = ...
  if first == nil and count == 2 then
    assert(type(second) == "string", "nil without a message")
  end
  for index = 1, count do
    check((select(index, ...)), 0)
  end
  if type(first) == "userdata" and #run.objects < 12 then
    table.insert(run.objects, first)
  end
end

--- One call.
function Run:call()
  local count = self:byte() % 7
  local callee
  local arguments = {}
  local choice = self:byte()
  if choice % 16 == 0 then
    callee = self.core[FUNCTIONS[choice / 16 % #FUNCTIONS + 1]]
  else
    local object = choice % 16 == 1 and value(self, 0) or self:one_of(self.objects)
    local meta = getmetatable(self:one_of(self.objects))
    local name = self:one_of(METHODS)
    callee = meta.__index[name] or meta[name]
    arguments[1], count = object, count + 1
  end
  for index = callee and #arguments + 1 or count + 1, count do
    arguments[index] = value(self, 0)
  end
  if callee and self:byte() % 8 == 0 and self.starve then
    self.starve(self:byte())
    judge(self, pcall(callee, unpack(arguments, 1, count)))
    self.starve()
  elseif callee then
    judge(self, pcall(callee, unpack(arguments, 1, count)))
  end
  if self:byte() % 16 == 0 then
    collectgarbage()
  end
end

--- @param core table
--- @param bytes string
--- @param starve? fun(count?: integer) lets Lua have so many more allocations, or any number
return function(core, bytes, starve)
  local run = setmetatable({ core = core, bytes = bytes, at = 0, calls = 0, starve = starve }, Run)
  local doc, sources = assert(core.document()), assert(core.sources())
  run.objects = { doc, sources, assert(core.document()) }
  doc:set_text(TEXT)
  sources:feed(1, TEXT)
  while run.at < #bytes and run.calls < 60 do
    run:call()
  end
end
