// The parts that date rules are made of: each reads a word or a few at a token and notes what they
// say. No part looks to the left of its token.
#ifndef GALLEY_DATE_PARTS_H
#define GALLEY_DATE_PARTS_H

#include "annotate.h"
#include "date_expression.h"

typedef enum {
  PART_END,
  PART_MONTH,       // May, Sept.
  PART_DAY,         // 25, 25th, twenty-fifth
  PART_DAY_ORDINAL, // 25th, twenty-fifth
  PART_DAY_SKIPPED, // a day that is read but not noted
  PART_YEAR,        // 1000 to 2199, '18
  PART_ERA,         // BC, AD
  PART_YEAR_ERA,    // 44 BC, AD 79
  PART_NUMERIC,     // 2018-05-25, 25/05/2018, 25.05.2018
  PART_WEEKDAY,
  PART_DECADE, // 1990s, '90s, nineties
  PART_CENTURY,
  PART_ORDINAL,      // first, 3rd, final
  PART_QUARTER,      // quarter
  PART_QUARTER_CODE, // Q3, 3Q
  PART_HALF_CODE,    // H1, 1H
  PART_HALF,         // half
  PART_FISCAL,       // fiscal, financial
  PART_FISCAL_CODE,  // FY2018, FY18
  PART_SEASON,
  PART_HOLIDAY,
  PART_CLOCK,       // 10:30 a.m. EDT, 5 o'clock, half past ten
  PART_CLOCK_PLAIN, // 10, of "10 to 11 a.m."
  PART_DAYPART,
  PART_REF, // today, now, recently
  PART_WHICH,
  PART_LAST, // last, past
  PART_SAME, // same, that
  PART_EVERY,
  PART_ONCE,   // once, twice
  PART_UNIT,   // any, day to millennium; hours and below too
  PART_COUNT,  // 20, two and a half, several, a
  PART_OTHER,  // other
  PART_FILLER, // consecutive, trading
  PART_AND_A_HALF,
  PART_OR_SO, // or so, or two, or more
  PART_SHIFT, // ago, earlier, later
  PART_SET,
  PART_MOD_END, // end, beginning
  PART_A,
  PART_THE,
  PART_OF,
  PART_IN,
  PART_FROM,
  PART_TIMES,
  PART_TIME,
  PART_PERIOD,
  PART_LONG,
  PART_TERM,
  PART_NEAR, // near, long, short, medium
  PART_PAST,
  PART_FUTURE,
  PART_PRESENT,
  PART_MOMENT,
  PART_VERY,
  PART_MORE,
  PART_RIGHT,
  PART_BEING,
  PART_COMMA,
  PART_HYPHEN, // with no space around it
  PART_RANGE,  // to, through, and, or a dash
  PART_COUNT_OF_PARTS,
  PART_OPTIONAL = 0x80, // the part may be missing
  PART_AHEAD = 0x7f     // the parts after it are looked at, but are not in the span
} DatePartKind;

// What the parts of a rule said.
typedef struct {
  GalleyDateExpression e; // fields that parts fill: count, year ... second, part, flags
  int32_t unit;           // DateUnit
  int32_t month, ordinal, which, shift, reference, set, mod; // numbers of words
  int32_t era;                                               // 20 before Christ, 21 after
  uint32_t unit_at;                                          // token of the unit
  bool plural;                                               // the unit's number
  bool article;                                              // the count is "a"
  bool hyphen;                                               // a hyphen was read
  bool figure_only;                                          // the day is without st, nd, rd, th
  bool clock_sure; // the clock time has a.m., a zone or o'clock
} DateCapture;

// Classes of which a word that begins a date has one. A number may begin one too.
#define DATE_START_CLASSES                                                                         \
  (GALLEY_IS(GALLEY_CLASS_MONTH) | GALLEY_IS(GALLEY_CLASS_WEEKDAY) |                               \
   GALLEY_IS(GALLEY_CLASS_DATE_UNIT) | GALLEY_IS(GALLEY_CLASS_DAYPART) |                           \
   GALLEY_IS(GALLEY_CLASS_DATE_REF) | GALLEY_IS(GALLEY_CLASS_DATE_WHICH) |                         \
   GALLEY_IS(GALLEY_CLASS_DATE_MOD) | GALLEY_IS(GALLEY_CLASS_SEASON) |                             \
   GALLEY_IS(GALLEY_CLASS_DATE_QUANT) | GALLEY_IS(GALLEY_CLASS_APPROX) |                           \
   GALLEY_IS(GALLEY_CLASS_DATE_SET) | GALLEY_IS(GALLEY_CLASS_HOLIDAY) |                            \
   GALLEY_IS(GALLEY_CLASS_NUMBER_WORD) | GALLEY_IS(GALLEY_CLASS_ORDINAL_WORD) |                    \
   GALLEY_IS(GALLEY_CLASS_DATE_LEAD) | GALLEY_IS(GALLEY_CLASS_CLOCK_WORD))

// Words that are looked at for themselves: numbers of the class DATE_GLUE.
typedef enum {
  GLUE_NONE,
  GLUE_OF,
  GLUE_IN,
  GLUE_ON,
  GLUE_AT,
  GLUE_AND,
  GLUE_TO,
  GLUE_FROM,
  GLUE_BETWEEN,
  GLUE_OR,
  GLUE_SINCE,
  GLUE_UNTIL,
  GLUE_BY,
  GLUE_FOR,
  GLUE_DURING,
  GLUE_THROUGH,
  GLUE_THAN,
  GLUE_BEFORE,
  GLUE_AFTER,
  GLUE_WITHIN,
  GLUE_THROUGHOUT,
  GLUE_AROUND,
  GLUE_TIMES,
  GLUE_TIME,
  GLUE_PERIOD,
  GLUE_EVE,
  GLUE_LONG,
  GLUE_TERM,
  GLUE_NEAR,
  GLUE_OTHER,
  GLUE_OLD,
  GLUE_PAST,
  GLUE_FUTURE,
  GLUE_PRESENT,
  GLUE_MOMENT,
  GLUE_ORDINAL_END, // st, nd, rd, th
  GLUE_S,
  GLUE_FINAL,
  GLUE_OPENING,
  GLUE_RIGHT,
  GLUE_VERY,
  GLUE_PER,
  GLUE_BEING,
  GLUE_OVER,
  GLUE_AS,
  GLUE_MORE,
  GLUE_NUMBERED = 50, // flight, No., Windows
} DateGlue;

enum { // DatePartRow.kinds: what can begin the part apart from words of its classes
  DATE_BY_NUMBER = 1 << 0,
  DATE_BY_CODE = 1 << 1, // a word with a digit in it
  DATE_BY_MARK = 1 << 2  // quote marks and punctuation
};

// How a part is read.
typedef struct {
  // NULL: a word of `class` with a number from `low` to `high`, which goes to `slot`.
  uint32_t (*read)(const GalleyBlockView *block, uint32_t at, DateCapture *capture);
  uint64_t classes; // a word that can begin it has one of these
  uint8_t kinds;
  uint8_t class, low, high;
  uint8_t slot; // offset of an int32_t in DateCapture, 0 none
} DatePartRow;

extern const DatePartRow galley_date_parts[];

// Which of DATE_BY_... a token is.
static inline uint8_t galley_date_kinds(const GalleyToken *token) {
  if (token->kind == GALLEY_TOKEN_NUMBER) return DATE_BY_NUMBER;
  if (token->kind == GALLEY_TOKEN_WORD) return token->shape & GALLEY_SHAPE_DIGIT ? DATE_BY_CODE : 0;
  return DATE_BY_MARK;
}

// Reads one part at token `at`. Returns the token after it, 0 when it is not there.
uint32_t galley_date_part(const GalleyBlockView *block, uint32_t at, uint8_t part,
                          DateCapture *capture);

// The number that the token's word has in a class; false when it has none.
bool galley_date_word(const GalleyBlockView *block, uint32_t at, int class, int32_t *value);

// The word of DATE_GLUE at `at`, GLUE_NONE for any other token or none.
DateGlue galley_date_glue(const GalleyBlockView *block, uint32_t at);

// Value of a token of digits alone, at most nine of them; -1 for any other token.
int32_t galley_date_digits(const GalleyBlockView *block, uint32_t at);

// True when token `at` stands right behind the one before it.
bool galley_date_tight(const GalleyBlockView *block, uint32_t at);

// Length of token `at` in bytes.
static inline uint32_t galley_date_length(const GalleyBlockView *block, uint32_t at) {
  return block->tokens[at].end - block->tokens[at].start;
}

// True when token `at` is this punctuation mark.
bool galley_date_is_mark(const GalleyBlockView *block, uint32_t at, uint32_t symbol);

// True when token `at` is a hyphen, dash or minus sign.
bool galley_date_is_dash(const GalleyBlockView *block, uint32_t at);

// Readers that fill more than a file of their own (date_count.c, date_clock.c, date_numeric.c,
// date_holiday.c). As galley_date_part.
uint32_t galley_date_read_count(const GalleyBlockView *block, uint32_t at, DateCapture *capture);
uint32_t galley_date_read_ordinal(const GalleyBlockView *block, uint32_t at, int32_t *value,
                                  bool *figure_only);
uint32_t galley_date_read_clock(const GalleyBlockView *block, uint32_t at, DateCapture *capture);
uint32_t galley_date_read_numeric(const GalleyBlockView *block, uint32_t at, DateCapture *capture);
uint32_t galley_date_read_holiday(const GalleyBlockView *block, uint32_t at, DateCapture *capture);

#endif
