-- Zones by the buffer's syntax: what group the words of a line are in.

local api = vim.api
local formats = require("galley.prose.formats")

local M = {}

--- The kinds of the groups seen so far, by lexer and the group's number.
--- @type table<string, table<integer, string|false>>
local kinds = {}

--- @param lexer string
--- @param id integer
--- @return string|false
local function kind_of(lexer, id)
  local known = kinds[lexer]
  if not known then
    known = { [0] = false }
    kinds[lexer] = known
  end
  local kind = known[id]
  if kind == nil then
    kind = false
    local name = vim.fn.synIDattr(id, "name")
    for _, row in ipairs(formats.groups[lexer] or {}) do
      if name:find(row[1]) then
        kind = row[2]
        break
      end
    end
    known[id] = kind
  end
  return kind
end

--- The zones of a line. Groups change where words and marks begin: nowhere else is asked.
--- @param lexer string
--- @param row integer
--- @param text string
--- @return galley.prose.Zone[]?
local function zones_of(lexer, row, text)
  local synID = vim.fn.synID
  local zones, last --- @type galley.prose.Zone[]?, galley.prose.Zone?
  local at = text:find("%S")
  while at do
    local kind = kind_of(lexer, synID(row + 1, at, 0))
    -- A word, or marks of the same sort, with the blanks behind.
    local _, ends = text:find("^[%w\128-\255]+%s*", at)
    ends = ends or select(2, text:find("^" .. vim.pesc(text:sub(at, at)) .. "+%s*", at))
    if kind and last and last[3] == kind and last[2] == at - 1 then
      last[2] = ends
    elseif kind then
      last = { at - 1, ends, kind }
      zones = zones or {}
      zones[#zones + 1] = last
    end
    at = ends < #text and ends + 1 or nil
  end
  -- A line that is a zone from its first word to its last is one with its indent and its end.
  if zones and last and last[2] >= #text then
    last[2] = #text + 1
    if not text:sub(1, zones[1][1]):find("%S") and #zones == 1 then
      zones[1][1] = 0
    end
  end
  return zones
end

--- Whether one of some lines is too long to ask the syntax about it or what is below.
--- @param lexer string
--- @param lines string[]
--- @return boolean
local function is_too_long(lexer, lines)
  local longest = formats.longest[lexer]
  for _, text in ipairs(longest and lines or {}) do
    if #text > longest then
      return true
    end
  end
  return false
end

--- The reader of a buffer's zones; nil when the buffer has no syntax that is known here.
--- @param buf integer
--- @return galley.prose.Zones?
function M.open(buf)
  local name = vim.b[buf].current_syntax
  local lexer = type(name) == "string" and formats.lexers[name]
  if not lexer then
    return nil
  end
  local blind = is_too_long(lexer, api.nvim_buf_get_lines(buf, 0, -1, false))
  return {
    name = "syntax",
    quick = false,
    rows = function(first, last)
      local lines, found = api.nvim_buf_get_lines(buf, first, last, false), {}
      blind = blind or is_too_long(lexer, lines)
      if blind then
        return found -- until the buffer is read anew
      end
      -- Asked for in the window of the buffer, else out of sight. A syntax file that fails is told of
      -- by Neovim where it colours; here its lines are left to the lexer.
      pcall(api.nvim_buf_call, buf, function()
        for index, text in ipairs(lines) do
          found[first + index - 1] = zones_of(lexer, first + index - 1, text)
        end
      end)
      return found
    end,
  }
end

return M
