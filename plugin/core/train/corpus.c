#define _POSIX_C_SOURCE 200809L // getline, strdup

#include "corpus.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../document.h"
#include "../entity_model.h"

typedef struct {
  uint32_t start, end; // bytes
  uint8_t type;        // GalleyEntityType
} Mark;

typedef struct {
  char *text;
  uint32_t length;
  Mark *marks;
  uint32_t mark_count, mark_capacity;
} Article;

typedef struct {
  double weight;
  bool partial, dev, copies;
  int fold; // -1 none
} Options;

static void *grow(void *items, uint32_t *capacity, uint32_t count, size_t size) {
  if (count < *capacity) return items;
  *capacity = *capacity ? *capacity * 2 : 1024;
  items = realloc(items, *capacity * size);
  if (!items) {
    fprintf(stderr, "train: out of memory\n");
    exit(1);
  }
  return items;
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

static uint8_t type_named(const char *name) {
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
      if (type) mark.type = type_named(value);
      if (kind) entity = value && strcmp(value, "entity") == 0;
      free(value);
    } else {
      skip_value(json);
    }
    free(key);
    take(json, ',');
  }
  if (!entity || mark.type == GALLEY_ENTITY_TYPE_COUNT || mark.start >= mark.end) return;
  article->marks = grow(article->marks, &article->mark_capacity, article->mark_count, sizeof(Mark));
  article->marks[article->mark_count++] = mark;
}

static bool read_article(const char *line, Article *article) {
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

// ---- labels -------------------------------------------------------------------------------------

static bool covers(const Mark *mark, const GalleyToken *token, uint32_t offset) {
  return offset + token->start < mark->end && offset + token->end > mark->start;
}

static const Mark *mark_of(const Article *article, const GalleyToken *token, uint32_t offset) {
  for (uint32_t i = 0; i < article->mark_count; i++)
    if (covers(&article->marks[i], token, offset)) return &article->marks[i];
  return NULL;
}

static uint8_t label_of(const Article *article, const GalleyBlockView *block, uint32_t offset,
                        GalleyStretch stretch, uint32_t at) {
  const Mark *mark = mark_of(article, &block->tokens[at], offset);
  if (!mark) return 0;
  bool before = at > stretch.first && mark_of(article, &block->tokens[at - 1], offset) == mark;
  bool after = at + 1 < stretch.end && mark_of(article, &block->tokens[at + 1], offset) == mark;
  int place = before ? (after ? GALLEY_PLACE_INSIDE : GALLEY_PLACE_LAST)
                     : (after ? GALLEY_PLACE_BEGIN : GALLEY_PLACE_ONLY);
  return (uint8_t)GALLEY_LABEL(mark->type, place);
}

static uint32_t allowed_of(uint8_t label, bool partial) {
  uint32_t allowed = 1u << label;
  if (label == 0 && partial) allowed |= 15u << GALLEY_LABEL(GALLEY_ENTITY_OTHER, 0);
  return allowed;
}

// ---- stretches ----------------------------------------------------------------------------------

static void add_stretch(Corpus *self, const Article *article, const GalleyBlockView *block,
                        uint32_t offset, GalleyStretch stretch, const Options *options, bool dev) {
  static GalleyWindow window;
  GalleyFeatures features;
  galley_window_open(&window, block, stretch);
  self->stretches =
      grow(self->stretches, &self->stretch_capacity, self->stretch_count, sizeof(CorpusStretch));
  self->stretches[self->stretch_count++] = (CorpusStretch){.first = self->token_count,
                                                           .count = stretch.end - stretch.first,
                                                           .weight = options->weight,
                                                           .file = (uint8_t)self->file_count,
                                                           .dev = dev,
                                                           .partial = options->partial};
  for (uint32_t i = stretch.first; i < stretch.end; i++) {
    galley_window_features(&window, i - stretch.first, &features);
    uint8_t label = label_of(article, block, offset, stretch, i);
    self->tokens =
        grow(self->tokens, &self->token_capacity, self->token_count, sizeof(CorpusToken));
    self->tokens[self->token_count++] =
        (CorpusToken){.features = self->feature_count,
                      .feature_count = features.count,
                      .allowed = allowed_of(label, options->partial),
                      .gold = label,
                      .dev = dev};
    for (uint32_t j = 0; j < features.count; j++) {
      self->features =
          grow(self->features, &self->feature_capacity, self->feature_count, sizeof(uint32_t));
      self->features[self->feature_count++] = features.items[j];
    }
  }
}

// Reads the article block by block, as document.c does, up to where the tagger begins.
static bool add_article(Corpus *self, const Article *article, const Options *options, bool dev) {
  GalleyText text = {0};
  GalleySyntax *syntax = galley_syntax_new();
  GalleyBlock block;
  GalleyLeafList leaves = {0};
  GalleyTokenList tokens = {0};
  GalleySpanList spans = {0};
  bool done = syntax && galley_text_init(&text) &&
              galley_text_replace(&text, 0, 0, article->text, article->length) &&
              galley_syntax_parse(syntax, &text);
  GalleyBlockCursor *cursor = done ? galley_block_cursor_new(syntax, 0) : NULL;
  while (cursor && done && galley_block_cursor_next(cursor, &block)) {
    leaves.count = tokens.count = spans.count = 0;
    if (block.kind >= GALLEY_BLOCK_REFERENCE) continue;
    done =
        galley_block_cursor_leaves(cursor, &leaves) &&
        galley_tokenize(text.bytes + block.start, block.start, leaves.items, leaves.count, &tokens);
    GalleyBlockView view = {.bytes = text.bytes + block.start,
                            .length = block.end - block.start,
                            .kind = block.kind,
                            .level = block.level,
                            .tokens = tokens.items,
                            .token_count = tokens.count,
                            .spans = &spans};
    done = done && galley_citation_annotate(&view) && galley_date_annotate(&view);
    GalleyStretch stretch;
    for (uint32_t at = 0; done && galley_stretch_next(&view, at, &stretch); at = stretch.end)
      add_stretch(self, article, &view, block.start, stretch, options, dev);
  }
  galley_block_cursor_free(cursor);
  galley_syntax_free(syntax);
  galley_text_free(&text);
  galley_leaf_list_free(&leaves);
  galley_token_list_free(&tokens);
  galley_span_list_free(&spans);
  return done;
}

// ---- copies as headlines ------------------------------------------------------------------------

// Writes the text in capitals, or every word with one. Letters beyond ASCII stay, so offsets do
// too.
static void capitalise(Article *article, bool whole) {
  bool start = true;
  for (uint32_t i = 0; i < article->length; i++) {
    unsigned char c = (unsigned char)article->text[i];
    if (whole || start) article->text[i] = (char)toupper(c);
    start = c == ' ' || c == '\n' || c == '-' || c == '"' || c == '(';
  }
}

static bool add_copies(Corpus *self, Article *article, Options options, uint32_t number) {
  options.weight *= 0.5;
  if (number % 7 == 3) {
    capitalise(article, false);
    if (!add_article(self, article, &options, false)) return false;
  }
  if (number % 7 == 5) {
    capitalise(article, true);
    if (!add_article(self, article, &options, false)) return false;
  }
  return true;
}

// ---- files --------------------------------------------------------------------------------------

static bool parse_options(char *text, Options *options) {
  *options = (Options){.weight = 1, .copies = true, .fold = -1};
  for (char *item = strtok(text, ":"); item; item = strtok(NULL, ":")) {
    if (strncmp(item, "weight=", 7) == 0)
      options->weight = atof(item + 7);
    else if (strncmp(item, "fold=", 5) == 0)
      options->fold = atoi(item + 5);
    else if (strcmp(item, "partial=1") == 0)
      options->partial = true;
    else if (strcmp(item, "dev=1") == 0)
      options->dev = true;
    else if (strcmp(item, "copies=0") == 0)
      options->copies = false;
    else
      return false;
  }
  return true;
}

static bool read_lines(Corpus *self, FILE *file, const char *path, const Options *options) {
  char *line = NULL;
  size_t capacity = 0;
  Article article = {0};
  bool done = true;
  for (uint32_t number = 0; done && getline(&line, &capacity, file) > 0; number++) {
    if (!read_article(line, &article)) {
      fprintf(stderr, "train: %s:%u: not a document\n", path, number + 1);
      done = false;
    } else {
      bool dev = options->dev || (options->fold >= 0 && (int)(number % 5) == options->fold);
      done = add_article(self, &article, options, dev);
      if (done && !dev && options->copies) done = add_copies(self, &article, *options, number);
    }
    free(article.text);
  }
  free(article.marks);
  free(line);
  return done;
}

bool corpus_read(Corpus *self, const char *argument) {
  char *copy = strdup(argument);
  Options options;
  if (!copy || self->file_count == CORPUS_FILES_MAX) return false;
  char *colon = strchr(copy, ':');
  if (colon) *colon++ = '\0';
  if (!parse_options(colon ? colon : copy + strlen(copy), &options)) {
    fprintf(stderr, "train: %s: option not known\n", argument);
    free(copy);
    return false;
  }
  FILE *file = fopen(copy, "r");
  if (!file) {
    perror(copy);
    free(copy);
    return false;
  }
  const char *slash = strrchr(argument, '/');
  self->names[self->file_count] = slash ? slash + 1 : argument;
  bool done = read_lines(self, file, copy, &options);
  self->file_count++;
  fclose(file);
  free(copy);
  return done;
}
