-- Words of articles and sources that a terminal would obey, or that would turn the direction of
-- what stands around them, are shown as what they are, wherever they are shown.

local Client = require("tests.client")
local visible = require("galley.visible")

local ESC, CSI, RLO, PDI = "\27[31m", "\194\155" .. "2J", "\226\128\174", "\226\129\169"
local BELL, RLM, ALM, TAG = "\27]0;t\7", "\226\128\143", "\216\156", "\243\160\129\129"

local TEXT = table.concat({
  "# Vote " .. ESC .. RLO .. "turned" .. TAG,
  "",
  ("Anna%sLindqvist met Anna %sLindqvist and Bo%sBerg%s in %sParis."):format(
    RLO,
    CSI,
    ALM,
    PDI,
    RLM
  ),
  "",
  ("“We %s won 476 %svotes on %s12 May 2018,” said Anna %sLindqvist."):format(
    ESC,
    CSI,
    RLM,
    RLO
  ),
  "He has 300 " .. BELL .. "sheep" .. RLO .. ", up 50 percent from 100 " .. ESC .. "sheep.",
  "TODO " .. ESC .. " and a a" .. RLO .. " line [see](<a" .. RLO .. ".txt>).[^n" .. RLO .. "]",
  "",
  "[^n" .. RLO .. "]: A note " .. CSI .. " with " .. ESC .. "controls" .. PDI .. ".",
}, "\n")

--- What of a text is not to be shown as it is.
local function raw(text)
  for _, pattern in ipairs({
    "[%z\1-\8\11-\31\127]", -- C0, DEL
    "\194[\128-\159]", -- C1
    "\226\128[\142\143\170-\174\168\169]", -- LRM, RLM, embeddings, separators
    "\226\129[\160-\175]",
    "\216\156", -- ALM
    "\243\160[\128\129]", -- tags
  }) do
    if text:find(pattern) then
      return pattern
    end
  end
end

--- All texts in a value that is shown; keys such as newText are what is inserted, not shown.
local SHOWN = { label = true, detail = true, name = true, title = true, message = true }
SHOWN.containerName, SHOWN.value, SHOWN.tooltip, SHOWN.documentation = true, true, true, true

local function assert_visible(value, what)
  if type(value) == "string" then
    assert.is_nil(raw(value), ("%s: %q"):format(what, value))
  elseif type(value) == "table" then
    for key, item in pairs(value) do
      if key == "arguments" or key == "data" then -- luacheck: ignore 542
        -- what an action is called with
      elseif type(item) == "table" then
        assert_visible(item, what .. "." .. key)
      elseif SHOWN[key] or type(key) == "number" then
        assert_visible(item, what .. "." .. key)
      end
    end
  end
end

describe("what is shown of a hostile text", function()
  local client, notified, notify

  before_each(function()
    notified, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(notified, message)
    end
    client = Client.open(TEXT, {
      name = "a" .. RLO .. ".md",
      files = { ["sources/b" .. RLO .. ".txt"] = TEXT },
    })
    require("galley.source").wait(client.buf)
  end)

  after_each(function()
    vim.notify = notify
    client:close()
  end)

  it("by visible.line() is its letters", function()
    assert.are.equal(
      "a^[[31mb<9b>c<202e>d<061c>e",
      visible.line("a" .. ESC .. "b\194\155c\226\128\174d" .. ALM .. "e")
    )
    assert.are.equal("x<e0041>y<2028>z", visible.line("x" .. TAG .. "y\226\128\168z"))
    assert.are.equal(
      "naïve “日本” 🙂 – ok",
      visible.line("naïve “日本” 🙂 – ok")
    )
  end)

  it("by the language server has no raw control", function()
    local document = client:document()
    local answers = 0
    local function look(what, answer)
      answers = answers + (answer and 1 or 0)
      assert_visible(answer, what)
    end
    for row, line in ipairs(vim.api.nvim_buf_get_lines(client.buf, 0, -1, false)) do
      for col = 0, #line, 7 do
        local character = vim.str_utfindex(line, math.min(col, #line))
        local place =
          { textDocument = document, position = { line = row - 1, character = character } }
        look("hover", (client:request("textDocument/hover", place)))
        place.context = { diagnostics = {} }
        place.range = { start = place.position, ["end"] = place.position }
        look("codeAction", (client:request("textDocument/codeAction", place)))
        look("completion", (client:request("textDocument/completion", place)))
      end
    end
    local whole = { start = { line = 0, character = 0 }, ["end"] = { line = 99, character = 0 } }
    for _, method in ipairs({ "documentSymbol", "documentLink", "foldingRange", "inlayHint" }) do
      local params = { textDocument = document, range = whole }
      look(method, (client:request("textDocument/" .. method, params)))
    end
    look("workspace/symbol", (client:request("workspace/symbol", { query = "votes" })))
    look("workspace/symbol", (client:request("workspace/symbol", { query = "" })))
    assert.is_true(answers > 20)
  end)

  it("by hover is plain text, so no mark of Markdown or HTML in it means anything", function()
    vim.api.nvim_buf_set_lines(client.buf, 4, 5, false, {
      "“<!-- gone --> [x](http://example.org) ```sh”, said Anna Lindqvist on 12 May 2018.",
    })
    local hover = assert(client:ask("textDocument/hover", "gone"))
    assert.are.equal("plaintext", hover.contents.kind)
    local shown = "<!-- gone --> [x](http://example.org) ```sh"
    assert.is_truthy(hover.contents.value:find(shown, 1, true))
  end)

  it("in diagnostics and lists has no raw control", function()
    require("galley.check.diagnostic").publish(client.buf)
    local diagnostics = vim.diagnostic.get(client.buf)
    assert.is_true(#diagnostics > 1)
    for _, item in ipairs(diagnostics) do
      assert_visible(item.message, "diagnostic")
    end
    local shown = 0
    for _, command in ipairs({
      "check",
      "list",
      "list entity",
      "list quote",
      "list citation",
      "timeline",
      "stats",
      "entities",
      "speakers",
      "review",
      "review!",
      "sources",
    }) do -- stylua: ignore
      vim.api.nvim_set_current_buf(client.buf)
      vim.cmd("silent Galley " .. command)
      local list = vim.fn.getloclist(0, { title = 1 })
      assert_visible(list.title, command)
      if vim.bo.buftype == "quickfix" then
        for _, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
          -- Before the bar Neovim puts the name of the file as it is, and shows it by itself.
          assert_visible(line:match("|(.*)$") or line, command)
          shown = shown + 1
        end
        vim.cmd.lclose()
      end
    end
    assert.is_true(shown > 40)
  end)

  it("in windows has no raw control", function()
    local windows = 0
    for _, command in ipairs({ "inspect", "peek" }) do
      for _, at in ipairs({ "476", "12 May", "300", "Lindqvist", "Paris", "We " }) do
        vim.api.nvim_set_current_buf(client.buf)
        vim.fn.cursor(1, 1)
        vim.fn.search(at)
        vim.cmd("silent Galley " .. command)
        vim.wait(20)
        for _, window in ipairs(vim.api.nvim_list_wins()) do
          if vim.api.nvim_win_get_config(window).relative ~= "" then
            windows = windows + 1
            local buf = vim.api.nvim_win_get_buf(window)
            for _, line in ipairs(vim.api.nvim_buf_get_lines(buf, 0, -1, false)) do
              assert_visible(line, command)
            end
            vim.api.nvim_win_close(window, true)
          end
        end
      end
    end
    assert.is_true(windows > 6)
  end)

  it("in messages, choices, the status line and health has no raw control", function()
    local select_, input = vim.ui.select, vim.ui.input
    local offered = 0
    vim.ui.select = function(items, options)
      assert_visible(options.prompt, "prompt")
      for _, item in ipairs(items) do
        offered = offered + 1
        assert_visible((options.format_item or tostring)(item), "choice")
      end
    end
    vim.ui.input = function(options)
      assert_visible(options.prompt, "prompt")
    end
    for _, command in ipairs({
      "verify",
      "query seen " .. ESC,
      "wrong",
      "rename",
      "rename! Nora" .. ESC .. " Berg",
      "source!",
      "repair",
      "waive-finding because" .. ESC,
      "add person",
      "not-a-name",
      "date",
      "backlinks",
      "export csv " .. client.folder .. "/out" .. ESC .. RLO,
      "nonsense" .. ESC,
      "export none" .. ESC .. " x",
      "import brat missing" .. ESC,
      "toggle x" .. ESC,
    }) do -- stylua: ignore
      for _, at in ipairs({ "476", "Lindqvist", "sheep", "see" }) do
        vim.api.nvim_set_current_buf(client.buf)
        vim.fn.cursor(1, 1)
        vim.fn.search(at)
        vim.cmd("silent Galley " .. command)
        vim.wait(5)
      end
    end
    vim.ui.select, vim.ui.input = select_, input
    assert.is_true(#notified > 10 and offered > 0)
    for _, message in ipairs(notified) do
      assert_visible(message, "message")
    end
    local line = require("galley").statusline(client.buf)
    assert.has.match("^[%w%s✓–?✗!/-]+$", line)
    assert_visible(line, "status line")
    vim.cmd("silent checkhealth galley")
    assert.has.match(
      "galley: buffers",
      table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
    )
    for _, text in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
      assert_visible(text, "health")
    end
  end)

  it("in virtual text has no raw control", function()
    vim.fn.cursor(5, 1)
    vim.fn.search("476")
    require("galley").setup({ ledger_mark = "inline", ticks = true })
    vim.cmd("silent Galley verify")
    vim.wait(20)
    local marks = vim.api.nvim_buf_get_extmarks(client.buf, -1, 0, -1, { details = true })
    local seen = 0
    for _, mark in ipairs(marks) do
      for _, chunk in ipairs(mark[4].virt_text or {}) do
        seen = seen + 1
        assert_visible(chunk[1], "virtual text")
      end
    end
    assert.is_true(seen > 0)
  end)
end)

describe("what the command line writes of a hostile text", function()
  local folder

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder .. "/sources", "p")
    for _, name in ipairs({ "a.md", "x" .. ESC .. RLO .. ".md", "sources/s" .. RLO .. ".txt" }) do
      vim.fn.writefile(vim.split(TEXT, "\n"), folder .. "/" .. name)
    end
  end)

  after_each(function()
    vim.fn.delete(folder, "rf")
  end)

  local function run(...)
    local command = { "bin/galley", ... }
    local result =
      vim.system(command, { env = { GALLEY_NVIM = vim.v.progpath, NO_COLOR = "1" } }):wait()
    return result.stdout, result.stderr, result.code
  end

  it("to a terminal has no control but its own colours", function()
    for _, name in ipairs({ "a.md", "x" .. ESC .. RLO .. ".md" }) do
      local out, err = run("annotate", "--format", "ansi", folder .. "/" .. name)
      assert.is_true(#out > 300)
      assert_visible(out:gsub("\27%[[%d;]*m", ""), "ansi")
      -- The colours are its own: none of them is the text's.
      assert.is_nil(out:find("\27[31m", 1, true))
      assert.are.equal("", err)
    end
  end)

  it("as a report has no raw control", function()
    for _, name in ipairs({ "a.md", "x" .. ESC .. RLO .. ".md" }) do
      local out, err = run("check", "--sources", folder .. "/" .. name)
      assert.has.match("word%-doubled", out)
      assert_visible(out, "text")
      assert_visible(err, "complaints")
    end
  end)

  it("as JSON has escapes for them, and is the same text to a program", function()
    for _, arguments in ipairs({
      { "annotate", "--format", "json" },
      { "annotate", "--format", "jsonl" },
      { "check", "--format", "json" },
      { "check", "--format", "sarif" },
    }) do
      local out = run(unpack(vim.list_extend(arguments, { folder .. "/a.md" })))
      assert_visible(out:gsub("\n", ""), "JSON")
      assert.is_table(vim.json.decode(out))
    end
    local list = vim.json.decode((run("annotate", "--format", "json", folder .. "/a.md")))
    for _, span in ipairs(list[1].spans) do
      assert.are.equal(TEXT:sub(span.start + 1, span["end"]), span.text)
    end
  end)

  it("in complaints has no raw control", function()
    for _, arguments in ipairs({
      { "check", folder .. "/missing" .. ESC .. RLO },
      { "annotate", folder .. "/missing" .. CSI },
      { "check", "--off", "x" .. ESC, folder .. "/a.md" },
      { "annotate", "--format", ESC, "a.md" },
      { "export", "--format", "csv", folder .. "/missing" .. ESC },
      { "nonsense" .. ESC },
      { "--" .. ESC },
    }) do
      local out, err, code = run(unpack(arguments))
      assert.is_true(code ~= 0)
      assert.has.match("galley: ", err)
      assert_visible(err, "complaints")
      assert_visible(out, "output")
    end
  end)
end)
