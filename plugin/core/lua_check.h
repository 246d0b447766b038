// How checks and findings look in Lua. Part of the binding; see lua.c for its rules.
#ifndef GALLEY_LUA_CHECK_H
#define GALLEY_LUA_CHECK_H

#include <lua.h>

#include "document.h"

// core.checks(): pushes the list of { id, severity, needs, help, fires, clean }.
int galley_lua_list_checks(lua_State *lua);

// doc:check({ off = {id, ...}, ok = boolean }): pushes the list of findings in the order of the
// text, or nil and a message.
int galley_lua_check(lua_State *lua, GalleyDocument *document);

#endif
