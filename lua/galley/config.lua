-- Settings: one table says what each option is, and validation, :checkhealth and the help are all
-- made from it.

--- What a user may set; every field has a default.
--- @class galley.Config
--- @field auto_attach? boolean
--- @field filetypes? string[]
--- @field hide? string[]
--- @field indirect_quotes? boolean
--- @field server? boolean
--- @field symbols? string[]
--- @field keymaps? boolean
--- @field spell_names? boolean
--- @field date_order? string
--- @field debounce? integer
--- @field size_limit? integer
--- @field priority? integer
--- @field reviewer? string
--- @field ledger_mark? string
--- @field diagnostics? boolean
--- @field checks? table<string, string|boolean>
--- @field min_severity? string
--- @field ticks? boolean
--- @field source_roots? string[]
--- @field source_limit? integer
--- @field source_programs? boolean
--- @field jump? string
--- @field jump_keys? boolean

--- What the code reads: every field is there and valid.
--- @class galley.Settings
--- @field auto_attach boolean
--- @field filetypes string[]
--- @field hide string[]
--- @field indirect_quotes boolean
--- @field server boolean
--- @field symbols string[]
--- @field keymaps boolean
--- @field spell_names boolean
--- @field date_order string
--- @field debounce integer
--- @field size_limit integer
--- @field priority integer
--- @field reviewer string
--- @field ledger_mark string
--- @field diagnostics boolean
--- @field checks table<string, string|boolean>
--- @field min_severity string
--- @field ticks boolean
--- @field source_roots string[]
--- @field source_limit integer
--- @field source_programs boolean
--- @field jump string
--- @field jump_keys boolean

--- @class galley.Option
--- @field name string
--- @field type "boolean"|"integer"|"string"|"string[]"|"kind[]"|"checks"
--- @field choices? string[] of a string
--- @field default any
--- @field help string
--- @field minimum? integer
--- @field maximum? integer

local M = {}

--- @type galley.Option[]
M.schema = {
  {
    name = "auto_attach",
    type = "boolean",
    default = true,
    help = "Annotate buffers of the chosen file types as they open. When false, only "
      .. "`:Galley attach` does.",
  },
  {
    name = "filetypes",
    type = "string[]",
    default = { "text", "markdown", "mail", "rst", "asciidoc", "typst" },
    help = "File types that are annotated as they open. `html` and `tex` are read as what they are "
      .. "too (|galley-formats|), but their files are more often a program's than an article: "
      .. "name them here, or say `:Galley attach`.",
  },
  {
    name = "hide",
    type = "kind[]",
    default = {},
    help = "Kinds that are not drawn until `:Galley toggle` shows them.",
  },
  {
    name = "indirect_quotes",
    type = "boolean",
    default = true,
    help = 'Mark what somebody said without quotation marks ("She said that ..."), and count it in '
      .. "`:Galley speakers`.",
  },
  {
    name = "server",
    type = "boolean",
    default = true,
    help = "Connect annotated buffers to a language server within Neovim; see |galley-lsp|.",
  },
  {
    name = "symbols",
    type = "kind[]",
    default = { "entity", "quote" },
    help = "Kinds that the outline of the article (|gO|) lists below its headings.",
  },
  {
    name = "keymaps",
    type = "boolean",
    default = false,
    help = "Map the keys of |galley-keys| in annotated buffers, those left out that are mapped.",
  },
  {
    name = "spell_names",
    type = "boolean",
    default = true,
    help = "Leave names to 'spell' as all words. When false, what is marked as a name is no spelling "
      .. "mistake.",
  },
  {
    name = "date_order",
    type = "string",
    default = "unknown",
    choices = { "unknown", "dmy", "mdy" },
    help = "What 7/8/2018 is: `dmy` 7 August, `mdy` July 8. `unknown` leaves its day and month open.",
  },
  {
    name = "debounce",
    type = "integer",
    default = 100,
    minimum = 0,
    maximum = 10000,
    help = "Milliseconds without typing after which what needs the whole article (who is who, who "
      .. "said it, what day it was) is brought up to date.",
  },
  {
    name = "size_limit",
    type = "integer",
    default = 2 * 1024 * 1024,
    minimum = 0,
    maximum = 0x7fffffff,
    help = "Bytes. A larger buffer is left alone with a message; `:Galley attach!` forces it.",
  },
  {
    name = "priority",
    type = "integer",
    default = 110,
    minimum = 0,
    maximum = 140,
    help = "Priority of the marks. The default is over tree-sitter's 100, under diagnostics' 150.",
  },
  {
    name = "reviewer",
    type = "string",
    default = "",
    help = "Who ticks, for the ledger. When empty: the `user.name` of git, else $USER.",
  },
  {
    name = "ledger_mark",
    type = "string",
    default = "eol",
    choices = { "eol", "inline", "sign", "none" },
    help = "Where the status of facts in the ledger is shown: at the end of their line, after each "
      .. "fact, in the sign column (one sign a line), or nowhere.",
  },
  {
    name = "diagnostics",
    type = "boolean",
    default = true,
    help = "Show what the checks find as diagnostics.",
  },
  {
    name = "checks",
    type = "checks",
    default = {},
    help = "Severity of each check: `error`, `warn`, `info`, `hint`, or `off`; `false` is off, "
      .. '`true` the default. For example `{ placeholder = "error", ["word-doubled"] = false }`.',
  },
  {
    name = "min_severity",
    type = "string",
    default = "hint",
    choices = { "hint", "info", "warn", "error" },
    help = "Findings below it are not shown.",
  },
  {
    name = "ticks",
    type = "boolean",
    default = false,
    help = "Show a faint mark behind what was checked and holds.",
  },
  {
    name = "source_roots",
    type = "string[]",
    default = {},
    help = "Folders outside of the article's project in which its sources may be; see "
      .. "|galley-sources|.",
  },
  {
    name = "source_limit",
    type = "integer",
    default = 32 * 1024 * 1024,
    minimum = 0,
    maximum = 1024 * 1024 * 1024,
    help = "Bytes. A larger source is not read.",
  },
  {
    name = "source_programs",
    type = "boolean",
    default = true,
    help = "Run `pdftotext` on PDF sources, and `pandoc`, `w3m` or `lynx` on HTML ones, when you ask "
      .. "for what they say.",
  },
  {
    name = "jump",
    type = "string",
    default = "same",
    choices = { "same", "split", "vsplit", "tab", "float" },
    help = "Where `:Galley source`, `gd` and the map open a source: in the same window, a window "
      .. "split off, a tab page or a floating window.",
  },
  {
    name = "jump_keys",
    type = "boolean",
    default = true,
    help = "In annotated buffers, let CTRL-] and `gd` go to the source of what is under the cursor, "
      .. "and where there is none do what they always do. A 'tagfunc' or a map of `gd` that is "
      .. "there already stays.",
  },
}

--- @type table<string, galley.Option>
local by_name = {}
for _, option in ipairs(M.schema) do
  by_name[option.name] = option
end

--- @type galley.Settings?
local settings
--- @type string[]
local problems = {}
--- @type table?
local given_to_setup

--- How many characters must be put in, left out or changed to turn `a` into `b`.
--- @param a string
--- @param b string
--- @return integer
local function distance(a, b)
  local row = {}
  for j = 0, #b do
    row[j] = j
  end
  for i = 1, #a do
    local diagonal = row[0]
    row[0] = i
    for j = 1, #b do
      local change = diagonal + (a:byte(i) == b:byte(j) and 0 or 1)
      diagonal = row[j]
      row[j] = math.min(change, row[j] + 1, row[j - 1] + 1)
    end
  end
  return row[#b]
end

--- The choice that is most like `word`, or nil when none is much like it.
--- @param word string
--- @param choices string[]
--- @return string?
function M.nearest(word, choices)
  local best, best_distance
  for _, choice in ipairs(choices) do
    local most = math.max(2, math.floor(#choice / 2))
    -- Of another length it is not alike: a word of any length costs no more than a short one.
    if math.abs(#word - #choice) <= most then
      local d = distance(word:lower(), choice)
      if d <= most and (not best_distance or d < best_distance) then
        best, best_distance = choice, d
      end
    end
  end
  return best
end

--- @param word string
--- @param choices string[]
--- @return string
local function suggestion(word, choices)
  local near = M.nearest(word, choices)
  return near and (" (did you mean `%s`?)"):format(near)
    or (" (one of: %s)"):format(table.concat(choices, ", "))
end

--- @param value any
--- @return boolean
local function is_string_list(value)
  if not vim.islist(value) then
    return false
  end
  for _, item in ipairs(value) do
    if type(item) ~= "string" then
      return false
    end
  end
  return true
end

--- What is wrong with the severities of checks, or nil.
--- @param value any
--- @return string?
local function problem_with_checks(value)
  if type(value) ~= "table" or vim.islist(value) and #value > 0 then
    return 'must be a table such as { ["word-doubled"] = "off" }'
  end
  local severities = { "off", "hint", "info", "warn", "error" }
  local ids = require("galley.check.rows").ids()
  local names = vim.tbl_keys(value)
  table.sort(names, function(a, b)
    return tostring(a) < tostring(b)
  end)
  for _, name in ipairs(names) do
    local severity = value[name]
    -- Without the C module the checks are not known; that is reported elsewhere.
    if ids and not vim.tbl_contains(ids, name) then
      return ("holds an unknown check `%s`%s"):format(
        tostring(name),
        suggestion(tostring(name), ids)
      )
    elseif type(severity) ~= "boolean" and not vim.tbl_contains(severities, severity) then
      return ("has `%s` for `%s`, which must be one of: %s, true, false"):format(
        tostring(severity),
        name,
        table.concat(severities, ", ")
      )
    end
  end
end

--- What is wrong with a value, or nil.
--- @param option galley.Option
--- @param value any
--- @return string?
local function problem_with(option, value)
  if option.type == "boolean" then
    return type(value) ~= "boolean" and "must be true or false" or nil
  elseif option.type == "integer" then
    if type(value) ~= "number" or value ~= math.floor(value) then
      return "must be a whole number"
    end
    if value < option.minimum or value > option.maximum then
      return ("must be between %d and %d"):format(option.minimum, option.maximum)
    end
    return nil
  end
  if option.type == "string" then
    if type(value) ~= "string" then
      return "must be a string"
    end
    local known = not option.choices or vim.tbl_contains(option.choices, value)
    return not known and ("must be one of: %s"):format(table.concat(option.choices, ", ")) or nil
  end
  if option.type == "checks" then
    return problem_with_checks(value)
  end
  if not is_string_list(value) then
    return "must be a list of strings"
  end
  if option.type == "kind[]" then
    local kinds = require("galley.kinds").names()
    for _, name in ipairs(value) do
      -- Without the C module the kinds are not known; that is reported elsewhere.
      if kinds and not vim.tbl_contains(kinds, name) then
        return ("holds an unknown kind `%s`%s"):format(name, suggestion(name, kinds))
      end
    end
  end
end

--- Takes over what is valid of `given` and notes the rest as problems.
--- @param into table
--- @param given any
--- @param origin string
local function merge(into, given, origin)
  if type(given) == "function" then
    local ok, result = pcall(given)
    if not ok then
      problems[#problems + 1] = ("%s: the function failed: %s"):format(origin, tostring(result))
      return
    end
    given = result
  end
  if given == nil then
    return
  end
  if type(given) ~= "table" then
    problems[#problems + 1] = ("%s: must be a table, or a function that gives one"):format(origin)
    return
  end
  local keys = vim.tbl_keys(given)
  table.sort(keys, function(a, b)
    return tostring(a) < tostring(b)
  end)
  for _, key in ipairs(keys) do
    local option = by_name[key]
    if not option then
      local near = suggestion(tostring(key), vim.tbl_keys(by_name))
      if not M.nearest(tostring(key), vim.tbl_keys(by_name)) then
        near = " (see :help galley-options)"
      end
      problems[#problems + 1] = ("%s: unknown option `%s`%s"):format(origin, tostring(key), near)
    else
      local problem = problem_with(option, given[key])
      if problem then
        problems[#problems + 1] = ("%s: option `%s` %s; its default is used"):format(
          origin,
          key,
          problem
        )
      else
        into[key] = vim.deepcopy(given[key])
      end
    end
  end
end

--- @return galley.Settings
function M.defaults()
  local result = {}
  for _, option in ipairs(M.schema) do
    result[option.name] = vim.deepcopy(option.default)
  end
  return result
end

--- The settings in force: the defaults, over them vim.g.galley, over that what setup() was given.
--- Read once; problems are reported once.
--- @return galley.Settings
function M.get()
  if settings then
    return settings
  end
  problems = {}
  local result = M.defaults()
  merge(result, vim.g.galley, "vim.g.galley")
  merge(result, given_to_setup, "setup()")
  settings = result
  if #problems > 0 then
    local message = "galley: " .. table.concat(problems, "\ngalley: ")
    vim.schedule(function()
      require("galley.message").say(message)
    end)
  end
  return result
end

--- Makes the next get() read everything again, with `opts` as what setup() was given.
--- @param opts? galley.Config|fun():galley.Config
function M.set(opts)
  given_to_setup = opts
  settings = nil
end

--- What was wrong with the user's settings.
--- @return string[]
function M.problems()
  M.get()
  return problems
end

return M
