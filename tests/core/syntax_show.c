#define _POSIX_C_SOURCE 200809L // open_memstream

#include "syntax_show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A text with its tree, and what is shown of it.
typedef struct {
  GalleyText text;
  GalleySyntax *syntax;
  FILE *out;
  char *shown;
  size_t size;
} Show;

static bool show_begin(Show *self, const char *bytes, uint32_t length) {
  memset(self, 0, sizeof *self);
  self->syntax = galley_syntax_new();
  self->out = open_memstream(&self->shown, &self->size);
  return galley_text_init(&self->text) && self->syntax && self->out &&
         galley_text_replace(&self->text, 0, 0, bytes, length) &&
         galley_syntax_parse(self->syntax, &self->text);
}

static char *show_finish(Show *self) {
  if (self->out) fclose(self->out);
  galley_syntax_free(self->syntax);
  galley_text_free(&self->text);
  return self->shown;
}

static void show_bytes(Show *self, uint32_t start, uint32_t end) {
  fwrite(self->text.bytes + start, 1, end - start, self->out);
}

// Ends the quotes that are deeper than `depth` and have no mark of their own.
static void show_open_ends(Show *self, uint8_t *depth, uint8_t target) {
  for (; *depth > target; --*depth)
    fputs("~}", self->out);
}

static void show_quotes_of(Show *self, const GalleyLeafList *leaves) {
  uint8_t depth = 0;
  for (uint32_t i = 0; i < leaves->count; i++) {
    const GalleyLeaf *leaf = &leaves->items[i];
    bool opens = leaf->kind == GALLEY_LEAF_QUOTE_OPEN;
    show_open_ends(self, &depth, (uint8_t)(leaf->depth - (opens ? 1 : 0)));
    if (opens) fputc('{', self->out);
    depth = leaf->depth;
    show_bytes(self, leaf->start, leaf->end);
    if (leaf->kind != GALLEY_LEAF_QUOTE_CLOSE) continue;
    fputc('}', self->out);
    depth--;
  }
  show_open_ends(self, &depth, 0);
}

char *show_quotes(const char *bytes, uint32_t length) {
  Show self;
  uint32_t at = 0;
  if (show_begin(&self, bytes, length)) {
    GalleyBlockCursor *cursor = galley_block_cursor_new(self.syntax, 0);
    GalleyBlock block;
    while (cursor && galley_block_cursor_next(cursor, &block)) {
      GalleyLeafList leaves = {0};
      show_bytes(&self, at, block.start);
      if (galley_block_cursor_leaves(cursor, &leaves)) show_quotes_of(&self, &leaves);
      galley_leaf_list_free(&leaves);
      at = block.end;
    }
    galley_block_cursor_free(cursor);
    show_bytes(&self, at, length);
  }
  return show_finish(&self);
}

static void show_leaf(Show *self, const GalleyLeaf *leaf) {
  static const char *const names[] = {
      "",     "name", "figure", "stop", "break",  "mark",    "emphasis", "open",  "close",
      "code", "url",  "link",   "cite", "handle", "hashtag", "markup",   "other",
  };
  const char *name = leaf->kind < sizeof names / sizeof *names ? names[leaf->kind] : "?";
  if (*name) fprintf(self->out, "%s(", name);
  for (uint32_t i = leaf->start; i < leaf->end; i++) {
    char c = self->text.bytes[i];
    if (c == '\n')
      fputs("\\n", self->out);
    else if (c == '\r')
      fputs("\\r", self->out);
    else
      fputc(c, self->out);
  }
  if (*name) fputc(')', self->out);
}

char *show_blocks(const char *bytes, uint32_t length) {
  static const char *const names[] = {"paragraph", "heading",   "list", "quote", "table",
                                      "note",      "reference", "code", "front", "markup"};
  Show self;
  if (show_begin(&self, bytes, length)) {
    GalleyBlockCursor *cursor = galley_block_cursor_new(self.syntax, 0);
    GalleyBlock block;
    while (cursor && galley_block_cursor_next(cursor, &block)) {
      GalleyLeafList leaves = {0};
      fputs(block.kind < sizeof names / sizeof *names ? names[block.kind] : "?", self.out);
      if (block.level > 0) fprintf(self.out, " %u", block.level);
      fputc(' ', self.out);
      galley_block_cursor_leaves(cursor, &leaves);
      for (uint32_t i = 0; i < leaves.count; i++)
        show_leaf(&self, &leaves.items[i]);
      fputc('\n', self.out);
      galley_leaf_list_free(&leaves);
    }
    galley_block_cursor_free(cursor);
  }
  return show_finish(&self);
}

// Runs are one: their kinds are left out, and where one ends and the next begins.
static bool is_run(const GalleyLeaf *leaf) {
  return leaf->kind <= GALLEY_LEAF_STOP;
}

char *show_outline(const char *bytes, uint32_t length) {
  Show self;
  if (show_begin(&self, bytes, length)) {
    GalleyBlockCursor *cursor = galley_block_cursor_new(self.syntax, 0);
    GalleyBlock block;
    while (cursor && galley_block_cursor_next(cursor, &block)) {
      GalleyLeafList leaves = {0};
      fprintf(self.out, "block %u level %u\n", block.kind, block.level);
      galley_block_cursor_leaves(cursor, &leaves);
      for (uint32_t i = 0; i < leaves.count; i++) {
        const GalleyLeaf *leaf = &leaves.items[i];
        uint32_t start = leaf->start;
        while (is_run(leaf) && i + 1 < leaves.count && is_run(leaf + 1) &&
               leaf[1].depth == leaf->depth) {
          leaf = &leaves.items[++i];
        }
        unsigned kind = is_run(leaf) ? GALLEY_LEAF_TEXT : leaf->kind;
        fprintf(self.out, "%u depth %u at %u-%u\n", kind, leaf->depth, start, leaf->end);
      }
      galley_leaf_list_free(&leaves);
    }
    galley_block_cursor_free(cursor);
  }
  return show_finish(&self);
}

static const char *leaves_fault(const GalleyBlock *block, const GalleyLeafList *leaves) {
  uint32_t at = block->start;
  for (uint32_t i = 0; i < leaves->count; i++) {
    const GalleyLeaf *leaf = &leaves->items[i];
    if (leaf->start != at) return "a gap or overlap between leaves";
    if (leaf->end <= leaf->start) return "an empty leaf";
    if (leaf->kind > GALLEY_LEAF_OTHER) return "a leaf of no kind";
    at = leaf->end;
  }
  return at == block->end ? NULL : "the leaves do not reach the block's end";
}

// Between blocks there may be white space, > marks, what is read over (markup.h), and one byte
// order mark at the very start.
static bool bytes_are_blank(const GalleyText *text, uint32_t start, uint32_t end) {
  for (uint32_t i = start; i < end; i++) {
    unsigned char c = (unsigned char)text->bytes[i];
    if (c < 0x80 && (c == 0 || !strchr(" \t\r\n\v\f>\x1c\x1e\x1f", c))) return false;
  }
  return true;
}

const char *show_fault(const GalleySyntax *syntax, const GalleyText *text) {
  if (galley_syntax_has_error(syntax)) return "an ERROR or MISSING node";
  GalleyBlockCursor *cursor = galley_block_cursor_new(syntax, 0);
  if (!cursor) return "no cursor";
  GalleyLeafList leaves = {0};
  const char *fault = NULL;
  uint32_t at = 0;
  for (GalleyBlock block; !fault && galley_block_cursor_next(cursor, &block); at = block.end) {
    leaves.count = 0;
    if (block.start < at || block.end <= block.start)
      fault = "blocks overlap or are empty";
    else if (!bytes_are_blank(text, at, block.start))
      fault = "text that is in no block";
    else if (!galley_block_cursor_leaves(cursor, &leaves))
      fault = "no memory";
    else
      fault = leaves_fault(&block, &leaves);
  }
  if (!fault && !bytes_are_blank(text, at, text->length)) fault = "text after the last block";
  galley_leaf_list_free(&leaves);
  galley_block_cursor_free(cursor);
  return fault;
}
