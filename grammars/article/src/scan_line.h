// Lines: what the beginning of one says. Nothing here changes the state or marks a token's end.
#ifndef GALLEY_ARTICLE_SCAN_LINE_H
#define GALLEY_ARTICLE_SCAN_LINE_H

#include "scan.h"

// What the beginning of a line says.
enum LineKind {
  LINE_TEXT,
  LINE_BLANK,
  LINE_HEADING,
  LINE_LIST,
  LINE_NUMBER, // ordered list, a number other than 1
  LINE_QUOTE,
  LINE_BAR,
  LINE_NOTE,
  LINE_REFERENCE,
  LINE_FENCE,
  LINE_RULE,      // thematic break
  LINE_UNDERLINE, // === under a heading
  LINE_DASHES,    // --- : a rule, or under a heading
  LINE_DELIMITER, // --- | --- : under a table's head
  LINE_COMMENT,   // <!--
  LINE_RAW,       // <script>, <style>, <pre>
  LINE_KINDS,
};

typedef struct {
  enum LineKind kind;
  uint32_t indent; // columns, a tab to the next multiple of 4
  uint8_t level;   // heading level, depth of > marks
  int32_t first;   // its first character behind the indent
  int32_t fence;   // its character and how many of it
  uint32_t fence_length;
} Line;

static uint32_t scan_indent(Scan *scan) {
  uint32_t column = 0;
  for (uint32_t i = 0; i < TEXT_MAX && class_is_blank(scan_class(scan)); i++) {
    if (scan_class(scan) == CLASS_SPACE) column += scan_look(scan) == '\t' ? 4 - column % 4 : 1;
    scan_skip(scan);
  }
  return column;
}

// Advances over a run of `c`; at most `max`.
static uint32_t scan_run(Scan *scan, int32_t c, uint32_t max) {
  uint32_t count = 0;
  while (count < max && scan_accept(scan, c))
    count++;
  return count;
}

// A line of - * _ = after its indent: rule, underline, table delimiter, list mark or text.
static enum LineKind scan_line_of_marks(Scan *scan, int32_t mark) {
  uint32_t marks = scan_run(scan, mark, TEXT_MAX);
  bool space = scan_class(scan) == CLASS_SPACE;
  bool list = marks == 1 && space && (mark == '-' || mark == '*');
  bool solid = true; // the marks stand together
  uint32_t bars = 0;
  uint32_t spaces = scan_skip_blanks(scan);
  while (!class_ends_line(scan_class(scan)) && scan->length < TEXT_MAX) {
    int32_t c = scan_look(scan);
    if (c == mark)
      marks++;
    else if (mark == '-' && c == '|')
      bars++;
    else if (c != ':' || mark != '-')
      return list ? LINE_LIST : LINE_TEXT;
    solid = solid && spaces == 0;
    scan_skip(scan);
    spaces = scan_skip_blanks(scan);
  }
  if (bars > 0) return LINE_DELIMITER;
  if (marks >= 3 && mark == '=') return solid ? LINE_UNDERLINE : LINE_TEXT;
  if (marks >= 3 && mark == '-' && solid) return LINE_DASHES;
  if (marks >= 3) return LINE_RULE;
  return list ? LINE_LIST : LINE_TEXT;
}

// A fence of ``` or ~~~; inline code has more ticks on its line.
static enum LineKind scan_line_fence(Scan *scan, Line *line, int32_t mark) {
  line->fence = mark;
  line->fence_length = scan_run(scan, mark, LABEL_MAX);
  if (line->fence_length < 3) return LINE_TEXT;
  while (!class_ends_line(scan_class(scan))) {
    if ((mark == '`' && scan_look(scan) == '`') || scan->length > TEXT_MAX) return LINE_TEXT;
    scan_skip(scan);
  }
  return LINE_FENCE;
}

// After the colon of "[x]:": a link's target and perhaps its title, not a speaker's words.
static bool scan_line_target(Scan *scan) {
  scan_skip_blanks(scan);
  enum Class class = scan_class(scan);
  if (class_ends_line(class)) return false;
  bool target = class == CLASS_ANGLE || class == CLASS_HASH || scan_look(scan) == '/';
  while (!class_ends_line(scan_class(scan)) && scan_class(scan) != CLASS_SPACE) {
    if (scan->length > TEXT_MAX) return false;
    if (scan_look(scan) == '/') target = true;
    scan_skip(scan);
  }
  scan_skip_blanks(scan);
  class = scan_class(scan);
  if (class_ends_line(class)) return true;
  return target && (class == CLASS_STRAIGHT || class == CLASS_SINGLE || class == CLASS_OPEN);
}

// "[^x]:" or "[x]: target"
static enum LineKind scan_line_label(Scan *scan) {
  scan_skip(scan);
  bool note = scan_accept(scan, '^');
  uint32_t length = 0;
  for (; length < LABEL_MAX && scan_look(scan) != ']'; length++) {
    if (class_ends_line(scan_class(scan)) || scan_look(scan) == '[') return LINE_TEXT;
    scan_skip(scan);
  }
  if (length == 0 || !scan_accept(scan, ']') || !scan_accept(scan, ':')) return LINE_TEXT;
  if (note) return LINE_NOTE;
  return scan_class(scan) == CLASS_SPACE && scan_line_target(scan) ? LINE_REFERENCE : LINE_TEXT;
}

// True if the next characters are `word`, whatever the case, and no letter follows.
static bool scan_word(Scan *scan, const char *word) {
  for (; *word; word++) {
    int32_t c = scan_look(scan);
    if (c != *word && c != *word - 'a' + 'A') return false;
    scan_skip(scan);
  }
  return !class_is_word(scan_class(scan));
}

static enum LineKind scan_line_tag(Scan *scan) {
  scan_skip(scan);
  if (scan_accept(scan, '!')) {
    return scan_accept(scan, '-') && scan_accept(scan, '-') ? LINE_COMMENT : LINE_TEXT;
  }
  int32_t c = scan_look(scan);
  if (c == 'p') return scan_word(scan, "pre") ? LINE_RAW : LINE_TEXT;
  if (c != 's') return LINE_TEXT;
  scan_skip(scan);
  return scan_word(scan, scan_look(scan) == 'c' ? "cript" : "tyle") ? LINE_RAW : LINE_TEXT;
}

static enum LineKind scan_line_number(Scan *scan) {
  bool one = scan_look(scan) == '1';
  uint32_t digits = 0;
  while (digits < 4 && scan_class(scan) == CLASS_DIGIT) {
    scan_skip(scan);
    digits++;
  }
  if (digits > 3 || !(scan_accept(scan, '.') || scan_accept(scan, ')'))) return LINE_TEXT;
  if (scan_class(scan) != CLASS_SPACE) return LINE_TEXT;
  return one && digits == 1 ? LINE_LIST : LINE_NUMBER;
}

// Advances over > marks and the blanks between them; the count.
static uint8_t scan_quote_marks(Scan *scan) {
  uint8_t depth = 0;
  while (scan_accept(scan, '>')) {
    if (depth < UINT8_MAX) depth++;
    scan_skip_blanks(scan);
  }
  return depth;
}

// Says what a line begins, from its first character on. Advances as far as it must to know.
static Line scan_line(Scan *scan) {
  Line line = {LINE_TEXT, scan_indent(scan), 0, 0, 0, 0};
  int32_t c = line.first = scan_look(scan);
  switch (c) {
  case CHAR_EOF:
  case '\n':
  case CHAR_BREAK:
    line.kind = LINE_BLANK;
    break;
  case '>':
    line.level = scan_quote_marks(scan);
    line.kind = class_ends_line(scan_class(scan)) ? LINE_BLANK : LINE_QUOTE;
    break;
  case '#':
    line.level = (uint8_t)scan_run(scan, '#', 7);
    if (line.level < 7 && line.indent < 4) {
      enum Class class = scan_class(scan);
      if (class == CLASS_SPACE || class_ends_line(class)) line.kind = LINE_HEADING;
    }
    break;
  case '-':
  case '*':
  case '_':
  case '=':
    line.kind = scan_line_of_marks(scan, c);
    break;
  case '+':
  case 0x2022:
    scan_skip(scan);
    if (scan_class(scan) == CLASS_SPACE) line.kind = LINE_LIST;
    break;
  case '|':
    line.kind = LINE_BAR;
    break;
  case '`':
  case '~':
    line.kind = scan_line_fence(scan, &line, c);
    break;
  case '[':
    line.kind = scan_line_label(scan);
    break;
  case '<':
    line.kind = scan_line_tag(scan);
    break;
  default:
    if (class_of(c) == CLASS_DIGIT && c < 128) line.kind = scan_line_number(scan);
    break;
  }
  return line;
}

#endif
