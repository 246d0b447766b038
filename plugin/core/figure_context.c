// What stands around a figure: hedges and the noun that is counted.
#include "figure.h"

#include <string.h>

#define NOUN_WORDS 8    // words between a number and the noun it counts, the noun included
#define PLURAL_LENGTH 4 // bytes of the shortest regular plural but names in capitals (MEPs)

// Hedges of several words, read backwards from the number. `within`: the words belong to the
// figure's span; those of the "as much as" kind qualify the verb and stay out.
static const struct {
  uint8_t last, middle, first; // FigurePart
  char hedge;
  bool within;
} hedge_phrases[] = {
    {FIGURE_PART_THAN, FIGURE_PART_MORE, FIGURE_PART_NO, '<', true},
    {FIGURE_PART_THAN, FIGURE_PART_LESS, FIGURE_PART_NO, '>', true},
    {FIGURE_PART_THAN, FIGURE_PART_MORE, FIGURE_PART_NOT, '<', true},
    {FIGURE_PART_THAN, FIGURE_PART_LESS, FIGURE_PART_NOT, '>', true},
    {FIGURE_PART_THAN, FIGURE_PART_MORE, FIGURE_PART_NONE, '>', true},
    {FIGURE_PART_THAN, FIGURE_PART_LESS, FIGURE_PART_NONE, '<', true},
    {FIGURE_PART_LEAST, FIGURE_PART_AT, FIGURE_PART_NONE, '>', true},
    {FIGURE_PART_MOST, FIGURE_PART_AT, FIGURE_PART_NONE, '<', true},
    {FIGURE_PART_TO, FIGURE_PART_UP, FIGURE_PART_NONE, '<', true},
    {FIGURE_PART_TO, FIGURE_PART_CLOSE, FIGURE_PART_NONE, '~', false},
    {FIGURE_PART_OF, FIGURE_PART_UPWARD, FIGURE_PART_NONE, '>', true},
    {FIGURE_PART_AS, FIGURE_PART_MUCH, FIGURE_PART_AS, '<', false},
    {FIGURE_PART_AS, FIGURE_PART_LITTLE, FIGURE_PART_AS, '>', false},
};

static uint8_t hedge_phrase(const GalleyBlockView *block, uint32_t at, uint32_t *first) {
  FigurePart last = figure_part(figure_token(block, at - 1));
  if (last == FIGURE_PART_NONE) return 0;
  FigurePart middle = figure_part(figure_token(block, at - 2));
  FigurePart start = figure_part(figure_token(block, at - 3));
  for (size_t i = 0; i < sizeof hedge_phrases / sizeof *hedge_phrases; i++) {
    if (hedge_phrases[i].last != last || hedge_phrases[i].middle != middle) continue;
    bool third = hedge_phrases[i].first != FIGURE_PART_NONE;
    if (third && hedge_phrases[i].first != start) continue;
    if (hedge_phrases[i].within) *first = at - (third ? 3 : 2);
    return (uint8_t)hedge_phrases[i].hedge;
  }
  return 0;
}

static uint8_t hedge_sign(const GalleyBlockView *block, uint32_t at, uint32_t *first) {
  const GalleyToken *sign = figure_token(block, at - 1);
  if (sign->kind != GALLEY_TOKEN_PUNCT) return 0;
  uint32_t symbol = sign->symbol;
  uint8_t hedge = symbol == '~' || symbol == 0x2248   ? '~'
                  : symbol == '<' || symbol == 0x2264 ? '<'
                  : symbol == '>' || symbol == 0x2265 ? '>'
                                                      : 0;
  if (hedge && figure_is_joined(figure_token(block, at))) *first = at - 1;
  return hedge;
}

uint8_t galley_figure_hedge_before(const GalleyBlockView *block, uint32_t at, uint32_t *first) {
  static const char marks[] = {0, '~', '<', '>'};
  *first = at;
  const GalleyToken *word = figure_token(block, at - 1);
  uint8_t sign = hedge_sign(block, at, first);
  if (sign) return sign;
  if (word->kind != GALLEY_TOKEN_WORD || word->taken & 1u << GALLEY_KIND_DATE) return 0;
  int32_t mark = 0;
  if (figure_is(word, GALLEY_CLASS_HEDGE)) {
    galley_lexicon_value(word->word, GALLEY_CLASS_HEDGE, &mark);
    if (mark < 1 || mark > 3) return 0;
    // "below" and "above" tell where, "over the 60" and "an estimated 60" how much.
    *first = at - 1;
    if (figure_part(word) == FIGURE_PART_ESTIMATED) *first = at;
    bool modified = mark != 1 && figure_part(figure_token(block, at - 2)) == FIGURE_PART_JUST;
    if (modified) *first = at - 2; // just over, well under
    return (uint8_t)marks[mark];
  }
  return hedge_phrase(block, at, first);
}

uint8_t galley_figure_hedge_after(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = figure_token(block, at);
  if (figure_is_punct(token, '+') && figure_is_joined(token)) return '>';
  if (figure_is_dash(token) && figure_part(figure_token(block, at + 1)) == FIGURE_PART_PLUS) {
    return '>';
  }
  if (figure_part(token) != FIGURE_PART_OR) return 0;
  switch (figure_part(figure_token(block, at + 1))) {
  case FIGURE_PART_MORE:
    return '>';
  case FIGURE_PART_LESS:
    return '<';
  case FIGURE_PART_SO:
    return '~';
  default:
    return 0;
  }
}

// ---- Counted nouns ----

static bool is_noun_word(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_WORD && !figure_is(token, GALLEY_CLASS_FUNCTION) &&
         !figure_is(token, GALLEY_CLASS_NUMBER_WORD);
}

bool galley_figure_is_plural(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = figure_token(block, at);
  if (!is_noun_word(token)) return false;
  if (figure_cue(token) == FIGURE_CUE_PLURAL) return true;
  uint32_t length = token->end - token->start;
  if (length < PLURAL_LENGTH && !(token->shape & GALLEY_SHAPE_CAPITAL)) return false;
  if (length < 3 || block->bytes[token->end - 1] != 's') return false;
  char before = block->bytes[token->end - 2];
  return before != 's' && before != '\'' && !(before == 'u' && length < 6);
}

// Whether a word can be part of the noun group behind a number: "new Airbus A330-200 jets".
static bool joins_noun(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = figure_token(block, at);
  bool cell = block->kind == GALLEY_BLOCK_TABLE && token->shape & GALLEY_SHAPE_LINE_START;
  if (cell) return false; // the next one
  if (is_noun_word(token)) return true;
  if (figure_is_dash(token) && figure_is_joined(token)) {
    return figure_is_joined(figure_token(block, at + 1));
  }
  if (token->kind != GALLEY_TOKEN_NUMBER) return false;
  const GalleyToken *next = figure_token(block, at + 1); // five [120-metre ships]
  return figure_is_joined(token) || (figure_is_dash(next) && figure_is_joined(next));
}

static uint32_t skip_of(const GalleyBlockView *block, uint32_t at) {
  if (figure_part(figure_token(block, at)) != FIGURE_PART_OF) return at;
  at++;
  for (int words = 0; words < 3; words++, at++) {
    const GalleyToken *token = figure_token(block, at);
    FigurePart part = figure_part(token);
    bool skipped = part == FIGURE_PART_THE || part == FIGURE_PART_A || part == FIGURE_PART_ITS ||
                   figure_cue(token) == FIGURE_CUE_POINTER;
    if (!skipped) break;
  }
  return at;
}

static bool is_participle(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = figure_token(block, at);
  return token->kind == GALLEY_TOKEN_WORD && token->end - token->start > 4 &&
         memcmp(block->bytes + token->end - 2, "ed", 2) == 0;
}

// "40+ [people]", "40-plus [people]"
static uint32_t skip_plus(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = figure_token(block, at);
  if (!figure_is_joined(token)) return at;
  if (figure_is_punct(token, '+')) return at + 1;
  bool word = figure_is_dash(token) && figure_part(figure_token(block, at + 1)) == FIGURE_PART_PLUS;
  return word ? at + 2 : at;
}

GalleyRange galley_figure_noun_after(const GalleyBlockView *block, uint32_t at, bool singular) {
  const GalleyRange none = {0, 0};
  at = skip_plus(block, at);
  const GalleyToken *first = figure_token(block, at);
  bool hyphen = figure_is_dash(first) && figure_is_joined(first);
  if (hyphen) { // "three-member"
    const GalleyToken *word = figure_token(block, at + 1);
    bool joined = is_noun_word(word) && figure_is_joined(word);
    return joined ? (GalleyRange){word->start, word->end} : none;
  }
  bool of = figure_part(first) == FIGURE_PART_OF;
  at = skip_of(block, at);
  FigurePart part = figure_part(figure_token(block, at));
  if (part == FIGURE_PART_OTHER || part == FIGURE_PART_MORE) at++; // two [other] incidents
  uint32_t start = at, words = 0, last = at;
  for (; words < NOUN_WORDS; at++, words++) {
    bool owner = of && at > start && figure_token(block, at)->kind == GALLEY_TOKEN_CLITIC;
    if (owner) { // one in ten of Europe's [ferries]
      start = at + 1;
      continue;
    }
    if (!joins_noun(block, at)) break;
    last = at;
    if (!singular && galley_figure_is_plural(block, at)) {
      return (GalleyRange){figure_token(block, start)->start, figure_token(block, at)->end};
    }
  }
  while (last > start && is_participle(block, last)) { // one official [resigned]
    last--;
    words--;
  }
  // Without a plural only a short group is sure to be a noun.
  if (words == 0 || words > 3 || (!singular && !of)) return none;
  return (GalleyRange){figure_token(block, start)->start, figure_token(block, last)->end};
}

GalleyRange galley_figure_noun_before(const GalleyBlockView *block, uint32_t first) {
  const GalleyToken *of = figure_token(block, first - 1), *noun = figure_token(block, first - 2);
  bool total = figure_cue(noun) == FIGURE_CUE_TOTAL || galley_figure_is_plural(block, first - 2);
  bool found = figure_part(of) == FIGURE_PART_OF && total;
  return found ? (GalleyRange){noun->start, noun->end} : (GalleyRange){0, 0};
}
