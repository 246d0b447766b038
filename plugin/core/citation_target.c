// Where citations lead to: notes, link definitions, entries of a list of sources, captions.
#include "citation.h"
#include "lexicon.h"

#include <stdlib.h>
#include <string.h>

#define ENTRY_YEARS 4 // years noted of one entry of a list of sources

// Something that can be cited, found by a hash of what citations call it.
typedef struct {
  uint32_t key;
  uint32_t block;
  uint32_t rank; // lower wins among equal keys: entries under a heading such as "References"
} Definition;

typedef struct {
  const GalleyDocument *document;
  Definition *items;
  uint32_t count, capacity;
  bool in_sources; // under such a heading
  bool failed;     // memory ended
} Index;

static bool is_digit(char c) {
  return (unsigned)(c - '0') < 10;
}

static bool is_letter(char c) {
  return (unsigned)((c | 0x20) - 'a') < 26 || (unsigned char)c >= 0x80;
}

// Names are compared without case, and runs of white space as one.
static uint32_t hash_name(char space, const char *bytes, uint32_t length) {
  uint32_t hash = galley_hash_byte(GALLEY_HASH_START, (unsigned char)space);
  bool gap = false;
  for (uint32_t i = 0; i < length; i++) {
    char c = bytes[i];
    bool white = c == ' ' || (c >= '\t' && c <= '\r');
    if (white) {
      gap = true;
      continue;
    }
    if (gap) hash = galley_hash_byte(hash, ' ');
    gap = false;
    unsigned char folded = (unsigned char)((unsigned)(c - 'A') < 26 ? c | 0x20 : c);
    hash = galley_hash_byte(hash, folded);
  }
  return hash;
}

static void define(Index *self, uint32_t key, uint32_t block) {
  if (self->count == self->capacity) {
    uint32_t capacity = self->capacity ? self->capacity * 2 : 16;
    Definition *items = realloc(self->items, (size_t)capacity * sizeof(Definition));
    if (!items) {
      self->failed = true;
      return;
    }
    self->items = items;
    self->capacity = capacity;
  }
  self->items[self->count++] = (Definition){key, block, self->in_sources ? 0 : 1};
}

typedef struct {
  const char *bytes;
  uint32_t length;
} Text;

static Text block_text(const GalleyDocument *document, uint32_t index) {
  const GalleyBlockRecord *block = &document->blocks[index];
  return (Text){document->text.bytes + block->start, block->length};
}

static uint32_t skip_marks(Text text) {
  uint32_t at = 0;
  while (at < text.length && (text.bytes[at] == ' ' || text.bytes[at] == '*' ||
                              text.bytes[at] == '_' || text.bytes[at] == '\t')) {
    at++;
  }
  return at;
}

// ---- What a block defines ----

// "[^x]: ...", "[x]: ...", "[3] ...".
static void define_bracket(Index *self, uint32_t index, char space) {
  Text text = block_text(self->document, index);
  uint32_t start = skip_marks(text);
  if (start >= text.length || text.bytes[start] != '[') return;
  start += space == 'n' ? 2 : 1;
  uint32_t end = start;
  while (end < text.length && text.bytes[end] != ']' && text.bytes[end] != '\n')
    end++;
  if (end >= text.length || text.bytes[end] != ']' || end <= start) return;
  bool number = true;
  for (uint32_t i = start; i < end; i++)
    number = number && is_digit(text.bytes[i]);
  if (space == 'e' && !number) return;
  define(self, hash_name(space, text.bytes + start, end - start), index);
  if (number && space != 'e') define(self, hash_name('e', text.bytes + start, end - start), index);
}

// "3. Smith, J. ..." in a list.
static void define_entry(Index *self, uint32_t index) {
  Text text = block_text(self->document, index);
  uint32_t start = skip_marks(text), end = start;
  while (end < text.length && is_digit(text.bytes[end]))
    end++;
  bool numbered =
      end > start && end < text.length && (text.bytes[end] == '.' || text.bytes[end] == ')');
  if (numbered) define(self, hash_name('e', text.bytes + start, end - start), index);
}

// `year` is four digits and, where an author has several works of a year, a letter.
static uint32_t hash_author(const char *name, uint32_t name_length, const char *year,
                            uint32_t year_length) {
  uint32_t hash = hash_name('a', name, name_length);
  for (uint32_t i = 0; i < year_length; i++)
    hash = galley_hash_byte(hash, (unsigned char)year[i]);
  return hash;
}

static bool is_year_at(Text text, uint32_t at) {
  if (at + 4 > text.length || (at > 0 && is_digit(text.bytes[at - 1]))) return false;
  for (uint32_t i = at; i < at + 4; i++) {
    if (!is_digit(text.bytes[i])) return false;
  }
  bool ends = at + 4 == text.length || !is_digit(text.bytes[at + 4]);
  return ends && (text.bytes[at] == '1' || text.bytes[at] == '2');
}

static uint32_t word_end(Text text, uint32_t at) {
  while (at < text.length &&
         (is_letter(text.bytes[at]) || text.bytes[at] == '\'' || text.bytes[at] == '-')) {
    at++;
  }
  return at;
}

// "Smith, J. (2018). ..." among the sources: by the first name and every year.
static void define_author(Index *self, uint32_t index) {
  Text text = block_text(self->document, index);
  uint32_t start = 0;
  while (start < text.length && !is_letter(text.bytes[start]))
    start++;
  uint32_t end = word_end(text, start), years = 0;
  if (end == start) return;
  for (uint32_t at = end; at < text.length && years < ENTRY_YEARS; at++) {
    if (!is_year_at(text, at)) continue;
    uint32_t length = word_end(text, at + 4) == at + 5 ? 5 : 4; // 2018a
    define(self, hash_author(text.bytes + start, end - start, text.bytes + at, length), index);
    years++;
  }
}

static uint32_t hash_label(uint8_t label, const char *number, uint32_t length) {
  return galley_hash_byte(hash_name('c', number, length), label);
}

// "Figure 2: ...", "**Table 1.** ...", "Fig. 3 - ...".
static void define_caption(Index *self, uint32_t index) {
  Text text = block_text(self->document, index);
  uint32_t at = skip_marks(text);
  uint32_t end = word_end(text, at);
  CitationLabel label = galley_citation_label(text.bytes + at, end - at);
  if (!label || end - at > 8) return;
  if (end < text.length && text.bytes[end] == '.') end++;
  while (end < text.length && text.bytes[end] == ' ')
    end++;
  uint32_t number = end;
  while (end < text.length &&
         (is_digit(text.bytes[end]) || is_letter(text.bytes[end]) ||
          (text.bytes[end] == '.' && end + 1 < text.length && is_digit(text.bytes[end + 1])))) {
    end++;
  }
  if (end == number || end - number > 6) return;
  bool digit = false;
  for (uint32_t i = number; i < end; i++)
    digit = digit || is_digit(text.bytes[i]);
  uint32_t mark = end;
  while (mark < text.length &&
         (text.bytes[mark] == '*' || text.bytes[mark] == '_' || text.bytes[mark] == ' ')) {
    mark++;
  }
  char c = mark < text.length ? text.bytes[mark] : '\n';
  bool marked = c == ':' || c == '.' || c == '-' || c == '\n' || (unsigned char)c == 0xe2;
  if (digit && marked)
    define(self, hash_label((uint8_t)label, text.bytes + number, end - number), index);
}

// Whether a heading announces the sources.
static bool is_sources_heading(Text text) {
  static const char *const names[] = {"references", "sources",    "bibliography", "notes",
                                      "footnotes",  "endnotes",   "works cited",  "literature",
                                      "citations",  "source list"};
  uint32_t start = 0, end = text.length;
  while (start < end && !is_letter(text.bytes[start]))
    start++;
  while (end > start && !is_letter(text.bytes[end - 1]))
    end--;
  uint32_t hash = hash_name('h', text.bytes + start, end - start);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (hash == hash_name('h', names[i], (uint32_t)strlen(names[i]))) return true;
  }
  return false;
}

static void define_block(Index *self, uint32_t index) {
  switch (self->document->blocks[index].kind) {
  case GALLEY_BLOCK_HEADING:
    self->in_sources = is_sources_heading(block_text(self->document, index));
    return;
  case GALLEY_BLOCK_NOTE:
    define_bracket(self, index, 'n');
    return;
  case GALLEY_BLOCK_REFERENCE:
    define_bracket(self, index, 'r');
    return;
  case GALLEY_BLOCK_LIST_ITEM:
    define_entry(self, index);
    break;
  case GALLEY_BLOCK_PARAGRAPH:
    define_bracket(self, index, 'e');
    break;
  default:
    return;
  }
  define_caption(self, index);
  if (self->in_sources) define_author(self, index);
}

static int compare(const void *left, const void *right) {
  const Definition *a = left, *b = right;
  if (a->key != b->key) return a->key < b->key ? -1 : 1;
  if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
  return a->block < b->block ? -1 : a->block > b->block;
}

// ---- What a citation asks for ----

static uint32_t key_of(const GalleyDocument *document, const GalleyBlockRecord *block,
                       const GalleySpan *span) {
  const char *bytes = document->text.bytes + block->start + span->citation.label.start;
  uint32_t length = span->citation.label.end - span->citation.label.start;
  Text text = {bytes, length};
  uint32_t year;
  switch (span->type) {
  case GALLEY_CITATION_NOTE:
    return hash_name('n', bytes, length);
  case GALLEY_CITATION_NUMBER:
    return hash_name('e', bytes, length);
  case GALLEY_CITATION_REFERENCE:
    return hash_label(span->subtype, bytes, length);
  case GALLEY_CITATION_LINK:
    return hash_name('r', bytes, length);
  case GALLEY_CITATION_AUTHOR:
    year = length > 5 && is_letter(bytes[length - 1]) ? 5 : 4;
    return length < 6 ? 0 : hash_author(bytes, word_end(text, 0), bytes + length - year, year);
  default:
    return 0;
  }
}

static const Definition *find(const Index *self, uint32_t key, uint32_t own_block) {
  uint32_t low = 0, high = self->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (self->items[middle].key < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  while (low < self->count && self->items[low].key == key) {
    if (self->items[low].block != own_block) return &self->items[low];
    low++;
  }
  return NULL;
}

static void resolve_span(const Index *self, uint32_t index, GalleySpan *span) {
  const GalleyDocument *document = self->document;
  const Definition *found = find(self, key_of(document, &document->blocks[index], span), index);
  const GalleyBlockRecord *target = found ? &document->blocks[found->block] : NULL;
  span->citation.target_start = target ? target->start : 0;
  span->citation.target_end = target ? target->start + target->length : 0;
  span->hidden = span->state == CITATION_DOUBTFUL && !target;
}

bool galley_citation_resolve(GalleyDocument *self) {
  Index index = {.document = self};
  bool cited = false;
  for (uint32_t i = 0; i < self->block_count; i++) {
    define_block(&index, i);
    for (uint32_t j = 0; j < self->blocks[i].spans.count && !cited; j++)
      cited = self->blocks[i].spans.items[j].kind == GALLEY_KIND_CITATION;
  }
  if (index.count && cited) qsort(index.items, index.count, sizeof(Definition), compare);
  for (uint32_t i = 0; i < self->block_count && cited && !index.failed; i++) {
    GalleySpanList *spans = &self->blocks[i].spans;
    for (uint32_t j = 0; j < spans->count; j++) {
      if (spans->items[j].kind == GALLEY_KIND_CITATION) resolve_span(&index, i, &spans->items[j]);
    }
  }
  free(index.items);
  return !index.failed;
}
