-- Annotations of brat: text-bound ones with a Status attribute or a note.

local json = require("galley.json")

local M = {}

--- @class galley.ledger.Import
--- @field id string
--- @field status? string
--- @field note? string
--- @field start? integer characters
--- @field finish? integer
--- @field exact? string
--- @field prefix? string
--- @field suffix? string
--- @field reviewer? string
--- @field created? string
--- @field modified? string

--- @param line string
--- @param found table<string, galley.ledger.Import>
--- @param order string[]
local function read_line(line, found, order)
  local id, ranges, text = line:match("^(T%d+)\t%S+ ([%d ;]+)\t(.*)$")
  if id then
    local start, finish = ranges:match("^(%d+)"), ranges:match("(%d+)%s*$")
    if not found[id] then
      order[#order + 1] = id
    end
    found[id] = { id = id, start = tonumber(start), finish = tonumber(finish), exact = text }
    return
  end
  local name, target, value = line:match("^[AM]%d+\t(%S+) (T%d+)%s*(%S*)")
  if name == "Status" and found[target] then
    found[target].status = value:lower()
    return
  end
  local noted, note = line:match("^#%d+\tAnnotatorNotes (T%d+)\t(.*)$")
  if noted and found[noted] then
    found[noted].note = note
  end
end

--- @param text string
--- @param name string of the file
--- @return galley.ledger.Import[]? imports
--- @return string? message
function M.parse(text, name)
  local found, order, rest = {}, {}, {}
  text = json.to_utf8(text)
  for line in text:gmatch("[^\r\n]+") do
    if line:find("^T") then
      read_line(line, found, order)
    else
      rest[#rest + 1] = line
    end
  end
  if #order == 0 then
    return nil, "galley: no annotation of brat in it"
  end
  for _, line in ipairs(rest) do
    read_line(line, found, order)
  end
  local imports = {}
  for _, id in ipairs(order) do
    local import = found[id]
    if import.status or import.note then
      import.id = ("urn:galley:brat:%s:%s"):format(name, id)
      imports[#imports + 1] = import
    end
  end
  return imports
end

return M
