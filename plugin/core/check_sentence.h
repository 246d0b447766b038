// A sentence as the checks of numbers read it: figures, dates, and the words between them.
#ifndef GALLEY_CHECK_SENTENCE_H
#define GALLEY_CHECK_SENTENCE_H

#include "check.h"
#include "check_adjacent.h"
#include "check_interval.h"
#include "figure.h"

typedef enum { // CHECK_WORD of words/check.txt
  CHECK_WORD_NONE,
  CHECK_WORD_ESCAPE,  // figures are reckoned otherwise: like-for-like, annualised
  CHECK_WORD_FILLER,  // may stand between a change and its figures
  CHECK_WORD_RANK,    // a lower number is a better place
  CHECK_WORD_CLOSE,   // "to close at"
  CHECK_WORD_LEVEL,   // "to a level of"
  CHECK_WORD_THAT_IS, // "which is", "equal to": the same size in another unit
  CHECK_WORD_GO,      // before "up" and "down" that say a change: went, was
  CHECK_WORD_AGAINST, // leads to another base: compared with, versus
  CHECK_WORD_TOTAL,   // total, totalling
  CHECK_WORD_SOME_OF, // a list is not the whole: including, others
  CHECK_WORD_RANGE,   // before "from 5 to 10": ranging
  CHECK_WORD_APART,   // before "between 50 and 30": the difference
  CHECK_WORD_TALLY,   // after "60-40": votes
  CHECK_WORD_BACK,    // time counted backwards: BC
  CHECK_WORD_CONSIST, // its parts follow: consists of
  CHECK_WORD_AMONG,   // as "of" before a whole
} CheckWord;

enum { // CHANGE of words/check.txt
  CHANGE_UP = 1,
  CHANGE_DOWN = 2,
  CHANGE_VERB = 4,
  CHANGE_NOUN = 8,
  CHANGE_PARTICLE = 16,
  CHANGE_HALF = 65,
  CHANGE_FACTOR = 64, // and the factor
};

typedef enum {
  ATOM_NONE, // outside the sentence
  ATOM_WORD,
  ATOM_FIGURE,
  ATOM_DATE,
  ATOM_COMMA,
  ATOM_OPEN, // a round bracket
  ATOM_CLOSE,
  ATOM_DASH,
  ATOM_OTHER,
} CheckAtomKind;

typedef struct {
  uint32_t first, last; // tokens
  uint8_t kind;         // CheckAtomKind
  uint8_t change;       // CHANGE
  uint8_t word;         // CheckWord
  uint8_t part;         // FigurePart
  uint16_t operand;     // FIGURE: index
} CheckAtom;

#define CHECK_ATOMS_MAX 256   // a longer sentence is not read
#define CHECK_OPERANDS_MAX 64 // likewise

typedef struct {
  GalleyCheckBlock *block;
  CheckAtom atoms[CHECK_ATOMS_MAX];
  uint32_t atom_count;
  GalleyOperand operands[CHECK_OPERANDS_MAX];
  uint32_t operand_count;
  bool ranks; // places in a table, where lower is better
  bool rates; // of currencies, where more for one is less for the other
} CheckSentence;

// The checks of a sentence that has two figures or more.
// check_changes: percent-change, direction, factor, percent-point; check_ratios: ratio-percent,
// grim; check_totals: parts-total.
void check_changes(const CheckSentence *sentence);
void check_ratios(const CheckSentence *sentence);
void check_totals(const CheckSentence *sentence);

// Atom by index; one of kind ATOM_NONE outside.
static inline const CheckAtom *check_atom(const CheckSentence *self, uint32_t at) {
  static const CheckAtom none = {0};
  return at < self->atom_count ? &self->atoms[at] : &none;
}

static inline const GalleyOperand *check_operand(const CheckSentence *self, uint32_t at) {
  return &self->operands[self->atoms[at].operand];
}

static inline bool check_is_figure(const CheckSentence *self, uint32_t at) {
  return check_atom(self, at)->kind == ATOM_FIGURE;
}

// Whether words about atoms [first, last] say that figures are reckoned otherwise: arithmetic may
// confirm then, not accuse.
bool check_is_escaped(const CheckSentence *self, uint32_t first, uint32_t last);

// Whether the operand is a share: percent.
bool check_is_percent(const GalleyOperand *operand);
// Whether two operands measure the same kind of thing: unit and counted noun.
bool check_same_kind(const CheckSentence *self, const GalleyOperand *a, const GalleyOperand *b);

// The whole of "Of the 50 patients, [36]": the figure's atom; 0 when `at` has none before it.
// `leads`: "of" begins the clause.
uint32_t check_whole_before(const CheckSentence *self, uint32_t at, bool leads);

// Compares what is stated with what comes out: it holds, holds with the wider intervals, or not.
GalleyOutcome check_judge(GalleyInterval stated, GalleyInterval wide_stated,
                          GalleyInterval computed, GalleyInterval wide_computed);

// ---- Reporting: what galley_check_begin and the rest do, in atoms and operands

// Begins a finding over atoms [first, last].
void check_report(const CheckSentence *self, GalleyCheck check, GalleyOutcome outcome,
                  uint32_t first, uint32_t last);
void check_relate(const CheckSentence *self, const GalleyOperand *operand, const char *what);
// Offers to write `value` in place of the operand's digits, in its style.
void check_offer(const CheckSentence *self, const GalleyOperand *operand, double value);

// Writes `value` as the operand is written: "$4.7 million" like "$5.1 million".
void check_write_like(const CheckSentence *self, const GalleyOperand *operand, double value,
                      char out[CHECK_PHRASE_SIZE]);

// The text of an operand, for messages ("%.*s"): at most 60 bytes, cut at a code point.
#define OPERAND_TEXT(sentence, operand)                                                            \
  check_text_length(sentence, operand), (sentence)->block->view.bytes + (operand)->start
int check_text_length(const CheckSentence *self, const GalleyOperand *operand);

#endif
