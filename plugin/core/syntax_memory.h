// The memory of tree-sitter, which has no way to say that there is none: its own allocator ends the
// program, and a NULL from another one it would write to. Here work is run in a memory of its own;
// when that ends the work is left by longjmp, and all that it had is given back. The scanner takes
// its state from there too (TREE_SITTER_REUSE_ALLOCATOR).
#ifndef GALLEY_SYNTAX_MEMORY_H
#define GALLEY_SYNTAX_MEMORY_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct GalleyMemoryBlock {
  struct GalleyMemoryBlock *before, *after; // a ring
} GalleyMemoryBlock;

typedef struct {
  GalleyMemoryBlock ring; // of the blocks that are in use
  jmp_buf out;            // where work goes that gets no memory
} GalleySyntaxMemory;

// Begins a memory without blocks. It must not be moved.
void galley_syntax_memory_init(GalleySyntaxMemory *self);

// Runs `work`, which calls tree-sitter; what that allocates is of this memory. False when memory
// ended: `work` was left in the middle, and every block of this memory is gone.
bool galley_syntax_memory_run(GalleySyntaxMemory *self, void (*work)(void *), void *argument);

// Gives all blocks back.
void galley_syntax_memory_clear(GalleySyntaxMemory *self);

#endif
