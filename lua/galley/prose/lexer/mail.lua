-- Lines of mail: headers, the signature. Quoted text is Markdown's own.

local line = require("galley.prose.line")

--- @type galley.prose.Lexer
local M = { plain = "*_~`|<[" }

-- Headers end, and a signature ends, within so many rows.
local HEADERS, SIGNATURE = 200, 40

--- How many rows the headers take.
--- @param prose galley.Prose
--- @param first integer
--- @param lines string[]
function M.head(prose, first, lines)
  local may_end = first < HEADERS and vim.tbl_contains(lines, "")
  if prose.head and first > prose.head and not may_end then
    return
  end
  local rows = vim.api.nvim_buf_get_lines(prose.buf, 0, HEADERS, false)
  prose.head = 0
  if not (rows[1] or ""):find("^[%w-]+:") and not (rows[1] or ""):find("^From ") then
    return
  end
  for index, text in ipairs(rows) do
    if text == "" then
      prose.head = index - 1
      return
    end
  end
end

--- Whether a row is in the signature.
--- @param prose galley.Prose
--- @param row integer
--- @param text string
--- @return boolean
local function signs(prose, row, text)
  if text:find("^%-%- ?$") then
    return true
  end
  local from = math.max(prose.head, row - SIGNATURE)
  for _, above in ipairs(vim.api.nvim_buf_get_lines(prose.buf, from, row, false)) do
    if above == "-- " then
      return true
    end
  end
  return false
end

--- @param out galley.prose.Line
--- @param text string
--- @param row integer
--- @param prose galley.Prose
function M.line(out, text, row, prose)
  if row < prose.head then
    local _, ends, name = text:find("^([%w-]+):%s*")
    name = name and name:lower()
    if name == "subject" then
      out:block(0, ends, "# ")
      out:add(#text, #text + 1, line.BREAK)
    elseif name == "date" then -- the core takes it for the article's
      out:add(#text, #text + 1, line.BREAK)
    else
      out:whole(line.BREAK)
    end
    return
  end
  if #text > 0 and text:byte() ~= 62 and signs(prose, row, text) then
    return out:whole(line.BREAK)
  end
  out:stretches(function() end)
end

return M
