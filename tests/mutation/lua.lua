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
}
