// Random texts and random edits: no input gives an error, leaves tile the text, the tree after an
// edit is the tree of the text, and a scan without a tree finds the same blocks and leaves.
#include <stdlib.h>
#include <string.h>

#include "scan_compare.h"
#include "syntax.h"
#include "syntax_show.h"
#include "test.h"

// Texts are strung together from these: what the grammar treats apart, and bytes it must survive.
static const char *const pieces[] = {
    "the ",
    "The ",
    "word",
    "Name ",
    "said, ",
    "s' ",
    "Mr. ",
    "U.S. ",
    "\n",
    "\n\n",
    "\r\n",
    "  ",
    "\t",
    "\xc2\xa0",
    "\xef\xbb\xbf",
    "x",
    "\"",
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "'",
    "'s ",
    "«",
    "»",
    "‹",
    "›",
    "„",
    "‚",
    "``",
    "''",
    "`",
    "[",
    "](",
    "]",
    "(",
    ")",
    "*",
    "**",
    "_",
    "~~",
    "|",
    "\\",
    "# ",
    "## ",
    "- ",
    "1. ",
    "12) ",
    "> ",
    ">> ",
    "• ",
    "| a | b |\n",
    "---\n",
    "===\n",
    "- - -\n",
    "---|---\n",
    "```\n",
    "~~~\n",
    "```",
    "<!--",
    "-->",
    "<b>",
    "<script>",
    "</script>",
    "[^a]",
    "[^a]: ",
    "[b]: /c\n",
    "[3, 4]",
    "@me",
    "#tag",
    "#1",
    "http://x.org/a",
    "www.x",
    "a@b.c",
    "https://",
    ".",
    "...",
    "!",
    "?",
    ",",
    ":",
    "—",
    "-",
    "$5",
    "€",
    "1,234.5",
    "6'2\"",
    "'90s",
    "'n'",
    "50%",
    "é",
    "É",
    "日本",
    "😀",
    "\xff",
    "\xe2\x80",
    "\xf0\x9f",
    "\xc3",
    "\x01",
    "",
    "0",
    "X",
    "{",
};

// A piece into `out`; an empty one stands for a NUL byte.
static uint32_t random_piece(TestRandom *random, char *out) {
  const char *piece = pieces[test_random_below(random, sizeof pieces / sizeof *pieces)];
  uint32_t length = (uint32_t)strlen(piece);
  memcpy(out, length > 0 ? piece : "", length > 0 ? length : 1);
  return length > 0 ? length : 1;
}

enum { PIECE_MAX = 16, TEXT_PIECES = 300, EDIT_PIECES = 3 };

static uint32_t random_pieces(TestRandom *random, uint32_t count, char *out) {
  uint32_t length = 0;
  for (uint32_t i = 0; i < count; i++)
    length += random_piece(random, out + length);
  return length;
}

typedef struct {
  GalleyText text;
  GalleySyntax *syntax;
} Pair;

static bool pair_init(Pair *self, const char *bytes, uint32_t length) {
  self->syntax = galley_syntax_new();
  return self->syntax && galley_text_init(&self->text) &&
         galley_text_replace(&self->text, 0, 0, bytes, length) &&
         galley_syntax_parse(self->syntax, &self->text);
}

static void pair_free(Pair *self) {
  galley_syntax_free(self->syntax);
  galley_text_free(&self->text);
}

// Says which text it was, so that a failure can be made a case of its own.
static bool check_text(Test *test, const Pair *pair) {
  const char *fault = show_fault(pair->syntax, &pair->text);
  if (!fault) fault = scan_difference(pair->syntax, &pair->text);
  return test_check_bytes(test, __FILE__, __LINE__, pair->text.bytes, fault ? pair->text.length : 0,
                          fault ? fault : "", fault ? strlen(fault) : 0);
}

static void random_texts(Test *test) {
  TestRandom random = {20180614};
  static char bytes[TEXT_PIECES * PIECE_MAX];
  bool fine = true;
  for (uint32_t i = 0, tries = test_scaled("TEST_SCALE", 10000); i < tries && fine; i++) {
    uint32_t most = i % 8 == 0 ? TEXT_PIECES : 30;
    uint32_t length = random_pieces(&random, test_random_below(&random, most), bytes);
    Pair pair;
    fine = CHECK(test, pair_init(&pair, bytes, length)) && check_text(test, &pair);
    pair_free(&pair);
  }
}

// Sets addresses off from what runs into them: where digits do, the coarser leaves find another
// beginning of the address.
static void part_addresses(char *bytes, uint32_t length) {
  for (uint32_t i = 1; i < length; i++) {
    bool web =
        i + 3 <= length && (memcmp(bytes + i, "www", 3) == 0 || memcmp(bytes + i, "htt", 3) == 0);
    if (web && bytes[i - 1] != ' ') bytes[i] = ' ';
    if (bytes[i] == '@' && bytes[i - 1] != ' ') bytes[i] = 'a';
  }
}

// The core's leaves are the grammar's, but that text, names, figures and stops are one.
static void coarse_leaves(Test *test) {
  TestRandom random = {19050930};
  static char bytes[TEXT_PIECES * PIECE_MAX];
  bool fine = true;
  for (uint32_t i = 0, tries = test_scaled("TEST_SCALE", 10000); i < tries && fine; i++) {
    uint32_t most = i % 8 == 0 ? TEXT_PIECES : 30;
    uint32_t length = random_pieces(&random, test_random_below(&random, most), bytes);
    part_addresses(bytes, length);
    char *coarse_outline = show_outline(bytes, length);
    char *fine_outline = show_fine_outline(bytes, length);
    fine = CHECK(test, coarse_outline && fine_outline);
    if (fine && strcmp(coarse_outline, fine_outline) != 0) {
      fine = CHECK_TEXT(test, coarse_outline, strlen(coarse_outline), fine_outline);
      CHECK_TEXT(test, bytes, length, "");
    }
    free(coarse_outline);
    free(fine_outline);
  }
}

static void random_bytes(Test *test) {
  TestRandom random = {19890126};
  char bytes[256];
  bool fine = true;
  for (uint32_t i = 0, tries = test_scaled("TEST_SCALE", 5000); i < tries && fine; i++) {
    uint32_t length = test_random_below(&random, sizeof bytes);
    for (uint32_t k = 0; k < length; k++)
      bytes[k] = (char)test_random_below(&random, 256);
    Pair pair;
    fine = CHECK(test, pair_init(&pair, bytes, length)) && check_text(test, &pair);
    pair_free(&pair);
  }
}

// One random edit. False if the tree then differs from that of the text.
static bool random_edit(Test *test, TestRandom *random, Pair *pair) {
  char bytes[EDIT_PIECES * PIECE_MAX];
  uint32_t length = pair->text.length;
  uint32_t start = test_random_below(random, length + 1);
  uint32_t removed = test_random_below(random, test_random_below(random, 4) ? 4 : 60);
  if (removed > length - start) removed = length - start;
  uint32_t added = random_pieces(random, test_random_below(random, EDIT_PIECES + 1), bytes);
  GalleyEdit edit = {start, start + removed, start + added};
  if (!CHECK(test, galley_text_replace(&pair->text, start, edit.old_end, bytes, added)) ||
      !CHECK(test, galley_syntax_edit(pair->syntax, &pair->text, edit))) {
    return false;
  }
  GalleySyntax *fresh = galley_syntax_new();
  bool same = fresh && galley_syntax_parse(fresh, &pair->text) &&
              galley_syntax_equal(pair->syntax, fresh) && check_text(test, pair);
  galley_syntax_free(fresh);
  return CHECK(test, same);
}

static void random_edits(Test *test) {
  TestRandom random = {17050401};
  static char bytes[TEXT_PIECES * PIECE_MAX];
  bool fine = true;
  for (uint32_t i = 0, tries = test_scaled("TEST_SCALE", 2500); i < tries && fine; i++) {
    uint32_t most = i % 8 == 0 ? TEXT_PIECES : 40;
    uint32_t length = random_pieces(&random, test_random_below(&random, most), bytes);
    Pair pair;
    fine = CHECK(test, pair_init(&pair, bytes, length));
    for (int edit = 0; edit < 20 && fine; edit++)
      fine = random_edit(test, &random, &pair);
    pair_free(&pair);
  }
}

// Edits in a text long enough for chunks, sections and split blocks.
static void random_edits_of_a_long_text(Test *test) {
  TestRandom random = {16650101};
  static char bytes[8000 * PIECE_MAX];
  Pair pair;
  bool fine = CHECK(test, pair_init(&pair, bytes, random_pieces(&random, 8000, bytes)));
  for (int edit = 0; edit < 200 && fine; edit++)
    fine = random_edit(test, &random, &pair);
  pair_free(&pair);
}

// `size` bytes that repeat `unit`.
static void check_repeated(Test *test, const char *unit, uint32_t size) {
  char *bytes = malloc(size);
  uint32_t length = (uint32_t)strlen(unit);
  Pair pair;
  if (!CHECK(test, bytes)) return;
  for (uint32_t i = 0; i < size; i++)
    bytes[i] = unit[i % length];
  CHECK(test, pair_init(&pair, bytes, size) && check_text(test, &pair));
  // And one byte in its middle.
  GalleyEdit edit = {size / 2, size / 2, size / 2 + 1};
  GalleySyntax *fresh = galley_syntax_new();
  CHECK(test, galley_text_replace(&pair.text, edit.start, edit.old_end, "x", 1) &&
                  galley_syntax_edit(pair.syntax, &pair.text, edit) && fresh &&
                  galley_syntax_parse(fresh, &pair.text) &&
                  galley_syntax_equal(pair.syntax, fresh));
  galley_syntax_free(fresh);
  pair_free(&pair);
  free(bytes);
}

static void long_monotony(Test *test) {
  static const char *const units[] = {
      "a",         "\n",     " ",       "A ",      "7",   ".",         "“",
      "\"",        "'",      "`",       "``",      "[",   "](",        "<a",
      "> ",        "- \n",   "# \n",    "|",       "a\n", "*",         "\xff",
      "\xe2",      "\\",     "word ",   "a b. ",   "’s ", "\r\n",      "```\n",
      "~~~\n\n",   "<!-- ",  "---\n",   "| a |\n", "“a ", "\"a ",      "'a ",
      "a “b ‘c” ", "[^a]: ", "http://", "@a ",     "\r",  "``` a\n\n", "<script>\n\n",
      "<!--\n\n",  "a “",
  };
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    check_repeated(test, units[i], i < 4 ? 1000000 : 60000);
  }
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"10,000 random texts", random_texts},
      {"leaves of 10,000 random texts beside the grammar's", coarse_leaves},
      {"5,000 texts of random bytes", random_bytes},
      {"50,000 random edits", random_edits},
      {"edits of a long text", random_edits_of_a_long_text},
      {"long monotonous texts", long_monotony},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
