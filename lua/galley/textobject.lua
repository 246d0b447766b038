-- Text objects: a quote, a name, a date, a figure, and what somebody said with who said it.
--
-- "inner" is the thing itself; "around" takes with it what belongs to it: the marks of a quote, the
-- title before a name, the preposition before a date, what a figure counts.

local api = vim.api
local buffers = require("galley.buffer")
local kinds = require("galley.kinds")

local M = {}

local REACH = 200 -- bytes around a thing in which what belongs to it is looked for

local PREPOSITIONS = {}
for word in
  (
    "about after around as at before between by during for from in of on over since till to "
    .. "until within"
  ):gmatch("%a+")
do
  PREPOSITIONS[word] = true
end

--- A range of the article in bytes.
--- @class galley.Extent
--- @field start integer
--- @field stop integer

--- @param doc table
--- @param buf integer
--- @param start integer
--- @param stop integer
--- @return string
local function text_between(doc, buf, start, stop)
  -- The document ends in a line break that the buffer does not show.
  stop = math.max(start, math.min(stop, doc:byte_count() - 1))
  local row, col = doc:point(start)
  local end_row, end_col = doc:point(stop)
  local lines = api.nvim_buf_get_text(buf, row, col, end_row, end_col, {})
  return table.concat(lines, "\n")
end

--- The bytes before a place, within its paragraph.
--- @param doc table
--- @param buf integer
--- @param at integer
--- @return string
local function before(doc, buf, at)
  local text = text_between(doc, buf, math.max(0, at - REACH), at)
  return text:match(".*\n%s*\n(.*)$") or text
end

--- The bytes behind a place, within its paragraph.
--- @param doc table
--- @param buf integer
--- @param at integer
--- @return string
local function behind(doc, buf, at)
  local text = text_between(doc, buf, at, at + REACH)
  return text:match("^(.-)\n%s*\n") or text
end

--- @param span galley.Span
--- @return galley.Extent
local function whole(span)
  return { start = span.start, stop = span["end"] }
end

--- A name with the title before it: "Prime Minister", "Dr.", "president".
local function with_title(doc, buf, span)
  local extent = whole(span)
  if not span.rule:find("title", 1, true) then
    return extent
  end
  local text = before(doc, buf, span.start)
  local taken = 0
  while true do
    local word, gap = text:match("([^%s%p]+%.?)(%s+)$")
    if not word or taken > 0 and not word:find("^%u") then
      break
    end
    extent.start = extent.start - #word - #gap
    text = text:sub(1, #text - #word - #gap)
    taken = taken + 1
  end
  return extent
end

--- A date with the preposition before it.
local function with_preposition(doc, buf, span)
  local extent = whole(span)
  local word, gap = before(doc, buf, span.start):match("(%a+)(%s+)$")
  if word and PREPOSITIONS[word:lower()] then
    extent.start = extent.start - #word - #gap
  end
  return extent
end

--- A figure with what it counts.
local function with_noun(doc, buf, span)
  local extent = whole(span)
  if span.noun then
    local _, last = behind(doc, buf, span["end"]):find(span.noun, 1, true)
    extent.stop = last and span["end"] + last or extent.stop
  end
  return extent
end

--- @param span galley.Span
local function content(_, _, span)
  return span.content_start and { start = span.content_start, stop = span.content_end }
    or whole(span)
end

--- A quote with its other parts in the paragraph, its speaker and the word for saying.
local function attribution(doc, buf, span)
  local extent = whole(span)
  local function add(start, stop)
    if start then
      extent.start, extent.stop = math.min(extent.start, start), math.max(extent.stop, stop)
    end
  end
  local first = math.max(0, span.start_row - 20)
  for _, other in ipairs(doc:spans(first, span.end_row + 20, kinds.mask({ "quote" }))) do
    if other.id == span.id and other.start ~= span.start then
      local from = math.min(other["end"], span["end"])
      local gap = text_between(doc, buf, from, math.max(from, other.start, span.start))
      if not gap:find("\n%s*\n") then
        add(other.start, other["end"])
      end
    end
  end
  local far = not span.speaker_start
    or span.speaker_start > extent.stop + REACH
    or span.speaker_end + REACH < extent.start
  if not far then
    add(span.speaker_start, span.speaker_end)
  end
  add(span.cue_start, span.cue_end)
  return extent
end

--- The same to the end of its sentence, with the blanks behind it.
local function sentence(doc, buf, span)
  local extent = attribution(doc, buf, span)
  local text = behind(doc, buf, extent.stop)
  extent.stop = extent.stop + #(text:match("^[.!?,;:]*[”\"’']?%s*") or "")
  return extent
end

local function itself(_, _, span)
  return whole(span)
end

--- The text objects: the kind of span that they look for, and what each takes.
--- @type table<string, {kind: string, inner: function, around: function}>
M.OBJECTS = {
  quote = { kind = "quote", inner = content, around = itself },
  entity = { kind = "entity", inner = itself, around = with_title },
  date = { kind = "date", inner = itself, around = with_preposition },
  figure = { kind = "figure", inner = itself, around = with_noun },
  attribution = { kind = "quote", inner = attribution, around = sentence },
}

--- The spans that hold a place, the smallest first; where there is none, the next one in the row.
--- @param doc table
--- @param kind string
--- @param row integer
--- @param col integer
--- @return galley.Span[]
local function around(doc, kind, row, col)
  local holding, following = {}, nil
  for _, span in ipairs(doc:spans(row, row + 1, kinds.wanted(kinds.mask({ kind })))) do
    local starts = span.start_row < row or span.start_row == row and span.start_col <= col
    local ends = span.end_row > row or span.end_row == row and span.end_col > col
    if starts and ends then
      table.insert(holding, span)
    elseif not starts and not following then
      following = span
    end
  end
  table.sort(holding, function(a, b)
    return a["end"] - a.start < b["end"] - b.start
  end)
  return #holding > 0 and holding or { following }
end

--- The range of a text object.
--- @param buf? integer
--- @param name string of M.OBJECTS
--- @param part "inner"|"around"
--- @param row integer
--- @param col integer
--- @param count? integer the count-th around the place, from within
--- @param selected? galley.Extent what is selected already: only what holds it and more is taken
--- @return galley.Extent? extent bytes
--- @return string? message
function M.extent(buf, name, part, row, col, count, selected)
  buf = buffers.number(buf)
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  local object = M.OBJECTS[name]
  local left = count or 1
  for _, span in ipairs(around(doc, object.kind, row, col)) do
    local extent = object[part](doc, buf, span)
    local more = not selected
      or extent.start <= selected.start
        and extent.stop >= selected.stop
        and extent.stop - extent.start > selected.stop - selected.start
    left = more and left - 1 or left
    if left == 0 then
      return extent
    end
  end
  return nil, ("galley: no %s here"):format(object.kind)
end

--- The place of the last character of a range.
--- @param doc table
--- @param buf integer
--- @param stop integer
--- @return integer row
--- @return integer col
local function last_place(doc, buf, stop)
  local row, col = doc:point(stop)
  if col == 0 and row > 0 then
    row = row - 1
    return row, #api.nvim_buf_get_lines(buf, row, row + 1, false)[1]
  end
  local line = api.nvim_buf_get_lines(buf, row, row + 1, false)[1]
  return row, math.max(0, col - 1 + vim.str_utf_start(line, math.max(1, col)))
end

--- What Visual mode has selected; nil where that is one character, as it is when the mode begins.
--- @param buf integer
--- @return galley.Extent?
local function selection(buf)
  local from, to = vim.fn.getpos("v"), vim.fn.getpos(".")
  if from[2] > to[2] or from[2] == to[2] and from[3] > to[3] then
    from, to = to, from
  end
  local start = api.nvim_buf_get_offset(buf, from[2] - 1) + from[3] - 1
  local stop = api.nvim_buf_get_offset(buf, to[2] - 1) + to[3] - 1
  if start == stop then
    return nil
  end
  if vim.o.selection ~= "exclusive" then
    local line = api.nvim_buf_get_lines(buf, to[2] - 1, to[2], false)[1]
    stop = stop + 1 + (to[3] <= #line and vim.str_utf_end(line, to[3]) or 0)
  end
  return { start = start, stop = stop }
end

--- Selects a text object; of a pending operator, what it works on. What Visual mode has selected
--- already grows to the next one around it.
--- @param name string of M.OBJECTS
--- @param part "inner"|"around"
function M.select(name, part)
  local buf, cursor = api.nvim_get_current_buf(), api.nvim_win_get_cursor(0)
  local visual = api.nvim_get_mode().mode:find("^[vV\22]") ~= nil
  local doc = buffers.document(buf)
  local selected = visual and doc and selection(buf) or nil
  local row, col = cursor[1] - 1, cursor[2]
  if selected then
    row, col = doc:point(selected.start)
  end
  local extent, message = M.extent(buf, name, part, row, col, vim.v.count1, selected)
  if not extent or extent.start >= extent.stop then
    require("galley.message").say(message)
    if not visual then
      vim.cmd("normal! \28\14") -- the operator shall not act on what the cursor is on
    end
    return
  end
  row, col = doc:point(extent.start)
  local end_row, end_col = last_place(doc, buf, extent.stop)
  if vim.o.selection == "exclusive" then
    end_row, end_col = doc:point(extent.stop)
  end
  if visual then
    vim.cmd("normal! \27")
  end
  api.nvim_win_set_cursor(0, { row + 1, col })
  vim.cmd("normal! v")
  api.nvim_win_set_cursor(0, { end_row + 1, end_col })
end

return M
