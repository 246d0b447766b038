// Days and civil dates of the proleptic Gregorian calendar.
#ifndef GALLEY_CALENDAR_H
#define GALLEY_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  int32_t year;       // astronomical: 0 is 1 BC
  int32_t month, day; // from 1
} GalleyCivil;

// Days from 1970-01-01 to a civil date, negative before it. The date need not exist in the
// calendar: day 0 is the day before the first, day 32 of January is February 1.
int32_t galley_days_from_civil(int32_t year, int32_t month, int32_t day);
GalleyCivil galley_civil_from_days(int32_t days);

// 1 Monday to 7 Sunday.
int32_t galley_weekday(int32_t days);
int32_t galley_month_length(int32_t year, int32_t month);

// Reads "YYYY-MM-DD" at `text`, which must hold a date of the calendar. Reads at most `length`
// bytes; what follows the ten is not looked at.
bool galley_days_parse(const char *text, size_t length, int32_t *days);

#define GALLEY_ISO_SIZE 16 // bytes that galley_days_format needs, NUL included

// Writes "YYYY-MM-DD".
void galley_days_format(int32_t days, char out[GALLEY_ISO_SIZE]);

#endif
