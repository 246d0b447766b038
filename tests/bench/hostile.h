// Texts that no writer would write, each a way to take more than linear time or memory.
#ifndef GALLEY_BENCH_HOSTILE_H
#define GALLEY_BENCH_HOSTILE_H

// Annotates and checks each, about 1 MB, and prints MB/s and bytes of memory a byte of text, and
// how the time grows from half the size.
void bench_hostile(void);

#endif
