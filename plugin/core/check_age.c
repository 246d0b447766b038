// Ages: age-two-values, age-birth.
#include "calendar.h"
#include "check_family.h"
#include "check_text.h"
#include "date_expression.h"

#include <stdlib.h>

enum { AGE_LIMIT = 120, GAP_BYTES = 40 };
static const uint32_t ANONYMOUS = UINT32_MAX;

typedef struct {
  uint32_t cluster;            // whose; ANONYMOUS
  uint32_t start, end;         // bytes of the document
  int32_t age;                 // -1: a birth
  int32_t first_day, last_day; // of a birth
  uint8_t gender;              // of the name, 0 not known
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

// A stretch of a block.
typedef struct {
  const char *bytes;
  uint32_t length, at;
} Gap;

static Gap gap_between(const GalleyDocument *document, uint32_t block, uint32_t start,
                       uint32_t end) {
  const char *bytes = document->text.bytes + document->blocks[block].start + start;
  return (Gap){bytes, end >= start ? end - start : UINT32_MAX, 0};
}

static bool skip(Gap *gap, const char *text) {
  uint32_t length = (uint32_t)strlen(text);
  if (gap->length == UINT32_MAX || gap->at + length > gap->length ||
      memcmp(gap->bytes + gap->at, text, length) != 0) {
    return false;
  }
  gap->at += length;
  return true;
}

static bool done(const Gap *gap) {
  return gap->at == gap->length;
}

static bool is_person(const GalleySpan *span) {
  return span->kind == GALLEY_KIND_ENTITY && !span->hidden &&
         span->entity.type == GALLEY_ENTITY_PERSON && span->entity.cluster != UINT32_MAX;
}

// A whole age in years; -1 for others.
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

// The whole number of a plain figure, which may be an age: "he is 66."; -1 for others.
static int32_t number_of(const GalleySpan *span) {
  if (span->kind != GALLEY_KIND_FIGURE || span->hidden || span->type != GALLEY_FIGURE_NUMBER ||
      span->figure.hedge || span->subtype || span->figure.unit_code[0] ||
      span->figure.noun.end > span->figure.noun.start) {
    return -1;
  }
  char *end;
  double value = strtod(span->value, &end);
  return *end == '\0' && value > 0 && value < AGE_LIMIT && value == (int32_t)value ? (int32_t)value
                                                                                   : -1;
}

// The byte behind a span, NUL at the end of the block.
static char byte_after(const GalleyDocument *document, uint32_t block, uint32_t at) {
  const GalleyBlockRecord *record = &document->blocks[block];
  return at < record->length ? document->text.bytes[record->start + at] : '\0';
}

static bool has_hyphen(const GalleyDocument *document, uint32_t block, const GalleySpan *age) {
  return check_span_length(age) > 7 &&
         memchr(check_span_bytes(document, block, age), '-', check_span_length(age)) != NULL;
}

// "Anna Holm, 45," "Anna Holm (45)" "Anna Holm, a 45-year-old nurse".
static bool is_apposition(const GalleyDocument *document, uint32_t block, const GalleySpan *person,
                          const GalleySpan *age) {
  char after = byte_after(document, block, age->end);
  Gap gap = gap_between(document, block, person->end, age->start);
  if (skip(&gap, " (")) return done(&gap) && after == ')';
  if (!skip(&gap, ", ")) return false;
  if (done(&gap)) {
    return after == ',' || after == '.' || after == ';' || after == '\0' || after == '\n';
  }
  bool article = skip(&gap, "a ") || skip(&gap, "an ");
  return article && done(&gap) && has_hyphen(document, block, age);
}

// "the 45-year-old Anna Holm", "the 45-year-old Ms Holm".
static bool is_attribute(const GalleyDocument *document, uint32_t block, const GalleySpan *age,
                         const GalleySpan *person) {
  static const char *const titles[] = {" ",     " Mr ",   " Mrs ", " Ms ", " Dr ",
                                       " Mr. ", " Mrs. ", " Ms. ", " Dr. "};
  if (!has_hyphen(document, block, age)) return false;
  for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
    Gap gap = gap_between(document, block, age->end, person->start);
    if (skip(&gap, titles[i]) && done(&gap)) return true;
  }
  return false;
}

static AgeFact fact_of(const GalleyDocument *document, uint32_t block, const GalleySpan *person,
                       const GalleySpan *span, int32_t age) {
  uint32_t base = document->blocks[block].start;
  AgeFact fact = {.cluster = person ? person->entity.cluster : ANONYMOUS,
                  .start = base + span->start,
                  .end = base + span->end,
                  .age = age,
                  .gender = person ? person->entity.gender : 0,
                  .quoted = span->depth > 0};
  if (span->kind == GALLEY_KIND_DATE) {
    fact.first_day = span->date.first_day;
    fact.last_day = span->date.last_day;
  }
  return fact;
}

static bool is_day_or_year(const GalleySpan *date) {
  return date->kind == GALLEY_KIND_DATE && !date->hidden && date->type == GALLEY_DATE_DATE &&
         date->date.expression.op == DATE_OP_CALENDAR &&
         (date->date.expression.flags & DATE_YEAR_KNOWN) &&
         date->date.first_day != GALLEY_DAY_NONE &&
         date->date.last_day - date->date.first_day <= 366;
}

// "Anna Holm (born 3 May 1960)", "Anna Holm, 66, who was born in 1960": whether a name and a date
// with nothing else between them are a birth.
static bool is_birth(const GalleyDocument *document, uint32_t block, const GalleySpan *person,
                     const GalleySpan *date) {
  if (!is_day_or_year(date) || date->start < person->end) return false;
  Gap gap = gap_between(document, block, person->end, date->start);
  if (skip(&gap, ", ")) {
    uint32_t digits = gap.at;
    while (gap.at < gap.length && (unsigned)(gap.bytes[gap.at] - '0') < 10)
      gap.at++;
    if (gap.at > digits && !skip(&gap, ", ")) return false;
  } else if (!skip(&gap, " (") && !skip(&gap, " ")) {
    return false;
  }
  skip(&gap, "who ");
  skip(&gap, "was ");
  if (!skip(&gap, "born ") && !skip(&gap, "b. ")) return false;
  if (!skip(&gap, "on ")) skip(&gap, "in ");
  return done(&gap);
}

static void collect_block(const GalleyDocument *document, uint32_t block, AgeList *list) {
  const GalleySpanList *spans = &document->blocks[block].spans;
  for (uint32_t i = 0; i < spans->count; i++) {
    const GalleySpan *span = &spans->items[i];
    if (!is_person(span)) continue;
    for (uint32_t j = i + 1; j < spans->count && spans->items[j].start <= span->end + GAP_BYTES;
         j++) {
      const GalleySpan *next = &spans->items[j];
      if (next->start < span->end) continue;
      int32_t age = age_of(next);
      if (age > 0 && is_apposition(document, block, span, next)) {
        add(list, fact_of(document, block, span, next, age));
      } else if (is_birth(document, block, span, next)) {
        add(list, fact_of(document, block, span, next, -1));
      }
    }
    // Hidden spans may stand between.
    for (uint32_t j = i; j-- > 0 && i - j <= 4;) {
      const GalleySpan *before = &spans->items[j];
      int32_t age = age_of(before);
      if (age > 0 && is_attribute(document, block, before, span)) {
        add(list, fact_of(document, block, span, before, age));
      }
    }
  }
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

static bool is_preceded_by(const GalleyDocument *document, uint32_t block, const GalleySpan *span,
                           const char *text) {
  uint32_t length = (uint32_t)strlen(text);
  return span->start >= length &&
         memcmp(check_span_bytes(document, block, span) - length, text, length) == 0;
}

static bool ends_any(const GalleyDocument *document, uint32_t block, const GalleySpan *span,
                     const char *const *texts, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (is_preceded_by(document, block, span, texts[i])) return true;
  }
  return false;
}

// "The poet, born in 1950, is 66.", "The actor was born on 3 April 1960. He is 56.", "Born in 1917,
// Carla Reyes is 55 years old.": a birth, then an age in the present tense, of whoever it is.
static void judge_clause(GalleyCheckRun *run, uint32_t block, const GalleySpan *date,
                         const GalleySpan *age, uint32_t persons) {
  static const char *const births[] = {"born in ", "born on ", "Born in ", "Born on ", "(born "};
  static const char *const ages[] = {" is ", " is now ", " turns ", " is aged "};
  const GalleyDocument *document = run->document;
  Gap gap = gap_between(document, block, date->end, age->start);
  if (!ends_any(document, block, date, births, sizeof births / sizeof *births) ||
      !ends_any(document, block, age, ages, sizeof ages / sizeof *ages) || gap.length > GAP_BYTES ||
      persons > 1) {
    return;
  }
  const char *stop = memchr(gap.bytes, '.', gap.length);
  bool pronoun = stop && (memcmp(stop, ". He is ", 8) == 0 || memcmp(stop, ". She is ", 9) == 0);
  // Another person may be the one who is so old: "His father, born in 1950, and his son is 6".
  if ((stop && !pronoun) || memchr(gap.bytes, ';', gap.length)) return;
  AgeFact birth = fact_of(document, block, NULL, date, -1);
  char after = byte_after(document, block, age->end);
  if (age_of(age) < 0 && after != '.' && after != ',' && after != '\0' && after != '\n') return;
  AgeFact fact =
      fact_of(document, block, NULL, age, age_of(age) > 0 ? age_of(age) : number_of(age));
  judge_birth(run, &birth, &fact);
}

static void check_clauses(GalleyCheckRun *run, uint32_t block) {
  const GalleySpanList *spans = &run->document->blocks[block].spans;
  const GalleySpan *date = NULL;
  uint32_t persons = 0;
  for (uint32_t i = 0; i < spans->count; i++) {
    const GalleySpan *span = &spans->items[i];
    persons += is_person(span);
    if (is_day_or_year(span)) {
      date = span;
      persons = 0;
    } else if (date && span->start >= date->end && (age_of(span) > 0 || number_of(span) > 0)) {
      judge_clause(run, block, date, span, persons);
    }
  }
}

static int compare(const void *left, const void *right) {
  const AgeFact *a = left, *b = right;
  if (a->cluster != b->cluster) return a->cluster < b->cluster ? -1 : 1;
  if ((a->age < 0) != (b->age < 0)) return a->age < 0 ? -1 : 1;
  return a->start < b->start ? -1 : a->start > b->start;
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
    // Mr and Mrs Holm may be one thing to the article, and two persons.
    if (facts[i].gender && first->gender && facts[i].gender != first->gender) continue;
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
  for (uint32_t i = 0; i < run->document->block_count && !list.failed; i++) {
    collect_block(run->document, i, &list);
    check_clauses(run, i);
  }
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
