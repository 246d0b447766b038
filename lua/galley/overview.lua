-- What is in an article, as lists to jump from: :Galley list, :Galley timeline, :Galley stats.

local api = vim.api
local buffers = require("galley.buffer")
local describe = require("galley.item")
local form = require("galley.name_form")
local kinds = require("galley.kinds")
local list = require("galley.list")
local visible = require("galley.visible")

local M = {}

local TOP = 10 -- of each thing in the statistics

--- @param span galley.Span
--- @param text string
--- @return galley.ListItem
local function item(span, text)
  return {
    row = span.start_row,
    col = span.start_col,
    end_row = span.end_row,
    end_col = span.end_col,
    text = text,
  }
end

--- The spans of the current buffer.
--- @param names? string[] kinds, default all
--- @return galley.Span[]? spans
--- @return string? message
local function spans_of(names)
  local doc, message = buffers.document(0)
  local mask
  if doc then
    mask, message = kinds.mask(names)
  end
  if not doc or not mask then
    return nil, message
  end
  return doc:spans(0, -1, kinds.wanted(mask))
end

--- Lists what is marked, each with what is known of it.
--- @param kind? string
--- @return integer? count
--- @return string? message
function M.list(kind)
  local spans, message = spans_of(kind and { kind })
  if not spans then
    return nil, message
  end
  local items = {}
  for _, span in ipairs(spans) do
    table.insert(items, item(span, describe.line(span, kind ~= nil)))
  end
  list.open(api.nvim_get_current_buf(), kind and "Article: " .. kind or "Article", items)
  return #items
end

--- Lists the days that the article speaks of in their order.
--- @return integer? count
--- @return string? message
function M.timeline()
  local spans, message = spans_of({ "date" })
  if not spans then
    return nil, message
  end
  local dated = vim.tbl_filter(function(span)
    return span.first_day ~= nil and span.last_day ~= nil
  end, spans)
  table.sort(dated, function(a, b)
    if a.first_day ~= b.first_day then
      return a.first_day < b.first_day
    elseif a.last_day ~= b.last_day then
      return a.last_day < b.last_day
    end
    return a.start < b.start
  end)
  local items = vim.tbl_map(function(span)
    local days = span.first_day == span.last_day and span.first_day
      or ("%s to %s"):format(span.first_day, span.last_day)
    return item(span, ("%-25s %s"):format(days, visible.line(span.text, 200)))
  end, dated)
  list.open(api.nvim_get_current_buf(), "Timeline", items)
  return #items
end

--- @param items galley.ListItem[]
--- @param title string
--- @param rows galley.ListItem[]
local function section(items, title, rows)
  if #rows > 0 then
    table.insert(items, { text = title })
    vim.list_extend(items, rows, 1, math.min(TOP, #rows))
  end
end

--- @param doc table
--- @return galley.ListItem[]
local function most_named(doc)
  local entities = doc:entities()
  table.sort(entities, function(a, b)
    if a.count ~= b.count then
      return a.count > b.count
    end
    return a.entity < b.entity
  end)
  return vim.tbl_map(function(entity)
    local text = ("%4d  %s (%s)"):format(entity.count, form.clean(entity.name), entity.type)
    return { row = entity.row, col = entity.col, text = text }
  end, entities)
end

--- @return galley.ListItem[]
local function most_quoted()
  local rows = {}
  for _, speaker in ipairs(require("galley.speaker").get(0) or {}) do
    local first = speaker.quotes[1]
    local words = speaker.words + speaker.reported_words
    local text = ("%4d  %s (%d)"):format(words, speaker.name or "nobody named", #speaker.quotes)
    table.insert(rows, { row = first.row, col = first.col, text = text })
  end
  return rows
end

--- How many figures have each status of the ledger, with the first of each.
--- @param doc table
--- @return galley.ListItem[]
local function by_status(doc)
  local ledger = require("galley.ledger")
  local rows, by_name = {}, {}
  for _, span in ipairs(doc:spans(0, -1, kinds.mask({ "figure" }))) do
    local status, stale = ledger.status(0, span)
    local name = stale and "stale" or status
    local row = by_name[name]
    if not row then
      row = item(span, "")
      row.name, row.count = name, 0
      by_name[name] = row
      table.insert(rows, row)
    end
    row.count = row.count + 1
  end
  for _, row in ipairs(rows) do
    row.text = ("%4d  %s"):format(row.count, row.name)
  end
  return rows
end

--- Lists who is named most, who is quoted with most words, and how many figures were looked up.
--- @return integer? count
--- @return string? message
function M.stats()
  local doc, message = buffers.document(0)
  if not doc then
    return nil, message
  end
  local items = {}
  section(items, "Mentions of names", most_named(doc))
  section(items, "Words of speakers (quotes)", most_quoted())
  section(items, "Figures by status", by_status(doc))
  list.open(api.nvim_get_current_buf(), "Statistics", items)
  return #items
end

return M
