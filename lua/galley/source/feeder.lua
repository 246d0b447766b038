-- Reads sources into the core, a slice at a time: the editor is never kept for more than a few
-- milliseconds, whatever the size of the sources.

local uv = vim.uv

local M = {}

-- A slice takes pieces until so much time has gone; a piece grows and shrinks to take about a third
-- of it. What the clock says decides only how much is done at once.
local SLICE = 3e6 -- nanoseconds
local SMALLEST, LARGEST = 2048, 65536 -- bytes of a piece

--- A source on its way into the core.
--- @class galley.SourceJob
--- @field entry galley.SourceEntry
--- @field reader galley.SourceReader
--- @field file? galley.OpenFile what is read, or
--- @field text? string what a program has made of it
--- @field byte integer how much of that has been read
--- @field size integer of it
--- @field derived string what the reader has made and the core has not got
--- @field at integer how much of that the core has
--- @field ended boolean

--- @class galley.SourceFeeder
--- @field set table of the core
--- @field jobs galley.SourceJob[]
--- @field running table<galley.SourceEntry, fun()> programs at work, by what ends them
--- @field piece integer
--- @field timer uv.uv_timer_t
--- @field changed fun(entry: galley.SourceEntry)
--- @field longest integer nanoseconds of the longest slice
--- @field done integer bytes of the jobs that have ended
--- @field total integer bytes of all jobs since the feeder was last idle
--- @field began integer
local Feeder = {}
Feeder.__index = Feeder

--- @param set table of the core
--- @param changed fun(entry: galley.SourceEntry) the state of an entry is another
--- @return galley.SourceFeeder
function M.new(set, changed)
  local self = setmetatable({
    set = set,
    jobs = {},
    running = {},
    piece = 16384,
    timer = assert(uv.new_timer()),
    changed = changed,
    longest = 0,
    done = 0,
    total = 0,
    began = 0,
  }, Feeder)
  self.tick = vim.schedule_wrap(function()
    self:on_tick()
  end)
  return self
end

--- Whether there is more to do, programs included.
--- @return boolean
function Feeder:busy()
  return self.jobs[1] ~= nil or next(self.running) ~= nil
end

--- How much is done, from 0 to 1, and of how many sources.
--- @return number
--- @return integer
function Feeder:progress()
  local job = self.jobs[1]
  local done = self.done + (job and job.byte or 0)
  return self.total > 0 and math.min(1, done / self.total) or 0,
    #self.jobs + vim.tbl_count(self.running)
end

--- Has the next slice done soon, if there is one.
function Feeder:schedule()
  if self:busy() and not self.timer:is_closing() then
    -- While programs are at work there is only their progress to show.
    self.timer:start(self.jobs[1] and 0 or 250, 0, self.tick)
  end
end

--- @param entry galley.SourceEntry
--- @param state galley.SourceState
--- @param message? string
function Feeder:settle(entry, state, message)
  entry.state, entry.message = state, message
  self.changed(entry)
end

--- @param job galley.SourceJob
function Feeder:enqueue(job)
  if not self:busy() or #self.jobs == 0 and self.total == self.done then
    self.began = uv.hrtime()
  end
  self.total = self.total + job.size
  table.insert(self.jobs, job)
  self:schedule()
end

--- @param job galley.SourceJob
--- @param state galley.SourceState
--- @param message? string
function Feeder:end_job(job, state, message)
  table.remove(self.jobs, 1)
  self.done = self.done + job.size
  if job.file then
    job.file:close()
  end
  if state ~= "indexed" then
    self.set:remove(job.entry.id)
  end
  if not self:busy() then
    self.done, self.total = 0, 0
  end
  self:settle(job.entry, state, message)
end

--- The next bytes of what is read; "" at its end.
--- @param job galley.SourceJob
--- @param length integer
--- @return string? bytes
--- @return string? message
local function take(job, length)
  local bytes, message
  if job.file then
    -- No more than there was: a file that somebody goes on writing would never end. It has another
    -- time then, and is read again.
    bytes, message = job.file:read(job.byte, math.min(length, job.size - job.byte))
  else
    bytes = job.text:sub(job.byte + 1, job.byte + length)
  end
  job.byte = job.byte + #(bytes or "")
  return bytes, message
end

--- Gives the core the next lines that the reader has made.
--- @param job galley.SourceJob
--- @return string? message
function Feeder:give(job)
  local derived, from = job.derived, job.at + 1
  local last = #derived
  if last - from >= self.piece then
    local cut = derived:sub(from, from + self.piece - 1):match("^.*\n()")
    last = cut and from + cut - 2 or derived:find("\n", from, true) or last
  end
  local ok, message = self.set:feed(job.entry.id, derived:sub(from, last))
  job.at = last
  return not ok and tostring(message or "no memory for it") or nil
end

--- Does a piece of the first job.
function Feeder:work()
  local job = self.jobs[1]
  local message
  if job.at < #job.derived then
    message = self:give(job)
  elseif job.ended then
    self:end_job(job, "indexed")
    return
  else
    local bytes
    bytes, message = take(job, self.piece)
    if bytes == "" then
      job.derived, job.at, job.ended = job.reader:finish(), 0, true
    elseif bytes then
      local derived
      derived, message = job.reader:feed(bytes)
      job.derived, job.at = derived or "", 0
    end
  end
  if message then
    self:end_job(job, "unreadable", message)
  end
end

--- Works for as long as `budget` says, or until all that needs no program is done.
--- @param budget integer nanoseconds
function Feeder:run(budget)
  local began = uv.hrtime()
  local now = began
  while self.jobs[1] and now - began < budget do
    self:work()
    local ended = uv.hrtime()
    local took = ended - now
    if took > SLICE / 3 then
      self.piece = math.max(SMALLEST, math.floor(self.piece / 2))
    elseif took < SLICE / 8 then
      self.piece = math.min(LARGEST, self.piece * 2)
    end
    now = ended
  end
  self.longest = math.max(self.longest, now - began)
end

--- What the timer calls: a slice of the reading.
function Feeder:on_tick()
  if self.timer:is_closing() then
    return
  end
  self:run(SLICE)
  self:schedule()
  require("galley.source.progress").update(self)
end

--- Begins to read a source. Its state tells what becomes of it.
--- @param entry galley.SourceEntry
function Feeder:add(entry)
  local format = entry.kind
  self:drop(entry)
  self.set:add(entry.id)
  entry.reader = require("galley.source.reader." .. format.reader).new(format.name)
  self:settle(entry, "indexing")
  if format.programs then
    self:convert(entry)
    return
  end
  local file, message = require("galley.source.file").open(entry.path)
  if not file then
    self:settle(entry, "unreadable", message)
    return
  end
  entry.mtime = file.mtime
  self:enqueue({
    entry = entry,
    reader = entry.reader,
    file = file,
    byte = 0,
    size = file.size,
    derived = "",
    at = 0,
    ended = false,
  })
end

--- Has a program make text of a source, then reads that.
--- @param entry galley.SourceEntry
function Feeder:convert(entry)
  local program = require("galley.source.program")
  local found, path = program.installed(entry.kind.programs)
  if not found or not path then
    local names = table.concat(entry.kind.programs, ", ")
    local text = #entry.kind.programs > 1 and "one of %s must be installed" or "%s is not installed"
    self:settle(entry, "unreadable", text:format(names))
    return
  end
  if not self:busy() then
    self.began = uv.hrtime()
  end
  self.running[entry] = program.run(found, path, entry.path, function(text, message)
    self.running[entry] = nil
    if not text then
      self.set:remove(entry.id)
      self:settle(entry, "unreadable", message)
      self:schedule()
      return
    end
    self:enqueue({
      entry = entry,
      reader = entry.reader,
      text = text,
      byte = 0,
      size = #text,
      derived = "",
      at = 0,
      ended = false,
    })
  end)
  self:schedule()
end

--- Stops reading a source, if it is being read.
--- @param entry galley.SourceEntry
function Feeder:drop(entry)
  local stop = self.running[entry]
  if stop then
    self.running[entry] = nil
    stop()
  end
  for index, job in ipairs(self.jobs) do
    if job.entry == entry then
      table.remove(self.jobs, index)
      self.done = self.done + job.size
      if job.file then
        job.file:close()
      end
      break
    end
  end
end

--- Stops all that is under way.
--- @param message? string what the sources are said to wait for
--- @return integer count of sources
function Feeder:cancel(message)
  local entries = vim.tbl_keys(self.running)
  for _, job in ipairs(self.jobs) do
    table.insert(entries, job.entry)
  end
  for _, entry in ipairs(entries) do
    self:drop(entry)
    self.set:remove(entry.id)
    self:settle(entry, "waiting", message)
  end
  self.done, self.total = 0, 0
  require("galley.source.progress").update(self)
  return #entries
end

--- Gives everything back. The set is closed by who made it.
function Feeder:close()
  for entry, stop in pairs(self.running) do
    self.running[entry] = nil
    stop()
  end
  for _, job in ipairs(self.jobs) do
    if job.file then
      job.file:close()
    end
  end
  self.jobs = {}
  require("galley.source.progress").update(self)
  if not self.timer:is_closing() then
    self.timer:stop()
    self.timer:close()
  end
end

return M
