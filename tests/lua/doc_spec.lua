-- The help says what the code does, and its links lead somewhere.

local root = vim.fn.getcwd()

describe("doc/galley.txt", function()
  it("is what its source and the code's tables say", function()
    local script = root .. "/tests/doc/generate.lua"
    local result = vim.system({ vim.v.progpath, "--clean", "-l", script, "--check" }):wait()
    assert.are.equal("", result.stderr)
    assert.are.equal(0, result.code)
  end)

  it("has no tag twice and no link without a tag", function()
    local folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    vim.fn.system({ "cp", root .. "/doc/galley.txt", folder })
    vim.cmd.helptags(folder) -- fails on duplicates
    local tags = {}
    for line in io.lines(folder .. "/tags") do
      tags[line:match("^[^\t]+")] = true
    end
    assert.is_true(tags["galley"] and tags[":Galley"] and tags["galley.txt"])
    local links = 0
    for line in io.lines(root .. "/doc/galley.txt") do
      assert.is_true(vim.api.nvim_strwidth(line) <= 80, line)
      for link in line:gmatch("|([^|%s]+)|") do
        if link:find("galley", 1, true) then
          links = links + 1
          assert.is_true(tags[link], "no tag for |" .. link .. "|")
        end
      end
    end
    assert.is_true(links > 10)
    vim.fn.delete(folder, "rf")
  end)

  it("has an entry for every function of the Lua interface", function()
    local text = table.concat(vim.fn.readfile(root .. "/doc/galley.txt"), "\n")
    for name in pairs(require("galley")) do
      assert.is_true(text:find("*galley." .. name .. "()*", 1, true) ~= nil, name)
    end
  end)
end)
