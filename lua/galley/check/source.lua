-- Checks against the attached sources: a quote that they have otherwise or not at all, a figure
-- that none of them says.

local M = {}

--- A fact of the article with the best place that a source has for it.
--- @class galley.check.Fact
--- @field start integer
--- @field end integer
--- @field kind string
--- @field best? galley.SourceCandidate

--- @param doc table
--- @param text string of the document
--- @param fact galley.check.Fact
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

--- @param finding galley.Finding
--- @param candidate? galley.SourceCandidate
--- @param quoted boolean
--- @return galley.Finding?
local function judge_quote(finding, candidate, quoted)
  if not quoted then
    return nil
  elseif not candidate then
    return say(finding, "quote-absent", "no attached source has this quote")
  elseif candidate.verdict == "altered" then
    local what = differences_of(candidate)
    say(
      finding,
      "quote-altered",
      "the source has this quote in other words" .. (what ~= "" and ": " .. what or "")
    )
    relate(finding, candidate, "the quote in the source")
    return finding
  end
  say(finding, "quote-altered", "the source has this quote")
  finding.outcome, finding.severity = "ok", "hint"
  relate(finding, candidate, candidate.reason)
  return finding
end

--- @param finding galley.Finding
--- @param candidate? galley.SourceCandidate
--- @return galley.Finding?
local function judge_figure(finding, candidate)
  if not candidate then
    return say(finding, "figure-unsourced", "no attached source has this figure")
  end
  say(finding, "figure-unsourced", "a source has this figure")
  finding.outcome, finding.severity = "ok", "hint"
  relate(finding, candidate, candidate.reason)
  return finding
end

--- Whether there is a source to hold the article against, and all are read.
--- @param sources galley.Source[]
--- @return boolean
local function ready(sources)
  local indexed = false
  for _, source in ipairs(sources) do
    if source.state == "indexing" then
      return false
    end
    indexed = indexed or source.state == "indexed"
  end
  return indexed
end

--- Quotes of a document that stand in marks and are speech, by their first byte.
--- @param doc table
--- @return table<integer, boolean>
local function marked_quotes(doc)
  local found = {}
  for _, span in ipairs(doc:spans(0, -1, require("galley.kinds").mask({ "quote" }))) do
    found[span.start] = (span.type == "direct" or span.type == "mixed")
      and (span.subtype == nil or span.subtype == "" or span.subtype == "marks")
  end
  return found
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
  if not complete or not ready(source.for_buffer(buf)) then
    return {}
  end
  local found = {}
  local text, quotes = doc:text(), marked_quotes(doc)
  for _, fact in ipairs(facts) do
    local finding = finding_of(doc, text, fact)
    local judged
    if fact.kind == "quote" then
      judged = judge_quote(finding, fact.best, quotes[fact.start] or false)
    elseif fact.kind == "figure" then
      judged = judge_figure(finding, fact.best)
    end
    found[#found + 1] = judged
  end
  return found
end

return M
