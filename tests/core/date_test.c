// Dates: every rule fires on its example; periods and values; where the document date comes from.
#include "calendar.h"
#include "date_holiday.h"
#include "date_value.h"
#include "document.h"
#include "rule.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static GalleyDocument *open_text(Test *test, const char *text) {
  GalleyDocument *document = galley_document_new();
  if (!CHECK(test, document != NULL)) return NULL;
  CHECK(test, galley_document_edit(document, 0, 0, text, (uint32_t)strlen(text)));
  return document;
}

// The date span that a text like "It was seen EXAMPLE." gives for a rule; NULL when there is none.
static const GalleySpan *span_of_rule(const GalleyDocument *document, uint16_t rule) {
  for (uint32_t b = 0; b < document->block_count; b++) {
    const GalleySpanList *spans = &document->blocks[b].spans;
    for (uint32_t i = 0; i < spans->count; i++) {
      if (spans->items[i].rule == rule) return &spans->items[i];
    }
  }
  return NULL;
}

static void every_rule_fires_on_its_example(Test *test) {
  for (uint32_t row = 0; row < galley_date_rules.count; row++) {
    char text[160];
    snprintf(text, sizeof text, "It was seen %s, he said.\n", galley_date_rules.rows[row].example);
    GalleyDocument *document = open_text(test, text);
    if (!document) return;
    if (!span_of_rule(document, GALLEY_RULE(GALLEY_KIND_DATE, row))) {
      test_fail(test, galley_date_rules.rows[row].id, (int)row,
                galley_date_rules.rows[row].example);
    }
    galley_document_free(document);
  }
}

static void rule_ids_are_unique(Test *test) {
  for (uint32_t a = 0; a < galley_date_rules.count; a++) {
    for (uint32_t b = 0; b < a; b++)
      CHECK(test, strcmp(galley_date_rules.rows[a].id, galley_date_rules.rows[b].id) != 0);
  }
}

static void check_value(Test *test, const DatePeriod *period, const char *expected) {
  char value[GALLEY_VALUE_SIZE];
  GalleyDateExpression e = {0};
  galley_date_write_period(period, &e, value);
  CHECK_TEXT(test, value, strlen(value), expected);
}

static void periods_hold_their_days(Test *test) {
  static const struct {
    DateUnit unit;
    int32_t year, month, day;
    const char *value;
  } rows[] = {
      {DATE_UNIT_DAY, 2018, 5, 25, "2018-05-25"},  {DATE_UNIT_WEEK, 2018, 5, 25, "2018-W21"},
      {DATE_UNIT_WEEK, 2021, 1, 3, "2020-W53"}, // the week of that year's last Thursday
      {DATE_UNIT_WEEK, 2018, 12, 31, "2019-W01"},  {DATE_UNIT_WEEKEND, 2018, 5, 25, "2018-W21-WE"},
      {DATE_UNIT_MONTH, 2018, 5, 25, "2018-05"},   {DATE_UNIT_SEASON, 2018, 1, 10, "2017-WI"},
      {DATE_UNIT_SEASON, 2018, 12, 10, "2018-WI"}, {DATE_UNIT_QUARTER, 2018, 5, 25, "2018-Q2"},
      {DATE_UNIT_HALF, 2018, 7, 1, "2018-H2"},     {DATE_UNIT_YEAR, 2018, 5, 25, "2018"},
      {DATE_UNIT_DECADE, 1999, 12, 31, "199"},     {DATE_UNIT_CENTURY, 1999, 12, 31, "19"},
      {DATE_UNIT_MILLENNIUM, 2018, 5, 25, "2"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    int32_t day = galley_days_from_civil(rows[i].year, rows[i].month, rows[i].day);
    DatePeriod period = galley_date_period_at(rows[i].unit, day);
    check_value(test, &period, rows[i].value);
    if (rows[i].unit != DATE_UNIT_WEEKEND) CHECK(test, period.first <= day && day <= period.last);
    DatePeriod next = galley_date_period_shift(&period, 1);
    if (rows[i].unit != DATE_UNIT_WEEKEND) CHECK_INT(test, next.first, period.last + 1);
    DatePeriod back = galley_date_period_shift(&next, -1);
    CHECK_INT(test, back.first, period.first);
    CHECK_INT(test, back.last, period.last);
  }
}

static void a_part_of_a_period_is_a_third(Test *test) {
  DatePeriod year = galley_date_period_of(DATE_UNIT_YEAR, 2018, 0), part = year;
  galley_date_period_narrow(&part, DATE_MOD_START);
  CHECK_INT(test, part.first, year.first);
  CHECK_INT(test, part.last, galley_days_from_civil(2018, 4, 30));
  part = year;
  galley_date_period_narrow(&part, DATE_MOD_MIDDLE);
  CHECK_INT(test, part.first, galley_days_from_civil(2018, 5, 1));
  CHECK_INT(test, part.last, galley_days_from_civil(2018, 8, 31));
  part = galley_date_period_of(DATE_UNIT_MONTH, 2018, 6);
  galley_date_period_narrow(&part, DATE_MOD_END);
  CHECK_INT(test, part.first, galley_days_from_civil(2018, 6, 21));
  CHECK_INT(test, part.last, galley_days_from_civil(2018, 6, 30));
}

// Values of a text's date spans, joined by spaces.
static void values_of(const GalleyDocument *document, char *out, size_t size) {
  size_t length = 0;
  out[0] = '\0';
  for (uint32_t b = 0; b < document->block_count; b++) {
    const GalleySpanList *spans = &document->blocks[b].spans;
    for (uint32_t i = 0; i < spans->count && length < size; i++) {
      if (spans->items[i].kind != GALLEY_KIND_DATE) continue;
      int written =
          snprintf(out + length, size - length, "%s%s", length ? " " : "", spans->items[i].value);
      length += written > 0 ? (size_t)written : 0;
    }
  }
}

static void check_values(Test *test, GalleyDocument *document, const char *expected) {
  char values[512];
  if (!CHECK(test, galley_document_resolve(document))) return;
  values_of(document, values, sizeof values);
  CHECK_TEXT(test, values, strlen(values), expected);
}

static void holidays_move_with_the_year(Test *test) {
  static const struct {
    const char *name;
    const char *values;
  } rows[] = {
      {"Easter 1954, Easter 2000, Easter 2018, Easter 2038",
       "1954-04-18 2000-04-23 2018-04-01 2038-04-25"},
      {"Good Friday 2018, Ash Wednesday 2018", "2018-03-30 2018-02-14"},
      {"Labor Day 2018, Thanksgiving 2018, Memorial Day 2018", "2018-09-03 2018-11-22 2018-05-28"},
      {"Black Friday 2018, Cyber Monday 2018", "2018-11-23 2018-11-26"},
      {"Election Day 2016, Mother's Day 2018", "2016-11-08 2018-05-13"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    GalleyDocument *document = open_text(test, rows[i].name);
    if (!document) return;
    check_values(test, document, rows[i].values);
    galley_document_free(document);
  }
  int32_t day;
  CHECK(test, !galley_date_holiday_day(255, 2018, &day));
}

static void check_origin(Test *test, GalleyDocument *document, GalleyDateOrigin origin,
                         const char *date) {
  if (!CHECK(test, galley_document_resolve(document))) return;
  CHECK_INT(test, document->document_date_origin, origin);
  char iso[GALLEY_ISO_SIZE] = "";
  if (document->document_date != GALLEY_DAY_NONE) galley_days_format(document->document_date, iso);
  CHECK_TEXT(test, iso, strlen(iso), date);
}

static void document_date_has_an_order_of_sources(Test *test) {
  GalleyDocument *document = open_text(test, "---\ntitle: A bill\ndate: 2018-06-01\n---\n\n"
                                             "OSLO, June 2, 2018 - A bill passed.\n\n"
                                             "Published 3 June 2018\n");
  if (!document) return;
  check_origin(test, document, GALLEY_ORIGIN_FRONT_MATTER, "2018-06-01");
  document->stated_date = galley_days_from_civil(2018, 5, 5);
  document->resolved = false;
  check_origin(test, document, GALLEY_ORIGIN_STATED, "2018-05-05");
  galley_document_free(document);
}

static void document_date_from_each_source(Test *test) {
  static const struct {
    const char *text;
    GalleyDateOrigin origin;
    const char *date;
  } rows[] = {
      {"---\ndate: \"2018-06-01\"\n---\n\nA bill passed.\n", GALLEY_ORIGIN_FRONT_MATTER,
       "2018-06-01"},
      {"---\ndate: 1 June 2018\n---\n\nA bill passed.\n", GALLEY_ORIGIN_FRONT_MATTER, "2018-06-01"},
      {"---\ntitle: none\n---\n\nA bill passed.\n", GALLEY_ORIGIN_NONE, ""},
      {"OSLO, June 2, 2018 - A bill passed.\n", GALLEY_ORIGIN_DATELINE, "2018-06-02"},
      {"Bill passes\n\nFriday, June 1, 2018\n\nA bill passed.\n", GALLEY_ORIGIN_DATELINE,
       "2018-06-01"},
      {"A bill passed.\n\nPublished: 3 June 2018\n", GALLEY_ORIGIN_PUBLISHED, "2018-06-03"},
      {"OSLO, June 2 - A bill passed.\n", GALLEY_ORIGIN_NONE, ""},
      {"A bill of May 5, 2010 passed.\n", GALLEY_ORIGIN_NONE, ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    GalleyDocument *document = open_text(test, rows[i].text);
    if (!document) return;
    check_origin(test, document, rows[i].origin, rows[i].date);
    if (rows[i].origin == GALLEY_ORIGIN_NONE) {
      document->file_date = galley_days_from_civil(2018, 1, 2);
      document->resolved = false;
      check_origin(test, document, GALLEY_ORIGIN_FILE_NAME, "2018-01-02");
    }
    galley_document_free(document);
  }
}

static void digits_alone_follow_the_setting(Test *test) {
  GalleyDocument *document = open_text(test, "It was stamped 7/8/2007.\n");
  if (!document) return;
  check_values(test, document, "2007-XX-XX");
  document->date_order = GALLEY_DATE_ORDER_DMY;
  document->resolved = false;
  check_values(test, document, "2007-08-07");
  document->date_order = GALLEY_DATE_ORDER_MDY;
  document->resolved = false;
  check_values(test, document, "2007-07-08");
  galley_document_free(document);
}

// Values depend on the text and the document date alone, not on what was resolved before.
static void another_document_date_moves_all(Test *test) {
  GalleyDocument *document =
      open_text(test, "It rose on Monday and fell last week; a day later it rose.\n");
  if (!document) return;
  check_values(test, document, "XXXX-WXX-1 XXXX-WXX XXXX-XX-XX");
  document->stated_date = galley_days_from_civil(2018, 6, 14);
  document->resolved = false;
  check_values(test, document, "2018-06-11 2018-W23 2018-06-12");
  document->stated_date = galley_days_from_civil(2009, 6, 14);
  document->resolved = false;
  check_values(test, document, "2009-06-08 2009-W23 2009-06-09");
  document->stated_date = GALLEY_DAY_NONE;
  document->resolved = false;
  check_values(test, document, "XXXX-WXX-1 XXXX-WXX XXXX-XX-XX");
  galley_document_free(document);
}

static void far_dates_stay_in_range(Test *test) {
  GalleyDocument *document = open_text(
      test,
      "It formed 4 billion years ago and fell 99,999,999 days later, 900,000 centuries before "
      "1000 BC and 9999 AD; in the 30th century it ends.\n");
  if (!document) return;
  document->stated_date = galley_days_from_civil(2018, 6, 14);
  check_values(test, document, "PAST_REF FUTURE_REF P90000000Y BC1000 9999 29");
  galley_document_free(document);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"every rule fires on its example", every_rule_fires_on_its_example},
      {"rule ids are unique", rule_ids_are_unique},
      {"periods hold their days", periods_hold_their_days},
      {"a part of a period is a third", a_part_of_a_period_is_a_third},
      {"holidays move with the year", holidays_move_with_the_year},
      {"document date has an order of sources", document_date_has_an_order_of_sources},
      {"document date from each source", document_date_from_each_source},
      {"digits alone follow the setting", digits_alone_follow_the_setting},
      {"another document date moves all", another_document_date_moves_all},
      {"far dates stay in range", far_dates_stay_in_range},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
