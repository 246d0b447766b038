-- `galley annotate --batch`: documents a line in, their spans a line out, in the same order.
--
-- The core annotates on as many threads as there are processors, while this one reads lines ahead
-- of them and writes the answers that are ready. What is read ahead is bounded; before waiting for
-- input that is not there yet all answers are written, so that a program on the other side of two
-- pipes gets them.

local json = require("galley.json")

local M = {}

local EXIT_OK, EXIT_BAD_INPUT = 0, 1

-- Read ahead: so many documents, and so many bytes of text unless one alone has more.
local DOCUMENTS_AHEAD, BYTES_AHEAD = 256, 8 * 1048576

local DECODE = { luanil = { object = true, array = true } }

--- A half of a surrogate pair means no character; other programs write one all the same.
--- @param line string
--- @return string
local function without_lone_surrogates(line)
  line = line:gsub("\\\\", "\0")
  line = line:gsub("\\u([dD][89abAB]%x%x)\\u([dD][c-fC-F]%x%x)", "\1%1\2%2")
  line = line:gsub("\\u[dD][89a-fA-F]%x%x", "\\ufffd")
  line = line:gsub("\1(%x%x%x%x)\2(%x%x%x%x)", "\\u%1\\u%2")
  return (line:gsub("%z", "\\\\"))
end

--- @param line string
--- @return any record
--- @return string? message
local function decode(line)
  local ok, record = pcall(vim.json.decode, line, DECODE)
  if not ok and line:find("\\u[dD][89a-fA-F]") and not line:find("[%z\1\2]") then
    ok, record = pcall(vim.json.decode, without_lone_surrogates(line), DECODE)
  end
  if not ok then
    return nil, "not JSON: " .. tostring(record)
  end
  return record
end

--- @class galley.cli.Question
--- @field id? string in JSON
--- @field text? string
--- @field date? string
--- @field message? string why it cannot be annotated

--- @param line string
--- @return galley.cli.Question
local function question(line)
  local record, message = decode(line)
  local id
  if not message then
    if type(record) ~= "table" or vim.islist(record) and #record > 0 then
      message = "not an object"
    elseif type(record.id) == "string" or type(record.id) == "number" then
      id = json.scalar(record.id)
    else
      message = record.id == nil and "no id" or "id is not a string"
    end
  end
  if not message and type(record.text) ~= "string" then
    message = record.text == nil and "no text" or "text is not a string"
  end
  if not message and record.dct ~= nil and type(record.dct) ~= "string" then
    message = "dct is not a string"
  end
  if message then
    return { id = id, message = message }
  end
  return { id = id, text = record.text, date = record.dct }
end

--- @class galley.cli.Batch
--- @field pool table the core's
--- @field io table galley.cli.io
--- @field waiting galley.cli.Question[] that were put, from `first` to `last`
--- @field first integer
--- @field last integer
--- @field bytes integer of their texts
--- @field exit integer

--- @param self galley.cli.Batch
--- @param asked galley.cli.Question
--- @param spans? string
local function write_answer(self, asked, spans)
  if spans then
    self.io.write(('{"id":%s,"spans":['):format(asked.id) .. spans .. "]}\n")
    return
  end
  self.exit = EXIT_BAD_INPUT
  local id = asked.id and ('"id":%s,'):format(asked.id) or ""
  self.io.write("{" .. id .. '"error":' .. json.string(asked.message) .. "}\n")
end

--- Writes the first answer that is owed, when it is ready.
--- @param self galley.cli.Batch
local function take(self)
  local asked = self.waiting[self.first]
  self.waiting[self.first] = nil
  self.first = self.first + 1
  local spans
  if not asked.message then
    self.bytes = self.bytes - #asked.text
    spans, asked.message = self.pool:take()
  end
  write_answer(self, asked, spans)
end

--- @param self galley.cli.Batch
local function has_answers(self)
  return self.first <= self.last
end

--- @param self galley.cli.Batch
--- @param line string
local function put(self, line)
  local asked = question(line)
  if asked.text then
    while has_answers(self) and self.bytes + #asked.text > BYTES_AHEAD do
      take(self)
    end
    local ok, message = self.pool:put(asked.text, asked.date)
    if ok then
      self.bytes = self.bytes + #asked.text
    else
      asked.message = message:find("^not a date") and "dct: " .. message or message
    end
  end
  self.last = self.last + 1
  self.waiting[self.last] = asked
  if self.last - self.first >= DOCUMENTS_AHEAD then
    take(self)
  end
end

--- Calls `give` with each line of standard input. Reads as little as there is, so that a program
--- on the other side of two pipes gets its answers; io.lines() would also end lines at a NUL.
--- @param give fun(line: string)
--- @param pause fun() called before waiting for more
--- @return string? message why it cannot be read to its end
local function each_input_line(give, pause)
  local rest = {} --- @type string[] the parts of a line that has no end yet
  while true do
    local chunk, message = vim.uv.fs_read(0, 1048576)
    if not chunk then
      return message
    end
    local from = 1
    while true do
      local newline = chunk:find("\n", from, true)
      if not newline then
        break
      end
      rest[#rest + 1] = chunk:sub(from, newline - 1)
      give(table.concat(rest))
      rest = {}
      from = newline + 1
    end
    if from <= #chunk then
      rest[#rest + 1] = chunk:sub(from)
    end
    if chunk == "" then
      break
    end
    pause()
  end
  if #rest > 0 then
    give(table.concat(rest))
  end
end

--- Answers standard input to its end.
--- @param core table
--- @param io table galley.cli.io
--- @return integer exit
function M.run(core, io)
  local pool, message = core.batch(vim.uv.available_parallelism())
  if not pool then
    io.complain(message)
    return EXIT_BAD_INPUT
  end
  --- @type galley.cli.Batch
  local self =
    { pool = pool, io = io, waiting = {}, first = 1, last = 0, bytes = 0, exit = EXIT_OK }
  local first_line = true
  message = each_input_line(function(line)
    if first_line then
      line = line:gsub("^\239\187\191", "")
      first_line = false
    end
    if line:find("%S") then
      put(self, line)
    end
  end, function()
    while not core.has_input() do
      if not has_answers(self) then
        io.flush()
        return
      end
      take(self)
    end
  end)
  while has_answers(self) do
    take(self)
  end
  io.flush()
  pool:close()
  if message then
    io.complain("cannot read standard input: " .. message)
    return EXIT_BAD_INPUT
  end
  return self.exit
end

return M
