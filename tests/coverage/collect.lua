-- Begins to count lines: coverage.sh puts a call of this file at the beginning of each module of a
-- copy of the plugin, so that every Neovim that loads one is counted, also those that tests start.

local folder = os.getenv("GALLEY_COVERAGE")
if package.loaded.lines or not folder then
  return
end
package.loaded.lines = true

-- Compiled code runs no hooks.
if jit then
  jit.off()
  jit.flush()
end

local open = assert(package.loadlib(folder .. "/lines.so", "luaopen_lines"))
open()(folder)
