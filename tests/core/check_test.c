// What holds of every check, and of the way they are run.
#include "check.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOUND_MAX = 64 };

static uint32_t run(Test *test, GalleyDocument *document, const char *text, bool ok,
                    GalleyFindingRef *refs) {
  bool done =
      galley_document_edit(document, 0, document->text.length, text, (uint32_t)strlen(text)) &&
      galley_check_run(document) && galley_check_count(document) <= FOUND_MAX;
  return CHECK(test, done) ? galley_check_collect(document, 0, ok, refs) : 0;
}

// The row's example that fires has this finding and no other; the clean one has none.
static void rows_keep_their_word(Test *test) {
  GalleyFindingRef refs[FOUND_MAX] = {{0}};
  GalleyDocument *document = galley_document_new();
  if (!CHECK(test, document)) return;
  for (unsigned i = 0; i < GALLEY_CHECK_COUNT; i++) {
    const GalleyCheckRow *row = &galley_checks[i];
    CHECK(test, row->id && row->help && row->fires && row->clean);
    CHECK_INT(test, galley_check_find(row->id), i);
    bool in_core = row->needs == GALLEY_NEEDS_TEXT;
    uint32_t count = run(test, document, row->fires, false, refs);
    bool right =
        count == 1 && refs[0].finding->check == i && refs[0].finding->severity == row->severity;
    if (in_core && !CHECK(test, right)) printf("  %s: %s (%u)\n", row->id, row->fires, count);
    count = run(test, document, row->clean, false, refs);
    if (!CHECK(test, count == 0)) {
      printf("  %s: %s: %s\n", row->id, row->clean, refs[0].list->text + refs[0].finding->message);
    }
  }
  galley_document_free(document);
}

static void an_unknown_check_is_told(Test *test) {
  CHECK_INT(test, galley_check_find("percent-chance"), GALLEY_CHECK_COUNT);
}

static void quotes_make_milder(Test *test) {
  GalleyFindingRef refs[FOUND_MAX] = {{0}};
  GalleyDocument *document = galley_document_new();
  if (!CHECK(test, document)) return;
  const char *text = "\"Traffic rose 580% to 700,000 from 125,313,\" said Ana Ruiz.\n";
  if (CHECK_INT(test, run(test, document, text, false, refs), 1) && refs[0].finding) {
    CHECK_INT(test, refs[0].finding->severity, GALLEY_SEVERITY_INFO);
  }
  galley_document_free(document);
}

static void checks_can_be_off(Test *test) {
  GalleyFindingRef refs[FOUND_MAX] = {{0}};
  GalleyDocument *document = galley_document_new();
  if (!CHECK(test, document)) return;
  const GalleyCheckRow *row = &galley_checks[GALLEY_CHECK_PERCENT_CHANGE];
  CHECK_INT(test, run(test, document, row->fires, false, refs), 1);
  uint64_t off = UINT64_C(1) << GALLEY_CHECK_PERCENT_CHANGE;
  CHECK_INT(test, galley_check_collect(document, off, false, refs), 0);
  CHECK_INT(test, run(test, document, row->clean, false, refs), 0);
  CHECK_INT(test, run(test, document, row->clean, true, refs), 1);
  galley_document_free(document);
}

// Findings of blocks that an edit does not touch stay, and move with the text.
static void findings_move(Test *test) {
  GalleyFindingRef refs[FOUND_MAX] = {{0}};
  GalleyDocument *document = galley_document_new();
  if (!CHECK(test, document)) return;
  const char *text = "It began.\n\nTraffic rose 580% to 700,000 from 125,313.\n\nIt ended.\n";
  CHECK_INT(test, run(test, document, text, false, refs), 1);
  uint32_t start = refs[0].finding ? refs[0].base + refs[0].finding->start : 0;
  CHECK(test, galley_document_edit(document, 0, 2, "The work", 8) && galley_check_run(document));
  CHECK_INT(test, galley_check_collect(document, 0, false, refs), 1);
  if (!CHECK(test, refs[0].finding)) {
    galley_document_free(document);
    return;
  }
  CHECK_INT(test, refs[0].base + refs[0].finding->start, start + 6);
  CHECK(test, galley_document_edit(document, start + 6, start + 10, "fell", 4));
  CHECK(test, galley_check_run(document));
  CHECK_INT(test, galley_check_collect(document, 0, false, refs), 1);
  CHECK_INT(test, refs[0].finding->check, GALLEY_CHECK_DIRECTION);
  galley_document_free(document);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"the examples of every row", rows_keep_their_word},
      {"an unknown check is told", an_unknown_check_is_told},
      {"milder inside quotes", quotes_make_milder},
      {"checks can be switched off", checks_can_be_off},
      {"findings stay with their blocks", findings_move},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
