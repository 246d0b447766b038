// Makers of dates that are seen from another day, of lengths of time and of repeated times.
#include "date_rules.h"

#include "date_context.h"

enum { // numbers of the words of DATE_WHICH
  WORD_LAST = 1,
  WORD_PAST,
  WORD_PREVIOUS,
  WORD_NEXT,
  WORD_COMING,
  WORD_FOLLOWING,
  WORD_THIS,
  WORD_CURRENT,
  WORD_SAME,
  WORD_THAT,
  WORD_THESE,
  WORD_THOSE,
  WORD_RECENT,
  WORD_ENTIRE,
  WORD_ALL
};

enum { // numbers of the words of DATE_SHIFT
  SHIFT_AGO = 1,
  SHIFT_EARLIER,
  SHIFT_BEFORE,
  SHIFT_LATER,
  SHIFT_AFTER,
  SHIFT_HENCE
};

enum { // numbers of the words of DATE_REF
  REF_TODAY = 1,
  REF_YESTERDAY,
  REF_TOMORROW,
  REF_TONIGHT,
  REF_NOW,
  REF_RECENTLY,
  REF_SOON,
  REF_CURRENT,
  REF_RECENT
};

static bool set_shift(DateMatch *match, double count, DateUnit unit, uint16_t flags) {
  GalleyDateExpression *e = &match->expression;
  e->op = DATE_OP_SHIFT;
  e->count = count;
  e->unit = (uint8_t)unit;
  e->flags |= flags;
  match->type = GALLEY_DATE_DATE;
  return true;
}

static bool set_same(DateMatch *match, DateUnit unit) {
  match->expression.op = DATE_OP_SAME;
  match->expression.unit = (uint8_t)unit;
  match->expression.flags |= DATE_FROM_MENTION;
  match->type = GALLEY_DATE_DATE;
  return true;
}

// "the year": that of the document unless another was just named; "the day" is the one named last.
static bool set_the(DateMatch *match, DateUnit unit) {
  set_same(match, unit);
  if (unit == DATE_UNIT_DAY) return true;
  match->expression.flags &= (uint16_t)~DATE_FROM_MENTION;
  match->expression.flags |= DATE_IF_NEAR;
  return true;
}

static bool set_reference(DateMatch *match, DateReference reference) {
  match->expression.op = DATE_OP_REFERENCE;
  match->expression.which = (uint8_t)reference;
  match->type = GALLEY_DATE_DATE;
  return true;
}

static bool set_duration(DateMatch *match, DateUnit unit) {
  match->expression.op = DATE_OP_DURATION;
  match->expression.unit = (uint8_t)unit;
  match->type = GALLEY_DATE_DURATION;
  return true;
}

static bool set_set(DateMatch *match, DateUnit unit) {
  match->expression.op = DATE_OP_SET;
  match->expression.unit = (uint8_t)unit;
  match->type = GALLEY_DATE_SET;
  return true;
}

static bool starts_with_the(const DateMatch *match) {
  int32_t lead;
  return galley_date_word(match->block, match->first, GALLEY_CLASS_DATE_LEAD, &lead) && lead == 1;
}

static bool spells(const DateMatch *match, uint32_t at, const char *word) {
  return galley_date_spells(match->block, at, word);
}

// ---- today, now, recently

// "current" and "recent" are dates before a noun: "the recent downturn"; not "the most recent".
static bool is_adjective(const DateMatch *match) {
  const GalleyBlockView *block = match->block;
  bool most = match->first > 0 &&
              (spells(match, match->first - 1, "most") || spells(match, match->first - 1, "more"));
  bool capital = block->tokens[match->first].shape & GALLEY_SHAPE_CAPITAL &&
                 !(block->tokens[match->first].shape & GALLEY_SHAPE_SENTENCE_START);
  return !most && !capital && match->end < block->token_count &&
         block->tokens[match->end].kind == GALLEY_TOKEN_WORD &&
         !(block->tokens[match->end].classes & GALLEY_IS(GALLEY_CLASS_DATE_GLUE));
}

bool galley_date_make_reference(DateMatch *match) {
  const GalleyBlockView *block = match->block;
  const GalleyToken *token = &block->tokens[match->end - 1];
  int32_t reference = match->capture.reference;
  bool alone = match->end - match->first == 1;
  bool proper = token->shape & GALLEY_SHAPE_CAPITAL && alone &&
                !(token->shape & (GALLEY_SHAPE_SENTENCE_START | GALLEY_SHAPE_ALL_CAPS)) &&
                block->kind != GALLEY_BLOCK_HEADING;
  if (proper && match->first > 0 && block->tokens[match->first - 1].shape & GALLEY_SHAPE_CAPITAL) {
    return false; // "USA Today", "Tomorrow Land"
  }
  if (!alone) { // very soon, more recently, right now
    bool fits = reference == REF_SOON || reference == REF_RECENTLY || reference == REF_NOW;
    bool right = spells(match, match->first, "right");
    bool more = spells(match, match->first, "more");
    if (!fits || right != (reference == REF_NOW) || (more && reference != REF_RECENTLY))
      return false;
  }
  switch (reference) {
  case REF_TODAY:
    return set_shift(match, 0, DATE_UNIT_DAY, 0);
  case REF_YESTERDAY:
    return set_shift(match, -1, DATE_UNIT_DAY, 0);
  case REF_TOMORROW:
    return set_shift(match, 1, DATE_UNIT_DAY, 0);
  case REF_TONIGHT:
    set_shift(match, 0, DATE_UNIT_DAY, 0);
    match->expression.part = DATE_PART_NIGHT;
    match->type = GALLEY_DATE_TIME;
    return true;
  case REF_NOW:
    if (galley_date_is_mark(block, match->end, '-') && galley_date_tight(block, match->end))
      return false;
    return set_reference(match, DATE_REFERENCE_PRESENT);
  case REF_RECENTLY:
    if (spells(match, match->end, "as")) return false; // "as recently as 1995"
    return set_reference(match, DATE_REFERENCE_PAST);
  case REF_SOON: // "as soon as", "no sooner"; "soon-to-open"
    if (spells(match, match->end, "as") || spells(match, match->first - 1, "as")) return false;
    if (galley_date_is_mark(block, match->end, '-')) return false;
    // "he soon returned" tells of the past
    if (alone && galley_date_tense(block, match->first, match->end) != DATE_TENSE_FUTURE) {
      return false;
    }
    return set_reference(match, DATE_REFERENCE_FUTURE);
  case REF_CURRENT:
    return is_adjective(match) && set_reference(match, DATE_REFERENCE_PRESENT);
  case REF_RECENT:
    return is_adjective(match) && set_reference(match, DATE_REFERENCE_PAST);
  default:
    return false;
  }
}

bool galley_date_make_past(DateMatch *match) {
  return galley_date_phrase_ends(match->block, match->end) &&
         galley_date_glue(match->block, match->end) != GLUE_OF &&
         set_reference(match, DATE_REFERENCE_PAST);
}

bool galley_date_make_present(DateMatch *match) {
  const GalleyBlockView *block = match->block;
  uint64_t before = DATE_WORD(AT) | DATE_WORD(FOR) | DATE_WORD(UNTIL);
  bool being = spells(match, match->end - 1, "being");
  if (being) before |= DATE_WORD(IN) | DATE_WORD(BY);
  bool present = spells(match, match->end - 1, "present");
  bool the = starts_with_the(match);
  if (present && the) before = DATE_WORD(IN) | DATE_WORD(TO) | DATE_WORD(UNTIL) | DATE_WORD(FOR);
  if (present && !the) before = DATE_WORD(AT);
  return galley_date_after(block, match->first, before) &&
         galley_date_phrase_ends(block, match->end) &&
         galley_date_glue(block, match->end) != GLUE_OF &&
         set_reference(match, DATE_REFERENCE_PRESENT);
}

bool galley_date_make_future(DateMatch *match) {
  bool term = galley_date_glue(match->block, match->end - 1) == GLUE_TERM;
  if (term && galley_date_is_noun(match->block, match->end) &&
      !galley_date_after(match->block, match->first,
                         DATE_WORD(IN) | DATE_WORD(FOR) | DATE_WORD(OVER))) {
    return false;
  }
  return (term || galley_date_phrase_ends(match->block, match->end)) &&
         galley_date_glue(match->block, match->end) != GLUE_OF &&
         set_reference(match, DATE_REFERENCE_FUTURE);
}

// ---- last week, the previous year, this December, last night

static bool is_span_of_days(int32_t unit) {
  return unit >= DATE_UNIT_DAY;
}

static bool make_plural(DateMatch *match) {
  int32_t which = match->capture.which;
  DateUnit unit = (DateUnit)match->capture.unit;
  bool days = unit == DATE_UNIT_DAY || unit == DATE_UNIT_YEAR;
  switch (which) {
  case WORD_THESE:
    return unit == DATE_UNIT_DAY && set_reference(match, DATE_REFERENCE_PRESENT);
  case WORD_THOSE:
    return days && set_reference(match, DATE_REFERENCE_PAST);
  case WORD_RECENT:
    return is_span_of_days((int32_t)unit) && set_reference(match, DATE_REFERENCE_PAST);
  case WORD_THIS: // "this years theme": an apostrophe is missing
    return unit == DATE_UNIT_YEAR && set_shift(match, 0, unit, 0);
  case WORD_PAST:
  case WORD_PREVIOUS:
  case WORD_NEXT:
  case WORD_COMING:
  case WORD_FOLLOWING:
    match->expression.flags |= DATE_VAGUE;
    return set_duration(match, unit);
  default:
    return false;
  }
}

bool galley_date_make_which_unit(DateMatch *match) {
  const GalleyBlockView *block = match->block;
  DateUnit unit = (DateUnit)match->capture.unit;
  bool the = starts_with_the(match);
  bool hyphen = galley_date_is_mark(block, match->end, '-') && galley_date_tight(block, match->end);
  if (hyphen || spells(match, match->end, "old")) return false;
  if (spells(match, match->first, "fiscal")) return false;
  if (match->capture.plural) return make_plural(match);
  match->expression.count = 1;
  if (spells(match, match->end - 2, "fiscal") || spells(match, match->end - 2, "financial")) {
    match->expression.flags |= DATE_FISCAL;
  }
  bool fine = !is_span_of_days((int32_t)unit);
  if (fine && (unit != DATE_UNIT_HOUR || match->capture.which > WORD_PAST)) return false;
  switch (match->capture.which) {
  case WORD_LAST:
    if (unit == DATE_UNIT_DAY) return false; // of something
    if (fine) return the && set_duration(match, unit);
    return set_shift(match, -1, unit, 0);
  case WORD_PAST:
    return (the || galley_date_after(block, match->first, DATE_WORD(IN))) &&
           set_duration(match, unit);
  case WORD_PREVIOUS:
    return set_shift(match, -1, unit, DATE_FROM_MENTION);
  case WORD_NEXT:
    return set_shift(match, 1, unit, unit == DATE_UNIT_DAY || the ? DATE_FROM_MENTION : 0);
  case WORD_COMING:
    return set_shift(match, 1, unit, 0);
  case WORD_FOLLOWING:
    return set_shift(match, 1, unit, DATE_FROM_MENTION);
  case WORD_THIS:
  case WORD_CURRENT:
    if (unit == DATE_UNIT_DAY && galley_date_after(block, match->first, DATE_WORD(TO)))
      return false;
    return set_shift(match, 0, unit, 0);
  case WORD_SAME:
  case WORD_THAT:
    return set_same(match, unit);
  case WORD_ALL: // "all week"
    return unit <= DATE_UNIT_YEAR && set_duration(match, unit);
  case WORD_ENTIRE:
    return the && set_the(match, unit);
  default:
    return false;
  }
}

// "this past week": the week before the document date's.
bool galley_date_make_past_unit(DateMatch *match) {
  DateUnit unit = (DateUnit)match->capture.unit;
  bool fits = spells(match, match->first, "this") && is_span_of_days((int32_t)unit) &&
              !match->capture.plural;
  return fits && set_shift(match, unit == DATE_UNIT_WEEKEND ? 0 : -1, unit, 0);
}

static bool set_which(DateMatch *match) {
  GalleyDateExpression *e = &match->expression;
  // "this past Friday" has two such words; the last one read is "past"
  switch (match->capture.which) {
  case WORD_LAST:
  case WORD_PAST:
    e->which = DATE_WHICH_LAST;
    return true;
  case WORD_PREVIOUS:
    e->which = DATE_WHICH_LAST;
    e->flags |= DATE_FROM_MENTION;
    return true;
  case WORD_NEXT:
  case WORD_COMING:
    e->which = DATE_WHICH_NEXT;
    return true;
  case WORD_FOLLOWING:
    e->which = DATE_WHICH_NEXT;
    e->flags |= DATE_FROM_MENTION;
    return true;
  case WORD_THIS:
  case WORD_CURRENT:
    e->which = DATE_WHICH_THIS;
    return true;
  case WORD_SAME:
  case WORD_THAT:
    e->which = DATE_WHICH_THIS;
    e->flags |= DATE_FROM_MENTION;
    return true;
  default:
    return false;
  }
}

bool galley_date_make_which_day(DateMatch *match) {
  GalleyDateExpression *e = &match->expression;
  const GalleyToken *last = &match->block->tokens[match->end - 1];
  // "this May be", "that March": a name of a month in lower case is none
  if (last->classes & GALLEY_IS(GALLEY_CLASS_MONTH) && !(last->shape & GALLEY_SHAPE_CAPITAL) &&
      (match->capture.month == 3 || match->capture.month == 5)) {
    return false;
  }
  bool season = last->classes & GALLEY_IS(GALLEY_CLASS_SEASON);
  if (season && match->capture.which >= WORD_THAT) return false; // "that spring from"
  if (season && spells(match, match->end, "of")) return false;
  if (match->capture.which == WORD_THAT && !(e->weekday || match->capture.month)) return false;
  if (match->capture.which == WORD_THAT) return false; // "said that Friday's vote"
  e->op = DATE_OP_CALENDAR;
  e->month = (uint8_t)match->capture.month;
  bool day = e->weekday || e->day || e->flags & DATE_HOLIDAY;
  e->unit = season ? DATE_UNIT_SEASON : day ? DATE_UNIT_DAY : DATE_UNIT_MONTH;
  match->type = GALLEY_DATE_DATE;
  return set_which(match);
}

bool galley_date_make_which_part(DateMatch *match) {
  GalleyDateExpression *e = &match->expression;
  if (match->capture.plural || e->part > DATE_PART_NIGHT) return false;
  double days;
  uint16_t flags = DATE_FROM_MENTION;
  switch (match->capture.which) {
  case WORD_LAST:
    days = -1, flags = 0;
    break;
  case WORD_THIS:
    days = 0, flags = 0;
    break;
  case WORD_PREVIOUS:
    days = -1;
    break;
  case WORD_NEXT:
  case WORD_FOLLOWING:
    days = 1;
    break;
  case WORD_SAME:
  case WORD_THAT:
    days = 0;
    break;
  default:
    return false;
  }
  set_shift(match, days, DATE_UNIT_DAY, flags);
  match->type = GALLEY_DATE_TIME;
  return true;
}

// ---- the same period, the day, the day before

// Stands only with what it is compared with: "the same period last year"; see date_join.c.
bool galley_date_make_same_period(DateMatch *match) {
  match->weak = true;
  return set_same(match, DATE_UNIT_NONE);
}

bool galley_date_make_that_time(DateMatch *match) {
  if (spells(match, match->first, "this")) {
    return galley_date_after(match->block, match->first, DATE_WORD(AT)) &&
           galley_date_phrase_ends(match->block, match->end) &&
           set_reference(match, DATE_REFERENCE_PRESENT);
  }
  const uint64_t before =
      DATE_WORD(AT) | DATE_WORD(BY) | DATE_WORD(SINCE) | DATE_WORD(BEFORE) | DATE_WORD(UNTIL);
  return match->capture.which == WORD_THAT &&
         galley_date_after(match->block, match->first, before) && set_same(match, DATE_UNIT_DAY);
}

// "the end of the year", "the first half of the year", "the rest of the year"; "the story of the
// year" and "player of the year" name no time.
static bool is_part_of(const DateMatch *match) {
  const GalleyBlockView *block = match->block;
  if (!galley_date_after(block, match->first, DATE_WORD(OF))) return true;
  const uint64_t parts = GALLEY_IS(GALLEY_CLASS_DATE_MOD) | GALLEY_IS(GALLEY_CLASS_DATE_UNIT) |
                         GALLEY_IS(GALLEY_CLASS_SEASON) | GALLEY_IS(GALLEY_CLASS_DATE_LEAD) |
                         GALLEY_IS(GALLEY_CLASS_ORDINAL_WORD) | GALLEY_IS(GALLEY_CLASS_DAYPART) |
                         GALLEY_IS(GALLEY_CLASS_DATE_QUANT);
  return match->first > 1 && block->tokens[match->first - 2].classes & parts;
}

bool galley_date_make_the_unit(DateMatch *match) {
  const GalleyBlockView *block = match->block;
  if (!is_part_of(match)) return false;
  DateUnit unit = (DateUnit)match->capture.unit;
  if (match->capture.plural || !is_span_of_days((int32_t)unit)) return false;
  bool fiscal = match->end - match->first == 3;
  if (fiscal) match->expression.flags |= DATE_FISCAL;
  DateGlue next = galley_date_glue(block, match->end);
  bool fits = galley_date_phrase_ends(block, match->end) && next != GLUE_OF;
  if (!fits || spells(match, match->end, "when") || spells(match, match->end, "that")) return false;
  if (unit == DATE_UNIT_CENTURY || unit == DATE_UNIT_MILLENNIUM || unit == DATE_UNIT_DECADE) {
    match->weak = !galley_date_after(block, match->first, DATE_WORD(OF));
  }
  if (unit == DATE_UNIT_WEEKEND) return set_shift(match, 0, unit, 0);
  if (unit == DATE_UNIT_QUARTER &&
      !galley_date_after(block, match->first,
                         DATE_WORD(IN) | DATE_WORD(FOR) | DATE_WORD(DURING) | DATE_WORD(OF)))
    return false;
  return set_the(match, unit);
}

static bool shift_from_word(DateMatch *match, double count, DateUnit unit) {
  if (unit == DATE_UNIT_DECADE) count *= 10, unit = DATE_UNIT_YEAR; // of a decade ago: that year
  if (unit == DATE_UNIT_CENTURY) count *= 100, unit = DATE_UNIT_YEAR;
  if (unit == DATE_UNIT_MILLENNIUM) count *= 1000, unit = DATE_UNIT_YEAR;
  switch (match->capture.shift) {
  case SHIFT_AGO:
    return set_shift(match, -count, unit, 0);
  case SHIFT_EARLIER:
  case SHIFT_BEFORE:
    return set_shift(match, -count, unit, DATE_FROM_MENTION | DATE_LOOSE);
  case SHIFT_LATER:
  case SHIFT_AFTER:
    return set_shift(match, count, unit, DATE_FROM_MENTION);
  case SHIFT_HENCE:
    return set_shift(match, count, unit, 0);
  default:
    return false;
  }
}

// "two days before" at the end of a phrase; "two days before the vote" is a length and a
// preposition.
static bool is_adverb(const DateMatch *match) {
  const GalleyBlockView *block = match->block;
  if (match->capture.shift != SHIFT_BEFORE && match->capture.shift != SHIFT_AFTER) return true;
  if (match->end >= block->token_count) return true;
  const GalleyToken *next = &block->tokens[match->end];
  if (next->kind == GALLEY_TOKEN_PUNCT) return next->symbol != '-';
  if (next->kind != GALLEY_TOKEN_WORD) return next->kind == GALLEY_TOKEN_QUOTE_CLOSE;
  if (next->classes & GALLEY_IS(GALLEY_CLASS_TENSE)) return match->capture.shift == SHIFT_BEFORE;
  DateGlue glue = galley_date_glue(block, match->end);
  return glue == GLUE_AND || glue == GLUE_IN || glue == GLUE_ON || glue == GLUE_AT ||
         glue == GLUE_TO || glue == GLUE_BY;
}

static bool make_vague_shift(DateMatch *match) {
  bool past = match->capture.shift <= SHIFT_BEFORE;
  return set_reference(match, past ? DATE_REFERENCE_PAST : DATE_REFERENCE_FUTURE);
}

bool galley_date_make_shift(DateMatch *match) {
  GalleyDateExpression *e = &match->expression;
  DateUnit unit = (DateUnit)match->capture.unit;
  const GalleyToken *first = &match->block->tokens[match->first];
  bool uncounted = first->classes & GALLEY_IS(GALLEY_CLASS_DATE_UNIT) && e->count == 0;
  if (uncounted && !match->capture.plural) return false; // "year later"
  if (spells(match, match->end - 1, "previous") || !is_adverb(match)) return false;
  if (uncounted || e->flags & DATE_VAGUE) return make_vague_shift(match);
  return shift_from_word(match, e->count, unit);
}

bool galley_date_make_unit_shift(DateMatch *match) {
  DateUnit unit = (DateUnit)match->capture.unit;
  if (match->capture.plural || !is_span_of_days((int32_t)unit)) return false;
  if (match->capture.shift == SHIFT_AGO || match->capture.shift == SHIFT_HENCE) return false;
  if (match->capture.shift == SHIFT_LATER || !is_adverb(match)) return false;
  return shift_from_word(match, 1, unit);
}

// "the day after tomorrow", "the day before yesterday".
bool galley_date_make_day_beyond(DateMatch *match) {
  if (match->capture.unit != DATE_UNIT_DAY || match->capture.plural) return false;
  int32_t shift = match->capture.shift, reference = match->capture.reference;
  if (shift == SHIFT_AFTER && reference == REF_TOMORROW)
    return set_shift(match, 2, DATE_UNIT_DAY, 0);
  if (shift != SHIFT_BEFORE || reference != REF_YESTERDAY) return false;
  return set_shift(match, -2, DATE_UNIT_DAY, 0);
}

// "the week before last", "the year after next".
bool galley_date_make_unit_beyond(DateMatch *match) {
  DateUnit unit = (DateUnit)match->capture.unit;
  int32_t shift = match->capture.shift, which = match->capture.which;
  if (match->capture.plural || !is_span_of_days((int32_t)unit)) return false;
  if (!galley_date_phrase_ends(match->block, match->end)) return false;
  if (shift == SHIFT_AFTER && which == WORD_NEXT) return set_shift(match, 2, unit, 0);
  return shift == SHIFT_BEFORE && which == WORD_LAST && set_shift(match, -2, unit, 0);
}

// "year-ago", "the year-earlier quarter": the same period one unit before.
bool galley_date_make_ago_unit(DateMatch *match) {
  int32_t unit;
  uint32_t at = match->first;
  if (starts_with_the(match)) at++;
  if (!galley_date_word(match->block, at, GALLEY_CLASS_DATE_UNIT, &unit)) return false;
  if (unit < DATE_UNIT_WEEK || unit > DATE_UNIT_DECADE) return false;
  if (match->capture.shift > SHIFT_BEFORE) return false;
  int32_t last;
  bool quarter = galley_date_word(match->block, match->end - 1, GALLEY_CLASS_DATE_UNIT, &last) &&
                 last == DATE_UNIT_QUARTER && unit == DATE_UNIT_YEAR;
  if (quarter) {
    set_same(match, DATE_UNIT_QUARTER);
    match->expression.year = -1;
    match->expression.flags |= DATE_YEAR_RELATIVE | DATE_LOOSE;
    return true;
  }
  return set_shift(match, -1, (DateUnit)unit, DATE_FROM_MENTION | DATE_LOOSE);
}

bool galley_date_make_from_now(DateMatch *match) {
  if (match->capture.reference != REF_NOW && match->capture.reference != REF_TODAY) return false;
  if (match->expression.flags & DATE_VAGUE) return set_reference(match, DATE_REFERENCE_FUTURE);
  return set_shift(match, match->expression.count, (DateUnit)match->capture.unit, 0);
}

bool galley_date_make_unit_end(DateMatch *match) {
  DateUnit unit = (DateUnit)match->capture.unit;
  if (match->capture.plural || unit < DATE_UNIT_WEEK || unit > DATE_UNIT_DECADE) return false;
  bool of = galley_date_glue(match->block, match->end - 2) == GLUE_OF; // "by end of year"
  if (!spells(match, of ? match->first : match->end - 1, "end")) return false;
  match->expression.mod = DATE_MOD_END;
  return set_shift(match, 0, unit, 0);
}

// ---- lengths

// "a second" is an ordinal, "a quarter" a fraction; an age is a figure.
static bool is_length(const DateMatch *match) {
  const GalleyBlockView *block = match->block;
  DateUnit unit = (DateUnit)match->capture.unit;
  bool plural = match->capture.plural, fine = unit == DATE_UNIT_SECOND || unit == DATE_UNIT_QUARTER;
  if (fine && !plural && !match->capture.hyphen) return false;
  if (match->capture.article && plural) return false;
  uint32_t next = match->end;
  // "three-quarters of a point" is a fraction too
  if (unit == DATE_UNIT_QUARTER && galley_date_glue(block, next) == GLUE_OF) return false;
  bool hyphen = galley_date_is_mark(block, next, '-') && galley_date_tight(block, next);
  if (hyphen) next++;
  if (spells(match, next, "old") || spells(match, next, "olds")) return false;
  if (galley_date_glue(block, next) == GLUE_OF && spells(match, next + 1, "age")) return false;
  return !spells(match, next, "olds");
}

// A price or a share before the unit is no count of it: "$5 a day" is handled as "a day".
static bool is_counted(const DateMatch *match) {
  const GalleyBlockView *block = match->block;
  if (match->first == 0) return true;
  const GalleyToken *before = &block->tokens[match->first - 1];
  bool number = block->tokens[match->first].kind == GALLEY_TOKEN_NUMBER;
  if (!number || before->kind != GALLEY_TOKEN_PUNCT) return true;
  bool spaced = !galley_date_tight(block, match->first);
  return spaced || !(before->symbol == '$' || before->symbol == 0xa3 || before->symbol == 0x20ac ||
                     before->symbol == '/' || before->symbol == ':' || before->symbol == '.');
}

// "the 2008 model year", "2018 day": a year, not a number of days.
static bool is_year_number(const DateMatch *match) {
  double count = match->expression.count;
  return !match->capture.plural && count >= 1800 && count < 2100;
}

// "15 a year", "$5 a day": how often.
static bool is_rate(const DateMatch *match) {
  const uint64_t amounts = GALLEY_IS(GALLEY_CLASS_NUMBER_WORD) | GALLEY_IS(GALLEY_CLASS_SCALE) |
                           GALLEY_IS(GALLEY_CLASS_CURRENCY);
  if (!match->capture.article || match->first == 0) return false;
  const GalleyToken *before = &match->block->tokens[match->first - 1];
  return before->kind == GALLEY_TOKEN_NUMBER || before->classes & amounts ||
         (before->kind == GALLEY_TOKEN_PUNCT && before->symbol == '%');
}

// "one day in June", "One day, he left": no length.
static bool is_some_day(const DateMatch *match) {
  const GalleyBlockView *block = match->block;
  const uint64_t before = DATE_WORD(IN) | DATE_WORD(FOR) | DATE_WORD(WITHIN) | DATE_WORD(AFTER) |
                          DATE_WORD(OF) | DATE_WORD(BY) | DATE_WORD(THAN);
  if (!spells(match, match->first, "one") || match->capture.unit != DATE_UNIT_DAY) return false;
  if (match->end - match->first != 2 || galley_date_after(block, match->first, before))
    return false;
  DateGlue next = galley_date_glue(block, match->end);
  return next != GLUE_AFTER && next != GLUE_BEFORE;
}

bool galley_date_make_duration(DateMatch *match) {
  bool hyphen = galley_date_is_mark(match->block, match->end, '-') &&
                galley_date_tight(match->block, match->end);
  if (hyphen && match->capture.article) return false; // "a year-long inquiry"
  const GalleyToken *unit = &match->block->tokens[match->capture.unit_at];
  bool title = unit->shape & GALLEY_SHAPE_CAPITAL && !(unit->shape & GALLEY_SHAPE_ALL_CAPS);
  if (title && match->block->kind != GALLEY_BLOCK_HEADING) return false; // "Seven Days"
  if (!is_length(match) || !is_counted(match) || is_year_number(match)) return false;
  if (starts_with_the(match) && match->capture.article) return false;
  if (starts_with_the(match) && !match->capture.plural) return false; // "the one day"
  if (is_some_day(match)) return false;
  bool speed = match->capture.article && match->first > 0 &&
               match->block->tokens[match->first - 1].classes & GALLEY_IS(GALLEY_CLASS_UNIT);
  if (speed) return false; // "miles an hour"
  if (is_rate(match)) return set_set(match, (DateUnit)match->capture.unit);
  return set_duration(match, (DateUnit)match->capture.unit);
}

bool galley_date_make_compound(DateMatch *match) {
  DateUnit unit = (DateUnit)match->capture.unit;
  if (match->expression.count == 0) { // "decades-long", "year-long"
    match->expression.count = 1;
    if (match->capture.plural) match->expression.flags |= DATE_VAGUE;
  }
  bool article =
      galley_date_glue(match->block, match->first) == GLUE_NONE && match->capture.article;
  if (article || !is_length(match) || !is_counted(match)) return false;
  if (unit == DATE_UNIT_WEEKEND && match->capture.plural) return false;
  return set_duration(match, unit);
}

// "take decades", "spent years": verbs that measure.
static bool is_measuring(const DateMatch *match, uint32_t at) {
  static const char *const verbs[] = {"take",  "takes", "took",  "taken",    "taking", "last",
                                      "lasts", "spend", "spent", "spending", "wait",   "be"};
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
    if (spells(match, at, verbs[i])) return true;
  }
  return false;
}

bool galley_date_make_plain_units(DateMatch *match) {
  const GalleyBlockView *block = match->block;
  DateUnit unit = (DateUnit)match->capture.unit;
  const uint64_t lasting = DATE_WORD(FOR) | DATE_WORD(IN) | DATE_WORD(WITHIN) | DATE_WORD(AFTER);
  const uint64_t loose = lasting | DATE_WORD(OVER) | DATE_WORD(THROUGHOUT) | DATE_WORD(BEFORE) |
                         DATE_WORD(OF) | DATE_WORD(BY) | DATE_WORD(BETWEEN) | DATE_WORD(OR) |
                         DATE_WORD(AND) | DATE_WORD(TO);
  if (!match->capture.plural || !is_length(match)) return false;
  if (unit == DATE_UNIT_QUARTER || unit == DATE_UNIT_WEEKEND) return false;
  int32_t word;
  uint32_t at = match->first;
  const GalleyToken *token = &block->tokens[at];
  bool starts = token->shape & GALLEY_SHAPE_SENTENCE_START;
  if (token->shape & GALLEY_SHAPE_CAPITAL && (!starts || block->token_count < 5)) return false;
  // "in just minutes", "over the years"
  bool just = at > 0 && galley_date_word(block, at - 1, GALLEY_CLASS_APPROX, &word) && word == 5;
  bool the = at > 0 && galley_date_word(block, at - 1, GALLEY_CLASS_DATE_LEAD, &word) && word == 1;
  if (just || the) at--;
  if (the && !galley_date_after(block, at, DATE_WORD(OVER) | DATE_WORD(THROUGHOUT))) return false;
  bool introduced = galley_date_after(block, at, unit < DATE_UNIT_DAY ? lasting : loose);
  bool opens = starts || (at > 0 && block->tokens[at - 1].kind == GALLEY_TOKEN_QUOTE_OPEN);
  bool measured = at > 0 && is_measuring(match, at - 1);
  if (!introduced && !measured && !(opens && unit > DATE_UNIT_DAY)) return false;
  match->expression.flags |= DATE_VAGUE;
  return set_duration(match, unit);
}

bool galley_date_make_which_count(DateMatch *match) {
  int32_t which = match->capture.which, ordinal = match->capture.ordinal;
  if (!is_length(match) || match->capture.article) return false;
  if (ordinal > 1 || which > WORD_FOLLOWING) return false;
  return set_duration(match, (DateUnit)match->capture.unit);
}

// ---- again and again

bool galley_date_make_set(DateMatch *match) {
  const GalleyToken *token = &match->block->tokens[match->first];
  int32_t set = match->capture.set;
  if (set > 64) {
    match->expression.count = 1;
    return set_duration(match, (DateUnit)(set - 64));
  }
  if (set > 32) {
    match->expression.weekday = (uint8_t)(set - 32);
    return set_set(match, DATE_UNIT_DAY);
  }
  // "Daily Mail", "the Weekly Standard"
  bool starts =
      token->shape & GALLEY_SHAPE_SENTENCE_START || match->block->kind == GALLEY_BLOCK_HEADING;
  bool name_next = match->end < match->block->token_count &&
                   match->block->tokens[match->end].shape & GALLEY_SHAPE_CAPITAL;
  if (token->shape & GALLEY_SHAPE_CAPITAL && (!starts || name_next)) return false;
  match->expression.count = 1;
  return set_set(match, (DateUnit)set);
}

bool galley_date_make_every(DateMatch *match) {
  DateUnit unit = (DateUnit)match->capture.unit;
  bool often =
      unit < DATE_UNIT_MINUTE || (unit == DATE_UNIT_MINUTE && match->expression.count == 0);
  if (often || match->capture.article) return false;
  bool other = galley_date_glue(match->block, match->first + 1) == GLUE_OTHER;
  if (match->expression.count == 0) match->expression.count = other ? 2 : 1;
  if (match->capture.plural && match->expression.count == 1) return false;
  return set_set(match, unit);
}

bool galley_date_make_every_day(DateMatch *match) {
  GalleyDateExpression *e = &match->expression;
  bool every = match->block->tokens[match->first].classes & GALLEY_IS(GALLEY_CLASS_DATE_WHICH);
  if (!every && !match->capture.plural) return false; // "Friday night" is joined elsewhere
  e->month = (uint8_t)match->capture.month;
  const GalleyToken *last = &match->block->tokens[match->end - 1];
  bool season = last->classes & GALLEY_IS(GALLEY_CLASS_SEASON);
  return set_set(match, e->part      ? DATE_UNIT_PART
                        : e->weekday ? DATE_UNIT_DAY
                        : season     ? DATE_UNIT_SEASON
                                     : DATE_UNIT_MONTH);
}

bool galley_date_make_often(DateMatch *match) {
  DateUnit unit = (DateUnit)match->capture.unit;
  bool every = match->capture.which >= 20;
  bool counted = every && spells(match, match->first, "once");
  if (!counted || match->expression.count == 0) match->expression.count = 1;
  if (unit < DATE_UNIT_MINUTE) return false;
  return set_set(match, unit);
}
