// Amounts that can be compared: value, interval and unit on one scale. Private to match*.c.
#ifndef GALLEY_MATCH_AMOUNT_H
#define GALLEY_MATCH_AMOUNT_H

#include "match_read.h"

typedef struct {
  double value, low, high; // of a range: its ends, `value` the first
  char unit[12];           // "" none; lengths, weights and so on by their base: m, kg, L, ...
  char hedge;              // '~', '<', '>' or 0
  uint8_t type;            // GalleyFigureType
  bool range;              // from low to high
  bool scaled;             // a word of its own gave it a power of ten
  char loose;              // money in a word or sign of several countries: '$', 'c' cents; 0 else
} GalleyAmount;

GalleyAmount galley_amount_of_span(const GalleySpan *span);
GalleyAmount galley_amount_of_fact(const GalleyFact *fact);

// How a bare number of a table or cell is to be read: what its label says of scale and unit.
// `code` is the unit that is looked for ("m3"), found whole in the label however it is joined.
void galley_amount_apply_label(GalleyAmount *self, const char *bytes, uint32_t start, uint32_t end,
                               const char *code);

// The same from notes to a table: "in thousands of euro", "£m". False when they say nothing.
bool galley_amount_apply_notes(GalleyAmount *self, const char *bytes, uint32_t start, uint32_t end);

// The unit of a bare number by the sign that stands right behind it: `code` when "16,000 t" has it
// at `at`.
void galley_amount_apply_text(GalleyAmount *self, const char *bytes, uint32_t at, uint32_t length,
                              const char *code);

// "412 gigawatt-hours": power times the hours that stand behind it at `at`.
void galley_amount_add_hours(GalleyAmount *self, const char *bytes, uint32_t at, uint32_t length);

// GalleyAmount.loose of a unit as it is written.
char galley_amount_loose(const char *bytes, GalleyRange unit);

typedef enum {
  GALLEY_AMOUNTS_APART, // of different things: never compared
  GALLEY_AMOUNTS_DIFFER,
  GALLEY_AMOUNTS_ROUND,
  GALLEY_AMOUNTS_EQUAL,
} GalleyAmountMatch;

GalleyAmountMatch galley_amount_compare(const GalleyAmount *article, const GalleyAmount *source);

// Digits that tell the value from others: 1,200 has two.
uint32_t galley_amount_digits(double value);

#endif
