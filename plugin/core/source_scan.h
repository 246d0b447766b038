// Words and numbers of plain bytes, for the index of sources: no tree, no block, one pass.
//
// The index wants to know fast which passages could hold an answer; the core reads those few
// properly afterwards. Article and sources go through the same scanner, so their hashes compare.
#ifndef GALLEY_SOURCE_SCAN_H
#define GALLEY_SOURCE_SCAN_H

#include <stdbool.h>
#include <stdint.h>

typedef enum {
  GALLEY_SCAN_WORD,
  GALLEY_SCAN_NUMBER, // digits with inner commas and points
} GalleyScanKind;

enum {                        // GalleyScanWord.flags
  GALLEY_SCAN_COMMON = 1,     // a word of grammar: says nothing of what a text is about
  GALLEY_SCAN_CAPITAL = 2,    // starts with a capital
  GALLEY_SCAN_POSSESSIVE = 4, // ended in 's, which `end` leaves out
  GALLEY_SCAN_PLAIN = 8,      // a word that any text may have
};

typedef struct {
  uint32_t start, end; // bytes
  uint32_t hash;       // of the folded word, or of the digits without commas
  uint32_t stem;       // of the word without its ending; of a number as `hash`
  uint32_t word;       // lexicon id, 0 if unknown
  uint32_t mantissa;   // of a number: its first nine digits from the first that is not 0; 0 for 0
  uint8_t kind, flags;
} GalleyScanWord;

// Reads the next word or number in bytes [*at, length) and moves *at behind it. False at the end.
// Hyphens, dashes and spaces part words; an apostrophe between letters does not.
bool galley_scan_next(const char *bytes, uint32_t length, uint32_t *at, GalleyScanWord *out);

// The mantissa of a positive value as GalleyScanWord has it: nine digits, the first not 0.
uint32_t galley_scan_mantissa(double value);

// Digits of a mantissa up to its last that is not 0; 1 for 0.
uint32_t galley_scan_digits(uint32_t mantissa);

#define GALLEY_MANTISSA_LOW 100000000u // mantissas are in [LOW, 10 * LOW)

#endif
