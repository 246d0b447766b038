// What sources cost: to index them, and to find an article's figures and quotes in them.
#ifndef GALLEY_BENCH_SOURCES_H
#define GALLEY_BENCH_SOURCES_H

#include <stdint.h>

// Feeds 20 MB made of the text in pieces of 64 KB, then searches for what the text's first 30 KB
// say, and prints what that cost.
void bench_sources(const char *bytes, uint32_t length);

#endif
