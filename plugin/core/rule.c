#include "rule.h"

#include "span.h"

const GalleyRule *galley_rule(uint16_t number) {
  static const GalleyRule unknown = {"unknown", ""};
  static const GalleyRuleTable *const tables[GALLEY_KIND_COUNT] = {
      [GALLEY_KIND_ENTITY] = &galley_entity_rules,     [GALLEY_KIND_DATE] = &galley_date_rules,
      [GALLEY_KIND_QUOTE] = &galley_quote_rules,       [GALLEY_KIND_FIGURE] = &galley_figure_rules,
      [GALLEY_KIND_CITATION] = &galley_citation_rules,
  };
  unsigned kind = number >> 12, row = number & 0xfff;
  if (kind >= GALLEY_KIND_COUNT || row >= tables[kind]->count) return &unknown;
  return &tables[kind]->rows[row];
}
