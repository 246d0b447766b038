// The grammar's scanner by itself: what the lexing alone costs, no tree being built.
#ifndef GALLEY_BENCH_LEX_H
#define GALLEY_BENCH_LEX_H

#include <stdint.h>

// Scans a text from its first byte to its last; gives the number of tokens, 0 when memory ends.
uint32_t bench_lex(const char *bytes, uint32_t length);

#endif
