-- Two Neovims on one article: each sees what the other ticks, and no tick of either is lost, however
-- close together they come.

local Screen = require("tests.screen.screen")
local entries = require("galley.ledger.entry")

local FACTS = 40

describe("two Neovims with one article", function()
  local folder, screens

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    local lines = {}
    for number = 1, FACTS do
      table.insert(lines, ("In town %d, %d members voted."):format(number, 1000 + number * 7))
      table.insert(lines, "")
    end
    vim.fn.writefile(lines, folder .. "/vote.md")
    screens = {}
  end)

  after_each(function()
    local errors = {}
    for _, screen in ipairs(screens) do
      table.insert(errors, screen:close())
    end
    vim.fn.delete(folder, "rf")
    assert.are.equal("", table.concat(errors))
  end)

  local function open(...)
    local screen = Screen.new({ columns = 90, lines = 20, args = { ... } })
    table.insert(screens, screen)
    return screen
  end

  --- The statuses that the ledger's file holds, by what the fact says.
  local function kept()
    local found = {}
    for line in io.lines(folder .. "/vote.md.galley.jsonl") do
      local entry = assert(entries.decode(line), "a broken line: " .. line)
      found[entry.exact:match("%d+")] = entry.status
    end
    return found
  end

  --- Ticks the fact in each so many lines, of which each tick is one write of the ledger.
  local TICK = [[
    local first, command = ...
    vim.g.done = 0
    local row = first
    local function tick()
      if row > vim.api.nvim_buf_line_count(0) then
        vim.g.done = 1
        return
      end
      vim.fn.cursor(row, vim.fn.getline(row):find(", ") + 2)
      vim.cmd("silent Galley " .. command)
      row = row + 4
      vim.defer_fn(tick, 0)
    end
    vim.schedule(tick)
  ]]

  it("that tick at the same time keep all ticks of both, and show them", function()
    local path = vim.fn.fnameescape(folder .. "/vote.md")
    local a, b = open(path), open(path)
    a:wait_for("GalleyFigure", "1007")
    b:wait_for("GalleyFigure", "1007")
    a:lua(TICK, 1, "verify")
    b:lua(TICK, 3, "query")
    for _, screen in ipairs(screens) do
      screen:wait(function()
        return screen:lua("return vim.g.done") == 1
      end, "for all ticks")
    end
    -- One that put its file over the other's finds out when it looks again.
    local wanted = {}
    for number = 1, FACTS do
      wanted[tostring(1000 + number * 7)] = number % 2 == 1 and "verified" or "queried"
    end
    a:wait(function()
      return vim.deep_equal(wanted, kept())
    end, "for all ticks in the file: " .. vim.inspect(kept()))
    -- Each shows the other's as soon as it is looked at.
    for _, screen in ipairs(screens) do
      screen:command("doautocmd FocusGained | normal! gg")
      screen:wait_for("DiagnosticOk", "✓")
      screen:wait_for("DiagnosticWarn", "?")
    end
    assert.are.same(wanted, kept())
    for name in vim.fs.dir(folder) do
      assert.is_nil(name:find("%.tmp$"), name)
    end
  end)

  it("keep what one has ticked when the other ends, or is killed", function()
    local path = vim.fn.fnameescape(folder .. "/vote.md")
    local a, b = open(path), open(path)
    a:wait_for("GalleyFigure", "1007")
    b:wait_for("GalleyFigure", "1007")
    a:command("call cursor(1, 13) | silent Galley verify")
    b:command("call cursor(3, 13) | silent Galley query | silent Galley wrong")
    a.process:kill("sigkill")
    b:close()
    assert.are.same({ ["1007"] = "verified", ["1014"] = "wrong" }, kept())
  end)

  it("and a swap file: the second, opened read-only or to edit anyway, ticks as well", function()
    local swap = "set swapfile directory=" .. folder .. "// updatecount=1"
    local a = open()
    a:command(swap)
    a:command("edit " .. vim.fn.fnameescape(folder .. "/vote.md"))
    a:wait_for("GalleyFigure", "1007")
    a:command("call setline(2, 'x') | preserve | call cursor(1, 13) | silent Galley verify")
    for _, answer in ipairs({ "o", "e" }) do
      local b = open()
      b:command(swap)
      -- Neovim of itself answers the question when the other process lives.
      b:lua([[
        for _, one in ipairs(vim.api.nvim_get_autocmds({ event = "SwapExists" })) do
          vim.api.nvim_del_autocmd(one.id)
        end
      ]])
      b:request("nvim_input", ":edit " .. vim.fn.fnameescape(folder .. "/vote.md") .. "<CR>")
      b:wait(function()
        return table.concat(b:text(), "\n"):find("E325", 1, true)
          or table.concat(b:text(), "\n"):find("swap file", 1, true)
      end, "for the question about the swap file")
      -- On a small screen the question comes after a page of text.
      for _ = 1, 3 do
        if b:request("nvim_get_mode").mode:find("^rm") then
          b:request("nvim_input", " ")
        end
        vim.wait(50)
      end
      b:request("nvim_input", answer)
      b:wait(function()
        return not b:request("nvim_get_mode").blocking
      end, "for the answer to be taken")
      b:type("<CR>")
      b:wait_for("GalleyFigure", "1007")
      b:command("call cursor(5, 13) | silent Galley " .. (answer == "o" and "query" or "wrong"))
      assert.are.equal(answer == "o" and "queried" or "wrong", kept()["1021"])
      assert.are.equal("verified", kept()["1007"])
      b:close()
    end
  end)
end)
