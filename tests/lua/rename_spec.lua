-- :Galley rename: what stands where, before and after.

vim.cmd.runtime("plugin/galley.lua")
local galley = require("galley")
local rename = require("galley.rename")

--- Before, the name under the cursor (its first place), the new name, after; and what is left.
local CASES = {
  {
    "full name, surname and first name",
    "Anna Lindqvist won. Lindqvist said that Anna had known.",
    "Anna Lindqvist",
    "Maria Oduya",
    "Maria Oduya won. Oduya said that Maria had known.",
  },
  {
    "from the surname, with possessives and a title",
    "Mayor Anna Lindqvist won. Lindqvist’s critics left. Mrs. Lindqvist’s husband stayed.",
    "Lindqvist’s",
    "Maria Oduya",
    "Mayor Maria Oduya won. Oduya’s critics left. Mrs. Oduya’s husband stayed.",
  },
  {
    "capitals of a headline",
    "ANNA LINDQVIST WINS AGAIN\n\nAnna Lindqvist won the vote. “No,” said Lindqvist.",
    "Lindqvist",
    "Maria Oduya",
    "MARIA ODUYA WINS AGAIN\n\nMaria Oduya won the vote. “No,” said Oduya.",
  },
  {
    "a name over a line break keeps the break",
    "Anna Lindqvist won. The council had asked Anna\nLindqvist to wait.",
    "Anna Lindqvist",
    "Maria Oduya",
    "Maria Oduya won. The council had asked Maria\nOduya to wait.",
  },
  {
    "more words than before, over a line break",
    "Anna Lindqvist won. The council had asked Anna\nLindqvist to wait.",
    "Anna Lindqvist",
    "Maria de la Cruz",
    "Maria de la Cruz won. The council had asked Maria\nde la Cruz to wait.",
  },
  {
    "a person of one name takes a longer one everywhere",
    "“No,” said Lindqvist. Lindqvist’s critics left. Mr. Lindqvist stayed.",
    "Lindqvist",
    "Oduya",
    "“No,” said Oduya. Oduya’s critics left. Mr. Oduya stayed.",
  },
  {
    "an acronym that the article explains",
    "The European Union (EU) voted. The EU is large, and the EU’s budget too.",
    "European",
    "Northern Trade Council",
    "The Northern Trade Council (NTC) voted. The NTC is large, and the NTC’s budget too.",
  },
  {
    "a company and its short name",
    "Kaspersky Lab sells software. Kaspersky’s sales grew, said Kaspersky Lab.",
    "Kaspersky",
    "Zorbly Software",
    "Zorbly Software sells software. Zorbly’s sales grew, said Zorbly Software.",
  },
  {
    "emphasis within a name",
    "**Kaspersky** *Lab* sells software. Kaspersky Lab grew.",
    "Kaspersky",
    "Zorbly Software",
    "**Zorbly** *Software* sells software. Zorbly Software grew.",
  },
  {
    "a bare apostrophe gets its s",
    "Tom Jones won. Jones’ critics left. Jones’s friends and Jones' dog stayed.",
    "Tom Jones",
    "Maria Oduya",
    "Maria Oduya won. Oduya’s critics left. Oduya’s friends and Oduya's dog stayed.",
  },
  {
    "handles stay, and it is said",
    "Anna Lindqvist won. “Yes,” wrote @AnnaLindqvist. Lindqvist left.",
    "Anna Lindqvist",
    "Maria Oduya",
    "Maria Oduya won. “Yes,” wrote @AnnaLindqvist. Oduya left.",
    "@AnnaLindqvist",
  },
  {
    "characters of every plane",
    "😀 Anna Lindqvist won. 😀😀 Lindqvist left.",
    "Anna",
    "Zoë Ångström",
    "😀 Zoë Ångström won. 😀😀 Ångström left.",
  },
}

describe("rename", function()
  local buf, notified, notify

  before_each(function()
    notified, notify = {}, vim.notify
    vim.notify = function(message)
      table.insert(notified, message)
    end
    vim.cmd.enew()
    buf = vim.api.nvim_get_current_buf()
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.notify = notify
  end)

  --- @param text string
  --- @param at string the cursor goes to its first place
  local function open(text, at)
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, vim.split(text, "\n"))
    assert(galley.attach(buf))
    vim.fn.cursor(1, 1)
    assert.is_true(vim.fn.search("\\V" .. at, "c") > 0)
  end

  local function text()
    return table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, false), "\n")
  end

  for _, case in ipairs(CASES) do
    it(case[1], function()
      open(case[2], case[3])
      vim.bo[buf].undolevels = vim.bo[buf].undolevels
      vim.cmd("Galley rename " .. case[4])
      assert.are.equal(case[5], text())
      assert.has.match("^galley: renamed in %d+ places?", notified[1])
      assert.are.equal(case[6] ~= nil, notified[1]:find("left as written") ~= nil, notified[1])
      if case[6] then
        assert.has.match(case[6], notified[1])
      end
      vim.cmd("silent undo")
      assert.are.equal(case[2], text())
    end)
  end

  --- What is refused: text, place, new name, what the message says.
  local REFUSED = {
    {
      "Anna Lindqvist won. Lindqvist left.",
      "Anna",
      "Oduya",
      "what becomes of “Lindqvist” in line 1",
    },
    {
      "Anna Lindqvist won. Nils Lindqvist lost.\n\nThe house of Lindqvist fell.",
      "Anna",
      "Maria Oduya",
      "“Lindqvist” in line 3 may be somebody else",
    },
    {
      "Anna Lindqvist won. Maria Oduya lost.",
      "Anna",
      "Maria Oduya",
      "“Maria Oduya” in line 1 is named already",
    },
    { "Anna Lindqvist won.", "won", "Maria Oduya", "no name here" },
    { "Anna Lindqvist won.", "Anna", "\1", "that is no name" },
  }

  it("changes nothing where it is not clear what is meant", function()
    for _, case in ipairs(REFUSED) do
      open(case[1], case[2])
      local cursor = vim.api.nvim_win_get_cursor(0)
      local result, message = rename.edits(buf, cursor[1] - 1, cursor[2], case[3])
      assert.is_nil(result)
      assert.has.match(case[4], message)
      galley.detach(buf)
    end
  end)

  it("knows the same form of another name", function()
    local derive = require("galley.name_form").derive
    local old, new = "Ursula Maria van der Berg", "Elena Ana de la Cruz"
    local function words(mention, ...)
      local form = derive(mention, ...)
      return form and table.concat(form.words, " ")
    end
    assert.are.equal("de la Cruz", words("van der Berg", old, new, true))
    assert.are.equal("de la Cruz", words("Van der Berg", old, new, true))
    assert.are.equal("Cruz", words("Berg", old, new, true))
    assert.are.equal("Elena", words("Ursula", old, new, true))
    assert.are.equal("Elena Ana", words("Ursula Maria", old, new, true))
    assert.are.equal("Elena de la Cruz", words("Ursula van der Berg", old, new, true))
    assert.are.equal("E. de la Cruz", words("U. van der Berg", old, new, true))
    assert.is_nil(words("K. van der Berg", old, new, true))
    assert.is_nil(words("the chair", old, new, true))
    assert.are.equal("Oduya", words("King", "Martin Luther King Jr.", "Maria Oduya", true))
    assert.are.equal("Éva", words("Zoe", "Zoë Ångström", "Éva Oduya", true))
    assert.are.equal(
      "Oduya Ferries",
      words("Tidewell Marine", "Tidewell Marine Ltd", "Oduya Ferries", false)
    )
    assert.are.equal("N.T.C.", words("E.U.", "European Union", "Northern Trade Council", false))
    assert.are.equal("", words("EU", "European Union", "Zorbly", false))
  end)

  it("leaves with ! what may be somebody else", function()
    open("Anna Lindqvist won. Nils Lindqvist lost.\n\nThe house of Lindqvist fell.", "Anna")
    vim.cmd("Galley rename! Maria Oduya")
    assert.are.equal(
      "Maria Oduya won. Nils Lindqvist lost.\n\nThe house of Lindqvist fell.",
      text()
    )
  end)

  it("refuses a buffer that cannot be changed, or that is not annotated", function()
    open("Anna Lindqvist won.", "Anna")
    vim.bo.modifiable = false
    vim.cmd("Galley rename Maria Oduya")
    assert.has.match("cannot be changed", notified[1])
    vim.bo.modifiable = true
    galley.detach(buf)
    vim.cmd("Galley rename Maria Oduya")
    assert.has.match("not annotated", notified[2])
  end)

  it("asks for the name when none is given", function()
    open("Anna Lindqvist won. Lindqvist left.", "left")
    vim.fn.search("Lindqvist", "b")
    local asked
    local input = vim.ui.input
    vim.ui.input = function(options, answer)
      asked = options
      answer("Maria Oduya")
    end
    vim.cmd("Galley rename")
    vim.ui.input = input
    assert.are.same({ "New name: ", "Anna Lindqvist" }, { asked.prompt, asked.default })
    assert.are.equal("Maria Oduya won. Oduya left.", text())
  end)
end)
