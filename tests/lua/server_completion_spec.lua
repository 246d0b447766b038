-- completion of names through a client.

local Client = require("tests.client")

local TEXT = "Anna Lindqvist won in Norrvik. 😀 Élodie Ångström of the European Union (EU) lost.\n"
  .. "LINDQVIST WINS IN NORRVIK\n\n“Yes,” said Lindqvist. "

describe("completion", function()
  local client

  after_each(function()
    client:close()
  end)

  --- What is offered behind some typed text at the end, and the article with the first of it.
  --- @param typed string
  --- @return string[] labels
  --- @return string? line
  local function offered(typed)
    local row = vim.api.nvim_buf_line_count(client.buf) - 1
    local line = vim.api.nvim_buf_get_lines(client.buf, row, row + 1, false)[1] .. typed
    vim.api.nvim_buf_set_lines(client.buf, row, row + 1, false, { line })
    local units = client.client.offset_encoding == "utf-8" and #line
      or select(2, vim.str_utfindex(line))
    local result = client:request("textDocument/completion", {
      textDocument = client:document(),
      position = { line = row, character = units },
    })
    local labels = vim.tbl_map(function(item)
      return item.label
    end, result.items)
    if result.items[1] then
      vim.lsp.util.apply_text_edits(
        { result.items[1].textEdit },
        client.buf,
        client.client.offset_encoding
      )
    end
    return labels, vim.api.nvim_buf_get_lines(client.buf, row, row + 1, false)[1]
  end

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("offers names as the article spells them, counted in " .. encoding, function()
      client = Client.open(TEXT, { encoding = encoding })
      local labels, line = offered("😀 Lin")
      assert.are.same({ "Lindqvist" }, labels)
      assert.are.equal("“Yes,” said Lindqvist. 😀 Lindqvist", line)
    end)
  end

  it("knows accents, and names of several words by their beginning", function()
    client = Client.open(TEXT)
    assert.are.same({ "Élodie Ångström" }, (offered("él")))
    local labels, line = offered(" saw Anna Lind")
    assert.are.equal("Anna Lindqvist", labels[1])
    assert.has.match("saw Anna Lindqvist$", line)
  end)

  it("learns the names that were written since, when typing rests", function()
    client = Client.open(TEXT)
    assert.are.same({}, (offered(" Odu")))
    vim.api.nvim_buf_set_lines(
      client.buf,
      0,
      0,
      false,
      { "Maria Oduya came. “No,” Oduya said.", "" }
    )
    local updated = false
    vim.api.nvim_create_autocmd("User", {
      pattern = "GalleyUpdate",
      once = true,
      callback = function()
        updated = true
      end,
    })
    client:wait(function()
      return updated
    end)
    assert.are.same({ "Oduya" }, (offered("; Odu")))
  end)

  it("is silent where no name begins so, and at blanks", function()
    client = Client.open(TEXT)
    assert.are.same({}, (offered("Qx")))
    assert.are.same({}, (offered(" ")))
  end)
end)
