#include "check.h"

#include <stdio.h>
#include <string.h>

#include <utf8proc.h>

#include "kind.h"
#include "rule.h"
#include "finding_compare.h"
#include "span_compare.h"

static const char *complain(const char *what, uint32_t block, uint32_t item) {
  static char message[256];
  snprintf(message, sizeof message, "%s (block %u, item %u)", what, block, item);
  return message;
}

static const char *check_lines(const GalleyText *text) {
  const char *written = galley_text_written(text); // markup that is read over may hold line ends
  uint32_t row = 0;
  for (uint32_t i = 0; i < text->length; i++) {
    bool starts = i == 0 || written[i - 1] == '\n';
    if (!starts) continue;
    if (row >= text->line_count || text->line_starts[row] != i) {
      return complain("a line starts where the index has none", 0, row);
    }
    row++;
  }
  if (text->line_count != (row > 0 ? row : 1)) return complain("the index has more lines", 0, row);
  return NULL;
}

static const char *check_leaves(const GalleyBlock *block, const GalleyLeafList *leaves,
                                uint32_t index) {
  uint32_t at = block->start;
  for (uint32_t i = 0; i < leaves->count; i++) {
    const GalleyLeaf *leaf = &leaves->items[i];
    if (leaf->start != at) return complain("a leaf leaves a gap or overlaps", index, i);
    if (leaf->end <= leaf->start) return complain("a leaf is empty", index, i);
    if (leaf->kind > GALLEY_LEAF_OTHER) return complain("a leaf has no kind", index, i);
    at = leaf->end;
  }
  if (at != block->end) return complain("the leaves end before the block", index, leaves->count);
  return NULL;
}

static const char *check_tokens(const GalleyBlock *block, const GalleyTokenList *tokens,
                                uint32_t index) {
  uint32_t at = 0, length = block->end - block->start;
  for (uint32_t i = 0; i < tokens->count; i++) {
    const GalleyToken *token = &tokens->items[i];
    if (token->start < at) return complain("a token overlaps the one before", index, i);
    if (token->end <= token->start) return complain("a token is empty", index, i);
    if (token->end > length) return complain("a token passes the block's end", index, i);
    at = token->end;
  }
  return NULL;
}

static bool range_fits(GalleyRange range, uint32_t start, uint32_t end) {
  return range.start == range.end ||
         (range.start < range.end && range.start >= start && range.end <= end);
}

static const char *check_ranges(const GalleyDocument *document, const GalleyBlockRecord *block,
                                const GalleySpan *span) {
  switch ((GalleyKind)span->kind) {
  case GALLEY_KIND_ENTITY:
    if (span->hidden || span->entity.cluster < document->cluster_count) return NULL;
    return "an entity is in no cluster";
  case GALLEY_KIND_DATE:
    if (span->date.first_day == GALLEY_DAY_NONE || span->date.last_day == GALLEY_DAY_NONE ||
        span->date.first_day <= span->date.last_day) {
      return NULL;
    }
    return "a date ends before it begins";
  case GALLEY_KIND_QUOTE:
    if (!range_fits(span->quote.content, span->start, span->end)) return "content outside quote";
    if (!range_fits(span->quote.cue, 0, block->length)) return "a cue outside the block";
    if (!range_fits(span->quote.speaker, 0, block->length)) return "a speaker outside the block";
    if (span->quote.speaker_cluster != UINT32_MAX &&
        span->quote.speaker_cluster >= document->cluster_count) {
      return "a speaker is in no cluster";
    }
    if (span->quote.speaker_block == UINT32_MAX) return NULL;
    if (span->quote.speaker_block >= document->block_count) return "a speaker is in no block";
    if (!range_fits(span->quote.speaker_range, 0,
                    document->blocks[span->quote.speaker_block].length)) {
      return "a speaker outside his block";
    }
    return NULL;
  case GALLEY_KIND_FIGURE:
    if (span->figure.low > span->figure.high) return "a figure's interval is upside down";
    if (!range_fits(span->figure.unit, 0, block->length)) return "a unit outside the block";
    if (!range_fits(span->figure.noun, 0, block->length)) return "a noun outside the block";
    if (memchr(span->figure.unit_code, 0, sizeof span->figure.unit_code)) return NULL;
    return "a unit's code does not end";
  case GALLEY_KIND_CITATION:
    if (span->citation.target_start > span->citation.target_end ||
        span->citation.target_end > document->text.length) {
      return "a citation's target is outside the text";
    }
    if (!range_fits(span->citation.label, 0, block->length)) return "a label outside the block";
    return NULL;
  case GALLEY_KIND_COUNT:
    break;
  }
  return "a span has no kind";
}

// A span that starts or ends inside a character would be drawn over half of it.
static bool inside_character(const char *bytes, uint32_t at, uint32_t length) {
  if (at == 0 || at >= length || ((unsigned char)bytes[at] & 0xc0) != 0x80) return false;
  uint32_t lead = at; // stray continuation bytes are characters of their own
  while (lead > 0 && at - lead < 3 && ((unsigned char)bytes[lead] & 0xc0) == 0x80)
    lead--;
  unsigned char first = (unsigned char)bytes[lead];
  uint32_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
  if (first >= 0xf5 || lead + size <= at || lead + size > length) return false;
  for (uint32_t i = lead + 1; i < lead + size; i++) {
    if (((unsigned char)bytes[i] & 0xc0) != 0x80) return false;
  }
  // overlong forms and surrogates are no characters either
  unsigned char second = (unsigned char)bytes[lead + 1];
  return !((first == 0xe0 && second < 0xa0) || (first == 0xed && second >= 0xa0) ||
           (first == 0xf0 && second < 0x90) || (first == 0xf4 && second >= 0x90));
}

static const char *check_spans(const GalleyDocument *document, uint32_t index) {
  const GalleyBlockRecord *block = &document->blocks[index];
  const char *bytes = document->text.bytes + block->start;
  for (uint32_t i = 0; i < block->spans.count; i++) {
    const GalleySpan *span = &block->spans.items[i], *before = i > 0 ? span - 1 : NULL;
    if (span->end <= span->start) return complain("a span is empty", index, i);
    if (span->end > block->length) return complain("a span passes the block's end", index, i);
    if (before && (before->start > span->start ||
                   (before->start == span->start && before->end < span->end))) {
      return complain("spans are out of order", index, i);
    }
    if (span->kind >= GALLEY_KIND_COUNT || !galley_span_type(span)) {
      return complain("a span has no type", index, i);
    }
    if (strcmp(galley_rule(span->rule)->id, "unknown") == 0) {
      return complain("a span has no rule", index, i);
    }
    if (!memchr(span->value, 0, sizeof span->value)) {
      return complain("a value does not end", index, i);
    }
    if (inside_character(bytes, span->start, block->length) ||
        inside_character(bytes, span->end, block->length)) {
      return complain("a span cuts a character", index, i);
    }
    const char *wrong = check_ranges(document, block, span);
    if (wrong) return complain(wrong, index, i);
  }
  return NULL;
}

static const char *check_block(const GalleyDocument *document, GalleyBlockCursor *cursor,
                               const GalleyBlock *block, uint32_t index) {
  GalleyLeafList leaves = {0};
  GalleyTokenList tokens = {0};
  const char *wrong = NULL;
  if (!galley_block_cursor_leaves(cursor, &leaves) ||
      !galley_tokenize(document->text.bytes + block->start, block->start, leaves.items,
                       leaves.count, &tokens)) {
    wrong = "out of memory";
  }
  if (!wrong) wrong = check_leaves(block, &leaves, index);
  if (!wrong) wrong = check_tokens(block, &tokens, index);
  galley_leaf_list_free(&leaves);
  galley_token_list_free(&tokens);
  return wrong;
}

// Blank lines belong to no block, nor do those with nothing but quote marks, nor a byte order mark,
// nor what is read over (markup.h).
static bool is_blank(const GalleyText *text, uint32_t start, uint32_t end) {
  while (start < end) {
    utf8proc_int32_t point;
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text->bytes + start,
                                               (utf8proc_ssize_t)(end - start), &point);
    if (length <= 0) return false;
    bool ascii = point != 0 && point < 0x80 && strchr(" \t\r\n\f\v>\x1c\x1e\x1f", (int)point);
    utf8proc_category_t category = utf8proc_category(point);
    bool space = category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
                 category == UTF8PROC_CATEGORY_ZP || point == 0x85 || point == 0xfeff;
    if (!ascii && !space) return false;
    start += (uint32_t)length;
  }
  return true;
}

static const char *check_blocks(const GalleyDocument *document) {
  GalleyBlockCursor *cursor = galley_block_cursor_new(document->syntax, 0);
  if (!cursor) return "out of memory";
  const char *wrong = NULL;
  uint32_t index = 0, at = 0;
  GalleyBlock block;
  while (!wrong && galley_block_cursor_next(cursor, &block)) {
    if (block.start < at || block.end <= block.start || block.end > document->text.length) {
      wrong = complain("a block is out of place", index, 0);
    } else if (index >= document->block_count || document->blocks[index].start != block.start ||
               document->blocks[index].length != block.end - block.start ||
               document->blocks[index].kind != block.kind) {
      wrong = complain("the document has another block than the tree", index, 0);
    } else {
      if (!is_blank(&document->text, at, block.start)) {
        wrong = complain("text is in no block", index, at);
      }
      if (!wrong) wrong = check_block(document, cursor, &block, index);
      if (!wrong) wrong = check_spans(document, index);
    }
    at = block.end;
    index++;
  }
  galley_block_cursor_free(cursor);
  if (!wrong && !is_blank(&document->text, at, document->text.length)) {
    wrong = complain("text is in no block", index, at);
  }
  if (!wrong && index != document->block_count)
    wrong = complain("the tree has fewer blocks", index, 0);
  return wrong;
}

const char *fuzz_check(GalleyDocument *document) {
  if (!galley_document_resolve(document) || !galley_document_prepare(document)) {
    return "out of memory";
  }
  if (galley_syntax_has_error(document->syntax)) return "the tree holds an error";
  const char *wrong = check_lines(&document->text);
  return wrong ? wrong : check_blocks(document);
}

const char *fuzz_check_fresh(GalleyDocument *document) {
  const char *wrong = fuzz_check(document);
  if (!wrong) wrong = findings_wrong(document);
  if (wrong) return wrong;
  GalleyDocument *fresh = galley_document_new();
  if (!fresh) return "out of memory";
  fresh->wants_findings = true; // found while it is read, they must be the same
  fresh->stated_date = document->stated_date;
  fresh->file_date = document->file_date;
  const GalleyText *text = &document->text;
  if (!galley_document_set_plain(fresh, document->plain) ||
      !galley_document_replace(fresh, 0, 0, galley_text_written(text),
                               text->written ? text->bytes : NULL, text->length) ||
      !galley_document_resolve(fresh)) {
    wrong = "out of memory";
  } else {
    wrong = document_difference(document, fresh);
    if (!wrong) wrong = findings_difference(document, fresh);
  }
  galley_document_free(fresh);
  return wrong;
}
