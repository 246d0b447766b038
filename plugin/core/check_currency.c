// currency-pairs: "£2.6bn ($3.3bn)": one article converts at one rate.
#include "check_adjacent.h"
#include "check_family.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RATE_SLACK 0.01 // rates that differ by less are the same

typedef struct {
  CheckAdjacent pair;
  uint32_t block;
  bool swapped;          // the rate is of the second in the first
  GalleyInterval strict; // the rate
  GalleyInterval wide;
} Conversion;

typedef struct {
  Conversion *items;
  uint32_t count, capacity;
} ConversionList;

static bool is_currency(const GalleyOperand *operand) {
  const char *unit = operand->unit;
  return operand->span->type == GALLEY_FIGURE_MONEY && unit[0];
}

static GalleyInterval widen(GalleyInterval rate) {
  return (GalleyInterval){rate.low * (1 - RATE_SLACK), rate.high * (1 + RATE_SLACK)};
}

// How much of the currency that is later in the alphabet one of the other is.
static GalleyInterval rate_at(const Conversion *self, GalleyWidth width) {
  // A price to be converted is no rounded one: €12 ($13.20).
  GalleyOperand price = self->pair.first;
  price.count = price.count || (!price.scaled && width == GALLEY_WIDTH_STRICT);
  GalleyInterval first = galley_operand_interval(&price, width);
  GalleyInterval second = galley_operand_interval(&self->pair.second, width);
  return widen(self->swapped ? galley_interval_divide(first, second)
                             : galley_interval_divide(second, first));
}

static bool add(ConversionList *list, const Conversion *conversion) {
  if (list->count == list->capacity) {
    uint32_t capacity = list->capacity ? list->capacity * 2 : 8;
    Conversion *items = realloc(list->items, capacity * sizeof *items);
    if (!items) return false;
    list->items = items;
    list->capacity = capacity;
  }
  list->items[list->count++] = *conversion;
  return true;
}

// Whether a year stands in its block: then it may be another year's rate.
static bool is_dated(const GalleyDocument *document, const Conversion *self) {
  const GalleyBlockRecord *block = &document->blocks[self->block];
  const char *bytes = document->text.bytes + block->start;
  for (uint32_t i = 0; i < block->spans.count; i++) {
    const GalleySpan *span = &block->spans.items[i];
    uint32_t digits = 0;
    for (uint32_t at = span->start; span->kind == GALLEY_KIND_DATE && at < span->end; at++) {
      digits = bytes[at] >= '0' && bytes[at] <= '9' ? digits + 1 : 0;
      if (digits == 4) return true;
    }
  }
  return false;
}

static bool collect(const GalleyDocument *document, ConversionList *list) {
  for (uint32_t i = 0; i < document->block_count; i++) {
    GalleyBlockRecord *block = &document->blocks[i];
    const char *bytes = document->text.bytes + block->start;
    GalleyBlockView view = {.bytes = bytes, .length = block->length, .spans = &block->spans};
    for (uint32_t j = 0; j < block->spans.count; j++) {
      if (block->spans.items[j].type != GALLEY_FIGURE_MONEY) continue;
      Conversion each = {.block = i};
      if (!check_adjacent_read(&view, j, &each.pair)) continue;
      bool same = strcmp(each.pair.first.unit, each.pair.second.unit) == 0;
      bool negative = each.pair.first_negative || each.pair.second_negative;
      if (same || negative || !is_currency(&each.pair.first) || !is_currency(&each.pair.second)) {
        continue;
      }
      each.swapped = strcmp(each.pair.first.unit, each.pair.second.unit) > 0;
      each.strict = rate_at(&each, GALLEY_WIDTH_STRICT);
      each.wide = rate_at(&each, GALLEY_WIDTH_ROUND);
      if (!add(list, &each)) return false;
    }
  }
  return true;
}

static bool same_currencies(const Conversion *a, const Conversion *b) {
  const GalleyOperand *a_low = a->swapped ? &a->pair.second : &a->pair.first;
  const GalleyOperand *a_high = a->swapped ? &a->pair.first : &a->pair.second;
  const GalleyOperand *b_low = b->swapped ? &b->pair.second : &b->pair.first;
  const GalleyOperand *b_high = b->swapped ? &b->pair.first : &b->pair.second;
  return strcmp(a_low->unit, b_low->unit) == 0 && strcmp(a_high->unit, b_high->unit) == 0;
}

static double middle(const Conversion *self) {
  double rate = self->pair.second.value / self->pair.first.value;
  return self->swapped ? 1 / rate : rate;
}

static void report(GalleyCheckRun *run, const Conversion *self, const Conversion *rule,
                   GalleyOutcome outcome) {
  const GalleyDocument *document = run->document;
  uint32_t base = document->blocks[self->block].start;
  uint32_t rule_base = document->blocks[rule->block].start;
  const char *bytes = document->text.bytes + base, *rule_bytes = document->text.bytes + rule_base;
  const GalleyOperand *first = &self->pair.first, *second = &self->pair.second;
  uint32_t rule_start = rule->pair.first.start, rule_end = rule->pair.second.end;
  double rate = self->swapped ? 1 / middle(rule) : middle(rule);
  char there[CHECK_PHRASE_SIZE];
  check_write_operand(bytes, second, first->value * rate, there);
  galley_check_begin_document(run, GALLEY_CHECK_CURRENCY_PAIRS, outcome, first->span->depth > 0,
                              base + first->start, base + second->end);
  galley_finding_say(run->found, "at the rate of %.*s) %.*s is %s, not %.*s",
                     (int)(rule_end - rule_start), rule_bytes + rule_start,
                     (int)(first->end - first->start), bytes + first->start, there,
                     (int)(second->end - second->start), bytes + second->start);
  galley_finding_relate(run->found, base + first->start, base + first->end, "one currency");
  galley_finding_relate(run->found, base + second->start, base + second->end, "the other");
  galley_finding_relate(run->found, rule_base + rule_start, rule_base + rule_end,
                        "the rate elsewhere");
  if (outcome == GALLEY_OUTCOME_OK) return;
  check_offer_operand_at(run->found, bytes, base, second, first->value * rate);
  check_offer_operand_at(run->found, bytes, base, first, second->value / rate);
}

// How well a rate fits the pairs of these currencies: how many have it, and then how closely.
static double fitness(const ConversionList *list, const Conversion *of, double rate) {
  double fits = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    const Conversion *each = &list->items[i];
    if (!same_currencies(of, each)) continue;
    bool has = rate >= each->strict.low && rate <= each->strict.high;
    fits += (has ? 1 : 0) - fabs(middle(each) / rate - 1) / (100.0 * list->count);
  }
  return fits;
}

// The pair whose rate most others share: its rate is the article's.
static const Conversion *find_rule(const ConversionList *list, const Conversion *of) {
  const Conversion *rule = NULL;
  double best = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    const Conversion *each = &list->items[i];
    if (!same_currencies(of, each)) continue;
    double fits = fitness(list, of, middle(each));
    if (rule && fits <= best) continue;
    best = fits;
    rule = each;
  }
  return rule;
}

static void check_conversion(GalleyCheckRun *run, const Conversion *self, const Conversion *rule) {
  double rate = middle(rule);
  if (rule == self || (rate >= self->strict.low && rate <= self->strict.high)) return;
  bool near = (rate >= self->wide.low && rate <= self->wide.high) ||
              is_dated(run->document, self) || is_dated(run->document, rule);
  report(run, self, rule, near ? GALLEY_OUTCOME_NEAR : GALLEY_OUTCOME_BAD);
}

enum { MOST = 100 }; // each is held against each; more is a table of rates

static void check_conversions(GalleyCheckRun *run, const ConversionList *list) {
  const Conversion *rules[MOST];
  for (uint32_t i = 0; i < list->count; i++) {
    uint32_t same = 0;
    while (!same_currencies(&list->items[same], &list->items[i]))
      same++;
    rules[i] = same < i ? rules[same] : find_rule(list, &list->items[i]);
    check_conversion(run, &list->items[i], rules[i]);
  }
}

bool galley_check_currency(GalleyCheckRun *run) {
  ConversionList list = {0};
  bool done = collect(run->document, &list);
  if (done && list.count <= MOST) check_conversions(run, &list);
  free(list.items);
  return done && !run->found->failed;
}
