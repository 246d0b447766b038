-- The kinds of span as the C module knows them, in the shapes that the Lua side asks for.

local M = {}

--- @type string[]?
local names
--- @type table<string, integer>
local bits = {}

--- Names of the kinds in their order; nil while the C module is missing.
--- @return string[]?
function M.names()
  if names then
    return names
  end
  local core = require("galley.core").load()
  if not core then
    return nil
  end
  names = {}
  for index, kind in ipairs(core.kinds()) do
    names[index] = kind.name
    bits[kind.name] = bit.lshift(1, index - 1)
  end
  return names
end

--- The mask bit of a kind, nil when there is no such kind.
--- @param name string
--- @return integer?
function M.bit(name)
  M.names()
  return bits[name]
end

--- The mask bit that leaves out quotes without marks.
--- @return integer
function M.no_indirect()
  return bit.lshift(1, #(M.names() or {}))
end

--- A mask with what the settings leave out of it: quotes without marks.
--- @param mask? integer default all kinds
--- @return integer
function M.wanted(mask)
  local settings = require("galley.config").get()
  return bit.bor(mask or M.mask() or 0, settings.indirect_quotes and 0 or M.no_indirect())
end

--- The mask of a list of kinds; of all kinds when there is no list.
--- @param list? string[]
--- @return integer? mask
--- @return string? message
function M.mask(list)
  local all = M.names() or {}
  local mask = 0
  for _, name in ipairs(list or all) do
    local value = bits[name]
    if not value then
      return nil,
        ("galley: unknown kind `%s` (one of: %s)"):format(tostring(name), table.concat(all, ", "))
    end
    mask = bit.bor(mask, value)
  end
  return mask
end

return M
