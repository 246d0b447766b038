#include "date_anchor.h"

#include <string.h>

#include "calendar.h"
#include "date_expression.h"
#include "date_rules.h"

// A dateline stands among the first blocks, a line of publication among the first or last.
enum { BLOCKS_LOOKED_AT = 8, LINE_MAX_BYTES = 240, PLACE_MAX_BYTES = 80 };

static void set_date(GalleyDocument *self, int32_t day, GalleyDateOrigin origin) {
  self->document_date = day;
  self->document_date_origin = (uint8_t)origin;
}

// ---- front matter

static bool starts_with(const char *text, size_t length, const char *word) {
  size_t size = strlen(word);
  if (length < size) return false;
  for (size_t i = 0; i < size; i++) {
    char c = text[i];
    if (c >= 'A' && c <= 'Z') c = (char)(c | 0x20);
    if (c != word[i]) return false;
  }
  return true;
}

static bool full_day(const GalleyDateExpression *e, int32_t *day) {
  bool full = e->op == DATE_OP_CALENDAR && e->month && e->day && e->flags & DATE_YEAR_KNOWN &&
              !(e->flags & (DATE_HOLIDAY | DATE_NTH | DATE_ORDER_UNKNOWN));
  if (full) *day = galley_days_from_civil(e->year, e->month, e->day);
  return full;
}

// Reads a date that is written out: "June 14, 2018".
static bool read_written(const char *text, size_t length, int32_t *day, bool *found) {
  GalleyLeaf leaf = {.start = 0, .end = (uint32_t)length, .kind = GALLEY_LEAF_TEXT};
  GalleyTokenList tokens = {0};
  GalleySpanList spans = {0};
  *found = false;
  bool done = galley_tokenize(text, 0, &leaf, 1, &tokens);
  if (done && tokens.count) {
    GalleyBlockView view = {.bytes = text,
                            .length = (uint32_t)length,
                            .tokens = tokens.items,
                            .token_count = tokens.count,
                            .spans = &spans};
    done = galley_date_annotate(&view);
    for (uint32_t i = 0; done && i < spans.count && !*found; i++)
      *found = full_day(&spans.items[i].date.expression, day);
  }
  galley_span_list_free(&spans);
  galley_token_list_free(&tokens);
  return done;
}

// The line "date: ..." of a front matter. False when memory ends.
static bool read_front_matter(const char *text, size_t length, int32_t *day, bool *found) {
  *found = false;
  for (size_t at = 0; at < length && !*found;) {
    const char *newline = memchr(text + at, '\n', length - at);
    size_t end = newline ? (size_t)(newline - text) : length;
    if (starts_with(text + at, end - at, "date:") || starts_with(text + at, end - at, "date =")) {
      size_t value = at + 5;
      while (value < end && strchr(" \t=\"'", text[value]) && text[value])
        value++;
      *found = galley_days_parse(text + value, end - value, day);
      if (!*found && end - value < LINE_MAX_BYTES &&
          !read_written(text + value, end - value, day, found)) {
        return false;
      }
    }
    at = end + 1;
  }
  return true;
}

// ---- datelines

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '*' || c == '_' || c == '(' ||
         c == ')' || c == '.' || c == '#';
}

static bool is_all_blank(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (!is_blank(text[i])) return false;
  }
  return true;
}

static bool contains(const char *text, size_t length, const char *word) {
  for (size_t i = 0; i < length; i++) {
    if (starts_with(text + i, length - i, word)) return true;
  }
  return false;
}

// "Published 14 June 2018", "Posted: ...", "Last updated ...", in a short block.
static bool is_publication(const char *text, uint32_t length, const GalleySpan *span) {
  static const char *const words[] = {"published", "posted", "updated", "date:", "issued"};
  if (length > LINE_MAX_BYTES) return false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (contains(text, span->start, words[i])) return true;
  }
  return false;
}

// "LONDON, June 14, 2018 (AP) - ": capitalised words before the date, a dash or bracket after it.
static bool is_dateline(const char *text, uint32_t length, const GalleySpan *span) {
  if (is_all_blank(text, span->start) && is_all_blank(text + span->end, length - span->end)) {
    return true;
  }
  if (is_publication(text, length, span)) return false;
  if (span->start > PLACE_MAX_BYTES || span->start < 3) return false;
  bool starts_word = true;
  for (uint32_t i = 0; i < span->start; i++) {
    char c = text[i];
    bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    if (letter && starts_word && c > 'Z') return false;
    starts_word = !letter && c != '\'' && (unsigned char)c < 0x80;
  }
  uint32_t i = span->end;
  while (i < length && (text[i] == ' ' || text[i] == ','))
    i++;
  if (i >= length) return length <= LINE_MAX_BYTES;
  return text[i] == '(' || text[i] == '-' || (unsigned char)text[i] == 0xe2 || text[i] == '\n' ||
         text[i] == '|' || text[i] == '/';
}

typedef bool Test(const char *text, uint32_t length, const GalleySpan *span);

// The first full date that passes the test in blocks [from, to).
static bool find_line(const GalleyDocument *self, uint32_t from, uint32_t to, Test *test,
                      int32_t *day) {
  for (uint32_t b = from; b < to; b++) {
    const GalleyBlockRecord *block = &self->blocks[b];
    const char *text = self->text.bytes + block->start;
    for (uint32_t i = 0; i < block->spans.count; i++) {
      const GalleySpan *span = &block->spans.items[i];
      if (span->kind != GALLEY_KIND_DATE || !full_day(&span->date.expression, day)) continue;
      if (test(text, block->length, span)) return true;
    }
  }
  return false;
}

bool galley_date_find_anchor(GalleyDocument *self) {
  set_date(self, GALLEY_DAY_NONE, GALLEY_ORIGIN_NONE);
  if (self->stated_date != GALLEY_DAY_NONE) {
    set_date(self, self->stated_date, GALLEY_ORIGIN_STATED);
    return true;
  }
  int32_t day;
  if (self->block_count > 0 && self->blocks[0].kind == GALLEY_BLOCK_FRONT_MATTER) {
    const GalleyBlockRecord *first = &self->blocks[0];
    bool found;
    if (!read_front_matter(self->text.bytes + first->start, first->length, &day, &found)) {
      return false;
    }
    if (found) {
      set_date(self, day, GALLEY_ORIGIN_FRONT_MATTER);
      return true;
    }
  }
  uint32_t count = self->block_count;
  uint32_t head = count < BLOCKS_LOOKED_AT ? count : BLOCKS_LOOKED_AT;
  uint32_t tail = count - head < BLOCKS_LOOKED_AT ? head : count - BLOCKS_LOOKED_AT;
  if (find_line(self, 0, head, is_dateline, &day)) {
    set_date(self, day, GALLEY_ORIGIN_DATELINE);
  } else if (find_line(self, 0, head, is_publication, &day) ||
             find_line(self, tail, count, is_publication, &day)) {
    set_date(self, day, GALLEY_ORIGIN_PUBLISHED);
  } else if (self->file_date != GALLEY_DAY_NONE) {
    set_date(self, self->file_date, GALLEY_ORIGIN_FILE_NAME);
  }
  return true;
}
