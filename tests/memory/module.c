// Lets a spec make an allocation of the module fail: luaopen_galley_memory gives fail_at(n) and
// failed(), which are allocation.h's.
#include <lauxlib.h>

#include "allocation.h"

static int fail_at(lua_State *lua) {
  allocation_fail_at((uint32_t)luaL_checknumber(lua, 1));
  return 0;
}

static int failed(lua_State *lua) {
  lua_pushboolean(lua, allocation_failed());
  return 1;
}

__attribute__((visibility("default"))) int luaopen_galley_memory(lua_State *lua);

int luaopen_galley_memory(lua_State *lua) {
  lua_createtable(lua, 0, 2);
  lua_pushcfunction(lua, fail_at);
  lua_setfield(lua, -2, "fail_at");
  lua_pushcfunction(lua, failed);
  lua_setfield(lua, -2, "failed");
  return 1;
}
