// Words of a quote and of a source side by side. Private to match*.c.
//
// Marks, spaces, dashes and letter case are no words, so what an editor may tidy never shows up as
// a difference; a figure, a sign of currency and "percent" in any spelling are words. "We've" is
// two words and "a hundred and seventeen" is one, the number 117.
#ifndef GALLEY_MATCH_ALIGN_H
#define GALLEY_MATCH_ALIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "match.h"

typedef enum {
  GALLEY_ALIGN_WORD,
  GALLEY_ALIGN_NUMBER,   // digits or a currency sign
  GALLEY_ALIGN_ELLIPSIS, // of a quote: words are left out here
  GALLEY_ALIGN_BRACKET,  // of a quote: a word that the writer put there, in [brackets]
} GalleyAlignKind;

typedef struct {
  uint32_t start, end;         // bytes of the text it was read from
  uint32_t hash;               // of the folded word; equal for "percent", "per cent" and "%"
  uint32_t stem;               // as the index has it
  uint32_t word;               // lexicon id
  uint32_t number;             // one more than the whole number it stands for; 0 none
  uint8_t kind;                // GalleyAlignKind
  bool common, capital, first; // `first` in its sentence
} GalleyAlignWord;

typedef struct {
  GalleyAlignWord *items;
  uint32_t count, capacity;
} GalleyAlignText;

// Appends the words of bytes [start, end), at most `most` in all. `quote`: brackets and dots are
// the writer's marks; else names of speakers at the start of a line are left out. False when
// memory ends.
bool galley_align_read(const char *bytes, uint32_t start, uint32_t end, bool quote, uint32_t most,
                       GalleyAlignText *out);
void galley_align_text_free(GalleyAlignText *self);

// The ALTER_WORD class of a word of the lexicon (words/source.txt), 0 none.
uint32_t galley_alter_class(uint32_t word);

typedef enum {
  GALLEY_STEP_SAME,
  GALLEY_STEP_OTHER, // a word of each that differ
  GALLEY_STEP_QUOTE, // a word that the quote alone has
  GALLEY_STEP_SOURCE,
  GALLEY_STEP_LEFT_OUT, // of the source, where the quote has an ellipsis or a bracket
  GALLEY_STEP_MARK,     // the ellipsis or bracket itself
} GalleyStepKind;

typedef struct {
  uint8_t kind;        // GalleyStepKind
  uint32_t at, source; // words of the quote and of the source that the step stands at
} GalleyStep;

typedef struct {
  GalleyStep *items; // in order; room for all words of both
  uint32_t count;
} GalleySteps;

// The cheapest way to read the quote in some stretch of the source, of at most 65535 words each.
// What stands before and behind that stretch is free. The caller frees out->items. False when
// memory ends.
bool galley_align(const GalleyAlignText *quote, const GalleyAlignText *source, GalleySteps *out);

bool galley_align_same(const GalleyAlignWord *a, const GalleyAlignWord *b);

// What kind of change it is to say words [a, a_end) instead of [b, b_end).
GalleyChange galley_align_change(const GalleyAlignWord *a, const GalleyAlignWord *a_end,
                                 const GalleyAlignWord *b, const GalleyAlignWord *b_end);

#endif
