#include "match.h"

#include <stdio.h>
#include <string.h>

#include "match_query.h"

bool galley_match_wanted(const GalleySpan *span) {
  if (span->hidden) return false;
  switch (span->kind) {
  case GALLEY_KIND_QUOTE:
    return (span->type == GALLEY_QUOTE_DIRECT || span->type == GALLEY_QUOTE_MIXED) &&
           span->quote.content.end > span->quote.content.start;
  case GALLEY_KIND_CITATION:
    return false;
  default:
    return true;
  }
}

void galley_match_put(GalleyMatchList *list, uint32_t most, const GalleyMatch *match) {
  if (most > GALLEY_MATCH_MOST) most = GALLEY_MATCH_MOST;
  uint32_t at = list->count;
  while (at > 0 && list->items[at - 1].score < match->score)
    at--;
  if (at >= most) return;
  if (list->count < most) list->count++;
  memmove(list->items + at + 1, list->items + at, (list->count - at - 1) * sizeof *list->items);
  list->items[at] = *match;
}

void galley_match_explain(const GalleyContext *context, GalleyMatch *match) {
  size_t at = strlen(match->reason);
  const char *before = "; words in common: ";
  for (uint32_t i = 0; i < context->word_count; i++) {
    GalleyRange word = context->words[i];
    size_t length = word.end - word.start, lead = strlen(before);
    match->words[match->word_count++] = word;
    if (i >= 6 || at + lead + length >= sizeof match->reason) continue;
    memcpy(match->reason + at, before, lead);
    memcpy(match->reason + at + lead, match->source->bytes + word.start, length);
    at += lead + length;
    match->reason[at] = '\0';
    before = ", ";
  }
}

uint32_t galley_match_copy(char *out, size_t room, const char *bytes, uint32_t length) {
  uint32_t most = room > 49 ? 48 : (uint32_t)room - 1;
  if (length > most) {
    length = most;
    while (length > 0 && ((unsigned char)bytes[length] & 0xc0) == 0x80)
      length--;
  }
  uint32_t size = 0;
  for (uint32_t i = 0; i < length; i++) {
    if (galley_markup_is(bytes[i])) continue; // of the article: no part of its words
    out[size++] = (unsigned char)bytes[i] < ' ' ? ' ' : bytes[i];
  }
  out[size] = '\0';
  return size;
}

bool galley_match_find(GalleySources *sources, const GalleyDocument *document, uint32_t block,
                       uint32_t span, uint32_t most, GalleyMatchList *out) {
  static bool (*const finders[GALLEY_KIND_COUNT])(GalleySources *, GalleyQuery *, uint32_t,
                                                  GalleyMatchList *) = {
      [GALLEY_KIND_FIGURE] = galley_match_figure,
      [GALLEY_KIND_QUOTE] = galley_match_quote,
      [GALLEY_KIND_DATE] = galley_match_date,
      [GALLEY_KIND_ENTITY] = galley_match_name,
  };
  GalleyQuery query;
  out->count = 0;
  out->has_nearest = false;
  const GalleySpan *item = &document->blocks[block].spans.items[span];
  if (!finders[item->kind] || !galley_match_wanted(item)) return true;
  return galley_query_make(sources, document, block, span, &query) &&
         finders[item->kind](sources, &query, most, out);
}

// The narrowest span wanted that holds byte `at` of the block and is wider than span `inner`
// (UINT32_MAX: any). UINT32_MAX when there is none.
static uint32_t span_around(const GalleyBlockRecord *block, uint32_t at, uint32_t inner) {
  const GalleySpan *items = block->spans.items;
  uint32_t best = UINT32_MAX;
  for (uint32_t i = 0; i < block->spans.count; i++) {
    const GalleySpan *item = &items[i];
    uint32_t size = item->end - item->start;
    if (!galley_match_wanted(item) || item->start > at || item->end <= at) continue;
    if (inner != UINT32_MAX && size <= items[inner].end - items[inner].start) continue;
    if (best == UINT32_MAX || size <= items[best].end - items[best].start) best = i;
  }
  return best;
}

bool galley_match_at(GalleySources *sources, const GalleyDocument *document, uint32_t byte,
                     GalleyMatchList *out) {
  out->count = 0;
  out->has_nearest = false;
  uint32_t block = galley_document_block_at(document, byte);
  if (block >= document->block_count || document->blocks[block].start > byte) return true;
  const GalleyBlockRecord *record = &document->blocks[block];
  uint32_t at = byte - record->start, first = span_around(record, at, UINT32_MAX);
  for (uint32_t span = first; span != UINT32_MAX; span = span_around(record, at, span)) {
    if (span != first && record->spans.items[span].kind != GALLEY_KIND_QUOTE) continue;
    if (!galley_match_find(sources, document, block, span, GALLEY_MATCH_MOST, out)) return false;
    if (out->count && out->items[0].score >= GALLEY_MATCH_PLACE) return true;
  }
  // nothing at all: what came nearest of the innermost
  return first == UINT32_MAX ||
         galley_match_find(sources, document, block, first, GALLEY_MATCH_MOST, out);
}

GalleyPoint galley_source_point(const GalleySource *source, uint32_t byte) {
  uint32_t low = 0, high = source->segment_count, row = 0, at = 0;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (source->segments[middle].end > byte) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  if (low < source->segment_count && source->segments[low].passage_count) {
    const GalleySegment *segment = &source->segments[low];
    uint32_t first = 0, last = segment->passage_count;
    while (last - first > 1) {
      uint32_t middle = first + (last - first) / 2;
      if (segment->passages[middle].start <= byte) {
        first = middle;
      } else {
        last = middle;
      }
    }
    if (segment->passages[first].start <= byte) {
      at = segment->passages[first].start;
      row = segment->passages[first].row;
    }
  }
  uint32_t line = at;
  while (line > 0 && source->bytes[line - 1] != '\n')
    line--;
  for (const char *next; at < byte && (next = memchr(source->bytes + at, '\n', byte - at)); row++)
    line = at = (uint32_t)(next - source->bytes) + 1;
  return (GalleyPoint){row, byte - line};
}
