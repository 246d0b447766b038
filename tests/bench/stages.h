// What each stage of the way from bytes to spans costs.
#ifndef GALLEY_BENCH_STAGES_H
#define GALLEY_BENCH_STAGES_H

#include <stdint.h>

#include "span.h"

typedef enum {
  BENCH_COPY,
  BENCH_BARE, // words split on ASCII classes, nothing kept
  BENCH_SCAN, // the grammar's scanner alone, no tree
  BENCH_PARSE,
  BENCH_LEAVES, // walk of the tree
  BENCH_TOKENS,
  BENCH_CITATION,
  BENCH_DATE,
  BENCH_ENTITY,
  BENCH_FIGURE,
  BENCH_QUOTE,
  BENCH_LOAD,         // all of the above by the document, sorting and storing included
  BENCH_DATE_RESOLVE, // values counted from the article's date; a part of the next
  BENCH_RESOLVE,
  BENCH_CHECK, // the first run of all checks
  BENCH_WHOLE, // load, resolve and checks together
  BENCH_STAGE_COUNT
} BenchStage;

typedef struct {
  double seconds[BENCH_STAGE_COUNT]; // best of the repetitions
  uint32_t spans[GALLEY_KIND_COUNT], blocks, clusters;
  uint32_t dates;          // found before the document is resolved
  double own_memory, heap; // bytes of the resolved document: the core's own, with the tree
} BenchStages;

extern const char *const bench_stage_names[BENCH_STAGE_COUNT];

BenchStages bench_stages(const char *bytes, uint32_t length, int repetitions);

#endif
