#include "syntax_memory.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

// Before each block is its place in the ring, in as many bytes as keep the block aligned.
enum {
  HEAD = (sizeof(GalleyMemoryBlock) + alignof(max_align_t) - 1) / alignof(max_align_t) *
         alignof(max_align_t)
};

// What runs in this thread; tree-sitter's allocator has no other argument.
static _Thread_local GalleySyntaxMemory *running;

static void put_in(GalleyMemoryBlock *block) {
  if (!running) { // of no memory: a ring of one
    block->before = block->after = block;
    return;
  }
  GalleyMemoryBlock *ring = &running->ring;
  block->before = ring->before;
  block->after = ring;
  ring->before->after = block;
  ring->before = block;
}

static void take_out(GalleyMemoryBlock *block) {
  block->before->after = block->after;
  block->after->before = block->before;
}

static GalleyMemoryBlock *head_of(void *bytes) {
  return (GalleyMemoryBlock *)(void *)((char *)bytes - HEAD);
}

static void *admit(GalleyMemoryBlock *block) {
  if (!block && running) longjmp(running->out, 1);
  if (!block) return NULL;
  put_in(block);
  return (char *)block + HEAD;
}

static void *allocate(size_t size) {
  return admit(size > SIZE_MAX - HEAD ? NULL : malloc(size + HEAD));
}

static void *allocate_zeroed(size_t count, size_t size) {
  bool fits = !size || count <= (SIZE_MAX - HEAD) / size;
  return admit(fits ? calloc(1, count * size + HEAD) : NULL);
}

static void *resize(void *bytes, size_t size) {
  if (!bytes) return allocate(size);
  GalleyMemoryBlock *old = head_of(bytes);
  take_out(old);
  GalleyMemoryBlock *block = size > SIZE_MAX - HEAD ? NULL : realloc(old, size + HEAD);
  if (!block) put_in(old); // it is given back with the others
  return admit(block);
}

static void release(void *bytes) {
  if (!bytes) return;
  take_out(head_of(bytes));
  free(head_of(bytes));
}

static void use_allocator(void) {
  ts_set_allocator(allocate, allocate_zeroed, resize, release);
}

void galley_syntax_memory_init(GalleySyntaxMemory *self) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, use_allocator);
  self->ring.before = self->ring.after = &self->ring;
}

bool galley_syntax_memory_run(GalleySyntaxMemory *self, void (*work)(void *), void *argument) {
  GalleySyntaxMemory *const outer = running;
  running = self;
  bool ended = setjmp(self->out) != 0;
  if (!ended) work(argument);
  running = outer;
  if (ended) galley_syntax_memory_clear(self);
  return !ended;
}

void galley_syntax_memory_clear(GalleySyntaxMemory *self) {
  GalleyMemoryBlock *block = self->ring.after;
  while (block != &self->ring) {
    GalleyMemoryBlock *after = block->after;
    free(block);
    block = after;
  }
  self->ring.before = self->ring.after = &self->ring;
}
