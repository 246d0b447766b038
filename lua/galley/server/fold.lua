-- What can be folded: sections under headings, front matter, code.

local symbol = require("galley.server.symbol")

local api = vim.api

local M = {}

local BLOCKS = { code = true, front_matter = "region", markup = "comment" }

--- The last row before `last` that is not blank.
--- @param buf integer
--- @param row integer
--- @param last integer
--- @return integer
local function last_text(buf, row, last)
  while last - 1 > row do
    local line = api.nvim_buf_get_lines(buf, last - 1, last, false)[1] or ""
    if line:find("%S") then
      break
    end
    last = last - 1
  end
  return last - 1
end

--- @param request galley.Request
local function folds(request)
  local result = {}
  for _, heading in ipairs(symbol.headings(request)) do
    local last = last_text(request.buf, heading.row, heading.last)
    if last > heading.row then
      table.insert(result, { startLine = heading.row, endLine = last })
    end
  end
  for _, block in ipairs(request.doc:blocks()) do
    local kind = BLOCKS[block.kind]
    local last = kind and last_text(request.buf, block.start_row, block.end_row + 1)
    if last and last > block.start_row then
      table.insert(result, {
        startLine = block.start_row,
        endLine = last,
        kind = type(kind) == "string" and kind or nil,
      })
    end
  end
  return result
end

M.capabilities = { foldingRangeProvider = true }
M.methods = { ["textDocument/foldingRange"] = folds }

return M
