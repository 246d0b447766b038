// What the parts of the article scanner share: its tokens, its state, and a cursor over the text.
//
// The scanner may look ahead as far as it likes but can never go back. So each part follows one
// pattern: `scan_mark` where the token may end, advance to see what follows, then return the token
// that ends at the last mark. What a token is depends on nothing but the state and the bytes from
// its start on: that is what lets tree-sitter reuse old trees. States between blocks are all alike.
#ifndef GALLEY_ARTICLE_SCAN_H
#define GALLEY_ARTICLE_SCAN_H

#include "scan_class.h"
#ifdef GALLEY_ARTICLE_BYTES // read from memory, with no parser around it
#include "scan_bytes.h"
#else
#include "tree_sitter/parser.h"
#endif

// In the order of `externals` in grammar.js.
enum Symbol {
  BLANK,
  CHUNK_END,
  SECTION_END,
  PARAGRAPH_START,
  HEADING_START,
  LIST_ITEM_START,
  BLOCK_QUOTE_START,
  TABLE_START,
  NOTE_START,
  REFERENCE_START,
  CODE_TEXT,
  FRONT_MATTER_TEXT,
  MARKUP_TEXT,
  END,
  H1_MARK,
  H2_MARK,
  H3_MARK,
  H4_MARK,
  H5_MARK,
  H6_MARK,
  H1_UNDERLINE,
  H2_UNDERLINE,
  LIST_MARK_1,
  LIST_MARK_2,
  LIST_MARK_3,
  LIST_MARK_4,
  BLOCK_QUOTE_MARK_1,
  BLOCK_QUOTE_MARK_2,
  BLOCK_QUOTE_MARK_3,
  NOTE_MARK,
  REFERENCE_MARK,
  TABLE_BAR,
  TABLE_RULE,
  TEXT,
  NAME,
  FIGURE,
  STOP,
  BREAK,
  EMPHASIS,
  CODE,
  URL,
  LINK,
  CITATION,
  HANDLE,
  HASHTAG,
  MARKUP,
  OTHER,
  QUOTE_OPEN,
  QUOTE_CLOSE,
  QUOTE_END,
  PEEK,
  NEVER,
};

// Caps: without them one token or one block could be the whole file.
enum {
  TEXT_MAX = 4096,         // code points of a text run
  NAME_MAX = 512,          // code points of a name run
  NAME_WORDS_MAX = 32,     // words of a name run
  RUN_MAX = 256,           // code points of a figure, stop, handle, hashtag or run of odd bytes
  URL_MAX = 2048,          // code points of a URL
  BLANK_MAX = 4096,        // code points of a run of blank lines
  BLOCK_MAX = 65536,       // code points of a fenced block, front matter or HTML block
  SPAN_MAX = 1500,         // how far a pair of marks is looked for: code spans, quotes, links
  NEAR_MAX = 20,           // how near two words are that belong together
  LABEL_MAX = 200,         // code points of a link or note label
  BRACKETS_MAX = 8,        // brackets inside brackets, in a link
  DEPTH_MAX = 24,          // quotes open at once
  CHUNK_HASH_MAX = 16,     // code points that decide whether a chunk ends
  CHUNK_BLOCKS = 16,       // a chunk has that many blocks on average,
  SECTION_CHUNKS = 16,     // a section as many chunks
  LONG_LINE = 200,         // bytes; a line as long holds a whole paragraph
  BLOCK_SPLIT_SOFT = 384,  // items; a block as long is split at a sentence chosen by content,
  BLOCK_SPLIT_FIRM = 1024, // at any sentence outside quotes,
  BLOCK_SPLIT_HARD = 4096, // anywhere
};

// What a block is while the scanner is inside it.
enum Block {
  BETWEEN_BLOCKS,
  PARAGRAPH,
  HEADING,
  LIST_ITEM,
  BLOCK_QUOTE,
  TABLE,
  NOTE,
  REFERENCE,
  WHOLE, // code, front matter, markup: one token
};

// What a zero-width PEEK has found out for the token after it.
enum Decision {
  UNDECIDED,
  DECIDED_OPEN,
  DECIDED_CLOSE,
  DECIDED_BREAK, // this and the next: of a line end
  DECIDED_RULE,
  DECIDED_H1,
  DECIDED_H2,
};

// Kinds of open quote, by the mark that opened it.
enum Quote {
  QUOTE_CURLY = 1,      // “
  QUOTE_STRAIGHT,       // "
  QUOTE_LOW,            // „
  QUOTE_RIGHT,          // ”foo”
  QUOTE_GUILLEMET,      // «
  QUOTE_GUILLEMET_BACK, // »foo«
  QUOTE_TICKS,          // ``foo''
  QUOTE_LAST_DOUBLE = QUOTE_TICKS,
  SINGLE_CURLY,      // ‘
  SINGLE_STRAIGHT,   // '
  SINGLE_LOW,        // ‚
  SINGLE_ANGLE,      // ‹
  SINGLE_ANGLE_BACK, // ›foo‹
  SINGLE_TICK,       // `foo'
};

typedef struct {
  uint8_t block;       // enum Block
  uint8_t decided;     // enum Decision
  uint8_t before;      // enum Before: the character before the token
  uint8_t line_length; // code points since the line began, up to LONG_LINE
  uint8_t flags;       // enum Flag
  uint8_t level;       // heading level, list or quote depth, from the start to the mark
  uint8_t depth;       // quotes open
  uint16_t items;      // tokens in the block so far, long ones counted more than once
  uint8_t quotes[DEPTH_MAX];
} State;

enum Flag {
  BEGUN = 1 << 0,      // past the first byte of the document
  MIDDLE = 1 << 1,     // between the two parts of a split block, not at a line's start
  MARK_NEXT = 1 << 2,  // the block's mark comes next
  ENDING = 1 << 3,     // the block ends here: close the quotes, then END
  LINE_START = 1 << 4, // a line break came before
  FIRST_LINE = 1 << 5,
  HAS_BAR = 1 << 6,  // the first line has a |
  INDENTED = 1 << 7, // the line began with blanks
};

typedef struct {
#ifdef GALLEY_ARTICLE_BYTES
  ScanBytes text;
#else
  TSLexer *lexer;
#endif
  State *state;
  uint32_t length;       // code points advanced over since the token's start
  uint32_t hash;         // of the first CHUNK_HASH_MAX of them
  uint8_t before;        // enum Before of the character before the lookahead
  uint8_t marked_before; // and of the one before the last mark
  uint32_t marked_length;
  int32_t last;       // the character before the lookahead, 0 at the token's start
  uint32_t run_start; // code points before the run that is read, in a token of several runs
} Scan;

#ifdef GALLEY_ARTICLE_BYTES

static inline int32_t scan_look(const Scan *scan) {
  return scan->text.look;
}

static inline void scan_next(Scan *scan) {
  scan_bytes_next(&scan->text);
}

static inline void scan_mark_end(Scan *scan) {
  scan->text.marked = scan->text.at;
}

#else

static inline int32_t scan_look(const Scan *scan) {
  int32_t c = scan->lexer->lookahead;
  return c == 0 && scan->lexer->eof(scan->lexer) ? CHAR_EOF : c;
}

static inline void scan_next(Scan *scan) {
  scan->lexer->advance(scan->lexer, false);
}

static inline void scan_mark_end(Scan *scan) {
  scan->lexer->mark_end(scan->lexer);
}

#endif

static inline void scan_advance(Scan *scan, int32_t c, enum Class class) {
  if (scan->length < CHUNK_HASH_MAX) scan->hash = (scan->hash ^ (uint32_t)c) * 16777619u;
  if (class != CLASS_NOTHING) scan->before = class_before(class, c);
  scan->last = c;
  scan->length++;
  scan_next(scan);
}

// Advances over the lookahead, whatever it is.
static inline void scan_skip(Scan *scan) {
  int32_t c = scan_look(scan);
  if (c == CHAR_EOF) c = 0;
  scan_advance(scan, c, class_of(c));
}

// The token ends here, unless it is marked again further on.
static inline void scan_mark(Scan *scan) {
  scan->marked_before = scan->before;
  scan->marked_length = scan->length;
  scan_mark_end(scan);
}

static inline enum Class scan_class(const Scan *scan) {
  return class_of(scan_look(scan));
}

static inline bool class_is_blank(enum Class class) {
  return class == CLASS_SPACE || class == CLASS_NOTHING;
}

static inline uint32_t scan_skip_blanks(Scan *scan) {
  uint32_t count = 0;
  while (class_is_blank(scan_class(scan)) && count < TEXT_MAX) {
    scan_skip(scan);
    count++;
  }
  return count;
}

static inline bool class_ends_line(enum Class class) {
  return class == CLASS_NEWLINE || class == CLASS_EOF;
}

// Advances over `c` if it comes next.
static inline bool scan_accept(Scan *scan, int32_t c) {
  if (scan_look(scan) != c) return false;
  scan_skip(scan);
  return true;
}

#endif
