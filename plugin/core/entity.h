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
  GALLEY_SCORE_FAINT = 64,  // a word less likely than this needs others to name it for sure
  GALLEY_SCORE_SHOWN = 128, // a name the block is less sure of is shown only if others speak for it
  GALLEY_SCORE_FIRM = 200,  // ... and one this sure speaks for others
  GALLEY_SCORE_TITLE = 210, // ... and one this sure is shown in a line of capitals
  GALLEY_SCORE_SURE = 230,  // nothing in the document speaks against a name this sure
};

// The subtype's name, "" for none.
const char *galley_entity_subtype_name(uint8_t subtype);

// The key of a name goes word by word: that of the words before, the next word's hash, and how many
// words were before.
static inline uint32_t galley_entity_join(uint32_t key, uint32_t hash, uint32_t before) {
  return before ? (key ^ hash >> 13) * 0x9e3779b1u + hash : hash;
}

// Fills in what the words of tokens [first, end) say: key, first, head, initials, words, gender and
// the flags that a line tells.
void galley_entity_name(const GalleyBlockView *block, uint32_t first, uint32_t end,
                        GalleySpan *span);

// The subtype of the name in tokens [first, end), given its type.
uint8_t galley_entity_subtype(const GalleyToken *tokens, uint32_t first, uint32_t end,
                              uint8_t type);

#endif
