-- `luarocks make` in a copy of the tracked files, and what it installs, in every Neovim.

local place = require("tests.install.place")

describe("luarocks make", function()
  local tree

  setup(function()
    tree = vim.fn.tempname()
    local copy = place.copy()
    place.run({ "luarocks", "--lua-version", "5.1", "make", "--tree", tree }, { cwd = copy })
  end)

  it("installs modules, the plugin's file and the help, and no sources", function()
    local version = require("galley.version") .. "-1"
    local rock = tree .. "/lib/luarocks/rocks-5.1/galley.nvim/" .. version
    for _, file in ipairs({
      tree .. "/share/lua/5.1/galley/init.lua",
      tree .. "/share/lua/5.1/galley/ledger/store.lua",
      tree .. "/lib/lua/5.1/galley/core.so",
      rock .. "/plugin/galley.lua",
      rock .. "/doc/galley.txt",
    }) do
      assert.are.equal(1, vim.fn.filereadable(file), file)
    end
    assert.are.same({}, vim.fn.glob(tree .. "/**/*.c", true, true))
  end)

  it("gives a plugin that annotates", function()
    local home = place.home()
    local lua = tree .. "/%s/lua/5.1/?"
    home:write_init({
      ("vim.opt.runtimepath:prepend(vim.fn.glob(%q))"):format(
        tree .. "/lib/luarocks/rocks-5.1/galley.nvim/*"
      ),
      ("package.path = %q .. package.path"):format(
        lua:format("share") .. ".lua;" .. lua:format("share") .. "/init.lua;"
      ),
      ("package.cpath = %q .. package.cpath"):format(lua:format("lib") .. ".so;"),
    })
    for _, program in ipairs(place.neovims()) do
      local module = tree .. "/lib/lua/5.1/galley/core.so"
      assert.has.match("^Anna Lindqvist true " .. vim.pesc(module) .. "\n", home:open(program))
    end
  end)
end)
