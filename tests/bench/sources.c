#include "sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "match.h"
#include "measure.h"

enum { PIECE = 65536, TOTAL = 20 << 20, PIECES_MOST = 2 * TOTAL / PIECE + 2, ARTICLE = 30000 };

// The end of the piece from `start`: behind a line end, at most PIECE bytes on.
static uint32_t piece_end(const char *bytes, uint32_t length, uint32_t start) {
  uint32_t end = length - start > PIECE ? start + PIECE : length;
  while (end > start && end < length && bytes[end - 1] != '\n')
    end--;
  return end > start ? end : length;
}

static void print_feeds(double *seconds, size_t count, size_t fed, size_t memory) {
  double sum = 0;
  for (size_t i = 0; i < count; i++)
    sum += seconds[i];
  printf("\nsources: %.1f MB in pieces of 64 KB\n", (double)fed / 1048576);
  printf("  all indexed, ms %25.0f\n", sum * 1e3);
  printf("  one piece, ms: p50 %.2f  p99 %.2f  max %.2f\n",
         bench_quantile(seconds, count, 0.5) * 1e3, bench_quantile(seconds, count, 0.99) * 1e3,
         bench_quantile(seconds, count, 1) * 1e3);
  printf("  memory, bytes a byte of text %12.2f\n", (double)memory / (double)fed);
}

static void time_searches(GalleySources *sources, const char *bytes, uint32_t length) {
  static GalleyMatchList list;
  GalleyDocument *document = galley_document_new();
  uint32_t searches = 0, found = 0, size = length < ARTICLE ? length : ARTICLE;
  bool ready = document && galley_document_edit(document, 0, 0, bytes, size) &&
               galley_document_resolve(document);
  if (!ready) bench_fail("out of memory", "");
  double start = bench_now(), worst = 0;
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    for (uint32_t j = 0; j < spans->count; j++) {
      if (!galley_match_wanted(&spans->items[j])) continue;
      double began = bench_now();
      if (!galley_match_find(sources, document, i, j, GALLEY_MATCH_MOST, &list)) {
        bench_fail("out of memory", "");
      }
      double took = bench_now() - began;
      if (took > worst) worst = took;
      found += list.count && list.items[0].score >= GALLEY_MATCH_PLACE;
      searches++;
    }
  }
  double all = bench_now() - start;
  printf("  %u facts searched, %u placed: ms each %.2f, worst %.2f\n", searches, found,
         searches ? all * 1e3 / searches : 0, worst * 1e3);
  galley_document_free(document);
}

void bench_sources(const char *bytes, uint32_t length) {
  static double seconds[PIECES_MOST];
  size_t fed = 0, count = 0;
  GalleySources *sources = galley_sources_new();
  if (!sources) bench_fail("out of memory", "");
  for (int64_t id = 0; length && fed < TOTAL && count < PIECES_MOST; id++) {
    for (uint32_t at = 0; at < length && fed < TOTAL && count < PIECES_MOST;) {
      uint32_t end = piece_end(bytes, length, at);
      double start = bench_now();
      if (!galley_sources_feed(sources, id, bytes + at, end - at)) bench_fail("out of memory", "");
      seconds[count++] = bench_now() - start;
      fed += end - at;
      at = end;
    }
  }
  print_feeds(seconds, count, fed, galley_sources_memory(sources));
  time_searches(sources, bytes, length);
  galley_sources_free(sources);
}
