-- CTRL-] and `gd` in annotated buffers: they go to the source of what is under the cursor, and do
-- what they always do where there is none. What a user has set stays as it is.

local api = vim.api
local config = require("galley.config")

local M = {}

local TAGFUNC = "v:lua.require'galley.source.keys'.tagfunc"

local mapped = {} --- @type table<integer, function> buffers whose `gd` is ours

--- Whether `gd` is mapped, by the user for all buffers or by anybody for this one.
--- @param buf integer
--- @return boolean
local function has_map(buf)
  for _, maps in ipairs({ api.nvim_get_keymap("n"), api.nvim_buf_get_keymap(buf, "n") }) do
    for _, map in ipairs(maps) do
      if map.lhs == "gd" then
        return true
      end
    end
  end
  return false
end

--- Sets the keys of a buffer where they are free.
--- @param buf integer
function M.attach(buf)
  if not config.get().jump_keys then
    return
  end
  if vim.bo[buf].tagfunc == "" then
    vim.bo[buf].tagfunc = TAGFUNC
  end
  if not has_map(buf) then
    local go = function()
      require("galley.source.jump").go({ otherwise = "gd" })
    end
    mapped[buf] = go
    api.nvim_buf_set_keymap(buf, "n", "gd", "", {
      callback = go,
      noremap = true,
      desc = "Go to the source of what is under the cursor, else to its declaration.",
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
  if vim.bo[buf].tagfunc == TAGFUNC then
    vim.bo[buf].tagfunc = ""
  end
  for _, map in ipairs(go and api.nvim_buf_get_keymap(buf, "n") or {}) do
    if map.lhs == "gd" and map.callback == go then
      api.nvim_buf_del_keymap(buf, "n", "gd")
    end
  end
end

--- Answers 'tagfunc': the places in the sources for the cursor's position, best first; vim.NIL, by
--- which Neovim looks into its tag files, where there are none.
--- @param pattern string
--- @param flags string
--- @return table[]|userdata
function M.tagfunc(pattern, flags)
  if not flags:find("c", 1, true) then
    return vim.NIL
  end
  local targets = require("galley.source.target").now()
  if #targets == 0 then
    return vim.NIL
  end
  return vim.tbl_map(function(target)
    return {
      name = pattern,
      filename = target.file,
      cmd = ([[/\%%%dl\%%%dc/]]):format(target.row + 1, target.col + 1),
      kind = "s",
    }
  end, targets)
end

return M
