// The binding's target: a Lua of its own for each input, in which tests/fuzz/binding.lua makes the
// calls that the input stands for. What Lua allocates is malloc's, so that a sanitizer sees it.
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "target.h"

#define SCRIPT "tests/fuzz/binding.lua"

int luaopen_galley_core(lua_State *lua);

typedef struct {
  long left; // allocations that may still grow; negative: any number
} Memory;

static void *allocate(void *context, void *block, size_t old_size, size_t size) {
  Memory *memory = context;
  if (size == 0) {
    free(block);
    return NULL;
  }
  if (size > old_size && memory->left >= 0) { // to shrink must not fail
    if (memory->left == 0) return NULL;
    memory->left--;
  }
  return realloc(block, size);
}

static int starve(lua_State *lua) {
  Memory *memory = lua_touserdata(lua, lua_upvalueindex(1));
  memory->left = lua_isnoneornil(lua, 1) ? -1 : (long)lua_tointeger(lua, 1);
  return 0;
}

static void stop(const char *message) {
  fprintf(stderr, "fuzz: %s\n", message ? message : "an error without a message");
  abort(); // what the fuzzer takes for a find
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Memory memory = {-1};
  lua_State *lua = lua_newstate(allocate, &memory);
  if (!lua) return 0;
  luaL_openlibs(lua);
  if (luaL_loadfile(lua, SCRIPT) || lua_pcall(lua, 0, 1, 0)) stop(lua_tostring(lua, -1));
  lua_pushcfunction(lua, luaopen_galley_core);
  lua_call(lua, 0, 1);
  lua_pushlstring(lua, (const char *)data, size);
  lua_pushlightuserdata(lua, &memory);
  lua_pushcclosure(lua, starve, 1);
  int status = lua_pcall(lua, 3, 0, 0);
  memory.left = -1;
  if (status == LUA_ERRMEM) status = 0; // of the script, between its calls
  if (status) stop(lua_tostring(lua, -1));
  lua_close(lua);
  return 0;
}
