// Figures: what the parts of the annotator share. Private to figure*.c.
//
// figure.c puts figures together; figure_decimal.c does their arithmetic, figure_number.c and
// figure_words.c read numerals, figure_amount.c adds sign and unit, figure_unit.c currencies and
// units, figure_context.c hedges and counted nouns, figure_table.c the units of columns, and
// figure_guard.c knows the numbers that are no figures.
#ifndef GALLEY_FIGURE_H
#define GALLEY_FIGURE_H

#include "annotate.h"

// numerator / denominator * 10^exponent: holds "1.2 million" and "two-thirds" alike.
typedef struct {
  uint64_t numerator;
  uint32_t denominator;
  int32_t exponent;
  bool negative;
} GalleyDecimal;

// The value of `length` digits with separators as a writer groups them. `digit` is the power of ten
// of the last digit. False when they are no one number: a version, a list, an identifier.
bool galley_decimal_read(const char *bytes, uint32_t length, GalleyDecimal *out, int32_t *digit);
// False, with `self` unchanged, when the sum needs more digits than there are.
bool galley_decimal_add(GalleyDecimal *self, const GalleyDecimal *other);
bool galley_decimal_multiply(GalleyDecimal *self, uint64_t numerator, uint32_t denominator);
double galley_decimal_double(const GalleyDecimal *self);
// 10^exponent; 0 or infinity beyond a double's reach.
double galley_power_of_ten(int32_t exponent);
// Writes the value plainly ("1200000", "0.666666666666667"), or as "1.2E+45" where that is longer
// than fits. Always NUL-terminated; `capacity` is at least 16. Returns the length in bytes.
uint32_t galley_decimal_write(const GalleyDecimal *self, char *out, uint32_t capacity);

typedef enum { // FIGURE_PART of words/figure.txt: the small words that rules name
  FIGURE_PART_NONE,
  FIGURE_PART_AND,
  FIGURE_PART_OF,
  FIGURE_PART_TO,
  FIGURE_PART_OR,
  FIGURE_PART_A,
  FIGURE_PART_POINT,
  FIGURE_PART_PER,
  FIGURE_PART_BETWEEN,
  FIGURE_PART_FROM,
  FIGURE_PART_THAN,
  FIGURE_PART_MORE,
  FIGURE_PART_LESS,
  FIGURE_PART_AT,
  FIGURE_PART_LEAST,
  FIGURE_PART_MOST,
  FIGURE_PART_UP,
  FIGURE_PART_CLOSE,
  FIGURE_PART_AS,
  FIGURE_PART_MUCH,
  FIGURE_PART_LITTLE,
  FIGURE_PART_NO,
  FIGURE_PART_OUT,
  FIGURE_PART_IN,
  FIGURE_PART_THE,
  FIGURE_PART_EVERY,
  FIGURE_PART_SQUARE,
  FIGURE_PART_CUBIC,
  FIGURE_PART_HOUR,
  FIGURE_PART_CENT,
  FIGURE_PART_ESTIMATED,
  FIGURE_PART_JUST,
  FIGURE_PART_UPWARD,
  FIGURE_PART_MINUS,
  FIGURE_PART_PLUS,
  FIGURE_PART_POINTS,
  FIGURE_PART_BASIS,
  FIGURE_PART_BY,
  FIGURE_PART_AGE,
  FIGURE_PART_YEARS,
  FIGURE_PART_OLD,
  FIGURE_PART_TIMES,
  FIGURE_PART_SO,
  FIGURE_PART_NAUTICAL,
  FIGURE_PART_METRIC,
  FIGURE_PART_SEVERAL,
  FIGURE_PART_ITS,
  FIGURE_PART_ORDINAL_END,
  FIGURE_PART_NOT,
  FIGURE_PART_MONTHS,
  FIGURE_PART_WEEKS,
  FIGURE_PART_DAYS,
  FIGURE_PART_OVER,
  FIGURE_PART_OTHER,
} FigurePart;

typedef enum { // FIGURE_CUE of words/figure.txt
  FIGURE_CUE_NONE,
  FIGURE_CUE_LABEL,
  FIGURE_CUE_REFERENCE,
  FIGURE_CUE_STREET,
  FIGURE_CUE_GAME,
  FIGURE_CUE_PLURAL,
  FIGURE_CUE_VAGUE,
  FIGURE_CUE_POINTER, // this, that, which: "one" after it is a pronoun
  FIGURE_CUE_SEASON,  // months and seasons: what stands before a year without being an author
  FIGURE_CUE_WEIGHT,
  FIGURE_CUE_VOTE,
  FIGURE_CUE_SEE,    // see, cf.
  FIGURE_CUE_TOTAL,  // majority, population
  FIGURE_CUE_CHANGE, // rose, fell
  FIGURE_CUE_PREFIX, // dlrs, Rs: before the sum
} FigureCue;

// A numeral: tokens [first, last].
typedef struct {
  GalleyDecimal value;
  int32_t digit; // the last digit written stands for 10^digit; of a vague one: how many powers
                 // of ten it covers
  uint32_t first, last;
  uint8_t scale; // power of ten that a word or letter gave
  bool digits;   // starts with digits
  bool vague;    // "hundreds", "several million"
  bool fraction; // "two-thirds", "1/2", "half"
} GalleyFigureNumber;

// What a number is a number of.
typedef struct {
  char code[12];        // "percent", "USD", "km"; "" none
  uint8_t type;         // GalleyFigureType that it makes
  uint32_t first, last; // tokens
  bool minor;           // a hundredth of the code's unit: cents
} GalleyFigureUnit;

// A numeral with all that makes it one amount: sign, currency, unit. Tokens [first, last].
typedef struct {
  GalleyFigureNumber number;
  GalleyFigureUnit unit;
  uint32_t first, last;
  bool prefixed; // the currency stands before the number
  bool measured; // it has a unit
} GalleyFigureAmount;

// Reads the amount whose number starts at token `at`. False: none.
bool galley_figure_read_amount(const GalleyBlockView *block, uint32_t at, GalleyFigureAmount *out);

typedef enum { // how two amounts belong together
  FIGURE_PAIR_NONE,
  FIGURE_PAIR_RANGE,
  FIGURE_PAIR_RATIO,
  FIGURE_PAIR_QUOTIENT, // "one over three"
} FigurePair;

// Of a pair: its first token, and what is counted when that stands in it ("two [jars] in five").
typedef struct {
  uint32_t first;
  GalleyRange noun;
} GalleyFigureBetween;

// Reads the amount that makes a range or ratio with `low`, which takes its unit and scale from it
// where it has none. `high->last` is the last token of the pair.
FigurePair galley_figure_read_pair(const GalleyBlockView *block, GalleyFigureAmount *low,
                                   GalleyFigureAmount *high, GalleyFigureBetween *between);

typedef enum { // rows of galley_figure_rules
  FIGURE_RULE_NUMBER,
  FIGURE_RULE_NUMBER_WORDS,
  FIGURE_RULE_VAGUE,
  FIGURE_RULE_FRACTION,
  FIGURE_RULE_PERCENT,
  FIGURE_RULE_POINTS,
  FIGURE_RULE_MONEY,
  FIGURE_RULE_MONEY_SHARED,
  FIGURE_RULE_QUANTITY,
  FIGURE_RULE_RANGE,
  FIGURE_RULE_RATIO,
  FIGURE_RULE_MULTIPLE,
  FIGURE_RULE_AGE,
  FIGURE_RULE_ORDINAL,
  FIGURE_RULE_HEADER,
  FIGURE_RULE_COUNT
} FigureRule;

// A figure being put together: tokens [first, last].
typedef struct {
  GalleySpan span;
  uint32_t first, last;
  uint16_t rule;
  bool countable; // a noun may follow
  bool singular;
} GalleyFigureDraft;

void galley_figure_draft_amount(GalleyBlockView *block, const GalleyFigureAmount *amount,
                                GalleyFigureDraft *draft);
// "two out of three": the value is the quotient.
void galley_figure_draft_ratio(const GalleyFigureAmount *part, const GalleyFigureAmount *whole,
                               GalleyFigureDraft *draft);
void galley_figure_draft_range(GalleyBlockView *block, const GalleyFigureAmount *low,
                               const GalleyFigureAmount *high, uint32_t first,
                               GalleyFigureDraft *draft);
// Turn a bare number into an age or a multiple where the words around it say so.
void galley_figure_find_age(const GalleyBlockView *block, GalleyFigureDraft *draft);
void galley_figure_find_multiple(const GalleyBlockView *block, GalleyFigureDraft *draft);
// Read "doubled", "twice as much"; "5th", "twenty-first", "the third" at token `at`.
bool galley_figure_read_multiplier(const GalleyBlockView *block, uint32_t at,
                                   GalleyFigureDraft *draft);
bool galley_figure_read_ordinal(const GalleyBlockView *block, uint32_t at,
                                GalleyFigureDraft *draft);

#define GALLEY_FIGURE_SCALE_MAX 15 // largest power of ten that a word gives

// A run of number words.
typedef struct {
  uint64_t total, current; // the value is their sum
  uint32_t last;           // token
  int32_t limit;           // scales must be under this power of ten
  int32_t digit;           // power of ten of the last word
  int32_t scale;           // the largest scale word
  uint8_t before;          // private: what the last word was
  bool apart;              // "and" ends the numeral: "between two and three"
} GalleyFigureWords;

// Reads the longest run of number words from token `at`. The caller has set `limit` and `apart`.
bool galley_figure_read_words(const GalleyBlockView *block, uint32_t at, GalleyFigureWords *out);
// The power of ten of a scale that stands in full: "million", not "m" or the vague "millions".
int32_t galley_figure_scale_word(const GalleyToken *token);
// The denominator that the word names: thirds, half; "third" after one. 0 when it names none.
uint32_t galley_figure_denominator(const GalleyToken *token, bool one);
// Whether `count` parts of this size are spoken of: "two-thirds", "twenty fifths".
bool galley_figure_is_count_of(uint64_t count, uint32_t denominator);
// Reads "a half", "two-thirds", "fifty-four hundredths" at token `at`.
bool galley_figure_read_fraction(const GalleyBlockView *block, uint32_t at, GalleyDecimal *out,
                                 uint32_t *last);

// Reads the longest numeral that starts at token `at` (or at an article before it). False: none.
bool galley_figure_read_number(const GalleyBlockView *block, uint32_t at, GalleyFigureNumber *out);

// Reads "$", "US$", "EUR" that ends just before token `at`. False: none.
bool galley_figure_unit_before(const GalleyBlockView *block, uint32_t at, GalleyFigureUnit *out);
// Reads the unit or currency behind `number`. False: none.
bool galley_figure_unit_after(const GalleyBlockView *block, const GalleyFigureNumber *number,
                              GalleyFigureUnit *out);
// Whether this PUNCT is a currency's sign.
bool galley_figure_is_currency_sign(uint32_t symbol);

// The hedge that ends before token `at`: '~', '<', '>' or 0. `first` is moved to the token that the
// figure then starts with: an approximator belongs to the figure as a TIMEX3 modifier to its date.
uint8_t galley_figure_hedge_before(const GalleyBlockView *block, uint32_t at, uint32_t *first);
// The hedge that starts at token `at`: "or more", "or so", "+".
uint8_t galley_figure_hedge_after(const GalleyBlockView *block, uint32_t at);

// The counted noun that starts at or after token `at`, as bytes of the block; its last word is the
// head. start == end when there is none. `singular`: one thing is counted.
GalleyRange galley_figure_noun_after(const GalleyBlockView *block, uint32_t at, bool singular);
// The noun of "a majority of 151", for a figure that starts at token `first`.
GalleyRange galley_figure_noun_before(const GalleyBlockView *block, uint32_t first);
// Whether the word can be a plural noun.
bool galley_figure_is_plural(const GalleyBlockView *block, uint32_t at);

// Gives the figures of a table the unit and scale that the header of their column states.
void galley_figure_share_headers(GalleyBlockView *block);

// True when the number at token `at` is part of something else. `skip` is the last token of that.
bool galley_figure_is_guarded(const GalleyBlockView *block, uint32_t at, uint32_t *skip);
// The same for a number that was read and has no unit.
bool galley_figure_is_label(const GalleyBlockView *block, const GalleyFigureNumber *number);
// Whether the sentence of token `at` has a word with this FIGURE_CUE.
bool galley_figure_has_cue(const GalleyBlockView *block, uint32_t at, FigureCue cue);

// Tokens by index; one outside the block is an empty opaque token.
static inline const GalleyToken *figure_token(const GalleyBlockView *block, uint32_t at) {
  static const GalleyToken none = {
      .kind = GALLEY_TOKEN_OPAQUE, .shape = GALLEY_SHAPE_SPACE_BEFORE, .sentence = UINT16_MAX};
  return at < block->token_count ? &block->tokens[at] : &none;
}

static inline bool figure_is_punct(const GalleyToken *token, uint32_t symbol) {
  return token->kind == GALLEY_TOKEN_PUNCT && token->symbol == symbol;
}

static inline bool figure_is_dash(const GalleyToken *token) {
  bool hyphen = token->symbol == '-' && token->end - token->start == 1; // "--" is no dash
  return token->kind == GALLEY_TOKEN_PUNCT &&
         (hyphen || (token->symbol >= 0x2010 && token->symbol <= 0x2013));
}

// No white space before the token.
static inline bool figure_is_joined(const GalleyToken *token) {
  return !(token->shape & GALLEY_SHAPE_SPACE_BEFORE);
}

static inline bool figure_is(const GalleyToken *token, int class) {
  return (token->classes & GALLEY_IS(class)) != 0;
}

// The value that the token's word has in `class`, 0 when it is not in it.
static inline int32_t figure_value(const GalleyToken *token, int class) {
  int32_t value = 0;
  if (figure_is(token, class)) galley_lexicon_value(token->word, class, &value);
  return value;
}

static inline uint32_t figure_length(const GalleyToken *token) {
  return token->end - token->start;
}

// The word after token `at`, behind a hyphen if there is one.
static inline uint32_t figure_after_hyphen(const GalleyBlockView *block, uint32_t at) {
  return figure_is_dash(figure_token(block, at + 1)) ? at + 2 : at + 1;
}

static inline uint64_t figure_integer_power(int32_t exponent) {
  uint64_t power = 1;
  while (exponent-- > 0)
    power *= 10;
  return power;
}

static inline FigurePart figure_part(const GalleyToken *token) {
  return (FigurePart)figure_value(token, GALLEY_CLASS_FIGURE_PART);
}

static inline FigureCue figure_cue(const GalleyToken *token) {
  return (FigureCue)figure_value(token, GALLEY_CLASS_FIGURE_CUE);
}

#endif
