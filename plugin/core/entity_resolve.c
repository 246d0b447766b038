// What the whole article tells of its names: which are names at all, which name the same thing, and
// what it is.
//
// Mentions with the same key make a form ("Halden", "Kori Halden", "EU"). Forms of one thing are
// joined into a cluster: surname to full name, acronym to expansion, short name of an organization
// to the long one.
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "entity.h"

enum { NONE = UINT32_MAX };

typedef struct {
  uint32_t block, span;
} Mention;

typedef struct {
  uint32_t key, first, head, initials;
  Mention first_mention, longest;
  uint32_t longest_bytes;
  uint32_t count;
  uint32_t firm;       // mentions within a sentence that the block is sure of
  uint32_t weights[4]; // sums of the mentions' weights
  uint32_t male, female;
  uint32_t titled;
  uint32_t root; // form that this one is joined to, or itself
  uint32_t cluster;
  uint8_t words;
  uint8_t type;
  uint8_t subtype;
  bool lower;   // the word stands in lower case somewhere
  bool acronym; // its mentions are words of capitals
} Form;

typedef struct {
  GalleyDocument *document;
  Form *forms;
  uint32_t count, capacity;
  uint32_t *slots; // hash table over keys: form index + 1
  uint32_t mask;
} Resolver;

static GalleySpan *span_of(const GalleyDocument *document, Mention mention) {
  return &document->blocks[mention.block].spans.items[mention.span];
}

static uint32_t mix(uint32_t key) {
  key *= 0x9e3779b1u;
  return key ^ key >> 15;
}

// The slot of `key` in the hash table: its own or the empty one where it belongs.
static uint32_t *slot_of(const Resolver *self, uint32_t key) {
  for (uint32_t at = mix(key) & self->mask;; at = (at + 1) & self->mask) {
    uint32_t index = self->slots[at];
    if (!index || self->forms[index - 1].key == key) return &self->slots[at];
  }
}

static uint32_t form_of(const Resolver *self, uint32_t key) {
  return *slot_of(self, key) - 1; // NONE when the slot is empty
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

static bool allocate(Resolver *self, uint32_t mentions) {
  uint32_t slots = 16;
  while (slots < mentions * 2)
    slots *= 2;
  self->capacity = mentions ? mentions : 1;
  self->mask = slots - 1;
  self->forms = calloc(self->capacity, sizeof(Form));
  self->slots = calloc(slots, sizeof(uint32_t));
  return self->forms && self->slots;
}

static void note_mention(Resolver *self, const GalleySpan *span, Mention mention) {
  uint32_t *slot = slot_of(self, span->entity.key);
  if (!*slot) {
    self->forms[self->count] = (Form){.key = span->entity.key,
                                      .first = span->entity.first,
                                      .head = span->entity.head,
                                      .initials = span->entity.initials,
                                      .words = span->entity.words,
                                      .first_mention = mention,
                                      .longest = mention,
                                      .root = self->count,
                                      .acronym = true};
    *slot = ++self->count;
  }
  Form *form = &self->forms[*slot - 1];
  uint32_t bytes = span->end - span->start;
  bool at_start = span->entity.flags & (GALLEY_NAME_AT_START | GALLEY_NAME_IN_TITLE);
  form->count++;
  if (!at_start && span->entity.score >= GALLEY_SCORE_FIRM) form->firm++;
  for (int type = 0; type < GALLEY_ENTITY_TYPE_COUNT; type++)
    form->weights[type] += span->entity.weights[type];
  if (span->entity.gender == 'm') form->male++;
  if (span->entity.gender == 'f') form->female++;
  if (span->entity.flags & GALLEY_NAME_TITLED) form->titled++;
  if (!(span->entity.flags & GALLEY_NAME_ACRONYM)) form->acronym = false;
  if (span->subtype) form->subtype = span->subtype;
  if (bytes > form->longest_bytes) {
    form->longest = mention;
    form->longest_bytes = bytes;
  }
}

static void collect(Resolver *self) {
  GalleyDocument *document = self->document;
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    for (uint32_t j = 0; j < spans->count; j++) {
      if (spans->items[j].kind == GALLEY_KIND_ENTITY) {
        note_mention(self, &spans->items[j], (Mention){i, j});
      }
    }
  }
}

// Marks the forms of one word that the article writes in lower case too.
static void note_lower_words(Resolver *self) {
  const GalleyDocument *document = self->document;
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    for (uint32_t j = 0; j < block->lower_word_count; j++) {
      uint32_t index = form_of(self, block->lower_words[j]);
      if (index != NONE) self->forms[index].lower = true;
    }
  }
}

// Whether the article speaks against a mention.
static bool is_hidden(const Form *form, const GalleySpan *span) {
  bool at_start = span->entity.flags & (GALLEY_NAME_AT_START | GALLEY_NAME_IN_TITLE);
  if (form->words == 1 && form->lower && at_start && !form->firm && !form->acronym) return true;
  return span->entity.score < GALLEY_SCORE_SHOWN && !form->firm;
}

static uint8_t best_type(const uint32_t weights[4]) {
  int best = 0;
  for (int type = 1; type < GALLEY_ENTITY_TYPE_COUNT; type++)
    if (weights[type] > weights[best]) best = type;
  return (uint8_t)best;
}

static uint32_t root_of(Resolver *self, uint32_t index) {
  while (self->forms[index].root != index) {
    self->forms[index].root = self->forms[self->forms[index].root].root;
    index = self->forms[index].root;
  }
  return index;
}

static void join(Resolver *self, uint32_t from, uint32_t to) {
  from = root_of(self, from);
  to = root_of(self, to);
  if (from != to) self->forms[from].root = to;
}

static int gender_sign(const Form *form) {
  return form->male > form->female ? 1 : form->female > form->male ? -1 : 0;
}

// Sorted views of the forms of several words, by the hash that a shorter form is looked up with.
typedef struct {
  uint32_t hash, form;
} Link;

static int compare_links(const void *left, const void *right) {
  const Link *a = left, *b = right;
  if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
  return a->form < b->form ? -1 : a->form > b->form;
}

static uint32_t first_link(const Link *links, uint32_t count, uint32_t hash) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (links[middle].hash < hash) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// Which hash of a long form a short form's key is compared with, and which forms may be joined.
typedef struct {
  uint32_t (*hash)(const Form *form);
  bool (*fits)(const Form *brief, const Form *full);
} LinkKind;

static uint32_t hash_head(const Form *form) {
  return form->head;
}

static uint32_t hash_first(const Form *form) {
  return form->first;
}

static uint32_t hash_initials(const Form *form) {
  return form->initials;
}

static bool fits_surname(const Form *brief, const Form *full) {
  if (brief->words != 1 || full->type != GALLEY_ENTITY_PERSON) return false;
  if (gender_sign(brief) * gender_sign(full) < 0) return false;
  uint32_t person = brief->weights[GALLEY_ENTITY_PERSON];
  return person * 3 >= brief->weights[brief->type]; // the block does not rule it out
}

static bool fits_first_name(const Form *brief, const Form *full) {
  return brief->words == 1 && full->type == GALLEY_ENTITY_PERSON &&
         brief->type == GALLEY_ENTITY_PERSON;
}

static bool fits_short_name(const Form *brief, const Form *full) {
  return brief->words == 1 && full->type == GALLEY_ENTITY_ORGANIZATION &&
         brief->type == GALLEY_ENTITY_ORGANIZATION;
}

static bool fits_acronym(const Form *brief, const Form *full) {
  return brief->acronym && brief->words == 1 && full->type != GALLEY_ENTITY_PERSON;
}

static const LinkKind link_kinds[] = {
    {hash_initials, fits_acronym},
    {hash_head, fits_surname},
    {hash_first, fits_short_name},
    {hash_first, fits_first_name},
};

// The one thing that `brief` can be short for, NONE if there is none or more than one.
static uint32_t full_form(Resolver *self, const Link *links, uint32_t count, const LinkKind *kind,
                          uint32_t brief) {
  const Form *form = &self->forms[brief];
  uint32_t found = NONE;
  for (uint32_t i = first_link(links, count, form->key); i < count; i++) {
    if (links[i].hash != form->key) break;
    uint32_t root = root_of(self, links[i].form);
    if (root == root_of(self, brief) || !kind->fits(form, &self->forms[links[i].form])) continue;
    if (found != NONE && found != root) return NONE;
    found = root;
  }
  return found;
}

static void link_kind(Resolver *self, Link *links, const LinkKind *kind) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < self->count; i++) {
    uint32_t hash = self->forms[i].words > 1 ? kind->hash(&self->forms[i]) : 0;
    if (hash) links[count++] = (Link){hash, i};
  }
  qsort(links, count, sizeof(Link), compare_links);
  for (uint32_t i = 0; i < self->count; i++) {
    if (self->forms[i].words != 1 || root_of(self, i) != i) continue;
    uint32_t full = full_form(self, links, count, kind, i);
    if (full != NONE) join(self, i, full);
  }
}

// "Kori Halden" and "Kori M. Halden": same first word and surname.
static void link_full_names(Resolver *self, Link *links) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < self->count; i++) {
    const Form *form = &self->forms[i];
    if (form->words < 2 || form->type != GALLEY_ENTITY_PERSON) continue;
    links[count++] = (Link){form->first * 31 + form->head, i};
  }
  qsort(links, count, sizeof(Link), compare_links);
  for (uint32_t i = 1; i < count; i++) {
    const Form *a = &self->forms[links[i - 1].form], *b = &self->forms[links[i].form];
    if (links[i].hash == links[i - 1].hash && a->first == b->first && a->head == b->head) {
      join(self, links[i].form, links[i - 1].form);
    }
  }
}

static bool link_forms(Resolver *self) {
  Link *links = malloc((self->count ? self->count : 1) * sizeof(Link));
  if (!links) return false;
  for (uint32_t i = 0; i < self->count; i++)
    self->forms[i].type = best_type(self->forms[i].weights);
  link_full_names(self, links);
  for (size_t i = 0; i < sizeof link_kinds / sizeof *link_kinds; i++)
    link_kind(self, links, &link_kinds[i]);
  free(links);
  return true;
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

// The sums over a cluster's forms are kept in its root.
static void sum_into_roots(Resolver *self) {
  for (uint32_t i = 0; i < self->count; i++) {
    uint32_t root = root_of(self, i);
    Form *form = &self->forms[i], *sum = &self->forms[root];
    form->cluster = NONE;
    if (root == i) continue;
    for (int type = 0; type < GALLEY_ENTITY_TYPE_COUNT; type++)
      sum->weights[type] += form->weights[type];
    sum->male += form->male;
    sum->female += form->female;
    sum->firm += form->firm;
    if (!sum->subtype) sum->subtype = form->subtype;
  }
}

static void give_mention(GalleyDocument *document, Form *root, const Form *form, GalleySpan *span,
                         Mention mention) {
  GalleyCluster *cluster = &document->clusters[root->cluster];
  if (cluster->mention_count++ == 0) {
    cluster->first_block = mention.block;
    cluster->first_span = mention.span;
    cluster->name_block = mention.block;
    cluster->name_span = mention.span;
  }
  const GalleySpan *name = span_of(document, (Mention){cluster->name_block, cluster->name_span});
  if (form->longest.block == mention.block && form->longest.span == mention.span &&
      span->end - span->start > name->end - name->start) {
    cluster->name_block = mention.block;
    cluster->name_span = mention.span;
  }
  span->entity.cluster = root->cluster;
  span->entity.type = cluster->type;
  span->entity.subtype = cluster->subtype;
}

// Gives every mention its cluster, type and visibility, in text order.
static bool write_back(Resolver *self) {
  GalleyDocument *document = self->document;
  document->cluster_count = 0;
  for (uint32_t i = 0; i < document->block_count; i++) {
    GalleySpanList *spans = &document->blocks[i].spans;
    for (uint32_t j = 0; j < spans->count; j++) {
      GalleySpan *span = &spans->items[j];
      if (span->kind != GALLEY_KIND_ENTITY) continue;
      uint32_t index = form_of(self, span->entity.key);
      Form *form = &self->forms[index], *root = &self->forms[root_of(self, index)];
      span->hidden = is_hidden(form, span);
      span->entity.cluster = NONE;
      span->entity.type = span->type;
      span->entity.subtype = span->subtype;
      if (span->hidden) continue;
      if (root->cluster == NONE) {
        GalleyCluster cluster = {.type = best_type(root->weights),
                                 .subtype = root->subtype,
                                 .related = NONE,
                                 .gender = 0};
        int sign = gender_sign(root);
        cluster.gender = sign > 0 ? 'm' : sign < 0 ? 'f' : 0;
        root->cluster = document->cluster_count;
        if (!add_cluster(document, &cluster)) return false;
      }
      give_mention(document, root, form, span, (Mention){i, j});
    }
  }
  return true;
}

bool galley_entity_resolve(GalleyDocument *document) {
  Resolver self = {.document = document};
  bool done = allocate(&self, count_entities(document));
  if (done) {
    collect(&self);
    note_lower_words(&self);
    done = link_forms(&self);
  }
  if (done) {
    sum_into_roots(&self);
    done = write_back(&self);
  }
  free(self.forms);
  free(self.slots);
  return done;
}
