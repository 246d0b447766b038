// Long prose made from the project's own examples; the same in every run.
#ifndef GALLEY_BENCH_PROSE_H
#define GALLEY_BENCH_PROSE_H

#include <stdint.h>

// At least `size` bytes of paragraphs that mix the sentences of the files, with other digits each
// time. The caller frees it; `*length` is its bytes. NULL when a file cannot be read or memory
// ends.
char *bench_prose(const char *const *files, int file_count, uint32_t size, uint32_t *length);

#endif
