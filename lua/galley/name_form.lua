-- The forms of a name: full name, surname, first name, initials, acronym, shortened; and the same
-- form of another name.

local M = {}

local SUFFIXES = {}
for suffix in ("jr sr ii iii iv phd md mp inc ltd llc plc corp co gmbh ag sa bv as"):gmatch("%a+") do
  SUFFIXES[suffix] = true
end

--- A name on one line, without the marks of emphasis that stand within it.
--- @param name string
--- @return string
function M.clean(name)
  return vim.trim((name:gsub("[*_`]+(%s)", "%1"):gsub("(%s)[*_`]+", "%1"):gsub("%s+", " ")))
end

--- The words of a name and where they stand in it, from 0.
--- @param name string
--- @return string[] words
--- @return {[1]: integer, [2]: integer}[] places first byte, byte after the last
function M.words(name)
  local words, places = {}, {}
  for at, word, last in name:gmatch("()([^%s*_`]+)()") do
    words[#words + 1] = word
    places[#places + 1] = { at - 1, last - 1 }
  end
  return words, places
end

--- Whether two words are the same but for case and accents.
--- @param a string
--- @param b string
--- @return boolean
local function same_word(a, b)
  if vim.fn.tolower(a) == vim.fn.tolower(b) then
    return true
  end
  local pattern = vim.fn.substitute(a, "[[:alpha:]\\x80-\\U10ffff]", "[[=&=]]", "g")
  local ok, regex = pcall(vim.regex, "\\c^\\%(" .. pattern .. "\\)$")
  return ok and regex:match_str(b) ~= nil
end

--- @param a string[]
--- @param b string[]
--- @return boolean
local function same(a, b)
  for index = 1, math.max(#a, #b) do
    if not a[index] or not b[index] or not same_word(a[index], b[index]) then
      return false
    end
  end
  return true
end

--- Whether two names are the same but for case, accents and blanks.
--- @param a string
--- @param b string
--- @return boolean
function M.equal(a, b)
  return same((M.words(a)), (M.words(b)))
end

--- Whether all letters of a text are capitals; of one letter that says nothing.
--- @param text string
--- @return boolean
function M.is_upper(text)
  local letters = text:gsub("[%s%p%d]", "")
  return vim.fn.strchars(letters) > 1
    and letters == vim.fn.toupper(letters)
    and letters ~= vim.fn.tolower(letters)
end

--- @param word string
--- @return boolean
local function is_suffix(word)
  return SUFFIXES[word:lower():gsub("[.,]", "")] or false
end

--- @param word string
--- @return boolean
local function is_initial(word)
  return word:find("^%u%.?$") ~= nil or word:find("^%u%.%-?%u%.$") ~= nil
end

--- @class galley.NameParts
--- @field all string[]
--- @field given string[] first names and initials
--- @field surname string[] with "van", "de la"
--- @field suffix string[] Jr., Inc.

--- @param words string[]
--- @return galley.NameParts
local function parts_of(words)
  local last = #words
  while last > 1 and is_suffix(words[last]) do
    last = last - 1
  end
  local first = last
  while first > 2 and words[first - 1]:find("^%l") do
    first = first - 1
  end
  return {
    all = words,
    given = vim.list_slice(words, 1, first - 1),
    surname = vim.list_slice(words, first, last),
    suffix = vim.list_slice(words, last + 1),
  }
end

--- @param parts galley.NameParts
--- @return string[]
local function without_middle(parts)
  return vim.list_extend({ parts.given[1] }, parts.surname)
end

--- @param parts galley.NameParts
--- @param dots boolean
--- @return string[]
local function with_initial(parts, dots)
  local initial = vim.fn.strcharpart(parts.given[1] or "", 0, 1)
  return vim.list_extend({ initial .. (dots and "." or "") }, parts.surname)
end

--- @param list string[]
--- @return string?
local function bare_last(list)
  return list[#list]
end

--- The capitals that begin the words of a name.
--- @param words string[]
--- @return string
local function initials(words)
  local letters = {}
  for _, word in ipairs(words) do
    local letter = vim.fn.strcharpart(word:gsub("^%p+", ""), 0, 1)
    if letter ~= "" and not is_suffix(word) and letter ~= vim.fn.tolower(letter) then
      letters[#letters + 1] = letter
    end
  end
  return table.concat(letters)
end

--- Whether a text is an acronym of a name with several words.
--- @param text string
--- @param name string
--- @return boolean
function M.is_acronym(text, name)
  local letters = text:gsub("[.%s]", "")
  local words = M.words(name)
  return #words > 1 and #letters > 1 and letters:find("^%u+$") ~= nil and initials(words) == letters
end

--- @class galley.Form
--- @field name "full"|"surname"|"first"|"short"|"acronym"
--- @field words string[] the new words; empty when the new name has no such form

--- @param old galley.NameParts
--- @param new galley.NameParts
--- @param words string[]
--- @return galley.Form?
local function person_form(old, new, words)
  local alone = #new.given == 0
  --- @param name string
  --- @param list string[]
  --- @return galley.Form
  local function form(name, list)
    return { name = name, words = alone and new.surname or list }
  end
  local suffixed = vim.list_extend(vim.list_extend({}, old.given), old.surname)
  if #old.given == 0 then
    return nil
  elseif same(words, suffixed) then
    return { name = "full", words = vim.list_extend(vim.list_extend({}, new.given), new.surname) }
  elseif same(words, old.surname) then
    return form("surname", new.surname)
  elseif same(words, { bare_last(old.surname) }) then
    return form("surname", { bare_last(new.surname) })
  elseif same(words, { old.given[1] }) or same(words, old.given) then
    return form("first", #words == 1 and { new.given[1] } or new.given)
  elseif same(words, without_middle(old)) then
    return form("full", without_middle(new))
  elseif is_initial(words[1]) and same(vim.list_slice(words, 2), old.surname) then
    if vim.fn.strcharpart(words[1], 0, 1) == vim.fn.strcharpart(old.given[1], 0, 1) then
      return form("full", with_initial(new, words[1]:find("%.") ~= nil))
    end
  end
end

--- @param old string[]
--- @param new string[]
--- @param words string[]
--- @return galley.Form?
local function short_form(old, new, words)
  local dropped = #old - #words
  if dropped > 0 and same(words, vim.list_slice(old, 1, #words)) then
    local trailing = parts_of(old).suffix
    -- Tidewell Marine Ltd -> Tidewell Marine: the new name has its own suffix, or none, to drop.
    local kept = dropped == #trailing and #new - #parts_of(new).suffix or #new - dropped
    return { name = "short", words = vim.list_slice(new, 1, math.max(1, kept)) }
  end
end

--- The form of a new name that stands for `text`, a mention of the old one.
--- @param text string
--- @param old string full name
--- @param new string full name
--- @param person boolean
--- @return galley.Form? form nil when it is none that this knows
function M.derive(text, old, new, person)
  local words, old_words, new_words = (M.words(text)), (M.words(old)), (M.words(new))
  if #words == 0 or #new_words == 0 then
    return nil
  elseif same(words, old_words) then
    return { name = "full", words = new_words }
  elseif M.is_acronym(text, old) then
    local letters = #new_words > 1 and initials(new_words) or ""
    local dots = text:find("%.") and letters:gsub("%a", "%0.") or letters
    return { name = "acronym", words = #letters > 1 and { dots } or {} }
  elseif person then
    return person_form(parts_of(old_words), parts_of(new_words), words)
  end
  return short_form(old_words, new_words, words)
end

return M
