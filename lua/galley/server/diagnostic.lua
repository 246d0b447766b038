-- What the checks find, for clients that ask for it. Neovim is not told of this method: what is found
-- is shown by galley.check.diagnostic, with the server or without it, and would be shown twice.

local position = require("galley.server.position")
local to_lsp = require("galley.check.diagnostic").to_lsp

local M = {}

--- @param request galley.Request
local function report(request)
  local items = {}
  for _, finding in ipairs(require("galley.check").findings(request.buf) or {}) do
    local item = to_lsp(request.buf, finding)
    item.range = position.range(request.buf, finding, request.encoding)
    table.insert(items, item)
  end
  return { kind = "full", items = items }
end

M.capabilities = {}
M.methods = { ["textDocument/diagnostic"] = report }

return M
