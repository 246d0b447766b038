// How each stage's cost and memory grow with the size of the text.
#ifndef GALLEY_BENCH_GROWTH_H
#define GALLEY_BENCH_GROWTH_H

#include <stdint.h>

// Times all stages on beginnings of the text of 3 KB, 100 KB, 1 MB and 10 MB (as far as it has
// them) and prints MB/s, the exponent of growth and bytes of memory a byte of text.
void bench_growth(const char *bytes, uint32_t length);

#endif
