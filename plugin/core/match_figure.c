// Places of a figure: the same value and unit, ranked by what they share with the article.
#include "match_query.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lexicon.h"
#include "match_amount.h"
#include "source_passage.h"

#define NEAREST_LEAST 0.4f // likeness of the sentences that a figure with another value needs

typedef struct {
  GalleyQuery *query;
  GalleyAmount amount; // of the article
  uint32_t most;
  GalleyMatchList *out;
} Search;

// A passage under judgement.
typedef struct {
  const GalleySource *source;
  const GalleyPassage *passage;
  const GalleyReading *reading;
} Place;

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
  double noughts = 1;
  while (value > 0 && fmod(value, noughts * 10) == 0 && noughts < 1e15)
    noughts *= 10;
  if (noughts >= 10) galley_query_add_range(query, value - noughts / 2, value + noughts / 2);
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
  bool small = fabs(amount->value) <= 12 && amount->value == floor(amount->value);
  if (!amount->unit[0] && small) weight -= 0.5f;
  return weight;
}

static void write_reason(const Search *self, GalleyMatch *match) {
  const GalleySpan *span = self->query->span;
  static const char *const signs[] = {[GALLEY_VERDICT_EQUAL] = " = ",
                                      [GALLEY_VERDICT_ROUNDS] = " ≈ ",
                                      [GALLEY_VERDICT_COMPUTED] = " = ",
                                      [GALLEY_VERDICT_OTHER] = " ≠ "};
  char article[64], source[64];
  galley_match_copy(article, sizeof article, self->query->bytes + span->start,
                    span->end - span->start);
  galley_match_copy(source, sizeof source, match->source->bytes + match->start,
                    match->end - match->start);
  snprintf(match->reason, sizeof match->reason, "%s%s%s", article, signs[match->verdict], source);
}

// Whether another value may be meant for the same thing: near it, or its digits at another scale.
static bool may_be_meant(const Search *self, const GalleyAmount *other) {
  double share = self->amount.value / other->value, power = log10(fabs(share));
  bool near = share > 1.0 / 3 && share < 3;
  bool slipped =
      share > 0 && fabs(power) > 0.9 && fabs(power) < 6.1 && fabs(power - round(power)) < 1e-6;
  return !self->amount.range && !other->range && (near || slipped);
}

// The article gives that value too, in the same sentence: for another thing.
static bool is_told(const Search *self, double value) {
  uint32_t mantissa = galley_scan_mantissa(fabs(value));
  for (uint32_t i = 0; i < self->query->word_count; i++) {
    const GalleyQueryWord *word = &self->query->words[i];
    if (word->role == GALLEY_ROLE_NUMBER && word->stem == mantissa) return true;
  }
  return false;
}

static void put_nearest(Search *self, const Place *place, const GalleyFact *fact,
                        const GalleySetting *setting, const GalleyContext *context) {
  GalleyAmount amount = galley_amount_of_fact(fact);
  bool alike = self->amount.unit[0] || context->noun > 0;
  if (fact->kind != GALLEY_KIND_FIGURE || !alike || !may_be_meant(self, &amount) ||
      is_told(self, fact->value)) {
    return;
  }
  GalleyMatch match = {.source = place->source,
                       .start = fact->start,
                       .end = fact->end,
                       .kind = GALLEY_KIND_FIGURE,
                       .verdict = GALLEY_VERDICT_OTHER,
                       .score = galley_context_likeness(self->query, place->source, setting->near)};
  bool kept = self->out->has_nearest && self->out->nearest.score >= match.score;
  if (match.score < NEAREST_LEAST || kept) return;
  write_reason(self, &match);
  galley_match_explain(context, &match);
  self->out->nearest = match;
  self->out->has_nearest = true;
}

// "A loss of 21.9 million" stands as -21.9 in a table.
static void drop_sign(const Search *self, GalleyAmount *amount) {
  if (self->amount.value <= 0 || amount->value >= 0) return;
  double low = amount->low;
  amount->value = -amount->value;
  amount->low = -amount->high;
  amount->high = -low;
}

// "We ask for USD 1,900 a net. The company offers 700."
static void borrow_unit(const Place *place, const GalleyFact *fact, GalleyAmount *amount) {
  const GalleyFact *money = NULL;
  bool counts = fact->noun.end > fact->noun.start || fact->type != GALLEY_FIGURE_NUMBER;
  if (amount->unit[0] || counts || fact->kind != GALLEY_KIND_FIGURE) return;
  for (uint32_t i = 0; i < place->reading->fact_count; i++) {
    const GalleyFact *other = &place->reading->facts[i];
    if (other->start >= fact->start) break;
    bool near = other->sentence + 1 >= fact->sentence;
    if (other->kind == GALLEY_KIND_FIGURE) {
      money = near && other->type == GALLEY_FIGURE_MONEY ? other : NULL;
    }
  }
  if (!money) return;
  memcpy(amount->unit, money->unit, sizeof amount->unit);
  amount->type = GALLEY_FIGURE_MONEY;
  amount->loose = money->loose;
}

// Compares in every way that the figure may be read: alone, by its label, by notes to its table.
static GalleyAmountMatch compare(const Search *self, const Place *place, const GalleyFact *fact,
                                 const GalleySetting *setting, bool *unsure) {
  const char *bytes = place->source->bytes, *code = self->query->span->figure.unit_code;
  GalleyAmount amount = galley_amount_of_fact(fact), noted;
  *unsure = false;
  galley_amount_apply_text(&amount, bytes, fact->end, place->source->length, code);
  for (int i = 0; setting->labelled && i < 2; i++)
    galley_amount_apply_label(&amount, bytes, setting->near[i].start, setting->near[i].end, code);
  if (setting->labelled) drop_sign(self, &amount);
  if (self->amount.type == GALLEY_FIGURE_MONEY) borrow_unit(place, fact, &amount);
  GalleyAmountMatch plain = galley_amount_compare(&self->amount, &amount);
  if (plain >= GALLEY_AMOUNTS_ROUND || !setting->labelled || amount.unit[0]) return plain;
  noted = amount;
  if (setting->notes.end > setting->notes.start &&
      galley_amount_apply_notes(&noted, bytes, setting->notes.start, setting->notes.end)) {
    GalleyAmountMatch other = galley_amount_compare(&self->amount, &noted);
    if (other >= GALLEY_AMOUNTS_ROUND) return other;
  }
  // The table may keep its unit to itself: the bare number is the same, though.
  GalleyAmount bare = self->amount;
  if (bare.type != GALLEY_FIGURE_MONEY || galley_amount_digits(bare.value) < 3) return plain;
  memset(bare.unit, 0, sizeof bare.unit);
  *unsure = galley_amount_compare(&bare, &amount) == GALLEY_AMOUNTS_EQUAL;
  return *unsure ? GALLEY_AMOUNTS_EQUAL : plain;
}

typedef struct {
  bool any, shared, people; // it counts persons, by whatever name
} Noun;

static Noun read_noun(const char *bytes, GalleyRange noun, const char *other, GalleyRange others) {
  Noun result = {0};
  GalleyScanWord word, theirs;
  for (uint32_t at = noun.start; galley_scan_next(bytes, noun.end, &at, &word);) {
    const char *voice = galley_lexicon_symbol(word.word, GALLEY_CLASS_VOICE);
    result.people = voice && (*voice == 'g' || *voice == 'p');
    result.any = true;
    for (uint32_t i = others.start; galley_scan_next(other, others.end, &i, &theirs);)
      result.shared = result.shared || theirs.stem == word.stem;
  }
  return result;
}

// What is counted here and there: 44 cars are not 44 patients, though 87 people are 87 passengers.
static float noun_weight(const Search *self, const Place *place, const GalleyFact *fact) {
  const char *bytes = place->source->bytes;
  const GalleyRange noun = self->query->span->figure.noun;
  Noun ours = read_noun(self->query->bytes, noun, bytes, fact->noun);
  Noun theirs = read_noun(bytes, fact->noun, self->query->bytes, noun);
  if (fact->kind != GALLEY_KIND_FIGURE || !ours.any || !theirs.any || ours.shared) return 0;
  return ours.people && theirs.people ? 0.5f : -0.5f;
}

static void judge(Search *self, const Place *place, const GalleyFact *fact) {
  GalleySetting setting;
  GalleyRange line = {place->passage->start, place->passage->end};
  if (!galley_setting_make(place->source->bytes, place->source->length, line, fact->start,
                           fact->end, &setting)) {
    setting.near[0] = sentence_range(place->reading, place->passage, fact->sentence);
  }
  if (setting.header || (!(fact->value > 0) && !(fact->value < 0) && fact->high > 1)) return;
  bool unsure;
  GalleyAmountMatch compared = compare(self, place, fact, &setting, &unsure);
  if (compared == GALLEY_AMOUNTS_APART) return;

  GalleyContext context;
  galley_context_make(self->query, place->source, place->passage, setting.near, fact->start,
                      fact->end, &context);
  if (compared == GALLEY_AMOUNTS_DIFFER) {
    put_nearest(self, place, fact, &setting, &context);
    return;
  }
  float noun = noun_weight(self, place, fact);
  if (noun < 0) { // the noun stands there, though not with this figure
    context.sum -= context.noun;
    context.noun = 0;
  }
  float value = value_weight(&self->amount) + noun - (unsure ? 1.2f : 0) -
                (compared == GALLEY_AMOUNTS_ROUND ? 0.8f : 0);
  GalleyMatch match = {.source = place->source,
                       .start = fact->start,
                       .end = fact->end,
                       .kind = GALLEY_KIND_FIGURE,
                       .verdict = compared == GALLEY_AMOUNTS_EQUAL ? GALLEY_VERDICT_EQUAL
                                                                   : GALLEY_VERDICT_ROUNDS,
                       .score = galley_match_score(&context, value)};
  write_reason(self, &match);
  galley_match_explain(&context, &match);
  galley_match_put(self->out, self->most, &match);
}

// ---- shares: 36 of 50

static bool has_of(const char *bytes, uint32_t start, uint32_t end) {
  for (uint32_t i = start; i + 3 <= end; i++) {
    bool open = i == start || bytes[i - 1] == ' ' || bytes[i - 1] == '\n';
    bool close = i + 2 == end || bytes[i + 2] == ' ' || bytes[i + 2] == '\n';
    if (open && close && (bytes[i] == 'o' || bytes[i] == 'O') && bytes[i + 1] == 'f') return true;
  }
  return false;
}

static bool is_count(const GalleyFact *fact) {
  return fact->kind == GALLEY_KIND_FIGURE && fact->value >= 1 && !fact->unit[0] &&
         fact->subtype == 0 && fact->type == GALLEY_FIGURE_NUMBER;
}

static void put_share(Search *self, const Place *place, const GalleyFact *part,
                      const GalleyRange near[2], uint32_t start, uint32_t end) {
  GalleyContext context;
  galley_context_make(self->query, place->source, place->passage, near, start, end, &context);
  GalleyMatch match = {.source = place->source,
                       .start = part->start,
                       .end = part->end,
                       .kind = GALLEY_KIND_FIGURE,
                       .verdict = GALLEY_VERDICT_COMPUTED,
                       .score = galley_match_score(&context, value_weight(&self->amount))};
  GalleyMatch shown = match;
  if (end - start <= 48) { // "36 of 50" whole
    shown.start = start;
    shown.end = end;
  }
  write_reason(self, &shown);
  memcpy(match.reason, shown.reason, sizeof match.reason);
  galley_match_explain(&context, &match);
  galley_match_put(self->out, self->most, &match);
}

static bool is_share(const Search *self, double part, double whole) {
  double low = self->amount.low, high = self->amount.high, share = part / whole;
  if (part >= whole) return false;
  if (strcmp(self->amount.unit, "percent") == 0) share *= 100;
  if (self->amount.hedge) {
    low *= 0.95;
    high *= 1.05;
  }
  return share >= low && share <= high;
}

// A part and its whole in one sentence, or the whole in the one before: "Of 50 people asked, 36",
// "fifty people. Thirty-six of them".
static void judge_shares(Search *self, const Place *place) {
  const GalleyReading *reading = place->reading;
  for (uint32_t i = 0; i < reading->fact_count; i++) {
    const GalleyFact *part = &reading->facts[i];
    for (uint32_t j = 0; is_count(part) && j < reading->fact_count; j++) {
      const GalleyFact *whole = &reading->facts[j];
      bool close = whole->sentence == part->sentence || whole->sentence + 1 == part->sentence;
      if (i == j || !close || !is_count(whole) || !is_share(self, part->value, whole->value)) {
        continue;
      }
      uint32_t start = part->start < whole->start ? part->start : whole->start;
      uint32_t end = part->end > whole->end ? part->end : whole->end;
      GalleyRange sentence = sentence_range(reading, place->passage, part->sentence);
      // "of" stands between them, before the first ("of 50, 36") or behind ("36 of them")
      uint32_t from = start > sentence.start + 4 ? start - 4 : sentence.start;
      uint32_t to = end + 4 < place->passage->end ? end + 4 : place->passage->end;
      if (from > start || !has_of(place->source->bytes, from, to)) continue;
      const GalleyRange near[2] = {sentence};
      put_share(self, place, part, near, start, end);
    }
  }
}

static bool has_digit(const char *bytes, GalleyRange range) {
  for (uint32_t i = range.start; i < range.end; i++)
    if (bytes[i] >= '0' && bytes[i] <= '9') return true;
  return false;
}

// A cell as a share of its row: 2,988 of 830 + 2,988 + 332.
static void judge_row(Search *self, const Place *place) {
  const GalleyReading *reading = place->reading;
  GalleyRange line = {place->passage->start, place->passage->end};
  GalleySetting setting;
  double sum = 0;
  uint32_t cells = 0;
  for (uint32_t pass = 0; pass < 2; pass++) {
    if (pass == 1 && cells < 3) return;
    for (uint32_t i = 0; i < reading->fact_count; i++) {
      const GalleyFact *fact = &reading->facts[i];
      // columns of years are no parts of a whole
      if (!is_count(fact) || !galley_setting_make(place->source->bytes, place->source->length, line,
                                                  fact->start, fact->end, &setting)) {
        continue;
      }
      if (setting.header || place->source->bytes[line.start] != '|' ||
          has_digit(place->source->bytes, setting.near[1])) {
        continue;
      }
      if (pass == 0) {
        sum += fact->value;
        cells++;
      } else if (is_share(self, fact->value, sum)) {
        put_share(self, place, fact, setting.near, fact->start, fact->end);
      }
    }
  }
}

static bool wants_share(const GalleyAmount *amount) {
  bool percent = strcmp(amount->unit, "percent") == 0;
  bool fraction = !amount->unit[0] && amount->value > 0 && amount->value < 1;
  return !amount->range && (percent || fraction) && amount->type != GALLEY_FIGURE_ORDINAL;
}

// "The median age was 27 years" is a stretch of time to the core, an age to the article.
static bool read_years(const Search *self, GalleyFact *fact) {
  bool bare = self->amount.type == GALLEY_FIGURE_NUMBER && !self->amount.unit[0];
  size_t length = strlen(fact->stamp);
  if (fact->kind != GALLEY_KIND_DATE || fact->type != GALLEY_DATE_DURATION || length < 3 ||
      fact->stamp[length - 1] != 'Y' || !(bare || self->amount.type == GALLEY_FIGURE_AGE)) {
    return false;
  }
  fact->value = fact->low = fact->high = galley_figure_value(fact->stamp + 1);
  fact->type = self->amount.type;
  fact->subtype = 0;
  return true;
}

static void read_article_amount(Search *self) {
  const GalleyQuery *query = self->query;
  self->amount = galley_amount_of_span(query->span);
  self->amount.loose = galley_amount_loose(query->bytes, query->span->figure.unit);
  galley_amount_add_hours(&self->amount, query->bytes, query->span->end, query->block->length);
  if (!query->in_table || query->setting.header) return;
  for (int i = 0; i < 2; i++)
    galley_amount_apply_label(&self->amount, query->bytes, query->setting.near[i].start,
                              query->setting.near[i].end, "");
}

bool galley_match_figure(GalleySources *sources, GalleyQuery *query, uint32_t most,
                         GalleyMatchList *out) {
  Search self = {.query = query, .most = most, .out = out};
  GalleyPick picks[GALLEY_PICKS_MOST];
  read_article_amount(&self);
  add_ranges(query, &self.amount);
  uint32_t count = galley_match_pick(sources, query, picks);
  if (count == UINT32_MAX) return false;
  for (uint32_t i = 0; i < count; i++) {
    const GalleyPick *pick = &picks[i];
    Place place = {pick->source, &pick->source->segments[pick->segment].passages[pick->passage],
                   galley_reader_read(sources->reader, pick->source, pick->segment, pick->passage)};
    if (!place.reading) return false;
    for (uint32_t j = 0; j < place.reading->fact_count; j++) {
      GalleyFact fact = place.reading->facts[j];
      if (fact.kind == GALLEY_KIND_FIGURE || read_years(&self, &fact)) judge(&self, &place, &fact);
    }
    if (!wants_share(&self.amount)) continue;
    judge_shares(&self, &place);
    judge_row(&self, &place);
  }
  bool placed = out->count && out->items[0].score >= GALLEY_MATCH_PLACE;
  if (placed) out->has_nearest = false;
  return true;
}
