-- inlayHint through a client, and completion of names.

local Client = require("tests.client")

local TEXT = "Anna 😀 Lindqvist won on 25 May 2018. 😀 Two days later Nils Holm left.\n\n"
  .. "“Never,” Holm said."

describe("inlay hints", function()
  local client

  after_each(function()
    client:close()
  end)

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("tell values and speakers, counted in " .. encoding, function()
      client = Client.open(TEXT, { encoding = encoding })
      local hints = client:request("textDocument/inlayHint", {
        textDocument = client:document(),
        range = { start = { line = 0, character = 0 }, ["end"] = { line = 3, character = 0 } },
      })
      local found = vim.tbl_map(function(hint)
        local before = { start = { line = hint.position.line, character = 0 } }
        before["end"] = hint.position
        return { client:text(before):match("[^.,]*.?.?.?.?$"), hint.label }
      end, hints)
      assert.are.equal(2, #hints)
      assert.has.match("Two days later$", found[1][1])
      assert.are.equal("2018-05-27", found[1][2])
      assert.are.equal("— Nils Holm", found[2][2])
      assert.are.equal(2, hints[2].position.line)
      hints = client:request("textDocument/inlayHint", {
        textDocument = client:document(),
        range = { start = { line = 2, character = 0 }, ["end"] = { line = 2, character = 5 } },
      })
      assert.are.equal(1, #hints)
    end)
  end

  it("are shown when the user turns them on, and follow the text", function()
    client = Client.open(TEXT)
    local function shown()
      return vim.tbl_map(function(hint)
        return hint.inlay_hint.label
      end, vim.lsp.inlay_hint.get({ bufnr = client.buf }))
    end
    assert.are.same({}, shown())
    vim.lsp.inlay_hint.enable(true, { bufnr = client.buf })
    client:wait(function()
      return #shown() == 2
    end)
    vim.api.nvim_buf_set_lines(client.buf, 2, 3, false, {})
    client:wait(function()
      return vim.deep_equal({ "2018-05-27" }, shown())
    end)
  end)
end)
