// Numerals: digits, words and what they are mixed with, read as one value.
#include "figure.h"

#include <string.h>

static const struct {
  uint32_t symbol;
  uint8_t numerator, denominator;
} vulgar_fractions[] = {
    {0xbc, 1, 4},   {0xbd, 1, 2},   {0xbe, 3, 4},   {0x2150, 1, 7}, {0x2151, 1, 9}, {0x2152, 1, 10},
    {0x2153, 1, 3}, {0x2154, 2, 3}, {0x2155, 1, 5}, {0x2156, 2, 5}, {0x2157, 3, 5}, {0x2158, 4, 5},
    {0x2159, 1, 6}, {0x215a, 5, 6}, {0x215b, 1, 8}, {0x215c, 3, 8}, {0x215d, 5, 8}, {0x215e, 7, 8},
};

static bool read_vulgar(const GalleyToken *token, GalleyDecimal *out) {
  if (token->kind != GALLEY_TOKEN_PUNCT || token->symbol < 0xbc) return false;
  for (size_t i = 0; i < sizeof vulgar_fractions / sizeof *vulgar_fractions; i++) {
    if (vulgar_fractions[i].symbol != token->symbol) continue;
    *out =
        (GalleyDecimal){vulgar_fractions[i].numerator, vulgar_fractions[i].denominator, 0, false};
    return true;
  }
  return false;
}

static bool is_vague(const GalleyToken *token) {
  return figure_cue(token) == FIGURE_CUE_VAGUE;
}

static bool is_number_word(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_WORD && figure_is(token, GALLEY_CLASS_NUMBER_WORD);
}

// Reads the digits after "point": "zero three", "seventy-one".
static void read_point_words(const GalleyBlockView *block, GalleyFigureNumber *number) {
  uint32_t at = number->last + 1;
  if (figure_part(figure_token(block, at)) != FIGURE_PART_POINT) return;
  int32_t exponent = 0;
  bool tens = false;
  for (at++; is_number_word(figure_token(block, at)); at = figure_after_hyphen(block, at)) {
    int32_t value = figure_value(figure_token(block, at), GALLEY_CLASS_NUMBER_WORD);
    if (exponent < -15) return;
    if (tens && value > 0 && value < 10) {
      exponent++; // the unit of "seventy-one" takes the place of the zero
    }
    tens = value >= 20;
    exponent -= value > 9 ? 2 : 1;
    GalleyDecimal digits = {(uint64_t)value, 1, exponent, false};
    if (!galley_decimal_add(&number->value, &digits)) return;
    number->last = at;
    number->digit = exponent;
  }
}

static void note_fraction(GalleyFigureNumber *number) {
  number->fraction = true;
  number->digit = number->scale - 2;
}

// Reads "and a half", "and three quarters [million]" after a number.
static void read_and_fraction(const GalleyBlockView *block, GalleyFigureNumber *number) {
  uint32_t at = number->last + 1, last;
  GalleyDecimal fraction;
  if (figure_part(figure_token(block, at)) != FIGURE_PART_AND) return;
  if (!galley_figure_read_fraction(block, at + 1, &fraction, &last)) return;
  int32_t power = galley_figure_scale_word(figure_token(block, last + 1));
  if (power >= 3 && number->scale > power) {
    last++; // one billion and a half million
  } else {
    power = number->scale >= 3 ? number->scale : 0;
  }
  if (!galley_decimal_multiply(&fraction, figure_integer_power(power), 1) ||
      !galley_decimal_add(&number->value, &fraction)) {
    return;
  }
  number->last = last;
  note_fraction(number);
}

static bool multiply_fraction(GalleyFigureNumber *number, const GalleyDecimal *fraction,
                              uint32_t last) {
  if (!galley_decimal_multiply(&number->value, fraction->numerator, fraction->denominator)) {
    return false;
  }
  number->last = last;
  note_fraction(number);
  return true;
}

// Turns "two" into "two-thirds".
static void read_denominator(const GalleyBlockView *block, GalleyFigureNumber *number) {
  if (number->value.denominator != 1 || number->value.exponent != 0 || number->scale) return;
  uint64_t count = number->value.numerator;
  uint32_t at = figure_after_hyphen(block, number->last);
  uint32_t denominator = galley_figure_denominator(figure_token(block, at), count == 1);
  bool proper = count < denominator || !number->digits;
  if (denominator == 0 || !proper || !galley_figure_is_count_of(count, denominator)) return;
  const GalleyDecimal fraction = {1, denominator, 0, false};
  multiply_fraction(number, &fraction, at);
}

// "1/2" and the second part of "1 1/2": small denominators alone, or it is a date or odds.
static bool read_slash(const GalleyBlockView *block, uint32_t at, GalleyDecimal *out) {
  const GalleyToken *over = figure_token(block, at), *slash = figure_token(block, at + 1),
                    *under = figure_token(block, at + 2), *after = figure_token(block, at + 3);
  bool shaped = over->kind == GALLEY_TOKEN_NUMBER && figure_is_joined(slash) &&
                (figure_is_punct(slash, '/') || figure_is_punct(slash, 0x2044)) &&
                under->kind == GALLEY_TOKEN_NUMBER && figure_is_joined(under) &&
                !(figure_is_punct(after, '/') && figure_is_joined(after));
  if (!shaped) return false;
  GalleyDecimal a, b;
  int32_t digit;
  if (!galley_decimal_read(block->bytes + over->start, figure_length(over), &a, &digit) ||
      !galley_decimal_read(block->bytes + under->start, figure_length(under), &b, &digit)) {
    return false;
  }
  static const uint64_t denominators = // the set of those in use, as bits
      1u << 2 | 1u << 3 | 1u << 4 | 1u << 5 | 1u << 6 | 1u << 7 | 1u << 8 | 1u << 9 | 1u << 10 |
      1u << 12 | 1u << 16 | 1u << 20 | UINT64_C(1) << 32;
  bool used = a.exponent == 0 && b.exponent == 0 && a.numerator > 0 && a.numerator < b.numerator &&
              b.numerator < 64 && denominators >> b.numerator & 1;
  if (!used) return false;
  *out = (GalleyDecimal){a.numerator, (uint32_t)b.numerator, 0, false};
  return true;
}

// ---- Digits ----

// Thousands set off by spaces: "1 234 567".
static void read_spaced_groups(const GalleyBlockView *block, GalleyFigureNumber *number) {
  const GalleyToken *first = figure_token(block, number->last);
  if (number->value.exponent || figure_length(first) > 3 || number->value.numerator == 0) return;
  GalleyFigureNumber joined = *number;
  for (uint32_t at = number->last + 1;; at++) {
    const GalleyToken *token = figure_token(block, at), *before = figure_token(block, at - 1);
    uint32_t gap = token->start - before->end;
    bool group = token->kind == GALLEY_TOKEN_NUMBER && figure_length(token) >= 3 && gap > 0 &&
                 gap <= 3 && !(token->shape & GALLEY_SHAPE_LINE_START);
    if (!group) break;
    GalleyDecimal value;
    const char *bytes = block->bytes + token->start;
    uint32_t digits = 0;
    while (digits < figure_length(token) && (unsigned)(bytes[digits] - '0') < 10)
      digits++;
    bool decimal = digits == 3 && figure_length(token) > 4 && bytes[3] == '.';
    if (digits != 3 || (figure_length(token) != 3 && !decimal)) return;
    value = (GalleyDecimal){.denominator = 1};
    for (uint32_t i = 0; i < 3; i++)
      value.numerator = value.numerator * 10 + (uint64_t)(bytes[i] - '0');
    if (!galley_decimal_multiply(&joined.value, 1000, 1) ||
        !galley_decimal_add(&joined.value, &value)) {
      return;
    }
    joined.last = at;
    if (!decimal) continue;
    if (!galley_decimal_read(bytes + 3, figure_length(token) - 3, &value, &joined.digit) ||
        !galley_decimal_add(&joined.value, &value)) {
      return;
    }
    break;
  }
  *number = joined;
}

// An integer token of at most three digits, -1 when it is none.
static int32_t small_integer(const char *bytes, uint32_t length) {
  int32_t value = 0;
  for (uint32_t i = 0; i < length; i++) {
    if ((unsigned)(bytes[i] - '0') > 9 || i >= 3) return -1;
    value = value * 10 + (bytes[i] - '0');
  }
  return length ? value : -1;
}

// Where the exponent of "× 10^23" or "x10^-4" that starts at `at` stands, 0 when none does.
static uint32_t find_exponent(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *times = figure_token(block, at), *ten = figure_token(block, at + 1);
  const char *text = block->bytes + times->start;
  bool x10 =
      times->kind == GALLEY_TOKEN_WORD && figure_length(times) == 3 && memcmp(text, "x10", 3) == 0;
  bool apart = figure_is_punct(times, 0xd7) && ten->kind == GALLEY_TOKEN_NUMBER &&
               small_integer(block->bytes + ten->start, figure_length(ten)) == 10;
  uint32_t caret = at + (x10 ? 1 : 2);
  bool raised = (x10 || apart) && figure_is_punct(figure_token(block, caret), '^');
  return raised ? caret + 1 : 0;
}

// Reads the power of ten of "1.3e6", "6.02 × 10^23", "6.23x10^-4".
static void read_power(const GalleyBlockView *block, GalleyFigureNumber *number) {
  uint32_t at = number->last + 1;
  const GalleyToken *token = figure_token(block, at);
  const char *text = block->bytes + token->start;
  uint32_t length = figure_length(token), exponent = find_exponent(block, at);
  bool letter = token->kind == GALLEY_TOKEN_WORD && figure_is_joined(token) && length > 1 &&
                (text[0] | 0x20) == 'e';
  bool negative = false;
  int32_t power = -1;
  if (letter) {
    power = small_integer(text + 1, length - 1);
  } else if (exponent) {
    negative = figure_is_dash(figure_token(block, exponent));
    at = exponent + (negative ? 1 : 0);
    token = figure_token(block, at);
    power = small_integer(block->bytes + token->start, figure_length(token));
  }
  if (power < 0 || power > 300) return;
  number->value.exponent += negative ? -power : power;
  number->digit += negative ? -power : power;
  number->last = at;
}

static bool read_digits(const GalleyBlockView *block, uint32_t at, GalleyFigureNumber *number) {
  const GalleyToken *token = figure_token(block, at);
  *number = (GalleyFigureNumber){.first = at, .last = at, .digits = true};
  if (read_slash(block, at, &number->value)) {
    number->last = at + 2;
    note_fraction(number);
    return true;
  }
  if (!galley_decimal_read(block->bytes + token->start, figure_length(token), &number->value,
                           &number->digit)) {
    return false;
  }
  GalleyDecimal fraction;
  const GalleyToken *next = figure_token(block, at + 1);
  uint32_t last = at;
  if (read_vulgar(next, &fraction)) {
    last = at + 1;
  } else if (!figure_is_joined(next) && read_slash(block, at + 1, &fraction)) {
    last = at + 3;
  } else if (figure_is_dash(next) && figure_is_joined(next) &&
             read_slash(block, at + 2, &fraction)) {
    last = at + 4; // 2-1/2
  }
  if (last == at) {
    read_spaced_groups(block, number);
    read_power(block, number);
  } else if (number->value.exponent == 0 && galley_decimal_add(&number->value, &fraction)) {
    number->last = last;
    note_fraction(number);
  }
  return true;
}

// ---- What follows both ----

// The power of ten that an abbreviation behind digits gives, 0 when it is none. A lone "m" is a
// million where money or a counted plural says so, and a metre else.
static int32_t scale_letters(const GalleyBlockView *block, const GalleyFigureNumber *number,
                             uint32_t at) {
  const GalleyToken *token = figure_token(block, at);
  if (token->kind != GALLEY_TOKEN_WORD || figure_length(token) > 3 || !number->digits) return 0;
  int32_t power = figure_value(token, GALLEY_CLASS_SCALE);
  if (power < 2) return 0;
  const GalleyToken *before = figure_token(block, number->first - 1);
  bool money = before->kind == GALLEY_TOKEN_PUNCT && galley_figure_is_currency_sign(before->symbol);
  if (money) return power;
  if (figure_length(token) > 1) {
    return figure_is(token, GALLEY_CLASS_UNIT) ? 0 : power; // mm is a length elsewhere
  }
  char letter = block->bytes[token->start];
  if (power == 3 && letter == 'k') return power;
  bool counted = galley_figure_is_plural(block, at + 1) ||
                 figure_is(figure_token(block, at + 1), GALLEY_CLASS_CURRENCY);
  if (counted) return power;
  return figure_is_joined(token) && (letter == 'M' || letter == 'b') ? power : 0;
}

static void apply_scale(GalleyFigureNumber *number, int32_t power, uint32_t last) {
  number->value.exponent += power;
  number->digit += power;
  number->scale = (uint8_t)(number->scale + power);
  number->last = last;
}

static void read_scales(const GalleyBlockView *block, GalleyFigureNumber *number) {
  while (number->scale <= GALLEY_FIGURE_SCALE_MAX) {
    uint32_t at = figure_after_hyphen(block, number->last);
    const GalleyToken *token = figure_token(block, at);
    int32_t power = galley_figure_scale_word(token);
    if (power == 0 && at == number->last + 1) power = scale_letters(block, number, at);
    if (power == 0 && is_vague(token)) power = figure_value(token, GALLEY_CLASS_SCALE);
    if (power < 2 || power > GALLEY_FIGURE_SCALE_MAX) return;
    apply_scale(number, power, at);
  }
}

static void read_dozens(const GalleyBlockView *block, GalleyFigureNumber *number) {
  uint32_t at = number->last + 1;
  const GalleyToken *token = figure_token(block, at);
  if (!figure_is(token, GALLEY_CLASS_COLLECTIVE) || figure_cue(token) == FIGURE_CUE_GAME) return;
  int32_t size = figure_value(token, GALLEY_CLASS_COLLECTIVE);
  if (size > 2 && galley_decimal_multiply(&number->value, (uint64_t)size, 1)) number->last = at;
}

// Reads the "of a million", "a dozen", "million" that a fraction is a fraction of.
static void read_fraction_of(const GalleyBlockView *block, GalleyFigureNumber *number) {
  if (!number->fraction) return;
  uint32_t at = figure_after_hyphen(block, number->last);
  if (at > number->last + 1) { // half-million
    int32_t joined = galley_figure_scale_word(figure_token(block, at));
    if (joined >= 2) apply_scale(number, joined, at);
    return;
  }
  if (figure_part(figure_token(block, at)) == FIGURE_PART_OF) at++;
  const GalleyToken *article = figure_token(block, at);
  bool one =
      figure_part(article) == FIGURE_PART_A || figure_value(article, GALLEY_CLASS_NUMBER_WORD) == 1;
  if (one) at++;
  if (!one && at != number->last + 1) return;
  const GalleyToken *token = figure_token(block, at);
  int32_t power = galley_figure_scale_word(token);
  if (power >= 2) {
    apply_scale(number, power, at);
  } else if (one && figure_is(token, GALLEY_CLASS_COLLECTIVE)) {
    number->last = at - 1;
    read_dozens(block, number);
    number->digit = 0;
    if (number->last < at) number->last = at - (at - number->last > 1 ? 2 : 1);
  }
}

static void read_tail(const GalleyBlockView *block, GalleyFigureNumber *number) {
  if (!number->fraction) read_denominator(block, number);
  if (!number->fraction) {
    read_scales(block, number);
    read_dozens(block, number);
    read_and_fraction(block, number);
    if (number->fraction && number->scale == 0)
      read_scales(block, number); // five and a half million
  } else {
    read_fraction_of(block, number);
  }
}

// "two thousand" behind digits: "3 hundred and 21", "4 thousand 3 hundred".
static void read_mixed_addition(const GalleyBlockView *block, GalleyFigureNumber *number) {
  if (!number->digits || number->scale < 2 || number->fraction) return;
  uint32_t at = number->last + 1;
  if (figure_part(figure_token(block, at)) == FIGURE_PART_AND) at++;
  const GalleyToken *token = figure_token(block, at);
  GalleyFigureWords words = {.limit = 2, .apart = true};
  if (number->scale == 2 && at > number->last + 1 && galley_figure_read_words(block, at, &words)) {
    GalleyDecimal added = {words.current, 1, 0, false};
    if (galley_decimal_add(&number->value, &added)) number->last = words.last;
    number->digit = 0;
    return;
  }
  bool integer = token->kind == GALLEY_TOKEN_NUMBER && figure_length(token) <= 3;
  GalleyDecimal value;
  int32_t digit;
  if (!integer || !galley_figure_scale_word(figure_token(block, number->last)) ||
      !galley_decimal_read(block->bytes + token->start, figure_length(token), &value, &digit) ||
      value.exponent || value.numerator == 0) {
    return;
  }
  int32_t power = galley_figure_scale_word(figure_token(block, at + 1));
  if (power > 2 || value.numerator >= figure_integer_power(power ? 1 : number->scale)) return;
  if (power && number->scale <= power) return;
  bool plain = power == 2 || number->scale == 2; // "two million and 20" counts two things
  value.exponent = power;
  if (!plain || !galley_decimal_add(&number->value, &value)) return;
  number->last = at + (power ? 1 : 0);
  number->digit = power;
}

// ---- Words that start a numeral ----

// "hundreds", "tens of thousands"; "several million".
static bool read_vague(const GalleyBlockView *block, uint32_t at, GalleyFigureNumber *number) {
  const GalleyToken *token = figure_token(block, at), *before = figure_token(block, at - 1);
  bool many = figure_part(before) == FIGURE_PART_SEVERAL ||
              figure_part(before) == FIGURE_PART_LITTLE || figure_part(before) == FIGURE_PART_MUCH;
  bool large = figure_is(token, GALLEY_CLASS_SCALE) || figure_is(token, GALLEY_CLASS_COLLECTIVE);
  if (!large || (!is_vague(token) && !many)) return false;
  *number = (GalleyFigureNumber){.first = many ? at - 1 : at, .last = at, .vague = true};
  if (many && figure_part(figure_token(block, at - 2)) == FIGURE_PART_A) number->first--;
  number->value = (GalleyDecimal){.numerator = 1, .denominator = 1};
  int32_t dozen = figure_value(token, GALLEY_CLASS_COLLECTIVE);
  if (dozen) {
    number->value.numerator = (uint64_t)dozen;
  } else {
    apply_scale(number, figure_value(token, GALLEY_CLASS_SCALE), at);
  }
  bool more = figure_part(figure_token(block, at + 1)) == FIGURE_PART_OF &&
              is_vague(figure_token(block, at + 2)) &&
              figure_value(figure_token(block, at + 2), GALLEY_CLASS_SCALE) > 0;
  if (more)
    apply_scale(number, figure_value(figure_token(block, at + 2), GALLEY_CLASS_SCALE), at + 2);
  bool of = figure_part(figure_token(block, number->last + 1)) == FIGURE_PART_OF;
  bool unsure = dozen == 20 || figure_value(token, GALLEY_CLASS_SCALE) == 1 ||
                figure_part(before) == FIGURE_PART_THE;
  number->digit = many || more || number->scale < 3 ? 1 : 3;
  return many || more || of || !unsure; // "scores" alone are not twenties
}

// Whether a bare "half" or "third" is a part of something.
static bool is_share(const GalleyBlockView *block, uint32_t at, bool article) {
  const GalleyToken *next = figure_token(block, at + 1);
  const GalleyToken *before = figure_token(block, at - (article ? 2 : 1));
  FigurePart part = figure_part(next);
  if (part == FIGURE_PART_OF || galley_figure_scale_word(next) ||
      figure_is(next, GALLEY_CLASS_UNIT))
    return true;
  const GalleyToken *second = figure_token(block, at + 2);
  if (figure_is_dash(next) &&
      (figure_is(second, GALLEY_CLASS_UNIT) || galley_figure_scale_word(second))) {
    return true; // a half-percent, half-million
  }
  if (figure_value(figure_token(block, at), GALLEY_CLASS_FRACTION) == 2 && !article) {
    bool whole = part == FIGURE_PART_A || part == FIGURE_PART_THE || part == FIGURE_PART_ITS;
    if (whole) return !figure_is(before, GALLEY_CLASS_ORDINAL_WORD);
  }
  bool measured = figure_part(before) == FIGURE_PART_BY ||
                  figure_part(before) == FIGURE_PART_THAN || figure_is(before, GALLEY_CLASS_HEDGE);
  bool ends = next->kind != GALLEY_TOKEN_WORD || figure_is(next, GALLEY_CLASS_FUNCTION) ||
              part == FIGURE_PART_MORE || part == FIGURE_PART_LESS;
  bool half = figure_value(figure_token(block, at), GALLEY_CLASS_FRACTION) == 2;
  return measured && (ends || (half && !article)) && !figure_is_dash(next);
}

static bool read_share(const GalleyBlockView *block, uint32_t at, GalleyFigureNumber *number) {
  bool article = figure_part(figure_token(block, at - 1)) == FIGURE_PART_A;
  uint32_t denominator = galley_figure_denominator(figure_token(block, at), article);
  bool half = denominator == 2;
  if (denominator == 0 ||
      (!article && !half && !galley_figure_scale_word(figure_token(block, at + 1)))) {
    return false;
  }
  if (figure_is(figure_token(block, at - 1), GALLEY_CLASS_ORDINAL_WORD)) return false;
  if (!is_share(block, at, article)) return false;
  *number = (GalleyFigureNumber){.first = article ? at - 1 : at, .last = at};
  number->value = (GalleyDecimal){1, denominator, 0, false};
  note_fraction(number);
  read_fraction_of(block, number);
  return true;
}

// "a dozen", "a score of", "a hundred"; the article is part of it.
static bool read_counted(const GalleyBlockView *block, uint32_t at, GalleyFigureNumber *number) {
  const GalleyToken *token = figure_token(block, at);
  bool article = figure_part(figure_token(block, at - 1)) == FIGURE_PART_A;
  *number = (GalleyFigureNumber){.first = article ? at - 1 : at, .last = at};
  int32_t size = figure_value(token, GALLEY_CLASS_COLLECTIVE);
  if (size) {
    bool of = figure_part(figure_token(block, at + 1)) == FIGURE_PART_OF;
    if (!article || (size != 12 && !of)) return false;
    number->value = (GalleyDecimal){(uint64_t)size, 1, 0, false};
    return true;
  }
  bool between = figure_part(figure_token(block, at - (article ? 2 : 1))) == FIGURE_PART_BETWEEN;
  GalleyFigureWords words = {.limit = GALLEY_FIGURE_SCALE_MAX + 1, .apart = between};
  bool bare = galley_figure_scale_word(token) > 0;
  if ((bare && !article) || !galley_figure_read_words(block, at, &words)) return false;
  number->first = bare ? at - 1 : at;
  number->last = words.last;
  number->value = (GalleyDecimal){words.total + words.current, 1, 0, false};
  number->digit = words.digit;
  number->scale = (uint8_t)words.scale;
  if (words.scale == 0) read_point_words(block, number);
  read_tail(block, number);
  return true;
}

bool galley_figure_read_number(const GalleyBlockView *block, uint32_t at, GalleyFigureNumber *out) {
  const GalleyToken *token = figure_token(block, at);
  if (token->kind == GALLEY_TOKEN_NUMBER) {
    if (!read_digits(block, at, out)) return false;
    read_tail(block, out);
    read_mixed_addition(block, out);
    return true;
  }
  if (token->kind == GALLEY_TOKEN_PUNCT) {
    *out = (GalleyFigureNumber){.first = at, .last = at, .digits = true};
    if (!read_vulgar(token, &out->value)) return false;
    note_fraction(out);
    read_fraction_of(block, out);
    return true;
  }
  if (token->kind != GALLEY_TOKEN_WORD) return false;
  if (read_vague(block, at, out)) return true;
  return read_counted(block, at, out) || read_share(block, at, out);
}
