#include "finding_compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

static char complaint[512];

static const char *complain(const GalleyFindingRef *ref, const char *what) {
  snprintf(complaint, sizeof complaint, "finding of %s at byte %u: %s (%.200s)",
           galley_checks[ref->finding->check].id, ref->base + ref->finding->start, what,
           ref->list->text + ref->finding->message);
  return complaint;
}

// All findings, ticks too; the caller frees them. NULL: memory ended.
static GalleyFindingRef *all_findings(GalleyDocument *document, uint32_t *count) {
  if (!galley_check_run(document)) return NULL;
  GalleyFindingRef *refs = malloc((galley_check_count(document) + 1) * sizeof *refs);
  if (refs) *count = galley_check_collect(document, 0, true, refs);
  return refs;
}

static bool is_range(const GalleyDocument *document, uint32_t base, uint32_t start, uint32_t end) {
  return start <= end && base + end <= document->text.length;
}

static const char *wrong_of(const GalleyDocument *document, const GalleyFindingRef *ref) {
  const GalleyFinding *finding = ref->finding;
  const GalleyFindingList *list = ref->list;
  if (finding->check >= GALLEY_CHECK_COUNT) return "a check that is none";
  if (!is_range(document, ref->base, finding->start, finding->end)) {
    return complain(ref, "is outside the text");
  }
  if (!list->text[finding->message]) return complain(ref, "has no message");
  for (uint32_t i = 0; i < finding->related_count; i++) {
    const GalleyRelated *related = &list->related[finding->related + i];
    if (!is_range(document, ref->base, related->start, related->end)) {
      return complain(ref, "has an operand outside the text");
    }
  }
  for (uint32_t i = 0; i < finding->repair_count; i++) {
    const GalleyRepair *repair = &list->repairs[finding->repairs + i];
    if (repair->edit_count == 0) return complain(ref, "has a repair that changes nothing");
    for (uint32_t j = 0; j < repair->edit_count; j++) {
      const GalleyRepairEdit *edit = &list->edits[repair->edits + j];
      if (!is_range(document, ref->base, edit->start, edit->end)) {
        return complain(ref, "has an edit outside the text");
      }
    }
  }
  return NULL;
}

const char *findings_wrong(GalleyDocument *document) {
  uint32_t count = 0;
  const char *wrong = NULL;
  GalleyFindingRef *refs = all_findings(document, &count);
  if (!refs) return "out of memory";
  for (uint32_t i = 0; i < count && !wrong; i++)
    wrong = wrong_of(document, &refs[i]);
  free(refs);
  return wrong;
}

static bool same(const GalleyFindingRef *a, const GalleyFindingRef *b) {
  const GalleyFinding *x = a->finding, *y = b->finding;
  return a->base + x->start == b->base + y->start && a->base + x->end == b->base + y->end &&
         x->check == y->check && x->severity == y->severity && x->outcome == y->outcome &&
         x->related_count == y->related_count && x->repair_count == y->repair_count &&
         strcmp(a->list->text + x->message, b->list->text + y->message) == 0;
}

const char *findings_difference(GalleyDocument *a, GalleyDocument *b) {
  uint32_t a_count = 0, b_count = 0;
  const char *difference = NULL;
  GalleyFindingRef *a_refs = all_findings(a, &a_count), *b_refs = all_findings(b, &b_count);
  if (!a_refs || !b_refs) difference = "out of memory";
  for (uint32_t i = 0; !difference && i < a_count && i < b_count; i++) {
    if (!same(&a_refs[i], &b_refs[i])) difference = complain(&a_refs[i], "differs");
  }
  if (!difference && a_count != b_count) difference = "one has more findings";
  free(a_refs);
  free(b_refs);
  return difference;
}
