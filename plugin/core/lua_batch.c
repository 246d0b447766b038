#ifndef _WIN32
#define _POSIX_C_SOURCE 200809L
#include <poll.h>
#endif

#include "lua_batch.h"

#include <lauxlib.h>

#include "batch.h"
#include "calendar.h"
#include "lua_class.h"
#include "span.h"
#include "text.h"

#define BATCH_TYPE "galley.batch"

static GalleyBatch **batch_slot(lua_State *lua) {
  return luaL_checkudata(lua, 1, BATCH_TYPE);
}

static GalleyBatch *check_batch(lua_State *lua) {
  GalleyBatch **slot = batch_slot(lua);
  if (!*slot) luaL_error(lua, "batch is closed");
  return *slot;
}

static int fail(lua_State *lua, const char *message) {
  lua_pushnil(lua);
  lua_pushstring(lua, message);
  return 2;
}

int galley_lua_new_batch(lua_State *lua) {
  lua_Number threads = luaL_checknumber(lua, 1);
  luaL_argcheck(lua, threads >= 1, 1, "at least one thread is needed");
  // NOLINTNEXTLINE(bugprone-sizeof-expression): the userdata holds a pointer
  GalleyBatch **slot = lua_newuserdata(lua, sizeof *slot);
  *slot = NULL;
  luaL_getmetatable(lua, BATCH_TYPE);
  lua_setmetatable(lua, -2);
  *slot = galley_batch_new(threads < GALLEY_BATCH_THREADS_MAX ? (uint32_t)threads
                                                              : GALLEY_BATCH_THREADS_MAX);
  return *slot ? 1 : fail(lua, "out of memory or threads");
}

static int close_batch(lua_State *lua) {
  GalleyBatch **slot = batch_slot(lua);
  galley_batch_free(*slot);
  *slot = NULL;
  return 0;
}

static int put(lua_State *lua) {
  GalleyBatch *batch = check_batch(lua);
  size_t length, date_length;
  const char *bytes = luaL_checklstring(lua, 2, &length);
  int32_t day = GALLEY_DAY_NONE;
  if (!lua_isnoneornil(lua, 3)) {
    const char *iso = luaL_checklstring(lua, 3, &date_length);
    if (date_length != 10 || !galley_days_parse(iso, date_length, &day)) {
      return fail(lua, "not a date of the form YYYY-MM-DD");
    }
  }
  if (length > GALLEY_TEXT_MAX) return fail(lua, "the text is over 2 GB");
  if (!galley_batch_put(batch, bytes, (uint32_t)length, day)) return fail(lua, "out of memory");
  lua_pushboolean(lua, 1);
  return 1;
}

static int take(lua_State *lua) {
  GalleyBatch *batch = check_batch(lua);
  size_t length;
  if (!galley_batch_count(batch)) return fail(lua, "nothing was put");
  const char *json = galley_batch_first(batch, &length);
  if (json) lua_pushlstring(lua, json, length);
  galley_batch_drop(batch);
  return json ? 1 : fail(lua, "out of memory");
}

int galley_lua_has_input(lua_State *lua) {
#ifdef _WIN32
  lua_pushboolean(lua, 0);
#else
  struct pollfd input = {.fd = 0, .events = POLLIN};
  lua_pushboolean(lua, poll(&input, 1, 0) > 0);
#endif
  return 1;
}

void galley_lua_open_batch(lua_State *lua) {
  static const luaL_Reg methods[] = {
      {"put", put},
      {"take", take},
      {"close", close_batch},
      {NULL, NULL},
  };
  galley_lua_open_class(lua, BATCH_TYPE, methods, close_batch, NULL);
}
