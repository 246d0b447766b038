-- An article in a buffer, for commands that need what is beside it: its ledger, its sources.

local M = {}

--- A buffer with the article, annotated; the file is read and nothing else is done with it.
--- @param file string
--- @param date? string
--- @return integer? buf
--- @return string? message
function M.open(file, date)
  local path = vim.fs.normalize(vim.fn.fnamemodify(file, ":p"), { expand_env = false })
  local stat = vim.uv.fs_stat(path)
  if not stat or stat.type ~= "file" then
    return nil, ("%s: %s"):format(file, stat and "is no plain file" or "no such file")
  end
  local text, message = require("galley.cli.io").read(path)
  if not text then
    return nil, message
  end
  text = text:gsub("\r\n", "\n"):gsub("\n$", "")
  local lines = vim.split(text, "\n", { plain = true })
  for row, line in ipairs(lines) do
    lines[row] = line:gsub("%z", "\n")
  end
  local buf = vim.api.nvim_create_buf(true, false)
  vim.bo[buf].swapfile = false
  vim.api.nvim_buf_set_name(buf, path)
  vim.api.nvim_buf_set_lines(buf, 0, -1, true, lines)
  require("galley.prose.file").prepare(buf, path)
  local buffers = require("galley.buffer")
  local ok
  ok, message = buffers.attach(buf, { force = true, manual = true })
  if ok and date then
    ok, message = buffers.set_date(buf, date)
  end
  return ok and buf or nil, message
end

return M
