// A document with its names marked, and how it is read.
#ifndef GALLEY_TRAIN_ARTICLE_H
#define GALLEY_TRAIN_ARTICLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct {
  uint32_t start, end; // bytes
  uint8_t type;        // GalleyEntityType
} Mark;

typedef struct {
  char *text;
  uint32_t length;
  Mark *marks;
  uint32_t mark_count, mark_capacity;
} Article;

// Reads a line of JSON: {"text": "...", "spans": [{"start", "end", "type"}]}. False when it is
// none.
bool article_read(const char *line, Article *article);
void article_add_mark(Article *article, Mark mark);
void article_free(Article *article);

// The type with this name; GALLEY_ENTITY_TYPE_COUNT when there is none.
uint8_t article_type(const char *name);

// Room for one more item of `size` bytes; ends the program when memory does.
void *article_grow(void *items, uint32_t *capacity, uint32_t count, size_t size);

#endif
