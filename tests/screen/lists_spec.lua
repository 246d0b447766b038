-- Lists and prompts on a small screen: :Galley speakers, :Galley entities, :Galley rename.
local Screen = require("tests.screen.screen")

local TEXT = {
  "COUNT GOES ON",
  "",
  "“We counted every ballot that the town had found in the cellar of the old school,”",
  "said Anna Lindqvist, the mayor. “It is late,” Lindqvist added.",
  "",
  "“Never,” said Nils Holm of Norrvik.",
}

describe("lists on the screen", function()
  local screen, file

  before_each(function()
    file = vim.fn.tempname() .. ".txt"
    vim.fn.writefile(TEXT, file)
    screen = Screen.new({ columns = 80, lines = 24, args = { file } })
    screen:wait_for("GalleyPerson", "Anna Lindqvist")
  end)

  after_each(function()
    local errors = screen:close()
    vim.fn.delete(file)
    assert.are.equal("", errors)
  end)

  local function text()
    return table.concat(screen:text(), "\n")
  end

  it("show who speaks, in lines that fit, and jump to the quotes", function()
    screen:type(":Galley speakers<CR>")
    assert.has.match("\nAnna Lindqvist: 2 quotes, %d+ words\n", text())
    assert.has.match(
      "\n3| “We counted every ballot that the town had found in [%a ]+…” %(16%)\n",
      text()
    )
    assert.has.match("\n4| “It is late,” %(3%)\n", text())
    screen:type("/late<CR><CR>")
    assert.are.same({ 4, 32 }, screen:request("nvim_win_get_cursor", 0))
  end)

  it("show what is named", function()
    screen:type(":Galley entities<CR>")
    assert.has.match("\n4| Anna Lindqvist %(person%), 2 times\n", text())
  end)

  it("show all of the statistics at once", function()
    local people =
      { "Nils Holm", "Maria Oduya", "Piet Visser", "Ruth Kaplan", "Tom Reed", "Ines Duarte" }
    local lines = {}
    for index, name in ipairs(people) do
      lines[#lines + 1] = ("“We counted %d ballots,” said %s of Norrvik."):format(
        index + 20,
        name
      )
      lines[#lines + 1] = ""
    end
    screen:request("nvim_buf_set_lines", 0, 0, -1, false, lines)
    screen:type(":Galley stats<CR>")
    screen:wait(function()
      return text():find("6  open", 1, true)
    end)
    for _, title in ipairs({ "Mentions of names", "Words of speakers", "Figures by status" }) do
      assert.has.match("\n" .. title, text())
    end
    assert.has.match("said Nils Holm of Norrvik", text()) -- the article is there still
  end)

  it("have the colour of text, not of line numbers", function()
    screen:type(":Galley entities<CR>")
    screen:wait(function()
      return text():find("4| Anna Lindqvist (person), 2 times", 1, true)
    end)
    for _, group in ipairs({ "LineNr", "qfLineNr" }) do
      assert.is_nil(table.concat(screen:in_group(group), "\n"):find("person", 1, true), group)
    end
  end)

  it("ask for the new name and say how many places have it", function()
    screen:type("/Lindqvist<CR>:Galley rename<CR><C-U>Maria Oduya<CR>")
    assert.has.match("galley: renamed in 2 places", text())
    assert.has.match("said Maria Oduya, the mayor. “It is late,” Oduya added.", text())
    screen:type("u")
    assert.has.match("said Anna Lindqvist, the mayor. “It is late,” Lindqvist added.", text())
  end)
end)
