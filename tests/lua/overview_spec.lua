-- :Galley list, :Galley timeline, :Galley stats.

vim.cmd.runtime("plugin/galley.lua")
local galley = require("galley")

local TEXT = {
  "On 25 May 2018, 476 members voted in Norrvik.[^1] Two days later Anna Lindqvist left.",
  "",
  "“We counted 36 ballots in 2017,” said Lindqvist of Norrvik. Lindqvist won.",
  "",
  "[^1]: The minutes.",
}

describe("an overview", function()
  local notified, notify

  before_each(function()
    notified, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(notified, message)
    end
    galley.setup({ server = false, auto_attach = false })
    vim.cmd("silent edit " .. vim.fn.tempname() .. ".md")
    vim.api.nvim_buf_set_lines(0, 0, -1, false, TEXT)
    assert(galley.attach(0))
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.notify = notify
    galley.setup(nil)
  end)

  --- The lines of the list that a command opens.
  local function lines(command)
    vim.cmd(command)
    assert.are.equal("quickfix", vim.bo.buftype)
    local found = vim.api.nvim_buf_get_lines(0, 0, -1, false)
    for _, line in ipairs(found) do
      assert.is_true(vim.api.nvim_strwidth(line) <= 80, line)
    end
    return vim.tbl_map(function(line)
      return (line:gsub("%s+", " "))
    end, found)
  end

  it("lists one kind", function()
    vim.cmd("Galley list figure")
    assert.are.equal(
      "1| 476" .. (" "):rep(33) .. "476, members",
      vim.api.nvim_buf_get_lines(0, 0, 1, false)[1]
    )
    vim.cmd("lclose")
    assert.are.same({ "1| 476 476, members", "3| 36 36, ballots" }, lines("Galley list figure"))
    vim.cmd("2ll")
    assert.are.same({ 3, #"“We counted " }, vim.api.nvim_win_get_cursor(0))
  end)

  it("lists quotes with their speakers, and all kinds with their names", function()
    assert.are.same(
      { "3| “We counted 36 ballots in 2017,” Anna Lindqvist" },
      lines("Galley list quote")
    )
    vim.cmd("lclose")
    local all = table.concat(lines("Galley list"), "\n")
    assert.has.match("1| date 25 May 2018 2018%-05%-25\n1| figure 476", all)
    assert.has.match("3| entity Lindqvist person, Anna Lindqvist", all)
    assert.has.match("1| citation %[^1%] note, defined", (all:gsub("%[%^", "[^")))
  end)

  it("puts dates in order", function()
    assert.are.same({
      "3| 2017 2017",
      "1| 2018-05-25 25 May 2018",
      "1| 2018-05-27 Two days later",
    }, lines("Galley timeline"))
  end)

  it("says a month, a year or more of them without days", function()
    vim.api.nvim_buf_set_lines(0, 0, -1, false, {
      "It began in February 2016 and ended in February 2017. In the 1990s there was less, in",
      "December 1999 too.",
      "In 2020 and in the third quarter of 2021 it was dry.",
    })
    local found = table.concat(lines("Galley timeline"), "\n")
    for _, days in ipairs({
      "1990 to 1999 the 1990s",
      "1999-12 December 1999",
      "2016-02 February 2016",
      "2017-02 February 2017",
      "2020 2020",
      "2021-07 to 2021-09 the third",
    }) do
      assert.has.match(vim.pesc(days), found)
    end
  end)

  it("counts names, words and figures", function()
    assert(require("galley.ledger").set(0, 0, 16, "verified"))
    assert.are.same({
      "Mentions of names",
      "1| 3 Anna Lindqvist (person)",
      "1| 2 Norrvik (place)",
      " ",
      "Words of speakers (quotes)",
      "3| 6 Anna Lindqvist (1)",
      " ",
      "Figures by status",
      "1| 1 verified",
      "3| 1 open",
    }, lines("Galley stats"))
  end)

  it("says when there is nothing, or no such kind", function()
    vim.cmd("Galley list verb")
    assert.has.match("unknown kind `verb`", notified[1])
    vim.api.nvim_buf_set_lines(0, 0, -1, false, { "nothing here" })
    vim.cmd("Galley timeline")
    assert.are.equal("galley: no dates found", notified[2])
    galley.detach(0)
    vim.cmd("Galley stats")
    assert.has.match("not annotated", notified[3])
  end)
end)
