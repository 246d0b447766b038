// Sets of sources in Lua. Part of the binding; see lua.c for its rules.
#ifndef GALLEY_LUA_SOURCE_H
#define GALLEY_LUA_SOURCE_H

#include <lua.h>

#include "document.h"

// The open document at the stack index; raises an error on anything else. Of lua.c.
GalleyDocument *galley_lua_check_document(lua_State *lua, int index);

// Registers the type; once a state.
void galley_lua_open_sources(lua_State *lua);

// core.sources(): pushes a new set; nil and a message when memory ends.
int galley_lua_new_sources(lua_State *lua);

#endif
