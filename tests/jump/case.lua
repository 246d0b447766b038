-- The articles of the jump test set, each copied to a folder of its own with the PDFs made.

local gold = require("tests.jump.gold")
local pdf = require("tests.jump.pdf")

local M = {}

--- @class jump.Case
--- @field name string
--- @field folder string where the copy is
--- @field entries jump.Entry[]
--- @field texts table<string, string> text of each article and source, by name of the file
--- @field pages table<string, string[][]> of the PDFs

local ROOT = "tests/jump"
local TEXTS = { "/article.md", "/article.txt", "/altered.md", "/edited.md" }
local FOLDERS = { "sources", "files" }

--- @return string[] names of the articles' folders, sorted
function M.names()
  local names = {}
  for name, kind in vim.fs.dir(ROOT) do
    if kind == "directory" then
      table.insert(names, name)
    end
  end
  table.sort(names)
  return names
end

--- @param path string
--- @param bytes string
local function write(path, bytes)
  local file = assert(io.open(path, "wb"))
  assert(file:write(bytes))
  file:close()
end

--- @param case jump.Case
--- @param folder string of the set
--- @param sources string name of the folder with the sources
local function copy_sources(case, folder, sources)
  vim.fn.mkdir(case.folder .. "/" .. sources, "p")
  for name in vim.fs.dir(folder .. "/" .. sources) do
    case.texts[name] = gold.read(folder .. "/" .. sources .. "/" .. name)
    write(case.folder .. "/" .. sources .. "/" .. name, case.texts[name])
  end
  for name in vim.fs.dir(folder .. "/pdf") do
    local text = gold.read(folder .. "/pdf/" .. name)
    local made = name:gsub("%.txt$", ".pdf")
    case.texts[made], case.pages[made] = text, pdf.pages(text)
    write(case.folder .. "/" .. sources .. "/" .. made, pdf.make(case.pages[made]))
  end
end

--- @param name string
--- @param parent string an empty folder for the copy
--- @return jump.Case
function M.load(name, parent)
  local folder = ROOT .. "/" .. name
  local case = { name = name, folder = parent .. "/" .. name, texts = {}, pages = {} }
  vim.fn.mkdir(case.folder, "p")
  for _, path in ipairs(TEXTS) do
    if vim.uv.fs_stat(folder .. path) then
      case.texts[path:sub(2)] = gold.read(folder .. path)
      write(case.folder .. path, case.texts[path:sub(2)])
    end
  end
  for _, sources in ipairs(FOLDERS) do
    if vim.uv.fs_stat(folder .. "/" .. sources) then
      copy_sources(case, folder, sources)
    end
  end
  local article = case.texts["article.txt"] and "article.txt" or "article.md"
  case.entries = gold.entries(folder .. "/gold.txt", article)
  return case
end

return M
