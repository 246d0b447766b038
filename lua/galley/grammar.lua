-- The grammar as a language of Neovim's own tree-sitter. `make parser` puts it where Neovim looks for
-- it, so it is loaded when something asks for it, and nothing has to be registered.

local M = {}

--- Loads the language "article".
--- @return boolean loaded
--- @return string? message why it is not
function M.load()
  -- Neovim 0.10 raises an error; later ones return nil and what is wrong.
  local fine, raised, problem = pcall(vim.treesitter.language.add, "article")
  if fine and not problem then
    return true
  end
  local root = require("galley.core").root
  if #vim.api.nvim_get_runtime_file("parser/article.*", false) == 0 then
    return false, ("galley: the grammar is not built. Run `make parser` in %s."):format(root)
  end
  return false, "galley: cannot load the grammar: " .. tostring(problem or raised)
end

return M
