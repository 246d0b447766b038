-- :Galley: finds the subcommand, checks its arguments, completes them.

local config = require("galley.config")
local say = require("galley.message").say

local M = {}

--- What a subcommand is given besides its first argument.
--- @class galley.Call
--- @field bang boolean
--- @field args string[] the arguments, the subcommand's name left out
--- @field rest string the same as it was typed
--- @field count integer -1 without one
--- @field first integer first line of the range, from 1; the cursor's without a range
--- @field last integer last line of the range
--- @field mods table as nvim_parse_cmd gives them

--- @class galley.Subcommand
--- @field name string
--- @field usage string as the help shows it
--- @field help string
--- @field run fun(argument?: string, bang: boolean, call: galley.Call)
--- @field complete? fun(lead: string, args: string[]): string[] choices for the next argument, `args` before it
--- @field most? integer how many arguments it takes; by default 1 with `complete`, else 0; -1 any text

--- Modules with the rows, a topic each, in the order that the help shows them.
local TOPICS = { "buffer", "entity", "overview", "ledger", "check", "source" }

--- @type galley.Subcommand[]
M.subcommands = {}
for _, topic in ipairs(TOPICS) do
  vim.list_extend(M.subcommands, require("galley.command." .. topic))
end

--- @return string[]
local function names()
  return vim.tbl_map(function(subcommand)
    return subcommand.name
  end, M.subcommands)
end

--- @param name string
--- @return galley.Subcommand?
local function find(name)
  for _, subcommand in ipairs(M.subcommands) do
    if subcommand.name == name then
      return subcommand
    end
  end
end

--- Runs `:Galley ...`.
--- @param command vim.api.keyset.create_user_command.command_args
function M.run(command)
  local name, argument = command.fargs[1], command.fargs[2]
  local bang = command.bang or name:sub(-1) == "!"
  name = name:gsub("!$", "")
  local subcommand = find(name)
  if not subcommand then
    local near = config.nearest(name, names())
    say(
      ("galley: unknown command `%s` (%s)"):format(
        name,
        near and ("did you mean `%s`?"):format(near) or table.concat(names(), ", ")
      ),
      vim.log.levels.ERROR
    )
    return
  end
  local most = subcommand.most or (subcommand.complete and 1 or 0)
  if most >= 0 and #command.fargs - 1 > most then
    say(("galley: usage: :Galley %s"):format(subcommand.usage), vim.log.levels.ERROR)
    return
  end
  subcommand.run(argument, bang, {
    bang = bang,
    args = vim.list_slice(command.fargs, 2),
    rest = vim.trim(command.args:gsub("^%S+", "", 1)),
    count = command.range > 0 and command.count or -1,
    first = command.line1,
    last = command.line2,
    mods = command.smods,
  })
end

--- Completes `:Galley ...`.
--- @param lead string
--- @param line string
--- @return string[]
function M.complete(lead, line)
  local words = vim.split(vim.trim(line:gsub("^.-Galley!?", "", 1)), "%s+", { trimempty = true })
  local index = #words + (lead == "" and 1 or 0)
  local choices = {}
  if index <= 1 then
    choices = names()
  else
    local subcommand = find((words[1]:gsub("!$", "")))
    local most = subcommand and (subcommand.most or 1) or 0
    if subcommand and subcommand.complete and (most < 0 or index - 1 <= most) then
      choices = subcommand.complete(lead, vim.list_slice(words, 2, index - 1))
    end
  end
  return vim.tbl_filter(function(choice)
    return vim.startswith(choice, lead)
  end, choices)
end

return M
