#include "calendar.h"

#include <string.h>

#include "test.h"

static void known_days(Test *test) {
  CHECK_INT(test, galley_days_from_civil(1970, 1, 1), 0);
  CHECK_INT(test, galley_days_from_civil(2000, 3, 1), 11017);
  CHECK_INT(test, galley_days_from_civil(1969, 12, 31), -1);
  CHECK_INT(test, galley_weekday(galley_days_from_civil(2018, 5, 25)), 5);
  CHECK_INT(test, galley_weekday(galley_days_from_civil(1900, 1, 1)), 1);
}

static void every_day_goes_there_and_back(Test *test) {
  int32_t start = galley_days_from_civil(-400, 1, 1), end = galley_days_from_civil(2500, 1, 1);
  int32_t weekday = galley_weekday(start - 1);
  for (int32_t day = start; day < end; day++) {
    GalleyCivil civil = galley_civil_from_days(day);
    weekday = weekday % 7 + 1;
    bool right = CHECK_INT(test, galley_days_from_civil(civil.year, civil.month, civil.day), day) &&
                 CHECK(test, civil.month >= 1 && civil.month <= 12) &&
                 CHECK(test, civil.day >= 1) &&
                 CHECK(test, civil.day <= galley_month_length(civil.year, civil.month)) &&
                 CHECK_INT(test, galley_weekday(day), weekday);
    if (!right) return;
  }
}

static void leap_years(Test *test) {
  CHECK_INT(test, galley_month_length(2016, 2), 29);
  CHECK_INT(test, galley_month_length(2017, 2), 28);
  CHECK_INT(test, galley_month_length(1900, 2), 28);
  CHECK_INT(test, galley_month_length(2000, 2), 29);
  CHECK_INT(test, galley_month_length(2018, 12), 31);
}

static void only_dates_of_the_calendar_are_read(Test *test) {
  static const char *const wrong[] = {"2017-02-29", "2018-13-01", "2018-00-10", "2018-04-31",
                                      "2018-1-01",  "2018/01/01", "18-01-01",   "abcd-ef-gh"};
  int32_t days;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    CHECK(test, !galley_days_parse(wrong[i], strlen(wrong[i]), &days));
  }
  CHECK(test, galley_days_parse("2018-05-25T10:30", 16, &days));
  char iso[GALLEY_ISO_SIZE];
  galley_days_format(days, iso);
  CHECK_TEXT(test, iso, strlen(iso), "2018-05-25");
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"calendar: known days", known_days},
      {"calendar: every day goes there and back", every_day_goes_there_and_back},
      {"calendar: leap years", leap_years},
      {"calendar: only dates of the calendar are read", only_dates_of_the_calendar_are_read},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
