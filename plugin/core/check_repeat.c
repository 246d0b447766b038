// paragraph-doubled.
#include "check_family.h"
#include "check_text.h"

#include <stdlib.h>

enum { PARAGRAPH_BYTES = 100 }; // shorter ones may be refrains, labels, credits

typedef struct {
  uint32_t hash, block;
} Paragraph;

static int compare(const void *left, const void *right) {
  const Paragraph *a = left, *b = right;
  if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
  return a->block < b->block ? -1 : a->block > b->block;
}

// Bytes of a block without white space at its end.
static uint32_t trimmed(const GalleyDocument *document, uint32_t block) {
  const GalleyBlockRecord *record = &document->blocks[block];
  const char *bytes = document->text.bytes + record->start;
  uint32_t length = record->length;
  while (length && (bytes[length - 1] == ' ' || bytes[length - 1] == '\n' ||
                    bytes[length - 1] == '\r' || bytes[length - 1] == '\t')) {
    length--;
  }
  return length;
}

static bool equal(const GalleyDocument *document, uint32_t a, uint32_t b) {
  uint32_t length = trimmed(document, a);
  return length == trimmed(document, b) &&
         memcmp(document->text.bytes + document->blocks[a].start,
                document->text.bytes + document->blocks[b].start, length) == 0;
}

static void report(GalleyCheckRun *run, uint32_t first, uint32_t again) {
  const GalleyDocument *document = run->document;
  uint32_t start = document->blocks[again].start, end = start + trimmed(document, again);
  galley_check_begin_document(run, GALLEY_CHECK_PARAGRAPH_DOUBLED, GALLEY_OUTCOME_BAD, false, start,
                              end);
  galley_finding_say(run->found, "the same paragraph stands above");
  uint32_t above = document->blocks[first].start;
  galley_finding_relate(run->found, above, above + trimmed(document, first), "the first one");
  uint32_t next =
      again + 1 < document->block_count ? document->blocks[again + 1].start : document->text.length;
  galley_finding_repair(run->found, "Delete the second paragraph");
  galley_finding_edit(run->found, start, next, "%s", "");
}

bool galley_check_repeats(GalleyCheckRun *run) {
  const GalleyDocument *document = run->document;
  uint32_t count = 0;
  if (document->block_count < 2) return true;
  Paragraph *list = malloc(document->block_count * sizeof *list);
  if (!list) return false;
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    if (block->kind != GALLEY_BLOCK_PARAGRAPH || block->length < PARAGRAPH_BYTES) continue;
    // The length and some words tell nearly all apart; the bytes decide.
    uint32_t hash = galley_hash_byte(GALLEY_HASH_START, (unsigned char)trimmed(document, i));
    for (uint32_t at = 0; at < PARAGRAPH_BYTES; at++)
      hash = galley_hash_byte(hash, (unsigned char)document->text.bytes[block->start + at]);
    list[count++] = (Paragraph){hash, i};
  }
  if (count) qsort(list, count, sizeof *list, compare);
  for (uint32_t i = 1; i < count; i++) {
    if (list[i - 1].hash == list[i].hash && equal(document, list[i - 1].block, list[i].block)) {
      report(run, list[i - 1].block, list[i].block);
    }
  }
  free(list);
  return true;
}
