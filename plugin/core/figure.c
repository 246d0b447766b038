// The figures of a block: amounts, ranges, ratios, ages, ordinals, with what they count.
#include "figure.h"

#include <string.h>

enum {
  RULE_NUMBER,
  RULE_NUMBER_WORDS,
  RULE_VAGUE,
  RULE_FRACTION,
  RULE_PERCENT,
  RULE_POINTS,
  RULE_MONEY,
  RULE_MONEY_SHARED,
  RULE_QUANTITY,
  RULE_RANGE,
  RULE_RATIO,
  RULE_MULTIPLE,
  RULE_AGE,
  RULE_ORDINAL,
  RULE_COUNT
};

static const GalleyRule rules[RULE_COUNT] = {
    [RULE_NUMBER] = {"figure.number", "1,234"},
    [RULE_NUMBER_WORDS] = {"figure.number-words", "four hundred and seventy-six"},
    [RULE_VAGUE] = {"figure.vague", "hundreds of"},
    [RULE_FRACTION] = {"figure.fraction", "two-thirds"},
    [RULE_PERCENT] = {"figure.percent", "5 percent"},
    [RULE_POINTS] = {"figure.points", "three percentage points"},
    [RULE_MONEY] = {"figure.money", "$2.5bn"},
    [RULE_MONEY_SHARED] = {"figure.money-shared", "$5 billion, on top of the [four billion]"},
    [RULE_QUANTITY] = {"figure.quantity", "500km"},
    [RULE_RANGE] = {"figure.range", "10 to 15 percent"},
    [RULE_RATIO] = {"figure.ratio", "one in five"},
    [RULE_MULTIPLE] = {"figure.multiple", "doubled"},
    [RULE_AGE] = {"figure.age", "34-year-old"},
    [RULE_ORDINAL] = {"figure.ordinal", "5th"},
};

const GalleyRuleTable galley_figure_rules = {rules, RULE_COUNT};

#define SHARED_NOUN_REACH 16 // tokens between a counted noun and a number that shares it

// What the figures before in the block leave for the next one.
typedef struct {
  GalleyBlockView *block;
  GalleyRange noun;    // last counted noun
  uint32_t noun_token; // the token that its figure ended with
  uint32_t bare_span;  // index of a span just before that has no noun yet, UINT32_MAX none
  uint32_t bare_token; // its last token
  uint16_t noun_sentence, money_sentence;
  bool money_seen;
  char money_code[12];
} Annotator;

// A figure being put together: tokens [first, last].
typedef struct {
  GalleySpan span;
  uint32_t first, last;
  uint16_t rule;
  bool countable; // a noun may follow
  bool singular;
} Draft;

static uint32_t token_length(const GalleyToken *token) {
  return token->end - token->start;
}

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
      return strcmp(amount->unit.code, "percent") == 0 ? RULE_PERCENT : RULE_POINTS;
    case GALLEY_FIGURE_MONEY:
      return RULE_MONEY;
    default:
      return RULE_QUANTITY;
    }
  }
  if (amount->number.vague) return RULE_VAGUE;
  if (amount->number.fraction) return RULE_FRACTION;
  return amount->number.digits ? RULE_NUMBER : RULE_NUMBER_WORDS;
}

static void draft_amount(GalleyBlockView *block, const GalleyFigureAmount *amount, Draft *draft) {
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
static void draft_ratio(const GalleyFigureAmount *part, const GalleyFigureAmount *whole,
                        Draft *draft) {
  GalleySpan *span = &draft->span;
  GalleyFigureAmount ratio = *part;
  uint64_t under = whole->number.value.numerator;
  for (int32_t i = 0; i < whole->number.value.exponent && under <= UINT32_MAX; i++)
    under *= 10;
  span->type = GALLEY_FIGURE_RATIO;
  draft->rule = RULE_RATIO;
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

static void draft_range(GalleyBlockView *block, const GalleyFigureAmount *low,
                        const GalleyFigureAmount *high, uint32_t first, Draft *draft) {
  GalleySpan *span = &draft->span;
  span->type = high->measured ? high->unit.type : GALLEY_FIGURE_RANGE;
  span->subtype = 1;
  span->figure.scale = high->number.scale;
  draft->rule = RULE_RANGE;
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
static bool is_age_aside(const GalleyBlockView *block, const Draft *draft) {
  const GalleyToken *name = figure_token(block, draft->first - 2);
  const GalleyToken *open = figure_token(block, draft->first - 1);
  const GalleyToken *close = figure_token(block, draft->last + 1);
  const GalleyToken *token = figure_token(block, draft->first);
  bool person = name->kind == GALLEY_TOKEN_WORD && name->shape & GALLEY_SHAPE_CAPITAL &&
                !(name->taken & 1u << GALLEY_KIND_DATE) && name->sentence == token->sentence;
  bool shaped = person && figure_is_punct(open, ',') &&
                (figure_is_punct(close, ',') || figure_is_punct(close, '.')) &&
                draft->first == draft->last && token->kind == GALLEY_TOKEN_NUMBER &&
                token_length(token) <= 3;
  double age = (draft->span.figure.low + draft->span.figure.high) / 2;
  return shaped && age >= 1 && age <= 120;
}

static void make_age(Draft *draft, const char *code) {
  draft->span.type = GALLEY_FIGURE_AGE;
  draft->rule = RULE_AGE;
  draft->countable = false;
  set_code(&draft->span, code);
}

static void find_age(const GalleyBlockView *block, Draft *draft) {
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
  uint32_t length = token_length(token);
  return token->kind == GALLEY_TOKEN_WORD && length > 4 &&
         memcmp(block->bytes + token->end - 2, "er", 2) == 0 &&
         figure_part(figure_token(block, at + 1)) == FIGURE_PART_THAN;
}

// "2.5 times the", "10-fold", "5x".
static void find_multiple(const GalleyBlockView *block, Draft *draft) {
  bool plain = draft->span.type == GALLEY_FIGURE_NUMBER || draft->span.type == GALLEY_FIGURE_RANGE;
  if (!plain) return;
  uint32_t at = draft->last + 1;
  bool hyphen = figure_is_dash(figure_token(block, at));
  if (hyphen) at++;
  const GalleyToken *token = figure_token(block, at);
  bool x = token->kind == GALLEY_TOKEN_WORD && token_length(token) == 1 &&
           block->bytes[token->start] == 'x' && figure_is_joined(token);
  bool times = figure_part(token) == FIGURE_PART_TIMES;
  if (!x && !(times && (hyphen || is_comparison(block, at + 1)))) return;
  draft->span.type = GALLEY_FIGURE_RATIO;
  draft->rule = RULE_MULTIPLE;
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
static bool read_multiplier(const GalleyBlockView *block, uint32_t at, Draft *draft) {
  const GalleyToken *token = figure_token(block, at);
  int32_t value = 0;
  if (!galley_lexicon_value(token->word, GALLEY_CLASS_MULTIPLIER, &value)) return false;
  bool adverb = figure_part(token) == FIGURE_PART_TIMES;
  if (adverb && !is_comparison(block, at + 1)) return false;
  draft->first = draft->last = at;
  draft->span.type = GALLEY_FIGURE_RATIO;
  draft->rule = RULE_MULTIPLE;
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
  bool ranked = figure_is_dash(next) && token_length(degree) > 3 &&
                memcmp(block->bytes + degree->end - 2, "st", 2) == 0;
  return opened && (noun || ranked || figure_part(next) == FIGURE_PART_MOST);
}

// "5th", "twenty-first", "the third".
static bool read_ordinal(const GalleyBlockView *block, uint32_t at, Draft *draft) {
  const GalleyToken *token = figure_token(block, at);
  uint32_t last = at;
  int32_t value = 0, units = 0;
  if (token->kind == GALLEY_TOKEN_NUMBER) {
    const GalleyToken *end = figure_token(block, at + 1);
    GalleyFigureNumber number = {0};
    if (figure_part(end) != FIGURE_PART_ORDINAL_END || !figure_is_joined(end)) return false;
    if (!galley_decimal_read(block->bytes + token->start, token_length(token), &number.value,
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
  draft->rule = RULE_ORDINAL;
  draft->countable = false;
  return true;
}

// ---- Nouns ----

static bool is_bare_number(const Draft *draft) {
  uint8_t type = draft->span.type;
  return draft->countable && (type == GALLEY_FIGURE_NUMBER || type == GALLEY_FIGURE_RANGE);
}

// "476 MEPs in favor, 151 against and [36] abstaining": a number in a list shares the noun before.
static bool shares_noun(const Annotator *self, const Draft *draft) {
  const GalleyToken *token = figure_token(self->block, draft->first);
  if (self->noun.start == self->noun.end || token->sentence != self->noun_sentence) return false;
  if (draft->first - self->noun_token > SHARED_NOUN_REACH) return false;
  const GalleyToken *before = figure_token(self->block, draft->first - 1);
  FigurePart part = figure_part(before);
  return part == FIGURE_PART_AND || part == FIGURE_PART_OR || figure_is_punct(before, ',');
}

static void find_noun(Annotator *self, Draft *draft) {
  GalleySpan *span = &draft->span;
  if (!draft->countable) return;
  bool percent = span->type == GALLEY_FIGURE_PERCENT || span->type == GALLEY_FIGURE_QUANTITY;
  uint32_t at = draft->last + 1;
  FigurePart next = figure_part(figure_token(self->block, at));
  if (percent && next != FIGURE_PART_OF) return;
  bool share = draft->rule == RULE_FRACTION;
  if (share && (next == FIGURE_PART_THE || next == FIGURE_PART_ITS)) at++; // half the seats
  span->figure.noun = galley_figure_noun_after(self->block, at, draft->singular);
  if (percent || span->figure.noun.end > span->figure.noun.start) return;
  if (shares_noun(self, draft)) {
    span->figure.noun = self->noun;
  } else {
    span->figure.noun = galley_figure_noun_before(self->block, draft->first);
  }
}

// Remembers the draft for the figures behind it, and gives its noun to "102" of "102 and 21 people".
static void remember(Annotator *self, const Draft *draft, uint32_t index) {
  const GalleyToken *token = figure_token(self->block, draft->first);
  const GalleySpan *span = &draft->span;
  bool noun = span->figure.noun.end > span->figure.noun.start;
  if (span->type == GALLEY_FIGURE_MONEY) {
    self->money_seen = true;
    self->money_sentence = token->sentence;
    memcpy(self->money_code, span->figure.unit_code, sizeof self->money_code);
  }
  if (!is_bare_number(draft)) {
    self->bare_span = UINT32_MAX;
    return;
  }
  uint32_t gap = draft->first - self->bare_token;
  FigurePart joiner = figure_part(figure_token(self->block, draft->first - 1));
  bool joined = gap == 2 && (joiner == FIGURE_PART_AND || joiner == FIGURE_PART_OR);
  if (noun && joined && self->bare_span != UINT32_MAX) {
    self->block->spans->items[self->bare_span].figure.noun = span->figure.noun;
  }
  self->bare_span = noun ? UINT32_MAX : index;
  self->bare_token = draft->last;
  if (!noun) return;
  self->noun = span->figure.noun;
  self->noun_token = draft->last;
  self->noun_sentence = token->sentence;
}

// "the four billion it has received", after a sum of money in the sentence, is money too.
static void share_currency(Annotator *self, Draft *draft) {
  GalleySpan *span = &draft->span;
  const GalleyToken *token = figure_token(self->block, draft->first);
  bool shared = span->type == GALLEY_FIGURE_NUMBER && span->figure.scale >= 6 && span->value[0] &&
                self->money_seen && self->money_sentence == token->sentence &&
                span->figure.noun.start == span->figure.noun.end;
  if (!shared) return;
  span->type = GALLEY_FIGURE_MONEY;
  memcpy(span->figure.unit_code, self->money_code, sizeof self->money_code);
  draft->rule = RULE_MONEY_SHARED;
}

// ---- The walk ----

static bool may_begin(const GalleyToken *token) {
  const uint64_t starters =
      GALLEY_IS(GALLEY_CLASS_NUMBER_WORD) | GALLEY_IS(GALLEY_CLASS_SCALE) |
      GALLEY_IS(GALLEY_CLASS_COLLECTIVE) | GALLEY_IS(GALLEY_CLASS_FRACTION) |
      GALLEY_IS(GALLEY_CLASS_ORDINAL_WORD) | GALLEY_IS(GALLEY_CLASS_MULTIPLIER) |
      GALLEY_IS(GALLEY_CLASS_CURRENCY);
  const uint8_t others = 1u << GALLEY_KIND_DATE | 1u << GALLEY_KIND_CITATION;
  if (token->taken & others) return false;
  if (token->kind == GALLEY_TOKEN_NUMBER) return true;
  if (token->taken & 1u << GALLEY_KIND_ENTITY) return false;
  if (token->kind == GALLEY_TOKEN_WORD) return (token->classes & starters) != 0;
  return token->kind == GALLEY_TOKEN_PUNCT && token->symbol >= 0xbc && token->symbol < 0x2200;
}

// "a dollar", "a penny": one of it, where nothing is said of the coin itself ("a dollar store").
static bool read_single_sum(GalleyBlockView *block, uint32_t at, Draft *draft) {
  GalleyFigureAmount sum;
  const GalleyToken *next = figure_token(block, at + 1);
  bool article = figure_part(figure_token(block, at - 1)) == FIGURE_PART_A;
  bool ends = next->kind != GALLEY_TOKEN_WORD || figure_is(next, GALLEY_CLASS_FUNCTION);
  if (!article || !ends || figure_is_dash(next) || next->kind == GALLEY_TOKEN_CLITIC) return false;
  if (galley_figure_is_plural(block, at) || block->tokens[at].shape & GALLEY_SHAPE_CAPITAL) return false;
  if (!galley_figure_read_amount(block, at - 1, &sum)) return false;
  draft_amount(block, &sum, draft);
  return draft->span.type == GALLEY_FIGURE_MONEY;
}

// Letters right behind an amount: a model or a formula ("5G", "1.1^23"), not an amount.
static bool runs_on(const GalleyBlockView *block, const GalleyFigureAmount *amount) {
  const GalleyToken *next = figure_token(block, amount->last + 1);
  if (!figure_is_joined(next)) return false;
  if (figure_is_punct(next, '^')) return true;
  bool x = token_length(next) == 1 && block->bytes[next->start] == 'x';
  return next->kind == GALLEY_TOKEN_WORD && !x;
}

// The token behind the formula whose rest starts at `at`: "^-23".
static uint32_t behind_formula(const GalleyBlockView *block, uint32_t at) {
  while (figure_is_joined(figure_token(block, at + 1)) &&
         (figure_token(block, at + 1)->kind == GALLEY_TOKEN_NUMBER ||
          figure_is_punct(figure_token(block, at), '^') ||
          figure_is_punct(figure_token(block, at), '+'))) {
    at++;
  }
  return at + 1;
}

// Whether a number inside a name is a figure all the same: "160GB" and "$40" are no names, but "50
// Cent" is one.
static bool outweighs_name(const GalleyBlockView *block, const GalleyFigureAmount *amount) {
  if (!amount->measured) return false;
  const GalleyToken *unit = figure_token(block, amount->unit.last);
  const uint16_t mixed = GALLEY_SHAPE_ALL_CAPS | GALLEY_SHAPE_INNER_CAPITAL;
  return !(unit->shape & GALLEY_SHAPE_CAPITAL) || unit->shape & mixed ||
         figure_is_joined(unit) || amount->prefixed;
}

// Reads the figure at token `at`. False: there is none; `*next` is where to go on.
static bool read_figure(GalleyBlockView *block, uint32_t at, Draft *draft, uint32_t *next) {
  uint32_t skip;
  *next = at + 1;
  if (galley_figure_is_guarded(block, at, &skip)) {
    *next = skip + 1;
    return false;
  }
  const GalleyToken *token = figure_token(block, at);
  if (figure_is(token, GALLEY_CLASS_MULTIPLIER)) return read_multiplier(block, at, draft);
  GalleyFigureAmount low, high;
  if (figure_is(token, GALLEY_CLASS_CURRENCY) && !figure_is(token, GALLEY_CLASS_SCALE)) {
    return read_single_sum(block, at, draft);
  }
  bool ordinal_first = token->kind == GALLEY_TOKEN_NUMBER ||
                       figure_is(token, GALLEY_CLASS_NUMBER_WORD);
  if (ordinal_first && read_ordinal(block, at, draft)) return true;
  if (!galley_figure_read_amount(block, at, &low)) return read_ordinal(block, at, draft);
  bool named = (token->taken & 1u << GALLEY_KIND_ENTITY) != 0;
  if (named && !outweighs_name(block, &low)) return false;
  if (runs_on(block, &low)) {
    *next = behind_formula(block, low.last + 1);
    return false;
  }
  uint32_t first;
  switch (galley_figure_read_pair(block, &low, &high, &first)) {
  case FIGURE_PAIR_RANGE:
    if (!high.measured && galley_figure_is_label(block, &low.number)) { // 2004-2009, pages 3-9
      *next = high.last + 1;
      return false;
    }
    draft_range(block, &low, &high, first, draft);
    break;
  case FIGURE_PAIR_RATIO:
    draft_ratio(&low, &high, draft);
    break;
  case FIGURE_PAIR_QUOTIENT:
    draft_ratio(&low, &high, draft);
    draft->span.type = GALLEY_FIGURE_NUMBER;
    draft->rule = RULE_FRACTION;
    break;
  case FIGURE_PAIR_NONE:
    if (!low.measured && galley_figure_is_label(block, &low.number)) {
      *next = low.last + 1;
      return false;
    }
    draft_amount(block, &low, draft);
    break;
  }
  return true;
}

static void add_hedge(const GalleyBlockView *block, Draft *draft) {
  uint32_t first;
  uint8_t hedge = galley_figure_hedge_before(block, draft->first, &first);
  if (!hedge) hedge = galley_figure_hedge_after(block, draft->last + 1);
  if (!hedge) return;
  draft->span.figure.hedge = hedge;
  draft->first = first;
}

static bool add_figure(Annotator *self, Draft *draft) {
  GalleyBlockView *block = self->block;
  find_age(block, draft);
  find_multiple(block, draft);
  find_noun(self, draft);
  share_currency(self, draft);
  uint32_t index = block->spans->count;
  Draft bare = *draft; // neighbours join before the hedge
  if (draft->span.type != GALLEY_FIGURE_ORDINAL) add_hedge(block, draft);
  if (!galley_block_add(block, GALLEY_KIND_FIGURE, GALLEY_RULE(GALLEY_KIND_FIGURE, draft->rule),
                        draft->first, draft->last, &draft->span)) {
    return false;
  }
  remember(self, &bare, index);
  return true;
}

bool galley_figure_annotate(GalleyBlockView *block) {
  Annotator self = {.block = block, .bare_span = UINT32_MAX};
  uint32_t end = 0; // first token that no figure holds yet
  for (uint32_t at = 0; at < block->token_count;) {
    uint32_t next = at + 1;
    Draft draft = {.first = at, .last = at};
    if (may_begin(&block->tokens[at]) && read_figure(block, at, &draft, &next) &&
        draft.first >= end) {
      if (!add_figure(&self, &draft)) return false;
      next = end = draft.last + 1;
    }
    at = next;
  }
  return true;
}
