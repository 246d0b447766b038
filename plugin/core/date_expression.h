// What a date says before it is anchored: the meaning of the fields of GalleyDateExpression.
#ifndef GALLEY_DATE_EXPRESSION_H
#define GALLEY_DATE_EXPRESSION_H

#include "span.h"

typedef enum { // GalleyDateExpression.op
  DATE_OP_NONE,
  DATE_OP_CALENDAR, // a day, month, year ... with what was said of it; the rest comes from an
                    // anchor
  DATE_OP_SHIFT,    // `count` units from an anchor
  DATE_OP_SAME,     // the last date mentioned, as a `unit`
  DATE_OP_DURATION, // `count` units
  DATE_OP_SET,      // again and again: each `unit`, weekday, month or part of the day
  DATE_OP_REFERENCE // past, present or future; `which` is a DateReference
} DateOp;

typedef enum { // GalleyDateExpression.unit, finest first
  DATE_UNIT_NONE,
  DATE_UNIT_SECOND,
  DATE_UNIT_MINUTE,
  DATE_UNIT_HOUR,
  DATE_UNIT_PART, // of the day
  DATE_UNIT_DAY,
  DATE_UNIT_WEEKEND,
  DATE_UNIT_WEEK,
  DATE_UNIT_FORTNIGHT,
  DATE_UNIT_MONTH,
  DATE_UNIT_SEASON,
  DATE_UNIT_QUARTER,
  DATE_UNIT_HALF,
  DATE_UNIT_YEAR,
  DATE_UNIT_DECADE,
  DATE_UNIT_CENTURY,
  DATE_UNIT_MILLENNIUM,
  DATE_UNIT_COUNT
} DateUnit;

typedef enum { // GalleyDateExpression.part
  DATE_PART_NONE,
  DATE_PART_MORNING,
  DATE_PART_AFTERNOON,
  DATE_PART_EVENING,
  DATE_PART_NIGHT,
  DATE_PART_NOON,
  DATE_PART_MIDNIGHT,
  DATE_PART_MIDDAY,
  DATE_PART_DAWN,
  DATE_PART_DUSK,
} DateDaypart;

typedef enum { // GalleyDateExpression.which of DATE_OP_CALENDAR: which of the many Fridays or Mays
  DATE_WHICH_ANY, // tense decides
  DATE_WHICH_LAST,
  DATE_WHICH_THIS,
  DATE_WHICH_NEXT,
} DateWhich;

typedef enum { // GalleyDateExpression.which of DATE_OP_REFERENCE
  DATE_REFERENCE_PRESENT,
  DATE_REFERENCE_PAST,
  DATE_REFERENCE_FUTURE,
} DateReference;

typedef enum { // GalleyDateExpression.tense: of the nearest verbs
  DATE_TENSE_NONE,
  DATE_TENSE_PAST,
  DATE_TENSE_FUTURE,
} DateTense;

typedef enum { // GalleyDateExpression.mod: the part of the interval that is meant
  DATE_MOD_NONE,
  DATE_MOD_START,
  DATE_MOD_MIDDLE,
  DATE_MOD_END,
} DateMod;

enum {                         // GalleyDateExpression.flags
  DATE_YEAR_KNOWN = 1 << 0,    // `year` is absolute
  DATE_YEAR_RELATIVE = 1 << 1, // `year` counts from the anchor's year
  DATE_FROM_MENTION = 1 << 2,  // the anchor is the last date mentioned
  DATE_VAGUE = 1 << 3,         // `count` is not known: several days
  DATE_FISCAL = 1 << 4,        // a fiscal year
  DATE_HOLIDAY = 1 << 5,       // `month` is a row of date_holiday.c
  DATE_UTC = 1 << 6,           // the time is in UTC
  DATE_ORDER_UNKNOWN = 1 << 7, // `month` and `day` in the order written: 7/8/2007
  DATE_NTH = 1 << 8,           // `day` counts the weekdays or weeks of the month; 5 the last
  DATE_HAS_TIME = 1 << 9,      // hour and minute are set
  DATE_HAS_SECOND = 1 << 10,
  DATE_BORROWED = 1 << 11, // a part stands in the neighbour span: May 5-[8]
  DATE_LOOSE = 1 << 12,    // grain of the anchor if it is finer: a year earlier
  DATE_NEAR = 1 << 13,     // another date stands before it in the sentence
  DATE_IF_NEAR = 1 << 14,  // the last date mentioned is the anchor if it is near
  DATE_NAME_LIKE = 1 << 15 // a month that can be a person's name here
};

#endif
