-- Where something comes from: a figure or quote its source, a citation what it cites, a surname the
-- full name, an acronym its expansion; and all places of the same.

local later = require("galley.server.later")
local link = require("galley.server.link")
local place = require("galley.server.place")
local position = require("galley.server.position")

local M = {}

local MOST = 20 -- places offered at once
local PATIENCE = 10000 -- milliseconds for sources to be read

--- What a citation cites, and where sources say what is said here.
--- @param request galley.Request
--- @return lsp.Location[]?
local function targets(request)
  local locations = {}
  for _, target in ipairs(require("galley.source.target").at(request.buf, request.row, request.col)) do
    if #locations < MOST then
      local from = { path = target.file, row = target.row, col = target.col }
      from.end_row, from.end_col = target.end_row, target.end_col
      table.insert(locations, position.location(from, request.encoding))
    end
  end
  return #locations > 0 and locations or nil
end

--- @param request galley.Request
--- @param span galley.Span
--- @return lsp.Location[]?
local function in_article(request, span)
  if span.target_start then
    return { place.location(request, place.bytes(request, span.target_start, span.target_end)) }
  elseif span.kind == "entity" then
    local full = require("galley.entity").full_mention(request.doc, request.row, request.col)
    return full and { place.location(request, full) }
  end
  local path = span.kind == "citation" and link.file_of(request.buf, span.label)
  return path and { position.location({ path = path, row = 0, col = 0 }, request.encoding) }
end

--- @param request galley.Request
local function definition(request)
  local span = place.at(request)
  if not span then
    return nil
  end
  local locations = in_article(request, span)
  if locations then
    return locations
  end
  locations = targets(request)
  local _, read = require("galley.source").find(request.buf, request.row, request.col)
  if not locations and not read then
    return later.answer(request, PATIENCE, function()
      return targets(request)
    end)
  end
  -- A name that no source has is at home where it is.
  if not locations and span.kind == "entity" then
    return { place.location(request, place.same(request, span)[1]) }
  end
  return locations
end

--- @param request galley.Request
local function references(request)
  local span = place.at(request)
  if not span then
    return nil
  end
  local context = request.params.context or {}
  local locations = {}
  for _, other in ipairs(place.same(request, span)) do
    if context.includeDeclaration ~= false or other.start ~= span.start then
      table.insert(locations, place.location(request, other))
    end
  end
  return locations
end

--- @param request galley.Request
local function highlight(request)
  local span = place.at(request)
  return span
    and vim.tbl_map(function(other)
      return {
        range = position.range(request.buf, other, request.encoding),
        kind = vim.lsp.protocol.DocumentHighlightKind.Text,
      }
    end, place.same(request, span))
end

M.capabilities = {
  definitionProvider = true,
  referencesProvider = true,
  documentHighlightProvider = true,
}

M.methods = {
  ["textDocument/definition"] = definition,
  ["textDocument/references"] = references,
  ["textDocument/documentHighlight"] = highlight,
}

return M
