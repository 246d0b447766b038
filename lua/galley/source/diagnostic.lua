-- Sources that cannot be read are diagnostics where the article names them.

local api = vim.api

local M = {}

M.namespace = api.nvim_create_namespace("galley.source")

-- What a list of sources names should be there; a link may lead to a file that is none.
local SEVERITY = {
  list = vim.diagnostic.severity.WARN,
  link = vim.diagnostic.severity.INFO,
  note = vim.diagnostic.severity.INFO,
}

local WRONG = { missing = true, outside = true, unreadable = true, ["too large"] = true }

--- @param index galley.SourceIndex
--- @return vim.Diagnostic[]
local function list(index)
  local visible = require("galley.visible").line
  local diagnostics = {}
  for _, entry in ipairs(index.entries) do
    for _, at in ipairs(WRONG[entry.state] and entry.places or {}) do
      table.insert(diagnostics, {
        lnum = at.row,
        col = at.col,
        end_lnum = at.row,
        end_col = at.end_col,
        severity = SEVERITY[at.origin],
        source = "galley",
        code = "source-" .. entry.state:gsub(" ", "-"),
        message = ("%s: %s"):format(visible(at.written), visible(entry.message or entry.state)),
      })
    end
  end
  return diagnostics
end

local shown = {} --- @type table<integer, vim.Diagnostic[]> by buffer

--- Shows what is wrong with the sources of an article. To show the same again would cost as much.
--- @param index galley.SourceIndex
function M.show(index)
  local diagnostics = list(index)
  if not vim.deep_equal(diagnostics, shown[index.buf] or {}) then
    -- Neovim adds fields of its own to what it is given.
    shown[index.buf] = vim.deepcopy(diagnostics)
    vim.diagnostic.set(M.namespace, index.buf, diagnostics)
  end
end

--- @param buf integer
function M.clear(buf)
  shown[buf] = nil
  if api.nvim_buf_is_valid(buf) then
    vim.diagnostic.reset(M.namespace, buf)
  end
end

return M
