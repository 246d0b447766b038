-- :Galley commands on the buffer as a whole.

local say = require("galley.message").say

--- Sets or shows the document date.
--- @param iso? string
local function set_date(iso)
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

--- @type galley.Subcommand[]
return {
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
    name = "date",
    usage = "date [YYYY-MM-DD|none]",
    help = "State the article's date, from which words such as “yesterday” are counted; `none` "
      .. "reads it from the text again. Without an argument, show the date in force and where it "
      .. "comes from.",
    run = function(iso)
      set_date(iso)
    end,
    complete = function()
      return { "none" }
    end,
  },
  {
    name = "tree",
    usage = "tree",
    help = "Show the tree that galley's grammar makes of the buffer, as |:InspectTree| does; needs "
      .. "`make parser`, see |galley-grammar|.",
    run = function()
      local fine, message = require("galley.grammar").load()
      if not fine then
        say(message)
        return
      end
      vim.treesitter.inspect_tree({ lang = "article" })
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
