#include "allocation.h"

#include <stdlib.h>

static struct {
  uint32_t count; // allocations so far
  uint32_t fails; // the one that fails; 0 none
  int64_t live;   // blocks
} memory;

void allocation_fail_at(uint32_t which) {
  memory.count = 0;
  memory.fails = which;
}

bool allocation_failed(void) {
  bool was = memory.fails != 0 && memory.count >= memory.fails;
  memory.fails = 0;
  return was;
}

int64_t allocation_live(void) {
  return memory.live;
}

static bool fails(void) {
  return ++memory.count == memory.fails;
}

static void *counted(void *block) {
  memory.live += block != NULL;
  return block;
}

// ---- for the core, which calls them by these names

void *memory_malloc(size_t size);
void *memory_calloc(size_t count, size_t size);
void *memory_realloc(void *old, size_t size);
void memory_free(void *block);

void *memory_malloc(size_t size) {
  return fails() ? NULL : counted(malloc(size));
}

void *memory_calloc(size_t count, size_t size) {
  return fails() ? NULL : counted(calloc(count, size));
}

void *memory_realloc(void *old, size_t size) {
  if (fails()) return NULL;
  void *block = realloc(old, size);
  if (!old) counted(block);
  return block;
}

void memory_free(void *block) {
  memory.live -= block != NULL;
  free(block);
}
