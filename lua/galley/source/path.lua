-- Which files an article may read: those of its project, and those of folders that the user allows.
--
-- Nothing here opens a file. A path is judged by its letters first, so that one that leaves the
-- project is not even looked up; then links are followed and the result is judged again.

local uv = vim.uv

local M = {}

--- What marks the root of a project.
M.MARKERS = { ".git", "galley.names" }

--- @class galley.SourceFile
--- @field path string
--- @field state galley.SourceState "waiting" when it may be read
--- @field message? string why it may not
--- @field size? integer
--- @field mtime? string changes when the file does

--- Folds "." and ".." without looking at the disk. A path with too many ".." ends at "/".
--- @param path string absolute
--- @return string
local function fold(path)
  local parts = {}
  for part in path:gmatch("[^/]+") do
    if part == ".." then
      table.remove(parts)
    elseif part ~= "." then
      table.insert(parts, part)
    end
  end
  local drive = path:match("^%a:/") and "" or "/"
  return drive .. table.concat(parts, "/")
end

--- @param path string
--- @return boolean
function M.is_absolute(path)
  return path:find("^[/~\\]") ~= nil or path:find("^%a:[/\\]") ~= nil
end

--- @param path string
--- @param folder string
--- @return boolean
local function within(path, folder)
  return path == folder or folder == "/" or vim.startswith(path, folder .. "/")
end

--- The folder of the article in a buffer, links followed; nil when it has no file on this machine.
--- @param buf integer
--- @return string?
function M.folder(buf)
  local name = vim.api.nvim_buf_get_name(buf)
  if name == "" or name:find("^%a[%w+.-]+://") then
    return nil
  end
  return uv.fs_realpath(vim.fs.dirname(name))
end

--- The root of the project that a folder belongs to: the nearest folder with a marker, else itself.
--- @param folder string
--- @return string
function M.root(folder)
  local marker = vim.fs.find(M.MARKERS, { upward = true, path = folder, limit = 1 })[1]
  return marker and uv.fs_realpath(vim.fs.dirname(marker)) or folder
end

--- The folders that sources may be in.
--- @param folder string the article's
--- @param allowed string[] more folders, as a user writes them
--- @return string[]
function M.roots(folder, allowed)
  local roots = { M.root(folder) }
  for _, path in ipairs(allowed) do
    local real = uv.fs_realpath(vim.fs.normalize(path))
    if real then
      table.insert(roots, real)
    end
  end
  return roots
end

--- @param path string
--- @param roots string[]
--- @return boolean
function M.inside(path, roots)
  for _, root in ipairs(roots) do
    if within(path, root) then
      return true
    end
  end
  return false
end

local KINDS = {
  directory = "a folder",
  fifo = "a pipe",
  socket = "a socket",
  char = "a device",
  block = "a device",
}

--- @param path string
--- @param state galley.SourceState
--- @param message string
--- @return galley.SourceFile
local function refused(path, state, message)
  return { path = path, state = state, message = message }
end

local OUTSIDE = "outside of the project; the option `source_roots` allows other folders"

--- Whether a file may be read as a source.
--- @param written string as the article writes it
--- @param folder string the article's
--- @param roots string[] the folders that it may be in, from M.roots()
--- @param limit integer bytes
--- @return galley.SourceFile
function M.resolve(written, folder, roots, limit)
  if written == "" or written:find("[%z\1-\31]") then
    return refused(written, "missing", "not the name of a file")
  end
  local path
  if M.is_absolute(written) then
    if #roots == 1 then
      return refused(written, "outside", OUTSIDE)
    end
    path = (written:gsub("^~", (uv.os_homedir() or "~"):gsub("%%", "%%%%"), 1))
  else
    path = folder .. "/" .. written
  end
  path = fold(path)
  -- By its letters, so that nothing outside is touched; folders on the way may be links, and so may
  -- the article's own: what they lead to is judged below.
  if not M.inside(path, roots) and not within(path, folder) then
    return refused(path, "outside", OUTSIDE)
  end
  local real, _, code = uv.fs_realpath(path)
  if not real then
    if code == "ENOENT" or code == "ENOTDIR" then
      return refused(path, "missing", "no such file")
    end
    return refused(path, "unreadable", code == "ELOOP" and "a link to itself" or tostring(code))
  elseif not M.inside(real, roots) then
    return refused(real, "outside", OUTSIDE)
  end
  return M.status(real, limit)
end

--- Whether a file that is inside can be read.
--- @param path string absolute, links followed
--- @param limit integer bytes
--- @return galley.SourceFile
function M.status(path, limit)
  local stat, _, code = uv.fs_stat(path)
  if not stat then
    local gone = code == "ENOENT" or code == "ENOTDIR"
    return refused(path, gone and "missing" or "unreadable", gone and "no such file" or code)
  elseif stat.type ~= "file" then
    return refused(
      path,
      "unreadable",
      ("%s, not a file"):format(KINDS[stat.type] or "something else")
    )
  elseif stat.size > limit then
    local text = "%.1f MB, over the limit of %.1f MB (the option `source_limit`)"
    return refused(path, "too large", text:format(stat.size / 1048576, limit / 1048576))
  elseif not uv.fs_access(path, "R") then
    return refused(path, "unreadable", "no permission to read it")
  end
  return {
    path = path,
    state = "waiting",
    size = stat.size,
    mtime = require("galley.source.file").stamp(stat),
  }
end

return M
