-- Finds what an article names as its sources: the list in its front matter, links and footnotes to
-- files of this machine, and the folders `ARTICLE.sources/` and `sources/` beside it.

local api = vim.api
local format = require("galley.source.format")
local path = require("galley.source.path")

local M = {}

-- What a folder may hold: an article has tens of sources, not thousands.
local MAX_FILES = 500
local MAX_DEPTH = 3
-- Of an article.
local MAX_NAMED = 1000

--- A source as the article names it.
--- @class galley.NamedSource
--- @field written string the path
--- @field origin "list"|"link"|"note"|"folder"
--- @field row? integer where it is named; nil: a file in a folder
--- @field col? integer
--- @field end_col? integer

--- @param target string
--- @return boolean
local function is_address(target)
  return target:find("^%a[%w+.-]+:[^\\]") ~= nil and not target:find("^%a:/")
    or target:find("^//") ~= nil
end

--- The path that a link's target names, when it is a file that can be a source.
--- @param target string
--- @return string?
local function file_of(target)
  if target == "" or is_address(target) then
    return nil
  end
  target = target:gsub("[?#].*$", "")
  target = target:gsub("%%(%x%x)", function(digits)
    return string.char(tonumber(digits, 16))
  end)
  return format.known(target) and target or nil
end

--- @param named galley.NamedSource[]
--- @param origin string
--- @param target string
--- @param row integer
--- @param col integer
local function add_link(named, origin, target, row, col)
  local written = file_of(target)
  if written and #named < MAX_NAMED then
    table.insert(named, {
      written = written,
      origin = origin,
      row = row,
      col = col,
      end_col = col + #target,
    })
  end
end

--- The files in a folder that is not the article's own. Links to other folders are not followed.
--- @param named galley.NamedSource[]
--- @param folder string the article's
--- @param name string
--- @param roots string[]
--- @return integer? files nil: there is no such folder
local function add_folder(named, folder, name, roots)
  local real = vim.uv.fs_realpath(folder .. "/" .. name)
  local stat = real and vim.uv.fs_stat(real)
  local usable = real and stat and stat.type == "directory" and path.inside(real, roots)
  if not usable or real == vim.uv.fs_realpath(folder) then
    return nil
  end
  local files = {}
  local visible = function(entry)
    return vim.fs.basename(entry):sub(1, 1) ~= "."
  end
  for entry, kind in vim.fs.dir(real, { depth = MAX_DEPTH, skip = visible }) do
    if #files >= MAX_FILES then
      break
    elseif kind ~= "directory" and visible(entry) and format.known(entry) then
      table.insert(files, name .. "/" .. entry)
    end
  end
  table.sort(files)
  for _, file in ipairs(files) do
    table.insert(named, { written = file, origin = "folder" })
  end
  return #files
end

--- The list in the front matter: files, or folders of them.
--- @param named galley.NamedSource[]
--- @param buf integer
--- @param folder string the article's
--- @param roots string[]
local function add_list(named, buf, folder, roots)
  for _, item in ipairs(require("galley.frontmatter").read(buf).items) do
    local listed = item.key == "sources" or item.key == "source"
    if
      listed
      and not is_address(item.value)
      and (add_folder(named, folder, (item.value:gsub("(.)/+$", "%1")), roots) or 0) == 0
    then
      table.insert(named, {
        written = item.value,
        origin = "list",
        row = item.row,
        col = item.col,
        end_col = item.end_col,
      })
    end
  end
end

--- Links in the text: `[words](path)`.
--- @param named galley.NamedSource[]
--- @param doc table
local function add_links(named, doc)
  local mask = require("galley.kinds").mask({ "citation" })
  for _, span in ipairs(doc:spans(0, -1, mask)) do
    if span.rule == "citation.link" and span.label_start then
      local before = span.text:sub(1, span.label_start - span.start)
      local breaks = select(2, before:gsub("\n", ""))
      local col = breaks > 0 and #before:match("^.*\n(.*)$") or span.start_col + #before
      add_link(named, "link", span.label, span.start_row + breaks, col)
    end
  end
end

--- Definitions: `[name]: path`, and footnotes that are a path and nothing else.
--- @param named galley.NamedSource[]
--- @param buf integer
local function add_definitions(named, buf)
  for index, line in ipairs(api.nvim_buf_get_lines(buf, 0, -1, false)) do
    if line:byte(1) == 91 and #line < 4096 then
      local mark, at = line:match("^%[(%^?)[^%]]+%]:%s*[<`]?()")
      local target = at
        and (mark ~= "" and line:match("^[^<>`]*", at) or line:match("^[^%s<>`]*", at))
      if target then
        target = target:gsub("%s+$", "")
        add_link(named, mark ~= "" and "note" or "link", target, index - 1, at - 1)
      end
    end
  end
end

--- What the article in a buffer names, in this order: list, links and footnotes, folders. The
--- folder `sources/` is for all articles beside it; one that says more precisely what its sources
--- are, by a list or by a folder of its own, does not get it.
--- @param buf integer
--- @param doc table equal to the buffer
--- @param folder string the article's
--- @param roots string[]
--- @return galley.NamedSource[]
function M.named(buf, doc, folder, roots)
  local named = {}
  add_list(named, buf, folder, roots)
  local listed = #named > 0
  add_links(named, doc)
  add_definitions(named, buf)
  local name = vim.fs.basename(api.nvim_buf_get_name(buf))
  local stem = name:gsub("%.[^.]*$", "")
  local own = add_folder(named, folder, name .. ".sources", roots)
  own = stem ~= name and add_folder(named, folder, stem .. ".sources", roots) or own
  if not listed and not own then
    add_folder(named, folder, "sources", roots)
  end
  return named
end

return M
