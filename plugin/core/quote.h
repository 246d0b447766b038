// What the parts of the quote annotator share while they look at one block.
//
// quote_outline.c reads a stretch of tokens as items: a name, a date, a whole quote or one token
// each, with a rough part of speech and the sentence as the writer outside the quotes sees it.
// quote_noun.c finds noun phrases in it, quote_cue.c the cues with their speakers, quote.c the
// quotes themselves; quote_resolve.c works on the spans that came of it.
#ifndef GALLEY_QUOTE_H
#define GALLEY_QUOTE_H

#include "annotate.h"

#define QUOTE_NONE UINT32_MAX

typedef enum { // rows of galley_quote_rules
  // Why a span is a quote of its type.
  QUOTE_RULE_SENTENCE,
  QUOTE_RULE_FRAGMENT,
  QUOTE_RULE_CLAUSE,
  QUOTE_RULE_WORK,
  QUOTE_RULE_TITLE_CASE,
  QUOTE_RULE_REFERENCE,
  QUOTE_RULE_LABEL,
  QUOTE_RULE_WORD,
  QUOTE_RULE_NICKNAME,
  QUOTE_RULE_SCARE,
  QUOTE_RULE_DASH,
  QUOTE_RULE_BLOCK,
  QUOTE_RULE_TRANSCRIPT,
  QUOTE_RULE_LEAD_IN,
  // Why it has its speaker, as the block tells.
  QUOTE_RULE_BEFORE,
  QUOTE_RULE_INVERTED,
  QUOTE_RULE_ACCORDING_TO,
  QUOTE_RULE_QUOTED_AS,
  QUOTE_RULE_RELATIVE,
  QUOTE_RULE_SHARED_SUBJECT,
  QUOTE_RULE_PARTICIPLE,
  QUOTE_RULE_AGENT,
  QUOTE_RULE_JUDGED,
  QUOTE_RULE_SPEECH_NOUN,
  QUOTE_RULE_COLON,
  QUOTE_RULE_SIGNED,
  QUOTE_RULE_TURN,
  QUOTE_RULE_SENTENCE_SUBJECT,
  // ... as the document tells.
  QUOTE_RULE_CONTINUED,
  QUOTE_RULE_SAME_PARAGRAPH,
  QUOTE_RULE_MENTION,
  QUOTE_RULE_LED_IN,
  QUOTE_RULE_PARAGRAPH_BEFORE,
  QUOTE_RULE_LATER,
  QUOTE_RULE_COUNT
} QuoteRule;

typedef enum {
  PART_WORD,
  PART_NAME,
  PART_PRONOUN,
  PART_DETERMINER,
  PART_PREPOSITION,
  PART_CONJUNCTION,
  PART_SUBORDINATOR,
  PART_AUXILIARY,
  PART_NEGATION,
  PART_ADVERB,
  PART_VERB, // a cue that is used as one
  PART_DATE,
  PART_NUMBER,
  PART_POSSESSIVE,
  PART_HYPHEN,
  PART_QUOTE,
  PART_COMMA,
  PART_COLON,
  PART_SEMICOLON,
  PART_DASH,
  PART_OPEN, // bracket
  PART_CLOSE,
  PART_STOP,
  PART_OTHER,
} QuotePart;

#define PART_IS(part) (UINT32_C(1) << (part))

// A frame letter of the lexicon's class CUE as a bit.
#define FRAME(letter) (UINT32_C(1) << ((letter) - 'a'))

typedef struct {
  uint32_t first, last;  // tokens
  uint32_t span;         // PART_NAME: index in the block's spans, QUOTE_NONE for a handle
  uint32_t quote;        // PART_QUOTE: index in the quotes
  uint32_t frames;       // of a cue word
  uint32_t begins, ends; // first and last item of its sentence
  uint16_t sentence;
  uint8_t part;   // QuotePart
  char symbol[2]; // of a small word: what its class says
} QuoteItem;

// Items [first, last]; first == QUOTE_NONE: none.
typedef struct {
  uint32_t first, last;
} QuotePhrase;

// A cue and whose it is.
typedef struct {
  uint32_t verb;       // item
  uint32_t first;      // item that the whole ("said X", "X said") begins with
  uint32_t last;       // and ends with
  uint32_t complement; // first item after it and after who was told
  QuotePhrase speaker;
  QuotePhrase cue;
  uint16_t sentence;
  uint8_t rule;   // QuoteRule
  bool muted;     // denied, or said by me: a quote beside it has no speaker
  bool passive;   // nobody is named who did it
  bool label;     // gives a name: a quote beside it is no speech
  bool backwards; // what was said may stand before it without marks
  bool used;      // a quote was given to it
  bool tags;      // one in front of it
} QuoteAttribution;

typedef struct {
  uint32_t open, close; // tokens of the marks; close QUOTE_NONE: never closed
  uint32_t first, last; // tokens between; first > last: nothing
  uint32_t parent;      // quote around it, QUOTE_NONE
  uint8_t depth;
  bool has_child;
  bool not_said;
  bool joins;
  uint8_t type;     // GalleyQuoteType
  uint8_t rule;     // QuoteRule
  uint8_t cue_rule; // QuoteRule
  uint8_t reference;
  bool definite;
  GalleyRange speaker, cue;
} MarkedQuote;

typedef struct {
  GalleyBlockView *block;
  MarkedQuote *quotes;
  uint32_t quote_count;
  uint32_t *cover; // per token: index + 1 of the name or date span that begins or holds it
  QuoteItem *items;
  uint32_t item_count;
  QuoteAttribution *attributions;
  uint32_t attribution_count;
} QuoteScene;

// Reads tokens [first, last] as items, without looking into the quotes among them. `parent` is the
// quote they are the content of, or QUOTE_NONE.
void quote_outline_read(QuoteScene *scene, uint32_t first, uint32_t last, uint32_t parent);

// True when `item`, right behind a quote, begins "X said" that can only belong to it.
bool quote_tag_follows(const QuoteScene *scene, uint32_t item, bool after_stop);

// The noun phrase that ends with `item`; it does not reach before `floor`.
QuotePhrase quote_phrase_before(const QuoteScene *scene, uint32_t floor, uint32_t item);

// The noun phrase that begins with `item`, reaching at most to `limit` (exclusive).
QuotePhrase quote_phrase_after(const QuoteScene *scene, uint32_t item, uint32_t limit);

// The subject of the clause in [floor, limit) whose verb stands at `limit`, found over appositions
// and behind leading adverbials ("In March, X, a lawyer,").
QuotePhrase quote_clause_subject(const QuoteScene *scene, uint32_t floor, uint32_t limit);

// The subject that a sentence opens with.
QuotePhrase quote_main_subject(const QuoteScene *scene, uint32_t floor, uint32_t limit);

// How the phrase names someone, and whether it is definite ("the minister").
GalleyQuoteReference quote_reference(const QuoteScene *scene, QuotePhrase phrase, bool *definite);

// Fills scene->attributions from the items, in the order of their verbs.
void quote_find_attributions(QuoteScene *scene);

// Gives the quotes among the items their attributions.
void quote_bind(QuoteScene *scene);

// Whether the block can hold speech without marks; cheap.
bool quote_may_be_unmarked(const GalleyBlockView *block);

// Adds the spans of speech without marks. `speech_found`: the block is speech, so that no reported
// clauses are looked for in it. False when memory ends.
bool quote_read_unmarked(QuoteScene *scene, bool *speech_found);

// First and last item of the sentence that `item` is in.
static inline uint32_t quote_sentence_first(const QuoteScene *scene, uint32_t item) {
  return scene->items[item].begins;
}

static inline uint32_t quote_sentence_last(const QuoteScene *scene, uint32_t item) {
  return scene->items[item].ends;
}

static inline const GalleyToken *quote_token(const QuoteScene *scene, uint32_t item) {
  return &scene->block->tokens[scene->items[item].first];
}

static inline bool quote_has_class(const QuoteScene *scene, uint32_t item, int class) {
  return (quote_token(scene, item)->classes & GALLEY_IS(class)) != 0;
}

static inline bool quote_is(const QuoteScene *scene, uint32_t item, uint32_t parts) {
  return item < scene->item_count && (PART_IS(scene->items[item].part) & parts) != 0;
}

static inline GalleyRange quote_phrase_range(const QuoteScene *scene, QuotePhrase phrase) {
  if (phrase.first == QUOTE_NONE) return (GalleyRange){0, 0};
  return (GalleyRange){scene->block->tokens[scene->items[phrase.first].first].start,
                       scene->block->tokens[scene->items[phrase.last].last].end};
}

#endif
