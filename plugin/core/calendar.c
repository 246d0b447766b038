#include "calendar.h"

#include <stdio.h>

// Both directions: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (public domain).
// Years start in March, so that the leap day is the last; an era is 400 years or 146097 days.
int32_t galley_days_from_civil(int32_t year, int32_t month, int32_t day) {
  year -= month <= 2;
  int32_t era = (year >= 0 ? year : year - 399) / 400;
  int32_t year_of_era = year - era * 400;
  int32_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

GalleyCivil galley_civil_from_days(int32_t days) {
  days += 719468;
  int32_t era = (days >= 0 ? days : days - 146096) / 146097;
  int32_t day_of_era = days - era * 146097;
  int32_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int32_t month = (5 * day_of_year + 2) / 153;
  GalleyCivil civil = {year_of_era + era * 400, month < 10 ? month + 3 : month - 9,
                       day_of_year - (153 * month + 2) / 5 + 1};
  civil.year += civil.month <= 2;
  return civil;
}

int32_t galley_weekday(int32_t days) {
  int32_t weekday = (days + 3) % 7; // 1970-01-01 was a Thursday
  return weekday < 0 ? weekday + 8 : weekday + 1;
}

int32_t galley_month_length(int32_t year, int32_t month) {
  return galley_days_from_civil(year + month / 12, month % 12 + 1, 1) -
         galley_days_from_civil(year, month, 1);
}

static bool read_digits(const char *text, int count, int32_t *value) {
  *value = 0;
  for (int i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9') return false;
    *value = *value * 10 + (text[i] - '0');
  }
  return true;
}

bool galley_days_parse(const char *text, size_t length, int32_t *days) {
  int32_t year, month, day;
  if (length < 10 || text[4] != '-' || text[7] != '-') return false;
  if (!read_digits(text, 4, &year) || !read_digits(text + 5, 2, &month) ||
      !read_digits(text + 8, 2, &day)) {
    return false;
  }
  if (month < 1 || month > 12 || day < 1 || day > galley_month_length(year, month)) return false;
  *days = galley_days_from_civil(year, month, day);
  return true;
}

void galley_days_format(int32_t days, char out[GALLEY_ISO_SIZE]) {
  GalleyCivil civil = galley_civil_from_days(days);
  // The remainders change nothing: they show the compiler that all of it fits.
  snprintf(out, GALLEY_ISO_SIZE, "%04d-%02u-%02u", (int)(civil.year % 1000000),
           (unsigned)civil.month % 100, (unsigned)civil.day % 100);
}
