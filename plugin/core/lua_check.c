#include "lua_check.h"

#include <lauxlib.h>
#include <string.h>

#include "check.h"
#include "lua_argument.h"

static const char *const severities[GALLEY_SEVERITY_COUNT] = {"hint", "info", "warn", "error"};
static const char *const outcomes[GALLEY_OUTCOME_COUNT] = {"ok", "near", "bad", "undecided"};
static const char *const needs[] = {"text", "sources", "review", "comment"};

static void set_string(lua_State *lua, const char *name, const char *value) {
  lua_pushstring(lua, value);
  lua_setfield(lua, -2, name);
}

static void set_number(lua_State *lua, const char *name, uint32_t value) {
  lua_pushnumber(lua, value);
  lua_setfield(lua, -2, name);
}

int galley_lua_list_checks(lua_State *lua) {
  lua_createtable(lua, GALLEY_CHECK_COUNT, 0);
  for (int i = 0; i < GALLEY_CHECK_COUNT; i++) {
    const GalleyCheckRow *row = &galley_checks[i];
    lua_createtable(lua, 0, 6);
    set_string(lua, "id", row->id);
    set_string(lua, "severity", severities[row->severity]);
    set_string(lua, "needs", needs[row->needs]);
    set_string(lua, "help", row->help);
    set_string(lua, "fires", row->fires);
    set_string(lua, "clean", row->clean);
    lua_rawseti(lua, -2, i + 1);
  }
  return 1;
}

static void set_range(lua_State *lua, const GalleyDocument *document, uint32_t start,
                      uint32_t end) {
  GalleyPoint from = galley_text_point(&document->text, start);
  GalleyPoint to = galley_text_point(&document->text, end);
  set_number(lua, "start_row", from.row);
  set_number(lua, "start_col", from.column);
  set_number(lua, "end_row", to.row);
  set_number(lua, "end_col", to.column);
}

// Sets a text that may quote from the article, without what stands for markup there.
static void set_quoting(lua_State *lua, const char *name, const char *text) {
  luaL_Buffer buffer;
  luaL_buffinit(lua, &buffer);
  for (; *text; text++)
    if (!galley_markup_is(*text)) luaL_addchar(&buffer, *text);
  luaL_pushresult(&buffer);
  lua_setfield(lua, -2, name);
}

static bool has_markup(const char *bytes, uint32_t length) {
  for (uint32_t i = 0; i < length; i++)
    if (galley_markup_is(bytes[i])) return true;
  return false;
}

// A repair is made of words as they are read: where tags stand among them it would lose the tags.
static bool would_lose_markup(const GalleyDocument *document, const GalleyFindingRef *ref,
                              const GalleyRepair *repair) {
  for (uint32_t i = 0; document->text.written && i < repair->edit_count; i++) {
    const GalleyRepairEdit *edit = &ref->list->edits[repair->edits + i];
    const char *text = ref->list->text + edit->text;
    const char *old = document->text.bytes + ref->base + edit->start;
    if (has_markup(text, (uint32_t)strlen(text)) || has_markup(old, edit->end - edit->start)) {
      return true;
    }
  }
  return false;
}

static void push_related(lua_State *lua, const GalleyDocument *document,
                         const GalleyFindingRef *ref) {
  const GalleyFindingList *list = ref->list;
  lua_createtable(lua, ref->finding->related_count, 0);
  for (int i = 0; i < ref->finding->related_count; i++) {
    const GalleyRelated *related = &list->related[ref->finding->related + (uint32_t)i];
    lua_createtable(lua, 0, 7);
    set_number(lua, "start", ref->base + related->start);
    set_number(lua, "end", ref->base + related->end);
    set_range(lua, document, ref->base + related->start, ref->base + related->end);
    set_quoting(lua, "message", list->text + related->message);
    lua_rawseti(lua, -2, i + 1);
  }
}

static void push_repairs(lua_State *lua, const GalleyDocument *document,
                         const GalleyFindingRef *ref) {
  const GalleyFindingList *list = ref->list;
  lua_createtable(lua, ref->finding->repair_count, 0);
  for (int i = 0, pushed = 0; i < ref->finding->repair_count; i++) {
    const GalleyRepair *repair = &list->repairs[ref->finding->repairs + (uint32_t)i];
    if (would_lose_markup(document, ref, repair)) continue;
    lua_createtable(lua, 0, 2);
    set_string(lua, "title", list->text + repair->title);
    lua_createtable(lua, (int)repair->edit_count, 0);
    for (uint32_t j = 0; j < repair->edit_count; j++) {
      const GalleyRepairEdit *edit = &list->edits[repair->edits + j];
      lua_createtable(lua, 0, 7);
      set_number(lua, "start", ref->base + edit->start);
      set_number(lua, "end", ref->base + edit->end);
      set_range(lua, document, ref->base + edit->start, ref->base + edit->end);
      set_string(lua, "text", list->text + edit->text);
      lua_rawseti(lua, -2, (int)j + 1);
    }
    lua_setfield(lua, -2, "edits");
    lua_rawseti(lua, -2, ++pushed);
  }
}

// Pushes what an ignore is tied to: the check and the texts of what it compared, so that a change
// of a figure opens it again and a change elsewhere does not.
static void push_key(lua_State *lua, const GalleyDocument *document, const GalleyFindingRef *ref) {
  const GalleyFinding *finding = ref->finding;
  const char *bytes = galley_text_written(&document->text);
  luaL_Buffer buffer;
  luaL_buffinit(lua, &buffer);
  luaL_addstring(&buffer, galley_checks[finding->check].id);
  if (finding->key) {
    luaL_addchar(&buffer, ' ');
    luaL_addstring(&buffer, ref->list->text + finding->key);
  } else if (finding->related_count == 0) {
    luaL_addchar(&buffer, ' ');
    luaL_addlstring(&buffer, bytes + ref->base + finding->start, finding->end - finding->start);
  }
  for (uint32_t i = 0; !finding->key && i < finding->related_count; i++) {
    const GalleyRelated *related = &ref->list->related[finding->related + i];
    luaL_addstring(&buffer, i ? " | " : " ");
    luaL_addlstring(&buffer, bytes + ref->base + related->start, related->end - related->start);
  }
  luaL_pushresult(&buffer);
}

static void push_finding(lua_State *lua, const GalleyDocument *document,
                         const GalleyFindingRef *ref) {
  const GalleyFinding *finding = ref->finding;
  uint32_t start = ref->base + finding->start, end = ref->base + finding->end;
  lua_createtable(lua, 0, 14);
  set_string(lua, "check", galley_checks[finding->check].id);
  set_string(lua, "severity", severities[finding->severity]);
  set_string(lua, "outcome", outcomes[finding->outcome]);
  set_quoting(lua, "message", ref->list->text + finding->message);
  push_key(lua, document, ref);
  lua_setfield(lua, -2, "key");
  set_number(lua, "start", start);
  set_number(lua, "end", end);
  set_range(lua, document, start, end);
  lua_pushlstring(lua, galley_text_written(&document->text) + start, end - start);
  lua_setfield(lua, -2, "text");
  push_related(lua, document, ref);
  lua_setfield(lua, -2, "related");
  push_repairs(lua, document, ref);
  lua_setfield(lua, -2, "repairs");
}

// The checks that options.off at `options` names, as bits. An unknown one is a mistake.
static uint64_t off_field(lua_State *lua, int options) {
  uint64_t off = 0;
  galley_lua_get_field(lua, options, "off");
  for (int i = 1; lua_istable(lua, -1) && i <= (int)lua_objlen(lua, -1); i++) {
    lua_rawgeti(lua, -1, i);
    const char *id = luaL_checkstring(lua, -1);
    GalleyCheck check = galley_check_find(id);
    if (check == GALLEY_CHECK_COUNT) luaL_error(lua, "no check is called '%s'", id);
    off |= UINT64_C(1) << check;
    lua_pop(lua, 1);
  }
  lua_pop(lua, 1);
  return off;
}

int galley_lua_check(lua_State *lua, GalleyDocument *document) {
  uint64_t off = 0;
  bool ok = false;
  if (!lua_isnoneornil(lua, 2)) {
    luaL_checktype(lua, 2, LUA_TTABLE);
    off = off_field(lua, 2);
    galley_lua_get_field(lua, 2, "ok");
    ok = lua_toboolean(lua, -1);
  }
  if (!galley_check_run(document)) {
    lua_pushnil(lua);
    lua_pushliteral(lua, "out of memory");
    return 2;
  }
  size_t room = galley_check_count(document) + 1;
  GalleyFindingRef *refs = lua_newuserdata(lua, room * sizeof *refs);
  uint32_t count = galley_check_collect(document, off, ok, refs);
  lua_createtable(lua, (int)count, 0);
  for (uint32_t i = 0; i < count; i++) {
    push_finding(lua, document, &refs[i]);
    lua_rawseti(lua, -2, (int)i + 1);
  }
  return 1;
}
