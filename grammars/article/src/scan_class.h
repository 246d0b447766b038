// Character classes of the article scanner.
//
// The C library's isw* functions depend on the locale, and the parser must build alone (the
// tree-sitter command line links it with nothing): the few distinctions it needs are made here.
#ifndef GALLEY_ARTICLE_SCAN_CLASS_H
#define GALLEY_ARTICLE_SCAN_CLASS_H

#include <stdbool.h>
#include <stdint.h>

enum { CHAR_EOF = -2 };

// What whoever reads a text in another format than Markdown puts in the place of its markup.
enum {
  CHAR_FILL = 0x1c,   // nothing, and part of the character before it
  CHAR_OBJECT = 0x1d, // no prose, but a part of the sentence
  CHAR_BREAK = 0x1e,  // a block ends
  CHAR_JOIN = 0x1f,   // nothing
};

enum Class {
  CLASS_CONTROL, // control characters and bytes that are not UTF-8
  CLASS_SPACE,   // a lone carriage return too
  CLASS_NEWLINE, // CHAR_BREAK too
  CLASS_LOWER,   // any letter without upper case too
  CLASS_UPPER,
  CLASS_DIGIT,
  CLASS_STOP,     // . ? ! …
  CLASS_PUNCT,    // , ; : ) and the like
  CLASS_OPEN,     // ( { / dashes and the like
  CLASS_SIGN,     // + - −
  CLASS_CURRENCY, // $ £ €
  CLASS_QUOTE,    // every quotation mark but the next three
  CLASS_STRAIGHT, // "
  CLASS_SINGLE,   // ' ’
  CLASS_TICK,     // `
  CLASS_EMPHASIS, // * _ ~
  CLASS_SQUARE,   // [ ]
  CLASS_ANGLE,    // <
  CLASS_AT,
  CLASS_HASH,
  CLASS_BAR,
  CLASS_ESCAPE,  // backslash
  CLASS_NOTHING, // CHAR_FILL, CHAR_JOIN
  CLASS_OBJECT,
  CLASS_EOF,
};

// What stood before a character, as far as quotes and words depend on it.
enum Before {
  BEFORE_SPACE, // or nothing
  BEFORE_OPEN,  // opening bracket or mark, dash, slash
  BEFORE_LETTER,
  BEFORE_S, // the letter s: its apostrophe may be a possessive
  BEFORE_DIGIT,
  BEFORE_STOP,
  BEFORE_PUNCT, // anything else
};

// clang-format off
enum {
  CT = CLASS_CONTROL, SP = CLASS_SPACE, NL = CLASS_NEWLINE, LO = CLASS_LOWER,
  UP = CLASS_UPPER, DI = CLASS_DIGIT, ST = CLASS_STOP, PU = CLASS_PUNCT,
  OP = CLASS_OPEN, SI = CLASS_SIGN, CU = CLASS_CURRENCY, SQ = CLASS_STRAIGHT,
  SG = CLASS_SINGLE, TI = CLASS_TICK, EM = CLASS_EMPHASIS, BR = CLASS_SQUARE,
  AN = CLASS_ANGLE, AT = CLASS_AT, HA = CLASS_HASH, BA = CLASS_BAR,
  ES = CLASS_ESCAPE, NO = CLASS_NOTHING, OB = CLASS_OBJECT,
};

static const uint8_t class_ascii[128] = {
  CT, CT, CT, CT, CT, CT, CT, CT, CT, SP, NL, SP, SP, SP, CT, CT,  // 00
  CT, CT, CT, CT, CT, CT, CT, CT, CT, CT, CT, CT, NO, OB, NL, NO,  // 10
  SP, ST, SQ, HA, CU, PU, PU, SG, OP, PU, EM, SI, PU, SI, ST, OP,  // 20
  DI, DI, DI, DI, DI, DI, DI, DI, DI, DI, PU, PU, AN, PU, PU, ST,  // 30
  AT, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP,  // 40
  UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, BR, ES, BR, PU, EM,  // 50
  TI, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO,  // 60
  LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, OP, BA, PU, EM, CT,  // 70
};
// clang-format on

// Where scripts with case keep their capitals; between the ranges a letter has no upper case.
static inline bool wide_is_upper(int32_t c) {
  if (c <= 0xde) return c >= 0xc0 && c != 0xd7;
  if (c < 0x100) return false;
  if (c <= 0x137) return (c & 1) == 0;
  if (c <= 0x148) return (c & 1) == 1;
  if (c <= 0x177) return (c & 1) == 0;
  if (c <= 0x17e) return c == 0x178 || (c & 1) == 1;
  if (c >= 0x1cd && c <= 0x1dc) return (c & 1) == 1;
  if (c >= 0x1de && c <= 0x233) return (c & 1) == 0;
  if (c >= 0x386 && c <= 0x3ab) return c != 0x387 && c != 0x390;
  if (c >= 0x400 && c <= 0x42f) return true;
  if (c >= 0x460 && c <= 0x52f) return (c & 1) == 0;
  if (c >= 0x531 && c <= 0x556) return true;
  return c >= 0x1e00 && c <= 0x1eff && (c & 1) == 0 && (c < 0x1e96 || c > 0x1e9f);
}

static inline enum Class wide_latin1(int32_t c) {
  if (c < 0xa0) return CLASS_CONTROL;
  if (c >= 0xc0) return c == 0xd7 || c == 0xf7 ? CLASS_PUNCT : CLASS_LOWER;
  switch (c) {
  case 0xa0:
    return CLASS_SPACE;
  case 0xa1:
  case 0xbf:
    return CLASS_OPEN;
  case 0xa2:
  case 0xa3:
  case 0xa4:
  case 0xa5:
    return CLASS_CURRENCY;
  case 0xaa:
  case 0xad:
  case 0xb5:
  case 0xba:
    return CLASS_LOWER;
  case 0xab:
  case 0xbb:
    return CLASS_QUOTE;
  default:
    return CLASS_PUNCT;
  }
}

static inline enum Class wide_punctuation(int32_t c) {
  if (c <= 0x200a || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f) return CLASS_SPACE;
  // Joiners, direction marks and the like leave a word whole.
  if (c <= 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069)) {
    return CLASS_LOWER;
  }
  if (c >= 0x2010 && c <= 0x2015) return CLASS_OPEN;
  if (c == 0x2019) return CLASS_SINGLE;
  if ((c >= 0x2018 && c <= 0x201f) || c == 0x2039 || c == 0x203a) return CLASS_QUOTE;
  if (c == 0x2026 || (c >= 0x203c && c <= 0x203d) || (c >= 0x2047 && c <= 0x2049))
    return CLASS_STOP;
  if (c >= 0x20a0 && c <= 0x20cf) return CLASS_CURRENCY;
  return c == 0x2212 ? CLASS_SIGN : CLASS_PUNCT;
}

static inline enum Class class_wide(int32_t c) {
  if (c < 0) return c == CHAR_EOF ? CLASS_EOF : CLASS_CONTROL;
  if (wide_is_upper(c)) return CLASS_UPPER;
  if (c < 0x100) return wide_latin1(c);
  if (c >= 0x300 && c < 0x2000) return CLASS_LOWER;
  if (c >= 0x2000 && c < 0x2c00) return wide_punctuation(c);
  if (c == 0x3000) return CLASS_SPACE;
  if ((c > 0x3000 && c < 0x3005) || (c >= 0x3008 && c < 0x3020)) return CLASS_PUNCT;
  if (c >= 0xfe00 && c <= 0xfe0f) return CLASS_PUNCT;
  if (c == 0xfffd || (c >= 0xe000 && c < 0xf900)) return CLASS_CONTROL;
  return c >= 0x1f000 && c < 0x1fb00 ? CLASS_PUNCT : CLASS_LOWER;
}

static inline enum Class class_of(int32_t c) {
  if (c >= 0 && c < 128) return (enum Class)class_ascii[c];
  return class_wide(c);
}

static inline bool class_is_letter(enum Class class) {
  return class == CLASS_LOWER || class == CLASS_UPPER;
}

static inline bool class_is_word(enum Class class) {
  return class == CLASS_LOWER || class == CLASS_UPPER || class == CLASS_DIGIT;
}

static inline bool before_is_letter(uint8_t before) {
  return before == BEFORE_LETTER || before == BEFORE_S;
}

static inline bool before_is_word(uint8_t before) {
  return before >= BEFORE_LETTER && before <= BEFORE_DIGIT;
}

static inline bool before_is_open(uint8_t before) {
  return before <= BEFORE_OPEN;
}

static inline uint8_t class_before(enum Class class, int32_t c) {
  switch (class) {
  case CLASS_SPACE:
  case CLASS_NEWLINE:
    return BEFORE_SPACE;
  case CLASS_LOWER:
  case CLASS_UPPER:
    return c == 's' || c == 'S' ? BEFORE_S : BEFORE_LETTER;
  case CLASS_DIGIT:
    return BEFORE_DIGIT;
  case CLASS_STOP:
    return BEFORE_STOP;
  case CLASS_OPEN:
  case CLASS_SIGN:
  case CLASS_CURRENCY:
    return BEFORE_OPEN;
  case CLASS_SQUARE:
    return c == '[' ? BEFORE_OPEN : BEFORE_PUNCT;
  default:
    return BEFORE_PUNCT;
  }
}

#endif
