-- The annotated buffers: each has a document in the C core that is kept equal to the text.
--
-- on_lines says only which rows changed; the rows are read when somebody asks (a redraw, a query,
-- the timer), from the buffer as it is by then. Reading inside the callbacks gives wrong text: some
-- commands report before they change, undo reports after all of its changes.

local api = vim.api
local config = require("galley.config")
local kinds = require("galley.kinds")

local M = {}

--- An annotated buffer.
--- @class galley.Buffer
--- @field buf integer
--- @field doc table the document; private to the core
--- @field mask integer the kinds that are drawn
--- @field forced boolean attached over the size limit by the user
--- @field manual boolean attached by the user, so no file type switches it off
--- @field full boolean all rows are dirty
--- @field first? integer first dirty row, the same in the document and in the buffer; nil: none
--- @field old_last integer end of the dirty rows in the document
--- @field new_last integer end of the dirty rows in the buffer
--- @field stale boolean edited since the last resolve
--- @field timer uv.uv_timer_t
--- @field settle fun() what the timer calls
--- @field counts? string what the status line shows
--- @field counted? integer the mask that `counts` is for; nil: count again
--- @field failed boolean the core reported an error; the buffer is on its way to be detached

--- @type table<integer, galley.Buffer>
M.attached = {}

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

--- Size of a buffer's text in bytes, one for each line's end included.
--- @param buf integer
--- @return integer
local function byte_count(buf)
  return api.nvim_buf_get_offset(buf, api.nvim_buf_line_count(buf))
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
  local size, limit = byte_count(buf), config.get().size_limit
  if size > limit and not force then
    local text = "galley: %.1f MB is over the limit of %.1f MB; `:Galley attach!` forces it"
    return text:format(size / 1048576, limit / 1048576)
  end
end

--- @param state galley.Buffer
--- @param first integer
--- @param old_last integer
--- @param new_last integer
local function mark(state, first, old_last, new_last)
  state.stale = true
  if not state.first then
    state.first, state.old_last, state.new_last = first, old_last, new_last
    return
  end
  -- The report speaks of the buffer as the reports before it left it: rows below the dirty ones are
  -- there at a fixed distance from where the document has them.
  local last = math.max(state.new_last, old_last)
  state.first = math.min(state.first, first)
  state.old_last = state.old_last + last - state.new_last
  state.new_last = last + new_last - old_last
end

--- @param state galley.Buffer
local function clean(state)
  state.full, state.first = false, nil
end

--- Gives up on a buffer after an error of the core; nothing is lost but the marks.
--- @param state galley.Buffer
--- @param message string
local function give_up(state, message)
  state.failed = true
  -- This may run in a redraw, where neither messages nor changes of state are allowed.
  vim.schedule(function()
    if M.attached[state.buf] == state then
      M.detach(state.buf)
      vim.notify(message, vim.log.levels.ERROR)
    end
  end)
end

--- @param state galley.Buffer
--- @return boolean
--- @return string?
local function read_all(state)
  local doc = state.doc
  local lines = api.nvim_buf_get_lines(state.buf, 0, -1, false)
  local ok, message = doc:set_lines(0, doc:line_count(), lines)
  if ok then
    -- Seldom, and mostly before the first look at a buffer: that look shall be the right one.
    ok, message = doc:resolve()
  end
  return ok, message
end

--- Makes the document equal to the buffer.
--- @param state galley.Buffer
--- @return boolean ok false when the core failed and the buffer is being given up
function M.flush(state)
  if state.failed then
    return false
  end
  if not state.full and not state.first then
    return true
  end
  local buf, doc = state.buf, state.doc
  local limit = config.get().size_limit
  if not state.forced and byte_count(buf) > limit then
    give_up(state, refusal(buf, false) or "galley: the buffer has grown over the limit")
    return false
  end
  local count = api.nvim_buf_line_count(buf)
  local ok, message
  -- The dirty rows are trusted only if they explain the row count that the buffer has now.
  if state.full or count ~= doc:line_count() - state.old_last + state.new_last then
    ok, message = read_all(state)
  else
    local first = state.first --[[@as integer]]
    local last = math.min(state.new_last, count)
    local lines = api.nvim_buf_get_lines(buf, first, last, false)
    ok, message = doc:set_lines(first, state.old_last, lines)
    if ok and doc:line_count() ~= count then
      ok, message = read_all(state)
    end
  end
  clean(state)
  if not ok then
    give_up(state, "galley: " .. tostring(message))
    return false
  end
  return true
end

--- The buffer's document, equal to its text; nil and a message when it has none.
--- @param buf? integer
--- @return table? doc
--- @return string? message
function M.document(buf)
  local state = M.attached[M.number(buf)]
  if not state then
    return nil, "galley: the buffer is not annotated (`:Galley attach`)"
  end
  if not M.flush(state) then
    return nil, "galley: the core failed on this buffer"
  end
  return state.doc
end

--- Redraws the buffer where it is shown.
--- @param buf integer
function M.redraw(buf)
  if api.nvim_buf_is_valid(buf) then
    api.nvim__redraw({ buf = buf, valid = false })
  end
end

--- Brings up to date what needs the whole document, redraws and tells those who wait for it.
--- @param state galley.Buffer
local function settle(state)
  if M.attached[state.buf] ~= state or not M.flush(state) then
    return
  end
  state.doc:resolve()
  state.stale, state.counted = false, nil
  M.redraw(state.buf)
  api.nvim_exec_autocmds("User", {
    pattern = "GalleyUpdate",
    modeline = false,
    data = { buf = state.buf },
  })
end

--- @param state galley.Buffer
local function settle_later(state)
  state.timer:start(config.get().debounce, 0, state.settle)
end

--- Listens to the buffer. False when Neovim refuses.
--- @param state galley.Buffer
--- @return boolean
local function listen(state)
  local function gone()
    return M.attached[state.buf] ~= state
  end
  return api.nvim_buf_attach(state.buf, false, {
    preview = true, -- 'inccommand' shows changed lines, so they are drawn
    on_lines = function(_, _, _, first, old_last, new_last)
      if gone() then
        return true
      end
      mark(state, first, old_last, new_last)
      settle_later(state)
    end,
    on_reload = function()
      if gone() then
        return true
      end
      state.full, state.stale = true, true
      settle_later(state)
    end,
    on_detach = function()
      if gone() then
        return
      end
      state.full, state.stale = true, true
      -- `:edit!` ends here and the text comes back; an unloaded buffer does not.
      vim.schedule(function()
        if gone() then
          return
        end
        if
          not (api.nvim_buf_is_valid(state.buf) and api.nvim_buf_is_loaded(state.buf))
          or not listen(state)
        then
          M.detach(state.buf)
          return
        end
        state.full, state.stale = true, true
        settle_later(state)
      end)
    end,
  })
end

--- Tells the core what the document's date may be read from.
--- @param state galley.Buffer
local function describe(state)
  state.doc:set_file_name(vim.fs.basename(api.nvim_buf_get_name(state.buf)) or "")
end

--- Annotates a buffer.
--- @param buf? integer
--- @param opts? {force?: boolean, manual?: boolean} force: over the size limit
--- @return boolean? ok
--- @return string? message
function M.attach(buf, opts)
  buf = M.number(buf)
  opts = opts or {}
  if M.attached[buf] then
    M.attached[buf].manual = M.attached[buf].manual or opts.manual or false
    return true
  end
  local message = refusal(buf, opts.force or false)
  if message then
    return nil, message
  end
  local core
  core, message = require("galley.core").load()
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
    mask = bit.band(kinds.mask() or 0, bit.bnot(hidden)),
    forced = opts.force or false,
    manual = opts.manual or false,
    full = true,
    old_last = 0,
    new_last = 0,
    stale = true,
    failed = false,
    timer = assert(vim.uv.new_timer()),
  }
  state.settle = vim.schedule_wrap(function()
    settle(state)
  end)
  M.attached[buf] = state
  if not listen(state) then
    M.detach(buf)
    return nil, "galley: Neovim cannot attach to this buffer"
  end
  describe(state)
  require("galley.highlight").enable()
  settle_later(state)
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
  state.timer:stop()
  state.timer:close()
  state.doc:close()
  M.redraw(buf)
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
    return nil, "galley: the buffer is not annotated (`:Galley attach`)"
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
  local state = M.attached[M.number(buf)]
  state.stale = true
  settle(state)
  return true
end

--- Follows a buffer that got another name.
--- @param buf integer
function M.renamed(buf)
  local state = M.attached[buf]
  if state then
    describe(state)
    state.stale = true
    settle_later(state)
  end
end

return M
