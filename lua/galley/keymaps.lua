-- The preset of keys for motions and text objects, which the option `keymaps` switches on. Its
-- letters are free in Neovim 0.10 to 0.12; a key that somebody has mapped stays as it is.

local api = vim.api

local M = {}

--- What can be gone to, by the letter behind ] and [; in capitals: the last and the first.
M.MOTIONS = {
  v = "figure", -- value
  u = "quote", -- utterance
  y = "date", -- year, day
  e = "entity",
  k = "citation", -- key of a reference
  o = "fact", -- open
  x = "finding", -- what is to be fixed
}

--- Text objects, by the letter behind i and a.
M.OBJECTS = { v = "figure", u = "quote", y = "date", e = "entity", U = "attribution" }

--- All maps of the preset: the keys, the modes, what they stand for.
--- @return {lhs: string, modes: string[], rhs: string}[]
function M.list()
  local maps = {}
  local function add(lhs, modes, name)
    table.insert(maps, { lhs = lhs, modes = modes, rhs = ("<Plug>(galley-%s)"):format(name) })
  end
  for letter, name in vim.spairs(M.MOTIONS) do
    add("]" .. letter, { "n", "x", "o" }, "next-" .. name)
    add("[" .. letter, { "n", "x", "o" }, "previous-" .. name)
    add("]" .. letter:upper(), { "n", "x", "o" }, "last-" .. name)
    add("[" .. letter:upper(), { "n", "x", "o" }, "first-" .. name)
  end
  for letter, name in vim.spairs(M.OBJECTS) do
    add("i" .. letter, { "x", "o" }, "inner-" .. name)
    add("a" .. letter, { "x", "o" }, "around-" .. name)
  end
  return maps
end

--- The map of a key, the buffer's before the one for all buffers.
--- @param buf integer
--- @param mode string
--- @param lhs string
--- @return vim.api.keyset.get_keymap?
function M.map_of(buf, mode, lhs)
  for _, maps in ipairs({ api.nvim_buf_get_keymap(buf, mode), api.nvim_get_keymap(mode) }) do
    for _, map in ipairs(maps) do
      if map.lhs == lhs then
        return map
      end
    end
  end
end

--- Maps the keys of a buffer, if the settings say so.
--- @param buf integer
function M.attach(buf)
  if not require("galley.config").get().keymaps then
    return
  end
  for _, map in ipairs(M.list()) do
    for _, mode in ipairs(map.modes) do
      if not M.map_of(buf, mode, map.lhs) then
        api.nvim_buf_set_keymap(buf, mode, map.lhs, map.rhs, {})
      end
    end
  end
end

--- Takes the keys of the preset from a buffer.
--- @param buf integer
function M.detach(buf)
  if not api.nvim_buf_is_valid(buf) then
    return
  end
  for _, map in ipairs(M.list()) do
    for _, mode in ipairs(map.modes) do
      for _, own in ipairs(api.nvim_buf_get_keymap(buf, mode)) do
        if own.lhs == map.lhs and own.rhs == map.rhs then
          api.nvim_buf_del_keymap(buf, mode, map.lhs)
        end
      end
    end
  end
end

return M
