// The next token: of a block, or between blocks.
#ifndef GALLEY_ARTICLE_SCAN_TOKEN_H
#define GALLEY_ARTICLE_SCAN_TOKEN_H

#include "scan.h"
#include "scan_block.h"
#include "scan_inline.h"
#include "scan_markup.h"
#include "scan_quote.h"

// Splits a block that has grown too long, at blanks the scan stands before. False if not here.
static bool scan_split(Scan *scan, enum Symbol *symbol) {
  State *state = scan->state;
  if (state->items < BLOCK_SPLIT_SOFT) return false;
  bool sentence = state->depth == 0 && state->before == BEFORE_STOP;
  if (!sentence && state->items < BLOCK_SPLIT_HARD) return false;
  scan_skip_blanks(scan);
  if (class_ends_line(scan_class(scan))) return false;
  bool chosen = state->items >= BLOCK_SPLIT_FIRM || scan_look(scan) % 4 == 0;
  if (!chosen || (scan->length == 0 && state->items < BLOCK_SPLIT_HARD)) return false;
  state->flags |= ENDING;
  *symbol = scan_end(scan);
  return true;
}

static enum Symbol scan_bar(Scan *scan) {
  State *state = scan->state;
  if (state->block != TABLE) {
    if (state->flags & FIRST_LINE) state->flags |= HAS_BAR;
    scan_skip(scan);
    return scan_text(scan);
  }
  if (state->depth > 0) {
    state->depth--;
    return QUOTE_END;
  }
  scan_skip(scan);
  scan_mark(scan);
  return TABLE_BAR;
}

// A token inside a block.
static enum Symbol scan_item(Scan *scan) {
  State *state = scan->state;
  enum Symbol symbol = TEXT;
  scan_mark(scan);
  if ((state->flags & LINE_START) && scan_line_start(scan)) return BREAK;
  if (scan_split(scan, &symbol)) return symbol;
  uint32_t blanks = scan->length + scan_skip_blanks(scan);
  int32_t c = scan_look(scan);
  enum Class class = class_of(c);
  if (class_ends_line(class)) return scan_line_end(scan);
  if (blanks > 0) {
    scan_mark(scan);
    return scan_text(scan);
  }
  switch (class) {
  case CLASS_UPPER:
    return before_is_word(state->before) ? scan_text(scan) : scan_name(scan);
  case CLASS_DIGIT:
    return before_is_letter(state->before) ? scan_text(scan) : scan_figure(scan);
  case CLASS_STOP:
    return scan_stop(scan);
  case CLASS_SIGN:
  case CLASS_CURRENCY:
    return scan_signed(scan, class);
  case CLASS_SINGLE:
    return scan_single(scan, c, &symbol) ? symbol : scan_apostrophe(scan);
  case CLASS_QUOTE:
    if (c != 0x2018 && c != 0x201a && c != 0x201b) return scan_quote(scan, c);
    return scan_single(scan, c, &symbol) ? symbol : scan_apostrophe(scan);
  case CLASS_STRAIGHT:
    return scan_quote(scan, c);
  case CLASS_TICK:
    return scan_ticks(scan);
  case CLASS_EMPHASIS:
    return scan_emphasis(scan);
  case CLASS_SQUARE:
    return c == '[' ? scan_bracket_open(scan) : scan_bracket_close(scan);
  case CLASS_ANGLE:
    return scan_angle_open(scan);
  case CLASS_AT:
    return scan_tag(scan, HANDLE);
  case CLASS_HASH:
    return scan_tag(scan, HASHTAG);
  case CLASS_BAR:
    return scan_bar(scan);
  case CLASS_ESCAPE:
    return scan_escape(scan);
  case CLASS_CONTROL:
    return scan_other(scan);
  case CLASS_OBJECT:
    return scan_object(scan);
  default:
    return scan_text(scan);
  }
}

// Keeps in the state what the next tokens must know of an item.
static void state_after_item(State *state, const Scan *scan, enum Symbol symbol) {
  if (state->block == BETWEEN_BLOCKS || symbol == QUOTE_END || symbol == PEEK) return;
  if (symbol == BREAK) return;
  state->before = scan->marked_before;
  uint32_t line_length = state->line_length + scan->marked_length;
  state->line_length = (uint8_t)(line_length < LONG_LINE ? line_length : LONG_LINE);
  uint32_t items = state->items + 1 + scan->marked_length / 32;
  state->items = (uint16_t)(items < BLOCK_SPLIT_HARD ? items : BLOCK_SPLIT_HARD);
}

static bool scan_token(Scan *scan, const bool *valid, enum Symbol *symbol) {
  State *state = scan->state;
  if (state->block == BETWEEN_BLOCKS) return scan_between_blocks(scan, valid, symbol);
  if (state->flags & ENDING) {
    scan_mark(scan);
    *symbol = scan_end(scan);
  } else if (state->flags & MARK_NEXT) {
    *symbol = scan_block_mark(scan);
  } else if (state->decided >= DECIDED_BREAK) {
    scan_mark(scan);
    *symbol = scan_peeked_line_end(scan);
  } else {
    *symbol = scan_item(scan);
#ifdef GALLEY_ARTICLE_COARSE
    *symbol = scan_runs(scan, *symbol);
#endif
    state_after_item(state, scan, *symbol);
  }
  return true;
}

#endif
