// Whether the findings of documents are sound, and the same.
#ifndef GALLEY_FINDING_COMPARE_H
#define GALLEY_FINDING_COMPARE_H

#include "document.h"

// Both run the checks. NULL when all is well; else what is not, in words (valid until the next
// call).
const char *findings_wrong(GalleyDocument *document);
const char *findings_difference(GalleyDocument *a, GalleyDocument *b);

#endif
