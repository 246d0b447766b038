// Times the core on a text and prints what every stage costs beside the least that is possible.
//
//   bench FILE          the tables for people: stages of the first 1 MB, growth, edits, sources
//   bench --hostile     texts that no writer would write
//   bench --line FILE   one line for `make bench-peers`: seconds of parse, walk and tokens; seconds
//                       of dates and their resolve; of everything; dates and spans found; bytes;
//                       the most memory that the program had, in bytes
//
// No test depends on what it prints.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "edits.h"
#include "growth.h"
#include "hostile.h"
#include "kind.h"
#include "measure.h"
#include "sources.h"
#include "stages.h"

enum { REPETITIONS = 9, KILOBYTES_100 = 100000, MEGABYTE = 1000000 };

static void print_stage(const BenchStages *stages, const char *name, double seconds, double size) {
  double rate = seconds > 0 ? size / seconds : 0;
  double copy = size / stages->seconds[BENCH_COPY], bare = size / stages->seconds[BENCH_BARE];
  printf("  %-34s %9.3f %9.1f %9.2f%% %9.1f%%\n", name, seconds * 1e3, rate, 100 * rate / copy,
         100 * rate / bare);
}

static void print_stages(const BenchStages *stages, uint32_t length) {
  double size = (double)length / 1e6;
  printf("%-36s %9s %9s %10s %10s   best of %d\n", "throughput", "ms", "MB/s", "of memcpy",
         "of bare", REPETITIONS);
  for (int i = 0; i < BENCH_STAGE_COUNT; i++)
    print_stage(stages, bench_stage_names[i], stages->seconds[i], size);
  printf("\nfound: %u blocks, %u clusters", stages->blocks, stages->clusters);
  for (int i = 0; i < GALLEY_KIND_COUNT; i++)
    printf(", %s %u", galley_kinds[i].name, stages->spans[i]);
  printf("\n");
  printf("memory, bytes a byte of text: %.1f", stages->own_memory / length);
  if (stages->heap > 0) printf("; as the C library counts it %.1f", stages->heap / length);
  printf("\n");
}

static void print_line(const BenchStages *stages, uint32_t length) {
  const double *seconds = stages->seconds;
  uint32_t found = 0;
  for (int i = 0; i < GALLEY_KIND_COUNT; i++)
    found += stages->spans[i];
  printf("%.6f %.6f %.6f %u %u %u %.0f\n",
         seconds[BENCH_PARSE] + seconds[BENCH_LEAVES] + seconds[BENCH_TOKENS],
         seconds[BENCH_DATE] + seconds[BENCH_DATE_RESOLVE], seconds[BENCH_WHOLE], stages->dates,
         found, length, bench_peak_memory());
}

// A shorter text that ends with a line.
static uint32_t beginning(const char *bytes, uint32_t length, uint32_t most) {
  if (length <= most) return length;
  while (most > 0 && bytes[most - 1] != '\n')
    most--;
  return most;
}

static void print_tables(const char *bytes, uint32_t length) {
  uint32_t megabyte = beginning(bytes, length, MEGABYTE);
  uint32_t kilobytes = beginning(bytes, length, KILOBYTES_100);
  BenchStages stages = bench_stages(bytes, megabyte, REPETITIONS);
  print_stages(&stages, megabyte);
  bench_growth(bytes, length);
  if (length >= KILOBYTES_100) {
    bench_edits(bytes, kilobytes, "100 KB");
    bench_pause(bytes, kilobytes, "100 KB");
  }
  if (length >= MEGABYTE) {
    bench_edits(bytes, megabyte, "1 MB");
    bench_pause(bytes, megabyte, "1 MB");
  }
  bench_sources(bytes, length);
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "--hostile") == 0) {
    bench_hostile();
    return 0;
  }
  bool line = argc > 1 && strcmp(argv[1], "--line") == 0;
  if (argc != 2 + line) bench_fail("usage", "bench [--line] FILE | --hostile");
  uint32_t length;
  char *bytes = bench_read_file(argv[1 + line], &length);
  if (line) {
    BenchStages stages = bench_stages(bytes, length, REPETITIONS);
    print_line(&stages, length);
  } else {
    print_tables(bytes, length);
  }
  free(bytes);
  return 0;
}
