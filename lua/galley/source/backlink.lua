-- :Galley backlinks: from a line of a source to what articles take from it.

local api = vim.api
local indexes = require("galley.source.index")

local M = {}

--- The path of the source in a buffer; of the text made of it, that of its file.
--- @param buf integer
--- @return string?
local function path_of(buf)
  local name = api.nvim_buf_get_name(buf)
  return name:match("^galley://source(/.*)$") or vim.uv.fs_realpath(name)
end

--- The open articles that name a source.
--- @param path string
--- @return galley.SourceIndex[]
local function articles(path)
  local found = {}
  for buf in pairs(require("galley.buffer").attached) do
    local index = indexes.get(buf)
    if index and index.by_key[path] then
      table.insert(found, index)
    end
  end
  table.sort(found, function(a, b)
    return a.buf < b.buf
  end)
  return found
end

--- What an article takes from rows of a source.
--- @param index galley.SourceIndex
--- @param path string
--- @param first integer
--- @param last integer
--- @param items table[] of a location list
local function collect(index, path, first, last, items)
  local facts = require("galley.source").find_all(index.buf, 0, -1, {
    kinds = { "figure", "quote", "date", "entity" },
  })
  local doc = require("galley.buffer").document(index.buf)
  local text = doc and doc:text() or ""
  for _, fact in ipairs(facts) do
    local place = fact.best and fact.best.place
    if place and place.path == path and place.row <= last and place.end_row >= first then
      local row, col = M.position(index.buf, fact.start)
      table.insert(items, {
        bufnr = index.buf,
        lnum = row + 1,
        col = col + 1,
        text = ("%s: %s"):format(
          fact.best.verdict,
          require("galley.visible").line(text:sub(fact.start + 1, fact["end"]))
        ),
      })
    end
  end
end

--- The row and column of a byte of a buffer.
M.position = require("galley.source.target").position

--- Lists what open articles take from lines of the source in the current buffer; goes there when it
--- is one place.
--- @param first? integer line from 1, default the cursor's
--- @param last? integer
function M.go(first, last)
  local say = require("galley.message").say
  first = first or api.nvim_win_get_cursor(0)[1]
  last = last or first
  local path = path_of(api.nvim_get_current_buf())
  local found = path and articles(path) or {}
  if #found == 0 then
    say("galley: no open article names this file as a source", vim.log.levels.INFO)
    return
  end
  local window, left, items = api.nvim_get_current_win(), #found, {}
  for _, index in ipairs(found) do
    require("galley.source").ready(index.buf, function()
      collect(index, path, first - 1, last - 1, items)
      left = left - 1
      if left > 0 or not api.nvim_win_is_valid(window) then
        return
      elseif #items == 0 then
        say("galley: no open article takes anything from here", vim.log.levels.INFO)
        return
      end
      vim.fn.setloclist(window, {}, " ", { title = "Rests on this", items = items })
      api.nvim_win_call(window, function()
        vim.cmd(#items == 1 and "normal! m'" or "lopen")
      end)
      if #items == 1 then
        vim.cmd("silent ll")
      end
    end)
  end
end

return M
