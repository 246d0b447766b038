// Gives every date of a document its value: anchored in the document date or in the last date
// mentioned. A pure function of what the blocks say and of the document date.
#include "document.h"

#include <math.h>
#include <string.h>

#include "calendar.h"
#include "date_anchor.h"
#include "date_holiday.h"
#include "date_value.h"

typedef struct {
  int32_t anchor;      // the document date, GALLEY_DAY_NONE when there is none
  uint8_t order;       // GalleyDateOrder
  DatePeriod last;     // the last date mentioned
  DatePeriod last_day; // the last day mentioned
  bool any, any_day;
  DatePeriod stated; // the last day or month of the block with its year; unit 0: none
} Resolver;

typedef struct {
  DatePeriod period;
  uint8_t confidence, anchor;
} Resolved;

static GalleyCivil civil_of(int32_t day) {
  return galley_civil_from_days(day);
}

// The day that an expression counts from, and where it comes from. False when there is none.
static bool base_day(const Resolver *self, const GalleyDateExpression *e, int32_t *day,
                     uint8_t *anchor) {
  bool near = e->flags & DATE_NEAR;
  bool time = e->op == DATE_OP_CALENDAR && e->unit <= DATE_UNIT_PART;
  bool mention = e->flags & DATE_FROM_MENTION || (near && (e->flags & DATE_IF_NEAR || time));
  if (mention && (time ? self->any_day : self->any)) {
    bool days = e->unit <= DATE_UNIT_DAY && self->any_day;
    *day = days ? self->last_day.first : self->last.first;
    *anchor = GALLEY_ANCHOR_MENTION;
    return true;
  }
  *day = self->anchor;
  *anchor = GALLEY_ANCHOR_DOCUMENT;
  return self->anchor != GALLEY_DAY_NONE;
}

// ---- calendar dates

// First day of the nth week of a month: its Monday; the fifth is the last whole week.
static int32_t nth_week(int32_t year, int32_t month, int32_t nth) {
  int32_t first = galley_days_from_civil(year, month, 1);
  int32_t last = first + galley_month_length(year, month) - 1;
  if (nth == 5) return last - galley_weekday(last) % 7 - 6;
  int32_t day = first + 7 * (nth - 1);
  return day - galley_weekday(day) + 1;
}

static int32_t nth_weekday(int32_t year, int32_t month, int32_t weekday, int32_t nth) {
  int32_t first = galley_days_from_civil(year, month, 1);
  int32_t day = first + (weekday - galley_weekday(first) + 7) % 7 + 7 * (nth - 1);
  return day - first >= galley_month_length(year, month) ? day - 7 : day;
}

// The period that the expression names in a year.
static DatePeriod in_year(const GalleyDateExpression *e, int32_t year) {
  int32_t day;
  switch ((DateUnit)e->unit) {
  case DATE_UNIT_WEEK:
  case DATE_UNIT_WEEKEND:
    return galley_date_period_at((DateUnit)e->unit, nth_week(year, e->month, e->day));
  case DATE_UNIT_DAY:
    if (e->flags & DATE_HOLIDAY) {
      if (!galley_date_holiday_day(e->month, year, &day)) day = galley_days_from_civil(year, 1, 1);
    } else if (e->flags & DATE_NTH) {
      day = nth_weekday(year, e->month, e->weekday, e->day);
    } else {
      int32_t length = galley_month_length(year, e->month);
      day = galley_days_from_civil(year, e->month, e->day < length ? e->day : length);
    }
    return galley_date_period_at(DATE_UNIT_DAY, day);
  default:
    return galley_date_period_of((DateUnit)e->unit, year, e->month);
  }
}

static int32_t distance(const DatePeriod *period, int32_t day) {
  if (period->first > day) return period->first - day;
  return period->last < day ? day - period->last : 0;
}

typedef enum { SEEK_NEAREST, SEEK_BEFORE, SEEK_UP_TO, SEEK_FROM, SEEK_AFTER } Seek;

static Seek seek_of(const GalleyDateExpression *e) {
  static const Seek by_which[] = {SEEK_NEAREST, SEEK_BEFORE, SEEK_NEAREST, SEEK_AFTER};
  static const Seek by_tense[] = {SEEK_NEAREST, SEEK_UP_TO, SEEK_FROM};
  return e->which == DATE_WHICH_ANY ? by_tense[e->tense % 3] : by_which[e->which % 4];
}

static bool fits(Seek seek, const DatePeriod *period, int32_t day) {
  switch (seek) {
  case SEEK_BEFORE:
    return period->last < day;
  case SEEK_UP_TO:
    return period->first <= day;
  case SEEK_FROM:
    return period->last >= day;
  case SEEK_AFTER:
    return period->first > day;
  default:
    return true;
  }
}

// The candidate that fits best around `day`; of the years about its own.
static DatePeriod seek_year(const GalleyDateExpression *e, int32_t day) {
  Seek seek = seek_of(e);
  int32_t year = civil_of(day).year;
  bool weekday = e->weekday && e->unit == DATE_UNIT_DAY && !(e->flags & DATE_NTH);
  bool leap = e->unit == DATE_UNIT_DAY && e->month == 2 && e->day == 29;
  DatePeriod best = in_year(e, year);
  int64_t best_cost = INT64_MAX;
  for (int32_t y = year - 5; y <= year + 5; y++) {
    if (!weekday && !leap && (y < year - 1 || y > year + 1)) continue;
    DatePeriod period = in_year(e, y);
    int64_t cost = distance(&period, day);
    // A direction that is said outweighs years; one that only the tense tells, most of a year: a
    // day of last week is meant by "the show is to run from January 23".
    if (!fits(seek, &period, day)) cost += e->which == DATE_WHICH_ANY ? 300 : 4000;
    if (weekday && galley_weekday(period.first) != e->weekday) cost += 8000;
    if (leap && galley_month_length(y, 2) != 29) cost += 16000;
    if (cost >= best_cost) continue;
    best = period;
    best_cost = cost;
  }
  return best;
}

static DatePeriod seek_weekday(const GalleyDateExpression *e, int32_t day) {
  int32_t back = (galley_weekday(day) - e->weekday + 7) % 7, ahead = (7 - back) % 7;
  int32_t found;
  switch (e->which) {
  case DATE_WHICH_LAST:
    found = day - (back ? back : 7);
    break;
  case DATE_WHICH_NEXT:
    found = day + (ahead ? ahead : 7);
    break;
  case DATE_WHICH_THIS:
    found = e->tense == DATE_TENSE_PAST ? day - back : day + ahead;
    break;
  default:
    found = e->tense == DATE_TENSE_FUTURE ? day + ahead : day - back;
  }
  return galley_date_period_at(DATE_UNIT_DAY, found);
}

// "the 15th": of this month or one beside it.
static DatePeriod seek_day(const GalleyDateExpression *e, int32_t day) {
  GalleyCivil civil = civil_of(day);
  GalleyDateExpression whole = *e;
  Seek seek = seek_of(e);
  DatePeriod best = {0};
  int32_t best_cost = INT32_MAX;
  int32_t reach = e->weekday ? 14 : 1; // a Friday the 13th comes within 14 months
  for (int32_t i = -reach; i <= reach; i++) {
    int32_t months = civil.year * 12 + civil.month - 1 + i;
    whole.month = (uint8_t)(months % 12 + 1);
    DatePeriod period = in_year(&whole, months / 12);
    int32_t cost = distance(&period, day) + (fits(seek, &period, day) ? 0 : 100);
    if (e->weekday && galley_weekday(period.first) != e->weekday) cost += 4000;
    if (cost >= best_cost) continue;
    best = period;
    best_cost = cost;
  }
  return best;
}

static bool is_open_day(const GalleyDateExpression *e) {
  return e->unit <= DATE_UNIT_DAY && e->month == 0 && !(e->flags & DATE_HOLIDAY);
}

// The order of day and month: as set, else the one that fits the weekday written beside them.
static GalleyDateOrder order_of(const Resolver *self, const GalleyDateExpression *e) {
  if (self->order != GALLEY_DATE_ORDER_UNKNOWN || !e->weekday) return (GalleyDateOrder)self->order;
  bool mdy = galley_weekday(galley_days_from_civil(e->year, e->month, e->day)) == e->weekday;
  bool dmy = galley_weekday(galley_days_from_civil(e->year, e->day, e->month)) == e->weekday;
  if (mdy == dmy) return GALLEY_DATE_ORDER_UNKNOWN;
  return mdy ? GALLEY_DATE_ORDER_MDY : GALLEY_DATE_ORDER_DMY;
}

static DatePeriod unordered(const Resolver *self, const GalleyDateExpression *e) {
  GalleyDateExpression day = *e;
  if (order_of(self, e) == GALLEY_DATE_ORDER_DMY) {
    day.month = e->day;
    day.day = e->month;
  }
  return in_year(&day, e->year);
}

// A paragraph that tells of another year goes on in it: "On May 5, 2010, ... On June 8, ...".
static bool is_narrated(const Resolver *self, const GalleyDateExpression *e) {
  bool open = e->which == DATE_WHICH_ANY && e->tense != DATE_TENSE_FUTURE && e->month &&
              !(e->flags & DATE_FROM_MENTION) &&
              (e->unit == DATE_UNIT_DAY || e->unit == DATE_UNIT_MONTH);
  bool stated =
      self->stated.unit != 0 && (self->anchor == GALLEY_DAY_NONE ||
                                 civil_of(self->stated.first).year != civil_of(self->anchor).year);
  return open && stated;
}

static bool resolve_calendar(const Resolver *self, const GalleyDateExpression *e, Resolved *out) {
  if (e->flags & DATE_YEAR_KNOWN) {
    out->confidence = e->flags & DATE_BORROWED ? GALLEY_DATE_DERIVED : GALLEY_DATE_STATED;
    out->period = e->flags & DATE_ORDER_UNKNOWN ? unordered(self, e) : in_year(e, e->year);
    return true;
  }
  if (is_narrated(self, e)) {
    out->period = in_year(e, civil_of(self->stated.first).year);
    out->anchor = GALLEY_ANCHOR_MENTION;
    out->confidence = GALLEY_DATE_GUESSED;
    return true;
  }
  int32_t day;
  if (!base_day(self, e, &day, &out->anchor)) return false;
  out->confidence = GALLEY_DATE_DERIVED;
  if (e->flags & DATE_YEAR_RELATIVE) {
    out->period = in_year(e, civil_of(day).year + e->year);
    return true;
  }
  bool open = e->which == DATE_WHICH_ANY && e->tense == DATE_TENSE_NONE;
  if (!is_open_day(e)) {
    out->period = seek_year(e, day);
  } else if (e->day) {
    out->period = seek_day(e, day);
  } else if (e->weekday) {
    out->period = seek_weekday(e, day);
  } else { // a time of the day
    out->period = galley_date_period_at(DATE_UNIT_DAY, day);
    open = false;
  }
  if (open) out->confidence = GALLEY_DATE_GUESSED;
  return true;
}

// ---- dates seen from another

static DatePeriod shift_days(int32_t day, double days) {
  return galley_date_period_at(DATE_UNIT_DAY, day + (int32_t)floor(days));
}

static DatePeriod shift_whole(DateUnit unit, int32_t day, double count) {
  DatePeriod base = galley_date_period_at(unit, day);
  return galley_date_period_shift(&base, (int32_t)count);
}

static DatePeriod shift_period(const GalleyDateExpression *e, int32_t day) {
  double count = e->count;
  switch ((DateUnit)e->unit) {
  case DATE_UNIT_SECOND:
    return shift_days(day, trunc(count / 86400));
  case DATE_UNIT_MINUTE:
    return shift_days(day, trunc(count / 1440));
  case DATE_UNIT_HOUR:
    return shift_days(day, trunc(count / 24));
  case DATE_UNIT_FORTNIGHT:
    return shift_whole(DATE_UNIT_WEEK, day, 2 * count);
  case DATE_UNIT_YEAR:
    if (count != floor(count)) return shift_whole(DATE_UNIT_MONTH, day, 12 * count);
    return shift_whole(DATE_UNIT_YEAR, day, count);
  case DATE_UNIT_MONTH:
  case DATE_UNIT_WEEK:
    if (count != floor(count)) {
      return shift_days(day, (e->unit == DATE_UNIT_WEEK ? 7 : 30.44) * count);
    }
    return shift_whole((DateUnit)e->unit, day, count);
  default:
    return shift_whole((DateUnit)e->unit, day, count);
  }
}

// Furthest year that is computed; beyond it a count of years says only past or future.
enum { YEARS_MAX = 9000 };

static bool is_too_far(const GalleyDateExpression *e) {
  static const double per_year[DATE_UNIT_COUNT] = {
      1, 3.2e7, 525600, 8766, 365, 365, 52, 52, 26, 12, 4, 4, 2, 1, 0.1, 0.01, 0.001};
  return fabs(e->count) / per_year[e->unit % DATE_UNIT_COUNT] > YEARS_MAX;
}

static bool resolve_shift(const Resolver *self, const GalleyDateExpression *e, Resolved *out) {
  int32_t day;
  if (!base_day(self, e, &day, &out->anchor)) return false;
  out->confidence =
      out->anchor == GALLEY_ANCHOR_MENTION ? GALLEY_DATE_GUESSED : GALLEY_DATE_DERIVED;
  bool loose = e->flags & DATE_LOOSE && out->anchor == GALLEY_ANCHOR_MENTION &&
               e->unit == DATE_UNIT_YEAR && e->count == floor(e->count) &&
               (self->last.unit == DATE_UNIT_QUARTER || self->last.unit == DATE_UNIT_MONTH ||
                self->last.unit == DATE_UNIT_HALF);
  if (loose) {
    out->period = galley_date_period_of((DateUnit)self->last.unit,
                                        self->last.year + (int32_t)e->count, self->last.index);
    return true;
  }
  out->period = shift_period(e, day);
  if (e->weekday) {
    out->period = galley_date_period_at(DATE_UNIT_DAY, out->period.first + e->weekday - 1);
  }
  return true;
}

static bool resolve_same(const Resolver *self, const GalleyDateExpression *e, Resolved *out) {
  int32_t day;
  if (!base_day(self, e, &day, &out->anchor)) return false;
  out->confidence = GALLEY_DATE_GUESSED;
  if (e->unit != DATE_UNIT_NONE) {
    out->period = galley_date_period_at((DateUnit)e->unit, day);
  } else if (out->anchor == GALLEY_ANCHOR_MENTION) {
    out->period = self->last;
  } else {
    out->period = galley_date_period_at(DATE_UNIT_YEAR, day);
  }
  int32_t years = 0;
  if (e->flags & DATE_YEAR_RELATIVE) years = e->year;
  if (e->flags & DATE_YEAR_KNOWN) years = e->year - civil_of(out->period.first).year;
  if (years == 0) return true;
  if (out->period.unit > DATE_UNIT_WEEK && out->period.unit < DATE_UNIT_DECADE) {
    out->period = galley_date_period_of((DateUnit)out->period.unit, out->period.year + years,
                                        out->period.index);
  } else {
    GalleyCivil civil = civil_of(out->period.first);
    out->period =
        galley_date_period_at((DateUnit)out->period.unit,
                              galley_days_from_civil(civil.year + years, civil.month, civil.day));
  }
  return true;
}

// ---- spans

static bool resolve_period(const Resolver *self, const GalleyDateExpression *e, Resolved *out) {
  switch (e->op) {
  case DATE_OP_CALENDAR:
    return resolve_calendar(self, e, out);
  case DATE_OP_SHIFT:
    return resolve_shift(self, e, out);
  case DATE_OP_SAME:
    return resolve_same(self, e, out);
  default:
    return false;
  }
}

static void note_mention(Resolver *self, const DatePeriod *period) {
  self->last = *period;
  self->any = true;
  if (period->unit == DATE_UNIT_DAY) {
    self->last_day = *period;
    self->any_day = true;
  }
}

static void set_plain(GalleySpan *span) {
  const GalleyDateExpression *e = &span->date.expression;
  span->date.confidence = GALLEY_DATE_STATED;
  if (e->op == DATE_OP_DURATION) {
    galley_date_write_duration(e, span->value);
  } else if (e->op == DATE_OP_SET) {
    galley_date_write_set(e, span->value);
  } else {
    galley_date_write_reference(e, span->value);
  }
}

static void resolve_span(Resolver *self, GalleySpan *span) {
  const GalleyDateExpression *e = &span->date.expression;
  span->value[0] = '\0';
  span->date.first_day = span->date.last_day = GALLEY_DAY_NONE;
  span->date.confidence = GALLEY_DATE_GUESSED;
  span->date.anchor = GALLEY_ANCHOR_NONE;
  if (e->op == DATE_OP_DURATION || e->op == DATE_OP_SET || e->op == DATE_OP_REFERENCE) {
    set_plain(span);
    return;
  }
  if (e->op == DATE_OP_SHIFT && is_too_far(e)) {
    GalleyDateExpression reference = {.which = e->count < 0 ? DATE_REFERENCE_PAST
                                                            : DATE_REFERENCE_FUTURE};
    galley_date_write_reference(&reference, span->value);
    return;
  }
  Resolved resolved = {.anchor = GALLEY_ANCHOR_NONE};
  if (!resolve_period(self, e, &resolved)) {
    galley_date_write_open(e, span->value);
    return;
  }
  bool unordered_day =
      e->flags & DATE_ORDER_UNKNOWN && order_of(self, e) == GALLEY_DATE_ORDER_UNKNOWN;
  if (unordered_day) {
    resolved.period = galley_date_period_of(DATE_UNIT_YEAR, e->year, 0);
    resolved.confidence = GALLEY_DATE_GUESSED;
  }
  galley_date_write_period(&resolved.period, e, span->value);
  if (unordered_day) galley_date_write_unordered(e, span->value);
  // What a figure is compared with is not what the text goes on to speak of.
  bool compared = e->flags & DATE_LOOSE && resolved.anchor == GALLEY_ANCHOR_MENTION;
  if (!compared && !span->hidden) note_mention(self, &resolved.period);
  if (e->flags & DATE_YEAR_KNOWN && e->unit <= DATE_UNIT_MONTH) self->stated = resolved.period;
  galley_date_period_narrow(&resolved.period, (DateMod)e->mod);
  span->date.first_day = resolved.period.first;
  span->date.last_day = resolved.period.last;
  span->date.confidence = resolved.confidence;
  span->date.anchor = resolved.anchor;
}

// Months that people of the document are called by, as bits: "Theresa May" makes it bit 5.
static uint32_t months_of_people(const GalleyDocument *self) {
  static const struct {
    const char *name;
    uint32_t month;
  } names[] = {{" January", 1}, {" March", 3}, {" April", 4},
               {" May", 5},     {" June", 6},  {" August", 8}};
  uint32_t months = 0;
  for (uint32_t b = 0; b < self->block_count; b++) {
    const GalleyBlockRecord *block = &self->blocks[b];
    for (uint32_t i = 0; i < block->spans.count; i++) {
      const GalleySpan *span = &block->spans.items[i];
      if (span->kind != GALLEY_KIND_ENTITY || span->type != GALLEY_ENTITY_PERSON) continue;
      const char *end = self->text.bytes + block->start + span->end;
      for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        size_t length = strlen(names[n].name);
        bool called =
            span->end - span->start > length && memcmp(end - length, names[n].name, length) == 0;
        if (called) months |= 1u << names[n].month;
      }
    }
  }
  return months;
}

static bool is_person(const GalleySpan *span, uint32_t months) {
  const GalleyDateExpression *e = &span->date.expression;
  return e->op == DATE_OP_CALENDAR && e->unit == DATE_UNIT_MONTH && e->flags & DATE_NAME_LIKE &&
         !(e->flags & (DATE_YEAR_KNOWN | DATE_YEAR_RELATIVE)) && months >> e->month & 1;
}

bool galley_date_resolve(GalleyDocument *self) {
  if (!galley_date_find_anchor(self)) return false;
  Resolver resolver = {.anchor = self->document_date, .order = self->date_order};
  uint32_t months = months_of_people(self);
  for (uint32_t b = 0; b < self->block_count; b++) {
    GalleySpanList *spans = &self->blocks[b].spans;
    resolver.stated.unit = 0;
    for (uint32_t i = 0; i < spans->count; i++) {
      GalleySpan *span = &spans->items[i];
      if (span->kind != GALLEY_KIND_DATE) continue;
      span->hidden = is_person(span, months);
      resolve_span(&resolver, span);
    }
  }
  return true;
}
