-- Answers that wait for the article's sources to be read.

local api = vim.api
local server = require("galley.server")

local M = {}

--- Answers when the sources have been read, or when that takes too long. Without a result when the
--- text has changed meanwhile: the place is another one then. What goes wrong is no message: nobody
--- has called this when it happens.
--- @param request galley.Request
--- @param patience integer milliseconds
--- @param work fun(): any
--- @return any what the method gives
function M.answer(request, patience, work)
  local tick = api.nvim_buf_get_changedtick(request.buf)
  local function reply()
    if request.gone() then
      return
    end
    local same = api.nvim_buf_is_loaded(request.buf)
      and api.nvim_buf_get_changedtick(request.buf) == tick
    local ok, result = false, nil
    if same then
      ok, result = pcall(work)
    end
    request.reply(ok and result or nil)
  end
  require("galley.source").ready(request.buf, reply)
  vim.defer_fn(reply, patience)
  return server.LATER
end

return M
