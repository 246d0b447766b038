-- CTRL-] and `gd` in annotated buffers: they go from a surname or an acronym to the full name, else
-- to the source of what is under the cursor, and do what they always do where there is none. What a
-- user has set stays as it is.

local api = vim.api
local config = require("galley.config")

local M = {}

--- By these others know what is ours.
M.TAGFUNC = "v:lua.require'galley.source.keys'.tagfunc"
M.DESCRIPTION = "Go to the source of what is under the cursor, else to its declaration."

local mapped = {} --- @type table<integer, function> buffers whose `gd` is ours

--- Where the name under the cursor is written in full, when it is not so here.
--- @return galley.Span?
local function full_name()
  local doc = require("galley.buffer").document(0)
  local cursor = api.nvim_win_get_cursor(0)
  return doc and require("galley.entity").full_mention(doc, cursor[1] - 1, cursor[2])
end

--- Sets the keys of a buffer where they are free.
--- @param buf integer
function M.attach(buf)
  if not config.get().jump_keys then
    return
  end
  if vim.bo[buf].tagfunc == "" then
    vim.bo[buf].tagfunc = M.TAGFUNC
  end
  if not require("galley.keymaps").map_of(buf, "n", "gd") then
    local go = function()
      local name = full_name()
      if name then
        api.nvim_cmd({ cmd = "normal", bang = true, args = { "m'" } }, {})
        api.nvim_win_set_cursor(0, { name.start_row + 1, name.start_col })
      else
        require("galley.source.jump").go({ otherwise = "gd" })
      end
    end
    mapped[buf] = go
    api.nvim_buf_set_keymap(buf, "n", "gd", "", {
      callback = go,
      noremap = true,
      desc = M.DESCRIPTION,
    })
  end
end

--- Takes the keys back, unless somebody has changed them since.
--- @param buf integer
function M.detach(buf)
  local go = mapped[buf]
  mapped[buf] = nil
  if not api.nvim_buf_is_valid(buf) then
    return
  end
  if vim.bo[buf].tagfunc == M.TAGFUNC then
    vim.bo[buf].tagfunc = ""
  end
  for _, map in ipairs(go and api.nvim_buf_get_keymap(buf, "n") or {}) do
    if map.lhs == "gd" and map.callback == go then
      api.nvim_buf_del_keymap(buf, "n", "gd")
    end
  end
end

--- The answer of the buffer's other language servers, which found 'tagfunc' taken.
--- @param pattern string
--- @param flags string
--- @return table[]|userdata
local function otherwise(pattern, flags)
  for _, client in ipairs(vim.lsp.get_clients({ bufnr = 0, method = "textDocument/definition" })) do
    if client.name ~= require("galley.server").NAME then
      return vim.lsp.tagfunc(pattern, flags)
    end
  end
  return vim.NIL
end

--- @param file string
--- @param row integer
--- @param col integer
--- @param name string
--- @return table
local function tag(file, row, col, name)
  local cmd = ([[/\%%%dl\%%%dc/]]):format(row + 1, col + 1)
  return { name = name, filename = file, cmd = cmd, kind = "s" }
end

--- Answers 'tagfunc': the places in the sources for the cursor's position, best first; vim.NIL, by
--- which Neovim looks into its tag files, where there are none.
--- @param pattern string
--- @param flags string
--- @return table[]|userdata
function M.tagfunc(pattern, flags)
  if not flags:find("c", 1, true) then
    return otherwise(pattern, flags)
  end
  local name = full_name()
  if name then
    return { tag(api.nvim_buf_get_name(0), name.start_row, name.start_col, pattern) }
  end
  local targets = require("galley.source.target").now()
  if #targets == 0 then
    return otherwise(pattern, flags)
  end
  return vim.tbl_map(function(target)
    return tag(target.file, target.row, target.col, pattern)
  end, targets)
end

return M
