// Findings: what the checks say, and lists of them.
//
// A list keeps its texts and parts in pools, so that a finding is one small record. Adding is
// written without error handling: once memory ended, `failed` stays set and nothing more is added.
// Offsets count from the list's base: the block's first byte in a block's list, byte 0 in the
// document's.
#ifndef GALLEY_CHECK_FINDING_H
#define GALLEY_CHECK_FINDING_H

#include <stdbool.h>
#include <stdint.h>

typedef enum {
  GALLEY_SEVERITY_HINT,
  GALLEY_SEVERITY_INFO,
  GALLEY_SEVERITY_WARN,
  GALLEY_SEVERITY_ERROR,
  GALLEY_SEVERITY_COUNT
} GalleySeverity;

typedef enum {
  GALLEY_OUTCOME_OK,        // it was tested and holds: a tick
  GALLEY_OUTCOME_NEAR,      // off by a little more than rounding explains
  GALLEY_OUTCOME_BAD,       // it does not hold
  GALLEY_OUTCOME_UNDECIDED, // understood, but it cannot be told
  GALLEY_OUTCOME_COUNT
} GalleyOutcome;

typedef struct {
  uint32_t start, end;       // bytes
  uint32_t message;          // in the list's text, NUL-terminated
  uint32_t key;              // what an ignore is tied to, in the list's text; 0: made of operands
  uint32_t related, repairs; // index of the first
  uint16_t related_count, repair_count;
  uint8_t check;    // GalleyCheck
  uint8_t severity; // GalleySeverity
  uint8_t outcome;  // GalleyOutcome
} GalleyFinding;

typedef struct { // an operand
  uint32_t start, end, message;
} GalleyRelated;

typedef struct { // one possible mend
  uint32_t title;
  uint32_t edits; // index of the first
  uint32_t edit_count;
} GalleyRepair;

typedef struct { // bytes [start, end) become the text
  uint32_t start, end, text;
} GalleyRepairEdit;

typedef struct GalleyFindingList {
  GalleyFinding *items;
  GalleyRelated *related;
  GalleyRepair *repairs;
  GalleyRepairEdit *edits;
  char *text; // starts with an empty string
  uint32_t count, related_count, repair_count, edit_count, text_length;
  uint32_t capacity, related_capacity, repair_capacity, edit_capacity, text_capacity;
  bool failed; // memory ended
} GalleyFindingList;

#define GALLEY_FORMAT(at) __attribute__((format(printf, at, at + 1)))

// Begins a finding; what follows goes to it. The message is printf's.
void galley_finding_begin(GalleyFindingList *self, uint8_t check, GalleyOutcome outcome,
                          GalleySeverity severity, uint32_t start, uint32_t end);
void galley_finding_say(GalleyFindingList *self, const char *format, ...) GALLEY_FORMAT(2);
// Only where the check's id and the texts of the operands are not what an ignore should be tied to.
void galley_finding_key(GalleyFindingList *self, const char *format, ...) GALLEY_FORMAT(2);
void galley_finding_relate(GalleyFindingList *self, uint32_t start, uint32_t end,
                           const char *format, ...) GALLEY_FORMAT(4);
// Begins a repair; its edits follow.
void galley_finding_repair(GalleyFindingList *self, const char *format, ...) GALLEY_FORMAT(2);
void galley_finding_edit(GalleyFindingList *self, uint32_t start, uint32_t end, const char *format,
                         ...) GALLEY_FORMAT(4);

// Empties the list; its memory stays.
void galley_finding_list_clear(GalleyFindingList *self);
void galley_finding_list_free(GalleyFindingList *self);             // its pools, not itself
uint32_t galley_finding_list_memory(const GalleyFindingList *self); // bytes

#endif
