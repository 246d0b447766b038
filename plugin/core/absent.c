// Weak defaults for annotators that are not in the tree yet; this file goes when all are.
#include "annotate.h"
#include "document.h"
#define WEAK __attribute__((weak))
WEAK bool galley_citation_annotate(GalleyBlockView *block) {
  return block != NULL;
}
WEAK bool galley_date_annotate(GalleyBlockView *block) {
  return block != NULL;
}
WEAK bool galley_entity_annotate(GalleyBlockView *block) {
  return block != NULL;
}
WEAK bool galley_figure_annotate(GalleyBlockView *block) {
  return block != NULL;
}
WEAK bool galley_quote_annotate(GalleyBlockView *block) {
  return block != NULL;
}
WEAK bool galley_date_resolve(GalleyDocument *self) {
  return self != NULL;
}
WEAK bool galley_entity_resolve(GalleyDocument *self) {
  return self != NULL;
}
WEAK bool galley_quote_resolve(GalleyDocument *self) {
  return self != NULL;
}
WEAK bool galley_citation_resolve(GalleyDocument *self) {
  return self != NULL;
}
WEAK const GalleyRuleTable galley_entity_rules = {0}, galley_date_rules = {0},
                           galley_quote_rules = {0}, galley_figure_rules = {0},
                           galley_citation_rules = {0};
