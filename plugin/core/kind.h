// The kind table: names, letters, highlight groups and help of every kind of span and its types.
// Code, :help and the CLI read it, so a new kind is one row here and one annotator file.
#ifndef GALLEY_KIND_H
#define GALLEY_KIND_H

#include <stdint.h>

#include "span.h"

typedef enum { // rows of galley_groups
  GALLEY_GROUP_PERSON,
  GALLEY_GROUP_ORGANIZATION,
  GALLEY_GROUP_PLACE,
  GALLEY_GROUP_OTHER,
  GALLEY_GROUP_DATE,
  GALLEY_GROUP_QUOTE,
  GALLEY_GROUP_QUOTE_INDIRECT,
  GALLEY_GROUP_QUOTE_MARK,
  GALLEY_GROUP_SPEAKER,
  GALLEY_GROUP_FIGURE,
  GALLEY_GROUP_CITATION,
  GALLEY_GROUP_NONE, // not drawn
} GalleyGroup;

typedef struct {
  const char *name; // as users and scripts see it
  uint8_t group;    // GalleyGroup
} GalleyTypeRow;

typedef struct {
  const char *name;
  const char *letter; // for maps and text objects
  const char *help;
  uint8_t group; // GalleyGroup of the kind as a whole
  const GalleyTypeRow *types;
  uint32_t type_count;
} GalleyKindRow;

extern const GalleyKindRow galley_kinds[GALLEY_KIND_COUNT];
extern const char *const galley_groups[GALLEY_GROUP_NONE];

// The type of a span as it is after galley_document_resolve.
const GalleyTypeRow *galley_span_type(const GalleySpan *span);

#endif
