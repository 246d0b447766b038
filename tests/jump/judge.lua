-- Asks galley.source for each fact of a case and judges the answer against the marks.

local gold = require("tests.jump.gold")

local M = {}

-- A candidate for a figure may begin with a currency or a sign that the mark leaves out.
local SLACK = 12
local PATIENCE = 30000

--- @class jump.Verdict
--- @field entry jump.Entry
--- @field right boolean
--- @field answered boolean there was a candidate
--- @field said string what the first candidate was, for a reader

--- @param buf integer
--- @param row integer
--- @param col integer
--- @return galley.SourceCandidate[]
local function ask(buf, row, col)
  local source = require("galley.source")
  local list, complete
  local done = vim.wait(PATIENCE, function()
    list, complete = source.find(buf, row, col)
    return complete
  end, 10)
  assert(done, "the sources were not indexed in time")
  return list
end

--- @param case jump.Case
--- @param place jump.Place in a PDF
--- @param found galley.SourcePlace
--- @return boolean is it the page?
local function page_agrees(case, place, found)
  local before, fact, after = place.mark:match("^(.-)%[%[(.*)%]%](.*)$")
  for number, lines in ipairs(case.pages[place.source]) do
    if table.concat(lines, " "):find(before .. fact .. after, 1, true) then
      return found.label ~= nil and found.label:match("%d+") == tostring(number)
    end
  end
  return false
end

--- The lines of a PDF's text that a place is on, as pdftotext gives it.
--- @param found galley.SourcePlace
--- @return string
local function pdf_lines(found)
  local text = vim.fn.system({ "pdftotext", "-layout", "-enc", "UTF-8", found.path, "-" })
  return table.concat(vim.list_slice(vim.split(text, "\n"), found.row + 1, found.end_row + 1), " ")
end

--- @param case jump.Case
--- @param entry jump.Entry
--- @param place jump.Place
--- @param found galley.SourcePlace
--- @return boolean
local function agrees(case, entry, place, found)
  if vim.fs.basename(found.path) ~= place.source then
    return false
  end
  if case.pages[place.source] then
    -- The file has no rows: the page must be right, and its lines hold the beginning of what is marked.
    local fact = place.mark:match("%[%[(.*)%]%]")
    local beginning = fact:match("^%S+")
    return page_agrees(case, place, found) and pdf_lines(found):find(beginning, 1, true) ~= nil
  end
  local target = assert(gold.place(case.texts[place.source], place))
  local starts_before = found.row < target.end_row
    or (found.row == target.end_row and found.col < target.end_col)
  local ends_after = found.end_row > target.row
    or (found.end_row == target.row and found.end_col > target.col)
  if not (starts_before and ends_after) then
    return false
  end
  return entry.kind ~= "figure" or (found.row == target.row and found.col >= target.col - SLACK)
end

--- @param candidate galley.SourceCandidate
--- @return string
local function describe(candidate)
  local place = candidate.place
  return ("%s:%d:%d %s %.2f %s"):format(
    vim.fs.basename(place.path),
    place.row + 1,
    place.col + 1,
    candidate.verdict,
    candidate.score,
    candidate.reason
  )
end

--- @param case jump.Case
--- @param buf integer the article
--- @param entry jump.Entry
--- @return jump.Verdict
function M.judge(case, buf, entry)
  local text = case.texts[entry.article]
  local row, col = gold.cursor(text, assert(gold.find(text, entry.mark)))
  local candidates = ask(buf, row, col)
  local first = candidates[1]
  local verdict = { entry = entry, answered = first ~= nil, right = false }
  verdict.said = first and describe(first) or "no place"
  if entry.none then
    verdict.right = first == nil
  elseif first and entry.kind == "altered" then
    verdict.right = first.verdict == "altered"
  elseif first and entry.kind == "edited" then
    verdict.right = first.verdict ~= "altered"
  end
  for _, place in ipairs(first and entry.places or {}) do
    local at = agrees(case, entry, place, first.place)
    if entry.kind ~= "altered" and entry.kind ~= "edited" then
      verdict.right = verdict.right or at
    elseif not at then
      verdict.right = false
    end
  end
  return verdict
end

--- Whether an entry can be judged here: its place may be in a PDF, and pdftotext not at hand.
--- @param case jump.Case
--- @param entry jump.Entry
--- @return boolean
function M.can_judge(case, entry)
  if vim.fn.executable("pdftotext") == 1 then
    return true
  end
  for _, place in ipairs(entry.places) do
    if case.pages[place.source] then
      return false
    end
  end
  return true
end

return M
