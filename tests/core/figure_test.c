// Figure tests below the probe files: arithmetic as text in and text out, and every span that
// random texts give held to what a reader of spans relies on.
#include "figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

static void writes_what_it_reads(Test *test) {
  static const char *const cases[][2] = {
      {"0", "0"},
      {"0.50", "0.5"},
      {".08", "0.08"},
      {"476", "476"},
      {"1,234,567", "1234567"},
      {"1.234.567", "1234567"},
      {"12,34,567.89", "1234567.89"},
      {"1.234,5", "1234.5"},
      {"3,5", "3.5"},
      {"3,75", "3.75"},
      {"4.800", "4.8"},
      {"10000000000000000000", "10000000000000000000"},
      {"123456789012345678901234567890", "123456789012345678900000000000"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    GalleyDecimal value;
    int32_t digit;
    char out[GALLEY_VALUE_SIZE];
    const char *text = cases[i][0];
    if (!CHECK(test, galley_decimal_read(text, (uint32_t)strlen(text), &value, &digit))) continue;
    uint32_t length = galley_decimal_write(&value, out, sizeof out);
    CHECK_TEXT(test, out, length, cases[i][1]);
  }
}

static void refuses_what_is_no_number(Test *test) {
  static const char *const cases[] = {"1.2.3", "0.10.4", "007", "22,24,26", "1,23,4", "1,2345,678"};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    GalleyDecimal value;
    int32_t digit;
    CHECK(test, !galley_decimal_read(cases[i], (uint32_t)strlen(cases[i]), &value, &digit));
  }
}

static void writes_fractions_and_extremes(Test *test) {
  static const struct {
    GalleyDecimal value;
    const char *text;
  } cases[] = {
      {{2, 3, 0, false}, "0.666666666666667"},
      {{2, 3, 6, false}, "666666.666666667"},
      {{1, 3, -3, true}, "-0.000333333333333333"},
      {{9999999999999999u, 3, 0, false}, "3333333333333333"},
      {{29999999, 30000000, 0, false}, "0.999999966666667"},
      {{12, 1, 9, false}, "12000000000"},
      {{1, 1, 60, false}, "1E+60"},
      {{25, 1, -60, true}, "-2.5E-59"},
      {{0, 7, 3, true}, "0"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char out[GALLEY_VALUE_SIZE];
    uint32_t length = galley_decimal_write(&cases[i].value, out, sizeof out);
    CHECK_TEXT(test, out, length, cases[i].text);
  }
}

static void tells_when_a_sum_does_not_fit(Test *test) {
  GalleyDecimal a = {UINT64_MAX, 1, 0, false}, one = {1, 1, 0, false}, large = {1, 1, 40, false};
  CHECK(test, !galley_decimal_add(&a, &one));
  CHECK(test, a.numerator == UINT64_MAX);
  CHECK(test, !galley_decimal_add(&large, &one));
  CHECK(test, !galley_decimal_multiply(&a, 10, 1));
  GalleyDecimal third = {1, 3, 0, false}, half = {1, 2, 0, false};
  CHECK(test, galley_decimal_add(&third, &half));
  CHECK_INT(test, third.numerator, 5);
  CHECK_INT(test, third.denominator, 6);
}

static void never_loses_a_short_buffer(Test *test) {
  const GalleyDecimal values[] = {
      {1234567890123456789u, 1, 0, true}, {1, 3, -30, true}, {1, 7, 300, true}};
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    for (uint32_t capacity = 16; capacity <= GALLEY_VALUE_SIZE; capacity++) {
      char out[GALLEY_VALUE_SIZE + 1];
      memset(out, '#', sizeof out);
      uint32_t length = galley_decimal_write(&values[i], out, capacity);
      CHECK(test, length < capacity && out[length] == '\0' && out[capacity] == '#');
      double read = strtod(out, NULL), value = galley_decimal_double(&values[i]);
      CHECK(test, fabs(read - value) <= fabs(value) * 1e-5);
    }
  }
}

// Words that figures and citations are made of, to be thrown together.
static const char *const pieces[] = {
    "1",        "23",    "1,234",   "0.5",     "007",      "2018",    "$",       "£",
    "€",        "US",    "%",       "-",       "–",        "/",       ".",       ",",
    "(",        ")",     "½",       "th",      "k",        "m",       "bn",      "one",
    "twenty",   "seven", "hundred", "million", "millions", "dozen",   "half",    "third",
    "quarters", "and",   "of",      "a",       "the",      "to",      "between", "from",
    "or",       "in",    "out",     "over",    "more",     "than",    "as",      "many",
    "at",       "least", "percent", "per",     "cent",     "cents",   "dollars", "pounds",
    "points",   "basis", "km",      "square",  "miles",    "hour",    "years",   "old",
    "aged",     "times", "twice",   "first",   "No.",      "Figure",  "Fig.",    "Tables",
    "Smith",    "et",    "al.",     "&",       ";",        ":",       "[^x]",    "[3]",
    "[",        "](u)",  "^",       "e9",      "x10",      "several", "few",     "MEPs",
    "people",   "vote",  "won",     "minus",   "point",    "zero",    "lakh",    "crore",
    "trillion", "°",     "C",
};

static uint32_t throw_text(TestRandom *random, char *out, uint32_t capacity) {
  uint32_t length = 0, words = 1 + test_random_below(random, 30);
  for (uint32_t i = 0; i < words; i++) {
    const char *piece = pieces[test_random_below(random, sizeof pieces / sizeof *pieces)];
    if (test_random_below(random, 12) == 0) { // any byte at all
      out[length++] = (char)test_random_below(random, 256);
      continue;
    }
    uint32_t size = (uint32_t)strlen(piece);
    if (length + size + 2 >= capacity) break;
    snprintf(out + length, capacity - length, "%s", piece);
    length += size;
    if (test_random_below(random, 4)) out[length++] = ' ';
  }
  return length;
}

static bool is_inside(GalleyRange range, uint32_t length) {
  return range.start <= range.end && range.end <= length;
}

static bool is_sound(const GalleySpan *span, uint32_t length) {
  if (span->start >= span->end || span->end > length) return false;
  if (memchr(span->value, '\0', sizeof span->value) == NULL) return false;
  if (span->kind == GALLEY_KIND_CITATION) return is_inside(span->citation.label, length);
  return span->kind == GALLEY_KIND_FIGURE && span->type < GALLEY_FIGURE_TYPE_COUNT &&
         span->figure.low <= span->figure.high && is_inside(span->figure.unit, length) &&
         is_inside(span->figure.noun, length) &&
         memchr(span->figure.unit_code, '\0', sizeof span->figure.unit_code) != NULL;
}

// Figures do not overlap one another.
static bool is_apart(const GalleySpanList *spans) {
  uint32_t end = 0;
  for (uint32_t i = 0; i < spans->count; i++) {
    const GalleySpan *span = &spans->items[i];
    if (span->kind != GALLEY_KIND_FIGURE) continue;
    if (span->start < end) return false;
    end = span->end;
  }
  return true;
}

static void holds_on_any_text(Test *test) {
  TestRandom random = {20260514};
  uint32_t found = 0;
  for (uint32_t round = 0; round < 20000; round++) {
    char *text = malloc(1024); // on the heap: a sanitizer sees a read past its end
    if (!CHECK(test, text != NULL)) return;
    uint32_t length = throw_text(&random, text, 1024);
    char *exact = realloc(text, length ? length : 1);
    text = exact ? exact : text;
    GalleyLeaf leaf = {0, length, GALLEY_LEAF_TEXT, 0};
    GalleyTokenList tokens = {0};
    GalleySpanList spans = {0};
    bool annotated = galley_tokenize(text, 0, &leaf, 1, &tokens);
    GalleyBlockView block = {.bytes = text,
                             .length = length,
                             .tokens = tokens.items,
                             .token_count = tokens.count,
                             .spans = &spans};
    annotated = annotated && galley_citation_annotate(&block) && galley_figure_annotate(&block);
    CHECK(test, annotated);
    galley_span_list_sort(&spans);
    bool sound = is_apart(&spans);
    for (uint32_t i = 0; i < spans.count; i++)
      sound = sound && is_sound(&spans.items[i], length);
    if (!CHECK(test, sound)) printf("      in: %.*s\n", (int)length, text);
    found += spans.count;
    galley_span_list_free(&spans);
    galley_token_list_free(&tokens);
    free(text);
  }
  CHECK(test, found > 20000);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"writes what it reads", writes_what_it_reads},
      {"refuses what is no number", refuses_what_is_no_number},
      {"writes fractions and extremes", writes_fractions_and_extremes},
      {"tells when a sum does not fit", tells_when_a_sum_does_not_fit},
      {"never loses a short buffer", never_loses_a_short_buffer},
      {"holds on any text", holds_on_any_text},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
