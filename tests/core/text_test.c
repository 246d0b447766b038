#include "text.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"

static GalleyText text_of(const char *bytes) {
  GalleyText text = {0};
  if (!galley_text_init(&text)) abort();
  if (!galley_text_replace(&text, 0, 0, bytes, (uint32_t)strlen(bytes))) abort();
  return text;
}

static void empty_text_has_one_line(Test *test) {
  GalleyText text = text_of("");
  CHECK_INT(test, text.length, 0);
  CHECK_INT(test, text.line_count, 1);
  CHECK_INT(test, galley_text_row_start(&text, 0), 0);
  CHECK_INT(test, galley_text_point(&text, 0).row, 0);
  galley_text_free(&text);
}

static void final_newline_starts_no_line(Test *test) {
  GalleyText text = text_of("one\ntwo\n");
  CHECK_INT(test, text.line_count, 2);
  CHECK_INT(test, galley_text_row_start(&text, 1), 4);
  CHECK_INT(test, galley_text_row_start(&text, 2), 8);
  CHECK_INT(test, galley_text_point(&text, 8).row, 1);
  galley_text_free(&text);
}

static void replacing_moves_the_lines_behind(Test *test) {
  GalleyText text = text_of("one\ntwo\nthree\nfour");
  CHECK(test, galley_text_replace(&text, 3, 8, "\nA\nB\n", 5));
  CHECK_TEXT(test, text.bytes, text.length, "one\nA\nB\nthree\nfour");
  CHECK_INT(test, text.line_count, 5);
  CHECK_INT(test, galley_text_row_start(&text, 3), 8);
  CHECK_INT(test, galley_text_point(&text, 10).column, 2);
  galley_text_free(&text);
}

static void nul_bytes_are_text(Test *test) {
  GalleyText text = text_of("");
  CHECK(test, galley_text_replace(&text, 0, 0, "a\0b\n\0", 5));
  CHECK_INT(test, text.length, 5);
  CHECK_INT(test, text.line_count, 2);
  galley_text_free(&text);
}

static void clearing_keeps_it_usable(Test *test) {
  GalleyText text = text_of("one\ntwo");
  galley_text_clear(&text);
  CHECK_INT(test, text.line_count, 1);
  CHECK(test, galley_text_replace(&text, 0, 0, "x\ny", 3));
  CHECK_INT(test, text.line_count, 2);
  galley_text_free(&text);
}

static void too_long_a_text_is_refused_whole(Test *test) {
  GalleyText text = text_of("kept");
  CHECK(test, !galley_text_replace(&text, 0, 0, "", GALLEY_TEXT_MAX));
  CHECK_TEXT(test, text.bytes, text.length, "kept");
  galley_text_free(&text);
}

// The line index that a plain reading of the bytes gives.
static bool lines_are_right(const GalleyText *text) {
  uint32_t row = 0;
  if (text->line_starts[0] != 0) return false;
  for (uint32_t i = 0; i + 1 < text->length; i++) {
    if (text->bytes[i] != '\n') continue;
    if (++row >= text->line_count || text->line_starts[row] != i + 1) return false;
  }
  return row + 1 == text->line_count;
}

static void random_edits_keep_bytes_and_lines(Test *test) {
  TestRandom random = {20260101};
  GalleyText text = text_of("");
  char model[4096];
  uint32_t length = 0;
  for (int i = 0; i < 20000; i++) {
    uint32_t start = test_random_below(&random, length + 1);
    uint32_t old_end = start + test_random_below(&random, length - start + 1);
    if (old_end - start > 40) old_end = start + 40;
    char piece[32];
    uint32_t size = test_random_below(&random, sizeof piece);
    if (length - (old_end - start) + size > sizeof model) size = 0;
    for (uint32_t j = 0; j < size; j++)
      piece[j] = "ab\n\n \0"[test_random_below(&random, 6)];
    memmove(model + start + size, model + old_end, length - old_end);
    memcpy(model + start, piece, size);
    length = length - (old_end - start) + size;
    CHECK(test, galley_text_replace(&text, start, old_end, piece, size));
    bool right = CHECK_BYTES(test, text.bytes, text.length, model, length) &&
                 CHECK(test, lines_are_right(&text));
    if (!right) break;
  }
  galley_text_free(&text);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"text: an empty text has one line", empty_text_has_one_line},
      {"text: a final newline starts no line", final_newline_starts_no_line},
      {"text: replacing moves the lines behind", replacing_moves_the_lines_behind},
      {"text: NUL bytes are text", nul_bytes_are_text},
      {"text: clearing keeps it usable", clearing_keeps_it_usable},
      {"text: too long a text is refused whole", too_long_a_text_is_refused_whole},
      {"text: random edits keep bytes and lines", random_edits_keep_bytes_and_lines},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
