// What tests can say about a span: facts by name, as text.
#ifndef GALLEY_FACT_H
#define GALLEY_FACT_H

#include <stdio.h>

#include "document.h"

enum { FACT_SIZE = 4096 }; // bytes that a fact may take, NUL included; longer texts are cut

// A span in its place.
typedef struct {
  const GalleyDocument *document; // resolved
  const GalleyBlockRecord *block;
  const GalleySpan *span;
} Fact;

const char *fact_type(const GalleySpan *span);

// Writes what is known of the span under `key` ("rule", "speaker", ...) into `out`, FACT_SIZE
// bytes, escaped as in a probe file. False: a span of this kind has no such fact.
bool fact_write(const Fact *found, const char *key, char *out);

// Writes the span as an expectation of a probe file.
void fact_print(const Fact *found, FILE *out);

#endif
