-- Makes a PDF of plain text: pages of lines in one font, no compression. Enough for pdftotext.

local M = {}

local FONT_SIZE, LEADING, LEFT, TOP = 11, 15, 56, 780

-- WinAnsi, the encoding of the font, for the characters beyond ASCII that such texts use.
local WINDOWS =
  { ["£"] = "\163", ["°"] = "\176", ["é"] = "\233", ["€"] = "\128", ["–"] = "\150" }

--- @param line string UTF-8
--- @return string literal of PDF
local function literal(line)
  local bytes = line:gsub("[\194-\244][\128-\191]+", WINDOWS)
  return "(" .. bytes:gsub("[\\()]", "\\%0") .. ")"
end

--- @param lines string[]
--- @return string content stream
local function content(lines)
  local out = { "BT", ("/F1 %d Tf"):format(FONT_SIZE), ("%d TL"):format(LEADING) }
  table.insert(out, ("%d %d Td"):format(LEFT, TOP))
  for _, line in ipairs(lines) do
    table.insert(out, literal(line) .. " Tj T*")
  end
  table.insert(out, "ET")
  return table.concat(out, "\n")
end

--- The pages of a text in which a line "=== page" ends a page.
--- @param text string
--- @return string[][] pages lists of lines
function M.pages(text)
  local pages = { {} }
  for line in text:gmatch("([^\n]*)\n") do
    if line == "=== page" then
      table.insert(pages, {})
    else
      table.insert(pages[#pages], line)
    end
  end
  return pages
end

--- @param pages string[][]
--- @return string bytes of the PDF
function M.make(pages)
  local objects = { "<< /Type /Catalog /Pages 2 0 R >>", "" }
  table.insert(
    objects,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
  )
  local kids = {}
  for _, lines in ipairs(pages) do
    local stream = content(lines)
    table.insert(
      objects,
      ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "):format(
        #objects + 2
      ) .. "/Resources << /Font << /F1 3 0 R >> >> >>"
    )
    table.insert(kids, #objects .. " 0 R")
    table.insert(objects, ("<< /Length %d >>\nstream\n%s\nendstream"):format(#stream, stream))
  end
  objects[2] = ("<< /Type /Pages /Count %d /Kids [%s] >>"):format(#pages, table.concat(kids, " "))

  local out, size, offsets = {}, 0, {}
  local function add(text)
    table.insert(out, text)
    size = size + #text
  end
  add("%PDF-1.4\n")
  for number, object in ipairs(objects) do
    offsets[number] = size
    add(("%d 0 obj\n%s\nendobj\n"):format(number, object))
  end
  local start = size
  add(("xref\n0 %d\n0000000000 65535 f \n"):format(#objects + 1))
  for _, offset in ipairs(offsets) do
    add(("%010d 00000 n \n"):format(offset))
  end
  add(("trailer\n<< /Size %d /Root 1 0 R >>\n"):format(#objects + 1))
  add(("startxref\n%d\n%%%%EOF\n"):format(start))
  return table.concat(out)
end

return M
