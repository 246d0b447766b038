-- definition, references and documentHighlight through a client.

local Client = require("tests.client")

local TEXT = [[
The European Union (EU) counted 476 votes.[^1] 😀 Anna Lindqvist of Norrvik chairs it.

“Never,” Lindqvist said of the EU. It counted 476 votes in 2018, and 151 in 2019.[^1]

[^1]: See the minutes.
]]

describe("definition", function()
  local client

  after_each(function()
    client:close()
  end)

  --- @param at string
  --- @return string[]
  local function targets(at)
    local result = client:ask("textDocument/definition", at)
    return vim.tbl_map(function(location)
      assert.are.equal(client:document().uri, location.uri)
      return ("%d:%s"):format(location.range.start.line + 1, client:text(location.range))
    end, result or {})
  end

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("leads from a name to the full name in " .. encoding, function()
      client = Client.open(TEXT, { name = "a.md", encoding = encoding })
      assert.are.same({ "1:Anna Lindqvist" }, targets("Lindqvist said"))
      assert.are.same({ "1:European Union" }, targets("EU. It"))
      assert.are.same({ "1:Anna Lindqvist" }, targets("Anna"))
    end)
  end

  it("leads from a citation to its note", function()
    client = Client.open(TEXT, { name = "a.md" })
    assert.has.match("^5:%[^1%]: See the minutes", targets("[^1]")[1])
  end)

  it("leads from a link to the file beside the article", function()
    client = Client.open("See [the minutes](minutes%20of%20May.txt) and [more](gone.txt).", {
      name = "a.md",
      files = { ["minutes of May.txt"] = "476 votes" },
    })
    local result = assert(client:ask("textDocument/definition", "the minutes"))
    assert.are.equal(vim.uri_from_fname(client.folder .. "/minutes of May.txt"), result[1].uri)
    assert.is_nil((client:ask("textDocument/definition", "more")))
  end)

  local WITH_SOURCE =
    "---\nsources:\n  - minutes.txt\n---\n\nThe council counted 476 votes in Norrvik."

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("leads from a figure to its source, counted in " .. encoding, function()
      client = Client.open(WITH_SOURCE, {
        name = "a.md",
        encoding = encoding,
        files = { ["minutes.txt"] = "The minutes.\n😀 In all 476 votes were counted in Norrvik." },
      })
      local result = assert(client:ask("textDocument/definition", "476"))
      assert.are.equal(vim.uri_from_fname(client.folder .. "/minutes.txt"), result[1].uri)
      local range = result[1].range
      local character = encoding == "utf-8" and 12 or 10
      assert.are.same({ line = 1, character = character }, range.start)
    end)
  end

  it("waits for sources that are being read, unless it is cancelled", function()
    client = Client.open(WITH_SOURCE, {
      name = "a.md",
      encoding = "utf-8",
      files = { ["minutes.txt"] = "In all 476 votes were counted in Norrvik." },
    })
    local source = require("galley.source")
    local find, ready, waiting = source.find, source.ready, {}
    local target = require("galley.source.target")
    local at = target.at
    source.find = function()
      return {}, false
    end
    source.ready = function(_, callback)
      table.insert(waiting, callback)
    end
    target.at = function()
      return {}
    end
    local answers = {}
    local params = { textDocument = client:document(), position = client:position("476") }
    local ids = {}
    for index = 1, 2 do
      local sent = {
        client:call("request", "textDocument/definition", params, function(err, result)
          table.insert(answers, err and err.code or #result)
        end, client.buf),
      }
      ids[index] = sent[2]
    end
    client:wait(function()
      return #waiting == 2
    end)
    assert.are.same({}, answers)
    client:call("notify", "$/cancelRequest", { id = ids[1] })
    client:wait(function()
      return #answers == 1
    end)
    assert.are.same({ -32800 }, answers)
    source.find, source.ready, target.at = find, ready, at
    source.wait(client.buf)
    waiting[1]()
    waiting[2]()
    assert.are.same({ -32800, 1 }, answers)
  end)

  it("has none for plain words", function()
    client = Client.open(TEXT, { name = "a.md" })
    assert.is_nil((client:ask("textDocument/definition", "chairs")))
  end)
end)

describe("references", function()
  local client

  after_each(function()
    client:close()
  end)

  --- @param at string
  --- @param declaration boolean
  --- @return string[]
  local function places(at, declaration)
    local context = { context = { includeDeclaration = declaration } }
    return vim.tbl_map(function(location)
      return ("%d:%s"):format(location.range.start.line + 1, client:text(location.range))
    end, client:ask("textDocument/references", at, context) or {})
  end

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("are the mentions, the same figures and citations in " .. encoding, function()
      client = Client.open(TEXT, { name = "a.md", encoding = encoding })
      assert.are.same({ "1:Anna Lindqvist", "3:Lindqvist" }, places("Lindqvist said", true))
      assert.are.same({ "1:Anna Lindqvist" }, places("Lindqvist said", false))
      assert.are.same({ "1:European Union", "1:EU", "3:EU" }, places("EU.", true))
      assert.are.same({ "1:476", "3:476" }, places("476", true))
      assert.are.same({ "3:151" }, places("151", true))
      assert.are.same({ "1:[^1]", "3:[^1]" }, places("[^1]", true))
      assert.are.same({}, places("chairs", true))
    end)
  end

  it("are highlighted in the document", function()
    client = Client.open(TEXT, { name = "a.md", encoding = "utf-16" })
    local marks = client:ask("textDocument/documentHighlight", "Lindqvist said")
    assert.are.same(
      { "Anna Lindqvist", "Lindqvist" },
      vim.tbl_map(function(mark)
        assert.are.equal(1, mark.kind)
        return client:text(mark.range)
      end, marks)
    )
  end)
end)
