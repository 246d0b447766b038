#include "edits.h"

#include <stdio.h>
#include <string.h>

#include "document.h"
#include "measure.h"

enum { EDITS = 2000, ROUNDS = 5, PAUSES = 20, QUOTES = 200 };

// Letters, digits, stops and quotation marks, which are dearest: the rest of a paragraph changes
// its depth. One paragraph takes the phrase, the next one takes it again.
static const char phrase[] = "On May 3, \"we sold 12 ships,\" she said. ";

// A byte within the next paragraph at or after `byte`, behind a space; the text's start if none.
static uint32_t next_place(const GalleyText *text, uint32_t byte) {
  const char *end = text->bytes + text->length;
  const char *blank = text->bytes + byte;
  while ((blank = memchr(blank, '\n', (size_t)(end - blank))) != NULL) {
    if (end - blank < 80) break;
    const char *space = memchr(blank + 40, ' ', (size_t)(end - blank - 40));
    if (blank[1] == '\n' && space) return (uint32_t)(space + 1 - text->bytes);
    blank++;
  }
  return 0;
}

static GalleyDocument *open_document(const char *bytes, uint32_t length) {
  GalleyDocument *document = galley_document_new();
  if (!document || !galley_document_edit(document, 0, 0, bytes, length)) {
    bench_fail("out of memory", "");
  }
  return document;
}

// The least that each key took in several rounds of the same typing: a machine that has other work
// to do halts every program for milliseconds now and then, though never at the same key.
static void time_keys(GalleyDocument *document, uint32_t place, double *seconds) {
  uint32_t first = place;
  for (uint32_t key = 0; key < EDITS; key++) {
    uint32_t letter = key % (uint32_t)(sizeof phrase - 1);
    // Short of paragraphs, the typing goes back to where it began.
    if (letter == 0 && !(place = next_place(&document->text, place))) {
      place = next_place(&document->text, first);
    }
    double start = bench_now();
    if (!galley_document_edit(document, place, place, &phrase[letter], 1)) {
      bench_fail("out of memory", "");
    }
    double took = bench_now() - start;
    if (seconds[key] == 0 || took < seconds[key]) seconds[key] = took;
    place++;
  }
}

// A quotation opened before the first word of the text, where what follows could all be in it, and
// closed. The least that each of the two keys took in several rounds.
static void time_quote(const char *bytes, uint32_t length, double seconds[2]) {
  GalleyDocument *document = open_document(bytes, length);
  const GalleyText *text = &document->text;
  uint32_t place = next_place(text, 0);
  for (int round = 0; round < QUOTES; round++) {
    for (int key = 0; key < 2; key++) {
      uint32_t at = place + (key ? 9 : 0);
      double start = bench_now();
      if (!galley_document_edit(document, at, at, "\"", 1)) bench_fail("out of memory", "");
      double took = bench_now() - start;
      if (round == 0 || took < seconds[key]) seconds[key] = took;
    }
    if (!galley_document_edit(document, place + 9, place + 10, "", 0) ||
        !galley_document_edit(document, place, place + 1, "", 0)) {
      bench_fail("out of memory", "");
    }
  }
  galley_document_free(document);
}

static double time_pause(GalleyDocument *document) {
  double seconds[PAUSES];
  for (int i = 0; i < PAUSES; i++) {
    if (!galley_document_edit(document, 0, 0, "x", 1)) bench_fail("out of memory", "");
    double start = bench_now();
    if (!galley_document_resolve(document)) bench_fail("out of memory", "");
    seconds[i] = bench_now() - start;
  }
  return bench_quantile(seconds, PAUSES, 0.5);
}

void bench_edits(const char *bytes, uint32_t length) {
  static const struct {
    const char *name;
    double share;
  } places[] = {{"start", 0}, {"middle", 0.5}, {"end", 0.93}};
  printf("\n%-36s %9s %9s %9s   over %d keys each, best of %d\n", "one typed character, ms", "p50",
         "p99", "max", EDITS, ROUNDS);
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    double seconds[EDITS] = {0};
    for (int round = 0; round < ROUNDS; round++) {
      GalleyDocument *document = open_document(bytes, length);
      time_keys(document, (uint32_t)((double)length * places[i].share), seconds);
      galley_document_free(document);
    }
    printf("  %-34s %9.3f %9.3f %9.3f\n", places[i].name, bench_quantile(seconds, EDITS, 0.5) * 1e3,
           bench_quantile(seconds, EDITS, 0.99) * 1e3, bench_quantile(seconds, EDITS, 1) * 1e3);
  }
  double quote[2] = {0, 0};
  time_quote(bytes, length, quote);
  printf("  %-34s %9.3f\n  %-34s %9.3f\n", "a quotation opened at the top", quote[0] * 1e3,
         "the same closed", quote[1] * 1e3);
  GalleyDocument *document = open_document(bytes, length);
  printf("  %-34s %9.3f\n", "names and speakers after a pause", time_pause(document) * 1e3);
  galley_document_free(document);
}
