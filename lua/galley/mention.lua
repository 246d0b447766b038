-- All mentions of what is named under the cursor, marked where they are on the screen.

local api = vim.api
local buffers = require("galley.buffer")

local M = {}

local namespace = api.nvim_create_namespace("galley.mention")

--- What is marked, and where: the same again costs nothing.
--- @class galley.MentionMark
--- @field buf integer
--- @field entity? integer
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

--- @param doc table
--- @param mark galley.MentionMark
local function draw(doc, mark)
  local mask = require("galley.kinds").mask({ "entity" })
  local priority = require("galley.config").get().priority + 6
  for _, span in ipairs(doc:spans(mark.first, mark.last, mask)) do
    if span.entity == mark.entity then
      api.nvim_buf_set_extmark(mark.buf, namespace, span.start_row, span.start_col, {
        end_row = span.end_row,
        end_col = span.end_col,
        hl_group = "GalleyMention",
        priority = priority,
        strict = false,
      })
    end
  end
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
  local cursor = api.nvim_win_get_cursor(0)
  local span = doc:span_at(cursor[1] - 1, cursor[2], require("galley.kinds").mask({ "entity" }))
  --- @type galley.MentionMark
  local mark = {
    buf = buf,
    entity = span and span.entity,
    tick = api.nvim_buf_get_changedtick(buf),
    first = vim.fn.line("w0") - 1,
    last = math.max(vim.fn.line("w$"), vim.fn.line("w0") + api.nvim_win_get_height(0)),
  }
  if marked and vim.deep_equal(marked, mark) then
    return
  end
  clear()
  if mark.entity then
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
  api.nvim_set_hl(0, "GalleyMention", { link = "LspReferenceText", default = true })
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
  api.nvim_create_autocmd("ColorScheme", {
    group = group,
    callback = function()
      api.nvim_set_hl(0, "GalleyMention", { link = "LspReferenceText", default = true })
    end,
  })
end

return M
