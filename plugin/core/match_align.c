#include "match_align.h"

#include <stdlib.h>
#include <string.h>

#include "lexicon.h"

// ---- aligning

bool galley_align_same(const GalleyAlignWord *a, const GalleyAlignWord *b) {
  return a->hash == b->hash || (a->number && a->number == b->number);
}

enum {           // what a step costs
  COST_ENDS = 1, // more to put a word that ends its sentence beside one that does not
  COST_QUOTE = 4,
  COST_SOURCE = 4,
  COST_COMMON = 3, // instead of the last two, for a word of grammar
  COST_ELLIPSIS = 1,
  COST_LEFT_OUT = 2, // of a word under a bracket
  COST_BRACKET = 1,
};

typedef enum { FROM_NONE, FROM_BOTH, FROM_QUOTE, FROM_SOURCE } From;

static uint16_t lone_cost(const GalleyAlignWord *word) {
  return word->common ? COST_COMMON : COST_QUOTE;
}

static bool ends_sentence(const GalleyAlignText *text, uint32_t at) {
  return at + 1 >= text->count || text->items[at + 1].first;
}

// What it costs to read word `at` of the quote as word `other` of the source.
static uint16_t pair_cost(const GalleyAlignText *quote, uint32_t at, const GalleyAlignText *source,
                          uint32_t other) {
  const GalleyAlignWord *ours = &quote->items[at], *theirs = &source->items[other];
  if (ours->kind != GALLEY_ALIGN_ELLIPSIS && galley_align_same(ours, theirs)) return 0;
  if (ours->kind == GALLEY_ALIGN_BRACKET) return COST_BRACKET;
  uint16_t cost = lone_cost(ours) > lone_cost(theirs) ? lone_cost(ours) : lone_cost(theirs);
  return ends_sentence(quote, at) == ends_sentence(source, other) ? cost : cost + COST_ENDS;
}

// Fills row `i + 1` of the table from row `i`: the cost of reading the first words of the quote so
// that the last word used of the source is before j.
static void fill_row(const GalleyAlignText *text, uint32_t i, const GalleyAlignText *source,
                     const uint16_t *above, uint16_t *row, uint8_t *from) {
  const GalleyAlignWord *word = &text->items[i];
  bool ellipsis = word->kind == GALLEY_ALIGN_ELLIPSIS, bracket = word->kind == GALLEY_ALIGN_BRACKET;
  uint16_t alone = ellipsis ? COST_ELLIPSIS : bracket ? COST_BRACKET : lone_cost(word);
  row[0] = (uint16_t)(above[0] + alone);
  from[0] = FROM_QUOTE;
  for (uint32_t j = 1; j <= source->count; j++) {
    uint16_t both = (uint16_t)(above[j - 1] + pair_cost(text, i, source, j - 1));
    uint16_t quote = (uint16_t)(above[j] + alone);
    uint16_t skip = ellipsis ? 0 : bracket ? COST_LEFT_OUT : lone_cost(&source->items[j - 1]);
    uint16_t gap = (uint16_t)(row[j - 1] + skip);
    row[j] = both;
    from[j] = FROM_BOTH;
    if (ellipsis || quote < row[j]) {
      row[j] = quote;
      from[j] = FROM_QUOTE;
    }
    if (gap < row[j]) {
      row[j] = gap;
      from[j] = FROM_SOURCE;
    }
  }
}

static GalleyStepKind step_kind(const GalleyAlignWord *word, const GalleyAlignWord *other,
                                From from) {
  bool mark = word->kind == GALLEY_ALIGN_ELLIPSIS || word->kind == GALLEY_ALIGN_BRACKET;
  switch (from) {
  case FROM_BOTH:
    if (other && galley_align_same(word, other)) return GALLEY_STEP_SAME;
    return mark ? GALLEY_STEP_LEFT_OUT : GALLEY_STEP_OTHER;
  case FROM_QUOTE:
    return mark ? GALLEY_STEP_MARK : GALLEY_STEP_QUOTE;
  default:
    return mark ? GALLEY_STEP_LEFT_OUT : GALLEY_STEP_SOURCE;
  }
}

// Walks back from the cheapest end.
static void trace(const GalleyAlignText *quote, const GalleyAlignText *source, const uint8_t *from,
                  uint32_t j, GalleySteps *out) {
  uint32_t width = source->count + 1, i = quote->count;
  while (i > 0) {
    From step = from[(size_t)i * width + j];
    const GalleyAlignWord *word = &quote->items[i - 1];
    const GalleyAlignWord *other = j ? &source->items[j - 1] : NULL;
    uint8_t kind = (uint8_t)step_kind(word, other, step);
    if (step != FROM_SOURCE) i--;
    if (step != FROM_QUOTE) j--;
    // where the word of that side is, or would stand
    out->items[out->count++] = (GalleyStep){kind, step == FROM_SOURCE ? i - 1 : i, j};
  }
  for (uint32_t k = 0; k < out->count / 2; k++) {
    GalleyStep swap = out->items[k];
    out->items[k] = out->items[out->count - 1 - k];
    out->items[out->count - 1 - k] = swap;
  }
}

bool galley_align(const GalleyAlignText *quote, const GalleyAlignText *source, GalleySteps *out) {
  uint32_t width = source->count + 1;
  *out = (GalleySteps){0};
  uint8_t *from = calloc((size_t)quote->count + 1, width);
  uint16_t *rows = malloc(2 * (size_t)width * sizeof(uint16_t));
  out->items = malloc(((size_t)quote->count + source->count + 1) * sizeof(GalleyStep));
  bool done = from && rows && out->items;
  if (done) {
    uint16_t *above = rows, *row = rows + width;
    memset(above, 0, width * sizeof *above);
    for (uint32_t i = 0; i < quote->count; i++) {
      fill_row(quote, i, source, above, row, from + (size_t)(i + 1) * width);
      uint16_t *filled = row;
      row = above;
      above = filled;
    }
    const uint8_t *last = from + (size_t)quote->count * width;
    uint32_t best = 0;
    for (uint32_t j = 1; j < width; j++) {
      // of two that cost the same, the one that has a word of the source beside the last one
      bool paired = j == best + 1 && last[j] == FROM_BOTH && last[best] == FROM_QUOTE;
      if (above[j] < above[best] || (above[j] == above[best] && paired)) best = j;
    }
    trace(quote, source, from, best, out);
  } else {
    free(out->items);
    out->items = NULL;
  }
  free(from);
  free(rows);
  return done;
}

// ---- what a change is

typedef struct {
  uint32_t numbers, negations, modals, names;
} Traits;

static bool is_negation(uint32_t word) {
  const char *symbol = galley_lexicon_symbol(word, GALLEY_CLASS_NEGATION);
  bool listed = galley_lexicon_classes(word) & GALLEY_IS(GALLEY_CLASS_NEGATION);
  return (listed && !(symbol && *symbol == 'v')) || galley_alter_class(word) == 2;
}

static bool is_modal(const GalleyAlignWord *item) {
  const char *symbol = galley_lexicon_symbol(item->word, GALLEY_CLASS_AUXILIARY);
  return (symbol && *symbol == 'm') || galley_alter_class(item->word) == 3;
}

static Traits traits_of(const GalleyAlignWord *from, const GalleyAlignWord *to) {
  static const uint64_t numeric =
      GALLEY_IS(GALLEY_CLASS_NUMBER_WORD) | GALLEY_IS(GALLEY_CLASS_SCALE) |
      GALLEY_IS(GALLEY_CLASS_FRACTION) | GALLEY_IS(GALLEY_CLASS_COLLECTIVE) |
      GALLEY_IS(GALLEY_CLASS_ORDINAL_WORD) | GALLEY_IS(GALLEY_CLASS_MULTIPLIER);
  static const uint64_t dated = GALLEY_IS(GALLEY_CLASS_MONTH) | GALLEY_IS(GALLEY_CLASS_WEEKDAY);
  Traits traits = {0};
  for (; from < to; from++) {
    uint64_t classes = galley_lexicon_classes(from->word);
    bool date = from->capital && classes & dated && !(from->first && is_modal(from));
    bool number = from->kind == GALLEY_ALIGN_NUMBER || classes & numeric ||
                  galley_alter_class(from->word) == 1 || date;
    traits.numbers += number;
    traits.negations += is_negation(from->word);
    traits.modals += !date && is_modal(from);
    traits.names += from->capital && !from->first && !number && !from->common;
  }
  return traits;
}

GalleyChange galley_align_change(const GalleyAlignWord *a, const GalleyAlignWord *a_end,
                                 const GalleyAlignWord *b, const GalleyAlignWord *b_end) {
  Traits quote = traits_of(a, a_end), source = traits_of(b, b_end);
  if (quote.negations != source.negations) return GALLEY_CHANGE_NEGATION;
  if (quote.numbers || source.numbers) return GALLEY_CHANGE_NUMBER;
  if (quote.modals || source.modals) return GALLEY_CHANGE_MODAL;
  if (quote.names || source.names) return GALLEY_CHANGE_NAME;
  return GALLEY_CHANGE_WORD;
}
