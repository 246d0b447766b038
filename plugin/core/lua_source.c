#include "lua_source.h"

#include <lauxlib.h>
#include <stdio.h>

#include "kind.h"
#include "lua_argument.h"
#include "lua_class.h"
#include "lua_names.h"
#include "match.h"

#define SOURCES_TYPE "galley.sources"
#define MOST_ID 9007199254740992.0 // 2^53: up to it every whole number has a double

static const char *const verdicts[] = {
    [GALLEY_VERDICT_EQUAL] = "equal",       [GALLEY_VERDICT_ROUNDS] = "rounds",
    [GALLEY_VERDICT_COMPUTED] = "computed", [GALLEY_VERDICT_VERBATIM] = "verbatim",
    [GALLEY_VERDICT_ELIDED] = "elided",     [GALLEY_VERDICT_ALTERED] = "altered",
    [GALLEY_VERDICT_OTHER] = "other",
};

static const char *const changes[] = {
    [GALLEY_CHANGE_WORD] = "word",         [GALLEY_CHANGE_NUMBER] = "number",
    [GALLEY_CHANGE_NEGATION] = "negation", [GALLEY_CHANGE_MODAL] = "modal",
    [GALLEY_CHANGE_NAME] = "name",
};

static GalleySources **sources_slot(lua_State *lua) {
  return luaL_checkudata(lua, 1, SOURCES_TYPE);
}

static GalleySources *check_sources(lua_State *lua) {
  GalleySources *sources = *sources_slot(lua);
  if (!sources) luaL_error(lua, "set of sources is closed");
  return sources;
}

static int64_t check_id(lua_State *lua) {
  lua_Number id = luaL_checknumber(lua, 2);
  luaL_argcheck(lua, id >= -MOST_ID && id <= MOST_ID, 2, "out of range");
  return (int64_t)id;
}

static int fail(lua_State *lua) {
  lua_pushnil(lua);
  lua_pushliteral(lua, "out of memory, or a source is over 2 GB");
  return 2;
}

static int succeed(lua_State *lua, bool done) {
  if (!done) return fail(lua);
  lua_pushboolean(lua, 1);
  return 1;
}

int galley_lua_new_sources(lua_State *lua) {
  // NOLINTNEXTLINE(bugprone-sizeof-expression): the userdata holds a pointer
  GalleySources **slot = lua_newuserdata(lua, sizeof *slot);
  *slot = NULL;
  luaL_getmetatable(lua, SOURCES_TYPE);
  lua_setmetatable(lua, -2);
  *slot = galley_sources_new();
  return *slot ? 1 : fail(lua);
}

static int close_sources(lua_State *lua) {
  GalleySources **slot = sources_slot(lua);
  galley_sources_free(*slot);
  *slot = NULL;
  return 0;
}

static int add(lua_State *lua) {
  return succeed(lua, galley_sources_add(check_sources(lua), check_id(lua)));
}

static int feed(lua_State *lua) {
  GalleySources *sources = check_sources(lua);
  size_t length;
  const char *bytes = luaL_checklstring(lua, 3, &length);
  return succeed(lua, galley_sources_feed(sources, check_id(lua), bytes, length));
}

static int remove_source(lua_State *lua) {
  galley_sources_remove(check_sources(lua), check_id(lua));
  return 0;
}

static int memory(lua_State *lua) {
  lua_pushnumber(lua, (lua_Number)galley_sources_memory(check_sources(lua)));
  return 1;
}

static void set_number(lua_State *lua, const char *name, lua_Number value) {
  lua_pushnumber(lua, value);
  lua_setfield(lua, -2, name);
}

static void set_string(lua_State *lua, const char *name, const char *value) {
  lua_pushstring(lua, value);
  lua_setfield(lua, -2, name);
}

static void push_words(lua_State *lua, const GalleyMatch *match) {
  lua_createtable(lua, match->word_count, 0);
  for (int i = 0; i < match->word_count; i++) {
    GalleyPoint start = galley_source_point(match->source, match->words[i].start);
    lua_createtable(lua, 3, 0);
    lua_pushnumber(lua, start.row);
    lua_rawseti(lua, -2, 1);
    lua_pushnumber(lua, start.column);
    lua_rawseti(lua, -2, 2);
    lua_pushnumber(lua, start.column + (match->words[i].end - match->words[i].start));
    lua_rawseti(lua, -2, 3);
    lua_rawseti(lua, -2, i + 1);
  }
}

static void push_differences(lua_State *lua, const GalleyDocument *document,
                             const GalleyMatch *match) {
  lua_createtable(lua, match->difference_count, 0);
  for (int i = 0; i < match->difference_count; i++) {
    const GalleyDifference *item = &match->differences[i];
    lua_createtable(lua, 0, 3);
    // Without marks and tags: with them it is no word of the quote, and a repair would lose them.
    galley_lua_push_name(lua, document, item->expected.start, item->expected.end);
    lua_setfield(lua, -2, "expected");
    lua_pushlstring(lua, match->source->bytes + item->found.start,
                    item->found.end - item->found.start);
    lua_setfield(lua, -2, "found");
    set_string(lua, "kind", changes[item->kind]);
    set_number(lua, "start", item->expected.start);
    set_number(lua, "end", item->expected.end);
    lua_rawseti(lua, -2, i + 1);
  }
}

static void push_match(lua_State *lua, const GalleyDocument *document, const GalleyMatch *match) {
  GalleyPoint start = galley_source_point(match->source, match->start);
  GalleyPoint end = galley_source_point(match->source, match->end);
  lua_createtable(lua, 0, 12);
  set_number(lua, "source", (lua_Number)match->source->id);
  set_string(lua, "kind", galley_kinds[match->kind].name);
  set_string(lua, "verdict", verdicts[match->verdict]);
  set_string(lua, "reason", match->reason);
  set_number(lua, "score", (lua_Number)match->score);
  set_number(lua, "start_row", start.row);
  set_number(lua, "start_col", start.column);
  set_number(lua, "end_row", end.row);
  set_number(lua, "end_col", end.column);
  lua_pushlstring(lua, match->source->bytes + match->start, match->end - match->start);
  lua_setfield(lua, -2, "text");
  push_words(lua, match);
  lua_setfield(lua, -2, "matches");
  push_differences(lua, document, match);
  lua_setfield(lua, -2, "differences");
}

// What is less sure than this would send a reader to the wrong place.
static bool is_place(const GalleyMatch *match) {
  return match->score >= GALLEY_MATCH_PLACE;
}

// The list lives in Lua's memory: an error raised while tables are made loses nothing.
static GalleyMatchList *new_list(lua_State *lua) {
  return lua_newuserdata(lua, sizeof(GalleyMatchList));
}

static int find(lua_State *lua) {
  GalleySources *sources = check_sources(lua);
  GalleyDocument *document = galley_lua_check_document(lua, 2);
  lua_Number row = luaL_checknumber(lua, 3), column = luaL_checknumber(lua, 4);
  GalleyMatchList *list = new_list(lua);
  list->count = 0;
  list->has_nearest = false;
  if (!galley_document_resolve(document)) return fail(lua);
  bool inside =
      row >= 0 && column >= 0 && row < document->text.line_count && column < GALLEY_TEXT_MAX;
  uint32_t start = inside ? galley_text_row_start(&document->text, (uint32_t)row) : 0;
  uint32_t next = inside ? galley_text_row_start(&document->text, (uint32_t)row + 1) : 0;
  if (inside && column < next - start &&
      !galley_match_at(sources, document, start + (uint32_t)column, list)) {
    return fail(lua);
  }
  lua_createtable(lua, (int)list->count, 1);
  for (uint32_t i = 0; i < list->count && is_place(&list->items[i]); i++) {
    push_match(lua, document, &list->items[i]);
    lua_rawseti(lua, -2, (int)i + 1);
  }
  if (list->has_nearest) {
    push_match(lua, document, &list->nearest);
    lua_setfield(lua, -2, "nearest");
  }
  return 1;
}

// Pushes what was found for one span of the article.
static void push_found(lua_State *lua, const GalleyDocument *document,
                       const GalleyBlockRecord *block, const GalleySpan *span,
                       const GalleyMatchList *list) {
  lua_createtable(lua, 0, 5);
  set_number(lua, "start", block->start + span->start);
  set_number(lua, "end", block->start + span->end);
  set_string(lua, "kind", galley_kinds[span->kind].name);
  if (list->count && is_place(&list->items[0])) {
    push_match(lua, document, &list->items[0]);
    lua_setfield(lua, -2, "best");
  }
  if (list->has_nearest) {
    push_match(lua, document, &list->nearest);
    lua_setfield(lua, -2, "nearest");
  }
}

static int find_all(lua_State *lua) {
  GalleySources *sources = check_sources(lua);
  GalleyDocument *document = galley_lua_check_document(lua, 2);
  uint32_t rows = document->text.line_count;
  uint32_t first = galley_lua_check_row(lua, 3, 0, rows);
  uint32_t last = galley_lua_check_row(lua, 4, rows, rows);
  uint32_t mask = galley_lua_check_mask(lua, 5, 1 << GALLEY_KIND_FIGURE | 1 << GALLEY_KIND_QUOTE);
  if (!galley_document_resolve(document)) return fail(lua);
  uint32_t start = galley_text_row_start(&document->text, first);
  uint32_t end = galley_text_row_start(&document->text, last);
  GalleyMatchList *list = new_list(lua);
  int count = 0;
  lua_newtable(lua);
  for (uint32_t i = galley_document_block_at(document, start);
       i < document->block_count && document->blocks[i].start < end; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    for (uint32_t j = 0; j < block->spans.count; j++) {
      const GalleySpan *span = &block->spans.items[j];
      bool inside = block->start + span->start < end && block->start + span->end > start;
      if (!inside || !(mask & 1u << span->kind) || !galley_match_wanted(span)) continue;
      if (!galley_match_find(sources, document, i, j, 1, list)) return fail(lua);
      push_found(lua, document, block, span, list);
      lua_rawseti(lua, -2, ++count);
    }
  }
  return 1;
}

static int sources_to_string(lua_State *lua) {
  GalleySources *sources = *sources_slot(lua);
  if (!sources) {
    lua_pushliteral(lua, "galley.sources (closed)");
  } else {
    lua_pushfstring(lua, "galley.sources (%d sources)", (int)sources->count);
  }
  return 1;
}

static const luaL_Reg methods[] = {
    {"add", add},   {"feed", feed},         {"remove", remove_source}, {"memory", memory},
    {"find", find}, {"find_all", find_all}, {"close", close_sources},  {NULL, NULL},
};

void galley_lua_open_sources(lua_State *lua) {
  galley_lua_open_class(lua, SOURCES_TYPE, methods, close_sources, sources_to_string);
}
