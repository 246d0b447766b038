// Makers of calendar dates and clock times: from what a rule's parts captured to an expression.
#include "date_rules.h"

#include "calendar.h"
#include "date_context.h"

static bool set_calendar(DateMatch *match, DateUnit unit) {
  GalleyDateExpression *e = &match->expression;
  e->op = DATE_OP_CALENDAR;
  e->unit = (uint8_t)unit;
  match->type = GALLEY_DATE_DATE;
  return true;
}

static bool is_capital(const DateMatch *match, uint32_t at) {
  return match->block->tokens[at].shape & GALLEY_SHAPE_CAPITAL;
}

// The token of the month in the match; match->end when there is none.
static uint32_t month_token(const DateMatch *match) {
  uint32_t at = match->first;
  while (at < match->end && !(match->block->tokens[at].classes & GALLEY_IS(GALLEY_CLASS_MONTH)))
    at++;
  return at;
}

// In lower case "may 5" and "march 5 miles" are no dates; "april 5" and "may 5th" are.
static bool is_written_month(const DateMatch *match) {
  uint32_t at = month_token(match);
  if (at == match->end || is_capital(match, at)) return true;
  uint32_t length = match->block->tokens[at].end - match->block->tokens[at].start;
  bool verb = match->capture.month == 3 || match->capture.month == 5;
  bool ordinal = match->expression.day && !match->capture.figure_only;
  return verb ? ordinal : length > 3;
}

static bool is_day_of_month(int32_t year_known, const GalleyDateExpression *e) {
  int32_t year = year_known ? e->year : 2000; // a leap year
  return e->day >= 1 && e->day <= galley_month_length(year, e->month);
}

// The attacks need no year: "the Sept. 11 attacks".
static bool is_september_attacks(const DateMatch *match) {
  if (match->capture.month != 9 || match->expression.day != 11) return false;
  for (uint32_t i = match->end; i < match->end + 3; i++) {
    if (galley_date_spells(match->block, i, "attacks") ||
        galley_date_spells(match->block, i, "attack") ||
        galley_date_spells(match->block, i, "hijackers")) {
      return true;
    }
  }
  return false;
}

bool galley_date_make_numeric(DateMatch *match) {
  const GalleyBlockView *block = match->block;
  bool digit_before = match->first > 0 && galley_date_tight(block, match->first);
  if (digit_before) {
    const GalleyToken *before = &block->tokens[match->first - 1];
    bool mark = before->kind == GALLEY_TOKEN_PUNCT &&
                (before->symbol == '-' || before->symbol == '/' || before->symbol == '.' ||
                 before->symbol == '_' || before->symbol == '$');
    if (mark || before->kind == GALLEY_TOKEN_WORD) return false;
  }
  if (match->expression.day == 0) return set_calendar(match, DATE_UNIT_MONTH);
  set_calendar(match, DATE_UNIT_DAY);
  if (match->expression.flags & DATE_HAS_TIME) match->type = GALLEY_DATE_TIME;
  return true;
}

bool galley_date_make_day(DateMatch *match) {
  GalleyDateExpression *e = &match->expression;
  e->month = (uint8_t)match->capture.month;
  const GalleyBlockView *block = match->block;
  if (e->month) {
    if (!is_day_of_month(e->flags & DATE_YEAR_KNOWN, e) || !is_written_month(match)) return false;
    // "May 25 percent of": the figure is no day. "the 1 May": "15-20 Sept."
    if (galley_date_spells(block, match->end, "percent") ||
        galley_date_spells(block, match->end, "per") ||
        galley_date_is_mark(block, match->end, '%')) {
      return false;
    }
    // "February 29, 2014" is no day, with or without its year
    DateCapture year = {0};
    uint32_t after = match->end + (galley_date_is_mark(block, match->end, ',') ? 1 : 0);
    if (e->month == 2 && e->day == 29 && !(e->flags & DATE_YEAR_KNOWN) &&
        galley_date_part(block, after, PART_YEAR, &year) &&
        galley_month_length(year.e.year, 2) != 29) {
      return false;
    }
    if (is_september_attacks(match) && !(e->flags & DATE_YEAR_KNOWN)) {
      e->year = 2001;
      e->flags |= DATE_YEAR_KNOWN;
    }
  }
  // "Friday the 13th", but not "Friday the first of its phones"
  if (!e->month && block->tokens[match->end - 2].kind != GALLEY_TOKEN_NUMBER) return false;
  return set_calendar(match, DATE_UNIT_DAY);
}

// "on the 15th": a day of a month that is known from elsewhere.
bool galley_date_make_day_alone(DateMatch *match) {
  const GalleyBlockView *block = match->block;
  bool introduced =
      galley_date_after(block, match->first, DATE_WORD(ON) | DATE_WORD(BY) | DATE_WORD(UNTIL));
  bool figure = block->tokens[match->first + 1].kind == GALLEY_TOKEN_NUMBER;
  if (!introduced || !figure || !galley_date_phrase_ends(block, match->end)) return false;
  if (galley_date_glue(block, match->end) == GLUE_OF) return false;
  return set_calendar(match, DATE_UNIT_DAY);
}

bool galley_date_make_month_year(DateMatch *match) {
  match->expression.month = (uint8_t)match->capture.month;
  return is_written_month(match) && set_calendar(match, DATE_UNIT_MONTH);
}

bool galley_date_make_month(DateMatch *match) {
  match->expression.month = (uint8_t)match->capture.month;
  if (!galley_date_is_month(match->block, match->first)) return false;
  if (galley_date_is_name_like(match->block, match->first)) {
    match->expression.flags |= DATE_NAME_LIKE;
  }
  return set_calendar(match, DATE_UNIT_MONTH);
}

// An abbreviated day is kept for now: galley_date_annotate drops it when nothing joins it.
bool galley_date_make_weekday(DateMatch *match) {
  const GalleyToken *token = &match->block->tokens[match->first];
  bool short_form = token->end - token->start < 6;
  if (!short_form && !galley_date_is_weekday(match->block, match->first)) return false;
  if (short_form) match->weak = true;
  return set_calendar(match, DATE_UNIT_DAY);
}

bool galley_date_make_nth_weekday(DateMatch *match) {
  GalleyDateExpression *e = &match->expression;
  if (match->capture.ordinal > 5) return false;
  e->month = (uint8_t)match->capture.month;
  e->day = (uint8_t)(match->capture.ordinal < 0 ? 5 : match->capture.ordinal);
  e->flags |= DATE_NTH;
  return is_written_month(match) && set_calendar(match, DATE_UNIT_DAY);
}

bool galley_date_make_nth_week(DateMatch *match) {
  GalleyDateExpression *e = &match->expression;
  int32_t unit = match->capture.unit, ordinal = match->capture.ordinal;
  if (match->capture.plural || (unit != DATE_UNIT_WEEK && unit != DATE_UNIT_WEEKEND)) return false;
  if (match->capture.which == 2 || ordinal > 5) return false; // "the past week of"
  e->month = (uint8_t)match->capture.month;
  e->day = (uint8_t)(ordinal > 0 ? ordinal : 5);
  e->flags |= DATE_NTH;
  return is_written_month(match) && set_calendar(match, (DateUnit)unit);
}

bool galley_date_make_year(DateMatch *match) {
  return galley_date_is_year(match->block, match->first, match->end, match->expression.year) &&
         set_calendar(match, DATE_UNIT_YEAR);
}

bool galley_date_make_year_era(DateMatch *match) {
  return set_calendar(match, DATE_UNIT_YEAR);
}

// "the sixties", "the '90s", "1990s"; "in his 80s" is an age.
bool galley_date_make_decade(DateMatch *match) {
  const GalleyBlockView *block = match->block;
  const GalleyToken *first = &block->tokens[match->first];
  bool the = first->classes & GALLEY_IS(GALLEY_CLASS_DATE_LEAD);
  if (!the && !match->capture.clock_sure) {
    int32_t mod;
    uint32_t before = match->first;
    if (galley_date_is_mark(block, before - 1, '-') && before > 1) before--;
    bool modified = before > 0 && galley_date_word(block, before - 1, GALLEY_CLASS_DATE_MOD, &mod);
    // "the 70s and 80s"
    bool pair = match->first > 1 && galley_date_after(block, match->first, DATE_WORD(AND)) &&
                galley_date_glue(block, match->first - 2) == GLUE_S;
    if (!modified && !pair) return false;
  }
  if (match->first > 0 && !the && galley_date_tight(block, match->first) &&
      !galley_date_is_mark(block, match->first - 1, '-') &&
      !galley_date_is_mark(block, match->first - 1, '(') &&
      !galley_date_is_dash(block, match->first - 1)) {
    return false;
  }
  if (galley_date_is_mark(block, match->end, 0xb0)) return false; // "in the 30s°F"
  match->expression.flags |= DATE_YEAR_KNOWN;
  bool century =
      match->capture.clock_sure && match->expression.year % 10 == 0 && match->expression.year < 200;
  if (century) { // "the 1700s" are a century, "the 2000s" a decade
    match->expression.year = (int16_t)(match->expression.year / 10);
    return set_calendar(match, DATE_UNIT_CENTURY);
  }
  return set_calendar(match, DATE_UNIT_DECADE);
}

bool galley_date_make_century(DateMatch *match) {
  GalleyDateExpression *e = &match->expression;
  int32_t ordinal = match->capture.ordinal;
  if (ordinal < 1 || ordinal > 30) return false;
  if (match->capture.unit == DATE_UNIT_CENTURY && ordinal < 3 && match->capture.era == 0 &&
      match->block->tokens[match->first].kind == GALLEY_TOKEN_WORD) {
    return false; // "its second century": hardly the years 100 to 199
  }
  e->year = (int16_t)(match->capture.era == 20 ? -ordinal : ordinal - 1);
  e->flags |= DATE_YEAR_KNOWN;
  return set_calendar(match, (DateUnit)match->capture.unit);
}

bool galley_date_make_quarter(DateMatch *match) {
  GalleyDateExpression *e = &match->expression;
  int32_t ordinal = match->capture.ordinal;
  if (ordinal > 4) return false;
  e->month = (uint8_t)(ordinal < 0 ? 4 : ordinal);
  return set_calendar(match, DATE_UNIT_QUARTER);
}

// "the first half" alone is more often of a match; galley_date_annotate drops it unless a year
// joins.
bool galley_date_make_half(DateMatch *match) {
  int32_t ordinal = match->capture.ordinal;
  if (ordinal < 1 || ordinal > 2) return false;
  match->expression.month = (uint8_t)ordinal;
  if (!(match->expression.flags & DATE_YEAR_KNOWN)) match->weak = true;
  return set_calendar(match, DATE_UNIT_HALF);
}

bool galley_date_make_fiscal(DateMatch *match) {
  if (match->capture.unit && match->capture.unit != DATE_UNIT_YEAR) return false;
  match->expression.flags |= DATE_FISCAL | DATE_YEAR_KNOWN;
  return set_calendar(match, DATE_UNIT_YEAR);
}

bool galley_date_make_season(DateMatch *match) {
  const GalleyBlockView *block = match->block;
  uint32_t at = match->first;
  bool the = !(block->tokens[at].classes & GALLEY_IS(GALLEY_CLASS_SEASON));
  if (the) at++;
  match->expression.month = (uint8_t)match->capture.month;
  if (!(match->expression.flags & DATE_YEAR_KNOWN)) {
    // "late summer", "the end of the winter": a modifier makes it one too
    int32_t mod;
    bool modified = at > 0 && galley_date_word(block, at - 1, GALLEY_CLASS_DATE_MOD, &mod);
    match->weak = !modified && !galley_date_is_season(block, at, the);
  }
  return set_calendar(match, DATE_UNIT_SEASON);
}

bool galley_date_make_holiday(DateMatch *match) {
  GalleyDateExpression *e = &match->expression;
  if (e->flags & DATE_HOLIDAY) e->month = (uint8_t)match->capture.month;
  return set_calendar(match, DATE_UNIT_DAY);
}

// "10:30" alone may be a score, a ratio or a verse.
bool galley_date_make_clock(DateMatch *match) {
  const GalleyBlockView *block = match->block;
  const uint64_t before = DATE_WORD(AT) | DATE_WORD(BY) | DATE_WORD(UNTIL) | DATE_WORD(SINCE) |
                          DATE_WORD(FROM) | DATE_WORD(AROUND) | DATE_WORD(BEFORE) |
                          DATE_WORD(AFTER) | DATE_WORD(BETWEEN);
  if (galley_date_tight(block, match->first) && match->first > 0 &&
      (block->tokens[match->first - 1].kind != GALLEY_TOKEN_PUNCT ||
       galley_date_is_mark(block, match->first - 1, ':') ||
       galley_date_is_mark(block, match->first - 1, '$'))) {
    return false;
  }
  // "08:00" with its zero, "08:00 - 20:00"
  bool zero = block->bytes[block->tokens[match->first].start] == '0';
  bool range = galley_date_is_dash(block, match->end) &&
               galley_date_is_mark(block, match->end + 2, ':') &&
               galley_date_tight(block, match->end + 2);
  bool range_end = match->first > 3 && galley_date_is_dash(block, match->first - 1) &&
                   galley_date_is_mark(block, match->first - 3, ':');
  match->weak = !match->capture.clock_sure && !zero && !range && !range_end &&
                !galley_date_after(block, match->first, before);
  match->expression.op = DATE_OP_CALENDAR;
  match->expression.unit = DATE_UNIT_MINUTE;
  match->type = GALLEY_DATE_TIME;
  return true;
}

// The 2 of "2 to 4 p.m.": in the same half of the day, unless that would be later.
bool galley_date_make_clock_begin(DateMatch *match) {
  GalleyDateExpression *e = &match->expression;
  int32_t hour = galley_date_digits(match->block, match->first);
  if (!match->capture.clock_sure || hour < 0 || hour > 24) return false;
  if (hour < 12 && e->hour >= 12 && hour + 12 <= e->hour) hour += 12;
  e->hour = (uint8_t)hour;
  e->minute = e->second = 0;
  e->flags &= (uint16_t)~DATE_HAS_SECOND;
  e->op = DATE_OP_CALENDAR;
  e->unit = DATE_UNIT_MINUTE;
  match->type = GALLEY_DATE_TIME;
  return true;
}

static bool is_part_alone(const DateMatch *match, bool the) {
  const GalleyBlockView *block = match->block;
  uint32_t at = match->first;
  const uint64_t when = DATE_WORD(AT) | DATE_WORD(BY) | DATE_WORD(UNTIL) | DATE_WORD(BEFORE) |
                        DATE_WORD(AFTER) | DATE_WORD(AROUND) | DATE_WORD(FROM) | DATE_WORD(SINCE) |
                        DATE_WORD(IN) | DATE_WORD(DURING);
  bool starts = block->tokens[at].shape & GALLEY_SHAPE_SENTENCE_START;
  if (is_capital(match, at) && !starts) return false;
  switch (match->expression.part) {
  case DATE_PART_NOON:
  case DATE_PART_MIDNIGHT:
    return !the &&
           (galley_date_after(block, at, when) || galley_date_phrase_ends(block, match->end));
  case DATE_PART_MIDDAY:
  case DATE_PART_DAWN:
  case DATE_PART_DUSK:
    return !the && galley_date_after(block, at, when);
  case DATE_PART_NIGHT:
    if (galley_date_spells(block, at, "overnight")) return true;
    return the && galley_date_after(block, at, DATE_WORD(IN) | DATE_WORD(DURING)) &&
           galley_date_phrase_ends(block, match->end);
  default:
    if (!the)
      return galley_date_after(block, at, DATE_WORD(IN)) ||
             galley_date_spells(block, match->end, "trading");
    return galley_date_after(block, at, DATE_WORD(IN) | DATE_WORD(DURING) | DATE_WORD(BY)) &&
           galley_date_phrase_ends(block, match->end);
  }
}

bool galley_date_make_daypart(DateMatch *match) {
  GalleyDateExpression *e = &match->expression;
  bool the = match->end - match->first > 1;
  if (match->capture.plural) return false;
  match->weak = !is_part_alone(match, the);
  e->op = DATE_OP_CALENDAR;
  e->unit = DATE_UNIT_PART;
  match->type = GALLEY_DATE_TIME;
  return true;
}
