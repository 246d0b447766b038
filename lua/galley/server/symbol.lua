-- The outline of an article: headings, with what the settings ask for below them.

local place = require("galley.server.place")
local position = require("galley.server.position")
local form = require("galley.name_form")
local visible = require("galley.visible")

local M = {}

local KIND = vim.lsp.protocol.SymbolKind
local SHAPES = {
  heading = KIND.Namespace,
  entity = KIND.Object,
  date = KIND.Constant,
  quote = KIND.String,
  figure = KIND.Number,
  citation = KIND.Key,
}
local NAME = 60 -- screen cells

--- @param ... string?
--- @return string?
local function detail(...)
  local parts = {}
  for index = 1, select("#", ...) do
    local part = select(index, ...)
    if part and part ~= "" then
      table.insert(parts, visible.fit(part, 40))
    end
  end
  return #parts > 0 and table.concat(parts, ", ") or nil
end

--- @param span galley.Span
--- @return string?
local function detail_of(span)
  if span.kind == "entity" then
    return detail(span.type, span.subtype)
  elseif span.kind == "quote" then
    return detail(span.speaker_name or span.speaker)
  elseif span.kind == "figure" then
    return detail(span.unit, span.noun)
  end
  return detail(span.value)
end

--- The spans of the outline: what is named once, at its first mention.
--- @param request galley.Request
--- @return galley.Span[]
local function listed(request)
  local seen = {}
  local wanted = require("galley.config").get().symbols
  return vim.tbl_filter(function(span)
    if span.kind == "entity" and span.entity then
      local again = seen[span.entity]
      seen[span.entity] = true
      return not again
    elseif span.kind == "quote" then
      local speech = span.type ~= "title" and span.type ~= "scare"
      local again = span.id and seen["quote" .. span.id]
      seen["quote" .. (span.id or "")] = true
      return speech and not again
    end
    return true
  end, #wanted > 0 and place.spans(request, wanted) or {})
end

--- @param request galley.Request
--- @param span galley.Span
--- @return lsp.DocumentSymbol
local function symbol_of(request, span)
  local range = position.range(request.buf, span, request.encoding)
  local name = span.kind == "entity" and form.clean(span.name or span.text) or span.text
  return {
    name = visible.fit(name, NAME),
    detail = detail_of(span),
    kind = SHAPES[span.kind],
    range = range,
    selectionRange = vim.deepcopy(range),
  }
end

--- @param request galley.Request
--- @return {level: integer, row: integer, last: integer, text: string, start: integer}[]
local function headings(request)
  local list = {}
  local rows = vim.api.nvim_buf_line_count(request.buf)
  for _, block in ipairs(request.doc:blocks()) do
    if block.kind == "heading" then
      local line =
        vim.api.nvim_buf_get_lines(request.buf, block.start_row, block.start_row + 1, false)[1]
      local level = math.max(1, block.level or 1)
      for index = #list, 1, -1 do
        if not list[index].last and list[index].level >= level then
          list[index].last = block.start_row
        end
      end
      table.insert(list, { level = level, row = block.start_row, text = line or "" })
    end
  end
  for _, heading in ipairs(list) do
    heading.last = heading.last or rows
  end
  return list
end

M.headings = headings

--- @param text string
--- @return string
local function title(text)
  local name = text:gsub("^[#=%s]+", ""):gsub("[#=%s]+$", "")
  return visible.fit(name ~= "" and name or text, NAME)
end

--- @param request galley.Request
--- @param heading table
--- @return lsp.DocumentSymbol
local function heading_symbol(request, heading)
  local line = { start_row = heading.row, start_col = 0, end_row = heading.row }
  line.end_col = #heading.text
  local section = { start_row = heading.row, start_col = 0, end_row = heading.last, end_col = 0 }
  return {
    name = title(heading.text),
    kind = SHAPES.heading,
    range = position.range(request.buf, section, request.encoding),
    selectionRange = position.range(request.buf, line, request.encoding),
    children = {},
  }
end

--- @param request galley.Request
local function outline(request)
  local items = {} --- @type {row: integer, col: integer, heading?: table, span?: galley.Span}[]
  for _, heading in ipairs(headings(request)) do
    table.insert(items, { row = heading.row, col = -1, heading = heading })
  end
  for _, span in ipairs(listed(request)) do
    table.insert(items, { row = span.start_row, col = span.start_col, span = span })
  end
  table.sort(items, function(a, b)
    if a.row ~= b.row then
      return a.row < b.row
    end
    return a.col < b.col
  end)
  local symbols, open = {}, {}
  for _, item in ipairs(items) do
    while #open > 0 and open[#open].heading.last <= item.row do
      table.remove(open)
    end
    local into = #open > 0 and open[#open].symbol.children or symbols
    if item.heading then
      local symbol = heading_symbol(request, item.heading)
      table.insert(into, symbol)
      table.insert(open, { heading = item.heading, symbol = symbol })
    else
      table.insert(into, symbol_of(request, item.span))
    end
  end
  return symbols
end

M.capabilities = { documentSymbolProvider = { label = "galley" } }
M.methods = { ["textDocument/documentSymbol"] = outline }

return M
