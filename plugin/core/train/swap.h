// More articles from few: names put in place of others of their type, and sentences with gaps.
#ifndef GALLEY_TRAIN_SWAP_H
#define GALLEY_TRAIN_SWAP_H

#include "article.h"

typedef struct {
  char *kind; // "city"; also "person" and the like, and "surname", "demonym"
  char *name;
  uint8_t type;
  bool single; // one word
} SwapName;

typedef struct {
  SwapName *names;
  uint32_t count, capacity;
  uint64_t random;
} Swap;

// Reads names: "type kind<tab>name" a line. Says what is wrong on failure.
bool swap_read(Swap *self, const char *path);

// Writes to `out` a copy of `article` with most of its names of persons, places and organizations
// replaced; equal names by equal ones. The caller frees it with article_free.
void swap_names(Swap *self, const Article *article, Article *out);

// Fills the gaps of a sentence: "{person} left {city}.". False when it names an unknown kind.
bool swap_fill(Swap *self, const char *sentence, Article *out);

#endif
