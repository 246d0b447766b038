-- Reads the annotations of a Lua file (LuaCATS): its classes with their fields, its functions with
-- their parameters and results. The help is made from them, and a spec holds them to the code.

local M = {}

--- @class annotation.Item
--- @field name string without the ? of one that may be missing
--- @field optional boolean
--- @field type string
--- @field help string

--- @class annotation.Function
--- @field name string
--- @field arguments string[] of the code
--- @field help string
--- @field params annotation.Item[]
--- @field returns annotation.Item[]

--- @class annotation.Class
--- @field name string
--- @field fields annotation.Item[]

--- The type at the start of a text, which may hold blanks within brackets, and what is behind it.
--- @param text string
--- @return string type
--- @return string rest
local function split_type(text)
  local depth, quoted = 0, false
  for at = 1, #text do
    local letter = text:sub(at, at)
    if letter == '"' then
      quoted = not quoted
    elseif not quoted and letter:find("[({<%[]") then
      depth = depth + 1
    elseif not quoted and letter:find("[)}>%]]") then
      depth = depth - 1
    elseif letter == " " and depth == 0 and text:sub(at - 1, at - 1) ~= ":" then
      return text:sub(1, at - 1), vim.trim(text:sub(at))
    end
  end
  return text, ""
end

--- @param text string "name? type help"
--- @return annotation.Item
local function named(text)
  local name, mark, rest = text:match("^([%w_.]+)(%??)%s+(.*)$")
  local kind, help = split_type(rest)
  return { name = name, optional = mark == "?", type = kind, help = help }
end

--- @param text string "type name help"
--- @return annotation.Item
local function result(text)
  local kind, rest = split_type(text)
  local name, help = rest:match("^([%w_]+)%s*(.*)$")
  return {
    name = name or "",
    optional = kind:sub(-1) == "?",
    type = (kind:gsub("%?$", "")),
    help = help or "",
  }
end

--- @param path string
--- @return {classes: table<string, annotation.Class>, functions: annotation.Function[]}
function M.read(path)
  local classes, functions = {}, {}
  local class
  local block = { help = {}, params = {}, returns = {} }
  for line in io.lines(path) do
    local text = line:match("^%-%-%-%s*(.*)$")
    local tag, rest = (text or ""):match("^@(%w+)%s+(.*)$")
    local name, arguments = line:match("^function M%.([%w_]+)%((.-)%)")
    if tag == "class" then
      class = { name = rest:match("^[%w_.]+"), fields = {} }
      classes[class.name] = class
    elseif tag == "field" then
      table.insert(class.fields, named(rest))
    elseif tag == "param" then
      table.insert(block.params, named(rest))
    elseif tag == "return" then
      table.insert(block.returns, result(rest))
    elseif text and not tag then
      table.insert(block.help, text)
    else
      if name then
        block.name, block.arguments = name, vim.split(arguments, ",%s*", { trimempty = true })
        block.help = table.concat(block.help, " ")
        table.insert(functions, block)
      end
      block = { help = {}, params = {}, returns = {} }
    end
    if tag == "class" then
      block.help = {}
    end
  end
  return { classes = classes, functions = functions }
end

return M
