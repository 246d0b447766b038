-- Hints behind the words: the value of a date that has to be worked out, the full name of a speaker.
-- A client shows them only where its user asks for them.

local form = require("galley.name_form")
local place = require("galley.server.place")
local position = require("galley.server.position")
local visible = require("galley.visible")

local M = {}

local LONGEST = 40 -- screen cells

--- What to say of a date: nothing of one that states its value in full.
--- @param span galley.Span
--- @return string?
local function date_hint(span)
  local worked_out = span.confidence ~= "stated" and span.value and span.value:find("^%d%d%d%d")
  return worked_out and span.value or nil
end

--- What to say of a quote: who speaks, where the words beside it do not give the full name.
--- @param span galley.Span
--- @return string?
local function quote_hint(span)
  local name = span.speaker_name and form.clean(span.speaker_name)
  local beside = span.speaker and span.speaker_start
  local far = beside
    and (span.speaker_start > span["end"] + 200 or span.speaker_end + 200 < span.start)
  if name and (far or not beside or not form.equal(span.speaker, name)) then
    return "— " .. name
  end
end

local HINTS = { date = date_hint, quote = quote_hint }

--- @param request galley.Request
local function hints(request)
  request.server.hinted = true
  local range = request.params.range
  local sound = type(range) == "table"
    and position.is_sound(range.start)
    and position.is_sound(range["end"])
  local first, last = sound and range.start.line or 0, sound and range["end"].line + 1 or -1
  local result = {}
  local quotes = {}
  for _, span in ipairs(place.spans(request, { "date", "quote" }, first, last)) do
    local text = HINTS[span.kind](span)
    local again = span.id and quotes[span.id]
    if span.id then
      quotes[span.id] = true
    end
    if text and not again then
      table.insert(result, {
        position = position.of(request.buf, span.end_row, span.end_col, request.encoding),
        label = visible.fit(text, LONGEST),
        paddingLeft = true,
      })
    end
  end
  return result
end

M.capabilities = { inlayHintProvider = { resolveProvider = false } }
M.methods = { ["textDocument/inlayHint"] = hints }

return M
