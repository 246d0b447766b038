-- Comments that silence checks: <!-- galley: ignore CHECK --> for the next line, ignore-file for
-- the whole article. Several checks may be named; without a name all are meant.

local config = require("galley.config")
local rows = require("galley.check.rows")

local M = {}

--- What the comments of an article say.
--- @class galley.Ignores
--- @field file table<string, boolean> by check; "all": every check
--- @field rows table<integer, table<string, boolean>> the same for a row
--- @field unknown galley.Finding[] comments that name no check

local COMMENT = "<!%-%-%s*galley:%s*(ignore[%w_-]*)(.-)%-%->"
local ALL = "all"

--- A finding on a comment that is misspelt.
--- @param comment galley.Ignores.Comment
--- @param word string
--- @param message string
--- @return galley.Finding
local function misspelt(comment, word, message)
  local first, last = comment.text:find(word, 1, true)
  local lead = comment.text:sub(1, (first or 1) - 1)
  local row = comment.row + select(2, lead:gsub("\n", ""))
  local tail = lead:match("^.*\n(.*)$") or lead
  local col = row == comment.row and comment.col + #tail or #tail
  return {
    check = "ignore-unknown",
    severity = "warn",
    outcome = "bad",
    message = message,
    key = "ignore-unknown " .. word,
    start = comment.start + (first or 1) - 1,
    ["end"] = comment.start + (last or 1),
    start_row = row,
    start_col = col,
    end_row = row,
    end_col = col + #word,
    text = word,
    related = {},
    repairs = {},
  }
end

--- @class galley.Ignores.Comment
--- @field text string
--- @field start integer
--- @field row integer
--- @field col integer
--- @field next_row integer the row that it speaks of

--- The checks that a comment names.
--- @param names string
--- @param comment galley.Ignores.Comment
--- @param unknown galley.Finding[]
--- @return string[]
local function named(names, comment, unknown)
  local ids = rows.ids() or {}
  local found = {}
  for name in names:gmatch("[^%s,]+") do
    if name == ALL or vim.tbl_contains(ids, name) then
      found[#found + 1] = name
    else
      local near = config.nearest(name, ids)
      local hint = near and ("; did you mean `%s`?"):format(near) or ""
      unknown[#unknown + 1] =
        misspelt(comment, name, ("no check is called `%s`%s"):format(name, hint))
      found[#found + 1] = "" -- not an empty list, which would mean all
    end
  end
  return #found > 0 and found or { ALL }
end

--- The row behind a comment that it speaks of: blank rows and other such comments are passed over.
--- @param text string
--- @param at integer byte behind the comment, from 1
--- @param row integer
--- @return integer
local function next_row(text, at, row)
  local line_end = text:find("\n", at, true)
  while line_end do
    row = row + 1
    local following = text:find("\n", line_end + 1, true)
    local line = text:sub(line_end + 1, (following or #text + 1) - 1)
    if line:find("%S") and not line:find("^%s*" .. COMMENT .. "%s*$") then
      break
    end
    line_end = following
  end
  return row
end

--- Rows [first, last] of blocks of code, where a comment is an example.
--- @param doc table
--- @return integer[][]
local function code_rows(doc)
  local found = {}
  for _, block in ipairs(doc:blocks()) do
    if block.kind == "code" then
      found[#found + 1] = { block.start_row, block.end_row }
    end
  end
  return found
end

--- Notes what one comment silences.
--- @param result galley.Ignores
--- @param comment galley.Ignores.Comment
--- @param verb string
--- @param names string
local function take(result, comment, verb, names)
  local into = result.file
  if verb == "ignore" then
    result.rows[comment.next_row] = result.rows[comment.next_row] or {}
    into = result.rows[comment.next_row]
  elseif verb ~= "ignore-file" then
    local message = ("`%s` is neither `ignore` nor `ignore-file`"):format(verb)
    result.unknown[#result.unknown + 1] = misspelt(comment, verb, message)
    return
  end
  for _, name in ipairs(named(names, comment, result.unknown)) do
    into[name] = true
  end
end

--- Reads the comments of a document.
--- @param doc table
--- @return galley.Ignores
function M.read(doc)
  --- @type galley.Ignores
  local result = { file = {}, rows = {}, unknown = {} }
  local text = doc:text()
  if not text:find("galley:", 1, true) then
    return result
  end
  local code = code_rows(doc)
  local at, row, line_start = 1, 0, 1
  while true do
    local first, last, verb, names = text:find(COMMENT, at)
    if not first then
      return result
    end
    local newline = text:find("\n", line_start, true)
    while newline and newline < first do
      row, line_start = row + 1, newline + 1
      newline = text:find("\n", line_start, true)
    end
    local comment_text = text:sub(first, last)
    local _, breaks = comment_text:gsub("\n", "")
    --- @type galley.Ignores.Comment
    local comment = {
      text = comment_text,
      start = first - 1,
      row = row,
      col = first - line_start,
      next_row = next_row(text, last + 1, row + breaks),
    }
    local is_example = vim.iter(code):any(function(range)
      return comment.row >= range[1] and comment.row <= range[2]
    end)
    if not is_example then
      take(result, comment, verb, names)
    end
    at = last + 1
  end
end

--- Whether a comment silences a finding.
--- @param ignores galley.Ignores
--- @param finding galley.Finding
--- @return boolean
function M.covers(ignores, finding)
  local function has(names)
    return names ~= nil and (names[finding.check] or names[ALL]) or false
  end
  return has(ignores.file) or has(ignores.rows[finding.start_row])
end

return M
