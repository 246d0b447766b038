// How spans, blocks and kinds look in Lua. Part of the binding; see lua.c for its rules.
#ifndef GALLEY_LUA_SPAN_H
#define GALLEY_LUA_SPAN_H

#include <lua.h>

#include "document.h"
#include "kind.h"

#define GALLEY_MASK_NO_INDIRECT (1u << GALLEY_KIND_COUNT) // leave out quotes without marks

typedef struct {
  uint32_t start, end; // bytes of the document: spans that touch [start, end)
  uint32_t mask;       // of 1 << GalleyKind, and GALLEY_MASK_NO_INDIRECT
} GalleySpanQuery;

// Fills the table at stack index `out` with five integers a mark: start row, start column, end row,
// end column, row of galley_groups from 1. Returns the number of marks.
int galley_lua_draw(lua_State *lua, const GalleyDocument *document, const GalleySpanQuery *query,
                    int out);

// Pushes a list of span tables.
void galley_lua_push_spans(lua_State *lua, const GalleyDocument *document,
                           const GalleySpanQuery *query);

// Pushes the innermost span that holds `byte`; pushes nothing and returns false if there is none.
bool galley_lua_push_span_at(lua_State *lua, const GalleyDocument *document, uint32_t byte,
                             uint32_t mask);

void galley_lua_push_blocks(lua_State *lua, const GalleyDocument *document);
void galley_lua_push_kind(lua_State *lua, const GalleyKindRow *kind);

#endif
