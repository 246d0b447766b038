-- The ledger: ticks, where they are kept, and what becomes of them when the article is edited.

vim.cmd.runtime("plugin/galley.lua")
local galley = require("galley")
local ledger = require("galley.ledger")
local stamp = require("galley.ledger.stamp")

local TEXT = {
  "On 25 May 2018, 476 members — “yes” — voted.",
  "",
  "“We counted twice,” said Anna Lindqvist of the 476 ballots.",
}

describe("the ledger", function()
  local folder, file, ledger_file, seconds

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    file = folder .. "/vote.md"
    ledger_file = file .. ".galley.jsonl"
    vim.fn.writefile(TEXT, file)
    vim.cmd.edit(file)
    galley.attach(0)
    galley.setup({ reviewer = "R. Eader" })
    seconds = 0
    stamp.now = function()
      seconds = seconds + 1
      return ("2026-01-01T00:00:%02dZ"):format(seconds)
    end
  end)

  after_each(function()
    vim.cmd("silent! %bwipeout!")
    vim.fn.delete(folder, "rf")
    galley.setup()
  end)

  --- The span that begins with `text` in the buffer, the n-th of them.
  local function span(text, n)
    for _, found in ipairs(galley.get_spans(0)) do
      if found.text == text then
        n = (n or 1) - 1
        if n == 0 then
          return found
        end
      end
    end
    error("no span " .. text)
  end

  local function set(text, status, n)
    local found = span(text, n)
    return assert(ledger.set(0, found.start_row, found.start_col, status, "a note"))
  end

  local function status(text, n)
    local now, stale = ledger.status(0, span(text, n))
    return now .. (stale and " stale" or "")
  end

  local function lines()
    return vim.fn.readfile(ledger_file)
  end

  it("is not written before somebody ticks", function()
    assert.are.equal("open", status("476"))
    assert.are.equal(5, ledger.counts(0).open)
    vim.cmd.write()
    assert.are.equal(0, vim.fn.filereadable(ledger_file))
  end)

  it("keeps a tick, a line each, in the order of the article", function()
    set("Anna Lindqvist", "queried")
    set("476", "verified")
    set("25 May 2018", "waived")
    local found = vim.tbl_map(function(line)
      local record = vim.json.decode(line)
      return { record.target.selector[1].exact, record.body[1].value }
    end, lines())
    assert.are.same({
      { "25 May 2018", "waived" },
      { "476", "verified" },
      { "Anna Lindqvist", "queried" },
    }, found)
    assert.are.equal("verified", status("476"))
    assert.are.equal("open", status("476", 2))
    local counts = ledger.counts(0)
    assert.are.same(
      { 2, 1, 1, 0, 1, 5 },
      { counts.open, counts.verified, counts.queried, counts.wrong, counts.waived, counts.total }
    )
  end)

  it("has a W3C Web Annotation in each line", function()
    set("476", "verified")
    local record = vim.json.decode(lines()[1])
    assert.are.equal("http://www.w3.org/ns/anno.jsonld", record["@context"])
    assert.are.equal("Annotation", record.type)
    assert.are.equal("R. Eader", record.creator.name)
    assert.are.equal("2026-01-01T00:00:01Z", record.created)
    assert.are.same({
      source = "vote.md",
      selector = {
        {
          type = "TextQuoteSelector",
          exact = "476",
          prefix = "On 25 May 2018, ",
          suffix = " members — “yes” — voted.\n\n“We c",
        },
        { type = "TextPositionSelector", start = 16, ["end"] = 19 },
      },
    }, record.target)
  end)

  it("counts characters, not bytes", function()
    set("476", "verified", 2)
    local selector = vim.json.decode(lines()[1]).target.selector[2]
    local text = table.concat(TEXT, "\n")
    assert.are.equal("476", vim.fn.strcharpart(text, selector.start, 3))
  end)

  it("says so when the buffer has no file", function()
    vim.cmd.enew()
    vim.api.nvim_buf_set_lines(0, 0, -1, true, { "476 members" })
    galley.attach(0)
    local ok, message = ledger.set(0, 0, 0, "verified")
    assert.is_nil(ok)
    assert.has.match("has no file", message)
  end)

  it("follows facts while the text is edited, and calls an edited one stale", function()
    set("476", "verified", 2)
    vim.api.nvim_buf_set_lines(0, 0, 0, true, { "There were 476 before.", "" })
    vim.api.nvim_buf_set_text(0, 4, 0, 4, 0, { "Later: " })
    assert.are.equal("open", status("476", 1))
    assert.are.equal("open", status("476", 2))
    assert.are.equal("verified", status("476", 3))
    local place = span("476", 3)
    vim.api.nvim_buf_set_text(0, place.start_row, place.end_col, place.end_row, place.end_col, {
      "0",
    })
    assert.are.equal("verified stale", status("4760"))
    vim.cmd.undo()
    vim.cmd.redo()
    set("4760", "verified")
    assert.are.equal("verified", status("4760"))
    assert.are.equal(1, #lines())
  end)

  it("notes what stands around a fact anew when the article is written", function()
    set("476", "verified")
    local before = vim.json.decode(lines()[1])
    vim.api.nvim_buf_set_lines(0, 0, 1, true, { "A wholly other beginning: 476 cats lay there." })
    -- That lost the fact. What follows it step by step keeps it.
    vim.cmd.undo()
    vim.api.nvim_buf_set_text(0, 0, 19, 0, -1, { " cats lay there." })
    vim.api.nvim_buf_set_text(0, 0, 0, 0, 16, { "A wholly other beginning: " })
    assert.are.equal("verified", status("476"))
    vim.cmd("silent write")
    local after = vim.json.decode(lines()[1])
    assert.are.equal("A wholly other beginning: ", after.target.selector[1].prefix)
    assert.are.equal(before.modified, after.modified)
    assert.are.equal(before.id, after.id)
    vim.cmd("bwipeout!")
    vim.cmd.edit(file)
    galley.attach(0)
    assert.are.equal("verified", status("476"))
    local text = lines()
    vim.cmd("silent write")
    assert.are.same(text, lines())
  end)

  it("looks for many facts of a long article in slices, and forgets none", function()
    local long = {}
    for number = 1, 1500 do
      long[number] = ("Ward %s of the town counted %d ballots on a rainy day; clerk %s said so."):format(
        ("abcdefghij"):sub(number % 7 + 1, number % 7 + 3),
        number * 37,
        number
      )
    end
    vim.api.nvim_buf_set_lines(0, 0, -1, true, long)
    vim.cmd("silent write")
    local spans = {}
    for _, found in ipairs(galley.get_spans(0, { kinds = { "figure" } })) do
      if found.text:find("^%d+$") and found.start_row % 15 == 0 then
        table.insert(spans, found)
      end
    end
    assert.is_true(#spans >= 100)
    assert(ledger.set_spans(0, spans, "verified"))
    vim.cmd("bwipeout!")
    -- Somebody has rewritten the article meanwhile: some lines are gone, some reworded, some moved.
    local other = {}
    for number, line in ipairs(long) do
      if number % 45 == 1 then
        line = "Nothing of the sort is here."
      elseif number % 45 == 16 then
        line = line:gsub("rainy", "sunny")
      end
      table.insert(other, number % 2 == 0 and 1 or #other + 1, line)
    end
    vim.fn.writefile(other, file)
    vim.cmd.edit(file)
    galley.attach(0)
    local sheet = assert(require("galley.ledger.sheet").read(0))
    local all = require("galley.ledger.state").get(vim.fn.bufnr())
    assert.is_nil(all.search) -- an export waits for all of them
    assert.are.equal(#spans, #all.places + #sheet.orphans)
    vim.cmd("bwipeout!")
    vim.cmd.edit(file)
    galley.attach(0)
    local state = require("galley.ledger.state").get(vim.fn.bufnr())
    local slices = 0
    vim.wait(20000, function()
      slices = slices + 1
      return not require("galley.ledger.state").locate(state).search
    end, 1)
    assert.is_true(slices > 1)
    assert.are.equal(#spans, #state.places + #state.orphans)
    local counts = ledger.counts(0)
    assert.is_true(counts.orphan > 0 and counts.orphan <= 70, counts.orphan)
    for _, place in ipairs(state.places) do
      assert.are.equal(place.stale, place.entry.exact ~= place.span.text)
    end
  end)

  it("knows its facts again when the file is read again, whatever was done to it", function()
    set("476", "verified", 2)
    vim.fn.writefile(vim.list_extend({ "A new line with 476 in it.", "" }, TEXT), file)
    vim.cmd("silent edit!")
    assert.are.equal("open", status("476", 1))
    assert.are.equal("open", status("476", 2))
    assert.are.equal("verified", status("476", 3))
    vim.fn.writefile({ "Nothing is left." }, file)
    vim.cmd("silent edit!")
    assert.are.equal(1, ledger.counts(0).orphan)
    assert.are.equal(1, #lines())
    vim.fn.writefile(TEXT, file)
    vim.cmd("silent edit!")
    assert.are.equal("verified", status("476", 2))
    assert.are.equal(0, ledger.counts(0).orphan)
  end)

  it("keeps what it noted of a fact whose place it only takes for it", function()
    set("476", "verified", 1)
    local before = lines()
    vim.fn.writefile({
      "On 25 May 2018, 489 people — “yes” — voted.",
      "",
      "“We counted twice,” she said.",
    }, file)
    vim.cmd("silent edit!")
    assert.are.equal("verified stale", status("489"))
    vim.cmd("silent write!")
    assert.are.same(before, lines())
    set("489", "verified")
    assert.are.equal("verified", status("489"))
    assert.are.equal(1, #lines())
  end)

  it("follows a fact that is cut and put elsewhere", function()
    set("476", "verified", 2)
    vim.cmd("silent normal! Gdd")
    assert.are.equal(1, ledger.counts(0).orphan)
    vim.cmd("silent normal! ggP")
    assert.are.equal("verified", status("476", 1))
    assert.are.equal("open", status("476", 2))
  end)

  it("takes the reviewer from the option, from git's files, from $USER", function()
    assert.are.equal("R. Eader", stamp.who(file))
    galley.setup({ reviewer = 7 })
    assert.has.match("`reviewer` must be a string", require("galley.config").problems()[1])
    galley.setup()
    local home, user = vim.env.HOME, vim.env.USER
    vim.env.HOME, vim.env.USER = folder, "somebody"
    vim.env.XDG_CONFIG_HOME = folder .. "/config"
    vim.fn.mkdir(folder .. "/.git")
    assert.are.equal("somebody", stamp.who(file))
    vim.fn.writefile(
      { "[core]", "name = no", "[user]", '\tname = "Home Name"' },
      folder .. "/.gitconfig"
    )
    assert.are.equal("Home Name", stamp.who(file))
    vim.fn.writefile({ "[user]", "email = x", "name = Git Name  " }, folder .. "/.git/config")
    assert.are.equal("Git Name", stamp.who(file))
    vim.env.HOME, vim.env.USER = home, user
  end)

  it("merges in git", function()
    local function git(...)
      local command = { "git", "-C", folder, "-c", "user.name=x", "-c", "user.email=x@y", ... }
      local result = vim.system(command):wait(20000)
      return result.code == 0, result.stdout .. result.stderr
    end
    vim.fn.writefile({ "*.galley.jsonl merge=union" }, folder .. "/.gitattributes")
    set("25 May 2018", "verified")
    assert(git("init", "-q", "-b", "main"))
    assert(git("add", "."))
    assert(git("commit", "-qm", "one"))
    assert(git("checkout", "-qb", "other"))
    set("476", "queried", 1)
    set("25 May 2018", "wrong")
    assert(git("commit", "-qam", "two"))
    assert(git("checkout", "-q", "main"))
    require("galley.ledger.state").drop(vim.fn.bufnr())
    set("476", "verified", 2)
    assert(git("commit", "-qam", "three"))
    assert(git("merge", "-q", "other"))
    require("galley.ledger.state").drop(vim.fn.bufnr())
    assert.are.equal("wrong", status("25 May 2018"))
    assert.are.equal("queried", status("476", 1))
    assert.are.equal("verified", status("476", 2))
  end)

  it("is told by :checkhealth", function()
    local describe_ledger = require("galley.ledger.describe").health
    local buf = vim.fn.bufnr()
    assert.is_nil(describe_ledger(buf))
    set("476", "verified")
    vim.fn.writefile({ "<<<<<<< ours" }, ledger_file, "a")
    require("galley.ledger.state").drop(buf)
    local text = describe_ledger(buf)
    assert.has.match("1 facts ticked, 0 gone from the text, 0 findings waived, 1 lines that", text)
  end)

  it("is told in the status line and by :Galley inspect", function()
    local function settle()
      vim.wait(2000, function()
        return not require("galley.buffer").attached[vim.api.nvim_get_current_buf()].stale
      end, 5)
    end
    settle()
    assert.is_nil(galley.statusline(0):find("✓"))
    set("476", "verified")
    set("25 May 2018", "queried")
    assert.has.match(" ✓1/5 %?1", galley.statusline(0))
    vim.api.nvim_buf_set_text(0, 0, 17, 0, 18, { "9" })
    settle()
    assert.has.match(" ✓1/5 %?1 !1", galley.statusline(0))
    local shown = require("galley.inspect").lines(span("496"), vim.api.nvim_get_current_buf())
    local text = table.concat(shown, "\n")
    assert.has.match("status +verified, stale: the text has changed\n", text)
    assert.has.match("by +R%. Eader, 2026%-01%-01\n", text)
    assert.has.match("note +a note\n", text)
    assert.has.match("was +476", text)
  end)

  it("waives a finding by its key, and takes that back", function()
    local finding = { key = "percent-change:12:15", start = 16, ["end"] = 19 }
    assert.is_true(ledger.waive_finding(0, finding, "as the source has it"))
    assert.are.equal("as the source has it", ledger.waived(0)["percent-change:12:15"].note)
    assert.are.equal("open", status("476"))
    assert.is_true(ledger.waive_finding(0, finding, nil, "open"))
    assert.are.same({}, ledger.waived(0))
    assert.are.equal(1, #lines())
  end)
end)
