// What a typed character costs: reparse and the changed blocks' spans.
#ifndef GALLEY_BENCH_EDITS_H
#define GALLEY_BENCH_EDITS_H

#include <stdint.h>

// Types at the start, the middle and the end of the text and prints what that cost.
void bench_edits(const char *bytes, uint32_t length);

#endif
