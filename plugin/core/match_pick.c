// Picks the passages that are worth reading, by the index alone.
#include "match_query.h"

#include <stdlib.h>
#include <string.h>

#define NUMBER_WORTH 1.0f // of a passage that has the number, beside its words
#define PICKS_WITHOUT 16  // picks that need not have the number

static void add_words(const GalleySegment *segment, const GalleyQuery *query, float *weights) {
  for (uint32_t i = 0; i < query->word_count; i++) {
    const GalleyQueryWord *word = &query->words[i];
    if (word->rarity <= 0) continue;
    uint32_t low = 0, high = segment->term_count;
    while (low < high) {
      uint32_t middle = low + (high - low) / 2;
      if (segment->terms[middle].stem < word->stem) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const GalleyTerm *term = &segment->terms[low];
    if (low == segment->term_count || term->stem != word->stem) continue;
    for (uint32_t j = term->first; j < term[1].first; j++)
      weights[segment->postings[j]] += word->weight * word->rarity;
  }
}

static uint32_t first_number(const GalleySegment *segment, uint32_t mantissa) {
  uint32_t low = 0, high = segment->number_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (segment->numbers[middle].mantissa < mantissa) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

static void add_numbers(const GalleySegment *segment, const GalleyQuery *query, bool *has) {
  for (uint32_t i = 0; i < query->range_count; i++) {
    const uint32_t *range = query->ranges[i];
    for (uint32_t j = first_number(segment, range[0]);
         j < segment->number_count && segment->numbers[j].mantissa <= range[1]; j++) {
      has[segment->numbers[j].passage] = true;
    }
  }
}

// Keeps the heaviest, in order.
static uint32_t put_pick(GalleyPick *picks, uint32_t count, uint32_t most, const GalleyPick *pick) {
  if (count == most && picks[count - 1].weight >= pick->weight) return count;
  uint32_t at = count < most ? count : most - 1;
  for (; at > 0 && picks[at - 1].weight < pick->weight; at--)
    picks[at] = picks[at - 1];
  picks[at] = *pick;
  return count < most ? count + 1 : count;
}

uint32_t galley_match_pick(const GalleySources *sources, GalleyQuery *query,
                           GalleyPick picks[GALLEY_PICKS_MOST]) {
  uint32_t most_passages = 0, with = 0, without = 0;
  const uint32_t most_with = GALLEY_PICKS_MOST - PICKS_WITHOUT;
  GalleyPick others[PICKS_WITHOUT];
  for (uint32_t i = 0; i < sources->count; i++)
    for (uint32_t j = 0; j < sources->sources[i]->segment_count; j++) {
      uint32_t count = sources->sources[i]->segments[j].passage_count;
      if (count > most_passages) most_passages = count;
    }
  float *weights = calloc((size_t)most_passages + 1, sizeof *weights);
  bool *has = calloc((size_t)most_passages + 1, sizeof *has);
  if (!weights || !has) {
    free(weights);
    free(has);
    return UINT32_MAX;
  }
  for (uint32_t i = 0; i < sources->count; i++) {
    const GalleySource *source = sources->sources[i];
    for (uint32_t j = 0; j < source->segment_count; j++) {
      const GalleySegment *segment = &source->segments[j];
      memset(weights, 0, segment->passage_count * sizeof *weights);
      memset(has, 0, segment->passage_count * sizeof *has);
      add_words(segment, query, weights);
      add_numbers(segment, query, has);
      for (uint32_t k = 0; k < segment->passage_count; k++) {
        if (weights[k] <= 0 && !has[k]) continue;
        GalleyPick pick = {source, j, k, weights[k] + (has[k] ? NUMBER_WORTH : 0), has[k]};
        if (has[k]) {
          with = put_pick(picks, with, most_with, &pick);
        } else {
          without = put_pick(others, without, PICKS_WITHOUT, &pick);
        }
      }
    }
  }
  free(weights);
  free(has);
  memcpy(picks + with, others, without * sizeof *others);
  return with + without;
}
