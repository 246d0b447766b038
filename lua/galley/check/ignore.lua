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

local OPENING = "<!%-%-%s*galley:%s*()ignore"
local ALL = "all"
local MOST_UNKNOWN = 100 -- comments and names that are told to be misspelt

--- A finding on a comment that is misspelt.
--- @param comment galley.Ignores.Comment
--- @param word string
--- @param first integer where it stands in the comment, from 1
--- @param message string
--- @return galley.Finding
local function misspelt(comment, word, first, message)
  local lead = comment.text:sub(1, first - 1)
  local row = comment.row + select(2, lead:gsub("\n", ""))
  local tail = lead:match("^.*\n(.*)$") or lead
  local col = row == comment.row and comment.col + #tail or #tail
  return {
    check = "ignore-unknown",
    severity = "warn",
    outcome = "bad",
    message = message,
    key = "ignore-unknown " .. word,
    start = comment.start + first - 1,
    ["end"] = comment.start + first - 1 + #word,
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
--- @param comment galley.Ignores.Comment
--- @param from integer where the names begin in the comment, from 1
--- @param unknown galley.Finding[]
--- @return table<string, boolean>
local function named(comment, from, unknown)
  local ids = rows.ids() or {}
  local found, count = {}, 0
  for at, name in comment.text:sub(from, -4):gmatch("()([^%s,]+)") do
    count = count + 1
    if name == ALL or vim.tbl_contains(ids, name) then
      found[name] = true
    elseif #unknown < MOST_UNKNOWN then
      local near = config.nearest(name, ids)
      local hint = near and ("; did you mean `%s`?"):format(near) or ""
      local message = ("no check is called `%s`%s"):format(name, hint)
      unknown[#unknown + 1] = misspelt(comment, name, from - 1 + at, message)
    end
  end
  return count > 0 and found or { [ALL] = true }
end

--- Whether a line holds one comment and nothing else.
--- @param line string
--- @return boolean
local function is_comment(line)
  local _, last = line:find("^%s*" .. OPENING)
  local _, close = line:find("-->", (last or #line) + 1, true)
  return close ~= nil and not line:find("%S", close + 1)
end

--- The row behind a comment that it speaks of: blank rows and other such comments are passed over.
--- @param text string
--- @param at integer byte behind the comment, from 1
--- @param row integer
--- @param known table<integer, integer> what was found from other rows: comments come in thousands
--- @return integer
local function next_row(text, at, row, known)
  local passed = {}
  local line_end = text:find("\n", at, true)
  while line_end and not known[row] do
    passed[#passed + 1] = row
    row = row + 1
    local following = text:find("\n", line_end + 1, true)
    local line = text:sub(line_end + 1, (following or #text + 1) - 1)
    if line:find("%S") and not is_comment(line) then
      break
    end
    line_end = following
  end
  local found = known[row] or row
  for _, other in ipairs(passed) do
    known[other] = found
  end
  return found
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
local function take(result, comment)
  local _, _, first, verb, from = comment.text:sub(1, -4):find("()(ignore[%w_-]*)()")
  local into = result.file
  if verb == "ignore" then
    result.rows[comment.next_row] = result.rows[comment.next_row] or {}
    into = result.rows[comment.next_row]
  elseif verb ~= "ignore-file" then
    if #result.unknown < MOST_UNKNOWN then
      local message = ("`%s` is neither `ignore` nor `ignore-file`"):format(verb)
      result.unknown[#result.unknown + 1] = misspelt(comment, verb, first, message)
    end
    return
  end
  for name in pairs(named(comment, from, result.unknown)) do
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
  local code, known = code_rows(doc), {}
  local at, row, line_start, next_code = 1, 0, 1, 1
  while true do
    local first, _, verb = text:find(OPENING, at)
    -- The end is looked for once: a beginning without an end must not be followed to the end each.
    local _, last = text:find("-->", verb or #text + 1, true)
    if not last then
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
      next_row = next_row(text, last + 1, row + breaks, known),
    }
    while code[next_code] and code[next_code][2] < row do
      next_code = next_code + 1
    end
    local is_example = code[next_code] and code[next_code][1] <= row
    if not is_example then
      take(result, comment)
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
