-- :Galley commands that list what is in the article.

local say = require("galley.message").say

--- @param what string
--- @param count? integer
--- @param message? string
local function tell(what, count, message)
  say(message or (count == 0 and ("galley: no %s found"):format(what) or nil))
end

--- @type galley.Subcommand[]
return {
  {
    name = "list",
    usage = "list [kind]",
    help = "List what is marked in the location list, each with its value, speaker or type; of one "
      .. "kind or of all.",
    run = function(kind)
      tell("spans", require("galley.overview").list(kind))
    end,
    complete = function()
      return require("galley.kinds").names() or {}
    end,
  },
  {
    name = "timeline",
    usage = "timeline",
    help = "List the dates of the article in the order of their days.",
    run = function()
      tell("dates", require("galley.overview").timeline())
    end,
  },
  {
    name = "stats",
    usage = "stats",
    help = "List who is named most, who is quoted with most words, and the figures by their status "
      .. "in the ledger.",
    run = function()
      tell("spans", require("galley.overview").stats())
    end,
  },
}
