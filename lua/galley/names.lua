-- The user's own names: files called galley.names, in the folder of Neovim's settings and above the
-- article. They always win over what the core would find.
--
-- A line: NAME [: TYPE] [= ALIAS, ALIAS ...]   TYPE: person organization place other none
-- "none" is for what is no name; "#" begins a comment line.

local api = vim.api

local M = {}

M.FILE = "galley.names"
M.LARGEST = 1024 * 1024 -- bytes of such a file
M.TYPES = { "person", "organization", "place", "other", "none" }

--- @class galley.Name
--- @field name string
--- @field type string
--- @field aliases string[]

--- @param text string
--- @return string[]
local function split_aliases(text)
  local aliases = {}
  for alias in text:gmatch("[^,]+") do
    alias = vim.trim(alias)
    if alias ~= "" then
      table.insert(aliases, alias)
    end
  end
  return aliases
end

--- Reads the lines of a file.
--- @param lines string[]
--- @return galley.Name[] names
--- @return string[] problems
function M.parse(lines)
  local names, problems = {}, {}
  for row, line in ipairs(lines) do
    line = vim.trim(line)
    if line ~= "" and line:sub(1, 1) ~= "#" then
      local head, aliases = line:match("^(.-)%s*=%s*(.*)$")
      local name, type = (head or line):match("^(.-)%s*:%s*(%S+)$")
      name, type = name or head or line, type or "other"
      if name == "" or not vim.tbl_contains(M.TYPES, type) then
        local text = "line %d: write NAME: TYPE = ALIAS, ALIAS with TYPE one of %s"
        table.insert(problems, text:format(row, table.concat(M.TYPES, ", ")))
      else
        table.insert(names, { name = name, type = type, aliases = split_aliases(aliases or "") })
      end
    end
  end
  return names, problems
end

--- The folder that the buffer's article is in.
--- @param buf integer
--- @return string
local function folder(buf)
  local path = api.nvim_buf_get_name(buf)
  local file = path ~= "" and not path:find("^%a[%w+.-]+://")
  return file and vim.fs.dirname(path) or vim.uv.cwd() or "."
end

--- The project's file, whether it exists or not: the nearest one above the article, else beside
--- the root of its repository, else beside the article.
--- @param buf integer
--- @return string
function M.project_file(buf)
  local start = folder(buf)
  local found = vim.fs.find(M.FILE, { upward = true, path = start, type = "file" })[1]
  local root = vim.fs.find(".git", { upward = true, path = start })[1]
  return found or vim.fs.joinpath(root and vim.fs.dirname(root) or start, M.FILE)
end

--- The lines of a file of names; none when it is not there. Only a file is opened: a pipe would
--- block the editor.
--- @param path string
--- @param within? string the folder that it must be in when all links are followed
--- @return string[]? lines
--- @return string? message why it cannot be read
local function lines_of(path, within)
  local real = vim.uv.fs_realpath(path)
  if not real then
    return {}
  end
  local lines, message
  if within and not require("galley.source.path").inside(real, { within }) then
    message = "a link that leads out of the project"
  else
    lines, message = require("galley.source.file").lines(real, M.LARGEST)
  end
  if not lines then
    return nil, ("galley: %s: %s"):format(vim.fn.fnamemodify(path, ":~:."), message)
  end
  return lines
end

--- @param path string
--- @param into galley.Name[]
--- @param within? string
--- @return string? message
local function read(path, into, within)
  local lines, message = lines_of(path, within)
  local names, problems = M.parse(lines or {})
  vim.list_extend(into, names)
  if problems[1] then
    message = ("galley: %s: %s"):format(vim.fn.fnamemodify(path, ":~:."), problems[1])
  end
  return message
end

--- The folder of the project's file, all links followed: what is read must be in it.
--- @param project string
--- @return string?
local function root_of(project)
  return vim.uv.fs_realpath(vim.fs.dirname(project))
end

--- The names for a buffer; those of the project come last, and the last one wins.
--- @param buf integer
--- @return galley.Name[] names
--- @return string? message the first line that could not be read
function M.load(buf)
  local names = {}
  local own = vim.fs.joinpath(vim.fn.stdpath("config") --[[@as string]], M.FILE)
  local project = M.project_file(buf)
  local message = read(own, names)
  if vim.fs.normalize(project) ~= vim.fs.normalize(own) then
    message = read(project, names, root_of(project)) or message
  end
  return names, message
end

--- Gives a document the names for its buffer.
--- @param buf integer
--- @param doc table
--- @return boolean? ok
--- @return string? problem why the core failed; the document is empty then
function M.apply(buf, doc)
  local names, message = M.load(buf)
  local ok, problem = true, nil
  if #names > 0 or vim.b[buf].galley_names then
    ok, problem = doc:set_names(names)
    vim.b[buf].galley_names = #names > 0 or nil
  end
  if message then
    vim.schedule(function()
      require("galley.message").say(message)
    end)
  end
  return ok, problem
end

--- Takes the name out of a line's list, so that it stands in the file once.
--- @param lines string[]
--- @param name string
local function remove(lines, name)
  for row = #lines, 1, -1 do
    local entry = M.parse({ lines[row] })[1]
    if entry and entry.name == name and #entry.aliases == 0 then
      table.remove(lines, row)
    end
  end
end

--- Adds a name to the project's file and shows it at once.
--- @param buf integer
--- @param name string
--- @param type string one of M.TYPES
--- @return string? path nil when it could not be written
--- @return string? message
function M.add(buf, name, type)
  name = vim.trim(name:gsub("%s+", " "))
  if name == "" or name:find("[=:#]") then
    return nil, "galley: no name here"
  end
  local path = M.project_file(buf)
  local lines, message = lines_of(path, root_of(path))
  if not lines then
    return nil, message
  elseif not vim.uv.fs_stat(path) and vim.uv.fs_lstat(path) then
    -- What is written would be made where it leads: anywhere.
    return nil, ("galley: %s: a link to nothing"):format(vim.fn.fnamemodify(path, ":~:."))
  end
  remove(lines, name)
  table.insert(lines, ("%s: %s"):format(name, type))
  local ok, result = pcall(vim.fn.writefile, lines, path)
  if not ok or result ~= 0 then
    return nil, "galley: cannot write " .. path
  end
  require("galley.buffer").reload_names()
  return path
end

return M
