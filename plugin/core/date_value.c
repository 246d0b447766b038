#include "date_value.h"

#include <math.h>
#include <stdio.h>

#include "calendar.h"

static int32_t floor_divide(int32_t a, int32_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static int32_t month_start(int32_t year, int32_t month) { // any month number
  int32_t years = floor_divide(month - 1, 12);
  return galley_days_from_civil(year + years, month - years * 12, 1);
}

static DatePeriod months(DateUnit unit, int32_t year, int32_t index, int32_t month, int32_t count) {
  DatePeriod period = {.unit = (uint8_t)unit, .index = (uint8_t)index, .year = year};
  period.first = month_start(year, month);
  period.last = month_start(year, month + count) - 1;
  return period;
}

DatePeriod galley_date_period_of(DateUnit unit, int32_t year, int32_t index) {
  switch (unit) {
  case DATE_UNIT_MONTH:
    return months(unit, year, index, index, 1);
  case DATE_UNIT_SEASON: // winter begins in December
    return months(unit, year, index, index * 3, 3);
  case DATE_UNIT_QUARTER:
    return months(unit, year, index, index * 3 - 2, 3);
  case DATE_UNIT_HALF:
    return months(unit, year, index, index * 6 - 5, 6);
  case DATE_UNIT_DECADE: {
    DatePeriod period = months(unit, year * 10, 0, 1, 120);
    period.year = year;
    return period;
  }
  case DATE_UNIT_CENTURY:
  case DATE_UNIT_MILLENNIUM: {
    int32_t size = unit == DATE_UNIT_CENTURY ? 100 : 1000;
    DatePeriod period = months(unit, year * size, 0, 1, size * 12);
    period.year = year;
    return period;
  }
  default:
    return months(DATE_UNIT_YEAR, year, 0, 1, 12);
  }
}

static DatePeriod days(DateUnit unit, int32_t first, int32_t count) {
  GalleyCivil civil = galley_civil_from_days(first);
  return (DatePeriod){
      .first = first, .last = first + count - 1, .unit = (uint8_t)unit, .year = civil.year};
}

DatePeriod galley_date_period_at(DateUnit unit, int32_t day) {
  GalleyCivil civil = galley_civil_from_days(day);
  int32_t monday = day - galley_weekday(day) + 1;
  switch (unit) {
  case DATE_UNIT_WEEK:
  case DATE_UNIT_FORTNIGHT:
    return days(DATE_UNIT_WEEK, monday, 7);
  case DATE_UNIT_WEEKEND:
    return days(unit, monday + 5, 2);
  case DATE_UNIT_MONTH:
    return galley_date_period_of(unit, civil.year, civil.month);
  case DATE_UNIT_SEASON: {
    int32_t index = floor_divide(civil.month, 3);
    return galley_date_period_of(unit, index ? civil.year : civil.year - 1, index ? index : 4);
  }
  case DATE_UNIT_QUARTER:
    return galley_date_period_of(unit, civil.year, (civil.month + 2) / 3);
  case DATE_UNIT_HALF:
    return galley_date_period_of(unit, civil.year, (civil.month + 5) / 6);
  case DATE_UNIT_YEAR:
    return galley_date_period_of(unit, civil.year, 0);
  case DATE_UNIT_DECADE:
    return galley_date_period_of(unit, floor_divide(civil.year, 10), 0);
  case DATE_UNIT_CENTURY:
    return galley_date_period_of(unit, floor_divide(civil.year, 100), 0);
  case DATE_UNIT_MILLENNIUM:
    return galley_date_period_of(unit, floor_divide(civil.year, 1000), 0);
  default:
    return days(DATE_UNIT_DAY, day, 1);
  }
}

static DatePeriod shift_in_year(const DatePeriod *period, int32_t count, int32_t per_year) {
  int32_t index = period->index - 1 + count, years = floor_divide(index, per_year);
  return galley_date_period_of((DateUnit)period->unit, period->year + years,
                               index - years * per_year + 1);
}

DatePeriod galley_date_period_shift(const DatePeriod *period, int32_t count) {
  switch ((DateUnit)period->unit) {
  case DATE_UNIT_MONTH:
    return shift_in_year(period, count, 12);
  case DATE_UNIT_SEASON:
  case DATE_UNIT_QUARTER:
    return shift_in_year(period, count, 4);
  case DATE_UNIT_HALF:
    return shift_in_year(period, count, 2);
  case DATE_UNIT_YEAR:
  case DATE_UNIT_DECADE:
  case DATE_UNIT_CENTURY:
  case DATE_UNIT_MILLENNIUM:
    return galley_date_period_of((DateUnit)period->unit, period->year + count, 0);
  case DATE_UNIT_WEEK:
  case DATE_UNIT_WEEKEND:
    return galley_date_period_at((DateUnit)period->unit, period->first + 7 * count);
  default:
    return days(DATE_UNIT_DAY, period->first + count, 1);
  }
}

void galley_date_period_narrow(DatePeriod *period, DateMod mod) {
  bool in_months = period->unit >= DATE_UNIT_SEASON && mod != DATE_MOD_NONE;
  GalleyCivil first = galley_civil_from_days(period->first);
  GalleyCivil end = galley_civil_from_days(period->last + 1);
  int32_t count = 12 * (end.year - first.year) + end.month - first.month;
  if (in_months && count % 3 == 0) { // whole months, as a year's end is the last four
    int32_t before = mod == DATE_MOD_START ? 0 : mod == DATE_MOD_MIDDLE ? count / 3 : count * 2 / 3;
    period->first = month_start(first.year, first.month + before);
    period->last = month_start(first.year, first.month + before + count / 3) - 1;
    return;
  }
  int32_t third = (period->last - period->first + 1) / 3;
  if (third < 1 || mod == DATE_MOD_NONE) return;
  if (mod != DATE_MOD_END) period->last = period->last - (mod == DATE_MOD_START ? 2 : 1) * third;
  if (mod != DATE_MOD_START) period->first += (mod == DATE_MOD_END ? 2 : 1) * third;
}

// ---- values

static const char *const season_codes[] = {"XX", "SP", "SU", "FA", "WI"};
static const char *const part_codes[] = {"",       "TMO",    "TAF", "TEV", "TNI",
                                         "T12:00", "T24:00", "TMI", "TMO", "TEV"};
static const char *const unit_codes[DATE_UNIT_COUNT] = {
    [DATE_UNIT_SECOND] = "S",  [DATE_UNIT_MINUTE] = "M",   [DATE_UNIT_HOUR] = "H",
    [DATE_UNIT_DAY] = "D",     [DATE_UNIT_WEEKEND] = "WE", [DATE_UNIT_WEEK] = "W",
    [DATE_UNIT_MONTH] = "M",   [DATE_UNIT_QUARTER] = "Q",  [DATE_UNIT_YEAR] = "Y",
    [DATE_UNIT_DECADE] = "DE", [DATE_UNIT_CENTURY] = "CE", [DATE_UNIT_MILLENNIUM] = "ML",
};

typedef struct {
  char *out;
  int length;
} Writer;

#define WRITE(writer, ...)                                                                         \
  do {                                                                                             \
    int room = GALLEY_VALUE_SIZE - (writer)->length;                                               \
    int written =                                                                                  \
        room > 0 ? snprintf((writer)->out + (writer)->length, (size_t)room, __VA_ARGS__) : 0;      \
    (writer)->length += written > 0 ? written : 0;                                                 \
  } while (0)

static void write_time(Writer *writer, const GalleyDateExpression *e) {
  if (e->flags & DATE_HAS_TIME) {
    WRITE(writer, "T%02d:%02d", e->hour, e->minute);
    if (e->flags & DATE_HAS_SECOND) WRITE(writer, ":%02d", e->second);
    if (e->flags & DATE_UTC) WRITE(writer, "Z");
  } else if (e->part < sizeof part_codes / sizeof *part_codes) {
    WRITE(writer, "%s", part_codes[e->part]);
  }
}

static void write_year(Writer *writer, int32_t year, bool fiscal) {
  if (year <= 0) { // 0 is 1 BC
    WRITE(writer, "BC%04d", (int)(1 - year));
  } else {
    WRITE(writer, "%s%04d", fiscal ? "FY" : "", (int)year);
  }
}

// ISO 8601: the week belongs to the year of its Thursday.
static void write_week(Writer *writer, int32_t monday) {
  GalleyCivil thursday = galley_civil_from_days(monday + 3);
  int32_t first = galley_days_from_civil(thursday.year, 1, 1);
  WRITE(writer, "%04d-W%02d", (int)thursday.year, (int)((monday + 3 - first) / 7 + 1));
}

void galley_date_write_period(const DatePeriod *period, const GalleyDateExpression *e,
                              char out[GALLEY_VALUE_SIZE]) {
  Writer writer = {out, 0};
  out[0] = '\0';
  bool fiscal = e->flags & DATE_FISCAL;
  switch ((DateUnit)period->unit) {
  case DATE_UNIT_WEEK:
    write_week(&writer, period->first);
    break;
  case DATE_UNIT_WEEKEND:
    write_week(&writer, period->first - 5);
    WRITE(&writer, "-WE");
    break;
  case DATE_UNIT_MONTH:
    write_year(&writer, period->year, false);
    WRITE(&writer, "-%02d", period->index);
    break;
  case DATE_UNIT_SEASON:
    write_year(&writer, period->year, false);
    WRITE(&writer, "-%s", season_codes[period->index % 5]);
    break;
  case DATE_UNIT_QUARTER:
    write_year(&writer, period->year, fiscal);
    WRITE(&writer, "-Q%d", period->index);
    break;
  case DATE_UNIT_HALF:
    write_year(&writer, period->year, fiscal);
    WRITE(&writer, "-H%d", period->index);
    break;
  case DATE_UNIT_YEAR:
    write_year(&writer, period->year, fiscal);
    break;
  case DATE_UNIT_DECADE:
    WRITE(&writer, "%03d", (int)period->year);
    break;
  case DATE_UNIT_CENTURY:
    if (period->year < 0) WRITE(&writer, "BC%02d", (int)(-period->year - 1));
    if (period->year >= 0) WRITE(&writer, "%02d", (int)period->year);
    break;
  case DATE_UNIT_MILLENNIUM:
    WRITE(&writer, "%d", (int)period->year);
    break;
  default: {
    GalleyCivil civil = galley_civil_from_days(period->first);
    write_year(&writer, civil.year, false);
    WRITE(&writer, "-%02d-%02d", (int)civil.month, (int)civil.day);
    write_time(&writer, e);
  }
  }
}

// The count without zeros at its end: 2, 2.5.
static void write_count(Writer *writer, double count) {
  if (count == floor(count)) {
    WRITE(writer, "%.0f", count);
  } else {
    WRITE(writer, "%.6g", count);
  }
}

void galley_date_write_duration(const GalleyDateExpression *e, char out[GALLEY_VALUE_SIZE]) {
  Writer writer = {out, 0};
  out[0] = '\0';
  DateUnit unit = (DateUnit)e->unit;
  double count = e->count;
  bool vague = e->flags & DATE_VAGUE;
  bool decades =
      unit == DATE_UNIT_DECADE || unit == DATE_UNIT_CENTURY || unit == DATE_UNIT_MILLENNIUM;
  if (decades && !vague) {
    count *= unit == DATE_UNIT_DECADE ? 10 : unit == DATE_UNIT_CENTURY ? 100 : 1000;
    unit = DATE_UNIT_YEAR;
  }
  if (unit == DATE_UNIT_FORTNIGHT) {
    count *= 2;
    unit = DATE_UNIT_WEEK;
  }
  // Halves of an hour, a day and a year are said in the next unit.
  if (count == 0.5 && !vague) {
    if (unit == DATE_UNIT_HOUR) count = 30, unit = DATE_UNIT_MINUTE;
    if (unit == DATE_UNIT_MINUTE && count < 1) count = 30, unit = DATE_UNIT_SECOND;
    if (unit == DATE_UNIT_YEAR) count = 6, unit = DATE_UNIT_MONTH;
    if (unit == DATE_UNIT_DAY) count = 12, unit = DATE_UNIT_HOUR;
  }
  WRITE(&writer, unit <= DATE_UNIT_HOUR ? "PT" : "P");
  if (vague) {
    WRITE(&writer, "X");
  } else {
    write_count(&writer, count);
  }
  WRITE(&writer, "%s", unit_codes[unit] ? unit_codes[unit] : "D");
}

void galley_date_write_set(const GalleyDateExpression *e, char out[GALLEY_VALUE_SIZE]) {
  Writer writer = {out, 0};
  out[0] = '\0';
  if (e->weekday) {
    WRITE(&writer, "XXXX-WXX-%d%s", e->weekday, part_codes[e->part % 10]);
  } else if (e->part) {
    WRITE(&writer, "XXXX-XX-XX%s", part_codes[e->part % 10]);
  } else if (e->unit == DATE_UNIT_SEASON) {
    WRITE(&writer, "XXXX-%s", season_codes[e->month % 5]);
  } else if (e->month) {
    WRITE(&writer, "XXXX-%02d", e->month);
  } else {
    galley_date_write_duration(e, out);
  }
}

void galley_date_write_reference(const GalleyDateExpression *e, char out[GALLEY_VALUE_SIZE]) {
  static const char *const names[] = {"PRESENT_REF", "PAST_REF", "FUTURE_REF"};
  Writer writer = {out, 0};
  WRITE(&writer, "%s", names[e->which % 3]);
}

void galley_date_write_unordered(const GalleyDateExpression *e, char out[GALLEY_VALUE_SIZE]) {
  Writer writer = {out, 0};
  write_year(&writer, e->year, false);
  WRITE(&writer, "-XX-XX");
}

static void write_open_calendar(Writer *writer, const GalleyDateExpression *e) {
  switch ((DateUnit)e->unit) {
  case DATE_UNIT_MONTH:
    WRITE(writer, "XXXX-%02d", e->month);
    break;
  case DATE_UNIT_SEASON:
    WRITE(writer, "XXXX-%s", season_codes[e->month % 5]);
    break;
  case DATE_UNIT_QUARTER:
    WRITE(writer, "XXXX-Q%d", e->month);
    break;
  case DATE_UNIT_HALF:
    WRITE(writer, "XXXX-H%d", e->month);
    break;
  case DATE_UNIT_WEEK:
    WRITE(writer, "XXXX-%02d-WXX", e->month);
    break;
  default:
    if (e->flags & (DATE_HOLIDAY | DATE_NTH)) {
      WRITE(writer, "XXXX-XX-XX");
    } else if (e->month) {
      WRITE(writer, "XXXX-%02d-%02d", e->month, e->day);
    } else if (e->weekday && !e->day) {
      WRITE(writer, "XXXX-WXX-%d", e->weekday);
    } else {
      WRITE(writer, e->day ? "XXXX-XX-%02d" : "XXXX-XX-XX", e->day);
    }
    write_time(writer, e);
  }
}

void galley_date_write_open(const GalleyDateExpression *e, char out[GALLEY_VALUE_SIZE]) {
  Writer writer = {out, 0};
  out[0] = '\0';
  if (e->op == DATE_OP_CALENDAR) {
    write_open_calendar(&writer, e);
    return;
  }
  switch ((DateUnit)e->unit) {
  case DATE_UNIT_WEEK:
  case DATE_UNIT_FORTNIGHT:
    if (e->weekday) {
      WRITE(&writer, "XXXX-WXX-%d", e->weekday);
    } else {
      WRITE(&writer, "XXXX-WXX");
    }
    break;
  case DATE_UNIT_WEEKEND:
    WRITE(&writer, "XXXX-WXX-WE");
    break;
  case DATE_UNIT_MONTH:
    WRITE(&writer, "XXXX-XX");
    break;
  case DATE_UNIT_QUARTER:
    WRITE(&writer, "XXXX-QX");
    break;
  case DATE_UNIT_YEAR:
    WRITE(&writer, "XXXX");
    break;
  case DATE_UNIT_DECADE:
    WRITE(&writer, "XXX");
    break;
  case DATE_UNIT_CENTURY:
    WRITE(&writer, "XX");
    break;
  default:
    WRITE(&writer, "XXXX-XX-XX");
    write_time(&writer, e);
  }
}
