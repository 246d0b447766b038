// Places of a name: the whole of it, or a person's surname.
#include "match_query.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lexicon.h"
#include "match_align.h"

#define NAME_WORDS_MOST 12
#define PASSAGE_WORDS_MOST 2000

typedef struct {
  GalleyQuery *query;
  GalleyAlignText name, words;
  bool person;
  uint32_t most;
  GalleyMatchList *out;
} Search;

static bool read_name(Search *self) {
  const GalleyDocument *document = self->query->document;
  const GalleySpan *span = self->query->span;
  const GalleyBlockRecord *block = self->query->block;
  self->person = span->entity.type == GALLEY_ENTITY_PERSON;
  if (span->entity.cluster < document->cluster_count) {
    const GalleyCluster *cluster = &document->clusters[span->entity.cluster];
    block = &document->blocks[cluster->name_block];
    span = &block->spans.items[cluster->name_span];
  }
  return galley_align_read(document->text.bytes + block->start, span->start, span->end, false,
                           NAME_WORDS_MOST, &self->name);
}

// Words of the name, from `first` on, that stand at word `at`.
static bool stands_at(const Search *self, uint32_t first, uint32_t at) {
  uint32_t length = self->name.count - first;
  if (length > self->words.count - at) return false;
  for (uint32_t i = 0; i < length; i++) {
    const GalleyAlignWord *ours = &self->name.items[first + i],
                          *theirs = &self->words.items[at + i];
    if (ours->stem != theirs->stem || (ours->capital && !theirs->capital)) return false;
  }
  return true;
}

// "Jane Smith" is not John: another first name stands before the surname.
static bool is_other_person(const Search *self, const GalleySource *source, uint32_t at) {
  if (at == 0) return false;
  const GalleyAlignWord *before = &self->words.items[at - 1], *word = &self->words.items[at];
  uint64_t classes = galley_lexicon_classes(before->word);
  bool next = word->start - before->end == 1 && source->bytes[before->end] == ' ';
  return next && before->capital && !before->first &&
         !(classes & (GALLEY_IS(GALLEY_CLASS_TITLE) | GALLEY_IS(GALLEY_CLASS_ROLE))) &&
         before->hash != self->name.items[0].hash;
}

static void put(Search *self, const GalleyPick *pick, uint32_t at, uint32_t length, bool whole) {
  const GalleyPassage *passage = &pick->source->segments[pick->segment].passages[pick->passage];
  uint32_t start = self->words.items[at].start, end = self->words.items[at + length - 1].end;
  GalleyContext context;
  const GalleyRange near[2] = {{passage->start, passage->end}};
  galley_context_make(self->query, pick->source, passage, near, start, end, &context);
  float value = whole ? (length > 1 ? 2.7f : 2.2f) : 1.5f;
  float shared = 2 * (1 - expf(-context.sum / 2.2f));
  GalleyMatch match = {.source = pick->source,
                       .start = start,
                       .end = end,
                       .kind = GALLEY_KIND_ENTITY,
                       .verdict = GALLEY_VERDICT_EQUAL,
                       .score = 1 / (1 + expf(2.0f - value - shared))};
  char name[64];
  galley_match_copy(name, sizeof name, pick->source->bytes + start, end - start);
  snprintf(match.reason, sizeof match.reason, "%s%s", whole ? "" : "surname: ", name);
  galley_match_explain(&context, &match);
  galley_match_put(self->out, self->most, &match);
}

static bool try_passage(Search *self, const GalleyPick *pick) {
  const GalleyPassage *passage = &pick->source->segments[pick->segment].passages[pick->passage];
  uint32_t last = self->name.count - 1;
  self->words.count = 0;
  if (!galley_align_read(pick->source->bytes, passage->start, passage->end, true,
                         PASSAGE_WORDS_MOST, &self->words)) {
    return false;
  }
  for (uint32_t at = 0; at < self->words.count; at++) {
    if (stands_at(self, 0, at)) {
      put(self, pick, at, self->name.count, true);
      at += last;
    } else if (self->person && last > 0 && stands_at(self, last, at) &&
               !is_other_person(self, pick->source, at)) {
      put(self, pick, at, 1, false);
    }
  }
  return true;
}

bool galley_match_name(GalleySources *sources, GalleyQuery *query, uint32_t most,
                       GalleyMatchList *out) {
  Search self = {.query = query, .most = most, .out = out};
  GalleyPick picks[GALLEY_PICKS_MOST];
  bool done = read_name(&self);
  for (uint32_t i = 0; done && i < self.name.count; i++) {
    const GalleyAlignWord *word = &self.name.items[i];
    if (!word->common) galley_query_add_stem(query, word->stem, GALLEY_ROLE_NOUN);
  }
  galley_query_weigh(query, sources);
  uint32_t count = done && self.name.count ? galley_match_pick(sources, query, picks) : 0;
  done = done && count != UINT32_MAX;
  for (uint32_t i = 0; done && i < count; i++)
    done = try_passage(&self, &picks[i]);
  galley_align_text_free(&self.name);
  galley_align_text_free(&self.words);
  return done;
}
