-- Keeps a document in the C core equal to the text of a buffer.
--
-- on_lines says only which rows changed; the rows are read when somebody asks (a redraw, a query,
-- the timer), from the buffer as it is by then. Reading inside the callbacks gives wrong text: some
-- commands report before they change, undo reports after all of its changes.

local api = vim.api
local prose = require("galley.prose")

local M = {}

--- @class galley.Sync
--- @field buf integer
--- @field doc table the document; private to the core
--- @field hooks galley.Sync.Hooks
--- @field listening boolean Neovim reports changes
--- @field full boolean all rows are dirty
--- @field first? integer first dirty row, the same in the document and in the buffer; nil: none
--- @field old_last integer end of the dirty rows in the document
--- @field new_last integer end of the dirty rows in the buffer
--- @field prose? galley.Prose what of the text is markup; nil: it is read as Markdown
--- @field tick integer b:changedtick that the document and the dirty rows account for

--- @class galley.Sync.Hooks
--- @field wanted fun(): boolean whether the buffer is still annotated
--- @field changed fun() the text changed
--- @field lost fun() Neovim stopped reporting: the buffer was unloaded, or read again

--- A tie between a buffer and a document that is not listening yet.
--- @param buf integer
--- @param doc table
--- @param hooks galley.Sync.Hooks
--- @return galley.Sync
function M.new(buf, doc, hooks)
  return {
    buf = buf,
    doc = doc,
    hooks = hooks,
    listening = false,
    full = true,
    old_last = 0,
    new_last = 0,
    tick = -1,
  }
end

--- Notes that rows [first, old_last) became [first, new_last).
--- @param self galley.Sync
--- @param first integer
--- @param old_last integer
--- @param new_last integer
function M.mark(self, first, old_last, new_last)
  if not self.first then
    self.first, self.old_last, self.new_last = first, old_last, new_last
    return
  end
  -- The report speaks of the buffer as the reports before it left it: rows below the dirty ones are
  -- there at a fixed distance from where the document has them.
  local last = math.max(self.new_last, old_last)
  self.first = math.min(self.first, first)
  self.old_last = self.old_last + last - self.new_last
  self.new_last = last + new_last - old_last
end

--- Listens to the buffer. False when Neovim refuses.
--- @param self galley.Sync
--- @return boolean
function M.listen(self)
  local hooks = self.hooks
  -- A callback that returns true is not called again.
  self.listening = api.nvim_buf_attach(self.buf, false, {
    preview = true, -- 'inccommand' shows changed lines, so they are drawn
    on_lines = function(_, _, _, first, old_last, new_last)
      if not hooks.wanted() then
        return true
      end
      M.mark(self, first, old_last, new_last)
      hooks.changed()
    end,
    on_changedtick = function(_, _, tick)
      if not hooks.wanted() then
        return true
      end
      self.tick = tick -- the text is the same
    end,
    on_reload = function()
      if not hooks.wanted() then
        return true
      end
      self.full = true
      hooks.changed()
    end,
    on_detach = function()
      if hooks.wanted() then
        self.listening = false
        hooks.lost()
      end
    end,
  })
  return self.listening
end

--- Chooses anew how the buffer's text is read, by its file type. All rows are dirty then.
--- @param self galley.Sync
function M.set_format(self)
  local before = self.prose
  self.prose = prose.open(self.buf)
  if before or self.prose then
    self.doc:set_plain(self.prose and self.prose.lexer.plain or "")
  end
  self.full = true
end

--- @param self galley.Sync
--- @return boolean? ok
--- @return string? message
local function read_all(self)
  local doc, ranges = self.doc, nil
  local lines = api.nvim_buf_get_lines(self.buf, 0, -1, false)
  if self.prose then
    ranges = prose.begin(self.prose, lines)
  end
  local ok, message = doc:set_lines(0, doc:line_count(), lines, ranges)
  if ok then
    -- Seldom, and mostly before the first look at a buffer: that look shall be the right one.
    ok, message = doc:resolve()
  end
  return ok, message
end

--- @param self galley.Sync
--- @param count integer rows of the buffer
--- @return boolean? ok
--- @return string? message
local function read_dirty(self, count)
  local doc, ranges = self.doc, nil
  local last = math.min(self.new_last, count)
  local lines = api.nvim_buf_get_lines(self.buf, self.first, last, false)
  if self.prose then
    ranges = prose.ranges(self.prose, self.first, last, lines)
    prose.edited(self.prose, self.first, self.old_last, last)
  end
  local ok, message = doc:set_lines(self.first, self.old_last, lines, ranges)
  if ok and doc:line_count() ~= count then
    return read_all(self)
  end
  return ok, message
end

--- Whether the document may differ from the buffer.
--- @param self galley.Sync
--- @return boolean
local function is_dirty(self)
  if not self.listening then
    self.full = true
    M.listen(self)
  elseif self.tick ~= api.nvim_buf_get_changedtick(self.buf) and not self.first then
    self.full = true -- changed without a report: a file read again
  end
  return self.full or self.first ~= nil
end

--- Makes the document equal to the buffer.
--- @param self galley.Sync
--- @return boolean ok
--- @return string? message why the core failed
function M.flush(self)
  if not is_dirty(self) then
    return true
  end
  local count = api.nvim_buf_line_count(self.buf)
  -- The dirty rows are trusted only if they explain the row count that the buffer has now.
  local explained = not self.full and count == self.doc:line_count() - self.old_last + self.new_last
  local ok, message
  if explained then
    ok, message = read_dirty(self, count)
  else
    ok, message = read_all(self)
  end
  self.full, self.first = false, nil
  self.tick = api.nvim_buf_get_changedtick(self.buf)
  return ok or false, message
end

return M
