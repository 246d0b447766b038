#include "search.h"

#include <string.h>

#include "match.h"

static bool inside(uint32_t start, uint32_t end, uint32_t length) {
  return start <= end && end <= length;
}

static const char *check_match(const GalleyDocument *document, const GalleyMatch *match) {
  uint32_t length = match->source->length;
  if (!inside(match->start, match->end, length)) return "a candidate lies outside its source";
  if (!(match->score >= 0 && match->score <= 1)) return "a score is not from 0 to 1";
  if (!memchr(match->reason, 0, sizeof match->reason)) {
    return "a reason has no end";
  }
  for (int i = 0; i < match->word_count; i++)
    if (!inside(match->words[i].start, match->words[i].end, length)) return "a word lies outside";
  for (int i = 0; i < match->difference_count; i++) {
    const GalleyDifference *item = &match->differences[i];
    if (!inside(item->found.start, item->found.end, length) ||
        !inside(item->expected.start, item->expected.end, document->text.length)) {
      return "a difference lies outside its text";
    }
  }
  GalleyPoint point = galley_source_point(match->source, match->start);
  return point.column <= match->start ? NULL : "a column is before its line";
}

static const char *check_list(const GalleyDocument *document, const GalleyMatchList *list) {
  if (list->count > GALLEY_MATCH_MOST) return "more candidates than there may be";
  const char *wrong = list->has_nearest ? check_match(document, &list->nearest) : NULL;
  for (uint32_t i = 0; !wrong && i < list->count; i++) {
    wrong = check_match(document, &list->items[i]);
    if (i && list->items[i].score > list->items[i - 1].score) return "candidates out of order";
  }
  return wrong;
}

static const char *check_index(const GalleySource *source) {
  uint32_t at = 0, row = 0, counted = 0;
  for (uint32_t i = 0; i < source->segment_count; i++) {
    const GalleySegment *segment = &source->segments[i];
    if (segment->start != at || segment->end < at) return "segments leave a gap or overlap";
    at = segment->end;
    for (uint32_t j = 0; j < segment->passage_count; j++) {
      const GalleyPassage *passage = &segment->passages[j];
      if (passage->start >= passage->end || passage->start < segment->start ||
          passage->end > segment->end || passage->start < counted) {
        return "a passage is empty or out of place";
      }
      for (; counted < passage->start; counted++)
        row += source->bytes[counted] == '\n';
      if (passage->row != row) return "a passage has another row than it says";
    }
  }
  return at == source->length ? NULL : "the index ends before the source";
}

static const char *search_all(GalleySources *sources, const GalleyDocument *document) {
  static GalleyMatchList list;
  for (uint32_t i = 0; i < document->block_count; i++) {
    for (uint32_t j = 0; j < document->blocks[i].spans.count; j++) {
      if (!galley_match_find(sources, document, i, j, GALLEY_MATCH_MOST, &list)) return "no memory";
      const char *wrong = check_list(document, &list);
      if (wrong) return wrong;
    }
  }
  return NULL;
}

const char *fuzz_search(const char *article, uint32_t article_length, const char *source,
                        uint32_t source_length, uint32_t cut) {
  GalleySources *sources = galley_sources_new();
  GalleyDocument *document = galley_document_new();
  bool made = sources && document &&
              galley_document_edit(document, 0, 0, article, article_length) &&
              galley_document_resolve(document) && galley_sources_feed(sources, 1, source, cut) &&
              galley_sources_feed(sources, 1, source + cut, source_length - cut);
  const char *wrong = made ? check_index(galley_sources_get(sources, 1)) : "no memory";
  if (!wrong) wrong = search_all(sources, document);
  galley_document_free(document);
  galley_sources_free(sources);
  return wrong;
}
