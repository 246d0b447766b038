#include "growth.h"

#include <math.h>
#include <stdio.h>

#include "measure.h"
#include "stages.h"

enum { SIZES = 4 };

static const struct {
  const char *name;
  uint32_t bytes;
  int repetitions; // small texts are timed more often: their runs are short
} sizes[SIZES] = {
    {"3 KB", 3000, 400}, {"100 KB", 100000, 40}, {"1 MB", 1000000, 9}, {"10 MB", 10000000, 3}};

// The end of the paragraph that holds byte `size`, so that no text ends within a quote.
static uint32_t cut_at(const char *bytes, uint32_t length, uint32_t size) {
  for (uint32_t at = size; at + 1 < length; at++) {
    if (bytes[at] == '\n' && bytes[at + 1] == '\n') return at + 1;
  }
  return length;
}

// The exponent k of time ~ size^k, by least squares of the logarithms; of texts of 100 KB and more,
// since what a call costs at least weighs in small ones.
static double exponent(const double *times, const uint32_t *lengths, int count) {
  double n = 0, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
  for (int i = 1; i < count; i++) {
    double x = log((double)lengths[i]), y = log(times[i] > 0 ? times[i] : 1e-9);
    n++, sum_x += x, sum_y += y, sum_xx += x * x, sum_xy += x * y;
  }
  double spread = n * sum_xx - sum_x * sum_x;
  return spread > 0 ? (n * sum_xy - sum_x * sum_y) / spread : 0;
}

static void print_row(BenchStage stage, const BenchStages *all, const uint32_t *lengths,
                      int count) {
  double times[SIZES];
  printf("  %-34s", bench_stage_names[stage]);
  for (int i = 0; i < count; i++) {
    times[i] = all[i].seconds[stage];
    printf(" %9.1f", lengths[i] / 1e6 / times[i]);
  }
  if (count > 2) printf("  %8.2f", exponent(times, lengths, count));
  if (count == SIZES) {
    double per_byte = times[3] / lengths[3] * lengths[2] / times[2];
    printf("  %8.2f x", 10 * per_byte);
  }
  printf("\n");
}

static void print_memory(const char *name, const double *memory, const uint32_t *lengths,
                         int count) {
  printf("  %-34s", name);
  for (int i = 0; i < count; i++)
    printf(" %9.1f", memory[i] / lengths[i]);
  printf("\n");
}

void bench_growth(const char *bytes, uint32_t length) {
  BenchStages all[SIZES];
  uint32_t lengths[SIZES];
  double own[SIZES], heap[SIZES];
  int count = 0;
  for (int i = 0; i < SIZES && sizes[i].bytes <= length + length / 16; i++) {
    lengths[i] = cut_at(bytes, length, sizes[i].bytes);
    all[i] = bench_stages(bytes, lengths[i], sizes[i].repetitions);
    own[i] = all[i].own_memory;
    heap[i] = all[i].heap;
    count++;
  }
  printf("\n%-36s", "growth: MB/s at");
  for (int i = 0; i < count; i++)
    printf(" %9s", sizes[i].name);
  printf("  %8s  %8s\n", "exponent", "10 MB/1");
  for (BenchStage stage = BENCH_BARE; stage < BENCH_STAGE_COUNT; stage++)
    print_row(stage, all, lengths, count);
  printf("%s\n", "memory, bytes a byte of text");
  print_memory("the core's own", own, lengths, count);
  if (heap[0] > 0) print_memory("as the C library counts it", heap, lengths, count);
}
