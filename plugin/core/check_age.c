// Ages: age-two-values, age-birth.
#include "calendar.h"
#include "check_family.h"
#include "check_text.h"
#include "date_expression.h"

#include <stdlib.h>

enum { AGE_LIMIT = 120, GAP_WORDS = 40 };

typedef struct {
  uint32_t cluster;
  uint32_t start, end;         // bytes of the document
  int32_t age;                 // -1: a birth
  int32_t first_day, last_day; // of a birth
  bool quoted;
} AgeFact;

typedef struct {
  AgeFact *items;
  uint32_t count, capacity;
  bool failed;
} AgeList;

static void add(AgeList *list, AgeFact fact) {
  if (list->count == list->capacity) {
    uint32_t capacity = list->capacity ? list->capacity * 2 : 16;
    AgeFact *items = realloc(list->items, capacity * sizeof *items);
    if (!items) {
      list->failed = true;
      return;
    }
    list->items = items;
    list->capacity = capacity;
  }
  list->items[list->count++] = fact;
}

static bool is_person(const GalleySpan *span) {
  return span->kind == GALLEY_KIND_ENTITY && !span->hidden &&
         span->entity.type == GALLEY_ENTITY_PERSON && span->entity.cluster != UINT32_MAX;
}

// A whole age in digits.
static int32_t age_of(const GalleySpan *span) {
  if (span->kind != GALLEY_KIND_FIGURE || span->hidden || span->type != GALLEY_FIGURE_AGE ||
      span->figure.hedge || span->subtype) {
    return -1;
  }
  char *end;
  double value = strtod(span->value, &end);
  bool whole = *end == '\0' && value > 0 && value < AGE_LIMIT && value == (int32_t)value;
  bool years = span->figure.unit_code[0] == '\0' || strcmp(span->figure.unit_code, "year") == 0;
  return whole && years ? (int32_t)value : -1;
}

static bool gap_is(const GalleyDocument *document, uint32_t block, uint32_t start, uint32_t end,
                   const char *text) {
  size_t length = strlen(text);
  return end >= start && end - start == length &&
         memcmp(document->text.bytes + document->blocks[block].start + start, text, length) == 0;
}

// The byte behind a span, NUL at the end of the block.
static char byte_after(const GalleyDocument *document, uint32_t block, uint32_t at) {
  const GalleyBlockRecord *record = &document->blocks[block];
  return at < record->length ? document->text.bytes[record->start + at] : '\0';
}

// "Anna Holm, 45," "Anna Holm (45)".
static bool is_apposition(const GalleyDocument *document, uint32_t block, const GalleySpan *person,
                          const GalleySpan *age) {
  char after = byte_after(document, block, age->end);
  if (gap_is(document, block, person->end, age->start, " (")) return after == ')';
  return gap_is(document, block, person->end, age->start, ", ") &&
         (after == ',' || after == '.' || after == ';' || after == '\0' || after == '\n');
}

// "the 45-year-old Anna Holm".
static bool is_attribute(const GalleyDocument *document, uint32_t block, const GalleySpan *age,
                         const GalleySpan *person) {
  if (!gap_is(document, block, age->end, person->start, " ") || check_span_length(age) < 8) {
    return false;
  }
  const char *bytes = check_span_bytes(document, block, age);
  return memchr(bytes, '-', check_span_length(age)) != NULL;
}

static AgeFact fact_of(const GalleyDocument *document, uint32_t block, const GalleySpan *person,
                       const GalleySpan *span) {
  uint32_t base = document->blocks[block].start;
  return (AgeFact){.cluster = person->entity.cluster,
                   .start = base + span->start,
                   .end = base + span->end,
                   .quoted = span->depth > 0};
}

static bool skip(const char *bytes, uint32_t end, uint32_t *at, const char *text) {
  uint32_t length = (uint32_t)strlen(text);
  if (*at + length > end || memcmp(bytes + *at, text, length) != 0) return false;
  *at += length;
  return true;
}

// "Anna Holm (born 3 May 1960)", "Anna Holm, 66, who was born in 1960": whether a name and a date
// with nothing else between them are a birth.
static bool is_birth_gap(const char *bytes, uint32_t length) {
  uint32_t at = 0;
  if (skip(bytes, length, &at, ", ")) {
    uint32_t digits = at;
    while (at < length && (unsigned)(bytes[at] - '0') < 10)
      at++;
    if (at > digits && !skip(bytes, length, &at, ", ")) return false;
  } else if (!skip(bytes, length, &at, " (") && !skip(bytes, length, &at, " ")) {
    return false;
  }
  skip(bytes, length, &at, "who ");
  skip(bytes, length, &at, "was ");
  if (!skip(bytes, length, &at, "born ") && !skip(bytes, length, &at, "b. ")) return false;
  if (!skip(bytes, length, &at, "on ")) skip(bytes, length, &at, "in ");
  return at == length;
}

static bool is_birth(const GalleyDocument *document, uint32_t block, const GalleySpan *person,
                     const GalleySpan *date) {
  if (date->kind != GALLEY_KIND_DATE || date->hidden || date->type != GALLEY_DATE_DATE ||
      date->date.expression.op != DATE_OP_CALENDAR ||
      !(date->date.expression.flags & DATE_YEAR_KNOWN) || date->date.first_day == GALLEY_DAY_NONE ||
      date->date.last_day - date->date.first_day > 366 || date->start < person->end) {
    return false;
  }
  const char *bytes = document->text.bytes + document->blocks[block].start + person->end;
  return is_birth_gap(bytes, date->start - person->end);
}

static void collect_block(const GalleyDocument *document, uint32_t block, AgeList *list) {
  const GalleySpanList *spans = &document->blocks[block].spans;
  for (uint32_t i = 0; i < spans->count; i++) {
    const GalleySpan *span = &spans->items[i];
    if (!is_person(span)) continue;
    for (uint32_t j = i + 1; j < spans->count && spans->items[j].start <= span->end + GAP_WORDS;
         j++) {
      const GalleySpan *next = &spans->items[j];
      if (next->start < span->end) continue;
      int32_t age = age_of(next);
      if (age > 0 && is_apposition(document, block, span, next)) {
        AgeFact fact = fact_of(document, block, span, next);
        fact.age = age;
        add(list, fact);
      } else if (is_birth(document, block, span, next)) {
        AgeFact fact = fact_of(document, block, span, next);
        fact.age = -1;
        fact.first_day = next->date.first_day;
        fact.last_day = next->date.last_day;
        add(list, fact);
      }
    }
    const GalleySpan *before = i ? &spans->items[i - 1] : NULL;
    int32_t age = before ? age_of(before) : -1;
    if (age > 0 && is_attribute(document, block, before, span)) {
      AgeFact fact = fact_of(document, block, span, before);
      fact.age = age;
      add(list, fact);
    }
  }
}

static int compare(const void *left, const void *right) {
  const AgeFact *a = left, *b = right;
  if (a->cluster != b->cluster) return a->cluster < b->cluster ? -1 : 1;
  if ((a->age < 0) != (b->age < 0)) return a->age < 0 ? -1 : 1;
  return a->start < b->start ? -1 : a->start > b->start;
}

static int32_t age_on(int32_t born, int32_t day) {
  GalleyCivil birth = galley_civil_from_days(born), today = galley_civil_from_days(day);
  bool birthday =
      today.month > birth.month || (today.month == birth.month && today.day >= birth.day);
  return today.year - birth.year - !birthday;
}

static void judge_birth(GalleyCheckRun *run, const AgeFact *birth, const AgeFact *age) {
  int32_t today = run->document->document_date;
  if (today == GALLEY_DAY_NONE) return;
  int32_t most = age_on(birth->first_day, today), least = age_on(birth->last_day, today);
  if (most <= 0 || most > AGE_LIMIT) return;
  int32_t off = age->age > most ? age->age - most : least - age->age;
  GalleyOutcome outcome = off <= 0   ? GALLEY_OUTCOME_OK
                          : off == 1 ? GALLEY_OUTCOME_NEAR
                                     : GALLEY_OUTCOME_BAD;
  galley_check_begin_document(run, GALLEY_CHECK_AGE_BIRTH, outcome, age->quoted, age->start,
                              age->end);
  if (least == most) {
    galley_finding_say(run->found, "born then, the age is %d", (int)most);
  } else {
    galley_finding_say(run->found, "born then, the age is %d or %d", (int)least, (int)most);
  }
  galley_finding_relate(run->found, birth->start, birth->end, "the birth");
}

static void judge_cluster(GalleyCheckRun *run, const AgeFact *facts, uint32_t count) {
  const AgeFact *birth = facts[0].age < 0 ? &facts[0] : NULL, *first = NULL;
  for (uint32_t i = 0; i < count; i++) {
    if (facts[i].age < 0) continue;
    if (birth) judge_birth(run, birth, &facts[i]);
    if (!first) {
      first = &facts[i];
      continue;
    }
    bool same = facts[i].age == first->age;
    galley_check_begin_document(run, GALLEY_CHECK_AGE_TWO_VALUES,
                                same ? GALLEY_OUTCOME_OK : GALLEY_OUTCOME_BAD, facts[i].quoted,
                                facts[i].start, facts[i].end);
    if (same) {
      galley_finding_say(run->found, "the same age as before");
    } else {
      galley_finding_say(run->found, "%d here, %d before", (int)facts[i].age, (int)first->age);
    }
    galley_finding_relate(run->found, first->start, first->end, "the age given before");
  }
}

bool galley_check_ages(GalleyCheckRun *run) {
  AgeList list = {0};
  for (uint32_t i = 0; i < run->document->block_count && !list.failed; i++)
    collect_block(run->document, i, &list);
  if (list.count) qsort(list.items, list.count, sizeof *list.items, compare);
  for (uint32_t i = 0, end; i < list.count && !list.failed; i = end) {
    end = i + 1;
    while (end < list.count && list.items[end].cluster == list.items[i].cluster)
      end++;
    judge_cluster(run, list.items + i, end - i);
  }
  free(list.items);
  return !list.failed;
}
