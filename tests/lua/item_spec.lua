-- require("galley").get_items(): lines for pickers and lists, and the pickers of examples/config/.

vim.cmd.runtime("plugin/galley.lua")
local galley = require("galley")

local TEXT = {
  "On 25 May 2018, 476 members voted in Norrvik.[^1]",
  "",
  "“We counted the\27[m the ballots,” said Anna Lindqvist. Lindqvist won.",
  "",
  "[^1]: The minutes.",
}

describe("items", function()
  local buf

  before_each(function()
    galley.setup({ server = false, auto_attach = false })
    vim.cmd("silent edit " .. vim.fn.tempname() .. ".md")
    buf = vim.api.nvim_get_current_buf()
    vim.api.nvim_buf_set_lines(buf, 0, -1, false, TEXT)
    assert(galley.attach(buf))
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.fn.setqflist({}, "f")
    galley.setup(nil)
  end)

  --- Kind, line, column and text of items, blanks as one.
  local function told(what)
    return vim.tbl_map(function(item)
      local text = item.text:gsub("%s+", " ")
      return ("%d:%d %s: %s"):format(item.lnum, item.col, item.kind, text)
    end, assert(galley.get_items(buf, what)))
  end

  it("are of one kind", function()
    assert.are.same({ "1:17 figure: 476 476, members" }, told("figure"))
    assert.are.same({
      "1:38 entity: Norrvik place",
      "3:43 entity: Anna Lindqvist person",
      "3:59 entity: Lindqvist person, Anna Lindqvist",
    }, told("entity"))
  end)

  it("are of all kinds, in text order, and say which", function()
    local all = told()
    assert.are.equal("1:4 date: date 25 May 2018 2018-05-25", all[1])
    assert.are.equal("1:17 figure: figure 476 476, members", all[2])
    assert.are.equal(#galley.get_spans(buf), #all)
  end)

  it("are the facts that nobody has looked up", function()
    local before = #galley.get_items(buf, "fact")
    assert(require("galley.ledger").set(buf, 0, 16, "verified"))
    local after = told("fact")
    assert.are.equal(before - 1, #after)
    assert.is_nil(table.concat(after, "\n"):find("476", 1, true))
  end)

  it("are what the checks find", function()
    vim.api.nvim_buf_set_lines(buf, 2, 3, false, { "They counted the the ballots." })
    local found = told("finding")
    assert.are.equal(1, #found)
    assert.has.match("^3:%d+ finding: %a+ the .*%[word%-doubled%]$", found[1])
  end)

  it("hold nothing that a terminal would obey", function()
    local quote = galley.get_items(buf, "quote")[1]
    assert.has.match("^“We counted the^%[%[m", quote.text)
    assert.are.equal("quote", quote.span.kind)
  end)

  it("fill a quickfix list as they are", function()
    vim.fn.setqflist(galley.get_items(buf))
    vim.cmd("silent cc 2")
    assert.are.same({ 1, 16 }, vim.api.nvim_win_get_cursor(0))
    assert.has.match("^figure +476 +476, members$", vim.fn.getqflist()[2].text)
  end)

  it("are not given of what is not there", function()
    local items, message = galley.get_items(buf, "verb")
    assert.is_nil(items)
    assert.has.match("`verb`.*one of: fact, finding, entity", message)
    galley.detach(buf)
    items, message = galley.get_items(buf)
    assert.is_nil(items)
    assert.has.match("not annotated", message)
  end)

  -- The pickers themselves are not here: what each is handed is what its own documentation asks for.
  describe("in the example for", function()
    local handed

    --- Runs an example and presses its key.
    local function press(example)
      vim.g.mapleader = " "
      dofile(("examples/config/%s.lua"):format(example))
      vim.api.nvim_feedkeys(" g", "xt", false)
      vim.keymap.del("n", " g")
    end

    local function preload(modules)
      for name, module in pairs(modules) do
        package.loaded[name] = module
      end
    end

    after_each(function()
      for name in pairs(package.loaded) do
        if name:find("^telescope") or name == "snacks" or name == "fzf-lua" then
          package.loaded[name] = nil
        end
      end
    end)

    it("telescope are entries with a place", function()
      preload({
        ["telescope.pickers"] = {
          new = function(_, options)
            handed = vim.tbl_map(options.finder.entry_maker, options.finder.results)
            return { find = function() end }
          end,
        },
        ["telescope.finders"] = {
          new_table = function(finder)
            return finder
          end,
        },
        ["telescope.config"] = {
          values = { generic_sorter = function() end, grep_previewer = function() end },
        },
      })
      press("telescope")
      assert.are.equal(#galley.get_items(buf), #handed)
      assert.are.same({ 1, 16 }, { handed[2].lnum, handed[2].col })
      assert.has.match("476, members", handed[2].ordinal)
    end)

    it("snacks are items with a buffer and a position", function()
      preload({
        snacks = {
          picker = function(options)
            handed = options.items
          end,
        },
      })
      press("snacks")
      assert.are.equal(#galley.get_items(buf), #handed)
      assert.are.same({ 1, 16 }, handed[2].pos)
      assert.are.equal(buf, handed[2].buf)
    end)

    it("fzf-lua are lines of file, line, column and text", function()
      preload({
        ["fzf-lua"] = {
          defaults = { actions = { files = {} } },
          fzf_exec = function(lines)
            handed = lines
          end,
        },
      })
      press("fzf_lua")
      local file, line, column = handed[2]:match("^(.-):(%d+):(%d+):figure +476")
      assert.are.same({ vim.api.nvim_buf_get_name(buf), "1", "17" }, { file, line, column })
    end)
  end)
end)
