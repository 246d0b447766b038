-- The facts as annotations of brat (https://brat.nlplab.org/standoff.html), for the article as its
-- text: text-bound annotations, a Status attribute, notes. Offsets count characters.

local json = require("galley.json")
local offsets = require("galley.ledger.offsets")

local M = {}

local TYPES = {
  figure = "Figure",
  quote = "Quote",
  date = "Date",
  person = "Person",
  organization = "Organization",
  place = "Place",
  other = "Name",
}

--- Text for a field that ends at a tab or the line's end.
--- @param text string
--- @return string
local function field(text)
  return (json.to_utf8(text):gsub("[%c]", " "))
end

--- The ranges of a span, a line of the text each: an annotation of brat does not run over an end of
--- line.
--- @param sheet galley.ledger.Sheet
--- @param characters galley.ledger.Offsets
--- @param span galley.Span
--- @return string
local function ranges(sheet, characters, span)
  local parts = {}
  local at = span.start
  for piece, newline in sheet.text:sub(span.start + 1, span["end"]):gmatch("([^\n]*)(\n?)") do
    if piece ~= "" then
      parts[#parts + 1] = ("%d %d"):format(characters:shorten(at), characters:shorten(at + #piece))
    end
    at = at + #piece + #newline
  end
  return table.concat(parts, ";")
end

--- @param sheet galley.ledger.Sheet
--- @return string
function M.render(sheet)
  local characters = offsets.characters(sheet.text)
  local lines, attributes, notes = {}, 0, 0
  local function note(target, text)
    notes = notes + 1
    lines[#lines + 1] = ("#%d\tAnnotatorNotes T%d\t%s"):format(notes, target, field(text))
  end
  for index, fact in ipairs(sheet.facts) do
    local span, entry = fact.span, fact.entry
    local type = TYPES[span.kind] or TYPES[span.type] or TYPES.other
    local where = ranges(sheet, characters, span)
    lines[#lines + 1] = ("T%d\t%s %s\t%s"):format(index, type, where, field(span.text))
    if entry then
      attributes = attributes + 1
      lines[#lines + 1] = ("A%d\tStatus T%d %s"):format(attributes, index, fact.status)
      if fact.stale then
        attributes = attributes + 1
        lines[#lines + 1] = ("A%d\tStale T%d"):format(attributes, index)
      end
      if entry.note then
        note(index, entry.note)
      end
    end
  end
  return #lines > 0 and table.concat(lines, "\n") .. "\n" or ""
end

return M
