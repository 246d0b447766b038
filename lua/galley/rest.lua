-- Work on a whole article that waits for a rest in typing: the longer it took the last time, the
-- longer the rest, so that it seldom stands in the way of a key.

local buffers = require("galley.buffer")
local config = require("galley.config")

local M = {}

local TIMES = 8 -- what the work took: so long nobody has typed
local LONGEST = 1500 -- milliseconds

--- @class galley.Rest
--- @field took number milliseconds, the last time
--- @field timer? uv.uv_timer_t

--- @type table<string, table<integer, galley.Rest>> by the name of the work and the buffer
local rests = {}

--- @param rest galley.Rest
local function stop(rest)
  if rest.timer then
    rest.timer:stop()
    rest.timer:close()
    rest.timer = nil
  end
end

--- @param rest galley.Rest
--- @param buf integer
--- @param work fun(buf: integer)
local function run(rest, buf, work)
  local start = vim.uv.hrtime()
  work(buf)
  rest.took = (vim.uv.hrtime() - start) / 1e6
end

--- Does the work in the rest that has begun: at once if it takes little. To be called when typing
--- has rested as long as the settings say; another call for the same work takes the place of this.
--- @param name string of the work
--- @param buf integer
--- @param work fun(buf: integer) is not called when the text has changed since, or the buffer is gone
function M.work(name, buf, work)
  rests[name] = rests[name] or {}
  local rest = rests[name][buf] or { took = 0 }
  rests[name][buf] = rest
  stop(rest)
  local wait = math.min(LONGEST, rest.took * TIMES) - config.get().debounce
  if wait <= 0 then
    return run(rest, buf, work)
  end
  local timer
  timer = vim.defer_fn(function()
    if rest.timer ~= timer then
      return -- stopped when it had gone off already
    end
    rest.timer = nil
    local state = buffers.attached[buf]
    if state and not state.stale then
      run(rest, buf, work)
    end
  end, math.ceil(wait))
  rest.timer = timer
end

--- Forgets a buffer.
--- @param buf integer
function M.forget(buf)
  for _, by_buf in pairs(rests) do
    if by_buf[buf] then
      stop(by_buf[buf])
      by_buf[buf] = nil
    end
  end
end

return M
