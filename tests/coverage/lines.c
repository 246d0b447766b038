// A Lua module that notes which lines of lua/galley run: see collect.lua. In C, because a hook in
// Lua makes the tests ten times as slow.
//
//   start(folder)     writes "file:line" to a file of the process in `folder` as lines first run
//
// A line is written down when it runs, not at the end: a process may be killed.
#include <lauxlib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FILES = 1024, LINES = 1024, SOURCE_SIZE = 256 };

typedef struct {
  const char *source;     // Lua's own string, by its address
  char copy[SOURCE_SIZE]; // how it begins: another may come to lie there
  const char *name;       // within lua/galley, in `copy`; NULL for what is not the plugin's
  uint8_t seen[LINES];
} File;

static struct {
  FILE *log;
  uint32_t count;
  File *last;
  File files[FILES];
} lines;

static bool is_of(const File *file, const char *source) {
  return file->source == source && strncmp(file->copy, source, SOURCE_SIZE - 1) == 0;
}

static const char *name_within(const char *source) {
  const char *name = NULL;
  for (const char *at = source; (at = strstr(at, "lua/galley/")); at++)
    name = at + strlen("lua/galley/");
  return name;
}

static File *file_of(const char *source) {
  if (lines.last && is_of(lines.last, source)) return lines.last;
  for (uint32_t i = 0; i < lines.count; i++) {
    if (is_of(&lines.files[i], source)) return lines.last = &lines.files[i];
  }
  if (lines.count == FILES) return NULL;
  File *file = lines.last = &lines.files[lines.count++];
  file->source = source;
  strncpy(file->copy, source, SOURCE_SIZE - 1);
  file->name = name_within(file->copy);
  return file;
}

static void note_line(lua_State *lua, lua_Debug *at) {
  lua_getinfo(lua, "S", at);
  File *file = file_of(at->source);
  int line = at->currentline;
  if (!file || !file->name || line < 0 || line >= LINES || file->seen[line]) return;
  file->seen[line] = 1;
  fprintf(lines.log, "%s:%d\n", file->name, line);
}

static int start(lua_State *lua) {
  const char *path = lua_pushfstring(lua, "%s/lua-%d", luaL_checkstring(lua, 1), (int)getpid());
  lines.log = fopen(path, "a");
  if (!lines.log) return luaL_error(lua, "cannot write %s", path);
  setvbuf(lines.log, NULL, _IOLBF, 256);
  lua_sethook(lua, note_line, LUA_MASKLINE, 0);
  return 0;
}

__attribute__((visibility("default"))) int luaopen_lines(lua_State *lua);

int luaopen_lines(lua_State *lua) {
  lua_pushcfunction(lua, start);
  return 1;
}
