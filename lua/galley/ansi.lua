-- An annotated article for a terminal: the text in colours, then a legend.

local groups = require("galley.groups")
local json = require("galley.json")

local M = {}

local ESC = "\27["

--- @param text string
--- @return integer[] byte offset of each row
local function row_starts(text)
  local starts = { [0] = 0 }
  local row = 0
  for at in text:gmatch("()\n") do
    row = row + 1
    starts[row] = at
  end
  return starts
end

--- Text that a terminal shows and does not obey: controls are made visible, and what is not UTF-8.
--- @param text string
--- @return string
local function harmless(text)
  text = json.to_utf8(text):gsub("\r\n", "\n")
  if text:find("[%z\1-\8\11-\31\127-\255]") then
    text = text:gsub("[^\n\t]+", function(run)
      return require("galley.visible").plain((run:gsub("%z", "\n")))
    end)
  end
  return text
end

--- The SGR codes of the group, without colour if the user wants none.
--- @param group galley.Group
--- @param colour boolean
--- @return string
local function sgr(group, colour)
  local codes = {}
  if group.sgr_style ~= "" then
    codes[#codes + 1] = group.sgr_style
  end
  if colour and group.sgr_colour ~= "" then
    codes[#codes + 1] = group.sgr_colour
  end
  return table.concat(codes, ";")
end

--- @class galley.ansi.Event
--- @field at integer byte
--- @field delta integer 1 a range of the group begins, -1 it ends
--- @field group integer index in groups

--- Where ranges begin and end, in text order, and how many ranges each group has.
--- @param doc table
--- @param text string
--- @return galley.ansi.Event[]
--- @return integer[]
local function events_of(doc, text)
  local starts = row_starts(text)
  local by_name = {}
  for index, group in ipairs(groups) do
    by_name[group.name] = index
  end
  local index_of = {}
  for index, name in ipairs(require("galley.core").load().groups()) do
    index_of[index] = by_name[name]
  end
  local out, events, counts = {}, {}, {}
  doc:resolve()
  for range = 1, doc:draw(0, doc:line_count(), nil, out) do
    local base = range * 5 - 4
    local group = index_of[out[base + 4]]
    if group then
      local first = starts[out[base]] + out[base + 1]
      local last = (starts[out[base + 2]] or #text) + out[base + 3]
      events[#events + 1] = { at = first, delta = 1, group = group }
      events[#events + 1] = { at = last, delta = -1, group = group }
      counts[group] = (counts[group] or 0) + 1
    end
  end
  table.sort(events, function(a, b)
    return a.at < b.at
  end)
  return events, counts
end

--- The groups in the order in which their codes are given: what stands inside comes last.
--- @return integer[]
local function by_level()
  local order = {}
  for index = 1, #groups do
    order[index] = index
  end
  table.sort(order, function(a, b)
    if groups[a].level ~= groups[b].level then
      return groups[a].level < groups[b].level
    end
    return a < b
  end)
  return order
end

--- @param counts integer[]
--- @param codes string[]
--- @return string
local function legend(counts, codes)
  local parts = {}
  for index, group in ipairs(groups) do
    if counts[index] then
      local label = group.label
      if codes[index] ~= "" then
        label = ESC .. codes[index] .. "m" .. label .. ESC .. "0m"
      end
      parts[#parts + 1] = ("%s %d"):format(label, counts[index])
    end
  end
  if #parts == 0 then
    return "nothing marked\n"
  end
  return table.concat(parts, "   ") .. "\n"
end

--- The article and its legend.
--- @param doc table
--- @param text string
--- @return string
function M.render(doc, text)
  local no_color = vim.env.NO_COLOR
  local colour = no_color == nil or no_color == ""
  local codes = {}
  for index, group in ipairs(groups) do
    codes[index] = sgr(group, colour)
  end
  local events, counts = events_of(doc, text)
  local order = by_level()
  local depth = {}
  for index = 1, #groups do
    depth[index] = 0
  end

  local parts = {}
  local at, styled = 0, ""
  for index = 1, #events + 1 do
    local event = events[index]
    local till = event and event.at or #text
    if till > at then
      local wanted = {}
      for _, group in ipairs(order) do
        if depth[group] > 0 and codes[group] ~= "" then
          wanted[#wanted + 1] = codes[group]
        end
      end
      local style = table.concat(wanted, ";")
      if style ~= styled then
        parts[#parts + 1] = ESC .. "0" .. (style ~= "" and ";" .. style or "") .. "m"
        styled = style
      end
      parts[#parts + 1] = harmless(text:sub(at + 1, till))
      at = till
    end
    if event then
      depth[event.group] = depth[event.group] + event.delta
    end
  end
  if styled ~= "" then
    parts[#parts + 1] = ESC .. "0m"
  end
  if text:sub(-1) ~= "\n" then
    parts[#parts + 1] = "\n"
  end
  return table.concat(parts) .. "\n" .. legend(counts, codes)
end

return M
