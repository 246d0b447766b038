-- Checks against the attached sources: a quote that they have otherwise or not at all, a figure
-- that none of them says.

local M = {}

--- @param doc table
--- @param text string of the document
--- @param fact galley.SourceFact
--- @return galley.Finding
local function finding_of(doc, text, fact)
  local start_row, start_col = doc:point(fact.start)
  local end_row, end_col = doc:point(fact["end"])
  return {
    check = "",
    severity = "hint",
    outcome = "bad",
    message = "",
    key = "",
    start = fact.start,
    ["end"] = fact["end"],
    start_row = start_row,
    start_col = start_col,
    end_row = end_row,
    end_col = end_col,
    text = text:sub(fact.start + 1, fact["end"]),
    related = {},
    repairs = {},
  }
end

--- @param finding galley.Finding
--- @param check string
--- @param message string
--- @return galley.Finding
local function say(finding, check, message)
  local row = require("galley.check.rows").get(check)
  finding.check, finding.message = check, message
  finding.severity = row and row.severity or "hint"
  finding.key = check .. " " .. finding.text:gsub("%s+", " ")
  return finding
end

--- Says where the source has it.
--- @param finding galley.Finding
--- @param candidate galley.SourceCandidate
--- @param message string
local function relate(finding, candidate, message)
  local place = candidate.place
  if not place then
    return
  end
  local name = vim.fs.basename(place.path)
  local where = place.label and ("%s, %s"):format(name, place.label)
    or ("%s:%d"):format(name, place.row + 1)
  finding.related[#finding.related + 1] = {
    path = place.path,
    start_row = place.row,
    start_col = place.col,
    end_row = place.end_row,
    end_col = place.end_col,
    message = ("%s: %s"):format(where, message),
  }
end

--- Makes a finding a tick.
--- @param finding galley.Finding
--- @param candidate galley.SourceCandidate
--- @return galley.Finding
local function holds(finding, candidate)
  finding.outcome, finding.severity = "ok", "hint"
  relate(finding, candidate, candidate.reason)
  return finding
end

--- What a source has in place of the words of a quote.
--- @param candidate galley.SourceCandidate
--- @return string
local function differences_of(candidate)
  local parts = {}
  for _, difference in ipairs(candidate.differences or {}) do
    local said, has = difference.expected or "", difference.found or ""
    if said == "" then
      parts[#parts + 1] = ("“%s” is left out"):format(has)
    elseif has == "" then
      parts[#parts + 1] = ("“%s” is not there"):format(said)
    else
      parts[#parts + 1] = ("“%s” is “%s” there"):format(said, has)
    end
  end
  return table.concat(parts, ", ")
end

--- Offers the source's words in place of the article's, where these stand in the quote once.
--- @param finding galley.Finding
--- @param candidate galley.SourceCandidate
--- @param doc table
local function add_repairs(finding, candidate, doc)
  for _, difference in ipairs(candidate.differences or {}) do
    local said, has = difference.expected or "", difference.found or ""
    local pattern = "%f[%w]" .. vim.pesc(said) .. "%f[^%w]"
    local first, last = finding.text:find(pattern)
    if said ~= "" and has ~= "" and first and not finding.text:find(pattern, last + 1) then
      local start_row, start_col = doc:point(finding.start + first - 1)
      local end_row, end_col = doc:point(finding.start + last)
      table.insert(finding.repairs, {
        title = ("Write “%s” for “%s”, as the source has it"):format(has, said),
        edits = {
          {
            start_row = start_row,
            start_col = start_col,
            end_row = end_row,
            end_col = end_col,
            text = has,
          },
        },
      })
    end
  end
end

--- What the finding needs to know of the whole article.
--- @class galley.check.SourceScene
--- @field doc table
--- @field complete boolean all sources have been read
--- @field spans table<integer, galley.Span> figures and quotes by their first byte
--- @field quotes galley.Span[]
--- @field used table<string, boolean> places of sources that bear out a figure
--- @field borne_out integer figures that a source has
--- @field has_quotes boolean a source has a quote of the article
--- @field speakers table<string, boolean> of such quotes
--- @field scratch table a document to read figures with

--- Who speaks a quote, as a key.
--- @param span? galley.Span
--- @return string?
local function speaker_of(span)
  return span and (span.speaker_name or span.speaker)
end

--- A quote that no source has. A speaker whose other words are in a source is one whose words the
--- sources have; of others they need not have any.
--- @param finding galley.Finding
--- @param fact galley.SourceFact
--- @param scene galley.check.SourceScene
--- @return galley.Finding?
local function judge_absent(finding, fact, scene)
  if not scene.complete or not scene.has_quotes then
    return nil
  end
  local speaker = speaker_of(scene.spans[fact.start])
  if speaker and scene.speakers[speaker] then
    return say(
      finding,
      "quote-absent",
      ("the sources have other words of %s, but not these"):format(speaker)
    )
  end
  say(finding, "quote-absent", "no attached source has this quote")
  finding.severity = "info"
  return finding
end

--- @param finding galley.Finding
--- @param fact galley.SourceFact
--- @param scene galley.check.SourceScene
--- @return galley.Finding?
local function judge_quote(finding, fact, scene)
  local best = fact.best
  if not best then
    return judge_absent(finding, fact, scene)
  elseif best.verdict == "altered" then
    local what = differences_of(best)
    say(
      finding,
      "quote-altered",
      "the source has this quote in other words" .. (what ~= "" and ": " .. what or "")
    )
    relate(finding, best, "the quote in the source")
    add_repairs(finding, best, scene.doc)
    return finding
  end
  return holds(say(finding, "quote-altered", "the source has this quote"), best)
end

-- A value that far off is another thing's, unless the scale slipped.
local LEAST_SHARE, MOST_SHARE = 0.7, 1.4
-- So many figures must be in the sources before one that is not is worth a word.
local SOURCED_FIGURES = 3
-- Words in common from which another value for the same thing is a warning, not a hint.
local SURE_WORDS = 5

--- The figure that a text is; nil when it is none or a range.
--- @param scratch table an empty document
--- @param text string
--- @return galley.Span?
local function figure_in(scratch, text)
  scratch:set_text(text)
  local spans = scratch:spans(0, -1, require("galley.kinds").mask({ "figure" }))
  return #spans == 1 and spans[1].low and spans[1] or nil
end

--- Whether two figures can be meant for the same: of one unit, near each other or a scale apart.
--- @param a galley.Span
--- @param b galley.Span
--- @return boolean
local function comparable(a, b)
  local x, y = (a.low + a.high) / 2, (b.low + b.high) / 2
  if a.unit ~= b.unit or x <= 0 or y <= 0 then
    return false
  end
  local share = x / y
  local scale = math.log10(share)
  local slipped = math.abs(scale) > 0.9 and math.abs(scale - math.floor(scale + 0.5)) < 1e-6
  return slipped or share ~= 1 and share > LEAST_SHARE and share < MOST_SHARE
end

--- Whether a figure is one to be looked up: in digits or with a unit, no rank, no range, and not in
--- a quote, which is looked up as a whole.
--- @param span? galley.Span
--- @return boolean
local function is_hard(span)
  if
    not span
    or span.type == "ordinal"
    or not span.low
    or (span.value or ""):find("..", 1, true)
  then
    return false
  end
  return span.text:find("%d") ~= nil or span.type == "money"
end

--- @param place galley.SourcePlace
--- @return string
local function place_key(place)
  return ("%s:%d:%d"):format(place.path, place.row, place.col)
end

--- Another value that a source has for the same thing.
--- @param fact galley.SourceFact
--- @param scene galley.check.SourceScene
--- @return galley.SourceCandidate? other
--- @return boolean? sure
local function contradiction(fact, scene)
  local other = fact.nearest
  -- A value that the article gives too is that of something else: of the year before, of a rival.
  if not other or not other.place or scene.used[place_key(other.place)] then
    return nil
  end
  local figure = figure_in(scene.scratch, other.text)
  if not figure or not comparable(scene.spans[fact.start], figure) then
    return nil
  end
  local words = (other.reason or ""):match("words in common: (.*)$") or ""
  local count = 0
  for word in words:gmatch("[^,]+") do
    count = count + (word:find("^%s*%l") and 1 or 0) -- names say who, not what
  end
  return other, count >= SURE_WORDS
end

--- @param finding galley.Finding
--- @param fact galley.SourceFact
--- @param scene galley.check.SourceScene
--- @return galley.Finding?
local function judge_figure(finding, fact, scene)
  if fact.best then
    return holds(say(finding, "figure-unsourced", "a source has this figure"), fact.best)
  elseif not scene.complete or not is_hard(scene.spans[fact.start]) then
    return nil
  end
  for _, quote in ipairs(scene.quotes) do
    if quote.start <= fact.start and fact["end"] <= quote["end"] then
      return nil
    end
  end
  local other, sure = contradiction(fact, scene)
  if not other then
    if scene.borne_out < SOURCED_FIGURES then
      return nil -- the sources may be another article's
    end
    return say(finding, "figure-unsourced", "no attached source has this figure")
  end
  say(finding, "figure-contradicted", ("the sources have %s for this"):format(other.text))
  finding.severity = sure and finding.severity or "info"
  finding.key = finding.key .. " " .. other.text:gsub("%s+", " ")
  relate(finding, other, other.reason)
  return finding
end

--- Whether there is a source to hold the article against.
--- @param sources galley.Source[]
--- @return boolean
local function any_read(sources)
  return vim.iter(sources):any(function(source)
    return source.state == "indexed"
  end)
end

-- Words from which a quote is long enough to be looked for.
local QUOTED_WORDS = 5

--- Whether a span is speech in marks, and long enough.
--- @param span? galley.Span
--- @return boolean
local function is_speech(span)
  if not span or span.subtype and span.subtype ~= "marks" then
    return false
  end
  local _, spaces = span.text:gsub("%s+", " ")
  return (span.type == "direct" or span.type == "mixed") and spaces + 1 >= QUOTED_WORDS
end

--- @param doc table
--- @param facts galley.SourceFact[]
--- @param complete boolean
--- @return galley.check.SourceScene
local function scene_of(doc, facts, complete)
  --- @type galley.check.SourceScene
  local scene = {
    doc = doc,
    complete = complete,
    spans = {},
    quotes = {},
    used = {},
    borne_out = 0,
    has_quotes = false,
    speakers = {},
    scratch = assert(require("galley.core").load()).document(),
  }
  for _, span in ipairs(doc:spans(0, -1, require("galley.kinds").mask({ "quote", "figure" }))) do
    scene.spans[span.start] = scene.spans[span.start] or span
    if span.kind == "quote" and (not span.subtype or span.subtype == "marks") then
      table.insert(scene.quotes, span)
    end
  end
  for _, fact in ipairs(facts) do
    local best = fact.best
    if best and fact.kind == "figure" then
      scene.used[place_key(best.place)] = true
      scene.borne_out = scene.borne_out + 1
    elseif best and fact.kind == "quote" and is_speech(scene.spans[fact.start]) then
      scene.has_quotes = true
      local speaker = speaker_of(scene.spans[fact.start])
      if speaker then
        scene.speakers[speaker] = true
      end
    end
  end
  return scene
end

--- What the sources say against quotes and figures of a buffer, and what they bear out.
--- @param buf integer
--- @param doc table its document
--- @return galley.Finding[]
function M.findings(buf, doc)
  local source = require("galley.source")
  if #source.for_buffer(buf) == 0 then
    return {}
  end
  local facts, complete = source.find_all(buf) -- also begins to read the sources
  if not any_read(source.for_buffer(buf)) then
    return {}
  end
  local found = {}
  local text, scene = doc:text(), scene_of(doc, facts, complete)
  for _, fact in ipairs(facts) do
    local finding = finding_of(doc, text, fact)
    if fact.kind == "quote" and is_speech(scene.spans[fact.start]) then
      found[#found + 1] = judge_quote(finding, fact, scene)
    elseif fact.kind == "figure" then
      found[#found + 1] = judge_figure(finding, fact, scene)
    end
  end
  scene.scratch:close()
  return found
end

return M
