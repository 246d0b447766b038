-- Symbols of the whole work: what the open articles name, their sources, and the lines of those
-- that hold the words asked for.

local api = vim.api
local buffers = require("galley.buffer")
local form = require("galley.name_form")
local position = require("galley.server.position")
local visible = require("galley.visible")

local M = {}

local KIND = vim.lsp.protocol.SymbolKind
local MOST = 200 -- answers
local LARGEST = 1024 * 1024 -- bytes of a source that are looked through
local SHORTEST = 3 -- characters of a query that lines are searched for
local LINED = { text = true, markdown = true, csv = true, tsv = true, vtt = true, srt = true }

--- @param text string
--- @param query string folded
--- @return boolean
local function holds(text, query)
  return query == "" or vim.fn.tolower(text):find(query, 1, true) ~= nil
end

--- @param request galley.Request
--- @param buf integer
--- @param query string
--- @param add fun(symbol: table): boolean
local function named(request, buf, query, add)
  local doc = buffers.document(buf)
  for _, entity in ipairs(doc and doc:entities() or {}) do
    local name = form.clean(entity.name)
    if holds(name, query) then
      local at = position.of(buf, entity.row, entity.col, request.encoding)
      add({
        name = visible.fit(name, 60),
        kind = KIND.Object,
        containerName = visible.line(vim.fs.basename(api.nvim_buf_get_name(buf))),
        location = { uri = vim.uri_from_bufnr(buf), range = { start = at, ["end"] = at } },
      })
    end
  end
end

--- @param request galley.Request
--- @param source galley.Source
--- @param query string
--- @param add fun(symbol: table): boolean
local function sourced(request, source, query, add)
  local uri = vim.uri_from_fname(source.path)
  local zero = { line = 0, character = 0 }
  if holds(source.name, query) then
    add({
      name = visible.fit(source.name, 60),
      kind = KIND.File,
      location = { uri = uri, range = { start = zero, ["end"] = zero } },
    })
  end
  if not LINED[source.format] or vim.fn.strchars(query) < SHORTEST then
    return
  end
  for row, line in ipairs(require("galley.source.file").lines(source.path, LARGEST) or {}) do
    if holds(line, query) then
      local at = vim.fn.tolower(line):find(query, 1, true) - 1
      local units = position.units(line, at, request.encoding)
      local start = { line = row - 1, character = units }
      local more = add({
        name = visible.fit(vim.trim(line), 60),
        kind = KIND.String,
        containerName = visible.line(source.name),
        location = { uri = uri, range = { start = start, ["end"] = start } },
      })
      if not more then
        return
      end
    end
  end
end

--- @param request galley.Request
local function symbols(request)
  local query = request.params.query
  query = type(query) == "string" and vim.fn.tolower(vim.trim(query)) or ""
  local result, seen = {}, {}
  local function add(symbol)
    if #result < MOST then
      table.insert(result, symbol)
    end
    return #result < MOST
  end
  local attached = vim.tbl_keys(buffers.attached)
  table.sort(attached)
  for _, buf in ipairs(attached) do
    named(request, buf, query, add)
    for _, source in ipairs(require("galley.source").for_buffer(buf) or {}) do
      local usable = source.state ~= "missing" and source.state ~= "outside"
      if usable and not seen[source.path] then
        seen[source.path] = true
        sourced(request, source, query, add)
      end
    end
  end
  return result
end

M.capabilities = { workspaceSymbolProvider = true }
M.methods = { ["workspace/symbol"] = symbols }

return M
