// The names that the core knows from elsewhere, and what is known of common words.
//
// Made by train/gazetteer.js, which lists the sources; linked in as gazetteer.bin. Words are found
// by the hash of the folded word (GalleyToken.hash), phrases by the joined hashes of their words.
#ifndef GALLEY_GAZETTEER_H
#define GALLEY_GAZETTEER_H

#include <stdint.h>

// What a word can be: bits of its class set, in the order that gazetteer.js writes.
typedef enum {
  GALLEY_KNOWN_MALE, // first name
  GALLEY_KNOWN_FEMALE,
  GALLEY_KNOWN_SURNAME,
  GALLEY_KNOWN_NAME, // of a person, first or last
  GALLEY_KNOWN_COUNTRY,
  GALLEY_KNOWN_REGION,
  GALLEY_KNOWN_CITY, // 150,000 people or a capital
  GALLEY_KNOWN_TOWN,
  GALLEY_KNOWN_PLACE,
  GALLEY_KNOWN_COMPANY,
  GALLEY_KNOWN_GOVERNMENT,
  GALLEY_KNOWN_PARTY,
  GALLEY_KNOWN_MEDIA,
  GALLEY_KNOWN_TEAM,
  GALLEY_KNOWN_ORGANIZATION,
  GALLEY_KNOWN_EVENT,
  GALLEY_KNOWN_PRODUCT,
  GALLEY_KNOWN_LAW, // and works
  GALLEY_KNOWN_PERSON,
  GALLEY_KNOWN_DEMONYM,
  GALLEY_KNOWN_COMMON, // written in lower case in a middling dictionary
  GALLEY_KNOWN_RARE,   // ... in a large one only
  GALLEY_KNOWN_UPPER,  // never written in lower case
  GALLEY_KNOWN_STARTS, // first word of a known phrase
  GALLEY_KNOWN_COUNT
} GalleyKnown;

#define GALLEY_KNOWN(bit) (UINT64_C(1) << (bit))

// What a phrase can be: bits from country to demonym, GALLEY_KNOWN_COUNTRY being bit 0.
#define GALLEY_PHRASE(bit) (UINT32_C(1) << ((bit)-GALLEY_KNOWN_COUNTRY))
#define GALLEY_PHRASE_WORDS 6 // longest phrase

// WordNet's lexicographer file of a common word's most frequent sense plus one, 0 if none.
static inline uint32_t galley_known_sense(uint64_t set) {
  return (uint32_t)(set >> 32) & 63;
}

// How frequent the word is: 15 the most, 1 the least, 0 not among the 60,000 most frequent.
static inline uint32_t galley_known_rank(uint64_t set) {
  return (uint32_t)(set >> 38) & 15;
}

// The class set of a word, 0 if it is unknown.
uint64_t galley_gazetteer_word(uint32_t hash);

// The kinds of a phrase, 0 if it is unknown.
uint32_t galley_gazetteer_phrase(uint32_t joined);

static inline uint32_t galley_gazetteer_join(uint32_t joined, uint32_t next) {
  return (joined ^ next >> 15) * 0x9e3779b1u + next;
}

#endif
