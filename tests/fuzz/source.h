// Texts to try: noise, prose, and everything between.
#ifndef GALLEY_FUZZ_SOURCE_H
#define GALLEY_FUZZ_SOURCE_H

#include "test.h"

typedef struct {
  char *bytes; // length bytes and a NUL
  uint32_t length, capacity;
} FuzzText;

// All end the program when memory does.
void fuzz_text_add(FuzzText *self, const char *bytes, uint32_t length);
void fuzz_text_replace(FuzzText *self, uint32_t start, uint32_t old_end, const char *bytes,
                       uint32_t length);
void fuzz_text_free(FuzzText *self);

// A piece of text that means something to the grammar or to an annotator, or some noise.
void fuzz_add_piece(FuzzText *self, TestRandom *random);

// A text of about `size` bytes of one of several makes: pure noise, pieces, prose, prose with
// damage, many short paragraphs.
void fuzz_add_text(FuzzText *self, TestRandom *random, uint32_t size);

#endif
