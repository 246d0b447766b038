-- The tutorial and the reviewer's page, step by step as they are printed.

local Screen = require("tests.screen.screen")
local page = require("tests.page")

describe("the page", function()
  local folder, screen

  --- A copy of the examples with the page's article open in it.
  --- @param name string
  local function open(name)
    local article = assert(vim.iter(io.lines(name)):join("\n"):match("\nnvim (%S+)\n"))
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    vim.fn.system({ "cp", "-r", "examples/.", folder })
    vim.fn.system({ "git", "-C", folder, "init", "--quiet" })
    vim.fn.system({ "git", "-C", folder, "config", "user.name", "Rosa Lindqvist" })
    screen = Screen.new({ columns = 80, lines = 24 })
    screen:command("cd " .. folder)
    screen:command("edit " .. article)
    screen:wait(function()
      return screen:lua(
        "local c = vim.lsp.get_clients({ name = 'galley' })[1] return c and c.initialized or false"
      )
    end, "for the client")
    return folder .. "/" .. article
  end

  after_each(function()
    local errors = screen:close()
    vim.fn.delete(folder, "rf")
    assert.are.equal("", errors)
  end)

  it("doc/tutorial.md is true", function()
    local article = open("doc/tutorial.md")
    page.follow(screen, "doc/tutorial.md")
    local ledger = table.concat(vim.fn.readfile(article .. ".galley.jsonl"), "\n")
    assert.has.match("Rosa Lindqvist", ledger)
    assert.has.match("line 7", ledger)
  end)

  it("doc/reviewing.md is true", function()
    local article = open("doc/reviewing.md")
    page.follow(screen, "doc/reviewing.md")
    assert.are.equal(3, #vim.fn.readfile(article .. ".galley.jsonl"))
    local facts = table.concat(vim.fn.readfile(folder .. "/facts.csv"), "\n")
    assert.has.match("queried,,,,rate of which day%?,Rosa Lindqvist", facts)
  end)
end)
