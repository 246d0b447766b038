#include "article.h"

#include <stdio.h>
#include <string.h>

#include "../span.h"

void *article_grow(void *items, uint32_t *capacity, uint32_t count, size_t size) {
  if (count < *capacity) return items;
  *capacity = *capacity ? *capacity * 2 : 64;
  items = realloc(items, *capacity * size);
  if (!items) {
    fprintf(stderr, "train: out of memory\n");
    exit(1);
  }
  return items;
}

void article_add_mark(Article *article, Mark mark) {
  article->marks =
      article_grow(article->marks, &article->mark_capacity, article->mark_count, sizeof(Mark));
  article->marks[article->mark_count++] = mark;
}

void article_free(Article *article) {
  free(article->text);
  free(article->marks);
  *article = (Article){0};
}

// ---- JSON, as far as these files need it --------------------------------------------------------

typedef struct {
  const char *at;
  bool bad;
} Json;

static void skip_space(Json *json) {
  while (*json->at == ' ' || *json->at == '\t' || *json->at == '\n' || *json->at == '\r')
    json->at++;
}

static bool take(Json *json, char c) {
  skip_space(json);
  if (*json->at != c) return false;
  json->at++;
  return true;
}

static uint32_t read_hex(Json *json) {
  char digits[5] = {0};
  for (int i = 0; i < 4 && json->at[i]; i++)
    digits[i] = json->at[i];
  json->at += strlen(digits);
  return (uint32_t)strtoul(digits, NULL, 16);
}

static uint32_t put_code_point(char *out, uint32_t code) {
  if (code < 0x80) return out[0] = (char)code, 1;
  if (code < 0x800) {
    out[0] = (char)(0xc0 | code >> 6);
    out[1] = (char)(0x80 | (code & 63));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = (char)(0xe0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 63));
    out[2] = (char)(0x80 | (code & 63));
    return 3;
  }
  out[0] = (char)(0xf0 | code >> 18);
  out[1] = (char)(0x80 | (code >> 12 & 63));
  out[2] = (char)(0x80 | (code >> 6 & 63));
  out[3] = (char)(0x80 | (code & 63));
  return 4;
}

// Reads a string into memory of its own; the caller frees it.
static char *read_string(Json *json, uint32_t *length) {
  if (!take(json, '"')) {
    json->bad = true;
    return NULL;
  }
  char *out = malloc(strlen(json->at) + 1);
  uint32_t used = 0;
  while (out && *json->at && *json->at != '"') {
    if (*json->at != '\\') {
      out[used++] = *json->at++;
      continue;
    }
    char c = *++json->at;
    if (c) json->at++;
    static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
    const char *plain = c ? strchr(from, c) : NULL;
    if (c == 'u') {
      uint32_t code = read_hex(json);
      if (code >= 0xd800 && code < 0xdc00 && json->at[0] == '\\' && json->at[1] == 'u') {
        json->at += 2;
        code = 0x10000 + ((code - 0xd800) << 10) + (read_hex(json) - 0xdc00);
      }
      used += put_code_point(out + used, code);
    } else {
      out[used++] = plain ? to[plain - from] : c;
    }
  }
  if (!out || !take(json, '"')) json->bad = true;
  if (out) out[used] = '\0';
  *length = used;
  return out;
}

static void skip_value(Json *json) {
  skip_space(json);
  if (*json->at == '"') {
    uint32_t length;
    free(read_string(json, &length));
    return;
  }
  int depth = 0;
  while (*json->at && !json->bad) {
    char c = *json->at;
    if (c == '"') {
      skip_value(json);
      continue;
    }
    if (c == '{' || c == '[') depth++;
    if ((c == '}' || c == ']' || c == ',') && depth == 0) return;
    if (c == '}' || c == ']') depth--;
    json->at++;
    if (depth == 0 && (c == '}' || c == ']')) return;
  }
}

uint8_t article_type(const char *name) {
  static const char *const names[GALLEY_ENTITY_TYPE_COUNT] = {
      [GALLEY_ENTITY_OTHER] = "other",
      [GALLEY_ENTITY_PERSON] = "person",
      [GALLEY_ENTITY_ORGANIZATION] = "organization",
      [GALLEY_ENTITY_PLACE] = "place",
  };
  for (uint8_t i = 0; name && i < GALLEY_ENTITY_TYPE_COUNT; i++)
    if (strcmp(name, names[i]) == 0) return i;
  return GALLEY_ENTITY_TYPE_COUNT;
}

static void read_mark(Json *json, Article *article) {
  Mark mark = {0, 0, GALLEY_ENTITY_TYPE_COUNT};
  bool entity = true;
  while (!json->bad && !take(json, '}')) {
    uint32_t length;
    char *key = read_string(json, &length);
    if (!take(json, ':')) json->bad = true;
    skip_space(json);
    if (key && strcmp(key, "start") == 0) mark.start = (uint32_t)strtoul(json->at, NULL, 10);
    if (key && strcmp(key, "end") == 0) mark.end = (uint32_t)strtoul(json->at, NULL, 10);
    bool type = key && strcmp(key, "type") == 0, kind = key && strcmp(key, "kind") == 0;
    if ((type || kind) && *json->at == '"') {
      char *value = read_string(json, &length);
      if (type) mark.type = article_type(value);
      if (kind) entity = value && strcmp(value, "entity") == 0;
      free(value);
    } else {
      skip_value(json);
    }
    free(key);
    take(json, ',');
  }
  if (!entity || mark.type == GALLEY_ENTITY_TYPE_COUNT || mark.start >= mark.end) return;
  article_add_mark(article, mark);
}

bool article_read(const char *line, Article *article) {
  Json json = {line, false};
  article->text = NULL;
  article->mark_count = 0;
  if (!take(&json, '{')) return false;
  while (!json.bad && !take(&json, '}')) {
    uint32_t length;
    char *key = read_string(&json, &length);
    if (!take(&json, ':')) json.bad = true;
    if (key && strcmp(key, "text") == 0 && !article->text) {
      article->text = read_string(&json, &article->length);
    } else if (key && strcmp(key, "spans") == 0 && take(&json, '[')) {
      while (!json.bad && !take(&json, ']')) {
        if (!take(&json, '{')) json.bad = true;
        read_mark(&json, article);
        take(&json, ',');
      }
    } else {
      skip_value(&json);
    }
    free(key);
    take(&json, ',');
  }
  return !json.bad && article->text;
}
