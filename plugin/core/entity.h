// What the entity modules share.
#ifndef GALLEY_ENTITY_H
#define GALLEY_ENTITY_H

#include "annotate.h"

// GalleySpan.subtype of an entity.
typedef enum {
  GALLEY_ENTITY_PLAIN, // no subtype is clear
  GALLEY_ENTITY_CITY,
  GALLEY_ENTITY_COUNTRY,
  GALLEY_ENTITY_COMPANY,
  GALLEY_ENTITY_GOVERNMENT,
  GALLEY_ENTITY_MEDIA,
  GALLEY_ENTITY_PARTY,
  GALLEY_ENTITY_TEAM,
  GALLEY_ENTITY_EVENT,
  GALLEY_ENTITY_PRODUCT,
  GALLEY_ENTITY_LAW,
  GALLEY_ENTITY_DEMONYM,
  GALLEY_ENTITY_HANDLE,
  GALLEY_ENTITY_HASHTAG,
  GALLEY_ENTITY_SUBTYPE_COUNT
} GalleyEntitySubtype;

enum {                      // GalleySpan.entity.score
  GALLEY_SCORE_SHOWN = 128, // a name the block is less sure of is shown only if others speak for it
  GALLEY_SCORE_FIRM = 200,  // ... and one this sure speaks for others
};

// The subtype's name, "" for none.
const char *galley_entity_subtype_name(uint8_t subtype);

// Fills in what the words of tokens [first, end) say: key, first, head, initials, words, gender and
// the flags that a line tells.
void galley_entity_name(const GalleyBlockView *block, uint32_t first, uint32_t end,
                        GalleySpan *span);

#endif
