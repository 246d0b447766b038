// Dates against the calendar and the document's date: weekday-date, wrong-year,
// duration-since-year.
#include "calendar.h"
#include "check_family.h"
#include "check_text.h"
#include "date_expression.h"

#include <stdio.h>

enum {
  GREGORIAN_YEAR = 1753, // before it, dates may be of the old calendar
  STRONG_DAYS = 183,     // a date without a year is of the year that puts it this near
  SAME_SEASON = 45,      // days into a year in which the last one's number is still written
  SINCE_BYTES = 40,
};

static const char *const weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};

// The day that a date of month and day names, and how sure its year is.
typedef struct {
  int32_t day;   // days since 1970
  bool inferred; // the year comes from the document's date
} NamedDay;

static bool is_plain_day(const GalleyDateExpression *date) {
  const uint16_t odd = DATE_NTH | DATE_BORROWED | DATE_HOLIDAY | DATE_ORDER_UNKNOWN | DATE_FISCAL |
                       DATE_YEAR_RELATIVE | DATE_FROM_MENTION;
  return date->op == DATE_OP_CALENDAR && date->month && date->day && !(date->flags & odd) &&
         date->mod == DATE_MOD_NONE;
}

// The year in which month and day lie nearest to the document's date.
static bool infer_year(const GalleyDocument *document, const GalleyDateExpression *date,
                       int32_t *day) {
  if (document->document_date == GALLEY_DAY_NONE) return false;
  int32_t year = galley_civil_from_days(document->document_date).year;
  int32_t best = INT32_MAX;
  for (int32_t y = year - 1; y <= year + 1; y++) {
    if (date->day > galley_month_length(y, date->month)) continue;
    int32_t found = galley_days_from_civil(y, date->month, date->day);
    int32_t distance = found > document->document_date ? found - document->document_date
                                                       : document->document_date - found;
    if (distance < best) {
      best = distance;
      *day = found;
    }
  }
  return best <= STRONG_DAYS;
}

static bool name_day(const GalleyDocument *document, const GalleyDateExpression *date,
                     NamedDay *out) {
  if (!is_plain_day(date)) return false;
  out->inferred = !(date->flags & DATE_YEAR_KNOWN);
  if (out->inferred) return infer_year(document, date, &out->day);
  if (date->year < GREGORIAN_YEAR || date->day > galley_month_length(date->year, date->month)) {
    return false;
  }
  out->day = galley_days_from_civil(date->year, date->month, date->day);
  return true;
}

static bool is_letter(char c) {
  return (unsigned)((c | 0x20) - 'a') < 26;
}

static bool is_digit(char c) {
  return (unsigned)(c - '0') < 10;
}

// "the Edmonton Sun, August 16, 2008": a newspaper, no weekday.
static bool is_title(const GalleyDocument *document, uint32_t block, const GalleySpan *span) {
  const char *bytes = check_span_bytes(document, block, span);
  uint32_t length = check_span_length(span), at = span->start, letters = 0;
  while (letters < length && is_letter(bytes[letters]))
    letters++;
  if (letters > 3 || at < 2 || bytes[-1] != ' ') return false;
  const char *start = document->text.bytes + document->blocks[block].start;
  uint32_t word = at - 1;
  while (word > 0 && is_letter(start[word - 1]))
    word--;
  return word < at - 1 && !(start[word] & 0x20);
}

// "Wed Oct 26 15:50:06 2016": a year stands behind the time.
static bool year_follows(const GalleyDocument *document, uint32_t block, const GalleySpan *span) {
  const GalleyBlockRecord *record = &document->blocks[block];
  const char *bytes = document->text.bytes + record->start;
  uint32_t at = span->end;
  while (at < record->length && (bytes[at] == ' ' || bytes[at] == ','))
    at++;
  uint32_t digits = 0;
  while (at + digits < record->length && is_digit(bytes[at + digits]))
    digits++;
  return digits == 4;
}

// Where a span names its weekday; by its three first letters.
static GalleyRange find_weekday(const char *bytes, uint32_t length, uint8_t weekday) {
  const char *name = weekdays[weekday - 1];
  for (uint32_t i = 0; i + 3 <= length; i++) {
    if (i && is_letter(bytes[i - 1])) continue;
    bool same = true;
    for (uint32_t j = 0; j < 3; j++)
      same = same && (bytes[i + j] | 0x20) == (name[j] | 0x20);
    if (!same) continue;
    uint32_t end = i;
    while (end < length && is_letter(bytes[end]))
      end++;
    return (GalleyRange){i, end};
  }
  return (GalleyRange){0, 0};
}

// Where a span writes its day of the month in digits, with the letters behind them.
static GalleyRange find_day(const char *bytes, uint32_t length, uint8_t day) {
  for (uint32_t i = 0; i < length; i++) {
    if (!is_digit(bytes[i]) || (i && (is_digit(bytes[i - 1]) || bytes[i - 1] == ':'))) continue;
    uint32_t end = i, value = 0;
    while (end < length && is_digit(bytes[end]) && end - i < 5)
      value = value * 10 + (uint32_t)(bytes[end++] - '0');
    if (value != day || (end < length && bytes[end] == ':')) continue;
    while (end < length && is_letter(bytes[end]))
      end++;
    return (GalleyRange){i, end};
  }
  return (GalleyRange){0, 0};
}

static const char *ordinal_letters(int32_t day) {
  static const char *const letters[] = {"th", "st", "nd", "rd"};
  return day % 10 > 3 || (day >= 11 && day <= 13) ? "th" : letters[day % 10];
}

// One repair for each of the two that may be wrong.
static void offer_repairs(GalleyFindingList *found, const char *weekday_bytes, uint32_t weekday_at,
                          GalleyRange weekday, const char *day_bytes, uint32_t day_at,
                          GalleyRange digits, int32_t day, int32_t stated) {
  int32_t actual = galley_weekday(day);
  uint32_t length = weekday.end - weekday.start;
  if (length >= 3) {
    const char *right = weekdays[actual - 1];
    bool capital = !(weekday_bytes[weekday.start] & 0x20);
    bool whole = length > 5; // "Thurs" and shorter are abbreviations
    galley_finding_repair(found, "Write %s", right);
    galley_finding_edit(found, weekday_at + weekday.start, weekday_at + weekday.end, "%c%.*s",
                        capital ? right[0] : right[0] | 0x20, whole ? 16 : 2, right + 1);
  }
  if (digits.end == digits.start) return;
  int32_t delta = (stated - actual + 10) % 7 - 3; // to the nearest day with that weekday
  GalleyCivil from = galley_civil_from_days(day), to = galley_civil_from_days(day + delta);
  if (from.month != to.month) return;
  bool letters = is_letter(day_bytes[digits.end - 1]);
  const char *suffix = letters ? ordinal_letters(to.day) : "";
  galley_finding_repair(found, "Write %d%s", (int)to.day, suffix);
  galley_finding_edit(found, day_at + digits.start, day_at + digits.end, "%d%s", (int)to.day,
                      suffix);
}

typedef struct {
  uint32_t block;
  const GalleySpan *weekday; // the span that names the weekday
  const GalleySpan *date;    // and the one that names the day; often the same
} DayPair;

static void judge_weekday(GalleyCheckRun *run, const DayPair *pair, const NamedDay *named) {
  const GalleyDocument *document = run->document;
  uint32_t base = document->blocks[pair->block].start;
  int32_t stated = pair->weekday->date.expression.weekday, actual = galley_weekday(named->day);
  GalleyCivil civil = galley_civil_from_days(named->day);
  bool holds = stated == actual;
  galley_check_begin_document(
      run, GALLEY_CHECK_WEEKDAY_DATE, holds ? GALLEY_OUTCOME_OK : GALLEY_OUTCOME_BAD,
      pair->weekday->depth > 0, base + pair->weekday->start, base + pair->date->end);
  const char *date = check_span_bytes(document, pair->block, pair->date);
  GalleyRange digits =
      find_day(date, check_span_length(pair->date), pair->date->date.expression.day);
  if (holds) {
    galley_finding_say(run->found, "the day is a %s in %d", weekdays[actual - 1], (int)civil.year);
    return;
  }
  if (named->inferred) galley_check_soften(run->found);
  galley_finding_say(run->found, "%d-%02d-%02d is a %s, not a %s%s", (int)civil.year,
                     (int)civil.month, (int)civil.day, weekdays[actual - 1], weekdays[stated - 1],
                     named->inferred ? " (the year is taken from the article's date)" : "");
  const char *weekday = check_span_bytes(document, pair->block, pair->weekday);
  offer_repairs(run->found, weekday, base + pair->weekday->start,
                find_weekday(weekday, check_span_length(pair->weekday), (uint8_t)stated), date,
                base + pair->date->start, digits, named->day, stated);
}

// "Friday (25 May)": nothing but a bracket or comma between a weekday and a date.
static bool stands_before(const GalleyDocument *document, uint32_t block, const GalleySpan *first,
                          const GalleySpan *second) {
  if (second->start <= first->end || second->start - first->end > 2) return false;
  const char *gap = document->text.bytes + document->blocks[block].start + first->end;
  return second->start - first->end == 2 &&
         ((gap[0] == ' ' && gap[1] == '(') || (gap[0] == ',' && gap[1] == ' '));
}

static bool is_bare_weekday(const GalleyDateExpression *date) {
  return date->op == DATE_OP_CALENDAR && date->weekday && !date->month && !date->day &&
         date->which == DATE_WHICH_ANY && date->mod == DATE_MOD_NONE &&
         !(date->flags & (DATE_NTH | DATE_HAS_TIME | DATE_FROM_MENTION));
}

// In January the number of the old year slips in: "on 8 January 2018" in an article of 10 January
// 2019. Only where the day is one of the last or the next days; a weekday must fit the new year.
static bool is_old_year(const GalleyDocument *document, const GalleyDateExpression *date,
                        int32_t weekday) {
  if (document->document_date == GALLEY_DAY_NONE || !is_plain_day(date) ||
      !(date->flags & DATE_YEAR_KNOWN)) {
    return false;
  }
  GalleyCivil today = galley_civil_from_days(document->document_date);
  if (today.month > 2 || date->month != 1 || date->year != today.year - 1) return false;
  int32_t meant = galley_days_from_civil(today.year, 1, date->day);
  int32_t since_new_year = document->document_date - galley_days_from_civil(today.year, 1, 1);
  bool fits =
      !weekday || (weekday == galley_weekday(meant) &&
                   weekday != galley_weekday(galley_days_from_civil(date->year, 1, date->day)));
  return fits && since_new_year <= SAME_SEASON && meant <= document->document_date + 14 &&
         meant >= document->document_date - 14;
}

static void check_old_year(GalleyCheckRun *run, uint32_t block, const GalleySpan *span) {
  const GalleyDocument *document = run->document;
  const GalleyDateExpression *date = &span->date.expression;
  if (!is_old_year(document, date, date->weekday)) return;
  int year = (int)galley_civil_from_days(document->document_date).year;
  uint32_t start = check_span_at(document, block, span);
  galley_check_begin_document(run, GALLEY_CHECK_WRONG_YEAR, GALLEY_OUTCOME_BAD, span->depth > 0,
                              start, start + check_span_length(span));
  galley_finding_say(run->found, "a year ago almost to the day: is %d meant?", year);
  char old[8];
  snprintf(old, sizeof old, "%d", (int)date->year);
  const char *bytes = check_span_bytes(document, block, span);
  for (uint32_t i = 0; i + 4 <= check_span_length(span); i++) {
    if (memcmp(bytes + i, old, 4) != 0) continue;
    galley_finding_repair(run->found, "Write %d", year);
    galley_finding_edit(run->found, start + i, start + i + 4, "%d", year);
    return;
  }
}

static void check_weekday(GalleyCheckRun *run, uint32_t block, const GalleySpan *span,
                          const GalleySpan *next) {
  const GalleyDateExpression *date = &span->date.expression;
  NamedDay named;
  if (!date->weekday || is_title(run->document, block, span)) return;
  DayPair pair = {block, span, span};
  if (is_bare_weekday(date) && next && !next->date.expression.weekday &&
      stands_before(run->document, block, span, next)) {
    pair.date = next;
  }
  if (!name_day(run->document, &pair.date->date.expression, &named)) return;
  if (named.inferred && year_follows(run->document, block, pair.date)) return;
  if (!is_old_year(run->document, &pair.date->date.expression, date->weekday)) {
    judge_weekday(run, &pair, &named);
  }
}

// Whether between the length and the year stands "... since" or, the other way about, ", for".
static bool joins_since(const char *gap, uint32_t bytes, bool year_first) {
  if (year_first) return bytes == 6 && memcmp(gap, ", for ", 6) == 0;
  return bytes >= 7 && memcmp(gap + bytes - 7, " since ", 7) == 0 && !memchr(gap, '.', bytes) &&
         !memchr(gap, ';', bytes);
}

// "more than 20 years": no length that a year could be off from.
static bool is_hedged(const GalleyDocument *document, uint32_t block, const GalleySpan *length) {
  const char *bytes = check_span_bytes(document, block, length);
  static const char *const hedges[] = {"more than ", "over ",      "about ",  "nearly ",
                                       "almost ",    "less than ", "around ", "some ",
                                       "at least ",  "well over "};
  for (size_t i = 0; i < sizeof hedges / sizeof *hedges; i++) {
    size_t size = strlen(hedges[i]);
    bool inside = check_span_length(length) > size && memcmp(bytes, hedges[i], size) == 0;
    bool before = length->start >= size && memcmp(bytes - size, hedges[i], size) == 0;
    if (inside || before) return true;
  }
  return false;
}

// "for 20 years, since 1998" in an article of 2008; "since 1998, for 20 years".
static void check_since(GalleyCheckRun *run, uint32_t block, const GalleySpan *first,
                        const GalleySpan *second) {
  const GalleyDocument *document = run->document;
  bool year_first = first->date.expression.op == DATE_OP_CALENDAR;
  const GalleySpan *length = year_first ? second : first, *since = year_first ? first : second;
  const GalleyDateExpression *years = &length->date.expression, *from = &since->date.expression;
  if (document->document_date == GALLEY_DAY_NONE || years->op != DATE_OP_DURATION ||
      years->unit != DATE_UNIT_YEAR || years->flags & DATE_VAGUE || years->mod != DATE_MOD_NONE ||
      from->op != DATE_OP_CALENDAR || !(from->flags & DATE_YEAR_KNOWN) || from->year < 1800 ||
      second->start <= first->end || second->start - first->end > SINCE_BYTES) {
    return;
  }
  const char *gap = document->text.bytes + document->blocks[block].start + first->end;
  if (!joins_since(gap, second->start - first->end, year_first)) return;
  if (year_first && (first->start < 6 ||
                     (memcmp(check_span_bytes(document, block, first) - 5, "ince ", 5) != 0))) {
    return;
  }
  if (is_hedged(document, block, length)) return;
  int32_t year = galley_civil_from_days(document->document_date).year;
  double off = years->count - (year - from->year);
  bool holds = off >= -1 && off <= 1;
  uint32_t base = document->blocks[block].start;
  galley_check_begin_document(run, GALLEY_CHECK_DURATION_SINCE_YEAR,
                              holds ? GALLEY_OUTCOME_OK : GALLEY_OUTCOME_BAD, length->depth > 0,
                              base + first->start, base + second->end);
  galley_finding_say(run->found, "from %d to %d it is %d years", (int)from->year, (int)year,
                     (int)(year - from->year));
}

bool galley_check_days(GalleyCheckRun *run) {
  const GalleyDocument *document = run->document;
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    const GalleySpan *last = NULL;
    for (uint32_t j = 0; j < spans->count; j++) {
      const GalleySpan *span = &spans->items[j];
      if (span->kind != GALLEY_KIND_DATE || span->hidden) continue;
      if (last) {
        check_weekday(run, i, last, span);
        check_since(run, i, last, span);
      }
      check_old_year(run, i, span);
      last = span;
    }
    if (last) check_weekday(run, i, last, NULL);
  }
  return true;
}
