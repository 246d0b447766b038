-- What the article names: :Galley entities, :Galley add, :Galley not-a-name.

local api = vim.api
local buffers = require("galley.buffer")

local M = {}

--- Something that the article names.
--- @class galley.Entity
--- @field entity integer id, the same in galley.Span
--- @field name string its longest clear mention
--- @field type "person"|"organization"|"place"|"other"
--- @field subtype? string for example "city", "company", "demonym"
--- @field gender? "m"|"f"
--- @field count integer mentions
--- @field row integer of the first mention
--- @field col integer
--- @field related? integer of a demonym: the country's id

--- The name under the cursor: the entity there, else the word.
--- @param doc table
--- @return string
local function name_here(doc)
  local cursor = api.nvim_win_get_cursor(0)
  local mask = require("galley.kinds").mask({ "entity" })
  local span = doc:span_at(cursor[1] - 1, cursor[2], mask)
  if span then
    return span.text
  end
  local found, word = pcall(vim.fn.expand, "<cword>")
  return found and word or "" -- no word under the cursor is an error for Vim
end

--- The first mention that spells out what a place names in short: of a surname the full name, of an
--- acronym its expansion.
--- @param doc table
--- @param row integer
--- @param col integer
--- @return galley.Span? mention nil: no name here, or it is spelled out here already
function M.full_mention(doc, row, col)
  local equal = require("galley.name_form").equal
  local mask = require("galley.kinds").mask({ "entity" })
  local here = doc:span_at(row, col, mask)
  if not here or not here.entity or equal(here.text, here.name or here.text) then
    return nil
  end
  for _, span in ipairs(doc:spans(0, -1, mask)) do
    if span.entity == here.entity and equal(span.text, here.name) then
      return span
    end
  end
end

--- Adds the name under the cursor to the project's names.
--- @param type string
--- @return string? message what was done
--- @return string? problem
function M.add(type)
  local names = require("galley.names")
  local buf = api.nvim_get_current_buf()
  if not vim.tbl_contains(names.TYPES, type) then
    return nil, "galley: a name is one of " .. table.concat(names.TYPES, ", ")
  end
  -- Beside what is no article, such as a page of help, nothing is to be written.
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  local name = name_here(doc)
  local path, problem = names.add(buf, name, type)
  if not path then
    return nil, problem
  end
  local what = type == "none" and "no name" or type
  return ("galley: %s: %s (%s)"):format(name, what, vim.fn.fnamemodify(path, ":~:."))
end

--- @param entity galley.Entity
--- @return string
local function describe(entity)
  local type = entity.subtype and ("%s, %s"):format(entity.type, entity.subtype) or entity.type
  local mentions = entity.count == 1 and "once" or ("%d times"):format(entity.count)
  return ("%s (%s), %s"):format(require("galley.name_form").clean(entity.name), type, mentions)
end

--- Lists what the article names in the location list, most mentioned first.
--- @return integer? count
--- @return string? message
function M.list()
  local buf = api.nvim_get_current_buf()
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  local entities = doc:entities()
  table.sort(entities, function(a, b)
    if a.count ~= b.count then
      return a.count > b.count
    end
    return a.entity < b.entity
  end)
  local items = vim.tbl_map(function(entity)
    return { row = entity.row, col = entity.col, text = describe(entity) }
  end, entities)
  require("galley.list").open(buf, "Entities", items)
  return #items
end

return M
