// Where a source says what an article says: candidates for a figure, quote, date or name.
//
// match_query.c gathers what the article says around the fact, match_pick.c picks passages by the
// index, match_figure.c and its like judge what the core reads in them, match.c ties it together.
// A candidate's score says how sure the place is; below GALLEY_MATCH_PLACE it is none to jump to.
#ifndef GALLEY_MATCH_H
#define GALLEY_MATCH_H

#include "document.h"
#include "source.h"

#define GALLEY_MATCH_PLACE 0.5f // the least score of a place
#define GALLEY_MATCH_MOST 20    // candidates of a fact
#define GALLEY_MATCH_WORDS 12   // words marked in a candidate
#define GALLEY_MATCH_DIFFERENCES 16
#define GALLEY_REASON_SIZE 240

typedef enum {
  GALLEY_VERDICT_EQUAL,    // same value and unit; same day; same name
  GALLEY_VERDICT_ROUNDS,   // one is the other rounded
  GALLEY_VERDICT_COMPUTED, // follows from figures there: 36 of 50 are 72%
  GALLEY_VERDICT_VERBATIM, // quote: the same words
  GALLEY_VERDICT_ELIDED,   // quote: the same but for marked omissions and additions
  GALLEY_VERDICT_ALTERED,  // quote: other words
  GALLEY_VERDICT_OTHER,    // of `nearest`: the same thing with another value
} GalleyVerdict;

typedef enum {
  GALLEY_CHANGE_WORD,
  GALLEY_CHANGE_NUMBER,
  GALLEY_CHANGE_NEGATION,
  GALLEY_CHANGE_MODAL,
  GALLEY_CHANGE_NAME,
} GalleyChange;

typedef struct {
  GalleyRange expected; // bytes of the article; empty: the source has more
  GalleyRange found;    // bytes of the source; empty: the article has more
  uint8_t kind;         // GalleyChange
} GalleyDifference;

typedef struct {
  const GalleySource *source;
  uint32_t start, end; // bytes of the source
  float score;         // 0 to 1
  uint8_t kind;        // GalleyKind
  uint8_t verdict;     // GalleyVerdict
  uint8_t word_count, difference_count;
  GalleyRange words[GALLEY_MATCH_WORDS]; // bytes of the source: what speaks for it
  GalleyDifference differences[GALLEY_MATCH_DIFFERENCES];
  char reason[GALLEY_REASON_SIZE];
} GalleyMatch;

typedef struct {
  GalleyMatch items[GALLEY_MATCH_MOST]; // best first
  uint32_t count;
  bool has_nearest;
  GalleyMatch nearest; // when none is equal: the same thing with another value
} GalleyMatchList;

// Whether sources are searched for a span: figures, dates, names and quotes of speech are.
bool galley_match_wanted(const GalleySpan *span);

// Finds the places of a span of the resolved document. `most` limits the list. False when memory
// ends.
bool galley_match_find(GalleySources *sources, const GalleyDocument *document, uint32_t block,
                       uint32_t span, uint32_t most, GalleyMatchList *out);

// The same for the innermost span at `byte` of the resolved document. One that has no place gives
// way to the quote around it. An empty list when there is nothing to search for.
bool galley_match_at(GalleySources *sources, const GalleyDocument *document, uint32_t byte,
                     GalleyMatchList *out);

// The row and column of a byte of a source.
GalleyPoint galley_source_point(const GalleySource *source, uint32_t byte);

#endif
