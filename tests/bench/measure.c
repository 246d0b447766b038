#define _POSIX_C_SOURCE 200809L // NOLINT(bugprone-reserved-identifier): clock_gettime
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

double bench_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

double bench_tick(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double bench_quantile(double *values, size_t count, double share) {
  qsort(values, count, sizeof *values, compare);
  size_t index = (size_t)((double)count * share);
  return count ? values[index < count ? index : count - 1] : 0;
}

void bench_fail(const char *what, const char *detail) {
  (void)fprintf(stderr, "bench: %s%s%s\n", what, *detail ? ": " : "", detail);
  exit(2);
}

char *bench_read_file(const char *path, uint32_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file) bench_fail("cannot read", path);
  size_t count = 0, capacity = 1 << 20;
  char *bytes = malloc(capacity + 1);
  while (bytes) {
    count += fread(bytes + count, 1, capacity - count, file);
    if (count < capacity) break;
    char *more = realloc(bytes, (capacity *= 2) + 1);
    if (!more) free(bytes);
    bytes = more;
  }
  if (!bytes) bench_fail("out of memory", "");
  if (ferror(file) || count == 0 || count > INT32_MAX) bench_fail("no text of use in", path);
  (void)fclose(file);
  bytes[count] = '\0';
  *length = (uint32_t)count;
  return bytes;
}

size_t bench_heap(void) {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
  struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
#else
  return 0;
#endif
}

double bench_peak_memory(void) {
  struct rusage usage;
  if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
#ifdef __APPLE__
  return (double)usage.ru_maxrss;
#else
  return (double)usage.ru_maxrss * 1024;
#endif
}
