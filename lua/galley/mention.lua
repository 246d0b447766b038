-- What the cursor is on, marked where it is on the screen: all mentions of what is named there, and
-- who says the quotation that it is in.

local api = vim.api
local buffers = require("galley.buffer")
local kinds = require("galley.kinds")

local M = {}

local namespace = api.nvim_create_namespace("galley.mention")

--- What is marked, and where: the same again costs nothing.
--- @class galley.MentionMark
--- @field buf integer
--- @field entity? integer
--- @field speaker? integer[] bytes of the document
--- @field tick integer
--- @field first integer
--- @field last integer

local marked --- @type galley.MentionMark?
local moved = false -- the cursor, in a buffer that was up to date

local function clear()
  if marked and api.nvim_buf_is_valid(marked.buf) then
    api.nvim_buf_clear_namespace(marked.buf, namespace, 0, -1)
  end
  marked = nil
end

--- @param buf integer
--- @param group string
--- @param start_row integer
--- @param start_col integer
--- @param end_row integer
--- @param end_col integer
local function set(buf, group, start_row, start_col, end_row, end_col)
  api.nvim_buf_set_extmark(buf, namespace, start_row, start_col, {
    end_row = end_row,
    end_col = end_col,
    hl_group = group,
    priority = require("galley.config").get().priority + 6,
    strict = false,
  })
end

--- @param doc table
--- @param mark galley.MentionMark
local function draw(doc, mark)
  local mask = mark.entity and kinds.mask({ "entity" }) or 0
  for _, span in ipairs(mark.entity and doc:spans(mark.first, mark.last, mask) or {}) do
    if span.entity == mark.entity then
      set(mark.buf, "GalleyMention", span.start_row, span.start_col, span.end_row, span.end_col)
    end
  end
  if mark.speaker then
    local start_row, start_col = doc:point(mark.speaker[1])
    set(mark.buf, "GalleySpeakerCurrent", start_row, start_col, doc:point(mark.speaker[2]))
  end
end

--- The span of a kind under the cursor, if that kind is shown.
--- @param state galley.Buffer
--- @param kind string
--- @return galley.Span?
local function under_cursor(state, kind)
  local shown = bit.band(state.mask, bit.bor(kinds.bit(kind) or 0, kinds.no_indirect()))
  local cursor = api.nvim_win_get_cursor(0)
  return state.doc:span_at(cursor[1] - 1, cursor[2], shown)
end

--- @param state galley.Buffer
--- @return galley.MentionMark
local function look(state)
  local name, quote = under_cursor(state, "entity"), under_cursor(state, "quote")
  return {
    buf = state.buf,
    entity = name and name.entity,
    speaker = quote and quote.speaker_start and { quote.speaker_start, quote.speaker_end },
    tick = api.nvim_buf_get_changedtick(state.buf),
    first = vim.fn.line("w0") - 1,
    last = math.max(vim.fn.line("w$"), vim.fn.line("w0") + api.nvim_win_get_height(0)),
  }
end

--- Follows the cursor, in normal mode.
function M.update()
  local buf = api.nvim_get_current_buf()
  local state = buffers.attached[buf]
  -- While the text changes the article is not read again for this; GalleyUpdate comes after.
  if not state or state.stale or api.nvim_get_mode().mode:sub(1, 1) == "i" then
    return clear()
  end
  moved = true
  local doc = buffers.document(buf)
  if not doc then
    return clear()
  end
  local mark = look(state)
  if marked and vim.deep_equal(marked, mark) then
    return
  end
  clear()
  if mark.entity or mark.speaker then
    draw(doc, mark)
    marked = mark
  end
end

local enabled = false

--- Starts following the cursor; called when the first buffer is attached.
function M.enable()
  if enabled then
    return
  end
  enabled = true
  local group = api.nvim_create_augroup("galley.mention", {})
  api.nvim_create_autocmd({ "CursorMoved", "WinScrolled", "BufEnter" }, {
    group = group,
    callback = M.update,
  })
  api.nvim_create_autocmd("User", {
    group = group,
    pattern = "GalleyUpdate",
    callback = function()
      -- An article that has just been opened stays as it was first seen until the cursor moves.
      if moved then
        M.update()
      end
    end,
  })
  api.nvim_create_autocmd({ "InsertEnter", "BufLeave" }, { group = group, callback = clear })
end

return M
