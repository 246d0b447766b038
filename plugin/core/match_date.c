// Places of a date, a time or a duration: the same stretch of time, however it is written.
#include "match_query.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"

typedef struct {
  GalleyQuery *query;
  uint32_t most;
  GalleyMatchList *out;
} Search;

typedef enum { DATES_DIFFER, DATES_ROUND, DATES_EQUAL } DateMatch;

// A length of time in two parts that cannot be turned into each other.
typedef struct {
  double months, seconds;
  double count; // as written: 14 of "P14D"
  char unit;    // its letter; lower case 'm' is a minute
} Length;

static bool read_length(const char *text, Length *out) {
  static const struct {
    char unit;
    double months, seconds;
  } units[] = {{'Y', 12, 0},   {'M', 1, 0},  {'W', 0, 604800}, {'D', 0, 86400},
               {'H', 0, 3600}, {'m', 0, 60}, {'S', 0, 1}};
  bool clock = false;
  *out = (Length){0};
  if (*text++ != 'P') return false;
  while (*text) {
    if (*text == 'T') {
      clock = true;
      text++;
      continue;
    }
    if (*text < '0' || *text > '9') return false;
    double count = galley_figure_value(text);
    while ((*text >= '0' && *text <= '9') || *text == '.')
      text++;
    char unit = clock && *text == 'M' ? 'm' : *text;
    size_t row = 0;
    while (row < sizeof units / sizeof *units && units[row].unit != unit)
      row++;
    if (row == sizeof units / sizeof *units) return false;
    out->months += count * units[row].months;
    out->seconds += count * units[row].seconds;
    out->count = count;
    out->unit = unit;
    text++;
  }
  return out->unit != 0;
}

static bool same_length(const char *a, const char *b) {
  Length left, right;
  if (strcmp(a, b) == 0) return true;
  return read_length(a, &left) && read_length(b, &right) &&
         fabs(left.months - right.months) < 1e-6 && fabs(left.seconds - right.seconds) < 1e-3;
}

// Values of one form, where an X stands for any digit.
static bool same_pattern(const char *a, const char *b) {
  for (; *a && *b; a++, b++)
    if (*a != *b && *a != 'X' && *b != 'X') return false;
  return *a == *b;
}

static DateMatch compare_days(int32_t a_first, int32_t a_last, const GalleyFact *fact) {
  if (a_first == fact->first_day && a_last == fact->last_day) return DATES_EQUAL;
  bool inside = fact->first_day >= a_first && fact->last_day <= a_last;
  bool around = fact->first_day <= a_first && fact->last_day >= a_last;
  return inside || around ? DATES_ROUND : DATES_DIFFER;
}

// The clock alone, where the day is only derived from what stands around.
static DateMatch compare_times(const GalleySpan *span, const GalleyFact *fact) {
  const char *a = span->value, *b = fact->stamp;
  const char *ours = strchr(a, 'T'), *theirs = strchr(b, 'T');
  if (!ours || !theirs || strncmp(ours, theirs, 3) != 0) return DATES_DIFFER;
  const char *our_minutes = strlen(ours) > 3 ? ours + 3 : ":00";
  const char *their_minutes = strlen(theirs) > 3 ? theirs + 3 : ":00";
  if (strncmp(our_minutes, their_minutes, 3) != 0) return DATES_DIFFER;
  if (span->date.confidence != GALLEY_DATE_STATED && !fact->stated) return DATES_EQUAL;
  for (; a < ours && b < theirs; a++, b++)
    if (*a != *b && *a != 'X' && *b != 'X') return DATES_DIFFER;
  return DATES_EQUAL;
}

static DateMatch compare_dates(const GalleySpan *span, const GalleyFact *fact) {
  if (span->type != fact->type || !fact->stamp[0]) return DATES_DIFFER;
  switch (span->type) {
  case GALLEY_DATE_DURATION:
    return same_length(span->value, fact->stamp) ? DATES_EQUAL : DATES_DIFFER;
  case GALLEY_DATE_TIME:
    return compare_times(span, fact);
  case GALLEY_DATE_DATE:
    if (span->date.first_day != GALLEY_DAY_NONE && fact->first_day != GALLEY_DAY_NONE) {
      return compare_days(span->date.first_day, span->date.last_day, fact);
    }
    break;
  default:
    break;
  }
  bool says = strpbrk(fact->stamp, "0123456789") && strpbrk(span->value, "0123456789");
  return says && same_pattern(span->value, fact->stamp) ? DATES_EQUAL : DATES_DIFFER;
}

// ---- figures that are times or lengths of time by where they stand

static bool has_unit_word(const char *bytes, GalleyRange range, char unit) {
  static const struct {
    char unit;
    const char *words;
  } units[] = {{'Y', "years yr"}, {'M', "months"},      {'W', "weeks wk"},   {'D', "days"},
               {'H', "hours hr"}, {'m', "minutes min"}, {'S', "seconds sec"}};
  GalleyScanWord wanted, word;
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    uint32_t length = (uint32_t)strlen(units[i].words);
    if (units[i].unit != unit) continue;
    for (uint32_t j = 0; galley_scan_next(units[i].words, length, &j, &wanted);)
      for (uint32_t at = range.start; galley_scan_next(bytes, range.end, &at, &word);)
        if (word.stem == wanted.stem) return true;
  }
  return false;
}

// "Days in inventory: 74", "sailing time 50 min".
static bool is_length(const GalleySpan *span, const GalleySource *source, const GalleyFact *fact,
                      const GalleySetting *setting) {
  Length length;
  uint32_t end = fact->end + 5 < source->length ? fact->end + 5 : source->length;
  if (span->type != GALLEY_DATE_DURATION || !read_length(span->value, &length) ||
      length.count != fact->value || fact->unit[0]) {
    return false;
  }
  if (has_unit_word(source->bytes, (GalleyRange){fact->end, end}, length.unit)) return true;
  return setting->labelled && !setting->header &&
         (has_unit_word(source->bytes, setting->near[0], length.unit) ||
          has_unit_word(source->bytes, setting->near[1], length.unit));
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// "The vote was taken at 23.14", "open to 22:00".
static bool is_clock(const GalleySpan *span, const GalleySource *source, const GalleyFact *fact) {
  const char *clock = span->type == GALLEY_DATE_TIME ? strchr(span->value, 'T') : NULL;
  char digits[6]; // hour, mark, minutes
  if (!clock || strlen(clock) < 3 || !is_digit(clock[1])) return false;
  uint32_t skip = clock[1] == '0' && source->bytes[fact->start] != '0', length = 5 - skip;
  memcpy(digits, strlen(clock) >= 6 ? clock + 1 : "00:00", 5);
  memcpy(digits, clock + 1, 2);
  if (length > source->length - fact->start) return false;
  const char *text = source->bytes + fact->start;
  char mark = text[length - 3];
  bool ends = length == source->length - fact->start || !is_digit(text[length]);
  return ends && (mark == '.' || mark == ':') && memcmp(text, digits + skip, length - 3) == 0 &&
         memcmp(text + length - 2, digits + 3, 2) == 0;
}

// ---- search

static void add_number(GalleyQuery *query, double value) {
  galley_query_add_range(query, value, value);
}

// The numbers and month that the date may be written with.
static void add_parts(GalleyQuery *query) {
  static const char *const months[] = {"january",   "february", "march",    "april",
                                       "may",       "june",     "july",     "august",
                                       "september", "october",  "november", "december"};
  const char *value = query->span->value;
  Length length;
  if (read_length(value, &length)) {
    add_number(query, length.count);
    return;
  }
  const char *clock = strchr(value, 'T');
  if (clock && clock[1] >= '0' && clock[1] <= '9') {
    double hour = galley_figure_value(clock + 1);
    double minute = strlen(clock) >= 6 ? galley_figure_value(clock + 4) : 0;
    double twelve = hour > 12 ? hour - 12 : hour > 0 ? hour : 12;
    add_number(query, hour);
    add_number(query, twelve);
    add_number(query, hour + minute / 100);
    add_number(query, twelve + minute / 100);
    return;
  }
  if (value[0] >= '0' && value[0] <= '9') add_number(query, galley_figure_value(value));
  if (strlen(value) >= 10) add_number(query, galley_figure_value(value + 8));
  int month = strlen(value) >= 7 ? atoi(value + 5) : 0;
  if (month >= 1 && month <= 12) {
    galley_query_add_word(query, months[month - 1], (uint32_t)strlen(months[month - 1]),
                          GALLEY_ROLE_PICK);
  }
}

static float value_weight(const GalleySpan *span) {
  size_t length = strlen(span->value);
  Length stretch;
  switch (span->type) {
  case GALLEY_DATE_TIME:
    return length >= 16 && strcmp(span->value + length - 2, "00") != 0 ? 2.4f : 1.4f;
  case GALLEY_DATE_DURATION: // "a day" is everywhere
    if (!read_length(span->value, &stretch) || stretch.count < 2) return 0;
    return stretch.count < 10 ? 0.5f : 1.1f;
  case GALLEY_DATE_SET:
    return 0;
  default:
    return length >= 10 ? 2.4f : length >= 7 ? 1.4f : 0.4f;
  }
}

static void judge(const Search *self, const GalleyPick *pick, const GalleyReading *reading,
                  const GalleyFact *fact) {
  const GalleySpan *span = self->query->span;
  const GalleyPassage *passage = &pick->source->segments[pick->segment].passages[pick->passage];
  GalleySetting setting;
  GalleyRange line = {passage->start, passage->end};
  bool table = galley_setting_make(pick->source->bytes, pick->source->length, line, fact->start,
                                   fact->end, &setting);
  DateMatch compared = DATES_DIFFER;
  if (fact->kind == GALLEY_KIND_DATE) {
    compared = compare_dates(span, fact);
  } else if (is_length(span, pick->source, fact, &setting) || is_clock(span, pick->source, fact)) {
    compared = DATES_EQUAL;
  }
  if (compared == DATES_DIFFER) return;
  if (!table) {
    uint32_t next = fact->sentence + 1u;
    setting.near[0].start = fact->sentence < reading->sentence_count
                                ? reading->sentences[fact->sentence]
                                : passage->start;
    setting.near[0].end = next < reading->sentence_count ? reading->sentences[next] : passage->end;
  }
  GalleyContext context;
  galley_context_make(self->query, pick->source, passage, setting.near, fact->start, fact->end,
                      &context);
  float value = value_weight(span) - (compared == DATES_ROUND ? 1.5f : 0);
  GalleyMatch match = {.source = pick->source,
                       .start = fact->start,
                       .end = fact->end,
                       .kind = GALLEY_KIND_DATE,
                       .verdict =
                           compared == DATES_EQUAL ? GALLEY_VERDICT_EQUAL : GALLEY_VERDICT_ROUNDS,
                       .score = galley_match_score(&context, value)};
  char article[64], source[64];
  galley_match_copy(article, sizeof article, self->query->bytes + span->start,
                    span->end - span->start);
  galley_match_copy(source, sizeof source, pick->source->bytes + fact->start,
                    fact->end - fact->start);
  snprintf(match.reason, sizeof match.reason, "%s %s %s", article,
           compared == DATES_EQUAL ? "=" : "≈", source);
  galley_match_explain(&context, &match);
  galley_match_put(self->out, self->most, &match);
}

bool galley_match_date(GalleySources *sources, GalleyQuery *query, uint32_t most,
                       GalleyMatchList *out) {
  Search self = {query, most, out};
  GalleyPick picks[GALLEY_PICKS_MOST];
  add_parts(query);
  galley_query_weigh(query, sources);
  uint32_t count = galley_match_pick(sources, query, picks);
  if (count == UINT32_MAX) return false;
  for (uint32_t i = 0; i < count; i++) {
    const GalleyReading *reading =
        galley_reader_read(sources->reader, picks[i].source, picks[i].segment, picks[i].passage);
    if (!reading) return false;
    for (uint32_t j = 0; j < reading->fact_count; j++)
      judge(&self, &picks[i], reading, &reading->facts[j]);
  }
  return true;
}
