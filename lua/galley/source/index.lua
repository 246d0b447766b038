-- The sources of each annotated article: which there are, and how far the core has read them.

local api = vim.api
local uv = vim.uv
local buffers = require("galley.buffer")
local config = require("galley.config")
local discover = require("galley.source.discover")
local format = require("galley.source.format")
local path = require("galley.source.path")

local M = {}

--- What a module galley.source.reader.* makes: it turns the bytes of a file into derived text.
--- @class galley.SourceReader
--- @field map galley.SourceMap
--- @field feed fun(self: galley.SourceReader, chunk: string): string?, string? derived text, complete lines; nil and why not
--- @field finish fun(self: galley.SourceReader): string
--- @field place fun(self: galley.SourceReader, row: integer, col: integer, read?: fun(byte: integer, length: integer): string?): integer, integer, string? row, column and label in the file of a place in the derived text
--- @field text? string derived text that is in no file

--- @class galley.SourceEntry: galley.Source
--- @field kind galley.SourceFormat
--- @field reader? galley.SourceReader
--- @field mtime? string of the file as it was read
--- @field places galley.NamedSource[] where the article names it
--- @field wanted boolean somebody has asked for it: it is read again when it changes

--- The sources of an article.
--- @class galley.SourceIndex
--- @field buf integer
--- @field set? table of the core; nil before anything is read
--- @field feeder? galley.SourceFeeder
--- @field entries galley.SourceEntry[] in the order in which the article names them
--- @field by_id table<integer, galley.SourceEntry>
--- @field by_key table<string, galley.SourceEntry> by path
--- @field last_id integer
--- @field tick integer b:changedtick that `entries` are for
--- @field looked integer when the files were looked at
--- @field generation integer changes whenever an answer may be another
--- @field waiting fun()[] called when nothing is being read
--- @field told boolean GalleySources is on its way
--- @field stopped boolean the user has stopped the reading; only a question of his starts it again
--- @field all? {key: string, value: table} what find_all() found last

--- @type table<integer, galley.SourceIndex>
M.indexes = {}

-- So long the files are not looked at again for another question.
local FRESH = 1e9 -- nanoseconds

--- Tells those who wait for it that the state of a source is another.
--- @param index galley.SourceIndex
local function tell(index)
  index.generation = index.generation + 1
  index.all = nil
  if index.told then
    return
  end
  index.told = true
  vim.schedule(function()
    index.told = false
    if M.indexes[index.buf] ~= index then
      return
    end
    if index.feeder and not index.feeder:busy() then
      local waiting = index.waiting
      index.waiting = {}
      for _, callback in ipairs(waiting) do
        callback()
      end
    end
    if M.indexes[index.buf] == index and api.nvim_buf_is_valid(index.buf) then
      api.nvim_exec_autocmds("User", {
        pattern = "GalleySources",
        modeline = false,
        data = { buf = index.buf },
      })
    end
  end)
end

--- @param buf integer
--- @return galley.SourceIndex
local function new_index(buf)
  return {
    buf = buf,
    entries = {},
    by_id = {},
    by_key = {},
    last_id = 0,
    tick = -1,
    looked = 0,
    generation = 0,
    waiting = {},
    told = false,
    stopped = false,
  }
end

--- @param index galley.SourceIndex
--- @param entry galley.SourceEntry
local function stop(index, entry)
  if index.feeder then
    index.feeder:drop(entry)
    index.set:remove(entry.id)
  end
end

--- Takes over what a look at the file of an entry says.
--- @param index galley.SourceIndex
--- @param entry galley.SourceEntry
--- @param file galley.SourceFile
--- @return boolean changed
local function update(index, entry, file)
  local readable = file.state == "waiting"
  if readable and entry.mtime == file.mtime then
    return false
  end
  local before, message = entry.state, entry.message
  local was_read = entry.mtime ~= nil
  entry.mtime = readable and file.mtime or nil
  if not readable then
    if was_read then
      stop(index, entry)
    end
    entry.state, entry.message = file.state, file.message
  else
    entry.state, entry.message = "waiting", nil
    if entry.wanted and index.feeder then
      index.feeder:add(entry)
    end
  end
  return before ~= entry.state or message ~= entry.message or was_read
end

--- @param index galley.SourceIndex
--- @param named galley.NamedSource
--- @param file galley.SourceFile
--- @return galley.SourceEntry
local function new_entry(index, named, file)
  index.last_id = index.last_id + 1
  local kind = format.of(file.path)
  --- @type galley.SourceEntry
  local entry = {
    id = index.last_id,
    path = file.path,
    name = named.written,
    format = kind.name,
    kind = kind,
    state = file.state,
    message = file.message,
    places = {},
    wanted = false,
  }
  index.by_id[entry.id] = entry
  return entry
end

--- Finds the sources again and looks at their files.
--- @param index galley.SourceIndex
--- @param doc table
local function collect(index, doc)
  local folder = path.folder(index.buf)
  local settings = config.get()
  local roots = folder and path.roots(folder, settings.source_roots) or {}
  local named = folder and discover.named(index.buf, doc, folder, roots) or {}
  local entries, by_key, changed = {}, {}, false
  local own = uv.fs_realpath(api.nvim_buf_get_name(index.buf))
  for _, source in ipairs(named) do
    local file = path.resolve(source.written, folder, roots, settings.source_limit)
    local entry = by_key[file.path]
    if file.path == own then
      source.row = nil -- a link of the article to itself
    elseif not entry then
      entry = index.by_key[file.path]
      if not entry then
        entry, changed = new_entry(index, source, file), true
      end
      changed = update(index, entry, file) or changed
      entry.name, entry.named_at, entry.places = source.written, nil, {}
      by_key[file.path] = entry
      table.insert(entries, entry)
    end
    if source.row then
      entry.named_at = entry.named_at
        or { row = source.row, col = source.col, end_col = source.end_col }
      table.insert(entry.places, source)
    end
  end
  for key, entry in pairs(index.by_key) do
    if by_key[key] ~= entry then
      stop(index, entry)
      index.by_id[entry.id] = nil
      changed = true
    end
  end
  index.entries, index.by_key = entries, by_key
  if changed then
    tell(index)
  end
end

--- The sources of an article, found again when the article or the time since the last look says so.
--- @param buf integer
--- @param fresh? boolean look at the files now
--- @return galley.SourceIndex? index nil when the buffer is not annotated
function M.get(buf, fresh)
  local doc = buffers.document(buf)
  if not doc then
    return nil
  end
  local index = M.indexes[buf] or new_index(buf)
  M.indexes[buf] = index
  local tick, now = api.nvim_buf_get_changedtick(buf), uv.hrtime()
  if fresh or index.tick ~= tick or now - index.looked > FRESH then
    index.tick, index.looked = tick, now
    collect(index, doc)
  end
  return index
end

--- @param index galley.SourceIndex
--- @return boolean
local function make_set(index)
  if index.set then
    return true
  end
  local core = require("galley.core").load()
  local set = core and core.sources()
  if not set then
    return false
  end
  index.set = set
  index.feeder = require("galley.source.feeder").new(set, function()
    tell(index)
  end)
  return true
end

--- Has the sources read that are not read yet. Programs are run only when `convert` says so: that
--- somebody asked for a source, not that an article was opened.
--- @param index galley.SourceIndex
--- @param convert boolean
--- @param patience? integer nanoseconds that may be spent reading before this returns
--- @return boolean complete nothing is left to be read
function M.want(index, convert, patience)
  index.stopped = index.stopped and not convert
  convert = convert and config.get().source_programs
  local complete = true
  for _, entry in ipairs(index.entries) do
    local may = convert or not entry.kind.programs
    if entry.state == "waiting" and may and not index.stopped and make_set(index) then
      entry.wanted = true
      index.feeder:add(entry)
    end
  end
  if index.feeder and patience and index.feeder:busy() then
    index.feeder:run(patience)
    index.feeder:schedule()
  end
  for _, entry in ipairs(index.entries) do
    complete = complete and entry.state ~= "waiting" and entry.state ~= "indexing"
  end
  return complete
end

--- Calls back when nothing is being read any more; at once when nothing is.
--- @param index galley.SourceIndex
--- @param callback fun()
function M.when_idle(index, callback)
  if index.feeder and index.feeder:busy() then
    table.insert(index.waiting, callback)
  else
    callback()
  end
end

--- Where a place of a source's derived text stands in its file.
--- @param entry galley.SourceEntry
--- @param row integer
--- @param col integer
--- @return integer row
--- @return integer col
--- @return string? label
function M.place(entry, row, col)
  return entry.reader:place(row, col, function(byte, length)
    return require("galley.source.file").read(entry.path, byte, length)
  end)
end

--- The name of the buffer that shows a source: its file, or the text that a program made of it.
--- @param entry galley.SourceEntry
--- @return string
function M.file(entry)
  return entry.kind.programs and require("galley.source.view").name(entry.path) or entry.path
end

--- Stops what is being read for an article.
--- @param buf integer
--- @return integer count of sources
function M.cancel(buf)
  local index = M.indexes[buf]
  if not (index and index.feeder) then
    return 0
  end
  for _, entry in ipairs(index.entries) do
    entry.wanted = entry.wanted and entry.state == "indexed"
  end
  index.waiting, index.stopped = {}, true
  return index.feeder:cancel("stopped by `:Galley cancel`; the next question reads it")
end

--- Gives back what an article's sources take.
--- @param buf integer
function M.forget(buf)
  local index = M.indexes[buf]
  M.indexes[buf] = nil
  if index and index.feeder then
    index.feeder:close()
    index.set:close()
  end
end

--- Looks at the files again, after something outside may have changed them.
function M.look_again()
  for buf, index in pairs(M.indexes) do
    if index.feeder then
      M.get(buf, true)
    end
  end
end

return M
