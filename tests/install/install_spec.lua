-- Installation as users do it, from a repository: clone, build, start Neovim, open an article. Each
-- way builds once and is then tried in every Neovim of the matrix that knows it.

local place = require("tests.install.place")

local ANNOTATED = "Anna Lindqvist true "

describe("installed", function()
  local repository, neovims, newest
  local modules = {} --- @type table<string, string> C modules by the way that built them

  setup(function()
    repository = place.repository()
    neovims = place.neovims()
    newest = neovims[#neovims]
  end)

  local function open(home, module)
    for _, program in ipairs(neovims) do
      local said = home:open(program)
      assert.has.match("^" .. ANNOTATED .. vim.pesc(module) .. "\n", said)
      assert.is_nil(said:find("Error"), said)
    end
  end

  it("by vim.pack, whose event runs make", function()
    if not place.has_pack(newest) then
      return pending("no Neovim here has vim.pack")
    end
    local home = place.home()
    local init = place.example("vim_pack.lua", "file://" .. repository)
    table.insert(init, 1, "vim.fn.confirm = function() return 1 end -- the user's answer: install")
    home:write_init(init)
    home:start(newest)
    local module = home.folder .. "/data/nvim/site/pack/core/opt/galley.nvim/lua/galley/core.so"
    modules.pack = module
    local said = home:open(newest)
    assert.has.match("^" .. ANNOTATED .. vim.pesc(module) .. "\n", said)
  end)

  it("by hand, cloned into a package and built", function()
    local home = place.home()
    local clone = home:package("opt")
    place.run({ "git", "clone", "-q", repository, clone })
    place.run({ "make", "-C", clone })
    home:write_init(place.example("manual.lua", repository))
    modules.hand = clone .. "/lua/galley/core.so"
    open(home, modules.hand)
  end)

  it("by make install, with no line in init.lua", function()
    local home = place.home()
    -- from the clone that is built already
    local clone = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(modules.hand)))
    local prefix = home.folder .. "/usr"
    place.run({ "make", "-C", clone, "install", "PREFIX=" .. prefix })
    home.env.XDG_DATA_DIRS = prefix .. "/share"
    local folder = prefix .. "/share/nvim/site/pack/galley/start/galley.nvim"
    open(home, folder .. "/lua/galley/core.so")
    assert.are.equal(0, vim.fn.filereadable(folder .. "/plugin/core/lua.c"))
    local said = place.run(
      { folder .. "/bin/galley", "--help" },
      { env = { GALLEY_NVIM = newest } }
    )
    assert.has.match("annotate", said)
    place.run({ "make", "-C", clone, "uninstall", "PREFIX=" .. prefix })
    assert.are.equal(0, vim.fn.isdirectory(folder))
  end)

  it("by make install never over a clone", function()
    local home = place.home()
    local clone = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(modules.hand)))
    local target = home.folder .. "/share/nvim/site/pack/galley/start/galley.nvim"
    place.run({ "git", "clone", "-q", repository, target })
    for _, goal in ipairs({ "install", "uninstall" }) do
      local command = { "make", "-C", clone, goal, "PREFIX=" .. home.folder }
      local fine, message = pcall(place.run, command)
      assert.is_false(fine)
      assert.has.match("is a clone: ", message)
    end
    assert.are.equal(1, vim.fn.filereadable(target .. "/Makefile"))
  end)

  -- What lazy.nvim does with examples/config/lazy.lua, done without lazy.nvim: lazy_spec.lua has it.
  it("by the build hook of lazy.nvim's spec", function()
    local home = place.home()
    local lines = place.example("lazy.lua", repository)
    local spec = assert(loadstring(table.concat(lines, "\n")))()
    local folder = home.folder .. "/data/nvim/lazy/" .. spec.name
    place.run({ "git", "clone", "-q", spec.url, folder })
    place.run({ "sh", "-c", spec.build }, { cwd = folder })
    home:write_init({ ("vim.opt.runtimepath:prepend(%q)"):format(folder) })
    modules.lazy = folder .. "/lua/galley/core.so"
    open(home, modules.lazy)
  end)

  it("in two folders, the C module is the same bytes", function()
    local first, second = place.bytes(modules.hand), place.bytes(modules.lazy)
    assert.is_true(#modules.hand ~= #modules.lazy) -- folders of other lengths, too
    assert.is_true(first == second)
    assert.is_nil(first:find(vim.fn.tempname():match("^/[^/]+/[^/]+"), 1, true))
  end)
end)
