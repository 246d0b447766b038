// Numbers that are no figures: versions, telephone numbers, addresses, scores, labels, names.
#include "figure.h"

#include <string.h>

#define PHONE_GROUPS 3  // joined groups of digits that make a telephone number or code
#define FIRST_YEAR 1800 // of a bare number that is a year where it counts nothing
#define LAST_YEAR 2099
#define FIRST_SURE_YEAR 1900 // "2014 protests" is a year all the same
#define LAST_SURE_YEAR 2035
#define SENTENCE_REACH 60 // tokens looked at on either side for a cue

static bool is_number(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_NUMBER;
}

bool galley_figure_has_cue(const GalleyBlockView *block, uint32_t at, FigureCue cue) {
  uint16_t sentence = figure_token(block, at)->sentence;
  uint32_t from = at > SENTENCE_REACH ? at - SENTENCE_REACH : 0;
  for (uint32_t i = from; i < at + SENTENCE_REACH && i < block->token_count; i++) {
    const GalleyToken *token = &block->tokens[i];
    if (token->sentence == sentence && figure_cue(token) == cue) return true;
  }
  return false;
}

static bool is_joiner(const GalleyToken *token) {
  return figure_is_dash(token) || figure_is_punct(token, '/') || figure_is_punct(token, '.') ||
         figure_is_punct(token, ':');
}

// The last token of digits joined by marks that starts at `at`; `groups` counts them.
static uint32_t joined_digits(const GalleyBlockView *block, uint32_t at, uint32_t *groups) {
  *groups = 1;
  for (;;) {
    const GalleyToken *joiner = figure_token(block, at + 1), *next = figure_token(block, at + 2);
    bool more =
        is_joiner(joiner) && figure_is_joined(joiner) && is_number(next) && figure_is_joined(next);
    if (!more) return at;
    at += 2;
    ++*groups;
  }
}

// "555-123-4567", "+44 20 7946 0000", "(202) 555-0147", "10.0.0.1", "9/11", "555-0147".
static bool is_code(const GalleyBlockView *block, uint32_t at, uint32_t *skip) {
  uint32_t groups;
  const GalleyToken *before = figure_token(block, at - 1);
  bool plus = figure_is_punct(before, '+') && figure_is_joined(figure_token(block, at)) &&
              !figure_is_joined(before);
  *skip = joined_digits(block, at, &groups);
  if (plus && figure_length(figure_token(block, at)) <= 3) {
    while (is_number(figure_token(block, *skip + 1)))
      *skip = joined_digits(block, *skip + 1, &groups);
    if (*skip > at) return true;
  }
  if (groups >= PHONE_GROUPS) return true;
  const GalleyToken *close = figure_token(block, at + 1);
  bool area = figure_is_punct(before, '(') && figure_is_punct(close, ')') &&
              figure_length(figure_token(block, at)) == 3 && is_number(figure_token(block, at + 2));
  if (area) {
    *skip = joined_digits(block, at + 2, &groups);
    return groups == 2;
  }
  if (groups != 2) return false;
  const GalleyToken *joiner = figure_token(block, at + 1);
  bool local = figure_is_dash(joiner) && figure_length(figure_token(block, at)) == 3 &&
               figure_length(figure_token(block, at + 2)) == 4 &&
               !galley_figure_is_plural(block, at + 3) &&
               !figure_is_punct(figure_token(block, at + 3), '%');
  if (local) return true;
  GalleyFigureNumber number;
  bool slash = figure_is_punct(joiner, '/');
  return slash && (!galley_figure_read_number(block, at, &number) || number.last == at);
}

// "10 Downing Street", "1600 Pennsylvania Avenue".
static bool is_address(const GalleyBlockView *block, uint32_t at) {
  for (uint32_t i = at + 1; i <= at + 4; i++) {
    const GalleyToken *token = figure_token(block, i);
    if (token->kind != GALLEY_TOKEN_WORD || !(token->shape & GALLEY_SHAPE_CAPITAL)) return false;
    if (i > at + 1 && figure_cue(token) == FIGURE_CUE_STREET) return true;
  }
  return false;
}

// Letters right behind digits that are no unit, scale or ordinal: "4K", "737s", "320x240", "2D".
static bool is_model(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *word = figure_token(block, at + 1);
  if (word->kind == GALLEY_TOKEN_CLITIC) return true; // the 1990's, 747's
  if (word->kind != GALLEY_TOKEN_WORD || !figure_is_joined(word)) return false;
  bool power = word->shape & GALLEY_SHAPE_DIGIT &&
               ((block->bytes[word->start] | 0x20) == 'e' || block->bytes[word->start] == 'x');
  if (power) return false; // the numeral's reader knows
  const uint64_t known = GALLEY_IS(GALLEY_CLASS_SCALE) | GALLEY_IS(GALLEY_CLASS_UNIT) |
                         GALLEY_IS(GALLEY_CLASS_CURRENCY);
  if (word->classes & known) return false;
  bool times = figure_length(word) == 1 && block->bytes[word->start] == 'x';
  return !times && figure_part(word) != FIGURE_PART_ORDINAL_END;
}

// Whether a parenthesis is open at token `at`.
static bool is_in_parenthesis(const GalleyBlockView *block, uint32_t at) {
  for (uint32_t i = at; i > 0 && at - i < SENTENCE_REACH; i--) {
    const GalleyToken *token = figure_token(block, i - 1);
    if (figure_is_punct(token, '(')) return true;
    if (figure_is_punct(token, ')')) return false;
  }
  return false;
}

// "1." and "2.1 Methods" at the start of a line, "either 1) this or 2) that".
static bool is_list_mark(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = figure_token(block, at), *next = figure_token(block, at + 1);
  const GalleyToken *after = figure_token(block, at + 2);
  bool inner = figure_is_punct(next, ')') && figure_is_joined(next) && figure_length(token) < 3 &&
               after->kind == GALLEY_TOKEN_WORD && !is_in_parenthesis(block, at);
  if (inner) return true;
  if (!(token->shape & GALLEY_SHAPE_LINE_START)) return false;
  bool mark = (figure_is_punct(next, '.') || figure_is_punct(next, ')')) && figure_is_joined(next);
  bool list =
      mark && after->kind != GALLEY_TOKEN_OPAQUE && !(after->shape & GALLEY_SHAPE_LINE_START);
  bool section = block->kind == GALLEY_BLOCK_HEADING && at == 0 &&
                 next->kind == GALLEY_TOKEN_WORD && next->shape & GALLEY_SHAPE_CAPITAL &&
                 !figure_is(next, GALLEY_CLASS_SCALE) &&
                 memchr(block->bytes + token->start, '.', figure_length(token)) != NULL;
  return list || section;
}

// "F-16", "mid-50s", "one-on-one": the number is the end of a compound.
static bool is_compound_end(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = figure_token(block, at), *dash = figure_token(block, at - 1),
                    *word = figure_token(block, at - 2);
  if (!figure_is_dash(dash) || !figure_is_joined(dash) || !figure_is_joined(token)) return false;
  const uint64_t numeral =
      GALLEY_IS(GALLEY_CLASS_NUMBER_WORD) | GALLEY_IS(GALLEY_CLASS_FIGURE_PART);
  return word->kind == GALLEY_TOKEN_WORD && !(word->classes & numeral);
}

// Whether "6-4" begins at token `at`; `falls`: its second number is not the higher one.
static bool is_pair(const GalleyBlockView *block, uint32_t at, bool *falls) {
  const GalleyToken *token = figure_token(block, at), *dash = figure_token(block, at + 1),
                    *next = figure_token(block, at + 2);
  if (!is_number(token) || !figure_is_dash(dash) || !is_number(next)) return false;
  GalleyDecimal first, second;
  int32_t digit;
  bool read =
      galley_decimal_read(block->bytes + token->start, figure_length(token), &first, &digit) &&
      galley_decimal_read(block->bytes + next->start, figure_length(next), &second, &digit);
  *falls = !read || galley_decimal_double(&first) >= galley_decimal_double(&second);
  return true;
}

// "6-4, 3-6, 7-5": among pairs with commas between them one that falls makes all of them scores.
static bool is_in_list_of_scores(const GalleyBlockView *block, uint32_t at) {
  enum { STEP = 4, REACH = 4 * STEP }; // first number, dash, second number, comma
  bool falls = false;
  for (uint32_t i = at; i - at < REACH && figure_is_punct(figure_token(block, i + 3), ',');) {
    i += STEP;
    if (!is_pair(block, i, &falls)) break;
    if (falls) return true;
  }
  for (uint32_t i = at; at - i < REACH && i >= STEP;) {
    i -= STEP;
    if (!is_pair(block, i, &falls) || !figure_is_punct(figure_token(block, i + 3), ',')) break;
    if (falls) return true;
  }
  return false;
}

// "7-0", "6-4": a lower number does not follow in a range. `skip`: the second number.
static bool is_score(const GalleyBlockView *block, uint32_t at, uint32_t *skip) {
  bool falls = false;
  if (!is_pair(block, at, &falls)) return false;
  const GalleyToken *dash = figure_token(block, at + 1), *next = figure_token(block, at + 2);
  bool joined = figure_is_joined(dash) && figure_is_joined(next);
  bool apart = !figure_is_joined(dash) && !figure_is_joined(next) &&
               galley_figure_has_cue(block, at, FIGURE_CUE_GAME);
  if ((!joined && !apart) || figure_length(next) > 3) return false;
  const GalleyToken *after = figure_token(block, at + 3);
  bool measured = figure_is_punct(after, '%') || galley_figure_is_plural(block, at + 3) ||
                  figure_is(after, GALLEY_CLASS_UNIT) || figure_is(after, GALLEY_CLASS_SCALE);
  if (measured || galley_figure_has_cue(block, at, FIGURE_CUE_VOTE)) return false;
  *skip = at + 2;
  return falls || is_in_list_of_scores(block, at) ||
         galley_figure_has_cue(block, at, FIGURE_CUE_GAME);
}

// Whether the small word at `at` joins a number to another: "one [in] five", "one [and] a half".
static bool leads_to_number(const GalleyBlockView *block, uint32_t at) {
  switch (figure_part(figure_token(block, at))) {
  case FIGURE_PART_IN:
  case FIGURE_PART_OUT:
  case FIGURE_PART_AND:
  case FIGURE_PART_OR:
  case FIGURE_PART_TO:
  case FIGURE_PART_OVER:
  case FIGURE_PART_POINT:
    break;
  default:
    return false;
  }
  for (uint32_t i = at + 1; i <= at + 2; i++) {
    const GalleyToken *token = figure_token(block, i);
    if (is_number(token) || figure_is(token, GALLEY_CLASS_NUMBER_WORD)) return true;
    FigurePart part = figure_part(token);
    bool link = part == FIGURE_PART_OF || part == FIGURE_PART_EVERY || part == FIGURE_PART_A;
    if (!link) return false;
    if (part == FIGURE_PART_A) return figure_is(figure_token(block, i + 1), GALLEY_CLASS_FRACTION);
  }
  return false;
}

// "one" that stands for a noun: "this one", "no one", "one of the", "one who".
static bool is_pronoun_one(const GalleyBlockView *block, uint32_t at) {
  int32_t value = 0;
  const GalleyToken *token = figure_token(block, at);
  if (!figure_is(token, GALLEY_CLASS_NUMBER_WORD) ||
      !galley_lexicon_value(token->word, GALLEY_CLASS_NUMBER_WORD, &value) || value != 1) {
    return false;
  }
  const GalleyToken *before = figure_token(block, at - 1), *next = figure_token(block, at + 1);
  FigurePart part = figure_part(next);
  const uint64_t counted = GALLEY_IS(GALLEY_CLASS_SCALE) | GALLEY_IS(GALLEY_CLASS_UNIT) |
                           GALLEY_IS(GALLEY_CLASS_FRACTION) | GALLEY_IS(GALLEY_CLASS_CURRENCY) |
                           GALLEY_IS(GALLEY_CLASS_ORDINAL_WORD);
  if (next->classes & counted) return false;
  if (figure_cue(before) == FIGURE_CUE_POINTER || figure_part(before) == FIGURE_PART_NO ||
      figure_part(before) == FIGURE_PART_EVERY) {
    return true;
  }
  if (part == FIGURE_PART_PER || leads_to_number(block, at + 1)) return false;
  if (figure_is_punct(next, '%')) return false;
  if (figure_is_dash(next)) {
    const GalleyToken *word = figure_token(block, at + 2);
    return !(word->classes & counted) && figure_part(word) != FIGURE_PART_TO;
  }
  bool minus = figure_part(before) == FIGURE_PART_MINUS || figure_is(before, GALLEY_CLASS_HEDGE);
  return !minus && (next->kind != GALLEY_TOKEN_WORD || figure_is(next, GALLEY_CLASS_FUNCTION) ||
                    figure_cue(next) == FIGURE_CUE_POINTER);
}

bool galley_figure_is_guarded(const GalleyBlockView *block, uint32_t at, uint32_t *skip) {
  const GalleyToken *token = figure_token(block, at), *before = figure_token(block, at - 1);
  *skip = at;
  if (is_compound_end(block, at)) return true;
  if (!is_number(token)) return is_pronoun_one(block, at);
  bool numbered =
      figure_is_joined(token) && (figure_is_punct(before, '#') || figure_is_punct(before, '@') ||
                                  figure_is_punct(before, 0x2116) || figure_is_punct(before, '.'));
  return numbered || is_code(block, at, skip) || is_address(block, at) || is_model(block, at) ||
         is_list_mark(block, at) || is_score(block, at, skip);
}

// A year that no date claimed.
static bool is_year(const GalleyBlockView *block, const GalleyFigureNumber *number) {
  const GalleyToken *token = figure_token(block, number->first);
  double year = galley_decimal_double(&number->value);
  bool shaped = number->digits && number->first == number->last && figure_length(token) == 4;
  if (!shaped || year < FIRST_YEAR || year > LAST_YEAR) return false;
  bool recent = year >= FIRST_SURE_YEAR && year <= LAST_SURE_YEAR;
  return recent || !galley_figure_is_plural(block, number->last + 1);
}

// "Boeing 747", "ISO 9001": the number after a name, unless it counts what follows.
static bool is_part_of_name(const GalleyBlockView *block, const GalleyFigureNumber *number) {
  const GalleyToken *before = figure_token(block, number->first - 1);
  const GalleyToken *token = figure_token(block, number->first);
  if (before->kind != GALLEY_TOKEN_WORD || !(before->shape & GALLEY_SHAPE_CAPITAL)) return false;
  if (before->sentence != token->sentence) return false;
  const GalleyToken *other = figure_token(block, number->first - 2);
  bool shouted = other->shape & GALLEY_SHAPE_ALL_CAPS && other->sentence == token->sentence;
  bool acronym = before->shape & GALLEY_SHAPE_ALL_CAPS && figure_length(before) <= 5 && !shouted &&
                 !(before->classes & GALLEY_IS(GALLEY_CLASS_FUNCTION));
  bool name = (before->taken & 1u << GALLEY_KIND_ENTITY) != 0;
  return (acronym || name) && (number->digits || token->shape & GALLEY_SHAPE_CAPITAL);
}

// "1,284": counts and pages are written so, "Season 3" and "Gate 12" are not.
static bool is_grouped(const GalleyBlockView *block, const GalleyFigureNumber *number) {
  const GalleyToken *token = figure_token(block, number->first);
  return memchr(block->bytes + token->start, ',', figure_length(token)) != NULL;
}

bool galley_figure_is_label(const GalleyBlockView *block, const GalleyFigureNumber *number) {
  const GalleyToken *before = figure_token(block, number->first - 1);
  if (number->vague || number->fraction || number->scale) return false;
  bool counted = galley_figure_is_plural(block, number->last + 1);
  FigureCue cue = figure_cue(before);
  bool labelled =
      ((cue == FIGURE_CUE_LABEL && !is_grouped(block, number)) || cue == FIGURE_CUE_REFERENCE) &&
      figure_part(before) != FIGURE_PART_NO;
  // "No. 5" carries its point; the "no" of "no 5 points" does not.
  if (figure_part(before) == FIGURE_PART_NO) labelled = (before->shape & GALLEY_SHAPE_POINT) != 0;
  if (labelled) return !counted || before->shape & (GALLEY_SHAPE_CAPITAL | GALLEY_SHAPE_POINT);
  if (is_year(block, number)) return true;
  return !counted && is_part_of_name(block, number);
}
