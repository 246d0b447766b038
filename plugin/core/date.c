// Finds the dates of a block. What they mean beyond the block is left to date_resolve.c.
#include "date_rules.h"

#include "calendar.h"
#include "date_context.h"

typedef struct {
  GalleyBlockView *block;
  DateMatch last;     // the last date that was added
  uint32_t last_span; // its index in the block's spans
  bool any;
} Annotator;

// A year inside "(Smith 2018)" belongs to the citation.
static bool is_open(const GalleyToken *token) {
  bool cited = token->taken & 1u << GALLEY_KIND_CITATION && !(token->shape & GALLEY_SHAPE_IN_LINK);
  return !cited && token->kind != GALLEY_TOKEN_CITATION && token->kind != GALLEY_TOKEN_OPAQUE;
}

static bool needs_tense(const GalleyDateExpression *e) {
  return e->op == DATE_OP_CALENDAR && !(e->flags & (DATE_YEAR_KNOWN | DATE_YEAR_RELATIVE)) &&
         e->which == DATE_WHICH_ANY;
}

static bool is_point_in_time(const DateMatch *match) {
  return match->type == GALLEY_DATE_DATE || match->type == GALLEY_DATE_TIME;
}

static bool same_sentence(const Annotator *self, const DateMatch *match) {
  const GalleyToken *tokens = self->block->tokens;
  return self->any && tokens[self->last.first].sentence == tokens[match->first].sentence;
}

static bool add_span(Annotator *self, DateMatch *match, uint8_t role) {
  GalleyDateExpression *e = &match->expression;
  if (same_sentence(self, match) && is_point_in_time(&self->last)) e->flags |= DATE_NEAR;
  if (needs_tense(e)) e->tense = (uint8_t)galley_date_tense(self->block, match->first, match->end);
  GalleySpan span = {.type = match->type};
  span.date.expression = *e;
  span.date.role = role;
  uint16_t rule = GALLEY_RULE(GALLEY_KIND_DATE, match->row);
  if (!galley_block_add(self->block, GALLEY_KIND_DATE, rule, match->first, match->end - 1, &span)) {
    return false;
  }
  self->last = *match;
  self->last_span = self->block->spans->count - 1;
  self->any = true;
  return true;
}

// ---- ranges: "May 5 to June 8", "2010-15"

enum { ROLE_NONE, ROLE_BEGIN, ROLE_END };

// True when `at` joins two ends of a range; "and" does after "between" alone.
static bool is_range_mark(const Annotator *self, uint32_t at) {
  const GalleyBlockView *block = self->block;
  if (galley_date_is_dash(block, at)) return true;
  DateGlue glue = galley_date_glue(block, at);
  if (glue == GLUE_AND) return galley_date_after(block, self->last.first, DATE_WORD(BETWEEN));
  return glue == GLUE_TO || glue == GLUE_THROUGH || glue == GLUE_UNTIL;
}

static GalleySpan *last_span(Annotator *self) {
  return &self->block->spans->items[self->last_span];
}

// The begin of a range has the year of its end when it has none itself.
static void lend_year(GalleyDateExpression *begin, const GalleyDateExpression *end) {
  bool both = begin->op == DATE_OP_CALENDAR && end->op == DATE_OP_CALENDAR;
  bool open = !(begin->flags & (DATE_YEAR_KNOWN | DATE_YEAR_RELATIVE));
  if (begin->which != DATE_WHICH_ANY) return;
  if (!both || !open || !(end->flags & DATE_YEAR_KNOWN) || begin->month == 0) return;
  if (begin->unit > DATE_UNIT_MONTH || end->month == 0) return;
  begin->year = (int16_t)(end->year - (begin->month > end->month ? 1 : 0));
  begin->flags |= DATE_YEAR_KNOWN | DATE_BORROWED;
}

static uint8_t link_to_last(Annotator *self, const DateMatch *match) {
  bool joined = self->any && match->first == self->last.end + 1 &&
                is_range_mark(self, self->last.end) && is_point_in_time(match) &&
                is_point_in_time(&self->last);
  if (!joined) return ROLE_NONE;
  GalleySpan *begin = last_span(self);
  begin->date.role = ROLE_BEGIN;
  lend_year(&begin->date.expression, &match->expression);
  return ROLE_END;
}

// The 8 of "May 5-8" and "May 5 to 8, 2018".
static bool read_end_day(const Annotator *self, DateMatch *match) {
  const GalleyBlockView *block = self->block;
  const GalleyDateExpression *begin = &self->last.expression;
  uint32_t mark = self->last.end, at = mark + 1;
  bool day = begin->op == DATE_OP_CALENDAR && begin->unit == DATE_UNIT_DAY && begin->day &&
             begin->month && !(begin->flags & (DATE_NTH | DATE_YEAR_KNOWN | DATE_HOLIDAY));
  if (!day || !(is_range_mark(self, mark) || galley_date_glue(block, mark) == GLUE_AND))
    return false;
  DateCapture capture = {.e = *begin};
  uint32_t end = galley_date_part(block, at, PART_DAY, &capture);
  if (!end || capture.e.day <= begin->day) return false;
  uint32_t year = galley_date_is_mark(block, end, ',') ? end + 1 : end;
  year = galley_date_part(block, year, PART_YEAR, &capture);
  if (year) end = year;
  uint32_t month = galley_date_glue(block, end) == GLUE_OF ? end + 1 : end;
  if (galley_date_part(block, month, PART_MONTH, &(DateCapture){0})) return false; // "8 June"
  int32_t length = galley_month_length(year ? capture.e.year : 2000, capture.e.month);
  if (capture.e.day > length) return false;
  if (!year && !galley_date_phrase_ends(block, end) && !galley_date_is_noun(block, end))
    return false;
  if (!year && galley_date_glue(block, mark) == GLUE_AND && !galley_date_phrase_ends(block, end)) {
    return false;
  }
  if (galley_date_is_mark(block, end, '%') || galley_date_spells(block, end, "percent"))
    return false;
  *match = self->last;
  match->first = at;
  match->end = end;
  match->expression = capture.e;
  match->expression.weekday = 0;
  match->expression.flags |= DATE_BORROWED;
  return true;
}

// The 18 of "2017-18".
static bool read_end_year(const Annotator *self, DateMatch *match) {
  const GalleyBlockView *block = self->block;
  const GalleyDateExpression *begin = &self->last.expression;
  uint32_t at = self->last.end + 1;
  bool year = begin->op == DATE_OP_CALENDAR && begin->unit == DATE_UNIT_YEAR && begin->year >= 1000;
  // 2017-18, 1892 – 94
  bool tight = galley_date_tight(block, at) && galley_date_tight(block, at - 1);
  bool spaced = !galley_date_tight(block, at) && !galley_date_tight(block, at - 1);
  if (!year || !galley_date_is_dash(block, at - 1) || !(tight || spaced)) return false;
  int32_t end = galley_date_digits(block, at);
  bool short_form = end >= 0 && block->tokens[at].end - block->tokens[at].start == 2;
  if (!short_form || (end <= begin->year % 100 && end != 0)) return false;
  if (galley_date_tight(block, at + 1) && !galley_date_phrase_ends(block, at + 1)) return false;
  *match = self->last;
  match->first = at;
  match->end = at + 1;
  match->expression.year = (int16_t)(begin->year - begin->year % 100 + (end ? end : 100));
  match->expression.flags |= DATE_BORROWED;
  return true;
}

// Adds the end of a range that is too short to be a date by itself.
static bool add_short_end(Annotator *self) {
  DateMatch end;
  if (self->last.end + 1 >= self->block->token_count) return true;
  if (!read_end_day(self, &end) && !read_end_year(self, &end)) return true;
  GalleySpan *begin = last_span(self);
  if (galley_date_glue(self->block, end.first - 1) != GLUE_AND) begin->date.role = ROLE_BEGIN;
  lend_year(&begin->date.expression, &end.expression);
  return add_span(self, &end, begin->date.role == ROLE_BEGIN ? ROLE_END : ROLE_NONE);
}

// "at 16:15 UTC, June 1": the time is of the day that follows.
static void lend_day(Annotator *self, const DateMatch *match) {
  if (!same_sentence(self, match) || match->type != GALLEY_DATE_DATE) return;
  GalleyDateExpression *time = &last_span(self)->date.expression;
  const GalleyDateExpression *day = &match->expression;
  // "6 a.m. local time on Friday", "3 p.m. in Rome on Friday"
  uint32_t gap = match->first - self->last.end;
  bool beside =
      (gap == 1 && galley_date_is_mark(self->block, self->last.end, ',')) ||
      (gap >= 1 && gap <= 4 && galley_date_after(self->block, match->first, DATE_WORD(ON)));
  bool open = time->op == DATE_OP_CALENDAR && time->unit <= DATE_UNIT_PART && !time->month &&
              !time->weekday;
  bool is_day =
      day->unit == DATE_UNIT_DAY && (day->op == DATE_OP_CALENDAR || day->op == DATE_OP_SHIFT);
  if (!beside || !open || !is_day) return;
  GalleyDateExpression joined = *day;
  joined.hour = time->hour;
  joined.minute = time->minute;
  joined.second = time->second;
  joined.part = time->part;
  joined.flags |= time->flags & (DATE_HAS_TIME | DATE_HAS_SECOND | DATE_UTC | DATE_NEAR);
  if (needs_tense(&joined)) {
    joined.tense = (uint8_t)galley_date_tense(self->block, match->first, match->end);
  }
  *time = joined;
}

// ---- where a date may begin: a cheap test that the words of most texts fail

#define IS(class) GALLEY_IS(GALLEY_CLASS_##class)

// Words that may be a date by themselves.
#define ALONE                                                                                      \
  (IS(MONTH) | IS(WEEKDAY) | IS(DATE_REF) | IS(DATE_SET) | IS(DAYPART) | IS(SEASON) |              \
   IS(DATE_UNIT) | IS(HOLIDAY))
// Words that may come second in a date.
#define SECOND (DATE_START_CLASSES | IS(DATE_FILLER) | IS(DATE_GLUE) | IS(SCALE) | IS(DATE_SHIFT))

static bool second_fits(const GalleyBlockView *block, uint32_t at) {
  if (at + 1 >= block->token_count) return false;
  const GalleyToken *next = &block->tokens[at + 1];
  if (next->kind == GALLEY_TOKEN_WORD)
    return next->classes & SECOND || next->shape & GALLEY_SHAPE_DIGIT;
  if (next->kind == GALLEY_TOKEN_NUMBER) return true;
  return next->symbol == '-' || next->symbol == '\'' || next->kind == GALLEY_TOKEN_QUOTE_OPEN;
}

static bool number_fits(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = &block->tokens[at];
  uint32_t length = token->end - token->start;
  if (length == 4 || length >= 8 || at + 1 >= block->token_count) return length != 3;
  const uint64_t after = IS(MONTH) | IS(DATE_UNIT) | IS(DATE_FILLER) | IS(CLOCK_WORD) | IS(SCALE) |
                         IS(DATE_GLUE) | IS(DATE_LEAD) | IS(ORDINAL_WORD) | IS(DAYPART);
  const GalleyToken *next = &token[1];
  if (next->kind == GALLEY_TOKEN_WORD)
    return next->classes & after || galley_date_tight(block, at + 1);
  if (next->kind == GALLEY_TOKEN_NUMBER) return false;
  return next->symbol == ':' || next->symbol == '/' || next->symbol == '\'' ||
         galley_date_is_dash(block, at + 1);
}

static bool may_begin(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = &block->tokens[at];
  if (token->kind == GALLEY_TOKEN_NUMBER) return number_fits(block, at);
  if (token->classes & ALONE || token->shape & GALLEY_SHAPE_DIGIT) return true;
  if (token->classes & DATE_START_CLASSES) return second_fits(block, at);
  // '82, '90s
  bool quote = token->symbol == '\'' || token->symbol == 0x2019 || token->symbol == 0x2018 ||
               token->kind == GALLEY_TOKEN_QUOTE_OPEN;
  return quote && at + 1 < block->token_count && token[1].kind == GALLEY_TOKEN_NUMBER &&
         token[1].end - token[1].start == 2;
}

bool galley_date_annotate(GalleyBlockView *block) {
  Annotator self = {.block = block};
  for (uint32_t at = 0; at < block->token_count;) {
    const GalleyToken *token = &block->tokens[at];
    DateMatch match;
    if (!may_begin(block, at) || !is_open(token) || !galley_date_match_joined(block, at, &match)) {
      at++;
      continue;
    }
    lend_day(&self, &match);
    uint8_t role = link_to_last(&self, &match);
    if (!add_span(&self, &match, role) || !add_short_end(&self)) return false;
    at = self.last.end;
  }
  return true;
}
