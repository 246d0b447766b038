-- The ways to write a date: day or month first, the month in full or short, in digits.

local M = {}

local MONTHS = {
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
}

-- As news agencies shorten them; what is short already stays.
local SHORT = {
  "Jan.",
  "Feb.",
  "March",
  "April",
  "May",
  "June",
  "July",
  "Aug.",
  "Sept.",
  "Oct.",
  "Nov.",
  "Dec.",
}

--- A date as it is written.
--- @class galley.WrittenDate
--- @field before string what stands before it, a weekday
--- @field after string
--- @field day integer
--- @field month integer
--- @field year? integer

--- The month that a word names.
--- @param word string
--- @return integer?
local function month_of(word)
  local plain = word:gsub("%.$", ""):lower()
  for index, name in ipairs(MONTHS) do
    local short = name:sub(1, 3):lower()
    if plain == name:lower() or plain == short or index == 9 and plain == "sept" then
      return index
    end
  end
end

local DAY_FIRST = "^(.-)(%d%d?)%s+(%a+%.?)(,?%s*)(%d*)(.*)$"
local MONTH_FIRST = "^(.-)(%a+%.?)%s+(%d%d?)(,?%s*)(%d*)(.*)$"

--- @param text string
--- @param pattern string
--- @param month_first boolean
--- @return galley.WrittenDate?
local function match(text, pattern, month_first)
  local before, one, two, gap, year, after = text:match(pattern)
  if not before or year ~= "" and #year ~= 4 or after:find("%S") then
    return nil
  end
  local month, day = month_of(month_first and one or two), tonumber(month_first and two or one)
  if not month or not day or day < 1 or day > 31 or before:find("%d") then
    return nil
  end
  return {
    before = before,
    after = (year == "" and gap or "") .. after,
    day = day,
    month = month,
    year = tonumber(year),
  }
end

--- Reads a date; nil when it is none with a day and the name of a month, or in digits by ISO 8601.
--- @param text string
--- @return galley.WrittenDate?
local function read(text)
  local year, month, day = text:match("^(%d%d%d%d)%-(%d%d)%-(%d%d)$")
  if year and MONTHS[tonumber(month)] then
    local date = { before = "", after = "", day = tonumber(day), month = tonumber(month) }
    date.year = tonumber(year)
    return date
  end
  return match(text, MONTH_FIRST, true) or match(text, DAY_FIRST, false)
end

--- The other ways to write a date; what stands around it in the text, a weekday, stays.
--- @param text string
--- @return string[]
function M.others(text)
  local date = read(text)
  if not date then
    return {}
  end
  local forms, seen = {}, { [text] = true }
  local function add(form)
    local whole = date.before .. form .. date.after
    if not seen[whole] then
      seen[whole] = true
      forms[#forms + 1] = whole
    end
  end
  local year = date.year
  for _, names in ipairs({ MONTHS, SHORT }) do
    local month = names[date.month]
    add(("%d %s%s"):format(date.day, month, year and " " .. year or ""))
    add(("%s %d%s"):format(month, date.day, year and ", " .. year or ""))
  end
  if year and date.before == "" then
    add(("%04d-%02d-%02d"):format(year, date.month, date.day))
  end
  return forms
end

return M
