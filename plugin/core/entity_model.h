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

enum { // labels that a name may end with, and those that one may begin with; "outside" is in both
  GALLEY_ENDS = 1 + 2 * GALLEY_ENTITY_TYPE_COUNT,
  GALLEY_STARTS = GALLEY_ENDS,
  GALLEY_STARTS_ROW = 12, // padded, so that a row is whole vectors
};

// The weights, ready for use.
typedef struct GalleyTagger {
  const unsigned char *checks, *rows;
  uint32_t groups;
  float step;
  // Between words: of labels that end a name to those that begin one, and from B and I to I and L
  // of one type; as weights and as factors, the latter also by the label that follows.
  float weights[GALLEY_ENDS][GALLEY_STARTS_ROW], factors[GALLEY_ENDS][GALLEY_STARTS_ROW];
  float turned[GALLEY_STARTS][GALLEY_STARTS_ROW];
  float inner_weights[GALLEY_ENTITY_TYPE_COUNT][2][2];
  float inner_factors[GALLEY_ENTITY_TYPE_COUNT][2][2];
} GalleyTagger;

void galley_tagger_open(GalleyTagger *tagger);

void galley_tag(const GalleyTagger *tagger, const GalleyWindow *window, GalleyTagging *tagging);

#endif
