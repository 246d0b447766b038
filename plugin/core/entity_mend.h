// Where what is known for certain stands against the tagger's labels, or beyond its sight.
#ifndef GALLEY_ENTITY_MEND_H
#define GALLEY_ENTITY_MEND_H

#include "entity_model.h"

// Changes labels of a stretch: known phrases are whole names, a word after "Mr." is a person, and
// the initials of a name in brackets behind it are its acronym.
void galley_entity_mend(const GalleyWindow *window, GalleyTagging *tagging);

#endif
