// The binding: module galley.core. Only lua*.c include lua.h.
//
// A document is a userdata that holds one pointer, NULL once closed. Misuse raises a Lua error;
// what can go wrong at run time returns nil and a message. lua_error longjmps, so no C memory is
// owned across a call that can raise: buffers built here are Lua's own.
#include <lauxlib.h>
#include <lua.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar.h"
#include "document.h"
#include "kind.h"
#include "lua_argument.h"
#include "lua_batch.h"
#include "lua_check.h"
#include "lua_class.h"
#include "lua_names.h"
#include "lua_source.h"
#include "lua_span.h"
#include "rule.h"
#include "span_json.h"

#define DOCUMENT_TYPE "galley.document"
#ifndef GALLEY_VERSION // of lua/galley/version.lua, as the Makefile tells
#define GALLEY_VERSION "unknown"
#endif
#ifndef GALLEY_BUILD // compiler, flags and libraries, as the Makefile tells
#define GALLEY_BUILD "built with " __VERSION__
#endif

static GalleyDocument **document_slot(lua_State *lua) {
  return luaL_checkudata(lua, 1, DOCUMENT_TYPE);
}

GalleyDocument *galley_lua_check_document(lua_State *lua, int index) {
  GalleyDocument **slot = luaL_checkudata(lua, index, DOCUMENT_TYPE);
  if (!*slot) luaL_error(lua, "document is closed");
  return *slot;
}

static GalleyDocument *check_document(lua_State *lua) {
  return galley_lua_check_document(lua, 1);
}

static int fail(lua_State *lua, const char *message) {
  lua_pushnil(lua);
  lua_pushstring(lua, message);
  return 2;
}

static int succeed(lua_State *lua, bool done) {
  if (!done) return fail(lua, "out of memory, or the text is over 2 GB");
  lua_pushboolean(lua, 1);
  return 1;
}

static int new_document(lua_State *lua) {
  // NOLINTNEXTLINE(bugprone-sizeof-expression): the userdata holds a pointer
  GalleyDocument **slot = lua_newuserdata(lua, sizeof *slot);
  *slot = NULL;
  luaL_getmetatable(lua, DOCUMENT_TYPE);
  lua_setmetatable(lua, -2);
  *slot = galley_document_new();
  return *slot ? 1 : fail(lua, "out of memory");
}

static int close_document(lua_State *lua) {
  GalleyDocument **slot = document_slot(lua);
  galley_document_free(*slot);
  *slot = NULL;
  return 0;
}

// The argument as a byte offset or row in [0, limit]; an error otherwise.
static uint32_t check_offset(lua_State *lua, int argument, uint32_t limit) {
  lua_Number value = luaL_checknumber(lua, argument);
  luaL_argcheck(lua, value >= 0 && value <= limit, argument, "out of range");
  return (uint32_t)value;
}

static int set_text(lua_State *lua) {
  GalleyDocument *document = check_document(lua);
  size_t length;
  const char *bytes = luaL_checklstring(lua, 2, &length);
  if (length > GALLEY_TEXT_MAX) return succeed(lua, false);
  return succeed(lua,
                 galley_document_edit(document, 0, document->text.length, bytes, (uint32_t)length));
}

static int edit(lua_State *lua) {
  GalleyDocument *document = check_document(lua);
  uint32_t start = check_offset(lua, 2, document->text.length);
  uint32_t old_end = check_offset(lua, 3, document->text.length);
  size_t length;
  const char *bytes = luaL_checklstring(lua, 4, &length);
  luaL_argcheck(lua, start <= old_end, 3, "end before start");
  if (length > GALLEY_TEXT_MAX) return succeed(lua, false);
  return succeed(lua, galley_document_edit(document, start, old_end, bytes, (uint32_t)length));
}

// Bytes of the list of lines at `argument`, each with its newline. Every item must be a string.
static size_t lines_size(lua_State *lua, int argument, size_t count) {
  size_t size = 0;
  for (size_t i = 1; i <= count; i++) {
    lua_rawgeti(lua, argument, (int)i);
    luaL_argcheck(lua, lua_type(lua, -1) == LUA_TSTRING, argument, "lines must be strings");
    size += lua_objlen(lua, -1) + 1;
    lua_pop(lua, 1);
  }
  return size;
}

// Neovim hands a NUL of the text as a newline within a line.
static char *copy_line(char *out, const char *line, size_t length) {
  memcpy(out, line, length);
  for (char *at = out; (at = memchr(at, '\n', (size_t)(out + length - at)));)
    *at = '\0';
  out[length] = '\n';
  return out + length + 1;
}

// The ranges at `argument`: a flat list of start, end and code, counted from the first byte of the
// lines that are set; ascending, within `size` bytes. Lua owns the result. NULL: none were given.
static const GalleyMarkupRange *check_ranges(lua_State *lua, int argument, size_t size,
                                             uint32_t *count) {
  *count = 0;
  if (lua_isnoneornil(lua, argument)) return NULL;
  luaL_checktype(lua, argument, LUA_TTABLE);
  size_t numbers = lua_objlen(lua, argument);
  luaL_argcheck(lua, numbers % 3 == 0, argument, "not start, end, code, ...");
  GalleyMarkupRange *ranges = lua_newuserdata(lua, numbers / 3 * sizeof *ranges + 1);
  lua_Number at = 0;
  for (size_t i = 0; i < numbers / 3; i++) {
    lua_Number number[3];
    for (int k = 0; k < 3; k++) {
      lua_rawgeti(lua, argument, (int)(i * 3) + k + 1);
      luaL_argcheck(lua, lua_type(lua, -1) == LUA_TNUMBER, argument, "ranges must be numbers");
      number[k] = lua_tonumber(lua, -1);
      lua_pop(lua, 1);
    }
    luaL_argcheck(lua, number[0] >= at && number[1] > number[0] && number[1] <= (lua_Number)size,
                  argument, "ranges overlap or are out of order");
    luaL_argcheck(lua, number[2] >= 0 && number[2] <= 0x10ffff, argument, "no such character");
    at = number[1];
    ranges[i] = (GalleyMarkupRange){(uint32_t)number[0], (uint32_t)number[1], (uint32_t)number[2]};
  }
  *count = (uint32_t)(numbers / 3);
  return ranges;
}

// Rows [first, last) at arguments 2 and 3, as bytes.
static GalleyRange check_rows(lua_State *lua, const GalleyText *text) {
  uint32_t first = check_offset(lua, 2, text->line_count);
  uint32_t last =
      lua_tonumber(lua, 3) < 0 ? text->line_count : check_offset(lua, 3, text->line_count);
  luaL_argcheck(lua, first <= last, 3, "end before start");
  return (GalleyRange){galley_text_row_start(text, first), galley_text_row_start(text, last)};
}

// Puts `size` bytes in the place of the rows; what they are read as, the ranges at `argument` tell.
static int replace_rows(lua_State *lua, GalleyDocument *document, GalleyRange rows,
                        const char *bytes, size_t size, int argument) {
  uint32_t count;
  const GalleyMarkupRange *ranges = check_ranges(lua, argument, size, &count);
  char *read = NULL;
  if (ranges || document->text.written || document->plain[0]) {
    read = lua_newuserdata(lua, size + 1);
    galley_markup_show(bytes, (uint32_t)size, ranges, count, document->plain, read);
  }
  return succeed(
      lua, galley_document_replace(document, rows.start, rows.end, bytes, read, (uint32_t)size));
}

static int set_lines(lua_State *lua) {
  lua_settop(lua, 5); // so that what is pushed from here on is no argument
  GalleyDocument *document = check_document(lua);
  GalleyRange rows = check_rows(lua, &document->text);
  luaL_checktype(lua, 4, LUA_TTABLE);

  size_t count = lua_objlen(lua, 4), size = lines_size(lua, 4, count);
  if (size > GALLEY_TEXT_MAX) return succeed(lua, false);
  char *bytes = lua_newuserdata(lua, size + 1), *end = bytes;
  for (size_t i = 1; i <= count; i++) {
    size_t length;
    lua_rawgeti(lua, 4, (int)i);
    const char *line = lua_tolstring(lua, -1, &length);
    end = copy_line(end, line, length);
    lua_pop(lua, 1);
  }
  return replace_rows(lua, document, rows, bytes, size, 5);
}

// The same lines, read as the ranges tell. Gives true and whether they are read otherwise now.
static int set_markup(lua_State *lua) {
  lua_settop(lua, 4);
  GalleyDocument *document = check_document(lua);
  GalleyRange rows = check_rows(lua, &document->text);
  size_t size = rows.end - rows.start;
  char *bytes = lua_newuserdata(lua, size + 1);
  memcpy(bytes, galley_text_written(&document->text) + rows.start, size);
  uint32_t before = document->edits;
  int results = replace_rows(lua, document, rows, bytes, size, 4);
  if (results > 1) return results;
  lua_pushboolean(lua, document->edits != before);
  return 2;
}

// For what is put in from now on.
static int set_plain(lua_State *lua) {
  GalleyDocument *document = check_document(lua);
  bool done = galley_document_set_plain(document, luaL_checkstring(lua, 2));
  luaL_argcheck(lua, done, 2, "too many characters");
  lua_pushboolean(lua, 1);
  return 1;
}

static int get_text(lua_State *lua) {
  GalleyDocument *document = check_document(lua);
  lua_pushlstring(lua, galley_text_written(&document->text), document->text.length);
  return 1;
}

static int byte_count(lua_State *lua) {
  lua_pushnumber(lua, check_document(lua)->text.length);
  return 1;
}

static int line_count(lua_State *lua) {
  lua_pushnumber(lua, check_document(lua)->text.line_count);
  return 1;
}

static int memory(lua_State *lua) {
  lua_pushnumber(lua, (lua_Number)galley_document_memory(check_document(lua)));
  return 1;
}

static int set_names(lua_State *lua) {
  GalleyDocument *document = check_document(lua);
  uint32_t count;
  const GalleyNameEntry *entries = galley_lua_check_names(lua, 2, &count);
  return succeed(lua, galley_document_set_names(document, entries, count));
}

static int entities(lua_State *lua) {
  GalleyDocument *document = check_document(lua);
  if (!galley_document_resolve(document)) return fail(lua, "out of memory");
  galley_lua_push_clusters(lua, document);
  return 1;
}

static int set_date(lua_State *lua) {
  GalleyDocument *document = check_document(lua);
  int32_t day = GALLEY_DAY_NONE;
  if (!lua_isnoneornil(lua, 2)) {
    size_t length;
    const char *iso = luaL_checklstring(lua, 2, &length);
    if (length != 10 || !galley_days_parse(iso, length, &day)) {
      return fail(lua, "not a date of the form YYYY-MM-DD");
    }
  }
  document->resolved = document->resolved && day == document->stated_date;
  document->stated_date = day;
  lua_pushboolean(lua, 1);
  return 1;
}

static int set_date_order(lua_State *lua) {
  static const char *const orders[] = {[GALLEY_DATE_ORDER_UNKNOWN] = "unknown",
                                       [GALLEY_DATE_ORDER_DMY] = "dmy",
                                       [GALLEY_DATE_ORDER_MDY] = "mdy",
                                       NULL};
  GalleyDocument *document = check_document(lua);
  uint8_t order = (uint8_t)luaL_checkoption(lua, 2, "unknown", orders);
  document->resolved = document->resolved && order == document->date_order;
  document->date_order = order;
  return 0;
}

// A file name gives a date by a YYYY-MM-DD that no other digit touches.
static int set_file_name(lua_State *lua) {
  GalleyDocument *document = check_document(lua);
  size_t length;
  const char *name = luaL_checklstring(lua, 2, &length);
  int32_t day = GALLEY_DAY_NONE, found;
  for (size_t at = 0; at + 10 <= length; at++) {
    bool free_left = at == 0 || name[at - 1] < '0' || name[at - 1] > '9';
    bool free_right = at + 10 == length || name[at + 10] < '0' || name[at + 10] > '9';
    if (free_left && free_right && galley_days_parse(name + at, length - at, &found)) day = found;
  }
  document->resolved = document->resolved && day == document->file_date;
  document->file_date = day;
  return 0;
}

static int get_date(lua_State *lua) {
  static const char *const origins[] = {
      [GALLEY_ORIGIN_NONE] = "none",
      [GALLEY_ORIGIN_STATED] = "stated",
      [GALLEY_ORIGIN_FRONT_MATTER] = "front matter",
      [GALLEY_ORIGIN_DATELINE] = "dateline",
      [GALLEY_ORIGIN_PUBLISHED] = "published",
      [GALLEY_ORIGIN_FILE_NAME] = "file name",
  };
  GalleyDocument *document = check_document(lua);
  if (!galley_document_resolve(document)) return fail(lua, "out of memory");
  if (document->document_date == GALLEY_DAY_NONE) {
    lua_pushnil(lua);
  } else {
    char iso[GALLEY_ISO_SIZE];
    galley_days_format(document->document_date, iso);
    lua_pushstring(lua, iso);
  }
  lua_pushstring(lua, origins[document->document_date_origin]);
  return 2;
}

static int prepare(lua_State *lua) {
  return succeed(lua, galley_document_prepare(check_document(lua)));
}

static int resolve(lua_State *lua) {
  return succeed(lua, galley_document_resolve(check_document(lua)));
}

// Arguments 2, 3 and 4: rows [first, last) as bytes, and the mask of kinds.
static GalleySpanQuery check_query(lua_State *lua, const GalleyDocument *document) {
  luaL_checknumber(lua, 2);
  luaL_checknumber(lua, 3);
  uint32_t rows = document->text.line_count;
  uint32_t from = galley_lua_check_row(lua, 2, 0, rows);
  uint32_t to = galley_lua_check_row(lua, 3, rows, rows);
  return (GalleySpanQuery){
      .start = galley_text_row_start(&document->text, from),
      .end = to >= rows ? document->text.length : galley_text_row_start(&document->text, to),
      .mask = galley_lua_check_mask(lua, 4, (1u << GALLEY_KIND_COUNT) - 1),
  };
}

static int draw(lua_State *lua) {
  GalleyDocument *document = check_document(lua);
  GalleySpanQuery query = check_query(lua, document);
  luaL_checktype(lua, 5, LUA_TTABLE);
  lua_pushnumber(lua, galley_lua_draw(lua, document, &query, 5));
  return 1;
}

static int spans(lua_State *lua) {
  GalleyDocument *document = check_document(lua);
  GalleySpanQuery query = check_query(lua, document);
  if (!galley_document_resolve(document)) return fail(lua, "out of memory");
  galley_lua_push_spans(lua, document, &query);
  return 1;
}

// The spans as JSON objects, with the second argument between them.
static int json(lua_State *lua) {
  GalleyDocument *document = check_document(lua);
  const char *separator = luaL_checkstring(lua, 2);
  GalleyJson text = {0};
  bool done = galley_document_resolve(document) && galley_json_spans(&text, document, separator);
  // leaks the text only if Lua itself runs out of memory here
  if (done) lua_pushlstring(lua, text.bytes ? text.bytes : "", text.length);
  galley_json_free(&text);
  return done ? 1 : fail(lua, "out of memory");
}

static int span_at(lua_State *lua) {
  GalleyDocument *document = check_document(lua);
  const GalleyText *text = &document->text;
  lua_Number row = luaL_checknumber(lua, 2), column = luaL_checknumber(lua, 3);
  uint32_t mask = galley_lua_check_mask(lua, 4, (1u << GALLEY_KIND_COUNT) - 1);
  if (!galley_document_resolve(document)) return fail(lua, "out of memory");
  bool has_row = row >= 0 && row < text->line_count;
  uint32_t start = has_row ? galley_text_row_start(text, (uint32_t)row) : 0;
  uint32_t next = has_row ? galley_text_row_start(text, (uint32_t)row + 1) : 0;
  bool inside = column >= 0 && column < next - start;
  if (!inside || !galley_lua_push_span_at(lua, document, start + (uint32_t)column, mask)) {
    lua_pushnil(lua);
  }
  return 1;
}

// Row and column of a byte.
static int point(lua_State *lua) {
  const GalleyText *text = &check_document(lua)->text;
  GalleyPoint at = galley_text_point(text, check_offset(lua, 2, text->length));
  lua_pushnumber(lua, at.row);
  lua_pushnumber(lua, at.column);
  return 2;
}

// Says that findings will be asked for: the text that is set next is checked as it is read.
static int expect_checks(lua_State *lua) {
  check_document(lua)->wants_findings = true;
  return 0;
}

static int check(lua_State *lua) {
  return galley_lua_check(lua, check_document(lua));
}

static int blocks(lua_State *lua) {
  galley_lua_push_blocks(lua, check_document(lua));
  return 1;
}

static int push_text(lua_State *lua) {
  char *const *text = lua_touserdata(lua, 1);
  lua_pushstring(lua, *text);
  return 1;
}

static int sexp(lua_State *lua) {
  GalleyDocument *document = check_document(lua);
  if (!galley_document_prepare(document)) return fail(lua, "out of memory");
  lua_pushcfunction(lua, push_text);
  // NOLINTNEXTLINE(bugprone-sizeof-expression): the userdata holds a pointer
  char **slot = lua_newuserdata(lua, sizeof *slot), *text = galley_syntax_sexp(document->syntax);
  if (!text) return fail(lua, "out of memory");
  *slot = text;
  int status = lua_pcall(lua, 1, 1, 0); // `text` must be freed when Lua has no memory for a copy
  free(text);
  return status ? lua_error(lua) : 1;
}

static int document_to_string(lua_State *lua) {
  GalleyDocument *document = *document_slot(lua);
  if (!document) {
    lua_pushliteral(lua, "galley.document (closed)");
  } else {
    lua_pushfstring(lua, "galley.document (%d bytes)", (int)document->text.length);
  }
  return 1;
}

static int list_kinds(lua_State *lua) {
  lua_createtable(lua, GALLEY_KIND_COUNT, 0);
  for (int i = 0; i < GALLEY_KIND_COUNT; i++) {
    galley_lua_push_kind(lua, &galley_kinds[i]);
    lua_rawseti(lua, -2, i + 1);
  }
  return 1;
}

static int list_groups(lua_State *lua) {
  lua_createtable(lua, GALLEY_GROUP_NONE, 0);
  for (int i = 0; i < GALLEY_GROUP_NONE; i++) {
    lua_pushstring(lua, galley_groups[i]);
    lua_rawseti(lua, -2, i + 1);
  }
  return 1;
}

static int list_rules(lua_State *lua) {
  static const GalleyRuleTable *const tables[GALLEY_KIND_COUNT] = {
      [GALLEY_KIND_ENTITY] = &galley_entity_rules,     [GALLEY_KIND_DATE] = &galley_date_rules,
      [GALLEY_KIND_QUOTE] = &galley_quote_rules,       [GALLEY_KIND_FIGURE] = &galley_figure_rules,
      [GALLEY_KIND_CITATION] = &galley_citation_rules,
  };
  lua_newtable(lua);
  int count = 0;
  for (int kind = 0; kind < GALLEY_KIND_COUNT; kind++) {
    for (uint32_t row = 0; row < tables[kind]->count; row++) {
      lua_createtable(lua, 0, 3);
      lua_pushstring(lua, tables[kind]->rows[row].id);
      lua_setfield(lua, -2, "id");
      lua_pushstring(lua, tables[kind]->rows[row].example);
      lua_setfield(lua, -2, "example");
      lua_pushstring(lua, galley_kinds[kind].name);
      lua_setfield(lua, -2, "kind");
      lua_rawseti(lua, -2, ++count);
    }
  }
  return 1;
}

static const luaL_Reg methods[] = {
    {"set_text", set_text},
    {"edit", edit},
    {"set_lines", set_lines},
    {"set_markup", set_markup},
    {"set_plain", set_plain},
    {"text", get_text},
    {"byte_count", byte_count},
    {"line_count", line_count},
    {"memory", memory},
    {"set_date", set_date},
    {"set_names", set_names},
    {"entities", entities},
    {"date", get_date},
    {"set_file_name", set_file_name},
    {"set_date_order", set_date_order},
    {"resolve", resolve},
    {"prepare", prepare},
    {"draw", draw},
    {"spans", spans},
    {"json", json},
    {"span_at", span_at},
    {"point", point},
    {"expect_checks", expect_checks},
    {"check", check},
    {"blocks", blocks},
    {"sexp", sexp},
    {"close", close_document},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"document", new_document},
    {"kinds", list_kinds},
    {"groups", list_groups},
    {"rules", list_rules},
    {"sources", galley_lua_new_sources},
    {"batch", galley_lua_new_batch},
    {"has_input", galley_lua_has_input},
    {"checks", galley_lua_list_checks},
    {NULL, NULL},
};

__attribute__((visibility("default"))) int luaopen_galley_core(lua_State *lua);

int luaopen_galley_core(lua_State *lua) {
  galley_lua_open_sources(lua);
  galley_lua_open_batch(lua);
  galley_lua_open_class(lua, DOCUMENT_TYPE, methods, close_document, document_to_string);

  lua_newtable(lua);
  galley_lua_add_functions(lua, functions);
  lua_pushliteral(lua, GALLEY_VERSION);
  lua_setfield(lua, -2, "version");
  lua_pushliteral(lua, GALLEY_BUILD);
  lua_setfield(lua, -2, "build");
  return 1;
}
