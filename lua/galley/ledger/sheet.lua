-- The facts of an article with what the ledger says of each: what exports are made from.

local buffers = require("galley.buffer")
local facts = require("galley.ledger.facts")
local ledger = require("galley.ledger")
local state_of = require("galley.ledger.state")

local M = {}

--- @class galley.ledger.Fact
--- @field span galley.Span
--- @field status galley.ledger.Status
--- @field stale boolean
--- @field entry? galley.ledger.Entry

--- @class galley.ledger.Sheet
--- @field article string name of the article's file
--- @field text string of the article
--- @field doc table
--- @field facts galley.ledger.Fact[] in text order
--- @field orphans galley.ledger.Entry[]

--- @param buf? integer
--- @return galley.ledger.Sheet? sheet
--- @return string? message
function M.read(buf)
  buf = buffers.number(buf)
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  local state = state_of.locate_all(state_of.get(buf))
  local list = {}
  for index, span in ipairs(facts.list(doc)) do
    local status, stale, entry = ledger.status(buf, span)
    list[index] = { span = span, status = status, stale = stale, entry = entry }
  end
  return {
    article = vim.fs.basename(vim.api.nvim_buf_get_name(buf)),
    text = doc:text(),
    doc = doc,
    facts = list,
    orphans = state.orphans,
  }
end

return M
