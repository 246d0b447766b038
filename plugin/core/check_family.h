// The families of checks. Each reports by galley_check_begin; false when memory ends.
#ifndef GALLEY_CHECK_FAMILY_H
#define GALLEY_CHECK_FAMILY_H

#include "check.h"

// Of a block.
bool galley_check_change(
    GalleyCheckBlock *block); // percent-change, direction, factor, percent-point

#endif
