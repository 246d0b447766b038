-- :Galley commands on the ledger.

local say = require("galley.message").say

--- A subcommand that gives the fact under the cursor a status.
--- @param name string
--- @param status galley.ledger.Status
--- @param help string
--- @return galley.Subcommand
local function tick(name, status, help)
  return {
    name = name,
    usage = name .. (status == "open" and "[!]" or "[!] [note]"),
    help = help,
    most = status == "open" and 0 or -1,
    run = function(_, bang, call)
      require("galley.ledger.tick").run(status, call.rest, bang)
    end,
  }
end

--- @return string[]
local function kinds()
  return require("galley.ledger.facts").KINDS
end

--- A subcommand that goes to an open fact.
--- @param name string
--- @param direction integer
--- @param help string
--- @return galley.Subcommand
local function go(name, direction, help)
  return {
    name = name,
    usage = name .. " [kind]",
    help = help,
    run = function(kind, _, call)
      say(require("galley.ledger.motion").go(direction, math.max(1, call.count), kind))
    end,
    complete = kinds,
  }
end

--- The format and the file of an export or import; a file's name may have blanks.
--- @param rest string
--- @return string? format
--- @return string? path
local function format_and_path(rest)
  local format, path = rest:match("^(%S+)%s+(.-)%s*$")
  return format, path ~= "" and path or nil
end

--- @param formats string[]
--- @return fun(lead: string, args: string[]): string[]
local function completes(formats)
  return function(lead, args)
    return #args == 0 and formats or vim.fn.getcompletion(lead, "file")
  end
end

--- @type galley.Subcommand[]
return {
  tick(
    "verify",
    "verified",
    "Tick off the figure, quote, date or name under the cursor: somebody has seen that it is so. The "
      .. "note is free text; where a source says so is noted by itself. When others in the article "
      .. "say the same, they are offered too; with ! all are taken. See |galley-ledger|."
  ),
  tick(
    "query",
    "queried",
    "Mark the fact under the cursor as in question. With ! all that say the same."
  ),
  tick("wrong", "wrong", "Mark the fact under the cursor as wrong. With ! all that say the same."),
  tick(
    "waive",
    "waived",
    "Say that the fact under the cursor need not be looked up. With ! all that say the same."
  ),
  tick(
    "reopen",
    "open",
    "Take back what the ledger says of the fact under the cursor. With ! of all that say the same."
  ),
  {
    name = "review",
    usage = "review[!] [kind]",
    help = "List the facts that are open or stale in the location list, by kind, and ticks whose "
      .. "facts are gone; then claims: superlatives, words that age, gaps in a numbering. With ! all "
      .. "facts with their status.",
    run = function(kind, bang)
      local count, message = require("galley.ledger.review").list(kind, bang)
      say(message)
      if count == 0 then
        local what = kind == "claim" and "no claim found" or "no fact is open"
        say("galley: " .. what, vim.log.levels.INFO)
      end
    end,
    complete = function(...)
      return vim.list_extend({ "claim" }, kinds(...))
    end,
  },
  go(
    "next",
    1,
    "Go to the next fact that is open or stale, of any kind or of one; with a count to the "
      .. "count-th. At the end it goes on as 'wrapscan' says."
  ),
  go("previous", -1, "Go to the fact before the cursor that is open or stale, as |:Galley-next|."),
  {
    name = "export",
    usage = "export[!] {csv|brat|claimreview} {file}",
    help = "Write the facts and what the ledger says of them: a table, annotations of brat, or a "
      .. "list of schema.org's ClaimReview for judged figures and quotes. A file that is there "
      .. "stays unless there is a !.",
    most = -1,
    run = function(_, bang, call)
      local format, path = format_and_path(call.rest)
      if not format or not path then
        return say("galley: usage: :Galley export {csv|brat|claimreview} {file}")
      end
      local ok, message = require("galley.ledger.export").run(0, format, path, bang)
      say(message)
      if ok then
        say("galley: written to " .. path, vim.log.levels.INFO)
      end
    end,
    complete = completes({ "csv", "brat", "claimreview" }),
  },
  {
    name = "import",
    usage = "import {brat|hypothesis} {file}",
    help = "Take into the ledger what others have said of the article: annotations of brat with a "
      .. "Status or a note, or of Hypothes.is (JSON), where a tag may name the status. Without a "
      .. "status they are queries. Importing again takes only what is new.",
    most = -1,
    run = function(_, _, call)
      local format, path = format_and_path(call.rest)
      if not format or not path then
        return say("galley: usage: :Galley import {brat|hypothesis} {file}")
      end
      local count, message = require("galley.ledger.import").run(0, format, path)
      say(message)
      if count then
        say(("galley: %d new in the ledger"):format(count), vim.log.levels.INFO)
      end
    end,
    complete = completes({ "brat", "hypothesis" }),
  },
}
