// The names of an article while they are being resolved. Private to entity_resolve.c and
// entity_link.c.
//
// Mentions with the same key make a form ("Halden", "Kori Halden", "EU"). Forms of one thing are
// joined into a cluster.
#ifndef GALLEY_ENTITY_FORM_H
#define GALLEY_ENTITY_FORM_H

#include "document.h"

#define GALLEY_FORM_NONE UINT32_MAX

typedef struct {
  uint32_t block, span;
} GalleyMention;

typedef struct {
  uint32_t key, first, head, initials; // as in GalleySpan.entity
  GalleyMention first_mention, longest;
  uint32_t longest_bytes;
  uint32_t firm;       // mentions within a sentence that the block is sure of
  uint32_t inner;      // mentions within a sentence: their capital says something
  uint32_t shown;      // mentions that their block takes for names
  uint32_t weights[4]; // sums of the mentions' weights, by GalleyEntityType
  uint32_t male, female, titled;
  uint32_t root;      // form that this one is joined to, or itself
  uint32_t alternate; // form that single mentions may belong to instead; none
  uint32_t cluster;   // of a root
  uint8_t words;
  uint8_t type;
  uint8_t subtype;
  bool lower;   // the word stands in lower case somewhere
  bool acronym; // all its mentions are words of capitals
  bool tags;    // all its mentions are handles and hashtags
} GalleyForm;

typedef struct {
  GalleyDocument *document;
  GalleyForm *forms;
  uint32_t count, capacity;
  uint32_t *slots; // hash table over keys: form index + 1
  uint32_t mask;
} GalleyForms;

// The form with this key, GALLEY_FORM_NONE if there is none.
uint32_t galley_form_find(const GalleyForms *self, uint32_t key);

// The form that stands for the cluster of form `index`.
uint32_t galley_form_root(GalleyForms *self, uint32_t index);

// 1 man, -1 woman, 0 not told.
int galley_form_gender(const GalleyForm *form);

// The type with the largest weight.
uint8_t galley_form_type(const uint32_t weights[4]);

// Joins the forms of one thing. False when memory ends.
bool galley_forms_link(GalleyForms *self);

// The form of the country that a demonym belongs to, GALLEY_FORM_NONE if the article lacks it.
uint32_t galley_form_country(const GalleyForms *self, const GalleyForm *demonym);

#endif
