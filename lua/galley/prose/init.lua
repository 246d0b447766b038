-- Articles in formats other than Markdown: what of a buffer's rows is markup, and is to be read over.
--
-- A lexer of the format (lexer/) knows its lines: tags, commands, marks. What no line tells by itself
-- - a comment, a script, a formula, a literal block that began further up - the buffer's tree-sitter
-- parser says, else its syntax, as zones. Neither is ever started for this: what the user has is used.

local api = vim.api
local line_of_ranges = require("galley.prose.line")

local M = {}

--- @class galley.Prose
--- @field buf integer
--- @field lexer galley.prose.Lexer
--- @field zones? galley.prose.Zones where the lines' zones are read; nil: nowhere
--- @field head? any what the lexer keeps of the buffer's beginning
--- @field pending? {[1]: integer, [2]: integer} rows that are to be looked at again; end exclusive

--- Reads zones of a buffer.
--- @class galley.prose.Zones
--- @field name "treesitter"|"syntax"
--- @field quick boolean a whole buffer can be read at once
--- @field rows fun(first: integer, last: integer): table<integer, galley.prose.Zone[]> by row
--- @field changed? fun(): integer?, integer? the rows outside the edited ones that changed since

--- Part of a row that is no prose; columns are bytes from 0, the end is exclusive.
--- @class galley.prose.Zone
--- @field [1] integer from
--- @field [2] integer to; past the line's end: the line break too
--- @field [3] "comment"|"code"|"object"|"tag"|"break"

--- What a format's lines are made of.
--- @class galley.prose.Lexer
--- @field plain string the characters that mean nothing here and something in Markdown
--- @field head? fun(prose: galley.Prose, first: integer, lines: string[]) notes how many rows come before the text, in prose.head; `lines` are read next, from row `first` on
--- @field line fun(out: galley.prose.Line, text: string, row: integer, prose: galley.Prose)

-- So many rows must come out as they were before those below are taken to be so.
local CALM = 8
-- A slice of work, in milliseconds; and how many rows are looked at between two looks at the clock.
local SLICE, STEP = 4, 16

--- The lexer of a file type; nil: the buffer is read as Markdown.
--- @param filetype string
--- @return string?
function M.format(filetype)
  return require("galley.prose.formats").lexers[filetype]
end

--- What reads zones in a buffer, now.
--- @param buf integer
--- @return galley.prose.Zones?
local function find_zones(buf)
  return require("galley.prose.treesitter").open(buf) or require("galley.prose.syntax").open(buf)
end

--- Prepares a buffer of a format; nil when it is read as Markdown.
--- @param buf integer
--- @return galley.Prose?
function M.open(buf)
  local name = M.format(vim.bo[buf].filetype)
  if not name then
    return nil
  end
  --- @type galley.Prose
  local self = { buf = buf, lexer = require("galley.prose.lexer." .. name) }
  return self
end

--- Notes rows that may have to be looked at again.
--- @param self galley.Prose
--- @param first integer
--- @param last integer
function M.note(self, first, last)
  local pending = self.pending
  self.pending = pending and { math.min(first, pending[1]), math.max(last, pending[2]) }
    or { first, last }
end

--- The ranges of rows that are markup, as galley.core takes them: start, end, code, start, ...;
--- bytes from the first row's start.
--- @param self galley.Prose
--- @param first integer
--- @param last integer
--- @param lines string[] of these rows
--- @param bare? boolean without zones: quick, and to be looked at again
--- @return integer[]
function M.ranges(self, first, last, lines, bare)
  local zones = not bare and self.zones and self.zones.rows(first, last) or {}
  local lexer = self.lexer
  if lexer.head then
    local before = self.head
    lexer.head(self, first, lines)
    if before and before ~= self.head then
      M.note(self, 0, math.max(before, self.head))
    end
  end
  local ranges, offset = {}, 0
  for index, text in ipairs(lines) do
    local row = first + index - 1
    local out = line_of_ranges.new(text, zones[row])
    lexer.line(out, text, row, self)
    out:into(ranges, offset)
    offset = offset + #text + 1
  end
  return ranges
end

--- The ranges of a whole buffer, in no hurry.
--- @param self galley.Prose
--- @param lines string[] all of the buffer's
--- @return integer[]
function M.all(self, lines)
  self.zones, self.head, self.pending = find_zones(self.buf), nil, nil
  return M.ranges(self, 0, #lines, lines)
end

--- The rows that windows show, in order and apart.
--- @param buf integer
--- @param count integer rows of the buffer
--- @return {[1]: integer, [2]: integer}[]
local function shown_rows(buf, count)
  local shown = {}
  for _, window in ipairs(vim.fn.win_findbuf(buf)) do
    local first = math.min(vim.fn.line("w0", window) - 1, count)
    -- A window that was not drawn yet does not know its last row.
    local last = math.max(vim.fn.line("w$", window), first + api.nvim_win_get_height(window))
    shown[#shown + 1] = { first, math.min(last, count) }
  end
  table.sort(shown, function(a, b)
    return a[1] < b[1]
  end)
  return shown
end

--- The ranges of a buffer that is read anew: those of the rows in sight as they will stay, and of
--- others where this takes no time. Looks for a parser or syntax that came since.
--- @param self galley.Prose
--- @param lines string[] all of the buffer's
--- @return integer[]
function M.begin(self, lines)
  local count = #lines
  self.zones, self.head, self.pending = find_zones(self.buf), nil, nil
  if not self.zones or self.zones.quick or count <= STEP then
    return M.ranges(self, 0, count, lines)
  end
  local ranges, at, offset = {}, 0, 0
  local function add(last, bare)
    if last <= at then
      return
    end
    local part = vim.list_slice(lines, at + 1, last)
    local list = M.ranges(self, at, last, part, bare)
    for index = 1, #list, 3 do
      ranges[#ranges + 1] = list[index] + offset
      ranges[#ranges + 1] = list[index + 1] + offset
      ranges[#ranges + 1] = list[index + 2]
    end
    for _, text in ipairs(part) do
      offset = offset + #text + 1
    end
    at = last
  end
  for _, rows in ipairs(shown_rows(self.buf, count)) do
    add(rows[1], true)
    add(rows[2], false)
  end
  add(count, true)
  M.note(self, 0, count)
  return ranges
end

--- Rows [first, old_last) became [first, last): what follows may be another zone now.
--- @param self galley.Prose
--- @param first integer
--- @param old_last integer
--- @param last integer
function M.edited(self, first, old_last, last)
  if self.pending then
    local ends = self.pending[2] + math.max(0, last - old_last)
    self.pending = { math.min(first, self.pending[1]), ends }
  end
  if self.zones and self.zones.changed then
    local from, to = self.zones.changed()
    if from and to then
      M.note(self, from, to)
    end
  else
    M.note(self, last, last + CALM)
  end
end

--- Looks again at rows that wait for it, for a few milliseconds.
--- @param self galley.Prose
--- @param doc table whose text is that of the buffer
--- @return boolean more whether there are rows left
--- @return boolean changed
function M.work(self, doc)
  local stop, changed = vim.uv.hrtime() + SLICE * 1e6, false
  while self.pending and vim.uv.hrtime() < stop do
    local count = api.nvim_buf_line_count(self.buf)
    local first = self.pending[1]
    local last = math.min(first + STEP, self.pending[2], count)
    if first >= last then
      self.pending = nil
      break
    end
    local lines = api.nvim_buf_get_lines(self.buf, first, last, false)
    local ok, other = doc:set_markup(first, last, M.ranges(self, first, last, lines))
    if not ok then
      self.pending = nil
      break
    end
    changed = changed or other
    -- Where zones are read line by line, a change may go on below.
    local ends = last
    if other and not (self.zones and self.zones.changed) then
      ends = last + CALM
    end
    self.pending = { last, math.max(self.pending[2], ends) }
  end
  return self.pending ~= nil, changed
end

return M
