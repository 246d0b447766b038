-- Writes doc/galley.txt from tests/doc/galley.txt, where {{name}} stands for a part that tables in
-- the code say better. With --check, only tells whether the help is current.
--
--   nvim --clean -l tests/doc/generate.lua [--check]

local root = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(vim.fn.fnamemodify(arg[0], ":p"))))
vim.opt.runtimepath:prepend(root)
vim.cmd.runtime("plugin/galley.lua")

local annotation = dofile(root .. "/tests/doc/annotation.lua")
local SOURCE, HELP = root .. "/tests/doc/galley.txt", root .. "/doc/galley.txt"
local WIDTH = 78
local INDENT = 8

--- Words of a text in lines that are indented and fit into a help file.
--- @param text string
--- @param indent? integer
--- @return string[]
local function fill(text, indent)
  indent = indent or INDENT
  local lines, line = {}, ""
  for word in text:gmatch("%S+") do
    if line ~= "" and indent + vim.api.nvim_strwidth(line .. " " .. word) > WIDTH then
      lines[#lines + 1] = line
      line = word
    else
      line = line == "" and word or line .. " " .. word
    end
  end
  lines[#lines + 1] = line
  return vim.tbl_map(function(filled)
    return (" "):rep(indent) .. filled
  end, lines)
end

--- An entry: what it is called, its tag at the right, and paragraphs on it.
--- @param lines string[]
--- @param name string
--- @param tag string
--- @param ... string
local function entry(lines, name, tag, ...)
  tag = "*" .. tag .. "*"
  local gap = WIDTH - vim.api.nvim_strwidth(name .. tag)
  if gap > 0 then
    lines[#lines + 1] = name .. (" "):rep(gap) .. tag
  else
    lines[#lines + 1] = (" "):rep(WIDTH - vim.api.nvim_strwidth(tag)) .. tag
    lines[#lines + 1] = name
  end
  for _, paragraph in ipairs({ ... }) do
    vim.list_extend(lines, fill(paragraph))
  end
end

--- @param path string
--- @return string
local function read(path)
  local handle = assert(io.open(path, "rb"))
  local text = handle:read("*a")
  handle:close()
  return text
end

--- @param text string
--- @return string
local function sentence(text)
  return text:sub(1, 1):upper() .. text:sub(2) .. (text:sub(-1) == "." and "" or ".")
end

--- @param value any
--- @return string
local function show(value)
  return (vim.inspect(value, { newline = " ", indent = "" }))
end

local TYPES = {
  boolean = "true or false",
  integer = "whole number",
  string = "string",
  ["string[]"] = "list of strings",
  ["kind[]"] = "list of |galley-kinds|",
  checks = "table from checks (|galley-fact-checks|) to a severity",
}

--- @type table<string, fun(): string[]>
local PARTS = {}

function PARTS.options()
  local lines = {}
  for _, option in ipairs(require("galley.config").schema) do
    local kind = TYPES[option.type]
    if option.choices then
      kind = "one of " .. table.concat(option.choices, ", ")
    end
    if option.minimum then
      kind = ("%s from %d to %d"):format(kind, option.minimum, option.maximum)
    end
    local facts = ("%s, default `%s`"):format(kind, show(option.default))
    entry(lines, option.name, "galley-" .. option.name, sentence(facts), option.help)
    lines[#lines + 1] = ""
  end
  lines[#lines] = nil
  return lines
end

function PARTS.commands()
  local lines = {}
  for _, subcommand in ipairs(require("galley.command").subcommands) do
    entry(lines, ":Galley " .. subcommand.usage, ":Galley-" .. subcommand.name, subcommand.help)
    lines[#lines + 1] = ""
  end
  lines[#lines] = nil
  return lines
end

function PARTS.maps()
  local lines = {}
  local maps, seen = {}, {}
  for _, mode in ipairs({ "n", "x" }) do
    for _, map in ipairs(vim.api.nvim_get_keymap(mode)) do
      if not seen[map.lhs] then
        seen[map.lhs] = true
        table.insert(maps, map)
      end
    end
  end
  table.sort(maps, function(a, b)
    return a.lhs < b.lhs
  end)
  for _, map in ipairs(maps) do
    if vim.startswith(map.lhs, "<Plug>(galley-") then
      entry(lines, map.lhs, map.lhs, map.desc)
    end
  end
  return lines
end

function PARTS.keys()
  local lines = {}
  local keymaps = require("galley.keymaps")
  for letter, name in vim.spairs(keymaps.MOTIONS) do
    local keys = ("]%s [%s ]%s [%s"):format(letter, letter, letter:upper(), letter:upper())
    local what = name == "fact" and "open fact" or name
    lines[#lines + 1] = ("    %-14snext, previous, last, first %s"):format(keys, what)
  end
  for letter, name in vim.spairs(keymaps.OBJECTS) do
    lines[#lines + 1] = ("    %-14sinner and around %s"):format(
      ("i%s a%s"):format(letter, letter),
      name
    )
  end
  return lines
end

function PARTS.highlights()
  local lines = {}
  for _, group in ipairs(require("galley.groups")) do
    local style = vim.tbl_keys(group.style)
    table.sort(style)
    local look = vim.list_extend({ group.colour[1] and "colour of " .. group.colour[1] }, style)
    if group.link then
      look = { "the look of " .. group.link }
    end
    local default = #look > 0 and sentence("default: " .. table.concat(look, ", ")) or ""
    entry(lines, group.name, "hl-" .. group.name, group.help .. " " .. default)
  end
  return lines
end

function PARTS.kinds()
  local lines = {}
  for _, kind in ipairs(assert(require("galley.core").load()).kinds()) do
    local types = {}
    for index, type in ipairs(kind.types) do
      types[index] = type.name
    end
    local facts = "Types: " .. table.concat(types, ", ") .. "."
    local name = ("%s (%s)"):format(kind.name, kind.letter)
    entry(lines, name, "galley-" .. kind.name, sentence(kind.help), facts)
  end
  return lines
end

function PARTS.checks()
  local lines = {}
  local needs = { sources = "Needs sources. ", review = "Listed by `:Galley review` alone. " }
  for _, check in ipairs(require("galley.check.rows").all()) do
    local facts = ("Default: %s. %s"):format(check.severity, needs[check.needs] or "")
    entry(lines, check.id, "galley-check-" .. check.id, check.help .. ".", facts)
    if check.needs == "text" and not check.fires:find("\n") then
      vim.list_extend(lines, fill("Found in: " .. check.fires))
    end
  end
  return lines
end

--- A parameter, result or field: its name, its type, and what it is.
--- @param name string
--- @param item annotation.Item
--- @return string[]
local function described(name, item)
  local kind = item.optional and item.type .. " or nil" or item.type
  local text = item.help ~= "" and ("%s: %s"):format(kind, item.help) or kind
  local lines, indent = {}, 4 + 16
  for index, line in ipairs(fill(text, indent)) do
    local first = ("    %-15s "):format(name)
    lines[index] = index == 1 and first .. vim.trim(line) or line
  end
  return lines
end

--- The fields of a class.
--- @param file string
--- @param class string
--- @return string[]
local function fields(file, class)
  local lines = {}
  for _, field in ipairs(annotation.read(root .. file).classes[class].fields) do
    vim.list_extend(lines, described(field.name, field))
  end
  return lines
end

function PARTS.functions()
  local lines = {}
  for _, item in ipairs(annotation.read(root .. "/lua/galley/init.lua").functions) do
    local arguments = vim.tbl_map(function(name)
      return ("{%s}"):format(name)
    end, item.arguments)
    local call = ("galley.%s(%s)"):format(item.name, table.concat(arguments, ", "))
    entry(lines, call, ("galley.%s()"):format(item.name), item.help)
    for _, parameter in ipairs(item.params) do
      vim.list_extend(lines, described(("{%s}"):format(parameter.name), parameter))
    end
    for index, result in ipairs(item.returns) do
      result.help = result.help == "" and result.name or result.name .. ", " .. result.help
      vim.list_extend(lines, described(index == 1 and "Gives" or "and", result))
    end
    lines[#lines + 1] = ""
  end
  lines[#lines] = nil
  return lines
end

function PARTS.span()
  return fields("/lua/galley/init.lua", "galley.Span")
end

function PARTS.filter()
  return fields("/lua/galley/init.lua", "galley.SpanFilter")
end

function PARTS.item()
  return fields("/lua/galley/item.lua", "galley.Item")
end

function PARTS.entity()
  return fields("/lua/galley/entity.lua", "galley.Entity")
end

for _, name in ipairs({ "telescope", "snacks", "fzf" }) do
  PARTS[name] = function()
    local file = name == "fzf" and "fzf_lua" or name
    local code = vim.trim(read(("%s/examples/config/%s.lua"):format(root, file)))
    return vim.tbl_map(function(line)
      return line == "" and "" or "    " .. line
    end, vim.split(code:gsub("^%-%-[^\n]*\n%-%-[^\n]*\n", ""), "\n"))
  end
end

--- @return string
local function generate()
  local used = {}
  local text = read(SOURCE):gsub("{{(%w+)}}", function(name)
    assert(PARTS[name], SOURCE .. ": unknown part " .. name)
    used[name] = true
    return table.concat(PARTS[name](), "\n")
  end)
  for name in pairs(PARTS) do
    assert(used[name], SOURCE .. ": part " .. name .. " is missing")
  end
  return text
end

local current = vim.uv.fs_stat(HELP) and read(HELP) or ""
local wanted = generate()
if arg[1] ~= "--check" then
  local handle = assert(io.open(HELP, "wb"))
  handle:write(wanted)
  handle:close()
elseif current ~= wanted then
  io.stderr:write("doc/galley.txt is not what tests/doc/galley.txt and the code say; `make doc`:\n")
  io.stderr:write(vim.diff(current, wanted, { ctxlen = 1 }) --[[@as string]])
  os.exit(1)
end
