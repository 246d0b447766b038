-- What others have set in an annotated buffer where galley would set something: :checkhealth tells
-- it. None of it is an error: what a user has comes first.

local keymaps = require("galley.keymaps")

local M = {}

--- Plugins that draw into articles too, by a module of theirs.
local PLUGINS = {
  ["render-markdown"] = "render-markdown.nvim",
  ["markview"] = "markview.nvim",
  ["todo-comments"] = "todo-comments.nvim",
  ["headlines"] = "headlines.nvim",
  ["obsidian"] = "obsidian.nvim",
}

--- @param map vim.api.keyset.get_keymap
--- @return string
local function described(map)
  local text = map.desc or map.rhs or "a function"
  return require("galley.visible").line(text ~= "" and text or "a function", 60)
end

--- The keys of the preset that others have mapped.
--- @param buf integer
--- @param found string[]
local function add_preset(buf, found)
  if not require("galley.config").get().keymaps then
    return
  end
  for _, wanted in ipairs(keymaps.list()) do
    local others = {} --- @type table<string, string[]> modes by what has them
    for _, mode in ipairs(wanted.modes) do
      local map = keymaps.map_of(buf, mode, wanted.lhs)
      if map and map.rhs ~= wanted.rhs then
        local by = described(map)
        others[by] = others[by] or {}
        table.insert(others[by], mode)
      end
    end
    for by, modes in vim.spairs(others) do
      local text = "`%s` (%s) is mapped to: %s; map %s to a key of your own"
      table.insert(found, text:format(wanted.lhs, table.concat(modes, ", "), by, wanted.rhs))
    end
  end
end

--- CTRL-], `gd` and completion.
--- @param buf integer
--- @param found string[]
local function add_jumps(buf, found)
  if require("galley.config").get().jump_keys then
    local map = keymaps.map_of(buf, "n", "gd")
    if map and map.desc ~= require("galley.source.keys").DESCRIPTION then
      local text = "`gd` is mapped to: %s; <Plug>(galley-source) goes to sources"
      table.insert(found, text:format(described(map)))
    end
    local tagfunc = vim.bo[buf].tagfunc
    if tagfunc ~= "" and tagfunc ~= require("galley.source.keys").TAGFUNC then
      table.insert(found, ("'tagfunc' is %s: CTRL-] asks that"):format(tagfunc))
    end
  end
end

--- Keys that Neovim gives to language servers.
--- @param buf integer
--- @param found string[]
local function add_server(buf, found)
  if not require("galley.config").get().server then
    return
  end
  local outline = keymaps.map_of(buf, "n", "gO")
  if outline and outline.buffer ~= 0 then
    local text = "`gO` is mapped in this buffer to: %s; "
      .. "`:lua vim.lsp.buf.document_symbol()` shows the article's outline"
    table.insert(found, text:format(described(outline)))
  end
  local omnifunc = vim.bo[buf].omnifunc
  if omnifunc ~= "" and omnifunc ~= "v:lua.vim.lsp.omnifunc" then
    table.insert(found, ("'omnifunc' is %s: CTRL-X CTRL-O asks that"):format(omnifunc))
  end
end

--- What others have where galley would set something, in a buffer.
--- @param buf integer
--- @return string[]
function M.of_buffer(buf)
  local found = {}
  add_preset(buf, found)
  add_jumps(buf, found)
  add_server(buf, found)
  return found
end

--- Other language servers of a buffer.
--- @param buf integer
--- @return string[]
function M.servers(buf)
  local names = {}
  for _, client in ipairs(vim.lsp.get_clients({ bufnr = buf })) do
    if client.name ~= require("galley.server").NAME then
      table.insert(names, client.name)
    end
  end
  return names
end

--- Plugins at work that draw into articles too.
--- @return string[]
function M.plugins()
  local names = {}
  for module, name in vim.spairs(PLUGINS) do
    if package.loaded[module] then
      table.insert(names, name)
    end
  end
  return names
end

return M
