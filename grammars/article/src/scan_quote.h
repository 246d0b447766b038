// Quotation marks: which open, which close, which are apostrophes, primes or strays.
//
// The state holds the open quotes of the block. A mark is judged by the characters on both sides of
// it and by what is open; where that leaves a doubt, by the marks that follow in the paragraph.
#ifndef GALLEY_ARTICLE_SCAN_QUOTE_H
#define GALLEY_ARTICLE_SCAN_QUOTE_H

#include <string.h>

#include "scan.h"

static inline bool quote_is_double(uint8_t quote) {
  return quote <= QUOTE_LAST_DOUBLE;
}

// One above the index of the innermost open quote whose bit is in `mask`; 0 if there is none.
static uint8_t state_find_quote(const State *state, uint32_t mask) {
  uint8_t depth = state->depth;
  while (depth > 0 && !(mask >> state->quotes[depth - 1] & 1))
    depth--;
  return depth;
}

static uint8_t state_top_quote(const State *state) {
  return state->depth > 0 ? state->quotes[state->depth - 1] : 0;
}

static bool state_in_single(const State *state) {
  return state->depth > 0 && !quote_is_double(state_top_quote(state));
}

#define QUOTE_BIT(quote) (1u << (quote))
enum {
  // What ” and " and '' may close.
  QUOTES_ENGLISH = QUOTE_BIT(QUOTE_CURLY) | QUOTE_BIT(QUOTE_STRAIGHT) | QUOTE_BIT(QUOTE_LOW) |
                   QUOTE_BIT(QUOTE_RIGHT) | QUOTE_BIT(QUOTE_TICKS),
};

// Closes the quote at `depth`; those inside it end first, without a mark, one a call.
static enum Symbol scan_close(Scan *scan, uint8_t depth) {
  State *state = scan->state;
  bool innermost = state->depth == depth;
  state->depth--;
  if (!innermost) return QUOTE_END;
  state->decided = UNDECIDED;
  scan_mark(scan);
  if (state->before != BEFORE_STOP)
    scan->marked_before = BEFORE_PUNCT;
  else
    scan->marked_before = BEFORE_STOP;
  return QUOTE_CLOSE;
}

static enum Symbol scan_open(Scan *scan, uint8_t quote) {
  State *state = scan->state;
  scan_mark(scan);
  state->decided = UNDECIDED;
  if (state->depth == DEPTH_MAX) return TEXT;
  state->quotes[state->depth++] = quote;
  scan->marked_before = BEFORE_OPEN;
  return QUOTE_OPEN;
}

static enum Symbol scan_stray(Scan *scan) {
  scan_mark(scan);
  return TEXT;
}

static bool class_may_start_quote(enum Class class) {
  return class != CLASS_SPACE && class != CLASS_PUNCT && class != CLASS_CONTROL &&
         !class_ends_line(class);
}

// Advances by one character of the paragraph. False at its end: a blank line or the text's end.
static bool scan_in_paragraph(Scan *scan) {
  int32_t c = scan_look(scan);
  if (c == CHAR_EOF || c == CHAR_BREAK || scan->length >= SPAN_MAX) return false;
  scan_skip(scan);
  if (c != '\n') return true;
  scan_skip_blanks(scan);
  return !class_ends_line(scan_class(scan));
}

// What the double marks that follow in the paragraph look like.
enum Marks {
  MARKS_NONE,
  MARKS_OPEN,       // an opening mark comes first
  MARKS_CLOSE,      // one closing mark, then an opening one or none
  MARKS_CLOSE_TWICE // two closing marks
};

static enum Marks scan_following_marks(Scan *scan) {
  enum Marks marks = MARKS_NONE;
  scan->before = BEFORE_OPEN;
  for (;;) {
    int32_t c = scan_look(scan);
    uint8_t before = scan->before;
    if (!scan_in_paragraph(scan)) return marks;
    if (c != '"' && c != 0x201c && c != 0x201d) continue;
    enum Class next = scan_class(scan);
    bool opens =
        c == '"' && before_is_open(before) && class_may_start_quote(next) && next != CLASS_STOP;
    if (opens || c == 0x201c) return marks == MARKS_CLOSE ? MARKS_CLOSE : MARKS_OPEN;
    if (marks == MARKS_CLOSE) return MARKS_CLOSE_TWICE;
    marks = MARKS_CLOSE;
    scan->before = BEFORE_PUNCT;
  }
}

// Inside an open double quote comes a mark that looks like an opening one. A quote inside the quote
// if two closing marks follow. If one follows, the writer forgot to close the first. If none does,
// a straight mark before a small letter closes it, with the blank on its wrong side.
static enum Symbol scan_open_double(Scan *scan, uint8_t quote) {
  State *state = scan->state;
  uint8_t open = state_find_quote(state, QUOTES_ENGLISH);
  if (open == 0 || state->decided == DECIDED_OPEN) return scan_open(scan, quote);
  if (state->decided == DECIDED_CLOSE) return scan_close(scan, open);
  bool closes = quote == QUOTE_STRAIGHT && scan_class(scan) == CLASS_LOWER;
  enum Marks marks = scan_following_marks(scan);
  if (marks == MARKS_CLOSE_TWICE) state->decided = DECIDED_OPEN;
  if (marks < MARKS_CLOSE && closes) state->decided = DECIDED_CLOSE;
  if (state->decided != UNDECIDED) return PEEK;
  state->depth--;
  return QUOTE_END;
}

// “ ‟
static enum Symbol scan_left_double(Scan *scan, enum Class next) {
  State *state = scan->state;
  uint8_t low = state_find_quote(state, QUOTE_BIT(QUOTE_LOW));
  if (low > 0) return scan_close(scan, low);
  uint8_t open = state_find_quote(state, QUOTES_ENGLISH);
  bool starts = class_may_start_quote(next);
  if (open > 0 && !before_is_open(state->before) && !class_is_word(next)) {
    return scan_close(scan, open);
  }
  if (!starts && !before_is_open(state->before)) return scan_stray(scan);
  if (class_ends_line(next)) return scan_stray(scan);
  return scan_open_double(scan, QUOTE_CURLY);
}

// ”
static enum Symbol scan_right_double(Scan *scan, enum Class next) {
  State *state = scan->state;
  uint8_t open = state_find_quote(state, QUOTES_ENGLISH);
  if (open > 0) return scan_close(scan, open);
  if (before_is_open(state->before) && class_is_word(next)) return scan_open(scan, QUOTE_RIGHT);
  return scan_stray(scan);
}

// "
static enum Symbol scan_straight_double(Scan *scan, enum Class next) {
  State *state = scan->state;
  uint8_t open = state_find_quote(state, QUOTES_ENGLISH);
  bool starts = class_may_start_quote(next);
  if (open > 0) {
    bool opens = before_is_open(state->before) && starts && next != CLASS_STOP;
    // Three in a row and more are a drawn line, or nothing.
    if (opens && state->before == BEFORE_OPEN && scan_accept(scan, '"')) {
      for (uint32_t i = 0; i < RUN_MAX && scan_accept(scan, '"'); i++)
        continue;
      return scan_stray(scan);
    }
    return opens ? scan_open_double(scan, QUOTE_STRAIGHT) : scan_close(scan, open);
  }
  bool word = before_is_word(state->before);
  if (starts && !word) return scan_open(scan, QUOTE_STRAIGHT);
  if (next != CLASS_SPACE || state->before == BEFORE_DIGIT) return scan_stray(scan);
  // With a blank behind it the mark may still open, if its partner has no blank before it.
  scan_mark(scan);
  enum Marks marks = scan_following_marks(scan);
  if (marks != MARKS_CLOSE && marks != MARKS_CLOSE_TWICE) return TEXT;
  state->quotes[state->depth++] = QUOTE_STRAIGHT;
  scan->marked_before = BEFORE_OPEN;
  return QUOTE_OPEN;
}

// « » ‹ ›, in French order or turned round.
static enum Symbol scan_angle(Scan *scan, enum Class next, bool left, uint8_t quote) {
  State *state = scan->state;
  uint8_t back = (uint8_t)(quote + 1);
  uint8_t open = state_find_quote(state, QUOTE_BIT(left ? back : quote));
  if (open > 0) return scan_close(scan, open);
  if (class_ends_line(next)) return scan_stray(scan);
  if (left) {
    bool opens = before_is_open(state->before) || class_is_word(next);
    return opens ? scan_open(scan, quote) : scan_stray(scan);
  }
  if (before_is_open(state->before) && class_is_word(next)) return scan_open(scan, back);
  return scan_stray(scan);
}

// Words that begin with an apostrophe, ends of words that stand apart from them in tokenized text,
// and decades. Advances over the word's first letters.
static bool scan_elision(Scan *scan) {
  static const char words[][8] = {"bout", "burbs", "cause", "cos",   "coz",   "cuz",    "d",
                                  "em",   "ll",    "m",     "n",     "neath", "nother", "nuff",
                                  "re",   "round", "s",     "t",     "til",   "till",   "tis",
                                  "twas", "tween", "twere", "twill", "twixt", "twould", "ve"};
  char word[8] = {0};
  uint32_t length = 0;
  uint32_t digits = 0;
  while (class_is_word(scan_class(scan))) {
    int32_t c = scan_look(scan);
    if (scan_class(scan) == CLASS_DIGIT) digits++;
    if (c >= 128 || length == sizeof word - 1) return false;
    word[length++] = (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
    scan_skip(scan);
  }
  if (digits == 2) return length == 2 || (length == 3 && word[2] == 's');
  for (uint32_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (memcmp(words[i], word, sizeof word) == 0) return true;
  }
  return false;
}

enum Closing { CLOSING_NONE, CLOSING_WEAK, CLOSING_STRONG, CLOSING_UNKNOWN };

// Does a single mark that may close follow in the paragraph, before the quote around it ends? Weak
// if it may as well be a plural's apostrophe; `weak_at` is where the first such one stands.
static enum Closing scan_single_closing(Scan *scan, uint32_t *weak_at) {
  enum Closing found = CLOSING_NONE;
  bool in_double = state_find_quote(scan->state, QUOTES_ENGLISH) > 0;
  for (;;) {
    int32_t c = scan_look(scan);
    uint8_t before = scan->before;
    if (scan->length >= SPAN_MAX) return found == CLOSING_NONE ? CLOSING_UNKNOWN : found;
    if (!scan_in_paragraph(scan)) return found;
    enum Class next = scan_class(scan);
    if (c == '\'' || c == 0x2019) {
      if (class_is_word(next)) {
        if (before_is_open(before) && c == '\'') return found;
        continue;
      }
      if (before_is_open(before)) continue;
      if (before != BEFORE_S || next != CLASS_SPACE) return CLOSING_STRONG;
      if (found == CLOSING_NONE) *weak_at = scan->length;
      found = CLOSING_WEAK;
    } else if (c == 0x2018) {
      return found;
    } else if (in_double && (c == 0x201d || (c == '"' && !before_is_open(before)))) {
      return found;
    }
  }
}

// The apostrophe of a possessive plural inside single quotes: "‘the workers’ rights’". It is one if
// a word follows and the mark that closes is still to come; soon, if that looks no better.
static bool scan_is_possessive(Scan *scan, enum Class next) {
  if (scan->state->before != BEFORE_S || next != CLASS_SPACE) return false;
  scan_skip_blanks(scan);
  if (!class_is_letter(scan_class(scan))) return false;
  uint32_t weak_at = 0;
  enum Closing closing = scan_single_closing(scan, &weak_at);
  return closing == CLOSING_STRONG || (closing == CLOSING_WEAK && weak_at <= NEAR_MAX);
}

// A single mark while a single quote is innermost, if it closes it.
static bool scan_single_closes(Scan *scan, int32_t c, enum Class next, enum Symbol *symbol) {
  State *state = scan->state;
  uint8_t top = state_top_quote(state);
  if (c == 0x2018 && top != SINGLE_LOW) return false;
  if (state->before == BEFORE_SPACE && (next != CLASS_SPACE || top != SINGLE_STRAIGHT))
    return false;
  if (before_is_word(state->before) && class_is_word(next)) return false;
  if (before_is_open(state->before) && class_is_word(next)) return false;
  scan_mark(scan);
  if (scan_is_possessive(scan, next)) {
    *symbol = TEXT;
    return true;
  }
  state->depth--;
  if (state->before != BEFORE_STOP)
    scan->marked_before = BEFORE_PUNCT;
  else
    scan->marked_before = BEFORE_STOP;
  *symbol = QUOTE_CLOSE;
  return true;
}

// A single mark where a double quote ought to close: it does, unless a double mark follows that
// does. False if it is not at such a place.
static bool scan_single_in_double(Scan *scan, int32_t c, enum Class next, enum Symbol *symbol) {
  State *state = scan->state;
  uint8_t open = state_find_quote(state, QUOTE_BIT(QUOTE_CURLY) | QUOTE_BIT(QUOTE_STRAIGHT));
  bool ends = next == CLASS_STOP || next == CLASS_PUNCT || class_ends_line(next);
  bool after_stop = state->before >= BEFORE_STOP && !class_is_word(next);
  if (c == 0x2018 || open == 0 || open != state->depth) return false;
  if (!after_stop && !(ends && before_is_word(state->before))) return false;
  scan_mark(scan);
  *symbol = TEXT;
  if (scan_following_marks(scan) >= MARKS_CLOSE) return true;
  state->depth--;
  scan->marked_before = state->before == BEFORE_STOP ? BEFORE_STOP : BEFORE_PUNCT;
  *symbol = QUOTE_CLOSE;
  return true;
}

// ‘ and ' where one may open.
static enum Symbol scan_single_opening(Scan *scan, int32_t c, enum Class next) {
  State *state = scan->state;
  bool curly = c == 0x2018;
  bool first = state->items == 0 && scan_class(scan) == CLASS_UPPER;
  scan_mark(scan);
  if (class_is_word(next) && scan_elision(scan)) return TEXT;
  if (!curly) {
    uint32_t weak_at = 0;
    enum Closing closing = scan_single_closing(scan, &weak_at);
    bool opens = closing == CLOSING_STRONG || closing == CLOSING_WEAK || first;
    if (!opens) return TEXT;
  }
  if (state->depth == DEPTH_MAX) return TEXT;
  state->quotes[state->depth++] = curly ? SINGLE_CURLY : SINGLE_STRAIGHT;
  scan->marked_before = BEFORE_OPEN;
  return QUOTE_OPEN;
}

// ' ’ ‘ ‛ ‚ at a token's start. False if it is an apostrophe; it is then advanced over.
static bool scan_single(Scan *scan, int32_t c, enum Symbol *symbol) {
  State *state = scan->state;
  scan_mark(scan);
  scan_advance(scan, c, CLASS_QUOTE);
  enum Class next = scan_class(scan);
  if (c == '\'' && next == CLASS_SINGLE && scan_look(scan) == '\'') {
    uint8_t open = state_find_quote(state, QUOTES_ENGLISH);
    bool single = state_in_single(state) && state_top_quote(state) != SINGLE_TICK;
    if (open > 0 && !single) {
      if (open == state->depth) scan_skip(scan);
      *symbol = scan_close(scan, open);
      return true;
    }
  }
  if (c == 0x201a) {
    bool opens = before_is_open(state->before) && class_is_word(next);
    *symbol = opens ? scan_open(scan, SINGLE_LOW) : scan_stray(scan);
    return true;
  }
  bool in_single = state_in_single(state);
  if (in_single && scan_single_closes(scan, c, next, symbol)) return true;
  if (scan_single_in_double(scan, c, next, symbol)) return true;
  bool may_open = c != 0x2019 && class_may_start_quote(next) && next != CLASS_STOP &&
                  (before_is_open(state->before) || (c != '\'' && !before_is_word(state->before)));
  if (may_open && !(in_single && c == '\'')) {
    *symbol = scan_single_opening(scan, c, next);
    return true;
  }
  return false;
}

// Any other quotation mark at a token's start.
static enum Symbol scan_quote(Scan *scan, int32_t c) {
  scan_mark(scan);
  scan_advance(scan, c, CLASS_QUOTE);
  enum Class next = scan_class(scan);
  switch (c) {
  case '"':
    return scan_straight_double(scan, next);
  case 0x201c:
  case 0x201f:
    return scan_left_double(scan, next);
  case 0x201d:
    return scan_right_double(scan, next);
  case 0x201e:
    if (class_may_start_quote(next)) return scan_open(scan, QUOTE_LOW);
    return scan_stray(scan);
  case 0xab:
    return scan_angle(scan, next, true, QUOTE_GUILLEMET);
  case 0xbb:
    return scan_angle(scan, next, false, QUOTE_GUILLEMET);
  case 0x2039:
    return scan_angle(scan, next, true, SINGLE_ANGLE);
  default:
    return scan_angle(scan, next, false, SINGLE_ANGLE);
  }
}

#endif
