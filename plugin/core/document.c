#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "annotate.h"
#include "block_scan.h"
#include "check.h"
#include "citation.h"
#include "figure.h"

// Scratch lists above this many items are given back after use: one huge block must not pin memory.
#define SCRATCH_KEPT 16384

GalleyDocument *galley_document_new(void) {
  GalleyDocument *self = calloc(1, sizeof(GalleyDocument));
  if (!self) return NULL;
  self->stated_date = self->file_date = self->document_date = GALLEY_DAY_NONE;
  galley_tagger_open(&self->tagger);
  if (!galley_text_init(&self->text)) {
    galley_document_free(self);
    return NULL;
  }
  return self;
}

static void free_findings(GalleyFindingList *findings) {
  if (findings) galley_finding_list_free(findings);
  free(findings);
}

static void free_block(GalleyBlockRecord *block) {
  galley_span_list_free(&block->spans);
  free(block->lower_words);
  free_findings(block->findings);
}

static void free_blocks(GalleyBlockRecord *blocks, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    free_block(&blocks[i]);
}

void galley_document_free(GalleyDocument *self) {
  if (!self) return;
  free_blocks(self->blocks, self->block_count);
  free(self->blocks);
  free(self->clusters);
  free_findings(self->findings);
  galley_names_free(self->names);
  galley_leaf_list_free(&self->leaves);
  galley_token_list_free(&self->tokens);
  galley_syntax_free(self->syntax);
  galley_text_free(&self->text);
  free(self);
}

uint32_t galley_document_block_at(const GalleyDocument *self, uint32_t byte) {
  uint32_t low = 0, high = self->block_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (self->blocks[middle].start + self->blocks[middle].length > byte) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

static bool is_prose(uint8_t kind) {
  return kind < GALLEY_BLOCK_REFERENCE;
}

static bool note_lower_words(GalleyBlockRecord *record, const GalleyTokenList *tokens) {
  uint32_t *words = malloc((tokens->count ? tokens->count : 1) * sizeof(uint32_t));
  if (!words) return false;
  uint32_t count = 0;
  for (uint32_t i = 0; i < tokens->count; i++) {
    const GalleyToken *token = &tokens->items[i];
    bool lower = token->kind == GALLEY_TOKEN_WORD && !(token->shape & GALLEY_SHAPE_CAPITAL);
    if (lower && token->end - token->start > 2) words[count++] = token->hash;
  }
  uint32_t *fitted = realloc(words, (count ? count : 1) * sizeof(uint32_t));
  record->lower_words = fitted ? fitted : words;
  record->lower_word_count = count;
  return true;
}

static bool fit_spans(GalleySpanList *spans) {
  if (spans->count == spans->capacity) return true;
  GalleySpan *items = realloc(spans->items, spans->count * sizeof(GalleySpan));
  if (!items) return true; // the larger one serves as well
  spans->items = items;
  spans->capacity = spans->count;
  return true;
}

// Until the document is resolved the resolved fields say what the block alone tells, so that a
// redraw while typing shows that.
static void settle(GalleySpanList *spans) {
  for (uint32_t i = 0; i < spans->count; i++) {
    GalleySpan *span = &spans->items[i];
    if (span->kind == GALLEY_KIND_ENTITY) {
      span->entity.type = span->type;
      span->entity.subtype = span->subtype;
      span->entity.cluster = UINT32_MAX;
    } else if (span->kind == GALLEY_KIND_QUOTE) {
      span->quote.speaker_cluster = span->quote.speaker_block = UINT32_MAX;
    }
  }
}

typedef bool Annotator(GalleyBlockView *);

// Of a table each cell is read by itself: nothing runs over its border. A cell or a row begins a
// line, to a token.
static bool annotate_cells(const GalleyBlockView *table, Annotator *annotator) {
  GalleyBlockView cell = *table;
  for (uint32_t first = 0, end; first < table->token_count; first = end) {
    for (end = first + 1; end < table->token_count; end++)
      if (table->tokens[end].shape & GALLEY_SHAPE_LINE_START) break;
    cell.tokens = table->tokens + first;
    cell.token_count = end - first;
    if (!annotator(&cell)) return false;
  }
  return true;
}

// Annotates the block whose leaves are in the scratch list.
static bool annotate(GalleyDocument *self, GalleyBlockRecord *record) {
  static Annotator *const annotators[] = {
      galley_citation_annotate, galley_date_annotate,  galley_entity_annotate,
      galley_figure_annotate,   galley_quote_annotate,
  };
  if (!is_prose(record->kind)) return true;
  self->tokens.count = 0;
  const char *bytes = self->text.bytes + record->start;
  if (!galley_tokenize(bytes, record->start, self->leaves.items, self->leaves.count,
                       &self->tokens) ||
      !note_lower_words(record, &self->tokens)) {
    return false;
  }
  GalleyBlockView view = {
      .bytes = bytes,
      .length = record->length,
      .kind = record->kind,
      .level = record->level,
      .tokens = self->tokens.items,
      .token_count = self->tokens.count,
      .spans = &record->spans,
      .names = self->names,
      .tagger = &self->tagger,
  };
  bool table = view.kind == GALLEY_BLOCK_TABLE;
  for (size_t i = 0; view.token_count && i < sizeof annotators / sizeof *annotators; i++) {
    bool done = table ? annotate_cells(&view, annotators[i]) : annotators[i](&view);
    if (!done) return false;
  }
  if (table) galley_figure_share_headers(&view);
  galley_citation_note_sentences(&view);
  galley_span_list_sort(&record->spans);
  settle(&record->spans);
  return record->spans.count == 0 || fit_spans(&record->spans);
}

static void trim_scratch(GalleyDocument *self) {
  if (self->leaves.capacity > SCRATCH_KEPT) galley_leaf_list_free(&self->leaves);
  if (self->tokens.capacity > SCRATCH_KEPT) galley_token_list_free(&self->tokens);
}

typedef struct {
  GalleyBlockRecord *items;
  uint32_t count, capacity;
} RecordList;

static GalleyBlockRecord *push_record(RecordList *list, const GalleyBlock *block) {
  if (list->count == list->capacity) {
    uint32_t capacity = list->capacity ? list->capacity * 2 : 8;
    GalleyBlockRecord *items = realloc(list->items, (size_t)capacity * sizeof(GalleyBlockRecord));
    if (!items) return NULL;
    list->items = items;
    list->capacity = capacity;
  }
  GalleyBlockRecord *record = &list->items[list->count++];
  *record = (GalleyBlockRecord){.start = block->start,
                                .length = block->end - block->start,
                                .kind = block->kind,
                                .level = block->level};
  return record;
}

static bool same_block(const GalleyBlockRecord *old, const GalleyBlock *block, uint32_t delta) {
  return old->start + delta == block->start && old->length == block->end - block->start &&
         old->kind == block->kind && old->level == block->level;
}

// The old blocks [from, to) give way to the blocks of `fresh`, and those after it move by `delta`.
static bool splice(GalleyDocument *self, uint32_t from, uint32_t to, const RecordList *fresh,
                   uint32_t delta) {
  uint32_t count = self->block_count - (to - from) + fresh->count;
  if (count > self->block_capacity) {
    uint32_t capacity = count + count / 2;
    GalleyBlockRecord *blocks = realloc(self->blocks, (size_t)capacity * sizeof(GalleyBlockRecord));
    if (!blocks) return false;
    self->blocks = blocks;
    self->block_capacity = capacity;
  }
  if (self->block_count) {
    free_blocks(self->blocks + from, to - from);
    memmove(self->blocks + from + fresh->count, self->blocks + to,
            (self->block_count - to) * sizeof(GalleyBlockRecord));
  }
  if (fresh->count) {
    memcpy(self->blocks + from, fresh->items, fresh->count * sizeof(GalleyBlockRecord));
  }
  self->block_count = count;
  for (uint32_t i = from + fresh->count; i < count; i++)
    self->blocks[i].start += delta;
  return true;
}

// Whether a blank line ends in [start, end) of the text, or markup that ends a block stands there.
static bool has_blank_line(const GalleyText *text, uint32_t start, uint32_t end) {
  bool in_line_end = false;
  for (uint32_t i = start; i < end; i++) {
    char c = text->bytes[i];
    if ((c == '\n' && in_line_end) || c == GALLEY_MARKUP_BREAK) return true;
    in_line_end = c == '\n' || (in_line_end && (c == ' ' || c == '\t' || c == '\r'));
  }
  return false;
}

static uint32_t count_code_points(const GalleyText *text, uint32_t start, uint32_t end) {
  uint32_t count = 0;
  for (uint32_t i = start; i < end; i++)
    count += ((unsigned char)text->bytes[i] & 0xc0) != 0x80;
  return count;
}

// The first block whose inside an edit at `start` can change: the scanner reads ahead to match
// marks, though not past a blank line.
static uint32_t first_reached(const GalleyDocument *self, uint32_t start) {
  uint32_t index = galley_document_block_at(self, start), end = start, distance = 0;
  for (; index > 0; index--) {
    const GalleyBlockRecord *before = &self->blocks[index - 1];
    uint32_t before_end = before->start + before->length;
    distance += count_code_points(&self->text, before_end, end);
    if (distance > GALLEY_SYNTAX_REACH || has_blank_line(&self->text, before_end, end)) break;
    end = before->start;
    distance += count_code_points(&self->text, end, before_end);
  }
  return index;
}

// Whether the tree still has the old block `index`, which lies before the edit. Leaves a cursor
// behind it in `*cursor`, NULL when memory ended.
static bool still_there(GalleyDocument *self, uint32_t index, GalleyBlockCursor **cursor) {
  GalleyBlock block;
  *cursor = galley_block_cursor_new(self->syntax, self->blocks[index].start);
  return *cursor && galley_block_cursor_next(*cursor, &block) &&
         same_block(&self->blocks[index], &block, 0);
}

// A cursor on the first block that has to be read again, its index in `*from`. An edit can also
// join blocks far above it (a closing fence), so the block before must be found in the tree.
static GalleyBlockCursor *start_of_change(GalleyDocument *self, uint32_t start, uint32_t *from) {
  GalleyBlockCursor *cursor;
  *from = first_reached(self, start);
  for (uint32_t step = 1; *from > 0; step *= 2) {
    if (still_there(self, *from - 1, &cursor) || !cursor) return cursor;
    galley_block_cursor_free(cursor);
    *from = *from > step ? *from - step : 0;
  }
  return galley_block_cursor_new(self->syntax, 0);
}

// Walks the new blocks from the first one that the edit can touch until they meet an old block
// behind the edit again; annotates those that are new.
static bool refresh_blocks(GalleyDocument *self, GalleyEdit edit) {
  uint32_t from, delta = edit.new_end - edit.old_end;
  GalleyBlockCursor *cursor = start_of_change(self, edit.start, &from);
  if (!cursor) return false;

  RecordList fresh = {0};
  GalleyBlock block;
  uint32_t to = from;
  bool done = true, met = false;
  while (done && galley_block_cursor_next(cursor, &block)) {
    while (to < self->block_count && (self->blocks[to].start < edit.old_end ||
                                      self->blocks[to].start + delta < block.start)) {
      to++;
    }
    met = block.start > edit.new_end && to < self->block_count &&
          same_block(&self->blocks[to], &block, delta);
    if (met) break;
    GalleyBlockRecord *record = push_record(&fresh, &block);
    self->leaves.count = 0;
    done = record && galley_block_cursor_leaves(cursor, &self->leaves) && annotate(self, record);
  }
  done = done && !galley_block_cursor_failed(cursor);
  if (!met) to = self->block_count;
  galley_block_cursor_free(cursor);
  trim_scratch(self);
  done = done && splice(self, from, to, &fresh, delta);
  if (!done) free_blocks(fresh.items, fresh.count);
  free(fresh.items);
  return done;
}

// Reads all blocks off the text, for which no tree is needed, and annotates them.
static bool read_blocks(GalleyDocument *self) {
  GalleyBlockScan scan = galley_block_scan(&self->text, 0);
  RecordList fresh = {0};
  GalleyBlock block;
  GalleyScanResult result;
  bool done = true;
  while (done &&
         (result = galley_block_scan_next(&scan, &block, &self->leaves)) != GALLEY_SCAN_DONE) {
    GalleyBlockRecord *record = result == GALLEY_SCAN_BLOCK ? push_record(&fresh, &block) : NULL;
    done = record && annotate(self, record);
    if (done && self->wants_findings && is_prose(record->kind)) {
      done = galley_check_scratch(self, record);
    }
  }
  trim_scratch(self);
  if (!done) {
    free_blocks(fresh.items, fresh.count);
    free(fresh.items);
    return false;
  }
  free_blocks(self->blocks, self->block_count);
  free(self->blocks);
  self->blocks = fresh.items;
  self->block_count = fresh.count;
  self->block_capacity = fresh.capacity;
  return true;
}

// Out of memory: what is left is an empty document that can be filled again.
static void clear(GalleyDocument *self) {
  free_blocks(self->blocks, self->block_count);
  self->block_count = 0;
  self->cluster_count = 0;
  if (self->findings) galley_finding_list_clear(self->findings);
  galley_text_clear(&self->text);
  if (self->syntax) galley_syntax_drop(self->syntax);
}

// Puts the new bytes there, to be read as `read`; where that is `bytes`, as they are.
static bool put_text(GalleyDocument *self, GalleyEdit edit, const char *bytes, const char *read) {
  uint32_t length = edit.new_end - edit.start;
  bool apart = read != bytes || self->plain[0];
  if ((apart && !galley_text_part(&self->text)) ||
      !galley_text_replace(&self->text, edit.start, edit.old_end, bytes, length)) {
    return false;
  }
  if (read != bytes) {
    memcpy(self->text.bytes + edit.start, read, length);
  } else if (self->text.written) {
    galley_markup_show(bytes, length, NULL, 0, self->plain, self->text.bytes + edit.start);
  }
  return true;
}

static bool replace_all(GalleyDocument *self, GalleyEdit edit, const char *bytes,
                        const char *read) {
  if (self->syntax) galley_syntax_drop(self->syntax);
  return put_text(self, edit, bytes, read) && read_blocks(self);
}

static bool replace_part(GalleyDocument *self, GalleyEdit edit, const char *bytes,
                         const char *read) {
  if (!self->syntax) self->syntax = galley_syntax_new();
  // The tree that the edit is made to is that of the text before it.
  return self->syntax && put_text(self, edit, bytes, read) &&
         galley_syntax_edit(self->syntax, &self->text, edit) && refresh_blocks(self, edit);
}

static bool edit_read(GalleyDocument *self, GalleyEdit edit, const char *bytes, const char *read) {
  self->edits++;
  self->resolved = false;
  bool whole = edit.start == 0 && edit.old_end == self->text.length;
  bool done = whole ? replace_all(self, edit, bytes, read) : replace_part(self, edit, bytes, read);
  if (!done) clear(self);
  return done;
}

bool galley_document_edit(GalleyDocument *self, uint32_t start, uint32_t old_end, const char *bytes,
                          uint32_t length) {
  if (start == old_end && length == 0) return true;
  return edit_read(self, (GalleyEdit){start, old_end, start + length}, bytes, bytes);
}

static uint32_t common_prefix(const char *a, const char *b, uint32_t limit) {
  uint32_t length = 0;
  while (length < limit && a[length] == b[length])
    length++;
  return length;
}

static uint32_t common_suffix(const char *a_end, const char *b_end, uint32_t limit) {
  uint32_t length = 0;
  while (length < limit && a_end[-1 - (int64_t)length] == b_end[-1 - (int64_t)length])
    length++;
  return length;
}

bool galley_document_replace(GalleyDocument *self, uint32_t start, uint32_t old_end,
                             const char *bytes, const char *read, uint32_t length) {
  const GalleyText *text = &self->text;
  uint32_t old_length = old_end - start, limit = length < old_length ? length : old_length;
  if (!read) read = bytes;
  uint32_t prefix = common_prefix(text->bytes + start, read, limit);
  uint32_t suffix = common_suffix(text->bytes + old_end, read + length, limit - prefix);
  if (text->written || read != bytes) {
    const char *written = galley_text_written(text);
    prefix = common_prefix(written + start, bytes, prefix);
    suffix = common_suffix(written + old_end, bytes + length, suffix);
  }
  GalleyEdit edit = {start + prefix, old_end - suffix, start + length - suffix};
  if (edit.start == edit.old_end && edit.start == edit.new_end) return true;
  return edit_read(self, edit, bytes + prefix, read == bytes ? bytes + prefix : read + prefix);
}

bool galley_document_prepare(GalleyDocument *self) {
  if (!self->syntax) self->syntax = galley_syntax_new();
  return self->syntax && galley_syntax_prepare(self->syntax, &self->text);
}

bool galley_document_set_plain(GalleyDocument *self, const char *characters) {
  size_t length = strlen(characters);
  if (length >= sizeof self->plain) return false;
  memcpy(self->plain, characters, length + 1);
  return true;
}

bool galley_document_set_names(GalleyDocument *self, const GalleyNameEntry *entries,
                               uint32_t count) {
  GalleyNames *names = NULL;
  if (count && !(names = galley_names_new(entries, count))) return false;
  galley_names_free(self->names);
  self->names = names;
  self->resolved = false;
  if (read_blocks(self)) return true;
  clear(self);
  return false;
}

bool galley_document_resolve(GalleyDocument *self) {
  if (self->resolved) return true;
  self->checked = false;
  self->resolved = galley_date_resolve(self) && galley_entity_resolve(self) &&
                   galley_quote_resolve(self) && galley_citation_resolve(self);
  return self->resolved;
}

static size_t findings_memory(const GalleyFindingList *findings) {
  return findings ? sizeof *findings + galley_finding_list_memory(findings) : 0;
}

size_t galley_document_memory(const GalleyDocument *self) {
  size_t bytes = sizeof *self + self->text.capacity + self->text.line_capacity * sizeof(uint32_t) +
                 (self->text.written ? self->text.capacity : 0) +
                 self->block_capacity * sizeof(GalleyBlockRecord) +
                 self->cluster_capacity * sizeof(GalleyCluster) +
                 self->leaves.capacity * sizeof(GalleyLeaf) +
                 self->tokens.capacity * sizeof(GalleyToken) + findings_memory(self->findings);
  for (uint32_t i = 0; i < self->block_count; i++) {
    bytes += self->blocks[i].spans.capacity * sizeof(GalleySpan) +
             self->blocks[i].lower_word_count * sizeof(uint32_t) +
             findings_memory(self->blocks[i].findings);
  }
  return bytes;
}
