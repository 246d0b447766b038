-- Messages to the user.

local M = {}

--- Shows a message, if there is one.
--- @param message? string
--- @param level? integer of vim.log.levels, WARN by default
function M.say(message, level)
  if message then
    vim.notify(message, level or vim.log.levels.WARN)
  end
end

return M
