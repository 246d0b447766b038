// What the whole article tells of its names: which are names at all, which name the same thing, and
// what it is.
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "entity.h"
#include "entity_form.h"

static const uint32_t NONE = GALLEY_FORM_NONE;
enum { SEEN = 3 }; // capitals within sentences that make a doubtful word a name

static bool is_tag(const GalleySpan *span) {
  return span->subtype == GALLEY_ENTITY_HANDLE || span->subtype == GALLEY_ENTITY_HASHTAG;
}

static bool starts_plainly(const GalleySpan *span) {
  return span->entity.flags & (GALLEY_NAME_AT_START | GALLEY_NAME_IN_TITLE);
}

// ---- forms --------------------------------------------------------------------------------------

// The slot of `key` in the hash table: its own or the empty one where it belongs.
static uint32_t *slot_of(const GalleyForms *self, uint32_t key) {
  uint32_t at = key * 0x9e3779b1u;
  for (at = (at ^ at >> 15) & self->mask;; at = (at + 1) & self->mask) {
    uint32_t index = self->slots[at];
    if (!index || self->forms[index - 1].key == key) return &self->slots[at];
  }
}

uint32_t galley_form_find(const GalleyForms *self, uint32_t key) {
  return *slot_of(self, key) - 1; // NONE when the slot is empty
}

uint32_t galley_form_root(GalleyForms *self, uint32_t index) {
  while (self->forms[index].root != index) {
    self->forms[index].root = self->forms[self->forms[index].root].root;
    index = self->forms[index].root;
  }
  return index;
}

int galley_form_gender(const GalleyForm *form) {
  return form->male > form->female ? 1 : form->female > form->male ? -1 : 0;
}

uint8_t galley_form_type(const uint32_t weights[4]) {
  int best = 0;
  for (int type = 1; type < GALLEY_ENTITY_TYPE_COUNT; type++)
    if (weights[type] > weights[best]) best = type;
  return (uint8_t)best;
}

static uint32_t count_entities(const GalleyDocument *document) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    for (uint32_t j = 0; j < spans->count; j++)
      count += spans->items[j].kind == GALLEY_KIND_ENTITY;
  }
  return count;
}

static bool allocate(GalleyForms *self, uint32_t mentions) {
  uint32_t slots = 16;
  while (slots < mentions * 2)
    slots *= 2;
  self->capacity = mentions ? mentions : 1;
  self->mask = slots - 1;
  self->forms = calloc(self->capacity, sizeof(GalleyForm));
  self->slots = calloc(slots, sizeof(uint32_t));
  return self->forms && self->slots;
}

static GalleyForm *form_for(GalleyForms *self, const GalleySpan *span, GalleyMention mention) {
  uint32_t *slot = slot_of(self, span->entity.key);
  if (!*slot) {
    self->forms[self->count] = (GalleyForm){.key = span->entity.key,
                                            .first = span->entity.first,
                                            .head = span->entity.head,
                                            .initials = span->entity.initials,
                                            .words = span->entity.words,
                                            .first_mention = mention,
                                            .longest = mention,
                                            .root = self->count,
                                            .alternate = NONE,
                                            .cluster = NONE,
                                            .acronym = true,
                                            .tags = true};
    *slot = ++self->count;
  }
  return &self->forms[*slot - 1];
}

// Whether the block is sure of a mention, and its capitals say something: those of a sentence's
// second word do.
static bool is_firm(const GalleySpan *span) {
  bool second = span->entity.words > 1 && !(span->entity.flags & GALLEY_NAME_IN_TITLE);
  return span->entity.score >= GALLEY_SCORE_FIRM && (second || !starts_plainly(span));
}

static void note_mention(GalleyForms *self, const GalleySpan *span, GalleyMention mention) {
  GalleyForm *form = form_for(self, span, mention);
  if (is_tag(span)) return; // it says nothing of the thing but that it is named
  uint32_t bytes = span->end - span->start;
  if (form->tags) {
    form->first_mention = mention;
    form->first = span->entity.first;
    form->head = span->entity.head;
    form->initials = span->entity.initials;
    form->tags = false;
  }
  if (!starts_plainly(span) && span->entity.score >= GALLEY_SCORE_FAINT) form->inner++;
  if (span->entity.score >= GALLEY_SCORE_SHOWN) form->shown++;
  if (is_firm(span)) form->firm++;
  for (int type = 0; type < GALLEY_ENTITY_TYPE_COUNT; type++) {
    uint32_t weight = span->entity.weights[type];
    form->weights[type] += span->entity.flags & GALLEY_NAME_OF_USER ? weight << 16 : weight;
  }
  if (span->entity.gender == 'm') form->male++;
  if (span->entity.gender == 'f') form->female++;
  if (span->entity.flags & GALLEY_NAME_TITLED) form->titled++;
  if (!(span->entity.flags & GALLEY_NAME_ACRONYM)) form->acronym = false;
  if (span->subtype && span->type == galley_form_type(form->weights)) form->subtype = span->subtype;
  if (bytes > form->longest_bytes) {
    form->longest = mention;
    form->longest_bytes = bytes;
  }
}

static void collect(GalleyForms *self) {
  GalleyDocument *document = self->document;
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    for (uint32_t j = 0; j < spans->count; j++) {
      if (spans->items[j].kind == GALLEY_KIND_ENTITY) {
        note_mention(self, &spans->items[j], (GalleyMention){i, j});
      }
    }
  }
  for (uint32_t i = 0; i < self->count; i++)
    self->forms[i].type = galley_form_type(self->forms[i].weights);
}

// Marks the forms of one word that the article writes in lower case too.
static void note_lower_words(GalleyForms *self) {
  const GalleyDocument *document = self->document;
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    for (uint32_t j = 0; j < block->lower_word_count; j++) {
      uint32_t index = galley_form_find(self, block->lower_words[j]);
      if (index != NONE) self->forms[index].lower = true;
    }
  }
}

// The sums over a cluster's forms are kept in its root.
static void sum_into_roots(GalleyForms *self) {
  for (uint32_t i = 0; i < self->count; i++) {
    uint32_t root = galley_form_root(self, i);
    GalleyForm *form = &self->forms[i], *sum = &self->forms[root];
    if (root == i) continue;
    for (int type = 0; type < GALLEY_ENTITY_TYPE_COUNT; type++)
      sum->weights[type] += form->weights[type];
    sum->male += form->male;
    sum->female += form->female;
    sum->firm += form->firm;
    if (!sum->subtype && form->type == sum->type) sum->subtype = form->subtype;
  }
}

// ---- mentions -----------------------------------------------------------------------------------

// Whether the article speaks for a mention that the block doubts: it names the thing elsewhere for
// sure, or the mention is short for a name that it gives in full.
static bool is_borne_out(const GalleyForm *form, const GalleyForm *root, const GalleySpan *span) {
  bool start = starts_plainly(span), faint = span->entity.score < GALLEY_SCORE_FAINT;
  bool seen = form->firm || (form->inner >= SEEN && !form->lower);
  if (root != form && root->firm && (!start || !form->lower)) return true;
  if (faint) return form->firm && !start;
  return seen || (form->shown && !form->lower);
}

// Whether the article speaks against a mention.
static bool is_hidden(const GalleyForm *form, const GalleyForm *root, const GalleySpan *span) {
  if (is_tag(span)) return false;
  if (span->entity.score < GALLEY_SCORE_SHOWN) return !is_borne_out(form, root, span);
  // Among capitals a name is shown when it is sure, or sure elsewhere.
  bool title =
      (span->entity.flags & (GALLEY_NAME_IN_TITLE | GALLEY_NAME_ACRONYM)) == GALLEY_NAME_IN_TITLE;
  if (title && !root->firm && span->entity.score < GALLEY_SCORE_TITLE) return true;
  return form->words == 1 && form->lower && starts_plainly(span) && !form->firm && !form->acronym &&
         span->entity.score < GALLEY_SCORE_SURE;
}

// The root that a mention belongs to: its form's, or where its own context plainly says so the
// other thing that the word can be short for.
static uint32_t root_for(GalleyForms *self, uint32_t index, const GalleySpan *span) {
  uint32_t root = galley_form_root(self, index);
  uint32_t other = self->forms[index].alternate;
  if (other == NONE || is_tag(span)) return root;
  other = galley_form_root(self, other);
  uint8_t type = self->forms[other].type;
  bool says = span->type == type && span->entity.weights[type] > 127;
  says = says || (type == GALLEY_ENTITY_PERSON && span->entity.flags & GALLEY_NAME_SPEAKS);
  return says && self->forms[root].type != type ? other : root;
}

static bool add_cluster(GalleyDocument *document, const GalleyCluster *cluster) {
  if (document->cluster_count == document->cluster_capacity) {
    uint32_t capacity = document->cluster_capacity ? document->cluster_capacity * 2 : 32;
    GalleyCluster *clusters = realloc(document->clusters, capacity * sizeof(GalleyCluster));
    if (!clusters) return false;
    document->clusters = clusters;
    document->cluster_capacity = capacity;
  }
  document->clusters[document->cluster_count++] = *cluster;
  return true;
}

static bool open_cluster(GalleyDocument *document, GalleyForm *root, GalleyMention mention) {
  int sign = galley_form_gender(root);
  GalleyCluster cluster = {.type = galley_form_type(root->weights),
                           .subtype = root->subtype,
                           .related = NONE,
                           .gender = sign > 0   ? 'm'
                                     : sign < 0 ? 'f'
                                                : 0,
                           .first_block = mention.block,
                           .first_span = mention.span,
                           .name_block = mention.block,
                           .name_span = mention.span};
  if (cluster.type != GALLEY_ENTITY_PERSON) cluster.gender = 0;
  root->cluster = document->cluster_count;
  return add_cluster(document, &cluster);
}

// A mention serves as the canonical name when it is longer than the one so far and no tag or line
// of capitals.
static bool names_better(const GalleySpan *span, const GalleySpan *name) {
  if (is_tag(span)) return false;
  if (is_tag(name)) return true;
  bool title = span->entity.flags & GALLEY_NAME_IN_TITLE;
  bool title_before = name->entity.flags & GALLEY_NAME_IN_TITLE;
  if (title != title_before) return !title && span->end - span->start >= name->end - name->start;
  return span->end - span->start > name->end - name->start;
}

static void give_mention(GalleyDocument *document, const GalleyForm *root, GalleySpan *span,
                         GalleyMention mention) {
  GalleyCluster *cluster = &document->clusters[root->cluster];
  const GalleySpan *name = &document->blocks[cluster->name_block].spans.items[cluster->name_span];
  cluster->mention_count++;
  if (names_better(span, name)) {
    cluster->name_block = mention.block;
    cluster->name_span = mention.span;
  }
  span->entity.cluster = root->cluster;
  if (is_tag(span)) return;
  span->entity.type = cluster->type;
  span->entity.subtype = cluster->subtype;
}

static bool write_mention(GalleyForms *self, GalleySpan *span, GalleyMention mention) {
  uint32_t index = galley_form_find(self, span->entity.key);
  GalleyForm *form = &self->forms[index];
  GalleyForm *root = &self->forms[root_for(self, index, span)];
  span->hidden = is_hidden(form, root, span);
  span->entity.cluster = NONE;
  span->entity.type = span->type;
  span->entity.subtype = span->subtype;
  if (span->hidden) return true;
  if (root->cluster == NONE && !open_cluster(self->document, root, mention)) return false;
  give_mention(self->document, root, span, mention);
  return true;
}

// Gives every mention its cluster, type and visibility, in text order.
static bool write_back(GalleyForms *self) {
  GalleyDocument *document = self->document;
  document->cluster_count = 0;
  for (uint32_t i = 0; i < document->block_count; i++) {
    GalleySpanList *spans = &document->blocks[i].spans;
    for (uint32_t j = 0; j < spans->count; j++) {
      if (spans->items[j].kind != GALLEY_KIND_ENTITY) continue;
      if (!write_mention(self, &spans->items[j], (GalleyMention){i, j})) return false;
    }
  }
  return true;
}

// "French" and "France": a weaker link than a cluster.
static void relate_demonyms(GalleyForms *self) {
  for (uint32_t i = 0; i < self->count; i++) {
    const GalleyForm *form = &self->forms[i];
    if (form->subtype != GALLEY_ENTITY_DEMONYM || form->words != 1) continue;
    uint32_t own = self->forms[galley_form_root(self, i)].cluster;
    uint32_t country = own == NONE ? NONE : galley_form_country(self, form);
    if (country == NONE) continue;
    uint32_t cluster = self->forms[galley_form_root(self, country)].cluster;
    if (cluster != own) self->document->clusters[own].related = cluster;
  }
}

bool galley_entity_resolve(GalleyDocument *document) {
  GalleyForms self = {.document = document};
  bool done = allocate(&self, count_entities(document));
  if (done) {
    collect(&self);
    note_lower_words(&self);
    done = galley_forms_link(&self);
  }
  if (done) {
    sum_into_roots(&self);
    done = write_back(&self);
  }
  if (done) relate_demonyms(&self);
  free(self.forms);
  free(self.slots);
  return done;
}
