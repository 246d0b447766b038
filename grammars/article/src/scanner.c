// The external scanner of the article grammar: lexes every token.
//
// Split by subject: scan_class.h characters, scan.h state and cursor, scan_line.h what a line
// begins, scan_block.h blocks and line ends, scan_quote.h quotation marks, scan_inline.h runs,
// scan_markup.h inline markup, scan_token.h which of them comes next. Headers, because
// tree-sitter's command line compiles this file alone.
#include <string.h>

#include "scan_token.h"
#include "tree_sitter/alloc.h"

// Serialized: the fields before `quotes`, then as many quotes as are open.
enum { STATE_BYTES = 9 };

// tree-sitter finds these by name; no header declares them.
void *tree_sitter_article_external_scanner_create(void);
void tree_sitter_article_external_scanner_destroy(void *payload);
unsigned tree_sitter_article_external_scanner_serialize(void *payload, char *buffer);
void tree_sitter_article_external_scanner_deserialize(void *payload, const char *buffer,
                                                      unsigned length);
bool tree_sitter_article_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid);

// NULL when memory ends: the scanner then finds no token.
void *tree_sitter_article_external_scanner_create(void) {
  return ts_calloc(1, sizeof(State));
}

void tree_sitter_article_external_scanner_destroy(void *payload) {
  ts_free(payload);
}

unsigned tree_sitter_article_external_scanner_serialize(void *payload, char *buffer) {
  const State *state = payload;
  if (!state) return 0;
  const uint8_t head[STATE_BYTES] = {
      state->block, state->decided, state->before,         state->line_length,
      state->flags, state->level,   (uint8_t)state->items, (uint8_t)(state->items >> 8),
      state->depth,
  };
  memcpy(buffer, head, STATE_BYTES);
  memcpy(buffer + STATE_BYTES, state->quotes, state->depth);
  return STATE_BYTES + state->depth;
}

void tree_sitter_article_external_scanner_deserialize(void *payload, const char *buffer,
                                                      unsigned length) {
  State *state = payload;
  if (!state) return;
  *state = (State){0};
  if (length < STATE_BYTES) return;
  const uint8_t *head = (const uint8_t *)buffer;
  state->block = head[0];
  state->decided = head[1];
  state->before = head[2];
  state->line_length = head[3];
  state->flags = head[4];
  state->level = head[5];
  state->items = (uint16_t)(head[6] | head[7] << 8);
  state->depth = head[8];
  if (state->depth > length - STATE_BYTES) state->depth = (uint8_t)(length - STATE_BYTES);
  memcpy(state->quotes, buffer + STATE_BYTES, state->depth);
}

bool tree_sitter_article_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  State *state = payload;
  if (!state || valid[NEVER]) return false;
  Scan scan = {
      .lexer = lexer,
      .state = state,
      .hash = 2166136261u,
      .before = state->before,
      .marked_before = state->before,
  };
  enum Symbol symbol = NEVER;
  if (!scan_token(&scan, valid, &symbol)) return false;
  lexer->result_symbol = (TSSymbol)symbol;
  return true;
}
