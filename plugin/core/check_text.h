// What the checks of words, dates, notes, quotes and names share. Private to them.
#ifndef GALLEY_CHECK_TEXT_H
#define GALLEY_CHECK_TEXT_H

#include "check.h"

#include <string.h>

enum {                             // bits of the lexicon's class CHECK_WORD: words/check_text.txt
  CHECK_WORD_NEVER_TWICE = 256,    // "the the"
  CHECK_WORD_TWICE = 512,          // "had had", "very very"
  CHECK_WORD_PLACEHOLDER = 1024,   // [name]
  CHECK_WORD_MEASURE = 2048,       // counted, but no list: years, dollars
  CHECK_WORD_CLOCK = 4096,         // GMT
  CHECK_WORD_SUPERLATIVE = 8192,   // largest
  CHECK_WORD_AGEING = 16384,       // yesterday
  CHECK_WORD_SELDOM_TWICE = 32768, // "in in"
  CHECK_WORD_LEADS = 65536,        // "moved" in in May
  CHECK_WORD_TEXT = 0x1ff00,       // all of these
};

// The bits of a token's word, 0 when it has none.
static inline int32_t check_word(const GalleyToken *token) {
  int32_t bits = 0;
  if (token->classes & GALLEY_IS(GALLEY_CLASS_CHECK_WORD)) {
    galley_lexicon_value(token->word, GALLEY_CLASS_CHECK_WORD, &bits);
  }
  return bits & CHECK_WORD_TEXT;
}

static inline bool check_is_word(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_WORD;
}

static inline bool check_is_punct(const GalleyToken *token, uint32_t symbol) {
  return token->kind == GALLEY_TOKEN_PUNCT && token->symbol == symbol;
}

static inline bool check_has_space(const GalleyToken *token) {
  return (token->shape & GALLEY_SHAPE_SPACE_BEFORE) != 0;
}

// A word in lower case.
static inline bool check_is_lower(const GalleyToken *token) {
  return check_is_word(token) && !(token->shape & GALLEY_SHAPE_CAPITAL);
}

// Whether the token is a folded word of the lexicon.
static inline bool check_is(const GalleyToken *token, const char *word) {
  return check_is_word(token) && strcmp(galley_lexicon_word(token->word), word) == 0;
}

// The token at `index`, NULL outside the block.
static inline const GalleyToken *check_token_at(const GalleyBlockView *view, uint32_t index) {
  return index < view->token_count ? &view->tokens[index] : NULL;
}

// The number that a token of digits alone writes; -1 for others and for more than 9 digits.
static inline int32_t check_digits(const GalleyBlockView *view, const GalleyToken *token) {
  if (!token || token->kind != GALLEY_TOKEN_NUMBER || token->end - token->start > 9) return -1;
  int32_t value = 0;
  for (uint32_t i = token->start; i < token->end; i++) {
    if ((unsigned)(view->bytes[i] - '0') > 9) return -1;
    value = value * 10 + (view->bytes[i] - '0');
  }
  return value;
}

// ---- spans of a document

static inline const char *check_span_bytes(const GalleyDocument *document, uint32_t block,
                                           const GalleySpan *span) {
  return document->text.bytes + document->blocks[block].start + span->start;
}

static inline uint32_t check_span_length(const GalleySpan *span) {
  return span->end - span->start;
}

// First byte in the document.
static inline uint32_t check_span_at(const GalleyDocument *document, uint32_t block,
                                     const GalleySpan *span) {
  return document->blocks[block].start + span->start;
}

// "%.*s" of a span: its length and bytes; long ones are cut.
#define CHECK_TEXT_MAX 60
#define CHECK_SPAN(document, block, span)                                                          \
  (int)(check_span_length(span) < CHECK_TEXT_MAX ? check_span_length(span) : CHECK_TEXT_MAX),      \
      check_span_bytes(document, block, span)

// A heading, or a line that ends as none of a text does: a title, caption or byline.
static inline bool check_is_heading(const GalleyDocument *document, uint32_t block) {
  const GalleyBlockRecord *record = &document->blocks[block];
  if (record->kind != GALLEY_BLOCK_PARAGRAPH) return record->kind == GALLEY_BLOCK_HEADING;
  const char *bytes = document->text.bytes + record->start;
  uint32_t end = record->length;
  while (end && (bytes[end - 1] == ' ' || bytes[end - 1] == '\n' || bytes[end - 1] == '\r'))
    end--;
  if (end == 0) return true;
  // Typographic marks end sentences as points do.
  return !(bytes[end - 1] & 0x80) && !strchr(".?!:;,\"')]*_", bytes[end - 1]);
}

#endif
