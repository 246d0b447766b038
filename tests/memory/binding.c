// Makes allocations fail under the binding, the core's and Lua's own, one after the other.
//
// script.lua uses every method of a document and of sources. Where the core gets no memory the
// method says so; where Lua gets none it raises an error, which leaves the C function in the
// middle. Either way the state can be closed, and then nothing of the core's is left.
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allocation.h"
#include "test.h"

int luaopen_galley_core(lua_State *lua);

enum { ALLOCATIONS_MAX = 100000 }; // ends a loop that goes wrong

// Lua's allocator, with a failure of its own.
typedef struct {
  uint32_t count, fails;
} LuaMemory;

static void *lua_memory(void *self, void *old, size_t old_size, size_t size) {
  LuaMemory *memory = self;
  (void)old_size;
  if (size == 0) {
    free(old);
    return NULL;
  }
  // Lua counts on a block that can be made smaller.
  if (size > old_size && ++memory->count == memory->fails) return NULL;
  return realloc(old, size);
}

// A state with the script and the core on its stack, ready to be called.
static lua_State *ready(LuaMemory *memory) {
  lua_State *lua = lua_newstate(lua_memory, memory);
  if (!lua) exit(2);
  lua_gc(lua, LUA_GCSTOP, 0); // failures are in the order of the script
  lua_pushcfunction(lua, luaopen_base);
  lua_call(lua, 0, 0);
  if (luaL_loadfile(lua, "tests/memory/script.lua") != 0) exit(2);
  lua_pushcfunction(lua, luaopen_galley_core);
  lua_call(lua, 0, 1);
  return lua;
}

static void the_script_runs(Test *test) {
  LuaMemory memory = {0, 0};
  lua_State *lua = ready(&memory);
  CHECK_INT(test, lua_pcall(lua, 1, 1, 0), 0);
  const char *said = lua_tostring(lua, -1);
  CHECK_TEXT(test, said, said ? strlen(said) : 0, "done");
  CHECK(test, allocation_live() > 0);
  lua_close(lua);
  CHECK_INT(test, allocation_live(), 0);
}

static void the_core_has_no_memory(Test *test) {
  bool failed = true;
  uint32_t messages = 0;
  for (uint32_t n = 1; failed && n < ALLOCATIONS_MAX && !test->failures; n++) {
    LuaMemory memory = {0, 0};
    lua_State *lua = ready(&memory);
    allocation_fail_at(n);
    CHECK_INT(test, lua_pcall(lua, 1, 1, 0), 0);
    failed = allocation_failed();
    const char *said = lua_tostring(lua, -1);
    // A list that could not be made smaller is no failure.
    bool done = CHECK(test, said) && strcmp(said, "done") == 0;
    if (!done) CHECK(test, said && strstr(said, "out of memory"));
    messages += !done;
    lua_close(lua);
    if (!CHECK_INT(test, allocation_live(), 0)) printf("  after allocation %u failed\n", n);
  }
  CHECK(test, messages > 100);
}

static void lua_has_no_memory(Test *test) {
  bool done = false;
  uint32_t raised = 0;
  for (uint32_t n = 1; !done && n < ALLOCATIONS_MAX && !test->failures; n++) {
    LuaMemory memory = {0, 0};
    lua_State *lua = ready(&memory);
    memory = (LuaMemory){0, n};
    done = lua_pcall(lua, 1, 1, 0) == 0;
    memory.fails = 0;
    const char *said = lua_tostring(lua, -1);
    CHECK_TEXT(test, said, said ? strlen(said) : 0, done ? "done" : "not enough memory");
    raised += !done;
    lua_close(lua);
    if (!CHECK_INT(test, allocation_live(), 0)) printf("  after Lua's allocation %u failed\n", n);
  }
  CHECK(test, raised > 100);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"binding: the script runs to its end", the_script_runs},
      {"binding: the core has no memory", the_core_has_no_memory},
      {"binding: Lua has no memory", lua_has_no_memory},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
