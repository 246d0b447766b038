-- Keeps a document in the C core equal to the text of a buffer.
--
-- on_lines says only which rows changed; the rows are read when somebody asks (a redraw, a query,
-- the timer), from the buffer as it is by then. Reading inside the callbacks gives wrong text: some
-- commands report before they change, undo reports after all of its changes.
--
-- A long text is read in slices, so that the first screen need not wait for the last page: until
-- all is read, the document ends earlier than the buffer.

local api = vim.api
local prose = require("galley.prose")

local M = {}

local SLICE = 24 * 1024 -- bytes of a text that are read at a time

--- @class galley.Sync
--- @field buf integer
--- @field doc table the document; private to the core
--- @field hooks galley.Sync.Hooks
--- @field listening boolean Neovim reports changes
--- @field full boolean all rows are dirty
--- @field read? integer rows of the buffer that the document has so far; nil: all
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

--- Whether a change is of rows that have not been read yet, so that nothing has to be done for it.
--- @param self galley.Sync
--- @param first integer
--- @param old_last integer
--- @param new_last integer
--- @return boolean
local function is_unread(self, first, old_last, new_last)
  if self.read and first >= self.read then
    return true
  elseif self.read and old_last > self.read then
    self.read, self.full = nil, true
  elseif self.read then
    self.read = self.read + new_last - old_last
  end
  return false
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
    on_lines = function(_, _, tick, first, old_last, new_last)
      if not hooks.wanted() then
        return true
      elseif is_unread(self, first, old_last, new_last) then
        self.tick = tick
      else
        M.mark(self, first, old_last, new_last)
      end
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

--- The row that a slice of the text from a row on ends before.
--- @param self galley.Sync
--- @param first integer
--- @param count integer rows of the buffer
--- @return integer
local function slice_end(self, first, count)
  local stop = api.nvim_buf_get_offset(self.buf, first) + SLICE
  -- The least row at or behind that byte.
  local low, high = first + 1, count
  while low < high do
    local middle = math.floor((low + high) / 2)
    if api.nvim_buf_get_offset(self.buf, middle) < stop then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

--- Adds rows of the buffer that have not been read yet.
--- @param self galley.Sync
--- @param last integer row that they end before
--- @param count integer rows of the buffer
--- @return boolean? ok
--- @return string? message
local function read_more(self, last, count)
  local lines = api.nvim_buf_get_lines(self.buf, self.read, last, false)
  local ok, message = self.doc:set_lines(self.read, self.read, lines)
  self.read = last < count and last or nil
  return ok, message
end

--- Reads the text from its beginning: all of it, or what holds so many rows.
--- @param self galley.Sync
--- @param count integer rows of the buffer
--- @param wanted? integer nil: all
--- @return boolean? ok
--- @return string? message
local function read_anew(self, count, wanted)
  local doc, ranges = self.doc, nil
  -- Where markup ends is known of a text as a whole.
  local sliced = wanted and not self.prose
  local last = sliced and math.max(wanted, slice_end(self, 0, count)) or count
  local lines = api.nvim_buf_get_lines(self.buf, 0, last, false)
  if self.prose then
    ranges = prose.begin(self.prose, lines)
  end
  local ok, message = doc:set_lines(0, doc:line_count(), lines, ranges)
  if ok then
    -- Seldom, and mostly before the first look at a buffer: that look shall be the right one.
    ok, message = doc:resolve()
  end
  self.read = last < count and last or nil
  return ok, message
end

--- @param self galley.Sync
--- @return boolean? ok
--- @return string? message
local function read_dirty(self)
  local doc, ranges = self.doc, nil
  local last = math.min(self.new_last, api.nvim_buf_line_count(self.buf))
  local lines = api.nvim_buf_get_lines(self.buf, self.first, last, false)
  if self.prose then
    ranges = prose.ranges(self.prose, self.first, last, lines)
    prose.edited(self.prose, self.first, self.old_last, last)
  end
  return doc:set_lines(self.first, self.old_last, lines, ranges)
end

--- Whether the document may differ from what it should have of the buffer.
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

--- Takes over what has changed.
--- @param self galley.Sync
--- @param count integer rows of the buffer
--- @param wanted? integer
--- @return boolean? ok
--- @return string? message
local function catch_up(self, count, wanted)
  -- The dirty rows are trusted only if they explain the row count that the buffer has now.
  local rows = self.read or count
  local explained = not self.full
    and rows <= count
    and rows == self.doc:line_count() - self.old_last + self.new_last
  local ok, message
  if explained then
    ok, message = read_dirty(self)
  end
  if not explained or ok and self.doc:line_count() ~= rows then
    ok, message = read_anew(self, count, wanted)
  end
  self.full, self.first = false, nil
  self.tick = api.nvim_buf_get_changedtick(self.buf)
  return ok, message
end

--- Makes the document equal to the buffer, or to so many of its first rows at least.
--- @param self galley.Sync
--- @param wanted? integer rows; nil: all
--- @return boolean ok
--- @return string? message why the core failed
function M.flush(self, wanted)
  local ok, message = true, nil
  if is_dirty(self) then
    ok, message = catch_up(self, api.nvim_buf_line_count(self.buf), wanted)
  end
  if ok and self.read and (not wanted or wanted > self.read) then
    local count = api.nvim_buf_line_count(self.buf)
    ok, message = read_more(self, math.min(wanted or count, count), count)
    if ok then
      ok, message = self.doc:resolve()
    end
  end
  return ok or false, message
end

--- Reads a slice more of a text that is not read to its end.
--- @param self galley.Sync
--- @return boolean ok
--- @return string? message why the core failed
function M.read_on(self)
  local ok, message = M.flush(self, 0)
  if ok and self.read then
    local count = api.nvim_buf_line_count(self.buf)
    ok, message = read_more(self, slice_end(self, self.read, count), count)
  end
  return ok, message
end

return M
