-- A file that is read piece by piece. Only regular files are opened: a pipe would block the editor.

local uv = vim.uv

local M = {}

--- @class galley.OpenFile
--- @field fd? integer
--- @field size integer when it was opened
--- @field mtime string changes when the file does
local File = {}
File.__index = File

--- What changes when a file does.
--- @param stat table
--- @return string
function M.stamp(stat)
  return ("%d.%d.%d"):format(stat.mtime.sec, stat.mtime.nsec, stat.size)
end

--- @param path string
--- @return galley.OpenFile? file
--- @return string? message
function M.open(path)
  local stat = uv.fs_stat(path)
  if not stat or stat.type ~= "file" then
    return nil, "not a file"
  end
  -- Without blocking, should it have become a pipe meanwhile.
  local flags = bit.bor(uv.constants.O_RDONLY, uv.constants.O_NONBLOCK or 0)
  local fd, message = uv.fs_open(path, flags, 0)
  if not fd then
    return nil, message
  end
  stat = uv.fs_fstat(fd)
  if not stat or stat.type ~= "file" then
    uv.fs_close(fd)
    return nil, "not a file"
  end
  return setmetatable({ fd = fd, size = stat.size, mtime = M.stamp(stat) }, File)
end

--- @param byte integer
--- @param length integer
--- @return string? bytes "" at the end
--- @return string? message
function File:read(byte, length)
  return uv.fs_read(self.fd, length, byte)
end

--- Closes the file; once more does nothing.
function File:close()
  if self.fd then
    uv.fs_close(self.fd)
    self.fd = nil
  end
end

--- Bytes of a file, for one look.
--- @param path string
--- @param byte integer
--- @param length integer
--- @return string?
function M.read(path, byte, length)
  local file = M.open(path)
  if not file then
    return nil
  end
  local text = file:read(byte, length)
  file:close()
  return text
end

--- The lines of a file as vim.fn.readfile() gives them, for files that are small.
--- @param path string
--- @param largest integer bytes
--- @return string[]? lines nil when there is no such file, or it is no file that can be read
--- @return string? message
function M.lines(path, largest)
  local file, message = M.open(path)
  if not file then
    return nil, message
  elseif file.size > largest then
    file:close()
    return nil, ("larger than %d KB"):format(largest / 1024)
  end
  local text
  text, message = file:read(0, math.max(1, file.size))
  file:close()
  if not text then
    return nil, message
  end
  if text == "" then
    return {}
  end
  local lines = vim.split((text:gsub("\r\n", "\n"):gsub("\n$", "")), "\n", { plain = true })
  for row, line in ipairs(lines) do
    lines[row] = line:gsub("%z", "\n")
  end
  return lines
end

return M
