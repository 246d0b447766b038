-- Another name for something that the article names, each mention in the form that it has: full
-- name, surname, first name, capitals of a headline, acronym.

local api = vim.api
local buffers = require("galley.buffer")
local form = require("galley.name_form")
local kinds = require("galley.kinds")
local visible = require("galley.visible")

local M = {}

--- One place to change. Rows and columns count bytes from 0.
--- @class galley.Edit
--- @field start_row integer
--- @field start_col integer
--- @field end_row integer
--- @field end_col integer
--- @field text string

--- @class galley.Rename
--- @field old string
--- @field new string
--- @field edits galley.Edit[] in text order
--- @field places integer mentions that change
--- @field left galley.Span[] mentions that stay as they are

--- What is named at a place.
--- @class galley.Named
--- @field span galley.Span the mention at the place
--- @field name string
--- @field person boolean
--- @field mentions galley.Span[]

--- @param mentions galley.Span[]
--- @return string
local function plain_name(mentions)
  local name = form.clean(mentions[1].name or mentions[1].text)
  for _, span in ipairs(mentions) do
    local text = form.clean(span.text)
    if form.equal(text, name) and not form.is_upper(text) then
      return text
    end
  end
  return name
end

--- What the article names at a place, with all its mentions.
--- @param buf? integer
--- @param row integer
--- @param col integer
--- @return galley.Named? named
--- @return string? message
function M.named(buf, row, col)
  local doc, message = buffers.document(buf)
  if not doc then
    return nil, message
  end
  local mask = kinds.mask({ "entity" })
  local here = doc:span_at(row, col, mask)
  if not here or not here.entity then
    return nil, "galley: no name here"
  end
  local mentions = vim.tbl_filter(function(span)
    return span.entity == here.entity
  end, doc:spans(0, -1, mask))
  return {
    span = here,
    name = plain_name(mentions),
    person = here.type == "person" or mentions[1].type == "person",
    mentions = mentions,
  }
end

--- @param span galley.Span
--- @return string
local function where(span)
  return ("“%s” in line %d"):format(visible.fit(span.text, 24), span.start_row + 1)
end

--- @param buf integer
--- @param row integer
--- @return string
local function line(buf, row)
  return api.nvim_buf_get_lines(buf, row, row + 1, false)[1] or ""
end

--- Whether the article says what an acronym is of: the acronym stands in parentheses.
--- @param buf integer
--- @param named galley.Named
--- @return boolean
local function defines_acronym(buf, named)
  for _, span in ipairs(named.mentions) do
    if form.is_acronym(span.text, named.name) then
      local before = line(buf, span.start_row):sub(span.start_col, span.start_col)
      local after = line(buf, span.end_row):sub(span.end_col + 1, span.end_col + 1)
      if before == "(" and after == ")" then
        return true
      end
    end
  end
  return false
end

--- Whether a mention that the article leaves open may be of what is renamed.
--- @param other galley.Span
--- @param named galley.Named
--- @param new string
--- @return boolean
local function may_be(other, named, new)
  local open = named.person and other.type == "person" and form.equal(other.text, other.name or "")
  return open and form.derive(other.text, named.name, new, true) ~= nil
end

--- Why the new name cannot be given without a choice that is the writer's.
--- @param doc table
--- @param named galley.Named
--- @param new string
--- @return string?
local function ambiguity(doc, named, new)
  local short = #form.words(named.name) > 1 and #form.words(new) == 1
  for _, span in ipairs(short and named.mentions or {}) do
    local derived = form.derive(span.text, named.name, new, named.person)
    if derived and (derived.name == "surname" or derived.name == "first") then
      local text = "galley: what becomes of %s? Give a first name and a surname"
      return text:format(where(span))
    end
  end
  for _, other in ipairs(doc:spans(0, -1, kinds.mask({ "entity" }))) do
    if other.entity ~= named.span.entity then
      if may_be(other, named, new) then
        local text = "galley: %s may be somebody else; with ! it stays as it is"
        return text:format(where(other))
      elseif form.equal(other.text, new) and not form.equal(named.name, new) then
        return ("galley: %s is named already; with ! they become one"):format(where(other))
      end
    end
  end
end

--- The new words in place of the old ones: one for one where there are as many, so that line breaks
--- and emphasis between them stay.
--- @param span galley.Span
--- @param words string[]
--- @return string? text nil when what stands between the words would be lost
local function put(span, words)
  local old, places = form.words(span.text)
  local text = span.text
  if #old == #words then
    for index = #old, 1, -1 do
      text = text:sub(1, places[index][1]) .. words[index] .. text:sub(places[index][2] + 1)
    end
    return text
  end
  local first, last = places[1][1], places[#places][2]
  if text:sub(first + 1, last):find("[*_`]") then
    return nil
  end
  local joined = table.concat(words, " ")
  -- A line that ends within the name ends within the new one, or it would grow.
  local gap = text:match("%s*\n%s*", first + 1)
  if gap and #words > 1 then
    joined = joined:gsub(" ", function()
      return gap
    end, 1)
  end
  return text:sub(1, first) .. joined .. text:sub(last + 1)
end

--- The possessive of a name that ends in s may be a bare apostrophe; after another name it is not.
--- @param buf integer
--- @param doc table
--- @param span galley.Span
--- @param text string the new mention
--- @return string? what stands behind the name, with an s; nil: it may stay
local function possessive(buf, doc, span, text)
  local mark = line(buf, span.end_row):sub(span.end_col + 1, span.end_col + 4)
  local apostrophe = mark:match("^'") or mark:match("^\226\128\153")
  if not apostrophe or not span.text:lower():find("s$") or text:lower():find("s$") then
    return nil
  end
  if not mark:sub(#apostrophe + 1):find("^%s") then
    return nil
  end
  local quote = doc:span_at(span.end_row, span.end_col, kinds.mask({ "quote" }))
  local closes = quote and quote["end"] == span["end"] + #apostrophe
  return not closes and apostrophe .. "s" or nil
end

--- @param buf integer
--- @param doc table
--- @param span galley.Span
--- @param words string[]
--- @return galley.Edit?
local function edit_of(buf, doc, span, words)
  local text = put(span, words)
  if not text then
    return nil
  end
  local edit = {
    start_row = span.start_row,
    start_col = span.start_col,
    end_row = span.end_row,
    end_col = span.end_col,
    text = text,
  }
  local ending = possessive(buf, doc, span, text)
  if ending then
    edit.end_col = edit.end_col + #ending - 1
    edit.text = text .. ending
  end
  return edit
end

--- The words for a mention, in its case; nil when it stays.
--- @param span galley.Span
--- @param named galley.Named
--- @param new string
--- @param acronyms boolean whether acronyms change
--- @return string[]?
local function words_for(span, named, new, acronyms)
  if span.subtype == "handle" or span.subtype == "hashtag" then
    return nil -- an address, not a way to write the name
  end
  if span.marked then
    return nil -- the tags between its words would go
  end
  local derived = form.derive(span.text, named.name, new, named.person)
  if not derived or #derived.words == 0 or derived.name == "acronym" and not acronyms then
    return nil
  end
  local shouted = form.is_upper(span.text) and not form.is_upper(named.name)
  if shouted and derived.name ~= "acronym" then
    return vim.tbl_map(vim.fn.toupper, derived.words)
  end
  return derived.words
end

--- The edits that give what is named at a place another name. Changes nothing.
--- @param buf? integer
--- @param row integer
--- @param col integer
--- @param new string
--- @param force? boolean also where it is not clear who is meant
--- @return galley.Rename? rename
--- @return string? message why not
function M.edits(buf, row, col, new, force)
  buf = buffers.number(buf)
  local doc, message = buffers.document(buf)
  local named
  if doc then
    named, message = M.named(buf, row, col)
  end
  if not doc or not named then
    return nil, message
  end
  new = vim.trim((new:gsub("%s+", " ")))
  if new == "" or new:find("[%c]") then
    return nil, "galley: that is no name"
  end
  message = ambiguity(doc, named, new)
  if message and not force then
    return nil, message
  end
  local result = { old = named.name, new = new, edits = {}, places = 0, left = {} }
  local acronyms = defines_acronym(buf, named)
  for _, span in ipairs(named.mentions) do
    local words = words_for(span, named, new, acronyms)
    local edit = words and edit_of(buf, doc, span, words)
    if not edit then
      table.insert(result.left, span)
    elseif edit.text ~= span.text then
      table.insert(result.edits, edit)
      result.places = result.places + 1
    end
  end
  return result
end

--- Makes changes to a buffer as one change that undo takes back.
--- @param buf integer
--- @param edits galley.Edit[] in text order, none over another
function M.apply(buf, edits)
  for index = #edits, 1, -1 do
    local edit = edits[index]
    api.nvim_buf_set_text(
      buf,
      edit.start_row,
      edit.start_col,
      edit.end_row,
      edit.end_col,
      vim.split(edit.text, "\n", { plain = true })
    )
  end
end

--- @param count integer
--- @return string
local function places(count)
  return count == 1 and "1 place" or ("%d places"):format(count)
end

--- Gives what is named under the cursor another name through the article.
--- @param new string
--- @param force? boolean
--- @return string? done
--- @return string? message
function M.rename(new, force)
  local buf = api.nvim_get_current_buf()
  if not vim.bo[buf].modifiable then
    return nil, "galley: the buffer cannot be changed ('modifiable' is off)"
  end
  local cursor = api.nvim_win_get_cursor(0)
  local rename, message = M.edits(buf, cursor[1] - 1, cursor[2], new, force)
  if not rename then
    return nil, message
  end
  M.apply(buf, rename.edits)
  local done = "galley: renamed in " .. places(rename.places)
  if #rename.left > 0 then
    local more = #rename.left > 1 and (" and %d more"):format(#rename.left - 1) or ""
    done = ("%s; left as written: %s%s"):format(done, where(rename.left[1]), more)
  end
  return done
end

--- Asks for the new name of what is under the cursor, with the old one to begin from.
--- @param answer fun(new: string)
--- @return string? message why there is nothing to rename
function M.ask(answer)
  local cursor = api.nvim_win_get_cursor(0)
  local named, message = M.named(0, cursor[1] - 1, cursor[2])
  if not named then
    return message
  end
  vim.ui.input({ prompt = "New name: ", default = named.name }, function(new)
    if new and vim.trim(new) ~= "" then
      answer(new)
    end
  end)
end

return M
