// Places of a figure: the same value and unit, ranked by what they share with the article.
#include "match_query.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "match_amount.h"
#include "source_passage.h"

#define CONTEXT_LEAST 0.12f // shared context below this is none
#define NEAREST_LEAST 0.35f // score of the context that a figure with another value needs

typedef struct {
  GalleySources *sources;
  GalleyQuery *query;
  GalleyAmount amount; // of the article
  uint32_t most;
  GalleyMatchList *out;
} Search;

static void add_ranges(GalleyQuery *query, const GalleyAmount *amount) {
  double low = fabs(amount->low), high = fabs(amount->high);
  if (low > high) {
    double swap = low;
    low = high;
    high = swap;
  }
  if (amount->range) {
    galley_query_add_range(query, low, low);
    galley_query_add_range(query, high, high);
    return;
  }
  double value = fabs(amount->value);
  if (amount->hedge) {
    low = fmin(low, value * 0.87);
    high = fmax(high, value * 1.15);
  }
  galley_query_add_range(query, low, high);
  // a source that is coarser than the article
  for (uint32_t digits = 1; digits < 4 && digits < galley_amount_digits(value); digits++) {
    double unit = pow(10, floor(log10(value)) - digits + 1);
    double rounded = round(value / unit) * unit;
    galley_query_add_range(query, rounded, rounded);
  }
}

static GalleyRange sentence_range(const GalleyReading *reading, const GalleyPassage *passage,
                                  uint32_t sentence) {
  if (sentence >= reading->sentence_count) return (GalleyRange){passage->start, passage->end};
  uint32_t end =
      sentence + 1 < reading->sentence_count ? reading->sentences[sentence + 1] : passage->end;
  return (GalleyRange){reading->sentences[sentence], end};
}

// How much the value itself says: 486.7 is found by chance less often than 5.
static float value_weight(const GalleyAmount *amount) {
  static const float by_digits[] = {0, 0, 0.7f, 1.6f, 2.4f, 3.0f};
  uint32_t digits = galley_amount_digits(amount->value);
  float weight = by_digits[digits < 5 ? digits : 5];
  if (amount->unit[0]) weight += 0.6f;
  if (!amount->unit[0] && fabs(amount->value) <= 12) weight -= 0.5f;
  return weight;
}

static float score_of(const Search *self, const GalleyContext *context, GalleyAmountMatch match) {
  float shared = 4 * (1 - expf(-context->sum / 2.2f)) + context->noun * 0.5f;
  float evidence = -2.0f + 0.6f * value_weight(&self->amount) + 1.1f * shared;
  if (match == GALLEY_AMOUNTS_ROUND) evidence -= 0.5f;
  float score = 1 / (1 + expf(-evidence));
  if (context->sum < CONTEXT_LEAST && score > 0.4f) score = 0.4f;
  return score;
}

// Copies text for a reason: cut to `most` bytes at a code point, line ends as spaces.
static int quote_text(char *out, size_t room, const char *bytes, uint32_t length) {
  uint32_t most = 48;
  if (length > most) {
    length = most;
    while (length > 0 && ((unsigned char)bytes[length] & 0xc0) == 0x80)
      length--;
  }
  if (length >= room) return 0;
  for (uint32_t i = 0; i < length; i++)
    out[i] = (unsigned char)bytes[i] < ' ' ? ' ' : bytes[i];
  out[length] = '\0';
  return (int)length;
}

static void write_reason(const Search *self, GalleyMatch *match) {
  const GalleySpan *span = self->query->span;
  static const char *const signs[] = {[GALLEY_VERDICT_EQUAL] = " = ",
                                      [GALLEY_VERDICT_ROUNDS] = " ≈ ",
                                      [GALLEY_VERDICT_COMPUTED] = " = ",
                                      [GALLEY_VERDICT_OTHER] = " ≠ "};
  char article[64], source[64];
  quote_text(article, sizeof article, self->query->bytes + span->start, span->end - span->start);
  quote_text(source, sizeof source, match->source->bytes + match->start, match->end - match->start);
  snprintf(match->reason, sizeof match->reason, "%s%s%s", article, signs[match->verdict], source);
}

static void put_nearest(Search *self, GalleyMatch *match, const GalleyContext *context) {
  bool kept = self->out->has_nearest && self->out->nearest.score >= match->score;
  if (match->score < NEAREST_LEAST || kept) return;
  match->verdict = GALLEY_VERDICT_OTHER;
  write_reason(self, match);
  galley_match_explain(context, match);
  self->out->nearest = *match;
  self->out->has_nearest = true;
}

// How the figure is to be read: its own text, and the label of a cell.
static GalleyAmount amount_in_place(const GalleySource *source, const GalleyPassage *passage,
                                    const GalleyFact *fact, bool *labelled) {
  GalleyAmount amount = galley_amount_of_fact(fact);
  uint32_t label = galley_cell_label(source->bytes, passage->start, passage->end);
  *labelled = label && fact->start >= passage->start + label;
  if (*labelled) {
    galley_amount_apply_label(&amount, source->bytes, passage->start, passage->start + label);
  }
  return amount;
}

static void judge(Search *self, const GalleyPick *pick, const GalleyReading *reading,
                  const GalleyFact *fact) {
  const GalleyPassage *passage = &pick->source->segments[pick->segment].passages[pick->passage];
  bool labelled;
  GalleyAmount amount = amount_in_place(pick->source, passage, fact, &labelled);
  GalleyAmountMatch compared = galley_amount_compare(&self->amount, &amount);
  if (compared == GALLEY_AMOUNTS_APART) return;

  GalleyContext context;
  GalleyRange sentence = labelled ? (GalleyRange){passage->start, passage->end}
                                  : sentence_range(reading, passage, fact->sentence);
  galley_context_make(self->query, pick->source, passage, sentence, fact->start, fact->end,
                      &context);
  GalleyMatch match = {.source = pick->source,
                       .start = fact->start,
                       .end = fact->end,
                       .kind = GALLEY_KIND_FIGURE,
                       .verdict = compared == GALLEY_AMOUNTS_EQUAL ? GALLEY_VERDICT_EQUAL
                                                                   : GALLEY_VERDICT_ROUNDS,
                       .score = score_of(self, &context, compared)};
  if (compared == GALLEY_AMOUNTS_DIFFER) {
    bool alike = self->amount.unit[0] || context.noun > 0;
    match.score = 1 / (1 + expf(2.5f - 1.4f * context.sum));
    if (alike) put_nearest(self, &match, &context);
    return;
  }
  write_reason(self, &match);
  galley_match_explain(&context, &match);
  galley_match_put(self->out, self->most, &match);
}

bool galley_match_figure(GalleySources *sources, GalleyQuery *query, uint32_t most,
                         GalleyMatchList *out) {
  Search self = {sources, query, galley_amount_of_span(query->span), most, out};
  GalleyPick picks[GALLEY_PICKS_MOST];
  add_ranges(query, &self.amount);
  uint32_t count = galley_match_pick(sources, query, picks);
  if (count == UINT32_MAX) return false;
  for (uint32_t i = 0; i < count; i++) {
    const GalleyPick *pick = &picks[i];
    const GalleyReading *reading =
        galley_reader_read(sources->reader, pick->source, pick->segment, pick->passage);
    if (!reading) return false;
    for (uint32_t j = 0; j < reading->fact_count; j++)
      if (reading->facts[j].kind == GALLEY_KIND_FIGURE)
        judge(&self, pick, reading, &reading->facts[j]);
  }
  bool placed = out->count && out->items[0].score >= GALLEY_MATCH_PLACE;
  if (placed) out->has_nearest = false;
  return true;
}
