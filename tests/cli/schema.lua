-- Judges a decoded JSON value by a JSON schema: as much of draft 4 as the schema of SARIF uses.

local M = {}

--- @param value any
--- @return string
local function type_of(value)
  if value == vim.NIL then
    return "null"
  elseif type(value) == "table" then
    return (vim.islist(value) and getmetatable(value) ~= getmetatable(vim.empty_dict())) and "array"
      or "object"
  elseif type(value) == "number" then
    return value == math.floor(value) and "integer" or "number"
  end
  return type(value)
end

--- @param wanted string
--- @param found string
--- @return boolean
local function fits(wanted, found)
  return wanted == found
    or wanted == "number" and found == "integer"
    or wanted == "object" and found == "array" -- an empty table may be either
    or wanted == "array" and found == "object"
end

local check -- of a value, below

--- @class schema.Walk
--- @field root table
--- @field problems string[]

--- @param walk schema.Walk
--- @param path string
--- @param text string
local function problem(walk, path, text)
  table.insert(walk.problems, ("%s: %s"):format(path, text))
end

--- @param walk schema.Walk
--- @param schema table
--- @param value table
--- @param path string
local function check_object(walk, schema, value, path)
  for _, name in ipairs(schema.required or {}) do
    if value[name] == nil then
      problem(walk, path, ("`%s` is missing"):format(name))
    end
  end
  for name, item in pairs(value) do
    local own = (schema.properties or {})[name]
    if own then
      check(walk, own, item, path .. "." .. name)
    elseif schema.additionalProperties == false then
      problem(walk, path, ("`%s` is not known"):format(name))
    elseif type(schema.additionalProperties) == "table" then
      check(walk, schema.additionalProperties, item, path .. "." .. name)
    end
  end
end

--- @param walk schema.Walk
--- @param schema table
--- @param value table
--- @param path string
local function check_array(walk, schema, value, path)
  if #value < (schema.minItems or 0) then
    problem(walk, path, "too few items")
  end
  local seen = {}
  for index, item in ipairs(value) do
    local key = vim.inspect(item)
    if schema.uniqueItems and seen[key] then
      problem(walk, path, "an item is there twice")
    end
    seen[key] = true
    if schema.items then
      check(walk, schema.items, item, ("%s[%d]"):format(path, index))
    end
  end
end

--- @param walk schema.Walk
--- @param schema table
--- @param value any
--- @param path string
local function check_scalar(walk, schema, value, path)
  if schema.enum and not vim.tbl_contains(schema.enum, value) then
    problem(walk, path, ("%s is none of those allowed"):format(vim.inspect(value)))
  end
  if type(value) == "number" then
    if value < (schema.minimum or value) or value > (schema.maximum or value) then
      problem(walk, path, ("%s is out of range"):format(value))
    end
  elseif type(value) == "string" and schema.pattern then
    if not vim.regex("\\v" .. schema.pattern):match_str(value) then
      problem(walk, path, ("%q does not match %s"):format(value, schema.pattern))
    end
  end
end

--- How many of several schemas a value fits.
--- @param walk schema.Walk
--- @param schemas table[]
--- @param value any
--- @param path string
--- @return integer
local function count_fitting(walk, schemas, value, path)
  local count = 0
  for _, schema in ipairs(schemas) do
    local inner = { root = walk.root, problems = {} }
    check(inner, schema, value, path)
    count = count + (#inner.problems == 0 and 1 or 0)
  end
  return count
end

--- @param walk schema.Walk
--- @param schema table
--- @param value any
--- @param path string
function check(walk, schema, value, path)
  if schema["$ref"] then
    local name = assert(schema["$ref"]:match("^#/definitions/(.+)$"), schema["$ref"])
    return check(walk, assert(walk.root.definitions[name], name), value, path)
  end
  local found = type_of(value)
  local types = type(schema.type) == "string" and { schema.type } or schema.type or {}
  local empty = type(value) == "table" and next(value) == nil
  local right = #types == 0
  for _, wanted in ipairs(types) do
    right = right or wanted == found or fits(wanted, found) and (empty or type(value) ~= "table")
  end
  if not right then
    return problem(walk, path, ("is %s, not %s"):format(found, table.concat(types, " or ")))
  end
  check_scalar(walk, schema, value, path)
  if found == "array" and types[1] ~= "object" then
    check_array(walk, schema, value, path)
  elseif type(value) == "table" then
    check_object(walk, schema, value, path)
  end
  if schema.anyOf and count_fitting(walk, schema.anyOf, value, path) == 0 then
    problem(walk, path, "fits none of several schemas")
  elseif schema.oneOf and count_fitting(walk, schema.oneOf, value, path) ~= 1 then
    problem(walk, path, "does not fit one of several schemas")
  end
end

--- What is wrong with a value.
--- @param schema table
--- @param value any
--- @return string[]
function M.problems(schema, value)
  local walk = { root = schema, problems = {} }
  check(walk, schema, value, "$")
  return walk.problems
end

return M
