// Blocks and their leaves read off a text by the grammar's scanner alone.
//
// The scanner decides what every token is, and its state between blocks is always the same; so a
// text that is only read, or a block by itself, needs no tree. What is found is what the tree would
// hold, at a quarter of the time: tests compare the two.
#ifndef GALLEY_BLOCK_SCAN_H
#define GALLEY_BLOCK_SCAN_H

#include "syntax.h"

typedef struct {
  const GalleyText *text; // must stay as it is while the scan is used
  uint32_t at;            // byte that is read next
  bool begun;             // past the document's first block
  bool middle;            // between the parts of a block that was too long
} GalleyBlockScan;

// A scan from `byte`: 0, or where a block starts.
GalleyBlockScan galley_block_scan(const GalleyText *text, uint32_t byte);

typedef enum { GALLEY_SCAN_BLOCK, GALLEY_SCAN_DONE, GALLEY_SCAN_NO_MEMORY } GalleyScanResult;

// Reads the next block and puts its leaves into `leaves` in place of what is there. They tile
// [block.start, block.end).
GalleyScanResult galley_block_scan_next(GalleyBlockScan *self, GalleyBlock *block,
                                        GalleyLeafList *leaves);

#endif
