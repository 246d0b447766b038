#include "span_compare.h"

#include <stdio.h>
#include <string.h>

#include "rule.h"

static bool same_range(GalleyRange a, GalleyRange b) {
  return a.start == b.start && a.end == b.end;
}

static bool same_entity(const GalleySpan *a, const GalleySpan *b) {
  return a->entity.key == b->entity.key && a->entity.cluster == b->entity.cluster &&
         a->entity.type == b->entity.type && a->entity.subtype == b->entity.subtype &&
         a->entity.gender == b->entity.gender && a->entity.score == b->entity.score;
}

static bool same_date(const GalleySpan *a, const GalleySpan *b) {
  return a->date.first_day == b->date.first_day && a->date.last_day == b->date.last_day &&
         a->date.confidence == b->date.confidence && a->date.anchor == b->date.anchor &&
         a->date.role == b->date.role;
}

static bool same_quote(const GalleySpan *a, const GalleySpan *b) {
  return same_range(a->quote.content, b->quote.content) &&
         same_range(a->quote.speaker, b->quote.speaker) && same_range(a->quote.cue, b->quote.cue) &&
         a->quote.id == b->quote.id && a->quote.speaker_cluster == b->quote.speaker_cluster &&
         a->quote.speaker_block == b->quote.speaker_block &&
         (a->quote.speaker_block == UINT32_MAX ||
          same_range(a->quote.speaker_range, b->quote.speaker_range)) &&
         a->quote.speaker_rule == b->quote.speaker_rule;
}

// Also true of two that are no number.
static bool same_double(double a, double b) {
  return memcmp(&a, &b, sizeof a) == 0; // NOLINT(bugprone-suspicious-memory-comparison)
}

static bool same_figure(const GalleySpan *a, const GalleySpan *b) {
  return same_double(a->figure.low, b->figure.low) && same_double(a->figure.high, b->figure.high) &&
         same_range(a->figure.unit, b->figure.unit) && same_range(a->figure.noun, b->figure.noun) &&
         a->figure.hedge == b->figure.hedge && a->figure.scale == b->figure.scale &&
         strcmp(a->figure.unit_code, b->figure.unit_code) == 0;
}

static bool same_citation(const GalleySpan *a, const GalleySpan *b) {
  return a->citation.target_start == b->citation.target_start &&
         a->citation.target_end == b->citation.target_end &&
         same_range(a->citation.label, b->citation.label);
}

static bool same_span(const GalleySpan *a, const GalleySpan *b) {
  static bool (*const details[GALLEY_KIND_COUNT])(const GalleySpan *, const GalleySpan *) = {
      [GALLEY_KIND_ENTITY] = same_entity,     [GALLEY_KIND_DATE] = same_date,
      [GALLEY_KIND_QUOTE] = same_quote,       [GALLEY_KIND_FIGURE] = same_figure,
      [GALLEY_KIND_CITATION] = same_citation,
  };
  return a->start == b->start && a->end == b->end && a->rule == b->rule && a->kind == b->kind &&
         a->type == b->type && a->subtype == b->subtype && a->state == b->state &&
         a->hidden == b->hidden && a->depth == b->depth && strcmp(a->value, b->value) == 0 &&
         details[a->kind](a, b);
}

static bool same_block(const GalleyBlockRecord *a, const GalleyBlockRecord *b) {
  return a->start == b->start && a->length == b->length && a->kind == b->kind &&
         a->level == b->level && a->spans.count == b->spans.count;
}

const char *document_difference(GalleyDocument *a, GalleyDocument *b) {
  static char message[256];
  if (a->text.length != b->text.length || memcmp(a->text.bytes, b->text.bytes, a->text.length)) {
    return "the texts differ";
  }
  if (a->text.line_count != b->text.line_count) return "the line indexes differ";
  if (!galley_document_prepare(a) || !galley_document_prepare(b)) return "no memory for a tree";
  if (!galley_syntax_equal(a->syntax, b->syntax)) return "the trees differ";
  if (a->block_count != b->block_count) return "the numbers of blocks differ";
  if (a->cluster_count != b->cluster_count) return "the numbers of clusters differ";
  for (uint32_t i = 0; i < a->block_count; i++) {
    const GalleyBlockRecord *left = &a->blocks[i], *right = &b->blocks[i];
    if (!same_block(left, right)) {
      snprintf(message, sizeof message,
               "block %u: kind %d at %u+%u with %u spans, or %d at %u+%u with %u", i, left->kind,
               left->start, left->length, left->spans.count, right->kind, right->start,
               right->length, right->spans.count);
      return message;
    }
    for (uint32_t j = 0; j < left->spans.count; j++) {
      const GalleySpan *one = &left->spans.items[j], *other = &right->spans.items[j];
      if (same_span(one, other)) continue;
      snprintf(message, sizeof message, "block %u span %u: %s at %u-%u, or %s at %u-%u", i, j,
               galley_rule(one->rule)->id, one->start, one->end, galley_rule(other->rule)->id,
               other->start, other->end);
      return message;
    }
  }
  return NULL;
}
