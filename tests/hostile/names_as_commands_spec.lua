-- Names of people, files and folders that look like commands of Lua, Vim or a shell are names.

local Client = require("tests.client")

local NAMES = {
  "Anna |qall! Lindqvist",
  "%{system('touch pwned')} Lindqvist",
  "%!v:lua.os.exit() Berg",
  "<CR>:qall!<CR> Berg",
  "$(touch pwned) Berg",
  "`touch pwned` Berg",
  "\\zs\\{99999}~ Berg",
  "]] error() -- Berg",
  "*|# %# <cword> Berg",
}

-- Of files: each is a good name on Linux.
local FILES = {
  "a b.txt",
  "50%.txt",
  "#1.txt",
  "`touch pwned`.txt",
  "$HOME.txt",
  "a|b.txt",
  "+qall!.txt",
  "[ab]*.txt",
  "-c qall.txt",
  "{a,b}.txt",
  "é“日本.txt",
  "<cword>.txt",
  'it\'s "so".txt',
  "back\\slash.txt",
}

local TEXT = "In all, 476 members voted in Paris, said Anna Lindqvist. Anna Lindqvist left."

describe("a name that looks like a command", function()
  local client

  after_each(function()
    assert.are.equal(0, vim.fn.filereadable("pwned"))
    assert.are.equal(0, vim.fn.filereadable(client.folder .. "/pwned"))
    client:close()
  end)

  it("is what a person is renamed to, and nothing is run", function()
    for _, name in ipairs(NAMES) do
      client = Client.open(TEXT)
      vim.fn.search("Lindqvist")
      require("galley.rename").rename(name, true)
      local article = client:article()
      -- Marks of emphasis are none of a name.
      local renamed = article:find(name:gsub("[*`]", ""), 1, true)
      assert.is_truthy(renamed or article == TEXT, name .. ": " .. article)
      for _, command in ipairs({ "entities", "list", "speakers", "stats", "inspect", "check" }) do
        vim.api.nvim_set_current_win(vim.fn.bufwinid(client.buf))
        vim.cmd("silent Galley " .. command)
        vim.cmd("silent! lclose | redrawstatus!")
      end
      local edit = client:ask("textDocument/rename", "Paris", { newName = name })
      assert.is_true(edit == nil or type(edit) == "table")
      client:close()
    end
    client = Client.open(TEXT)
  end)

  it("of two commands is the name up to the bar, as for every command", function()
    client = Client.open(TEXT)
    vim.fn.search("Lindqvist")
    vim.cmd("silent Galley rename! Nora Berg | let g:second = 1")
    assert.are.equal(1, vim.g.second)
    assert.is_truthy(client:article():find("said Nora Berg. Nora Berg left", 1, true))
  end)

  it("with a line break is no name", function()
    client = Client.open(TEXT)
    vim.fn.search("Lindqvist")
    local _, problem = require("galley.rename").rename("Nora\nBerg", true)
    local article = client:article()
    assert.is_true(problem ~= nil or not article:find("\n"), article)
    assert.is_nil(article:find("\n"))
  end)

  it("does nothing in the status line", function()
    client =
      Client.open("---\ndate: 2026-05-14\n---\n%{system('touch pwned')} Berg met %#Error# Lind.")
    vim.o.statusline = "%{%v:lua.require'galley'.statusline()%}"
    vim.wait(5000, function()
      return require("galley").statusline() ~= ""
    end, 5)
    local shown = vim.api.nvim_eval_statusline(vim.o.statusline, {}).str
    vim.o.statusline = ""
    assert.has.match("2026%-05%-14", shown)
    assert.is_nil(shown:find("[{}%%#]"))
  end)
end)

describe("a file whose name looks like a command", function()
  local client
  local here = vim.fn.getcwd()

  after_each(function()
    vim.cmd.cd(here)
    assert.are.equal(0, vim.fn.filereadable(client.folder .. "/pwned"))
    client:close()
  end)

  it("is a source like any other: found, jumped to, peeked at, listed", function()
    for _, name in ipairs(FILES) do
      client = Client.open(TEXT, { files = { ["sources/" .. name] = "x\nThe 476 members voted." } })
      vim.cmd.cd(client.folder)
      local path = client.folder .. "/sources/" .. name
      assert.is_true(require("galley.source").wait(client.buf))
      assert.are.equal(path, require("galley.source").for_buffer(client.buf)[1].path)
      vim.fn.search("476")
      vim.cmd("silent Galley peek")
      vim.cmd("silent Galley sources")
      vim.cmd("lclose")
      vim.api.nvim_set_current_win(vim.fn.bufwinid(client.buf))
      local location = client:ask("textDocument/definition", "476")
      assert.are.equal(path, vim.uri_to_fname((location[1] or location).uri))
      vim.fn.cursor(1, 1)
      vim.fn.search("476")
      vim.cmd("silent Galley source")
      assert.is_true(
        vim.wait(2000, function()
          return vim.api.nvim_buf_get_name(0) == path
        end, 5),
        name
      )
      assert.are.same({ 2, 4 }, vim.api.nvim_win_get_cursor(0))
      vim.cmd("silent Galley backlinks")
      vim.cmd.cd(here)
      client:close()
    end
    client = Client.open(TEXT)
  end)

  it("may be the article: its ledger is beside it, its facts are exported", function()
    for index, name in ipairs(FILES) do
      client = Client.open(TEXT, { name = name })
      vim.cmd.cd(client.folder)
      vim.fn.search("476")
      vim.cmd("silent Galley verify")
      assert.are.equal(1, vim.fn.filereadable(client.folder .. "/" .. name .. ".galley.jsonl"))
      local out = FILES[index % #FILES + 1]:gsub("%.txt$", ".csv")
      assert(require("galley.ledger.export").run(0, "csv", out, true))
      local found = false
      for entry in vim.fs.dir(client.folder) do
        found = found or entry == out
      end
      assert.is_true(found, out)
      vim.cmd.cd(here)
      client:close()
    end
    client = Client.open(TEXT)
  end)

  it("is the file that :Galley export writes, as it is typed", function()
    client = Client.open(TEXT)
    vim.cmd.cd(client.folder)
    for _, name in ipairs({
      "a b.csv",
      "50%.csv",
      "#1.csv",
      "`x`.csv",
      "+y.csv",
      "é“.csv",
      "-z.csv",
    }) do
      vim.cmd("silent Galley export csv " .. name)
      local found = false
      for entry in vim.fs.dir(client.folder) do
        found = found or entry == name
      end
      assert.is_true(found, name)
    end
  end)

  it("that is a pipe, a device, a folder or a link is not exported to", function()
    client = Client.open(TEXT)
    local outside = client.folder .. "/kept"
    vim.fn.writefile({ "kept" }, outside)
    assert(vim.uv.fs_symlink(outside, client.folder .. "/link"))
    vim.fn.mkdir(client.folder .. "/folder")
    assert(vim.system({ "mkfifo", client.folder .. "/pipe" }):wait().code == 0)
    for _, name in ipairs({ "link", "folder", "pipe" }) do
      local ok, message =
        require("galley.ledger.export").run(0, "csv", client.folder .. "/" .. name, true)
      assert.is_nil(ok)
      assert.has.match("is no plain file", message)
    end
    assert.is_nil((require("galley.ledger.export").run(0, "csv", "/dev/null", true)))
    assert.are.same({ "kept" }, vim.fn.readfile(outside))
  end)

  it("is opened by a jump with no more than :edit does: no modeline is trusted more", function()
    client = Client.open(TEXT, {
      files = {
        ["sources/m.txt"] = "476 members voted.\nvim: set ts=3 makeprg=evil fde=system('x'):",
      },
    })
    require("galley.source").wait(client.buf)
    vim.o.modeline = false
    vim.fn.search("476")
    vim.cmd("silent Galley source")
    assert.has.match("m%.txt$", vim.api.nvim_buf_get_name(0))
    assert.are.equal(8, vim.bo.tabstop)
    vim.cmd("silent bwipeout!")
    vim.o.modeline = true
    vim.cmd("silent! buffer " .. client.buf)
    vim.fn.cursor(1, 1)
    vim.fn.search("476")
    pcall(vim.cmd, "silent! Galley source")
    assert.is_nil(vim.o.makeprg:find("evil"))
  end)
end)
