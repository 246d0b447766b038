// range-order: "between 50 and 30 people", "10-5 percent", "from 2005 to 2001". Descending tallies,
// elided page numbers and spans of the clock or the seasons are none of its business.
#include "check_family.h"
#include "check_sentence.h"

#include <string.h>

typedef struct {
  GalleyFigureAmount low, high; // as written: low is the larger one where it is wrong
  bool dash;
} Pair;

static const GalleyToken *token_at(const GalleyBlockView *view, uint32_t at) {
  return figure_token(view, at);
}

static double plain_value(const GalleyFigureNumber *number) {
  return galley_decimal_double(&number->value);
}

static bool is_plain(const GalleyFigureNumber *number) {
  return !number->vague && !number->fraction && !number->value.negative && plain_value(number) > 0;
}

// Reads two amounts joined by "to", "and" or a dash.
static bool read_pair(const GalleyBlockView *view, uint32_t at, Pair *pair) {
  if (!galley_figure_read_amount(view, at, &pair->low)) return false;
  uint32_t join = pair->low.last + 1;
  FigurePart part = figure_part(token_at(view, join));
  pair->dash = figure_is_dash(token_at(view, join));
  if (!pair->dash && part != FIGURE_PART_TO && part != FIGURE_PART_AND) return false;
  if (pair->dash &&
      (!figure_is_joined(token_at(view, join)) || !figure_is_joined(token_at(view, join + 1)))) {
    return false;
  }
  uint32_t high = join + 1;
  if (galley_figure_is_currency_sign(token_at(view, high)->symbol)) high++;
  if (!galley_figure_read_amount(view, high, &pair->high)) return false;
  return pair->high.first == join + 1 && is_plain(&pair->low.number) &&
         is_plain(&pair->high.number);
}

// Whether the first is above the second, when "50 to 30 million" shares its scale.
static bool runs_down(const GalleyBlockView *view, const Pair *pair) {
  const GalleyFigureNumber *low = &pair->low.number, *high = &pair->high.number;
  double first = plain_value(low), last = plain_value(high);
  if (!low->scale && high->scale) last /= galley_power_of_ten(high->scale);
  if (!pair->low.measured && figure_is(token_at(view, pair->high.unit.first), GALLEY_CLASS_MINOR))
    last *= 100; // 46 and 50 cents
  bool units = !pair->low.measured || !pair->high.measured ||
               strcmp(pair->low.unit.code, pair->high.unit.code) == 0;
  return units && first > last;
}

static uint32_t digits_of(const GalleyBlockView *view, const GalleyFigureNumber *number) {
  return view->tokens[number->last].end - view->tokens[number->first].start;
}

// Pages 212-18 and the years 1914-18 leave out what is the same.
static bool is_elided(const GalleyBlockView *view, const Pair *pair) {
  return pair->dash && plain_value(&pair->low.number) >= 100 &&
         digits_of(view, &pair->high.number) < digits_of(view, &pair->low.number);
}

// Whether what is measured follows: a unit, a time, a counted noun.
static bool is_measured(const GalleyBlockView *view, const Pair *pair) {
  uint32_t next = pair->high.last + 1;
  return pair->high.measured || figure_is(token_at(view, next), GALLEY_CLASS_DATE_UNIT) ||
         galley_figure_is_plural(view, next);
}

// Tallies and odds go down as often as up: "a 60-40 split", "5-4 decisions".
static bool is_tally(const GalleyBlockView *view, const Pair *pair) {
  uint32_t at = pair->low.first;
  return galley_figure_has_cue(view, at, FIGURE_CUE_GAME) ||
         galley_figure_has_cue(view, at, FIGURE_CUE_VOTE) ||
         figure_value(token_at(view, pair->high.last + 1), GALLEY_CLASS_CHECK_WORD) ==
             CHECK_WORD_TALLY;
}

static bool tells_change(const GalleyBlockView *view, uint32_t at) {
  enum { REACH = 200 }; // tokens
  uint16_t sentence = view->tokens[at].sentence;
  for (uint32_t i = at; i-- > 0 && at - i < REACH && view->tokens[i].sentence == sentence;) {
    if (figure_value(&view->tokens[i], GALLEY_CLASS_CHANGE)) return true;
  }
  return false;
}

// Time counted backwards: "90 and 60 million years ago", "between 500 and 300 BC".
static bool counts_back(const GalleyBlockView *view, uint32_t at) {
  for (uint32_t i = at; i < at + 4 && i < view->token_count; i++) {
    if (figure_value(&view->tokens[i], GALLEY_CLASS_CHECK_WORD) == CHECK_WORD_BACK ||
        figure_is(&view->tokens[i], GALLEY_CLASS_DATE_SHIFT)) {
      return true;
    }
  }
  return false;
}

// Whether the words in front say that this is a range.
static bool is_range(const GalleyBlockView *view, const Pair *pair) {
  uint32_t first = pair->low.first;
  const GalleyToken *before = token_at(view, first - 1), *earlier = token_at(view, first - 2);
  FigurePart part = figure_part(before);
  bool to = figure_part(token_at(view, pair->low.last + 1)) == FIGURE_PART_TO;
  bool and = figure_part(token_at(view, pair->low.last + 1)) == FIGURE_PART_AND;
  bool measured = is_measured(view, pair);
  if (part == FIGURE_PART_BETWEEN) {
    bool apart = figure_value(earlier, GALLEY_CLASS_CHECK_WORD) == CHECK_WORD_APART;
    return and&&!apart && (measured || plain_value(&pair->high.number) > 24);
  }
  if (part == FIGURE_PART_AGE) return to || pair->dash;
  if (part == FIGURE_PART_FROM) {
    return to && measured && figure_value(earlier, GALLEY_CLASS_CHECK_WORD) == CHECK_WORD_RANGE;
  }
  if (and || !measured || is_tally(view, pair)) return false;
  if (figure_is_dash(before) && figure_is_joined(before)) return false; // part of something longer
  bool time = part == FIGURE_PART_BY &&
              figure_is(token_at(view, pair->high.last + 1), GALLEY_CLASS_DATE_UNIT);
  return time || !tells_change(view, first);
}

static bool is_age(const GalleyBlockView *view, uint32_t at) {
  return figure_part(token_at(view, at - 1)) == FIGURE_PART_AGE;
}

static void exchange(GalleyFindingList *found, const char *bytes, uint32_t start, uint32_t end,
                     uint32_t other, uint32_t other_end) {
  galley_finding_repair(found, "Exchange them");
  galley_finding_edit(found, start, end, "%.*s", (int)(other_end - other), bytes + other);
  galley_finding_edit(found, other, other_end, "%.*s", (int)(end - start), bytes + start);
}

static void report(GalleyCheckBlock *block, uint32_t start, uint32_t end, uint32_t other,
                   uint32_t other_end) {
  const char *bytes = block->view.bytes;
  galley_check_begin(block, GALLEY_CHECK_RANGE_ORDER, GALLEY_OUTCOME_BAD, start, other_end);
  galley_finding_say(block->found, "the range begins at %.*s and ends below, at %.*s",
                     (int)(end - start), bytes + start, (int)(other_end - other), bytes + other);
  galley_finding_relate(block->found, start, end, "begins");
  galley_finding_relate(block->found, other, other_end, "ends");
  exchange(block->found, bytes, start, end, other, other_end);
}

// The digits alone are exchanged, so that a unit that both share stays behind the last.
static void report_pair(GalleyCheckBlock *block, const Pair *pair) {
  const GalleyToken *tokens = block->view.tokens;
  const GalleyFigureAmount *low = &pair->low, *high = &pair->high;
  bool whole = low->measured && high->measured;
  uint32_t low_first = whole ? low->first : low->number.first;
  uint32_t low_last = whole ? low->last : low->number.last;
  uint32_t high_first = whole ? high->first : high->number.first;
  uint32_t high_last = whole ? high->last : high->number.last;
  report(block, tokens[low_first].start, tokens[low_last].end, tokens[high_first].start,
         tokens[high_last].end);
}

// ---- Years ----

// The year that a token of four digits writes; 0 none.
static uint32_t year_of(const GalleyBlockView *view, uint32_t at) {
  const GalleyToken *token = token_at(view, at);
  if (token->kind != GALLEY_TOKEN_NUMBER || figure_length(token) != 4) return 0;
  uint32_t year = 0;
  for (uint32_t i = token->start; i < token->end; i++) {
    if (view->bytes[i] < '0' || view->bytes[i] > '9') return 0;
    year = year * 10 + (uint32_t)(view->bytes[i] - '0');
  }
  return year >= 1000 && year < 2200 ? year : 0;
}

// "from 1934 to 1912", "between 1891 and 1888", "the war of 1856-1854".
static bool check_years(GalleyCheckBlock *block, uint32_t at) {
  const GalleyBlockView *view = &block->view;
  uint32_t first = year_of(view, at), last = year_of(view, at + 2);
  if (!first || first <= last || !last) return false;
  const GalleyToken *before = token_at(view, at - 1), *join = token_at(view, at + 1);
  FigurePart lead = figure_part(before), part = figure_part(join);
  bool dash = figure_is_dash(join) && figure_is_joined(join) &&
              figure_is_joined(token_at(view, at + 2)) &&
              (figure_is_punct(before, '(') || figure_is(before, GALLEY_CLASS_PREPOSITION) ||
               lead == FIGURE_PART_OF || lead == FIGURE_PART_IN || lead == FIGURE_PART_THE);
  bool from = lead == FIGURE_PART_FROM && part == FIGURE_PART_TO;
  bool between = lead == FIGURE_PART_BETWEEN && part == FIGURE_PART_AND;
  bool dates = view->tokens[at].taken & view->tokens[at + 2].taken & (1u << GALLEY_KIND_DATE);
  bool figures = view->tokens[at].taken & (1u << GALLEY_KIND_FIGURE);
  if (!dash && !((from || between) && dates)) return false;
  if (figures || counts_back(view, at + 3) || (from && tells_change(view, at))) return false;
  report(block, view->tokens[at].start, view->tokens[at].end, view->tokens[at + 2].start,
         view->tokens[at + 2].end);
  return true;
}

bool galley_check_range(GalleyCheckBlock *block) {
  const GalleyBlockView *view = &block->view;
  for (uint32_t at = 0; at + 2 < view->token_count; at++) {
    Pair pair;
    const uint8_t figures = (1u << GALLEY_KIND_FIGURE) | (1u << GALLEY_KIND_DATE);
    bool number = view->tokens[at].kind == GALLEY_TOKEN_NUMBER ||
                  figure_is(&view->tokens[at], GALLEY_CLASS_NUMBER_WORD);
    if (!number) continue;
    if (check_years(block, at)) {
      at += 2;
    } else if (((view->tokens[at].taken & figures) || is_age(view, at)) &&
               read_pair(view, at, &pair) && runs_down(view, &pair) && !is_elided(view, &pair) &&
               is_range(view, &pair) && !counts_back(view, pair.high.last + 1)) {
      report_pair(block, &pair);
      at = pair.high.last;
    }
  }
  return !block->found->failed;
}

// ---- Days ----

static bool gap_is(const GalleyDocument *document, uint32_t start, uint32_t end, const char *word) {
  return end - start == strlen(word) &&
         memcmp(document->text.bytes + start, word, end - start) == 0;
}

static bool ends_with(const GalleyDocument *document, uint32_t start, uint32_t end,
                      const char *word) {
  size_t length = strlen(word);
  return end - start >= length && memcmp(document->text.bytes + end - length, word, length) == 0;
}

// A day, of a year that may be unknown: "2026-08-03", "XXXX-08-03".
static bool is_day(const GalleySpan *span) {
  return span->kind == GALLEY_KIND_DATE && span->type == GALLEY_DATE_DATE && !span->hidden &&
         strlen(span->value) == 10 && span->value[8] >= '0' && span->value[8] <= '9';
}

static bool has_year(const GalleyDocument *document, uint32_t start, uint32_t end) {
  uint32_t digits = 0;
  for (uint32_t i = start; i < end; i++) {
    bool digit = document->text.bytes[i] >= '0' && document->text.bytes[i] <= '9';
    digits = digit ? digits + 1 : 0;
    if (digits == 4) return true;
  }
  return false;
}

// "from 11 May to 4 May 2026", "from 9 to 3 August". Over the turn of a year none is said.
static void check_days(GalleyCheckRun *run, const GalleyBlockRecord *block, const GalleySpan *a,
                       const GalleySpan *b) {
  const GalleyDocument *document = run->document;
  uint32_t start = block->start + a->start, end = block->start + a->end;
  uint32_t other = block->start + b->start, other_end = block->start + b->end;
  bool to = gap_is(document, end, other, " to ") || gap_is(document, end, other, " until ");
  bool and = gap_is(document, end, other, " and ");
  bool from = to && ends_with(document, block->start, start, "from ");
  bool between = and&&ends_with(document, block->start, start, "between ");
  if ((!from && !between) || strcmp(b->value, a->value) >= 0) return;
  bool same_month = memcmp(a->value, b->value, 7) == 0; // YYYY-MM
  bool years = has_year(document, start, end) && has_year(document, other, other_end);
  if (!same_month && !years) return;
  galley_check_begin_document(run, GALLEY_CHECK_RANGE_ORDER, GALLEY_OUTCOME_BAD, a->depth > 0,
                              start, other_end);
  galley_finding_say(run->found, "the range begins on %.*s and ends before, on %.*s",
                     (int)(end - start), document->text.bytes + start, (int)(other_end - other),
                     document->text.bytes + other);
  galley_finding_relate(run->found, start, end, "begins");
  galley_finding_relate(run->found, other, other_end, "ends");
  bool whole = has_year(document, start, end) == has_year(document, other, other_end);
  if (whole && a->end - a->start > 2) {
    exchange(run->found, document->text.bytes, start, end, other, other_end);
  }
}

bool galley_check_day_range(GalleyCheckRun *run) {
  for (uint32_t i = 0; i < run->document->block_count; i++) {
    const GalleyBlockRecord *block = &run->document->blocks[i];
    const GalleySpan *last = NULL;
    for (uint32_t j = 0; j < block->spans.count; j++) {
      const GalleySpan *span = &block->spans.items[j];
      if (!is_day(span)) continue;
      if (last && span->start > last->end && span->start - last->end <= 7) {
        check_days(run, block, last, span);
      }
      last = span;
    }
  }
  return !run->found->failed;
}
