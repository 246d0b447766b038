// A module that runs libFuzzer inside Neovim over functions written in Lua: what the readers use of
// Neovim is then Neovim's own. The lines of Lua that an input reaches are what guides the fuzzer.
//
// run({ argument, ... }, test) hands the arguments to libFuzzer, which calls test(bytes) for each
// input. It ends the program: with status 0, or at a find, which is an error that `test` raises or
// more lines of Lua than an input of its size may take.
#include <lauxlib.h>
#include <lua.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "target.h"

enum {
  LINES = 1 << 15,   // counters of lines, and as many of pairs of lines that follow each other
  CHUNKS = 256,      // files of Lua
  CHUNK_LINES = 600, // of a file: no file of ours has more
  LINES_FREE = 200000,
  LINES_A_BYTE = 5000,
};

// libFuzzer calls without a word of the caller's, and finds its counters by their section: this
// state cannot be but global.
static struct {
  lua_State *lua;
  const char *chunks[CHUNKS]; // Lua's own string of a file's name: the same as long as it is loaded
  uint32_t chunk_count;
  uint32_t last;       // line reached last
  uint64_t line_count; // of this input
  uint32_t reached;    // lines so far, of all inputs
  uint8_t is_reached[LINES];
} state;
__attribute__((section("__libfuzzer_extra_counters"))) static uint8_t counters[2 * LINES];

int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*test)(const uint8_t *, size_t));

static void count_up(uint8_t *counter) {
  if (*counter < UINT8_MAX) (*counter)++;
}

// The number of a file of the plugin, from 1; 0 for what is not ours.
static uint32_t chunk_of(const char *source) {
  for (uint32_t i = 0; i < state.chunk_count; i++)
    if (state.chunks[i] == source) return i + 1;
  if (!strstr(source, "/lua/galley/") || state.chunk_count == CHUNKS) return 0;
  state.chunks[state.chunk_count] = source;
  return ++state.chunk_count;
}

static void on_line(lua_State *lua, lua_Debug *record) {
  state.line_count++;
  lua_getinfo(lua, "S", record);
  uint32_t chunk = chunk_of(record->source);
  if (!chunk || record->currentline < 0) return;
  uint32_t line = ((chunk - 1) * CHUNK_LINES + (uint32_t)record->currentline) % LINES;
  count_up(&counters[line]);
  count_up(&counters[LINES + (line * 31 + state.last * 17) % LINES]);
  if (!state.is_reached[line]) {
    state.is_reached[line] = 1;
    state.reached++;
  }
  state.last = line;
}

static void stop(const char *message, size_t size) {
  fprintf(stderr, "fuzz: %s (input of %zu bytes)\n", message, size);
  abort(); // what the fuzzer takes for a find
}

// The stack holds the arguments, the test and a function that makes a traceback.
static int test_one(const uint8_t *data, size_t size) {
  lua_State *lua = state.lua;
  state.line_count = 0;
  state.last = 0;
  lua_pushvalue(lua, 2);
  lua_pushlstring(lua, (const char *)data, size);
  lua_sethook(lua, on_line, LUA_MASKLINE, 0);
  int status = lua_pcall(lua, 1, 0, 3);
  lua_sethook(lua, NULL, 0, 0);
  if (status != 0) stop(lua_tostring(lua, -1), size);
  if (state.line_count > LINES_FREE + (uint64_t)LINES_A_BYTE * size) {
    stop("more lines of Lua were run than are linear", size);
  }
  return 0;
}

static void tell(void) {
  fprintf(stderr, "stat::lua_lines_reached:       %u\n", state.reached);
}

static int run(lua_State *lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  luaL_checktype(lua, 2, LUA_TFUNCTION);
  luaL_checktype(lua, 3, LUA_TFUNCTION);
  lua_settop(lua, 3);
  int count = (int)lua_objlen(lua, 1);
  char **arguments = lua_newuserdata(lua, ((size_t)count + 1) * sizeof *arguments);
  for (int i = 0; i < count; i++) {
    lua_rawgeti(lua, 1, i + 1);
    size_t length;
    const char *argument = luaL_checklstring(lua, -1, &length);
    arguments[i] = malloc(length + 1); // for as long as the program runs
    if (!arguments[i]) return luaL_error(lua, "out of memory");
    memcpy(arguments[i], argument, length + 1);
    lua_pop(lua, 1);
  }
  arguments[count] = NULL;
  state.lua = lua;
  atexit(tell);
  lua_pushinteger(lua, LLVMFuzzerRunDriver(&count, &arguments, test_one));
  return 1;
}

__attribute__((visibility("default"))) int luaopen_fuzz(lua_State *lua);

int luaopen_fuzz(lua_State *lua) {
  lua_pushcfunction(lua, run);
  return 1;
}
