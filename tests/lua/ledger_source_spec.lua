-- Verified facts and the sources that they rest on.

vim.cmd.runtime("plugin/galley.lua")
local evidence = require("galley.ledger.evidence")
local galley = require("galley")
local ledger = require("galley.ledger")
local sources = require("galley.source")

describe("a verified fact", function()
  local folder, file

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder .. "/sources", "p")
    file = folder .. "/vote.md"
    vim.fn.writefile({ "In all, 476 members voted in Norrvik.", "", "Another 12 were ill." }, file)
    vim.fn.writefile(
      { "Minutes", "", "There were 476 members who voted in Norrvik.", "It rained." },
      folder .. "/sources/minutes.txt"
    )
    vim.cmd.edit(file)
    galley.attach(0)
    assert.is_true(sources.wait(0))
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.fn.delete(folder, "rf")
  end)

  local function status(col)
    local now, stale, entry = ledger.status(0, galley.span_at(0, 0, col))
    return now .. (stale and " stale" or ""), entry
  end

  --- Writes the source anew; its time is always another one.
  local function rewrite(lines)
    vim.fn.delete(folder .. "/sources/minutes.txt")
    if lines then
      vim.fn.writefile(lines, folder .. "/sources/minutes.txt")
    end
    vim.api.nvim_exec_autocmds("FocusGained", {})
  end

  it("notes where a source says so", function()
    assert(ledger.set(0, 0, 8, "verified"))
    local _, entry = status(8)
    assert.are.equal("sources/minutes.txt", entry.source.path)
    assert.are.equal(2, entry.source.row)
    assert.are.equal(
      evidence.digest("There were  476 members who voted in Norrvik.\r"),
      entry.source.digest
    )
    local line = vim.fn.readfile(file .. ".galley.jsonl")[1]
    assert.has.match('"source":"sources/minutes.txt","selector":{"type":"FragmentSelector"', line)
    -- Nothing says this one.
    assert(ledger.set(0, 2, 8, "verified"))
    local _, _, other = ledger.status(0, galley.span_at(0, 2, 8))
    assert.is_nil(other.source)
  end)

  it("is stale when the line of its source changes, not when it moves", function()
    assert(ledger.set(0, 0, 8, "verified"))
    rewrite({ "More", "Minutes", "", "There were 476 members who voted in Norrvik.", "It rained." })
    assert.are.equal("verified", (status(8)))
    rewrite({ "Minutes", "", "There were 467 members who voted in Norrvik.", "It rained." })
    assert.are.equal("verified stale", (status(8)))
    local lines = require("galley.inspect").lines(galley.span_at(0, 0, 8), vim.fn.bufnr())
    assert.has.match("stale: its source has changed", table.concat(lines, "\n"))
    rewrite({ "Minutes", "", "There were 476 members who voted in Norrvik.", "It rained." })
    assert.are.equal("verified", (status(8)))
  end)

  it("is stale when its source is gone", function()
    assert(ledger.set(0, 0, 8, "verified"))
    rewrite(nil)
    assert.are.equal("verified stale", (status(8)))
  end)

  it("keeps a source that the caller names", function()
    assert(
      ledger.set(0, 0, 8, "verified", nil, { source = { path = "a letter", locator = "p. 2" } })
    )
    local now, entry = status(8)
    assert.are.equal("verified", now)
    assert.are.equal("p. 2", entry.source.locator)
    assert(ledger.set(0, 0, 8, "verified", nil, { source = false }))
    local _, later = status(8)
    assert.is_nil(later.source)
  end)
end)
