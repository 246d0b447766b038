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
}
