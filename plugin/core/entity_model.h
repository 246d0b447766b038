// The tagger: weights of features, learnt by train/train.c and linked in, and the best labelling.
//
// Labels are BILOU over the four entity types: 0 is outside, 1 + type * 4 + place is the beginning,
// inside, last or only word of a name.
#ifndef GALLEY_ENTITY_MODEL_H
#define GALLEY_ENTITY_MODEL_H

#include "entity_feature.h"

enum { // place of a word in its name
  GALLEY_PLACE_BEGIN,
  GALLEY_PLACE_INSIDE,
  GALLEY_PLACE_LAST,
  GALLEY_PLACE_ONLY,
};

#define GALLEY_LABELS (1 + 4 * GALLEY_ENTITY_TYPE_COUNT)
#define GALLEY_LABEL(type, place) (1 + (type)*4 + (place))

// True when label `to` may follow `from`; 0 stands for both ends of a stretch too.
static inline bool galley_label_follows(int from, int to) {
  bool open =
      from && ((from - 1) % 4 == GALLEY_PLACE_BEGIN || (from - 1) % 4 == GALLEY_PLACE_INSIDE);
  bool goes_on = to && ((to - 1) % 4 == GALLEY_PLACE_INSIDE || (to - 1) % 4 == GALLEY_PLACE_LAST);
  return open == goes_on && (!open || (from - 1) / 4 == (to - 1) / 4);
}

typedef struct {
  uint32_t count;                     // tokens of the stretch
  uint8_t labels[GALLEY_STRETCH_MAX]; // the best labelling
  // How probable each type is for each token, and in [4] that it is outside; sums to about 255.
  uint8_t odds[GALLEY_STRETCH_MAX][GALLEY_ENTITY_TYPE_COUNT + 1];
} GalleyTagging;

void galley_tag(const GalleyWindow *window, GalleyTagging *tagging);

#endif
