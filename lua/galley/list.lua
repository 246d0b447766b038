-- The location list with lines of our own: no file name before each, as all are of one article.

local api = vim.api
local visible = require("galley.visible")

local M = {}

--- A line of a list. Without a row it is a heading.
--- @class galley.ListItem
--- @field text string
--- @field row? integer from 0
--- @field col? integer bytes, from 0
--- @field end_row? integer
--- @field end_col? integer

--- The lines of the list; Neovim asks for them.
--- @param info {winid: integer, id: integer, start_idx: integer, end_idx: integer, quickfix: integer}
--- @return string[]
function M.lines(info)
  local what = { id = info.id, items = 1, context = 1 }
  local list = info.quickfix == 1 and vim.fn.getqflist(what) or vim.fn.getloclist(info.winid, what)
  local width = type(list.context) == "table" and list.context.galley_width or 5
  local lines = {}
  for index = info.start_idx, info.end_idx do
    local item = list.items[index]
    local place = item.lnum > 0 and ("%" .. width .. "d| "):format(item.lnum) or ""
    local room = math.max(20, vim.o.columns - #place)
    local text = place .. visible.fit(item.text, room)
    lines[#lines + 1] = text ~= "" and text or " " -- without a line Neovim makes one of its own
  end
  return lines
end

--- Opens the location list. A window that tells of the cursor's place would lie over it: that is
--- closed, though the cursor has not moved.
--- @param height? integer rows
function M.show(height)
  local window = vim.b.lsp_floating_preview
  if window and api.nvim_win_is_valid(window) then
    api.nvim_win_close(window, true)
  end
  api.nvim_cmd({ cmd = "lopen", count = height }, {})
end

--- Fills the location list of the current window and opens it, if there is anything to show.
--- @param buf integer
--- @param title string
--- @param items galley.ListItem[]
--- @param height? integer rows of its window
function M.open(buf, title, items, height)
  local last = 1
  local rows = vim.tbl_map(function(item)
    if not item.row then
      return { text = item.text, valid = 0 }
    end
    last = math.max(last, item.row + 1)
    return {
      bufnr = buf,
      lnum = item.row + 1,
      col = item.col + 1,
      end_lnum = item.end_row and item.end_row + 1,
      end_col = item.end_col and item.end_col + 1,
      text = item.text,
      valid = 1,
    }
  end, items)
  vim.fn.setloclist(0, {}, " ", {
    title = title,
    items = rows,
    context = { galley_width = #tostring(last) },
    quickfixtextfunc = "v:lua.require'galley.list'.lines",
  })
  if #items > 0 then
    M.show(height)
    -- What stands behind the first bar is a line number to the syntax of such windows, and pale.
    vim.wo.winhighlight = "qfLineNr:Normal"
  end
end

return M
