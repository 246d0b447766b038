-- Zones by the buffer's tree-sitter parser, where there is one.

local treesitter = vim.treesitter
local formats = require("galley.prose.formats")

local M = {}

--- The query of a language, of those lines that its grammar knows; nil: none of them.
--- @type table<string, vim.treesitter.Query|false>
local queries = {}

--- @param language string
--- @return vim.treesitter.Query?
local function query_of(language)
  local query = queries[language]
  if query == nil then
    local known = {}
    for _, line in ipairs(formats.queries[language] or {}) do
      if pcall(treesitter.query.parse, language, line) then
        known[#known + 1] = line
      end
    end
    local ok, parsed = pcall(treesitter.query.parse, language, table.concat(known, "\n"))
    query = ok and #known > 0 and parsed or false
    queries[language] = query
  end
  return query or nil
end

--- @param zones table<integer, galley.prose.Zone[]>
--- @param node TSNode
--- @param kind string
--- @param first integer
--- @param last integer
--- @param buf integer
local function add_node(zones, node, kind, first, last, buf)
  local row, column, end_row, end_column = node:range()
  for at = math.max(row, first), math.min(end_row, last - 1) do
    local from = at == row and column or 0
    local to = end_column
    if at < end_row then
      local line = vim.api.nvim_buf_get_lines(buf, at, at + 1, false)[1] or ""
      to = #line + 1
    end
    if from < to then
      zones[at] = zones[at] or {}
      table.insert(zones[at], { from, to, kind })
    end
  end
end

--- In order, and none within another.
--- @param list galley.prose.Zone[]
--- @return galley.prose.Zone[]
local function flatten(list)
  table.sort(list, function(a, b)
    return a[1] < b[1] or (a[1] == b[1] and a[2] > b[2])
  end)
  local flat, ends = {}, 0
  for _, zone in ipairs(list) do
    if zone[1] >= ends then
      flat[#flat + 1] = zone
      ends = zone[2]
    end
  end
  return flat
end

--- @param buf integer
--- @param query vim.treesitter.Query
--- @param root TSNode
--- @param first integer
--- @param last integer
--- @param zones table<integer, galley.prose.Zone[]>
local function read_tree(buf, query, root, first, last, zones)
  for id, node in query:iter_captures(root, buf, first, last) do
    local kind = query.captures[id]
    if kind == "element" then
      local tag = node:named_child(0)
      local name = tag and tag:named_child(0)
      name = name and treesitter.get_node_text(name, buf):lower()
      kind = name and formats.elements[name] or "_"
    end
    if kind:sub(1, 1) ~= "_" then
      add_node(zones, node, kind, first, last, buf)
    end
  end
end

--- Rows that changed and were not asked for yet, by parser: it keeps what it once calls.
--- @type table<vim.treesitter.LanguageTree, {first?: integer, last?: integer}>
local changes = setmetatable({}, { __mode = "k" })

--- Hears of the rows that a parser reads otherwise than before. Nil: it does not tell.
--- @param parser vim.treesitter.LanguageTree
--- @return {first?: integer, last?: integer}?
local function listen(parser)
  local seen = changes[parser] or {}
  seen.first, seen.last = nil, nil
  if changes[parser] then
    return seen
  end
  local heard = pcall(parser.register_cbs, parser, {
    on_changedtree = function(ranges)
      for _, range in ipairs(ranges) do
        local first, last = range[1], range[#range == 6 and 4 or 3] + 1
        seen.first = math.min(first, seen.first or first)
        seen.last = math.max(last, seen.last or last)
      end
    end,
  })
  changes[parser] = heard and seen or nil
  return changes[parser]
end

--- The reader of a buffer's zones; nil when there is no parser for it, or none that is known here.
--- @param buf integer
--- @return galley.prose.Zones?
function M.open(buf)
  local filetype = vim.bo[buf].filetype
  local language = treesitter.language.get_lang(filetype) or filetype
  if not formats.queries[language] then
    return nil
  end
  local found, parser = pcall(treesitter.get_parser, buf, language, { error = false })
  local query = found and parser and query_of(language)
  if not found or not parser or not query then
    return nil
  end
  local seen = listen(parser)
  if not seen then
    return nil
  end
  return {
    name = "treesitter",
    quick = true,
    rows = function(first, last)
      local zones = {}
      local ok, trees = pcall(parser.parse, parser)
      for _, tree in pairs(ok and trees or {}) do
        pcall(read_tree, buf, query, tree:root(), first, last, zones)
      end
      for row, list in pairs(zones) do
        zones[row] = flatten(list)
      end
      return zones
    end,
    changed = function()
      local first, last = seen.first, seen.last
      seen.first, seen.last = nil, nil
      return first, last
    end,
  }
end

return M
