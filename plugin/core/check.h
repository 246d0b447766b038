// Checks: what can be decided of an article offline is checked, and rarely wrongly.
//
// A check is a row of galley_checks. A family of checks is one file check_<family>.c with a
// function in one of two tables of check.c:
//   - of a block: sees one block alone, as an annotator does, and its findings stay with the block
//     until the block changes. It must not read fields that are "resolved".
//   - of the document: sees all blocks and the resolved fields; runs after every change, so it
//     works on spans and takes tokens only where it has to (galley_check_view).
// Inside quotes a finding is one severity milder: a speaker may be wrong.
#ifndef GALLEY_CHECK_H
#define GALLEY_CHECK_H

#include "annotate.h"
#include "check_finding.h"
#include "document.h"

typedef enum { // rows of galley_checks
  // numbers
  GALLEY_CHECK_PERCENT_CHANGE,
  GALLEY_CHECK_DIRECTION,
  GALLEY_CHECK_FACTOR,
  GALLEY_CHECK_PERCENT_POINT,
  GALLEY_CHECK_RATIO_PERCENT,
  GALLEY_CHECK_GRIM,
  GALLEY_CHECK_PARTS_TOTAL,
  GALLEY_CHECK_RANGE_ORDER,
  GALLEY_CHECK_UNIT_PAIRS,
  GALLEY_CHECK_CURRENCY_PAIRS,
  GALLEY_CHECK_SCALE_SLIP,
  GALLEY_CHECK_HEADLINE_FIGURE,
  GALLEY_CHECK_LEAD_FIGURE,
  GALLEY_CHECK_SAME_QUANTITY,
  // text
  GALLEY_CHECK_NOTE_ORPHAN,
  GALLEY_CHECK_NOTE_UNUSED,
  GALLEY_CHECK_NOTE_DUPLICATE,
  GALLEY_CHECK_CITATION_UNDEFINED,
  GALLEY_CHECK_DATE_IMPOSSIBLE,
  GALLEY_CHECK_QUOTE_ALTERED,
  GALLEY_CHECK_QUOTE_ABSENT,
  GALLEY_CHECK_PLACEHOLDER,
  GALLEY_CHECK_WEEKDAY_DATE,
  GALLEY_CHECK_NAME_VARIANT,
  GALLEY_CHECK_WORD_DOUBLED,
  GALLEY_CHECK_PARAGRAPH_DOUBLED,
  GALLEY_CHECK_QUOTE_UNCLOSED,
  GALLEY_CHECK_QUOTE_MISMATCHED,
  GALLEY_CHECK_QUOTE_NESTING_STYLE,
  GALLEY_CHECK_AGE_BIRTH,
  GALLEY_CHECK_AGE_TWO_VALUES,
  GALLEY_CHECK_LIST_COUNT,
  GALLEY_CHECK_ORDINAL_SUFFIX,
  GALLEY_CHECK_WRONG_YEAR,
  GALLEY_CHECK_DURATION_SINCE_YEAR,
  GALLEY_CHECK_FIGURE_UNSOURCED,
  GALLEY_CHECK_FIGURE_CONTRADICTED,
  GALLEY_CHECK_QUOTE_UNATTRIBUTED,
  GALLEY_CHECK_SURNAME_ONLY,
  GALLEY_CHECK_ACRONYM_UNDEFINED,
  GALLEY_CHECK_NUMBERING_GAP,
  GALLEY_CHECK_SUPERLATIVE,
  GALLEY_CHECK_AGEING_WORD,
  GALLEY_CHECK_IGNORE_UNKNOWN,
  GALLEY_CHECK_COUNT
} GalleyCheck;

typedef enum { // what a check needs besides the text
  GALLEY_NEEDS_TEXT,
  GALLEY_NEEDS_SOURCES, // attached sources: done in Lua
  GALLEY_NEEDS_REVIEW,  // listed by a review, never a diagnostic
  GALLEY_NEEDS_COMMENT, // comments: done in Lua
} GalleyCheckNeeds;

typedef struct {
  const char *id;
  uint8_t severity;          // GalleySeverity by default
  uint8_t needs;             // GalleyCheckNeeds
  const char *help;          // one line
  const char *fires, *clean; // a text that it fires on, exactly once and no other; one that is fine
} GalleyCheckRow;

extern const GalleyCheckRow galley_checks[GALLEY_CHECK_COUNT];

// The row with this id; GALLEY_CHECK_COUNT when there is none.
GalleyCheck galley_check_find(const char *id);

// ---- for those who want the findings

// Brings all findings up to date; resolves the document. Little work when little changed. False
// when memory ends: then there may be fewer findings.
bool galley_check_run(GalleyDocument *document);

typedef struct {
  const GalleyFindingList *list;
  const GalleyFinding *finding;
  uint32_t base; // byte of the document that the finding's offsets count from
} GalleyFindingRef;

// Findings of the last run, of checks whose bit (1 << GalleyCheck) is not in `off`; `ok`: also
// those with outcome ok. Fills `out` (galley_check_count of them at most) in the order of the text
// and returns how many there are. Valid until the next edit or run.
uint32_t galley_check_collect(const GalleyDocument *document, uint64_t off, bool ok,
                              GalleyFindingRef *out);
uint32_t galley_check_count(const GalleyDocument *document);

// Checks a block whose words the document has just annotated and still has in its scratch, which
// saves reading them again. False when memory ends.
bool galley_check_scratch(GalleyDocument *document, GalleyBlockRecord *record);

// ---- for families

typedef struct {
  GalleyBlockView view;     // its tokens are `taken` by the spans that cover them
  GalleyFindingList *found; // offsets from the block's first byte
} GalleyCheckBlock;

typedef struct {
  GalleyDocument *document;
  GalleyFindingList *found; // offsets from byte 0 of the document
} GalleyCheckRun;

// Begins a finding over [start, end) of the block, with the severity of its row: milder inside
// quotes, info when near, hint when it holds. galley_finding_say and the rest go on.
void galley_check_begin(GalleyCheckBlock *self, GalleyCheck check, GalleyOutcome outcome,
                        uint32_t start, uint32_t end);
// The same over bytes of the document; `quoted`: the text is inside a quote.
void galley_check_begin_document(GalleyCheckRun *self, GalleyCheck check, GalleyOutcome outcome,
                                 bool quoted, uint32_t start, uint32_t end);

// Makes the finding begun last one severity milder: what it rests on is less sure.
void galley_check_soften(GalleyFindingList *found);

// Reads the tokens of block `index` into the document's scratch, valid until the next call. False
// when memory ends.
bool galley_check_view(GalleyDocument *document, uint32_t index, GalleyBlockView *view);

// The token that holds byte `at` of the block, or the next one.
uint32_t galley_check_token(const GalleyBlockView *view, uint32_t at);

#endif
