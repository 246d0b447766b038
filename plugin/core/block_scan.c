#include "block_scan.h"

#include <string.h>

// The scanner, once more: without tree-sitter's lexer and parser around it.
#define GALLEY_ARTICLE_BYTES
#define GALLEY_ARTICLE_COARSE
#include "scan_token.h"

enum { USE_NONE, USE_BLOCK, USE_WHOLE, USE_LEAF, USE_OPEN, USE_CLOSE, USE_SHUT, USE_END };

// What a token is to the blocks: as role_names in syntax.c has it for the tree's nodes.
static const struct {
  uint8_t use;
  uint8_t kind; // GalleyBlockKind or GalleyLeafKind
  uint8_t level;
  uint8_t leaf; // of a block that is one token
} uses[] = {
    [PARAGRAPH_START] = {USE_BLOCK, GALLEY_BLOCK_PARAGRAPH, 0, 0},
    [HEADING_START] = {USE_BLOCK, GALLEY_BLOCK_HEADING, 0, 0},
    [LIST_ITEM_START] = {USE_BLOCK, GALLEY_BLOCK_LIST_ITEM, 0, 0},
    [BLOCK_QUOTE_START] = {USE_BLOCK, GALLEY_BLOCK_BLOCK_QUOTE, 0, 0},
    [TABLE_START] = {USE_BLOCK, GALLEY_BLOCK_TABLE, 0, 0},
    [NOTE_START] = {USE_BLOCK, GALLEY_BLOCK_NOTE, 0, 0},
    [REFERENCE_START] = {USE_BLOCK, GALLEY_BLOCK_REFERENCE, 0, 0},
    [CODE_TEXT] = {USE_WHOLE, GALLEY_BLOCK_CODE, 0, GALLEY_LEAF_CODE},
    [FRONT_MATTER_TEXT] = {USE_WHOLE, GALLEY_BLOCK_FRONT_MATTER, 0, GALLEY_LEAF_OTHER},
    [MARKUP_TEXT] = {USE_WHOLE, GALLEY_BLOCK_MARKUP, 0, GALLEY_LEAF_MARKUP},
    [END] = {USE_END, 0, 0, 0},
    [H1_MARK] = {USE_LEAF, GALLEY_LEAF_MARK, 1, 0},
    [H2_MARK] = {USE_LEAF, GALLEY_LEAF_MARK, 2, 0},
    [H3_MARK] = {USE_LEAF, GALLEY_LEAF_MARK, 3, 0},
    [H4_MARK] = {USE_LEAF, GALLEY_LEAF_MARK, 4, 0},
    [H5_MARK] = {USE_LEAF, GALLEY_LEAF_MARK, 5, 0},
    [H6_MARK] = {USE_LEAF, GALLEY_LEAF_MARK, 6, 0},
    [H1_UNDERLINE] = {USE_LEAF, GALLEY_LEAF_MARK, 1, 0},
    [H2_UNDERLINE] = {USE_LEAF, GALLEY_LEAF_MARK, 2, 0},
    [LIST_MARK_1] = {USE_LEAF, GALLEY_LEAF_MARK, 1, 0},
    [LIST_MARK_2] = {USE_LEAF, GALLEY_LEAF_MARK, 2, 0},
    [LIST_MARK_3] = {USE_LEAF, GALLEY_LEAF_MARK, 3, 0},
    [LIST_MARK_4] = {USE_LEAF, GALLEY_LEAF_MARK, 4, 0},
    [BLOCK_QUOTE_MARK_1] = {USE_LEAF, GALLEY_LEAF_MARK, 1, 0},
    [BLOCK_QUOTE_MARK_2] = {USE_LEAF, GALLEY_LEAF_MARK, 2, 0},
    [BLOCK_QUOTE_MARK_3] = {USE_LEAF, GALLEY_LEAF_MARK, 3, 0},
    [NOTE_MARK] = {USE_LEAF, GALLEY_LEAF_MARK, 0, 0},
    [REFERENCE_MARK] = {USE_LEAF, GALLEY_LEAF_MARK, 0, 0},
    [TABLE_BAR] = {USE_LEAF, GALLEY_LEAF_MARK, 0, 0},
    [TABLE_RULE] = {USE_LEAF, GALLEY_LEAF_MARK, 0, 0},
    [TEXT] = {USE_LEAF, GALLEY_LEAF_TEXT, 0, 0},
    [NAME] = {USE_LEAF, GALLEY_LEAF_NAME, 0, 0},
    [FIGURE] = {USE_LEAF, GALLEY_LEAF_FIGURE, 0, 0},
    [STOP] = {USE_LEAF, GALLEY_LEAF_STOP, 0, 0},
    [BREAK] = {USE_LEAF, GALLEY_LEAF_BREAK, 0, 0},
    [EMPHASIS] = {USE_LEAF, GALLEY_LEAF_EMPHASIS, 0, 0},
    [CODE] = {USE_LEAF, GALLEY_LEAF_CODE, 0, 0},
    [URL] = {USE_LEAF, GALLEY_LEAF_URL, 0, 0},
    [LINK] = {USE_LEAF, GALLEY_LEAF_LINK, 0, 0},
    [CITATION] = {USE_LEAF, GALLEY_LEAF_CITATION, 0, 0},
    [HANDLE] = {USE_LEAF, GALLEY_LEAF_HANDLE, 0, 0},
    [HASHTAG] = {USE_LEAF, GALLEY_LEAF_HASHTAG, 0, 0},
    [MARKUP] = {USE_LEAF, GALLEY_LEAF_MARKUP, 0, 0},
    [OTHER] = {USE_LEAF, GALLEY_LEAF_OTHER, 0, 0},
    [QUOTE_OPEN] = {USE_OPEN, GALLEY_LEAF_QUOTE_OPEN, 0, 0},
    [QUOTE_CLOSE] = {USE_CLOSE, GALLEY_LEAF_QUOTE_CLOSE, 0, 0},
    [QUOTE_END] = {USE_SHUT, 0, 0, 0},
    [NEVER] = {USE_NONE, 0, 0, 0},
};

static bool has_byte_order_mark(const GalleyText *text) {
  return text->length >= 3 && memcmp(text->bytes, "\xef\xbb\xbf", 3) == 0;
}

GalleyBlockScan galley_block_scan(const GalleyText *text, uint32_t byte) {
  uint32_t first = has_byte_order_mark(text) ? 3 : 0; // tree-sitter skips it
  GalleyBlockScan self = {.text = text, .at = byte > first ? byte : first, .begun = byte > first};
  self.middle = self.begun && !class_ends_line(class_of((unsigned char)text->bytes[byte - 1]));
  return self;
}

// Reads one token; NEVER at the text's end. Chunks and sections are the tree's alone: what is valid
// says that none of them can end here.
static enum Symbol next_token(GalleyBlockScan *self, State *state) {
  static const bool valid[NEVER + 1] = {false};
  Scan scan = {
      .text = {.bytes = (const uint8_t *)self->text->bytes,
               .end = self->text->length,
               .at = self->at},
      .state = state,
      .hash = 2166136261u,
      .before = state->before,
      .marked_before = state->before,
  };
  enum Symbol symbol = NEVER;
  scan_bytes_read(&scan.text);
  scan.text.marked = self->at;
  if (!scan_token(&scan, valid, &symbol)) return NEVER;
  self->at = scan.text.marked;
  return symbol;
}

// The block that begins with `symbol`, and its leaf if it is one token.
static bool open_block(GalleyBlock *block, enum Symbol symbol, uint32_t start, uint32_t end,
                       GalleyLeafList *leaves) {
  *block = (GalleyBlock){.start = start, .kind = uses[symbol].kind};
  if (uses[symbol].use != USE_WHOLE) return true;
  block->end = end;
  return galley_leaf_list_add(leaves, (GalleyLeaf){start, end, uses[symbol].leaf, 0});
}

// What the kinds of some leaves say of the block around them.
static void note_leaf(GalleyBlock *block, enum Symbol symbol) {
  if (symbol == H1_UNDERLINE || symbol == H2_UNDERLINE) block->kind = GALLEY_BLOCK_HEADING;
  if (symbol == TABLE_RULE) block->kind = GALLEY_BLOCK_TABLE;
  if (uses[symbol].level) block->level = uses[symbol].level;
}

GalleyScanResult galley_block_scan_next(GalleyBlockScan *self, GalleyBlock *block,
                                        GalleyLeafList *leaves) {
  State state = {.flags = (uint8_t)((self->begun ? BEGUN : 0) | (self->middle ? MIDDLE : 0))};
  uint8_t depth = 0;
  leaves->count = 0;
  for (;;) {
    uint32_t start = self->at;
    enum Symbol symbol = next_token(self, &state);
    uint32_t end = self->at;
    bool added = true;
    switch (uses[symbol].use) {
    case USE_BLOCK:
    case USE_WHOLE:
      added = open_block(block, symbol, start, end, leaves);
      break;
    case USE_OPEN:
      depth++;
      added = galley_leaf_list_add(leaves, (GalleyLeaf){start, end, uses[symbol].kind, depth});
      break;
    case USE_LEAF:
    case USE_CLOSE:
      note_leaf(block, symbol);
      added = galley_leaf_list_add(leaves, (GalleyLeaf){start, end, uses[symbol].kind, depth});
      depth = (uint8_t)(depth - (uses[symbol].use == USE_CLOSE));
      break;
    case USE_SHUT:
      depth--;
      break;
    case USE_END:
      block->end = leaves->count ? leaves->items[leaves->count - 1].end : end;
      self->begun = true;
      self->middle = (state.flags & MIDDLE) != 0;
      return GALLEY_SCAN_BLOCK;
    default: // blank lines, a look ahead
      if (symbol == NEVER) return GALLEY_SCAN_DONE;
      break;
    }
    if (!added) return GALLEY_SCAN_NO_MEMORY;
  }
}
