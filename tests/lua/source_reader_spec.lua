-- What the core reads of a source, and where that stands in the file.

--- Reads a whole file in pieces of `size` bytes.
local function read(format, text, size)
  local kind = require("galley.source.format").formats[format]
  local reader = require("galley.source.reader." .. kind.reader).new(format)
  local derived = {}
  for at = 1, #text, size or #text do
    local made, message = reader:feed(text:sub(at, at + (size or #text) - 1))
    if not made then
      return nil, message
    end
    table.insert(derived, made)
  end
  table.insert(derived, reader:finish())
  return table.concat(derived), reader
end

--- Where the first `needle` of the derived text stands: the text there, and the label.
local function locate(format, text, needle)
  local derived, reader = read(format, text)
  local at = assert(derived:find(needle, 1, true), needle .. " is not in:\n" .. derived)
  local before = derived:sub(1, at - 1)
  local row = select(2, before:gsub("\n", ""))
  local file_row, file_col, label = reader:place(
    row,
    #(before:match("^.*\n(.*)$") or before), -- "[^\n]*$" would take square time
    function(byte, length)
      return text:sub(byte + 1, byte + length)
    end
  )
  local line = vim.split((text:gsub("^\239\187\191", "")), "\n")[file_row + 1]
  return line:sub(file_col + 1, file_col + #needle), label, file_row
end

--- The derived text does not depend on how the file comes in pieces.
local function same_in_pieces(format, text)
  local whole = read(format, text)
  for size = 1, 40 do
    assert.are.equal(whole, (read(format, text, size)), "in pieces of " .. size)
  end
end

describe("a text", function()
  it("is read as it is", function()
    local text = "One.\r\nTwo 476.\n\nEnd"
    assert.are.equal("One.\r\nTwo 476.\n\nEnd\n", (read("text", text)))
    assert.are.same({ "476", "line 2", 1 }, { locate("text", text, "476") })
    same_in_pieces("text", text)
    assert.are.equal("", (read("text", "")))
  end)

  it("loses the mark of UTF-8, and is refused when it is none", function()
    assert.are.same({ "476", "line 1", 0 }, { locate("text", "\239\187\191476", "476") })
    assert.are.same({ nil, "not a text" }, { read("text", "a\0b") })
    assert.are.same({ nil, "UTF-16; save it as UTF-8" }, { read("text", "\255\254a\0") })
  end)

  it("has its very long lines cut, and keeps their places", function()
    local text = "first\n"
      .. ("wörd "):rep(20000)
      .. "476 here\nlast 151 "
      .. ("ö"):rep(50000)
      .. "77"
    for _, size in ipairs({ 1000, 30000, 65536 }) do
      local derived = read("text", text, size)
      assert.are.equal(text:gsub("%s", ""), derived:gsub("%s", ""))
      for line in derived:gmatch("[^\n]*") do
        assert.is_true(#line <= 65536 + 32768 and vim.fn.strtrans(line):find("<") == nil)
      end
    end
    assert.are.same({ "476", "line 2", 1 }, { locate("text", text, "476") })
    assert.are.same({ "151", "line 3", 2 }, { locate("text", text, "151") })
    assert.are.same({ "77", "line 3", 2 }, { locate("text", text, "77") })
  end)
end)

describe("a table", function()
  local CSV = table.concat({
    '"Orders by region, 2026"',
    'Region,Vessels,"Value, GBP m"',
    "Norway,27,930",
    '"Rest of ""Europe""",19,"6\n15"',
    "",
    "Canada,,555",
    "Total,62",
  }, "\r\n")

  it("is a line a cell, with the headers of row and column", function()
    local derived = read("csv", CSV)
    assert.are.equal(
      table.concat({
        "Orders by region, 2026",
        "Region; Vessels; Value, GBP m",
        "Norway, Vessels: 27",
        "Norway, Value, GBP m: 930",
        'Rest of "Europe", Vessels: 19',
        'Rest of "Europe", Value, GBP m: 6 15',
        "Canada, Value, GBP m: 555",
        "Total, Vessels: 62",
        "",
      }, "\n"),
      derived
    )
    same_in_pieces("csv", CSV)
  end)

  it("leads back to its cells", function()
    assert.are.same({ "930", "row Norway, column Value, GBP m", 2 }, { locate("csv", CSV, "930") })
    assert.are.same(
      { "19", 'row Rest of "Europe", column Vessels', 3 },
      { locate("csv", CSV, "19") }
    )
    assert.are.same({ "555", "row Canada, column Value, GBP m", 6 }, { locate("csv", CSV, "555") })
    assert.are.same({ "62", "row Total, column Vessels", 7 }, { locate("csv", CSV, "62") })
    -- After a doubled mark and after a line break inside a cell.
    assert.are.equal("Europe", (locate("csv", CSV, "Europe")))
    local text, _, row = locate("csv", CSV, "15\n")
    assert.are.same({ '15"', 4 }, { text:sub(1, 3), row })
  end)

  it("has its separator guessed, or told by the name", function()
    assert.are.equal("a; b\n1, b: 2,5\n", (read("csv", "a;b\n1;2,5\n")))
    assert.are.equal("a; b,c\n1, b,c: 2\n", (read("tsv", "a\tb,c\n1\t2\n")))
    assert.are.equal("a\na: 1\n", (read("csv", "a\n1\n")))
  end)

  it("survives marks that are never closed", function()
    local text = 'a,b\n1,"2\n3,4\n'
    assert.are.equal("a; b\n1, b: 2 3,4 \n", (read("csv", text)))
    local long = 'a,b\n1,"' .. ("x\n"):rep(70000) .. "3,4\n"
    assert.is_truthy(read("csv", long, 5000))
    assert.are.same(
      { nil, "not a table: a line of over 64 KB" },
      { read("csv", ("x"):rep(200000), 5000) }
    )
  end)

  it("leads back to cells that marks within a field hold together", function()
    local text = 'a,b\n1,x"y\nz",\n2,3\n4, "5\n6" 7,8\n'
    for needle, row in pairs({ ["z"] = 2, ["3"] = 3, ["6"] = 5, ["8"] = 5 }) do
      local found, _, at = locate("csv", text, needle)
      assert.are.same({ needle, row }, { found, at })
    end
  end)
end)

describe("a transcript", function()
  local VTT = table.concat({
    "WEBVTT - call",
    "",
    "NOTE made by hand",
    "--> not a time",
    "",
    "intro",
    "00:04.000 --> 00:00:11.500 align:start",
    "<v.loud Anna Lind>Good <b>morning</b>, 476 &amp; more",
    "of you.",
    "",
    "00:17:37.800 --> 00:17:46.900",
    "<v Anna Lind>We could open 2 < 3.",
    "",
    "00:18:00.000 --> 00:18:01.000",
    "",
    "01:02:03.000 --> 01:02:04.000",
    "<v Piotr>No.",
  }, "\n")

  it("is a line a cue, its speaker named where he begins", function()
    local derived = read("vtt", VTT)
    assert.are.equal(
      "Anna Lind: Good morning, 476 & more of you.\nWe could open 2 < 3.\nPiotr: No.\n",
      derived
    )
    same_in_pieces("vtt", VTT)
  end)

  it("leads back to the line, with the time code", function()
    assert.are.same({ "476", "00:00:04", 7 }, { locate("vtt", VTT, "476") })
    assert.are.same({ "more", "00:00:04", 7 }, { locate("vtt", VTT, "more") })
    assert.are.same({ "of you", "00:00:04", 8 }, { locate("vtt", VTT, "of you") })
    assert.are.same({ "could", "00:17:37", 11 }, { locate("vtt", VTT, "could") })
    assert.are.same({ "No.", "01:02:03", 16 }, { locate("vtt", VTT, "No.") })
    assert.are.same({ "Anna Lind", "00:00:04", 7 }, { locate("vtt", VTT, "Anna Lind") })
  end)

  it("ends inside the file where a cue is a tag alone", function()
    local derived, reader = read("vtt", "00:01.000 --> 00:02.000\n<v Ann>\n")
    assert.are.equal("Ann: \n", derived)
    assert.are.same({ 1, 7, "00:00:01" }, { reader:place(0, #"Ann: ") })
  end)

  it("may be SRT", function()
    local srt = "1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Yes,</i> {\\an8}we may.\r\n\r\n"
      .. "2\r\n00:01:00,000 --> 00:01:02,000\r\nOf 50, 36.\r\n"
    assert.are.equal("Yes, we may.\nOf 50, 36.\n", (read("srt", srt)))
    assert.are.same({ "may", "00:00:01", 2 }, { locate("srt", srt, "may") })
    assert.are.same({ "36", "00:01:00", 6 }, { locate("srt", srt, "36") })
  end)
end)

describe("pages", function()
  it("are told by form feeds", function()
    local text = "First.\n\nFour 4.\n\fSecond 22.\n\fThird\n\f"
    local derived, reader = read("pdf", text)
    assert.are.equal("First.\n\nFour 4.\nSecond 22.\nThird\n", derived)
    assert.are.equal(derived, reader.text)
    local function page(row)
      return (select(3, reader:place(row, 0)))
    end
    assert.are.same(
      { "p. 1", "p. 1", "p. 1", "p. 2", "p. 3" },
      vim.tbl_map(page, { 0, 1, 2, 3, 4 })
    )
    same_in_pieces("pdf", text)
    local _, plain = read("html", "One.\nTwo.\n")
    assert.is_nil((select(3, plain:place(1, 0))))
  end)
end)

describe("any bytes", function()
  it(
    "are read by every reader without an error, the same in pieces, each place in the file",
    function()
      math.randomseed(11)
      local alphabet = {
        "a",
        "1",
        " ",
        ",",
        ";",
        '"',
        '""',
        "\n",
        "\r\n",
        "\t",
        "<v A>",
        "</b>",
        "&amp;",
        "{\\an}",
        "\f",
        "00:00:01.000 --> 00:00:02.000\n",
        "NOTE",
        "ö",
        "\255",
        "\239\187\191",
        "<",
        "&",
      }
      for _ = 1, 400 do
        local parts = { "a" }
        for _ = 1, math.random(60) do
          table.insert(parts, alphabet[math.random(#alphabet)])
        end
        local text = table.concat(parts)
        local rows = select(2, text:gsub("\n", ""))
        for _, format in ipairs({ "text", "csv", "tsv", "vtt", "srt", "pdf" }) do
          local derived, reader = read(format, text)
          if derived then
            assert.are.equal(derived, (read(format, text, math.random(9))))
            assert.is_true(derived == "" or derived:sub(-1) == "\n")
            local lines = vim.split(derived, "\n")
            assert.are.equal(#lines - 1, reader.map.rows, format)
            for row = 0, #lines - 2 do
              for col = 0, #lines[row + 1], 3 do
                local file_row, file_col = reader:place(row, col, function(byte, length)
                  return text:sub(byte + 1, byte + length)
                end)
                assert.is_true(file_row >= 0 and file_col >= 0, format)
                assert.is_true(format == "pdf" or file_row <= rows, format)
              end
            end
          end
        end
      end
    end
  )
end)
