-- documentLink through a client.

local Client = require("tests.client")

describe("links", function()
  local client

  after_each(function()
    client:close()
  end)

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("lead to addresses and to files beside the article, counted in " .. encoding, function()
      client = Client.open(
        "😀 See [the minutes](minutes.txt#p3), [the town](https://example.org/a?b=1), [gone](gone.txt),"
          .. " <https://example.org/c> and [bad](javascript:alert(1)).",
        { name = "a.md", encoding = encoding, files = { ["minutes.txt"] = "476" } }
      )
      local links =
        client:request("textDocument/documentLink", { textDocument = client:document() })
      local found = vim.tbl_map(function(link)
        return { client:text(link.range), link.target }
      end, links)
      assert.are.same({
        { "[the minutes](minutes.txt#p3)", vim.uri_from_fname(client.folder .. "/minutes.txt") },
        { "[the town](https://example.org/a?b=1)", "https://example.org/a?b=1" },
        { "<https://example.org/c>", "https://example.org/c" },
      }, found)
    end)
  end

  it("lead to the sources that the front matter names", function()
    client = Client.open("---\nsources:\n  - minutes.txt\n---\n\nThe council voted.", {
      name = "a.md",
      files = { ["minutes.txt"] = "476" },
    })
    local source = require("galley.source")
    local for_buffer = source.for_buffer
    source.for_buffer = function()
      return {
        {
          path = client.folder .. "/minutes.txt",
          named_at = { row = 2, col = 4, end_col = 15 },
        },
      }
    end
    local links = client:request("textDocument/documentLink", { textDocument = client:document() })
    source.for_buffer = for_buffer
    assert.are.equal(1, #links)
    assert.are.equal("minutes.txt", client:text(links[1].range))
    assert.are.equal(vim.uri_from_fname(client.folder .. "/minutes.txt"), links[1].target)
  end)
end)
