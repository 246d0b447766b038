-- A stub of ClaimReview (https://schema.org/ClaimReview) for each figure and quote that somebody has
-- judged: what was claimed, by whom, what was found. The rest is the publisher's to fill in.

local json = require("galley.json")
local offsets = require("galley.ledger.offsets")

local M = {}

local JUDGED =
  { verified = { 5, "Verified" }, wrong = { 1, "Wrong" }, queried = { nil, "In question" } }
local IS_CLAIM = { figure = true, quote = true }

--- An object from keys and values in turn: strings, numbers, or `{ raw }` for what is JSON already.
--- @param ... any
--- @return {[1]: string}
local function object(...)
  local fields = {}
  for index = 1, select("#", ...), 2 do
    local key, value = select(index, ...)
    if value ~= nil then
      local raw = type(value) == "table" and value[1] or json.scalar(value)
      fields[#fields + 1] = json.string(key) .. ":" .. raw
    end
  end
  return { "{" .. table.concat(fields, ",") .. "}" }
end

--- The words of the article that a fact is part of: a quote's own, a figure's sentence.
--- @param sheet galley.ledger.Sheet
--- @param span galley.Span
--- @return string
local function claim_of(sheet, span)
  if span.kind == "quote" then
    return offsets.squeeze(span.content or span.text)
  end
  local text = sheet.text
  local from = span.start
  while from > 0 do
    local before = text:sub(math.max(1, from - 1), from)
    if before == "\n\n" or before:find("[.!?]%s$") and text:find("^%u", from + 1) then
      break
    end
    from = from - 1
  end
  local blank = text:find("\n%s*\n", span["end"]) or #text + 1
  local stop = text:find("[.!?]['\"”’)]*%s+%u", span["end"])
  local to = stop and stop < blank and stop or blank - 1
  return vim.trim(offsets.squeeze(text:sub(from + 1, to)))
end

--- @param sheet galley.ledger.Sheet
--- @param fact galley.ledger.Fact
--- @return string
local function review(sheet, fact)
  local span, entry = fact.span, fact.entry --[[@as galley.ledger.Entry]]
  local rating, name = unpack(JUDGED[fact.status], 1, 2)
  local speaker = span.kind == "quote" and (span.speaker_name or span.speaker) or nil
  local appearance = object("@type", "Article", "name", sheet.article)
  return object(
    "@context",
    "https://schema.org",
    "@type",
    "ClaimReview",
    "datePublished",
    entry.modified ~= "" and entry.modified or nil,
    "author",
    entry.reviewer and object("@type", "Person", "name", entry.reviewer),
    "claimReviewed",
    claim_of(sheet, span),
    "itemReviewed",
    object(
      "@type",
      "Claim",
      "author",
      speaker and object("@type", "Person", "name", speaker),
      "appearance",
      appearance
    ),
    "reviewRating",
    object(
      "@type",
      "Rating",
      "ratingValue",
      rating,
      "bestRating",
      rating and 5,
      "worstRating",
      rating and 1,
      "alternateName",
      name
    ),
    "reviewBody",
    entry.note,
    "citation",
    entry.source
      and object(
        "@type",
        "CreativeWork",
        "name",
        entry.source.path,
        "position",
        entry.source.locator
      )
  )[1]
end

--- @param sheet galley.ledger.Sheet
--- @return string
function M.render(sheet)
  local reviews = {}
  for _, fact in ipairs(sheet.facts) do
    if IS_CLAIM[fact.span.kind] and JUDGED[fact.status] and fact.entry and not fact.stale then
      reviews[#reviews + 1] = "  " .. review(sheet, fact)
    end
  end
  return #reviews > 0 and "[\n" .. table.concat(reviews, ",\n") .. "\n]\n" or "[]\n"
end

return M
