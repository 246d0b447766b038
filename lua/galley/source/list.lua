-- :Galley sources: what an article rests on, in the location list.

local api = vim.api

local M = {}

--- @param source galley.Source
--- @return string
local function describe(source)
  local text = ("%s (%s) %s"):format(source.name, source.format, source.state)
  if source.message and source.message ~= source.state then
    text = ("%s: %s"):format(text, source.message)
  end
  return require("galley.visible").line(text)
end

--- Fills the location list with the sources of the article in the current buffer.
function M.open()
  local buf = api.nvim_get_current_buf()
  local say = require("galley.message").say
  local _, message = require("galley.buffer").document(buf)
  if message then
    say(message)
    return
  end
  require("galley.source.index").get(buf, true)
  local items = vim.tbl_map(function(source)
    local at = source.named_at
    local lost = source.state ~= "indexed"
      and source.state ~= "waiting"
      and source.state ~= "indexing"
    return {
      bufnr = at and buf or nil,
      filename = not at and not lost and source.path or nil,
      lnum = at and at.row + 1 or 1,
      col = at and at.col + 1 or 1,
      text = describe(source),
      type = lost and "W" or "",
    }
  end, require("galley.source").for_buffer(buf))
  if #items == 0 then
    say("galley: the article names no sources (`:help galley-sources`)", vim.log.levels.INFO)
    return
  end
  vim.fn.setloclist(0, {}, " ", { title = "Sources", items = items })
  require("galley.list").show()
end

return M
