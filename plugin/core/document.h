// A document: text, tree, the spans of each block, and what only the whole document tells.
//
// galley_document_edit keeps text, tree and block spans true at once and costs about the size of
// the edited block. There is no tree before there is an edit: a text that is only read needs none.
// What needs the whole document (clusters, speakers, anchored dates) is brought up to date by
// galley_document_resolve, which a caller runs when typing stops.
#ifndef GALLEY_DOCUMENT_H
#define GALLEY_DOCUMENT_H

#include "check_finding.h"
#include "entity_model.h"
#include "markup.h"
#include "names.h"
#include "span.h"
#include "syntax.h"
#include "text.h"
#include "token.h"

typedef struct {
  uint32_t start;  // byte in the document
  uint32_t length; // bytes
  uint8_t kind;    // GalleyBlockKind
  uint8_t level;
  GalleySpanList spans; // sorted; none in a block that is no prose
  // Hashes of the lower-case words longer than 2 bytes, in text order: evidence for the resolvers
  // that a capitalised word elsewhere is no name.
  uint32_t *lower_words;
  uint32_t lower_word_count;
  bool checked;                // by the checks that look at one block
  GalleyFindingList *findings; // theirs; NULL none
} GalleyBlockRecord;

// One thing that the document names, with all its mentions.
typedef struct {
  uint32_t name_block, name_span; // the canonical mention: longest clear one
  uint32_t first_block, first_span;
  uint32_t mention_count;
  uint32_t related;      // of a demonym: the country's cluster; UINT32_MAX none
  uint8_t type, subtype; // GalleyEntityType and its subtype
  uint8_t gender;        // 'm', 'f' or 0
} GalleyCluster;

typedef struct {
  GalleyText text;
  GalleySyntax *syntax;      // NULL: no tree was needed yet
  GalleyBlockRecord *blocks; // every block, ascending
  uint32_t block_count, block_capacity;
  GalleyCluster *clusters; // resolved
  uint32_t cluster_count, cluster_capacity;
  int32_t stated_date;   // document date that the caller gave, days since 1970; GALLEY_DAY_NONE
  int32_t file_date;     // from the file's name, days since 1970; GALLEY_DAY_NONE
  uint8_t date_order;    // GalleyDateOrder: what 7/8/2007 is
  int32_t document_date; // resolved: the one in force; GALLEY_DAY_NONE
  uint8_t document_date_origin; // resolved: GalleyDateOrigin
  char plain[16];               // characters that Markdown gives a meaning and this format does not
  uint32_t edits;               // how often text or reading changed; wraps
  bool resolved;
  bool checked;                // since it was resolved
  bool wants_findings;         // set by who will ask for those of a text that is about to be read:
                               // its blocks are checked as they are annotated, at less cost
  GalleyFindingList *findings; // of the checks that look at the whole document; NULL none yet
  GalleyNames *names;          // the user's own; NULL: none
  GalleyTagger tagger;         // of the names that it finds by itself
  GalleyLeafList leaves;       // scratch of the block being annotated
  GalleyTokenList tokens;      // likewise
} GalleyDocument;

typedef enum { // the order of day and month in dates of digits alone
  GALLEY_DATE_ORDER_UNKNOWN,
  GALLEY_DATE_ORDER_DMY,
  GALLEY_DATE_ORDER_MDY,
} GalleyDateOrder;

typedef enum { // where the document date came from
  GALLEY_ORIGIN_NONE,
  GALLEY_ORIGIN_STATED,
  GALLEY_ORIGIN_FRONT_MATTER,
  GALLEY_ORIGIN_DATELINE,
  GALLEY_ORIGIN_PUBLISHED,
  GALLEY_ORIGIN_FILE_NAME,
} GalleyDateOrigin;

// NULL when memory ends.
GalleyDocument *galley_document_new(void);
void galley_document_free(GalleyDocument *self);

// Replaces bytes [start, old_end). False when memory ends; the document is then empty but usable.
// A text that is replaced as a whole is read without a tree.
bool galley_document_edit(GalleyDocument *self, uint32_t start, uint32_t old_end, const char *bytes,
                          uint32_t length);

// Makes the syntax tree, which the first edit would make else and which takes as long as a third of
// reading the text. False when memory ends.
bool galley_document_prepare(GalleyDocument *self);

// Replaces bytes [start, old_end) by `length` bytes, of which some are read as others: `read` is as
// long as `bytes`, and made by galley_markup_show. NULL: all are read as they are. Costs no more
// than the part that differs from what is there. Ends and fails like galley_document_edit.
bool galley_document_replace(GalleyDocument *self, uint32_t start, uint32_t old_end,
                             const char *bytes, const char *read, uint32_t length);

// Sets which ASCII characters are plain punctuation, whatever they are in Markdown ("" is none), in
// all text that is put in from now on. False when there are too many.
bool galley_document_set_plain(GalleyDocument *self, const char *characters);

// Takes over the user's own names and annotates anew with them. False when memory ends; the
// document is then as it was, or empty but usable.
bool galley_document_set_names(GalleyDocument *self, const GalleyNameEntry *entries,
                               uint32_t count);

// Brings the resolved fields up to date; no work when they are. False when memory ends.
bool galley_document_resolve(GalleyDocument *self);

// Bytes of memory that the document owns, the syntax tree left out.
size_t galley_document_memory(const GalleyDocument *self);

// Index of the first block that ends after `byte`; block_count when there is none.
uint32_t galley_document_block_at(const GalleyDocument *self, uint32_t byte);

// The resolvers, in the order galley_document_resolve runs them. False when memory ends.
bool galley_date_resolve(GalleyDocument *self);
bool galley_entity_resolve(GalleyDocument *self);
bool galley_quote_resolve(GalleyDocument *self);
bool galley_citation_resolve(GalleyDocument *self);

#endif
