-- Programs that make text of a source: how they are run, and what becomes of those that fail.

local program = require("galley.source.program")

describe("a program", function()
  local folder, timeout, longest, path

  --- A program of that name that runs a script.
  local function make(name, script)
    local file = folder .. "/" .. name
    vim.fn.writefile({ "#!/bin/sh", script }, file)
    vim.fn.setfperm(file, "rwx------")
    return file
  end

  --- What comes of running it on a file.
  local function run(name, file)
    local result
    program.run(program.programs[name], folder .. "/" .. name, file, function(...)
      assert.is_nil(result, "called once")
      result = { ... }
    end)
    assert.is_true(vim.wait(10000, function()
      return result ~= nil
    end, 5))
    return result[1], result[2]
  end

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    vim.fn.writefile({ "the file" }, folder .. "/in put.pdf")
    timeout, longest, path = program.TIMEOUT, program.LONGEST, vim.env.PATH
  end)

  after_each(function()
    program.TIMEOUT, program.LONGEST, vim.env.PATH = timeout, longest, path
    vim.fn.delete(folder, "rf")
  end)

  it("gets the file's name as one argument after the options, and no shell sees it", function()
    make("pdftotext", 'for argument; do echo "[$argument]"; done')
    local text = run("pdftotext", folder .. "/in put.pdf")
    assert.are.equal(
      "[-q]\n[-layout]\n[-enc]\n[UTF-8]\n[-eol]\n[unix]\n[--]\n[" .. folder .. "/in put.pdf]\n[-]\n",
      text
    )
  end)

  it(
    "gets a web page by standard input, and an environment without proxy, home or settings",
    function()
      vim.env.http_proxy, vim.env.WWW_HOME = "http://127.0.0.1:9", "http://127.0.0.1:9"
      make("pandoc", 'cat; echo "$1"; env | cut -d= -f1 | sort | tr "\\n" " "; echo "$HOME"')
      local text = run("pandoc", folder .. "/in put.pdf")
      vim.env.http_proxy, vim.env.WWW_HOME = nil, nil
      assert.is_truthy(vim.startswith(text, "the file\n--sandbox\n"))
      assert.is_nil(text:find("proxy"))
      assert.is_nil(text:find("WWW_HOME"))
      assert.is_truthy(text:find("/nonexistent\n$"))
    end
  )

  it("that fails, hangs, writes without end or cannot be started is told of, once", function()
    make("pdftotext", "echo 'Syntax Error: no trailer' >&2; exit 1")
    assert.are.same(
      { nil, "pdftotext cannot read it (Syntax Error: no trailer)" },
      { run("pdftotext", folder .. "/in put.pdf") }
    )
    make("pdftotext", "exit 3")
    assert.are.same(
      { nil, "pdftotext cannot read it (3)" },
      { run("pdftotext", folder .. "/in put.pdf") }
    )
    program.TIMEOUT = 100
    make("pdftotext", "exec sleep 20")
    assert.is_truthy(
      select(2, run("pdftotext", folder .. "/in put.pdf")):find("took over", 1, true)
    )
    program.TIMEOUT, program.LONGEST = timeout, 1024 * 1024
    make("pdftotext", "exec cat /dev/zero")
    assert.are.same(
      { nil, "pdftotext makes over 1 MB of text of it" },
      { run("pdftotext", folder .. "/in put.pdf") }
    )
    vim.fn.delete(folder .. "/pdftotext")
    assert.are.same(
      { nil, "pdftotext cannot be started" },
      { run("pdftotext", folder .. "/in put.pdf") }
    )
    make("pandoc", "cat")
    assert.are.same({ nil, "cannot be read" }, { run("pandoc", folder .. "/gone.html") })
    assert(vim.system({ "mkfifo", folder .. "/pipe.html" }):wait().code == 0)
    assert.are.same({ nil, "cannot be read" }, { run("pandoc", folder .. "/pipe.html") })
  end)

  it("that is stopped says nothing", function()
    make("pdftotext", "exec sleep 20")
    local called = false
    local stop = program.run(
      program.programs.pdftotext,
      folder .. "/pdftotext",
      folder .. "/in put.pdf",
      function()
        called = true
      end
    )
    stop()
    stop()
    vim.wait(100)
    assert.is_false(called)
  end)

  it("is the first that is installed", function()
    vim.env.PATH = folder
    assert.is_nil((program.installed({ "pandoc", "w3m", "lynx" })))
    make("lynx", "")
    assert.are.equal("lynx", program.installed({ "pandoc", "w3m", "lynx" }).name)
    make("w3m", "")
    assert.are.same(
      { program.programs.w3m, folder .. "/w3m" },
      { program.installed({ "pandoc", "w3m", "lynx" }) }
    )
  end)
end)
