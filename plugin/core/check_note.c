// Notes: note-orphan, note-unused, note-duplicate, citation-undefined.
#include "check_family.h"
#include "check_text.h"

#include <stdlib.h>

// "[^x]" that begins a note: bytes of the label in the document; none when the block has no such.
static GalleyRange label_of(const GalleyDocument *document, uint32_t block) {
  const GalleyBlockRecord *record = &document->blocks[block];
  const char *bytes = document->text.bytes;
  uint32_t at = record->start, end = record->start + record->length;
  while (at < end && (bytes[at] == ' ' || bytes[at] == '\t'))
    at++;
  if (at + 3 > end || bytes[at] != '[' || bytes[at + 1] != '^') return (GalleyRange){0, 0};
  uint32_t start = at + 2;
  at = start;
  while (at < end && bytes[at] != ']' && bytes[at] != '\n')
    at++;
  return at < end && bytes[at] == ']' ? (GalleyRange){start, at} : (GalleyRange){0, 0};
}

static char folded(char c) {
  return (unsigned)(c - 'A') < 26 ? (char)(c | 0x20) : c;
}

static bool same_label(const GalleyDocument *document, GalleyRange a, GalleyRange b) {
  if (a.end - a.start != b.end - b.start) return false;
  for (uint32_t i = 0; i < a.end - a.start; i++) {
    if (folded(document->text.bytes[a.start + i]) != folded(document->text.bytes[b.start + i])) {
      return false;
    }
  }
  return true;
}

#define LABEL(document, label)                                                                     \
  (int)((label).end - (label).start < CHECK_TEXT_MAX ? (label).end - (label).start                 \
                                                     : CHECK_TEXT_MAX),                            \
      (document)->text.bytes + (label).start

static void begin(GalleyCheckRun *run, GalleyCheck check, uint32_t start, uint32_t end) {
  galley_check_begin_document(run, check, GALLEY_OUTCOME_BAD, false, start, end);
}

// "[2] A letter." at the start of a line: an entry of a list of sources, no citation.
static bool is_entry(const GalleyDocument *document, uint32_t block, const GalleySpan *span) {
  if (span->start == 0) return true;
  return document->blocks[block].kind == GALLEY_BLOCK_PARAGRAPH &&
         check_span_bytes(document, block, span)[-1] == '\n' &&
         document->text.bytes[document->blocks[block].start] == '[';
}

// Whether an entry that is not the first line of its block has this number.
static bool has_entry(const GalleyDocument *document, GalleyRange label) {
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    if (!spans->count || spans->items[0].kind != GALLEY_KIND_CITATION || spans->items[0].start) {
      continue;
    }
    uint32_t base = document->blocks[i].start;
    for (uint32_t j = 0; j < spans->count; j++) {
      const GalleySpan *span = &spans->items[j];
      GalleyRange other = {base + span->citation.label.start, base + span->citation.label.end};
      if (span->kind == GALLEY_KIND_CITATION && is_entry(document, i, span) &&
          same_label(document, other, label)) {
        return true;
      }
    }
  }
  return false;
}

// "[text][label]": a link whose address stands elsewhere.
static bool is_reference_link(const GalleyDocument *document, uint32_t block,
                              const GalleySpan *span) {
  const GalleyRange *label = &span->citation.label;
  if (span->type != GALLEY_CITATION_LINK || label->end <= label->start || label->start < 2 ||
      label->start < span->start + 2) {
    return false;
  }
  const char *bytes = document->text.bytes + document->blocks[block].start;
  return memcmp(bytes + label->start - 2, "][", 2) == 0 && bytes[label->end] == ']';
}

static void check_reference(GalleyCheckRun *run, uint32_t block, const GalleySpan *span,
                            bool has_numbers) {
  const GalleyDocument *document = run->document;
  if (span->citation.target_end > span->citation.target_start) return;
  uint32_t base = document->blocks[block].start;
  GalleyRange label = {base + span->citation.label.start, base + span->citation.label.end};
  if (is_reference_link(document, block, span)) {
    begin(run, GALLEY_CHECK_CITATION_UNDEFINED, base + span->start, base + span->end);
    galley_finding_say(run->found, "no line defines the link [%.*s]", LABEL(document, label));
  } else if (span->type == GALLEY_CITATION_NOTE) {
    begin(run, GALLEY_CHECK_NOTE_ORPHAN, base + span->start, base + span->end);
    galley_finding_say(run->found, "there is no note [^%.*s]", LABEL(document, label));
  } else if (span->type == GALLEY_CITATION_NUMBER && has_numbers &&
             !is_entry(document, block, span) && !has_entry(document, label)) {
    begin(run, GALLEY_CHECK_CITATION_UNDEFINED, base + span->start, base + span->end);
    galley_finding_say(run->found, "no source has the number %.*s", LABEL(document, label));
  }
}

// Whether numbers in brackets cite a list of sources: one of them does.
static bool cites_numbers(const GalleyDocument *document) {
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    for (uint32_t j = 0; j < spans->count; j++) {
      const GalleySpan *span = &spans->items[j];
      if (span->kind == GALLEY_KIND_CITATION && span->type == GALLEY_CITATION_NUMBER &&
          span->citation.target_end > span->citation.target_start) {
        return true;
      }
    }
  }
  return false;
}

// A label as it is cited or defined.
typedef struct {
  uint32_t hash;
  GalleyRange label; // bytes of the document
  bool defines;
} Label;

typedef struct {
  Label *items;
  uint32_t count, capacity;
} LabelList;

static bool add_label(const GalleyDocument *document, LabelList *list, GalleyRange label,
                      bool defines) {
  if (list->count == list->capacity) {
    uint32_t capacity = list->capacity ? list->capacity * 2 : 32;
    Label *items = realloc(list->items, capacity * sizeof *items);
    if (!items) return false;
    list->items = items;
    list->capacity = capacity;
  }
  uint32_t hash = GALLEY_HASH_START;
  for (uint32_t i = label.start; i < label.end; i++)
    hash = galley_hash_byte(hash, (unsigned char)folded(document->text.bytes[i]));
  list->items[list->count++] = (Label){hash, label, defines};
  return true;
}

// Equal labels together, definitions first, then in the order of the text.
static int compare(const void *left, const void *right) {
  const Label *a = left, *b = right;
  if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
  if (a->defines != b->defines) return a->defines ? -1 : 1;
  return a->label.start < b->label.start ? -1 : a->label.start > b->label.start;
}

static bool collect(const GalleyDocument *document, LabelList *list) {
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    GalleyRange defined = {0, 0};
    if (block->kind == GALLEY_BLOCK_NOTE) defined = label_of(document, i);
    if (defined.end > defined.start && !add_label(document, list, defined, true)) return false;
    for (uint32_t j = 0; j < block->spans.count; j++) {
      const GalleySpan *span = &block->spans.items[j];
      if (span->kind != GALLEY_KIND_CITATION || span->type != GALLEY_CITATION_NOTE) continue;
      GalleyRange cited = {block->start + span->citation.label.start,
                           block->start + span->citation.label.end};
      if (cited.start != defined.start && !add_label(document, list, cited, false)) return false;
    }
  }
  if (list->count) qsort(list->items, list->count, sizeof *list->items, compare);
  return true;
}

// Notes that stand twice, or that nothing refers to.
static void check_labels(GalleyCheckRun *run, const LabelList *list) {
  for (uint32_t i = 0; i < list->count; i++) {
    const Label *item = &list->items[i];
    if (!item->defines) continue;
    uint32_t start = item->label.start - 2, end = item->label.end + 1;
    const Label *before = i ? item - 1 : NULL;
    if (before && same_label(run->document, before->label, item->label)) {
      begin(run, GALLEY_CHECK_NOTE_DUPLICATE, start, end);
      galley_finding_say(run->found, "a note [^%.*s] stands above already",
                         LABEL(run->document, item->label));
      galley_finding_relate(run->found, before->label.start - 2, before->label.end + 1,
                            "the one above");
      continue;
    }
    bool cited = false;
    for (uint32_t j = i + 1; j < list->count && list->items[j].hash == item->hash && !cited; j++)
      cited = !list->items[j].defines;
    if (!cited) {
      begin(run, GALLEY_CHECK_NOTE_UNUSED, start, end);
      galley_finding_say(run->found, "nothing refers to note [^%.*s]",
                         LABEL(run->document, item->label));
    }
  }
}

bool galley_check_notes(GalleyCheckRun *run) {
  const GalleyDocument *document = run->document;
  LabelList list = {0};
  bool done = collect(document, &list);
  if (done) check_labels(run, &list);
  free(list.items);
  bool has_numbers = cites_numbers(document);
  for (uint32_t i = 0; done && i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    for (uint32_t j = 0; j < spans->count; j++) {
      if (spans->items[j].kind == GALLEY_KIND_CITATION) {
        check_reference(run, i, &spans->items[j], has_numbers);
      }
    }
  }
  return done;
}
