#include "document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "span_compare.h"
#include "test.h"

static GalleyDocument *document_of(const char *bytes, uint32_t length) {
  GalleyDocument *document = galley_document_new();
  if (!document || !galley_document_edit(document, 0, 0, bytes, length)) abort();
  return document;
}

static void blocks_are_found(Test *test) {
  static const char text[] = "# Vote on ports\n\nThe council met.\nIt voted.\n\n- one\n- two\n\n"
                             "```\ncode\n```\n\nLast words.\n";
  static const uint8_t kinds[] = {GALLEY_BLOCK_HEADING,   GALLEY_BLOCK_PARAGRAPH,
                                  GALLEY_BLOCK_LIST_ITEM, GALLEY_BLOCK_LIST_ITEM,
                                  GALLEY_BLOCK_CODE,      GALLEY_BLOCK_PARAGRAPH};
  GalleyDocument *document = document_of(text, sizeof text - 1);
  CHECK_INT(test, document->block_count, sizeof kinds);
  for (uint32_t i = 0; i < document->block_count && i < sizeof kinds; i++) {
    CHECK_INT(test, document->blocks[i].kind, kinds[i]);
  }
  galley_document_free(document);
}

static void block_lookup(Test *test) {
  GalleyDocument *document = document_of("One.\n\nTwo.\n\nThree.\n", 19);
  CHECK_INT(test, galley_document_block_at(document, 0), 0);
  CHECK_INT(test, galley_document_block_at(document, 7), 1);
  CHECK_INT(test, galley_document_block_at(document, 13), 2);
  CHECK_INT(test, galley_document_block_at(document, 400), document->block_count);
  galley_document_free(document);
}

// Copy of real articles' features: a pool that random edits draw from.
static const char *const pieces[] = {
    "\n\n",
    "\n",
    " ",
    "\"",
    "“",
    "”",
    "'",
    "’",
    "# ",
    "- ",
    "> ",
    "```\n",
    "---\n",
    "*",
    "[^1]",
    "[^1]: A note.\n",
    "Mayor Ana Ruiz",
    " said ",
    "in May 2019",
    "they may go",
    "3.5 percent",
    "$2 million",
    "two days later, ",
    "He added: “We will.”",
    "\"No,\" said Tom Reed, \"never.\"",
    "according to the ministry",
    "NATO",
    "@harbour",
    "#ports",
    "https://example.org/a",
    "é",
    "ß",
    "\xff",
    "\r\n",
    "Tuesday",
    "a vote of 40 to 12",
    "(Reed 2018)",
    "Figure 2",
    "ran ",
    "fell by a third",
};

static void random_edits_equal_a_fresh_reading(Test *test) {
  TestRandom random = {4711};
  GalleyDocument *document = document_of("", 0);
  for (int i = 0; i < 3000 && !test->failures; i++) {
    uint32_t length = document->text.length;
    uint32_t start = test_random_below(&random, length + 1), old_end = start;
    if (test_random_below(&random, 3) == 0 || length > 3000) {
      old_end += test_random_below(&random, (length - start < 60 ? length - start : 60) + 1);
    }
    const char *piece = pieces[test_random_below(&random, sizeof pieces / sizeof *pieces)];
    uint32_t size = test_random_below(&random, 4) ? (uint32_t)strlen(piece) : 0;
    CHECK(test, galley_document_edit(document, start, old_end, piece, size));
    if (test_random_below(&random, 4)) continue; // several edits between two resolves
    GalleyDocument *fresh = document_of(document->text.bytes, document->text.length);
    CHECK(test, galley_document_resolve(document) && galley_document_resolve(fresh));
    const char *difference = document_difference(document, fresh);
    if (!CHECK(test, difference == NULL)) printf("  after edit %d: %s\n", i, difference);
    galley_document_free(fresh);
  }
  galley_document_free(document);
}

// A mark typed further down closes what an earlier block had left open, and joins them.
static void edits_reach_back(Test *test) {
  static const char text[] = "Intro.\n\n`\n***\nn\n1. ``\n";
  GalleyDocument *document = document_of(text, sizeof text - 1);
  CHECK(test, galley_document_edit(document, 20, 20, "three", 5));
  GalleyDocument *fresh = document_of(document->text.bytes, document->text.length);
  CHECK(test, galley_document_resolve(document) && galley_document_resolve(fresh));
  const char *difference = document_difference(document, fresh);
  if (!CHECK(test, difference == NULL)) printf("  %s\n", difference);
  galley_document_free(fresh);
  galley_document_free(document);
}

static void resolving_twice_changes_nothing(Test *test) {
  static const char text[] = "OSLO, May 3, 2018 — Mayor Ana Ruiz met Tom Reed on Tuesday.\n\n"
                             "“It works,” said Ruiz. She left two days later.\n";
  GalleyDocument *once = document_of(text, sizeof text - 1);
  GalleyDocument *twice = document_of(text, sizeof text - 1);
  CHECK(test, galley_document_resolve(once) && galley_document_resolve(twice));
  twice->resolved = false;
  CHECK(test, galley_document_resolve(twice));
  CHECK(test, document_difference(once, twice) == NULL);
  galley_document_free(once);
  galley_document_free(twice);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"document: blocks are found", blocks_are_found},
      {"document: block lookup", block_lookup},
      {"document: random edits equal a fresh reading", random_edits_equal_a_fresh_reading},
      {"document: edits reach back", edits_reach_back},
      {"document: resolving twice changes nothing", resolving_twice_changes_nothing},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
