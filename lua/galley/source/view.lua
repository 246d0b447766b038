-- Buffers with the text that a program made of a source: they are read, not written.

local api = vim.api
local indexes = require("galley.source.index")

local M = {}

local SCHEME = "galley://source"
local namespace = api.nvim_create_namespace("galley.source.page")

--- The name of the buffer for a source.
--- @param path string
--- @return string
function M.name(path)
  return SCHEME .. path
end

--- The source that a path is, in any article.
--- @param path string
--- @return galley.SourceEntry?
function M.entry(path)
  for _, index in pairs(indexes.indexes) do
    local entry = index.by_key[path]
    if entry and entry.reader and entry.reader.text then
      return entry
    end
  end
end

--- Tells the pages apart: each is named where it begins.
--- @param buf integer
--- @param entry galley.SourceEntry
local function show_pages(buf, entry)
  api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
  local labels = entry.reader.map.labels
  for index = 1, #labels, 2 do
    if labels[index] < api.nvim_buf_line_count(buf) then
      api.nvim_buf_set_extmark(buf, namespace, labels[index], 0, {
        virt_lines = { { { ("── %s ──"):format(labels[index + 1]), "Comment" } } },
        virt_lines_above = true,
      })
    end
  end
end

--- Fills a buffer with the text of a source. What is there stays when the source is not known.
--- @param buf integer
function M.fill(buf)
  local path = api.nvim_buf_get_name(buf):sub(#SCHEME + 1)
  local entry = M.entry(path)
  local bo = vim.bo[buf]
  bo.buftype, bo.bufhidden, bo.swapfile, bo.undolevels = "nofile", "hide", false, -1
  if not entry then
    require("galley.message").say("galley: this source is not read; ask for it from its article")
    return
  end
  if vim.b[buf].galley_source ~= entry.mtime then
    bo.modifiable = true
    api.nvim_buf_set_lines(buf, 0, -1, false, vim.split(entry.reader.text, "\n"))
    show_pages(buf, entry)
    vim.b[buf].galley_source = entry.mtime
  end
  bo.modifiable, bo.modified, bo.readonly = false, false, true
  if bo.filetype ~= entry.kind.filetype then
    bo.filetype = entry.kind.filetype
  end
end

api.nvim_create_autocmd("BufReadCmd", {
  group = api.nvim_create_augroup("galley.source.view", {}),
  pattern = SCHEME .. "/*",
  callback = function(event)
    M.fill(event.buf)
  end,
})

return M
