-- Small ways to break the Lua, as core.lua has them for the core.

return {
  {
    "lua/galley/server/position.lua",
    "a character beyond the first plane is one unit",
    "    -- What lies beyond the first plane is two units.\n"
      .. "    count = count + ((starts[index + 1] or #line + 1) - start == 4 and 2 or 1)",
    "    count = count + 1",
  },
  {
    "lua/galley/sync.lua",
    "two changes before a redraw are taken for the last one",
    "  self.first = math.min(self.first, first)\n",
    "  self.first = first\n",
  },
  {
    "lua/galley/motion.lua",
    "backwards, the count is from the wrong end",
    "return found[forward and search.left or #found - search.left + 1]",
    "return found[search.left]",
  },
  {
    "lua/galley/source/path.lua",
    "a link may lead out of the project",
    "  elseif not M.inside(real, roots) then\n",
    "  elseif false then\n",
  },
  {
    "lua/galley/ledger/store.lua",
    "of two ticks the older one counts",
    "    return left.modified > right.modified\n",
    "    return left.modified < right.modified\n",
  },
  {
    "lua/galley/ledger/store.lua",
    "a ledger that somebody changed meanwhile is overwritten",
    "      return atomic.read(path) == old\n",
    "      return true\n",
  },
  {
    "lua/galley/check/ignore.lua",
    "an ignore in an example of code counts",
    '    if block.kind == "code" then\n',
    '    if block.kind == "table" then\n',
  },
  {
    "lua/galley/source/reader/cue.lua",
    "a speaker is named at every cue",
    '  if name and name ~= "" and name ~= self.speaker then\n',
    '  if name and name ~= "" then\n',
  },
  {
    "lua/galley/json.lua",
    "a half of a surrogate pair is text",
    "local overlong, surrogate = a == 0xe0 and b < 0xa0, a == 0xed and b >= 0xa0",
    "local overlong, surrogate = a == 0xe0 and b < 0xa0, false",
  },
  {
    "lua/galley/name_form.lua",
    '"van" is a first name',
    '  while first > 2 and words[first - 1]:find("^%l") do\n    first = first - 1\n  end\n',
    "",
  },
  {
    "lua/galley/ledger/anchor.lua",
    "15 is found in 15,000",
    "  return not digit_before and not digit_after\n",
    "  return not digit_before\n",
  },
  {
    "lua/galley/ledger/export/csv.lua",
    "a formula behind a minus is left to the spreadsheet",
    [[text:find("^[=@\t\r]") or text:find("^[+-]") and not text:find("^[+-][%d.,]+%%?$")]],
    [[text:find("^[=@\t\r]")]],
  },
  {
    "lua/galley/source/map.lua",
    "the first byte of a cell is part of the cell before",
    "(not b or pairs_[middle * 2 + 2] <= b)",
    "(not b or pairs_[middle * 2 + 2] < b)",
  },
  {
    "lua/galley/textobject.lua",
    "around a date is any word before it",
    "  if word and PREPOSITIONS[word:lower()] then\n",
    "  if word then\n",
  },
  {
    "lua/galley/bibliography/bibtex.lua",
    '"and others" is an author',
    '    if family and family ~= "others" then\n',
    "    if family then\n",
  },
  {
    "lua/galley/frontmatter.lua",
    "a quotation mark behind a backslash ends the value",
    [[      if byte == "\\" and mark == '"' then]],
    "      if false then",
  },
  {
    "lua/galley/visible.lua",
    "a text is cut within a character",
    "  while at > 1 and text:byte(at + 1) >= 0x80 and text:byte(at + 1) < 0xc0 do\n",
    "  while false do\n",
  },
  {
    "lua/galley/server/completion.lua",
    "names are offered in the capitals of headlines",
    "    return not form.is_upper(spelling.text) or not small[vim.fn.tolower(spelling.text)]\n",
    "    return true\n",
  },
  {
    "lua/galley/server/later.lua",
    "what was asked of a text that has changed since is answered",
    "    local same = api.nvim_buf_is_loaded(request.buf)\n"
      .. "      and api.nvim_buf_get_changedtick(request.buf) == tick\n",
    "    local same = tick ~= nil\n",
  },
  {
    "lua/galley/prose/lexer/typst.lua",
    "// of an address begins a comment",
    [[  elseif mark == "/" and text:find("^//", at) and text:sub(at - 1, at - 1) ~= ":" then]],
    [[  elseif mark == "/" and text:find("^//", at) then]],
  },
}
