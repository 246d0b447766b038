#include "lua_class.h"

void galley_lua_add_functions(lua_State *lua, const luaL_Reg *list) {
  for (; list->name; list++) {
    lua_pushcfunction(lua, list->func);
    lua_setfield(lua, -2, list->name);
  }
}

void galley_lua_open_class(lua_State *lua, const char *type, const luaL_Reg *methods,
                           lua_CFunction close, lua_CFunction to_string) {
  luaL_newmetatable(lua, type);
  lua_pushcfunction(lua, close);
  lua_setfield(lua, -2, "__gc");
  if (to_string) {
    lua_pushcfunction(lua, to_string);
    lua_setfield(lua, -2, "__tostring");
  }
  lua_newtable(lua);
  galley_lua_add_functions(lua, methods);
  lua_setfield(lua, -2, "__index");
  lua_pop(lua, 1);
}
