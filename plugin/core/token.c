#include "token.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "markup.h"

// Longest word that is folded and looked up, in bytes; longer ones are words without a meaning.
#define WORD_MAX 96
// Code points that a word is taken apart into: its letters and up to three marks on each.
#define FOLDED_POINTS (4 * WORD_MAX)

enum { APOSTROPHE = 0x27, RIGHT_QUOTE = 0x2019, MODIFIER_APOSTROPHE = 0x02bc, ELLIPSIS = 0x2026 };

typedef struct {
  const char *bytes; // of the block
  GalleyTokenList *out;
  uint32_t first;   // index in `out` of the block's first token
  uint32_t length;  // of the block
  uint32_t end;     // end of the prose range being read
  uint32_t pending; // shape bits for the next token: space before, line start
  uint16_t sentence;
  uint8_t depth;
  bool in_link;
  bool sentence_open;  // a word or number of the current sentence was seen
  bool sentence_ended; // a stop was seen: the next word may start a sentence
  bool abbreviated;    // ... and the stop belongs to an abbreviation
} Tokenizer;

static bool is_ascii_letter(unsigned char c) {
  return (unsigned)((c | 0x20) - 'a') < 26;
}

static bool is_digit(unsigned char c) {
  return (unsigned)(c - '0') < 10;
}

static bool is_space(unsigned char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// Reads one code point; an invalid byte stands for itself. Returns its length in bytes.
static uint32_t read_code_point(const char *bytes, uint32_t length, int32_t *code_point) {
  utf8proc_int32_t value;
  utf8proc_ssize_t size =
      utf8proc_iterate((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)length, &value);
  if (size < 1) {
    *code_point = -1;
    return 1;
  }
  *code_point = value;
  return (uint32_t)size;
}

static bool is_letter_category(int32_t code_point) {
  utf8proc_category_t category =
      code_point < 0 ? UTF8PROC_CATEGORY_CN : utf8proc_category(code_point);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

static bool is_space_category(int32_t code_point) {
  utf8proc_category_t category =
      code_point < 0 ? UTF8PROC_CATEGORY_CN : utf8proc_category(code_point);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP || code_point == 0xfeff || code_point == 0x200b;
}

static bool is_apostrophe(int32_t code_point) {
  return code_point == APOSTROPHE || code_point == RIGHT_QUOTE || code_point == MODIFIER_APOSTROPHE;
}

// Length of the letter or mark at `at`, 0 when there is none. The modifier apostrophe, a letter to
// Unicode, is none: it is written for the others.
static uint32_t letter_length(const Tokenizer *self, uint32_t at) {
  if (at >= self->end) return 0;
  unsigned char c = (unsigned char)self->bytes[at];
  if (c < 0x80) return is_ascii_letter(c);
  int32_t code_point;
  uint32_t size = read_code_point(self->bytes + at, self->end - at, &code_point);
  return is_letter_category(code_point) && !is_apostrophe(code_point) ? size : 0;
}

// The end of the fill at `at`: what is left of a character that the text writes with more bytes.
static uint32_t skip_fill(const Tokenizer *self, uint32_t at) {
  while (at < self->length && self->bytes[at] == GALLEY_MARKUP_FILL)
    at++;
  return at;
}

// Length of the apostrophe at `at` with its fill, 0 when there is none.
static uint32_t apostrophe_length(const Tokenizer *self, uint32_t at) {
  if (at >= self->end) return 0;
  int32_t code_point;
  uint32_t size = read_code_point(self->bytes + at, self->end - at, &code_point);
  return is_apostrophe(code_point) ? skip_fill(self, at + size) - at : 0;
}

// The word without the markup inside it.
static uint32_t copy_word(const char *bytes, uint32_t length, char *out, uint32_t capacity) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < length; i++) {
    if (galley_markup_is(bytes[i])) continue;
    if (count == capacity) return 0;
    out[count++] = bytes[i];
  }
  return count;
}

static bool has_markup(const char *bytes, uint32_t length) {
  for (uint32_t i = 0; i < length; i++) {
    if (galley_markup_is(bytes[i])) return true;
  }
  return false;
}

#define FOLD_NOT_PLAIN UINT32_MAX

// Folds a word of ASCII and curly apostrophes, as nearly all are; FOLD_NOT_PLAIN for another. 0
// when it does not fit.
static uint32_t fold_plainly(const char *bytes, uint32_t length, char *out, uint32_t capacity) {
  uint32_t written = 0;
  for (uint32_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (c >= 0x80) {
      if (length - i < 3 || memcmp(bytes + i, "\xe2\x80\x99", 3) != 0) return FOLD_NOT_PLAIN;
      c = '\'';
      i += 2;
    }
    if (written + 1 >= capacity) return 0;
    out[written++] = (char)((unsigned)(c - 'A') < 26 ? c | 0x20 : c);
  }
  out[written] = '\0';
  return written;
}

uint32_t galley_fold_word(const char *bytes, uint32_t length, char *out, uint32_t capacity) {
  char plain[WORD_MAX];
  if (has_markup(bytes, length)) {
    length = copy_word(bytes, length, plain, sizeof plain);
    bytes = plain;
  }
  if (length > 1 && bytes[length - 1] == '.') length--;
  uint32_t plainly = fold_plainly(bytes, length, out, capacity);
  if (plainly != FOLD_NOT_PLAIN) return plainly;
  // Without an allocation: a word must not lose its meaning when memory ends.
  utf8proc_int32_t points[FOLDED_POINTS + 1];
  const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD;
  utf8proc_ssize_t size = utf8proc_decompose(
      (const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)length, points, FOLDED_POINTS, options);
  out[0] = '\0';
  if (size < 0 || size > FOLDED_POINTS) return 0;
  size = utf8proc_reencode(points, size, options);
  const char *folded = (const char *)points;
  uint32_t written = 0;
  for (utf8proc_ssize_t i = 0; i < size && written + 1 < capacity;) {
    bool curly = size - i >= 3 && memcmp(folded + i, "\xe2\x80\x99", 3) == 0;
    out[written++] = curly ? '\'' : folded[i];
    i += curly ? 3 : 1;
    if (written + 1 >= capacity && i < size) written = 0, i = size;
  }
  out[written] = '\0';
  return written;
}

static GalleyToken *push(Tokenizer *self, GalleyTokenKind kind, uint32_t start, uint32_t end) {
  GalleyTokenList *list = self->out;
  if (!list->items || list->count == list->capacity) {
    uint32_t capacity = list->capacity ? list->capacity * 2 : 256;
    GalleyToken *items = realloc(list->items, (size_t)capacity * sizeof(GalleyToken));
    if (!items) return NULL;
    list->items = items;
    list->capacity = capacity;
  }
  GalleyToken *token = &list->items[list->count++];
  *token =
      (GalleyToken){.start = start,
                    .end = end,
                    .kind = (uint8_t)kind,
                    .depth = self->depth,
                    .shape = (uint16_t)(self->pending | (self->in_link ? GALLEY_SHAPE_IN_LINK : 0)),
                    .sentence = self->sentence};
  self->pending = 0;
  return token;
}

static uint32_t hash_bytes(const char *bytes, uint32_t length) {
  uint32_t hash = GALLEY_HASH_START;
  for (uint32_t i = 0; i < length; i++)
    hash = galley_hash_byte(hash, (unsigned char)bytes[i]);
  return hash;
}

static void next_sentence(Tokenizer *self) {
  if (self->sentence_open && self->sentence < UINT16_MAX) self->sentence++;
  self->sentence_open = false;
  self->sentence_ended = false;
  self->abbreviated = false;
}

// Whether a word of this shape after a stop begins a sentence.
static bool begins_sentence(const Tokenizer *self, const GalleyToken *token) {
  if (!self->sentence_ended) return false;
  if (token->kind == GALLEY_TOKEN_NUMBER) return !self->abbreviated;
  if (!(token->shape & GALLEY_SHAPE_CAPITAL)) return false;
  return !self->abbreviated || token->classes & GALLEY_IS(GALLEY_CLASS_STARTER);
}

// Puts a word or number into its sentence, moving to the next one where it begins it. Opening marks
// just before it go with it.
static void place_in_sentence(Tokenizer *self, GalleyToken *token) {
  if (begins_sentence(self, token)) {
    next_sentence(self);
    token->sentence = self->sentence;
    for (GalleyToken *mark = token; mark > self->out->items + self->first;) {
      mark--;
      bool opening =
          mark->kind == GALLEY_TOKEN_QUOTE_OPEN ||
          (mark->kind == GALLEY_TOKEN_PUNCT && (mark->symbol == '(' || mark->symbol == '['));
      if (!opening) break;
      mark->sentence = self->sentence;
    }
  }
  bool after_open =
      token > self->out->items + self->first && token[-1].kind == GALLEY_TOKEN_QUOTE_OPEN;
  if (!self->sentence_open || after_open) token->shape |= GALLEY_SHAPE_SENTENCE_START;
  self->sentence_open = true;
  self->sentence_ended = false;
  self->abbreviated = false;
}

static uint32_t skip_spaces(const Tokenizer *self, uint32_t at) {
  while (at < self->end && is_space((unsigned char)self->bytes[at]))
    at++;
  return at;
}

// Length of a letter and its point at `at`, or of two letters and a point after a capital ("Ph.");
// 0 when there is none.
static uint32_t pair_length(const Tokenizer *self, uint32_t at) {
  for (uint32_t letters = 1; letters <= 2 && at + letters < self->end; letters++) {
    if (!is_ascii_letter((unsigned char)self->bytes[at + letters - 1])) return 0;
    if (letters == 2 && self->bytes[at] > 'Z') return 0;
    if (self->bytes[at + letters] == '.') return letters + 1;
  }
  return 0;
}

// Reads letter-point pairs ("U.S.", "a.m.", "Ph.D.", "J."). Returns the end, `at` when these are
// none.
static uint32_t read_pairs(const Tokenizer *self, uint32_t at) {
  uint32_t end = at, pairs = 0, singles = 0;
  for (uint32_t size; (size = pair_length(self, end)); pairs++, end += size)
    singles += size == 2;
  if (singles == 0) return at;
  uint32_t letter = letter_length(self, end);
  if (letter && pairs > 1 && !letter_length(self, end + letter)) return end + letter; // "U.S.A"
  if (letter) return at; // a word follows without a space
  // One letter and a point is an initial only in upper case and before something.
  bool capital = self->bytes[at] <= 'Z' && self->bytes[at] != 'I';
  if (pairs == 1 && (!capital || skip_spaces(self, end) >= self->end)) return at;
  return end;
}

typedef struct {
  uint32_t end;
  uint16_t shape;
} WordRead;

static void note_letter(WordRead *word, bool upper, bool first, bool *any_lower, bool *any_upper) {
  if (upper) {
    if (first) word->shape |= GALLEY_SHAPE_CAPITAL;
    if (*any_lower) word->shape |= GALLEY_SHAPE_INNER_CAPITAL;
    *any_upper = true;
  } else {
    *any_lower = true;
  }
}

// True when a clitic stands at the apostrophe `at`: 's before something that is no letter.
static bool is_clitic(const Tokenizer *self, uint32_t at, uint32_t mark) {
  uint32_t letter = at + mark;
  return letter < self->end && (self->bytes[letter] | 0x20) == 's' &&
         !letter_length(self, letter + 1) &&
         !(letter + 1 < self->end && is_digit((unsigned char)self->bytes[letter + 1]));
}

// The end of the markup at `at`, if the word before it goes on behind; else `at`.
static uint32_t skip_joined(const Tokenizer *self, uint32_t at) {
  uint32_t end = at;
  while (end < self->end && galley_markup_is(self->bytes[end]))
    end++;
  bool on =
      end < self->end && (letter_length(self, end) || is_digit((unsigned char)self->bytes[end]));
  return on ? end : skip_fill(self, at);
}

// Reads letters, digits after the first letter, inner apostrophes, and points between digits.
static WordRead read_word(const Tokenizer *self, uint32_t start) {
  WordRead word = {start, 0};
  bool any_lower = false, any_upper = false;
  uint32_t letters = 0;
  while (word.end < self->end) {
    uint32_t at = word.end;
    unsigned char c = (unsigned char)self->bytes[at];
    if (is_ascii_letter(c)) {
      note_letter(&word, c < 'a', letters++ == 0, &any_lower, &any_upper);
      word.end = at + 1;
    } else if (is_digit(c)) {
      word.shape |= GALLEY_SHAPE_DIGIT;
      word.end = at + 1;
    } else if (c == '.' && word.shape & GALLEY_SHAPE_DIGIT && at + 1 < self->end &&
               is_digit((unsigned char)self->bytes[at - 1]) &&
               is_digit((unsigned char)self->bytes[at + 1])) {
      word.end = at + 2;
    } else if (galley_markup_is((char)c)) {
      word.end = skip_joined(self, at);
      if (word.end == at) break;
    } else {
      uint32_t mark = apostrophe_length(self, at);
      if (mark) {
        if (!letter_length(self, at + mark) || is_clitic(self, at, mark)) break;
        word.end = at + mark;
        if (mark > 1) word.shape |= GALLEY_SHAPE_NON_ASCII;
        continue;
      }
      uint32_t size = c < 0x80 ? 0 : letter_length(self, at);
      if (!size) break;
      int32_t code_point;
      read_code_point(self->bytes + at, size, &code_point);
      utf8proc_category_t category = utf8proc_category(code_point);
      if (category <= UTF8PROC_CATEGORY_LO) {
        note_letter(&word, category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT,
                    letters++ == 0, &any_lower, &any_upper);
      }
      word.shape |= GALLEY_SHAPE_NON_ASCII;
      word.end = at + size;
    }
  }
  if (any_upper && !any_lower && letters > 1) word.shape |= GALLEY_SHAPE_ALL_CAPS;
  return word;
}

static void look_up(const Tokenizer *self, GalleyToken *token) {
  char folded[WORD_MAX];
  uint32_t length = galley_fold_word(self->bytes + token->start, token->end - token->start, folded,
                                     sizeof folded);
  if (!length) {
    token->hash = hash_bytes(self->bytes + token->start, token->end - token->start);
    return;
  }
  if (token->shape & GALLEY_SHAPE_POINT) { // "u.s" is looked up as "us"
    uint32_t kept = 0;
    for (uint32_t i = 0; i < length; i++) {
      if (folded[i] != '.') folded[kept++] = folded[i];
    }
    length = kept;
  }
  token->hash = hash_bytes(folded, length);
  token->word = galley_lexicon_find(token->hash, folded, length);
  token->classes = galley_lexicon_classes(token->word);
}

// Whether the point after a word of the lexicon belongs to it.
static bool keeps_point(const Tokenizer *self, const GalleyToken *token) {
  if (token->end >= self->end || self->bytes[token->end] != '.') return false;
  if (!(token->classes & GALLEY_IS(GALLEY_CLASS_ABBREVIATION))) return false;
  uint32_t next = token->end + 1;
  if (next < self->end && (self->bytes[next] == '.' || letter_length(self, next))) return false;
  if (!(token->classes & GALLEY_IS(GALLEY_CLASS_ORDINARY))) return true;
  uint32_t after = skip_spaces(self, next);
  if (after >= self->end) return false;
  if (is_digit((unsigned char)self->bytes[after])) return true;
  return token->shape & GALLEY_SHAPE_CAPITAL && !(token->shape & GALLEY_SHAPE_ALL_CAPS) &&
         strcmp(galley_lexicon_word(token->word), "no") != 0;
}

static bool add_word(Tokenizer *self, uint32_t *at) {
  uint32_t pairs = read_pairs(self, *at);
  WordRead word = pairs > *at ? (WordRead){pairs, GALLEY_SHAPE_POINT} : read_word(self, *at);
  if (pairs > *at && self->bytes[*at] <= 'Z') {
    word.shape |= GALLEY_SHAPE_CAPITAL | (pairs - *at > 2 ? GALLEY_SHAPE_ALL_CAPS : 0);
  }
  GalleyToken *token = push(self, GALLEY_TOKEN_WORD, *at, word.end);
  if (!token) return false;
  token->shape |= word.shape;
  look_up(self, token);
  bool pointed = pairs > *at && self->bytes[token->end - 1] == '.';
  if (pairs == *at && keeps_point(self, token)) {
    token->end++;
    token->shape |= GALLEY_SHAPE_POINT;
    pointed = true;
  }
  place_in_sentence(self, token);
  bool initial = pairs > *at && token->end - token->start == 2;
  if (pointed && !initial && !(token->classes & GALLEY_IS(GALLEY_CLASS_NEVER_ENDS))) {
    self->sentence_ended = true;
    self->abbreviated = true;
  }
  *at = token->end;
  return true;
}

static bool add_number(Tokenizer *self, uint32_t *at) {
  uint32_t end = *at + 1;
  while (end < self->end) {
    unsigned char c = (unsigned char)self->bytes[end];
    bool separator = (c == ',' || c == '.') && end + 1 < self->end &&
                     is_digit((unsigned char)self->bytes[end + 1]);
    if (!is_digit(c) && !separator) break;
    end++;
  }
  GalleyToken *token = push(self, GALLEY_TOKEN_NUMBER, *at, end);
  if (!token) return false;
  token->shape |= GALLEY_SHAPE_DIGIT;
  token->hash = hash_bytes(self->bytes + *at, end - *at);
  place_in_sentence(self, token);
  *at = end;
  return true;
}

// The apostrophe of a possessive is a clitic; any other is punctuation.
static bool add_apostrophe(Tokenizer *self, uint32_t *at, uint32_t mark) {
  GalleyToken *last =
      self->out->count > self->first ? &self->out->items[self->out->count - 1] : NULL;
  bool after_word = last && last->kind == GALLEY_TOKEN_WORD && last->end == *at;
  bool clitic = after_word && is_clitic(self, *at, mark);
  bool plural = after_word && !clitic && (self->bytes[*at - 1] | 0x20) == 's';
  uint32_t end = *at + mark + (clitic ? 1 : 0);
  GalleyToken *token =
      push(self, clitic || plural ? GALLEY_TOKEN_CLITIC : GALLEY_TOKEN_PUNCT, *at, end);
  if (!token) return false;
  token->symbol = APOSTROPHE;
  token->hash = hash_bytes(clitic ? "'s" : "'", clitic ? 2 : 1);
  *at = end;
  return true;
}

static bool add_punctuation(Tokenizer *self, uint32_t *at) {
  int32_t code_point;
  uint32_t size = read_code_point(self->bytes + *at, self->end - *at, &code_point);
  if (is_space_category(code_point)) {
    self->pending |= GALLEY_SHAPE_SPACE_BEFORE;
    *at += size;
    return true;
  }
  if (is_apostrophe(code_point)) return add_apostrophe(self, at, apostrophe_length(self, *at));
  uint32_t end = *at + size;
  if (code_point == '.' || code_point == '-') { // "..." and "--" are one
    while (end < self->end && self->bytes[end] == self->bytes[*at])
      end++;
  }
  GalleyToken *token = push(self, GALLEY_TOKEN_PUNCT, *at, end);
  if (!token) return false;
  token->symbol = code_point < 0 ? 0xfffd : (uint32_t)code_point;
  token->hash = hash_bytes(self->bytes + *at, end - *at);
  token->end = end = skip_fill(self, end);
  bool stop = code_point == '.' || code_point == '?' || code_point == '!' || code_point == ELLIPSIS;
  if (stop) {
    self->sentence_ended = true;
    self->abbreviated = false;
  }
  *at = end;
  return true;
}

static bool starts_number(const Tokenizer *self, uint32_t at) {
  unsigned char c = (unsigned char)self->bytes[at];
  if (is_digit(c)) return true;
  return c == '.' && at + 1 < self->end && is_digit((unsigned char)self->bytes[at + 1]) &&
         (self->pending & GALLEY_SHAPE_SPACE_BEFORE || at == 0 || self->bytes[at - 1] == '$' ||
          self->bytes[at - 1] == '(');
}

// Reads prose from `at` to `end`.
static bool add_prose(Tokenizer *self, uint32_t at, uint32_t end) {
  self->end = end;
  while (at < end) {
    unsigned char c = (unsigned char)self->bytes[at];
    bool added = true;
    if (is_space(c)) {
      self->pending |= GALLEY_SHAPE_SPACE_BEFORE;
      at++;
    } else if (galley_markup_is((char)c)) {
      at++;
    } else if (letter_length(self, at)) {
      added = add_word(self, &at);
    } else if (starts_number(self, at)) {
      added = add_number(self, &at);
    } else {
      added = add_punctuation(self, &at);
    }
    if (!added) return false;
  }
  return true;
}

typedef enum { LEAF_PROSE, LEAF_TOKEN, LEAF_SPACE, LEAF_NOTHING } LeafUse;

static const struct {
  LeafUse use;
  GalleyTokenKind kind;
} leaf_uses[] = {
    [GALLEY_LEAF_TEXT] = {LEAF_PROSE, 0},
    [GALLEY_LEAF_NAME] = {LEAF_PROSE, 0},
    [GALLEY_LEAF_FIGURE] = {LEAF_PROSE, 0},
    [GALLEY_LEAF_STOP] = {LEAF_PROSE, 0},
    [GALLEY_LEAF_OTHER] = {LEAF_PROSE, 0},
    [GALLEY_LEAF_BREAK] = {LEAF_SPACE, 0},
    [GALLEY_LEAF_MARK] = {LEAF_SPACE, 0},
    [GALLEY_LEAF_EMPHASIS] = {LEAF_NOTHING, 0},
    [GALLEY_LEAF_QUOTE_OPEN] = {LEAF_TOKEN, GALLEY_TOKEN_QUOTE_OPEN},
    [GALLEY_LEAF_QUOTE_CLOSE] = {LEAF_TOKEN, GALLEY_TOKEN_QUOTE_CLOSE},
    [GALLEY_LEAF_CODE] = {LEAF_TOKEN, GALLEY_TOKEN_OPAQUE},
    [GALLEY_LEAF_URL] = {LEAF_TOKEN, GALLEY_TOKEN_OPAQUE},
    [GALLEY_LEAF_LINK] = {LEAF_TOKEN, GALLEY_TOKEN_LINK},
    [GALLEY_LEAF_CITATION] = {LEAF_TOKEN, GALLEY_TOKEN_CITATION},
    [GALLEY_LEAF_HANDLE] = {LEAF_TOKEN, GALLEY_TOKEN_HANDLE},
    [GALLEY_LEAF_HASHTAG] = {LEAF_TOKEN, GALLEY_TOKEN_HASHTAG},
    [GALLEY_LEAF_MARKUP] = {LEAF_TOKEN, GALLEY_TOKEN_OPAQUE},
};

static bool add_leaf_token(Tokenizer *self, GalleyTokenKind kind, uint32_t start, uint32_t end) {
  if (kind == GALLEY_TOKEN_LINK) self->in_link = false;
  GalleyToken *token = push(self, kind, start, skip_fill(self, end));
  if (!token) return false;
  token->hash = hash_bytes(self->bytes + start, end - start);
  if (kind == GALLEY_TOKEN_LINK) {
    char first = self->bytes[start];
    self->in_link = first == '[' || first == '!';
  }
  if (kind == GALLEY_TOKEN_HANDLE || kind == GALLEY_TOKEN_HASHTAG) {
    token->shape |= GALLEY_SHAPE_CAPITAL;
    place_in_sentence(self, token);
    token->shape &= (uint16_t)~GALLEY_SHAPE_CAPITAL;
  }
  return true;
}

bool galley_tokenize(const char *bytes, uint32_t offset, const GalleyLeaf *leaves,
                     uint32_t leaf_count, GalleyTokenList *out) {
  Tokenizer self = {.bytes = bytes, .out = out, .first = out->count};
  if (leaf_count) self.length = leaves[leaf_count - 1].end - offset;
  self.pending = GALLEY_SHAPE_SPACE_BEFORE | GALLEY_SHAPE_LINE_START;
  for (uint32_t i = 0; i < leaf_count;) {
    const GalleyLeaf *leaf = &leaves[i];
    uint32_t start = leaf->start - offset, end = leaf->end - offset;
    self.depth = leaf->depth;
    bool added = true;
    i++;
    switch (leaf_uses[leaf->kind].use) {
    case LEAF_PROSE: // neighbours are read as one: a run's cap may cut a word
      while (i < leaf_count && leaf_uses[leaves[i].kind].use == LEAF_PROSE &&
             leaves[i].depth == self.depth) {
        end = leaves[i++].end - offset;
      }
      added = add_prose(&self, start, end);
      break;
    case LEAF_TOKEN:
      added = add_leaf_token(&self, leaf_uses[leaf->kind].kind, start, end);
      break;
    case LEAF_SPACE:
      if (leaf->kind == GALLEY_LEAF_MARK) next_sentence(&self);
      self.pending |= GALLEY_SHAPE_SPACE_BEFORE | GALLEY_SHAPE_LINE_START;
      break;
    case LEAF_NOTHING:
      break;
    }
    if (!added) return false;
  }
  return true;
}

void galley_token_list_free(GalleyTokenList *self) {
  free(self->items);
  *self = (GalleyTokenList){0};
}
