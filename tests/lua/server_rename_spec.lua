-- prepareRename and rename through a client.

local Client = require("tests.client")

local TEXT = "😀 Anna Lindqvist won. 😀😀 Lindqvist left.\n\nANNA LINDQVIST WINS AGAIN"

describe("rename", function()
  local client

  after_each(function()
    client:close()
  end)

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("changes every mention in its form, counted in " .. encoding, function()
      client = Client.open(TEXT, { encoding = encoding })
      local prepared = client:ask("textDocument/prepareRename", "Lindqvist left")
      assert.are.equal("Lindqvist", client:text(prepared.range))
      assert.are.equal("Anna Lindqvist", prepared.placeholder)
      local edit =
        client:ask("textDocument/rename", "Lindqvist left", { newName = "Zoë Ångström" })
      vim.lsp.util.apply_workspace_edit(edit, client.client.offset_encoding)
      assert.are.equal(
        "😀 Zoë Ångström won. 😀😀 Ångström left.\n\nZOË ÅNGSTRÖM WINS AGAIN",
        client:article()
      )
    end)
  end

  it("is what vim.lsp.buf.rename() does, in one change", function()
    client = Client.open(TEXT)
    vim.fn.search("Lindqvist left")
    vim.lsp.buf.rename("Maria Oduya")
    client:wait(function()
      return client:article():find("Oduya left")
    end)
    vim.cmd("silent undo")
    assert.are.equal(TEXT, client:article())
  end)

  it("says why not", function()
    client = Client.open("Anna Lindqvist won. Lindqvist left.")
    local result, problem = client:ask("textDocument/rename", "Anna", { newName = "Oduya" })
    assert.is_nil(result)
    assert.are.equal(-32803, problem.code)
    assert.has.match("what becomes of “Lindqvist”", problem.message)
    result, problem = client:ask("textDocument/rename", "won", { newName = "Maria Oduya" })
    assert.is_nil(result)
    assert.has.match("no name here", problem.message)
    assert.is_nil((client:ask("textDocument/prepareRename", "won")))
    result, problem = client:ask("textDocument/rename", "Anna")
    assert.is_nil(result)
    assert.are.equal(-32602, problem.code)
  end)
end)
