// Spans of figures: values, ranges and ratios, ages, multiples, ordinals.
#include "figure.h"

#include <string.h>

// ---- Values ----

static double half_digit(const GalleyFigureNumber *number) {
  return galley_power_of_ten(number->digit) / 2;
}

static void set_interval(GalleySpan *span, const GalleyFigureNumber *low,
                         const GalleyFigureNumber *high) {
  span->figure.low = galley_decimal_double(&low->value) - half_digit(low);
  span->figure.high = galley_decimal_double(&high->value) + half_digit(high);
}

static void set_value(GalleySpan *span, const GalleyFigureAmount *amount) {
  const GalleyFigureNumber *number = &amount->number;
  bool percent = amount->measured && amount->unit.type == GALLEY_FIGURE_PERCENT;
  set_interval(span, number, number);
  if (number->vague) { // "hundreds": no value, and any number of that size
    span->figure.low = galley_decimal_double(&number->value);
    span->figure.high = span->figure.low * galley_power_of_ten(number->digit);
    span->figure.hedge = '~';
    return;
  }
  uint32_t length = galley_decimal_write(&number->value, span->value, GALLEY_VALUE_SIZE - 1);
  if (percent && strcmp(amount->unit.code, "percent") == 0) {
    span->value[length] = '%';
    span->value[length + 1] = '\0';
  }
}

static void set_range_value(GalleySpan *span, const GalleyFigureAmount *low,
                            const GalleyFigureAmount *high) {
  set_interval(span, &low->number, &high->number);
  uint32_t length = galley_decimal_write(&low->number.value, span->value, 18);
  memcpy(span->value + length, "..", 2);
  length += 2;
  length += galley_decimal_write(&high->number.value, span->value + length, 18);
  if (high->measured && strcmp(high->unit.code, "percent") == 0) {
    span->value[length] = '%';
    span->value[length + 1] = '\0';
  }
}

static void set_unit(GalleyBlockView *block, GalleySpan *span, const GalleyFigureUnit *unit) {
  memcpy(span->figure.unit_code, unit->code, sizeof unit->code);
  span->figure.unit.start = figure_token(block, unit->first)->start;
  span->figure.unit.end = figure_token(block, unit->last)->end;
}

static void set_code(GalleySpan *span, const char *code) {
  memset(span->figure.unit_code, 0, sizeof span->figure.unit_code);
  memcpy(span->figure.unit_code, code, strlen(code) + 1);
}

static uint8_t rule_of(const GalleyFigureAmount *amount) {
  if (amount->measured) {
    switch (amount->unit.type) {
    case GALLEY_FIGURE_PERCENT:
      return strcmp(amount->unit.code, "percent") == 0 ? FIGURE_RULE_PERCENT : FIGURE_RULE_POINTS;
    case GALLEY_FIGURE_MONEY:
      return FIGURE_RULE_MONEY;
    default:
      return FIGURE_RULE_QUANTITY;
    }
  }
  if (amount->number.vague) return FIGURE_RULE_VAGUE;
  if (amount->number.fraction) return FIGURE_RULE_FRACTION;
  return amount->number.digits ? FIGURE_RULE_NUMBER : FIGURE_RULE_NUMBER_WORDS;
}

void galley_figure_draft_amount(GalleyBlockView *block, const GalleyFigureAmount *amount,
                                GalleyFigureDraft *draft) {
  GalleySpan *span = &draft->span;
  span->type = amount->measured ? amount->unit.type : GALLEY_FIGURE_NUMBER;
  span->figure.scale = amount->number.scale;
  draft->first = amount->first;
  draft->last = amount->last;
  draft->rule = rule_of(amount);
  if (amount->measured) set_unit(block, span, &amount->unit);
  set_value(span, amount);
  const GalleyDecimal *value = &amount->number.value;
  bool one = value->numerator == 1 && value->denominator == 1 && value->exponent == 0;
  draft->singular = one && !amount->number.vague;
  draft->countable = span->type != GALLEY_FIGURE_MONEY;
}

// ---- Pairs ----

// "two out of three": the value is the quotient.
void galley_figure_draft_ratio(const GalleyFigureAmount *part, const GalleyFigureAmount *whole,
                               GalleyFigureDraft *draft) {
  GalleySpan *span = &draft->span;
  GalleyFigureAmount ratio = *part;
  uint64_t under = whole->number.value.numerator;
  for (int32_t i = 0; i < whole->number.value.exponent && under <= UINT32_MAX; i++)
    under *= 10;
  span->type = GALLEY_FIGURE_RATIO;
  draft->rule = FIGURE_RULE_RATIO;
  draft->first = part->first;
  draft->last = whole->last;
  draft->countable = true;
  if (under == 0 || under > UINT32_MAX ||
      !galley_decimal_multiply(&ratio.number.value, 1, (uint32_t)under)) {
    return;
  }
  ratio.number.digit = -2;
  set_value(span, &ratio);
}

void galley_figure_draft_range(GalleyBlockView *block, const GalleyFigureAmount *low,
                               const GalleyFigureAmount *high, uint32_t first,
                               GalleyFigureDraft *draft) {
  GalleySpan *span = &draft->span;
  span->type = high->measured ? high->unit.type : GALLEY_FIGURE_RANGE;
  span->subtype = 1;
  span->figure.scale = high->number.scale;
  draft->rule = FIGURE_RULE_RANGE;
  draft->first = first;
  draft->last = high->last;
  draft->countable = span->type != GALLEY_FIGURE_MONEY;
  if (high->measured) set_unit(block, span, &high->unit);
  set_range_value(span, low, high);
}

// ---- Ages and multiples ----

static const struct {
  uint8_t part;
  const char *code;
} age_units[] = {
    {FIGURE_PART_YEARS, "year"},
    {FIGURE_PART_MONTHS, "month"},
    {FIGURE_PART_WEEKS, "week"},
    {FIGURE_PART_DAYS, "day"},
};

static const char *age_unit(const GalleyToken *token) {
  FigurePart part = figure_part(token);
  for (size_t i = 0; i < sizeof age_units / sizeof *age_units; i++) {
    if (age_units[i].part == part) return age_units[i].code;
  }
  return NULL;
}

// Reads "-year-old", "years old", "years of age" behind token `last`. False: none.
static bool read_age_after(const GalleyBlockView *block, uint32_t *last, const char **code) {
  uint32_t at = *last + 1;
  if (figure_is_dash(figure_token(block, at))) at++;
  *code = age_unit(figure_token(block, at));
  if (!*code) return false;
  at++;
  if (figure_is_dash(figure_token(block, at))) at++;
  bool of_age = figure_part(figure_token(block, at)) == FIGURE_PART_OF &&
                figure_part(figure_token(block, at + 1)) == FIGURE_PART_AGE;
  if (of_age) at++;
  if (!of_age && figure_part(figure_token(block, at)) != FIGURE_PART_OLD) return false;
  *last = at;
  return true;
}

// "aged 34", "age 34", "age of 34", "aged between 18 and 24".
static bool follows_age(const GalleyBlockView *block, uint32_t first) {
  const GalleyToken *before = figure_token(block, first - 1);
  if (figure_part(before) == FIGURE_PART_AGE) return true;
  FigurePart part = figure_part(before);
  bool link = part == FIGURE_PART_OF || part == FIGURE_PART_BETWEEN;
  return link && figure_part(figure_token(block, first - 2)) == FIGURE_PART_AGE;
}

// "Name, 51, ..."
static bool is_age_aside(const GalleyBlockView *block, const GalleyFigureDraft *draft) {
  const GalleyToken *name = figure_token(block, draft->first - 2);
  const GalleyToken *open = figure_token(block, draft->first - 1);
  const GalleyToken *close = figure_token(block, draft->last + 1);
  const GalleyToken *token = figure_token(block, draft->first);
  bool person = name->kind == GALLEY_TOKEN_WORD && name->shape & GALLEY_SHAPE_CAPITAL &&
                !(name->taken & 1u << GALLEY_KIND_DATE) && name->sentence == token->sentence;
  bool shaped = person && figure_is_punct(open, ',') &&
                (figure_is_punct(close, ',') || figure_is_punct(close, '.')) &&
                draft->first == draft->last && token->kind == GALLEY_TOKEN_NUMBER &&
                figure_length(token) <= 3;
  double age = (draft->span.figure.low + draft->span.figure.high) / 2;
  return shaped && age >= 1 && age <= 120;
}

static void make_age(GalleyFigureDraft *draft, const char *code) {
  draft->span.type = GALLEY_FIGURE_AGE;
  draft->rule = FIGURE_RULE_AGE;
  draft->countable = false;
  set_code(&draft->span, code);
}

void galley_figure_find_age(const GalleyBlockView *block, GalleyFigureDraft *draft) {
  const char *code;
  bool plain = draft->span.type == GALLEY_FIGURE_NUMBER || draft->span.type == GALLEY_FIGURE_RANGE;
  if (!plain) return;
  if (read_age_after(block, &draft->last, &code)) {
    make_age(draft, code);
  } else if (follows_age(block, draft->first)) {
    code = age_unit(figure_token(block, draft->last + 1));
    if (code) draft->last++;
    make_age(draft, code ? code : "year");
  } else if (is_age_aside(block, draft)) {
    make_age(draft, "year");
  }
}

static bool is_comparison(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = figure_token(block, at);
  FigurePart part = figure_part(token);
  if (part == FIGURE_PART_AS || part == FIGURE_PART_MORE || part == FIGURE_PART_LESS ||
      part == FIGURE_PART_THE || part == FIGURE_PART_ITS ||
      figure_cue(token) == FIGURE_CUE_POINTER) {
    return true;
  }
  uint32_t length = figure_length(token);
  return token->kind == GALLEY_TOKEN_WORD && length > 4 &&
         memcmp(block->bytes + token->end - 2, "er", 2) == 0 &&
         figure_part(figure_token(block, at + 1)) == FIGURE_PART_THAN;
}

// "2.5 times the", "10-fold", "5x".
void galley_figure_find_multiple(const GalleyBlockView *block, GalleyFigureDraft *draft) {
  bool plain = draft->span.type == GALLEY_FIGURE_NUMBER || draft->span.type == GALLEY_FIGURE_RANGE;
  if (!plain) return;
  uint32_t at = draft->last + 1;
  bool hyphen = figure_is_dash(figure_token(block, at));
  if (hyphen) at++;
  const GalleyToken *token = figure_token(block, at);
  bool x = token->kind == GALLEY_TOKEN_WORD && figure_length(token) == 1 &&
           block->bytes[token->start] == 'x' && figure_is_joined(token);
  bool times = figure_part(token) == FIGURE_PART_TIMES;
  if (!x && !(times && (hyphen || is_comparison(block, at + 1)))) return;
  draft->span.type = GALLEY_FIGURE_RATIO;
  draft->rule = FIGURE_RULE_MULTIPLE;
  draft->last = at;
  draft->countable = false;
  set_code(&draft->span, "times");
}

// ---- Words that are figures by themselves ----

static void set_whole(GalleySpan *span, int32_t value) {
  GalleyDecimal decimal = {(uint64_t)(value < 0 ? 0 : value), 1, 0, false};
  galley_decimal_write(&decimal, span->value, GALLEY_VALUE_SIZE);
  span->figure.low = span->figure.high = value;
}

// "doubled", "twice as much".
bool galley_figure_read_multiplier(const GalleyBlockView *block, uint32_t at,
                                   GalleyFigureDraft *draft) {
  const GalleyToken *token = figure_token(block, at);
  int32_t value = 0;
  if (!galley_lexicon_value(token->word, GALLEY_CLASS_MULTIPLIER, &value)) return false;
  bool adverb = figure_part(token) == FIGURE_PART_TIMES;
  if (adverb && !is_comparison(block, at + 1)) return false;
  draft->first = draft->last = at;
  draft->span.type = GALLEY_FIGURE_RATIO;
  draft->rule = FIGURE_RULE_MULTIPLE;
  draft->countable = false;
  set_whole(&draft->span, value);
  set_code(&draft->span, "times");
  return true;
}

// Whether an ordinal word stands before the thing that it numbers: "the third time".
static bool numbers_a_noun(const GalleyBlockView *block, uint32_t first, uint32_t last) {
  const GalleyToken *before = figure_token(block, first - 1), *next = figure_token(block, last + 1);
  FigurePart part = figure_part(before);
  bool opened = part == FIGURE_PART_THE || part == FIGURE_PART_ITS || part == FIGURE_PART_A ||
                before->kind == GALLEY_TOKEN_CLITIC || figure_cue(before) == FIGURE_CUE_POINTER;
  bool noun = next->kind == GALLEY_TOKEN_WORD && !figure_is(next, GALLEY_CLASS_FUNCTION);
  const GalleyToken *degree = figure_token(block, last + 2); // "fifth-largest", not "second-hand"
  bool ranked = figure_is_dash(next) && figure_length(degree) > 3 &&
                memcmp(block->bytes + degree->end - 2, "st", 2) == 0;
  return opened && (noun || ranked || figure_part(next) == FIGURE_PART_MOST);
}

// "5th", "twenty-first", "the third".
bool galley_figure_read_ordinal(const GalleyBlockView *block, uint32_t at,
                                GalleyFigureDraft *draft) {
  const GalleyToken *token = figure_token(block, at);
  uint32_t last = at;
  int32_t value = 0, units = 0;
  if (token->kind == GALLEY_TOKEN_NUMBER) {
    const GalleyToken *end = figure_token(block, at + 1);
    GalleyFigureNumber number = {0};
    if (figure_part(end) != FIGURE_PART_ORDINAL_END || !figure_is_joined(end)) return false;
    if (!galley_decimal_read(block->bytes + token->start, figure_length(token), &number.value,
                             &number.digit) ||
        number.digit < 0) {
      return false;
    }
    galley_decimal_write(&number.value, draft->span.value, GALLEY_VALUE_SIZE);
    draft->span.figure.low = draft->span.figure.high = galley_decimal_double(&number.value);
    last = at + 1;
  } else {
    if (galley_lexicon_value(token->word, GALLEY_CLASS_NUMBER_WORD, &value) && value >= 20) {
      last = figure_is_dash(figure_token(block, at + 1)) ? at + 2 : at + 1;
      token = figure_token(block, last);
    }
    if (!galley_lexicon_value(token->word, GALLEY_CLASS_ORDINAL_WORD, &units)) return false;
    bool compound = value > 0;
    if (compound && units > 9) return false;
    if (!compound && !numbers_a_noun(block, at, last)) return false;
    set_whole(&draft->span, value + units);
  }
  draft->first = at;
  draft->last = last;
  draft->span.type = GALLEY_FIGURE_ORDINAL;
  draft->rule = FIGURE_RULE_ORDINAL;
  draft->countable = false;
  return true;
}
