-- Another name for what the article names.

local position = require("galley.server.position")
local rename = require("galley.rename")
local server = require("galley.server")

local M = {}

--- @param message string
--- @return galley.ResponseError
local function failed(message)
  return server.problem(server.ERRORS.FAILED, message)
end

--- @param request galley.Request
local function prepare(request)
  local named = rename.named(request.buf, request.row, request.col)
  if not named then
    return nil
  end
  return {
    range = position.range(request.buf, named.span, request.encoding),
    placeholder = named.name,
  }
end

--- @param request galley.Request
local function perform(request)
  local new = request.params.newName
  if type(new) ~= "string" then
    return nil, server.problem(server.ERRORS.INVALID_PARAMS, "galley: no new name")
  end
  local result, message = rename.edits(request.buf, request.row, request.col, new)
  if not result then
    return nil, failed(message or "galley: nothing to rename")
  end
  local edits = vim.tbl_map(function(edit)
    return {
      range = position.range(request.buf, edit, request.encoding),
      newText = edit.text,
    }
  end, result.edits)
  return { changes = { [request.params.textDocument.uri] = edits } }
end

M.capabilities = { renameProvider = { prepareProvider = true } }
M.methods = {
  ["textDocument/prepareRename"] = prepare,
  ["textDocument/rename"] = perform,
}

return M
