#include "lex.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

#include "scan.h" // the grammar's: its symbols
#include "tree_sitter/parser.h"

enum { SYMBOLS = 64, STATE_SIZE = 1024 };

// The scanner of grammars/article; tree-sitter finds it by name, no header declares it.
void *tree_sitter_article_external_scanner_create(void);
void tree_sitter_article_external_scanner_destroy(void *payload);
unsigned tree_sitter_article_external_scanner_serialize(void *payload, char *buffer);
bool tree_sitter_article_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid);

// The text as the scanner sees it. The first field is the lexer it is handed.
typedef struct {
  TSLexer lexer;
  const char *bytes;
  uint32_t length, at, size, marked;
} Reader;

static void read_code_point(Reader *self) {
  self->lexer.lookahead = 0;
  self->size = 0;
  if (self->at >= self->length) return;
  unsigned char byte = (unsigned char)self->bytes[self->at];
  self->size = 1;
  self->lexer.lookahead = byte;
  if (byte < 0x80) return;
  utf8proc_int32_t code = -1;
  utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)self->bytes + self->at,
                                           self->length - self->at, &code);
  self->lexer.lookahead = code; // -1: no UTF-8, as tree-sitter has it
  if (size > 0) self->size = (uint32_t)size;
}

static void advance(TSLexer *lexer, bool skip) {
  Reader *self = (Reader *)lexer;
  (void)skip;
  self->at += self->size;
  read_code_point(self);
}

static void mark_end(TSLexer *lexer) {
  Reader *self = (Reader *)lexer;
  self->marked = self->at;
}

static uint32_t get_column(TSLexer *lexer) {
  (void)lexer;
  return 0; // never asked for
}

static bool at_end(const TSLexer *lexer) {
  const Reader *self = (const Reader *)lexer;
  return self->at >= self->length;
}

static bool at_start_of_range(const TSLexer *lexer) {
  (void)lexer;
  return false;
}

uint32_t bench_lex(const char *bytes, uint32_t length) {
  Reader reader = {
      .lexer = {.advance = advance,
                .mark_end = mark_end,
                .get_column = get_column,
                .is_at_included_range_start = at_start_of_range,
                .eof = at_end},
      .bytes = bytes,
      .length = length,
  };
  // All but what the parser alone can know: where chunks end, and that it is recovering.
  bool valid[SYMBOLS];
  memset(valid, 1, sizeof valid);
  valid[CHUNK_END] = valid[SECTION_END] = valid[NEVER] = false;
  void *scanner = tree_sitter_article_external_scanner_create();
  if (!scanner) return 0;
  char state[STATE_SIZE];
  uint32_t tokens = 0;
  for (;;) {
    uint32_t start = reader.at = reader.marked;
    read_code_point(&reader);
    if (!tree_sitter_article_external_scanner_scan(scanner, &reader.lexer, valid)) break;
    // The parser keeps the state after every token.
    (void)tree_sitter_article_external_scanner_serialize(scanner, state);
    tokens++;
    if (reader.marked == length && reader.marked == start && state[0] == 0) break;
  }
  tree_sitter_article_external_scanner_destroy(scanner);
  return reader.marked == length ? tokens : 0;
}
