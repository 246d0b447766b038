// Quotation marks and who speaks: quote-unclosed, quote-mismatched, quote-nesting-style,
// quote-unattributed.
#include "check_family.h"
#include "check_text.h"

enum {
  SPOKEN_BYTES = 40, // shorter quotes may be asides
  RUN_ON_BLOCKS = 8, // paragraphs in which a quote that runs on is looked for
  OUTER_SPANS = 256, // how far back the quote around a quote is looked for
};
#define PARAGRAPH_MAX 20000 // bytes

typedef enum { MARK_NONE, MARK_STRAIGHT, MARK_CURLY, MARK_GUILLEMET } MarkStyle;

typedef struct {
  uint8_t style;  // MarkStyle
  uint8_t length; // bytes
  bool is_double;
  bool closes; // made for the end of a quote
} Mark;

typedef struct {
  const char *bytes;
  Mark mark;
} MarkRow;

static const MarkRow marks[] = {
    {"\"", {MARK_STRAIGHT, 1, true, false}},         {"'", {MARK_STRAIGHT, 1, false, false}},
    {"\xe2\x80\x9c", {MARK_CURLY, 3, true, false}},  {"\xe2\x80\x9d", {MARK_CURLY, 3, true, true}},
    {"\xe2\x80\x98", {MARK_CURLY, 3, false, false}}, {"\xe2\x80\x99", {MARK_CURLY, 3, false, true}},
    {"\xc2\xab", {MARK_GUILLEMET, 2, true, false}},  {"\xc2\xbb", {MARK_GUILLEMET, 2, true, true}},
};

static Mark mark_at(const char *bytes, uint32_t length) {
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    uint8_t size = marks[i].mark.length;
    if (size <= length && memcmp(bytes, marks[i].bytes, size) == 0) return marks[i].mark;
  }
  return (Mark){0};
}

static Mark mark_before(const char *bytes, uint32_t length) {
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    uint8_t size = marks[i].mark.length;
    if (size <= length && memcmp(bytes + length - size, marks[i].bytes, size) == 0) {
      return marks[i].mark;
    }
  }
  return (Mark){0};
}

static const char *mark_text(uint8_t style, bool is_double, bool closes) {
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    const Mark *mark = &marks[i].mark;
    if (mark->style == style && mark->is_double == is_double &&
        (style == MARK_STRAIGHT || mark->closes == closes)) {
      return marks[i].bytes;
    }
  }
  return "";
}

static void check_mismatch(GalleyCheckRun *run, uint32_t start, uint32_t end, Mark open,
                           Mark close) {
  if (!open.style || !close.style || open.is_double != close.is_double ||
      (open.style == close.style && !open.closes)) {
    return;
  }
  galley_check_begin_document(run, GALLEY_CHECK_QUOTE_MISMATCHED, GALLEY_OUTCOME_BAD, false,
                              end - close.length, end);
  galley_finding_say(run->found, "the quote opens with %s and closes with %s",
                     open.closes ? mark_text(open.style, open.is_double, true)
                                 : mark_text(open.style, open.is_double, false),
                     mark_text(close.style, close.is_double, close.closes));
  galley_finding_relate(run->found, start, start + open.length, "it opens here");
  if (!open.closes) {
    const char *right = mark_text(open.style, open.is_double, true);
    galley_finding_repair(run->found, "Close with %s", right);
    galley_finding_edit(run->found, end - close.length, end, "%s", right);
  }
  const char *left = mark_text(close.style, close.is_double, false);
  galley_finding_repair(run->found, "Open with %s", left);
  galley_finding_edit(run->found, start, start + open.length, "%s", left);
}

// The innermost quote around items[index], NULL when there is none.
static const GalleySpan *outer_quote(const GalleySpanList *spans, uint32_t index) {
  const GalleySpan *span = &spans->items[index];
  uint32_t floor = index > OUTER_SPANS ? index - OUTER_SPANS : 0;
  for (uint32_t i = index; i-- > floor;) {
    const GalleySpan *other = &spans->items[i];
    if (other->kind == GALLEY_KIND_QUOTE && other->subtype == GALLEY_QUOTE_MARKS &&
        !other->hidden && other->start < span->start && other->end >= span->end) {
      return other;
    }
  }
  return NULL;
}

static void check_nesting(GalleyCheckRun *run, uint32_t block, uint32_t index, Mark open,
                          Mark close) {
  const GalleyDocument *document = run->document;
  const GalleySpanList *spans = &document->blocks[block].spans;
  const GalleySpan *span = &spans->items[index], *outer = outer_quote(spans, index);
  if (!outer || !close.style || outer->state == GALLEY_QUOTE_UNCLOSED) return;
  Mark around = mark_at(check_span_bytes(document, block, outer), check_span_length(outer));
  if (!around.style || around.is_double != open.is_double || around.style != open.style ||
      (open.style != MARK_CURLY && !(open.style == MARK_STRAIGHT && open.is_double))) {
    return;
  }
  uint32_t start = check_span_at(document, block, span), end = start + check_span_length(span);
  galley_check_begin_document(run, GALLEY_CHECK_QUOTE_NESTING_STYLE, GALLEY_OUTCOME_BAD, false,
                              start, end);
  const char *left = mark_text(open.style, !open.is_double, false);
  const char *right = mark_text(close.style, !close.is_double, true);
  galley_finding_say(run->found, "a quote inside a quote takes %s%s", left, right);
  galley_finding_repair(run->found, "Write %s…%s", left, right);
  galley_finding_edit(run->found, start, start + open.length, "%s", left);
  galley_finding_edit(run->found, end - close.length, end, "%s", right);
}

// Whether the mark at byte `at` closes a quote: nothing but space stands before one that opens.
static bool closes_at(const char *bytes, uint32_t at, Mark open, const char *right) {
  if (open.style != MARK_STRAIGHT) return memcmp(bytes + at, right, strlen(right)) == 0;
  return at > 0 && bytes[at - 1] != ' ' && bytes[at - 1] != '(' && bytes[at - 1] != '\n';
}

// Whether a paragraph further on closes a quote that it has not opened: its first mark tells.
static bool closes_later(const GalleyDocument *document, uint32_t block, Mark open) {
  const char *left = mark_text(open.style, true, false), *right = mark_text(open.style, true, true);
  uint32_t size = (uint32_t)strlen(left);
  for (uint32_t i = block + 1; i < document->block_count && i <= block + RUN_ON_BLOCKS; i++) {
    const char *bytes = document->text.bytes + document->blocks[i].start;
    uint32_t most = document->blocks[i].length; // no paragraph is longer: keeps the cost in bounds
    if (most > PARAGRAPH_MAX) most = PARAGRAPH_MAX;
    for (uint32_t at = 0; at + size <= most; at++) {
      if (memcmp(bytes + at, left, size) == 0 || memcmp(bytes + at, right, size) == 0) {
        return closes_at(bytes, at, open, right);
      }
    }
  }
  return false;
}

typedef struct { // what closes_later last said: a paragraph can hold thousands of open quotes
  uint32_t block;
  uint8_t style;
  bool closes;
} RunOn;

static void check_unclosed(GalleyCheckRun *run, uint32_t block, uint32_t start, uint32_t end,
                           Mark open, RunOn *known) {
  const GalleyDocument *document = run->document;
  const char *bytes = document->text.bytes;
  if (!open.style || !open.is_double || open.closes) return;
  // 6' 2": inches.
  uint32_t before = start;
  while (before > 0 && start - before < 4 && bytes[before - 1] == ' ')
    before--;
  bool inches =
      open.style == MARK_STRAIGHT && before > 0 && (unsigned)(bytes[before - 1] - '0') < 10;
  if (inches) return;
  if (known->block != block || known->style != (uint8_t)open.style) {
    *known = (RunOn){block, (uint8_t)open.style, closes_later(document, block, open)};
  }
  galley_check_begin_document(run, GALLEY_CHECK_QUOTE_UNCLOSED, GALLEY_OUTCOME_BAD, false, start,
                              start + open.length);
  if (known->closes) {
    galley_check_soften(run->found);
    galley_finding_say(run->found,
                       "the quote runs on into a paragraph that does not open it again");
    return;
  }
  galley_finding_say(run->found, "the quote that opens here is not closed");
  const char *right = mark_text(open.style, true, true);
  galley_finding_repair(run->found, "Close it at the end of the paragraph");
  galley_finding_edit(run->found, end, end, "%s", right);
}

static void check_speaker(GalleyCheckRun *run, uint32_t block, const GalleySpan *span,
                          uint32_t start) {
  if (span->type != GALLEY_QUOTE_DIRECT || span->depth > 1 || span->quote.speaker_rule ||
      span->quote.cue_rule || span->quote.speaker_cluster != UINT32_MAX ||
      span->quote.speaker_block != UINT32_MAX ||
      span->quote.content.end - span->quote.content.start < SPOKEN_BYTES ||
      run->document->blocks[block].kind != GALLEY_BLOCK_PARAGRAPH) {
    return;
  }
  galley_check_begin_document(run, GALLEY_CHECK_QUOTE_UNATTRIBUTED, GALLEY_OUTCOME_BAD, false,
                              start, start + check_span_length(span));
  galley_finding_say(run->found, "the article does not say who says this");
}

bool galley_check_quotes(GalleyCheckRun *run) {
  const GalleyDocument *document = run->document;
  RunOn known = {.block = UINT32_MAX};
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    for (uint32_t j = 0; j < spans->count; j++) {
      const GalleySpan *span = &spans->items[j];
      if (span->kind != GALLEY_KIND_QUOTE || span->hidden || span->subtype != GALLEY_QUOTE_MARKS) {
        continue;
      }
      const char *bytes = check_span_bytes(document, i, span);
      uint32_t length = check_span_length(span), start = check_span_at(document, i, span);
      Mark open = mark_at(bytes, length);
      check_speaker(run, i, span, start);
      if (span->state == GALLEY_QUOTE_UNCLOSED) {
        check_unclosed(run, i, start, start + length, open, &known);
      } else if (span->state == GALLEY_QUOTE_CLOSED && length > open.length) {
        Mark close = mark_before(bytes + open.length, length - open.length);
        check_mismatch(run, start, start + length, open, close);
        check_nesting(run, i, j, open, close);
      }
    }
  }
  return true;
}
