// Inline markup: emphasis, code spans, links, citations, HTML tags, escapes.
#ifndef GALLEY_ARTICLE_SCAN_MARKUP_H
#define GALLEY_ARTICLE_SCAN_MARKUP_H

#include "scan.h"
#include "scan_quote.h"

// * _ ~~ beside a word; alone, or between digits, they are text.
static enum Symbol scan_emphasis(Scan *scan) {
  State *state = scan->state;
  int32_t mark = scan_look(scan);
  uint32_t count = 0;
  while (scan_accept(scan, mark) && count < RUN_MAX)
    count++;
  scan_mark(scan);
  enum Class next = scan_class(scan);
  bool after_space = state->before == BEFORE_SPACE;
  bool before_space = next == CLASS_SPACE || class_ends_line(next);
  bool intraword = before_is_word(state->before) && class_is_word(next);
  if (count > 3 || (after_space && before_space)) return TEXT;
  if (mark == '~' && count != 2) return TEXT;
  if (mark == '_' && intraword) return TEXT;
  if (intraword && (state->before == BEFORE_DIGIT || next == CLASS_DIGIT)) return TEXT;
  scan->marked_before = state->before;
  return EMPHASIS;
}

// Ticks at a token's start: a code span if the same run of ticks comes again, or the opening mark
// of a ``quote'' or `quote'.
static enum Symbol scan_ticks(Scan *scan) {
  uint32_t count = 0;
  while (count < RUN_MAX && scan_accept(scan, '`'))
    count++;
  scan_mark(scan);
  bool apostrophe = count == 1 && before_is_letter(scan->state->before);
  if (apostrophe && class_is_letter(scan_class(scan))) return TEXT;
  bool may_open = before_is_open(scan->state->before) &&
                  (count == 2 || (count == 1 && class_may_start_quote(scan_class(scan))));
  bool quote_closed = false;
  for (;;) {
    int32_t c = scan_look(scan);
    uint8_t before = scan->before;
    if (c == '`') {
      uint32_t run = 0;
      while (scan_accept(scan, '`') && run < RUN_MAX)
        run++;
      if (run != count) continue;
      bool reopens = before == BEFORE_SPACE && class_is_word(scan_class(scan));
      if (quote_closed && (reopens || count == 2)) break;
      scan_mark(scan);
      scan->marked_before = BEFORE_LETTER;
      return CODE;
    }
    if (!scan_in_paragraph(scan)) break;
    if (count == 2 && c == '"' && !before_is_open(before)) quote_closed = true;
    if (c != '\'') continue;
    if (count == 2)
      quote_closed = quote_closed || scan_look(scan) == '\'';
    else if (!before_is_open(before) && !class_is_word(scan_class(scan)))
      quote_closed = true;
  }
  if (!may_open || !quote_closed || scan->state->depth == DEPTH_MAX) return TEXT;
  scan->state->quotes[scan->state->depth++] = count == 2 ? QUOTE_TICKS : SINGLE_TICK;
  scan->marked_before = BEFORE_OPEN;
  return QUOTE_OPEN;
}

// Behind "[": the numbers of [3] and [3, 4–6].
static bool scan_numbers(Scan *scan) {
  uint32_t digits = 0;
  for (uint32_t i = 0; i < LABEL_MAX; i++) {
    int32_t c = scan_look(scan);
    if (scan_class(scan) == CLASS_DIGIT)
      digits++;
    else if (c != ',' && c != ' ' && c != '-' && c != 0x2013)
      return digits > 0 && c == ']';
    scan_skip(scan);
  }
  return false;
}

// The label up to its "]", which is advanced over. `has_key` tells that a @key is in it.
static bool scan_label(Scan *scan, bool *has_key) {
  uint32_t open = 1;
  uint32_t start = scan->length;
  while (scan->length - start < SPAN_MAX / 3) {
    int32_t c = scan_look(scan);
    uint8_t before = scan->before;
    if (!scan_in_paragraph(scan)) return false;
    if (c == '@' && !before_is_word(before) && class_is_letter(scan_class(scan))) *has_key = true;
    if (c == '[' && ++open > BRACKETS_MAX) return false;
    if (c == ']' && --open == 0) return true;
  }
  return false;
}

// "[" at a token's start: a citation, the beginning of a link, or a bracket.
static enum Symbol scan_bracket_open(Scan *scan) {
  scan_skip(scan);
  scan_mark(scan);
  if (scan->length == 1 && scan_accept(scan, '^')) {
    bool has_key = false;
    if (!scan_label(scan, &has_key) || scan->length > LABEL_MAX) return TEXT;
    scan_mark(scan);
    scan->marked_before = scan->state->before;
    return CITATION;
  }
  bool numbers = scan_numbers(scan);
  bool has_key = false;
  if (!scan_label(scan, &has_key)) return TEXT;
  int32_t next = scan_look(scan);
  if (next == '(' || next == '[') {
    scan->marked_before = scan->state->before;
    return LINK;
  }
  if (!numbers && !has_key) return TEXT;
  scan_mark(scan);
  scan->marked_before = scan->state->before;
  return CITATION;
}

// "]" at a token's start: with the target or label behind it, a link's end.
static enum Symbol scan_bracket_close(Scan *scan) {
  scan_skip(scan);
  scan_mark(scan);
  int32_t open = scan_look(scan);
  if (open != '(' && open != '[') return TEXT;
  int32_t close = open == '(' ? ')' : ']';
  scan_skip(scan);
  uint32_t depth = 1;
  while (scan->length < SPAN_MAX && !class_ends_line(scan_class(scan))) {
    int32_t c = scan_look(scan);
    scan_skip(scan);
    if (c == open && ++depth > BRACKETS_MAX) return TEXT;
    if (c != close || --depth > 0) continue;
    scan_mark(scan);
    scan->marked_before = scan->state->before;
    return LINK;
  }
  return TEXT;
}

// "<" at a token's start: an autolink, an HTML tag or comment, or text.
static enum Symbol scan_angle_open(Scan *scan) {
  scan_skip(scan);
  scan_mark(scan);
  enum Class first = scan_class(scan);
  int32_t c = scan_look(scan);
  bool comment = c == '!';
  if (!class_is_letter(first) && c != '/' && !comment) return TEXT;
  bool address = false;
  int32_t last = 0;
  while (scan_look(scan) != '<') {
    c = scan_look(scan);
    if (!scan_in_paragraph(scan)) return TEXT;
    if (c == '@' || (c == '/' && last == ':')) address = true;
    if (c == '>' && (!comment || last == '-')) {
      scan_mark(scan);
      scan->marked_before = scan->state->before;
      return address ? URL : MARKUP;
    }
    last = c;
  }
  return TEXT;
}

// A backslash, with the mark that it makes plain.
static enum Symbol scan_escape(Scan *scan) {
  scan_skip(scan);
  scan_mark(scan);
  switch (scan_class(scan)) {
  case CLASS_EMPHASIS:
  case CLASS_SQUARE:
  case CLASS_ANGLE:
  case CLASS_HASH:
  case CLASS_TICK:
  case CLASS_BAR:
  case CLASS_ESCAPE:
  case CLASS_AT:
  case CLASS_CURRENCY:
    scan_skip(scan);
    scan_mark(scan);
    break;
  default:
    break;
  }
  return TEXT;
}

#endif
