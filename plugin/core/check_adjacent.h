// Two figures that say the same in different units: "£2.6bn ($3.3bn)", "30 ft, or 9 m".
#ifndef GALLEY_CHECK_ADJACENT_H
#define GALLEY_CHECK_ADJACENT_H

#include "check.h"
#include "check_interval.h"

typedef struct {
  GalleyOperand first, second; // with their sign taken off
  bool first_negative, second_negative;
  uint32_t second_span; // index
} CheckAdjacent;

// Reads the pair whose first figure is span `index`. False: none. Works without tokens too.
bool check_adjacent_read(const GalleyBlockView *view, uint32_t index, CheckAdjacent *out);

#define CHECK_PHRASE_SIZE 128
// Writes `value` as the operand is written: "$4.7 million" like "$5.1 million".
void check_write_operand(const char *bytes, const GalleyOperand *operand, double value,
                         char out[CHECK_PHRASE_SIZE]);
// Offers to write `value` in place of the operand's digits, in its style.
void check_offer_operand(GalleyFindingList *found, const char *bytes, const GalleyOperand *operand,
                         double value);
// The same in a list of the document: `base` is the block's first byte.
void check_offer_operand_at(GalleyFindingList *found, const char *bytes, uint32_t base,
                            const GalleyOperand *operand, double value);

#endif
