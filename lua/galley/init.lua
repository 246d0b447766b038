-- The public interface.

local buffers = require("galley.buffer")

local M = {}

--- One annotation. Rows, columns and offsets count bytes from 0; ends are exclusive.
--- @class galley.Span
--- @field kind "entity"|"date"|"quote"|"figure"|"citation"
--- @field type string one of the kind's, see |galley-kinds|
--- @field text string as in the buffer
--- @field rule string the rule that made it
--- @field start_row integer
--- @field start_col integer
--- @field end_row integer
--- @field end_col integer
--- @field start integer offset in the buffer's text
--- @field end integer
--- @field marked? boolean markup stands in its text (in other formats than Markdown)
--- @field value? string of a date, as TIMEX3 has it; of a figure, its number
--- @field subtype? string of an entity: "city", "company", "demonym" ...
--- @field entity? integer of an entity: the same for all mentions of one
--- @field name? string of an entity: its longest clear mention
--- @field gender? "m"|"f" of an entity
--- @field first_day? string of a date: the first of the days it covers, YYYY-MM-DD
--- @field last_day? string of a date: the last of them
--- @field confidence? "stated"|"derived"|"guessed" of a date
--- @field anchor? "none"|"document"|"mention" of a date: what it was counted from
--- @field anchor_day? string of a date that was counted from the document's: that day
--- @field id? integer of a quote: the same for its parts
--- @field state? "closed"|"continued"|"unclosed" of a quote
--- @field content? string of a quote: what stands between the marks
--- @field content_start? integer
--- @field content_end? integer
--- @field speaker? string of a quote: who says it, as written
--- @field speaker_start? integer
--- @field speaker_end? integer
--- @field speaker_name? string of a quote: who that is
--- @field speaker_cluster? integer of a quote: the `entity` of the speaker's mentions
--- @field speaker_rule? string of a quote: the rule that found the speaker
--- @field cue? string of a quote: the word for saying
--- @field cue_start? integer
--- @field cue_end? integer
--- @field unit? string of a figure: "percent", "USD", "km" ...
--- @field noun? string of a figure: what is counted
--- @field hedge? "~"|"<"|">" of a figure: about, less than, more than
--- @field low? number of a figure: the least that its digits can stand for
--- @field high? number of a figure: the most
--- @field citations? {start: integer, end: integer}[] of a figure or quote: those of its sentence
--- @field label? string of a citation: what stands in its brackets
--- @field label_start? integer
--- @field label_end? integer
--- @field target_start? integer of a citation: where its definition stands
--- @field target_end? integer

--- @class galley.SpanFilter
--- @field first? integer first row, default 0
--- @field last? integer row after the last, default -1 (to the end)
--- @field kinds? string[] default all

--- Changes settings. Not needed for the defaults; |vim.g.galley| does the same without a require().
--- @param opts? galley.Config|fun():galley.Config
function M.setup(opts)
  require("galley.config").set(opts)
  require("galley.highlight").update()
  if package.loaded["galley.ledger.watch"] then
    require("galley.ledger.watch").update()
  end
  if package.loaded["galley.check.diagnostic"] then
    require("galley.check.diagnostic").update()
  end
  -- The keys of buffers that are annotated already.
  for buf in pairs(buffers.attached) do
    if vim.api.nvim_buf_is_loaded(buf) then
      require("galley.keymaps").detach(buf)
      require("galley.keymaps").attach(buf)
    end
  end
  require("galley.start").attach_open_buffers()
end

--- Annotates a buffer.
--- @param buf? integer default the current buffer
--- @param opts? {force?: boolean} force: also over the size limit
--- @return boolean? ok
--- @return string? message why not
function M.attach(buf, opts)
  return buffers.attach(buf, { force = opts and opts.force, manual = true })
end

--- Takes the annotations off a buffer.
--- @param buf? integer default the current buffer
--- @return boolean detached false when it was not annotated
function M.detach(buf)
  return buffers.detach(buf)
end

--- Goes to the next or previous thing that is marked, as the maps do: with the count that was typed,
--- in Normal, Visual and Operator-pending mode.
--- @param name "figure"|"quote"|"date"|"entity"|"citation"|"fact"|"finding"
--- @param way "next"|"previous"|"first"|"last"
function M.go(name, way)
  require("galley.motion").map(name, way)
end

--- Shows or hides a kind of span; without one, annotates the buffer or stops annotating it.
--- @param kind? string
--- @param buf? integer default the current buffer
--- @return boolean? shown
--- @return string? message
function M.toggle(kind, buf)
  if kind then
    return buffers.toggle_kind(buf, kind)
  end
  if buffers.detach(buf) then
    return false
  end
  return M.attach(buf)
end

--- Whether a buffer is annotated.
--- @param buf? integer default the current buffer
--- @return boolean
function M.is_attached(buf)
  return buffers.attached[buffers.number(buf)] ~= nil
end

--- The spans of a buffer, in text order.
--- @param buf? integer default the current buffer
--- @param filter? galley.SpanFilter
--- @return galley.Span[]? spans nil when the buffer is not annotated
--- @return string? message
function M.get_spans(buf, filter)
  filter = filter or {}
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  local mask
  mask, message = require("galley.kinds").mask(filter.kinds)
  if not mask then
    return nil, message
  end
  return doc:spans(filter.first or 0, filter.last or -1, require("galley.kinds").wanted(mask))
end

--- What is in a buffer, a line each, in text order: for pickers and lists of your own.
--- @param buf? integer default the current buffer
--- @param what? string a kind of span; "fact": what is open in the ledger; "finding": what the checks found; default all spans
--- @return galley.Item[]? items nil when the buffer is not annotated
--- @return string? message
function M.get_items(buf, what)
  return require("galley.item").get(buf, what)
end

--- The innermost span at a position.
--- @param buf? integer default the current buffer
--- @param row? integer default the cursor's; both or none
--- @param col? integer
--- @return galley.Span? span
--- @return string? message
function M.span_at(buf, row, col)
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  if not row or not col then
    local cursor = vim.api.nvim_win_get_cursor(0)
    row, col = cursor[1] - 1, cursor[2]
  end
  return doc:span_at(row, col, require("galley.kinds").wanted())
end

--- What the article in a buffer names, in the order in which it does.
--- @param buf? integer default the current buffer
--- @return galley.Entity[]? entities nil when the buffer is not annotated
--- @return string? message
function M.get_entities(buf)
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  return doc:entities()
end

--- The date that relative dates are counted from, and where it was found.
--- @param buf? integer default the current buffer
--- @return string? iso
--- @return string? origin
function M.get_date(buf)
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  doc:resolve()
  return doc:date()
end

--- States the date of the article in a buffer.
--- @param buf? integer default the current buffer
--- @param iso? string YYYY-MM-DD; nil: read it from the text again
--- @return boolean? ok
--- @return string? message
function M.set_date(buf, iso)
  return buffers.set_date(buf, iso)
end

--- A few characters for a status line: empty when the buffer is not annotated.
--- @param buf? integer default the current buffer
--- @return string
function M.statusline(buf)
  return require("galley.statusline").text(buffers.number(buf))
end

return M
