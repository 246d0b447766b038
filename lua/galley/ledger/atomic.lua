-- Whole files or none: what is written goes to a temporary file in the same folder, is brought to
-- the disk, and takes the old file's place by renaming. A kill at any moment leaves the old file or
-- the new one.

local uv = vim.uv

local M = {}

M.LIMIT = 64 * 1024 * 1024 -- bytes of a file that is read

local written = 0 -- temporary files made by this Neovim, for their names

--- Reads a file. Only a plain file is opened: a pipe would block, a device never end, and a link
--- could lead out of the folder.
--- @param path string
--- @return string? text nil when there is no such file, without a message
--- @return string? message
function M.read(path)
  local stat, message, code = uv.fs_lstat(path)
  if not stat then
    return nil, code ~= "ENOENT" and code ~= "ENOTDIR" and message or nil
  elseif stat.type ~= "file" then
    return nil, ("%s: is no plain file (%s)"):format(path, stat.type)
  elseif stat.size > M.LIMIT then
    return nil, ("%s: is larger than %d MB"):format(path, M.LIMIT / 1048576)
  end
  local handle
  handle, message = uv.fs_open(path, "r", 0)
  if not handle then
    return nil, message
  end
  local text
  text, message = uv.fs_read(handle, math.max(stat.size, 1), 0)
  uv.fs_close(handle)
  return text, message
end

--- Removes what a Neovim that was killed while writing has left: files whose process is gone.
--- @param path string
local function sweep(path)
  local folder, name = vim.fs.dirname(path), vim.fs.basename(path)
  local lead = "." .. name .. "."
  local scan = uv.fs_scandir(folder)
  while scan do
    local found = uv.fs_scandir_next(scan)
    if not found then
      break
    end
    if vim.startswith(found, lead) then
      local pid = tonumber(found:sub(#lead + 1):match("^(%d+)%-%d+%.tmp$"))
      local _, _, code = uv.kill(pid or 0, 0)
      if pid and code == "ESRCH" then
        uv.fs_unlink(vim.fs.joinpath(folder, found))
      end
    end
  end
end

--- @param handle integer
--- @param text string
--- @return boolean? ok
--- @return string? message
local function write_all(handle, text)
  local at = 0
  while at < #text do
    local count, message = uv.fs_write(handle, at == 0 and text or text:sub(at + 1), at)
    if not count or count == 0 then
      return nil, message or "nothing more can be written"
    end
    at = at + count
  end
  local ok, message = uv.fs_fsync(handle)
  return ok, message
end

--- @param temporary string
--- @param text string
--- @param mode? integer permissions; nil: those of a new file
--- @return boolean? ok
--- @return string? message
local function write_temporary(temporary, text, mode)
  local handle, message = uv.fs_open(temporary, "wx", 438) -- 0666, less the umask
  if not handle then
    return nil, message
  end
  local ok
  ok, message = write_all(handle, text)
  if ok and mode then
    ok, message = uv.fs_fchmod(handle, mode)
  end
  local closed, problem = uv.fs_close(handle)
  return ok and closed or nil, message or problem
end

--- Brings the new name to the disk too. Not every system can; the file is whole without it.
--- @param folder string
local function sync_folder(folder)
  local handle = uv.fs_open(folder, "r", 0)
  if handle then
    uv.fs_fsync(handle)
    uv.fs_close(handle)
  end
end

--- Puts `text` in the place of what is at `path`.
--- @param path string
--- @param text string
--- @param unchanged? fun(): boolean asked last, before the file takes its place
--- @return boolean? ok false when `unchanged` said no and nothing was done
--- @return string? message
function M.write(path, text, unchanged)
  local stat = uv.fs_lstat(path)
  if stat and stat.type ~= "file" then
    return nil, ("%s: is no plain file (%s)"):format(path, stat.type)
  end
  sweep(path)
  written = written + 1
  local folder = vim.fs.dirname(path)
  local temporary = vim.fs.joinpath(
    folder,
    (".%s.%d-%d.tmp"):format(vim.fs.basename(path), uv.os_getpid(), written)
  )
  local ok, message = write_temporary(temporary, text, stat and bit.band(stat.mode, 511) or nil)
  if ok and unchanged and not unchanged() then
    uv.fs_unlink(temporary)
    return false
  end
  if ok then
    ok, message = uv.fs_rename(temporary, path)
  end
  if not ok then
    uv.fs_unlink(temporary)
    return nil, message
  end
  sync_folder(folder)
  return true
end

return M
