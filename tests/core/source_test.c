#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "match.h"
#include "source_passage.h"
#include "source_scan.h"
#include "test.h"

static void words_and_numbers(Test *test) {
  static const char text[] = "The company’s 1,204.50 votes; Zoë voted";
  static const char *const expected[] = {"The", "company", "1,204.50", "votes", "Zoë", "voted"};
  GalleyScanWord words[8], *word = words;
  for (uint32_t at = 0; word < words + 8 && galley_scan_next(text, sizeof text - 1, &at, word);)
    word++;
  if (!CHECK_INT(test, word - words, 6)) return;
  for (int i = 0; i < 6; i++)
    CHECK_TEXT(test, text + words[i].start, words[i].end - words[i].start, expected[i]);
  CHECK(test, words[0].flags & GALLEY_SCAN_COMMON);
  CHECK(test, words[1].flags & GALLEY_SCAN_POSSESSIVE);
  CHECK_INT(test, words[2].mantissa, 120450000);
  CHECK_INT(test, words[3].stem, words[5].stem);
  CHECK(test, words[3].hash != words[5].hash);
  CHECK(test, words[4].flags & GALLEY_SCAN_CAPITAL);
}

static void mantissas(Test *test) {
  CHECK_INT(test, galley_scan_mantissa(1204.5), 120450000);
  CHECK_INT(test, galley_scan_mantissa(0.72), 720000000);
  CHECK_INT(test, galley_scan_mantissa(9.99999999999), 999999999);
  CHECK_INT(test, galley_scan_mantissa(0), 0);
  CHECK_INT(test, galley_scan_mantissa(1e-320) >= GALLEY_MANTISSA_LOW, 1);
}

static bool has_number(const GalleySegment *segment, double value) {
  for (uint32_t i = 0; i < segment->number_count; i++)
    if (segment->numbers[i].mantissa == galley_scan_mantissa(value)) return true;
  return false;
}

static void numbers_in_words(Test *test) {
  static const char text[] = "Of ninety pilots forty-two left, and a third of the eleven clerks.\n";
  GalleySources *sources = galley_sources_new();
  CHECK(test, galley_sources_feed(sources, 1, text, sizeof text - 1));
  const GalleySegment *segment = galley_sources_get(sources, 1)->segments;
  CHECK(test, has_number(segment, 90) && has_number(segment, 42) && has_number(segment, 11));
  CHECK(test, has_number(segment, 1.0 / 3));
  CHECK(test, !has_number(segment, 2) && !has_number(segment, 92));
  galley_sources_free(sources);
}

static void lines(Test *test) {
  static const struct {
    const char *line;
    GalleyLineKind kind;
  } cases[] = {
      {"Orders, 2025: 1,204", GALLEY_LINE_CELL},
      {"Turnout (%), Harbour ward: 41.5", GALLEY_LINE_CELL},
      {"He said: we lost 40 men that day, and 30 more.", GALLEY_LINE_TEXT},
      {"See the note at 10:30", GALLEY_LINE_TEXT},
      {"## Results", GALLEY_LINE_HEADING},
      {"#1 of the week", GALLEY_LINE_TEXT},
      {"- a point", GALLEY_LINE_ITEM},
      {"12. a point", GALLEY_LINE_ITEM},
      {"1.5 metres", GALLEY_LINE_TEXT},
      {"| a | 5 |", GALLEY_LINE_ROW},
      {" \t ", GALLEY_LINE_BLANK},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *line = cases[i].line;
    if (!CHECK_INT(test, galley_line_kind(line, 0, (uint32_t)strlen(line)), cases[i].kind)) {
      printf("  %s\n", line);
    }
  }
}

// Passages are in order, within the text, and leave out only white space.
static void passages_cover(Test *test, const char *bytes, uint32_t length) {
  uint32_t at = 0;
  for (GalleyCut cut; at < length; at = cut.end) {
    cut = galley_passage_next(bytes, at, length);
    if (!CHECK(test, cut.start >= at && cut.end >= cut.start && cut.end <= length)) return;
    for (uint32_t i = at; i < cut.start; i++)
      CHECK(test, strchr(" \t\r\n\f", bytes[i]) != NULL);
    if (cut.start == cut.end) break;
  }
}

static void long_texts_are_cut(Test *test) {
  static char text[30000];
  memset(text, 'x', sizeof text);
  passages_cover(test, text, sizeof text);
  for (size_t i = 7; i < sizeof text; i += 8)
    text[i] = ' ';
  passages_cover(test, text, sizeof text);
  for (size_t i = 70; i < sizeof text; i += 71)
    text[i] = '\n';
  passages_cover(test, text, sizeof text);
  GalleyCut cut = galley_passage_next(text, 0, sizeof text);
  CHECK(test, cut.end > 900 && cut.end < 1200);
}

static void rows_are_counted(Test *test) {
  GalleySources *sources = galley_sources_new();
  char line[64];
  for (int i = 0; i < 4000; i++) {
    int length = sprintf(line, i % 7 == 3 ? "\n" : "Line %d of the book\n", i);
    if (!CHECK(test, galley_sources_feed(sources, 5, line, (size_t)length))) break;
  }
  const GalleySource *source = galley_sources_get(sources, 5);
  CHECK(test, source->segment_count > 1);
  uint32_t row = 0, start = 0;
  for (uint32_t i = 0; i < source->length; i++) {
    GalleyPoint point = galley_source_point(source, i);
    if (point.row != row || point.column != i - start) {
      CHECK_INT(test, point.row, row);
      CHECK_INT(test, point.column, i - start);
      break;
    }
    if (source->bytes[i] == '\n') {
      row++;
      start = i + 1;
    }
  }
  galley_sources_free(sources);
}

static void one_feed_equals_many(Test *test) {
  static const char text[] = "# Tides\n\nHigh water is at 4.2 m.\nLow water at 1.1 m.\n\n- one\n";
  GalleySources *sources = galley_sources_new();
  galley_sources_feed(sources, 1, text, sizeof text - 1);
  galley_sources_feed(sources, 2, text, 9);
  galley_sources_feed(sources, 2, text + 9, sizeof text - 1 - 9);
  const GalleySource *one = galley_sources_get(sources, 1), *two = galley_sources_get(sources, 2);
  CHECK_INT(test, one->segment_count, 1);
  CHECK_INT(test, two->segment_count, 1);
  const GalleySegment *a = one->segments, *b = two->segments;
  CHECK_INT(test, a->passage_count, 3);
  CHECK_INT(test, b->passage_count, 3);
  CHECK_INT(test, a->term_count, b->term_count);
  CHECK_INT(test, a->passages[1].heading, 0);
  CHECK(test, memcmp(a->passages, b->passages, 3 * sizeof(GalleyPassage)) == 0);
  CHECK_INT(test, sources->passage_count, 6);
  galley_sources_remove(sources, 1);
  CHECK_INT(test, sources->passage_count, 3);
  galley_sources_add(sources, 2);
  CHECK_INT(test, sources->passage_count, 0);
  CHECK(test, galley_sources_get(sources, 1) == NULL);
  galley_sources_free(sources);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"words and numbers of plain bytes", words_and_numbers},
      {"mantissas", mantissas},
      {"numbers in words", numbers_in_words},
      {"kinds of lines", lines},
      {"long texts are cut", long_texts_are_cut},
      {"rows are counted", rows_are_counted},
      {"one feed equals many", one_feed_equals_many},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
