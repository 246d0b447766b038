-- Draws a terminal capture as SVG.
--
--   tmux capture-pane -e -p | luajit screenshot.lua [--light] > picture.svg
--
-- Several captures, each after a line of a form feed and a text, make one picture that shows them in
-- turn, with their texts below.
--
-- Reads text with SGR escape sequences: 16, 256 and 24-bit colours, bold, dim, italic, reverse,
-- strike and the underline styles with their own colour. Every run of cells is placed by its column
-- and stretched to its width, so the picture keeps the grid whatever monospaced font draws it.

local CELL_WIDTH, CELL_HEIGHT, FONT_SIZE, MARGIN = 8.4, 18, 14, 12
local BASELINE = 13.5

-- Red, green and blue of the first 16 palette entries: xterm's.
local PALETTE = {
  [0] = "#000000",
  "#cd0000",
  "#00cd00",
  "#cdcd00",
  "#0000ee",
  "#cd00cd",
  "#00cdcd",
  "#e5e5e5",
  "#7f7f7f",
  "#ff0000",
  "#00ff00",
  "#ffff00",
  "#5c5cff",
  "#ff00ff",
  "#00ffff",
  "#ffffff",
}

local THEMES = {
  dark = { foreground = "#e0e2ea", background = "#14161b" }, -- Neovim's default Normal
  light = { foreground = "#14161b", background = "#e0e2ea" },
}

--- @param red integer
--- @param green integer
--- @param blue integer
--- @return string
local function rgb(red, green, blue)
  return ("#%02x%02x%02x"):format(red, green, blue)
end

--- The colour of entry `index` of the 256-colour palette.
--- @param index integer
--- @return string
local function indexed(index)
  if index < 16 then
    return PALETTE[index]
  end
  if index >= 232 then
    local level = 8 + 10 * (index - 232)
    return rgb(level, level, level)
  end
  local function level(step)
    return step == 0 and 0 or 55 + 40 * step
  end
  index = index - 16
  return rgb(level(math.floor(index / 36)), level(math.floor(index / 6) % 6), level(index % 6))
end

-- What a parameter that stands alone sets.
local SWITCHES = {
  [1] = { bold = true },
  [2] = { dim = true },
  [3] = { italic = true },
  [7] = { reverse = true },
  [9] = { strike = true },
  [21] = { underline = 2 },
  [22] = { bold = false, dim = false },
  [23] = { italic = false },
  [24] = { underline = false },
  [27] = { reverse = false },
  [29] = { strike = false },
  [39] = { foreground = false },
  [49] = { background = false },
  [59] = { underline_colour = false },
}

local COLOUR_FIELDS = { [38] = "foreground", [48] = "background", [58] = "underline_colour" }

--- Reads the colour that follows parameter `at` ("38;5;n", "38;2;r;g;b" or with colons).
--- @param parameters string[]
--- @param at integer
--- @return string? colour
--- @return integer last  index of the last parameter read
local function extended_colour(parameters, at)
  local fields = {}
  for field in parameters[at]:gmatch("[^:]+") do
    fields[#fields + 1] = tonumber(field)
  end
  if #fields > 1 then
    local count = #fields
    if fields[2] == 5 then
      return indexed(fields[3]), at
    end
    return rgb(fields[count - 2], fields[count - 1], fields[count]), at
  end
  if tonumber(parameters[at + 1]) == 5 then
    return indexed(tonumber(parameters[at + 2])), at + 2
  end
  local red, green, blue = unpack(parameters, at + 2, at + 4)
  return rgb(tonumber(red), tonumber(green), tonumber(blue)), at + 4
end

--- Applies one SGR sequence to `style`.
--- @param style table
--- @param sequence string  what stands between "ESC [" and "m"
--- @return table
local function apply_sgr(style, sequence)
  local parameters = {}
  for parameter in (sequence .. ";"):gmatch("([^;]*);") do
    parameters[#parameters + 1] = parameter == "" and "0" or parameter
  end
  local at = 1
  while at <= #parameters do
    local parameter = parameters[at]
    local code = tonumber(parameter:match("^%d+")) or 0
    if code == 0 then
      style = {}
    elseif COLOUR_FIELDS[code] then
      style[COLOUR_FIELDS[code]], at = extended_colour(parameters, at)
    elseif code == 4 then
      local shape = tonumber(parameter:match(":(%d)")) or 1
      style.underline = shape > 0 and shape or false
    elseif SWITCHES[code] then
      for field, value in pairs(SWITCHES[code]) do
        style[field] = value
      end
    elseif code >= 30 and code <= 37 then
      style.foreground = indexed(code - 30)
    elseif code >= 90 and code <= 97 then
      style.foreground = indexed(code - 82)
    elseif code >= 40 and code <= 47 then
      style.background = indexed(code - 40)
    elseif code >= 100 and code <= 107 then
      style.background = indexed(code - 92)
    end
    at = at + 1
  end
  return style
end

--- @param style table
--- @return table
local function copy(style)
  local result = {}
  for field, value in pairs(style) do
    result[field] = value
  end
  return result
end

--- Splits a captured line into runs of one style.
--- @param line string
--- @param style table  the style that the line before ended in
--- @return { column: integer, width: integer, text: string, style: table }[] runs
--- @return table style
--- @return integer width  columns
local function read_line(line, style)
  local runs, column, at = {}, 0, 1
  while at <= #line do
    local sequence, after = line:match("^\27%[([%d;:]*)m()", at)
    if sequence then
      style = apply_sgr(copy(style), sequence)
    else
      local text
      text, after = line:match("^([^\27]+)()", at)
      if not text then -- an escape sequence that sets no style
        text, after = "", at + 1
      end
      local _, width = text:gsub("[^\128-\191]", "") -- one column a codepoint
      if width > 0 then
        runs[#runs + 1] = { column = column, width = width, text = text, style = style }
      end
      column = column + width
    end
    at = after
  end
  return runs, style, column
end

local ESCAPES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" }

--- @param number number
--- @return string
local function coordinate(number)
  return (("%.2f"):format(number):gsub("%.?0+$", ""))
end

local UNDERLINES = { -- dash pattern and number of lines, by SGR 4:n
  { lines = 1 },
  { lines = 2 },
  { lines = 1, wave = true },
  { lines = 1, dash = "1 2" },
  { lines = 1, dash = "4 2" },
}

--- Appends the underline of a run.
--- @param out string[]
--- @param shape integer
--- @param colour string
--- @param left number
--- @param right number
--- @param top number
local function draw_underline(out, shape, colour, left, right, top)
  local kind = UNDERLINES[shape] or UNDERLINES[1]
  local y = top + BASELINE + 3 -- between pixels, so that a line of one pixel is sharp
  if kind.wave then
    local path = { ("M%s %s"):format(coordinate(left), coordinate(y)) }
    for x = left, right - 4, 4 do
      path[#path + 1] = ("q1 -2 2 0t2 0"):format(x)
    end
    out[#out + 1] = ('<path d="%s" stroke="%s" fill="none"/>'):format(table.concat(path), colour)
    return
  end
  for line = 0, kind.lines - 1 do
    local height = coordinate(y + 2 * line)
    out[#out + 1] = ('<path d="M%s %sH%s" stroke="%s"%s/>'):format(
      coordinate(left),
      height,
      coordinate(right),
      colour,
      kind.dash and (' stroke-dasharray="%s"'):format(kind.dash) or ""
    )
  end
end

--- Appends the background, the text and the lines of a run.
--- @param out string[]
--- @param run table
--- @param top number
--- @param theme table
local function draw_run(out, run, top, theme)
  local style = run.style
  local foreground = style.foreground or theme.foreground
  local background = style.background or theme.background
  if style.reverse then
    foreground, background = background, foreground
  end
  local left = MARGIN + run.column * CELL_WIDTH
  local width = run.width * CELL_WIDTH
  if background ~= theme.background then
    out[#out + 1] = ('<rect x="%s" y="%s" width="%s" height="%d" fill="%s"/>'):format(
      coordinate(left),
      coordinate(top),
      coordinate(width),
      CELL_HEIGHT,
      background
    )
  end
  if run.text:find("[^ ]") then
    local attributes = {}
    if foreground ~= theme.foreground then
      attributes[#attributes + 1] = (' fill="%s"'):format(foreground)
    end
    if style.bold then
      attributes[#attributes + 1] = ' font-weight="bold"'
    end
    if style.italic then
      attributes[#attributes + 1] = ' font-style="italic"'
    end
    if style.dim then
      attributes[#attributes + 1] = ' opacity="0.6"'
    end
    if style.strike then
      attributes[#attributes + 1] = ' text-decoration="line-through"'
    end
    -- Not every browser keeps blanks, whatever the style says: those at the ends are left out, those
    -- within are such as do not break.
    local blanks, text = run.text:match("^( *)(.-) *$")
    local _, length = text:gsub("[^\128-\191]", "")
    out[#out + 1] = ('<text x="%s" y="%s" textLength="%s"%s>%s</text>'):format(
      coordinate(left + #blanks * CELL_WIDTH),
      coordinate(top + BASELINE),
      coordinate(length * CELL_WIDTH),
      table.concat(attributes),
      (text:gsub("[&<>]", ESCAPES):gsub(" ", "\194\160"))
    )
  end
  if style.underline then
    local colour = style.underline_colour or foreground
    draw_underline(out, style.underline, colour, left, left + width, top)
  end
end

local SECONDS = 3.5 -- that each of several captures is shown

--- Draws the rows of a capture.
--- @param body string[]
--- @param capture string
--- @param theme table
--- @return integer columns
--- @return integer rows
local function draw_capture(body, capture, theme)
  local style, columns, rows = {}, 0, 0
  for line in (capture:gsub("\n$", "") .. "\n"):gmatch("([^\n]*)\n") do
    local runs, width
    runs, style, width = read_line(line, style)
    for _, run in ipairs(runs) do
      draw_run(body, run, MARGIN + rows * CELL_HEIGHT, theme)
    end
    columns, rows = math.max(columns, width), rows + 1
  end
  return columns, rows
end

--- Draws the line below a capture.
--- @param body string[]
--- @param text string
--- @param rows integer of the capture
--- @param columns integer
--- @param theme table
local function draw_caption(body, text, rows, columns, theme)
  local _, width = text:gsub("[^\128-\191]", "")
  local style = { reverse = true }
  local top = MARGIN + rows * CELL_HEIGHT
  draw_run(body, { column = 0, width = columns, text = "", style = style }, top, theme)
  local run = { column = 1, width = width, text = text, style = style }
  draw_run(body, run, top, theme)
end

--- When one of several captures is shown. Where nothing moves, it is the first.
--- @param index integer
--- @param count integer
--- @return string
local function shown(index, count)
  local first, last = (index - 1) / count, index / count
  local values, times = { "hidden", "visible", "hidden" }, { 0, first, last }
  if index == 1 then
    table.remove(values, 1)
    table.remove(times, 1)
  end
  if index == count then
    table.remove(values)
    table.remove(times)
  end
  for at, time in ipairs(times) do
    times[at] = ("%.4f"):format(time)
  end
  return ('<animate attributeName="visibility" calcMode="discrete" values="%s" keyTimes="%s"'):format(
    table.concat(values, ";"),
    table.concat(times, ";")
  ) .. (' dur="%gs" repeatCount="indefinite"/>'):format(SECONDS * count)
end

--- Draws a capture, or several.
--- @param input string
--- @param theme table
--- @return string svg
local function render(input, theme)
  local body, columns, rows = {}, 0, 0
  local captures, captions = {}, {}
  for caption, capture in input:gmatch("\f([^\n]*)\n([^\f]*)") do
    captions[#captions + 1], captures[#captures + 1] = caption, capture
    local _, lines = capture:gsub("\n", "")
    rows = math.max(rows, lines + 0.5)
  end
  if #captures == 0 then
    columns, rows = draw_capture(body, input, theme)
  end
  for index, capture in ipairs(captures) do
    body[#body + 1] = index == 1 and "<g>" or '<g visibility="hidden">'
    body[#body + 1] = shown(index, #captures)
    columns = math.max(columns, (draw_capture(body, capture, theme)))
    draw_caption(body, captions[index], rows, columns, theme)
    body[#body + 1] = "</g>"
  end
  rows = #captures > 0 and rows + 1 or rows
  local width = coordinate(columns * CELL_WIDTH + 2 * MARGIN)
  local height = coordinate(rows * CELL_HEIGHT + 2 * MARGIN)
  local head = {
    ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s">'):format(
      width,
      height,
      width,
      height
    ),
    ('<rect width="100%%" height="100%%" rx="6" fill="%s"/>'):format(theme.background),
    ('<g font-family="DejaVu Sans Mono,Menlo,Consolas,monospace" font-size="%d" fill="%s"'):format(
      FONT_SIZE,
      theme.foreground
    ) .. ">",
  }
  return table.concat(head, "\n") .. "\n" .. table.concat(body, "\n") .. "\n</g>\n</svg>\n"
end

local theme = THEMES[arg[1] == "--light" and "light" or "dark"]
io.write(render(io.read("*a"), theme))
