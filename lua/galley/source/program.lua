-- The programs that make text of a PDF or a web page.
--
-- Each is run without a shell, with a time limit and a limit on what it writes, with an environment
-- that knows no proxy, no settings and no home, and only on a file that passed galley.source.path.
-- None of them reaches for the network: pdftotext has no code for it, pandoc's --sandbox has none
-- either, and a web page comes to the others by standard input with their dump modes, which follow
-- neither refresh nor frames nor images.

local M = {}

--- @class galley.SourceProgram
--- @field name string
--- @field args string[]
--- @field stdin boolean gets the file by standard input, else as an argument before the last

--- @type table<string, galley.SourceProgram>
M.programs = {
  pdftotext = {
    name = "pdftotext",
    args = { "-q", "-layout", "-enc", "UTF-8", "-eol", "unix", "--", "FILE", "-" },
    stdin = false,
  },
  pandoc = {
    name = "pandoc",
    args = { "--sandbox", "--from=html", "--to=plain", "--wrap=none" },
    stdin = true,
  },
  w3m = {
    name = "w3m",
    args = {
      "-dump",
      "-T",
      "text/html",
      "-I",
      "UTF-8",
      "-O",
      "UTF-8",
      "-cols",
      "1000",
      "-no-cookie",
      "-o",
      "meta_refresh=0",
      "-o",
      "auto_image=0",
    },
    stdin = true,
  },
  lynx = {
    name = "lynx",
    args = {
      "-dump",
      "-stdin",
      "-nolist",
      "-nomargins",
      "-width=990",
      "-localhost",
      "-restrictions=all",
      "-cfg=/dev/null",
      "-assume_charset=utf-8",
      "-display_charset=utf-8",
    },
    stdin = true,
  },
}

-- A PDF of a thousand pages takes some seconds.
M.TIMEOUT = 60000 -- milliseconds
M.LONGEST = 64 * 1024 * 1024 -- bytes of text that a program may write

--- The first of some programs that is installed.
--- @param names string[]
--- @return galley.SourceProgram?
--- @return string? path
function M.installed(names)
  for _, name in ipairs(names) do
    local path = vim.fn.exepath(name)
    if path ~= "" then
      return M.programs[name], path
    end
  end
end

--- The file as bytes, for standard input.
--- @param path string
--- @return string?
local function read(path)
  local file = require("galley.source.file").open(path)
  if not file then
    return nil
  end
  local text = file:read(0, file.size)
  file:close()
  return text
end

--- All that a program gets to know of its surroundings.
--- @return table
local function environment()
  local variables = { PATH = vim.env.PATH, LC_ALL = "C.UTF-8", HOME = "/nonexistent" }
  if vim.fn.has("nvim-0.11") == 1 then
    return variables
  end
  -- Neovim 0.10 hands what it is given with clear_env on as it is: a list is wanted there.
  local list = {}
  for name, value in pairs(variables) do
    table.insert(list, name .. "=" .. value)
  end
  return list
end

--- Runs a program on a file. `done` is called once, outside of fast events.
--- @param program galley.SourceProgram
--- @param path string of the program
--- @param file string
--- @param done fun(text?: string, message?: string)
--- @return fun() stop ends the program; `done` is not called then
function M.run(program, path, file, done)
  local command = { path }
  for _, argument in ipairs(program.args) do
    command[#command + 1] = argument == "FILE" and file or argument
  end
  local parts, length, stopped, too_long = {}, 0, false, false
  local process
  local input = program.stdin and read(file) or nil
  if program.stdin and not input then
    vim.schedule(function()
      done(nil, "cannot be read")
    end)
    return function() end
  end
  local ok, result = pcall(vim.system, command, {
    stdin = input,
    clear_env = true,
    env = environment(),
    timeout = M.TIMEOUT,
    stdout = function(_, data)
      if data and not too_long then
        length = length + #data
        parts[#parts + 1] = data
        if length > M.LONGEST then
          too_long, parts = true, {}
          process:kill(9)
        end
      end
    end,
  }, function(finished)
    vim.schedule(function()
      if stopped then
        return
      elseif too_long then
        local text = "%s makes over %.0f MB of text of it"
        done(nil, text:format(program.name, M.LONGEST / 1048576))
      elseif finished.code == 124 then
        done(nil, ("%s took over %d s"):format(program.name, M.TIMEOUT / 1000))
      elseif finished.code ~= 0 then
        local said = vim.trim(finished.stderr or ""):match("^[^\n]*")
        local text = "%s cannot read it (%s)"
        done(nil, text:format(program.name, said ~= "" and said or finished.code))
      else
        done(table.concat(parts))
      end
    end)
  end)
  if not ok then
    vim.schedule(function()
      done(nil, ("%s cannot be started"):format(program.name))
    end)
    return function() end
  end
  process = result
  return function()
    stopped = true
    if not process:is_closing() then
      process:kill(9)
    end
  end
end

return M
