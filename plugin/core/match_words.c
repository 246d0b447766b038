// Reads a text as the words that are compared: contractions taken apart, numerals put together.
#include "match_align.h"

#include <stdlib.h>
#include <string.h>

#include "lexicon.h"
#include "source_passage.h"
#include "source_scan.h"

#define BRACKET_MOST 120 // bytes between brackets
#define LABEL_MOST 60    // bytes of a speaker's name before a colon

uint32_t galley_alter_class(uint32_t word) {
  int32_t value = 0;
  bool known = word && galley_lexicon_value(word, GALLEY_CLASS_ALTER_WORD, &value);
  return known ? (uint32_t)value : 0;
}

typedef struct {
  const char *bytes;
  uint32_t end, most;
  bool quote;
  GalleyAlignText *out;
  bool first; // the next word starts a sentence
} Reader;

void galley_align_text_free(GalleyAlignText *self) {
  free(self->items);
  *self = (GalleyAlignText){0};
}

static bool push(Reader *self, const GalleyAlignWord *word) {
  GalleyAlignText *out = self->out;
  if (out->count >= self->most) return true;
  if (out->count == out->capacity) {
    uint32_t capacity = out->capacity ? out->capacity * 2 : 64;
    GalleyAlignWord *items = realloc(out->items, capacity * sizeof(GalleyAlignWord));
    if (!items) return false;
    out->items = items;
    out->capacity = capacity;
  }
  out->items[out->count] = *word;
  out->items[out->count++].first = self->first;
  self->first = false;
  return true;
}

static uint32_t hash_text(const char *text) {
  uint32_t hash = GALLEY_HASH_START;
  for (; *text; text++)
    hash = galley_hash_byte(hash, (unsigned char)*text);
  return hash;
}

static uint32_t number_of(const GalleyScanWord *word, const char *bytes) {
  uint32_t number = 0;
  int32_t value;
  if (word->kind == GALLEY_SCAN_WORD) {
    bool known = galley_lexicon_value(word->word, GALLEY_CLASS_NUMBER_WORD, &value);
    return known && value >= 0 ? (uint32_t)value + 1 : 0;
  }
  for (uint32_t i = word->start; i < word->end; i++) {
    if (bytes[i] == '.' || number > 400000000) return 0;
    if (bytes[i] != ',') number = number * 10 + (uint32_t)(bytes[i] - '0');
  }
  return number + 1;
}

// "per cent" is one word with "percent" and "%".
static bool is_per_cent(Reader *self, const GalleyScanWord *word, uint32_t *at) {
  static const char per[] = "per", cent[] = "cent";
  GalleyScanWord next;
  uint32_t behind = *at;
  if (word->hash != hash_text(per)) return false;
  bool both = galley_scan_next(self->bytes, self->end, &behind, &next) &&
              next.hash == hash_text(cent) && next.start == word->end + 1;
  if (both) *at = behind;
  return both;
}

static bool is_letter(char c) {
  return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)c >= 0x80;
}

// "[W]e" and "walk[ed]": the word without its brackets, which may differ from what was said.
static bool push_patched(Reader *self, uint32_t start, uint32_t close, uint32_t *at) {
  char word[BRACKET_MOST + 64];
  uint32_t end = close + 1, size = 0;
  while (end < self->end && end - start < sizeof word && is_letter(self->bytes[end]))
    end++;
  for (uint32_t i = start; i < end && size < sizeof word; i++)
    if (self->bytes[i] != '[' && self->bytes[i] != ']') word[size++] = self->bytes[i];
  GalleyScanWord scanned;
  uint32_t from = 0;
  *at = end;
  if (!galley_scan_next(word, size, &from, &scanned)) return true;
  GalleyAlignWord item = {.start = start,
                          .end = end,
                          .hash = scanned.hash,
                          .stem = scanned.stem,
                          .word = scanned.word,
                          .kind = GALLEY_ALIGN_BRACKET,
                          .common = scanned.flags & GALLEY_SCAN_COMMON};
  return push(self, &item);
}

// The "]" of "burn[ed]" behind a word that ends at `open`; 0 when no letters stand in brackets.
static uint32_t patch_end(const Reader *self, uint32_t open) {
  if (!self->quote || open >= self->end || self->bytes[open] != '[') return 0;
  uint32_t at = open + 1;
  while (at < self->end && is_letter(self->bytes[at]))
    at++;
  return at > open + 1 && at < self->end && self->bytes[at] == ']' ? at : 0;
}

// ---- contractions: "we've" is "we have", as a writer may have it

static GalleyAlignWord word_of(const char *text, uint32_t length, uint32_t start, uint32_t end) {
  GalleyScanWord scanned = {0};
  uint32_t at = 0;
  galley_scan_next(text, length, &at, &scanned);
  return (GalleyAlignWord){.start = start,
                           .end = end,
                           .hash = scanned.hash,
                           .stem = scanned.stem,
                           .word = scanned.word,
                           .common = true,
                           .capital = scanned.flags & GALLEY_SCAN_CAPITAL};
}

// The bytes of the word without the contraction that ends it, which `*as` is in full; 0 for none.
static uint32_t contracted(const char *bytes, const GalleyScanWord *word, const char **as) {
  static const struct {
    const char *end, *as;
  } ends[] = {{"n't", "not"}, {"n’t", "not"}, {"'ve", "have"},   {"’ve", "have"},
              {"'re", "are"}, {"’re", "are"}, {"'ll", "will"},   {"’ll", "will"},
              {"'m", "am"},   {"’m", "am"},   {"cannot", "not"}, {"Cannot", "not"}};
  uint32_t length = word->end - word->start;
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    uint32_t size = (uint32_t)strlen(ends[i].end);
    if (length < size || memcmp(bytes + word->end - size, ends[i].end, size) != 0) continue;
    *as = ends[i].as;
    if (length == size) return size == 6 ? 3 : 0; // cannot
    return length - size;
  }
  return 0;
}

// What is left of "can't", "won't", "shan't" in full.
static const char *whole_base(const char *bytes, const GalleyScanWord *word, uint32_t *length) {
  static const char *const bases[][2] = {{"ca", "can"}, {"wo", "will"}, {"sha", "shall"},
                                         {"Ca", "Can"}, {"Wo", "Will"}, {"Sha", "Shall"}};
  const char *base = bytes + word->start;
  for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
    if (*length != strlen(bases[i][0]) || memcmp(base, bases[i][0], *length) != 0) continue;
    *length = (uint32_t)strlen(bases[i][1]);
    return bases[i][1];
  }
  return base;
}

// "it's" is "it is"; in "the mayor's" the ending says whose.
static bool is_contracted_is(const GalleyScanWord *word) {
  return word->flags & GALLEY_SCAN_POSSESSIVE &&
         galley_lexicon_classes(word->word) &
             (GALLEY_IS(GALLEY_CLASS_PRONOUN) | GALLEY_IS(GALLEY_CLASS_DETERMINER));
}

// Pushes both words of a contraction. False when memory ends; `*done` when it was one.
static bool push_contraction(Reader *self, const GalleyScanWord *word, uint32_t end, bool *done) {
  const char *as = "is", *base = self->bytes + word->start;
  uint32_t length = word->end - word->start;
  *done = is_contracted_is(word);
  if (!*done) {
    length = contracted(self->bytes, word, &as);
    *done = length > 0;
    if (*done && strcmp(as, "not") == 0) base = whole_base(self->bytes, word, &length);
  }
  if (!*done) return true;
  GalleyAlignWord first = word_of(base, length, word->start, end);
  GalleyAlignWord second = word_of(as, (uint32_t)strlen(as), word->start, end);
  return push(self, &first) && push(self, &second);
}

static bool push_word(Reader *self, const GalleyScanWord *word, uint32_t *at,
                      GalleyAlignKind kind) {
  uint32_t close = kind == GALLEY_ALIGN_WORD ? patch_end(self, word->end) : 0;
  if (close) return push_patched(self, word->start, close, at);
  bool contraction = false;
  if (word->kind == GALLEY_SCAN_WORD && kind == GALLEY_ALIGN_WORD &&
      !push_contraction(self, word, *at, &contraction)) {
    return false;
  }
  if (contraction) return true;
  GalleyAlignWord item = {.start = word->start,
                          .end = word->end,
                          .hash = word->hash,
                          .stem = word->stem,
                          .word = word->word,
                          .number = number_of(word, self->bytes),
                          .kind = (uint8_t)kind,
                          .common = word->flags & GALLEY_SCAN_COMMON,
                          .capital = word->flags & GALLEY_SCAN_CAPITAL};
  if (galley_alter_class(word->word) == 4) return true;
  if (word->kind == GALLEY_SCAN_NUMBER && kind == GALLEY_ALIGN_WORD)
    item.kind = GALLEY_ALIGN_NUMBER;
  if (word->flags & GALLEY_SCAN_POSSESSIVE) item.hash = galley_hash_byte(item.hash, '\'');
  if (word->kind == GALLEY_SCAN_WORD && is_per_cent(self, word, at)) {
    item.hash = hash_text("percent");
    item.end = *at;
  }
  return push(self, &item);
}

static bool push_sign(Reader *self, uint32_t start, uint32_t end, const char *as,
                      GalleyAlignKind kind) {
  GalleyAlignWord item = {.start = start, .end = end, .kind = (uint8_t)kind, .common = true};
  item.hash = item.stem = hash_text(as);
  return push(self, &item);
}

// Signs that are words: what stands between the words at `at`. Gives its bytes, 0 for none.
static uint32_t sign_at(const Reader *self, uint32_t at, const char **as, GalleyAlignKind *kind) {
  static const struct {
    const char *sign, *as;
    uint8_t kind;
  } signs[] = {
      {"%", "percent", GALLEY_ALIGN_WORD}, {"$", "$", GALLEY_ALIGN_NUMBER},
      {"£", "£", GALLEY_ALIGN_NUMBER},     {"€", "€", GALLEY_ALIGN_NUMBER},
      {"&", "and", GALLEY_ALIGN_WORD},     {"...", "...", GALLEY_ALIGN_ELLIPSIS},
      {"…", "...", GALLEY_ALIGN_ELLIPSIS}, {". . .", "...", GALLEY_ALIGN_ELLIPSIS},
  };
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    size_t size = strlen(signs[i].sign);
    if (size > self->end - at || memcmp(self->bytes + at, signs[i].sign, size) != 0) continue;
    *as = signs[i].as;
    *kind = signs[i].kind;
    return (uint32_t)size;
  }
  return 0;
}

// Reads "[he]", "[...]", "[sic]" or "[W]e" at `open`; a note's mark is nothing.
static bool read_bracket(Reader *self, uint32_t open, uint32_t *at) {
  uint32_t close = open + 1;
  while (close < self->end && close - open < BRACKET_MOST && self->bytes[close] != ']')
    close++;
  *at = open + 1;
  if (close >= self->end || self->bytes[close] != ']') return true;
  char first = self->bytes[open + 1];
  bool joined = close + 1 < self->end && is_letter(self->bytes[close + 1]) && is_letter(first);
  if (joined) return push_patched(self, open, close, at);
  *at = close + 1;
  if (first == '^' || first == '@' || (first >= '0' && first <= '9')) return true;
  const char *as;
  GalleyAlignKind kind = GALLEY_ALIGN_WORD;
  if (sign_at(self, open + 1, &as, &kind) && kind == GALLEY_ALIGN_ELLIPSIS) {
    return push_sign(self, open, close + 1, as, kind);
  }
  GalleyScanWord word;
  bool any = false;
  for (uint32_t i = open + 1; galley_scan_next(self->bytes, close, &i, &word); any = true)
    if (!push_word(self, &word, &i, GALLEY_ALIGN_BRACKET)) return false;
  return any || push_sign(self, open, close + 1, "[]", GALLEY_ALIGN_BRACKET);
}

// The bytes of "Ines Caldeira: " at the start of a line of a transcript; 0 for none.
static uint32_t label_at(const Reader *self, uint32_t at) {
  uint32_t end = at, words = 0;
  bool in_word = false, fits = true;
  for (; end < self->end && end - at < LABEL_MOST && fits; end++) {
    char c = self->bytes[end];
    if (c == ':') break;
    bool space = c == ' ';
    bool starts = !space && !in_word;
    words += starts;
    fits = space || is_letter(c) || c == '.' || c == '-' || c == '\'';
    if (starts) fits = fits && ((c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80);
    in_word = !space;
  }
  bool label = fits && words > 0 && words <= 5 && end + 1 < self->end && self->bytes[end] == ':' &&
               self->bytes[end + 1] == ' ';
  return label ? end + 2 - at : 0;
}

// Reads what stands between words: marks that are words, brackets, ends of sentences, labels.
static bool read_gap(Reader *self, uint32_t *at, uint32_t until) {
  while (*at < until) {
    char c = self->bytes[*at];
    const char *as;
    GalleyAlignKind kind = GALLEY_ALIGN_WORD;
    uint32_t size = sign_at(self, *at, &as, &kind);
    if (size && (self->quote || kind != GALLEY_ALIGN_ELLIPSIS)) {
      if (!push_sign(self, *at, *at + size, as, kind)) return false;
      *at += size;
      continue;
    }
    if (c == '[' && self->quote) {
      if (!read_bracket(self, *at, at)) return false;
      continue;
    }
    if (c == '.' || c == '!' || c == '?' || c == ':') self->first = true;
    ++*at;
    if (c == '\n' && !self->quote) {
      uint32_t label = label_at(self, *at);
      *at += label;
      self->first = self->first || label;
    }
  }
  return true;
}

// ---- numerals: "a hundred and seventeen" is 117

typedef struct {
  uint64_t total, group; // thousands and what is below them so far
  bool any, unit_open;   // a tens word stands last
} Numeral;

static bool take_number_word(Numeral *self, int32_t value) {
  bool fits = self->group % 100 == 0 || (self->unit_open && value > 0 && value < 10);
  if (!fits || value < 0) return false;
  self->group += (uint64_t)value;
  self->unit_open = value >= 20;
  self->any = true;
  return true;
}

static bool take_scale(Numeral *self, int32_t power) {
  if (!self->group || power > 6) return false;
  self->unit_open = false;
  if (power == 2) {
    if (self->group >= 100) return false;
    self->group *= 100;
    return true;
  }
  for (int32_t i = 0; i < power; i++)
    self->group *= 10;
  self->total += self->group;
  self->group = 0;
  return self->total < 1000000000;
}

static bool is_word(const GalleyAlignWord *item, const char *text) {
  return item->hash == hash_text(text);
}

// The words from `at` that make one numeral, at least two; 0 when none do.
static uint32_t numeral_at(const GalleyAlignText *text, uint32_t at, uint64_t *value) {
  Numeral numeral = {0};
  uint32_t i = at, last = at;
  int32_t number;
  bool one = is_word(&text->items[at], "a") && at + 1 < text->count;
  if (one) {
    one = galley_lexicon_value(text->items[at + 1].word, GALLEY_CLASS_SCALE, &number);
    if (!one) return 0;
    numeral.group = 1;
    i++;
  }
  for (; i < text->count && text->items[i].kind == GALLEY_ALIGN_WORD; i++) {
    uint32_t word = text->items[i].word;
    if (galley_lexicon_value(word, GALLEY_CLASS_NUMBER_WORD, &number)) {
      if (!take_number_word(&numeral, number)) break;
    } else if (galley_lexicon_value(word, GALLEY_CLASS_SCALE, &number)) {
      if (text->items[i].end - text->items[i].start < 4 || !take_scale(&numeral, number)) break;
    } else {
      bool joins = i > at && is_word(&text->items[i], "and") && numeral.group % 100 == 0 &&
                   i + 1 < text->count && text->items[i + 1].number;
      if (!joins) break;
      continue;
    }
    last = i;
  }
  *value = numeral.total + numeral.group;
  return last > at ? last - at + 1 : 0;
}

static void join_numerals(GalleyAlignText *text) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < text->count; i++) {
    uint64_t value = 0;
    GalleyAlignWord item = text->items[i];
    bool starts = item.kind == GALLEY_ALIGN_WORD && (item.number || is_word(&item, "a"));
    uint32_t words = starts ? numeral_at(text, i, &value) : 0;
    if (words) {
      item.end = text->items[i + words - 1].end;
      item.kind = GALLEY_ALIGN_NUMBER;
      item.number = (uint32_t)value + 1;
      item.hash = item.stem = item.number;
      item.common = false;
      i += words - 1;
    }
    text->items[count++] = item;
  }
  text->count = count;
}

bool galley_align_read(const char *bytes, uint32_t start, uint32_t end, bool quote, uint32_t most,
                       GalleyAlignText *out) {
  Reader self = {.bytes = bytes, .end = end, .most = most, .quote = quote, .out = out};
  self.first = true;
  uint32_t at = start;
  if (!quote && (start == 0 || bytes[start - 1] == '\n')) at += label_at(&self, start);
  while (at < end && out->count < most) {
    GalleyScanWord word;
    uint32_t next = at;
    bool found = galley_scan_next(bytes, end, &next, &word);
    if (!read_gap(&self, &at, found ? word.start : end)) return false;
    if (!found) break;
    if (at > word.start) continue; // a bracket or label was read
    at = next;
    if (!push_word(&self, &word, &at, GALLEY_ALIGN_WORD)) return false;
  }
  join_numerals(out);
  return true;
}
