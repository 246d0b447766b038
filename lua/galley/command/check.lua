-- :Galley commands on what the checks find.

local say = require("galley.message").say
local visible = require("galley.visible").line

--- Asks which of several things is meant, and goes on with it.
--- @param items table[]
--- @param prompt string
--- @param label fun(item: table): string
--- @param go_on fun(item: table)
local function choose(items, prompt, label, go_on)
  vim.ui.select(items, {
    prompt = prompt,
    kind = "galley.check",
    format_item = function(item)
      return visible(label(item))
    end,
  }, function(item)
    if item then
      go_on(item)
    end
  end)
end

local function repair()
  local check = require("galley.check")
  local repairs, message = check.repairs(0)
  if not repairs then
    say(message)
  elseif #repairs == 0 then
    local found = check.near(0)
    say(
      found and #found > 0 and "galley: no repair is known for this"
        or "galley: nothing is wrong here",
      vim.log.levels.INFO
    )
  else
    local buf = vim.api.nvim_get_current_buf()
    choose(repairs, "Repair", function(item)
      return item.title
    end, function(item)
      local _, problem = check.apply(buf, item)
      say(problem)
    end)
  end
end

--- @param reason string
local function waive(reason)
  local check = require("galley.check")
  local buf = vim.api.nvim_get_current_buf()
  local findings, message = check.near(buf)
  if not findings then
    say(message)
    return
  elseif #findings == 0 then
    say("galley: nothing to waive here", vim.log.levels.INFO)
    return
  elseif reason == "" then
    say("galley: say why: `:Galley waive-finding REASON`", vim.log.levels.ERROR)
    return
  end
  local function go_on(finding)
    local ok, problem = check.waive(buf, finding, reason)
    say(
      ok and ("galley: waived: %s"):format(visible(finding.message)) or problem,
      not ok and vim.log.levels.WARN or vim.log.levels.INFO
    )
  end
  if #findings == 1 then
    go_on(findings[1])
  else
    choose(findings, "Waive", function(finding)
      return finding.message
    end, go_on)
  end
end

local function list()
  local buf = vim.api.nvim_get_current_buf()
  local findings, message = require("galley.check").findings(buf)
  if not findings then
    say(message)
  elseif #findings == 0 then
    say("galley: nothing found", vim.log.levels.INFO)
  else
    require("galley.check.diagnostic").publish(buf)
    local items = vim.tbl_map(function(finding)
      return {
        row = finding.start_row,
        col = finding.start_col,
        end_row = finding.end_row,
        end_col = finding.end_col,
        text = ("%-5s %s [%s]"):format(finding.severity, finding.message, finding.check),
      }
    end, findings)
    require("galley.list").open(buf, "Galley checks", items)
  end
end

--- @type galley.Subcommand[]
return {
  {
    name = "check",
    usage = "check",
    help = "List what the checks find in the location list; see |galley-fact-checks|.",
    run = list,
  },
  {
    name = "repair",
    usage = "repair",
    help = "Offer the repairs of the finding under the cursor, or of those in its line, and apply "
      .. "the chosen one. |u| takes it back.",
    run = repair,
  },
  {
    name = "waive-finding",
    usage = "waive-finding {reason}",
    help = "Accept the finding under the cursor for good: it is kept in the ledger with the reason, "
      .. "and comes back when one of its figures or words changes.",
    run = function(_, _, call)
      waive(call.rest)
    end,
    most = -1,
  },
}
