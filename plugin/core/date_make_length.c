// Makers of lengths of time and of repeated times.
#include "date_make.h"

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
  return galley_date_glue(block, next) != GLUE_OF || !spells(match, next + 1, "age");
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
  if (match->capture.article || !is_length(match) || !is_counted(match)) return false;
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
