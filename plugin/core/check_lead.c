// headline-figure and lead-figure: what the article says first it also bears out; same-quantity:
// what it counts twice comes to the same.
#include "check_family.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check_interval.h"

#define SAME_SHARE 0.06  // a headline rounds: figures that differ by less are one
#define HEADLINE_MAX 140 // bytes of a first line that is a headline without being marked as one

enum {
  BODY_MAX = 150, // figures of a body that sums are sought among
  FIRST_MAX = 60, // figures of headline and lead
  REPEATS_MAX = 50,
};

typedef struct {
  uint32_t block;
  const GalleySpan *span;
  GalleyOperand operand;
  uint32_t head;  // hash of the counted noun's last word; 0 none
  uint32_t words; // hash of the two words before it; 0 none
} Fact;

typedef struct {
  Fact *items;
  uint32_t count, capacity;
} FactList;

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static uint32_t hash_word(const char *bytes, uint32_t start, uint32_t end) {
  uint32_t hash = GALLEY_HASH_START;
  if (end - start > 3 && bytes[end - 1] == 's') end--; // plural or not
  for (uint32_t i = start; i < end; i++)
    hash = galley_hash_byte(hash, (unsigned char)(bytes[i] | 0x20));
  return hash;
}

static uint32_t hash_head(const char *bytes, GalleyRange noun) {
  uint32_t start = noun.end;
  while (start > noun.start && is_letter(bytes[start - 1]))
    start--;
  return start < noun.end ? hash_word(bytes, start, noun.end) : 0;
}

static bool is_link(const char *bytes, uint32_t start, uint32_t end) {
  static const char *const links[] = {"of", "with", "at",   "by", "for", "in",  "on",
                                      "to", "and",  "from", "or", "the", "than"};
  for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
    if (strlen(links[i]) == end - start && memcmp(links[i], bytes + start, end - start) == 0) {
      return true;
    }
  }
  return false;
}

// The two words right before byte `end`, joined by spaces alone; 0 when a link is the last:
// "shipments of 12 cars" are anybody's.
static uint32_t hash_before(const char *bytes, uint32_t end) {
  uint32_t hash = 0;
  for (int words = 0; words < 2; words++) {
    if (end == 0 || bytes[end - 1] != ' ') return 0;
    uint32_t last = --end;
    while (end > 0 && is_letter(bytes[end - 1]))
      end--;
    if (last - end < 2 || (words == 0 && is_link(bytes, end, last))) return 0;
    hash = hash * 31 + hash_word(bytes, end, last);
  }
  return hash;
}

static bool add(FactList *list, const Fact *fact) {
  if (list->count == list->capacity) {
    uint32_t capacity = list->capacity ? list->capacity * 2 : 32;
    Fact *items = realloc(list->items, capacity * sizeof *items);
    if (!items) return false;
    list->items = items;
    list->capacity = capacity;
  }
  list->items[list->count++] = *fact;
  return true;
}

static bool add_figure(FactList *list, const GalleyBlockView *view, uint32_t block,
                       const GalleySpan *span) {
  GalleyOperand read[GALLEY_OPERANDS_PER_SPAN];
  uint32_t count = galley_operands_read(view, span, read);
  for (uint32_t i = 0; i < count; i++) {
    Fact fact = {.block = block, .span = span, .operand = read[i]};
    fact.head = hash_head(view->bytes, span->figure.noun);
    fact.words = hash_before(view->bytes, span->start);
    if (!add(list, &fact)) return false;
  }
  return true;
}

static bool collect(const GalleyDocument *document, FactList *list) {
  for (uint32_t i = 0; i < document->block_count; i++) {
    GalleyBlockRecord *block = &document->blocks[i];
    GalleyBlockView view = {.bytes = document->text.bytes + block->start,
                            .length = block->length,
                            .spans = &block->spans};
    for (uint32_t j = 0; j < block->spans.count; j++) {
      const GalleySpan *span = &block->spans.items[j];
      if (span->kind != GALLEY_KIND_FIGURE) continue;
      if (!add_figure(list, &view, i, span)) return false;
    }
  }
  return true;
}

// ---- Headline and lead ----

static bool is_money(const Fact *fact) {
  return fact->span->type == GALLEY_FIGURE_MONEY;
}

static bool same_unit(const Fact *a, const Fact *b) {
  return strcmp(a->operand.unit, b->operand.unit) == 0;
}

static bool is_same(const GalleyOperand *operand, double value) {
  if (!(value > 0)) return false;
  double share = operand->hedge ? 2 * SAME_SHARE : SAME_SHARE;
  GalleyInterval interval = galley_operand_interval(operand, GALLEY_WIDTH_ROUND);
  return fabs(value / operand->value - 1) <= share ||
         (value >= interval.low && value <= interval.high);
}

// Whether two figures of the body make the one of the headline.
static bool is_made_of(const Fact *fact, const Fact *a, const Fact *b) {
  const GalleyOperand *operand = &fact->operand;
  if (!same_unit(a, b)) return false;
  double first = a->operand.value, second = b->operand.value;
  bool share = strcmp(operand->unit, "percent") == 0;
  if (share && !same_unit(a, fact)) {
    return is_same(operand, first / second * 100) ||
           is_same(operand, fabs(first / second - 1) * 100);
  }
  return same_unit(a, fact) &&
         (is_same(operand, first + second) || is_same(operand, fabs(first - second)));
}

// Whether the body, from fact `from` on, has the figure or makes it. `rivals`: figures of its unit.
static bool is_borne_out(const FactList *list, uint32_t from, const Fact *fact, uint32_t *rivals,
                         const Fact **rival) {
  uint32_t end = list->count < from + BODY_MAX ? list->count : from + BODY_MAX;
  *rivals = 0;
  for (uint32_t i = from; i < list->count; i++) {
    const Fact *each = &list->items[i];
    // A headline has no room for whose dollars they are.
    bool unitless =
        !each->operand.unit[0] || !fact->operand.unit[0] || (is_money(each) && is_money(fact));
    if ((same_unit(each, fact) || unitless) && is_same(&fact->operand, each->operand.value)) {
      return true;
    }
    bool heads = each->head == fact->head || !each->head || !fact->head;
    if (!same_unit(each, fact) || (!fact->operand.unit[0] && !heads)) continue;
    if (!*rivals || (each->head && each->head == fact->head && (*rival)->head != fact->head)) {
      *rival = each;
    }
    ++*rivals;
  }
  for (uint32_t i = from; i < end; i++) {
    for (uint32_t j = i + 1; j < end; j++) {
      if (is_made_of(fact, &list->items[i], &list->items[j]) ||
          is_made_of(fact, &list->items[j], &list->items[i])) {
        return true;
      }
    }
  }
  return false;
}

static void report(GalleyCheckRun *run, GalleyCheck check, const Fact *fact, const Fact *rival) {
  const GalleyDocument *document = run->document;
  const char *bytes = document->text.bytes;
  uint32_t base = document->blocks[fact->block].start;
  uint32_t other = document->blocks[rival->block].start;
  uint32_t start = base + fact->operand.start, end = base + fact->operand.end;
  uint32_t other_start = other + rival->operand.start, other_end = other + rival->operand.end;
  galley_check_begin_document(run, check, GALLEY_OUTCOME_BAD, fact->span->depth > 0, start, end);
  if (check == GALLEY_CHECK_SAME_QUANTITY) {
    galley_finding_say(run->found, "%.*s here, %.*s elsewhere", (int)(end - start), bytes + start,
                       (int)(other_end - other_start), bytes + other_start);
  } else {
    galley_finding_say(run->found, "%.*s is not in the text below, which has %.*s",
                       (int)(end - start), bytes + start, (int)(other_end - other_start),
                       bytes + other_start);
  }
  galley_finding_relate(run->found, start, end, "here");
  galley_finding_relate(run->found, other_start, other_end, "elsewhere");
}

// The block that is the headline; UINT32_MAX none.
static uint32_t find_headline(const GalleyDocument *document) {
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    if (block->kind == GALLEY_BLOCK_FRONT_MATTER || block->kind == GALLEY_BLOCK_MARKUP) continue;
    if (block->kind == GALLEY_BLOCK_HEADING) return i;
    const char *bytes = document->text.bytes + block->start;
    uint32_t length = block->length;
    while (length && strchr(" \r\n", bytes[length - 1]))
      length--;
    bool short_line = block->kind == GALLEY_BLOCK_PARAGRAPH && length > 0 &&
                      length < HEADLINE_MAX && is_letter(bytes[length - 1]) &&
                      !memchr(bytes, '\n', length);
    return short_line && i + 2 < document->block_count ? i : UINT32_MAX;
  }
  return UINT32_MAX;
}

static uint32_t find_lead(const GalleyDocument *document, uint32_t headline) {
  uint32_t i = headline == UINT32_MAX ? 0 : headline + 1;
  while (i < document->block_count && document->blocks[i].kind != GALLEY_BLOCK_PARAGRAPH)
    i++;
  return i;
}

static void check_first(GalleyCheckRun *run, const FactList *list, uint32_t block, bool headline) {
  uint32_t from = 0, rivals;
  const Fact *rival = NULL;
  while (from < list->count && list->items[from].block <= block)
    from++;
  uint32_t most = from < FIRST_MAX ? from : FIRST_MAX;
  for (uint32_t i = 0; i < most; i++) {
    const Fact *fact = &list->items[i];
    if (fact->block != block || fact->operand.value <= 1) continue;
    if (is_borne_out(list, from, fact, &rivals, &rival) || rivals == 0) continue;
    // The lead says much that comes once: it must be one thing that is counted twice.
    bool same_noun = fact->head && rival->head == fact->head;
    double apart = fact->operand.value / rival->operand.value;
    if (!headline && (!same_noun || rivals > 1 || apart > 3 || apart < 1.0 / 3)) continue;
    report(run, headline ? GALLEY_CHECK_HEADLINE_FIGURE : GALLEY_CHECK_LEAD_FIGURE, fact, rival);
  }
}

// ---- Counted twice ----

// Who and where the sentence of a fact is about: a sum over its names. False where a date stands in
// it: then it is another day's count.
static bool read_names(const GalleyDocument *document, const Fact *fact, uint64_t *names) {
  const GalleyBlockRecord *block = &document->blocks[fact->block];
  const char *bytes = document->text.bytes + block->start;
  uint32_t start = fact->span->start, end = fact->span->end;
  while (start > 0 && !strchr(".!?\n", bytes[start - 1]))
    start--;
  while (end < block->length && !strchr(".!?\n", bytes[end]))
    end++;
  *names = 0;
  for (uint32_t i = 0; i < block->spans.count; i++) {
    const GalleySpan *span = &block->spans.items[i];
    if (span->start < start || span->end > end) continue;
    if (span->kind == GALLEY_KIND_DATE) return false;
    if (span->kind == GALLEY_KIND_ENTITY && !span->hidden) {
      *names += (span->entity.cluster + UINT64_C(1)) * UINT64_C(0x9e3779b97f4a7c15);
    }
  }
  return true;
}

static bool is_counted(const Fact *fact) {
  return fact->words && fact->head && !fact->operand.hedge && fact->span->subtype == 0 &&
         fact->span->depth == 0;
}

static void check_repeats(GalleyCheckRun *run, const FactList *list) {
  enum { REACH = 60 };
  for (uint32_t i = 0, tried = 0; i < list->count && tried < REPEATS_MAX; i++) {
    const Fact *fact = &list->items[i];
    if (!is_counted(fact)) continue;
    for (uint32_t j = i > REACH ? i - REACH : 0; j < i; j++) {
      const Fact *other = &list->items[j];
      if (other->span == fact->span || other->words != fact->words || other->head != fact->head ||
          !is_counted(other) || !same_unit(fact, other) ||
          other->operand.value == fact->operand.value) {
        continue;
      }
      tried++;
      uint64_t names, other_names;
      if (!read_names(run->document, fact, &names) ||
          !read_names(run->document, other, &other_names) || names != other_names) {
        continue;
      }
      report(run, GALLEY_CHECK_SAME_QUANTITY, fact, other);
      break;
    }
  }
}

bool galley_check_lead(GalleyCheckRun *run) {
  FactList list = {0};
  bool done = collect(run->document, &list);
  if (done) {
    uint32_t headline = find_headline(run->document);
    if (headline != UINT32_MAX) check_first(run, &list, headline, true);
    check_first(run, &list, find_lead(run->document, headline), false);
    check_repeats(run, &list);
  }
  free(list.items);
  return done && !run->found->failed;
}
