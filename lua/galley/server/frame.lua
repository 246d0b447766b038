-- A border for Neovim's own hover window where nothing else would tell it from the text below it:
-- without 'termguicolors' its default colours give such windows no background. Who has set
-- 'winborder', or a border of his own, keeps that.

local api = vim.api

local M = {}

--- What a highlight group draws behind the text, as the screen shows it.
--- @param name string
--- @return integer?
local function background(name)
  local drawn = api.nvim_get_hl(0, { name = name, link = false })
  if vim.o.termguicolors then
    return drawn.bg
  end
  return drawn.ctermbg
end

--- Whether a floating window without a border looks like the text around it.
--- @return boolean
local function blends()
  local float = background("NormalFloat")
  return float == nil or float == background("Normal")
end

--- Whether nothing is drawn around a window. Neovim 0.10 draws blanks.
--- @param win integer
--- @return boolean
local function is_bare(win)
  local border = api.nvim_win_get_config(win).border
  if type(border) ~= "table" then
    return border == nil or border == "none"
  end
  for _, part in ipairs(border) do
    if (type(part) == "table" and part[1] or part):find("%S") then
      return false
    end
  end
  return true
end

--- Puts a border around the hover windows that need one.
function M.draw()
  for _, win in ipairs(api.nvim_tabpage_list_wins(0)) do
    if vim.w[win]["textDocument/hover"] and is_bare(win) and blends() then
      api.nvim_win_set_config(win, { border = "rounded" })
    end
  end
end

return M
