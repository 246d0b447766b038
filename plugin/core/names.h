// The user's own names: what he says is a name, of which type, and what is none. They always win.
#ifndef GALLEY_NAMES_H
#define GALLEY_NAMES_H

#include "token.h"

#define GALLEY_NOT_A_NAME 255 // type of an entry that is no name

typedef struct {
  const char *text; // `length` bytes
  uint32_t length;
  uint32_t thing; // entries of one thing (a name and its aliases) have the same number
  uint8_t type;   // GalleyEntityType or GALLEY_NOT_A_NAME
} GalleyNameEntry;

typedef struct GalleyNames GalleyNames;

// A copy of the entries, ready for matching. NULL when memory ends.
GalleyNames *galley_names_new(const GalleyNameEntry *entries, uint32_t count);
void galley_names_free(GalleyNames *self);

typedef struct {
  uint32_t count; // tokens
  uint32_t key;   // GalleySpan.entity.key that all names of the thing share
  uint8_t type;
} GalleyNameMatch;

// The longest entry at the first of `count` tokens. Capitals of an entry must be capitals in the
// text; its other letters match either way. False when there is none.
bool galley_names_match(const GalleyNames *self, const GalleyToken *tokens, uint32_t count,
                        GalleyNameMatch *match);

#endif
