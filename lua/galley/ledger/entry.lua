-- An entry of the ledger and its line: a W3C Web Annotation in JSON-LD, always with the same keys in
-- the same order. What other programs and other versions wrote into a line stays in it.

local json = require("galley.json")
local members = require("galley.ledger.members")

local M = {}

--- What somebody said of a fact of the article.
--- @class galley.ledger.Entry
--- @field id string
--- @field status galley.ledger.Status
--- @field kind string of the span: "figure", "quote", "date", "entity"; "finding" of a waived finding
--- @field exact string the fact as it stood in the article
--- @field prefix string the text before it
--- @field suffix string the text after it
--- @field start integer characters of the article before it
--- @field finish integer characters of the article up to its end
--- @field note? string
--- @field reviewer? string
--- @field created? string
--- @field modified string
--- @field value? string as the span had it
--- @field unit? string
--- @field finding? string key of a waived finding
--- @field source? galley.ledger.Source
--- @field article? string name of the article's file
--- @field raw? string the line, as it was read

--- Where a source says so.
--- @class galley.ledger.Source
--- @field path string as the article names it
--- @field locator? string "p. 3", "00:12:31", "row Orders, column 2025"
--- @field row? integer of the file, from 0
--- @field digest? string of the line that says so

--- @alias galley.ledger.Status "open"|"verified"|"queried"|"wrong"|"waived"

--- @type galley.ledger.Status[]
M.STATUSES = { "open", "verified", "queried", "wrong", "waived" }

local IS_STATUS = {}
for _, status in ipairs(M.STATUSES) do
  IS_STATUS[status] = true
end

local VERSION = 1
local LONGEST_LINE = 1048576 -- bytes; a longer line is kept and not read

local CONTEXT = "http://www.w3.org/ns/anno.jsonld"

--- The keys that galley writes, in their order; those of others follow as they came.
local KEYS = {
  "@context",
  "id",
  "type",
  "motivation",
  "created",
  "modified",
  "creator",
  "body",
  "target",
  "galley:version",
  "galley:kind",
  "galley:value",
  "galley:unit",
  "galley:finding",
}

local IS_KEY = {}
for _, key in ipairs(KEYS) do
  IS_KEY[key] = true
end

local DECODE = { luanil = { object = true, array = true } }

--- @param value any
--- @return table[]
local function list(value)
  if type(value) ~= "table" then
    return {}
  end
  return vim.islist(value) and value or { value }
end

--- @param value any
--- @return string?
local function text_of(value)
  return type(value) == "string" and value or nil
end

--- @param value any
--- @return integer?
local function count_of(value)
  local whole = type(value) == "number" and value >= 0 and value < 2 ^ 53
  return whole and math.floor(value) or nil
end

--- @param selector any
--- @param entry table
local function read_selector(selector, entry)
  if type(selector) ~= "table" then
    return
  elseif selector.type == "TextQuoteSelector" then
    entry.exact = text_of(selector.exact)
    entry.prefix = text_of(selector.prefix)
    entry.suffix = text_of(selector.suffix)
  elseif selector.type == "TextPositionSelector" then
    entry.start = count_of(selector.start)
    entry.finish = count_of(selector["end"])
  end
end

--- @param body table
--- @return galley.ledger.Source?
local function read_source(body)
  if not text_of(body.source) then
    return nil
  end
  local selector = list(body.selector)[1]
  return {
    path = body.source,
    locator = type(selector) == "table" and text_of(selector.value) or nil,
    row = count_of(body["galley:row"]),
    digest = text_of(body["galley:digest"]),
  }
end

--- @param body any
--- @param entry table
local function read_body(body, entry)
  if type(body) ~= "table" then
    return
  elseif body.purpose == "assessing" and body.type == "TextualBody" then
    entry.status = text_of(body.value)
  elseif body.purpose == "commenting" and body.type == "TextualBody" then
    entry.note = text_of(body.value)
  elseif body.purpose == "linking" and body.type == "SpecificResource" then
    entry.source = read_source(body)
  end
end

--- Whether galley wrote this part of a body and may write it anew.
--- @param raw string
--- @return boolean
local function is_own_body(raw)
  local ok, body = pcall(vim.json.decode, raw, DECODE)
  local purpose = ok and type(body) == "table" and body.purpose
  return purpose == "assessing" or purpose == "commenting" or purpose == "linking"
end

--- Reads a line.
--- @param line string
--- @return galley.ledger.Entry? entry nil for a line that galley does not understand, to be kept
function M.decode(line)
  if #line > LONGEST_LINE or not line:find("^%s*{") then
    return nil
  end
  local ok, record = pcall(vim.json.decode, line, DECODE)
  if not ok or type(record) ~= "table" or not text_of(record.id) then
    return nil
  end
  local version = record["galley:version"]
  if version ~= nil and version ~= VERSION then
    return nil
  end
  local entry = { id = record.id, raw = line }
  local target = list(record.target)[1]
  if type(target) ~= "table" then
    return nil
  end
  entry.article = text_of(target.source)
  for _, selector in ipairs(list(target.selector)) do
    read_selector(selector, entry)
  end
  for _, body in ipairs(list(record.body)) do
    read_body(body, entry)
  end
  entry.kind = text_of(record["galley:kind"])
  if not IS_STATUS[entry.status] or not entry.kind or not entry.exact then
    return nil
  end
  entry.prefix, entry.suffix = entry.prefix or "", entry.suffix or ""
  entry.start, entry.finish = entry.start or 0, entry.finish or 0
  entry.created, entry.modified = text_of(record.created), text_of(record.modified) or ""
  local creator = list(record.creator)[1]
  entry.reviewer = text_of(type(creator) == "table" and creator.name or record.creator)
  entry.value, entry.unit = text_of(record["galley:value"]), text_of(record["galley:unit"])
  entry.finding = text_of(record["galley:finding"])
  return entry
end

--- An object from keys and raw values in turn; what has no value is left out.
--- @param parts (string|false)[]
--- @return string
local function object(parts)
  local fields = {}
  for index = 1, #parts, 2 do
    if parts[index + 1] then
      fields[#fields + 1] = json.string(parts[index]) .. ":" .. parts[index + 1]
    end
  end
  return "{" .. table.concat(fields, ",") .. "}"
end

--- @param text? string
--- @return string|false
local function optional(text)
  return text and text ~= "" and json.string(text)
end

--- @param source galley.ledger.Source
--- @return string
local function source_body(source)
  local selector = source.locator
    and object({ "type", json.string("FragmentSelector"), "value", json.string(source.locator) })
  return object({
    "type",
    json.string("SpecificResource"),
    "purpose",
    json.string("linking"),
    "source",
    json.string(source.path),
    "selector",
    selector or false,
    "galley:row",
    source.row and json.number(source.row) or false,
    "galley:digest",
    optional(source.digest),
  })
end

--- @param purpose string
--- @param value string
--- @return string
local function textual_body(purpose, value)
  return object({
    "type",
    json.string("TextualBody"),
    "purpose",
    json.string(purpose),
    "value",
    json.string(value),
  })
end

--- @param entry galley.ledger.Entry
--- @param old? string the body of the line that is replaced
--- @return string
local function body(entry, old)
  local bodies = { textual_body("assessing", entry.status) }
  if entry.note and entry.note ~= "" then
    bodies[#bodies + 1] = textual_body("commenting", entry.note)
  end
  if entry.source then
    bodies[#bodies + 1] = source_body(entry.source)
  end
  for _, raw in ipairs(old and members.array(old) or {}) do
    if not is_own_body(raw) then
      bodies[#bodies + 1] = raw
    end
  end
  return "[" .. table.concat(bodies, ",") .. "]"
end

--- @param entry galley.ledger.Entry
--- @return string
local function target(entry)
  local quote = object({
    "type",
    json.string("TextQuoteSelector"),
    "exact",
    json.string(entry.exact),
    "prefix",
    json.string(entry.prefix),
    "suffix",
    json.string(entry.suffix),
  })
  local position = object({
    "type",
    json.string("TextPositionSelector"),
    "start",
    json.number(entry.start),
    "end",
    json.number(entry.finish),
  })
  return object({
    "source",
    optional(entry.article),
    "selector",
    "[" .. quote .. "," .. position .. "]",
  })
end

--- The line of an entry. The fields of others in `entry.raw`, the line it replaces, are kept.
--- @param entry galley.ledger.Entry
--- @return string
function M.encode(entry)
  local old, foreign = {}, {}
  for _, member in ipairs(entry.raw and members.object(entry.raw) or {}) do
    old[member.key] = member.raw
    if not IS_KEY[member.key] then
      vim.list_extend(foreign, { member.key, member.raw })
    end
  end
  local values = {
    ["@context"] = old["@context"] or json.string(CONTEXT),
    ["id"] = json.string(entry.id),
    ["type"] = old.type or json.string("Annotation"),
    ["motivation"] = json.string(entry.finding and "moderating" or "assessing"),
    ["created"] = optional(entry.created),
    ["modified"] = optional(entry.modified),
    ["creator"] = entry.reviewer
      and object({ "type", json.string("Person"), "name", json.string(entry.reviewer) }),
    ["body"] = body(entry, old.body),
    ["target"] = target(entry),
    ["galley:version"] = json.number(VERSION),
    ["galley:kind"] = json.string(entry.kind),
    ["galley:value"] = optional(entry.value),
    ["galley:unit"] = optional(entry.unit),
    ["galley:finding"] = optional(entry.finding),
  }
  local parts = {}
  for _, key in ipairs(KEYS) do
    vim.list_extend(parts, { key, values[key] or false })
  end
  return object(vim.list_extend(parts, foreign))
end

return M
