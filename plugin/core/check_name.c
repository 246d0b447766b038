// Names: name-variant, surname-only, acronym-undefined.
#include "check_family.h"
#include "check_text.h"
#include "gazetteer.h"

#include <stdlib.h>

enum {
  WORD_BYTES = 48,     // of a word of a name
  NAME_WORDS = 4,      // of a name that is compared
  VARIANT_LETTERS = 5, // shorter words differ by a letter too easily
  GROUP_NAMES = 64,    // names with one word in common that are compared
  SINGLES = 64,        // surnames alone that are compared with
  FULL_NAMES = 512,    // so many names
};

// A person's name as one mention writes it.
typedef struct {
  uint32_t key;         // of the whole name
  uint32_t first, head; // hashes of the first and the last word
  uint32_t block;
  const GalleySpan *span;
  uint32_t mentions;
} Name;

typedef struct {
  Name *items;
  uint32_t count, capacity;
} NameList;

typedef struct {
  NameList full;   // of two words and more
  NameList single; // surnames alone that no full name goes with
} Names;

static bool add_name(NameList *list, Name name) {
  if (list->count == list->capacity) {
    uint32_t capacity = list->capacity ? list->capacity * 2 : 32;
    Name *items = realloc(list->items, capacity * sizeof *items);
    if (!items) return false;
    list->items = items;
    list->capacity = capacity;
  }
  list->items[list->count++] = name;
  return true;
}

static bool is_person(const GalleySpan *span) {
  return span->kind == GALLEY_KIND_ENTITY && !span->hidden &&
         span->entity.type == GALLEY_ENTITY_PERSON;
}

static bool is_organization(const GalleySpan *span) {
  return span->kind == GALLEY_KIND_ENTITY && !span->hidden &&
         span->entity.type == GALLEY_ENTITY_ORGANIZATION;
}

// Whether the thing that a mention names has a longer name too.
static bool has_full_name(const GalleyDocument *document, const GalleySpan *span) {
  if (span->entity.cluster >= document->cluster_count) return false;
  const GalleyCluster *cluster = &document->clusters[span->entity.cluster];
  return document->blocks[cluster->name_block].spans.items[cluster->name_span].entity.words > 1;
}

static bool collect_names(const GalleyDocument *document, Names *names) {
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    if (check_is_heading(document, i)) continue;
    for (uint32_t j = 0; j < spans->count; j++) {
      const GalleySpan *span = &spans->items[j];
      bool person = is_person(span);
      if ((!person && !is_organization(span)) || span->entity.words > NAME_WORDS ||
          span->entity.flags & (GALLEY_NAME_IN_TITLE | GALLEY_NAME_ACRONYM)) {
        continue;
      }
      bool single = span->entity.words == 1;
      if (single &&
          (!person || check_span_length(span) < VARIANT_LETTERS || has_full_name(document, span))) {
        continue;
      }
      Name name = {span->entity.key, span->entity.first, span->entity.head, i, span, 1};
      if (!add_name(single ? &names->single : &names->full, name)) return false;
    }
  }
  return true;
}

static int compare_key(const void *left, const void *right) {
  const Name *a = left, *b = right;
  if (a->key != b->key) return a->key < b->key ? -1 : 1;
  if (a->block != b->block) return a->block < b->block ? -1 : 1;
  return a->span->start < b->span->start ? -1 : a->span->start > b->span->start;
}

static int compare_first(const void *left, const void *right) {
  const Name *a = left, *b = right;
  if (a->first != b->first) return a->first < b->first ? -1 : 1;
  return compare_key(left, right);
}

static int compare_head(const void *left, const void *right) {
  const Name *a = left, *b = right;
  if (a->head != b->head) return a->head < b->head ? -1 : 1;
  return compare_key(left, right);
}

// Leaves one record a name, the first mention, with how many there are.
static void merge(NameList *list) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    if (kept && list->items[kept - 1].key == list->items[i].key) {
      list->items[kept - 1].mentions++;
    } else {
      list->items[kept++] = list->items[i];
    }
  }
  list->count = kept;
}

typedef struct {
  char words[NAME_WORDS][WORD_BYTES]; // folded
  uint32_t lengths[NAME_WORDS];
  uint32_t count;
} NameWords;

// Markup within a name would be a letter of it. Such mentions are few: they are not compared.
static bool has_markup(const char *bytes, uint32_t length) {
  for (uint32_t i = 0; i < length; i++) {
    if (strchr("*_~`<>[]{}\\|", bytes[i])) return true; // a NUL, too
  }
  return false;
}

static bool split(const GalleyDocument *document, const Name *name, NameWords *out) {
  const char *bytes = check_span_bytes(document, name->block, name->span);
  uint32_t length = check_span_length(name->span);
  out->count = 0;
  if (has_markup(bytes, length)) return false;
  for (uint32_t at = 0; at < length;) {
    while (at < length && (bytes[at] == ' ' || bytes[at] == '\n'))
      at++;
    uint32_t end = at;
    while (end < length && bytes[end] != ' ' && bytes[end] != '\n')
      end++;
    if (end == at) break;
    if (out->count == NAME_WORDS) return false;
    uint32_t folded = galley_fold_word(bytes + at, end - at, out->words[out->count], WORD_BYTES);
    if (!folded) return false;
    out->lengths[out->count++] = folded;
    at = end;
  }
  return out->count > 0;
}

// One letter put in, left out or changed, or two neighbours swapped.
static bool one_letter_apart(const char *a, uint32_t a_length, const char *b, uint32_t b_length) {
  if (a_length > b_length) return one_letter_apart(b, b_length, a, a_length);
  if (b_length - a_length > 1) return false;
  uint32_t at = 0;
  while (at < a_length && a[at] == b[at])
    at++;
  if (a_length < b_length) return memcmp(a + at, b + at + 1, a_length - at) == 0;
  if (at == a_length) return false; // equal
  if (memcmp(a + at + 1, b + at + 1, a_length - at - 1) == 0) return true;
  return at + 1 < a_length && a[at] == b[at + 1] && a[at + 1] == b[at] &&
         memcmp(a + at + 2, b + at + 2, a_length - at - 2) == 0;
}

static uint32_t hash_of(const char *word, uint32_t length) {
  uint32_t hash = GALLEY_HASH_START;
  for (uint32_t i = 0; i < length; i++)
    hash = galley_hash_byte(hash, (unsigned char)word[i]);
  return hash;
}

static bool is_known(const char *word, uint32_t length) {
  return galley_gazetteer_word(hash_of(word, length)) != 0;
}

// Endings that tell a wife from a husband or many from one, not a slip: Ivanov, Ivanova.
static bool is_inflected(const char *shorter, uint32_t short_length, const char *longer,
                         uint32_t long_length) {
  if (short_length + 1 != long_length || memcmp(shorter, longer, short_length) != 0) return false;
  char end = longer[long_length - 1];
  return end == 'a' || end == 's';
}

// The one word in which two names differ, when it looks like a slip: its index, else NAME_WORDS.
static uint32_t slip(const NameWords *a, const NameWords *b) {
  uint32_t differs = NAME_WORDS;
  if (a->count != b->count) return NAME_WORDS;
  for (uint32_t i = 0; i < a->count; i++) {
    if (a->lengths[i] == b->lengths[i] && memcmp(a->words[i], b->words[i], a->lengths[i]) == 0) {
      continue;
    }
    if (differs != NAME_WORDS) return NAME_WORDS;
    differs = i;
  }
  if (differs == NAME_WORDS) return NAME_WORDS;
  const char *x = a->words[differs], *y = b->words[differs];
  uint32_t x_length = a->lengths[differs], y_length = b->lengths[differs];
  bool is_slip = x_length >= VARIANT_LETTERS && y_length >= VARIANT_LETTERS &&
                 one_letter_apart(x, x_length, y, y_length) &&
                 !is_inflected(x, x_length, y, y_length) && !is_inflected(y, y_length, x, x_length);
  return is_slip ? differs : NAME_WORDS;
}

// The words of a list's names, each read once while the names near it are compared.
typedef struct {
  const GalleyDocument *document;
  const NameList *list;
  uint32_t holds[GROUP_NAMES]; // index of the name, plus one
  NameWords words[GROUP_NAMES];
} NameWindow;

// Words of name `index`; without any when it is not compared. Valid until GROUP_NAMES others are
// asked.
static const NameWords *window_words(NameWindow *self, uint32_t index) {
  NameWords *words = &self->words[index % GROUP_NAMES];
  if (self->holds[index % GROUP_NAMES] != index + 1) {
    self->holds[index % GROUP_NAMES] = index + 1;
    if (!split(self->document, &self->list->items[index], words)) words->count = 0;
  }
  return words;
}

static void judge_pair(GalleyCheckRun *run, NameWindow *window, uint32_t index,
                       uint32_t other_index) {
  const GalleyDocument *document = run->document;
  const Name *a = &window->list->items[index], *b = &window->list->items[other_index];
  if (a->key == b->key || a->span->entity.type != b->span->entity.type) return;
  const NameWords *x = window_words(window, index), *y = window_words(window, other_index);
  uint32_t word = slip(x, y);
  if (word == NAME_WORDS) return;
  bool known_a = is_known(x->words[word], x->lengths[word]);
  bool known_b = is_known(y->words[word], y->lengths[word]);
  // Two first names that exist are two persons of one family, two words two firms.
  if (known_a && known_b && (word + 1 < x->count || !is_person(a->span))) return;
  bool first = a->block < b->block || (a->block == b->block && a->span->start < b->span->start);
  bool swap = a->mentions != b->mentions ? b->mentions > a->mentions
              : known_a != known_b       ? known_b
                                         : !first;
  const Name *odd = swap ? a : b, *usual = swap ? b : a;
  uint32_t start = check_span_at(document, odd->block, odd->span);
  uint32_t other = check_span_at(document, usual->block, usual->span);
  galley_check_begin_document(run, GALLEY_CHECK_NAME_VARIANT, GALLEY_OUTCOME_BAD,
                              odd->span->depth > 0, start, start + check_span_length(odd->span));
  if (known_a && known_b) galley_check_soften(run->found);
  galley_finding_say(run->found, "elsewhere it is %.*s: the same name?",
                     CHECK_SPAN(document, usual->block, usual->span));
  galley_finding_relate(run->found, other, other + check_span_length(usual->span),
                        "the other spelling");
  galley_finding_repair(run->found, "Write %.*s", CHECK_SPAN(document, usual->block, usual->span));
  galley_finding_edit(run->found, start, start + check_span_length(odd->span), "%.*s",
                      CHECK_SPAN(document, usual->block, usual->span));
}

// Compares the names of each group that `key` gives the same number.
static void judge_groups(GalleyCheckRun *run, const NameList *list, bool by_head) {
  NameWindow window = {.document = run->document, .list = list};
  for (uint32_t i = 0; i < list->count; i++) {
    const Name *name = &list->items[i];
    for (uint32_t j = i + 1; j < list->count && j - i < GROUP_NAMES; j++) {
      const Name *other = &list->items[j];
      if (by_head ? other->head != name->head : other->first != name->first) break;
      // Names with both in common differ in the middle; they are seen once.
      if (by_head && other->first == name->first) continue;
      judge_pair(run, &window, i, j);
    }
  }
}

// The last word of a person's full name.
typedef struct {
  const Name *name;
  NameWords word; // one
} Surname;

static void report_single(GalleyCheckRun *run, const Name *single, const Name *full) {
  const GalleyDocument *document = run->document;
  uint32_t start = check_span_at(document, single->block, single->span);
  uint32_t length = check_span_length(single->span);
  uint32_t other = check_span_at(document, full->block, full->span);
  galley_check_begin_document(run, GALLEY_CHECK_NAME_VARIANT, GALLEY_OUTCOME_BAD,
                              single->span->depth > 0, start, start + length);
  if (!(single->span->entity.flags & GALLEY_NAME_TITLED)) galley_check_soften(run->found);
  galley_finding_say(run->found, "elsewhere it is %.*s: the same name?",
                     CHECK_SPAN(document, full->block, full->span));
  galley_finding_relate(run->found, other, other + check_span_length(full->span),
                        "the other spelling");
  uint32_t head_bytes = check_span_length(full->span);
  const char *bytes = check_span_bytes(document, full->block, full->span);
  uint32_t at = head_bytes;
  while (at > 0 && bytes[at - 1] != ' ' && bytes[at - 1] != '\n')
    at--;
  galley_finding_repair(run->found, "Write %.*s", (int)(head_bytes - at), bytes + at);
  galley_finding_edit(run->found, start, start + length, "%.*s", (int)(head_bytes - at),
                      bytes + at);
}

// The surnames of the first full names, read once: each is held against many.
static uint32_t read_surnames(const GalleyDocument *document, const NameList *full,
                              Surname *surnames) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < full->count && i < FULL_NAMES; i++) {
    NameWords words;
    if (!is_person(full->items[i].span) || !split(document, &full->items[i], &words)) continue;
    Surname *surname = &surnames[count++];
    uint32_t last = words.count - 1;
    surname->name = &full->items[i];
    surname->word.count = 1;
    surname->word.lengths[0] = words.lengths[last];
    memcpy(surname->word.words[0], words.words[last], WORD_BYTES);
  }
  return count;
}

// "Mr Zielinsky" where the article knows a Piotr Zielinski.
static bool judge_singles(GalleyCheckRun *run, const Names *names) {
  if (!names->single.count) return true;
  Surname *surnames = malloc(FULL_NAMES * sizeof *surnames);
  if (!surnames) return false;
  uint32_t count = read_surnames(run->document, &names->full, surnames);
  for (uint32_t i = 0; i < names->single.count && i < SINGLES; i++) {
    const Name *single = &names->single.items[i];
    NameWords word;
    if (!split(run->document, single, &word) || word.count != 1 ||
        is_known(word.words[0], word.lengths[0])) {
      continue;
    }
    for (uint32_t j = 0; j < count; j++) {
      if (slip(&word, &surnames[j].word) != NAME_WORDS)
        report_single(run, single, surnames[j].name);
    }
  }
  free(surnames);
  return true;
}

// ---- surname-only

typedef struct {
  const GalleySpan *first; // first mention in running text; NULL: none yet
  uint32_t block;
} FirstMention;

static bool is_surname_alone(const GalleySpan *span) {
  return span->entity.words == 1 &&
         !(span->entity.flags & (GALLEY_NAME_TITLED | GALLEY_NAME_ACRONYM));
}

static void check_first(GalleyCheckRun *run, FirstMention *firsts, uint32_t block,
                        const GalleySpan *span) {
  const GalleyDocument *document = run->document;
  FirstMention *mention = &firsts[span->entity.cluster];
  if (!mention->first) {
    *mention = (FirstMention){span, block};
    return;
  }
  if (mention->block == UINT32_MAX || span->entity.words < 2 || span->entity.words > NAME_WORDS)
    return;
  if (is_surname_alone(mention->first) && mention->first->entity.head == span->entity.head) {
    uint32_t start = check_span_at(document, mention->block, mention->first);
    uint32_t full = check_span_at(document, block, span);
    galley_check_begin_document(run, GALLEY_CHECK_SURNAME_ONLY, GALLEY_OUTCOME_BAD,
                                mention->first->depth > 0, start,
                                start + check_span_length(mention->first));
    galley_finding_say(run->found, "named in full only later: %.*s",
                       CHECK_SPAN(document, block, span));
    galley_finding_relate(run->found, full, full + check_span_length(span), "the full name");
  }
  mention->block = UINT32_MAX; // said, or nothing to say
}

// ---- acronym-undefined

// "World Health Organization (WHO)": whether the acronym at items[index] is defined right here.
static const GalleySpan *definition_of(const GalleyDocument *document, uint32_t block,
                                       uint32_t index) {
  const GalleySpanList *spans = &document->blocks[block].spans;
  const GalleySpan *acronym = &spans->items[index];
  const char *bytes = document->text.bytes + document->blocks[block].start;
  if (index == 0 || acronym->end >= document->blocks[block].length || bytes[acronym->end] != ')') {
    return NULL;
  }
  const GalleySpan *full = &spans->items[index - 1];
  bool stands_before = full->kind == GALLEY_KIND_ENTITY && !full->hidden &&
                       full->end + 2 == acronym->start && memcmp(bytes + full->end, " (", 2) == 0;
  return stands_before && full->entity.words > 1 && full->entity.initials == acronym->entity.key
             ? full
             : NULL;
}

static bool is_acronym(const GalleySpan *span) {
  return span->kind == GALLEY_KIND_ENTITY && !span->hidden && span->entity.words == 1 &&
         span->entity.flags & GALLEY_NAME_ACRONYM;
}

static void check_acronym(GalleyCheckRun *run, uint32_t block, const GalleySpan *full,
                          const FirstMention *first) {
  const GalleyDocument *document = run->document;
  uint32_t start = check_span_at(document, first->block, first->first);
  uint32_t definition = check_span_at(document, block, full);
  if (start >= definition) return;
  galley_check_begin_document(run, GALLEY_CHECK_ACRONYM_UNDEFINED, GALLEY_OUTCOME_BAD,
                              first->first->depth > 0, start,
                              start + check_span_length(first->first));
  galley_finding_say(run->found, "spelt out only later: %.*s", CHECK_SPAN(document, block, full));
  galley_finding_relate(run->found, definition, definition + check_span_length(full),
                        "spelt out here");
}

static bool check_order(GalleyCheckRun *run) {
  const GalleyDocument *document = run->document;
  FirstMention *firsts = calloc(document->cluster_count + 1, sizeof *firsts);
  FirstMention *acronyms = calloc(document->cluster_count + 1, sizeof *acronyms);
  bool done = firsts && acronyms;
  for (uint32_t i = 0; done && i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    if (check_is_heading(document, i)) continue;
    for (uint32_t j = 0; j < spans->count; j++) {
      const GalleySpan *span = &spans->items[j];
      if (span->kind != GALLEY_KIND_ENTITY || span->hidden ||
          span->entity.cluster >= document->cluster_count) {
        continue;
      }
      if (is_person(span)) check_first(run, firsts, i, span);
      if (!is_acronym(span)) continue;
      FirstMention *acronym = &acronyms[span->entity.cluster];
      const GalleySpan *full = definition_of(document, i, j);
      if (full && acronym->first && acronym->block != UINT32_MAX) {
        check_acronym(run, i, full, acronym);
      }
      if (!acronym->first) *acronym = (FirstMention){span, i};
      if (full) acronym->block = UINT32_MAX; // only the first definition counts
    }
  }
  free(firsts);
  free(acronyms);
  return done;
}

bool galley_check_names(GalleyCheckRun *run) {
  Names names = {0};
  bool done = collect_names(run->document, &names);
  NameList *full = &names.full, *single = &names.single;
  if (done && full->count) {
    qsort(full->items, full->count, sizeof *full->items, compare_key);
    merge(full);
    qsort(full->items, full->count, sizeof *full->items, compare_first);
    judge_groups(run, full, false);
    qsort(full->items, full->count, sizeof *full->items, compare_head);
    judge_groups(run, full, true);
    if (single->count) qsort(single->items, single->count, sizeof *single->items, compare_key);
    merge(single);
    done = judge_singles(run, &names);
  }
  free(full->items);
  free(single->items);
  return done && check_order(run);
}
