// The article's syntax tree: parse, reparse after an edit, walk its blocks and their leaves.
//
// The one face of tree-sitter to the rest of the core: only syntax.c and syntax_memory.c include
// its api.h. The grammar (grammars/article) decides structure - blocks, quotes, runs - and nothing
// that needs a word list or the whole document. Offsets are bytes in the document, half open.
#ifndef GALLEY_SYNTAX_H
#define GALLEY_SYNTAX_H

#include "text.h"

// How many code points after a block's end can decide what is inside it: the scanner looks for the
// other one of a pair of marks that far (SPAN_MAX in grammars/article/src/scan.h).
#define GALLEY_SYNTAX_REACH 1600

// What a block is. Prose blocks are annotated; the others never are.
typedef enum {
  GALLEY_BLOCK_PARAGRAPH,
  GALLEY_BLOCK_HEADING,
  GALLEY_BLOCK_LIST_ITEM,
  GALLEY_BLOCK_BLOCK_QUOTE,  // Markdown "> ..." lines
  GALLEY_BLOCK_TABLE,        // Markdown table rows, up to the next blank line
  GALLEY_BLOCK_NOTE,         // footnote definition "[^x]: ..."
  GALLEY_BLOCK_REFERENCE,    // link reference definition "[x]: url"
  GALLEY_BLOCK_CODE,         // fenced code, not prose
  GALLEY_BLOCK_FRONT_MATTER, // not prose
  GALLEY_BLOCK_MARKUP,       // HTML comment or block, thematic break: not prose
} GalleyBlockKind;

typedef struct {
  uint32_t start, end; // bytes; the blank lines after it are not part of a block
  uint8_t kind;        // GalleyBlockKind
  uint8_t level;       // heading level 1-6, list or quote depth, 0 else
} GalleyBlock;

// What a leaf of the tree is. Leaves tile the block.
typedef enum {
  GALLEY_LEAF_TEXT,       // words, spaces, punctuation
  GALLEY_LEAF_NAME,       // a run of capitalised words (a candidate, nothing more)
  GALLEY_LEAF_FIGURE,     // digits with their separators, sign, currency mark, percent sign
  GALLEY_LEAF_STOP,       // . ? ! ... that may end a sentence
  GALLEY_LEAF_BREAK,      // line break inside a block, with indent and quote marks of next line
  GALLEY_LEAF_MARK,       // block mark: "## ", "- ", "1. ", "> ", "[^x]: "; table bars
  GALLEY_LEAF_EMPHASIS,   // * ** _ __ ~~ used as markup
  GALLEY_LEAF_QUOTE_OPEN, // an opening quotation mark
  GALLEY_LEAF_QUOTE_CLOSE,
  GALLEY_LEAF_CODE,     // `code span`, whole
  GALLEY_LEAF_URL,      // bare URL or e-mail address, <autolink>
  GALLEY_LEAF_LINK,     // link markup around the prose text: "[", "](target)", "][ref]"
  GALLEY_LEAF_CITATION, // [^x] [3] [3, 4] [@key, p. 12]
  GALLEY_LEAF_HANDLE,   // @name
  GALLEY_LEAF_HASHTAG,  // #name
  GALLEY_LEAF_MARKUP,   // inline HTML tag or comment
  GALLEY_LEAF_OTHER,    // any other byte
} GalleyLeafKind;

typedef struct {
  uint32_t start, end; // bytes in the document
  uint8_t kind;        // GalleyLeafKind
  uint8_t depth;       // quotes open around it; a mark counts its own quote
} GalleyLeaf;

typedef struct {
  GalleyLeaf *items;
  uint32_t count, capacity;
} GalleyLeafList;

typedef struct GalleySyntax GalleySyntax;
typedef struct GalleyBlockCursor GalleyBlockCursor;

// NULL when memory ends.
GalleySyntax *galley_syntax_new(void);
void galley_syntax_free(GalleySyntax *self);

// Parses the whole text. False when memory ends; the old tree is then gone.
bool galley_syntax_parse(GalleySyntax *self, const GalleyText *text);

// Parses the text unless there is a tree. False when memory ends.
bool galley_syntax_prepare(GalleySyntax *self, const GalleyText *text);

// Gives the tree back.
void galley_syntax_drop(GalleySyntax *self);

// Brings the tree up to `text`, which already holds the edit. Widens the edit to codepoint borders
// itself. False when memory ends; call galley_syntax_parse before anything else then.
bool galley_syntax_edit(GalleySyntax *self, const GalleyText *text, GalleyEdit edit);

// A walk over blocks in order, from the block that holds `byte` or else the next one after it.
// NULL when memory ends. The cursor ends with the next parse or edit: free it before.
GalleyBlockCursor *galley_block_cursor_new(const GalleySyntax *self, uint32_t byte);
void galley_block_cursor_free(GalleyBlockCursor *cursor);

// Moves to the next block (the first call gives the first). False when there are no more, or memory
// ended, which galley_block_cursor_failed tells.
bool galley_block_cursor_next(GalleyBlockCursor *cursor, GalleyBlock *block);
bool galley_block_cursor_failed(const GalleyBlockCursor *cursor);

// Appends the leaves of the block that the cursor gave last. They tile [block.start, block.end).
// A quote that ends without a mark (virtual close) has no closing leaf. False when memory ends.
bool galley_block_cursor_leaves(GalleyBlockCursor *cursor, GalleyLeafList *leaves);

// False when memory ends.
bool galley_leaf_list_add(GalleyLeafList *self, GalleyLeaf leaf);

void galley_leaf_list_free(GalleyLeafList *self);

// The tree as an S-expression, for tests. The caller frees it. NULL when memory ends.
char *galley_syntax_sexp(const GalleySyntax *self);

// True when the tree holds an ERROR or MISSING node. Never happens; tests ask.
bool galley_syntax_has_error(const GalleySyntax *self);

// True when both trees have the same nodes over the same ranges.
bool galley_syntax_equal(const GalleySyntax *a, const GalleySyntax *b);

#endif
