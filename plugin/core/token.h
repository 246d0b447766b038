// Words of a block: what every annotator reads.
//
// One pass over the leaves of a block makes word-sized tokens. Rules that annotators rely on:
//   - white space gives no token; `SPACE_BEFORE` tells that some stood there
//   - a word is letters with inner apostrophes ("don't", "O'Brien") and its diacritics; hyphens,
//     slashes and dashes are PUNCT tokens of their own: "10-day" is 10, -, day
//   - a possessive or elided end is a token of its own: "Labour's" is Labour, 's (CLITIC);
//     "workers'" is workers, ' (CLITIC) when no quote closes there
//   - letters right after digits are a word of their own: "25th" is 25, th; "$2.5bn" is $, 2.5, bn
//   - a number is digits with inner commas and points: 1,234.5; its sign is a PUNCT before it
//   - initials and abbreviations keep their point: "U.S.", "Mr.", "a.m.", "J.", "Sept.", "Inc."
//     (the lexicon class ABBREVIATION, single capitals, letter-point pairs); the lexicon id is that
//     of the word without its last point, and for letter-point pairs without any point
//   - each other character is a PUNCT token; "..." and "--" are one
#ifndef GALLEY_TOKEN_H
#define GALLEY_TOKEN_H

#include "lexicon.h"
#include "syntax.h"

typedef enum {
  GALLEY_TOKEN_WORD,
  GALLEY_TOKEN_CLITIC, // 's or ' after a noun
  GALLEY_TOKEN_NUMBER,
  GALLEY_TOKEN_PUNCT, // `symbol` holds its code point
  GALLEY_TOKEN_QUOTE_OPEN,
  GALLEY_TOKEN_QUOTE_CLOSE,
  GALLEY_TOKEN_HANDLE,   // with its @
  GALLEY_TOKEN_HASHTAG,  // with its #
  GALLEY_TOKEN_CITATION, // [^x] [3] [@key]
  GALLEY_TOKEN_LINK,     // markup around link text
  GALLEY_TOKEN_OPAQUE,   // code span, URL, inline HTML: never prose; ends nothing, starts nothing
} GalleyTokenKind;

// GalleyToken.shape
enum {
  GALLEY_SHAPE_CAPITAL = 1 << 0,        // first letter is upper case
  GALLEY_SHAPE_ALL_CAPS = 1 << 1,       // two letters or more, all upper case
  GALLEY_SHAPE_INNER_CAPITAL = 1 << 2,  // upper case after a lower-case letter: iPhone, McCain
  GALLEY_SHAPE_DIGIT = 1 << 3,          // holds a digit
  GALLEY_SHAPE_POINT = 1 << 4,          // holds or ends in a point that is part of it: U.S., Mr.
  GALLEY_SHAPE_NON_ASCII = 1 << 5,      // holds a byte over 0x7f
  GALLEY_SHAPE_SPACE_BEFORE = 1 << 6,   // white space or a line break stands before it
  GALLEY_SHAPE_SENTENCE_START = 1 << 7, // first word or number of a sentence or of a quote
  GALLEY_SHAPE_LINE_START = 1 << 8,     // first token of its line
  GALLEY_SHAPE_IN_LINK = 1 << 9,        // part of a link's text
};

typedef struct {
  uint64_t classes;    // of the lexicon: GALLEY_IS(class) | ...
  uint32_t start, end; // bytes from the block's first byte
  uint32_t hash;       // of the folded word; of the bytes for others
  uint32_t word;       // lexicon id, 0 if unknown
  uint32_t symbol;     // PUNCT: the code point
  uint16_t sentence;   // index within the block, from 0; saturates
  uint16_t shape;
  uint8_t kind;    // GalleyTokenKind
  uint8_t depth;   // quotes open around it; a mark counts its own quote
  uint8_t taken;   // mask of 1 << GalleyKind of the spans that cover it, set as spans are added
  uint8_t claimed; // private to entity.c: a name of the user stands here
} GalleyToken;

typedef struct {
  GalleyToken *items;
  uint32_t count, capacity;
} GalleyTokenList;

// Appends the tokens of a block. `leaves` tile [offset, offset + length) of the document and
// `bytes` is the block's first byte. False when memory ends.
bool galley_tokenize(const char *bytes, uint32_t offset, const GalleyLeaf *leaves,
                     uint32_t leaf_count, GalleyTokenList *out);

void galley_token_list_free(GalleyTokenList *self);

// Folds a word for comparing: NFC and case fold (utf8proc), typographic apostrophes to ', a last
// point dropped. Writes at most `capacity` bytes and a NUL; returns the length in bytes, 0 when it
// does not fit or is not valid UTF-8. ASCII never allocates.
uint32_t galley_fold_word(const char *bytes, uint32_t length, char *out, uint32_t capacity);

#endif
