-- :Galley speakers: who is quoted, how often, with how many words.

vim.cmd.runtime("plugin/galley.lua")
local galley = require("galley")
local speaker = require("galley.speaker")

local TEXT = {
  "“We counted every ballot,” said Anna Lindqvist, the mayor, “and we will count again.”",
  "",
  "“Never,” said Nils Holm. Lindqvist said that the town would pay for the count.",
  "",
  "He read “The Winter Count” that night. “It is late,” Lindqvist said.",
}

describe("speakers", function()
  local buf

  before_each(function()
    vim.cmd.enew()
    buf = vim.api.nvim_get_current_buf()
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, TEXT)
    assert(galley.attach(buf))
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    require("galley.config").set(nil)
  end)

  it("are counted with their quotes and words", function()
    local list = assert(speaker.get(buf))
    assert.are.same({ "Anna Lindqvist", "Nils Holm" }, { list[1].name, list[2].name })
    assert.are.same({ 2, 12 }, { list[1].count, list[1].words })
    assert.are.same({ 1, 7 }, { list[1].reported, list[1].reported_words })
    assert.are.same({ 1, 1, 0 }, { list[2].count, list[2].words, list[2].reported })
    assert.are.equal(2, #list)
  end)

  it("leave out reported speech when the settings do", function()
    galley.setup({ indirect_quotes = false })
    local list = assert(speaker.get(buf))
    assert.are.same({ 2, 0 }, { list[1].count, list[1].reported })
  end)

  it("are listed, each quote with its place", function()
    vim.cmd("Galley speakers")
    assert.are.equal("quickfix", vim.bo.buftype)
    local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
    assert.are.same({
      "Anna Lindqvist: 2 quotes, 12 words; 1 reported, 7 words",
      "1| “We counted every ballot, … and we will count again.” (9)",
      "3| the town would pay for the count (7)",
      "5| “It is late,” (3)",
      "Nils Holm: 1 quote, 1 word",
      "3| “Never,” (1)",
    }, lines)
    for _, line in ipairs(lines) do
      assert.is_true(vim.api.nvim_strwidth(line) <= 80)
    end
    vim.cmd("ll 2")
    assert.are.same({ 1, 0 }, vim.api.nvim_win_get_cursor(0))
    vim.cmd("2lnext")
    assert.are.equal(5, vim.api.nvim_win_get_cursor(0)[1])
  end)

  it("say so when there are none", function()
    local notified, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(notified, message)
    end
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, { "Nobody spoke." })
    vim.cmd("Galley speakers")
    galley.detach(buf)
    vim.cmd("Galley speakers")
    vim.notify = notify
    assert.are.equal("galley: no quotes found", notified[1])
    assert.has.match("not annotated", notified[2])
  end)
end)
