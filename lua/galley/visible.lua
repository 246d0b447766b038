-- Text of a file as it is shown in windows, lists and messages.

local M = {}

--- A text on one line, with what would not show made visible and nothing of it run by a terminal.
--- @param text string
--- @return string
function M.line(text)
  text = text:gsub("[\n\t]", " "):gsub("%z", "\n")
  -- strtrans() knows the marks that turn the direction of a text, but for this one.
  return (vim.fn.strtrans(text):gsub("\216\156", "<061c>"))
end

return M
