-- Scores annotations against a gold standard: nvim -l tests/eval/score.lua GOLD PREDICTED [options]
--
--   --kind K        one kind alone (entity, date, quote, figure); all kinds of the gold without it
--   --types A,B     only these types, on both sides; --gold-types: those that the gold has
--   --ignore A,B    gold spans of these types, and what was found over them, do not count
--   --untyped       the type does not matter in the strict figure
--   --value-norm    "T10:00:00" is "T10:00", and a Z after a time is dropped
--   --per-type      a line for each type
--   --errors N      shows N differences of each kind
--   --tsv NAME      one line a kind, for tables, with NAME first
--
-- Both files are JSON Lines: {"id", "text", "spans": [{"start", "end", "kind", "type", "value",
-- "values"?, "speaker"?, "speaker_name"?, "speaker_start"?, "speaker_end"?}]}; offsets are bytes, the
-- end exclusive. Conventions, those of the field:
--   strict          same bytes, same type (CoNLL-2003)
--   exact span      same bytes (TempEval-3 "strict match")
--   relaxed         a byte in common, one to one, larger overlaps first (TempEval-3)
--   value F1        of relaxed matches those with the gold's value; gold spans without one, and what
--                   matches them, are left out (TempEval-3, section 4)
--   quotes          lose outer white space, quotation marks and a last comma before comparing;
--                   their types do not count
--   names           at sentence starts and in headlines have a line of their own (place.lua): their
--                   strict precision and recall
--   speaker         of matched quotes whose gold has a speaker; exact: same words; lenient: one's
--                   words are among the other's, or the places overlap
-- Figures are micro-averaged over a file; a document without a prediction counts as empty.

local folder = debug.getinfo(1, "S").source:match("^@(.*)score%.lua$") or "tests/eval/"
local compare = dofile(folder .. "compare.lua")
local place = dofile(folder .. "place.lua")
local given = compare.given
local type_of = compare.type_of
local overlap = compare.overlap
local pair = compare.pair
local value_right = compare.value_right
local has_speaker = compare.has_speaker
local speaker_exact = compare.speaker_exact
local speaker_lenient = compare.speaker_lenient
local trim_quote = compare.trim_quote

local M = {}

---@class Counts
---@field [string] integer

-- `print` of `nvim -l` writes messages, with carriage returns.
local function say(line)
  io.stdout:write(line, "\n")
end

-- ---- counting ----------------------------------------------------------------------------------

-- The spans of one kind, cleaned: trimmed, in range, of the types asked for, each once.
local function prepared(spans, text, kind, options, is_gold, counts)
  local out, seen = {}, {}
  for _, span in ipairs(spans) do
    if not given(span.kind) or span.kind == kind then
      local start, stop = span.start, span["end"]
      if not (start >= 0 and start < stop and stop <= #text) then
        counts.bad_offsets = counts.bad_offsets + 1
      else
        if kind == "quote" then
          start, stop = trim_quote(text, start, stop)
        end
        local type = type_of(span)
        local kept = not options.types or options.types[type] or (is_gold and options.ignore[type])
        if kind == "quote" and not is_gold and type == "" then
          kept = true
        end
        local key = start .. ":" .. stop .. ":" .. (kind == "quote" and "" or type)
        if kept and not seen[key] then
          seen[key] = true
          table.insert(out, setmetatable({ start = start, stop = stop }, { __index = span }))
        end
      end
    end
  end
  return out
end

local function without_ignored(gold, found, kind, ignore)
  if not next(ignore) then
    return gold, found
  end
  local kept, ignored = {}, {}
  for _, span in ipairs(gold) do
    table.insert(ignore[type_of(span)] and ignored or kept, span)
  end
  local candidates = {}
  for _, span in ipairs(found) do
    if kind == "quote" or not ignore[type_of(span)] then
      table.insert(candidates, span)
    end
  end
  local _, _, used = pair(kept, candidates)
  local left = {}
  for j, span in ipairs(candidates) do
    local over = false
    for _, other in ipairs(ignored) do
      over = over or overlap(span, other) > 0
    end
    if used[j] or not over then
      table.insert(left, span)
    end
  end
  return kept, left
end

local function new_counts()
  return setmetatable({ per_type = {} }, {
    __index = function()
      return 0
    end,
  })
end

-- How many spans of each side are the same: multiset intersection by key.
local function count_equal(gold, found, key, each)
  local keys, equal = {}, 0
  for _, span in ipairs(gold) do
    keys[key(span)] = (keys[key(span)] or 0) + 1
  end
  for _, span in ipairs(found) do
    local name = key(span)
    if (keys[name] or 0) > 0 then
      keys[name] = keys[name] - 1
      equal = equal + 1
      if each then
        each(span)
      end
    end
  end
  return equal
end

local function count_types(counts, gold, found, typed)
  local function row(span)
    local name = typed and type_of(span) or ""
    counts.per_type[name] = counts.per_type[name] or { gold = 0, found = 0, equal = 0 }
    return counts.per_type[name]
  end
  for _, span in ipairs(gold) do
    row(span).gold = row(span).gold + 1
  end
  for _, span in ipairs(found) do
    row(span).found = row(span).found + 1
  end
  local function key(span)
    return span.start .. ":" .. span.stop .. ":" .. (typed and type_of(span) or "")
  end
  counts.strict = counts.strict
    + count_equal(gold, found, key, function(span)
      row(span).equal = row(span).equal + 1
    end)
end

local function count_values(counts, gold, pairs_found, options)
  for _, span in ipairs(gold) do
    counts.gold_values = counts.gold_values + (given(span.value) and 1 or 0)
  end
  for _, match in ipairs(pairs_found) do
    local one, other = match[1], match[2]
    counts.type_right = counts.type_right + (type_of(one) == type_of(other) and 1 or 0)
    if not given(one.value) then
      counts.found_unscored = counts.found_unscored + 1
    else
      counts.values_matched = counts.values_matched + 1
      if value_right(one, other, options) then
        counts.values_right = counts.values_right + 1
        local exact = one.start == other.start and one.stop == other.stop
        counts.values_exact = counts.values_exact + (exact and 1 or 0)
      end
    end
  end
end

local function count_speakers(counts, gold, found, pairs_found)
  for _, span in ipairs(gold) do
    counts.gold_speakers = counts.gold_speakers + (has_speaker(span) and 1 or 0)
  end
  for _, span in ipairs(found) do
    counts.found_speakerless = counts.found_speakerless + (has_speaker(span) and 0 or 1)
  end
  for _, match in ipairs(pairs_found) do
    local one, other = match[1], match[2]
    if not has_speaker(one) then
      counts.speaker_unscored = counts.speaker_unscored + 1
    else
      counts.speakers_matched = counts.speakers_matched + 1
      counts.speakers_exact = counts.speakers_exact + (speaker_exact(one, other) and 1 or 0)
      counts.speakers_lenient = counts.speakers_lenient + (speaker_lenient(one, other) and 1 or 0)
    end
  end
end

local function note_errors(errors, document, gold, found, pairs_found, used, kind, options)
  local function text(span)
    return (document.text:sub(span.start + 1, span.stop):gsub("\n", " "):sub(1, 70))
  end
  local function note(...)
    if #errors < options.errors then
      table.insert(errors, table.concat(vim.tbl_map(tostring, { ... }), " "))
    end
  end
  for i, span in ipairs(gold) do
    if not used.gold[i] then
      note("MISS ", document.id, span.start, span.type, span.value, vim.inspect(text(span)))
    end
  end
  for j, span in ipairs(found) do
    if not used.found[j] then
      note(
        "EXTRA",
        document.id,
        span.start,
        span.type,
        span.value,
        vim.inspect(text(span)),
        span.rule
      )
    end
  end
  for _, match in ipairs(pairs_found) do
    local one, other = match[1], match[2]
    if one.start ~= other.start or one.stop ~= other.stop then
      note(
        "SPAN ",
        document.id,
        "gold",
        vim.inspect(text(one)),
        "found",
        vim.inspect(text(other)),
        other.rule
      )
    elseif kind ~= "quote" and type_of(one) ~= type_of(other) then
      note(
        "TYPE ",
        document.id,
        vim.inspect(text(one)),
        "gold",
        one.type,
        "found",
        other.type,
        other.rule
      )
    elseif
      (kind == "date" or kind == "figure")
      and given(one.value)
      and not value_right(one, other, options)
    then
      note(
        "VALUE",
        document.id,
        vim.inspect(text(one)),
        "gold",
        one.value,
        "found",
        other.value,
        other.rule
      )
    elseif kind == "quote" and has_speaker(one) and not speaker_lenient(one, other) then
      note(
        "SPKR ",
        document.id,
        vim.inspect(text(one)),
        "gold",
        one.speaker,
        "found",
        other.speaker
      )
    end
  end
end

-- Counts one kind over all documents.
---@param gold table[] documents
---@param predicted table<string, table> documents by id
---@param kind string
---@param options table
---@return Counts counts, string[] errors
function M.count(gold, predicted, kind, options)
  local counts, errors = new_counts(), {}
  for _, document in ipairs(gold) do
    local prediction = predicted[document.id] or {}
    local wanted = prepared(document.spans, document.text, kind, options, true, counts)
    local found = prepared(prediction.spans or {}, document.text, kind, options, false, counts)
    wanted, found = without_ignored(wanted, found, kind, options.ignore)
    counts.gold, counts.found = counts.gold + #wanted, counts.found + #found
    count_types(counts, wanted, found, not options.untyped and kind ~= "quote")
    counts.exact = counts.exact
      + count_equal(wanted, found, function(span)
        return span.start .. ":" .. span.stop
      end)
    local pairs_found, gold_used, found_used = pair(wanted, found)
    counts.relaxed = counts.relaxed + #pairs_found
    counts.relaxed_type = counts.relaxed_type
      + #pair(wanted, found, function(one, other)
        return type_of(one) == type_of(other)
      end)
    if kind == "date" or kind == "figure" then
      count_values(counts, wanted, pairs_found, options)
    elseif kind == "quote" then
      count_speakers(counts, wanted, found, pairs_found)
    end
    if options.errors > 0 then
      local used = { gold = gold_used, found = found_used }
      note_errors(errors, document, wanted, found, pairs_found, used, kind, options)
    end
  end
  return counts, errors
end

-- Precision, recall and their harmonic mean, in percent.
function M.rates(equal, found, gold)
  local precision = found > 0 and equal / found or (gold == 0 and 1 or 0)
  local recall = gold > 0 and equal / gold or (found == 0 and 1 or 0)
  local both = precision + recall
  return 100 * precision, 100 * recall, both > 0 and 200 * precision * recall / both or 0
end

-- ---- names where a capital says little ------------------------------------------------------------

local PLACES = { { "start", "at sentence starts" }, { "headline", "in headlines" } }

-- Counts of the names of one document whose place is special, by place.
local function count_places(places, wanted, found, text)
  local function at(spans, name)
    return vim.tbl_filter(function(span)
      return place.of(text, span.start) == name
    end, spans)
  end
  for _, row in ipairs(PLACES) do
    local counts = places[row[1]] or { gold = 0, found = 0, strict = 0 }
    local gold, predicted = at(wanted, row[1]), at(found, row[1])
    counts.gold, counts.found = counts.gold + #gold, counts.found + #predicted
    counts.strict = counts.strict
      + count_equal(gold, predicted, function(span)
        return span.start .. ":" .. span.stop .. ":" .. type_of(span)
      end)
    places[row[1]] = counts
  end
end

---How names fare at sentence starts and in headlines: { start = counts, headline = counts }.
---@param gold table[]
---@param predicted table<string, table>
---@param options table
---@return table<string, Counts>
function M.count_places(gold, predicted, options)
  local places, unused = {}, new_counts()
  for _, document in ipairs(gold) do
    local prediction = predicted[document.id] or {}
    local wanted = prepared(document.spans, document.text, "entity", options, true, unused)
    local found = prepared(prediction.spans or {}, document.text, "entity", options, false, unused)
    wanted, found = without_ignored(wanted, found, "entity", options.ignore)
    count_places(places, wanted, found, document.text)
  end
  return places
end

-- ---- telling -----------------------------------------------------------------------------------

local function part(count, all)
  return all > 0 and 100 * count / all or 0
end

local function print_counts(counts, kind, documents, options)
  say(("== %s  docs %d  gold %d  pred %d"):format(kind, documents, counts.gold, counts.found))
  local function row(label, equal, found, gold)
    local p, r, f = M.rates(equal, found or counts.found, gold or counts.gold)
    say(("  %-28s P %6.2f  R %6.2f  F1 %6.2f  (%d)"):format(label, p, r, f, equal))
  end
  if kind ~= "quote" then
    row(options.untyped and "strict (untyped)" or "strict (span+type)", counts.strict)
  end
  row("exact span", counts.exact)
  row("relaxed overlap", counts.relaxed)
  if kind ~= "quote" then
    row("relaxed+type", counts.relaxed_type)
  end
  if kind == "date" then
    row("type F1 (relaxed)", counts.type_right)
  end
  if counts.gold_values > 0 then
    local found = counts.found - counts.found_unscored
    row("value F1 (relaxed)", counts.values_right, found, counts.gold_values)
    row("value F1 (exact span)", counts.values_exact, found, counts.gold_values)
    say(("  %-28s %.2f"):format("value accuracy", part(counts.values_right, counts.values_matched)))
  end
  if counts.gold_speakers > 0 then
    local matched = counts.speakers_matched
    say(("  %-28s %.2f"):format("speaker accuracy exact", part(counts.speakers_exact, matched)))
    say(("  %-28s %.2f"):format("speaker accuracy lenient", part(counts.speakers_lenient, matched)))
    say(("  %-28s %d"):format("matched with gold speaker", matched))
    say(("  %-28s %d"):format("found without speaker", counts.found_speakerless))
    row(
      "speaker F1 joint (lenient)",
      counts.speakers_lenient,
      counts.found - counts.speaker_unscored,
      counts.gold_speakers
    )
  end
  if counts.bad_offsets > 0 then
    say(("  %-28s %d"):format("bad offsets dropped", counts.bad_offsets))
  end
  if options.per_type then
    local names = vim.tbl_keys(counts.per_type)
    table.sort(names)
    for _, name in ipairs(names) do
      local c = counts.per_type[name]
      local p, r, f = M.rates(c.equal, c.found, c.gold)
      say(
        ("    %-14s P %6.2f  R %6.2f  F1 %6.2f  gold %d pred %d"):format(
          name == "" and "-" or name,
          p,
          r,
          f,
          c.gold,
          c.found
        )
      )
    end
  end
end

local function print_line(name, counts, kind)
  local sp, sr, sf =
    M.rates(kind == "quote" and counts.exact or counts.strict, counts.found, counts.gold)
  local _, _, rf = M.rates(counts.relaxed, counts.found, counts.gold)
  local extra = ""
  if counts.gold_values > 0 then
    local _, _, vf =
      M.rates(counts.values_right, counts.found - counts.found_unscored, counts.gold_values)
    extra = ("value F1 %.2f"):format(vf)
  elseif counts.gold_speakers > 0 then
    extra = ("speaker %.2f exact %.2f lenient"):format(
      part(counts.speakers_exact, counts.speakers_matched),
      part(counts.speakers_lenient, counts.speakers_matched)
    )
  end
  say(
    ("%-30s %-7s %6d %6d  %6.2f %6.2f %6.2f  %6.2f  %s"):format(
      name,
      kind,
      counts.gold,
      counts.found,
      sp,
      sr,
      sf,
      rf,
      extra
    )
  )
end

local function print_places(places)
  for _, row in ipairs(PLACES) do
    local counts = places[row[1]] or { gold = 0, found = 0, strict = 0 }
    local precision, recall, both = M.rates(counts.strict, counts.found, counts.gold)
    say(
      ("  %-28s %-7s %6d %6d  %6.2f %6.2f %6.2f"):format(
        row[2],
        "entity",
        counts.gold,
        counts.found,
        precision,
        recall,
        both
      )
    )
  end
end

-- ---- command line ------------------------------------------------------------------------------

local function load_documents(path)
  local file = path == "-" and io.stdin or assert(io.open(path, "r"))
  local documents = {}
  for line in file:lines() do
    if line:find("%S") then
      table.insert(documents, vim.json.decode(line))
    end
  end
  return documents
end

local function set_of(list)
  local set = {}
  for item in (list or ""):gmatch("[^,]+") do
    set[vim.trim(item):lower()] = true
  end
  return set
end

local function read_options(arguments)
  local options = { ignore = {}, errors = 0, files = {} }
  local i = 1
  local function next_argument()
    i = i + 1
    return arguments[i] or error(arguments[i - 1] .. " needs a value", 0)
  end
  while i <= #arguments do
    local argument = arguments[i]
    if argument == "--kind" then
      options.kind = next_argument()
    elseif argument == "--types" then
      options.types = set_of(next_argument())
    elseif argument == "--gold-types" then
      options.gold_types = true
    elseif argument == "--ignore" then
      options.ignore = set_of(next_argument())
    elseif argument == "--errors" then
      options.errors = tonumber(next_argument()) or error("--errors needs a number", 0)
    elseif argument == "--tsv" then
      options.name = next_argument()
    elseif argument == "--untyped" then
      options.untyped = true
    elseif argument == "--value-norm" then
      options.value_norm = true
    elseif argument == "--per-type" then
      options.per_type = true
    elseif argument:sub(1, 2) == "--" then
      error("no such option: " .. argument, 0)
    else
      table.insert(options.files, argument)
    end
    i = i + 1
  end
  if #options.files ~= 2 then
    error("two files are needed: GOLD PREDICTED", 0)
  end
  return options
end

local function types_in(documents, kind)
  local set, any = {}, false
  for _, document in ipairs(documents) do
    for _, span in ipairs(document.spans) do
      if span.kind == kind and type_of(span) ~= "" then
        set[type_of(span)], any = true, true
      end
    end
  end
  return any and kind ~= "quote" and set or nil
end

function M.main(arguments)
  local options = read_options(arguments)
  local gold, predicted = load_documents(options.files[1]), {}
  for _, document in ipairs(load_documents(options.files[2])) do
    predicted[document.id] = document
  end
  local kinds, missing = {}, 0
  for _, document in ipairs(gold) do
    missing = missing + (predicted[document.id] and 0 or 1)
    for _, span in ipairs(document.spans) do
      kinds[span.kind] = true
    end
  end
  if missing > 0 then
    io.stderr:write(("note: %d of %d gold documents have no prediction\n"):format(missing, #gold))
  end
  local names = options.kind and { options.kind } or vim.tbl_keys(kinds)
  table.sort(names)
  for _, kind in ipairs(names) do
    if options.gold_types then
      options.types = types_in(gold, kind)
    end
    local counts, errors = M.count(gold, predicted, kind, options)
    if options.name then
      print_line(options.name, counts, kind)
    else
      print_counts(counts, kind, #gold, options)
    end
    if kind == "entity" then
      print_places(M.count_places(gold, predicted, options))
    end
    for _, line in ipairs(errors) do
      say("    " .. line)
    end
  end
end

if arg and arg[0] and arg[0]:find("score%.lua$") then
  local fine, message = pcall(M.main, arg)
  if not fine then
    io.stderr:write("score.lua: ", tostring(message), "\n")
    os.exit(2)
  end
end

return M
