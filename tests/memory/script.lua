-- Uses every method of the binding: see binding.c. Gives "done", or the message of the method that
-- failed. It closes nothing: that is left to the collector.

local core = ...

local message
local function failed(result, why)
  message = why
  return not result
end

local text = [[
# Port

“We waited four years,” Mayor Ana Ruiz said on May 25. About 476 people, 12 percent of 4,000, walked
and and 5 miles (9 km) more.[^1]

[^1]: Marsh (2016).
]]
local names = { { name = "Marsh", type = "person", aliases = { "J. Marsh" } } }
local table_text = "Some 476 people waited.\n\n| Year | Cost |\n|---|---|\n| 2016 | 5 |\n"

local document
document, message = core.document()
if
  not document
  or failed(document:set_text(text))
  or failed(document:edit(8, 8, "More. "))
  or failed(document:set_lines(0, 1, { "# Harbour", "" }))
  or failed(document:set_names(names))
  or failed(document:prepare())
  or failed(document:set_date("2024-03-09"))
then
  return message
end
document:set_file_name("2024-03-08.md")
document:set_date_order("dmy")

if
  failed(document:date())
  or failed(document:resolve())
  or failed(document:entities())
  or failed(document:spans(0, -1))
  or failed(document:draw(0, -1, 31, {}))
  or failed(document:span_at(3, 30))
  or failed(document:check({ ok = true }))
  or failed(document:blocks())
  or failed(document:sexp())
  or failed(document:text())
  or failed(tostring(document))
  or failed(document:memory())
then
  return message
end

local sources
sources, message = core.sources()
if
  not sources
  or failed(sources:add(1))
  or failed(sources:feed(1, table_text))
  or failed(sources:feed(2, "“We waited five years,” Ana Ruiz said.\n"))
  or failed(sources:find(document, 3, 62))
  or failed(sources:find_all(document))
  or failed(tostring(sources))
  or failed(sources:memory())
then
  return message
end
sources:remove(2)
return "done"
