// Makes every allocation of the core fail, one after the other: see allocation.h. After each the
// text can be annotated as if nothing had been, and when all is freed nothing is left.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../fuzz/check.h" // the core has a check.h too
#include "allocation.h"
#include "check.h"
#include "match.h"
#include "span_compare.h"
#include "span_json.h"
#include "test.h"

static const char article[] =
    "---\ndate: 2024-03-09\n---\n\n# Port to close\n\n"
    "VELMA — Mayor Ana Ruiz said on Friday that the Harbour Trust would close the north quay.\n\n"
    "“We waited four years for this,” Ruiz said. About 476 people, 12 percent of the town,\n"
    "marched in May, and Dr. Okafor told them ‘never again’.[^1]\n\n"
    "She added: “It costs $2.5bn.\n\n“And it lasts from 2010 to 2014,” she said on May 25.\n\n"
    "- The U.S. embassy declined to comment; see [the register](https://example.org/a).\n"
    "- José Ruiz, 54, lives 5 km away. The 1990s were better, the council's lawyer recalled.\n\n"
    "> Nothing is as it was two years ago.\n\n[^1]: Marsh (2016), Figure 2.\n";

enum { ALLOCATIONS_MAX = 100000 }; // more than any of the tests needs: ends a loop that goes wrong

static GalleyDocument *whole(void) {
  GalleyDocument *document = galley_document_new();
  if (!document || !galley_document_edit(document, 0, 0, article, sizeof article - 1)) exit(2);
  return document;
}

static bool same_as_whole(Test *test, GalleyDocument *document) {
  GalleyDocument *fresh = whole();
  if (!galley_document_resolve(fresh)) exit(2);
  bool resolved = CHECK(test, galley_document_resolve(document));
  const char *difference = resolved ? document_difference(document, fresh) : NULL;
  if (difference) printf("  %s\n", difference);
  galley_document_free(fresh);
  return resolved && CHECK(test, !difference);
}

// Fills a document that may have failed before, and compares it with one that never did.
static bool usable(Test *test, GalleyDocument *document) {
  return CHECK(test, galley_document_edit(document, 0, document->text.length, article,
                                          sizeof article - 1)) &&
         same_as_whole(test, document);
}

static void new_documents(Test *test) {
  bool failed = true;
  for (uint32_t n = 1; failed && n < ALLOCATIONS_MAX; n++) {
    allocation_fail_at(n);
    GalleyDocument *document = galley_document_new();
    failed = allocation_failed();
    CHECK(test, failed || document);
    if (document && !usable(test, document)) printf("  after allocation %u failed\n", n);
    galley_document_free(document);
  }
}

static void filled_documents(Test *test) {
  bool failed = true;
  for (uint32_t n = 1; failed && n < ALLOCATIONS_MAX && !test->failures; n++) {
    GalleyDocument *document = galley_document_new();
    allocation_fail_at(n);
    bool done = galley_document_edit(document, 0, 0, article, sizeof article - 1);
    failed = allocation_failed();
    // A list that could not be made smaller is no failure: then the edit succeeds.
    if (!done) {
      CHECK(test, failed);
      CHECK_INT(test, document->text.length, 0);
      CHECK_INT(test, document->block_count, 0);
    }
    if (!usable(test, document)) printf("  after allocation %u failed\n", n);
    galley_document_free(document);
  }
}

static void written_documents(Test *test) {
  GalleyDocument *document = whole();
  if (!galley_document_resolve(document)) exit(2);
  bool failed = true;
  for (uint32_t n = 1; failed && n < ALLOCATIONS_MAX; n++) {
    GalleyJson json = {0};
    allocation_fail_at(n);
    bool done = galley_json_spans(&json, document, ",");
    failed = allocation_failed();
    CHECK(test, done != failed);
    galley_json_free(&json);
  }
  galley_document_free(document);
}

static void edited_documents(Test *test) {
  static const char text[] = "“It may cost $3bn in June 2019,” said Bo Li.\n\nMore.\n\n";
  bool failed = true;
  for (uint32_t n = 1; failed && n < ALLOCATIONS_MAX && !test->failures; n++) {
    GalleyDocument *document = whole();
    uint32_t middle = (uint32_t)(strstr(article, "She added") - article);
    allocation_fail_at(n);
    bool done = galley_document_edit(document, middle, middle, text, sizeof text - 1);
    failed = allocation_failed();
    if (!done) CHECK_INT(test, document->text.length, 0);
    const char *wrong = fuzz_check_fresh(document);
    if (!CHECK(test, !wrong)) printf("  after allocation %u failed: %s\n", n, wrong);
    usable(test, document);
    galley_document_free(document);
  }
}

static void resolved_documents(Test *test) {
  bool failed = true;
  for (uint32_t n = 1; failed && n < ALLOCATIONS_MAX && !test->failures; n++) {
    GalleyDocument *document = whole();
    allocation_fail_at(n);
    bool done = galley_document_resolve(document);
    failed = allocation_failed();
    CHECK(test, done || failed);
    if (!same_as_whole(test, document)) printf("  after allocation %u failed\n", n);
    galley_document_free(document);
  }
}

// Names of the writer's own, in the text or not.
static bool give_names(GalleyDocument *document) {
  static const GalleyNameEntry entries[] = {
      {"Harbour Trust", 13, 1, GALLEY_ENTITY_ORGANIZATION},
      {"the Trust", 9, 1, GALLEY_ENTITY_ORGANIZATION},
      {"Velma", 5, 2, GALLEY_NOT_A_NAME},
  };
  return galley_document_set_names(document, entries, sizeof entries / sizeof *entries);
}

static void named_documents(Test *test) {
  bool failed = true;
  GalleyDocument *fresh = whole();
  if (!give_names(fresh) || !galley_document_resolve(fresh)) exit(2);
  for (uint32_t n = 1; failed && n < ALLOCATIONS_MAX && !test->failures; n++) {
    GalleyDocument *document = whole();
    allocation_fail_at(n);
    bool done = give_names(document);
    failed = allocation_failed();
    CHECK(test, done || failed);
    CHECK(test, give_names(document));
    CHECK(test,
          galley_document_edit(document, 0, document->text.length, article, sizeof article - 1));
    CHECK(test, galley_document_resolve(document));
    const char *difference = document_difference(document, fresh);
    if (!CHECK(test, !difference)) printf("  after allocation %u failed: %s\n", n, difference);
    galley_document_free(document);
  }
  galley_document_free(fresh);
}

// A text with findings of many checks: without memory there may be fewer, and later they are whole.
static void checked_documents(Test *test) {
  char text[16384];
  size_t length = 0;
  for (unsigned i = 0; i < GALLEY_CHECK_COUNT; i++)
    length +=
        (size_t)snprintf(text + length, sizeof text - length, "%s\n\n", galley_checks[i].fires);
  uint32_t expected = 0;
  bool failed = true;
  for (uint32_t n = 0; failed && n < ALLOCATIONS_MAX && !test->failures; n++) {
    GalleyDocument *document = galley_document_new();
    if (!document || !galley_document_edit(document, 0, 0, text, (uint32_t)length)) exit(2);
    allocation_fail_at(n);
    bool done = galley_check_run(document);
    failed = allocation_failed() || n == 0;
    CHECK(test, done || failed);
    CHECK(test, galley_check_run(document));
    if (n == 0) expected = galley_check_count(document);
    if (!CHECK_INT(test, galley_check_count(document), expected)) {
      printf("  after allocation %u failed\n", n);
    }
    galley_document_free(document);
  }
  CHECK(test, expected > 0);
}

static const char source_text[] =
    "# Register\n\nSome 476 people marched in May, 12 per cent of the town.\n"
    "It cost $2.5 billion, Ana Ruiz said on May 25: “We waited five years for this.”\n\n"
    "| Quay | Length (km) |\n|---|---|\n| North | 5 |\n\nCosts, 2014 ($m): 2500\n";

// Whether every fact is searched for. Counts those that have a place.
static bool search_all(GalleySources *sources, const GalleyDocument *document, uint32_t *placed) {
  static GalleyMatchList list;
  *placed = 0;
  for (uint32_t i = 0; i < document->block_count; i++)
    for (uint32_t j = 0; j < document->blocks[i].spans.count; j++) {
      if (!galley_match_find(sources, document, i, j, GALLEY_MATCH_MOST, &list)) return false;
      *placed += list.count && list.items[0].score >= GALLEY_MATCH_PLACE;
    }
  return true;
}

static void fed_sources(Test *test) {
  bool failed = true;
  for (uint32_t n = 1; failed && n < ALLOCATIONS_MAX && !test->failures; n++) {
    allocation_fail_at(n);
    GalleySources *sources = galley_sources_new();
    bool done = sources && galley_sources_feed(sources, 1, source_text, sizeof source_text - 1) &&
                galley_sources_feed(sources, 1, source_text, sizeof source_text - 1);
    failed = allocation_failed();
    CHECK(test, done || failed);
    if (sources) {
      const GalleySource *source = galley_sources_get(sources, 1);
      uint32_t whole = sizeof source_text - 1;
      CHECK(test, !source || source->length % whole == 0);
      CHECK(test, galley_sources_feed(sources, 2, source_text, whole));
      if (source && source->length == 2 * whole) CHECK_INT(test, sources->count, 2);
    }
    galley_sources_free(sources);
  }
}

static void searched_sources(Test *test) {
  bool failed = true;
  uint32_t most = 0, placed;
  GalleyDocument *document = whole();
  if (!galley_document_resolve(document)) exit(2);
  for (uint32_t n = 1; failed && n < ALLOCATIONS_MAX && !test->failures; n++) {
    GalleySources *sources = galley_sources_new();
    if (!sources || !galley_sources_feed(sources, 1, source_text, sizeof source_text - 1)) exit(2);
    allocation_fail_at(n);
    bool done = search_all(sources, document, &placed);
    failed = allocation_failed();
    CHECK(test, done || failed);
    CHECK(test, search_all(sources, document, &placed));
    if (n == 1) most = placed;
    CHECK_INT(test, placed, most);
    galley_sources_free(sources);
  }
  CHECK(test, most > 2);
  galley_document_free(document);
}

// What the cases above allocated, with all their failures.
static void nothing_is_left(Test *test) {
  CHECK_INT(test, allocation_live(), 0);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"a new document without memory", new_documents},
      {"a document filled without memory", filled_documents},
      {"a document written as JSON without memory", written_documents},
      {"a document edited without memory", edited_documents},
      {"a document resolved without memory", resolved_documents},
      {"sources fed without memory", fed_sources},
      {"sources searched without memory", searched_sources},
      {"a document checked without memory", checked_documents},
      {"a document given names without memory", named_documents},
      {"nothing is left of what was allocated", nothing_is_left},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
