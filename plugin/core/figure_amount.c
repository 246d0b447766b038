// Amounts: a numeral with its sign, currency and unit; and the pairs that make ranges and ratios.
#include "figure.h"

#include <string.h>

#define RATIO_WHOLE_MAX 1000000 // the largest M of "one in M"
#define COUNTED_WHOLE_MAX 1000  // the largest M of "one jar in M"
#define RATIO_COLON_MAX 20      // the largest M of "3:M"; beyond are times, verses and lines

static bool is_minus(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_PUNCT &&
         ((token->symbol == '-' && figure_length(token) == 1) || token->symbol == 0x2212);
}

// Takes the sign before the amount: "-5", "minus five".
static void read_sign(const GalleyBlockView *block, GalleyFigureAmount *amount) {
  if (amount->number.vague) return;
  const GalleyToken *sign = figure_token(block, amount->first - 1);
  const GalleyToken *before = figure_token(block, amount->first - 2);
  bool word = sign->kind == GALLEY_TOKEN_WORD && figure_part(sign) == FIGURE_PART_MINUS;
  bool opens = !figure_is_joined(sign) || before->kind == GALLEY_TOKEN_QUOTE_OPEN ||
               figure_is_punct(before, '(');
  bool mark = is_minus(sign) && opens && figure_is_joined(figure_token(block, amount->first)) &&
              before->kind != GALLEY_TOKEN_NUMBER;
  if (!word && !mark) return;
  amount->number.value.negative = true;
  amount->first--;
}

static bool same_code(const GalleyFigureUnit *a, const GalleyFigureUnit *b) {
  return strcmp(a->code, b->code) == 0;
}

// Takes the word that repeats or narrows a sign: "$249 [USD]", "$9.99 [US dollars]".
static void read_repeated_currency(const GalleyBlockView *block, GalleyFigureAmount *amount) {
  GalleyFigureUnit after;
  if (!galley_figure_unit_after(block, &amount->number, &after)) return;
  bool word = figure_token(block, after.last)->kind == GALLEY_TOKEN_WORD;
  if (after.type != GALLEY_FIGURE_MONEY || after.minor || !word) return;
  bool dollars = strcmp(amount->unit.code, "USD") == 0;
  if (!same_code(&after, &amount->unit) && !dollars) return;
  memcpy(amount->unit.code, after.code, sizeof after.code);
  amount->last = after.last;
}

static void divide_by_hundred(GalleyFigureAmount *amount) {
  amount->number.value.exponent -= 2;
  if (!amount->number.vague) amount->number.digit -= 2;
  amount->unit.minor = false;
}

// Adds the cents: "3 dollars [50 cents]", "thirteen dollars [and forty-five cents]".
static void read_cents(const GalleyBlockView *block, GalleyFigureAmount *amount) {
  if (amount->unit.type != GALLEY_FIGURE_MONEY || amount->number.scale) return;
  uint32_t at = amount->last + 1;
  if (figure_part(figure_token(block, at)) == FIGURE_PART_AND) at++;
  GalleyFigureNumber number;
  GalleyFigureUnit unit;
  const GalleyToken *token = figure_token(block, at);
  bool starts = token->kind == GALLEY_TOKEN_NUMBER || figure_is(token, GALLEY_CLASS_NUMBER_WORD);
  if (!starts || !galley_figure_read_number(block, at, &number) ||
      !galley_figure_unit_after(block, &number, &unit) || !unit.minor ||
      !same_code(&unit, &amount->unit) || number.value.exponent || number.value.numerator > 99) {
    return;
  }
  number.value.exponent = -2;
  if (!galley_decimal_add(&amount->number.value, &number.value)) return;
  amount->number.digit = -2;
  amount->last = unit.last;
}

// "75 USD million": the scale behind the code.
static void read_late_scale(const GalleyBlockView *block, GalleyFigureAmount *amount) {
  const GalleyToken *token = figure_token(block, amount->last + 1);
  int32_t power = 0;
  if (amount->number.scale || !figure_is(token, GALLEY_CLASS_SCALE) || figure_length(token) < 4) {
    return;
  }
  galley_lexicon_value(token->word, GALLEY_CLASS_SCALE, &power);
  if (power < 6 || power > 15) return;
  amount->number.value.exponent += power;
  amount->number.digit += power;
  amount->number.scale = (uint8_t)power;
  amount->last++;
}

// "a dollar", "a penny": one of it.
static bool read_article_amount(const GalleyBlockView *block, uint32_t at,
                                GalleyFigureAmount *out) {
  GalleyFigureNumber one = {.first = at, .last = at};
  one.value = (GalleyDecimal){1, 1, 0, false};
  if (figure_part(figure_token(block, at)) != FIGURE_PART_A) return false;
  *out = (GalleyFigureAmount){.number = one, .first = at};
  if (!galley_figure_unit_after(block, &one, &out->unit)) return false;
  if (out->unit.minor) divide_by_hundred(out);
  out->last = out->unit.last;
  out->measured = true;
  return true;
}

bool galley_figure_read_amount(const GalleyBlockView *block, uint32_t at, GalleyFigureAmount *out) {
  *out = (GalleyFigureAmount){.first = at};
  if (figure_part(figure_token(block, at)) == FIGURE_PART_A) {
    return read_article_amount(block, at, out);
  }
  if (!galley_figure_read_number(block, at, &out->number)) return false;
  out->first = out->number.first;
  out->last = out->number.last;
  if (galley_figure_unit_before(block, out->first, &out->unit)) {
    out->prefixed = out->measured = true;
    out->first = out->unit.first;
    read_repeated_currency(block, out);
  } else if (galley_figure_unit_after(block, &out->number, &out->unit)) {
    out->measured = true;
    out->last = out->unit.last;
    // In "a billion-dollar fund" the article is the fund's.
    bool hyphened = figure_is_dash(figure_token(block, out->unit.first - 1));
    if (hyphened && figure_part(figure_token(block, out->first)) == FIGURE_PART_A) out->first++;
    if (out->unit.minor) {
      divide_by_hundred(out);
    } else if (out->unit.type == GALLEY_FIGURE_MONEY) {
      read_cents(block, out);
      read_late_scale(block, out);
    }
  }
  read_sign(block, out);
  return true;
}

// ---- Pairs ----

typedef enum {
  JOIN_NONE,
  JOIN_DASH,
  JOIN_TO,
  JOIN_AND,
  JOIN_OR,
  JOIN_IN,
  JOIN_COLON,
  JOIN_OVER
} Joiner;

static bool is_plain(const GalleyFigureAmount *amount) {
  return !amount->measured && !amount->number.vague;
}

// What token `at` joins to the amount at `*next`.
static Joiner read_joiner(const GalleyBlockView *block, uint32_t at, uint32_t *next) {
  const GalleyToken *token = figure_token(block, at), *after = figure_token(block, at + 1);
  *next = at + 1;
  if (figure_is_dash(token)) {
    if (figure_part(after) == FIGURE_PART_TO) { // "10-to-15-percent", "3-to-1"
      *next = at + (figure_is_dash(figure_token(block, at + 2)) ? 3 : 2);
      return JOIN_TO;
    }
    return figure_is_joined(token) == figure_is_joined(after) ? JOIN_DASH : JOIN_NONE;
  }
  if (figure_is_punct(token, ':') && figure_is_joined(token) && figure_is_joined(after)) {
    return JOIN_COLON;
  }
  switch (figure_part(token)) {
  case FIGURE_PART_TO:
    return JOIN_TO;
  case FIGURE_PART_AND:
    return JOIN_AND;
  case FIGURE_PART_OR:
    return JOIN_OR;
  case FIGURE_PART_OVER:
    return JOIN_OVER;
  case FIGURE_PART_IN:
    if (figure_part(after) == FIGURE_PART_EVERY) ++*next;
    return JOIN_IN;
  case FIGURE_PART_OUT:
    *next = at + 2;
    if (figure_part(figure_token(block, *next)) == FIGURE_PART_EVERY) ++*next;
    return figure_part(after) == FIGURE_PART_OF ? JOIN_IN : JOIN_NONE;
  default:
    return JOIN_NONE;
  }
}

// The number behind a currency's sign or code at `at`, `at` itself when there is none.
static uint32_t skip_prefix(const GalleyBlockView *block, uint32_t at) {
  for (uint32_t i = at; i < at + 3; i++) {
    const GalleyToken *token = figure_token(block, i);
    bool number = token->kind == GALLEY_TOKEN_NUMBER;
    if (number) return i;
    bool sign = token->kind == GALLEY_TOKEN_PUNCT && galley_figure_is_currency_sign(token->symbol);
    bool code = token->kind == GALLEY_TOKEN_WORD && token->shape & GALLEY_SHAPE_CAPITAL;
    if (!sign && !code) return at;
  }
  return at;
}

static bool read_second(const GalleyBlockView *block, uint32_t next, GalleyFigureAmount *high) {
  uint32_t at = skip_prefix(block, next), skip;
  const uint64_t numeral = GALLEY_IS(GALLEY_CLASS_NUMBER_WORD) | GALLEY_IS(GALLEY_CLASS_SCALE) |
                           GALLEY_IS(GALLEY_CLASS_COLLECTIVE) | GALLEY_IS(GALLEY_CLASS_FRACTION);
  const GalleyToken *token = figure_token(block, at);
  if (figure_part(token) == FIGURE_PART_A) token = figure_token(block, ++at);
  if (token->kind != GALLEY_TOKEN_NUMBER && !(token->classes & numeral)) return false;
  const uint8_t others = 1u << GALLEY_KIND_DATE | 1u << GALLEY_KIND_CITATION;
  if (token->taken & others || galley_figure_is_guarded(block, at, &skip)) return false;
  return galley_figure_read_amount(block, at, high) && high->first == next;
}

// Gives `low` the unit and the scale that only the second amount states.
static bool share_unit(GalleyFigureAmount *low, const GalleyFigureAmount *high) {
  if (low->measured && high->measured) return same_code(&low->unit, &high->unit);
  if (high->measured) low->unit = high->unit;
  return true;
}

static void share_scale(GalleyFigureAmount *low, const GalleyFigureAmount *high) {
  if (low->number.scale || high->number.scale < 3 || low->number.fraction) return;
  GalleyFigureAmount scaled = *low;
  scaled.number.value.exponent += high->number.scale;
  double value = galley_decimal_double(&scaled.number.value);
  if (value >= galley_decimal_double(&high->number.value)) return;
  scaled.number.digit += high->number.scale;
  scaled.number.scale = high->number.scale;
  *low = scaled;
}

static bool is_integer(const GalleyFigureNumber *number) {
  return number->value.denominator == 1 && number->value.exponent >= 0 && !number->vague;
}

static FigurePair ratio_of(const GalleyFigureAmount *low, const GalleyFigureAmount *high,
                           Joiner joiner, bool hyphened) {
  if (!is_plain(low) || !is_plain(high) || !is_integer(&low->number) ||
      !is_integer(&high->number)) {
    return FIGURE_PAIR_NONE;
  }
  double part = galley_decimal_double(&low->number.value);
  double whole = galley_decimal_double(&high->number.value);
  if (joiner == JOIN_OVER) {
    bool one = low->number.value.numerator == 1 && low->number.value.exponent == 0;
    return one && whole > 1 ? FIGURE_PAIR_QUOTIENT : FIGURE_PAIR_NONE;
  }
  if (whole <= 0 || part <= 0) return FIGURE_PAIR_NONE;
  bool ratio = false;
  if (joiner == JOIN_IN) {
    ratio = part < whole && whole <= RATIO_WHOLE_MAX && (whole < 1800 || whole >= 2100);
  } else if (joiner == JOIN_COLON) {
    ratio = part < 100 && whole <= RATIO_COLON_MAX && low->number.digits && high->number.digits;
  } else if (joiner == JOIN_TO) {
    ratio = hyphened;
  }
  return ratio ? FIGURE_PAIR_RATIO : FIGURE_PAIR_NONE;
}

// Whether both amounts can be the ends of one range.
static bool is_range(const GalleyBlockView *block, GalleyFigureAmount *low,
                     GalleyFigureAmount *high, Joiner joiner, uint32_t *first) {
  bool low_full = low->measured, high_full = high->measured;
  if (low->number.vague || high->number.vague) return false;
  FigurePart opener = figure_part(figure_token(block, low->first - 1));
  bool between = opener == FIGURE_PART_BETWEEN;
  if (joiner == JOIN_AND && !between) return false;
  // "from $5 to $10" tells of two amounts; "from 5 to 10 percent" of one stretch.
  if (joiner == JOIN_TO && opener == FIGURE_PART_FROM && low_full && high_full) return false;
  // "rose 62 to 8,545" tells by how much and to what, "rose from 9 to 10" of two amounts.
  uint32_t verb = low->first - (opener == FIGURE_PART_FROM ? 2 : 1);
  bool changed = figure_cue(figure_token(block, verb)) == FIGURE_CUE_CHANGE;
  if (joiner == JOIN_TO && changed && low_full == high_full) return false;
  if (joiner == JOIN_OR && low_full) return false;
  if (low_full && !high_full && !low->prefixed) return false; // "5 percent to 10 people"
  if (!low_full && high->prefixed) return false;              // "by a fifth to $88 million"
  if (!share_unit(low, high)) return false;
  if (low_full && !high_full) high->unit = low->unit;
  share_scale(low, high);
  double from = galley_decimal_double(&low->number.value);
  double to = galley_decimal_double(&high->number.value);
  if (from >= to || (joiner == JOIN_OR && to > from * 3 + 2)) return false;
  bool measured = low_full || high_full;
  if (!measured && joiner == JOIN_TO && opener != FIGURE_PART_FROM &&
      galley_figure_has_cue(block, low->first, FIGURE_CUE_VOTE)) {
    return false;
  }
  low->measured = high->measured = measured;
  *first = between ? low->first - 1 : low->first;
  return true;
}

// "two jars in five", "one adult out of three": what is counted stands between.
static bool read_counted_ratio(const GalleyBlockView *block, const GalleyFigureAmount *part,
                               GalleyFigureAmount *whole, GalleyRange *noun) {
  if (!is_plain(part) || !is_integer(&part->number)) return false;
  bool one = galley_decimal_double(&part->number.value) <= 1;
  *noun = galley_figure_noun_after(block, part->last + 1, one);
  uint32_t at = part->last + 1, next;
  while (at < block->token_count && block->tokens[at].end <= noun->end)
    at++;
  bool joined = noun->end > noun->start && read_joiner(block, at, &next) == JOIN_IN;
  if (!joined || !read_second(block, next, whole)) return false;
  // "two men in ten cars" counts twice
  GalleyRange other = galley_figure_noun_after(block, whole->last + 1, false);
  if (other.end > other.start || galley_figure_is_plural(block, whole->last + 1)) return false;
  return galley_decimal_double(&whole->number.value) <= COUNTED_WHOLE_MAX &&
         ratio_of(part, whole, JOIN_IN, false) == FIGURE_PAIR_RATIO;
}

FigurePair galley_figure_read_pair(const GalleyBlockView *block, GalleyFigureAmount *low,
                                   GalleyFigureAmount *high, GalleyFigureBetween *between) {
  uint32_t next, *first = &between->first;
  *between = (GalleyFigureBetween){.first = low->first};
  if (read_counted_ratio(block, low, high, &between->noun)) return FIGURE_PAIR_RATIO;
  between->noun = (GalleyRange){0, 0};
  Joiner joiner = read_joiner(block, low->last + 1, &next);
  if (joiner == JOIN_NONE || !read_second(block, next, high)) return FIGURE_PAIR_NONE;
  bool hyphened = figure_is_dash(figure_token(block, low->last + 1));
  FigurePair pair = ratio_of(low, high, joiner, hyphened && joiner == JOIN_TO);
  if (pair != FIGURE_PAIR_NONE) return pair;
  if (joiner >= JOIN_IN) return FIGURE_PAIR_NONE;
  GalleyFigureAmount from = *low;
  if (!is_range(block, &from, high, joiner, first)) return FIGURE_PAIR_NONE;
  *low = from;
  return FIGURE_PAIR_RANGE;
}
