#include "hostile.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "document.h"
#include "measure.h"

enum { SIZE = 1 << 20, ROUNDS = 3 };

typedef struct {
  char *bytes;
  uint32_t length, size;
} Text;

static void add(Text *text, const char *bytes, size_t length) {
  while (length > 0 && text->length < text->size) {
    text->bytes[text->length++] = *bytes++;
    length--;
  }
}

static void repeat(Text *text, const char *unit) {
  size_t length = strlen(unit);
  while (text->length + length <= text->size)
    add(text, unit, length);
}

// xorshift, so that every run has the same bytes
static void binary_file(Text *text) {
  uint32_t state = 20260514;
  while (text->length < text->size) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    char byte = (char)(state >> 9);
    add(text, &byte, 1);
  }
}

static void one_line(Text *text) {
  repeat(text, "On May 5 the council, which Anna Berg leads, sold 12 ships to Norland for $3.2m. ");
}

static void tiny_paragraphs(Text *text) {
  repeat(text, "a\n\n");
}

static void alternating_quotes(Text *text) {
  repeat(text, "\"a' “b‘ ");
}

static void open_quotes(Text *text) {
  repeat(text, "“Yes, she said.\n\n");
}

static void opening_marks(Text *text) {
  repeat(text, "“");
}

static void joined_capitals(Text *text) {
  repeat(text, "Bank of ");
}

// Deeper and deeper for 10,000 brackets, then out again, as often as there is room.
static void nested_brackets(Text *text) {
  while (text->length < text->size) {
    for (int i = 0; i < 10000; i++)
      add(text, "[", 1);
    for (int i = 0; i < 10000; i++)
      add(text, "]", 1);
  }
}

static void digits(Text *text) {
  repeat(text, "7");
}

static void combining_marks(Text *text) {
  add(text, "e", 1);
  repeat(text, "\xcc\x81");
}

static void one_word(Text *text) {
  repeat(text, "abcdefgh");
}

static void same_surname(Text *text) {
  repeat(text, "Mr Smith met John Smith. ");
}

static void percent_changes(Text *text) {
  repeat(text, "Sales rose 20% to 120 from 100, by 20 points to 30%. ");
}

static void notes(Text *text) {
  char unit[64];
  for (int i = 0; text->length < text->size; i++) {
    int length = snprintf(unit, sizeof unit, "A vote.[^%d]\n\n[^%d]: A page.\n\n", i, i);
    add(text, unit, (size_t)length);
  }
}

static void table_cells(Text *text) {
  repeat(text, "| Berg | 12 | 4% |\n");
}

static const struct {
  const char *name;
  void (*fill)(Text *text);
} inputs[] = {
    {"a binary file", binary_file},
    {"one line of 1 MB", one_line},
    {"350,000 tiny paragraphs", tiny_paragraphs},
    {"alternating quotation marks", alternating_quotes},
    {"quotes that are never closed", open_quotes},
    {"opening marks alone", opening_marks},
    {"130,000 capitals joined by \"of\"", joined_capitals},
    {"brackets nested 10,000 deep", nested_brackets},
    {"1 MB of digits", digits},
    {"a letter with 500,000 marks", combining_marks},
    {"one word of 1 MB", one_word},
    {"40,000 persons of one surname", same_surname},
    {"40,000 percent changes", percent_changes},
    {"notes and their definitions", notes},
    {"a table of 55,000 rows", table_cells},
};

// Seconds that spans and findings of a text take; its memory on the way.
static double annotate(const char *bytes, uint32_t length, double *memory) {
  size_t heap = bench_heap();
  double start = bench_now();
  GalleyDocument *document = galley_document_new();
  if (!document || !galley_document_edit(document, 0, 0, bytes, length) ||
      !galley_document_resolve(document) || !galley_check_run(document)) {
    bench_fail("out of memory", "");
  }
  double seconds = bench_now() - start;
  *memory = (double)(bench_heap() - heap);
  galley_document_free(document);
  return seconds;
}

static double best_of(const char *bytes, uint32_t length, double *memory) {
  double best = 0;
  for (int i = 0; i < ROUNDS; i++) {
    double seconds = annotate(bytes, length, memory);
    if (i == 0 || seconds < best) best = seconds;
  }
  return best;
}

void bench_hostile(void) {
  Text text = {.bytes = malloc(SIZE), .size = SIZE};
  if (!text.bytes) bench_fail("out of memory", "");
  printf("\n%-36s %9s %9s %12s\n", "hostile texts, spans and checks", "ms", "MB/s", "memory/byte");
  for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
    text.length = 0;
    inputs[i].fill(&text);
    double memory, half_memory;
    double half = best_of(text.bytes, text.length / 2, &half_memory);
    double whole = best_of(text.bytes, text.length, &memory);
    printf("  %-34s %9.1f %9.1f %12.1f   %.1f times as long for twice the text\n", inputs[i].name,
           whole * 1e3, text.length / 1e6 / whole, memory / text.length, whole / half);
    (void)fflush(stdout); // a slow one is seen to be it
  }
  free(text.bytes);
}
