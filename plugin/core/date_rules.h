// The rules of dates: patterns of parts, and the makers that turn what was read into an expression.
#ifndef GALLEY_DATE_RULES_H
#define GALLEY_DATE_RULES_H

#include "date_parts.h"

typedef struct DateMatch {
  const GalleyBlockView *block;
  uint32_t first, end; // tokens [first, end)
  uint16_t row;        // of the rule table
  uint8_t type;        // GalleyDateType
  bool weak;           // a date only together with another part or modifier
  DateCapture capture;
  GalleyDateExpression expression;
} DateMatch;

// Turns what the parts of a rule captured into `expression` and `type`. False when the words around
// speak against a date.
typedef bool DateMaker(DateMatch *match);

enum { DATE_PARTS_MAX = 9 };

typedef struct {
  DateMaker *make;
  uint8_t parts[DATE_PARTS_MAX]; // DatePartKind, up to the first PART_END
} DateRule;

// The longest match of a rule, put together with what belongs to it: modifiers before it ("the end
// of", "nearly"), parts beside it ("Friday" "morning", "the third quarter" "of last year").
bool galley_date_match_joined(const GalleyBlockView *block, uint32_t at, DateMatch *match);

// Takes in the parts after `match` that belong to it.
void galley_date_join(DateMatch *match);

// The longest match of a rule at token `at`; of equal ones the first in the table.
bool galley_date_match(const GalleyBlockView *block, uint32_t at, DateMatch *match);

DateMaker galley_date_make_numeric, galley_date_make_day, galley_date_make_day_alone,
    galley_date_make_month_year, galley_date_make_month, galley_date_make_weekday,
    galley_date_make_nth_weekday, galley_date_make_year, galley_date_make_year_era,
    galley_date_make_decade, galley_date_make_century, galley_date_make_quarter,
    galley_date_make_half, galley_date_make_fiscal, galley_date_make_season,
    galley_date_make_holiday, galley_date_make_clock, galley_date_make_clock_begin,
    galley_date_make_daypart, galley_date_make_reference, galley_date_make_which_unit,
    galley_date_make_past_unit, galley_date_make_which_count, galley_date_make_which_day,
    galley_date_make_which_part, galley_date_make_same_period, galley_date_make_that_time,
    galley_date_make_the_unit, galley_date_make_shift, galley_date_make_unit_shift,
    galley_date_make_ago_unit, galley_date_make_from_now, galley_date_make_duration,
    galley_date_make_plain_units, galley_date_make_compound, galley_date_make_set,
    galley_date_make_every, galley_date_make_every_day, galley_date_make_often,
    galley_date_make_unit_end, galley_date_make_past, galley_date_make_present,
    galley_date_make_future, galley_date_make_nth_week, galley_date_make_day_beyond,
    galley_date_make_unit_beyond;

#endif
