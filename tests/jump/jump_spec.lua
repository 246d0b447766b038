-- Jumps from every marked fact of the articles here, and adds up how many land where they should.

local cases = require("tests.jump.case")
local judge = require("tests.jump.judge")

local RIGHT_FIRST, FALSE_PLACES = 0.90, 0.05

--- @class jump.Tally
--- @field asked integer
--- @field right integer

local tallies = {} --- @type table<string, jump.Tally> by "placed", "none", "altered", "edited", and "placed quote" etc.

local function say(...)
  io.stdout:write(string.format(...), "\n")
end

--- @param key string
--- @param right boolean
local function add(key, right)
  local tally = tallies[key] or { asked = 0, right = 0 }
  tallies[key] = tally
  tally.asked = tally.asked + 1
  tally.right = tally.right + (right and 1 or 0)
end

--- @param case jump.Case
--- @param verdict jump.Verdict
local function record(case, verdict)
  local entry = verdict.entry
  local group = entry.none and "none" or entry.kind
  if group == "figure" or group == "date" or group == "quote" then
    add("placed", verdict.right)
  end
  add(group, verdict.right)
  add(case.name .. (entry.none and " none" or ""), verdict.right)
  if not verdict.right then
    say("%s:%d %s %s", case.name, entry.line, entry.kind, entry.mark)
    say(
      "    %s, not %s",
      verdict.said,
      entry.none and "none" or entry.places[1].source .. ": " .. entry.places[1].mark
    )
  end
end

--- @param case jump.Case
local function run(case)
  local left_out, buffers = 0, {}
  for _, entry in ipairs(case.entries) do
    if not buffers[entry.article] then
      vim.cmd.edit(vim.fn.fnameescape(case.folder .. "/" .. entry.article))
      buffers[entry.article] = vim.api.nvim_get_current_buf()
    end
    if judge.can_judge(case, entry) then
      record(case, judge.judge(case, buffers[entry.article], entry))
    else
      left_out = left_out + 1
    end
  end
  if left_out > 0 then
    say("%s: %d places in PDFs not judged, for pdftotext is not here", case.name, left_out)
  end
end

local function show()
  local keys = vim.tbl_keys(tallies)
  table.sort(keys)
  for _, key in ipairs(keys) do
    local tally = tallies[key]
    say(
      "%-20s %3d of %3d right, %5.1f%%",
      key,
      tally.right,
      tally.asked,
      100 * tally.right / tally.asked
    )
  end
end

describe("jumping to sources", function()
  setup(function()
    vim.cmd("runtime plugin/galley.lua")
    vim.cmd("filetype on")
    vim.opt.swapfile = false
    local folder = vim.fn.tempname()
    for _, name in ipairs(cases.names()) do
      run(cases.load(name, folder))
    end
    show()
  end)

  it("lands on the right place first for nine facts in ten", function()
    assert.is_true(tallies.placed.right >= RIGHT_FIRST * tallies.placed.asked)
  end)

  it("shows hardly ever a place for a fact that has none", function()
    local shown = tallies.none.asked - tallies.none.right
    assert.is_true(shown <= FALSE_PLACES * tallies.none.asked)
  end)

  it("finds every altered quotation", function()
    assert.are.equal(tallies.altered.asked, tallies.altered.right)
  end)

  it("takes no edited quotation for an altered one", function()
    assert.are.equal(tallies.edited.asked, tallies.edited.right)
  end)
end)
