-- For `luarocks make` in a clone. The name holds a version on purpose: of a file called
-- *-scm-1.rockspec lazy.nvim would conclude that galley must be built by LuaRocks.
rockspec_format = "3.0"
package = "galley.nvim"
version = "0.1.0-1"
source = {
  -- Put the address of this repository here: `luarocks make` does not need it.
  url = "git+https://REPOSITORY",
}
description = {
  summary = "Marks up English articles in Neovim: names, dates, quotes, figures, citations, checks",
  license = "MIT",
  labels = { "neovim" },
}
dependencies = { "lua == 5.1" }
build = {
  type = "make",
  build_target = "build",
  install_target = "install-rock",
  -- The same for both, or the second would build anew. Libraries are found by pkg-config.
  variables = {
    CC = "$(CC)",
    LUA_CFLAGS = "-I$(LUA_INCDIR)",
    LUADIR = "$(LUADIR)",
    LIBDIR = "$(LIBDIR)",
    ROCK = "$(PREFIX)",
  },
}
