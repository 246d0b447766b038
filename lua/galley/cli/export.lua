-- `galley export`: the facts of an article and what its ledger says of them.

local export = require("galley.ledger.export")

local M = {}

--- What a subcommand is given to talk to the user with.
--- @class galley.cli.Terminal
--- @field write fun(text: string)
--- @field flush fun()
--- @field complain fun(text: string)
--- @field usage_error fun(text: string)

M.USAGE = [==[
usage: galley export --format csv|brat|claimreview [--output OUT [--force]] [--dct DATE] FILE

Writes the facts of an article (figures, quotes, dates, names) with what the ledger beside it,
FILE.galley.jsonl, says of them.

  --format FORMAT csv          a table for a spreadsheet
                  brat         annotations of brat, for the article as its text
                  claimreview  JSON-LD, a ClaimReview for each judged figure and quote
  --output OUT    a file; without it standard output
  --force         also if OUT is there already
  --dct DATE      the article's date, YYYY-MM-DD

Exit status: 0, 1 if the article cannot be read or OUT not written, 2 if the command is wrong.
]==]

local EXIT_OK, EXIT_BAD, EXIT_USAGE = 0, 1, 2

local TAKES_VALUE = { format = true, output = true, dct = true }

--- @class galley.cli.ExportOptions
--- @field format string
--- @field output? string
--- @field dct? string
--- @field force? boolean
--- @field file string

--- @param arguments string[]
--- @return galley.cli.ExportOptions? options
--- @return string? message
local function parse(arguments)
  local options, files = {}, {}
  local index = 2
  while index <= #arguments do
    local argument = arguments[index]
    local name, value = argument:match("^%-%-([%w-]+)=(.*)$")
    name = name or argument:match("^%-%-([%w-]+)$")
    if argument == "--" then
      vim.list_extend(files, arguments, index + 1)
      break
    elseif name and TAKES_VALUE[name] then
      if not value then
        index = index + 1
        value = arguments[index]
      end
      if not value then
        return nil, ("option '--%s' needs a value"):format(name)
      end
      options[name] = value
    elseif name == "force" and not value then
      options.force = true
    elseif argument:sub(1, 1) == "-" then
      return nil, ("unknown option '%s'"):format(argument)
    else
      files[#files + 1] = argument
    end
    index = index + 1
  end
  options.file = files[1]
  if #files ~= 1 then
    return nil, #files == 0 and "no file given" or "export takes one file"
  elseif not vim.tbl_contains(export.FORMATS, options.format) then
    local known = table.concat(export.FORMATS, ", ")
    return nil, ("--format is one of %s"):format(known)
  elseif options.dct and not options.dct:match("^%d%d%d%d%-%d%d%-%d%d$") then
    return nil, ("'%s' is not a date of the form YYYY-MM-DD"):format(options.dct)
  end
  return options
end

--- @param arguments string[] of the command line
--- @param terminal galley.cli.Terminal
--- @return integer exit
function M.run(arguments, terminal)
  local options, message = parse(arguments)
  if not options then
    terminal.usage_error(message --[[@as string]])
    return EXIT_USAGE
  end
  local buf, text
  buf, message = require("galley.cli.article").open(options.file, options.dct)
  if buf then
    local problem = require("galley.ledger.state").get(buf).problem
    if problem then
      message = problem
    else
      text, message = export.render(buf, options.format)
    end
  end
  if text and options.output then
    local ok
    ok, message = export.write(options.output, text, options.force or false)
    text = ok and "" or nil
  end
  if not text then
    terminal.complain((tostring(message):gsub("^galley: ", ""):gsub("add ! to", "--force to")))
    return EXIT_BAD
  end
  terminal.write(text)
  terminal.flush()
  return EXIT_OK
end

return M
