#include "match_align.h"

#include <stdlib.h>
#include <string.h>

#include "lexicon.h"
#include "source_passage.h"
#include "source_scan.h"

#define BRACKET_MOST 120 // bytes between brackets
#define LABEL_MOST 60    // bytes of a speaker's name before a colon

// ---- reading

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

static uint32_t alter(uint32_t word) {
  int32_t value = 0;
  bool known = word && galley_lexicon_value(word, GALLEY_CLASS_ALTER_WORD, &value);
  return known ? (uint32_t)value : 0;
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

static bool push_word(Reader *self, const GalleyScanWord *word, uint32_t *at,
                      GalleyAlignKind kind) {
  uint32_t close = kind == GALLEY_ALIGN_WORD ? patch_end(self, word->end) : 0;
  if (close) return push_patched(self, word->start, close, at);
  GalleyAlignWord item = {.start = word->start,
                          .end = word->end,
                          .hash = word->hash,
                          .stem = word->stem,
                          .word = word->word,
                          .number = number_of(word, self->bytes),
                          .kind = (uint8_t)kind,
                          .common = word->flags & GALLEY_SCAN_COMMON,
                          .capital = word->flags & GALLEY_SCAN_CAPITAL};
  if (alter(word->word) == 4) return true;
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
  return true;
}

// ---- aligning

bool galley_align_same(const GalleyAlignWord *a, const GalleyAlignWord *b) {
  return a->hash == b->hash || (a->number && a->number == b->number);
}

enum {           // what a step costs
  COST_ENDS = 1, // more to put a word that ends its sentence beside one that does not
  COST_QUOTE = 4,
  COST_SOURCE = 4,
  COST_COMMON = 3, // instead of the last two, for a word of grammar
  COST_ELLIPSIS = 1,
  COST_LEFT_OUT = 2, // of a word under a bracket
  COST_BRACKET = 1,
};

typedef enum { FROM_NONE, FROM_BOTH, FROM_QUOTE, FROM_SOURCE } From;

static uint16_t lone_cost(const GalleyAlignWord *word) {
  return word->common ? COST_COMMON : COST_QUOTE;
}

static bool ends_sentence(const GalleyAlignText *text, uint32_t at) {
  return at + 1 >= text->count || text->items[at + 1].first;
}

// What it costs to read word `at` of the quote as word `other` of the source.
static uint16_t pair_cost(const GalleyAlignText *quote, uint32_t at, const GalleyAlignText *source,
                          uint32_t other) {
  const GalleyAlignWord *ours = &quote->items[at], *theirs = &source->items[other];
  if (ours->kind != GALLEY_ALIGN_ELLIPSIS && galley_align_same(ours, theirs)) return 0;
  if (ours->kind == GALLEY_ALIGN_BRACKET) return COST_BRACKET;
  uint16_t cost = lone_cost(ours) > lone_cost(theirs) ? lone_cost(ours) : lone_cost(theirs);
  return ends_sentence(quote, at) == ends_sentence(source, other) ? cost : cost + COST_ENDS;
}

// Fills row `i + 1` of the table from row `i`: the cost of reading the first words of the quote so
// that the last word used of the source is before j.
static void fill_row(const GalleyAlignText *text, uint32_t i, const GalleyAlignText *source,
                     const uint16_t *above, uint16_t *row, uint8_t *from) {
  const GalleyAlignWord *word = &text->items[i];
  bool ellipsis = word->kind == GALLEY_ALIGN_ELLIPSIS, bracket = word->kind == GALLEY_ALIGN_BRACKET;
  uint16_t alone = ellipsis ? COST_ELLIPSIS : bracket ? COST_BRACKET : lone_cost(word);
  row[0] = (uint16_t)(above[0] + alone);
  from[0] = FROM_QUOTE;
  for (uint32_t j = 1; j <= source->count; j++) {
    uint16_t both = (uint16_t)(above[j - 1] + pair_cost(text, i, source, j - 1));
    uint16_t quote = (uint16_t)(above[j] + alone);
    uint16_t skip = ellipsis ? 0 : bracket ? COST_LEFT_OUT : lone_cost(&source->items[j - 1]);
    uint16_t gap = (uint16_t)(row[j - 1] + skip);
    row[j] = both;
    from[j] = FROM_BOTH;
    if (ellipsis || quote < row[j]) {
      row[j] = quote;
      from[j] = FROM_QUOTE;
    }
    if (gap < row[j]) {
      row[j] = gap;
      from[j] = FROM_SOURCE;
    }
  }
}

static GalleyStepKind step_kind(const GalleyAlignWord *word, const GalleyAlignWord *other,
                                From from) {
  bool mark = word->kind == GALLEY_ALIGN_ELLIPSIS || word->kind == GALLEY_ALIGN_BRACKET;
  switch (from) {
  case FROM_BOTH:
    if (galley_align_same(word, other)) return GALLEY_STEP_SAME;
    return mark ? GALLEY_STEP_LEFT_OUT : GALLEY_STEP_OTHER;
  case FROM_QUOTE:
    return mark ? GALLEY_STEP_MARK : GALLEY_STEP_QUOTE;
  default:
    return mark ? GALLEY_STEP_LEFT_OUT : GALLEY_STEP_SOURCE;
  }
}

// Walks back from the cheapest end.
static void trace(const GalleyAlignText *quote, const GalleyAlignText *source, const uint8_t *from,
                  uint32_t j, GalleySteps *out) {
  uint32_t width = source->count + 1, i = quote->count;
  while (i > 0) {
    From step = from[(size_t)i * width + j];
    const GalleyAlignWord *word = &quote->items[i - 1];
    const GalleyAlignWord *other = j ? &source->items[j - 1] : NULL;
    uint8_t kind = (uint8_t)step_kind(word, other, step);
    if (step != FROM_SOURCE) i--;
    if (step != FROM_QUOTE) j--;
    // where the word of that side is, or would stand
    out->items[out->count++] = (GalleyStep){kind, step == FROM_SOURCE ? i - 1 : i, j};
  }
  for (uint32_t k = 0; k < out->count / 2; k++) {
    GalleyStep swap = out->items[k];
    out->items[k] = out->items[out->count - 1 - k];
    out->items[out->count - 1 - k] = swap;
  }
}

bool galley_align(const GalleyAlignText *quote, const GalleyAlignText *source, GalleySteps *out) {
  uint32_t width = source->count + 1;
  *out = (GalleySteps){0};
  uint8_t *from = malloc((size_t)(quote->count + 1) * width);
  uint16_t *rows = malloc(2 * (size_t)width * sizeof(uint16_t));
  out->items = malloc(((size_t)quote->count + source->count + 1) * sizeof(GalleyStep));
  bool done = from && rows && out->items;
  if (done) {
    uint16_t *above = rows, *row = rows + width;
    memset(above, 0, width * sizeof *above);
    for (uint32_t i = 0; i < quote->count; i++) {
      fill_row(quote, i, source, above, row, from + (size_t)(i + 1) * width);
      uint16_t *filled = row;
      row = above;
      above = filled;
    }
    const uint8_t *last = from + (size_t)quote->count * width;
    uint32_t best = 0;
    for (uint32_t j = 1; j < width; j++) {
      // of two that cost the same, the one that has a word of the source beside the last one
      bool paired = j == best + 1 && last[j] == FROM_BOTH && last[best] == FROM_QUOTE;
      if (above[j] < above[best] || (above[j] == above[best] && paired)) best = j;
    }
    trace(quote, source, from, best, out);
  } else {
    free(out->items);
    out->items = NULL;
  }
  free(from);
  free(rows);
  return done;
}

// ---- what a change is

typedef struct {
  uint32_t numbers, negations, modals, names;
} Traits;

static bool is_negation(uint32_t word) {
  const char *symbol = galley_lexicon_symbol(word, GALLEY_CLASS_NEGATION);
  bool listed = galley_lexicon_classes(word) & GALLEY_IS(GALLEY_CLASS_NEGATION);
  return (listed && !(symbol && *symbol == 'v')) || alter(word) == 2;
}

static bool is_modal(const GalleyAlignWord *item) {
  const char *symbol = galley_lexicon_symbol(item->word, GALLEY_CLASS_AUXILIARY);
  return (symbol && *symbol == 'm') || alter(item->word) == 3;
}

static Traits traits_of(const GalleyAlignWord *from, const GalleyAlignWord *to) {
  static const uint64_t numeric =
      GALLEY_IS(GALLEY_CLASS_NUMBER_WORD) | GALLEY_IS(GALLEY_CLASS_SCALE) |
      GALLEY_IS(GALLEY_CLASS_FRACTION) | GALLEY_IS(GALLEY_CLASS_COLLECTIVE) |
      GALLEY_IS(GALLEY_CLASS_ORDINAL_WORD) | GALLEY_IS(GALLEY_CLASS_MULTIPLIER);
  static const uint64_t dated = GALLEY_IS(GALLEY_CLASS_MONTH) | GALLEY_IS(GALLEY_CLASS_WEEKDAY);
  Traits traits = {0};
  for (; from < to; from++) {
    uint64_t classes = galley_lexicon_classes(from->word);
    bool date = from->capital && classes & dated && !(from->first && is_modal(from));
    bool number =
        from->kind == GALLEY_ALIGN_NUMBER || classes & numeric || alter(from->word) == 1 || date;
    traits.numbers += number;
    traits.negations += is_negation(from->word);
    traits.modals += !date && is_modal(from);
    traits.names += from->capital && !from->first && !number && !from->common;
  }
  return traits;
}

GalleyChange galley_align_change(const GalleyAlignWord *a, const GalleyAlignWord *a_end,
                                 const GalleyAlignWord *b, const GalleyAlignWord *b_end) {
  Traits quote = traits_of(a, a_end), source = traits_of(b, b_end);
  if (quote.negations != source.negations) return GALLEY_CHANGE_NEGATION;
  if (quote.numbers || source.numbers) return GALLEY_CHANGE_NUMBER;
  if (quote.modals || source.modals) return GALLEY_CHANGE_MODAL;
  if (quote.names || source.names) return GALLEY_CHANGE_NAME;
  return GALLEY_CHANGE_WORD;
}
