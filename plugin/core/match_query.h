// What an article says around a fact, and how well a place in a source shares it. Private to
// match*.c.
#ifndef GALLEY_MATCH_QUERY_H
#define GALLEY_MATCH_QUERY_H

#include "match.h"
#include "match_read.h"
#include "match_setting.h"
#include "source_scan.h"

#define GALLEY_QUERY_WORDS 96

enum { // GalleyQueryWord.role
  GALLEY_ROLE_SENTENCE = 1,
  GALLEY_ROLE_NOUN = 2, // what is counted
  GALLEY_ROLE_NAME = 4,
  GALLEY_ROLE_PARAGRAPH = 8,
  GALLEY_ROLE_NUMBER = 16, // another figure of the sentence; the stem is its mantissa
  GALLEY_ROLE_PICK = 32,   // helps to pick passages; no context
};

typedef struct {
  uint32_t stem;
  float weight; // by role
  float rarity; // 0 to 1: 1 in one passage alone, 0 in all of them or in none
  uint8_t role;
  bool plain; // a word that any text may have
} GalleyQueryWord;

typedef struct {
  const GalleyDocument *document;
  const GalleyBlockRecord *block;
  const GalleySpan *span;
  const char *bytes;     // of the block
  GalleyRange sentence;  // bytes of the block
  GalleySetting setting; // of a figure in a table of the article
  bool in_table;
  GalleyQueryWord words[GALLEY_QUERY_WORDS];
  uint32_t word_count;
  uint32_t ranges[16][2]; // mantissas to look for, both inclusive
  uint32_t range_count;
} GalleyQuery;

// Gathers words of the span's sentence, noun, names and paragraph. False when memory ends.
bool galley_query_make(GalleySources *sources, const GalleyDocument *document, uint32_t block,
                       uint32_t span, GalleyQuery *out);

// Makes it a query of the quote's own words and of who speaks them.
void galley_query_make_quote(const GalleySources *sources, GalleyQuery *self);

// Adds a word, or a role to one that is there; call galley_query_weigh afterwards.
void galley_query_add_word(GalleyQuery *self, const char *bytes, uint32_t length, uint8_t role);
void galley_query_add_stem(GalleyQuery *self, uint32_t stem, uint8_t role);
void galley_query_weigh(GalleyQuery *self, const GalleySources *sources);

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

// Compares with the passage around bytes [start, end); `near` are the ranges that count most (the
// second may be empty). Words within [start, end) do not count.
void galley_context_make(const GalleyQuery *query, const GalleySource *source,
                         const GalleyPassage *passage, const GalleyRange near[2], uint32_t start,
                         uint32_t end, GalleyContext *out);

// How far the sentence of the article and the ranges `near` are about the same, from 0 to 1: the
// words that both have among all that they have.
float galley_context_likeness(const GalleyQuery *query, const GalleySource *source,
                              const GalleyRange near[2]);

// How sure a place is that shares this much. `value` says how seldom the value itself is met by
// chance.
float galley_match_score(const GalleyContext *context, float value);

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

// Copies text for a reason into `room` bytes: cut to a few words' length at a code point, without
// markup, control characters as spaces. Gives its length.
uint32_t galley_match_copy(char *out, size_t room, const char *bytes, uint32_t length);

// Each finds the places of a span of its kind; false when memory ends.
bool galley_match_figure(GalleySources *sources, GalleyQuery *query, uint32_t most,
                         GalleyMatchList *out);
bool galley_match_date(GalleySources *sources, GalleyQuery *query, uint32_t most,
                       GalleyMatchList *out);
bool galley_match_name(GalleySources *sources, GalleyQuery *query, uint32_t most,
                       GalleyMatchList *out);
bool galley_match_quote(GalleySources *sources, GalleyQuery *query, uint32_t most,
                        GalleyMatchList *out);

#endif
