#include "source_index.h"

#include <stdlib.h>
#include <string.h>

#include "lexicon.h"
#include "source_passage.h"
#include "source_scan.h"

#define SCRATCH_KEPT 65536 // items of a scratch list that are kept between segments

// A list of 64-bit keys, the sort key above the passage number: key << 16 | passage.
typedef struct {
  uint64_t *items, *spare; // both of `capacity`
  uint32_t count, capacity;
} KeyList;

struct GalleyIndexer {
  KeyList words, numbers;
  GalleyPassage *passages;
  uint32_t passage_count, passage_capacity;
};

GalleyIndexer *galley_indexer_new(void) {
  return calloc(1, sizeof(GalleyIndexer));
}

static void free_keys(KeyList *list) {
  free(list->items);
  free(list->spare);
  *list = (KeyList){0};
}

void galley_indexer_free(GalleyIndexer *self) {
  if (!self) return;
  free_keys(&self->words);
  free_keys(&self->numbers);
  free(self->passages);
  free(self);
}

size_t galley_indexer_memory(const GalleyIndexer *self) {
  return sizeof *self + self->passage_capacity * sizeof(GalleyPassage) +
         2 * sizeof(uint64_t) * ((size_t)self->words.capacity + self->numbers.capacity);
}

static bool add_key(KeyList *list, uint32_t key, uint32_t passage) {
  if (list->count == list->capacity) {
    uint32_t capacity = list->capacity ? list->capacity * 2 : 1024;
    uint64_t *items = realloc(list->items, capacity * sizeof(uint64_t));
    if (items) list->items = items;
    uint64_t *spare = items ? realloc(list->spare, capacity * sizeof(uint64_t)) : NULL;
    if (!spare) return false;
    list->spare = spare;
    list->capacity = capacity;
  }
  list->items[list->count++] = (uint64_t)key << 16 | passage;
  return true;
}

// Sorts by the key alone, stably: passages were added in order and stay so.
static void sort_keys(KeyList *list) {
  for (int shift = 16; shift < 48; shift += 11) {
    uint32_t starts[2049] = {0};
    for (uint32_t i = 0; i < list->count; i++)
      starts[(list->items[i] >> shift & 0x7ff) + 1]++;
    for (int i = 0; i < 2048; i++)
      starts[i + 1] += starts[i];
    for (uint32_t i = 0; i < list->count; i++)
      list->spare[starts[list->items[i] >> shift & 0x7ff]++] = list->items[i];
    uint64_t *sorted = list->spare;
    list->spare = list->items;
    list->items = sorted;
  }
}

static uint32_t drop_repeats(KeyList *list) {
  uint32_t count = 0, terms = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    if (count && list->items[i] == list->items[count - 1]) continue;
    terms += !count || list->items[i] >> 16 != list->items[count - 1] >> 16;
    list->items[count++] = list->items[i];
  }
  list->count = count;
  return terms;
}

static bool add_passage(GalleyIndexer *self, GalleyPassage passage) {
  if (self->passage_count == self->passage_capacity) {
    uint32_t capacity = self->passage_capacity ? self->passage_capacity * 2 : 64;
    GalleyPassage *passages = realloc(self->passages, capacity * sizeof(GalleyPassage));
    if (!passages) return false;
    self->passages = passages;
    self->passage_capacity = capacity;
  }
  self->passages[self->passage_count++] = passage;
  return true;
}

// The value that a numeral in words stands for; 0 none.
// `tens` is the tens word just before it.
static int32_t word_number(const GalleyScanWord *word, int32_t *tens) {
  static const int classes[] = {GALLEY_CLASS_NUMBER_WORD, GALLEY_CLASS_COLLECTIVE,
                                GALLEY_CLASS_ORDINAL_WORD, GALLEY_CLASS_MULTIPLIER};
  int32_t value = 0, before = *tens;
  *tens = 0;
  if (!word->word) return 0;
  for (size_t i = 0; i < sizeof classes / sizeof *classes && !value; i++)
    galley_lexicon_value(word->word, classes[i], &value);
  if (value >= 20 && value <= 90) *tens = value;
  if (value > 0 && value < 10) value += before;
  return value;
}

// Into how many parts a fraction's word cuts: "third", "thirds" and "quarter"; 0 for other words.
static int32_t word_parts(const GalleyScanWord *word) {
  int32_t parts = 0;
  if (!word->word || galley_lexicon_value(word->word, GALLEY_CLASS_FRACTION, &parts)) return parts;
  galley_lexicon_value(word->word, GALLEY_CLASS_ORDINAL_WORD, &parts);
  return parts > 2 ? parts : 0;
}

// "eleven" is 11 to the index, "a quarter" 25.
static bool add_word_number(GalleyIndexer *self, const GalleyScanWord *word, int32_t *tens) {
  int32_t parts = word_parts(word), value = word_number(word, tens);
  uint32_t passage = self->passage_count - 1;
  if (value > 0 && !add_key(&self->numbers, galley_scan_mantissa(value), passage)) return false;
  for (int32_t i = 1; i < parts && parts <= 10; i++)
    if (!add_key(&self->numbers, galley_scan_mantissa((double)i / parts), passage)) return false;
  return true;
}

static bool read_passage(GalleyIndexer *self, const char *bytes, uint32_t start, uint32_t end) {
  GalleyScanWord word;
  int32_t tens = 0;
  uint32_t passage = self->passage_count - 1;
  for (uint32_t at = 0; galley_scan_next(bytes + start, end - start, &at, &word);) {
    if (word.kind == GALLEY_SCAN_NUMBER) {
      tens = 0;
      if (!add_key(&self->numbers, word.mantissa, passage)) return false;
    } else {
      if (!(word.flags & GALLEY_SCAN_COMMON) && !add_key(&self->words, word.stem, passage)) {
        return false;
      }
      if (!add_word_number(self, &word, &tens)) return false;
    }
  }
  return true;
}

static void fill_terms(GalleySegment *out, const KeyList *words) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < words->count; i++) {
    uint32_t stem = (uint32_t)(words->items[i] >> 16);
    if (!count || out->terms[count - 1].stem != stem) out->terms[count++] = (GalleyTerm){stem, i};
    out->postings[i] = (uint16_t)words->items[i];
  }
  out->terms[count].stem = UINT32_MAX;
  out->terms[count].first = words->count;
}

// Copies what was found into one allocation of just the size.
static bool pack(GalleyIndexer *self, GalleySegment *out) {
  sort_keys(&self->words);
  sort_keys(&self->numbers);
  out->term_count = drop_repeats(&self->words);
  drop_repeats(&self->numbers);
  out->passage_count = self->passage_count;
  out->number_count = self->numbers.count;
  char *memory = malloc(galley_segment_memory(out) + self->words.count * sizeof(uint16_t));
  if (!memory) return false;
  out->passages = (GalleyPassage *)(void *)memory;
  if (self->passage_count) {
    memcpy(out->passages, self->passages, self->passage_count * sizeof(GalleyPassage));
  }
  out->terms = (GalleyTerm *)(void *)(out->passages + out->passage_count);
  out->numbers = (GalleyNumber *)(void *)(out->terms + out->term_count + 1);
  out->postings = (uint16_t *)(void *)(out->numbers + out->number_count);
  fill_terms(out, &self->words);
  for (uint32_t i = 0; i < self->numbers.count; i++) {
    uint64_t key = self->numbers.items[i];
    out->numbers[i] = (GalleyNumber){(uint32_t)(key >> 16), key & 0xffff};
  }
  return true;
}

bool galley_indexer_run(GalleyIndexer *self, const GalleySource *source, uint32_t start,
                        uint32_t row, uint32_t *heading, GalleySegment *out) {
  const char *bytes = source->bytes;
  uint32_t at = start, counted = start;
  self->passage_count = self->words.count = self->numbers.count = 0;
  *out = (GalleySegment){.start = start, .end = start};
  while (at < source->length) {
    GalleyCut cut = galley_passage_next(bytes, at, source->length);
    bool full = cut.end - start > GALLEY_SEGMENT_SIZE && self->passage_count;
    if (full) break;
    out->end = at = cut.end;
    if (cut.start == cut.end) break;
    for (const char *next; (next = memchr(bytes + counted, '\n', cut.start - counted)); row++)
      counted = (uint32_t)(next - bytes) + 1;
    counted = cut.start;
    if (cut.kind == GALLEY_LINE_HEADING) *heading = cut.start;
    if (!add_passage(self, (GalleyPassage){cut.start, cut.end, row, *heading}) ||
        !read_passage(self, bytes, cut.start, cut.end)) {
      return false;
    }
  }
  bool packed = pack(self, out);
  if (self->words.capacity > SCRATCH_KEPT) free_keys(&self->words);
  if (self->numbers.capacity > SCRATCH_KEPT) free_keys(&self->numbers);
  return packed;
}

void galley_segment_free(GalleySegment *self) {
  free(self->passages);
  *self = (GalleySegment){0};
}

size_t galley_segment_memory(const GalleySegment *self) {
  return self->passage_count * sizeof(GalleyPassage) + (self->term_count + 1) * sizeof(GalleyTerm) +
         self->number_count * sizeof(GalleyNumber) +
         (self->terms ? self->terms[self->term_count].first * sizeof(uint16_t) : 0);
}
