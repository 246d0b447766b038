// Which names of an article name the same thing: surname and full name, acronym and expansion,
// short and long name of an organization, demonym and country.
#include "entity_form.h"

#include <stdlib.h>
#include <string.h>

#include "entity.h"

// Forms of several words, sorted by the hash that a shorter form is looked up with.
typedef struct {
  uint32_t hash, form;
} Link;

typedef struct {
  Link *items;
  uint32_t count;
} Links;

static int compare_links(const void *left, const void *right) {
  const Link *a = left, *b = right;
  if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
  return a->form < b->form ? -1 : a->form > b->form;
}

static uint32_t first_link(const Links *links, uint32_t hash) {
  uint32_t low = 0, high = links->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (links->items[middle].hash < hash) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

static void join(GalleyForms *self, uint32_t from, uint32_t to) {
  from = galley_form_root(self, from);
  to = galley_form_root(self, to);
  if (from != to) self->forms[from].root = to;
}

// Which hash of a full form a brief one is looked up by, which forms fit together at all, and
// whether the brief one's own context agrees.
typedef struct {
  uint32_t (*hash)(const GalleyForm *full);
  bool (*fits)(const GalleyForm *brief, const GalleyForm *full);
  bool (*agrees)(const GalleyForm *brief);
} LinkKind;

static uint32_t hash_head(const GalleyForm *full) {
  return full->type == GALLEY_ENTITY_PERSON ? full->head : 0;
}

static uint32_t hash_given(const GalleyForm *full) {
  return full->type == GALLEY_ENTITY_PERSON ? full->first : 0;
}

static uint32_t hash_start(const GalleyForm *full) {
  return full->type == GALLEY_ENTITY_ORGANIZATION ? full->first : 0;
}

static uint32_t hash_initials(const GalleyForm *full) {
  return full->type == GALLEY_ENTITY_PERSON ? 0 : full->initials;
}

static bool fits_person(const GalleyForm *brief, const GalleyForm *full) {
  return galley_form_gender(brief) * galley_form_gender(full) >= 0;
}

static bool fits_any(const GalleyForm *brief, const GalleyForm *full) {
  return brief != full;
}

static bool is_acronym(const GalleyForm *brief) {
  return brief->acronym;
}

// The article may well use the surname of a person it names in full: little is needed, but more
// where the word is known as a city or the like.
static bool may_be_person(const GalleyForm *brief) {
  uint32_t person = brief->weights[GALLEY_ENTITY_PERSON], most = brief->weights[brief->type];
  bool known = brief->type == GALLEY_ENTITY_PLACE && brief->subtype;
  return brief->titled || brief->type == GALLEY_ENTITY_PERSON || person * (known ? 2 : 5) >= most;
}

static bool is_person(const GalleyForm *brief) {
  return brief->type == GALLEY_ENTITY_PERSON;
}

// Likewise the first word of a company it names in full, unless that is a place or person known.
static bool may_be_organization(const GalleyForm *brief) {
  uint32_t organization = brief->weights[GALLEY_ENTITY_ORGANIZATION];
  bool known = brief->titled || brief->subtype || galley_form_gender(brief) != 0;
  return brief->type == GALLEY_ENTITY_ORGANIZATION ||
         (!known && organization * 5 >= brief->weights[brief->type]);
}

enum { LINK_ACRONYM, LINK_SURNAME, LINK_SHORT_NAME, LINK_GIVEN_NAME, LINK_KINDS };

static const LinkKind link_kinds[LINK_KINDS] = {
    [LINK_ACRONYM] = {hash_initials, fits_any, is_acronym},
    [LINK_SURNAME] = {hash_head, fits_person, may_be_person},
    [LINK_SHORT_NAME] = {hash_start, fits_any, may_be_organization},
    [LINK_GIVEN_NAME] = {hash_given, fits_person, is_person},
};

// The one thing that `brief` can be short for; none if there is more than one: then it stays open.
static uint32_t full_form(GalleyForms *self, const Links *links, const LinkKind *kind,
                          uint32_t brief) {
  const GalleyForm *form = &self->forms[brief];
  uint32_t found = GALLEY_FORM_NONE;
  for (uint32_t i = first_link(links, form->key); i < links->count; i++) {
    if (links->items[i].hash != form->key) break;
    const GalleyForm *full = &self->forms[links->items[i].form];
    uint32_t root = galley_form_root(self, links->items[i].form);
    if (!kind->fits(form, full)) continue;
    if (found != GALLEY_FORM_NONE && found != root) return GALLEY_FORM_NONE;
    found = root;
  }
  return found;
}

static void sort_links(const GalleyForms *self, const LinkKind *kind, Links *links) {
  links->count = 0;
  for (uint32_t i = 0; i < self->count; i++) {
    uint32_t hash = self->forms[i].words > 1 ? kind->hash(&self->forms[i]) : 0;
    if (hash) links->items[links->count++] = (Link){hash, i};
  }
  qsort(links->items, links->count, sizeof(Link), compare_links);
}

// Joins brief forms to full ones. Where a form is joined already (a company named after a person),
// the other full form is noted: single mentions may belong to it.
static void link_kind(GalleyForms *self, Links *links, const LinkKind *kind) {
  sort_links(self, kind, links);
  for (uint32_t i = 0; links->count && i < self->count; i++) {
    GalleyForm *brief = &self->forms[i];
    if (brief->words != 1) continue;
    uint32_t full = full_form(self, links, kind, i);
    if (full == GALLEY_FORM_NONE || full == galley_form_root(self, i)) continue;
    if (brief->root == i && kind->agrees(brief)) {
      join(self, i, full);
    } else if (brief->alternate == GALLEY_FORM_NONE && !kind->agrees(brief)) {
      brief->alternate = full;
    }
  }
}

// "Kori Halden" and "Kori M. Halden": same first word and surname.
static void link_full_names(GalleyForms *self, Links *links) {
  links->count = 0;
  for (uint32_t i = 0; i < self->count; i++) {
    const GalleyForm *form = &self->forms[i];
    if (form->words < 2 || form->type != GALLEY_ENTITY_PERSON) continue;
    links->items[links->count++] = (Link){form->first * 31 + form->head, i};
  }
  qsort(links->items, links->count, sizeof(Link), compare_links);
  for (uint32_t i = 1; i < links->count; i++) {
    const GalleyForm *a = &self->forms[links->items[i - 1].form];
    const GalleyForm *b = &self->forms[links->items[i].form];
    if (links->items[i].hash != links->items[i - 1].hash) continue;
    if (a->first == b->first && a->head == b->head) {
      join(self, links->items[i].form, links->items[i - 1].form);
    }
  }
}

// The text of a form's first mention.
static const char *form_bytes(const GalleyForms *self, const GalleyForm *form) {
  const GalleyBlockRecord *block = &self->document->blocks[form->first_mention.block];
  return self->document->text.bytes + block->start +
         block->spans.items[form->first_mention.span].start;
}

// A person of two words or more; whether the first is an initial: "K. Halden", "K.M. Halden".
static bool is_full_person(const GalleyForm *form) {
  return form->words > 1 && form->type == GALLEY_ENTITY_PERSON;
}

static bool begins_with_initial(const GalleyForms *self, const GalleyForm *form) {
  return form_bytes(self, form)[1] == '.';
}

// Of a surname and the first letter before it.
static uint32_t hash_initial(const GalleyForms *self, const GalleyForm *form) {
  return form->head * 31 + (unsigned char)form_bytes(self, form)[0];
}

enum { NAMESAKES = 64 }; // of one surname and initial; where there are more nobody is meant

// The one person whose surname and first letter an initial and surname have; none if there are
// more.
static uint32_t spelt_out(GalleyForms *self, const Links *links, const GalleyForm *form) {
  uint32_t found = GALLEY_FORM_NONE, hash = hash_initial(self, form), seen = 0;
  for (uint32_t i = first_link(links, hash); i < links->count; i++) {
    const GalleyForm *full = &self->forms[links->items[i].form];
    if (links->items[i].hash != hash) break;
    if (++seen > NAMESAKES) return GALLEY_FORM_NONE;
    if (full->head != form->head || form_bytes(self, full)[0] != form_bytes(self, form)[0] ||
        !fits_person(form, full)) {
      continue;
    }
    uint32_t root = galley_form_root(self, links->items[i].form);
    if (found != GALLEY_FORM_NONE && found != root) return GALLEY_FORM_NONE;
    found = root;
  }
  return found;
}

// "K. Halden", as notes have it, is Kori Halden.
static void link_initials(GalleyForms *self, Links *links) {
  links->count = 0;
  for (uint32_t i = 0; i < self->count; i++) {
    const GalleyForm *form = &self->forms[i];
    if (!is_full_person(form) || begins_with_initial(self, form)) continue;
    links->items[links->count++] = (Link){hash_initial(self, form), i};
  }
  qsort(links->items, links->count, sizeof(Link), compare_links);
  for (uint32_t i = 0; links->count && i < self->count; i++) {
    const GalleyForm *form = &self->forms[i];
    if (!is_full_person(form) || !begins_with_initial(self, form)) continue;
    uint32_t full = spelt_out(self, links, form);
    if (full != GALLEY_FORM_NONE) join(self, i, full);
  }
}

// "Full Name (FN)": the article itself says what an acronym stands for.
static void link_definitions(GalleyForms *self) {
  const GalleyDocument *document = self->document;
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    const GalleySpan *before = NULL;
    for (uint32_t j = 0; j < block->spans.count; j++) {
      const GalleySpan *span = &block->spans.items[j];
      if (span->kind != GALLEY_KIND_ENTITY) continue;
      bool acronym = span->entity.flags & GALLEY_NAME_ACRONYM && span->end - span->start > 1;
      const char *bytes = document->text.bytes + block->start;
      bool follows = before && acronym && before->end + 2 == span->start &&
                     bytes[before->end] == ' ' && bytes[before->end + 1] == '(' &&
                     before->entity.words > 1 && before->entity.type != GALLEY_ENTITY_PERSON;
      // The letters must begin alike: "Ministry of Trade (MoT)", not "Leeds (UK)".
      if (follows && (bytes[before->start] | 0x20) == (bytes[span->start] | 0x20)) {
        uint32_t full = galley_form_find(self, before->entity.key);
        uint32_t brief = galley_form_find(self, span->entity.key);
        if (self->forms[full].type != GALLEY_ENTITY_PERSON) join(self, brief, full);
      }
      before = span;
    }
  }
}

bool galley_forms_link(GalleyForms *self) {
  Links links = {.items = malloc((self->count ? self->count : 1) * sizeof(Link))};
  if (!links.items) return false;
  link_full_names(self, &links);
  link_initials(self, &links);
  link_definitions(self);
  for (int i = 0; i < LINK_KINDS; i++)
    link_kind(self, &links, &link_kinds[i]);
  free(links.items);
  return true;
}

// ---- demonyms -----------------------------------------------------------------------------------

// Countries that articles call by more than one name.
static const char *const other_names[][2] = {
    {"britain", "uk"},        {"britain", "united-kingdom"}, {"united-states", "us"},
    {"united-states", "usa"}, {"united-states", "america"},  {"soviet-union", "ussr"},
    {"myanmar", "burma"},     {"netherlands", "holland"},
};

// The key of "united-states", as galley_entity_name makes it of the words.
static uint32_t key_of(const char *name) {
  uint32_t key = 0, words = 0;
  while (*name) {
    uint32_t hash = GALLEY_HASH_START;
    for (; *name && *name != '-'; name++)
      hash = galley_hash_byte(hash, (unsigned char)*name);
    key = galley_entity_join(key, hash, words++);
    if (*name) name++;
  }
  return key;
}

uint32_t galley_form_country(const GalleyForms *self, const GalleyForm *demonym) {
  const GalleyBlockRecord *block = &self->document->blocks[demonym->first_mention.block];
  const GalleySpan *span = &block->spans.items[demonym->first_mention.span];
  char folded[64];
  uint32_t length = galley_fold_word(self->document->text.bytes + block->start + span->start,
                                     span->end - span->start, folded, sizeof folded);
  uint32_t word = galley_lexicon_find(demonym->key, folded, length);
  const char *country = word ? galley_lexicon_symbol(word, GALLEY_CLASS_DEMONYM) : NULL;
  if (!country) return GALLEY_FORM_NONE;
  uint32_t form = galley_form_find(self, key_of(country));
  for (size_t i = 0; form == GALLEY_FORM_NONE && i < sizeof other_names / sizeof *other_names;
       i++) {
    if (strcmp(other_names[i][0], country) == 0) {
      form = galley_form_find(self, key_of(other_names[i][1]));
    }
  }
  return form;
}
