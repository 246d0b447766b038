-- The annotated buffers: what is attached, what of it is drawn, and when it is brought up to date.

local api = vim.api
local config = require("galley.config")
local kinds = require("galley.kinds")
local sync = require("galley.sync")

local M = {}

--- An annotated buffer.
--- @class galley.Buffer
--- @field buf integer
--- @field doc table the document; private to the core
--- @field sync galley.Sync
--- @field mask integer the kinds that are drawn
--- @field forced boolean attached over the size limit by the user
--- @field manual boolean attached by the user, so no file type switches it off
--- @field stale boolean edited since the last resolve
--- @field timer uv.uv_timer_t
--- @field settle fun() what the timer calls
--- @field counts? string what the status line shows
--- @field counted? integer the mask that `counts` is for; nil: count again
--- @field working boolean rows are waiting to be looked at for markup again
--- @field failed boolean the core reported an error; the buffer is on its way to be detached
--- @field followed boolean what follows the article has been told of it

--- @type table<integer, galley.Buffer>
M.attached = {}

--- Modules that follow annotated buffers: they have attach(buf) and detach(buf).
local FOLLOWERS = { "galley.source.follow" }

--- Modules that an article needs once it is on the screen, and not before.
local LATER =
  { "galley.mention", "galley.ledger.watch", "galley.check.diagnostic", "galley.server" }

local PAUSE = 20 -- milliseconds in which an article is shown first

local NOT_ATTACHED = "galley: the buffer is not annotated (`:Galley attach`)"

--- @param buf? integer 0 or nil is the current buffer
--- @return integer
function M.number(buf)
  return (buf == nil or buf == 0) and api.nvim_get_current_buf() or buf --[[@as integer]]
end

--- Whether b:galley_disable switches the buffer off.
--- @param buf integer
--- @return boolean
function M.disabled(buf)
  local value = vim.b[buf].galley_disable
  return value ~= nil and value ~= false and value ~= 0
end

--- Says so when a buffer is over the size limit.
--- @param buf integer
--- @return string?
local function too_large(buf)
  local size = api.nvim_buf_get_offset(buf, api.nvim_buf_line_count(buf))
  local limit = config.get().size_limit
  if size > limit then
    local text = "galley: %.1f MB is over the limit of %.1f MB; `:Galley attach!` forces it"
    return text:format(size / 1048576, limit / 1048576)
  end
end

--- Why a buffer cannot be annotated, or nil.
--- @param buf integer
--- @param force boolean
--- @return string?
local function refusal(buf, force)
  if not (api.nvim_buf_is_valid(buf) and api.nvim_buf_is_loaded(buf)) then
    return "galley: no such buffer"
  end
  local kind = vim.bo[buf].buftype
  if kind == "terminal" or kind == "quickfix" or kind == "prompt" then
    return ("galley: a %s buffer is not annotated"):format(kind)
  end
  if M.disabled(buf) then
    return "galley: switched off in this buffer by b:galley_disable"
  end
  return not force and too_large(buf) or nil
end

--- Gives up on a buffer; nothing is lost but the marks.
--- @param state galley.Buffer
--- @param message string
local function give_up(state, message)
  state.failed = true
  -- This may run in a redraw, where neither messages nor changes of state are allowed.
  vim.schedule(function()
    if M.attached[state.buf] == state then
      M.detach(state.buf)
      require("galley.message").say(message, vim.log.levels.ERROR)
    end
  end)
end

local settle_later --- @type fun(state: galley.Buffer)

-- Between two slices of work, for keys and redraws: milliseconds.
local REST = 5

--- Reads on in rows whose markup is not sure yet, a slice at a time.
--- @param state galley.Buffer
local function work_later(state)
  local prose = state.sync.prose
  if not prose or not prose.pending or state.working then
    return
  end
  state.working = true
  vim.defer_fn(function()
    state.working = false
    local here = M.attached[state.buf] == state and api.nvim_buf_is_loaded(state.buf)
    if not here or not M.flush(state) or state.sync.prose ~= prose then
      return
    end
    local _, changed = require("galley.prose").work(prose, state.doc)
    if changed then
      settle_later(state)
      M.redraw(state.buf)
    end
    work_later(state)
  end, REST)
end

--- Has work done that may fail in the core; then the buffer is given up.
--- @param state galley.Buffer
--- @param work fun(sync: galley.Sync, rows?: integer): boolean, string?
--- @param rows? integer
--- @return boolean ok
local function try(state, work, rows)
  if state.failed then
    return false
  end
  local message = not state.forced and state.stale and too_large(state.buf) or nil
  if not message then
    local ok, problem = work(state.sync, rows)
    message = not ok and "galley: " .. tostring(problem) or nil
  end
  if message then
    give_up(state, message)
  else
    work_later(state)
  end
  return message == nil
end

--- Makes the document equal to the buffer, or to so many of its first rows at least.
--- @param state galley.Buffer
--- @param rows? integer nil: all
--- @return boolean ok false when that failed and the buffer is being given up
function M.flush(state, rows)
  return try(state, sync.flush, rows)
end

--- Starts what an article needs once it is on the screen.
--- @param state galley.Buffer
local function follow(state)
  if state.followed or M.attached[state.buf] ~= state then
    return
  end
  state.followed = true
  for _, name in ipairs(LATER) do
    require(name).enable(state.buf)
  end
end

--- Brings up to date what needs the whole document, so that the questions asked of it have answers.
--- @param state galley.Buffer
--- @return boolean ok false when that failed and the buffer is being given up
local function resolve(state)
  local ok, message = state.doc:resolve()
  if not ok then
    give_up(state, "galley: " .. tostring(message))
  end
  return ok or false
end

--- The buffer's document, equal to its text; nil and a message when it has none.
--- @param buf? integer
--- @return table? doc
--- @return string? message
function M.document(buf)
  local state = M.attached[M.number(buf)]
  -- The news that a buffer is gone comes later than the next question may.
  if not state or not api.nvim_buf_is_loaded(state.buf) then
    return nil, NOT_ATTACHED
  end
  follow(state)
  if not (M.flush(state) and resolve(state)) then
    return nil, "galley: this buffer can no longer be annotated"
  end
  return state.doc
end

--- Redraws the buffer where it is shown.
--- @param buf integer
function M.redraw(buf)
  if api.nvim_buf_is_valid(buf) then
    api.nvim__redraw({ buf = buf, valid = false, flush = false })
  end
end

--- Brings all up to date, redraws and tells those who wait for it.
--- @param state galley.Buffer
local function settle(state)
  -- The timer may be quicker than the news that the buffer is gone.
  if M.attached[state.buf] ~= state or not api.nvim_buf_is_loaded(state.buf) then
    return
  end
  if not try(state, sync.read_on) then
    return
  elseif state.sync.read then
    state.timer:start(1, 0, state.settle) -- between two slices there is time for keys
    return
  end
  follow(state)
  if not resolve(state) then
    return
  end
  state.stale, state.counted = false, nil
  M.redraw(state.buf)
  api.nvim_exec_autocmds("User", {
    pattern = "GalleyUpdate",
    modeline = false,
    data = { buf = state.buf },
  })
  -- A text that was read as a whole has no syntax tree yet: the first key would wait for it.
  if M.attached[state.buf] == state then
    state.doc:prepare()
  end
end

--- @param state galley.Buffer
function settle_later(state)
  state.stale = true
  state.timer:start(config.get().debounce, 0, state.settle)
end

--- @param state galley.Buffer
--- @return galley.Sync.Hooks
local function hooks_of(state)
  local function wanted()
    return M.attached[state.buf] == state
  end
  return {
    wanted = wanted,
    changed = function()
      settle_later(state)
    end,
    lost = function()
      -- `:edit!` may end here and the text comes back; an unloaded buffer does not.
      vim.schedule(function()
        if not wanted() then
          return
        elseif api.nvim_buf_is_valid(state.buf) and api.nvim_buf_is_loaded(state.buf) then
          settle_later(state)
        else
          M.detach(state.buf)
        end
      end)
    end,
  }
end

--- Tells the core the user's names.
--- @param state galley.Buffer
local function give_names(state)
  local ok, message = require("galley.names").apply(state.buf, state.doc)
  if not ok then
    give_up(state, "galley: " .. tostring(message))
  end
end

--- Tells the core the user's names and what the document's date may be read from.
--- @param state galley.Buffer
local function describe(state)
  give_names(state)
  state.doc:set_date_order(config.get().date_order)
  state.doc:set_file_name(vim.fs.basename(api.nvim_buf_get_name(state.buf)) or "")
end

--- @param buf integer
--- @param opts {force?: boolean, manual?: boolean}
--- @return galley.Buffer?
--- @return string? message
local function new_state(buf, opts)
  local core, message = require("galley.core").load()
  if not core then
    return nil, message
  end
  local doc
  doc, message = core.document()
  if not doc then
    return nil, "galley: " .. tostring(message)
  end
  local hidden = kinds.mask(config.get().hide) or 0
  --- @type galley.Buffer
  local state = {
    buf = buf,
    doc = doc,
    mask = kinds.wanted(bit.band(kinds.mask() or 0, bit.bnot(hidden))),
    forced = opts.force or false,
    manual = opts.manual or false,
    stale = true,
    working = false,
    failed = false,
    followed = false,
    timer = assert(vim.uv.new_timer()),
  }
  state.sync = sync.new(buf, doc, hooks_of(state))
  state.settle = vim.schedule_wrap(function()
    settle(state)
  end)
  return state
end

--- Annotates a buffer. Its text is read when it is first drawn or asked about.
--- @param buf? integer
--- @param opts? {force?: boolean, manual?: boolean} force: over the size limit
--- @return boolean? ok
--- @return string? message
function M.attach(buf, opts)
  buf = M.number(buf)
  opts = opts or {}
  local state = M.attached[buf]
  if state then
    state.manual = state.manual or opts.manual or false
    state.forced = state.forced or opts.force or false
    return true
  end
  local message = refusal(buf, opts.force or false)
  if not message then
    state, message = new_state(buf, opts)
  end
  if not state then
    return nil, message
  end
  M.attached[buf] = state
  if not sync.listen(state.sync) then
    M.detach(buf)
    return nil, "galley: Neovim does not report the changes of this buffer"
  end
  sync.set_format(state.sync)
  describe(state)
  require("galley.draw").enable()
  require("galley.keymaps").attach(buf)
  for _, name in ipairs(FOLLOWERS) do
    require(name).attach(buf)
  end
  settle_later(state)
  vim.defer_fn(function()
    follow(state)
  end, PAUSE)
  M.redraw(buf)
  return true
end

--- Takes the annotations off a buffer and gives its memory back.
--- @param buf? integer
--- @return boolean detached false when it was not annotated
function M.detach(buf)
  buf = M.number(buf)
  local state = M.attached[buf]
  if not state then
    return false
  end
  M.attached[buf] = nil
  if state.followed then
    require("galley.ledger.watch").forget(buf)
    require("galley.server").stop(buf)
  end
  require("galley.keymaps").detach(buf)
  require("galley.rest").forget(buf)
  state.timer:stop()
  state.timer:close()
  for _, name in ipairs(FOLLOWERS) do
    require(name).detach(buf)
  end
  state.doc:close()
  M.redraw(buf)
  api.nvim_exec_autocmds("User", {
    pattern = "GalleyDetach",
    modeline = false,
    data = { buf = buf },
  })
  return true
end

--- Shows or hides a kind in a buffer.
--- @param buf? integer
--- @param kind string
--- @return boolean? shown
--- @return string? message
function M.toggle_kind(buf, kind)
  local state = M.attached[M.number(buf)]
  if not state then
    return nil, NOT_ATTACHED
  end
  local mask, message = kinds.mask({ kind })
  if not mask then
    return nil, message
  end
  state.mask = bit.bxor(state.mask, mask)
  M.redraw(state.buf)
  return bit.band(state.mask, mask) ~= 0
end

--- Sets the document date of a buffer, or takes the set one back.
--- @param buf? integer
--- @param iso? string YYYY-MM-DD
--- @return boolean? ok
--- @return string? message
function M.set_date(buf, iso)
  local doc, message = M.document(buf)
  if not doc then
    return nil, message
  end
  local ok
  ok, message = doc:set_date(iso)
  if not ok then
    return nil, "galley: " .. tostring(message)
  end
  settle(M.attached[M.number(buf)])
  return true
end

--- Reads the files of names again for all annotated buffers.
function M.reload_names()
  for buf, state in pairs(M.attached) do
    give_names(state)
    settle_later(state)
    M.redraw(buf)
  end
end

--- Reads a buffer anew, as a text of its file type.
--- @param buf integer
function M.reread(buf)
  local state = M.attached[buf]
  if state then
    sync.set_format(state.sync)
    settle_later(state)
    M.redraw(buf)
  end
end

-- The buffer's syntax may tell what is markup.
api.nvim_create_autocmd("Syntax", {
  group = api.nvim_create_augroup("galley.buffer", {}),
  callback = function(event)
    local state = M.attached[event.buf]
    if state and state.sync.prose then
      M.reread(event.buf)
    end
  end,
})

-- The name of a file may hold a date.
api.nvim_create_autocmd("BufFilePost", {
  group = "galley.buffer",
  callback = function(event)
    local state = M.attached[event.buf]
    if state then
      describe(state)
      settle_later(state)
    end
  end,
})

return M
