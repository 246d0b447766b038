// What an annotator sees of a block, and the annotators themselves, in the order they run.
#ifndef GALLEY_ANNOTATE_H
#define GALLEY_ANNOTATE_H

#include "names.h"
#include "rule.h"
#include "span.h"
#include "token.h"

typedef struct {
  const char *bytes; // the block's first byte; `length` bytes, no NUL at the end
  uint32_t length;
  uint8_t kind;  // GalleyBlockKind
  uint8_t level; // as GalleyBlock.level
  GalleyToken *tokens;
  uint32_t token_count;
  GalleySpanList *spans;             // found so far, not sorted yet
  const GalleyNames *names;          // the user's own; NULL: none
  const struct GalleyTagger *tagger; // ready for use; NULL: made for the block
} GalleyBlockView;

// Adds a span over tokens [first, last] to the block and marks them as taken by its kind. Fills in
// kind, start, end, rule and depth; the caller has zeroed the rest or set it. False: memory ended.
bool galley_block_add(GalleyBlockView *block, GalleyKind kind, uint16_t rule, uint32_t first,
                      uint32_t last, GalleySpan *span);

// Each looks at one block alone and adds its spans; false when memory ends. They run in this order,
// and each sees in GalleyToken.taken what the ones before it found.
bool galley_citation_annotate(GalleyBlockView *block);
bool galley_date_annotate(GalleyBlockView *block);
bool galley_entity_annotate(GalleyBlockView *block);
bool galley_figure_annotate(GalleyBlockView *block);
bool galley_quote_annotate(GalleyBlockView *block);

#endif
