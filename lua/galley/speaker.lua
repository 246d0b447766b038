-- Who is quoted in an article, how often and with how many words: :Galley speakers.

local api = vim.api
local buffers = require("galley.buffer")
local kinds = require("galley.kinds")
local name_form = require("galley.name_form")

local M = {}

-- What is said, and not the name of a work or so-called.
local SPEECH = { direct = true, mixed = true, indirect = true }

--- One quotation; its parts, when the speaker is named between them, are one.
--- @class galley.Quotation
--- @field row integer of its first part
--- @field col integer
--- @field end_row integer
--- @field end_col integer
--- @field text string without the marks
--- @field words integer
--- @field indirect boolean told without marks

--- @class galley.Speaker
--- @field name? string nil: nobody is named
--- @field entity? integer
--- @field quotes galley.Quotation[]
--- @field count integer quotations with marks
--- @field words integer in them
--- @field reported integer quotations without marks
--- @field reported_words integer

--- @param text string
--- @return integer
local function count_words(text)
  local words = 0
  for word in text:gmatch("%S+") do
    if word:find("[%w\128-\255]") and not word:find("^[\226][\128][\144-\191]+$") then
      words = words + 1
    end
  end
  return words
end

--- @param span galley.Span
--- @return string key, the same for what one speaker says
--- @return string? name
local function speaker_of(span)
  local name = span.speaker_name or span.speaker
  name = name and name_form.clean(name)
  if span.speaker_cluster then
    return "cluster " .. span.speaker_cluster, name
  end
  return name and "name " .. vim.fn.tolower(name) or "nobody", name
end

--- @param speaker galley.Speaker
--- @param span galley.Span
--- @param parts table<integer, galley.Quotation>
local function add(speaker, span, parts)
  local words, indirect = count_words(span.content or span.text), span.type == "indirect"
  local quotation = parts[span.id]
  if quotation then
    quotation.text = quotation.text .. " … " .. (span.content or span.text)
    quotation.words = quotation.words + words
  else
    quotation = {
      row = span.start_row,
      col = span.start_col,
      end_row = span.end_row,
      end_col = span.end_col,
      text = span.content or span.text,
      words = words,
      indirect = indirect,
    }
    parts[span.id] = quotation
    table.insert(speaker.quotes, quotation)
    local field = indirect and "reported" or "count"
    speaker[field] = speaker[field] + 1
  end
  local field = quotation.indirect and "reported_words" or "words"
  speaker[field] = speaker[field] + words
end

--- The speakers of the article in a buffer: most words first, what nobody is given for last.
--- @param buf? integer
--- @return galley.Speaker[]? speakers
--- @return string? message
function M.get(buf)
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  local speakers, by_key, parts = {}, {}, {}
  for _, span in ipairs(doc:spans(0, -1, kinds.wanted(kinds.mask({ "quote" })))) do
    if SPEECH[span.type] then
      local key, name = speaker_of(span)
      local speaker = by_key[key]
      if not speaker then
        speaker = { name = name, entity = span.speaker_cluster, quotes = {} }
        speaker.count, speaker.words, speaker.reported, speaker.reported_words = 0, 0, 0, 0
        by_key[key] = speaker
        table.insert(speakers, speaker)
        speaker.order = #speakers
      end
      add(speaker, span, parts)
    end
  end
  table.sort(speakers, function(a, b)
    if (a.name == nil) ~= (b.name == nil) then
      return b.name == nil
    elseif a.words ~= b.words then
      return a.words > b.words
    elseif a.reported_words ~= b.reported_words then
      return a.reported_words > b.reported_words
    end
    return a.order < b.order
  end)
  return speakers
end

--- @param count integer
--- @param one string
--- @return string
local function some(count, one)
  return ("%d %s%s"):format(count, one, count == 1 and "" or "s")
end

--- @param speaker galley.Speaker
--- @return string
local function heading(speaker)
  local facts = {}
  if speaker.count > 0 then
    facts[1] = ("%s, %s"):format(some(speaker.count, "quote"), some(speaker.words, "word"))
  end
  if speaker.reported > 0 then
    facts[#facts + 1] = ("%d reported, %s"):format(
      speaker.reported,
      some(speaker.reported_words, "word")
    )
  end
  return ("%s: %s"):format(speaker.name or "Nobody named", table.concat(facts, "; "))
end

--- Lists who is quoted in the location list, each with the quotes.
--- @return integer? count speakers
--- @return string? message
function M.list()
  local buf = api.nvim_get_current_buf()
  local speakers, message = M.get(buf)
  if not speakers then
    return nil, message
  end
  local items = {}
  for _, speaker in ipairs(speakers) do
    table.insert(items, { text = heading(speaker) })
    for _, quotation in ipairs(speaker.quotes) do
      local mark = quotation.indirect and "%s (%d)" or "“%s” (%d)"
      table.insert(items, {
        row = quotation.row,
        col = quotation.col,
        end_row = quotation.end_row,
        end_col = quotation.end_col,
        text = mark:format(M.excerpt(quotation.text), quotation.words),
      })
    end
  end
  require("galley.list").open(buf, "Speakers", items)
  return #speakers
end

--- So much of a quotation that a list of 80 columns has room for the rest of its line.
--- @param text string
--- @return string
function M.excerpt(text)
  return require("galley.visible").fit(text, math.max(30, vim.o.columns - 20))
end

return M
