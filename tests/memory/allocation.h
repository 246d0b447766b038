// The allocations of the core, counted, one of which can be made to fail.
//
// The core's objects are linked with their malloc, calloc, realloc and free renamed to the ones
// here (see the Makefile), which are those of tree-sitter too (syntax_memory.h).
#ifndef GALLEY_TEST_ALLOCATION_H
#define GALLEY_TEST_ALLOCATION_H

#include <stdbool.h>
#include <stdint.h>

// Makes the n-th allocation from now on fail; 0 none.
void allocation_fail_at(uint32_t which);

// Whether the failure was reached. Allocations succeed from here on.
bool allocation_failed(void);

// Blocks that were allocated and not freed.
int64_t allocation_live(void);

#endif
