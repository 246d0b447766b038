#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "block_scan.h"
#include "check_family.h"

static bool (*const block_families[])(GalleyCheckBlock *) = {
    galley_check_sentences, galley_check_grid,  galley_check_range,  galley_check_unit,
    galley_check_scale, // numbers
    galley_check_calendar,  galley_check_words, galley_check_review,
};

static bool (*const document_families[])(GalleyCheckRun *) = {
    galley_check_day_range,   galley_check_lead, galley_check_currency,
    galley_check_scale_pairs, // numbers
    galley_check_notes,       galley_check_days, galley_check_repeats,  galley_check_quotes,
    galley_check_names,       galley_check_ages, galley_check_lists,    galley_check_numbering,
};

GalleyCheck galley_check_find(const char *id) {
  unsigned check = 0;
  while (check < GALLEY_CHECK_COUNT && strcmp(galley_checks[check].id, id) != 0)
    check++;
  return (GalleyCheck)check;
}

static GalleySeverity severity_of(GalleyCheck check, GalleyOutcome outcome, bool quoted) {
  GalleySeverity severity = (GalleySeverity)galley_checks[check].severity;
  if (outcome == GALLEY_OUTCOME_OK || outcome == GALLEY_OUTCOME_UNDECIDED) {
    return GALLEY_SEVERITY_HINT;
  }
  if (outcome == GALLEY_OUTCOME_NEAR && severity > GALLEY_SEVERITY_INFO) {
    severity = GALLEY_SEVERITY_INFO;
  }
  return quoted && severity > GALLEY_SEVERITY_HINT ? severity - 1 : severity;
}

void galley_check_begin(GalleyCheckBlock *self, GalleyCheck check, GalleyOutcome outcome,
                        uint32_t start, uint32_t end) {
  const GalleyBlockView *view = &self->view;
  uint32_t token = galley_check_token(view, start);
  bool quoted = view->kind == GALLEY_BLOCK_BLOCK_QUOTE ||
                (token < view->token_count && view->tokens[token].depth > 0);
  galley_finding_begin(self->found, (uint8_t)check, outcome, severity_of(check, outcome, quoted),
                       start, end);
}

void galley_check_begin_document(GalleyCheckRun *self, GalleyCheck check, GalleyOutcome outcome,
                                 bool quoted, uint32_t start, uint32_t end) {
  galley_finding_begin(self->found, (uint8_t)check, outcome, severity_of(check, outcome, quoted),
                       start, end);
}

void galley_check_soften(GalleyFindingList *found) {
  if (found->failed || !found->count) return;
  GalleyFinding *finding = &found->items[found->count - 1];
  if (finding->severity > GALLEY_SEVERITY_HINT) finding->severity--;
}

uint32_t galley_check_token(const GalleyBlockView *view, uint32_t at) {
  uint32_t low = 0, high = view->token_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (view->tokens[middle].end > at) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

static void take(GalleyBlockView *view) {
  for (uint32_t i = 0; i < view->spans->count; i++) {
    const GalleySpan *span = &view->spans->items[i];
    uint32_t at = galley_check_token(view, span->start);
    for (; at < view->token_count && view->tokens[at].start < span->end; at++)
      view->tokens[at].taken |= (uint8_t)(1u << span->kind);
  }
}

// A view of a block whose words are in the document's scratch.
static void view_scratch(GalleyDocument *document, GalleyBlockRecord *record,
                         GalleyBlockView *view) {
  *view = (GalleyBlockView){
      .bytes = document->text.bytes + record->start,
      .length = record->length,
      .kind = record->kind,
      .level = record->level,
      .tokens = document->tokens.items,
      .token_count = document->tokens.count,
      .spans = &record->spans,
      .names = document->names,
  };
  take(view);
}

static bool read_view(GalleyDocument *document, uint32_t index, GalleyBlockView *view) {
  GalleyBlockRecord *record = &document->blocks[index];
  GalleyBlockScan scan = galley_block_scan(&document->text, record->start);
  GalleyBlock block;
  const char *bytes = document->text.bytes + record->start;
  document->tokens.count = 0;
  if (galley_block_scan_next(&scan, &block, &document->leaves) != GALLEY_SCAN_BLOCK ||
      !galley_tokenize(bytes, record->start, document->leaves.items, document->leaves.count,
                       &document->tokens)) {
    return false;
  }
  view_scratch(document, record, view);
  return true;
}

bool galley_check_view(GalleyDocument *document, uint32_t index, GalleyBlockView *view) {
  bool done = read_view(document, index, view);
  // Then the run has failed, whatever the family makes of it.
  if (!done && document->findings) document->findings->failed = true;
  return done;
}

static bool is_prose(uint8_t kind) {
  return kind < GALLEY_BLOCK_REFERENCE;
}

// Runs the families over a view of a block; its findings go to the block's record.
static bool check_block(GalleyBlockRecord *record, const GalleyBlockView *view) {
  GalleyFindingList found = {0};
  GalleyCheckBlock block = {.view = *view, .found = &found};
  bool done = true;
  for (size_t i = 0; done && i < sizeof block_families / sizeof *block_families; i++)
    done = block_families[i](&block) && !found.failed;
  if (done && found.count) {
    record->findings = malloc(sizeof found);
    done = record->findings != NULL;
    if (done) *record->findings = found;
  }
  if (!done || !found.count) galley_finding_list_free(&found);
  record->checked = done;
  return done;
}

bool galley_check_scratch(GalleyDocument *document, GalleyBlockRecord *record) {
  GalleyBlockView view;
  for (uint32_t i = 0; i < document->tokens.count; i++)
    document->tokens.items[i].taken = 0; // by spans that the annotators took back, too
  view_scratch(document, record, &view);
  return check_block(record, &view);
}

// Checks the blocks that are new since the last time.
static bool check_blocks(GalleyDocument *document) {
  bool done = true;
  for (uint32_t i = 0; done && i < document->block_count; i++) {
    GalleyBlockRecord *block = &document->blocks[i];
    GalleyBlockView view;
    if (block->checked || !is_prose(block->kind)) continue;
    done = read_view(document, i, &view) && check_block(block, &view);
  }
  return done;
}

static bool check_document(GalleyDocument *document) {
  if (!document->findings) document->findings = calloc(1, sizeof(GalleyFindingList));
  if (!document->findings) return false;
  galley_finding_list_clear(document->findings);
  GalleyCheckRun run = {document, document->findings};
  for (size_t i = 0; i < sizeof document_families / sizeof *document_families; i++) {
    if (!document_families[i](&run) || run.found->failed) return false;
  }
  return true;
}

bool galley_check_run(GalleyDocument *document) {
  if (!galley_document_resolve(document)) return false;
  if (!document->checked) document->checked = check_blocks(document) && check_document(document);
  return document->checked;
}

uint32_t galley_check_count(const GalleyDocument *document) {
  uint32_t count = document->findings ? document->findings->count : 0;
  for (uint32_t i = 0; i < document->block_count; i++) {
    if (document->blocks[i].findings) count += document->blocks[i].findings->count;
  }
  return count;
}

static uint32_t collect(const GalleyFindingList *list, uint32_t base, uint64_t off, bool ok,
                        GalleyFindingRef *out) {
  uint32_t count = 0;
  for (uint32_t i = 0; list && i < list->count; i++) {
    const GalleyFinding *finding = &list->items[i];
    if (off & UINT64_C(1) << finding->check) continue;
    if (!ok && finding->outcome == GALLEY_OUTCOME_OK) continue;
    out[count++] = (GalleyFindingRef){list, finding, base};
  }
  return count;
}

static int compare(const void *left, const void *right) {
  const GalleyFindingRef *a = left, *b = right;
  uint32_t a_start = a->base + a->finding->start, b_start = b->base + b->finding->start;
  if (a_start != b_start) return a_start < b_start ? -1 : 1;
  uint32_t a_end = a->base + a->finding->end, b_end = b->base + b->finding->end;
  if (a_end != b_end) return a_end < b_end ? -1 : 1;
  if (a->finding->check != b->finding->check) {
    return (int)a->finding->check - (int)b->finding->check;
  }
  return a->finding < b->finding ? -1 : a->finding > b->finding;
}

uint32_t galley_check_collect(const GalleyDocument *document, uint64_t off, bool ok,
                              GalleyFindingRef *out) {
  uint32_t count = collect(document->findings, 0, off, ok, out);
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    count += collect(block->findings, block->start, off, ok, out + count);
  }
  if (count) qsort(out, count, sizeof *out, compare);
  return count;
}
