// What must hold of a document whatever its bytes are.
#ifndef GALLEY_FUZZ_CHECK_H
#define GALLEY_FUZZ_CHECK_H

#include "document.h"

// NULL when all holds; else what does not, in words (valid until the next call). Resolves it.
const char *fuzz_check(GalleyDocument *document);

// As fuzz_check, and the document must also equal one that is made of its text at once.
const char *fuzz_check_fresh(GalleyDocument *document);

#endif
