// Clock, statistics and the input of the benchmarks.
#ifndef GALLEY_BENCH_MEASURE_H
#define GALLEY_BENCH_MEASURE_H

#include <stddef.h>
#include <stdint.h>

// Seconds of processor time that the program has used. The core waits for nothing, so on an idle
// machine that is the time on the wall; on a busy one it leaves out what other programs took.
double bench_now(void);

// Seconds since some fixed moment. To ask costs a tenth of what bench_now does: for pieces of
// microseconds.
double bench_tick(void);

// Sorts and gives the value below which `share` of them lie.
double bench_quantile(double *values, size_t count, double share);

// A file's bytes, to be freed, with a NUL after them. Ends the program with a message on failure.
char *bench_read_file(const char *path, uint32_t *length);

// Heap in use, in bytes; 0 where the C library does not tell.
size_t bench_heap(void);

// The most memory that the program has had so far, in bytes.
double bench_peak_memory(void);

// Ends the program with a message.
_Noreturn void bench_fail(const char *what, const char *detail);

#endif
