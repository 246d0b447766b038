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
      local spans = article.doc:json(",\n    ")
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
        .. article.doc:json(",")
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
  return options.batch and require("galley.cli.batch").run(core, cli)
    or annotate_files(core, options)
end

os.exit(main(_G.arg))
