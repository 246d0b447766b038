-- A Neovim with a screen, for tests: a child process whose user interface is a grid in Lua.
--
--   local Screen = require("tests.screen.screen")
--   local screen = Screen.new({ columns = 80, lines = 24 })
--   screen:command("edit examples/tidewell-results.md")
--   screen:wait_for("GalleyDate", "12 May")     -- until that text is shown in that group
--   assert.are.same({ "Tidewell" }, screen:in_group("GalleyOrganization"))
--   screen:close()
--
-- Colours are told by the names of highlight groups (ext_hlstate), so a test does not depend on a
-- colour scheme. Waiting has no deadline that a slow machine could miss: it ends when the condition
-- holds, or fails after `patience` milliseconds.

local uv = vim.uv or vim.loop
local LIMIT = 60000

---@class Cell
---@field text string
---@field attr integer

---@class Screen
---@field columns integer
---@field lines integer
---@field grid Cell[][] rows and columns from 1
---@field attrs table<integer, string[]> names of the highlight groups of an attribute, outermost first
---@field cursor integer[] row and column from 0
---@field flushes integer how often a change was drawn to its end
---@field flushed integer nanoseconds, when that was last
---@field patience integer milliseconds that it waits for what should come
local Screen = {}
Screen.__index = Screen

---@param options? { columns?: integer, lines?: integer, args?: string[], plugin?: boolean, patience?: integer, env?: table<string, string> }
---@return Screen
function Screen.new(options)
  options = options or {}
  local self = setmetatable({
    columns = options.columns or 80,
    lines = options.lines or 24,
    grid = {},
    attrs = { [0] = {} },
    cursor = { 0, 0 },
    patience = options.patience or LIMIT,
    flushes = 0,
    flushed = 0,
    id = 0,
    answers = {},
    errors = {},
    pending = "",
  }, Screen)
  local root = vim.fn.getcwd()
  local arguments = { "--embed", "--clean", "-n", "-i", "NONE" }
  if options.plugin ~= false then
    vim.list_extend(arguments, { "--cmd", "set runtimepath^=" .. vim.fn.fnameescape(root) })
  end
  vim.list_extend(arguments, options.args or {})
  self.stdin, self.stdout, self.stderr = uv.new_pipe(), uv.new_pipe(), uv.new_pipe()
  local environment
  if options.env then
    environment = {}
    for name, value in pairs(vim.tbl_extend("force", vim.fn.environ(), options.env)) do
      table.insert(environment, name .. "=" .. value)
    end
  end
  self.process = assert(uv.spawn(os.getenv("GALLEY_NVIM") or vim.v.progpath, {
    args = arguments,
    stdio = { self.stdin, self.stdout, self.stderr },
    cwd = root,
    env = environment,
  }, function(code, signal)
    self.exited = { code, signal }
  end))
  self.stdout:read_start(function(_, data)
    if data then
      self:receive(data)
    end
  end)
  self.stderr:read_start(function(_, data)
    if data then
      table.insert(self.errors, data)
    end
  end)
  self.session = vim.mpack.Session({ unpack = vim.mpack.Unpacker() })
  self:resize_grid(self.columns, self.lines)
  self:request("nvim_ui_attach", self.columns, self.lines, {
    rgb = true,
    ext_linegrid = true,
    ext_hlstate = true,
  })
  return self
end

-- ---- the wire ----------------------------------------------------------------------------------

function Screen:receive(data)
  local position = 1
  while position <= #data do
    local kind, id_or_callback, method_or_error, arguments_or_result
    kind, id_or_callback, method_or_error, arguments_or_result, position =
      self.session:receive(data, position)
    if kind == "notification" and method_or_error == "redraw" then
      for _, event in ipairs(arguments_or_result) do
        local handler = Screen["on_" .. event[1]]
        for i = 2, handler and #event or 1 do
          handler(self, unpack(event[i], 1, 12))
        end
      end
    elseif kind == "response" then
      local id = id_or_callback
      self.answers[id] = { failure = method_or_error, value = arguments_or_result }
    elseif kind == "request" then
      self.stdin:write(
        self.session:reply(id_or_callback)
          .. vim.mpack.encode("no such method")
          .. vim.mpack.encode(vim.NIL)
      )
    end
  end
end

-- Waits until `condition` gives something true, which is returned.
---@param condition fun(): any
---@param what? string said when it never holds
function Screen:wait(condition, what)
  local value
  -- A condition that waits for an answer itself keeps Neovim's own clock from ever being looked at.
  local deadline = vim.uv.hrtime() + self.patience * 1e6
  vim.wait(self.patience, function()
    value = condition()
    return value or self.exited ~= nil or vim.uv.hrtime() > deadline
  end, 5)
  if not value then
    error(
      ("%s: %s\n%s\n%s"):format(
        self.exited and "Neovim has ended" or "waited in vain",
        what or "for a condition",
        table.concat(self.errors),
        self.exited and "" or self:picture()
      ),
      2
    )
  end
  return value
end

-- Calls an API function of the child and does not wait.
---@return integer tag for answer()
function Screen:send(method, ...)
  self.id = self.id + 1
  self.stdin:write(
    self.session:request(self.id) .. vim.mpack.encode(method) .. vim.mpack.encode({ ... })
  )
  return self.id
end

-- Calls an API function of the child.
function Screen:request(method, ...)
  return self:answer(self:send(method, ...), method)
end

-- Waits for what a call gives.
---@param tag integer
---@param method string
function Screen:answer(tag, method)
  self:wait(function()
    return self.answers[tag]
  end, method)
  local answer = self.answers[tag]
  self.answers[tag] = nil
  if answer.failure ~= nil and answer.failure ~= vim.NIL then
    error(method .. ": " .. tostring(answer.failure[2] or answer.failure), 2)
  end
  if answer.value == vim.NIL then
    return nil
  end
  return answer.value
end

-- Runs Lua in the child; `...` are its arguments.
---@param code string
function Screen:lua(code, ...)
  return self:request("nvim_exec_lua", code, { ... })
end

---@param command string
function Screen:command(command)
  return self:request("nvim_command", command)
end

-- Types keys, as in |keycodes|.
---@param keys string
function Screen:type(keys)
  self:request("nvim_input", keys)
  self:sync()
end

-- Waits until the child has worked off its input and drawn the result.
function Screen:sync()
  self:wait(function()
    return not self:request("nvim_get_mode").blocking
  end, "for input to be read")
  self:request("nvim_command", "redraw")
  local flushes = self.flushes
  self:request("nvim_exec_lua", "vim.cmd.redrawstatus() return true", {})
  vim.wait(20, function()
    return self.flushes > flushes
  end, 2)
end

-- ---- what is on the screen ---------------------------------------------------------------------

function Screen:resize_grid(columns, lines)
  self.columns, self.lines = columns, lines
  self:on_grid_clear()
end

function Screen:on_grid_resize(_, columns, lines)
  self:resize_grid(columns, lines)
end

function Screen:on_grid_clear()
  for row = 1, self.lines do
    self.grid[row] = {}
    for column = 1, self.columns do
      self.grid[row][column] = { text = " ", attr = 0 }
    end
  end
end

function Screen:on_grid_line(_, row, column, cells)
  local line, attr = self.grid[row + 1], 0
  for _, cell in ipairs(cells) do
    attr = cell[2] or attr
    for _ = 1, cell[3] or 1 do
      column = column + 1
      line[column] = { text = cell[1], attr = attr }
    end
  end
end

function Screen:on_grid_scroll(_, top, bottom, left, right, rows)
  local first, last, step = top + 1, bottom - rows, 1
  if rows < 0 then
    first, last, step = bottom, top + 1 - rows, -1
  end
  for row = first, last, step do
    for column = left + 1, right do
      self.grid[row][column] = self.grid[row + rows][column]
    end
  end
end

function Screen:on_grid_cursor_goto(_, row, column)
  self.cursor = { row, column }
end

function Screen:on_hl_attr_define(id, _, _, info)
  local names = {}
  for _, item in ipairs(info or {}) do
    -- GalleyDate links to GalleyDateDefault, which has the colours: told by the name users know.
    local name = (item.hi_name or item.ui_name):gsub("^(Galley%a+)Default$", "%1")
    table.insert(names, name)
  end
  self.attrs[id] = names
end

function Screen:on_flush()
  self.flushes, self.flushed = self.flushes + 1, uv.hrtime()
end

-- The text of the screen, a string a row, without blanks at the ends.
---@return string[]
function Screen:text()
  local rows = {}
  for row = 1, self.lines do
    local cells = {}
    for column = 1, self.columns do
      cells[column] = self.grid[row][column].text
    end
    rows[row] = (table.concat(cells):gsub("%s+$", ""))
  end
  return rows
end

function Screen:has_group(cell, group)
  for _, name in ipairs(self.attrs[cell.attr] or {}) do
    if name == group then
      return true
    end
  end
  return false
end

-- The runs of text on the screen that are drawn in a highlight group, from the top.
---@param group string
---@return string[]
function Screen:in_group(group)
  local runs = {}
  for row = 1, self.lines do
    local run = {}
    for column = 1, self.columns + 1 do
      local cell = self.grid[row][column]
      if cell and self:has_group(cell, group) then
        table.insert(run, cell.text)
      elseif #run > 0 then
        table.insert(runs, table.concat(run))
        run = {}
      end
    end
  end
  return runs
end

-- Waits until some run of `group` holds `text`.
---@param group string
---@param text string
function Screen:wait_for(group, text)
  self:wait(function()
    for _, run in ipairs(self:in_group(group)) do
      if run:find(text, 1, true) then
        return true
      end
    end
    return false
  end, ("for %q in %s"):format(text, group))
end

-- The screen with the groups of each row below it, for failures and for reading.
---@return string
function Screen:picture()
  local out, rows = {}, self:text()
  for row = 1, self.lines do
    table.insert(out, "|" .. rows[row])
    local column = 1
    while column <= self.columns do
      local attr = self.grid[row][column].attr
      local from, cells = column, {}
      while column <= self.columns and self.grid[row][column].attr == attr do
        table.insert(cells, self.grid[row][column].text)
        column = column + 1
      end
      local names = table.concat(self.attrs[attr] or {}, "+")
      if names:find("Galley", 1, true) then
        table.insert(out, ("  %d-%d %s: %s"):format(from, column - 1, names, table.concat(cells)))
      end
    end
  end
  return table.concat(out, "\n")
end

-- Ends the child. Gives what it wrote on its standard error.
---@return string
function Screen:close()
  if not self.exited then
    pcall(function()
      self.stdin:write(
        self.session:notify() .. vim.mpack.encode("nvim_command") .. vim.mpack.encode({ "qall!" })
      )
    end)
    vim.wait(5000, function()
      return self.exited ~= nil
    end, 5)
  end
  if not self.exited then
    self.process:kill("sigkill")
    vim.wait(5000, function()
      return self.exited ~= nil
    end, 5)
  end
  for _, handle in ipairs({ self.process, self.stdin, self.stdout, self.stderr }) do
    if not handle:is_closing() then
      handle:close()
    end
  end
  return table.concat(self.errors)
end

return Screen
