// The reason for a span: every span names the rule that made it.
//
// A rule's number holds the kind in its top four bits and the row of that kind's table in the rest.
// Each annotator owns one table; its rows are in the order of an enum in the annotator's own file.
#ifndef GALLEY_RULE_H
#define GALLEY_RULE_H

#include <stdint.h>

typedef struct {
  const char *id;      // short, stable, in the field's words: "date.month-day-year"
  const char *example; // a text that the rule fires on: "May 25, 2018"
} GalleyRule;

typedef struct {
  const GalleyRule *rows;
  uint32_t count;
} GalleyRuleTable;

#define GALLEY_RULE(kind, row) ((uint16_t)((unsigned)(kind) << 12 | (unsigned)(row)))

extern const GalleyRuleTable galley_entity_rules, galley_date_rules, galley_quote_rules,
    galley_figure_rules, galley_citation_rules;

// The rule with this number; a rule with id "unknown" when there is none.
const GalleyRule *galley_rule(uint16_t number);

#endif
