// How a fact stands in its text: the sentence, or the headers of a table's row and column. Private
// to match*.c.
#ifndef GALLEY_MATCH_SETTING_H
#define GALLEY_MATCH_SETTING_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

typedef struct {
  GalleyRange near[2]; // what says most about the fact; the second may be empty
  GalleyRange notes; // text before a table that may say what its bare numbers are in; may be empty
  bool labelled;     // `near` are the label of a cell or the headers of row and column
  bool header;       // the fact itself is part of a label or header
} GalleySetting;

// `line` is the table row, or the line "Orders, 2025: 1,204", that bytes [start, end) are in. False
// when it is neither: a sentence then says what there is to say.
bool galley_setting_make(const char *bytes, uint32_t length, GalleyRange line, uint32_t start,
                         uint32_t end, GalleySetting *out);

#endif
