#include "lua_argument.h"

#include <lauxlib.h>

void galley_lua_get_field(lua_State *lua, int table, const char *field) {
  lua_pushstring(lua, field);
  lua_rawget(lua, table);
}

uint32_t galley_lua_check_row(lua_State *lua, int argument, uint32_t otherwise, uint32_t rows) {
  lua_Number value = luaL_optnumber(lua, argument, -1);
  if (!(value >= 0)) return otherwise; // nan too, of which a cast is undefined
  return value > rows ? rows : (uint32_t)value;
}

uint32_t galley_lua_check_mask(lua_State *lua, int argument, uint32_t otherwise) {
  lua_Number value = luaL_optnumber(lua, argument, otherwise);
  luaL_argcheck(lua, value >= 0 && value <= UINT32_MAX, argument, "out of range");
  return (uint32_t)value;
}
