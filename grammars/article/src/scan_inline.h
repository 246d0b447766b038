// Runs: text, names, figures, stops, and what begins inside a run of text: URLs, handles, hashtags.
#ifndef GALLEY_ARTICLE_SCAN_INLINE_H
#define GALLEY_ARTICLE_SCAN_INLINE_H

#include "scan.h"
#include "scan_quote.h"

// The letters of the word so far, the last in the low byte.
static inline uint32_t word_add(uint32_t word, int32_t c) {
  return word << 8 | (uint8_t)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
}

#define WORD3(a, b, c) ((uint32_t)(a) << 16 | (uint32_t)(b) << 8 | (uint32_t)(c))

static bool word_is_scheme(uint32_t word) {
  uint32_t http = (uint32_t)'h' << 24 | WORD3('t', 't', 'p');
  uint32_t https = (uint32_t)'t' << 24 | WORD3('t', 'p', 's');
  return word == http || word == https || word == WORD3('f', 't', 'p');
}

// The rest of a URL or e-mail address: up to a blank or bracket, less the punctuation at its end.
static enum Symbol scan_url(Scan *scan) {
  uint32_t parens = 0;
  while (scan->length < URL_MAX) {
    int32_t c = scan_look(scan);
    enum Class class = class_of(c);
    if (class == CLASS_SPACE || class == CLASS_CONTROL || class_ends_line(class)) break;
    if (class == CLASS_STRAIGHT || class == CLASS_QUOTE || class == CLASS_ANGLE || c == '>' ||
        class == CLASS_SQUARE || class == CLASS_TICK || class == CLASS_BAR || c == '*') {
      break;
    }
    if (c == '(') parens++;
    if (c == ')' && parens-- == 0) break;
    bool inside = class_is_word(class) || c == '/' || c == ')' || c == '_' || c == '=';
    scan_skip(scan);
    if (inside || c == '-' || c == '&' || c == '#' || c == '%') scan_mark(scan);
  }
  return URL;
}

// Text from the lookahead on: words and punctuation up to something that is a token of its own. The
// scan may already be behind the token's start, in which case the token is marked.
static enum Symbol scan_text(Scan *scan) {
  uint32_t word = 0;
  uint32_t word_start = before_is_word(scan->before) ? scan->run_start : scan->length;
  for (;;) {
    if (scan->length >= TEXT_MAX) break;
    int32_t c = scan_look(scan);
    enum Class class = class_of(c);
    bool in_word = before_is_word(scan->before);
    switch (class) {
    case CLASS_LOWER:
      if (!in_word) {
        scan_mark(scan);
        word = 0;
        word_start = scan->length;
      }
      word = word_add(word, c);
      break;
    case CLASS_UPPER:
    case CLASS_DIGIT:
      if (!in_word) goto end;
      word = word_add(word, c);
      break;
    case CLASS_SPACE:
      // Blanks before a line end belong to the break: end before them until a word follows.
      if (scan->before != BEFORE_SPACE) scan_mark(scan);
      break;
    case CLASS_NEWLINE:
    case CLASS_EOF:
      if (scan->before != BEFORE_SPACE) goto end;
      return TEXT;
    case CLASS_PUNCT:
      if (c == ':' && word_is_scheme(word) && in_word) {
        scan_skip(scan);
        if (!scan_accept(scan, '/') || !scan_accept(scan, '/')) {
          word = 0;
          continue;
        }
        if (word_start > 0) return TEXT;
        scan_mark(scan);
        return scan_url(scan);
      }
      break;
    case CLASS_STOP:
      if (c != '.' || !in_word) goto end;
      if (word == WORD3('w', 'w', 'w')) {
        scan_skip(scan);
        if (word_start == 0) scan_mark(scan);
        if (word_start > 0 || !class_is_word(scan_class(scan))) return TEXT;
        return scan_url(scan);
      }
      scan_mark(scan);
      scan_skip(scan);
      class = scan_class(scan);
      if (class != CLASS_LOWER && class != CLASS_DIGIT) return TEXT;
      scan->before = BEFORE_LETTER;
      continue;
    case CLASS_SIGN:
    case CLASS_CURRENCY:
      if (class == CLASS_SIGN && in_word) break;
      scan_mark(scan);
      scan_skip(scan);
      if (scan_class(scan) == CLASS_DIGIT) return TEXT;
      continue;
    case CLASS_SINGLE:
      if (!in_word) goto end;
      scan_mark(scan);
      scan_skip(scan);
      if (class_is_letter(scan_class(scan))) {
        scan->before = BEFORE_LETTER;
        continue;
      }
      if (scan->state->depth > 0) return TEXT;
      continue;
    case CLASS_AT:
      if (!in_word) goto end;
      scan_skip(scan);
      if (!class_is_word(scan_class(scan))) continue;
      if (word_start > 0) return TEXT;
      scan_mark(scan);
      return scan_url(scan);
    case CLASS_EMPHASIS:
      if (c != '_' || !in_word) goto end;
      scan_mark(scan);
      scan_skip(scan);
      if (!class_is_word(scan_class(scan))) return TEXT;
      scan->before = BEFORE_LETTER;
      continue;
    case CLASS_BAR:
      if (scan->state->block == TABLE) goto end;
      if (scan->state->flags & FIRST_LINE) scan->state->flags |= HAS_BAR;
      break;
    case CLASS_OPEN:
    case CLASS_NOTHING:
      break;
    default:
      goto end;
    }
    scan_advance(scan, c, class);
  }
end:
  scan_mark(scan);
  return TEXT;
}

// Behind an apostrophe that begins a token: the text it begins. "'n'" goes with both of its marks.
static enum Symbol scan_apostrophe(Scan *scan) {
  scan_mark(scan);
  if (before_is_open(scan->state->before) && scan_accept(scan, 'n') &&
      scan_class(scan) == CLASS_SINGLE) {
    scan_skip(scan);
  }
  return scan_text(scan);
}

// Inside a name's word, behind a character that joins: does the word go on?
static bool scan_name_joins(Scan *scan, int32_t joiner, uint32_t letters) {
  enum Class class = scan_class(scan);
  // "J.K." and "Ph.D.", but not a sentence's end without a blank behind it
  if (joiner == '.' && class == CLASS_UPPER) return letters <= 2;
  return class_is_letter(class) || (class == CLASS_DIGIT && joiner != '\'' && joiner != 0x2019);
}

// Capitalised words with a blank between them.
static enum Symbol scan_name(Scan *scan) {
  uint32_t letters = 0, most = scan->length + NAME_MAX;
  for (uint32_t words = 0; words < NAME_WORDS_MAX;) {
    int32_t c = scan_look(scan);
    enum Class class = class_of(c);
    bool in_word = before_is_word(scan->before) && scan->length > 0;
    if (scan->length >= most) break;
    if (class_is_word(class)) {
      letters++;
      scan_advance(scan, c, class);
      continue;
    }
    if (!in_word) break;
    if (c == '@') {
      scan_skip(scan);
      if (words > 0 || scan->run_start > 0) return NAME;
      scan_mark(scan);
      return class_is_word(scan_class(scan)) ? scan_url(scan) : TEXT;
    }
    scan_mark(scan);
    bool joins = c == '.' || c == '-' || c == '_' || c == 0x2010 || class == CLASS_SINGLE;
    if (joins) {
      scan_skip(scan);
      if (!scan_name_joins(scan, c, letters)) return NAME;
      scan->before = BEFORE_LETTER;
      letters = 0;
      continue;
    }
    if (c != ' ') return NAME;
    scan_skip(scan);
    if (scan_class(scan) != CLASS_UPPER) return NAME;
    scan->before = BEFORE_LETTER;
    letters = 0;
    words++;
  }
  scan_mark(scan);
  return NAME;
}

// Digits with their separators: 1,234.5 10:30 2018-06-14 24/7 10–15 6'2" 50%
static enum Symbol scan_figure(Scan *scan) {
  bool feet = false;
  uint32_t most = scan->length + RUN_MAX;
  while (scan->length < most) {
    int32_t c = scan_look(scan);
    enum Class class = class_of(c);
    if (class == CLASS_DIGIT) {
      scan_advance(scan, c, class);
      continue;
    }
    scan_mark(scan);
    bool separates = c == '.' || c == ',' || c == ':' || c == '/' || c == '-' || c == 0x2013;
    if (separates || c == '\'' || c == 0x2019) {
      feet = !separates;
      scan_skip(scan);
      if (scan_class(scan) != CLASS_DIGIT) return FIGURE;
      continue;
    }
    if (c == '%' || c == 0x2030 || (feet && (c == '"' || c == 0x201d))) {
      scan_skip(scan);
      scan_mark(scan);
    }
    return FIGURE;
  }
  scan_mark(scan);
  return FIGURE;
}

// A sign or currency mark at a token's start: of a figure, or text.
static enum Symbol scan_signed(Scan *scan, enum Class class) {
  bool in_word = before_is_word(scan->state->before);
  scan_skip(scan);
  scan_mark(scan);
  if (class == CLASS_SIGN && scan_class(scan) == CLASS_CURRENCY) scan_skip(scan);
  if (scan_class(scan) == CLASS_DIGIT && (class == CLASS_CURRENCY || !in_word)) {
    return scan_figure(scan);
  }
  return scan_text(scan);
}

static enum Symbol scan_stop(Scan *scan) {
  int32_t first = scan_look(scan);
  bool space = before_is_open(scan->state->before);
  scan_skip(scan);
  scan_mark(scan);
  enum Class next = scan_class(scan);
  if (first == '.' && before_is_word(scan->state->before) && next == CLASS_LOWER) {
    scan->before = BEFORE_LETTER; // inside an address, whose first word ended a run
    return scan_text(scan);
  }
  if (first == '.' && space && next == CLASS_DIGIT) return scan_figure(scan);
  if (first == '!' && space && scan_look(scan) == '[') return TEXT; // an image's link
  uint32_t most = scan->length + RUN_MAX;
  while (scan_class(scan) == CLASS_STOP && scan->length < most)
    scan_skip(scan);
  scan_mark(scan);
  return STOP;
}

#ifdef GALLEY_ARTICLE_COARSE

// Reads the run at the lookahead, if one comes. The run before may have looked past its end, but by
// no more than a character that is text wherever it stands.
static void scan_next_run(Scan *scan) {
  enum Class class = scan_class(scan), last = class_of(scan->last);
  uint32_t past = scan->length - scan->marked_length;
  if (past > 1 || class_ends_line(class)) return;
  if (past == 1) {
    bool sign = last == CLASS_SIGN || last == CLASS_CURRENCY;
    bool text = sign || last == CLASS_SPACE || last == CLASS_PUNCT || last == CLASS_OPEN;
    if (!text) return;
    (void)(sign && class == CLASS_DIGIT ? scan_figure(scan) : scan_text(scan));
    return;
  }
  switch (class) {
  case CLASS_UPPER:
    (void)(before_is_word(scan->before) ? scan_text(scan) : scan_name(scan));
    break;
  case CLASS_DIGIT:
    (void)(before_is_letter(scan->before) ? scan_text(scan) : scan_figure(scan));
    break;
  case CLASS_STOP:
    scan_stop(scan);
    break;
  case CLASS_SIGN:
  case CLASS_CURRENCY:
    scan_signed(scan, class);
    break;
  case CLASS_LOWER:
  case CLASS_SPACE:
  case CLASS_PUNCT:
  case CLASS_OPEN:
  case CLASS_NOTHING:
    scan_text(scan);
    break;
  default:
    break;
  }
}

// Makes one leaf of a run of text, names, figures and stops. The core reads the words of a block
// itself, and leaves of theirs would take it half as long again to parse and twice the memory. But
// for that the leaves are those of the finer scanner, as a test compares.
static enum Symbol scan_runs(Scan *scan, enum Symbol symbol) {
  State *state = scan->state;
  if (symbol != TEXT && symbol != NAME && symbol != FIGURE && symbol != STOP) return symbol;
  for (;;) {
    uint32_t marked = scan->marked_length;
    bool long_block = state->items + 1 + marked / 32 >= BLOCK_SPLIT_SOFT;
    if (marked >= TEXT_MAX || long_block) return TEXT;
    state->before = scan->before;
    scan->run_start = scan->length;
    scan_next_run(scan);
    if (scan->marked_length == marked) return TEXT;
    state->items++;
  }
}

#endif

// @name or #name; a lone mark is text.
static enum Symbol scan_tag(Scan *scan, enum Symbol symbol) {
  bool in_word = before_is_word(scan->state->before);
  scan_skip(scan);
  scan_mark(scan);
  enum Class class = scan_class(scan);
  if (in_word || !(class_is_letter(class) || (class == CLASS_DIGIT && symbol == HANDLE)))
    return TEXT;
  while (scan->length < RUN_MAX) {
    class = scan_class(scan);
    if (!class_is_word(class) && scan_look(scan) != '_') break;
    scan_skip(scan);
  }
  scan_mark(scan);
  return symbol;
}

// What is no prose and stands in the sentence: as code does in Markdown.
static enum Symbol scan_object(Scan *scan) {
  while (scan_class(scan) == CLASS_OBJECT && scan->length < TEXT_MAX)
    scan_skip(scan);
  scan_mark(scan);
  scan->marked_before = BEFORE_LETTER;
  return CODE;
}

static enum Symbol scan_other(Scan *scan) {
  while (scan_class(scan) == CLASS_CONTROL && scan->length < RUN_MAX)
    scan_skip(scan);
  scan_mark(scan);
  return OTHER;
}

#endif
