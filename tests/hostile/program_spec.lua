-- Programs that make text of a PDF or a web page run when the user asks what a source says, and not
-- for what an editor asks by itself: outlines, light bulbs, hints, links, folds, highlights.

local Client = require("tests.client")
local program = require("galley.source.program")

local TEXT = "---\nsources: [paper.pdf, page.html]\n---\n"
  .. "In all, 476 members voted on 25 May 2018.\n\n“Yes,” said Anna Lindqvist. Lindqvist left."

describe("a program for sources", function()
  local client, ran, run, installed

  before_each(function()
    client = Client.open(TEXT, {
      name = "a.md",
      files = { ["paper.pdf"] = "%PDF-1.4", ["page.html"] = "<p>476 members voted</p>" },
    })
    ran, run, installed = {}, program.run, program.installed
    program.installed = function(names)
      return program.programs[names[1]], "/nonexistent/" .. names[1]
    end
    program.run = function(what, _, file, done)
      table.insert(ran, what.name .. " " .. vim.fs.basename(file))
      vim.schedule(function()
        done("In all, 476 members voted.\n")
      end)
      return function() end
    end
  end)

  after_each(function()
    program.run, program.installed = run, installed
    client:close()
  end)

  it("does not run for what an editor asks by itself", function()
    local document = client:document()
    local whole = { start = { line = 0, character = 0 }, ["end"] = { line = 9, character = 0 } }
    for row = 3, 5 do
      for col = 0, 60, 4 do
        local params = {
          textDocument = document,
          position = { line = row, character = col },
          range = {
            start = { line = row, character = col },
            ["end"] = { line = row, character = col },
          },
          context = { diagnostics = {}, triggerKind = 2 },
        }
        for _, method in ipairs({ "codeAction", "documentHighlight", "completion" }) do
          client:request("textDocument/" .. method, params)
        end
      end
    end
    for _, method in ipairs({ "documentSymbol", "inlayHint", "documentLink", "foldingRange" }) do
      client:request("textDocument/" .. method, { textDocument = document, range = whole })
    end
    client:request("workspace/symbol", { query = "members" })
    vim.cmd("silent doautocmd FocusGained")
    vim.cmd("silent doautocmd CursorHold")
    require("galley.check.diagnostic").publish(client.buf)
    for _, command in ipairs({ "check", "list", "review", "stats", "sources" }) do
      vim.cmd("silent Galley " .. command)
      vim.cmd("silent! lclose")
    end
    vim.wait(200)
    assert.are.same({}, ran)
  end)

  it("runs once when the user asks for the place", function()
    vim.fn.search("476")
    vim.cmd("silent Galley peek")
    client:wait(function()
      return #ran == 2
    end)
    table.sort(ran)
    assert.are.same({ "pandoc page.html", "pdftotext paper.pdf" }, ran)
    vim.cmd("silent Galley peek")
    vim.wait(50)
    assert.are.equal(2, #ran)
  end)

  it("does not run at all when the setting says so", function()
    require("galley").setup({ source_programs = false, auto_attach = false })
    vim.fn.search("476")
    vim.cmd("silent Galley peek")
    client:ask("textDocument/definition", "476")
    vim.wait(100)
    assert.are.same({}, ran)
  end)
end)
