-- :Galley commands on names.

local say = require("galley.message").say

--- Adds the name under the cursor to the user's names.
--- @param type string
local function add_name(type)
  local done, problem = require("galley.entity").add(type)
  if done then
    say(done, vim.log.levels.INFO)
  else
    say(problem)
  end
end

--- Renames what is under the cursor; without a name, asks for it.
--- @param new string
--- @param force boolean
local function rename(new, force)
  if new == "" then
    say(require("galley.rename").ask(function(answer)
      vim.cmd.redraw() -- else the message would come below the prompt and ask for ENTER
      rename(answer, force)
    end))
    return
  end
  local done, problem = require("galley.rename").rename(new, force)
  if done then
    say(done, vim.log.levels.INFO)
  else
    say(problem)
  end
end

--- @type galley.Subcommand[]
return {
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
      add_name(type or "")
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
      add_name("none")
    end,
  },
  {
    name = "rename",
    usage = "rename[!] [NEW NAME]",
    help = "Give what is named under the cursor another name through the article: full name for "
      .. "full name, surname for surname, capitals where a headline has them, an acronym where the "
      .. "article explains it. Without a name, ask for it. Nothing is changed where it is not clear "
      .. "who is meant, unless ! is given. One undo takes all of it back.",
    most = -1,
    run = function(_, bang, call)
      rename(call.rest, bang)
    end,
  },
  {
    name = "speakers",
    usage = "speakers",
    help = "List in the location list who is quoted, with the number of quotes and of words, and "
      .. "under each speaker the quotes.",
    run = function()
      local count, message = require("galley.speaker").list()
      say(message or (count == 0 and "galley: no quotes found" or nil))
    end,
  },
}
