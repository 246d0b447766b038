// The figures of a block: amounts, ranges, ratios, ages, ordinals, with what they count.
#include "figure.h"

#include <string.h>

static const GalleyRule rules[FIGURE_RULE_COUNT] = {
    [FIGURE_RULE_NUMBER] = {"figure.number", "1,234"},
    [FIGURE_RULE_NUMBER_WORDS] = {"figure.number-words", "four hundred and seventy-six"},
    [FIGURE_RULE_VAGUE] = {"figure.vague", "hundreds of"},
    [FIGURE_RULE_FRACTION] = {"figure.fraction", "two-thirds"},
    [FIGURE_RULE_PERCENT] = {"figure.percent", "5 percent"},
    [FIGURE_RULE_POINTS] = {"figure.points", "three percentage points"},
    [FIGURE_RULE_MONEY] = {"figure.money", "$2.5bn"},
    [FIGURE_RULE_MONEY_SHARED] = {"figure.money-shared",
                                  "$5 billion, on top of the [four billion]"},
    [FIGURE_RULE_QUANTITY] = {"figure.quantity", "500km"},
    [FIGURE_RULE_RANGE] = {"figure.range", "10 to 15 percent"},
    [FIGURE_RULE_RATIO] = {"figure.ratio", "one in five"},
    [FIGURE_RULE_MULTIPLE] = {"figure.multiple", "doubled"},
    [FIGURE_RULE_AGE] = {"figure.age", "34-year-old"},
    [FIGURE_RULE_ORDINAL] = {"figure.ordinal", "5th"},
    [FIGURE_RULE_HEADER] = {"figure.header", "12.5 in a column of \"Orders, £m\""},
};

const GalleyRuleTable galley_figure_rules = {rules, FIGURE_RULE_COUNT};

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

// ---- Nouns ----

static bool is_bare_number(const GalleyFigureDraft *draft) {
  uint8_t type = draft->span.type;
  return draft->countable && (type == GALLEY_FIGURE_NUMBER || type == GALLEY_FIGURE_RANGE);
}

// "476 MEPs in favor, 151 against and [36] abstaining": a number in a list shares the noun before.
static bool shares_noun(const Annotator *self, const GalleyFigureDraft *draft) {
  const GalleyToken *token = figure_token(self->block, draft->first);
  if (self->noun.start == self->noun.end || token->sentence != self->noun_sentence) return false;
  if (draft->first - self->noun_token > SHARED_NOUN_REACH) return false;
  const GalleyToken *before = figure_token(self->block, draft->first - 1);
  FigurePart part = figure_part(before);
  bool of_which = figure_cue(before) == FIGURE_CUE_POINTER &&
                  figure_part(figure_token(self->block, draft->first - 2)) == FIGURE_PART_OF;
  return of_which || part == FIGURE_PART_AND || part == FIGURE_PART_OR ||
         figure_is_punct(before, ',');
}

static void find_noun(Annotator *self, GalleyFigureDraft *draft) {
  GalleySpan *span = &draft->span;
  if (!draft->countable) return;
  bool percent = span->type == GALLEY_FIGURE_PERCENT || span->type == GALLEY_FIGURE_QUANTITY;
  uint32_t at = draft->last + 1;
  FigurePart next = figure_part(figure_token(self->block, at));
  if (percent && next != FIGURE_PART_OF) return;
  bool share = draft->rule == FIGURE_RULE_FRACTION;
  if (share && (next == FIGURE_PART_THE || next == FIGURE_PART_ITS)) at++; // half the seats
  span->figure.noun = galley_figure_noun_after(self->block, at, draft->singular);
  if (percent || span->figure.noun.end > span->figure.noun.start) return;
  if (shares_noun(self, draft)) {
    span->figure.noun = self->noun;
  } else {
    span->figure.noun = galley_figure_noun_before(self->block, draft->first);
  }
}

// Remembers the draft for the figures behind it, and gives its noun to "102" of "102 and 21
// people".
static void remember(Annotator *self, const GalleyFigureDraft *draft, uint32_t index) {
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
static void share_currency(Annotator *self, GalleyFigureDraft *draft) {
  GalleySpan *span = &draft->span;
  const GalleyToken *token = figure_token(self->block, draft->first);
  bool shared = span->type == GALLEY_FIGURE_NUMBER && span->figure.scale >= 6 && span->value[0] &&
                self->money_seen && self->money_sentence == token->sentence &&
                span->figure.noun.start == span->figure.noun.end;
  if (!shared) return;
  span->type = GALLEY_FIGURE_MONEY;
  memcpy(span->figure.unit_code, self->money_code, sizeof self->money_code);
  draft->rule = FIGURE_RULE_MONEY_SHARED;
}

// ---- The walk ----

static bool may_begin(const GalleyToken *token) {
  const uint64_t starters = GALLEY_IS(GALLEY_CLASS_NUMBER_WORD) | GALLEY_IS(GALLEY_CLASS_SCALE) |
                            GALLEY_IS(GALLEY_CLASS_COLLECTIVE) | GALLEY_IS(GALLEY_CLASS_FRACTION) |
                            GALLEY_IS(GALLEY_CLASS_ORDINAL_WORD) |
                            GALLEY_IS(GALLEY_CLASS_MULTIPLIER) | GALLEY_IS(GALLEY_CLASS_CURRENCY);
  const uint8_t others = 1u << GALLEY_KIND_DATE | 1u << GALLEY_KIND_CITATION;
  if (token->taken & others) return false;
  if (token->kind == GALLEY_TOKEN_NUMBER) return true;
  if (token->taken & 1u << GALLEY_KIND_ENTITY) return false;
  if (token->kind == GALLEY_TOKEN_WORD) return (token->classes & starters) != 0;
  return token->kind == GALLEY_TOKEN_PUNCT && token->symbol >= 0xbc && token->symbol < 0x2200;
}

// "a dollar", "a penny": one of it, where nothing is said of the coin itself ("a dollar store").
static bool read_single_sum(GalleyBlockView *block, uint32_t at, GalleyFigureDraft *draft) {
  GalleyFigureAmount sum;
  const GalleyToken *next = figure_token(block, at + 1);
  bool article = figure_part(figure_token(block, at - 1)) == FIGURE_PART_A;
  bool ends = next->kind != GALLEY_TOKEN_WORD || figure_is(next, GALLEY_CLASS_FUNCTION);
  if (!article || !ends || figure_is_dash(next) || next->kind == GALLEY_TOKEN_CLITIC) return false;
  if (galley_figure_is_plural(block, at) || block->tokens[at].shape & GALLEY_SHAPE_CAPITAL)
    return false;
  if (!galley_figure_read_amount(block, at - 1, &sum)) return false;
  galley_figure_draft_amount(block, &sum, draft);
  return draft->span.type == GALLEY_FIGURE_MONEY;
}

// Letters right behind an amount: a model or a formula ("5G", "1.1^23"), not an amount.
static bool runs_on(const GalleyBlockView *block, const GalleyFigureAmount *amount) {
  const GalleyToken *next = figure_token(block, amount->last + 1);
  if (!figure_is_joined(next)) return false;
  if (figure_is_punct(next, '^')) return true;
  bool x = figure_length(next) == 1 && block->bytes[next->start] == 'x';
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
  return !(unit->shape & GALLEY_SHAPE_CAPITAL) || unit->shape & mixed || figure_is_joined(unit) ||
         amount->prefixed;
}

// Reads the figure at token `at`. False: there is none; `*next` is where to go on.
static bool read_figure(GalleyBlockView *block, uint32_t at, GalleyFigureDraft *draft,
                        uint32_t *next) {
  uint32_t skip;
  *next = at + 1;
  if (galley_figure_is_guarded(block, at, &skip)) {
    *next = skip + 1;
    return false;
  }
  const GalleyToken *token = figure_token(block, at);
  if (figure_is(token, GALLEY_CLASS_MULTIPLIER))
    return galley_figure_read_multiplier(block, at, draft);
  GalleyFigureAmount low, high;
  if (figure_is(token, GALLEY_CLASS_CURRENCY) && !figure_is(token, GALLEY_CLASS_SCALE)) {
    return read_single_sum(block, at, draft);
  }
  bool ordinal_first =
      token->kind == GALLEY_TOKEN_NUMBER || figure_is(token, GALLEY_CLASS_NUMBER_WORD);
  if (ordinal_first && galley_figure_read_ordinal(block, at, draft)) return true;
  if (!galley_figure_read_amount(block, at, &low))
    return galley_figure_read_ordinal(block, at, draft);
  bool named = (token->taken & 1u << GALLEY_KIND_ENTITY) != 0;
  if (named && !outweighs_name(block, &low)) return false;
  if (runs_on(block, &low)) {
    *next = behind_formula(block, low.last + 1);
    return false;
  }
  GalleyFigureBetween between;
  switch (galley_figure_read_pair(block, &low, &high, &between)) {
  case FIGURE_PAIR_RANGE:
    if (!high.measured && galley_figure_is_label(block, &low.number)) { // 2004-2009, pages 3-9
      *next = high.last + 1;
      return false;
    }
    galley_figure_draft_range(block, &low, &high, between.first, draft);
    break;
  case FIGURE_PAIR_RATIO:
    galley_figure_draft_ratio(&low, &high, draft);
    if (between.noun.end > between.noun.start) {
      draft->span.figure.noun = between.noun;
      draft->countable = false;
    }
    break;
  case FIGURE_PAIR_QUOTIENT:
    galley_figure_draft_ratio(&low, &high, draft);
    draft->span.type = GALLEY_FIGURE_NUMBER;
    draft->rule = FIGURE_RULE_FRACTION;
    break;
  case FIGURE_PAIR_NONE:
    if (!low.measured && galley_figure_is_label(block, &low.number)) {
      *next = low.last + 1;
      return false;
    }
    galley_figure_draft_amount(block, &low, draft);
    break;
  }
  return true;
}

static void add_hedge(const GalleyBlockView *block, GalleyFigureDraft *draft) {
  uint32_t first;
  uint8_t hedge = galley_figure_hedge_before(block, draft->first, &first);
  if (!hedge) hedge = galley_figure_hedge_after(block, draft->last + 1);
  if (!hedge) return;
  draft->span.figure.hedge = hedge;
  draft->first = first;
}

static bool add_figure(Annotator *self, GalleyFigureDraft *draft) {
  GalleyBlockView *block = self->block;
  galley_figure_find_age(block, draft);
  galley_figure_find_multiple(block, draft);
  find_noun(self, draft);
  share_currency(self, draft);
  uint32_t index = block->spans->count;
  GalleyFigureDraft bare = *draft; // neighbours join before the hedge
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
    if (!may_begin(&block->tokens[at])) { // nearly all: no draft is cleared for them
      at++;
      continue;
    }
    uint32_t next = at + 1;
    GalleyFigureDraft draft = {.first = at, .last = at};
    if (read_figure(block, at, &draft, &next) && draft.first >= end) {
      if (!add_figure(&self, &draft)) return false;
      next = end = draft.last + 1;
    }
    at = next;
  }
  return true;
}
