// Interval arithmetic: a written number stands for all values that round to it.
#ifndef GALLEY_CHECK_INTERVAL_H
#define GALLEY_CHECK_INTERVAL_H

#include "annotate.h"

typedef struct {
  double low, high;
} GalleyInterval;

typedef enum { // what a hedge says of the number behind it
  GALLEY_HEDGE_NONE,
  GALLEY_HEDGE_ABOUT,  // 10% either way
  GALLEY_HEDGE_NEARLY, // up to 10% less
  GALLEY_HEDGE_UNDER,  // less than, at most
  GALLEY_HEDGE_OVER,   // more than, at least
} GalleyHedge;

typedef enum {         // how much an operand is widened
  GALLEY_WIDTH_STRICT, // as written: half the last digit, and the hedge
  GALLEY_WIDTH_ROUND,  // and the zeros that it ends in may be rounding
  GALLEY_WIDTH_NEAR,   // and off by one more last digit
} GalleyWidth;

// One number of the text as a check computes with it.
typedef struct {
  const GalleySpan *span;
  uint32_t start, end;         // bytes of the block: the figure, or its part of a range
  uint32_t digits, digits_end; // bytes: its digits, to be replaced; equal when it is in words
  double value;                // what is written, times its scale
  double factor;               // the value is the digits times this
  double step;                 // what one more of its last digit is worth
  double round_step;           // the same when the zeros at its end are rounding
  char unit[sizeof((GalleySpan *)0)->figure.unit_code];
  uint8_t decimals; // digits after the point
  uint8_t hedge;    // GalleyHedge
  bool grouped;     // 1,234
  bool count;       // a whole number of things: exact
  bool scaled;      // it has a scale: million, bn
} GalleyOperand;

#define GALLEY_OPERANDS_PER_SPAN 2 // a range is two

// Reads a figure's numbers: one, or two of a range. 0 when they cannot be computed with.
uint32_t galley_operands_read(const GalleyBlockView *view, const GalleySpan *span,
                              GalleyOperand out[GALLEY_OPERANDS_PER_SPAN]);

// The operand takes the scale of `other`: "from 4.1 to 5.2 million". False when it has its own.
bool galley_operand_share_scale(GalleyOperand *self, const GalleyOperand *other);

GalleyInterval galley_operand_interval(const GalleyOperand *self, GalleyWidth width);

// Change from `from` to `to` in percent; both are above 0.
GalleyInterval galley_interval_change(GalleyInterval from, GalleyInterval to);
GalleyInterval galley_interval_subtract(GalleyInterval a, GalleyInterval b);
GalleyInterval galley_interval_add(GalleyInterval a, GalleyInterval b);
GalleyInterval galley_interval_scale(GalleyInterval a, double factor);
GalleyInterval galley_interval_divide(GalleyInterval a, GalleyInterval b); // all above 0
bool galley_interval_meet(GalleyInterval a, GalleyInterval b); // either may be unbounded

#define GALLEY_NUMBER_SIZE 48

// Writes `value` (in the operand's unit) in the operand's style: its scale, decimals and grouping.
void galley_operand_write(const GalleyOperand *self, double value, char out[GALLEY_NUMBER_SIZE]);
// Writes `value` with `decimals` digits after the point, grouped by commas if asked.
void galley_number_write(double value, int decimals, bool grouped, char out[GALLEY_NUMBER_SIZE]);

#endif
