-- The preset of keys beside Neovim's own: no letter is taken twice, and the help tells of all.

local keymaps = require("galley.keymaps")

vim.cmd.runtime("plugin/galley.lua")

--- The keys behind ], [, i and a that this Neovim has by itself: those of its index of commands, and
--- those that it maps, in Markdown files too.
--- @return table<string, string> where each comes from
local function defaults()
  local keys = {}
  for line in io.lines(vim.env.VIMRUNTIME .. "/doc/index.txt") do
    local tag, key = line:match("^|([^|]+)|%s+(%S+)")
    local control = line:match("^|[%[%]]_CTRL%-(%u)|")
    if control then
      key = key .. vim.keycode(("<C-%s>"):format(control))
    end
    local bracket = tag and tag:find("^[%[%]].") and not key:find("{char}", 1, true)
    if bracket or tag and tag:find("^v_[ia]%S") then
      keys[key] = "index.txt"
    end
  end
  vim.cmd.enew()
  vim.bo.filetype = "markdown"
  for _, mode in ipairs({ "n", "x", "o" }) do
    for _, maps in ipairs({ vim.api.nvim_get_keymap(mode), vim.api.nvim_buf_get_keymap(0, mode) }) do
      for _, map in ipairs(maps) do
        if map.lhs:find("^[%[%]ia].") then
          keys[map.lhs] = map.desc or map.rhs or "a map"
        end
      end
    end
  end
  vim.cmd.bwipeout()
  return keys
end

describe("the preset of keys", function()
  it("takes none of Neovim's own", function()
    local taken = defaults()
    assert.is_truthy(taken["]s"] and taken["[c"] and taken["iw"] and taken["]%"])
    for _, map in ipairs(keymaps.list()) do
      assert.is_nil(taken[map.lhs], map.lhs)
    end
  end)

  it("is set against a list in the help that has all of Neovim's own", function()
    local told, first = {}, nil
    for _, line in ipairs(vim.fn.readfile("doc/galley.txt")) do
      local head, rest = line:match("^    ([%]i]) and [%[a] +(.*)$")
      if head then
        first = head
      end
      rest = rest or first and line:gsub("^ +since 0%.%d+: ", "")
      for key in (rest or ""):gmatch("%S+") do
        told[first .. key] = true
      end
      if line == "" then
        first = nil
      end
    end
    for key, origin in pairs(defaults()) do
      local name = vim.fn.keytrans(key):gsub("^%[", "]"):gsub("^a", "i"):gsub("<lt>", "<")
      assert.is_true(told[name], ("%s (%s: %s) is not in the help"):format(name, key, origin))
    end
  end)

  it("has a map of <Plug> for each key, and a target for each motion", function()
    for _, map in ipairs(keymaps.list()) do
      for _, mode in ipairs(map.modes) do
        assert.are_not.equal("", vim.fn.maparg(map.rhs, mode), map.rhs)
      end
    end
    local targets = vim.tbl_keys(require("galley.motion").TARGETS)
    assert.are.same(vim.fn.sort(targets), vim.fn.sort(vim.tbl_values(keymaps.MOTIONS)))
  end)

  it("has a key for each <Plug> map of a motion or text object", function()
    local keys = {}
    for _, map in ipairs(keymaps.list()) do
      keys[map.rhs] = true
    end
    for _, map in ipairs(vim.api.nvim_get_keymap("o")) do
      if map.lhs:find("^<Plug>%(galley%-") and not map.lhs:find("again", 1, true) then
        assert.is_true(keys[map.lhs], map.lhs)
      end
    end
  end)
end)
