// scale-slip: "$5m million"; "a cost of $2.4bn" and "the cost of $2.1m" of one thing.
#include "check_family.h"
#include "figure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check_adjacent.h"

enum { MILLION = 6, WORDS_MAX = 6, BYTES_BEFORE = 60 };

#define MANTISSA_APART 1.6 // how much the figures differ besides the thousand

// ---- A scale said twice ----

static bool is_large_scale(const GalleyToken *token) {
  return figure_value(token, GALLEY_CLASS_SCALE) >= MILLION &&
         figure_cue(token) != FIGURE_CUE_VAGUE;
}

bool galley_check_scale(GalleyCheckBlock *block) {
  const GalleyBlockView *view = &block->view;
  for (uint32_t at = 1; at + 1 < view->token_count; at++) {
    const GalleyToken *one = &view->tokens[at], *two = &view->tokens[at + 1];
    bool digits = view->tokens[at - 1].kind == GALLEY_TOKEN_NUMBER;
    bool word = figure_length(two) > 1; // "1.1 million B shares"
    if (!digits || !word || !is_large_scale(one) || !is_large_scale(two)) continue;
    uint32_t start = view->tokens[at - 1].start;
    galley_check_begin(block, GALLEY_CHECK_SCALE_SLIP, GALLEY_OUTCOME_BAD, start, two->end);
    galley_finding_say(block->found, "two scales: \"%.*s\"", (int)(two->end - start),
                       view->bytes + start);
    galley_finding_repair(block->found, "Delete the second");
    galley_finding_edit(block->found, one->end, two->end, "%s", "");
    galley_finding_repair(block->found, "Delete the first");
    galley_finding_edit(block->found, one->start, two->start, "%s",
                        one->start > view->tokens[at - 1].end ? "" : " ");
  }
  return !block->found->failed;
}

// ---- Two figures of one thing, a thousand apart ----

typedef struct {
  uint32_t hashes[WORDS_MAX]; // of the content words before it, the nearest first
  uint32_t count;
} Words;

typedef struct {
  uint32_t block;
  const GalleySpan *span;
  double value;
  Words words;
} Sum;

typedef struct {
  Sum *items;
  uint32_t count, capacity;
} SumList;

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Words that say nothing of what is counted. Sorted.
static const char *const empty_words[] = {
    "about", "after",   "against", "again", "also",  "been",   "billion", "could", "early",
    "euros", "from",    "half",    "have",  "into",  "just",   "last",    "least", "less",
    "mill",  "million", "month",   "more",  "most",  "nearly", "next",    "only",  "over",
    "said",  "some",    "spend",   "spent", "than",  "that",   "their",   "then",  "there",
    "they",  "this",    "to",      "total", "under", "up",     "well",    "were",  "when",
    "which", "while",   "will",    "with",  "worth", "would",  "year",    "years",
};

static int compare_word(const void *key, const void *item) {
  return strcmp(key, *(const char *const *)item);
}

static bool is_empty_word(const char *word) {
  return bsearch(word, empty_words, sizeof empty_words / sizeof *empty_words, sizeof *empty_words,
                 compare_word) != NULL;
}

// The content words of the same sentence before byte `end` of the block. A plural counts as its
// singular, and a verb's s likewise.
static void read_words(const char *bytes, uint32_t end, Words *words) {
  uint32_t least = end > BYTES_BEFORE ? end - BYTES_BEFORE : 0;
  for (uint32_t at = end; at > least && words->count < WORDS_MAX;) {
    if (strchr(".!?;:\n0123456789", bytes[at - 1]))
      return; // what is before another figure is its own
    if (!is_letter(bytes[at - 1])) {
      at--;
      continue;
    }
    char word[24];
    uint32_t last = at;
    while (at > 0 && is_letter(bytes[at - 1]))
      at--;
    uint32_t length = last - at;
    if (length < 4 || length >= sizeof word) continue;
    for (uint32_t i = 0; i < length; i++)
      word[i] = (char)(bytes[at + i] | 0x20);
    if (word[length - 1] == 's') length--;
    word[length] = '\0';
    if (is_empty_word(word)) continue;
    uint32_t hash = GALLEY_HASH_START;
    for (uint32_t i = 0; i < length; i++)
      hash = galley_hash_byte(hash, (unsigned char)word[i]);
    words->hashes[words->count++] = hash;
  }
}

static bool add_sum(SumList *list, const Sum *sum) {
  if (list->count == list->capacity) {
    uint32_t capacity = list->capacity ? list->capacity * 2 : 16;
    Sum *items = realloc(list->items, capacity * sizeof *items);
    if (!items) return false;
    list->items = items;
    list->capacity = capacity;
  }
  list->items[list->count++] = *sum;
  return true;
}

static bool collect(const GalleyDocument *document, SumList *list) {
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    const char *bytes = document->text.bytes + block->start;
    for (uint32_t j = 0; j < block->spans.count; j++) {
      const GalleySpan *span = &block->spans.items[j];
      bool amount = span->kind == GALLEY_KIND_FIGURE && span->subtype == 0 &&
                    (span->type == GALLEY_FIGURE_MONEY || span->type == GALLEY_FIGURE_NUMBER);
      if (!amount || span->figure.hedge || !(span->figure.low >= 1e5)) continue;
      Sum sum = {.block = i, .span = span, .value = (span->figure.low + span->figure.high) / 2};
      read_words(bytes, span->start, &sum.words);
      if (sum.words.count && !add_sum(list, &sum)) return false;
    }
  }
  return true;
}

// How much the words say that both figures are of one thing: 2 surely, 1 likely, 0 no.
static int kinship(const Words *a, const Words *b) {
  uint32_t shared = 0;
  bool nearest_a = false, nearest_b = false;
  for (uint32_t i = 0; i < a->count; i++) {
    for (uint32_t j = 0; j < b->count; j++) {
      if (a->hashes[i] != b->hashes[j]) continue;
      shared++;
      nearest_a = nearest_a || i == 0;
      nearest_b = nearest_b || j == 0;
    }
  }
  if (shared >= 2 || (nearest_a && nearest_b)) return 2;
  return nearest_a || nearest_b;
}

static bool thousand_apart(double a, double b) {
  double ratio = a > b ? a / b : b / a;
  for (int steps = 0; steps < 2; steps++) {
    ratio /= 1e3;
    if (ratio < MANTISSA_APART && ratio > 1 / MANTISSA_APART) return true;
  }
  return false;
}

static void report(GalleyCheckRun *run, const Sum *first, const Sum *second, int sure) {
  const GalleyDocument *document = run->document;
  uint32_t base = document->blocks[second->block].start;
  uint32_t other = document->blocks[first->block].start;
  uint32_t start = base + second->span->start, end = base + second->span->end;
  uint32_t other_start = other + first->span->start, other_end = other + first->span->end;
  const char *bytes = document->text.bytes;
  galley_check_begin_document(run, GALLEY_CHECK_SCALE_SLIP,
                              sure > 1 ? GALLEY_OUTCOME_BAD : GALLEY_OUTCOME_NEAR,
                              second->span->depth > 0, start, end);
  galley_finding_say(run->found, "%.*s here, %.*s elsewhere: a thousand times %s",
                     (int)(end - start), bytes + start, (int)(other_end - other_start),
                     bytes + other_start, first->value > second->value ? "more" : "less");
  galley_finding_relate(run->found, start, end, "here");
  galley_finding_relate(run->found, other_start, other_end, "elsewhere");
}

bool galley_check_scale_pairs(GalleyCheckRun *run) {
  enum { REACH = 40 }; // figures that a reader still has in mind
  SumList list = {0};
  bool done = collect(run->document, &list);
  for (uint32_t i = 0; done && i < list.count; i++) {
    for (uint32_t j = i > REACH ? i - REACH : 0; j < i; j++) {
      const Sum *a = &list.items[j], *b = &list.items[i];
      if (strcmp(a->span->figure.unit_code, b->span->figure.unit_code) != 0 ||
          !thousand_apart(a->value, b->value)) {
        continue;
      }
      int sure = kinship(&a->words, &b->words);
      if (!sure) continue;
      report(run, a, b, sure);
      break;
    }
  }
  free(list.items);
  return done && !run->found->failed;
}
