// The families of checks. Each reports by galley_check_begin; false when memory ends.
#ifndef GALLEY_CHECK_FAMILY_H
#define GALLEY_CHECK_FAMILY_H

#include "check.h"

// Of a block.
bool galley_check_change(
    GalleyCheckBlock *block); // percent-change, direction, factor, percent-point
bool galley_check_ratio(GalleyCheckBlock *block); // ratio-percent, percent-impossible
bool galley_check_total(GalleyCheckBlock *block); // parts-total, in sentences
bool galley_check_grid(GalleyCheckBlock *block);  // parts-total, in Markdown tables

#endif
