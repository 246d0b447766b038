-- codeAction and executeCommand through a client.

local Client = require("tests.client")

describe("code actions", function()
  local client

  after_each(function()
    client:close()
  end)

  --- @param at string
  --- @param only? string[]
  --- @return table[]
  local function actions(at, only)
    local start = client:position(at)
    local result, problem = client:request("textDocument/codeAction", {
      textDocument = client:document(),
      range = { start = start, ["end"] = start },
      context = { diagnostics = {}, only = only },
    })
    assert.is_nil(problem)
    return result
  end

  --- @param list table[]
  --- @param title string
  --- @return table
  local function titled(list, title)
    for _, action in ipairs(list) do
      if action.title == title then
        return action
      end
    end
    error(("no action %q in %s"):format(title, vim.inspect(list)))
  end

  --- @param action table
  --- @return table? problem
  local function run(action)
    local _, problem = client:request("workspace/executeCommand", action.command)
    return problem
  end

  it("tick off facts", function()
    client = Client.open("The council counted 476 votes in all.")
    assert.is_nil(run(titled(actions("476"), "Verify “476”")))
    local span = require("galley").span_at(client.buf, 0, 21)
    assert.are.equal("verified", (require("galley.ledger").status(client.buf, span)))
    local again = actions("476")
    titled(again, "Open “476” again")
    for _, action in ipairs(again) do
      assert.are_not.equal("Verify “476”", action.title)
    end
  end)

  it("add names to galley.names", function()
    client = Client.open("Then Zorbly counted the votes.", { files = { ["galley.names"] = "" } })
    local list = actions("Zorbly")
    assert.is_nil(run(titled(list, "“Zorbly” is an organization: add to galley.names")))
    local lines = vim.fn.readfile(client.folder .. "/galley.names")
    assert.are.same({ "Zorbly: organization" }, vim.list_slice(lines, #lines))
    local span = require("galley").span_at(client.buf, 0, 5)
    assert.are.equal("organization", span.type)
    assert.is_nil(run(titled(actions("Zorbly"), "“Zorbly” is no name: add to galley.names")))
    assert.is_nil(require("galley").span_at(client.buf, 0, 5))
  end)

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("give quotation marks one shape, counted in " .. encoding, function()
      local text =
        '😀 “Never 😀 again," said Anna Lindqvist. "It is late," she said. It isn\'t.'
      client = Client.open(text, { encoding = encoding })
      local list = actions("Never", { "refactor" })
      assert.are.equal(2, #list)
      local curly = titled(list, "Curly quotation marks throughout (3 marks)")
      vim.lsp.util.apply_workspace_edit(curly.edit, client.client.offset_encoding)
      assert.are.equal(
        "😀 “Never 😀 again,” said Anna Lindqvist. “It is late,” she said. It isn't.",
        client:article()
      )
      local straight = titled(actions("Never"), "Straight quotation marks throughout (4 marks)")
      vim.lsp.util.apply_workspace_edit(straight.edit, client.client.offset_encoding)
      assert.are.equal(
        '😀 "Never 😀 again," said Anna Lindqvist. "It is late," she said. It isn\'t.',
        client:article()
      )
    end)
  end

  it("offer no common word as a name, and tick a quote by its words", function()
    client = Client.open("“We counted,” said Anna Lindqvist.")
    local list = actions("We counted")
    titled(list, "Verify “We counted,”")
    for _, action in ipairs(list) do
      assert.is_nil(action.title:find("galley.names", 1, true))
    end
  end)

  it("write a date in another form", function()
    local others = require("galley.date_form").others
    assert.are.same(
      { "25 September 2018", "September 25, 2018", "25 Sept. 2018", "2018-09-25" },
      others("Sept. 25, 2018")
    )
    assert.are.same({ "May 25, 2018", "2018-05-25" }, others("25 May 2018"))
    assert.are.same({ "9 October", "9 Oct.", "Oct. 9" }, others("October 9"))
    assert.are.same({ "Friday, May 25, 2018" }, others("Friday, 25 May 2018"))
    assert.are.same({ "25 May 2018", "May 25, 2018" }, others("2018-05-25"))
    for _, text in ipairs({ "May 2018", "yesterday", "the 25th", "2018", "99 May 2018", "7/8/2018" }) do
      assert.are.same({}, others(text), text)
    end
    client = Client.open("😀 She left on 25 May 2018.", { encoding = "utf-16" })
    local action = titled(actions("May"), "Write the date as May 25, 2018")
    vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
    assert.are.equal("😀 She left on May 25, 2018.", client:article())
  end)

  for _, encoding in ipairs(Client.ENCODINGS) do
    it("repair what checks found, counted in " .. encoding, function()
      client = Client.open("😀 It was his 22th win.", { encoding = encoding })
      assert.are.same({}, actions("It", { "quickfix" }))
      local list = actions("22th", { "quickfix" })
      assert.is_true(list[1].isPreferred)
      vim.lsp.util.apply_workspace_edit(list[1].edit, client.client.offset_encoding)
      assert.are.equal("😀 It was his 22nd win.", client:article())
    end)
  end

  it("waive what checks found, with a reason", function()
    client = Client.open("It was his 22th win.")
    local finding = require("galley.check").findings(client.buf)[1]
    local list = vim.tbl_filter(function(action)
      return vim.startswith(action.title, "Waive: ")
    end, actions("22th"))
    local input = vim.ui.input
    vim.ui.input = function(_, answer)
      answer("so it is written")
    end
    local problem = run(list[1])
    vim.ui.input = input
    assert.is_nil(problem)
    assert.are.same({}, require("galley.check").findings(client.buf))
    assert.is_not_nil(require("galley.ledger").waived(client.buf)[finding.key])
    assert.are.equal(-32803, run(list[1]).code)
  end)

  it("refuse commands and places that are not there", function()
    client = Client.open("The council counted 476 votes in all.")
    assert.are.equal(-32602, run({ command = { command = "rm", arguments = {} } }).code)
    local uri = client:document().uri
    local order = { command = "galley.review", arguments = { uri .. "x", 0, 21, "verified" } }
    assert.are.equal(-32602, run({ command = order }).code)
    order.arguments = { uri, 0, 0, "verified" }
    assert.are.equal(-32803, run({ command = order }).code)
    order.arguments = { uri, 0, 21, "sold" }
    assert.is_not_nil(run({ command = order }))
    local _, problem =
      client:request("textDocument/codeAction", { textDocument = client:document() })
    assert.are.equal(-32602, problem.code)
  end)
end)
