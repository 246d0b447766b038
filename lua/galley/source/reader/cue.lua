-- Transcripts with time codes, WebVTT and SRT: the derived text has a line a cue. A speaker is named
-- where he begins, "Anna Lind: Good morning.", so that what he says in several cues stays together.

local Map = require("galley.source.map")

local M = {}

local LONGEST = 32768 -- bytes of a cue

--- @class galley.CueReader: galley.SourceReader
--- @field rest string
--- @field row integer of the file
--- @field state "between"|"cue"|"note"
--- @field time? string the cue's beginning
--- @field parts string[] of the cue's derived line
--- @field length integer of it
--- @field speaker? string who spoke last
local Reader = {}
Reader.__index = Reader

--- @return galley.CueReader
function M.new()
  return setmetatable({
    map = Map.new(),
    rest = "",
    row = 0,
    state = "between",
    parts = {},
    length = 0,
  }, Reader)
end

local ENTITIES = {
  amp = "&",
  lt = "<",
  gt = ">",
  quot = '"',
  apos = "'",
  nbsp = " ",
  lrm = "",
  rlm = "",
}

--- The beginning of a cue, as "00:12:31"; nil when the line has no time codes.
--- @param line string
--- @return string?
local function time_of(line)
  local from = line:match("^%s*([%d:]+[.,]%d+)%s+%-%->%s+[%d:]+[.,]%d+")
  if not from then
    return nil
  end
  local time = from:match("^[%d:]+")
  return (time:find(":.*:") and time or "00:" .. time):gsub("^(%d):", "0%1:")
end

--- Adds text to the cue's line. `col` is where it stands in the file.
--- @param text string
--- @param col integer
function Reader:put(text, col)
  if text == "" or self.length >= LONGEST then
    return
  end
  self.map:point(self.map.rows, self.length, self.row, col)
  table.insert(self.parts, text)
  self.length = self.length + #text
end

--- @param line string
--- @param at integer where a tag begins
--- @param last integer where it ends
function Reader:tag(line, at, last)
  local name = line:sub(at, last):match("^<v[^%s>]*%s+([^>]*)>$")
  if name and name ~= "" and name ~= self.speaker then
    self.speaker = name
    self:put(name, at - 1 + (line:sub(at, last):find(name, 1, true) or 1) - 1)
    -- Neither stands in the file: both are at the tag's end, and nothing is past it.
    self:put(":", last - 1)
    self:put(" ", last - 1)
  end
end

--- A line of a cue, without its tags.
--- @param line string
function Reader:payload(line)
  if self.length > 0 then
    self:put(" ", 0)
  end
  local at = 1
  while at <= #line do
    local special = line:find("[<&{]", at)
    self:put(line:sub(at, (special or #line + 1) - 1), at - 1)
    if not special then
      return
    end
    local byte = line:sub(special, special)
    local last = byte == "<" and line:match("^</?[%a%d][^<>]*()>", special)
      or byte == "{" and line:match("^{\\[^{}]*()}", special)
    local entity = byte == "&" and line:match("^&(%a+);", special)
    if last then
      self:tag(line, special, last)
      at = last + 1
    elseif entity and ENTITIES[entity] then
      self:put(ENTITIES[entity], special - 1)
      at = special + #entity + 2
    else
      self:put(byte, special - 1)
      at = special + 1
    end
  end
end

--- @return string
function Reader:end_cue()
  local line = table.concat(self.parts)
  self.parts, self.length = {}, 0
  self.state = "between"
  if line:find("^%s*$") then
    self.map:forget(self.map.rows)
    return ""
  end
  self.map.rows = self.map.rows + 1
  return line .. "\n"
end

--- @param line string
--- @return string derived
function Reader:line(line)
  line = line:gsub("\r$", "")
  local derived = ""
  local time = self.state ~= "note" and time_of(line)
  if time then
    derived = self.state == "cue" and self:end_cue() or ""
    self.state = "cue"
    self.map:label(self.map.rows, time)
  elseif line:find("^%s*$") then
    derived = self.state == "cue" and self:end_cue() or ""
    self.state = "between"
  elseif self.state == "cue" then
    self:payload(line)
  elseif self.state == "between" and line:find("^NOTE") or line == "STYLE" or line == "REGION" then
    self.state = "note"
  end
  self.row = self.row + 1
  return derived
end

--- @param chunk string
--- @return string? derived
--- @return string? message
function Reader:feed(chunk)
  if self.row == 0 and self.rest == "" then
    if chunk:find("%z") then
      return nil, "not a text"
    end
    chunk = chunk:gsub("^\239\187\191", "")
  end
  local text, derived, at = self.rest .. chunk, {}, 1
  while true do
    local last = text:find("\n", at, true)
    if not last then
      break
    end
    derived[#derived + 1] = self:line(text:sub(at, last - 1))
    at = last + 1
  end
  self.rest = text:sub(at)
  if #self.rest > LONGEST then
    return nil, "not a transcript: a line of over 32 KB"
  end
  return table.concat(derived)
end

--- @return string derived
function Reader:finish()
  local derived = self:line(self.rest)
  self.rest = ""
  return derived .. (self.state == "cue" and self:end_cue() or "")
end

--- Where a place of the derived text stands in the file.
--- @param row integer of the derived text
--- @param col integer
--- @return integer row
--- @return integer col
--- @return string? label the cue's time code
function Reader:place(row, col)
  local file_row, file_col = self.map:place(row, col)
  return file_row, file_col, self.map:label_at(row)
end

return M
