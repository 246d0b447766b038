-- Where something comes from: a figure or quote its source, a citation what it cites, a surname the
-- full name, an acronym its expansion; and all places of the same.

local place = require("galley.server.place")
local position = require("galley.server.position")
local server = require("galley.server")

local api = vim.api

local M = {}

local MOST = 20 -- places offered at once

--- @param request galley.Request
--- @param span galley.Span
--- @return lsp.Location[]
local function citation_target(request, span)
  if span.target_start then
    return { place.location(request, place.bytes(request, span.target_start, span.target_end)) }
  end
  local found, bibliography = pcall(require, "galley.bibliography")
  local target = found and bibliography.target(request.buf, request.row, request.col)
  if target then
    return { position.location(target, request.encoding) }
  end
  local path = require("galley.server.link").file_of(request.buf, span.label)
  return path and { position.location({ path = path, row = 0, col = 0 }, request.encoding) } or {}
end

--- The mention that says it in full: the first that is spelled like the name of the whole.
--- @param request galley.Request
--- @param span galley.Span
--- @return lsp.Location[]
local function full_name(request, span)
  local equal = require("galley.name_form").equal
  local mentions = place.same(request, span)
  for _, mention in ipairs(mentions) do
    if equal(mention.text, span.name or "") then
      return { place.location(request, mention) }
    end
  end
  return { place.location(request, mentions[1]) }
end

--- @param request galley.Request
--- @return lsp.Location[] locations
--- @return boolean complete
local function in_sources(request)
  local candidates, complete = require("galley.source").find(request.buf, request.row, request.col)
  local locations = {}
  for index = 1, math.min(MOST, #(candidates or {})) do
    table.insert(locations, position.location(candidates[index].place, request.encoding))
  end
  return locations, complete ~= false
end

--- Waits for sources that are still being read.
--- @param request galley.Request
--- @return any
local function when_indexed(request)
  local command
  local function look()
    if request.gone() then
      return true
    elseif not api.nvim_buf_is_loaded(request.buf) then
      request.reply(nil)
      return true
    end
    local locations, complete = in_sources(request)
    if complete or #locations > 0 then
      request.reply(#locations > 0 and locations or nil)
      return true
    end
  end
  if not look() then
    command = api.nvim_create_autocmd("User", {
      pattern = "GalleySources",
      callback = look,
    })
    -- Nobody waits for ever: what is known by then is the answer.
    vim.defer_fn(function()
      pcall(api.nvim_del_autocmd, command)
      if not request.gone() then
        request.reply((in_sources(request)))
      end
    end, 10000)
  end
  return server.LATER
end

--- @param request galley.Request
local function definition(request)
  local span = place.at(request)
  if not span then
    return nil
  elseif span.kind == "citation" then
    local locations = citation_target(request, span)
    return #locations > 0 and locations or nil
  elseif span.kind == "entity" then
    return full_name(request, span)
  end
  return when_indexed(request)
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
