-- What starts by itself: articles are annotated as they open.

local api = vim.api
local buffers = require("galley.buffer")
local config = require("galley.config")
local say = require("galley.message").say

local M = {}

local reported = {} --- @type table<string, boolean> messages that nobody asked for come once

--- Answers FileType: annotates the buffer if its file type is one of the chosen.
--- @param buf integer
function M.on_filetype(buf)
  local settings = config.get()
  local chosen = settings.auto_attach
    and vim.bo[buf].buftype == ""
    and vim.tbl_contains(settings.filetypes, vim.bo[buf].filetype)
  local state = buffers.attached[buf]
  if not chosen and state and not state.manual then
    buffers.detach(buf)
    return
  end
  if state then
    buffers.reread(buf)
    return
  end
  if not chosen or buffers.disabled(buf) then
    return
  end
  local _, message = buffers.attach(buf)
  if message and not reported[message] then
    reported[message] = true
    -- Not during start-up, where it would be lost under the first screen.
    vim.schedule(function()
      say(message)
    end)
  end
end

--- Annotates the buffers that were open before the plugin or its settings came.
function M.attach_open_buffers()
  for _, buf in ipairs(api.nvim_list_bufs()) do
    if api.nvim_buf_is_loaded(buf) and vim.bo[buf].filetype ~= "" then
      M.on_filetype(buf)
    end
  end
end

return M
