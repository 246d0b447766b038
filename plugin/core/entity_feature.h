// What the tagger looks at: features of the words near capitals.
//
// A stretch is a part of a sentence that can hold names: it begins and ends with a capitalised word
// and has no gap of more than three words. Outside of stretches nothing is tagged.
#ifndef GALLEY_ENTITY_FEATURE_H
#define GALLEY_ENTITY_FEATURE_H

#include "annotate.h"

#define GALLEY_STRETCH_MAX 64    // tokens of a stretch; a longer one is cut
#define GALLEY_FEATURES_MAX 80   // of one token
#define GALLEY_TEMPLATE_SHIFT 26 // a feature's template is in the bits from here up

// How a line or sentence is written: what its capitals mean.
typedef enum {
  GALLEY_LINE_PROSE,
  GALLEY_LINE_TITLE, // most words begin with a capital
  GALLEY_LINE_CAPS,  // all capitals
} GalleyLineStyle;

typedef struct {
  uint32_t first, end; // tokens [first, end) of the block
  uint8_t style;       // GalleyLineStyle
} GalleyStretch;

typedef struct {
  uint32_t items[GALLEY_FEATURES_MAX];
  uint32_t count;
} GalleyFeatures;

// What is known of a word and of the capitalised run that it belongs to.
typedef struct {
  uint64_t known;   // gazetteer
  uint32_t hash;    // folded word; numbers by their digits' count
  uint32_t classes; // the lexicon's classes that matter, packed
  uint8_t shape;
  uint8_t sense;
  uint8_t phrase;             // known phrase over it: group and place in it, 0 none
  uint8_t run_first, run_end; // in the window's words; equal: in no run
} GalleyWordView;

typedef struct {
  const GalleyBlockView *block;
  GalleyStretch stretch;
  uint32_t offset; // of the block's token that words[0] stands for
  uint32_t count;
  GalleyWordView words[GALLEY_STRETCH_MAX + 8];
} GalleyWindow;

// Finds the next stretch that begins at token `from` or later. `stretch` holds the one before it,
// or nothing but zeros. False when there is none.
bool galley_stretch_next(const GalleyBlockView *block, uint32_t from, GalleyStretch *stretch);

// Looks up the words of a stretch and those around it.
void galley_window_open(GalleyWindow *window, const GalleyBlockView *block, GalleyStretch stretch);

// The features of token `index` of the stretch, counted from its first.
void galley_window_features(const GalleyWindow *window, uint32_t index, GalleyFeatures *features);

// Whether a feature is about a word itself and not about its shape, class or place.
bool galley_feature_is_lexical(uint32_t feature);

#endif
