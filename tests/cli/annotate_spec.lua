-- bin/galley as scripts use it.

local root = vim.fn.getcwd()

--- Runs bin/galley; gives standard output, standard error and the exit status.
local function galley(arguments, input, env)
  local command = { root .. "/bin/galley" }
  vim.list_extend(command, arguments)
  env = vim.tbl_extend("force", { GALLEY_NVIM = vim.v.progpath }, env or {})
  local result = vim.system(command, { stdin = input, env = env, cwd = root }):wait(60000)
  return result.stdout, result.stderr, result.code
end

--- Decoded answers of --batch to lines of input.
local function batch(...)
  local lines = {}
  for _, record in ipairs({ ... }) do
    table.insert(lines, type(record) == "table" and vim.json.encode(record) or record)
  end
  local out, err, code = galley({ "annotate", "--batch" }, table.concat(lines, "\n") .. "\n")
  local answers = {}
  for line in out:gmatch("[^\n]+") do
    table.insert(answers, vim.json.decode(line))
  end
  return answers, code, out, err
end

local function of_kind(answer, kind)
  return vim.tbl_filter(function(span)
    return span.kind == kind
  end, answer.spans)
end

local TEXT =
  "On 25 May 2018, 476 members voted.\n\n“We counted 36 votes,” said Anna Lindqvist.\n"

describe("galley annotate --batch", function()
  it("answers each document with its spans", function()
    local answers, code, _, err = batch({ id = "a", text = TEXT, dct = vim.NIL })
    assert.are.equal("", err)
    assert.are.equal(0, code)
    assert.are.equal("a", answers[1].id)
    local date = of_kind(answers[1], "date")[1]
    assert.are.equal("DATE", date.type)
    assert.are.equal("2018-05-25", date.value)
    assert.are.equal("25 May 2018", date.text)
    for _, span in ipairs(answers[1].spans) do
      assert.are.equal(span.text, TEXT:sub(span.start + 1, span["end"]))
      assert.is_string(span.rule)
    end
  end)

  it("complains of input that cannot be read", function()
    local command = { "sh", "-c", "exec bin/galley annotate --batch <." }
    local env = { GALLEY_NVIM = vim.v.progpath }
    local result = vim.system(command, { env = env, cwd = root }):wait(60000)
    assert.are.equal(1, result.code)
    assert.has.match("^galley: cannot read standard input: EISDIR[^\n]*\n$", result.stderr)
  end)

  it("gives what belongs to a kind, null where there is none", function()
    local answers = batch({ id = "a", text = TEXT })
    local quote = of_kind(answers[1], "quote")[1]
    assert.are.equal("Anna Lindqvist", quote.speaker)
    assert.are.equal("Anna Lindqvist", TEXT:sub(quote.speaker_start + 1, quote.speaker_end))
    assert.are.equal("Anna Lindqvist", quote.speaker_name)
    assert.are.equal(vim.NIL, quote.value)
    local entity = of_kind(answers[1], "entity")[1]
    assert.are.equal("number", type(entity.entity))
    assert.are.equal("string", type(entity.name))
    local figure = of_kind(answers[1], "figure")[1]
    assert.are.equal("476", figure.value)
    for _, key in ipairs({ "unit", "noun", "low", "high" }) do
      assert.is_not_nil(figure[key])
    end
  end)

  it("writes the same keys in the same order for each span of a kind", function()
    local _, _, out = batch(
      { id = "a", text = TEXT },
      { id = "b", text = "Then 36 of 40% in 2019." }
    )
    local orders = {}
    for span in out:gmatch('{"start":[^}]*}') do
      local keys = {}
      for key in span:gmatch('[{,]"([%w_]+)":') do
        table.insert(keys, key)
      end
      local order, kind = table.concat(keys, " "), span:match('"kind":"(%a+)"')
      assert.are.equal(orders[kind] or order, order)
      orders[kind] = order
      assert.has.match("^start end kind type text value ", order)
    end
    assert.is_not_nil(orders.figure)
  end)

  it("counts from the date of each document alone", function()
    local answers = batch(
      { id = "a", text = "She left yesterday.", dct = "2018-06-14" },
      { id = "b", text = "She left yesterday.", dct = "2020-03-01" },
      { id = "c", text = "She left yesterday." }
    )
    assert.are.equal("2018-06-13", answers[1].spans[1].value)
    assert.are.equal("2020-02-29", answers[2].spans[1].value)
    assert.are_not.equal("2020-02-29", answers[3].spans[1].value)
  end)

  it("answers a bad line with an error and goes on", function()
    local answers, code = batch(
      "not json",
      { id = "no text" },
      { text = "no id" },
      "[1, 2]",
      { id = "dct", text = "x", dct = "14 June" },
      { id = "dct2", text = "x", dct = 2018 },
      { id = "text", text = 12 },
      '{"id": "half',
      { id = "good", text = "In 2018." }
    )
    assert.are.equal(1, code)
    assert.are.equal(9, #answers)
    for index = 1, 8 do
      assert.is_string(answers[index].error)
      assert.is_nil(answers[index].spans)
    end
    assert.are.equal("no text", answers[2].id)
    assert.is_nil(answers[3].id)
    assert.has.match("YYYY%-MM%-DD", answers[5].error)
    assert.are.equal("2018", answers[9].spans[1].value)
  end)

  it("takes empty input, blank lines, CRLF, a byte order mark and no last newline", function()
    assert.are.same({ "", "", 0 }, { galley({ "annotate", "--batch" }, "") })
    local document = vim.json.encode({ id = "a", text = "In 2018." })
    local plain = galley({ "annotate", "--batch" }, document .. "\n")
    for _, input in ipairs({
      document,
      document .. "\r\n",
      "\239\187\191" .. document .. "\n",
      "\n" .. document .. "\n\n",
    }) do
      assert.are.same({ plain, "", 0 }, { galley({ "annotate", "--batch" }, input) })
    end
  end)

  it("takes any text: empty, NUL, controls, invalid UTF-8, half a surrogate pair", function()
    local _, _, out = batch(
      { id = "empty", text = "" },
      { id = "controls", text = "“a\0b\27[31m\127” in 2018" },
      { id = 7, text = "x" }
    )
    assert.are.equal('{"id":"empty","spans":[]}', out:match("^[^\n]+"))
    assert.is_true(out:find("a\\u0000b\\u001b[31m\\u007f", 1, true) ~= nil)
    assert.has.match('{"id":7,"spans":', out)
    assert.is_nil(out:find("[%z\1-\9\11-\31\127]"))

    local invalid = '{"id": "\255", "text": "“one \255\254 two\237\160\128” in 2018"}\n'
    local answer, _, code = galley({ "annotate", "--batch" }, invalid)
    assert.are.equal(0, code)
    local function is_utf8(text)
      return vim.system({ "iconv", "-f", "UTF-8", "-t", "UTF-8" }, { stdin = text }):wait().code
        == 0
    end
    assert.is_false(is_utf8(invalid))
    assert.is_true(is_utf8(answer))
    assert.is_nil(answer:find("[\237\255\254]"))
    local spans = vim.json.decode(answer).spans
    assert.are.equal("2018", spans[#spans].text)
    local text = invalid:match('"text": "(.*)"}')
    assert.are.equal(text:find("2018") - 1, spans[#spans].start)

    local half = '{"id": "h", "text": "a \\ud83d b \\ud83d\\ude42 c \\\\ud83d in 2018"}\n'
    answer, _, code = galley({ "annotate", "--batch" }, half)
    assert.are.equal(0, code)
    spans = vim.json.decode(answer).spans
    assert.are.equal("2018", spans[#spans].text)
    assert.are.equal(#"a \239\191\189 b 🙂 c \\ud83d in ", spans[#spans].start)
  end)

  it("takes raw NUL bytes as a bad line, not as the end of it", function()
    local document = vim.json.encode({ id = "a", text = "In 2018." })
    local out, _, code = galley({ "annotate", "--batch" }, '{"id": "\0"\n' .. document .. "\n")
    assert.are.equal(1, code)
    local lines = vim.split(vim.trim(out), "\n")
    assert.are.equal(2, #lines)
    assert.are.equal("a", vim.json.decode(lines[2]).id)
  end)

  it("keeps the order of more lines, good and bad, than it reads ahead", function()
    local records = {}
    for number = 1, 1000 do
      -- Long and short by turns: the short ones are done first.
      local text = ("It cost $%d. "):format(1000 + number):rep(number % 7 == 0 and 400 or 1)
      records[number] = number % 10 == 0 and ("bad " .. number) or { id = number, text = text }
    end
    local answers, code = batch(unpack(records))
    assert.are.equal(1, code)
    assert.are.equal(1000, #answers)
    for number, answer in ipairs(answers) do
      if number % 10 == 0 then
        assert.has.match("^not JSON", answer.error)
      else
        assert.are.equal(number, answer.id)
        assert.are.equal(tostring(1000 + number), answer.spans[1].value)
      end
    end
  end)

  it("answers before its input ends", function()
    local answered = {}
    local process = vim.system({ root .. "/bin/galley", "annotate", "--batch" }, {
      stdin = true,
      env = { GALLEY_NVIM = vim.v.progpath },
      stdout = function(_, data)
        table.insert(answered, data)
      end,
    })
    for number = 1, 3 do
      process:write(vim.json.encode({ id = tostring(number), text = "In 2018." }) .. "\n")
      assert.is_true(vim.wait(20000, function()
        return #answered == number
      end, 2))
      assert.has.match('"id":"' .. number .. '"', answered[number])
    end
    process:write(nil)
    assert.are.equal(0, process:wait(20000).code)
  end)

  it("is deterministic", function()
    local input = vim.json.encode({ id = "a", text = TEXT:rep(20), dct = "2018-06-14" }) .. "\n"
    local first = galley({ "annotate", "--batch" }, input)
    assert.are.equal(
      first,
      (galley({ "annotate", "--batch" }, input, { TZ = "Asia/Tokyo", LC_ALL = "C" }))
    )
    assert.are.equal(first .. first, (galley({ "annotate", "--batch" }, input .. input)))
  end)
end)

describe("galley annotate FILE", function()
  local file

  before_each(function()
    file = vim.fn.tempname() .. "-2018-06-14.txt"
    vim.fn.writefile(vim.split(TEXT .. "Then, yesterday, they left.", "\n"), file)
  end)

  after_each(function()
    vim.fn.delete(file)
  end)

  it("writes JSON with the article's date", function()
    local out, err, code = galley({ "annotate", file, "--format", "json" })
    assert.are.same({ "", 0 }, { err, code })
    local articles = vim.json.decode(out)
    assert.are.equal(file, articles[1].id)
    assert.are.equal("2018-06-14", articles[1].date)
    assert.are.equal("file name", articles[1].date_origin)
    local dates = of_kind(articles[1], "date")
    assert.are.equal("2018-06-13", dates[#dates].value)
    -- Not to a terminal, JSON is the default.
    assert.are.equal(out, (galley({ "annotate", file })))
  end)

  it("takes --dct over the file's name", function()
    for _, arguments in ipairs({ { "--dct", "2020-03-01" }, { "--dct=2020-03-01" } }) do
      local out = galley({ "annotate", file, unpack(arguments) })
      assert.are.equal("2020-03-01", vim.json.decode(out)[1].date)
    end
  end)

  it("writes one line for each file as --batch does", function()
    local out = galley({ "annotate", "--format=jsonl", file, file })
    local lines = vim.split(vim.trim(out), "\n")
    assert.are.equal(2, #lines)
    assert.are.equal(lines[1], lines[2])
    assert.has.match('^{"id":".*","spans":%[{"start":', lines[1])
  end)

  it("reads standard input as -", function()
    local out, err, code = galley({ "annotate", "-" }, "In 2018.")
    assert.are.same({ "", 0 }, { err, code })
    assert.are.equal("2018", vim.json.decode(out)[1].spans[1].value)
  end)

  it("goes on after a file that cannot be read, and exits with 1", function()
    local out, err, code = galley({ "annotate", "/does/not/exist", root, file })
    assert.are.equal(1, code)
    assert.has.match("galley: /does/not/exist: No such file", err)
    assert.has.match("is a directory", err)
    assert.are.equal(1, #vim.json.decode(out))
    local empty, _, status = galley({ "annotate", "--format", "json", "/does/not/exist" })
    assert.are.same({ {}, 1 }, { vim.json.decode(empty), status })
  end)

  it("says when its output cannot be written, and is silent when nobody reads on", function()
    local function shell(command)
      return vim
        .system({ "sh", "-c", command }, { env = { GALLEY_NVIM = vim.v.progpath, FILE = file } })
        :wait()
    end
    local full = shell("bin/galley annotate $FILE >/dev/full")
    assert.are.equal(1, full.code)
    assert.has.match("^galley: cannot write: ", full.stderr)
    local closed = shell(
      "for n in $(seq 200); do cat $FILE $FILE >>$FILE.big; done;"
        .. " bin/galley annotate $FILE.big $FILE.big | head -n 1; rm $FILE.big"
    )
    assert.are.same({ "[\n", "" }, { closed.stdout, closed.stderr })
  end)

  it("takes files with odd names after --", function()
    local odd = vim.fs.dirname(file) .. "/--help"
    vim.fn.writefile({ "In 2018." }, odd)
    local result = vim
      .system({ root .. "/bin/galley", "annotate", "--", "--help" }, {
        cwd = vim.fs.dirname(file),
        env = { GALLEY_NVIM = vim.v.progpath },
      })
      :wait()
    vim.fn.delete(odd)
    assert.are.equal("--help", vim.json.decode(result.stdout)[1].id)
  end)

  it("shows the article in colour with a legend", function()
    local out, err, code = galley({ "annotate", "--format", "ansi", file })
    assert.are.same({ "", 0 }, { err, code })
    assert.is_true(out:find("\27[0;1;3;33m25 May 2018\27[0m", 1, true) ~= nil)
    assert.is_true(out:find("\27[1;35mfigure\27[0m 2", 1, true) ~= nil)
    local plain = out:gsub("\27%[[%d;]*m", "")
    assert.are.equal(TEXT, plain:sub(1, #TEXT))
  end)

  it("leaves colour away with NO_COLOR, and still tells the kinds apart", function()
    local out = galley({ "annotate", "--format", "ansi", file }, nil, { NO_COLOR = "1" })
    assert.is_true(out:find("\27[0;1;3m25 May 2018", 1, true) ~= nil)
    for codes in out:gmatch("\27%[([%d;]*)m") do
      for code in codes:gmatch("%d+") do
        assert.is_true(tonumber(code) < 30)
      end
    end
  end)

  it("hands no control character of the text to the terminal", function()
    local text = "\27]0;title\7In 2018\27[2J.\r\nBell\8\194\155\255\226\128\174\tend\0"
    local out, _, code = galley({ "annotate", "--format", "ansi", "-" }, text)
    assert.are.equal(0, code)
    out = out:gsub("\27%[[%d;]*m", "")
    assert.is_nil(out:find("[%z\1-\8\11-\31\127]"))
    assert.is_nil(out:find("\194\155", 1, true))
    assert.is_nil(out:find("\226\128\174", 1, true))
    assert.has.match("^%^%[%]0;title%^GIn 2018%^%[%[2J%.\n", out)
  end)

  it("does not read a user's configuration or run what a text says", function()
    local home = vim.fn.tempname()
    vim.fn.mkdir(home .. "/nvim", "p")
    vim.fn.writefile({ "print('configured')" }, home .. "/nvim/init.lua")
    local out, err = galley(
      { "annotate", "-" },
      "vim: set ft=lua:\n",
      { XDG_CONFIG_HOME = home, VIMINIT = "echo 'configured'" }
    )
    assert.are.equal("", err)
    assert.is_nil(out:find("configured"))
    vim.fn.delete(home, "rf")
  end)
end)

describe("galley", function()
  it("explains itself and tells its version", function()
    for _, arguments in ipairs({ { "--help" }, { "-h" }, { "annotate", "--help" } }) do
      local out, err, code = galley(arguments)
      assert.are.same({ "", 0 }, { err, code })
      assert.has.match("^usage: galley annotate", out)
    end
    local out, _, code = galley({ "--version" })
    assert.are.equal(0, code)
    assert.has.match("^galley %d+%.%d+%.%d+ %(", out)
  end)

  it("says what is wrong with a command, with status 2", function()
    for _, case in ipairs({
      { {}, "no command given" },
      { { "anotate" }, "unknown command 'anotate'" },
      { { "annotate" }, "no file given" },
      { { "annotate", "--colour", "x" }, "unknown option '%-%-colour'" },
      { { "annotate", "-x" }, "unknown option '%-x'" },
      { { "annotate", "--format", "xml", "x" }, "unknown format 'xml'" },
      { { "annotate", "--format" }, "'%-%-format' needs a value" },
      { { "annotate", "--dct", "June", "x" }, "'June' is not a date" },
      { { "annotate", "--batch", "x" }, "%-%-batch reads standard input" },
    }) do
      local out, err, code = galley(case[1])
      assert.are.same({ "", 2 }, { out, code })
      assert.has.match("^galley: .*" .. case[2], err)
    end
  end)

  it("is found through a symbolic link", function()
    local link = vim.fn.tempname()
    vim.uv.fs_symlink(root .. "/bin/galley", link)
    local result = vim
      .system({ link, "--version" }, { env = { GALLEY_NVIM = vim.v.progpath } })
      :wait()
    vim.fn.delete(link)
    assert.has.match("^galley ", result.stdout)
  end)

  it("says so when Neovim is missing or too old", function()
    local old = vim.fn.tempname()
    vim.fn.writefile({ "#!/bin/sh", "echo NVIM v0.9.5" }, old)
    vim.fn.setfperm(old, "rwxr-xr-x")
    for _, env in ipairs({
      { GALLEY_NVIM = old },
      { GALLEY_NVIM = "/does/not/exist" },
      { GALLEY_NVIM = "", GALLEY_DEPS = "/does/not/exist", PATH = "/usr/bin:/bin" },
    }) do
      if env.PATH == nil or vim.fn.executable("/usr/bin/nvim") == 0 then
        local _, err, code = galley({ "--version" }, nil, env)
        assert.are.equal(2, code)
        assert.has.match("Neovim of 0.10 or newer", err)
      end
    end
    vim.fn.delete(old)
  end)
end)
