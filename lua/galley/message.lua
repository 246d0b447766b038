-- Messages to the user.

local M = {}

--- Shows a message, if there is one. Names of files and words of articles that it holds do nothing
--- to a terminal.
--- @param message? string
--- @param level? integer of vim.log.levels, WARN by default
function M.say(message, level)
  if message then
    local lines = vim.split(message, "\n", { plain = true })
    for index, line in ipairs(lines) do
      lines[index] = require("galley.visible").plain((line:gsub("%z", "\n")))
    end
    vim.notify(table.concat(lines, "\n"), level or vim.log.levels.WARN)
  end
end

return M
