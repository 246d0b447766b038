// What an edit costs: reparse, and the spans of the blocks that changed.
#ifndef GALLEY_BENCH_EDITS_H
#define GALLEY_BENCH_EDITS_H

#include <stdint.h>

// Makes thousands of edits of each sort at the start, the middle and the end of the text and prints
// what one took: median, 99th of 100, worst. `name` says how large the text is.
void bench_edits(const char *bytes, uint32_t length, const char *name);

// What is brought up to date when the typing pauses: names and speakers, then the checks.
void bench_pause(const char *bytes, uint32_t length, const char *name);

#endif
