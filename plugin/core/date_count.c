// Counts and ordinals in figures and words: 20, two and a half, several, 25th, twenty-fifth.
#include "date_parts.h"

#include <math.h>

enum { WORDS_MAX = 12 }; // longest number in words, in tokens

// Reads digits with commas and a point. False when the token is not such a number.
static bool read_figure(const GalleyBlockView *block, uint32_t at, double *value) {
  if (at >= block->token_count || block->tokens[at].kind != GALLEY_TOKEN_NUMBER) return false;
  const GalleyToken *token = &block->tokens[at];
  double scale = 0;
  *value = 0;
  if (token->end - token->start > 15) return false;
  for (uint32_t i = token->start; i < token->end; i++) {
    char c = block->bytes[i];
    if (c == '.') {
      if (scale > 0) return false;
      scale = 1;
    } else if (c != ',') {
      *value = *value * 10 + (c - '0');
      scale *= 10;
    }
  }
  if (scale > 1) *value /= scale;
  return true;
}

static bool number_word(const GalleyBlockView *block, uint32_t at, double *value) {
  int32_t number;
  if (!galley_date_word(block, at, GALLEY_CLASS_NUMBER_WORD, &number)) return false;
  *value = number;
  return true;
}

// A hyphen between the words of a number.
static bool is_inner_hyphen(const GalleyBlockView *block, uint32_t at) {
  return galley_date_is_mark(block, at, '-') && galley_date_tight(block, at) &&
         galley_date_tight(block, at + 1);
}

// Reads "twenty-five", "one hundred and fifty", "two thousand". Returns the token after, 0 if none.
static uint32_t read_words(const GalleyBlockView *block, uint32_t at, double *value) {
  double total = 0, group = 0, word;
  uint32_t end = 0;
  for (uint32_t i = at; i < block->token_count && i < at + WORDS_MAX;) {
    int32_t power;
    if (number_word(block, i, &word)) {
      bool follows = end == 0 || (word < 10 && fmod(group, 100) >= 20) || fmod(group, 100) < 1;
      if (!follows) break;
      group += word;
    } else if (end && galley_date_word(block, i, GALLEY_CLASS_SCALE, &power)) {
      if (power == 2) {
        group = (group > 0 ? group : 1) * 100;
      } else {
        total += (group > 0 ? group : 1) * pow(10, power);
        group = 0;
      }
    } else {
      break;
    }
    end = ++i;
    bool joined = is_inner_hyphen(block, i) || (galley_date_glue(block, i) == GLUE_AND &&
                                                fmod(group, 100) < 1 && group + total >= 100);
    if (joined && number_word(block, i + 1, &word)) i++;
  }
  *value = total + group;
  return end;
}

static uint32_t read_scale(const GalleyBlockView *block, uint32_t at, double *value) {
  int32_t power;
  bool scaled = galley_date_word(block, at, GALLEY_CLASS_SCALE, &power);
  if (!scaled) return at;
  *value *= pow(10, power);
  return at + 1;
}

// "and a half" and "-and-a-half" after a number.
static uint32_t read_half(const GalleyBlockView *block, uint32_t at, double *value) {
  uint32_t i = at, step = 1;
  if (is_inner_hyphen(block, i)) {
    i++;
    step = 2;
  }
  int32_t lead;
  if (galley_date_glue(block, i) != GLUE_AND) return at;
  if (step == 2 && !(is_inner_hyphen(block, i + 1) && is_inner_hyphen(block, i + 3))) return at;
  if (!galley_date_word(block, i + step, GALLEY_CLASS_DATE_LEAD, &lead) || lead != 2) return at;
  i += 2 * step;
  if (!galley_date_word(block, i, GALLEY_CLASS_DATE_LEAD, &lead) || lead != 3) return at;
  *value += 0.5;
  return i + 1;
}

static uint32_t read_exact(const GalleyBlockView *block, uint32_t at, double *value) {
  uint32_t end;
  if (read_figure(block, at, value)) {
    end = read_scale(block, at + 1, value);
  } else {
    end = read_words(block, at, value);
  }
  return end ? read_half(block, end, value) : 0;
}

// "a few", "several", "a couple of", "dozens of", "a dozen".
static uint32_t read_quantity(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  int32_t number;
  if (!galley_date_word(block, at, GALLEY_CLASS_DATE_QUANT, &number)) return 0;
  capture->e.count = number;
  if (number == 0) capture->e.flags |= DATE_VAGUE;
  uint32_t end = at + 1;
  if (galley_date_glue(block, end) == GLUE_MORE) end++;
  return galley_date_glue(block, end) == GLUE_OF ? end + 1 : end;
}

// "a", "an", "another", "a few", "a hundred", "half a", "a half".
static uint32_t read_article(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  int32_t lead, power;
  if (!galley_date_word(block, at, GALLEY_CLASS_DATE_LEAD, &lead)) return 0;
  if (lead == 6) { // another
    capture->e.count = 1;
    uint32_t end = read_exact(block, at + 1, &capture->e.count);
    if (!end) end = read_quantity(block, at + 1, capture);
    if (end) return end;
    capture->e.count = 1;
    return at + 1;
  }
  if (lead == 3) { // half
    int32_t next;
    capture->e.count = 0.5;
    bool article = galley_date_word(block, at + 1, GALLEY_CLASS_DATE_LEAD, &next) && next == 2;
    return article ? at + 2 : at + 1;
  }
  if (lead != 2) return 0;
  uint32_t end = read_quantity(block, at + 1, capture);
  if (end) return end;
  capture->e.count = 1;
  if (galley_date_word(block, at + 1, GALLEY_CLASS_SCALE, &power)) {
    capture->e.count = pow(10, power);
    return at + 2;
  }
  int32_t next;
  if (galley_date_word(block, at + 1, GALLEY_CLASS_DATE_LEAD, &next) && next == 3) {
    capture->e.count = 0.5;
    return at + 2;
  }
  capture->article = true;
  return at + 1;
}

// The second number of "two or three", "five to 10", "5-10": the count is then not exact.
static uint32_t read_second(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  uint32_t i = at;
  bool hyphen = is_inner_hyphen(block, i);
  if (hyphen && galley_date_glue(block, i + 1) == GLUE_TO && is_inner_hyphen(block, i + 2)) {
    i += 3;
  } else if (galley_date_is_dash(block, i) || galley_date_glue(block, i) == GLUE_TO ||
             galley_date_glue(block, i) == GLUE_OR) {
    i++;
  } else {
    return at;
  }
  double second;
  uint32_t end = read_exact(block, i, &second);
  if (!end || second <= capture->e.count) return at;
  capture->e.flags |= DATE_VAGUE;
  return end;
}

uint32_t galley_date_read_count(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  uint32_t end = read_exact(block, at, &capture->e.count);
  if (end) return read_second(block, end, capture);
  end = read_article(block, at, capture);
  return end ? end : read_quantity(block, at, capture);
}

uint32_t galley_date_read_ordinal(const GalleyBlockView *block, uint32_t at, int32_t *value,
                                  bool *figure_only) {
  *value = galley_date_digits(block, at);
  *figure_only = *value >= 0;
  if (*value >= 0) {
    bool suffix =
        galley_date_tight(block, at + 1) && galley_date_glue(block, at + 1) == GLUE_ORDINAL_END;
    *figure_only = !suffix;
    return suffix ? at + 2 : at + 1;
  }
  if (galley_date_word(block, at, GALLEY_CLASS_ORDINAL_WORD, value)) return at + 1;
  double tens;
  if (!number_word(block, at, &tens) || tens < 20 || !is_inner_hyphen(block, at + 1)) return 0;
  if (!galley_date_word(block, at + 2, GALLEY_CLASS_ORDINAL_WORD, value) || *value > 9) return 0;
  *value += (int32_t)tens;
  return at + 3;
}
