-- The grammar in Neovim's own tree-sitter: `make parser` leaves it where Neovim looks for it.

local ARTICLE = {
  "---",
  "title: The quay",
  "---",
  "",
  "# The quay at Velma",
  "",
  "“We won,” said Ana Ruiz. It cost $2.5bn, see [the plan](http://velm.example/plen).",
  "",
  "```lua",
  "local quay = 1",
  "```",
  "Last.",
}

--- Runs a Neovim with the plugin to its end; gives what it wrote. MAPPED() tells whether the
--- library is loaded.
--- @param arguments string[]
--- @param root? string the plugin's folder
--- @return string
local function run(arguments, root)
  local command = { vim.v.progpath, "--clean", "-n", "--headless" }
  vim.list_extend(command, { "--cmd", "set rtp^=" .. (root or vim.fn.getcwd()) })
  local mapped = "lua function MAPPED() "
    .. "return io.open('/proc/self/maps'):read('*a'):match('parser/article%.so') end"
  vim.list_extend(command, { "--cmd", mapped })
  vim.list_extend(command, arguments)
  command[#command + 1] = "+qa!"
  local result = vim.system(command, { text = true }):wait(60000)
  return result.stdout .. result.stderr
end

--- @param lines string[]
--- @param filetype? string
--- @return integer buf the current buffer, with these lines
local function open(lines, filetype)
  vim.cmd.enew({ bang = true })
  vim.api.nvim_buf_set_lines(0, 0, -1, true, lines)
  if filetype then
    vim.bo.filetype = filetype
  end
  return vim.api.nvim_get_current_buf()
end

--- The texts of the nodes of one name, in text order.
local function texts(buf, root, name)
  local found = {}
  local query = vim.treesitter.query.parse("article", ("(%s) @it"):format(name))
  for _, node in query:iter_captures(root, buf) do
    found[#found + 1] = vim.treesitter.get_node_text(node, buf)
  end
  return found
end

--- The trees of a buffer by language, injected ones with them.
local function languages(buf, language)
  local parser = assert(vim.treesitter.get_parser(buf, language))
  parser:parse(true)
  local found = {}
  parser:for_each_tree(function(tree, of)
    found[of:lang()] = found[of:lang()] or {}
    table.insert(found[of:lang()], tree)
  end)
  return found
end

--- The names of the captures at the first place that has a text.
local function captures(buf, text)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(buf, 0, -1, true)) do
    local col = line:find(text, 1, true)
    if col then
      local names = {}
      for _, capture in ipairs(vim.treesitter.get_captures_at_pos(buf, row - 1, col - 1)) do
        names[#names + 1] = capture.capture
      end
      return names
    end
  end
end

--- Words at which ]s stops in a line of text, under the highlighter; in a Neovim of its own, because
--- 0.10 keeps the queries that it has read once.
--- @param query? string instead of the highlights that `make parser` left
local function misspelt(query)
  local script, text = vim.fn.tempname() .. ".lua", vim.fn.tempname()
  local line = "The quaay of Velmatown, see [the plann](http://velm.example/plen)."
  vim.fn.writefile({ line }, text)
  local lines = {
    "vim.cmd('setlocal spell spelllang=en nowrapscan')",
    query and ("vim.treesitter.query.set('article', 'highlights', %q)"):format(query) or "",
    "vim.treesitter.start(0, 'article')",
    "vim.treesitter.get_parser(0, 'article'):parse(true)",
    "local before",
    "repeat",
    "  before = vim.api.nvim_win_get_cursor(0)",
    "  pcall(vim.cmd, 'normal! ]s')",
    "  local moved = vim.api.nvim_win_get_cursor(0)[2] ~= before[2]",
    "  if moved then io.stdout:write(vim.fn.expand('<cword>'), ' ') end",
    "until not moved",
  }
  vim.fn.writefile(vim.split(table.concat(lines, "\n"), "\n"), script)
  return vim.trim(run({ text, "+luafile " .. script }))
end

-- First of all: Neovim 0.10 keeps the queries that it has read once.
describe("injected", function()
  local function inject(language, query)
    vim.treesitter.query.set(language, "injections", query)
  end

  it("into the comments of a program", function()
    inject("lua", [[((comment_content) @injection.content (#set! injection.language "article"))]])
    local buf = open({ "local x = 1 -- In 2018, Ana Ruiz paid $2.5bn.", "-- It closed." })
    local trees = languages(buf, "lua").article
    local names = {}
    for _, tree in ipairs(trees) do
      vim.list_extend(names, texts(buf, tree:root(), "name"))
    end
    assert.are.same({ "In", "Ana Ruiz", "It" }, names)
  end)

  it("into the paragraphs of Markdown, as one text", function()
    inject(
      "markdown",
      [[((paragraph) @injection.content
          (#set! injection.language "article")
          (#set! injection.combined)
          (#set! injection.include-children))]]
    )
    local buf =
      open({ "“We won,” said Ana Ruiz.", "", "```", "Not 5.", "```", "", "It cost $2.5bn." })
    local trees = languages(buf, "markdown").article
    assert.are.equal(1, #trees)
    local root = trees[1]:root()
    assert.is_false(root:has_error())
    assert.are.same({ "We", "Ana Ruiz", "It" }, texts(buf, root, "name"))
    assert.are.same({ "$2.5" }, texts(buf, root, "figure"))
  end)
end)

describe("the language article", function()
  it("is found when it is asked for, and not before", function()
    local said = run({
      "+lua print(MAPPED())",
      "+lua print(vim.treesitter.get_string_parser('In 2018.', 'article'):parse()[1]:root():type())",
      "+lua print(MAPPED())",
    })
    assert.has.match("nil%s+document%s+parser/article%.so", said)
  end)

  it("has ABI 14, as Neovim 0.10 needs it", function()
    vim.treesitter.language.add("article")
    local about = vim.treesitter.language.inspect("article")
    assert.are.equal(14, about.abi_version or about._abi_version)
  end)

  it("knows names and figures, which the core's build of the grammar leaves out", function()
    local buf = open(ARTICLE)
    local root = vim.treesitter.get_parser(buf, "article"):parse()[1]:root()
    assert.is_false(root:has_error())
    assert.are.same({ "The", "Velma", "We", "Ana Ruiz", "It", "Last" }, texts(buf, root, "name"))
    assert.are.same({ "$2.5" }, texts(buf, root, "figure"))
    assert.are.same({ "“We won,”" }, texts(buf, root, "quote"))
  end)

  it("highlights", function()
    local buf = open(ARTICLE)
    vim.treesitter.start(buf, "article")
    vim.treesitter.get_parser(buf, "article"):parse(true)
    assert.are.same({ "spell", "markup.heading" }, captures(buf, "quay at"))
    assert.are.same({ "spell", "string" }, captures(buf, "won"))
    assert.are.same({ "spell", "number" }, captures(buf, "$2.5bn"))
    assert.are.same({ "spell", "nospell", "markup.link" }, captures(buf, "velm"))
  end)

  it("folds what is no prose", function()
    open(ARTICLE)
    vim.treesitter.start(0, "article")
    vim.treesitter.get_parser(0, "article"):parse(true)
    local levels = {}
    for row = 1, #ARTICLE do
      levels[row] = tostring(vim.treesitter.foldexpr(row)):gsub("[<>]", "")
    end
    assert.are.equal("111000001110", table.concat(levels))
  end)

  it("leaves code in fences and front matter to their languages", function()
    local buf = open(ARTICLE)
    local found = languages(buf, "article")
    assert.are.equal(1, #found.lua)
    local text = vim.treesitter.get_node_text(found.lua[1]:root(), buf)
    assert.are.equal("local quay = 1", vim.trim(text))
    assert.is_false(found.lua[1]:root():has_error())
  end)

  it("is shown by :InspectTree", function()
    local file = vim.fn.tempname()
    vim.fn.writefile(ARTICLE, file)
    local shown = run({
      file,
      "+setfiletype text",
      "+lua vim.treesitter.language.register('article', 'text')",
      "+InspectTree",
      "+%print",
    })
    assert.has.match("%(front_matter", shown)
    assert.has.match("%(paragraph", shown)
    assert.has.match("%(quote_open", shown)
    assert.has.match("%(figure", shown)
  end)

  it("is shown by :Galley tree, whatever the file type", function()
    local shown = run({ "+call setline(1, 'In 2018.')", "+Galley tree", "+%print" })
    assert.has.match("%(paragraph", shown)
    assert.has.match("%(name", shown)
  end)

  it("is missed in one sentence", function()
    local folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    vim.fn.system({ "cp", "-r", "plugin", "lua", folder })
    local said = run({ "+Galley tree", "+checkhealth galley", "+%print" }, folder)
    vim.fn.delete(folder, "rf")
    assert.has.match("galley: the grammar is not built. Run `make parser` in " .. folder, said)
    assert.has.match("the grammar is not built for Neovim's tree%-sitter", said)
    assert.is_nil(said:find("stack traceback"), said)
  end)

  it("follows edits as if it read the text anew", function()
    local buf = open(ARTICLE)
    local parser = vim.treesitter.get_parser(buf, "article")
    parser:parse()
    for _, edit in ipairs({
      { 6, 3, 6, 3, { "“" } },
      { 4, 0, 5, 0, {} },
      { 0, 0, 0, 0, { "é 5% ", "- " } },
      { 3, 0, 6, 0, { "" } },
    }) do
      vim.api.nvim_buf_set_text(buf, edit[1], edit[2], edit[3], edit[4], edit[5])
      local tree = parser:parse()[1]:root():sexpr()
      local text = table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, true), "\n") .. "\n"
      local anew = vim.treesitter.get_string_parser(text, "article"):parse()[1]:root():sexpr()
      assert.are.equal(anew, tree)
    end
  end)
end)

describe("'spell' under the highlighter", function()
  it("looks at prose and not at addresses", function()
    assert.are.equal("quaay Velmatown plann", misspelt())
  end)

  it("looks at nothing without the captures @spell of the query", function()
    local query = table.concat(vim.fn.readfile("queries/article/highlights.scm"), "\n")
    assert.are.equal("", misspelt((query:gsub("%] @spell", "] @string"))))
  end)
end)

describe("beside the C module", function()
  it("both work on one buffer", function()
    local galley = require("galley")
    local buf = open(ARTICLE, "markdown")
    vim.treesitter.start(buf, "article")
    assert.is_true(galley.attach(buf))
    for turn = 1, 20 do
      vim.api.nvim_buf_set_lines(buf, -1, -1, true, { ("He paid $%d."):format(turn) })
      local root = vim.treesitter.get_parser(buf, "article"):parse(true)[1] or error("no tree")
      assert.is_false(root:root():has_error())
      local figures = galley.get_spans(buf, { kinds = { "figure" } })
      assert.are.equal(turn + 1, #figures)
      assert.are.equal(("$%d"):format(turn), figures[#figures].text)
    end
  end)
end)
