// Spans as JSON, as `galley annotate` writes them: the same bytes for the same values, and valid
// whatever bytes the text holds.
#ifndef GALLEY_SPAN_JSON_H
#define GALLEY_SPAN_JSON_H

#include "document.h"

// What is written so far. All zeros is empty.
typedef struct {
  char *bytes; // no NUL at the end
  size_t length, capacity;
  bool failed; // memory ended: what was written since is lost
} GalleyJson;

void galley_json_free(GalleyJson *self);

// Writes the spans of a resolved document that are shown, one object each, `separator` between
// them. False when memory ends.
bool galley_json_spans(GalleyJson *self, const GalleyDocument *document, const char *separator);

#endif
