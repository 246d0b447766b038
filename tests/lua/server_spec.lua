-- The language server as a client sees it: starting, unknown methods, cancelling, buffers that go.

local Client = require("tests.client")
local galley = require("galley")

local TEXT = "Anna Lindqvist won on 25 May 2018.\n\n“Yes,” said Lindqvist."

describe("the language server", function()
  local client

  after_each(function()
    if client then
      client:close()
    end
    client = nil
  end)

  it("starts with the annotations and goes with them", function()
    client = Client.open(TEXT)
    assert.are.equal("galley", client.client.name)
    local offered = vim.lsp.protocol.make_client_capabilities().general.positionEncodings
    local wanted = vim.tbl_contains(offered, "utf-8") and "utf-8" or "utf-16"
    assert.are.equal(wanted, client.client.offset_encoding)
    galley.detach(client.buf)
    assert.are.equal(0, #vim.lsp.get_clients({ bufnr = client.buf }))
    galley.attach(client.buf)
    client:wait(function()
      return #vim.lsp.get_clients({ bufnr = client.buf }) == 1
    end)
  end)

  it("is told by :checkhealth, and takes a buffer that gets a name", function()
    client = Client.open(TEXT)
    vim.cmd("checkhealth galley")
    local health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
    vim.cmd("bwipeout!")
    assert.has.match("language server, client %d+, positions in utf%-%d+", health)
    vim.cmd.enew()
    local buf = vim.api.nvim_get_current_buf()
    galley.attach(buf)
    vim.wait(100)
    assert.are.equal(0, #vim.lsp.get_clients({ bufnr = buf }))
    vim.cmd("silent file " .. vim.fn.fnameescape(client.folder .. "/new.txt"))
    assert.are.equal(1, #vim.lsp.get_clients({ bufnr = buf }))
  end)

  it("is left out where a line is so long that Neovim's own part would be slow", function()
    client = Client.open(TEXT)
    vim.cmd.enew()
    local buf = vim.api.nvim_get_current_buf()
    vim.cmd("silent file " .. vim.fn.fnameescape(client.folder .. "/long.txt"))
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, { "A line.", ("It is long. "):rep(2000) })
    galley.attach(buf)
    vim.wait(100)
    assert.are.equal(0, #vim.lsp.get_clients({ bufnr = buf }))
    assert.is_true(galley.is_attached(buf))
  end)

  it("is left out by the setting", function()
    client = Client.open(TEXT, { settings = { server = false }, encoding = "utf-8" })
    vim.wait(20)
    assert.are.equal(0, #vim.lsp.get_clients({ name = "galley" }))
  end)

  it("says which methods it does not know", function()
    client = Client.open(TEXT)
    local result, problem = client:request("textDocument/formatting", {})
    assert.is_nil(result)
    assert.are.equal(-32601, problem.code)
    assert.has.match("no method textDocument/formatting", problem.message)
    assert.is_not_nil(client:ask("textDocument/hover", "25 May"))
  end)

  it("answers what is malformed with an error, and goes on", function()
    client = Client.open(TEXT)
    local document = client:document()
    for _, params in ipairs({
      { textDocument = document },
      { textDocument = document, position = "here" },
      { textDocument = document, position = { line = "x" } },
      { textDocument = document, position = { line = 99999, character = 7 } },
      { textDocument = { uri = 7 }, position = { line = 0, character = 0 } },
      { textDocument = "file", position = { line = 0, character = 0 } },
    }) do
      for _, method in ipairs({ "hover", "definition", "rename", "codeAction", "completion" }) do
        local result = client:request("textDocument/" .. method, params)
        assert.is_true(result == nil or type(result) == "table")
      end
    end
    assert.is_not_nil(client:ask("textDocument/hover", "25 May"))
  end)

  it("takes any words at all from a client without a message", function()
    client = Client.open(TEXT)
    local said = {}
    local server = require("galley.server").connect({
      on_exit = function() end,
      notification = function(method)
        table.insert(said, method)
      end,
      server_request = function(method)
        table.insert(said, method)
      end,
    })
    local answers, asked = 0, 0
    vim.v.errmsg = ""
    for _, words in ipairs({ 7, "x", true, vim.NIL, {}, { 1 }, { capabilities = "x", id = {} } }) do
      for _, method in ipairs({
        "initialize",
        "textDocument/hover",
        "textDocument/diagnostic",
        "workspace/symbol",
        "workspace/executeCommand",
        "no/method",
        "$/no/method",
      }) do
        asked = asked + 1
        server.request(method, words, function()
          answers = answers + 1
        end)
      end
      for _, method in ipairs({ "$/cancelRequest", "$/none", "textDocument/didChange", "none" }) do
        assert.is_true(server.notify(method, words))
      end
    end
    client:wait(function()
      return answers == asked
    end)
    assert.are.equal("", vim.v.errmsg)
    assert.are.same({}, said)
    server.notify("exit")
    assert.is_true(server.is_closing())
  end)

  it("tells its clients how far the reading of sources is", function()
    client = Client.open(TEXT)
    local seen = {}
    local id = vim.api.nvim_create_autocmd("LspProgress", {
      callback = function(event)
        -- Neovim 0.10 has the value elsewhere.
        local data = event.data
        local value = data.params and data.params.value or data.result and data.result.value
        table.insert(seen, ("%s %s"):format(value.kind, tostring(value.percentage)))
      end,
    })
    local progress = require("galley.source.progress")
    local quiet, every = progress.QUIET, progress.EVERY
    progress.QUIET, progress.EVERY = 0, 0
    local busy, share = true, 0.25
    local feeder = {
      began = 1,
      busy = function()
        return busy
      end,
      progress = function()
        return share, 2
      end,
    }
    progress.update(feeder)
    share = 0.5
    progress.update(feeder)
    busy = false
    progress.update(feeder)
    progress.QUIET, progress.EVERY = quiet, every
    client:wait(function()
      return #seen == 3
    end)
    vim.api.nvim_del_autocmd(id)
    assert.are.same({ "begin 25", "report 50", "end 100" }, seen)
  end)

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("gives what the checks find to who asks, counted in " .. encoding, function()
      local text = "😀 On Wednesday, 12 March 2024, they voted."
      client = Client.open(text, { encoding = encoding })
      local params = { textDocument = client:document() }
      local report = assert(client:request("textDocument/diagnostic", params))
      assert.are.equal("full", report.kind)
      assert.are.equal(1, #report.items)
      local item = report.items[1]
      assert.are.equal("galley", item.source)
      assert.has.match("Tuesday", item.message)
      assert.has.match("^Wednesday", client:text(item.range))
      vim.api.nvim_buf_set_lines(client.buf, 0, -1, false, { "They voted." })
      assert.are.same({}, client:request("textDocument/diagnostic", params).items)
    end)
  end

  it("answers a cancelled request once, as cancelled", function()
    client = Client.open(TEXT)
    local answers = {}
    local params = { textDocument = client:document(), position = client:position("25 May") }
    local sent, id = client:call("request", "textDocument/hover", params, function(err, result)
      table.insert(answers, { err and err.code, result })
    end, client.buf)
    assert.is_true(sent)
    client:call("notify", "$/cancelRequest", { id = id })
    assert.are.same({}, answers, "the client is still at its call")
    client:ask("textDocument/hover", "25 May")
    assert.are.same({ { -32800 } }, answers)
  end)

  it("answers nothing for a buffer that has gone", function()
    client = Client.open(TEXT)
    local params = { textDocument = client:document(), position = client:position("25 May") }
    local done, problem, result
    client:call("request", "textDocument/hover", params, function(err, answer)
      done, problem, result = true, err, answer
    end, client.buf)
    vim.cmd("bwipeout!")
    client:wait(function()
      return done or #vim.lsp.get_clients({ bufnr = client.buf }) == 0
    end)
    assert.is_nil(result)
    assert.is_true(problem == nil or problem.code == -32800)
  end)

  it("knows a buffer by its new name", function()
    client = Client.open(TEXT)
    local old = client:document()
    local position = client:position("25 May")
    vim.cmd("silent file " .. vim.fn.fnameescape(client.folder .. "/other.txt"))
    assert.is_nil(
      (client:request("textDocument/hover", { textDocument = old, position = position }))
    )
    assert.is_not_nil(client:ask("textDocument/hover", "25 May"))
  end)

  it("serves several clients on a buffer, each in its encoding", function()
    client = Client.open("😀 Anna Lindqvist won on 25 May 2018.", { encoding = "utf-16" })
    local utf16 = client:ask("textDocument/hover", "25 May")
    client:connect("utf-8")
    local utf8 = client:ask("textDocument/hover", "25 May")
    assert.are.equal(utf16.contents.value, utf8.contents.value)
    assert.are.equal(utf16.range.start.character + 2, utf8.range.start.character)
    assert.are.equal("25 May 2018", client:text(utf8.range))
  end)

  it("sees the text as it is, edits that were not drawn included", function()
    client = Client.open(TEXT)
    vim.api.nvim_buf_set_lines(client.buf, 0, 1, false, { "In 2017 Anna Lindqvist lost." })
    local hover = client:ask("textDocument/hover", "2017")
    assert.has.match("value +2017", hover.contents.value)
  end)

  it("shuts down and says so", function()
    client = Client.open(TEXT)
    client:call("stop")
    client:wait(function()
      return #vim.lsp.get_clients({ name = "galley" }) == 0
    end)
    assert.is_true(client:call("is_stopped"))
  end)

  it("refuses requests after its end", function()
    local ended
    local server = require("galley.server").connect({
      on_exit = function()
        ended = (ended or 0) + 1
      end,
    })
    local problem
    server.request("textDocument/hover", {}, function(err)
      problem = err
    end)
    vim.wait(2000, function()
      return problem
    end)
    assert.are.equal(-32600, problem.code)
    server.terminate()
    server.terminate()
    assert.are.equal(1, ended)
    assert.is_true(server.is_closing())
    assert.is_false((server.request("initialize", {}, function() end)))
  end)

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("has an answer at every place of an odd text, counted in " .. encoding, function()
      local odd = {
        "---",
        "sources: [gone.txt]",
        "---",
        "# Anna \255\254 Lindqvist\r",
        "“We \0 😀 counted \240\159 476 votes,” said Anna Lindqvist\127[^1] [x](y\0z) on 25 May 2018",
        "\226\128\174‘never “again’ \204\136e\204\136 A. B. Lindqvist’s 12% of 50 (70%) [@key] 22th the the",
        ("x"):rep(3000) .. " 5 km Élodie",
        "",
        "[^1]: Note \226\128 with EU (EU) and 1–2 May 31 June 2027",
      }
      client = Client.open("x", { name = "a.md", encoding = encoding })
      vim.api.nvim_buf_set_lines(client.buf, 0, -1, false, odd)
      local methods = vim.split(
        "hover definition references documentHighlight prepareRename rename completion codeAction "
          .. "inlayHint documentLink documentSymbol foldingRange",
        " "
      )
      for row = 0, #odd do
        for character = 0, 120, 3 do
          local place = { line = row, character = character }
          local params = {
            textDocument = client:document(),
            position = place,
            range = { start = place, ["end"] = { line = row + 1, character = 2 } },
            newName = "Maria Oduya",
            context = {},
          }
          local method = "textDocument/" .. methods[(row * 41 + character / 3) % #methods + 1]
          local _, problem = client:request(method, params)
          local inner = problem and problem.code == -32603
          assert.is_false(inner or false, inner and method .. ": " .. problem.message or nil)
        end
      end
    end)
  end

  it("keeps its memory over 1,000 requests, of the core too", function()
    local lines = "\n\n“We counted 476 votes in Norrvik,” said Anna Lindqvist on Wednesday.[^1]"
    client = Client.open(TEXT .. lines:rep(50) .. "\n\n[^1]: A note.", { name = "a.md" })
    local methods = vim.split(
      "hover definition references documentHighlight documentSymbol codeAction completion inlayHint "
        .. "documentLink foldingRange diagnostic prepareRename rename",
      " "
    )
    local function ask(count)
      for index = 1, count do
        local place = client:position(index % 2 == 0 and "Anna" or "476")
        client:request("textDocument/" .. methods[index % #methods + 1], {
          textDocument = client:document(),
          position = place,
          range = { start = place, ["end"] = place },
          newName = "Maria Oduya",
          context = {},
        })
      end
      collectgarbage()
      collectgarbage()
      return collectgarbage("count"), vim.uv.resident_set_memory() / 1024
    end
    local before, resident = ask(300)
    local after, resident_after = ask(1000)
    assert.is_true(after - before < 300, ("%.0f KB more of Lua's"):format(after - before))
    -- Some 16 KB a request: the lists of this article that most of them go through are larger.
    local more = resident_after - resident
    assert.is_true(more < 20 * 1024, ("%.0f KB more of the process"):format(more))
  end)
end)
