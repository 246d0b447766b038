-- What the commands of bin/galley share: reading articles, writing, complaining.

local M = {}

--- Complains on standard error. Names of files and words of commands that it holds do nothing to a
--- terminal.
--- @param text string
function M.complain(text)
  io.stderr:write("galley: ", require("galley.visible").line(text), "\n")
end

local BROKEN_PIPE = 32

--- Ends the program when what was written did not arrive. A reader that went away knows why.
--- @param ok any
--- @param message? string
--- @param code? integer
local function arrived(ok, message, code)
  if not ok then
    if code ~= BROKEN_PIPE then
      M.complain("cannot write: " .. tostring(message))
    end
    os.exit(M.failed)
  end
end

--- The exit status when the output cannot be written.
M.failed = 1

--- Writes to standard output; ends the program when that fails.
--- @param text string
function M.write(text)
  arrived(io.stdout:write(text))
end

--- Brings what was written to its reader.
function M.flush()
  arrived(io.stdout:flush())
end

--- Complains about the command; nil, so that a parser can return it.
--- @param message string
--- @return nil
function M.usage_error(message)
  M.complain(message .. "; see `galley --help`")
  return nil
end

M.LIMIT = 64 * 1024 * 1024 -- bytes of an article

local PIECE = 1024 * 1024 -- bytes that are read at a time
local TOO_LARGE = "%s: larger than %d MB"

--- All that a handle gives, up to the limit: a device gives without end.
--- @param handle file*
--- @param file string
--- @return string? text
--- @return string? message
local function all_of(handle, file)
  local parts, size = {}, 0
  while size <= M.LIMIT do
    local text, message = handle:read(PIECE)
    if not text then
      if message then
        return nil, ("%s: %s"):format(file, message)
      end
      return table.concat(parts)
    end
    parts[#parts + 1] = text
    size = size + #text
  end
  return nil, TOO_LARGE:format(file, M.LIMIT / 1048576)
end

--- The text of a file; '-' is standard input.
--- @param file string
--- @return string? text
--- @return string? message
function M.read(file)
  local kind = file ~= "-" and vim.uv.fs_stat(file)
  if kind and kind.type == "directory" then
    return nil, file .. ": is a directory"
  elseif kind and kind.size > M.LIMIT then
    return nil, TOO_LARGE:format(file, M.LIMIT / 1048576)
  end
  if file == "-" then
    return all_of(io.stdin, file)
  end
  local handle, message = io.open(file, "rb")
  if not handle then
    return nil, message
  end
  local text
  text, message = all_of(handle, file)
  handle:close()
  return text, message
end

--- A document with a text.
--- @param core table
--- @param text string
--- @param date? string
--- @param name? string file name, for the date it may hold
--- @param checks? boolean its findings will be asked for
--- @return table? doc
--- @return string? message
function M.document(core, text, date, name, checks)
  local doc, message = core.document()
  if not doc then
    return nil, message
  end
  local ok
  ok, message = doc:set_date(date)
  if ok then
    doc:set_file_name(name or "")
    if checks then
      doc:expect_checks()
    end
    ok, message = doc:set_text(text)
  end
  if ok and name and name:find("%.") then
    ok, message = require("galley.prose.file").show(doc, text, name)
  end
  if ok then
    ok, message = doc:resolve() -- so that no question to it can fail
  end
  if not ok then
    doc:close()
    return nil, message
  end
  return doc
end

--- An option of a command line.
--- @class galley.cli.Flag
--- @field takes_value? boolean
--- @field choices? string[]
--- @field is_date? boolean
--- @field many? boolean may be given again, or with commas

--- @param name string
--- @param flag galley.cli.Flag
--- @param value string?
--- @param options table
--- @return boolean? ok
local function set_option(name, flag, value, options)
  if not value then
    return M.usage_error(("option '--%s' needs a value"):format(name))
  end
  if flag.choices and not vim.tbl_contains(flag.choices, value) then
    local choices = table.concat(flag.choices, ", "):gsub(", ([^,]*)$", " or %1")
    return M.usage_error(("unknown %s '%s' (%s)"):format(flag.what or name, value, choices))
  end
  if flag.is_date and not value:match("^%d%d%d%d%-%d%d%-%d%d$") then
    return M.usage_error(("'%s' is not a date of the form YYYY-MM-DD"):format(value))
  end
  if flag.many then
    options[name] = options[name] or {}
    vim.list_extend(options[name], vim.split(value, "[,%s]+", { trimempty = true }))
  else
    options[name] = value
  end
  return true
end

--- Reads the arguments behind the command's name; nil after a complaint.
--- @param arguments string[]
--- @param flags table<string, galley.cli.Flag>
--- @return table? options by the flags' names; `files`: the rest
function M.parse(arguments, flags)
  local options = { files = {} }
  local index = 2
  while index <= #arguments do
    local argument = arguments[index]
    local name, value = argument:match("^%-%-([%w-]+)=(.*)$")
    name = name or argument:match("^%-%-([%w-]+)$")
    local flag = name and flags[name]
    if argument == "--" then
      vim.list_extend(options.files, arguments, index + 1)
      break
    elseif flag and not flag.takes_value and not value then
      options[name] = true
    elseif flag and flag.takes_value then
      if not value then
        index = index + 1
        value = arguments[index]
      end
      if not set_option(name, flag, value, options) then
        return nil
      end
    elseif argument:sub(1, 1) == "-" and argument ~= "-" then
      return M.usage_error(("unknown option '%s'"):format(argument))
    else
      options.files[#options.files + 1] = argument
    end
    index = index + 1
  end
  return options
end

return M
