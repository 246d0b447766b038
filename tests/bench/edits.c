#include "edits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "document.h"
#include "measure.h"

enum { EDITS = 10000, PASTED = 10240, PAUSES = 20, PLACES = 3 };

typedef enum { LETTER, QUOTE, NEWLINE, PASTE, DELETE, SORTS } Sort;

static const char *const sort_names[SORTS] = {
    [LETTER] = "a letter",    [QUOTE] = "a quotation mark",     [NEWLINE] = "a new line",
    [PASTE] = "10 KB pasted", [DELETE] = "a paragraph deleted",
};

typedef struct {
  uint32_t start, removed, put; // bytes
  char bytes[PASTED];           // what is put there
} Edit;

typedef struct {
  GalleyDocument *document;
  const char *bytes; // the text as it is before and after each edit with its undo
  uint32_t length;
  uint32_t random;
} Bench;

static GalleyDocument *open_document(const char *bytes, uint32_t length) {
  GalleyDocument *document = galley_document_new();
  // With the tree that an editor makes before the first key.
  if (!document || !galley_document_edit(document, 0, 0, bytes, length) ||
      !galley_document_prepare(document)) {
    bench_fail("out of memory", "");
  }
  return document;
}

static uint32_t next_random(Bench *self, uint32_t limit) { // xorshift
  self->random ^= self->random << 13;
  self->random ^= self->random >> 17;
  self->random ^= self->random << 5;
  return self->random % limit;
}

// A place behind a space within the twentieth of the text that `place` names.
static uint32_t random_place(Bench *self, int place) {
  uint32_t width = self->length / 20,
           first = (self->length - width) / (PLACES - 1) * (uint32_t)place;
  uint32_t at = first + next_random(self, width);
  const char *space = memchr(self->bytes + at, ' ', self->length - at);
  return space ? (uint32_t)(space + 1 - self->bytes) : first;
}

// Start of the paragraph that holds a byte; its end is behind its blank line.
static uint32_t paragraph_start(const Bench *self, uint32_t at) {
  while (at > 1 && !(self->bytes[at - 1] == '\n' && self->bytes[at - 2] == '\n'))
    at--;
  return at > 1 ? at : 0;
}

static uint32_t paragraph_end(const Bench *self, uint32_t at) {
  while (at + 1 < self->length && !(self->bytes[at] == '\n' && self->bytes[at + 1] == '\n'))
    at++;
  return at + 2 < self->length ? at + 2 : self->length;
}

static void plan(Bench *self, Sort sort, int place, Edit *edit) {
  uint32_t at = random_place(self, place);
  edit->start = at;
  edit->removed = 0;
  edit->put = 1;
  switch (sort) {
  case LETTER:
    edit->bytes[0] = (char)('a' + next_random(self, 26));
    break;
  case QUOTE:
    edit->bytes[0] = '"';
    break;
  case NEWLINE:
    edit->bytes[0] = '\n';
    break;
  case PASTE: {
    uint32_t from = next_random(self, self->length - PASTED);
    while ((self->bytes[from] & 0xc0) == 0x80)
      from--;
    memcpy(edit->bytes, self->bytes + from, PASTED);
    edit->put = PASTED;
    break;
  }
  default:
    edit->start = paragraph_start(self, at);
    edit->removed = paragraph_end(self, at) - edit->start;
    edit->put = 0;
  }
}

static double replace(Bench *self, uint32_t start, uint32_t removed, const char *bytes,
                      uint32_t put) {
  double began = bench_now();
  if (!galley_document_edit(self->document, start, start + removed, bytes, put)) {
    bench_fail("out of memory", "");
  }
  return bench_now() - began;
}

typedef struct {
  double *edits, *undos; // seconds, EDITS each
} Times;

static void time_sort(Bench *self, Sort sort, int place, Times times) {
  static Edit edit;
  for (int i = 0; i < EDITS; i++) {
    plan(self, sort, place, &edit);
    times.edits[i] = replace(self, edit.start, edit.removed, edit.bytes, edit.put);
    times.undos[i] = replace(self, edit.start, edit.put, self->bytes + edit.start, edit.removed);
  }
}

static void print_times(double *seconds) {
  static const double shares[] = {0.5, 0.99, 1};
  printf("  ");
  for (int i = 0; i < 3; i++)
    printf(" %7.3f", bench_quantile(seconds, EDITS, shares[i]) * 1e3);
}

static void print_head(const char *name) {
  static const char *const places[PLACES] = {"at start", "middle", "end"};
  printf("\n%-28s", name);
  for (int place = 0; place < PLACES; place++)
    printf("   %7s %7s %7s", places[place], "p99", "worst");
  printf("   ms, %d edits each\n", EDITS);
}

void bench_edits(const char *bytes, uint32_t length, const char *name) {
  char title[64];
  (void)snprintf(title, sizeof title, "edits of %s", name);
  Bench self = {.document = open_document(bytes, length),
                .bytes = bytes,
                .length = length,
                .random = 20260514};
  double *seconds = calloc((size_t)2 * SORTS * PLACES * EDITS, sizeof *seconds);
  if (!seconds) bench_fail("out of memory", "");
  if (length <= 2 * PASTED) bench_fail("too short for edits", name);
  print_head(title);
  for (Sort sort = 0; sort < SORTS; sort++) {
    printf("  %-26s", sort_names[sort]);
    for (int place = 0; place < PLACES; place++) {
      double *edits = seconds + (size_t)2 * EDITS * ((size_t)sort * PLACES + (size_t)place);
      time_sort(&self, sort, place, (Times){edits, edits + EDITS});
      print_times(edits);
    }
    printf("\n");
  }
  for (Sort sort = 0; sort < SORTS; sort++) {
    printf("  undo: %-20s", sort_names[sort]);
    for (int place = 0; place < PLACES; place++)
      print_times(seconds + (size_t)2 * EDITS * ((size_t)sort * PLACES + (size_t)place) + EDITS);
    printf("\n");
  }
  free(seconds);
  galley_document_free(self.document);
}

void bench_pause(const char *bytes, uint32_t length, const char *name) {
  GalleyDocument *document = open_document(bytes, length);
  double resolve[PAUSES], check[PAUSES];
  if (!galley_check_run(document)) bench_fail("out of memory", "");
  for (int i = 0; i < PAUSES; i++) {
    uint32_t at = length / 2;
    if (!galley_document_edit(document, at, at, "x", 1)) bench_fail("out of memory", "");
    double start = bench_now();
    if (!galley_document_resolve(document)) bench_fail("out of memory", "");
    double resolved = bench_now();
    if (!galley_check_run(document)) bench_fail("out of memory", "");
    resolve[i] = resolved - start;
    check[i] = bench_now() - resolved;
  }
  printf("  after a pause in %s, median ms: names and speakers %.2f, checks %.2f\n", name,
         bench_quantile(resolve, PAUSES, 0.5) * 1e3, bench_quantile(check, PAUSES, 0.5) * 1e3);
  galley_document_free(document);
}
