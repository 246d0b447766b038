#include "match_read.h"

#include <stdlib.h>
#include <string.h>

#include "block_scan.h"
#include "figure.h"
#include "match_amount.h"

#define READINGS 2048 // kept; each takes the place that its passage hashes to

struct GalleyReader {
  GalleyDocument *document; // holds the passage that is being read
  GalleyReading *readings;  // READINGS of them
  GalleyFact *facts;        // scratch
  uint32_t *sentences;      // scratch
  uint32_t fact_capacity, sentence_capacity;
  GalleyLeafList leaves;
  GalleyTokenList tokens;
  size_t memory; // of the readings
};

GalleyReader *galley_reader_new(void) {
  GalleyReader *self = calloc(1, sizeof(GalleyReader));
  if (!self) return NULL;
  self->readings = calloc(READINGS, sizeof(GalleyReading));
  if (self->readings) return self;
  galley_reader_free(self);
  return NULL;
}

void galley_reader_free(GalleyReader *self) {
  if (!self) return;
  for (uint32_t i = 0; self->readings && i < READINGS; i++)
    free(self->readings[i].facts);
  free(self->readings);
  free(self->facts);
  free(self->sentences);
  galley_leaf_list_free(&self->leaves);
  galley_token_list_free(&self->tokens);
  galley_document_free(self->document);
  free(self);
}

size_t galley_reader_memory(const GalleyReader *self) {
  return sizeof *self + READINGS * sizeof(GalleyReading) + self->memory +
         self->fact_capacity * sizeof(GalleyFact) + self->sentence_capacity * sizeof(uint32_t) +
         self->leaves.capacity * sizeof(GalleyLeaf) + self->tokens.capacity * sizeof(GalleyToken) +
         (self->document ? galley_document_memory(self->document) : 0);
}

double galley_figure_value(const char *text) {
  bool negative = *text == '-';
  double value = 0;
  int32_t exponent = 0;
  const char *at = text + negative;
  for (; *at >= '0' && *at <= '9'; at++)
    value = value * 10 + (*at - '0');
  if (*at == '.' && at[1] != '.') {
    for (at++; *at >= '0' && *at <= '9'; at++, exponent--)
      value = value * 10 + (*at - '0');
  }
  if (*at == 'E') {
    bool minus = at[1] == '-';
    int32_t power = 0;
    for (at += 2; *at >= '0' && *at <= '9' && power < 1000; at++)
      power = power * 10 + (*at - '0');
    exponent += minus ? -power : power;
  }
  // Division by a power of ten is exact where multiplication by its inverse is not.
  value =
      exponent < 0 ? value / galley_power_of_ten(-exponent) : value * galley_power_of_ten(exponent);
  return negative ? -value : value;
}

double galley_figure_second(const char *text) {
  const char *dots = strstr(text, "..");
  return dots ? galley_figure_value(dots + 2) : 0;
}

static bool add_sentence(GalleyReader *self, uint32_t *count, uint32_t start) {
  if (*count == self->sentence_capacity) {
    uint32_t capacity = *count ? *count * 2 : 16;
    uint32_t *sentences = realloc(self->sentences, capacity * sizeof(uint32_t));
    if (!sentences) return false;
    self->sentences = sentences;
    self->sentence_capacity = capacity;
  }
  self->sentences[(*count)++] = start;
  return true;
}

// The document keeps no tokens: they are made again for the sentences.
static bool read_sentences(GalleyReader *self, uint32_t *count) {
  GalleyBlockScan scan = galley_block_scan(&self->document->text, 0);
  GalleyScanResult result;
  GalleyBlock block;
  bool done = true;
  *count = 0;
  while (done &&
         (result = galley_block_scan_next(&scan, &block, &self->leaves)) != GALLEY_SCAN_DONE) {
    self->tokens.count = 0;
    done = result == GALLEY_SCAN_BLOCK &&
           galley_tokenize(self->document->text.bytes + block.start, block.start,
                           self->leaves.items, self->leaves.count, &self->tokens);
    for (uint32_t i = 0; done && i < self->tokens.count; i++) {
      const GalleyToken *token = &self->tokens.items[i];
      if (i && token->sentence == token[-1].sentence) continue;
      done = add_sentence(self, count, block.start + token->start);
    }
  }
  return done;
}

static bool add_fact(GalleyReader *self, uint32_t *count, const GalleyFact *fact) {
  if (*count == self->fact_capacity) {
    uint32_t capacity = *count ? *count * 2 : 16;
    GalleyFact *facts = realloc(self->facts, capacity * sizeof(GalleyFact));
    if (!facts) return false;
    self->facts = facts;
    self->fact_capacity = capacity;
  }
  self->facts[(*count)++] = *fact;
  return true;
}

static GalleyFact make_fact(const char *bytes, const GalleySpan *span, uint32_t base) {
  GalleyFact fact = {
      .kind = span->kind,
      .type = span->type,
      .subtype = span->subtype,
      .start = base + span->start,
      .end = base + span->end,
      .first_day = GALLEY_DAY_NONE,
      .last_day = GALLEY_DAY_NONE,
  };
  if (span->kind == GALLEY_KIND_FIGURE) {
    fact.value = galley_figure_value(span->value);
    fact.low = span->figure.low;
    fact.high = span->figure.high;
    fact.second = galley_figure_second(span->value);
    fact.scaled = span->figure.scale > 0;
    fact.hedge = span->figure.hedge;
    fact.loose = galley_amount_loose(bytes, span->figure.unit);
    fact.noun = span->figure.noun;
    if (fact.noun.end > fact.noun.start) {
      fact.noun.start += base;
      fact.noun.end += base;
    }
    memcpy(fact.unit, span->figure.unit_code, sizeof fact.unit);
    // In a table a span may start in the cell before: "over |   2,310".
    for (uint32_t i = span->start; i < span->end; i++)
      if (bytes[i] == '|') fact.start = base + i + 1;
    while (fact.start < fact.end && bytes[fact.start - base] == ' ')
      fact.start++;
  } else {
    fact.stated = span->date.confidence == GALLEY_DATE_STATED;
    fact.first_day = span->date.first_day;
    fact.last_day = span->date.last_day;
    memcpy(fact.stamp, span->value, sizeof fact.stamp - 1);
  }
  return fact;
}

static bool read_facts(GalleyReader *self, uint32_t base, uint32_t *count) {
  const GalleyDocument *document = self->document;
  *count = 0;
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    for (uint32_t j = 0; j < block->spans.count; j++) {
      const GalleySpan *span = &block->spans.items[j];
      bool wanted = span->kind == GALLEY_KIND_FIGURE || span->kind == GALLEY_KIND_DATE;
      if (!wanted || span->hidden) continue;
      GalleyFact fact = make_fact(document->text.bytes + block->start, span, base + block->start);
      if (!add_fact(self, count, &fact)) return false;
    }
  }
  return true;
}

static void place_in_sentences(GalleyReading *reading) {
  uint32_t sentence = 0;
  for (uint32_t i = 0; i < reading->fact_count; i++) {
    while (sentence + 1 < reading->sentence_count &&
           reading->sentences[sentence + 1] <= reading->facts[i].start) {
      sentence++;
    }
    reading->facts[i].sentence = (uint16_t)(sentence < UINT16_MAX ? sentence : UINT16_MAX);
  }
}

static bool keep(GalleyReader *self, GalleyReading *slot, uint32_t facts, uint32_t sentences,
                 uint32_t base) {
  size_t size = facts * sizeof(GalleyFact) + sentences * sizeof(uint32_t);
  char *memory = malloc(size ? size : 1);
  if (!memory) return false;
  self->memory += size;
  slot->facts = (GalleyFact *)(void *)memory;
  slot->sentences = (uint32_t *)(void *)(memory + facts * sizeof(GalleyFact));
  if (facts) memcpy(slot->facts, self->facts, facts * sizeof(GalleyFact));
  for (uint32_t i = 0; i < sentences; i++)
    slot->sentences[i] = base + self->sentences[i];
  slot->fact_count = facts;
  slot->sentence_count = sentences;
  place_in_sentences(slot);
  return true;
}

bool galley_reader_date(GalleyReader *self, const char *bytes, uint32_t length, int32_t *date) {
  if (!self->document && !(self->document = galley_document_new())) return false;
  self->document->stated_date = GALLEY_DAY_NONE;
  bool read = galley_document_edit(self->document, 0, self->document->text.length, bytes, length) &&
              galley_date_resolve(self->document);
  if (read) *date = self->document->document_date;
  return read;
}

static GalleyReading *slot_of(GalleyReader *self, uint32_t serial, uint32_t segment,
                              uint32_t passage) {
  uint32_t hash = serial * 2654435761u ^ segment * 40503u ^ passage * 2246822519u;
  return &self->readings[(hash ^ hash >> 15) % READINGS];
}

const GalleyReading *galley_reader_read(GalleyReader *self, const GalleySource *source,
                                        uint32_t segment, uint32_t passage) {
  GalleyReading *slot = slot_of(self, source->serial, segment, passage);
  if (slot->facts && slot->serial == source->serial && slot->segment == segment &&
      slot->passage == passage) {
    return slot;
  }
  if (!self->document && !(self->document = galley_document_new())) return NULL;
  self->document->stated_date = source->date;
  self->memory -= slot->fact_count * sizeof(GalleyFact) + slot->sentence_count * sizeof(uint32_t);
  free(slot->facts);
  *slot = (GalleyReading){.serial = source->serial, .segment = segment, .passage = passage};
  const GalleyPassage *place = &source->segments[segment].passages[passage];
  uint32_t facts, sentences;
  bool read = galley_document_edit(self->document, 0, self->document->text.length,
                                   source->bytes + place->start, place->end - place->start) &&
              galley_date_resolve(self->document) && read_sentences(self, &sentences) &&
              read_facts(self, place->start, &facts) &&
              keep(self, slot, facts, sentences, place->start);
  return read ? slot : NULL;
}
