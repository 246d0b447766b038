// Periods of the calendar, and TIMEX3 values as text.
#ifndef GALLEY_DATE_VALUE_H
#define GALLEY_DATE_VALUE_H

#include "date_expression.h"

// A day, month, year ... of the calendar.
typedef struct {
  int32_t first, last; // days since 1970-01-01, last inclusive
  uint8_t unit;        // DateUnit
  uint8_t index;       // season, quarter or half of the year, from 1
  int32_t year;        // of the unit; of a decade or century its number: 199, 19; negative BC
} DatePeriod;

// The period of `unit` that holds `day`.
DatePeriod galley_date_period_at(DateUnit unit, int32_t day);

// The period of `unit` with this number in a year (month, quarter, half, season), or of a decade or
// century with this number in `year`.
DatePeriod galley_date_period_of(DateUnit unit, int32_t year, int32_t index);

// The period `count` units later.
DatePeriod galley_date_period_shift(const DatePeriod *period, int32_t count);

// Narrows first and last day of the period to its start, middle or end.
void galley_date_period_narrow(DatePeriod *period, DateMod mod);

// TIMEX3 value of a period; `e` gives the time of day, the part of it, and flags.
void galley_date_write_period(const DatePeriod *period, const GalleyDateExpression *e,
                              char out[GALLEY_VALUE_SIZE]);

// TIMEX3 values of what needs no anchor, and of what lacks one ("XXXX-12").
void galley_date_write_duration(const GalleyDateExpression *e, char out[GALLEY_VALUE_SIZE]);
void galley_date_write_set(const GalleyDateExpression *e, char out[GALLEY_VALUE_SIZE]);
void galley_date_write_reference(const GalleyDateExpression *e, char out[GALLEY_VALUE_SIZE]);
// 7/8/2007 when the order of day and month is not known.
void galley_date_write_unordered(const GalleyDateExpression *e, char out[GALLEY_VALUE_SIZE]);
void galley_date_write_open(const GalleyDateExpression *e, char out[GALLEY_VALUE_SIZE]);

#endif
