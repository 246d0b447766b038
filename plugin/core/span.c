#include "span.h"

#include <stdlib.h>

#include "annotate.h"

bool galley_span_add(GalleySpanList *self, const GalleySpan *span) {
  if (self->count == self->capacity) {
    uint32_t capacity = self->capacity ? self->capacity * 2 : 4;
    GalleySpan *items = realloc(self->items, (size_t)capacity * sizeof(GalleySpan));
    if (!items) return false;
    self->items = items;
    self->capacity = capacity;
  }
  self->items[self->count++] = *span;
  return true;
}

static int compare(const void *left, const void *right) {
  const GalleySpan *a = left, *b = right;
  if (a->start != b->start) return a->start < b->start ? -1 : 1;
  if (a->end != b->end) return a->end > b->end ? -1 : 1;
  if (a->kind != b->kind) return (int)a->kind - (int)b->kind;
  return (int)a->rule - (int)b->rule;
}

void galley_span_list_sort(GalleySpanList *self) {
  for (uint32_t i = 1; i < self->count; i++) {
    if (compare(&self->items[i - 1], &self->items[i]) > 0) {
      qsort(self->items, self->count, sizeof(GalleySpan), compare);
      return;
    }
  }
}

void galley_span_list_free(GalleySpanList *self) {
  free(self->items);
  *self = (GalleySpanList){0};
}

bool galley_block_add(GalleyBlockView *block, GalleyKind kind, uint16_t rule, uint32_t first,
                      uint32_t last, GalleySpan *span) {
  span->kind = (uint8_t)kind;
  span->rule = rule;
  span->start = block->tokens[first].start;
  span->end = block->tokens[last].end;
  span->depth = block->tokens[first].depth;
  for (uint32_t i = first; i <= last; i++)
    block->tokens[i].taken |= (uint8_t)(1u << kind);
  return galley_span_add(block->spans, span);
}
