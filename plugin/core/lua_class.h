// Classes of userdata in Lua. Part of the binding; see lua.c for its rules.
#ifndef GALLEY_LUA_CLASS_H
#define GALLEY_LUA_CLASS_H

#include <lauxlib.h>
#include <lua.h>

// Sets the functions of a list, which ends with NULL, in the table on top of the stack.
void galley_lua_add_functions(lua_State *lua, const luaL_Reg *list);

// Makes the metatable of userdata of that type: `close` is called when one is collected,
// `to_string` (NULL: none) by tostring().
void galley_lua_open_class(lua_State *lua, const char *type, const luaL_Reg *methods,
                           lua_CFunction close, lua_CFunction to_string);

#endif
