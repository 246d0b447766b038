// Makes the index of a segment. Private to source*.c.
#ifndef GALLEY_SOURCE_INDEX_H
#define GALLEY_SOURCE_INDEX_H

#include "source.h"

// NULL when memory ends.
GalleyIndexer *galley_indexer_new(void);
void galley_indexer_free(GalleyIndexer *self);
size_t galley_indexer_memory(const GalleyIndexer *self);

// Indexes bytes from `start` of the source, up to its end or a passage's end before it that keeps
// the segment within GALLEY_SEGMENT_SIZE. `row` is that of `start`; `*heading` the last heading
// before it, which is brought up to the segment's end. False when memory ends.
bool galley_indexer_run(GalleyIndexer *self, const GalleySource *source, uint32_t start,
                        uint32_t row, uint32_t *heading, GalleySegment *out);

void galley_segment_free(GalleySegment *self);
size_t galley_segment_memory(const GalleySegment *self);

#endif
