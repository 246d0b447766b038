-- :Galley commands on sources.

local say = require("galley.message").say

local PLACES = { "same", "split", "vsplit", "tab", "float" }

--- @param how? string
--- @param bang boolean
local function go(how, bang)
  if how and not vim.tbl_contains(PLACES, how) then
    say("galley: a source opens in one of " .. table.concat(PLACES, ", "))
    return
  end
  require("galley.source.jump").go({ how = how, all = bang })
end

--- @type galley.Subcommand[]
return {
  {
    name = "source",
    usage = "source[!] [same|split|vsplit|tab|float]",
    help = "Go to where a source says what is under the cursor: a figure, quote, date or name; from "
      .. "a citation, to what it cites. CTRL-O comes back. When several places are as good, choose "
      .. "one; with ! choose from all. See |galley-sources|.",
    run = go,
    complete = function()
      return PLACES
    end,
  },
  {
    name = "peek",
    usage = "peek",
    help = "Show that place in a floating window: what the source says, where, how it compares and "
      .. "why. Again: move into the window; `q` or <Esc> closes it.",
    run = function()
      require("galley.source.peek").open()
    end,
  },
  {
    name = "backlinks",
    usage = "backlinks",
    help = "In a source: list in the location list what the open articles take from this line, or "
      .. "from the lines of the range. With one place only, go there.",
    run = function(_, _, call)
      require("galley.source.backlink").go(call.first, call.last)
    end,
  },
  {
    name = "sources",
    usage = "sources",
    help = "List the sources of the article in the location list: format, and what is wrong with "
      .. "those that cannot be read.",
    run = function()
      require("galley.source.list").open()
    end,
  },
  {
    name = "cancel",
    usage = "cancel",
    help = "Stop reading the sources of the article. The next question reads on.",
    run = function()
      local count = require("galley.source").cancel(0)
      if count == 0 then
        say("galley: no source is being read", vim.log.levels.INFO)
      end
    end,
  },
}
