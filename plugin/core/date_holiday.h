// Named days.
#ifndef GALLEY_DATE_HOLIDAY_H
#define GALLEY_DATE_HOLIDAY_H

#include <stdbool.h>
#include <stdint.h>

// The day on which holiday `row` (GalleyDateExpression.month) is in a year, since 1970-01-01. False
// when there is no such holiday.
bool galley_date_holiday_day(uint8_t row, int32_t year, int32_t *day);

#endif
