// Blocks: where one begins and ends, and the tokens that are whole blocks.
#ifndef GALLEY_ARTICLE_SCAN_BLOCK_H
#define GALLEY_ARTICLE_SCAN_BLOCK_H

#include "scan.h"
#include "scan_line.h"

// Advances to the line's end.
static bool scan_rest_of_line(Scan *scan) {
  while (!class_ends_line(scan_class(scan))) {
    if (scan->length >= BLOCK_MAX) return false;
    scan_skip(scan);
  }
  return true;
}

// The fence's block down to its closing fence; marks the end there. False if it has none.
static bool scan_fenced(Scan *scan, const Line *open) {
  while (scan_rest_of_line(scan) && scan_accept(scan, '\n')) {
    scan_skip_blanks(scan);
    uint32_t count = scan_run(scan, open->fence, BLOCK_MAX);
    scan_skip_blanks(scan);
    if (count < open->fence_length) continue;
    // One with a language is the next block's: this one was never closed. Nor would it be cheap to
    // look past it, for a text of nothing but such fences.
    if (!class_ends_line(scan_class(scan))) return false;
    scan_mark(scan);
    return true;
  }
  return false;
}

// Down to "-->" or, for raw HTML, to the next closing tag; marks the end there. False if there is
// none before another such block begins.
static bool scan_html_block(Scan *scan, enum LineKind kind) {
  int32_t before[2] = {0, 0};
  while (scan->length < BLOCK_MAX) {
    int32_t c = scan_look(scan);
    if (c == CHAR_EOF || c == CHAR_BREAK) return false;
    if (before[1] == '\n' && c == '<') {
      if (scan_line_tag(scan) == kind) return false;
      c = '<';
      if (scan_look(scan) != '/') continue;
    } else {
      scan_skip(scan);
    }
    if (kind == LINE_COMMENT && c == '>' && before[0] == '-' && before[1] == '-') break;
    if (kind == LINE_RAW && c == '<' && scan_accept(scan, '/')) {
      while (class_is_word(scan_class(scan)) && scan->length < BLOCK_MAX)
        scan_skip(scan);
      scan_accept(scan, '>');
      break;
    }
    before[0] = before[1];
    before[1] = c;
  }
  if (scan->length >= BLOCK_MAX) return false;
  scan_mark(scan);
  return true;
}

// The lines between two of "---" at the document's start.
static bool scan_front_matter(Scan *scan) {
  while (scan_rest_of_line(scan) && scan_accept(scan, '\n')) {
    int32_t c = scan_look(scan);
    if (c != '-' && c != '.') continue;
    uint32_t count = scan_run(scan, c, 4);
    scan_skip_blanks(scan);
    if (count != 3 || !class_ends_line(scan_class(scan))) continue;
    scan_mark(scan);
    return true;
  }
  return false;
}

// The token of a block that is one, if the line begins such a one and it has an end; else NEVER.
static enum Symbol scan_whole_block(Scan *scan, const Line *line, bool begun) {
  switch (line->kind) {
  case LINE_FENCE:
    return scan_fenced(scan, line) ? CODE_TEXT : NEVER;
  case LINE_COMMENT:
  case LINE_RAW:
    return scan_html_block(scan, line->kind) ? MARKUP_TEXT : NEVER;
  case LINE_DASHES:
    scan_mark(scan);
    if (begun || line->indent > 0 || !scan_front_matter(scan)) return MARKUP_TEXT;
    return FRONT_MATTER_TEXT;
  case LINE_RULE:
  case LINE_UNDERLINE:
    scan_mark(scan);
    return MARKUP_TEXT;
  default:
    return NEVER;
  }
}

static enum Symbol state_open(State *state, const Line *line) {
  static const struct {
    uint8_t block, symbol;
    bool marked;
  } openings[LINE_KINDS] = {
      [LINE_HEADING] = {HEADING, HEADING_START, true},
      [LINE_LIST] = {LIST_ITEM, LIST_ITEM_START, true},
      [LINE_NUMBER] = {LIST_ITEM, LIST_ITEM_START, true},
      [LINE_QUOTE] = {BLOCK_QUOTE, BLOCK_QUOTE_START, true},
      [LINE_BAR] = {TABLE, TABLE_START, false},
      [LINE_NOTE] = {NOTE, NOTE_START, true},
      [LINE_REFERENCE] = {REFERENCE, REFERENCE_START, true},
  };
  uint8_t block = openings[line->kind].block;
  state->flags = BEGUN | FIRST_LINE;
  if (line->indent > 0) state->flags |= INDENTED;
  state->block = block ? block : PARAGRAPH;
  state->level = line->level;
  if (block == LIST_ITEM) {
    state->level = (uint8_t)(line->indent / 2 > 3 ? 4 : line->indent / 2 + 1);
  }
  if (openings[line->kind].marked) state->flags |= MARK_NEXT;
  return block ? (enum Symbol)openings[line->kind].symbol : PARAGRAPH_START;
}

// Blank lines, from the end of the first one on.
static enum Symbol scan_blank_lines(Scan *scan) {
  while (scan_accept(scan, '\n') || scan_accept(scan, CHAR_BREAK)) {
    scan_mark(scan);
    if (scan->length >= BLANK_MAX) return BLANK;
    scan_skip_blanks(scan);
    scan_quote_marks(scan);
  }
  if (scan_class(scan) == CLASS_EOF) scan_mark(scan);
  return BLANK;
}

// Whether a chunk ends before the block that the scan has looked at, or a section after its chunk.
// The document's blocks would be one long repeat otherwise, and tree-sitter walks all of a repeat
// after each edit. It also drops a node whole when the scanner's state before it has changed: an
// edit that joins two blocks costs what follows in their chunk, rarely in their section.
static bool scan_chunk_end(Scan *scan, const bool *valid, enum Symbol *symbol) {
  if (!valid[CHUNK_END] && !valid[SECTION_END]) return false;
  while (scan->length < CHUNK_HASH_MAX && !class_ends_line(scan_class(scan)))
    scan_skip(scan);
  uint32_t blocks = valid[CHUNK_END] ? CHUNK_BLOCKS : CHUNK_BLOCKS * SECTION_CHUNKS;
  *symbol = valid[CHUNK_END] ? CHUNK_END : SECTION_END;
  return (scan->hash >> 8) % blocks == 0;
}

// Between blocks: blank lines, a chunk's end, or what begins the next block.
static bool scan_between_blocks(Scan *scan, const bool *valid, enum Symbol *symbol) {
  State *state = scan->state;
  scan_mark(scan);
  if (scan_class(scan) == CLASS_EOF) {
    *symbol = valid[CHUNK_END] ? CHUNK_END : SECTION_END;
    return valid[*symbol];
  }
  bool begun = state->flags & BEGUN;
  Line line = {LINE_TEXT, 0, 0, 0, 0, 0};
  if (!(state->flags & MIDDLE)) line = scan_line(scan);
  if (line.kind == LINE_BLANK) {
    state->flags = BEGUN;
    *symbol = scan_blank_lines(scan);
    return true;
  }
  *symbol = scan_whole_block(scan, &line, begun);
  if (*symbol != NEVER) {
    state->block = WHOLE;
    state->flags = BEGUN | ENDING;
    return true;
  }
  if (!scan_chunk_end(scan, valid, symbol)) *symbol = state_open(state, &line);
  return true;
}

static enum Symbol scan_list_mark(Scan *scan) {
  scan_indent(scan);
  while (class_is_word(scan_class(scan)))
    scan_skip(scan);
  scan_skip(scan);
  return (enum Symbol)(LIST_MARK_1 + scan->state->level - 1);
}

static enum Symbol scan_label_mark(Scan *scan, enum Symbol symbol) {
  scan_indent(scan);
  while (!scan_accept(scan, ']') && scan_class(scan) != CLASS_EOF)
    scan_skip(scan);
  scan_accept(scan, ':');
  return symbol;
}

// The mark of the block that began here, with the blanks around it. Its start has seen it whole.
static enum Symbol scan_block_mark(Scan *scan) {
  State *state = scan->state;
  enum Symbol symbol = NEVER;
  state->flags &= (uint8_t)~MARK_NEXT;
  switch (state->block) {
  case HEADING:
    scan_indent(scan);
    scan_run(scan, '#', 6);
    symbol = (enum Symbol)(H1_MARK + state->level - 1);
    break;
  case LIST_ITEM:
    symbol = scan_list_mark(scan);
    break;
  case BLOCK_QUOTE:
    scan_indent(scan);
    scan_quote_marks(scan);
    symbol = (enum Symbol)(BLOCK_QUOTE_MARK_1 + (state->level < 3 ? state->level : 3) - 1);
    break;
  case NOTE:
    symbol = scan_label_mark(scan, NOTE_MARK);
    break;
  default:
    symbol = scan_label_mark(scan, REFERENCE_MARK);
    break;
  }
  scan_mark(scan);
  scan_skip_blanks(scan);
  if (!class_ends_line(scan_class(scan))) scan_mark(scan);
  state->before = BEFORE_SPACE;
  return symbol;
}

// The block's end: first its open quotes, one at a time, then the line end.
static enum Symbol scan_end(Scan *scan) {
  State *state = scan->state;
  if (state->depth > 0) {
    state->depth--;
    return QUOTE_END;
  }
  uint8_t flags = BEGUN;
  scan_skip_blanks(scan);
  bool line_end = scan_accept(scan, '\n') || scan_accept(scan, CHAR_BREAK);
  if (!line_end && scan_class(scan) != CLASS_EOF) flags |= MIDDLE;
  scan_mark(scan);
  *state = (State){0};
  state->flags = flags;
  return END;
}

static bool line_interrupts(const State *state, const Line *line) {
  switch (line->kind) {
  case LINE_TEXT:
  case LINE_REFERENCE:
  case LINE_DELIMITER:
    return state->block == BLOCK_QUOTE;
  case LINE_NUMBER:
    return state->block == LIST_ITEM || state->block == BLOCK_QUOTE;
  case LINE_QUOTE:
    return state->block != BLOCK_QUOTE || line->level != state->level;
  case LINE_BAR:
    return state->block != TABLE;
  case LINE_RAW:
    return false;
  default:
    return true;
  }
}

// Does the line begin a paragraph, with no blank line before it? After a line so long that it held
// a whole one; when it is indented in a text that begins its paragraphs so; when it begins with the
// mark of a quote that is open, as each paragraph of a long quote does. A block that has grown too
// long ends at a line chosen by its content.
static bool line_is_paragraph(const State *state, const Line *line) {
  if (state->block == TABLE) return state->items >= BLOCK_SPLIT_FIRM;
  bool ended = state->before == BEFORE_STOP;
  if (ended && state->line_length >= LONG_LINE) return true;
  if (state->block == PARAGRAPH && line->indent >= 2 && ended && !(state->flags & INDENTED)) {
    return true;
  }
  if (state->depth == 0) {
    if (state->items >= BLOCK_SPLIT_FIRM) return true;
    return state->items >= BLOCK_SPLIT_SOFT && ended && line->first % 4 == 0;
  }
  uint8_t top = state->quotes[state->depth - 1];
  return (line->first == 0x201c && top == QUOTE_CURLY) ||
         (line->first == '"' && top == QUOTE_STRAIGHT);
}

// What the line break before the lookahead is, in a block that goes on. Marks nothing.
static enum Decision scan_next_line(Scan *scan) {
  State *state = scan->state;
  Line line = scan_line(scan);
  bool first = (state->flags & FIRST_LINE) && state->block == PARAGRAPH;
  first = first && state->line_length < LONG_LINE;
  if (first && line.kind == LINE_UNDERLINE) return DECIDED_H1;
  if (first && line.kind == LINE_DASHES) return DECIDED_H2;
  if (first && line.kind == LINE_DELIMITER && (state->flags & HAS_BAR)) return DECIDED_RULE;
  if (line_interrupts(state, &line) || line_is_paragraph(state, &line)) return UNDECIDED;
  return DECIDED_BREAK;
}

static enum Symbol scan_decided_break(Scan *scan, enum Decision decision) {
  State *state = scan->state;
  state->decided = UNDECIDED;
  state->line_length = 0;
  state->before = BEFORE_SPACE;
  state->flags = (uint8_t)((state->flags & ~FIRST_LINE) | LINE_START);
  switch (decision) {
  case DECIDED_H1:
    state->flags |= ENDING;
    return H1_UNDERLINE;
  case DECIDED_H2:
    state->flags |= ENDING;
    return H2_UNDERLINE;
  case DECIDED_RULE:
    state->block = TABLE;
    return TABLE_RULE;
  default:
    return BREAK;
  }
}

// The line end that comes next, after blanks that the scan has advanced over. With quotes open the
// outcome may be a token without width, so what was seen is kept in the state by a PEEK.
static enum Symbol scan_line_end(Scan *scan) {
  State *state = scan->state;
  bool over = state->block == HEADING || state->block == REFERENCE || !scan_accept(scan, '\n');
  if (state->depth == 0 && !over) scan_mark(scan);
  enum Decision decision = over ? UNDECIDED : scan_next_line(scan);
  if (decision == UNDECIDED) {
    state->flags |= ENDING;
    if (state->depth > 0 || over) return scan_end(scan);
    *state = (State){0};
    state->flags = BEGUN;
    return END;
  }
  if (state->depth > 0) {
    state->decided = (uint8_t)decision;
    return PEEK;
  }
  if (decision != DECIDED_BREAK) scan_mark(scan);
  return scan_decided_break(scan, decision);
}

// The line end that a PEEK has decided.
static enum Symbol scan_peeked_line_end(Scan *scan) {
  State *state = scan->state;
  enum Decision decision = (enum Decision)state->decided;
  if (decision != DECIDED_BREAK && state->depth > 0) {
    state->depth--;
    return QUOTE_END;
  }
  scan_skip_blanks(scan);
  scan_accept(scan, '\n');
  if (decision != DECIDED_BREAK) scan_rest_of_line(scan);
  scan_mark(scan);
  return scan_decided_break(scan, decision);
}

// After a line break: the indent and the > marks of the next line. False if there are none.
static bool scan_line_start(Scan *scan) {
  scan->state->flags &= (uint8_t) ~(LINE_START | INDENTED);
  if (scan_skip_blanks(scan) > 0) scan->state->flags |= INDENTED;
  if (scan->state->block == BLOCK_QUOTE) scan_quote_marks(scan);
  if (scan->length == 0) return false;
  scan_mark(scan);
  return true;
}

#endif
