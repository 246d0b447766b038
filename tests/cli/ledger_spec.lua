-- bin/galley export as scripts use it.

local root = vim.fn.getcwd()

--- Runs bin/galley; gives standard output, standard error and the exit status.
local function galley(...)
  local result = vim
    .system({ root .. "/bin/galley", ... }, { env = { GALLEY_NVIM = vim.v.progpath }, cwd = root })
    :wait(60000)
  return result.stdout, result.stderr, result.code
end

describe("galley export", function()
  local folder, file

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    file = folder .. "/vote.md"
    vim.fn.writefile({ "In all, 476 members voted yesterday in Norrvik." }, file)
    vim.fn.writefile({
      '{"id":"a","type":"Annotation","modified":"2026-01-01T00:00:00Z","creator":{"name":"Bo"},'
        .. '"body":[{"type":"TextualBody","purpose":"assessing","value":"verified"}],"target":'
        .. '{"selector":[{"type":"TextQuoteSelector","exact":"476","prefix":"In all, ","suffix":'
        .. '" members"},{"type":"TextPositionSelector","start":8,"end":11}]},"galley:version":1,'
        .. '"galley:kind":"figure","galley:value":"476"}',
    }, file .. ".galley.jsonl")
  end)

  after_each(function()
    vim.fn.delete(folder, "rf")
  end)

  it("writes the facts with what the ledger says", function()
    local out, err, code = galley("export", "--format", "csv", "--dct", "2018-06-14", file)
    assert.are.equal("", err)
    assert.are.equal(0, code)
    assert.has.match("\n1,9,figure,number,476,476,,members,,verified,,,,,Bo,2026%-01", out)
    assert.has.match(",yesterday,2018%-06%-13,,,,open,", out)
    out = galley("export", "--format=brat", file)
    assert.has.match("T%d\tFigure 8 11\t476\nA1\tStatus T%d verified\n", out)
    out = galley("export", "--format=claimreview", file)
    assert.are.equal("Verified", vim.json.decode(out)[1].reviewRating.alternateName)
  end)

  it("writes a file, and replaces one only when forced", function()
    local target = folder .. "/out.csv"
    local out, err, code, _ = galley("export", "--format=csv", "--output", target, file)
    assert.are.same({ "", "", 0 }, { out, err, code })
    vim.fn.writefile({ "mine" }, target)
    _, err, code = galley("export", "--format=csv", "--output", target, file)
    assert.are.equal(1, code)
    assert.has.match("is there already; %-%-force to replace it", err)
    assert.are.same({ "mine" }, vim.fn.readfile(target))
    _, _, code = galley("export", "--format=csv", "--output=" .. target, "--force", file)
    assert.are.equal(0, code)
    assert.has.match("^line,", vim.fn.readfile(target)[1])
  end)

  it("tells a wrong command from a bad file", function()
    for _, case in ipairs({
      { 2, "no file given", "--format=csv" },
      { 2, "one file", "--format=csv", "a", "b" },
      { 2, "format is one of csv", file },
      { 2, "format is one of csv", "--format=ods", file },
      { 2, "unknown option '%-%-frob'", "--frob", file },
      { 2, "needs a value", file, "--format" },
      { 2, "not a date", "--format=csv", "--dct=soon", file },
      { 1, "no such file", "--format=csv", folder .. "/none" },
      { 1, "no plain file", "--format=csv", folder },
    }) do
      local out, err, code = galley("export", unpack(case, 3))
      assert.are.equal("", out)
      assert.are.equal(case[1], code, err)
      assert.has.match(case[2], err)
    end
    local out, _, code = galley("export", "--help")
    assert.are.equal(0, code)
    assert.has.match("^usage: galley export", out)
  end)

  it("refuses a ledger that is no plain file", function()
    vim.fn.delete(file .. ".galley.jsonl")
    vim.fn.system({ "mkfifo", file .. ".galley.jsonl" })
    local _, err, code = galley("export", "--format=csv", file)
    assert.are.equal(1, code)
    assert.has.match("no plain file", err)
  end)
end)
