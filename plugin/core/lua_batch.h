// Batches in Lua: core.batch(). Part of the binding; see lua.c for its rules.
#ifndef GALLEY_LUA_BATCH_H
#define GALLEY_LUA_BATCH_H

#include <lua.h>

// Makes the metatable of batches.
void galley_lua_open_batch(lua_State *lua);

// core.batch(threads): a batch, or nil and a message.
int galley_lua_new_batch(lua_State *lua);

// core.has_input(): whether something can be read from standard input without waiting, its end
// included. False where that cannot be told.
int galley_lua_has_input(lua_State *lua);

#endif
