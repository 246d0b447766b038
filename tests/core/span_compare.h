// Whether two documents say the same: text, blocks and every field of every span.
#ifndef GALLEY_SPAN_COMPARE_H
#define GALLEY_SPAN_COMPARE_H

#include "document.h"

// NULL when they are the same, trees too; else what differs first, in words (valid until the next
// call).
const char *document_difference(GalleyDocument *a, GalleyDocument *b);

#endif
