-- The pages for people - README and those of doc/ - name only what there is.

vim.cmd.runtime("plugin/galley.lua")

local PAGES = { "README.md", "examples/README.md" }
vim.list_extend(PAGES, vim.fn.glob("doc/*.md", true, true))

--- @param path string
--- @return string
local function read(path)
  return table.concat(vim.fn.readfile(path), "\n")
end

describe("the pages", function()
  it("are those of doc/ too", function()
    assert.is_true(vim.tbl_contains(PAGES, "doc/tutorial.md"))
    assert.is_true(vim.tbl_contains(PAGES, "doc/reviewing.md"))
  end)

  --- Calls back with each match of a pattern in the pages.
  local function each(pattern, callback)
    local count = 0
    for _, path in ipairs(PAGES) do
      for found in read(path):gmatch(pattern) do
        count = count + 1
        callback(found, path)
      end
    end
    assert.is_true(count > 0, pattern)
  end

  it("name commands that there are", function()
    local names = {}
    for _, subcommand in ipairs(require("galley.command").subcommands) do
      names[subcommand.name] = true
    end
    each(":Galley%s+([%l%-]+)", function(name, path)
      assert.is_true(names[name], path .. ": :Galley " .. name)
    end)
  end)

  it("name maps that there are", function()
    each("<Plug>(%b())", function(name, path)
      local lhs = "<Plug>" .. name
      local there = vim.fn.maparg(lhs, "n") ~= "" or vim.fn.maparg(lhs, "o") ~= ""
      assert.is_true(there, path .. ": " .. lhs)
    end)
  end)

  it("name keys of the preset that there are", function()
    local keys = {}
    for _, map in ipairs(require("galley.keymaps").list()) do
      keys[map.lhs] = true
    end
    each("`(%]%a)`", function(key, path)
      assert.is_true(keys[key], path .. ": " .. key)
    end)
  end)

  it("name help that there is", function()
    local help = read("doc/galley.txt")
    each(":help ([%a][%w_%-]*)", function(tag, path)
      assert.is_truthy(help:find(("*%s*"):format(tag), 1, true), path .. ": " .. tag)
    end)
  end)

  it("name targets of the Makefile that there are", function()
    local makefile = "\n" .. read("Makefile")
    each("`make ([%l%-]+)", function(target, path)
      assert.is_truthy(makefile:find(("\n%s:"):format(target), 1, true), path .. ": " .. target)
    end)
  end)

  it("lead to files that there are", function()
    each("%]%(([%w_%-./]+)%)", function(target, path)
      local file = vim.fs.joinpath(vim.fs.dirname(path), target)
      assert.is_truthy(vim.uv.fs_stat(file), path .. ": " .. target)
    end)
    each('src[set]*="([^"]+)"', function(target, path)
      assert.is_truthy(vim.uv.fs_stat(target), path .. ": " .. target)
    end)
  end)

  it("name options with their defaults", function()
    local config = require("galley.config")
    local readme, count = read("README.md"), 0
    for name, default in readme:gmatch("\n| `([%l_]+)` *| `(.-)` *|") do
      local option = vim.iter(config.schema):find(function(item)
        return item.name == name
      end)
      assert.is_truthy(option, "README.md: option " .. name)
      local shown = vim.inspect(option.default, { newline = " ", indent = "" })
      assert.are.equal(shown, default, name)
      count = count + 1
    end
    assert.is_true(count > 10)
  end)

  it("name functions of Lua that there are", function()
    local galley, count = require("galley"), 0
    for name in read("README.md"):gmatch("`([%l_]+)%([%l, {}]*%)`") do
      assert.are.equal("function", type(galley[name]), name)
      count = count + 1
    end
    assert.is_true(count > 7)
    for name in pairs(galley) do
      assert.is_truthy(read("README.md"):find("`" .. name .. "(", 1, true), name)
    end
  end)

  it("name files and functions of the code that there are", function()
    local path, files, functions = "doc/architecture.md", 0, 0
    local code = {}
    for _, file in ipairs(vim.fn.glob("plugin/core/*.[ch]", true, true)) do
      code[#code + 1] = read(file)
    end
    code = table.concat(code, "\n")
    for name in read(path):gmatch("`([%w_%-./]+)`") do
      if name:find("/", 1, true) then
        local built = name == "lua/galley/core.so"
        assert.is_truthy(built or vim.uv.fs_stat(name), path .. ": " .. name)
        files = files + 1
      elseif name:find("^galley_") then
        assert.is_truthy(code:find(name .. "(", 1, true), path .. ": " .. name)
        functions = functions + 1
      end
    end
    assert.is_true(files > 50 and functions > 1)
  end)
end)
