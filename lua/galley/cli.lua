-- The command line, run by bin/galley in `nvim -l`: annotates files and streams of documents.

local script = debug.getinfo(1, "S").source:sub(2)
local root = vim.fn.fnamemodify(script, ":p:h:h:h")
package.path = root .. "/lua/?.lua;" .. root .. "/lua/?/init.lua;" .. package.path

local cli = require("galley.cli.io")
local json = require("galley.json")
local core_loader = require("galley.core")

local annotate, complain, flush, read, usage_error, write =
  cli.document, cli.complain, cli.flush, cli.read, cli.usage_error, cli.write

local EXIT_OK, EXIT_BAD_INPUT, EXIT_USAGE = 0, 1, 2

local USAGE = [[
usage: galley annotate [--format json|jsonl|ansi] [--dct DATE] FILE...
       galley annotate --batch < docs.jsonl > spans.jsonl
       galley check [--format text|json|sarif] FILE...     (galley check --help)
       galley export --format FORMAT [--output OUT] FILE   (galley export --help)
       galley --help | --version

Annotates English articles: names, dates, quotes, figures, citations.

  FILE            a text or Markdown file; '-' is standard input
  --format FORMAT json   one array with an object for each file
                  jsonl  one object a line for each file
                  ansi   the article in colour with a legend
                  default: ansi on a terminal, else json
  --dct DATE      the article's date, YYYY-MM-DD, from which "yesterday" is counted
  --batch         reads {"id": string, "text": string, "dct": "YYYY-MM-DD" or null} a line,
                  writes {"id": string, "spans": [...]} or {"id": string, "error": string} a line
  --              what follows is a file, even if it begins with '-'

Offsets are bytes from 0, ends are exclusive. NO_COLOR leaves only bold, italic and underline.
Exit status: 0, 1 if a file or line could not be annotated, 2 if the command is wrong.
]]

-- What a span has of its kind, in the order of the output. Null where there is none.
local COMMON = { "start", "end", "kind", "type", "text", "value" }
local FIELDS = {
  entity = { "entity", "name", "gender" },
  date = { "first_day", "last_day", "confidence", "anchor" },
  quote = {
    "id",
    "state",
    "content_start",
    "content_end",
    "speaker",
    "speaker_start",
    "speaker_end",
    "speaker_name",
    "cue",
    "cue_start",
    "cue_end",
  },
  figure = { "unit", "noun", "low", "high", "hedge" },
  citation = { "target_start", "target_end" },
}

--- @class galley.cli.Field
--- @field key string
--- @field lead string what comes before its value: comma, key, colon

--- @type table<string, galley.cli.Field[]>
local writers = {}
for kind, own in pairs(FIELDS) do
  local fields = {}
  for _, list in ipairs({ COMMON, own, { "rule" } }) do
    for _, key in ipairs(list) do
      local lead = (#fields > 0 and "," or "{") .. json.string(key) .. ":"
      fields[#fields + 1] = { key = key, lead = lead }
    end
  end
  writers[kind] = fields
end

--- Appends a span to the parts of a line.
--- @param parts string[]
--- @param at integer last part in use
--- @param span table
--- @return integer at
local function put_span(parts, at, span)
  local scalar = json.scalar
  local fields = writers[span.kind]
  for index = 1, #fields do
    local field = fields[index]
    parts[at + 1] = field.lead
    parts[at + 2] = scalar(span[field.key])
    at = at + 2
  end
  parts[at + 1] = "}"
  return at + 1
end

--- @param spans table[]
--- @param separator string
--- @return string
local function span_list(spans, separator)
  local parts, at = {}, 0
  for index = 1, #spans do
    if index > 1 then
      at = at + 1
      parts[at] = separator
    end
    at = put_span(parts, at, spans[index])
  end
  return table.concat(parts, "", 1, at)
end

-- ---- batch -------------------------------------------------------------------------------------

local DECODE = { luanil = { object = true, array = true } }

--- A half of a surrogate pair means no character; other programs write one all the same.
--- @param line string
--- @return string
local function without_lone_surrogates(line)
  line = line:gsub("\\\\", "\0")
  line = line:gsub("\\u([dD][89abAB]%x%x)\\u([dD][c-fC-F]%x%x)", "\1%1\2%2")
  line = line:gsub("\\u[dD][89a-fA-F]%x%x", "\\ufffd")
  line = line:gsub("\1(%x%x%x%x)\2(%x%x%x%x)", "\\u%1\\u%2")
  return (line:gsub("%z", "\\\\"))
end

--- @param line string
--- @return any record
--- @return string? message
local function decode(line)
  local ok, record = pcall(vim.json.decode, line, DECODE)
  if not ok and line:find("\\u[dD][89a-fA-F]") and not line:find("[%z\1\2]") then
    ok, record = pcall(vim.json.decode, without_lone_surrogates(line), DECODE)
  end
  if not ok then
    return nil, "not JSON: " .. tostring(record)
  end
  return record
end

--- The answer to a line of input; a second value when the line could not be annotated.
--- @param core table
--- @param line string
--- @return string answer
--- @return boolean? bad
local function answer(core, line)
  local record, message = decode(line)
  local id
  if not message then
    if type(record) ~= "table" or vim.islist(record) and #record > 0 then
      message = "not an object"
    elseif type(record.id) == "string" or type(record.id) == "number" then
      id = json.scalar(record.id)
    else
      message = record.id == nil and "no id" or "id is not a string"
    end
  end
  if not message and type(record.text) ~= "string" then
    message = record.text == nil and "no text" or "text is not a string"
  end
  if not message and record.dct ~= nil and type(record.dct) ~= "string" then
    message = "dct is not a string"
  end
  if not message then
    local doc
    doc, message = annotate(core, record.text, record.dct)
    if doc then
      local spans
      spans, message = doc:spans(0, -1)
      doc:close()
      if spans then
        return ('{"id":%s,"spans":['):format(id) .. span_list(spans, ",") .. "]}\n"
      end
    elseif record.dct then
      message = "dct: " .. message
    end
  end
  local error_field = '"error":' .. json.string(message) .. "}\n"
  return id and ('{"id":%s,'):format(id) .. error_field or "{" .. error_field, true
end

--- Calls `take` with each line of standard input. Reads as little as there is, so that a program
--- on the other side of two pipes gets its answers; io.lines() would also end lines at a NUL.
--- @param take fun(line: string)
--- @param pause fun() called before waiting for more
local function each_input_line(take, pause)
  local rest = {} --- @type string[] the parts of a line that has no end yet
  while true do
    local chunk = assert(vim.uv.fs_read(0, 1048576))
    local from = 1
    while true do
      local newline = chunk:find("\n", from, true)
      if not newline then
        break
      end
      rest[#rest + 1] = chunk:sub(from, newline - 1)
      take(table.concat(rest))
      rest = {}
      from = newline + 1
    end
    if from <= #chunk then
      rest[#rest + 1] = chunk:sub(from)
    end
    if chunk == "" then
      break
    end
    pause()
  end
  if #rest > 0 then
    take(table.concat(rest))
  end
end

--- @param core table
--- @return integer exit
local function batch(core)
  local exit = EXIT_OK
  local number = 0
  each_input_line(function(line)
    number = number + 1
    if number == 1 then
      line = line:gsub("^\239\187\191", "")
    end
    if line:find("%S") then
      local text, bad = answer(core, line)
      if bad then
        exit = EXIT_BAD_INPUT
      end
      write(text)
    end
  end, flush)
  flush()
  return exit
end

-- ---- formats -----------------------------------------------------------------------------------

--- @class galley.cli.Article
--- @field file string
--- @field text string
--- @field doc table

--- @param article galley.cli.Article
--- @return string
local function date_fields(article)
  local date, origin = article.doc:date()
  return ('"date":%s,"date_origin":%s'):format(json.scalar(date), json.scalar(origin))
end

--- @class galley.cli.Format
--- @field open string before all articles
--- @field close string after them
--- @field separator string between them
--- @field article fun(article: galley.cli.Article): string

--- @type table<string, galley.cli.Format>
local FORMATS = {
  json = {
    open = "[",
    close = "\n]\n",
    separator = ",",
    article = function(article)
      local spans = span_list(article.doc:spans(0, -1), ",\n    ")
      return ('\n  {"id":%s,%s,"spans":['):format(json.string(article.file), date_fields(article))
        .. (spans ~= "" and "\n    " .. spans .. "\n  " or "")
        .. "]}"
    end,
  },
  jsonl = {
    open = "",
    close = "",
    separator = "",
    article = function(article)
      return ('{"id":%s,"spans":['):format(json.string(article.file))
        .. span_list(article.doc:spans(0, -1), ",")
        .. "]}\n"
    end,
  },
  ansi = {
    open = "",
    close = "",
    separator = "\n",
    article = function(article)
      return require("galley.ansi").render(article.doc, article.text)
    end,
  },
}

--- @param core table
--- @param options galley.cli.Options
--- @return integer exit
local function annotate_files(core, options)
  local format = FORMATS[options.format]
  local exit = EXIT_OK
  local written = false
  write(format.open)
  for _, file in ipairs(options.files) do
    local text, message = read(file)
    local doc
    if text then
      doc, message = annotate(core, text, options.dct, vim.fs.basename(file))
    end
    if doc then
      write(written and format.separator or "")
      write(format.article({
        file = file,
        text = text --[[@as string]],
        doc = doc,
      }))
      doc:close()
      written = true
    else
      complain(tostring(message))
      exit = EXIT_BAD_INPUT
    end
  end
  write(format.close)
  flush()
  return exit
end

-- ---- arguments ---------------------------------------------------------------------------------

--- @class galley.cli.Options
--- @field format? string
--- @field dct? string
--- @field batch? boolean
--- @field files string[]

local FLAGS = {
  format = { takes_value = true, choices = { "json", "jsonl", "ansi" } },
  dct = { takes_value = true, is_date = true },
  batch = {},
}

--- The options of `galley annotate`; nil after a complaint.
--- @param arguments string[]
--- @return galley.cli.Options?
local function parse(arguments)
  local options = cli.parse(arguments, FLAGS) --[[@as galley.cli.Options?]]
  if not options then
    return nil
  end
  if options.batch and (#options.files > 0 or options.format or options.dct) then
    return usage_error("--batch reads standard input and takes no file, format or date")
  end
  if not options.batch and #options.files == 0 then
    return usage_error("no file given")
  end
  options.format = options.format or (vim.uv.guess_handle(1) == "tty" and "ansi" or "json")
  return options
end

--- Modules of the other commands: each has `run` and `USAGE`.
local COMMANDS = { check = "galley.cli.check", export = "galley.cli.export" }

--- @param arguments string[]
--- @return integer exit
local function main(arguments)
  local command = arguments[1]
  local other = COMMANDS[command] and require(COMMANDS[command])
  for _, argument in ipairs(arguments) do
    if argument == "--" then
      break
    elseif argument == "--help" or argument == "-h" then
      write(other and other.USAGE or USAGE)
      flush()
      return EXIT_OK
    end
  end
  if other then
    return other.run(arguments, cli)
  end
  if command ~= "annotate" and command ~= "--version" then
    usage_error(command and ("unknown command '%s'"):format(command) or "no command given")
    return EXIT_USAGE
  end
  local options = command == "annotate" and parse(arguments)
  if command == "annotate" and not options then
    return EXIT_USAGE
  end
  local core, message = core_loader.load()
  if not core then
    io.stderr:write(message, "\n")
    return EXIT_USAGE
  end
  if not options then
    write(("galley %s (%s)\n"):format(core.version, core.build))
    flush()
    return EXIT_OK
  end
  return options.batch and batch(core) or annotate_files(core, options)
end

os.exit(main(_G.arg))
