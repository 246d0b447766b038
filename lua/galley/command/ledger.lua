-- :Galley commands on the ledger.

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
}
