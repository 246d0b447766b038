// What only the whole document tells of quotes: parts of one quote in several paragraphs, speakers
// that another sentence or paragraph names, and whom pronouns and role nouns stand for.
#include "document.h"
#include "quote.h"

// Blocks without quotes (a caption, a heading) that may stand between the parts of one quote.
#define OPEN_GAP 2
// Mentions that a pronoun looks back over, and spans and blocks that are searched for them.
#define PRONOUN_MENTIONS 2
#define ROLE_MENTIONS 3
#define SPANS_BACK 48
#define BLOCKS_BACK 3
// Fewest transcript lines and dialogue lines that make a document one of that kind.
#define TURNS_MIN 2
#define DASHES_MIN 2

// Who spoke: where he is named and which cluster that is.
typedef struct {
  uint32_t block; // UINT32_MAX: nobody
  GalleyRange range;
  uint32_t cluster;
} Voice;

typedef struct {
  GalleyDocument *document;
  Voice last;             // of the latest quote that has a speaker
  uint8_t last_reference; // how that quote's block names him
  uint32_t last_place;    // block of that quote
  uint32_t led_in;        // block that ends in a colon after a cue, UINT32_MAX none
  uint32_t open_block;    // block whose last quote was not closed, UINT32_MAX none
  uint32_t open_span;     // that quote
  uint32_t open_gap;      // blocks without quotes since
  uint32_t prose_before;  // latest block of prose before this one
  uint32_t next_id;
  uint32_t turns, dashes;
} Resolver;

static const Voice nobody = {UINT32_MAX, {0, 0}, UINT32_MAX};

static bool is_quote(const GalleySpan *span) {
  return span->kind == GALLEY_KIND_QUOTE;
}

static bool is_speech(const GalleySpan *span) {
  return is_quote(span) && (span->type == GALLEY_QUOTE_DIRECT || span->type == GALLEY_QUOTE_MIXED);
}

static bool is_marked(const GalleySpan *span) {
  return span->subtype == GALLEY_QUOTE_MARKS && span->type != GALLEY_QUOTE_INDIRECT;
}

static bool has_range(GalleyRange range) {
  return range.start < range.end;
}

static bool is_unclosed(const GalleySpan *span) {
  return is_marked(span) && span->quote.content.end == span->end;
}

// Index of the first span that starts at `byte` or later.
static uint32_t span_at(const GalleySpanList *spans, uint32_t byte) {
  uint32_t low = 0, high = spans->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (spans->items[middle].start < byte) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// The cluster of the last name in the range, UINT32_MAX when there is none.
static uint32_t cluster_in(const GalleyDocument *document, uint32_t block, GalleyRange range) {
  const GalleySpanList *spans = &document->blocks[block].spans;
  uint32_t found = UINT32_MAX;
  for (uint32_t i = span_at(spans, range.start);
       i < spans->count && spans->items[i].start < range.end; i++) {
    const GalleySpan *span = &spans->items[i];
    if (span->kind == GALLEY_KIND_ENTITY && !span->hidden && span->end <= range.end)
      found = span->entity.cluster;
  }
  return found;
}

static bool suits(const GalleyCluster *cluster, uint8_t reference) {
  bool person = cluster->type == GALLEY_ENTITY_PERSON;
  switch (reference) {
  case GALLEY_REFERENCE_HE:
    return person && cluster->gender != 'f';
  case GALLEY_REFERENCE_SHE:
    return person && cluster->gender != 'm';
  case GALLEY_REFERENCE_PERSON:
    return person;
  case GALLEY_REFERENCE_THEY: // of persons, "they" are several: no one cluster
  case GALLEY_REFERENCE_IT:
  case GALLEY_REFERENCE_ORGANIZATION:
    return cluster->type == GALLEY_ENTITY_ORGANIZATION;
  default:
    return false;
  }
}

static bool suits_index(const GalleyDocument *document, uint32_t cluster, uint8_t reference) {
  return cluster < document->cluster_count && suits(&document->clusters[cluster], reference);
}

// True when the one who spoke last has no name ("a senior adviser") and nobody was named since: a
// pronoun stands for him then.
static bool unnamed_speaker(const Resolver *self, uint32_t block, uint32_t byte,
                            uint8_t reference) {
  bool person = self->last_reference == GALLEY_REFERENCE_PERSON;
  bool other = self->last_reference == GALLEY_REFERENCE_GROUP ||
               self->last_reference == GALLEY_REFERENCE_ORGANIZATION ||
               self->last_reference == GALLEY_REFERENCE_DOCUMENT;
  bool asks_person = reference == GALLEY_REFERENCE_HE || reference == GALLEY_REFERENCE_SHE ||
                     reference == GALLEY_REFERENCE_PERSON;
  bool same = asks_person ? person : person || other;
  if (self->last.block == UINT32_MAX || self->last.cluster != UINT32_MAX || !same) return false;
  if (block - self->last.block >= BLOCKS_BACK) return false;
  for (uint32_t b = self->last.block; b <= block; b++) {
    const GalleySpanList *spans = &self->document->blocks[b].spans;
    uint32_t i = b == self->last.block ? span_at(spans, self->last.range.end) : 0;
    for (; i < spans->count && (b < block || spans->items[i].start < byte); i++) {
      const GalleySpan *span = &spans->items[i];
      if (span->kind == GALLEY_KIND_ENTITY && !span->hidden && span->depth == 0 &&
          suits_index(self->document, span->entity.cluster, reference)) {
        return false;
      }
    }
  }
  return true;
}

// The nearest mentions outside quotes before `byte` of `block` that the reference can stand for;
// the latest speaker is preferred among them.
static uint32_t look_back(const Resolver *self, uint32_t block, uint32_t byte, uint8_t reference) {
  const GalleyDocument *document = self->document;
  bool pronoun = reference <= GALLEY_REFERENCE_IT;
  uint32_t wanted = pronoun ? PRONOUN_MENTIONS : ROLE_MENTIONS, seen = 0, visited = 0;
  uint32_t nearest = UINT32_MAX;
  if (unnamed_speaker(self, block, byte, reference)) return UINT32_MAX;
  uint32_t index = span_at(&document->blocks[block].spans, byte);
  for (uint32_t back = 0; back < BLOCKS_BACK; back++) {
    const GalleySpanList *spans = &document->blocks[block].spans;
    while (index > 0 && visited++ < SPANS_BACK) {
      const GalleySpan *span = &spans->items[--index];
      if (span->kind != GALLEY_KIND_ENTITY || span->hidden || span->depth > 0) continue;
      uint32_t cluster = span->entity.cluster;
      if (cluster == nearest || !suits_index(document, cluster, reference)) continue;
      if (cluster == self->last.cluster) return cluster;
      if (nearest == UINT32_MAX) nearest = cluster;
      if (++seen == wanted) return nearest;
    }
    if (block == 0 || visited >= SPANS_BACK) break;
    block--;
    index = document->blocks[block].spans.count;
  }
  return nearest;
}

static uint32_t resolve_cluster(const Resolver *self, uint32_t block, const GalleySpan *span) {
  uint8_t reference = span->quote.reference;
  GalleyRange range = span->quote.speaker;
  if (reference == GALLEY_REFERENCE_NAME) return cluster_in(self->document, block, range);
  bool pronoun = reference >= GALLEY_REFERENCE_HE && reference <= GALLEY_REFERENCE_IT;
  bool definite =
      span->quote.link & GALLEY_LINK_DEFINITE &&
      (reference == GALLEY_REFERENCE_PERSON || reference == GALLEY_REFERENCE_ORGANIZATION);
  if (!pronoun && !definite) return UINT32_MAX;
  return look_back(self, block, range.start, reference);
}

static void set_voice(GalleySpan *span, Voice voice, uint16_t rule) {
  span->quote.speaker_block = voice.block;
  span->quote.speaker_range = voice.range;
  span->quote.speaker_cluster = voice.cluster;
  span->quote.speaker_rule = voice.block == UINT32_MAX ? 0 : rule;
}

static Voice own_voice(const Resolver *self, uint32_t block, const GalleySpan *span) {
  if (!has_range(span->quote.speaker)) return nobody;
  return (Voice){block, span->quote.speaker, resolve_cluster(self, block, span)};
}

// The last person named outside quotes before `byte` in the block.
static Voice last_mention(const Resolver *self, uint32_t block, uint32_t byte) {
  const GalleySpanList *spans = &self->document->blocks[block].spans;
  uint32_t visited = 0;
  for (uint32_t i = span_at(spans, byte); i > 0 && visited++ < SPANS_BACK;) {
    const GalleySpan *span = &spans->items[--i];
    if (span->kind != GALLEY_KIND_ENTITY || span->hidden || span->depth > 0) continue;
    if (span->entity.type != GALLEY_ENTITY_PERSON) continue;
    return (Voice){block, {span->start, span->end}, span->entity.cluster};
  }
  return nobody;
}

// The first speaker that the block itself names behind span `index`.
static Voice later_voice(const Resolver *self, uint32_t block, uint32_t index) {
  const GalleySpanList *spans = &self->document->blocks[block].spans;
  for (uint32_t i = index + 1; i < spans->count && i < index + SPANS_BACK; i++) {
    const GalleySpan *span = &spans->items[i];
    if (is_speech(span) && span->depth <= 1 && has_range(span->quote.speaker))
      return own_voice(self, block, span);
  }
  return nobody;
}

#define SPEAKER_RULE(row) GALLEY_RULE(GALLEY_KIND_QUOTE, row)

// A quote whose block does not say who speaks.
static void inherit(const Resolver *self, uint32_t block, uint32_t index, GalleySpan *span) {
  uint8_t kind = self->document->blocks[block].kind;
  bool sentence = span->type == GALLEY_QUOTE_DIRECT;
  bool follows = self->last.block != UINT32_MAX && self->last_place == self->prose_before;
  set_voice(span, nobody, 0);
  if (span->quote.link & GALLEY_LINK_NOT_SAID || span->depth > 1) return;
  if (span->subtype == GALLEY_QUOTE_DASH || kind == GALLEY_BLOCK_HEADING) return;
  if (self->last.block != UINT32_MAX && self->last_place == block) {
    set_voice(span, self->last, SPEAKER_RULE(QUOTE_RULE_SAME_PARAGRAPH));
    return;
  }
  if (self->led_in == self->prose_before && follows) {
    set_voice(span, self->last, SPEAKER_RULE(QUOTE_RULE_LED_IN));
    return;
  }
  if (!sentence) return;
  Voice voice = last_mention(self, block, span->start);
  if (voice.block != UINT32_MAX) {
    set_voice(span, voice, SPEAKER_RULE(QUOTE_RULE_MENTION));
  } else if (follows) {
    set_voice(span, self->last, SPEAKER_RULE(QUOTE_RULE_PARAGRAPH_BEFORE));
  } else {
    set_voice(span, later_voice(self, block, index), SPEAKER_RULE(QUOTE_RULE_LATER));
  }
}

// The quote that this one goes on from: in the block before, never closed there.
static const GalleySpan *earlier_part(const Resolver *self, const GalleySpan *span) {
  bool opens = span->quote.link & GALLEY_LINK_OPENS && is_speech(span);
  if (!opens || self->open_block == UINT32_MAX) return NULL;
  return &self->document->blocks[self->open_block].spans.items[self->open_span];
}

static Voice voice_of(const GalleySpan *span) {
  return (Voice){span->quote.speaker_block, span->quote.speaker_range, span->quote.speaker_cluster};
}

// Gives the earlier parts of a quote the speaker that its last part names.
static void hand_back(Resolver *self, uint32_t block, uint32_t id, Voice voice) {
  while (block-- > 0) {
    GalleySpanList *spans = &self->document->blocks[block].spans;
    bool found = false;
    for (uint32_t i = spans->count; i-- > 0 && !found;) {
      GalleySpan *span = &spans->items[i];
      if (!is_speech(span) || span->depth > 1) continue;
      if (span->quote.id != id || has_range(span->quote.speaker)) return;
      set_voice(span, voice, SPEAKER_RULE(QUOTE_RULE_CONTINUED));
      found = true;
    }
    if (!found && spans->count) return;
  }
}

static void remember(Resolver *self, uint32_t block, const GalleySpan *span) {
  if (span->quote.speaker_block == UINT32_MAX || span->depth > 1) return;
  if (self->document->blocks[block].kind == GALLEY_BLOCK_HEADING) return;
  self->last = voice_of(span);
  if (has_range(span->quote.speaker)) self->last_reference = span->quote.reference;
  self->last_place = block;
  if (span->quote.link & GALLEY_LINK_LEADS_ON) self->led_in = block;
}

static void set_id(Resolver *self, uint32_t block, uint32_t index, GalleySpan *span,
                   const GalleySpan *earlier) {
  span->quote.id = earlier ? earlier->quote.id : self->next_id++;
  if (!(span->quote.link & GALLEY_LINK_JOINS)) return;
  const GalleySpanList *spans = &self->document->blocks[block].spans;
  for (uint32_t i = index; i-- > 0;) {
    const GalleySpan *before = &spans->items[i];
    if (!is_speech(before) || before->depth != span->depth) continue;
    span->quote.id = before->quote.id;
    return;
  }
}

static void resolve_speech(Resolver *self, uint32_t block, uint32_t index, GalleySpan *span) {
  const GalleySpan *earlier = earlier_part(self, span);
  set_id(self, block, index, span, earlier);
  span->state = is_unclosed(span) ? GALLEY_QUOTE_UNCLOSED : GALLEY_QUOTE_CLOSED;
  if (has_range(span->quote.speaker)) {
    bool guess = span->quote.cue_rule == SPEAKER_RULE(QUOTE_RULE_SENTENCE_SUBJECT);
    bool said_before = guess && self->last.block != UINT32_MAX && self->last_place == block;
    Voice voice =
        said_before && has_range(self->last.range) ? self->last : own_voice(self, block, span);
    set_voice(span, voice,
              said_before ? SPEAKER_RULE(QUOTE_RULE_SAME_PARAGRAPH) : span->quote.cue_rule);
  } else if (earlier && earlier->quote.speaker_block != UINT32_MAX) {
    set_voice(span, voice_of(earlier), SPEAKER_RULE(QUOTE_RULE_CONTINUED));
  } else {
    inherit(self, block, index, span);
  }
  if (earlier) {
    self->document->blocks[self->open_block].spans.items[self->open_span].state =
        GALLEY_QUOTE_CONTINUED;
    if (has_range(span->quote.speaker) && earlier->quote.speaker_block == UINT32_MAX)
      hand_back(self, block, span->quote.id, voice_of(span));
  }
  remember(self, block, span);
}

static void resolve_quote(Resolver *self, uint32_t block, uint32_t index, GalleySpan *span) {
  span->hidden = span->subtype == GALLEY_QUOTE_LEAD_IN ||
                 (span->subtype == GALLEY_QUOTE_TRANSCRIPT && self->turns < TURNS_MIN) ||
                 (span->subtype == GALLEY_QUOTE_DASH && self->dashes < DASHES_MIN &&
                  !has_range(span->quote.speaker));
  if (is_speech(span)) {
    resolve_speech(self, block, index, span);
    return;
  }
  span->quote.id = self->next_id++;
  span->state = is_unclosed(span) ? GALLEY_QUOTE_UNCLOSED : GALLEY_QUOTE_CLOSED;
  set_voice(span, own_voice(self, block, span), span->quote.cue_rule);
  remember(self, block, span);
}

static bool is_prose(const GalleyBlockRecord *block) {
  return block->kind < GALLEY_BLOCK_REFERENCE;
}

// Notes the quote that the block leaves open, for the next block to take up.
static void note_open(Resolver *self, uint32_t block) {
  const GalleySpanList *spans = &self->document->blocks[block].spans;
  for (uint32_t i = spans->count; i-- > 0;) {
    const GalleySpan *span = &spans->items[i];
    if (!is_quote(span) || span->depth != 1 || !is_marked(span)) continue;
    self->open_block = is_speech(span) && is_unclosed(span) ? block : UINT32_MAX;
    self->open_span = i;
    self->open_gap = 0;
    return;
  }
  if (++self->open_gap > OPEN_GAP) self->open_block = UINT32_MAX;
}

static void count_lines(Resolver *self) {
  for (uint32_t b = 0; b < self->document->block_count; b++) {
    const GalleySpanList *spans = &self->document->blocks[b].spans;
    for (uint32_t i = 0; i < spans->count; i++) {
      if (!is_quote(&spans->items[i])) continue;
      self->turns += spans->items[i].subtype == GALLEY_QUOTE_TRANSCRIPT;
      self->dashes += spans->items[i].subtype == GALLEY_QUOTE_DASH;
    }
  }
}

bool galley_quote_resolve(GalleyDocument *document) {
  Resolver self = {.document = document,
                   .last = nobody,
                   .last_place = UINT32_MAX,
                   .led_in = UINT32_MAX,
                   .open_block = UINT32_MAX,
                   .prose_before = UINT32_MAX};
  count_lines(&self);
  for (uint32_t b = 0; b < document->block_count; b++) {
    GalleyBlockRecord *block = &document->blocks[b];
    if (!is_prose(block)) continue;
    for (uint32_t i = 0; i < block->spans.count; i++) {
      if (is_quote(&block->spans.items[i])) resolve_quote(&self, b, i, &block->spans.items[i]);
    }
    note_open(&self, b);
    if (block->kind == GALLEY_BLOCK_HEADING) self.last = nobody;
    self.prose_before = b;
  }
  return true;
}
