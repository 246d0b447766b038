// Times the core on a text and prints what every stage costs beside the least that is possible.
//
//   bench FILE          the table for people
//   bench --dates FILE  one line for `make bench-peers`: seconds of parse, walk and tokens; seconds
//                       of dates and their resolve; dates found; bytes
//
// No test depends on what it prints.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "edits.h"
#include "kind.h"
#include "measure.h"
#include "sources.h"
#include "stages.h"

enum { REPETITIONS = 9 };

static void print_stage(const BenchStages *stages, const char *name, double seconds, double size) {
  double rate = seconds > 0 ? size / seconds : 0;
  double copy = size / stages->seconds[BENCH_COPY], bare = size / stages->seconds[BENCH_BARE];
  printf("  %-34s %9.3f %9.1f %9.2f%% %9.1f%%\n", name, seconds * 1e3, rate, 100 * rate / copy,
         100 * rate / bare);
}

static void print_stages(const BenchStages *stages, uint32_t length) {
  static const char *const names[BENCH_STAGE_COUNT] = {
      [BENCH_COPY] = "memcpy",
      [BENCH_BARE] = "bare tokenizer loop",
      [BENCH_PARSE] = "parse alone",
      [BENCH_LEAVES] = "walk of the tree",
      [BENCH_TOKENS] = "tokens alone",
      [BENCH_CITATION] = "citations alone",
      [BENCH_DATE] = "dates alone",
      [BENCH_ENTITY] = "entities alone",
      [BENCH_FIGURE] = "figures alone",
      [BENCH_QUOTE] = "quotes alone",
      [BENCH_LOAD] = "load: all of these, spans kept",
      [BENCH_DATE_RESOLVE] = "resolve of dates alone",
      [BENCH_RESOLVE] = "resolve: what the document tells",
  };
  double size = (double)length / 1e6;
  printf("%-36s %9s %9s %10s %10s   best of %d\n", "throughput", "ms", "MB/s", "of memcpy",
         "of bare", REPETITIONS);
  for (int i = 0; i < BENCH_STAGE_COUNT; i++)
    print_stage(stages, names[i], stages->seconds[i], size);
  print_stage(stages, "whole: load and resolve",
              stages->seconds[BENCH_LOAD] + stages->seconds[BENCH_RESOLVE], size);
  printf("\nfound: %u blocks, %u clusters", stages->blocks, stages->clusters);
  for (int i = 0; i < GALLEY_KIND_COUNT; i++)
    printf(", %s %u", galley_kinds[i].name, stages->spans[i]);
  printf("\n");
  printf("memory, bytes a byte of text: %.1f", stages->own_memory / length);
  if (stages->heap > 0) printf("; with the syntax tree %.1f", stages->heap / length);
  printf("\n");
}

static void print_dates(const BenchStages *stages, uint32_t length) {
  const double *seconds = stages->seconds;
  printf("%.6f %.6f %u %u\n", seconds[BENCH_PARSE] + seconds[BENCH_LEAVES] + seconds[BENCH_TOKENS],
         seconds[BENCH_DATE] + seconds[BENCH_DATE_RESOLVE], stages->dates, length);
}

int main(int argc, char **argv) {
  bool dates = argc > 1 && strcmp(argv[1], "--dates") == 0;
  if (argc != 2 + dates) bench_fail("usage", "bench [--dates] FILE");
  uint32_t length;
  char *bytes = bench_read_file(argv[1 + dates], &length);
  BenchStages stages = bench_stages(bytes, length, REPETITIONS);
  if (dates) {
    print_dates(&stages, length);
  } else {
    print_stages(&stages, length);
    bench_edits(bytes, length);
    bench_sources(bytes, length);
  }
  free(bytes);
  return 0;
}
