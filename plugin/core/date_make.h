// What the makers share: the kinds of expression, and the numbers of words.
#ifndef GALLEY_DATE_MAKE_H
#define GALLEY_DATE_MAKE_H

#include "date_context.h"
#include "date_rules.h"

enum { // numbers of the words of DATE_WHICH
  WORD_LAST = 1,
  WORD_PAST,
  WORD_PREVIOUS,
  WORD_NEXT,
  WORD_COMING,
  WORD_FOLLOWING,
  WORD_THIS,
  WORD_CURRENT,
  WORD_SAME,
  WORD_THAT,
  WORD_THESE,
  WORD_THOSE,
  WORD_RECENT,
  WORD_ENTIRE,
  WORD_ALL
};

static inline bool set_reference(DateMatch *match, DateReference reference) {
  match->expression.op = DATE_OP_REFERENCE;
  match->expression.which = (uint8_t)reference;
  match->type = GALLEY_DATE_DATE;
  return true;
}

static inline bool set_duration(DateMatch *match, DateUnit unit) {
  match->expression.op = DATE_OP_DURATION;
  match->expression.unit = (uint8_t)unit;
  match->type = GALLEY_DATE_DURATION;
  return true;
}

static inline bool set_set(DateMatch *match, DateUnit unit) {
  match->expression.op = DATE_OP_SET;
  match->expression.unit = (uint8_t)unit;
  match->type = GALLEY_DATE_SET;
  return true;
}

static inline bool starts_with_the(const DateMatch *match) {
  int32_t lead;
  return galley_date_word(match->block, match->first, GALLEY_CLASS_DATE_LEAD, &lead) && lead == 1;
}

static inline bool spells(const DateMatch *match, uint32_t at, const char *word) {
  return galley_date_spells(match->block, at, word);
}

static inline bool is_span_of_days(int32_t unit) {
  return unit >= DATE_UNIT_DAY;
}

#endif
