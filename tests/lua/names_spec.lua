-- The user's names: files, commands, and what they change in an annotated buffer.

vim.cmd.runtime("plugin/galley.lua")
local galley = require("galley")
local names = require("galley.names")

describe("galley.names", function()
  local folder, buf, notified, notify

  before_each(function()
    notified, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(notified, message)
    end
    folder = vim.uv.fs_realpath(vim.fn.tempname():match("^(.*)/")) .. "/names"
    vim.fn.mkdir(folder .. "/.git", "p")
    vim.fn.writefile(
      { "Yesterday the Zorbly gears broke.", "Europol asked Maria Oduya." },
      folder .. "/article.txt"
    )
    vim.cmd.edit(folder .. "/article.txt")
    buf = vim.api.nvim_get_current_buf()
    galley.attach(buf)
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.wait(10)
    vim.notify = notify
    vim.fn.delete(folder, "rf")
  end)

  --- The entities shown, as "text type".
  local function shown()
    return vim.tbl_map(function(span)
      return span.text .. " " .. span.type
    end, galley.get_spans(buf, { kinds = { "entity" } }))
  end

  it("reads names with types and aliases, and says which line is wrong", function()
    local list, problems = names.parse({
      "# people",
      "",
      "Maria Oduya: person = Oduya, M. Oduya",
      "Zorbly gears",
      "the Mill: none",
      "Kori: planet",
    })
    assert.are.same({
      { name = "Maria Oduya", type = "person", aliases = { "Oduya", "M. Oduya" } },
      { name = "Zorbly gears", type = "other", aliases = {} },
      { name = "the Mill", type = "none", aliases = {} },
    }, list)
    assert.are.equal(1, #problems)
    assert.has.match("line 6", problems[1])
  end)

  it("win over what the core finds, as soon as the file is written", function()
    assert.is_true(vim.tbl_contains(shown(), "Europol organization"))
    vim.cmd.split(folder .. "/galley.names")
    vim.api.nvim_buf_set_lines(0, 0, -1, false, { "Zorbly gears: organization", "Europol: none" })
    vim.cmd("silent write")
    assert.is_true(vim.tbl_contains(shown(), "Zorbly gears organization"))
    assert.is_false(vim.tbl_contains(shown(), "Europol organization"))
    vim.api.nvim_buf_set_lines(0, 0, -1, false, {})
    vim.cmd("silent write")
    assert.is_true(vim.tbl_contains(shown(), "Europol organization"))
  end)

  it("of several that begin alike the longest counts, in whichever order they stand", function()
    for _, lines in ipairs({
      { "Zorbly: person", "Zorbly gears: organization" },
      { "Zorbly gears: organization", "Zorbly: person" },
    }) do
      vim.fn.writefile(lines, folder .. "/galley.names")
      require("galley.buffer").reload_names()
      assert.is_true(vim.tbl_contains(shown(), "Zorbly gears organization"))
    end
  end)

  it("are added from under the cursor, and taken back", function()
    vim.api.nvim_win_set_cursor(0, { 2, 1 })
    vim.cmd("Galley not-a-name")
    assert.are.same({ "Europol: none" }, vim.fn.readfile(folder .. "/galley.names"))
    assert.is_false(vim.tbl_contains(shown(), "Europol organization"))
    vim.cmd("Galley add person")
    assert.are.same({ "Europol: person" }, vim.fn.readfile(folder .. "/galley.names"))
    assert.is_true(vim.tbl_contains(shown(), "Europol person"))
    assert.has.match("Europol: person", notified[#notified])
    vim.cmd("Galley add planet")
    assert.has.match("a name is one of", notified[#notified])
  end)

  it("are found above the article, not elsewhere", function()
    assert.are.equal(folder .. "/galley.names", names.project_file(buf))
  end)

  it("a wrong line is named and the others count", function()
    vim.fn.writefile({ "Europol: planet", "Zorbly: person" }, folder .. "/galley.names")
    require("galley.buffer").reload_names()
    vim.wait(10)
    assert.has.match("galley.names: line 1", notified[#notified])
    assert.is_true(vim.tbl_contains(shown(), "Zorbly person"))
  end)

  it("mentions of the name under the cursor are marked, and only while it is there", function()
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, {
      "Maria Oduya left.",
      "Nobody had seen Oduya in France.",
    })
    local namespace = vim.api.nvim_create_namespace("galley.mention")
    local function marks()
      return vim.tbl_map(function(mark)
        return { mark[2], mark[3] }
      end, vim.api.nvim_buf_get_extmarks(buf, namespace, 0, -1, {}))
    end
    vim.wait(1000, function()
      return not require("galley.buffer").attached[buf].stale
    end)
    vim.api.nvim_win_set_cursor(0, { 1, 8 })
    vim.cmd("doautocmd CursorMoved")
    assert.are.same({ { 0, 0 }, { 1, 16 } }, marks())
    vim.api.nvim_win_set_cursor(0, { 2, 26 })
    vim.cmd("doautocmd CursorMoved")
    assert.are.same({ { 1, 25 } }, marks())
    vim.api.nvim_win_set_cursor(0, { 2, 2 })
    vim.cmd("doautocmd CursorMoved")
    assert.are.same({}, marks())
  end)

  it("entities are listed with their mentions", function()
    vim.cmd("Galley entities")
    local items = vim.fn.getloclist(0)
    local texts = vim.tbl_map(function(item)
      return item.text
    end, items)
    assert.is_true(vim.tbl_contains(texts, "Maria Oduya (person), once"))
    assert.are.equal(2, items[#items].lnum)
    vim.cmd.lclose()
  end)
end)
