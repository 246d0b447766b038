#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "entity.h"

typedef struct {
  uint32_t hash;
  bool capital;
} Word;

typedef struct {
  uint32_t first; // hash of its first word
  uint32_t words, count;
  uint32_t key;
  uint32_t entry; // of several alike the last one given counts
  uint8_t type;
} Pattern;

struct GalleyNames {
  Pattern *patterns; // by first word, then longer first
  uint32_t count;
  Word *words;
  uint32_t word_count, word_capacity;
};

static int compare(const void *left, const void *right) {
  const Pattern *a = left, *b = right;
  if (a->first != b->first) return a->first < b->first ? -1 : 1;
  if (a->count != b->count) return a->count > b->count ? -1 : 1;
  return a->entry > b->entry ? -1 : a->entry < b->entry;
}

static bool add_word(GalleyNames *self, const GalleyToken *token) {
  if (self->word_count == self->word_capacity) {
    uint32_t capacity = self->word_capacity ? self->word_capacity * 2 : 64;
    Word *words = realloc(self->words, capacity * sizeof(Word));
    if (!words) return false;
    self->words = words;
    self->word_capacity = capacity;
  }
  self->words[self->word_count++] = (Word){token->hash, (token->shape & GALLEY_SHAPE_CAPITAL) != 0};
  return true;
}

static bool add_pattern(GalleyNames *self, const GalleyNameEntry *entry, uint32_t number,
                        GalleyTokenList *tokens) {
  GalleyLeaf leaf = {.start = 0, .end = entry->length, .kind = GALLEY_LEAF_TEXT};
  tokens->count = 0;
  if (!galley_tokenize(entry->text, 0, &leaf, 1, tokens)) return false;
  if (!tokens->count) return true;
  GalleyBlockView view = {.bytes = entry->text,
                          .length = entry->length,
                          .tokens = tokens->items,
                          .token_count = tokens->count};
  GalleySpan span = {0};
  galley_entity_name(&view, 0, tokens->count, &span);
  self->patterns[self->count++] = (Pattern){.first = tokens->items[0].hash,
                                            .words = self->word_count,
                                            .count = tokens->count,
                                            .key = span.entity.key,
                                            .entry = number,
                                            .type = entry->type};
  for (uint32_t i = 0; i < tokens->count; i++)
    if (!add_word(self, &tokens->items[i])) return false;
  return true;
}

// Gives all names of a thing the key of its first.
static void share_keys(GalleyNames *self, const GalleyNameEntry *entries) {
  for (uint32_t i = 1; i < self->count; i++) {
    Pattern *before = &self->patterns[i - 1], *pattern = &self->patterns[i];
    if (entries[before->entry].thing == entries[pattern->entry].thing) pattern->key = before->key;
  }
}

GalleyNames *galley_names_new(const GalleyNameEntry *entries, uint32_t count) {
  GalleyNames *self = calloc(1, sizeof(GalleyNames));
  GalleyTokenList tokens = {0};
  if (self) self->patterns = calloc(count ? count : 1, sizeof(Pattern));
  bool done = self && self->patterns;
  for (uint32_t i = 0; done && i < count; i++)
    done = add_pattern(self, &entries[i], i, &tokens);
  galley_token_list_free(&tokens);
  if (!done) {
    galley_names_free(self);
    return NULL;
  }
  share_keys(self, entries);
  qsort(self->patterns, self->count, sizeof(Pattern), compare);
  return self;
}

void galley_names_free(GalleyNames *self) {
  if (!self) return;
  free(self->patterns);
  free(self->words);
  free(self);
}

static bool fits(const GalleyNames *self, const Pattern *pattern, const GalleyToken *tokens,
                 uint32_t count) {
  if (pattern->count > count) return false;
  for (uint32_t i = 0; i < pattern->count; i++) {
    const Word *word = &self->words[pattern->words + i];
    if (word->hash != tokens[i].hash) return false;
    if (word->capital && !(tokens[i].shape & GALLEY_SHAPE_CAPITAL)) return false;
  }
  return true;
}

bool galley_names_match(const GalleyNames *self, const GalleyToken *tokens, uint32_t count,
                        GalleyNameMatch *match) {
  uint32_t low = 0, high = self->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (self->patterns[middle].first < tokens[0].hash) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (; low < self->count && self->patterns[low].first == tokens[0].hash; low++) {
    const Pattern *pattern = &self->patterns[low];
    if (!fits(self, pattern, tokens, count)) continue;
    *match = (GalleyNameMatch){pattern->count, pattern->key, pattern->type};
    return true;
  }
  return false;
}
