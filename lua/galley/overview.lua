-- What is in an article, as lists to jump from: :Galley list, :Galley timeline, :Galley stats.

local api = vim.api
local buffers = require("galley.buffer")
local describe = require("galley.item")
local form = require("galley.name_form")
local kinds = require("galley.kinds")
local list = require("galley.list")
local visible = require("galley.visible")

local M = {}

local LEAST, MOST = 3, 10 -- names and speakers in the statistics
local ARTICLE = 6 -- rows of the screen that the statistics leave to the article and the command line

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

--- @param year integer
--- @param month integer
--- @return integer
local function days_in(year, month)
  local leap = year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
  return month == 2 and (leap and 29 or 28) or (month + math.floor(month / 8)) % 2 == 1 and 31 or 30
end

--- Days as a reader says them: a year or a month that is meant as a whole has no days.
--- @param first string YYYY-MM-DD
--- @param last string
--- @return string
local function days_of(first, last)
  local year, month = last:match("^(%-?%d+)%-(%d%d)")
  local from, to = first, last
  if first:find("%-01%-01$") and last:find("%-12%-31$") then
    from, to = first:sub(1, -7), last:sub(1, -7)
  elseif
    first:find("%-01$") and tonumber(last:sub(-2)) == days_in(tonumber(year), tonumber(month))
  then
    from, to = first:sub(1, -4), last:sub(1, -4)
  end
  return from == to and from or ("%s to %s"):format(from, to)
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
    local days = days_of(span.first_day, span.last_day)
    return item(span, ("%-25s %s"):format(days, visible.line(span.text, 200)))
  end, dated)
  list.open(api.nvim_get_current_buf(), "Timeline", items)
  return #items
end

--- @param items galley.ListItem[]
--- @param title string
--- @param rows galley.ListItem[]
--- @param most? integer of them, default all
local function section(items, title, rows, most)
  if #rows == 0 then
    return
  end
  if #items > 0 then
    table.insert(items, { text = "" })
  end
  table.insert(items, { text = title })
  vim.list_extend(items, rows, 1, math.min(most or #rows, #rows))
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
  local statuses, height = by_status(doc), vim.o.lines - ARTICLE
  -- What all of it needs beside the names and speakers: three titles, two blank rows.
  local most = math.max(LEAST, math.min(MOST, math.floor((height - #statuses - 5) / 2)))
  local items = {}
  section(items, "Mentions of names", most_named(doc), most)
  section(items, "Words of speakers (quotes)", most_quoted(), most)
  section(items, "Figures by status", statuses)
  local rows = math.max(1, math.min(#items, height))
  list.open(api.nvim_get_current_buf(), "Statistics", items, rows)
  return #items
end

return M
