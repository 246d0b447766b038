#include "scan_compare.h"

#include <string.h>

#include "block_scan.h"

static bool same_block(const GalleyBlock *a, const GalleyBlock *b) {
  return a->start == b->start && a->end == b->end && a->kind == b->kind && a->level == b->level;
}

static const char *leaves_difference(const GalleyLeafList *tree, const GalleyLeafList *scan) {
  if (tree->count != scan->count) return "a block has another number of leaves";
  for (uint32_t i = 0; i < tree->count; i++) {
    const GalleyLeaf *a = &tree->items[i], *b = &scan->items[i];
    if (a->start != b->start || a->end != b->end) return "a leaf is elsewhere";
    if (a->kind != b->kind) return "a leaf is of another kind";
    if (a->depth != b->depth) return "a leaf is in fewer or more quotes";
  }
  return NULL;
}

typedef struct {
  GalleyLeafList tree, scan;
} Leaves;

// The block that the scan gives next beside the one that the tree has.
static const char *block_difference(GalleyBlockScan *scan, const GalleyBlock *block,
                                    Leaves *leaves) {
  GalleyBlock found;
  if (galley_block_scan_next(scan, &found, &leaves->scan) != GALLEY_SCAN_BLOCK) {
    return "the scan finds no block";
  }
  if (!same_block(&found, block)) return "the scan finds another block";
  return leaves_difference(&leaves->tree, &leaves->scan);
}

const char *scan_difference(const GalleySyntax *syntax, const GalleyText *text) {
  GalleyBlockCursor *cursor = galley_block_cursor_new(syntax, 0);
  GalleyBlockScan scan = galley_block_scan(text, 0);
  GalleyBlock block;
  Leaves leaves = {0};
  const char *difference = cursor ? NULL : "no cursor";
  while (!difference && galley_block_cursor_next(cursor, &block)) {
    GalleyBlockScan alone = galley_block_scan(text, block.start);
    leaves.tree.count = 0;
    if (!galley_block_cursor_leaves(cursor, &leaves.tree)) difference = "no memory";
    if (!difference) difference = block_difference(&scan, &block, &leaves);
    if (!difference) difference = block_difference(&alone, &block, &leaves);
  }
  if (!difference && galley_block_scan_next(&scan, &block, &leaves.scan) != GALLEY_SCAN_DONE) {
    difference = "the scan finds one block more";
  }
  galley_block_cursor_free(cursor);
  galley_leaf_list_free(&leaves.tree);
  galley_leaf_list_free(&leaves.scan);
  return difference;
}
