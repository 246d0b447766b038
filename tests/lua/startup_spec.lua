-- What the plugin costs and does in a Neovim that has just started, and without its C module.

local nvim = vim.v.progpath
local root = vim.fn.getcwd()

--- Runs a Neovim to its end; gives what it wrote.
local function run(arguments)
  local command = { nvim, "--clean", "-n", "--headless" }
  vim.list_extend(command, arguments)
  local result = vim.system(command, { text = true }):wait(60000)
  return result.stdout .. result.stderr, result.code
end

--- The plugin as a user has it, without the C module.
local function without_core()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, "p")
  for _, part in ipairs({ "plugin", "lua" }) do
    vim.fn.system({ "cp", "-r", root .. "/" .. part, folder .. "/" .. part })
  end
  vim.fn.delete(folder .. "/lua/galley/core.so")
  return folder
end

describe("at start", function()
  it("loads no module before an article is opened", function()
    local out = run({
      "--cmd",
      "set rtp^=" .. root,
      "+lua for name in pairs(package.loaded) do if name:find('galley') then print(name) end end",
      "+echo exists(':Galley') g:loaded_galley",
      "+qa",
    })
    assert.are.equal("2 1", vim.trim(out))
  end)

  it("annotates a file given on the command line", function()
    local file = vim.fn.tempname() .. ".txt"
    vim.fn.writefile({ "A vote, said Anna Lindqvist." }, file)
    local out = run({
      "--cmd",
      "set rtp^=" .. root,
      file,
      "+lua print(require('galley').get_spans(0)[1].text, require('galley').is_attached())",
      "+qa",
    })
    assert.has.match("^Anna Lindqvist true", out)
  end)

  it("annotates what is open when it is loaded late", function()
    local file = vim.fn.tempname() .. ".txt"
    vim.fn.writefile({ "In 2018." }, file)
    local out = run({
      file,
      "+autocmd VimEnter * ++nested set rtp^=" .. root .. " | runtime plugin/galley.lua",
      "+lua vim.schedule(function() vim.schedule(function() "
        .. "print(require('galley').is_attached()) vim.cmd.qall() end) end)",
    })
    assert.has.match("true", out)
  end)
end)

describe("without the C module", function()
  local folder

  setup(function()
    folder = without_core()
  end)

  teardown(function()
    vim.fn.delete(folder, "rf")
  end)

  it("says once what cures it, and leaves Neovim unharmed", function()
    local file = vim.fn.tempname() .. ".txt"
    vim.fn.writefile({ "In 2018." }, file)
    local out = run({
      "--cmd",
      "set rtp^=" .. folder,
      file,
      "+sleep 50m",
      "+edit " .. file .. "2.txt",
      "+sleep 50m",
      "+call setline(1, 'text 12')",
      "+echo 'line: ' .. getline(1)",
      "+qa!",
    })
    local _, times = out:gsub("the C module is not built", "")
    assert.are.equal(1, times, out)
    assert.has.match("Run `make` in " .. vim.pesc(folder), out)
    assert.has.match("line: text 12", out)
    assert.is_nil(out:find("Error"), out)
    assert.is_nil(out:find("stack traceback"), out)
  end)

  it("says so when asked, in the API and in :checkhealth", function()
    local out = run({
      "--cmd",
      "set rtp^=" .. folder,
      "+lua print(select(2, require('galley').attach(0)))",
      "+lua print(select(2, require('galley').get_spans(0)))",
      "+Galley toggle date",
      "+checkhealth galley",
      "+%print",
      "+qa!",
    })
    assert.has.match("galley: the C module is not built", out)
    assert.has.match("galley: the buffer is not annotated", out)
    assert.has.match("ERROR galley: the C module is not built", out)
    assert.is_nil(out:find("stack traceback"), out)
  end)

  it("says so when the file is not a module", function()
    local path = folder .. "/lua/galley/core.so"
    vim.fn.writefile({ "not a library" }, path)
    local out = run({
      "--cmd",
      "set rtp^=" .. folder,
      "+lua print(select(2, require('galley').attach(0)))",
      "+qa!",
    })
    vim.fn.delete(path)
    assert.has.match("galley: cannot load .*core.so %(.*%)%. Run `make clean && make` in", out)
  end)

  it("says so when the file was built for another version of the plugin", function()
    local path = folder .. "/lua/galley/core.so"
    vim.fn.system({ "cp", root .. "/lua/galley/core.so", path })
    local version = vim.fn.readfile(folder .. "/lua/galley/version.lua")
    vim.fn.writefile({ 'return "99.0.0"' }, folder .. "/lua/galley/version.lua")
    local out = run({
      "--cmd",
      "set rtp^=" .. folder,
      "+lua print(select(2, require('galley').attach(0)))",
      "+qa!",
    })
    vim.fn.writefile(version, folder .. "/lua/galley/version.lua")
    vim.fn.delete(path)
    assert.has.match("core.so is of version %S+, the plugin of 99.0.0. Run `make` in", out)
  end)

  it("works as soon as it has been built", function()
    local path = folder .. "/lua/galley/core.so"
    local out = run({
      "--cmd",
      "set rtp^=" .. folder,
      "+lua print((require('galley').attach(0)))",
      ("+call system('cp %s/lua/galley/core.so %s')"):format(root, path),
      "+lua print((require('galley').attach(0)))",
      "+qa!",
    })
    vim.fn.delete(path)
    assert.has.match("nil%s+true", out)
  end)
end)
