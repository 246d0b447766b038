// Currencies and units: what a number is a number of.
#include "figure.h"

#include <string.h>

#define CURRENCY_REACH 30 // tokens looked at on either side for another currency

typedef struct {
  const char *text, *code;
} Name;

static const struct {
  uint32_t symbol;
  const char *code;
} currency_signs[] = {
    {'$', "USD"},    {0xa2, "USD"},   {0xa3, "GBP"},   {0xa5, "JPY"},   {0x0e3f, "THB"},
    {0x20a1, "CRC"}, {0x20a6, "NGN"}, {0x20a9, "KRW"}, {0x20aa, "ILS"}, {0x20ab, "VND"},
    {0x20ac, "EUR"}, {0x20ad, "LAK"}, {0x20b1, "PHP"}, {0x20b4, "UAH"}, {0x20b5, "GHS"},
    {0x20b8, "KZT"}, {0x20b9, "INR"}, {0x20ba, "TRY"}, {0x20bd, "RUB"}, {0x20be, "GEL"},
    {0x20bf, "BTC"}, {0x5143, "CNY"}, {0x5186, "JPY"}, {0xffe1, "GBP"}, {0xffe5, "JPY"},
};

enum { CENT_SIGN = 0xa2 };

// Letters right before a dollar or pound sign, sorted.
static const Name dollar_prefixes[] = {
    {"A", "AUD"},   {"AU", "AUD"},   {"AUD", "AUD"}, {"Aus", "AUD"}, {"C", "CAD"},   {"CA", "CAD"},
    {"CAD", "CAD"}, {"CDN", "CAD"},  {"Can", "CAD"}, {"HK", "HKD"},  {"HKD", "HKD"}, {"J", "JMD"},
    {"M", "MXN"},   {"MX", "MXN"},   {"MXN", "MXN"}, {"Mex", "MXN"}, {"NT", "TWD"},  {"NZ", "NZD"},
    {"NZD", "NZD"}, {"R", "BRL"},    {"S", "SGD"},   {"SG", "SGD"},  {"SGD", "SGD"}, {"TT", "TTD"},
    {"U.S", "USD"}, {"U.S.", "USD"}, {"US", "USD"},  {"USD", "USD"}, {"Z", "ZWL"},
};
static const Name pound_prefixes[] = {
    {"E", "EGP"}, {"EGP", "EGP"}, {"GB", "GBP"}, {"GBP", "GBP"}, {"IR", "IEP"}, {"LE", "EGP"},
};

// A nation's currency where a bare word means another's; sorted by nation, then word.
static const struct {
  const char *nation, *word, *code;
} national[] = {
    {"AE", "dirham", "AED"},   {"AR", "peso", "ARS"},     {"AU", "USD", "AUD"},
    {"BE", "franc", "BEF"},    {"BH", "dinar", "BHD"},    {"CA", "USD", "CAD"},
    {"CF", "franc", "XOF"},    {"CH", "franc", "CHF"},    {"CL", "peso", "CLP"},
    {"CO", "peso", "COP"},     {"CU", "peso", "CUP"},     {"CZ", "crown", "CZK"},
    {"CZ", "krona", "CZK"},    {"DE", "mark", "DEM"},     {"DK", "crown", "DKK"},
    {"DK", "krona", "DKK"},    {"DZ", "dinar", "DZD"},    {"EE", "crown", "EEK"},
    {"EG", "GBP", "EGP"},      {"FI", "mark", "FIM"},     {"FR", "franc", "FRF"},
    {"HK", "USD", "HKD"},      {"ID", "rupee", "IDR"},    {"IE", "GBP", "IEP"},
    {"IN", "rupee", "INR"},    {"IQ", "dinar", "IQD"},    {"IR", "riyal", "IRR"},
    {"IS", "crown", "ISK"},    {"IS", "krona", "ISK"},    {"JM", "USD", "JMD"},
    {"JO", "dinar", "JOD"},    {"KE", "shilling", "KES"}, {"KW", "dinar", "KWD"},
    {"LB", "GBP", "LBP"},      {"LK", "rupee", "LKR"},    {"LY", "dinar", "LYD"},
    {"MA", "dirham", "MAD"},   {"MX", "peso", "MXN"},     {"NO", "crown", "NOK"},
    {"NO", "krona", "NOK"},    {"NP", "rupee", "NPR"},    {"NZ", "USD", "NZD"},
    {"OM", "riyal", "OMR"},    {"PH", "peso", "PHP"},     {"PK", "rupee", "PKR"},
    {"QA", "riyal", "QAR"},    {"RS", "dinar", "RSD"},    {"RW", "franc", "RWF"},
    {"SA", "riyal", "SAR"},    {"SD", "GBP", "SDG"},      {"SE", "crown", "SEK"},
    {"SE", "krona", "SEK"},    {"SG", "USD", "SGD"},      {"SO", "shilling", "SOS"},
    {"SY", "GBP", "SYP"},      {"TN", "dinar", "TND"},    {"TW", "USD", "TWD"},
    {"TZ", "shilling", "TZS"}, {"UG", "shilling", "UGX"}, {"UY", "peso", "UYU"},
    {"YE", "riyal", "YER"},    {"ZW", "USD", "ZWL"},
};

// Units that a power or a rate turns into another.
static const struct {
  const char *code, *square, *cubic, *hourly;
} derived[] = {
    {"km", "km2", "km3", "km/h"}, {"m", "m2", "m3", ""},       {"cm", "cm2", "cm3", ""},
    {"mm", "mm2", "mm3", ""},     {"mi", "mi2", "mi3", "mph"}, {"yd", "yd2", "yd3", ""},
    {"ft", "ft2", "ft3", ""},     {"in", "in2", "in3", ""},
};

// Single letters are units in one case alone, right behind digits.
static const char *const letter_units[] = {"g", "l", "L", "t", "W", "V", "C", "F", "m"};

static void set_code(GalleyFigureUnit *unit, const char *code) {
  size_t length = strlen(code);
  if (length >= sizeof unit->code) length = sizeof unit->code - 1;
  memset(unit->code, 0, sizeof unit->code);
  memcpy(unit->code, code, length);
}

static const char *sign_code(uint32_t symbol) {
  for (size_t i = 0; i < sizeof currency_signs / sizeof *currency_signs; i++) {
    if (currency_signs[i].symbol == symbol) return currency_signs[i].code;
  }
  return NULL;
}

bool galley_figure_is_currency_sign(uint32_t symbol) {
  return (symbol == '$' || symbol >= CENT_SIGN) && sign_code(symbol) != NULL;
}

static bool is_sign(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_PUNCT && galley_figure_is_currency_sign(token->symbol);
}

static const char *find_name(const Name *names, size_t count, const GalleyBlockView *block,
                             const GalleyToken *token) {
  const char *text = block->bytes + token->start;
  uint32_t length = figure_length(token);
  for (size_t i = 0; i < count; i++) {
    if (strlen(names[i].text) == length && memcmp(names[i].text, text, length) == 0) {
      return names[i].code;
    }
  }
  return NULL;
}

// A currency's three-letter code; written in capitals, since "try" and "all" are codes too.
static bool is_currency_code(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_WORD && figure_is(token, GALLEY_CLASS_CURRENCY) &&
         figure_length(token) == 3 && token->shape & GALLEY_SHAPE_ALL_CAPS;
}

bool galley_figure_unit_before(const GalleyBlockView *block, uint32_t at, GalleyFigureUnit *out) {
  const GalleyToken *sign = figure_token(block, at - 1), *before = figure_token(block, at - 2);
  *out = (GalleyFigureUnit){.type = GALLEY_FIGURE_MONEY, .first = at - 1, .last = at - 1};
  if (!is_sign(sign)) {
    bool prefix = sign->kind == GALLEY_TOKEN_WORD && figure_cue(sign) == FIGURE_CUE_PREFIX;
    if (!is_currency_code(sign) && !prefix) return false;
    set_code(out, galley_lexicon_symbol(sign->word, GALLEY_CLASS_CURRENCY));
    return true;
  }
  if (sign->symbol == CENT_SIGN) return false;
  const char *code = sign_code(sign->symbol);
  bool dollar = sign->symbol == '$', pound = sign->symbol == 0xa3;
  if (before->kind == GALLEY_TOKEN_WORD && (dollar || pound)) {
    const char *national_code =
        dollar ? find_name(dollar_prefixes, sizeof dollar_prefixes / sizeof *dollar_prefixes, block,
                           before)
               : find_name(pound_prefixes, sizeof pound_prefixes / sizeof *pound_prefixes, block,
                           before);
    // A code may stand apart; "the US $5" is a country and a sum, unless all is set apart.
    bool country = block->bytes[before->start] == 'U' && figure_length(before) != 3;
    bool spaced = !figure_is_joined(figure_token(block, at));
    bool code_apart = pound || spaced || (figure_length(before) > 1 && !country);
    if (national_code && (figure_is_joined(sign) || code_apart)) {
      code = national_code;
      out->first = at - 2;
    }
  }
  set_code(out, code);
  return true;
}

// ---- Behind the number ----

static bool set_currency(GalleyFigureUnit *unit, const char *nation, const GalleyToken *word) {
  const char *code = galley_lexicon_symbol(word->word, GALLEY_CLASS_CURRENCY);
  if (!code) return false;
  unit->type = GALLEY_FIGURE_MONEY;
  unit->minor = figure_is(word, GALLEY_CLASS_MINOR);
  set_code(unit, code);
  for (size_t i = 0; nation && i < sizeof national / sizeof *national; i++) {
    if (strcmp(national[i].nation, nation) == 0 && strcmp(national[i].word, code) == 0) {
      set_code(unit, national[i].code);
    }
  }
  return true;
}

// Whether the sentence of token `at` speaks of another currency.
static bool has_other_currency(const GalleyBlockView *block, uint32_t at) {
  uint16_t sentence = figure_token(block, at)->sentence;
  for (uint32_t i = at > CURRENCY_REACH ? at - CURRENCY_REACH : 0; i < at + CURRENCY_REACH; i++) {
    const GalleyToken *token = figure_token(block, i);
    if (token->sentence != sentence || i == at) continue;
    if (is_sign(token) || figure_is(token, GALLEY_CLASS_CURRENCY)) return true;
  }
  return false;
}

// Words that are a currency only where something else says so.
static bool is_doubtful_currency(const GalleyBlockView *block, const GalleyFigureNumber *number,
                                 uint32_t at) {
  const GalleyToken *word = figure_token(block, at);
  if (figure_length(word) == 3 && is_currency_code(word)) return false;
  const char *code = galley_lexicon_symbol(word->word, GALLEY_CLASS_CURRENCY);
  bool large = number->scale >= 6 || number->vague;
  if (strcmp(code, "KRW") == 0 && figure_cue(word) == FIGURE_CUE_GAME) {
    return !large && galley_decimal_double(&number->value) < 1000; // "the 36 won"
  }
  if (strcmp(code, "mark") == 0 || strcmp(code, "crown") == 0) {
    return !large && !has_other_currency(block, at);
  }
  bool letter = figure_length(word) == 1;
  bool lower = (block->bytes[word->start] & 0x20) != 0; // 852p, but comet 81P
  return letter && (!figure_is_joined(word) || !number->digits || !lower);
}

// "[Australian] dollars", "U.S. dollars", "New Zealand dollars", "euros".
static bool read_currency(const GalleyBlockView *block, const GalleyFigureNumber *number,
                          uint32_t at, GalleyFigureUnit *out) {
  const GalleyToken *token = figure_token(block, at);
  if (is_sign(token)) {
    const GalleyToken *next = figure_token(block, at + 1);
    if (next->kind == GALLEY_TOKEN_NUMBER && figure_is_joined(next)) return false; // "5 $10 notes"
    out->type = GALLEY_FIGURE_MONEY;
    out->minor = token->symbol == CENT_SIGN;
    out->last = at;
    set_code(out, sign_code(token->symbol));
    return true;
  }
  const char *nation = NULL;
  for (int words = 0; words < 2 && token->kind == GALLEY_TOKEN_WORD; words++) {
    if (figure_is(token, GALLEY_CLASS_CURRENCY)) break;
    if (figure_is(token, GALLEY_CLASS_NATION)) {
      nation = galley_lexicon_symbol(token->word, GALLEY_CLASS_NATION);
    } else if (!(token->shape & GALLEY_SHAPE_CAPITAL)) {
      return false;
    }
    token = figure_token(block, ++at);
  }
  bool word = token->kind == GALLEY_TOKEN_WORD && figure_is(token, GALLEY_CLASS_CURRENCY);
  if (!word || (!nation && at != out->first) || !set_currency(out, nation, token)) return false;
  if (!nation && is_doubtful_currency(block, number, at)) return false;
  out->last = at;
  return true;
}

static void read_degrees(const GalleyBlockView *block, GalleyFigureUnit *out) {
  const GalleyToken *next = figure_token(block, out->last + 1);
  if (next->kind != GALLEY_TOKEN_WORD || !figure_is(next, GALLEY_CLASS_UNIT)) return;
  const char *code = galley_lexicon_symbol(next->word, GALLEY_CLASS_UNIT);
  if (strncmp(code, "deg", 3) != 0) return;
  set_code(out, code);
  out->last++;
}

static void read_rate(const GalleyBlockView *block, GalleyFigureUnit *out, const char *hourly) {
  const GalleyToken *per = figure_token(block, out->last + 1);
  bool rate = figure_part(per) == FIGURE_PART_PER || figure_part(per) == FIGURE_PART_A ||
              figure_is_punct(per, '/');
  const GalleyToken *hour = figure_token(block, out->last + 2);
  bool is_hour = figure_part(hour) == FIGURE_PART_HOUR ||
                 (figure_length(hour) == 1 && block->bytes[hour->start] == 'h');
  if (!rate || !is_hour || !*hourly) return;
  set_code(out, hourly);
  out->last += 2;
}

static void derive(const GalleyBlockView *block, GalleyFigureUnit *out, FigurePart power) {
  for (size_t i = 0; i < sizeof derived / sizeof *derived; i++) {
    if (strcmp(derived[i].code, out->code) != 0) continue;
    const GalleyToken *mark = figure_token(block, out->last + 1);
    bool raised =
        figure_is_joined(mark) && (figure_is_punct(mark, 0xb2) || figure_is_punct(mark, 0xb3));
    if (raised) {
      power = mark->symbol == 0xb2 ? FIGURE_PART_SQUARE : FIGURE_PART_CUBIC;
      out->last++;
    }
    if (power == FIGURE_PART_SQUARE) {
      set_code(out, derived[i].square);
    } else if (power == FIGURE_PART_CUBIC) {
      set_code(out, derived[i].cubic);
    } else {
      read_rate(block, out, derived[i].hourly);
    }
    return;
  }
}

static bool is_letter_unit(const GalleyBlockView *block, const GalleyToken *token) {
  for (size_t i = 0; i < sizeof letter_units / sizeof *letter_units; i++) {
    if (letter_units[i][0] == block->bytes[token->start]) return true;
  }
  return false;
}

// Whether a short unit word is written as one: "5 km", "20C", not "two in".
static bool is_written_unit(const GalleyBlockView *block, const GalleyFigureNumber *number,
                            uint32_t at) {
  const GalleyToken *token = figure_token(block, at);
  uint32_t length = figure_length(token);
  if (length > 3) return true;
  if (length == 3 && memcmp(block->bytes + token->start, "ton", 3) == 0) return true;
  if (!number->digits) return false;
  if (length > 1) return true;
  bool metre = block->bytes[token->start] == 'm';
  return is_letter_unit(block, token) && (figure_is_joined(token) || metre);
}

static bool read_measure(const GalleyBlockView *block, const GalleyFigureNumber *number,
                         uint32_t at, GalleyFigureUnit *out) {
  FigurePart power = figure_part(figure_token(block, at));
  bool nautical = power == FIGURE_PART_NAUTICAL, metric = power == FIGURE_PART_METRIC;
  bool raised = power == FIGURE_PART_SQUARE || power == FIGURE_PART_CUBIC;
  if (nautical || metric || raised) at++;
  if (raised && figure_is_dash(figure_token(block, at))) at++;
  const GalleyToken *token = figure_token(block, at);
  if (token->kind != GALLEY_TOKEN_WORD || !figure_is(token, GALLEY_CLASS_UNIT)) return false;
  const char *code = galley_lexicon_symbol(token->word, GALLEY_CLASS_UNIT);
  if (strcmp(code, "percent") == 0 || !is_written_unit(block, number, at)) return false;
  // "one yard", "one foot": a place and a limb more often than a length.
  bool one = !number->digits && number->value.numerator == 1 && number->value.denominator == 1 &&
             number->value.exponent == 0;
  if (one && (strcmp(code, "yd") == 0 || strcmp(code, "ft") == 0)) return false;
  out->type = GALLEY_FIGURE_QUANTITY;
  out->last = at;
  if (nautical && strcmp(code, "mi") == 0) code = "nmi";
  if (metric && strcmp(code, "ton") == 0) code = "t";
  set_code(out, code);
  if (strcmp(code, "deg") == 0) {
    read_degrees(block, out);
  } else {
    derive(block, out, power);
  }
  return true;
}

static bool read_share(const GalleyBlockView *block, uint32_t at, GalleyFigureUnit *out) {
  const GalleyToken *token = figure_token(block, at), *next = figure_token(block, at + 1);
  out->type = GALLEY_FIGURE_PERCENT;
  out->last = at;
  set_code(out, "percent");
  if (figure_is_punct(token, '%')) return true;
  if (token->kind != GALLEY_TOKEN_WORD) return false;
  if (figure_part(token) == FIGURE_PART_BASIS && figure_part(next) >= FIGURE_PART_POINT) {
    bool points = figure_part(next) == FIGURE_PART_POINT || figure_part(next) == FIGURE_PART_POINTS;
    out->last = at + 1;
    set_code(out, "bp");
    return points;
  }
  if (figure_part(token) == FIGURE_PART_PER) {
    if (figure_is_dash(next)) next = figure_token(block, ++at + 1);
    if (!figure_is(next, GALLEY_CLASS_MINOR)) return false;
    const char *code = galley_lexicon_symbol(next->word, GALLEY_CLASS_CURRENCY);
    out->last = at + 1;
    if (!code || strcmp(code, "USD") != 0) return false; // cent
  } else if (figure_is(token, GALLEY_CLASS_UNIT)) {
    const char *code = galley_lexicon_symbol(token->word, GALLEY_CLASS_UNIT);
    if (strcmp(code, "percent") != 0) return false;
  } else {
    return false;
  }
  uint32_t point = out->last + 1;
  if (figure_is_dash(figure_token(block, point))) point++;
  FigurePart part = figure_part(figure_token(block, point));
  if (part == FIGURE_PART_POINT || part == FIGURE_PART_POINTS) {
    out->last = point;
    set_code(out, "pp");
  }
  return true;
}

// Pounds that are a weight: "a 200-pound man", "two pounds of butter", "she weighs 120 pounds".
static bool read_weight(const GalleyBlockView *block, const GalleyFigureNumber *number, uint32_t at,
                        GalleyFigureUnit *out) {
  const GalleyToken *word = figure_token(block, at);
  if (word->kind != GALLEY_TOKEN_WORD || !figure_is(word, GALLEY_CLASS_CURRENCY) ||
      figure_is(word, GALLEY_CLASS_MINOR) || number->scale >= 3 || number->vague) {
    return false;
  }
  uint32_t length = figure_length(word);
  bool pound = (length == 5 || length == 6) && (block->bytes[word->start] | 0x20) == 'p' &&
               strcmp(galley_lexicon_symbol(word->word, GALLEY_CLASS_CURRENCY), "GBP") == 0;
  bool weight = figure_is_dash(figure_token(block, at - 1)) ||
                figure_part(figure_token(block, at + 1)) == FIGURE_PART_OF ||
                galley_figure_has_cue(block, at, FIGURE_CUE_WEIGHT);
  if (!pound || !weight) return false;
  out->type = GALLEY_FIGURE_QUANTITY;
  set_code(out, "lb");
  return true;
}

static bool read_unit(const GalleyBlockView *block, const GalleyFigureNumber *number, uint32_t at,
                      GalleyFigureUnit *out) {
  *out = (GalleyFigureUnit){.first = at, .last = at};
  if (read_weight(block, number, at, out)) return true;
  if (figure_is_punct(figure_token(block, at), 0xb0)) { // degree sign
    out->type = GALLEY_FIGURE_QUANTITY;
    set_code(out, "deg");
    read_degrees(block, out);
    return true;
  }
  return read_share(block, at, out) || read_measure(block, number, at, out) ||
         read_currency(block, number, at, out);
}

// "half [a percent]", "three-quarters [of a percentage point]", "half [of 1 percent]".
static uint32_t skip_fraction_link(const GalleyBlockView *block, const GalleyFigureNumber *number) {
  uint32_t at = number->last + 1;
  if (!number->fraction && !number->vague) return at;
  bool of = figure_part(figure_token(block, at)) == FIGURE_PART_OF;
  if (of) at++;
  const GalleyToken *one = figure_token(block, at);
  int32_t value = 0;
  bool counted =
      figure_part(one) == FIGURE_PART_A ||
      (figure_is(one, GALLEY_CLASS_NUMBER_WORD) &&
       galley_lexicon_value(one->word, GALLEY_CLASS_NUMBER_WORD, &value) && value == 1) ||
      (one->kind == GALLEY_TOKEN_NUMBER && figure_length(one) == 1 &&
       block->bytes[one->start] == '1');
  if (number->fraction && counted) return at + 1;
  return number->vague && of ? at : number->last + 1;
}

bool galley_figure_unit_after(const GalleyBlockView *block, const GalleyFigureNumber *number,
                              GalleyFigureUnit *out) {
  uint32_t at = skip_fraction_link(block, number);
  if (at > number->last + 1) return read_unit(block, number, at, out);
  const GalleyToken *next = figure_token(block, at);
  if (figure_is_dash(next) && figure_is_joined(next)) {
    const GalleyToken *word = figure_token(block, at + 1);
    return word->kind == GALLEY_TOKEN_WORD && figure_is_joined(word) &&
           read_unit(block, number, at + 1, out);
  }
  return read_unit(block, number, at, out);
}
