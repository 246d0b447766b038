#include "kind.h"

const char *const galley_groups[GALLEY_GROUP_NONE] = {
    [GALLEY_GROUP_PERSON] = "GalleyPerson",
    [GALLEY_GROUP_ORGANIZATION] = "GalleyOrganization",
    [GALLEY_GROUP_PLACE] = "GalleyPlace",
    [GALLEY_GROUP_OTHER] = "GalleyOther",
    [GALLEY_GROUP_DATE] = "GalleyDate",
    [GALLEY_GROUP_QUOTE] = "GalleyQuote",
    [GALLEY_GROUP_QUOTE_INDIRECT] = "GalleyQuoteIndirect",
    [GALLEY_GROUP_QUOTE_MARK] = "GalleyQuoteMark",
    [GALLEY_GROUP_SPEAKER] = "GalleySpeaker",
    [GALLEY_GROUP_FIGURE] = "GalleyFigure",
    [GALLEY_GROUP_CITATION] = "GalleyCitation",
};

static const GalleyTypeRow entity_types[GALLEY_ENTITY_TYPE_COUNT] = {
    [GALLEY_ENTITY_OTHER] = {"other", GALLEY_GROUP_OTHER},
    [GALLEY_ENTITY_PERSON] = {"person", GALLEY_GROUP_PERSON},
    [GALLEY_ENTITY_ORGANIZATION] = {"organization", GALLEY_GROUP_ORGANIZATION},
    [GALLEY_ENTITY_PLACE] = {"place", GALLEY_GROUP_PLACE},
};

static const GalleyTypeRow date_types[GALLEY_DATE_TYPE_COUNT] = {
    [GALLEY_DATE_DATE] = {"DATE", GALLEY_GROUP_DATE},
    [GALLEY_DATE_TIME] = {"TIME", GALLEY_GROUP_DATE},
    [GALLEY_DATE_DURATION] = {"DURATION", GALLEY_GROUP_DATE},
    [GALLEY_DATE_SET] = {"SET", GALLEY_GROUP_DATE},
};

static const GalleyTypeRow quote_types[GALLEY_QUOTE_TYPE_COUNT] = {
    [GALLEY_QUOTE_DIRECT] = {"direct", GALLEY_GROUP_QUOTE},
    [GALLEY_QUOTE_MIXED] = {"mixed", GALLEY_GROUP_QUOTE},
    [GALLEY_QUOTE_INDIRECT] = {"indirect", GALLEY_GROUP_QUOTE_INDIRECT},
    [GALLEY_QUOTE_TITLE] = {"title", GALLEY_GROUP_NONE},
    [GALLEY_QUOTE_SCARE] = {"scare", GALLEY_GROUP_NONE},
};

static const GalleyTypeRow figure_types[GALLEY_FIGURE_TYPE_COUNT] = {
    [GALLEY_FIGURE_NUMBER] = {"number", GALLEY_GROUP_FIGURE},
    [GALLEY_FIGURE_PERCENT] = {"percent", GALLEY_GROUP_FIGURE},
    [GALLEY_FIGURE_MONEY] = {"money", GALLEY_GROUP_FIGURE},
    [GALLEY_FIGURE_QUANTITY] = {"quantity", GALLEY_GROUP_FIGURE},
    [GALLEY_FIGURE_ORDINAL] = {"ordinal", GALLEY_GROUP_FIGURE},
    [GALLEY_FIGURE_RANGE] = {"range", GALLEY_GROUP_FIGURE},
    [GALLEY_FIGURE_RATIO] = {"ratio", GALLEY_GROUP_FIGURE},
    [GALLEY_FIGURE_AGE] = {"age", GALLEY_GROUP_FIGURE},
};

static const GalleyTypeRow citation_types[GALLEY_CITATION_TYPE_COUNT] = {
    [GALLEY_CITATION_NOTE] = {"note", GALLEY_GROUP_CITATION},
    [GALLEY_CITATION_NUMBER] = {"number", GALLEY_GROUP_CITATION},
    [GALLEY_CITATION_KEY] = {"key", GALLEY_GROUP_CITATION},
    [GALLEY_CITATION_AUTHOR] = {"author", GALLEY_GROUP_CITATION},
    [GALLEY_CITATION_REFERENCE] = {"reference", GALLEY_GROUP_CITATION},
    [GALLEY_CITATION_LINK] = {"link", GALLEY_GROUP_CITATION},
};

const GalleyKindRow galley_kinds[GALLEY_KIND_COUNT] = {
    [GALLEY_KIND_ENTITY] = {"entity", "e", "a person, organization, place or other thing by name",
                            GALLEY_GROUP_OTHER, entity_types, GALLEY_ENTITY_TYPE_COUNT},
    [GALLEY_KIND_DATE] = {"date", "d", "a date, time, duration or repeated time, with its value",
                          GALLEY_GROUP_DATE, date_types, GALLEY_DATE_TYPE_COUNT},
    [GALLEY_KIND_QUOTE] = {"quote", "q", "what somebody says, in marks or reported",
                           GALLEY_GROUP_QUOTE, quote_types, GALLEY_QUOTE_TYPE_COUNT},
    [GALLEY_KIND_FIGURE] = {"figure", "f", "a number, share, sum of money or measure",
                            GALLEY_GROUP_FIGURE, figure_types, GALLEY_FIGURE_TYPE_COUNT},
    [GALLEY_KIND_CITATION] = {"citation", "c", "a note, reference or link to a source",
                              GALLEY_GROUP_CITATION, citation_types, GALLEY_CITATION_TYPE_COUNT},
};

const GalleyTypeRow *galley_span_type(const GalleySpan *span) {
  const GalleyKindRow *kind = &galley_kinds[span->kind];
  uint8_t type = span->kind == GALLEY_KIND_ENTITY ? span->entity.type : span->type;
  return &kind->types[type < kind->type_count ? type : 0];
}
