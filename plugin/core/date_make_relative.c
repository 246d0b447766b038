// Makers of dates that are seen from another day.
#include "date_make.h"

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
