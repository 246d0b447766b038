// The user's names from Lua, and the article's entities to Lua. Part of the binding; see lua.c.
#ifndef GALLEY_LUA_NAMES_H
#define GALLEY_LUA_NAMES_H

#include <lua.h>
#include <string.h>

#include "document.h"

// Reads the list at stack index `list`: {{name = "...", type = "person", aliases = {"..."}}, ...},
// type "none" for what is no name. Nil gives no entries. Raises an error on anything else. The
// entries are Lua's memory, on top of the stack.
const GalleyNameEntry *galley_lua_check_names(lua_State *lua, int list, uint32_t *count);

// Pushes a name that stands at [start, end) of the text as a reader says it: on one line, without
// markup and marks of emphasis.
void galley_lua_push_name(lua_State *lua, const GalleyDocument *document, uint32_t start,
                          uint32_t end);

// Pushes the list of clusters: {entity, name, type, subtype?, gender?, count, row, col, related?},
// row and col those of the first mention, `related` the entity of a demonym's country.
void galley_lua_push_clusters(lua_State *lua, const GalleyDocument *document);

#endif
