// Arguments from Lua. Part of the binding; see lua.c for its rules.
//
// A table is looked into without its metatable: that could run any code, and close or change the
// document that the call works on.
#ifndef GALLEY_LUA_ARGUMENT_H
#define GALLEY_LUA_ARGUMENT_H

#include <lua.h>
#include <stdint.h>

// Pushes the field of the table at the positive stack index.
void galley_lua_get_field(lua_State *lua, int table, const char *field);

// The argument as a row in [0, rows], `otherwise` when it is negative, nan or none. An error when
// it is no number.
uint32_t galley_lua_check_row(lua_State *lua, int argument, uint32_t otherwise, uint32_t rows);

// The argument as a mask of bits; `otherwise` when it is none.
uint32_t galley_lua_check_mask(lua_State *lua, int argument, uint32_t otherwise);

#endif
