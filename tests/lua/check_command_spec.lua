-- :Galley check, repair and waive-finding: what they list, ask and say.

vim.cmd.runtime("plugin/galley.lua")
local check = require("galley.check")
local galley = require("galley")

describe("commands on what the checks find", function()
  local folder, buf, said, notify, select

  --- An article in a file, with the cursor somewhere in it.
  local function open(lines, row, col)
    vim.fn.writefile(lines, folder .. "/article.md")
    vim.cmd.edit(folder .. "/article.md")
    buf = vim.api.nvim_get_current_buf()
    assert(galley.attach(buf))
    vim.api.nvim_win_set_cursor(0, { row or 1, col or 0 })
  end

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder)
    said, notify, select = {}, vim.notify, vim.ui.select
    vim.notify = function(message)
      table.insert(said, message)
    end
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.notify, vim.ui.select = notify, select
    vim.fn.delete(folder, "rf")
  end)

  --- What the user is asked to choose from, when the n-th is chosen.
  local function choosing(number)
    local asked = {}
    vim.ui.select = function(items, options, choose)
      vim.list_extend(asked, vim.tbl_map(options.format_item, items))
      choose(items[number])
    end
    return asked
  end

  it("list the findings with how severe they are", function()
    open({ "The the council met on", "Wednesday, 12 March 2024." })
    vim.cmd("Galley check")
    local rows = vim.tbl_map(function(item)
      return ("%d:%d %s"):format(item.lnum, item.col, item.text)
    end, vim.fn.getloclist(0))
    assert.are.same({
      "1:1 warn  “the” stands twice [word-doubled]",
      "2:1 error 2024-03-12 is a Tuesday, not a Wednesday [weekday-date]",
    }, rows)
    vim.cmd.lclose()
  end)

  it("say that nothing was found", function()
    open({ "The council met." })
    vim.cmd("Galley check")
    vim.cmd("Galley repair")
    vim.cmd("Galley waive-finding it is right")
    assert.are.same({
      "galley: nothing found",
      "galley: nothing is wrong here",
      "galley: nothing to waive here",
    }, said)
  end)

  it("say that no repair is known", function()
    open({ "About [name] people came." }, 1, 8)
    assert.are.equal(1, #check.findings(buf))
    vim.cmd("Galley repair")
    assert.are.same({ "galley: no repair is known for this" }, said)
  end)

  it("need an annotated buffer", function()
    vim.cmd.enew()
    vim.cmd("Galley check")
    vim.cmd("Galley repair")
    vim.cmd("Galley waive-finding it is right")
    for index = 1, 3 do
      assert.has.match("not annotated", said[index])
    end
  end)

  it("leave the text when nothing is chosen", function()
    open({ "They met on Wednesday, 12 March 2024." }, 1, 20)
    local asked = choosing(3)
    vim.cmd("Galley repair")
    assert.are.same({ "Write Tuesday", "Write 13" }, asked)
    assert.are.same(
      { "They met on Wednesday, 12 March 2024." },
      vim.api.nvim_buf_get_lines(buf, 0, -1, false)
    )
  end)

  it("say what was waived", function()
    open({ "They met on Wednesday, 12 March 2024." }, 1, 20)
    vim.cmd("Galley waive-finding their calendar says so")
    assert.are.same({ "galley: waived: 2024-03-12 is a Tuesday, not a Wednesday" }, said)
    assert.are.equal(0, #check.findings(buf))
  end)

  it("ask which of several findings of a line is waived", function()
    open({ "The the council met on Wednesday, 12 March 2024." }, 1, 17)
    local asked = choosing(2)
    vim.cmd("Galley waive-finding their calendar says so")
    assert.are.same({
      "“the” stands twice",
      "2024-03-12 is a Tuesday, not a Wednesday",
    }, asked)
    assert.are.same({ "word-doubled" }, { check.findings(buf)[1].check })
    assert.are.equal(1, #check.findings(buf))
  end)
end)
