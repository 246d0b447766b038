#include "lua_names.h"

#include <lauxlib.h>

#include "entity.h"
#include "kind.h"
#include "lua_argument.h"
#include "span_name.h"

static const char *string_field(lua_State *lua, int table, const char *field, size_t *length) {
  galley_lua_get_field(lua, table, field);
  const char *text = lua_type(lua, -1) == LUA_TSTRING ? lua_tolstring(lua, -1, length) : NULL;
  lua_pop(lua, 1); // the table keeps it
  return text;
}

static uint8_t type_field(lua_State *lua, int table) {
  size_t length;
  const char *name = string_field(lua, table, "type", &length);
  const GalleyKindRow *kind = &galley_kinds[GALLEY_KIND_ENTITY];
  if (!name) return GALLEY_ENTITY_OTHER;
  for (uint8_t type = 0; type < kind->type_count; type++)
    if (strcmp(name, kind->types[type].name) == 0) return type;
  if (strcmp(name, "none") == 0) return GALLEY_NOT_A_NAME;
  luaL_error(lua, "'%s' is no type of names: person, organization, place, other or none", name);
  return GALLEY_ENTITY_OTHER;
}

static uint32_t count_names(lua_State *lua, int list) {
  uint32_t count = 0;
  for (int i = 1; i <= (int)lua_objlen(lua, list); i++) {
    lua_rawgeti(lua, list, i);
    luaL_checktype(lua, -1, LUA_TTABLE);
    galley_lua_get_field(lua, lua_gettop(lua), "aliases");
    count += 1 + (lua_istable(lua, -1) ? (uint32_t)lua_objlen(lua, -1) : 0);
    lua_pop(lua, 2);
  }
  return count;
}

const GalleyNameEntry *galley_lua_check_names(lua_State *lua, int list, uint32_t *count) {
  *count = 0;
  if (lua_isnoneornil(lua, list)) return NULL;
  luaL_checktype(lua, list, LUA_TTABLE);
  uint32_t most = count_names(lua, list);
  GalleyNameEntry *entries = lua_newuserdata(lua, (most + 1) * sizeof(GalleyNameEntry));
  for (int i = 1; i <= (int)lua_objlen(lua, list); i++) {
    lua_rawgeti(lua, list, i);
    int item = lua_gettop(lua);
    size_t length;
    const char *name = string_field(lua, item, "name", &length);
    if (!name) luaL_error(lua, "entry %d of the names has no name", i);
    uint8_t type = type_field(lua, item);
    entries[(*count)++] = (GalleyNameEntry){name, (uint32_t)length, (uint32_t)i, type};
    galley_lua_get_field(lua, item, "aliases");
    for (int j = 1; lua_istable(lua, -1) && j <= (int)lua_objlen(lua, -1) && *count < most; j++) {
      lua_rawgeti(lua, -1, j);
      const char *alias = lua_type(lua, -1) == LUA_TSTRING ? lua_tolstring(lua, -1, &length) : NULL;
      if (alias)
        entries[(*count)++] = (GalleyNameEntry){alias, (uint32_t)length, (uint32_t)i, type};
      lua_pop(lua, 1);
    }
    lua_settop(lua, item - 1);
  }
  return entries;
}

void galley_lua_push_name(lua_State *lua, const GalleyDocument *document, uint32_t start,
                          uint32_t end) {
  char *plain = lua_newuserdata(lua, end - start + 1); // Lua's own: what follows can raise
  lua_pushlstring(lua, plain, galley_plain_name(document, (GalleyRange){start, end}, plain));
  lua_remove(lua, -2);
}

static void set_integer(lua_State *lua, const char *field, uint32_t value) {
  lua_pushinteger(lua, (lua_Integer)value);
  lua_setfield(lua, -2, field);
}

static void set_string(lua_State *lua, const char *field, const char *text, size_t length) {
  if (!length) return;
  lua_pushlstring(lua, text, length);
  lua_setfield(lua, -2, field);
}

void galley_lua_push_clusters(lua_State *lua, const GalleyDocument *document) {
  lua_createtable(lua, (int)document->cluster_count, 0);
  for (uint32_t i = 0; i < document->cluster_count; i++) {
    const GalleyCluster *cluster = &document->clusters[i];
    const GalleyBlockRecord *named = &document->blocks[cluster->name_block];
    const GalleyBlockRecord *block = &document->blocks[cluster->first_block];
    const GalleySpan *name = &named->spans.items[cluster->name_span];
    uint32_t first = block->start + block->spans.items[cluster->first_span].start;
    GalleyPoint point = galley_text_point(&document->text, first);
    const char *subtype = galley_entity_subtype_name(cluster->subtype);
    const char *type = galley_kinds[GALLEY_KIND_ENTITY].types[cluster->type].name;
    lua_createtable(lua, 0, 9);
    set_integer(lua, "entity", i);
    set_integer(lua, "count", cluster->mention_count);
    set_integer(lua, "row", point.row);
    set_integer(lua, "col", point.column);
    if (cluster->related != UINT32_MAX) set_integer(lua, "related", cluster->related);
    galley_lua_push_name(lua, document, named->start + name->start, named->start + name->end);
    lua_setfield(lua, -2, "name");
    set_string(lua, "type", type, strlen(type));
    set_string(lua, "subtype", subtype, strlen(subtype));
    set_string(lua, "gender", (const char *)&cluster->gender, cluster->gender != 0);
    lua_rawseti(lua, -2, (int)i + 1);
  }
}
