// Number words: "four hundred and seventy-six", "two-thirds".
#include "figure.h"

typedef enum { WORD_NONE, WORD_UNIT, WORD_TENS, WORD_HUNDRED, WORD_SCALE } WordKind;

static bool take_small(GalleyFigureWords *self, uint64_t value) {
  bool fits = self->before == WORD_NONE || self->before == WORD_SCALE ||
              (self->before == WORD_HUNDRED && value < 100) ||
              (self->before == WORD_TENS && value > 0 && value < 10);
  if (!fits) return false;
  self->current += value;
  self->before = value >= 20 ? WORD_TENS : WORD_UNIT;
  self->digit = 0;
  return true;
}

static bool take_scale(GalleyFigureWords *self, int32_t power) {
  if (power == 2) {
    if (self->before == WORD_SCALE || self->before == WORD_HUNDRED || self->current > 99) {
      return false;
    }
    self->current = (self->before == WORD_NONE ? 1 : self->current) * 100;
    self->before = WORD_HUNDRED;
    self->digit = 2;
    return true;
  }
  uint64_t factor = figure_integer_power(power);
  if (power < self->limit) {
    if (self->before == WORD_SCALE) return false;
    self->total += (self->before == WORD_NONE ? 1 : self->current) * factor;
    self->limit = power;
  } else if (self->before == WORD_SCALE && self->total <= UINT64_MAX / factor / 1000) {
    self->total *= factor; // three lakh crore
  } else {
    return false;
  }
  if (self->digit < power) self->digit = power;
  if (self->scale < power) self->scale = power;
  self->current = 0;
  self->before = WORD_SCALE;
  return true;
}

static bool is_number_word(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_WORD && figure_is(token, GALLEY_CLASS_NUMBER_WORD);
}

// A scale that stands in full: "million", not "m" or the vague "millions".
int32_t galley_figure_scale_word(const GalleyToken *token) {
  if (token->kind != GALLEY_TOKEN_WORD || figure_length(token) < 4) return 0;
  return figure_cue(token) == FIGURE_CUE_VAGUE ? 0 : figure_value(token, GALLEY_CLASS_SCALE);
}

// Reads what "and" adds to a hundred or a scale: "two hundred [and three]".
static bool read_and(const GalleyBlockView *block, uint32_t at, GalleyFigureWords *self) {
  if (self->before != WORD_HUNDRED && self->before != WORD_SCALE) return false;
  if (self->apart || !is_number_word(figure_token(block, at))) return false;
  GalleyDecimal fraction;
  uint32_t last;
  if (galley_figure_read_fraction(block, at, &fraction, &last)) return false; // and three quarters
  int32_t limit = self->before == WORD_HUNDRED ? 2 : self->limit;
  GalleyFigureWords added = {.limit = limit};
  if (!galley_figure_read_words(block, at, &added)) return false;
  // "one million and two million" are two numbers: the next word must not be a scale that the
  // number before could not have held.
  int32_t power =
      galley_figure_scale_word(figure_token(block, figure_after_hyphen(block, added.last)));
  if (power == 2 || power >= self->limit) return false;
  uint64_t value = added.total + added.current;
  if (value == 0 || value >= figure_integer_power(limit)) return false;
  if (self->before == WORD_HUNDRED) {
    self->current += value;
  } else {
    self->total += value;
  }
  self->digit = added.digit;
  self->last = added.last;
  self->before = WORD_UNIT;
  return true;
}

// Reads the longest run of number words from `at`.
bool galley_figure_read_words(const GalleyBlockView *block, uint32_t at, GalleyFigureWords *self) {
  uint32_t start = at;
  for (;;) {
    const GalleyToken *token = figure_token(block, at);
    int32_t power = galley_figure_scale_word(token);
    bool taken = is_number_word(token)
                     ? take_small(self, (uint64_t)figure_value(token, GALLEY_CLASS_NUMBER_WORD))
                     : power >= 2 && power <= GALLEY_FIGURE_SCALE_MAX &&
                           (power != 2 || self->limit > 2) && take_scale(self, power);
    if (!taken) return at > start;
    self->last = at;
    at = figure_after_hyphen(block, at);
    if (figure_part(figure_token(block, at)) == FIGURE_PART_AND) {
      if (read_and(block, at + 1, self)) at = self->last + 1;
      if (at != self->last + 1 || !galley_figure_scale_word(figure_token(block, at))) return true;
    }
  }
}

// The denominator that the word names: thirds, half; "third" after one. 0 when it names none.
uint32_t galley_figure_denominator(const GalleyToken *token, bool one) {
  if (token->kind != GALLEY_TOKEN_WORD) return 0;
  int32_t value = figure_value(token, GALLEY_CLASS_FRACTION);
  if (value == 0 && one) value = figure_value(token, GALLEY_CLASS_ORDINAL_WORD);
  return value > 2 || figure_is(token, GALLEY_CLASS_FRACTION) ? (uint32_t)value : 0;
}

// Whether `count` parts of this size are spoken of: "two-thirds"; more than the whole only in words
// that are nothing else ("twenty fifths", but "four quarters" are a year).
bool galley_figure_is_count_of(uint64_t count, uint32_t denominator) {
  return count > 0 && (count < denominator || (denominator != 2 && denominator != 4));
}

// Reads "a half", "two-thirds", "fifty-four hundredths" at `at`.
bool galley_figure_read_fraction(const GalleyBlockView *block, uint32_t at, GalleyDecimal *out,
                                 uint32_t *last) {
  GalleyFigureWords count = {.limit = 3, .apart = true};
  uint32_t next = at + 1;
  if (figure_part(figure_token(block, at)) == FIGURE_PART_A) {
    count.current = 1;
  } else if (galley_figure_read_words(block, at, &count)) {
    next = figure_after_hyphen(block, count.last);
  } else {
    return false;
  }
  uint32_t denominator = galley_figure_denominator(figure_token(block, next), count.current == 1);
  if (denominator == 0 || !galley_figure_is_count_of(count.current, denominator)) return false;
  *out = (GalleyDecimal){count.current, denominator, 0, false};
  *last = next;
  return true;
}
