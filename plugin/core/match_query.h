// What an article says around a fact, and how well a place in a source shares it. Private to
// match*.c.
#ifndef GALLEY_MATCH_QUERY_H
#define GALLEY_MATCH_QUERY_H

#include "match.h"
#include "match_read.h"
#include "source_scan.h"

#define GALLEY_QUERY_WORDS 96

enum { // GalleyQueryWord.role
  GALLEY_ROLE_SENTENCE = 1,
  GALLEY_ROLE_NOUN = 2, // what is counted
  GALLEY_ROLE_NAME = 4,
  GALLEY_ROLE_PARAGRAPH = 8,
};

typedef struct {
  uint32_t stem;
  float weight; // by role
  float rarity; // 0 to 1: 1 in one passage alone, 0 in all of them or in none
  uint8_t role;
} GalleyQueryWord;

typedef struct {
  const GalleyDocument *document;
  const GalleyBlockRecord *block;
  const GalleySpan *span;
  const char *bytes;    // of the block
  GalleyRange sentence; // bytes of the block
  GalleyQueryWord words[GALLEY_QUERY_WORDS];
  uint32_t word_count;
  uint32_t ranges[8][2]; // mantissas to look for, both inclusive
  uint32_t range_count;
} GalleyQuery;

// Gathers words of the span's sentence, noun, names and paragraph. False when memory ends.
bool galley_query_make(GalleySources *sources, const GalleyDocument *document, uint32_t block,
                       uint32_t span, GalleyQuery *out);

// Adds mantissas from `low` to `high`, both positive.
void galley_query_add_range(GalleyQuery *self, double low, double high);

// What a place shares with the article.
typedef struct {
  float sum;  // weight times rarity of the words shared, each once
  float noun; // the part that nouns counted gave
  uint8_t word_count;
  uint8_t order[GALLEY_MATCH_WORDS];     // index in the query of each, most telling first
  GalleyRange words[GALLEY_MATCH_WORDS]; // bytes of the source
} GalleyContext;

// Compares with the passage around bytes [start, end), with the sentence [sentence.start,
// sentence.end) counting most. Words within [start, end) do not count.
void galley_context_make(const GalleyQuery *query, const GalleySource *source,
                         const GalleyPassage *passage, GalleyRange sentence, uint32_t start,
                         uint32_t end, GalleyContext *out);

// A passage to read.
typedef struct {
  const GalleySource *source;
  uint32_t segment, passage;
  float weight;
  bool number; // a number of the query stands there
} GalleyPick;

#define GALLEY_PICKS_MOST 64

// Picks the passages that promise most. Gives their number; UINT32_MAX when memory ended.
uint32_t galley_match_pick(const GalleySources *sources, GalleyQuery *query,
                           GalleyPick picks[GALLEY_PICKS_MOST]);

// Puts a candidate where its score belongs; the last is dropped when the list is full.
void galley_match_put(GalleyMatchList *list, uint32_t most, const GalleyMatch *match);

// Fills in the words marked and appends "; words in common: ..." to the reason.
void galley_match_explain(const GalleyContext *context, GalleyMatch *match);

bool galley_match_figure(GalleySources *sources, GalleyQuery *query, uint32_t most,
                         GalleyMatchList *out);

#endif
