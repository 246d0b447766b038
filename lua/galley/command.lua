-- :Galley and what starts by itself.

local api = vim.api
local buffers = require("galley.buffer")
local config = require("galley.config")

local M = {}

--- @param message? string
--- @param level? integer
local function say(message, level)
  if message then
    vim.notify(message, level or vim.log.levels.WARN)
  end
end

--- @class galley.Subcommand
--- @field name string
--- @field usage string as the help shows it
--- @field help string
--- @field run fun(argument?: string, bang: boolean)
--- @field complete? fun(): string[]

--- @type galley.Subcommand[]
M.subcommands = {
  {
    name = "attach",
    usage = "attach[!]",
    help = "Annotate the current buffer, whatever its file type. With ! also when it is larger "
      .. "than `size_limit`.",
    run = function(_, bang)
      local _, message = require("galley").attach(0, { force = bang })
      say(message)
    end,
  },
  {
    name = "detach",
    usage = "detach",
    help = "Take the annotations off the current buffer.",
    run = function()
      if not require("galley").detach(0) then
        say("galley: the buffer is not annotated")
      end
    end,
  },
  {
    name = "toggle",
    usage = "toggle [kind]",
    help = "Show or hide one kind of span in the current buffer; without a kind, attach or detach.",
    run = function(kind)
      local shown, message = require("galley").toggle(kind, 0)
      say(message)
      if kind and shown ~= nil then
        say(("galley: %s %s"):format(kind, shown and "shown" or "hidden"), vim.log.levels.INFO)
      end
    end,
    complete = function()
      return require("galley.kinds").names() or {}
    end,
  },
  {
    name = "inspect",
    usage = "inspect",
    help = "Show what the span under the cursor is: kind, type, value, rule, range. Again: move "
      .. "into the window.",
    run = function()
      require("galley.inspect").open()
    end,
  },
  {
    name = "entities",
    usage = "entities",
    help = "List what the article names in the location list: type, mentions, where it is first "
      .. "named.",
    run = function()
      local count, message = require("galley.entity").list()
      say(message or (count == 0 and "galley: no names found" or nil))
    end,
  },
  {
    name = "add",
    usage = "add {person|organization|place|other}",
    help = "Add the name under the cursor to the project's `galley.names`; see |galley-names|.",
    run = function(type)
      M.add_name(type or "")
    end,
    complete = function()
      return { "person", "organization", "place", "other" }
    end,
  },
  {
    name = "not-a-name",
    usage = "not-a-name",
    help = "Say that what is under the cursor is no name, in the project's `galley.names`.",
    run = function()
      M.add_name("none")
    end,
  },
  {
    name = "date",
    usage = "date [YYYY-MM-DD|none]",
    help = "State the article's date, from which words such as “yesterday” are counted; `none` "
      .. "reads it from the text again. Without an argument, show the date in force and where it "
      .. "comes from.",
    run = function(iso)
      M.date(iso)
    end,
    complete = function()
      return { "none" }
    end,
  },
  {
    name = "health",
    usage = "health",
    help = "Run `:checkhealth galley`.",
    run = function()
      vim.cmd.checkhealth("galley")
    end,
  },
}

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

--- Adds the name under the cursor to the user's names.
--- @param type string
function M.add_name(type)
  local done, problem = require("galley.entity").add(type)
  if done then
    say(done, vim.log.levels.INFO)
  else
    say(problem)
  end
end

--- Sets or shows the document date.
--- @param iso? string
function M.date(iso)
  local galley = require("galley")
  if iso then
    local ok, message = galley.set_date(0, iso ~= "none" and iso or nil)
    if not ok then
      say(message)
      return
    end
  end
  local date, origin = galley.get_date(0)
  if date then
    say(("galley: %s (%s)"):format(date, origin), vim.log.levels.INFO)
  elseif galley.is_attached(0) then
    say("galley: no date known; `:Galley date YYYY-MM-DD` states it", vim.log.levels.INFO)
  else
    say(origin)
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
  if #command.fargs > 2 or (argument and not subcommand.complete) then
    say(("galley: usage: :Galley %s"):format(subcommand.usage), vim.log.levels.ERROR)
    return
  end
  subcommand.run(argument, bang)
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
  elseif index == 2 then
    local subcommand = find((words[1]:gsub("!$", "")))
    choices = subcommand and subcommand.complete and subcommand.complete() or {}
  end
  return vim.tbl_filter(function(choice)
    return vim.startswith(choice, lead)
  end, choices)
end

local reported = {} --- @type table<string, boolean> messages that nobody asked for come once

--- Answers FileType: annotates the buffer if its file type is one of the chosen.
--- @param buf integer
function M.on_filetype(buf)
  local settings = config.get()
  local chosen = settings.auto_attach
    and vim.bo[buf].buftype == ""
    and vim.tbl_contains(settings.filetypes, vim.bo[buf].filetype)
  local state = buffers.attached[buf]
  if not chosen then
    if state and not state.manual then
      buffers.detach(buf)
    end
    return
  end
  if state or buffers.disabled(buf) then
    return
  end
  local _, message = buffers.attach(buf)
  if message and not reported[message] then
    reported[message] = true
    -- Not during start-up, where it would be lost under the first screen.
    vim.schedule(function()
      say(message)
    end)
  end
end

--- Annotates the buffers that were open before the plugin or its settings came.
function M.attach_open_buffers()
  for _, buf in ipairs(api.nvim_list_bufs()) do
    if api.nvim_buf_is_loaded(buf) and vim.bo[buf].filetype ~= "" then
      M.on_filetype(buf)
    end
  end
end

return M
