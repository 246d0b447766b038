-- Keeps the ledger of annotated buffers up to date: with the text, with the file that another
-- Neovim or git may write, with the sources.

local api = vim.api
local buffers = require("galley.buffer")
local display = require("galley.ledger.display")
local state_of = require("galley.ledger.state")

local M = {}

--- Shows what the ledger says now. Costs nothing for an article without a ledger.
--- @param buf integer
local function show(buf)
  local state = state_of.peek(buf)
  local attached = buffers.attached[buf]
  local loaded = api.nvim_buf_is_valid(buf) and api.nvim_buf_is_loaded(buf)
  if not state or not attached or attached.failed or not loaded then
    return
  end
  if #state.entries > 0 or state.shown then
    display.draw(state_of.locate(state))
    attached.counted = nil
    state.shown = #state.entries > 0
  end
end

--- Looks whether the file has changed, and shows what it says.
--- @param buf integer
function M.refresh(buf)
  if not buffers.attached[buf] or not api.nvim_buf_is_loaded(buf) then
    return
  end
  local state = state_of.get(buf)
  if state_of.reread(state) then
    require("galley.message").say(state.problem)
    api.nvim_exec_autocmds("User", {
      pattern = "GalleyLedger",
      modeline = false,
      data = { buf = buf },
    })
  else
    show(buf)
  end
end

--- Takes the ledger off a buffer that is no longer annotated.
--- @param buf integer
function M.forget(buf)
  if state_of.peek(buf) then
    display.clear(buf)
    state_of.drop(buf)
  end
end

--- Shows all ledgers anew, after a change of settings.
function M.update()
  for buf in pairs(buffers.attached) do
    show(buf)
  end
end

local enabled = false

--- Starts watching; called when the first buffer is attached.
function M.enable()
  if enabled then
    return
  end
  enabled = true
  local group = api.nvim_create_augroup("galley.ledger", {})
  --- @param event string
  --- @param handle fun(buf: integer)
  local function on_user(event, handle)
    api.nvim_create_autocmd("User", {
      group = group,
      pattern = event,
      callback = function(info)
        handle(info.data and info.data.buf or info.buf)
      end,
    })
  end
  on_user("GalleyUpdate", M.refresh)
  on_user("GalleyLedger", show)
  on_user("GalleySources", function(buf)
    local state = state_of.peek(buf)
    if state then
      state.tick = nil -- a source may have changed
      show(buf)
    end
  end)
  api.nvim_create_autocmd("BufWritePost", {
    group = group,
    callback = function(info)
      if buffers.attached[info.buf] then
        require("galley.ledger.follow").run(info.buf)
      end
    end,
  })
  -- A file that is read again leaves extmarks in their rows, whatever stands there now.
  api.nvim_create_autocmd({ "BufReadPost", "FileChangedShellPost" }, {
    group = group,
    callback = function(info)
      local state = state_of.peek(info.buf)
      if state then
        state_of.forget_places(state)
      end
    end,
  })
  api.nvim_create_autocmd({ "FocusGained", "BufEnter" }, {
    group = group,
    callback = function(info)
      local state = state_of.peek(info.buf)
      if state then
        state.tick = nil -- a source may have changed
      end
      M.refresh(info.buf)
    end,
  })
end

return M
