#define _POSIX_C_SOURCE 200809L // NOLINT(bugprone-reserved-identifier): getline, strdup

#include "swap.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "../lexicon.h"
#include "../span.h"

static uint32_t pick(Swap *self, uint32_t count) {
  self->random = self->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)((self->random >> 33) % count);
}

static void add_name(Swap *self, uint8_t type, const char *kind, const char *name) {
  self->names = article_grow(self->names, &self->capacity, self->count, sizeof(SwapName));
  self->names[self->count++] = (SwapName){
      .kind = strdup(kind), .name = strdup(name), .type = type, .single = !strpbrk(name, " -")};
}

// Demonyms come from the lexicon.
static void add_demonyms(Swap *self) {
  for (uint32_t id = 1; *galley_lexicon_word(id); id++) {
    const char *word = galley_lexicon_word(id);
    size_t length = strlen(word);
    if (!(galley_lexicon_classes(id) & GALLEY_IS(GALLEY_CLASS_DEMONYM))) continue;
    if (length > 60 || word[length - 1] == 's') continue;
    char name[64];
    memcpy(name, word, length + 1);
    name[0] = (char)toupper((unsigned char)name[0]);
    add_name(self, GALLEY_ENTITY_OTHER, "demonym", name);
  }
}

bool swap_read(Swap *self, const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) {
    perror(path);
    return false;
  }
  char *line = NULL;
  size_t capacity = 0;
  while (getline(&line, &capacity, file) > 0) {
    char *kind = strchr(line, ' '), *name = strchr(line, '\t');
    if (!kind || !name || kind > name) continue;
    *kind++ = *name++ = '\0';
    name[strcspn(name, "\n")] = '\0';
    uint8_t type = article_type(line);
    if (type == GALLEY_ENTITY_TYPE_COUNT) continue;
    if (strcmp(kind, "demonym") != 0) add_name(self, type, kind, name);
    const char *last = strrchr(name, ' ');
    if (strcmp(kind, "person") == 0) add_name(self, type, "surname", last ? last + 1 : name);
  }
  add_demonyms(self);
  free(line);
  fclose(file);
  return true;
}

// A random name: of the kind if one is given, else of the type and with one word or more.
static const SwapName *choose(Swap *self, const char *kind, uint8_t type, bool single) {
  for (int tries = 0; self->count && tries < 100000; tries++) {
    const SwapName *name = &self->names[pick(self, self->count)];
    if (kind ? strcmp(name->kind, kind) == 0 : name->type == type && name->single == single) {
      return name;
    }
  }
  return NULL;
}

static uint32_t put(Article *out, const char *bytes, uint32_t length) {
  char *text = realloc(out->text, out->length + length + 1);
  if (!text) exit(1);
  out->text = text;
  memcpy(text + out->length, bytes, length);
  out->length += length;
  text[out->length] = '\0';
  return out->length - length;
}

typedef struct {
  const char *from;
  uint32_t length;
  const char *to;
} Replaced;

static const char *replacement(Swap *self, const Article *article, const Mark *mark, Replaced *done,
                               uint32_t *count) {
  const char *from = article->text + mark->start;
  uint32_t length = mark->end - mark->start;
  for (uint32_t i = 0; i < *count; i++)
    if (done[i].length == length && memcmp(done[i].from, from, length) == 0) return done[i].to;
  bool single = !memchr(from, ' ', length) && !memchr(from, '-', length);
  bool swapped = mark->type != GALLEY_ENTITY_OTHER && pick(self, 10) < 8;
  const SwapName *name = swapped ? choose(self, NULL, mark->type, single) : NULL;
  done[*count] = (Replaced){from, length, name ? name->name : NULL};
  return done[(*count)++].to;
}

void swap_names(Swap *self, const Article *article, Article *out) {
  Replaced *done = malloc((article->mark_count + 1) * sizeof(Replaced));
  uint32_t count = 0, at = 0;
  if (!done) exit(1);
  *out = (Article){0};
  for (uint32_t i = 0; i < article->mark_count; i++) {
    const Mark *mark = &article->marks[i];
    if (mark->start < at || mark->end > article->length) continue;
    put(out, article->text + at, mark->start - at);
    const char *to = replacement(self, article, mark, done, &count);
    uint32_t length = to ? (uint32_t)strlen(to) : mark->end - mark->start;
    uint32_t start = put(out, to ? to : article->text + mark->start, length);
    article_add_mark(out, (Mark){start, start + length, mark->type});
    at = mark->end;
  }
  put(out, article->text + at, article->length - at);
  free(done);
}

// Whether the letters around a gap are capitals: the name is then written so too.
static bool in_capitals(const char *sentence) {
  bool inside = false, upper = false;
  for (const char *c = sentence; *c; c++) {
    if (*c == '{') inside = true;
    if (!inside && islower((unsigned char)*c)) return false;
    if (!inside && isupper((unsigned char)*c)) upper = true;
    if (*c == '}') inside = false;
  }
  return upper;
}

bool swap_fill(Swap *self, const char *sentence, Article *out) {
  bool capitals = in_capitals(sentence);
  *out = (Article){0};
  while (*sentence) {
    const char *open = strchr(sentence, '{'), *close = open ? strchr(open, '}') : NULL;
    if (!close) break;
    char kind[64];
    size_t length = (size_t)(close - open) - 1;
    if (length >= sizeof kind) return false;
    memcpy(kind, open + 1, length);
    kind[length] = '\0';
    char *given = strchr(kind, '='); // "{place=Rhine}": this very name
    if (given) *given++ = '\0';
    bool upper = isupper((unsigned char)kind[0]); // "{CITY}": the name in capitals
    for (char *c = kind; *c; c++)
      *c = (char)tolower((unsigned char)*c);
    char *marked = strchr(kind, ':'); // "{city:organization}": a city's name for something else
    if (marked) *marked++ = '\0';
    const SwapName *name = choose(self, kind, 0, false);
    uint8_t type = name && marked ? article_type(marked) : GALLEY_ENTITY_TYPE_COUNT;
    if (!name || (marked && type == GALLEY_ENTITY_TYPE_COUNT)) return false;
    const char *text = given ? given : name->name;
    put(out, sentence, (uint32_t)(open - sentence));
    uint32_t start = put(out, text, (uint32_t)strlen(text));
    bool plural =
        strcmp(kind, "demonym") == 0 && close[1] == 's' && !isalpha((unsigned char)close[2]);
    if (plural) put(out, ++close, 1);
    for (uint32_t i = start; (capitals || upper) && i < out->length; i++)
      out->text[i] = (char)toupper((unsigned char)out->text[i]);
    article_add_mark(out, (Mark){start, out->length, marked ? type : name->type});
    sentence = close + 1;
  }
  put(out, sentence, (uint32_t)strlen(sentence));
  return true;
}
