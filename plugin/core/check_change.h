// A statement of change: "rose 12% to $5.6bn from $5.0bn". Private to check_change*.c.
#ifndef GALLEY_CHECK_CHANGE_H
#define GALLEY_CHECK_CHANGE_H

#include "check_sentence.h"

#define CHANGE_NONE UINT32_MAX // no such atom

typedef struct {
  const CheckSentence *sentence;
  uint32_t word;        // atom of the word of change
  int direction;        // 1 up, -1 down
  double factor;        // of "doubled" 2, of "halved" 0.5; 0 none
  uint8_t hedge;        // GalleyHedge of the factor
  uint32_t percent;     // atoms: how much, relative or in points
  uint32_t amount;      // how much, in the unit of what changed
  uint32_t from, to;    // before and after
  bool loose;           // words that the frame does not know stand between: it may confirm only
  uint32_t first, last; // atoms that the statement covers
} CheckChange;

// Reads the statement of change whose word is atom `at`. False: none, or without two figures.
bool check_change_read(const CheckSentence *sentence, uint32_t at, CheckChange *out);

#endif
