// What kind of thing a name is, where that is clear: its subtype.
#include "entity.h"
#include "gazetteer.h"

typedef struct {
  uint8_t known; // GalleyKnown
  uint8_t type;  // the type that the name must have
  uint8_t subtype;
} KindRow;

static const KindRow kinds[] = {
    {GALLEY_KNOWN_COUNTRY, GALLEY_ENTITY_PLACE, GALLEY_ENTITY_COUNTRY},
    {GALLEY_KNOWN_CITY, GALLEY_ENTITY_PLACE, GALLEY_ENTITY_CITY},
    {GALLEY_KNOWN_TOWN, GALLEY_ENTITY_PLACE, GALLEY_ENTITY_CITY},
    {GALLEY_KNOWN_GOVERNMENT, GALLEY_ENTITY_ORGANIZATION, GALLEY_ENTITY_GOVERNMENT},
    {GALLEY_KNOWN_PARTY, GALLEY_ENTITY_ORGANIZATION, GALLEY_ENTITY_PARTY},
    {GALLEY_KNOWN_MEDIA, GALLEY_ENTITY_ORGANIZATION, GALLEY_ENTITY_MEDIA},
    {GALLEY_KNOWN_TEAM, GALLEY_ENTITY_ORGANIZATION, GALLEY_ENTITY_TEAM},
    {GALLEY_KNOWN_COMPANY, GALLEY_ENTITY_ORGANIZATION, GALLEY_ENTITY_COMPANY},
    {GALLEY_KNOWN_EVENT, GALLEY_ENTITY_OTHER, GALLEY_ENTITY_EVENT},
    {GALLEY_KNOWN_PRODUCT, GALLEY_ENTITY_OTHER, GALLEY_ENTITY_PRODUCT},
    {GALLEY_KNOWN_LAW, GALLEY_ENTITY_OTHER, GALLEY_ENTITY_LAW},
    {GALLEY_KNOWN_DEMONYM, GALLEY_ENTITY_OTHER, GALLEY_ENTITY_DEMONYM},
};

typedef struct {
  uint8_t class; // GalleyClass that the name's last word has
  uint8_t type;
  uint8_t subtype;
} HeadRow;

static const HeadRow heads[] = {
    {GALLEY_CLASS_ORG_SUFFIX, GALLEY_ENTITY_ORGANIZATION, GALLEY_ENTITY_COMPANY},
    {GALLEY_CLASS_EVENT_HEAD, GALLEY_ENTITY_OTHER, GALLEY_ENTITY_EVENT},
    {GALLEY_CLASS_LAW_HEAD, GALLEY_ENTITY_OTHER, GALLEY_ENTITY_LAW},
};

// The gazetteer's view of tokens [first, end) as a whole, as bits of GalleyKnown.
static uint64_t known_as(const GalleyToken *tokens, uint32_t first, uint32_t end) {
  uint32_t joined = tokens[first].hash, words = 1;
  for (uint32_t i = first + 1; i < end; i++) {
    if (tokens[i].kind == GALLEY_TOKEN_PUNCT && tokens[i].symbol != '&') continue;
    joined = galley_gazetteer_join(joined, tokens[i].hash);
    words++;
  }
  if (words == 1) return galley_gazetteer_word(joined);
  return (uint64_t)galley_gazetteer_phrase(joined) << GALLEY_KNOWN_COUNTRY;
}

uint8_t galley_entity_subtype(const GalleyToken *tokens, uint32_t first, uint32_t end,
                              uint8_t type) {
  const GalleyToken *head = &tokens[end - 1];
  if (type == GALLEY_ENTITY_OTHER && head->classes & GALLEY_IS(GALLEY_CLASS_DEMONYM)) {
    return GALLEY_ENTITY_DEMONYM;
  }
  uint64_t known = known_as(tokens, first, end);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (kinds[i].type == type && known & GALLEY_KNOWN(kinds[i].known)) return kinds[i].subtype;
  }
  for (size_t i = 0; end - first > 1 && i < sizeof heads / sizeof *heads; i++) {
    if (heads[i].type == type && head->classes & GALLEY_IS(heads[i].class)) {
      return heads[i].subtype;
    }
  }
  return GALLEY_ENTITY_PLAIN;
}
