// Measures the core: bench FILE... makes 1 MB of prose from the files and prints what it costs.
//
// Figures are of this machine and this minute; the ratios to memcpy and to a bare loop over the
// words, measured in the same run, are what can be compared.
#define _POSIX_C_SOURCE 200809L // clock_gettime
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annotate.h"
#include "document.h"
#include "kind.h"
#include "prose.h"

enum { SIZE = 1 << 20, ROUNDS = 7, TYPED = 2000, RESOLVE_EACH = 20 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

static double percentile(const double *sorted, int count, double part) {
  int index = (int)(part * (count - 1) + 0.5);
  return sorted[index];
}

static void print_pace(const char *name, double seconds, uint32_t length, double bare) {
  double rate = length / seconds / 1e6;
  printf("  %-34s %9.1f MB/s  %8.2f ms", name, rate, seconds * 1e3);
  if (bare > 0) printf("   %5.1f x the loop over words", seconds / bare);
  putchar('\n');
}

// The least that reading words can cost: bytes hashed, words counted.
static uint32_t loop_over_words(const char *bytes, uint32_t length) {
  uint32_t hash = GALLEY_HASH_START, words = 0;
  bool inside = false;
  for (uint32_t i = 0; i < length; i++) {
    unsigned char byte = (unsigned char)bytes[i];
    bool letter = (unsigned)((byte | 0x20) - 'a') < 26 || byte >= 0x80;
    hash = letter ? galley_hash_byte(hash, byte) : GALLEY_HASH_START;
    words += letter && !inside;
    inside = letter;
  }
  return words ^ (hash & 1);
}

static volatile uint32_t sink; // what keeps a measured loop from being left out

static double time_words(const char *prose, uint32_t length) {
  double best = 1e9;
  for (int i = 0; i < ROUNDS; i++) {
    double start = now();
    sink = loop_over_words(prose, length);
    double taken = now() - start;
    if (taken < best) best = taken;
  }
  return best;
}

static double time_copy(const char *prose, uint32_t length) {
  char *copy = malloc(length);
  if (!copy) exit(2);
  double best = 1e9;
  for (int i = 0; i < ROUNDS; i++) {
    double start = now();
    memcpy(copy, prose, length);
    sink = (uint32_t)copy[i];
    double taken = now() - start;
    if (taken < best) best = taken;
  }
  free(copy);
  return best;
}

static double time_parse(const GalleyText *text) {
  double best = 1e9;
  for (int i = 0; i < ROUNDS; i++) {
    GalleySyntax *syntax = galley_syntax_new();
    double start = now();
    if (!syntax || !galley_syntax_parse(syntax, text)) exit(2);
    double taken = now() - start;
    if (taken < best) best = taken;
    galley_syntax_free(syntax);
  }
  return best;
}

static GalleyDocument *load(const char *prose, uint32_t length, double *seconds) {
  GalleyDocument *document = galley_document_new();
  double start = now();
  if (!document || !galley_document_edit(document, 0, 0, prose, length)) exit(2);
  *seconds = now() - start;
  return document;
}

// ---- annotators
// ----------------------------------------------------------------------------------

enum { LEAVES, TOKENS, CITATIONS, DATES, ENTITIES, FIGURES, QUOTES, STEPS };

static void time_block(GalleyBlockCursor *cursor, const GalleyDocument *document,
                       const GalleyBlock *block, double *steps) {
  static bool (*const annotators[])(GalleyBlockView *) = {
      galley_citation_annotate, galley_date_annotate, galley_entity_annotate,
      galley_figure_annotate, galley_quote_annotate};
  GalleyLeafList leaves = {0};
  GalleyTokenList tokens = {0};
  GalleySpanList spans = {0};
  const char *bytes = document->text.bytes + block->start;
  double from = now(), to;
  if (!galley_block_cursor_leaves(cursor, &leaves)) exit(2);
  steps[LEAVES] += (to = now()) - from;
  from = to;
  if (!galley_tokenize(bytes, block->start, leaves.items, leaves.count, &tokens)) exit(2);
  steps[TOKENS] += (to = now()) - from;
  GalleyBlockView view = {.bytes = bytes,
                          .length = block->end - block->start,
                          .kind = block->kind,
                          .level = block->level,
                          .tokens = tokens.items,
                          .token_count = tokens.count,
                          .spans = &spans};
  for (int i = 0; view.token_count && i < STEPS - CITATIONS; i++) {
    from = now();
    if (!annotators[i](&view)) exit(2);
    steps[CITATIONS + i] += now() - from;
  }
  galley_leaf_list_free(&leaves);
  galley_token_list_free(&tokens);
  galley_span_list_free(&spans);
}

static void print_steps(const GalleyDocument *document, double bare) {
  static const char *const names[STEPS] = {"leaves of the tree", "tokens",  "citations", "dates",
                                           "entities",           "figures", "quotes"};
  double best[STEPS];
  for (int i = 0; i < STEPS; i++)
    best[i] = 1e9;
  for (int round = 0; round < ROUNDS; round++) {
    double steps[STEPS] = {0};
    GalleyBlockCursor *cursor = galley_block_cursor_new(document->syntax, 0);
    GalleyBlock block;
    while (cursor && galley_block_cursor_next(cursor, &block)) {
      time_block(cursor, document, &block, steps);
    }
    galley_block_cursor_free(cursor);
    for (int i = 0; i < STEPS; i++) {
      if (steps[i] < best[i]) best[i] = steps[i];
    }
  }
  for (int i = 0; i < STEPS; i++)
    print_pace(names[i], best[i], document->text.length, bare);
}

// ---- typing
// --------------------------------------------------------------------------------------

// Types a line over and over at a place; `edits` and `resolves` get the seconds of each.
static void type_lines(GalleyDocument *document, uint32_t at, double *edits, double *resolves) {
  static const char typed[] = "The port may close on May 25, \"she said. ";
  uint32_t cursor = at;
  for (int i = 0; i < TYPED; i++) {
    uint32_t which = (uint32_t)i % (sizeof typed - 1);
    double start = now();
    if (!galley_document_edit(document, cursor, cursor, typed + which, 1)) exit(2);
    edits[i] = now() - start;
    cursor++;
    if (i % RESOLVE_EACH == 0) {
      start = now();
      if (!galley_document_resolve(document)) exit(2);
      resolves[i / RESOLVE_EACH] = now() - start;
    }
    if (which == sizeof typed - 2) { // the line is full: it is taken away again
      if (!galley_document_edit(document, at, cursor, "", 0)) exit(2);
      cursor = at;
    }
  }
}

static void print_typing(GalleyDocument *document, const char *place, uint32_t at) {
  double edits[TYPED], resolves[TYPED / RESOLVE_EACH];
  int resolved = TYPED / RESOLVE_EACH;
  type_lines(document, at, edits, resolves);
  qsort(edits, TYPED, sizeof *edits, by_size);
  qsort(resolves, (size_t)resolved, sizeof *resolves, by_size);
  printf(
      "  at the %-8s  p50 %7.3f  p99 %7.3f  max %7.3f ms   then resolve p50 %6.2f  max %6.2f ms\n",
      place, percentile(edits, TYPED, 0.5) * 1e3, percentile(edits, TYPED, 0.99) * 1e3,
      edits[TYPED - 1] * 1e3, percentile(resolves, resolved, 0.5) * 1e3,
      resolves[resolved - 1] * 1e3);
}

static void print_spans(const GalleyDocument *document) {
  uint32_t counts[GALLEY_KIND_COUNT] = {0};
  for (uint32_t i = 0; i < document->block_count; i++) {
    for (uint32_t j = 0; j < document->blocks[i].spans.count; j++) {
      counts[document->blocks[i].spans.items[j].kind]++;
    }
  }
  printf("  %u blocks, %u clusters;", document->block_count, document->cluster_count);
  for (int i = 0; i < GALLEY_KIND_COUNT; i++)
    printf(" %s %u", galley_kinds[i].name, counts[i]);
  printf("; %.1f MB beside the tree\n", (double)galley_document_memory(document) / 1e6);
}

int main(int argc, char **argv) {
  uint32_t length;
  char *prose = bench_prose((const char *const *)argv + 1, argc - 1, SIZE, &length);
  if (!prose) {
    fputs("bench: the examples cannot be read\n", stderr);
    return 2;
  }
  if (getenv("BENCH_PROSE")) { // for the part that runs in Neovim
    bool written = fwrite(prose, 1, length, stdout) == length;
    free(prose);
    return written ? 0 : 2;
  }
  double full = 1e9, first;
  for (int i = 0; i < ROUNDS; i++) {
    galley_document_free(load(prose, length, &first));
    if (first < full) full = first;
  }
  GalleyDocument *document = load(prose, length, &first);
  double start = now();
  if (!galley_document_resolve(document)) return 2;
  double resolved = now() - start, bare = time_words(prose, length);

  printf("%u bytes of prose\n", length);
  print_spans(document);
  print_pace("memcpy", time_copy(prose, length), length, 0);
  print_pace("loop over words", bare, length, 0);
  print_pace("parse", time_parse(&document->text), length, bare);
  print_pace("parse, tokens and spans", full, length, bare);
  print_pace("resolve (whole document)", resolved, length, bare);
  puts("of that, without the parser:");
  print_steps(document, bare);
  puts("one typed character, parse and annotation:");
  print_typing(document, "start", 0);
  print_typing(document, "middle", document->blocks[document->block_count / 2].start + 40);
  print_typing(document, "end", document->text.length);
  galley_document_free(document);
  free(prose);
  return 0;
}
