-- Text of a file or an article as it is shown in windows, lists and messages.

local M = {}

--- Cuts a text to so many bytes, never within a character, and says so by an ellipsis.
--- @param text string
--- @param longest integer bytes
--- @return string
local function cut(text, longest)
  if #text <= longest then
    return text
  end
  local at = longest
  while at > 1 and text:byte(at + 1) >= 0x80 and text:byte(at + 1) < 0xc0 do
    at = at - 1
  end
  return text:sub(1, at) .. "…"
end

-- Marks that would not show and that strtrans() lets through: one that turns the direction of a text,
-- separators of lines, letters of tags.
local UNSEEN = { "\216\156", "\226\128[\168\169]", "\243\160[\128\129][\128-\191]" }

--- A text with what would not show made visible, and nothing of it run by a terminal. Line breaks are
--- shown too, as "^@".
--- @param text string
--- @return string
function M.plain(text)
  text = vim.fn.strtrans(text)
  for _, pattern in ipairs(UNSEEN) do
    text = text:gsub(pattern, function(character)
      return ("<%04x>"):format(vim.fn.char2nr(character))
    end)
  end
  return text
end

--- A text on one line, with what would not show made visible and nothing of it run by a terminal.
--- @param text string
--- @param longest? integer bytes; the rest is cut off
--- @return string
function M.line(text, longest)
  text = longest and cut(text, longest) or text
  return M.plain((text:gsub("[\n\t]", " "):gsub("%z", "\n")))
end

--- The same, cut to so many screen cells; a line break and the blanks around it are one blank.
--- @param text string
--- @param cells integer
--- @return string
function M.fit(text, cells)
  local line = M.line(text:gsub("[ \t]*[\r\n]%s*", " "), cells * 8)
  if vim.api.nvim_strwidth(line) <= cells then
    return line
  end
  -- The longest beginning that leaves a cell for the ellipsis.
  local count, more = 0, vim.fn.strchars(line)
  while count + 1 < more do
    local middle = math.floor((count + more) / 2)
    if vim.api.nvim_strwidth(vim.fn.strcharpart(line, 0, middle)) < cells then
      count = middle
    else
      more = middle
    end
  end
  return (vim.fn.strcharpart(line, 0, count):gsub("%s+$", "")) .. "…"
end

return M
