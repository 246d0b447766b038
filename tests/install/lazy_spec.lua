-- lazy.nvim itself installs, builds and loads galley, with the spec of examples/config/lazy.lua. It
-- is not in Debian's archive nor in npm's, so this runs where GALLEY_LAZY names a clone of it.

local place = require("tests.install.place")

describe("lazy.nvim", function()
  local lazy = vim.env.GALLEY_LAZY

  it("installs, builds and loads the plugin", function()
    if not lazy or lazy == "" then
      return pending("GALLEY_LAZY names no clone of lazy.nvim")
    end
    local repository, neovims = place.repository(), place.neovims()
    local home = place.home()
    local spec = place.example("lazy.lua", "file://" .. repository)
    vim.fn.mkdir(home.folder .. "/config/nvim/lua/plugins", "p")
    vim.fn.writefile(spec, home.folder .. "/config/nvim/lua/plugins/galley.lua")
    home:write_init({
      ("vim.opt.runtimepath:prepend(%q)"):format(vim.fn.fnamemodify(lazy, ":p")),
      'require("lazy").setup("plugins", { change_detection = { enabled = false } })',
    })
    home:start(neovims[#neovims])
    local module = home.folder .. "/data/nvim/lazy/galley.nvim/lua/galley/core.so"
    for _, program in ipairs(neovims) do
      local said = home:open(program)
      assert.has.match("Anna Lindqvist true " .. vim.pesc(module) .. "\n", said)
      assert.is_nil(said:find("rocks"), said)
    end
    -- The rockspec does not make lazy.nvim build with LuaRocks.
    assert.are.equal(0, vim.fn.isdirectory(home.folder .. "/data/nvim/lazy-rocks/galley.nvim"))
  end)
end)
