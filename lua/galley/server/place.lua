-- What a request's place is on, and the other places of the same thing.

local kinds = require("galley.kinds")
local position = require("galley.server.position")

local M = {}

--- The innermost span at the request's place.
--- @param request galley.Request
--- @param names? string[] kinds; default all that the settings want
--- @return galley.Span?
function M.at(request, names)
  return request.doc:span_at(request.row, request.col, kinds.wanted(kinds.mask(names)))
end

--- Spans of the request's document in rows [first, last).
--- @param request galley.Request
--- @param names? string[]
--- @param first? integer
--- @param last? integer
--- @return galley.Span[]
function M.spans(request, names, first, last)
  return request.doc:spans(first or 0, last or -1, kinds.wanted(kinds.mask(names)))
end

--- @param request galley.Request
--- @param start integer byte of the document
--- @param stop integer
--- @return galley.Range
function M.bytes(request, start, stop)
  local start_row, start_col = request.doc:point(start)
  local end_row, end_col = request.doc:point(stop)
  return { start_row = start_row, start_col = start_col, end_row = end_row, end_col = end_col }
end

--- @param request galley.Request
--- @param range galley.Range
--- @return lsp.Location
function M.location(request, range)
  return {
    uri = request.params.textDocument.uri,
    range = position.range(request.buf, range, request.encoding),
  }
end

--- What makes two spans of a kind the same thing; nil: nothing does.
--- @type table<string, fun(span: galley.Span): string?>
local IDENTITY = {
  entity = function(span)
    return span.entity and tostring(span.entity)
  end,
  figure = function(span)
    return span.value and ("%s %s %s"):format(span.type, span.value, span.unit or "")
  end,
  date = function(span)
    return span.value and ("%s %s"):format(span.type, span.value)
  end,
  quote = function(span)
    return span.id and tostring(span.id)
  end,
  citation = function(span)
    if span.target_start then
      return "at " .. span.target_start
    end
    return span.label and ("%s %s"):format(span.type, span.label)
  end,
}

--- All spans of the article that are of the same thing as this one: mentions of the same entity, the
--- same figure, the same date, parts of one quote, citations of one note.
--- @param request galley.Request
--- @param span galley.Span
--- @return galley.Span[]
function M.same(request, span)
  local identity = IDENTITY[span.kind]
  local own = identity(span)
  if not own then
    return { span }
  end
  return vim.tbl_filter(function(other)
    return identity(other) == own
  end, M.spans(request, { span.kind }))
end

return M
