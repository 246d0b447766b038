#include "span_name.h"

#include "markup.h"

const char *galley_confidence_name(const GalleySpan *date) {
  static const char *const names[] = {"stated", "derived", "guessed"};
  return names[date->date.confidence % 3];
}

const char *galley_anchor_name(const GalleySpan *date) {
  static const char *const names[] = {"none", "document", "mention"};
  return names[date->date.anchor % 3];
}

const char *galley_state_name(const GalleySpan *quote) {
  static const char *const names[] = {"closed", "continued", "unclosed"};
  return names[quote->state % 3];
}

bool galley_cluster_name(const GalleyDocument *document, uint32_t cluster, GalleyRange *name) {
  if (cluster >= document->cluster_count) return false;
  const GalleyCluster *named = &document->clusters[cluster];
  const GalleyBlockRecord *block = &document->blocks[named->name_block];
  const GalleySpan *span = &block->spans.items[named->name_span];
  *name = (GalleyRange){block->start + span->start, block->start + span->end};
  return true;
}

static bool is_word_byte(char c) {
  return (unsigned char)c >= 0x80 || (unsigned)((c | 0x20) - 'a') < 26 || (unsigned)(c - '0') < 10;
}

size_t galley_plain_name(const GalleyDocument *document, GalleyRange range, char *out) {
  const char *bytes = document->text.bytes;
  size_t length = 0;
  bool space = false;
  for (uint32_t i = range.start; i < range.end; i++) {
    char c = bytes[i];
    bool within = i > range.start && i + 1 < range.end && is_word_byte(bytes[i - 1]) &&
                  is_word_byte(bytes[i + 1]);
    if (galley_markup_is(c) || c == '*' || (c == '_' && !within)) continue;
    bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (!blank && space) out[length++] = ' ';
    if (!blank) out[length++] = c;
    space = blank;
  }
  return length;
}

GalleyRange galley_speaker_range(const GalleyDocument *document, const GalleyBlockRecord *block,
                                 const GalleySpan *quote) {
  GalleyRange range = quote->quote.speaker;
  if (quote->quote.speaker_block < document->block_count &&
      quote->quote.speaker_range.start != quote->quote.speaker_range.end) {
    range = quote->quote.speaker_range;
    block = &document->blocks[quote->quote.speaker_block];
  }
  if (range.start == range.end) return (GalleyRange){0, 0};
  return (GalleyRange){block->start + range.start, block->start + range.end};
}
