// Marked-up documents as the tagger sees them: stretches of tokens with features and labels.
#ifndef GALLEY_TRAIN_CORPUS_H
#define GALLEY_TRAIN_CORPUS_H

#include "swap.h"

#define CORPUS_FILES_MAX 16

typedef struct {
  uint32_t features; // index of the first in Corpus.features
  uint32_t feature_count;
  uint32_t allowed; // mask of the labels that the marks permit
  uint8_t gold;     // the label that they ask for
  bool dev;
} CorpusToken;

typedef struct {
  uint32_t first, count; // tokens
  double weight;
  uint8_t file;
  bool dev, partial;
} CorpusStretch;

typedef struct {
  CorpusToken *tokens;
  uint32_t token_count, token_capacity;
  CorpusStretch *stretches;
  uint32_t stretch_count, stretch_capacity;
  uint32_t *features;
  uint32_t feature_count, feature_capacity;
  const char *names[CORPUS_FILES_MAX];
  int file_count;
} Corpus;

// Reads a file; `argument` is its path with ":OPTION=VALUE" after it. Says what is wrong on
// failure.
bool corpus_read(Corpus *self, Swap *swap, const char *argument);

#endif
