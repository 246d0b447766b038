#include "match_query.h"

#include <math.h>
#include <string.h>

#include "block_scan.h"
#include "source_passage.h"

#define AROUND 300          // bytes beside a passage that still say something of it
#define PLAIN_WORTH 0.45f   // of a word that any text may have, beside 1 of another
#define HEAD 250            // bytes that a source starts with: its title
#define CONTEXT_LEAST 0.12f // shared context below this is none

static const struct {
  uint8_t role;
  float weight;
} role_weights[] = {
    {GALLEY_ROLE_NOUN, 1.5f},      {GALLEY_ROLE_NAME, 1.1f}, {GALLEY_ROLE_SENTENCE, 1.0f},
    {GALLEY_ROLE_PARAGRAPH, 0.3f}, {GALLEY_ROLE_PICK, 0.3f},
};

void galley_query_add_stem(GalleyQuery *self, uint32_t stem, uint8_t role) {
  for (uint32_t i = 0; i < self->word_count; i++) {
    if (self->words[i].stem != stem) continue;
    self->words[i].role |= role;
    return;
  }
  if (self->word_count < GALLEY_QUERY_WORDS) {
    self->words[self->word_count++] = (GalleyQueryWord){.stem = stem, .role = role};
  }
}

static void set_plain(GalleyQuery *self, uint32_t stem) {
  for (uint32_t i = 0; i < self->word_count; i++)
    if (self->words[i].stem == stem) self->words[i].plain = true;
}

static void add_words(GalleyQuery *self, const char *bytes, uint32_t start, uint32_t end,
                      uint8_t role) {
  GalleyScanWord word;
  for (uint32_t at = start; galley_scan_next(bytes, end, &at, &word);) {
    if (word.kind != GALLEY_SCAN_WORD || word.flags & GALLEY_SCAN_COMMON) continue;
    galley_query_add_stem(self, word.stem, role);
    if (word.flags & GALLEY_SCAN_PLAIN) set_plain(self, word.stem);
  }
}

void galley_query_add_word(GalleyQuery *self, const char *bytes, uint32_t length, uint8_t role) {
  GalleyScanWord word;
  for (uint32_t at = 0; galley_scan_next(bytes, length, &at, &word);)
    if (word.kind == GALLEY_SCAN_WORD) galley_query_add_stem(self, word.stem, role);
}

static void add_cluster(GalleyQuery *self, uint32_t index) {
  if (index >= self->document->cluster_count) return;
  const GalleyCluster *cluster = &self->document->clusters[index];
  const GalleyBlockRecord *block = &self->document->blocks[cluster->name_block];
  const GalleySpan *name = &block->spans.items[cluster->name_span];
  add_words(self, self->document->text.bytes + block->start, name->start, name->end,
            GALLEY_ROLE_NAME);
}

static bool touches(const GalleySpan *span, GalleyRange range) {
  return span->start < range.end && span->end > range.start;
}

// The names of the sentence, and who speaks it.
static void add_names(GalleyQuery *self) {
  for (uint32_t i = 0; i < self->block->spans.count; i++) {
    const GalleySpan *span = &self->block->spans.items[i];
    if (span->hidden || !touches(span, self->sentence) || span == self->span) continue;
    if (span->kind == GALLEY_KIND_ENTITY) add_cluster(self, span->entity.cluster);
    bool speech = span->kind == GALLEY_KIND_QUOTE && touches(span, (GalleyRange){
                                                                       self->span->start,
                                                                       self->span->end,
                                                                   });
    if (speech) add_cluster(self, span->quote.speaker_cluster);
  }
}

// The line of the block that holds `at`.
static GalleyRange line_at(const char *bytes, uint32_t length, uint32_t at) {
  uint32_t start = at;
  while (start > 0 && bytes[start - 1] != '\n')
    start--;
  return (GalleyRange){start, galley_line_end(bytes, at, length)};
}

// Another number of the sentence: where a source has it too, the fact is not far.
static void add_number(GalleyQuery *self, const GalleyToken *token) {
  GalleyScanWord word;
  uint32_t at = token->start;
  bool read = galley_scan_next(self->bytes, token->end, &at, &word);
  if (!read || word.kind != GALLEY_SCAN_NUMBER || self->word_count == GALLEY_QUERY_WORDS) return;
  uint32_t digits = galley_scan_digits(word.mantissa);
  self->words[self->word_count++] = (GalleyQueryWord){
      .stem = word.mantissa,
      .weight = 0.9f,
      .rarity = digits > 2    ? 1
                : digits == 2 ? 0.6f
                              : 0.25f,
      .role = GALLEY_ROLE_NUMBER,
  };
}

static bool within(const GalleyToken *token, GalleyRange range) {
  return token->start >= range.start && token->end <= range.end;
}

// Words of prose alone: no link targets, no marks. Those of the span itself are left out.
static void add_prose(GalleyQuery *self, const GalleyTokenList *tokens) {
  const GalleySpan *span = self->span;
  for (uint32_t i = 0; i < tokens->count; i++) {
    const GalleyToken *token = &tokens->items[i];
    bool own = token->start < span->end && token->end > span->start;
    bool inside = self->in_table
                      ? within(token, self->setting.near[0]) || within(token, self->setting.near[1])
                      : within(token, self->sentence);
    if (token->kind == GALLEY_TOKEN_NUMBER && !own && inside) add_number(self, token);
    if (token->kind != GALLEY_TOKEN_WORD || own) continue;
    add_words(self, self->bytes, token->start, token->end,
              inside ? GALLEY_ROLE_SENTENCE : GALLEY_ROLE_PARAGRAPH);
  }
}

// From the first token of the span's sentence to the last.
static GalleyRange sentence_of(const GalleyTokenList *tokens, const GalleySpan *span) {
  uint32_t first = 0;
  while (first + 1 < tokens->count && tokens->items[first].end <= span->start)
    first++;
  if (!tokens->count) return (GalleyRange){span->start, span->end};
  uint32_t last = first;
  while (first > 0 && tokens->items[first - 1].sentence == tokens->items[first].sentence)
    first--;
  while (last + 1 < tokens->count &&
         (tokens->items[last + 1].sentence == tokens->items[last].sentence ||
          tokens->items[last + 1].start < span->end)) {
    last++;
  }
  return (GalleyRange){tokens->items[first].start, tokens->items[last].end};
}

static bool read_tokens(const GalleyDocument *document, const GalleyBlockRecord *record,
                        GalleyTokenList *tokens) {
  GalleyBlockScan scan = galley_block_scan(&document->text, record->start);
  GalleyLeafList leaves = {0};
  GalleyBlock block;
  bool done = galley_block_scan_next(&scan, &block, &leaves) == GALLEY_SCAN_BLOCK &&
              galley_tokenize(document->text.bytes + record->start, record->start, leaves.items,
                              leaves.count, tokens);
  galley_leaf_list_free(&leaves);
  return done;
}

static const GalleyTerm *find_term(const GalleySegment *segment, uint32_t stem) {
  uint32_t low = 0, high = segment->term_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (segment->terms[middle].stem < stem) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  bool found = low < segment->term_count && segment->terms[low].stem == stem;
  return found ? &segment->terms[low] : NULL;
}

static uint32_t count_passages(const GalleySources *sources, uint32_t stem) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < sources->count; i++) {
    const GalleySource *source = sources->sources[i];
    for (uint32_t j = 0; j < source->segment_count; j++) {
      const GalleyTerm *term = find_term(&source->segments[j], stem);
      if (term) count += term[1].first - term->first;
    }
  }
  return count;
}

void galley_query_weigh(GalleyQuery *self, const GalleySources *sources) {
  double all = sources->passage_count, most = log(all + 1.5);
  for (uint32_t i = 0; i < self->word_count; i++) {
    GalleyQueryWord *word = &self->words[i];
    if (word->role == GALLEY_ROLE_NUMBER) continue;
    for (size_t j = 0; j < sizeof role_weights / sizeof *role_weights; j++) {
      if (!(word->role & role_weights[j].role)) continue;
      word->weight = role_weights[j].weight * (word->plain ? PLAIN_WORTH : 1);
      break;
    }
    uint32_t count = count_passages(sources, word->stem);
    double rarity = count ? log((all + 1.5) / count) / most : 0;
    word->rarity = (float)(rarity > 0 ? rarity : 0);
  }
}

bool galley_query_make(GalleySources *sources, const GalleyDocument *document, uint32_t block,
                       uint32_t span, GalleyQuery *out) {
  const GalleyBlockRecord *record = &document->blocks[block];
  *out = (GalleyQuery){.document = document,
                       .block = record,
                       .span = &record->spans.items[span],
                       .bytes = document->text.bytes + record->start};
  GalleyTokenList tokens = {0};
  bool done = read_tokens(document, record, &tokens);
  if (done) {
    out->sentence = record->kind == GALLEY_BLOCK_TABLE
                        ? line_at(out->bytes, record->length, out->span->start)
                        : sentence_of(&tokens, out->span);
    out->in_table = record->kind == GALLEY_BLOCK_TABLE &&
                    galley_setting_make(out->bytes, record->length, out->sentence, out->span->start,
                                        out->span->end, &out->setting);
    if (out->span->kind == GALLEY_KIND_FIGURE) {
      GalleyRange noun = out->span->figure.noun;
      add_words(out, out->bytes, noun.start, noun.end, GALLEY_ROLE_NOUN);
    }
    add_names(out);
    add_prose(out, &tokens);
    galley_query_weigh(out, sources);
  }
  galley_token_list_free(&tokens);
  return done;
}

void galley_query_make_quote(const GalleySources *sources, GalleyQuery *self) {
  GalleyRange content = self->span->quote.content;
  self->word_count = 0;
  add_words(self, self->bytes, content.start, content.end, GALLEY_ROLE_SENTENCE);
  uint32_t speaker = self->span->quote.speaker_cluster;
  if (speaker < self->document->cluster_count) add_cluster(self, speaker);
  for (uint32_t i = 0; i < self->word_count; i++)
    if (self->words[i].role == GALLEY_ROLE_NAME) self->words[i].role = GALLEY_ROLE_PARAGRAPH;
  galley_query_weigh(self, sources);
}

void galley_query_add_range(GalleyQuery *self, double low, double high) {
  if (!(low > 0) || !(high >= low) || !isfinite(high)) return;
  uint32_t room = sizeof self->ranges / sizeof *self->ranges - self->range_count;
  if (room < 2) return;
  uint32_t from = galley_scan_mantissa(low * (1 - 1e-9));
  uint32_t to = galley_scan_mantissa(high * (1 + 1e-9));
  bool wraps = floor(log10(low * (1 - 1e-9))) < floor(log10(high * (1 + 1e-9)));
  uint32_t(*range)[2] = &self->ranges[self->range_count];
  if (high / low >= 10) {
    range[0][0] = GALLEY_MANTISSA_LOW;
    range[0][1] = UINT32_MAX;
    self->range_count++;
  } else if (wraps) {
    range[0][0] = from;
    range[0][1] = UINT32_MAX;
    range[1][0] = GALLEY_MANTISSA_LOW;
    range[1][1] = to;
    self->range_count += 2;
  } else {
    range[0][0] = from;
    range[0][1] = to;
    self->range_count++;
  }
}

// ---- context of a place

typedef struct {
  float worth; // best so far of each word of the query
  GalleyRange place;
} Shared;

static void share_words(const GalleyQuery *query, const GalleySource *source, GalleyRange range,
                        float factor, GalleyRange hole, Shared *shared) {
  GalleyScanWord word;
  for (uint32_t at = range.start; galley_scan_next(source->bytes, range.end, &at, &word);) {
    bool number = word.kind == GALLEY_SCAN_NUMBER;
    if (!number && word.flags & GALLEY_SCAN_COMMON) continue;
    if (word.start < hole.end && word.end > hole.start) continue;
    uint32_t key = number ? word.mantissa : word.stem;
    for (uint32_t i = 0; i < query->word_count; i++) {
      const GalleyQueryWord *item = &query->words[i];
      if (item->role == GALLEY_ROLE_PICK) continue;
      if (item->stem != key || (item->role == GALLEY_ROLE_NUMBER) != number) continue;
      float worth = item->weight * item->rarity * factor;
      if (worth > shared[i].worth) shared[i] = (Shared){worth, {word.start, word.end}};
    }
  }
}

static void order_words(const Shared *shared, uint32_t count, GalleyContext *out) {
  for (uint32_t i = 0; i < count; i++) {
    if (shared[i].worth <= 0) continue;
    uint32_t at = out->word_count;
    while (at > 0 && shared[out->order[at - 1]].worth < shared[i].worth)
      at--;
    if (at == GALLEY_MATCH_WORDS) continue;
    if (out->word_count < GALLEY_MATCH_WORDS) out->word_count++;
    for (uint32_t j = out->word_count - 1; j > at; j--) {
      out->order[j] = out->order[j - 1];
      out->words[j] = out->words[j - 1];
    }
    out->order[at] = (uint8_t)i;
    out->words[at] = shared[i].place;
  }
}

void galley_context_make(const GalleyQuery *query, const GalleySource *source,
                         const GalleyPassage *passage, const GalleyRange near[2], uint32_t start,
                         uint32_t end, GalleyContext *out) {
  Shared shared[GALLEY_QUERY_WORDS] = {0};
  GalleyRange hole = {start, end};
  *out = (GalleyContext){0};
  share_words(query, source, near[0], 1, hole, shared);
  share_words(query, source, near[1], 1, hole, shared);
  share_words(query, source, (GalleyRange){passage->start, passage->end}, 0.5f, hole, shared);
  uint32_t before = passage->start > AROUND ? passage->start - AROUND : 0;
  uint32_t room = source->length - passage->end;
  uint32_t behind = passage->end + (room < AROUND ? room : AROUND);
  share_words(query, source, (GalleyRange){before, behind}, 0.2f, hole, shared);
  uint32_t head = source->length < HEAD ? source->length : HEAD;
  share_words(query, source, (GalleyRange){0, head}, 0.25f, hole, shared);
  if (passage->heading != GALLEY_SOURCE_NONE) {
    uint32_t heading_end = galley_line_end(source->bytes, passage->heading, source->length);
    share_words(query, source, (GalleyRange){passage->heading, heading_end}, 0.4f, hole, shared);
  }
  for (uint32_t i = 0; i < query->word_count; i++) {
    out->sum += shared[i].worth;
    if (query->words[i].role & GALLEY_ROLE_NOUN) out->noun += shared[i].worth;
  }
  order_words(shared, query->word_count, out);
}

float galley_match_score(const GalleyContext *context, float value) {
  float shared = 4 * (1 - expf(-context->sum / 2.2f)) + context->noun * 0.5f;
  float score = 1 / (1 + expf(1.25f - 0.6f * value - 1.1f * shared));
  return context->sum < CONTEXT_LEAST && score > 0.4f ? 0.4f : score;
}

float galley_context_likeness(const GalleyQuery *query, const GalleySource *source,
                              const GalleyRange near[2]) {
  const uint8_t inside = GALLEY_ROLE_SENTENCE | GALLEY_ROLE_NOUN | GALLEY_ROLE_NAME;
  bool seen[GALLEY_QUERY_WORDS] = {0};
  float article = 0, place = 0, shared = 0;
  for (uint32_t i = 0; i < query->word_count; i++)
    if (query->words[i].role & inside) article += query->words[i].plain ? PLAIN_WORTH : 1;
  for (int range = 0; range < 2; range++) {
    GalleyScanWord word;
    for (uint32_t at = near[range].start;
         galley_scan_next(source->bytes, near[range].end, &at, &word);) {
      if (word.kind != GALLEY_SCAN_WORD || word.flags & GALLEY_SCAN_COMMON) continue;
      float worth = word.flags & GALLEY_SCAN_PLAIN ? PLAIN_WORTH : 1;
      place += worth;
      for (uint32_t i = 0; i < query->word_count; i++) {
        if (query->words[i].stem != word.stem || !(query->words[i].role & inside)) continue;
        if (!seen[i]) shared += worth;
        seen[i] = true;
      }
    }
  }
  return article + place > 0 ? 2 * shared / (article + place) : 0;
}
