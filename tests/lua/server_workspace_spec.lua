-- workspace/symbol through a client.

local Client = require("tests.client")

local TEXT = "Anna Lindqvist of Norrvik counted 476 votes."

describe("workspace symbols", function()
  local client, for_buffer

  before_each(function()
    for_buffer = require("galley.source").for_buffer
  end)

  after_each(function()
    require("galley.source").for_buffer = for_buffer
    client:close()
  end)

  --- @param query string
  --- @return table[]
  local function ask(query)
    return vim.tbl_map(function(symbol)
      local start = symbol.location.range.start
      local file = vim.fs.basename(vim.uri_to_fname(symbol.location.uri))
      return { symbol.name, file, start.line, start.character }
    end, client:request("workspace/symbol", { query = query }))
  end

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("are names of the article, sources and their lines, counted in " .. encoding, function()
      client = Client.open(TEXT, {
        encoding = encoding,
        files = { ["minutes.txt"] = "The minutes\n😀 In NORRVIK they counted." },
      })
      require("galley.source").for_buffer = function()
        return {
          {
            path = client.folder .. "/minutes.txt",
            name = "minutes.txt",
            format = "text",
            state = "indexed",
          },
          {
            path = client.folder .. "/gone.txt",
            name = "gone.txt",
            format = "text",
            state = "missing",
          },
        }
      end
      assert.are.same({
        { "Norrvik", "article.txt", 0, 18 },
        { "😀 In NORRVIK they counted.", "minutes.txt", 1, encoding == "utf-8" and 8 or 6 },
      }, ask("norrvik"))
      assert.are.same({
        { "minutes.txt", "minutes.txt", 0, 0 },
        { "The minutes", "minutes.txt", 0, 4 },
      }, ask("Minutes"))
      assert.are.same({}, ask("gone"))
      assert.are.equal(3, #ask(""))
    end)
  end

  it("are empty when nothing is open or the query is none", function()
    client = Client.open(TEXT)
    assert.are.equal(2, #client:request("workspace/symbol", { query = 7 }))
    assert.are.same({}, ask("zzz"))
  end)
end)
