-- textDocument/hover through a client: what a place is, and what is known of it.

local Client = require("tests.client")

local TEXT = [[
Anna Lindqvist chairs the council in Norrvik.[^1] It counted 476 votes on 25 May 2018.

“We 😀 counted,” Lindqvist said. Two days later she left Norrvik.

[^1]: See the minutes of the council,
    page 3.
]]

describe("hover", function()
  local client

  after_each(function()
    client:close()
  end)

  --- @param text string
  --- @return string
  local function value(text)
    local hover = assert(client:ask("textDocument/hover", text))
    assert.are.equal("plaintext", hover.contents.kind)
    for _, line in ipairs(vim.split(hover.contents.value, "\n")) do
      assert.is_true(vim.api.nvim_strwidth(line) <= 76, line)
    end
    return hover.contents.value, hover.range
  end

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("tells kind, value and rule, with its range in " .. encoding, function()
      client = Client.open(TEXT, { name = "a.md", encoding = encoding })
      local text, range = value("476")
      assert.has.match("^476\n\nkind +figure\ntype +number\nvalue +476\n", text)
      assert.has.match("\ncounts +votes", text)
      assert.has.match("\nrule +figure%.", text)
      assert.is_nil(text:find("\nrange"))
      assert.are.equal("476", client:text(range))
      _, range = value("counted,")
      assert.are.equal("“We 😀 counted,”", client:text(range))
    end)
  end

  it("tells who is meant, and where else", function()
    client = Client.open(TEXT, { name = "a.md" })
    local text = value("Lindqvist said")
    assert.has.match("\nname +Anna Lindqvist\n", text)
    assert.has.match("\nmentions +2, in lines 1, 3", text)
  end)

  it("tells who speaks, by which word and rules", function()
    client = Client.open(TEXT, { name = "a.md" })
    local text = value("We 😀")
    assert.has.match("\nspeaker +Lindqvist %(Anna Lindqvist%)\n", text)
    assert.has.match("\ncue +said\n", text)
    assert.has.match("\nspeaker rule +speaker%.", text)
  end)

  it("tells the value of a date, and what it is counted from", function()
    client = Client.open(TEXT, { name = "a.md" })
    local text = value("Two days later")
    assert.has.match("\nvalue +2018%-05%-27\n", text)
    assert.has.match("\ncounted from +the date mentioned before\n", text)
  end)

  local SOURCED = "---\nsources: [minutes.txt]\n---\n\nThe council counted 476 votes in Norrvik."
  local MINUTES = "The minutes.\n"
    .. ("After a long debate, of which nothing else is known, "):rep(4)
    .. "in all 476 votes were counted in Norrvik, "
    .. ("and that was that, "):rep(9)

  it("tells where a source says it, by the words there, at the first look", function()
    client = Client.open(SOURCED, { name = "a.md", files = { ["minutes.txt"] = MINUTES } })
    local text = value("476")
    assert.has.match("\nsource +minutes.txt, line 2\n +….-in all 476 votes were .-…\n", text)
    assert.has.match("\n +equal: 476 = 476", text)
  end)

  it("waits for sources that are being read, and not for ever", function()
    client = Client.open(SOURCED, { name = "a.md", files = { ["minutes.txt"] = MINUTES } })
    local source = require("galley.source")
    local find, ready = source.find, source.ready
    source.find = function(...)
      return find(...), false
    end
    local waiting
    source.ready = function(_, callback)
      waiting = callback
    end
    local params = { textDocument = client:document(), position = client:position("476") }
    local answers = {}
    for _ = 1, 2 do
      client:call("request", "textDocument/hover", params, function(err, result)
        table.insert(answers, err or result)
      end, client.buf)
      client:wait(function()
        return waiting
      end)
    end
    assert.are.same({}, answers)
    client:wait(function()
      return #answers == 2
    end)
    source.find, source.ready = find, ready
    assert.has.match("\nsource +minutes.txt, line 2\n", answers[1].contents.value)
    -- The answer that comes when somebody has written meanwhile would be of another text.
    waiting = nil
    source.find, source.ready =
      function()
        return {}, false
      end, function(_, callback)
        waiting = callback
      end
    local done, result
    client:call("request", "textDocument/hover", params, function(_, answer)
      done, result = true, answer
    end, client.buf)
    client:wait(function()
      return waiting
    end)
    vim.api.nvim_buf_set_lines(client.buf, -1, -1, false, { "More." })
    waiting()
    source.find, source.ready = find, ready
    assert.is_true(done)
    assert.is_nil(result)
  end)

  it("shows a note in place", function()
    client = Client.open(TEXT, { name = "a.md" })
    local text = value("[^1] It")
    assert.has.match("minutes of the council,\n +page 3", text)
  end)

  it("tells the ledger's status", function()
    client = Client.open(TEXT, { name = "a.md" })
    vim.fn.search("476")
    vim.cmd("Galley verify seen in the minutes")
    local text = value("476")
    assert.has.match("\nstatus +verified\n", text)
    assert.has.match("\nnote +seen in the minutes", text)
  end)

  it("tells what checks found there, on plain words too", function()
    client =
      Client.open("It was his 22th win.\n\nThe minister said that the the road would be built.")
    local hover = client:ask("textDocument/hover", "22th")
    assert.has.match("\nwarn +.*22nd.* %[ordinal%-suffix%]", hover.contents.value)
    hover = client:ask("textDocument/hover", "the the")
    assert.has.match("warn +.*%[word%-doubled%]", hover.contents.value)
  end)

  it("makes what the text hides visible", function()
    client = Client.open("“Yes \27[31m\226\128\174 no, never again,” said Anna Lindqvist.")
    local text = value("Yes")
    assert.has.match("^“Yes %^%[%[31m<202e> no", text)
  end)

  it("has nothing to say of plain words", function()
    client = Client.open(TEXT, { name = "a.md" })
    assert.is_nil((client:ask("textDocument/hover", "chairs")))
  end)

  it("is what K shows", function()
    client = Client.open(TEXT, { name = "a.md" })
    vim.fn.search("476")
    vim.lsp.buf.hover()
    client:wait(function()
      return #vim.api.nvim_list_wins() == 2
    end)
    local window = vim.api.nvim_list_wins()[2]
    local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
    assert.has.match("kind +figure", table.concat(lines, "\n"))
  end)
end)
