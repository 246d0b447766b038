-- Articles in files, for the command line: read as an editor would that has the file open.

local api = vim.api
local prose = require("galley.prose")

local M = {}

--- Gives a buffer the file type of a format, and its syntax where no parser is there. False when
--- the file is read as Markdown.
--- @param buf integer
--- @param name string
--- @return boolean
function M.prepare(buf, name)
  local filetype = vim.filetype.match({ filename = name, buf = buf })
  if not filetype or not prose.format(filetype) then
    return false
  end
  api.nvim_buf_call(buf, function()
    vim.cmd("noautocmd setlocal filetype=" .. filetype)
    if not require("galley.prose.treesitter").open(buf) then
      vim.cmd("runtime! syntax/" .. filetype .. ".vim")
    end
  end)
  return true
end

--- Tells a document what of its text is markup, by the file's name.
--- @param doc table
--- @param text string
--- @param name string
--- @return boolean? ok
--- @return string? message
function M.show(doc, text, name)
  local lines = vim.split((text:gsub("\n$", "")), "\n", { plain = true })
  local buf = api.nvim_create_buf(false, true)
  local shown = {}
  for row, line in ipairs(lines) do
    shown[row] = line:gsub("%z", "\n")
  end
  api.nvim_buf_set_lines(buf, 0, -1, true, shown)
  local ok, message = true, nil
  if M.prepare(buf, name) then
    local self = assert(prose.open(buf))
    local ranges = prose.all(self, shown)
    -- The last line may have no end.
    local count = #ranges
    if count > 0 and ranges[count - 1] > #text then
      ranges[count - 1] = #text
      if ranges[count - 2] >= #text then
        ranges[count], ranges[count - 1], ranges[count - 2] = nil, nil, nil
      end
    end
    ok, message = doc:set_plain(self.lexer.plain)
    if ok then
      ok, message = doc:set_markup(0, -1, ranges)
    end
  end
  api.nvim_buf_delete(buf, { force = true })
  return ok, message
end

return M
