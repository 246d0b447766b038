// Whether a scan of a text finds the blocks and leaves that its tree has.
#ifndef GALLEY_SCAN_COMPARE_H
#define GALLEY_SCAN_COMPARE_H

#include "syntax.h"

// NULL when it does, both from the text's start on and from the start of each block; else what
// differs first.
const char *scan_difference(const GalleySyntax *syntax, const GalleyText *text);

#endif
