-- Looks after ticks that were just written: another Neovim that wrote at the very same moment may
-- have put its file over ours (see store.lua). For a while, and when Neovim ends, the file is read
-- again, and what is missing is written again. After that the file belongs to whoever changes it:
-- what git or the user takes out of it stays out.

local store = require("galley.ledger.store")

local M = {}

local LOOKS = { 50, 300, 1500 } -- milliseconds after a tick

--- @class galley.ledger.Watched
--- @field changes table<string, galley.ledger.Change> by id of the entry
--- @field timer uv.uv_timer_t
--- @field look integer index of the next one
--- @field restored fun(file: galley.ledger.File)

--- @type table<string, galley.ledger.Watched> by path
local watched = {}

--- @param path string
local function stop(path)
  local watch = watched[path]
  if watch then
    watch.timer:stop()
    watch.timer:close()
    watched[path] = nil
  end
end

--- Writes again what is missing.
--- @param path string
--- @return boolean missing
function M.check(path)
  local watch = watched[path]
  local file = watch and store.read(path)
  if not file or #store.lost(file, vim.tbl_values(watch.changes)) == 0 then
    return false
  end
  file = store.save(path, vim.tbl_values(watch.changes))
  if file then
    watch.restored(file)
  end
  return true
end

--- @param path string
local function schedule(path)
  local watch = watched[path]
  local after = LOOKS[watch.look]
  if not after then
    stop(path)
    return
  end
  watch.look = watch.look + 1
  watch.timer:start(
    after,
    0,
    vim.schedule_wrap(function()
      if watched[path] ~= watch then
        return
      end
      if M.check(path) then
        watch.look = 1
      end
      schedule(path)
    end)
  )
end

local enabled = false

local function enable()
  if enabled then
    return
  end
  enabled = true
  vim.api.nvim_create_autocmd("VimLeavePre", {
    group = vim.api.nvim_create_augroup("galley.ledger.guard", {}),
    callback = function()
      for path in pairs(watched) do
        M.check(path)
      end
    end,
  })
end

--- Looks after changes that were just written.
--- @param path string
--- @param changes galley.ledger.Change[]
--- @param restored fun(file: galley.ledger.File) told when they had to be written again
function M.watch(path, changes, restored)
  enable()
  local watch = watched[path]
  if not watch then
    watch = { changes = {}, timer = assert(vim.uv.new_timer()), look = 1, restored = restored }
    watched[path] = watch
  end
  for _, change in ipairs(changes) do
    watch.changes[change.entry.id] = change
  end
  watch.look, watch.restored = 1, restored
  schedule(path)
end

return M
