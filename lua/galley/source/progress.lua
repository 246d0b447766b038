-- Tells how far the reading of sources is, in a message and to the clients of the language server
-- (|LspProgress|). What takes no time is not told.

local M = {}

M.QUIET = 0.5e9 -- nanoseconds before anything is shown
M.EVERY = 0.25e9 -- between two messages

--- @class galley.SourceProgress
--- @field last integer when it was shown
--- @field id? integer|string of the message, where Neovim has messages of progress
--- @field token integer of the language server's
--- @field told boolean its clients have heard of it

local tokens = 0

local shown = setmetatable({}, { __mode = "k" }) --- @type table<table, galley.SourceProgress>
local has_progress = vim.fn.has("nvim-0.12") == 1

--- @param progress galley.SourceProgress
--- @param text string
--- @param status string
--- @param percent integer
local function show(progress, text, status, percent)
  local kind = status ~= "running" and "end" or progress.told and "report" or "begin"
  progress.told = true
  require("galley.server").progress(progress.token, kind, text, percent)
  if has_progress then
    progress.id = vim.api.nvim_echo({ { text } }, false, {
      id = progress.id,
      kind = "progress",
      title = "galley",
      status = status,
      percent = percent,
      source = "galley",
    })
  else
    vim.api.nvim_echo({ { status == "running" and "galley: " .. text or "" } }, false, {})
  end
end

--- Shows how far a feeder is, when it takes long.
--- @param feeder galley.SourceFeeder
function M.update(feeder)
  local progress = shown[feeder]
  local now = vim.uv.hrtime()
  if feeder:busy() then
    local due = progress and progress.last + M.EVERY or feeder.began + M.QUIET
    if feeder.began == 0 or now < due then
      return
    end
    if not progress then
      tokens = tokens + 1
      progress = { last = now, token = tokens, told = false }
    end
    shown[feeder] = progress
    progress.last = now
    local done, count = feeder:progress()
    local percent = math.floor(done * 100)
    local text = "reading %d source%s, %d%% (:Galley cancel stops it)"
    show(progress, text:format(count, count == 1 and "" or "s", percent), "running", percent)
  elseif progress then
    shown[feeder] = nil
    show(progress, "sources read", "success", 100)
  end
end

return M
