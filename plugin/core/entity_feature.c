#include "entity_feature.h"

#include <string.h>

#include "gazetteer.h"

enum { MARGIN = 3, GAP = 3, STYLE_WORDS = 4 };

// Compact shapes: what the letters of a token look like.
enum {
  SHAPE_LOWER = 1,
  SHAPE_CAPITAL,
  SHAPE_INNER,
  SHAPE_INITIAL,
  SHAPE_CAPS_2,
  SHAPE_CAPS_3,
  SHAPE_CAPS_4,
  SHAPE_CAPS_LONG,
  SHAPE_POINTS,
  SHAPE_SINGLE,
  SHAPE_MIXED_DIGIT,
  SHAPE_NUMBER,
  SHAPE_YEAR,
  SHAPE_PUNCT,
  SHAPE_CLITIC,
  SHAPE_QUOTE,
  SHAPE_OTHER,
  SHAPE_TITLE_LINE, // capitalised where most words are
  SHAPE_CAPS_LINE,  // in a line of capitals
  SHAPE_DATE,       // part of a date that was found before
  SHAPE_CAMEL,      // a capital within the word that no prefix of surnames explains: YouTube
  SHAPE_PLURAL,     // capitals and an s: MPs
};

#define TAKEN_BEFORE (1u << GALLEY_KIND_DATE | 1u << GALLEY_KIND_CITATION)

static bool is_word(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_WORD;
}

// "I", "I'm": capitals that say nothing.
static bool is_pronoun(const GalleyToken *token, const char *bytes) {
  return token->classes & GALLEY_IS(GALLEY_CLASS_FUNCTION) && bytes[token->start] == 'I' &&
         !(token->shape & (GALLEY_SHAPE_ALL_CAPS | GALLEY_SHAPE_POINT)) &&
         (token->end == token->start + 1 || (bytes[token->start + 1] | 0x20) < 'a' ||
          (bytes[token->start + 1] & 0x80));
}

// "US$5": the letters belong to the sum.
static bool is_currency(const GalleyBlockView *block, const GalleyToken *token) {
  return token->end < block->length && block->bytes[token->end] == '$';
}

// A word whose capital may make it a name.
static bool is_capitalised(const GalleyBlockView *block, const GalleyToken *token) {
  return token->shape & (GALLEY_SHAPE_CAPITAL | GALLEY_SHAPE_INNER_CAPITAL) && is_word(token) &&
         !(token->taken & TAKEN_BEFORE) && !is_currency(block, token) &&
         !is_pronoun(token, block->bytes);
}

static uint32_t mix(uint32_t a, uint32_t b) {
  return (a ^ a >> 15 ^ b) * 0x9e3779b1u + (b >> 7);
}

// How the sentence that holds token `at` is written.
static uint8_t style_of(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *tokens = block->tokens;
  uint32_t words = 0, capitals = 0, caps = 0;
  bool stopped = false; // headlines have no full stop
  for (uint32_t i = at; i < block->token_count && tokens[i].sentence == tokens[at].sentence; i++) {
    stopped = tokens[i].kind == GALLEY_TOKEN_PUNCT && tokens[i].symbol == '.';
    if (!is_word(&tokens[i])) continue;
    if (tokens[i].classes & GALLEY_IS(GALLEY_CLASS_FUNCTION) &&
        !(tokens[i].shape & GALLEY_SHAPE_CAPITAL)) {
      continue;
    }
    words++;
    capitals += (tokens[i].shape & GALLEY_SHAPE_CAPITAL) != 0;
    caps += (tokens[i].shape & GALLEY_SHAPE_ALL_CAPS) != 0;
  }
  if (words < STYLE_WORDS) return GALLEY_LINE_PROSE;
  if (caps * 5 >= words * 4) return GALLEY_LINE_CAPS;
  return capitals * 4 >= words * 3 && !stopped ? GALLEY_LINE_TITLE : GALLEY_LINE_PROSE;
}

// "The" and the like at a sentence start, before a word that is no name: most capitals of an
// article are such, and nothing need be asked of the tagger.
static bool opens_plainly(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = &block->tokens[at];
  return token->classes & GALLEY_IS(GALLEY_CLASS_FUNCTION) &&
         token->shape & GALLEY_SHAPE_SENTENCE_START &&
         !(token->shape & (GALLEY_SHAPE_ALL_CAPS | GALLEY_SHAPE_POINT)) &&
         (at + 1 == block->token_count || !is_capitalised(block, &token[1]));
}

// Whether a token that is not capitalised can stand within a name: "of", "van", a hyphen, a number.
static bool may_join(const GalleyBlockView *block, uint32_t at) {
  const uint64_t joining = GALLEY_IS(GALLEY_CLASS_FUNCTION) | GALLEY_IS(GALLEY_CLASS_PARTICLE) |
                           GALLEY_IS(GALLEY_CLASS_NAME_LINK);
  const uint64_t lower = GALLEY_KNOWN(GALLEY_KNOWN_COMMON) | GALLEY_KNOWN(GALLEY_KNOWN_RARE);
  const uint64_t suffix = GALLEY_IS(GALLEY_CLASS_ORG_SUFFIX) | GALLEY_IS(GALLEY_CLASS_NAME_SUFFIX);
  const uint16_t points = GALLEY_SHAPE_POINT | GALLEY_SHAPE_ALL_CAPS;
  const GalleyToken *token = &block->tokens[at], *next = token + 1;
  switch (token->kind) {
  case GALLEY_TOKEN_WORD:
    return token->classes & joining || !(galley_gazetteer_word(token->hash) & lower);
  case GALLEY_TOKEN_NUMBER:
  case GALLEY_TOKEN_CLITIC:
    return true;
  case GALLEY_TOKEN_PUNCT:
    if (token->symbol == ',') { // "Halden, Inc.", "Washington, D.C."
      return at + 1 < block->token_count &&
             (next->classes & suffix || (next->shape & points) == points);
    }
    if (token->symbol == '(') {
      return at + 1 < block->token_count && next->shape & GALLEY_SHAPE_ALL_CAPS;
    }
    return token->symbol <= 0x7f && !strchr(")[]{};:?!.|", (int)token->symbol);
  default:
    return false;
  }
}

bool galley_stretch_next(const GalleyBlockView *block, uint32_t from, GalleyStretch *stretch) {
  const GalleyToken *tokens = block->tokens;
  while (from < block->token_count &&
         (!is_capitalised(block, &tokens[from]) || opens_plainly(block, from))) {
    from++;
  }
  if (from == block->token_count) return false;
  uint32_t last = from;
  for (uint32_t i = from + 1; i < block->token_count && i <= last + GAP + 1; i++) {
    if (tokens[i].sentence != tokens[from].sentence || i - from >= GALLEY_STRETCH_MAX) break;
    if (is_capitalised(block, &tokens[i])) {
      last = i;
    } else if (!may_join(block, i)) {
      break;
    }
  }
  uint32_t end = last + 1;
  // A number may end a name: "Boeing 747".
  if (end < block->token_count && end - from < GALLEY_STRETCH_MAX &&
      tokens[end].kind == GALLEY_TOKEN_NUMBER && tokens[end].sentence == tokens[from].sentence) {
    end++;
  }
  bool again = stretch->end && tokens[stretch->first].sentence == tokens[from].sentence;
  uint8_t style = again ? stretch->style : style_of(block, from);
  *stretch = (GalleyStretch){.first = from, .end = end, .style = style};
  return true;
}

// "McCain", "DeLay", "O'Brien": a surname's prefix before the capital.
static bool has_surname_prefix(const char *bytes, uint32_t length) {
  static const char *const prefixes[] = {"Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Fitz"};
  for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
    uint32_t size = (uint32_t)strlen(prefixes[i]);
    if (length > size + 1 && memcmp(bytes, prefixes[i], size) == 0 &&
        (unsigned)(bytes[size] - 'A') < 26) {
      return true;
    }
  }
  return memchr(bytes, '\'', length) || memchr(bytes, 0xe2, length);
}

// "MPs"
static bool is_plural_acronym(const char *bytes, uint32_t length) {
  if (length < 3 || bytes[length - 1] != 's') return false;
  for (uint32_t i = 0; i + 1 < length; i++)
    if ((unsigned)(bytes[i] - 'A') >= 26) return false;
  return true;
}

static uint8_t shape_of_word(const GalleyBlockView *block, const GalleyToken *token,
                             uint8_t style) {
  uint32_t length = token->end - token->start;
  uint16_t shape = token->shape;
  if (token->taken & TAKEN_BEFORE) return SHAPE_DATE;
  if (is_pronoun(token, block->bytes) || is_currency(block, token)) return SHAPE_LOWER;
  if (!(shape & (GALLEY_SHAPE_CAPITAL | GALLEY_SHAPE_INNER_CAPITAL))) {
    return shape & GALLEY_SHAPE_DIGIT ? SHAPE_MIXED_DIGIT : SHAPE_LOWER;
  }
  if (shape & GALLEY_SHAPE_POINT && length == 2) return SHAPE_INITIAL;
  if (shape & GALLEY_SHAPE_POINT && shape & GALLEY_SHAPE_ALL_CAPS) return SHAPE_POINTS;
  if (shape & GALLEY_SHAPE_DIGIT) return SHAPE_MIXED_DIGIT;
  if (style == GALLEY_LINE_CAPS) return SHAPE_CAPS_LINE;
  if (length == 1) return SHAPE_SINGLE;
  if (shape & GALLEY_SHAPE_ALL_CAPS) {
    return (uint8_t)(length > 4 ? SHAPE_CAPS_LONG : SHAPE_CAPS_2 + length - 2);
  }
  const char *bytes = block->bytes + token->start;
  if (shape & GALLEY_SHAPE_INNER_CAPITAL) {
    return has_surname_prefix(bytes, length) ? SHAPE_INNER : SHAPE_CAMEL;
  }
  if (is_plural_acronym(bytes, length)) return SHAPE_PLURAL;
  return style == GALLEY_LINE_TITLE ? SHAPE_TITLE_LINE : SHAPE_CAPITAL;
}

static uint8_t shape_of(const GalleyBlockView *block, const GalleyToken *token, uint8_t style) {
  switch (token->kind) {
  case GALLEY_TOKEN_WORD:
    return shape_of_word(block, token, style);
  case GALLEY_TOKEN_NUMBER:
    if (token->taken & TAKEN_BEFORE) return SHAPE_DATE;
    return token->end - token->start == 4 ? SHAPE_YEAR : SHAPE_NUMBER;
  case GALLEY_TOKEN_PUNCT:
    return SHAPE_PUNCT;
  case GALLEY_TOKEN_CLITIC:
    return SHAPE_CLITIC;
  case GALLEY_TOKEN_QUOTE_OPEN:
  case GALLEY_TOKEN_QUOTE_CLOSE:
    return SHAPE_QUOTE;
  default:
    return SHAPE_OTHER;
  }
}

// The lexicon's classes that speak about names, one bit each.
static const uint8_t telling[] = {
    GALLEY_CLASS_TITLE,       GALLEY_CLASS_ROLE,       GALLEY_CLASS_ORG_HEAD,
    GALLEY_CLASS_ORG_SUFFIX,  GALLEY_CLASS_PLACE_HEAD, GALLEY_CLASS_PARTICLE,
    GALLEY_CLASS_NAME_SUFFIX, GALLEY_CLASS_EVENT_HEAD, GALLEY_CLASS_LAW_HEAD,
    GALLEY_CLASS_NAME_LINK,   GALLEY_CLASS_FUNCTION,   GALLEY_CLASS_DEMONYM,
    GALLEY_CLASS_FIRST_NAME,  GALLEY_CLASS_COUNTRY,
};

enum { TELLING = sizeof telling };

static uint32_t pack_classes(uint64_t classes) {
  uint32_t packed = 0;
  if (!classes) return 0;
  for (uint32_t i = 0; i < TELLING; i++)
    packed |= (uint32_t)(classes >> telling[i] & 1) << i;
  return packed;
}

static void view_word(const GalleyBlockView *block, GalleyWordView *word, const GalleyToken *token,
                      uint8_t style) {
  *word = (GalleyWordView){.hash = token->hash, .shape = shape_of(block, token, style)};
  if (token->kind == GALLEY_TOKEN_NUMBER) {
    word->hash = token->end - token->start;
  } else if (is_word(token)) {
    word->known = galley_gazetteer_word(token->hash);
    word->classes = pack_classes(token->classes);
    word->sense = (uint8_t)galley_known_sense(word->known);
  }
}

// Groups of phrase kinds: what the tagger tells apart.
static uint8_t phrase_group(uint32_t kinds) {
  const uint32_t places = GALLEY_PHRASE(GALLEY_KNOWN_COUNTRY) | GALLEY_PHRASE(GALLEY_KNOWN_REGION) |
                          GALLEY_PHRASE(GALLEY_KNOWN_CITY) | GALLEY_PHRASE(GALLEY_KNOWN_TOWN) |
                          GALLEY_PHRASE(GALLEY_KNOWN_PLACE);
  const uint32_t person = GALLEY_PHRASE(GALLEY_KNOWN_PERSON);
  const uint32_t demonym = GALLEY_PHRASE(GALLEY_KNOWN_DEMONYM);
  const uint32_t others = GALLEY_PHRASE(GALLEY_KNOWN_EVENT) | GALLEY_PHRASE(GALLEY_KNOWN_PRODUCT) |
                          GALLEY_PHRASE(GALLEY_KNOWN_LAW);
  uint32_t groups = ((kinds & places) ? 1u : 0) | ((kinds & person) ? 2u : 0) |
                    ((kinds & (others | demonym)) ? 4u : 0) |
                    ((kinds & ~(places | person | demonym | others)) ? 8u : 0);
  return (uint8_t)groups;
}

// Marks the longest known phrase that begins at word `at`; returns how many words it takes.
static uint32_t mark_phrase(GalleyWindow *window, uint32_t at) {
  const GalleyToken *tokens = window->block->tokens + window->offset;
  uint32_t joined = window->words[at].hash, best = 0, taken = 1;
  uint8_t group = 0;
  for (uint32_t i = at + 1; i < window->count && taken < GALLEY_PHRASE_WORDS; i++) {
    bool joint = tokens[i].kind == GALLEY_TOKEN_PUNCT &&
                 (tokens[i].symbol == '-' || tokens[i].symbol == '/');
    if (joint) continue;
    bool number = tokens[i].kind == GALLEY_TOKEN_NUMBER;
    bool ampersand = tokens[i].kind == GALLEY_TOKEN_PUNCT && tokens[i].symbol == '&';
    if (!is_word(&tokens[i]) && !number && !ampersand) break;
    taken++;
    joined = galley_gazetteer_join(joined, tokens[i].hash);
    uint32_t kinds = galley_gazetteer_phrase(joined);
    if (!kinds) continue;
    best = i + 1;
    group = phrase_group(kinds);
  }
  for (uint32_t i = at; i < best; i++) {
    uint32_t place = i == at ? 1 : i + 1 == best ? 3 : 2;
    window->words[i].phrase = (uint8_t)(place << 4 | group);
  }
  return best ? best - at : 1;
}

static bool is_run_word(const GalleyWordView *word) {
  return (word->shape >= SHAPE_CAPITAL && word->shape <= SHAPE_SINGLE) ||
         word->shape == SHAPE_CAMEL || word->shape == SHAPE_PLURAL;
}

// Runs: capitalised words side by side, with hyphens between them.
static void mark_runs(GalleyWindow *window) {
  const GalleyToken *tokens = window->block->tokens + window->offset;
  GalleyWordView *words = window->words;
  for (uint32_t i = 0; i < window->count;) {
    bool style = words[i].shape == SHAPE_TITLE_LINE;
    if (!is_run_word(&words[i]) && !style) {
      i++;
      continue;
    }
    uint32_t end = i + 1;
    while (end < window->count && tokens[end].sentence == tokens[i].sentence) {
      bool hyphen = tokens[end].kind == GALLEY_TOKEN_PUNCT && tokens[end].symbol == '-' &&
                    end + 1 < window->count && is_run_word(&words[end + 1]);
      bool ampersand = tokens[end].kind == GALLEY_TOKEN_PUNCT && tokens[end].symbol == '&' &&
                       end + 1 < window->count && is_run_word(&words[end + 1]);
      if (!is_run_word(&words[end]) && words[end].shape != SHAPE_TITLE_LINE && !hyphen &&
          !ampersand) {
        break;
      }
      end++;
    }
    for (uint32_t j = i; j < end; j++) {
      words[j].run_first = (uint8_t)i;
      words[j].run_end = (uint8_t)end;
    }
    i = end;
  }
}

void galley_window_open(GalleyWindow *window, const GalleyBlockView *block, GalleyStretch stretch) {
  uint32_t first = stretch.first > MARGIN ? stretch.first - MARGIN : 0;
  uint32_t end =
      stretch.end + MARGIN < block->token_count ? stretch.end + MARGIN : block->token_count;
  window->block = block;
  window->stretch = stretch;
  window->offset = first;
  window->count = end - first;
  for (uint32_t i = 0; i < window->count; i++)
    view_word(block, &window->words[i], &block->tokens[first + i], stretch.style);
  for (uint32_t i = 0; i < window->count;) {
    bool starts = window->words[i].known & GALLEY_KNOWN(GALLEY_KNOWN_STARTS) &&
                  window->words[i].shape != SHAPE_LOWER;
    i += starts ? mark_phrase(window, i) : 1;
  }
  mark_runs(window);
}

// Templates: a feature is the number of its template and a hash of what it saw.
enum {
  T_SHAPE,
  T_WORD,
  T_WORD_SHAPE,
  T_PREVIOUS,
  T_NEXT,
  T_PREVIOUS_2,
  T_NEXT_2,
  T_PREVIOUS_WORD,
  T_WORD_NEXT,
  T_SHAPES,
  T_SHAPES_WIDE,
  T_PREFIX_3,
  T_PREFIX_4,
  T_SUFFIX_1,
  T_SUFFIX_2,
  T_SUFFIX_3,
  T_SUFFIX_4,
  T_KNOWN_BIT,
  T_KNOWN_SET,
  T_KNOWN_PREVIOUS,
  T_KNOWN_NEXT,
  T_RANK,
  T_CLASSES,
  T_CLASSES_PREVIOUS,
  T_CLASSES_NEXT,
  T_SENSE_PREVIOUS,
  T_SENSE_NEXT,
  T_SENSE_PREVIOUS_2,
  T_SENSE_NEXT_2,
  T_PHRASE,
  T_PHRASE_SHAPE,
  T_RUN_PLACE,
  T_RUN_LAST,
  T_RUN_LAST_CLASSES,
  T_RUN_FIRST,
  T_RUN_BEFORE,
  T_RUN_AFTER,
  T_RUN_BEFORE_CLASSES,
  T_RUN_AFTER_CLASSES,
  T_RUN_SENSES,
  T_START,
  T_STYLE,
  T_RUN_SHAPE,
  T_GROUP,
  T_GROUP_PREVIOUS,
  T_GROUP_NEXT,
  T_RUN_GROUPS,
  T_COUNT
};
_Static_assert(T_COUNT <= 1 << (32 - GALLEY_TEMPLATE_SHIFT), "templates fit their bits");

static void emit(GalleyFeatures *features, uint32_t template, uint32_t value) {
  if (features->count == GALLEY_FEATURES_MAX) return;
  value = (value ^ value >> 16) * 0x85ebca6bu;
  features->items[features->count++] =
      template << GALLEY_TEMPLATE_SHIFT | value >> (32 - GALLEY_TEMPLATE_SHIFT);
}

// What is known of a word, without how frequent it is.
static uint32_t known_names(const GalleyWordView *word) {
  return (uint32_t)word->known & 0x7fffff;
}

// The same in a coarse view: person, place, organization, other; how it is written elsewhere.
static uint32_t known_groups(const GalleyWordView *word) {
  const uint64_t persons = GALLEY_KNOWN(GALLEY_KNOWN_MALE) | GALLEY_KNOWN(GALLEY_KNOWN_FEMALE) |
                           GALLEY_KNOWN(GALLEY_KNOWN_SURNAME) | GALLEY_KNOWN(GALLEY_KNOWN_PERSON);
  const uint64_t places = GALLEY_KNOWN(GALLEY_KNOWN_COUNTRY) | GALLEY_KNOWN(GALLEY_KNOWN_REGION) |
                          GALLEY_KNOWN(GALLEY_KNOWN_CITY) | GALLEY_KNOWN(GALLEY_KNOWN_PLACE);
  const uint64_t organizations =
      GALLEY_KNOWN(GALLEY_KNOWN_COMPANY) | GALLEY_KNOWN(GALLEY_KNOWN_GOVERNMENT) |
      GALLEY_KNOWN(GALLEY_KNOWN_PARTY) | GALLEY_KNOWN(GALLEY_KNOWN_MEDIA) |
      GALLEY_KNOWN(GALLEY_KNOWN_TEAM) | GALLEY_KNOWN(GALLEY_KNOWN_ORGANIZATION);
  const uint64_t others = GALLEY_KNOWN(GALLEY_KNOWN_EVENT) | GALLEY_KNOWN(GALLEY_KNOWN_PRODUCT) |
                          GALLEY_KNOWN(GALLEY_KNOWN_LAW) | GALLEY_KNOWN(GALLEY_KNOWN_DEMONYM);
  const uint64_t lower = GALLEY_KNOWN(GALLEY_KNOWN_COMMON) | GALLEY_KNOWN(GALLEY_KNOWN_RARE);
  return ((word->known & persons) ? 1u : 0) | ((word->known & places) ? 2u : 0) |
         ((word->known & organizations) ? 4u : 0) | ((word->known & others) ? 8u : 0) |
         ((word->known & lower) ? 16u : 0) | (word->known ? 32u : 0);
}

static const GalleyWordView *word_at(const GalleyWindow *window, uint32_t at, int32_t delta) {
  static const GalleyWordView none = {.hash = 1};
  int64_t index = (int64_t)at + delta;
  return index < 0 || index >= window->count ? &none : &window->words[index];
}

static uint32_t hash_letters(const char *bytes, uint32_t length) {
  uint32_t hash = GALLEY_HASH_START;
  for (uint32_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    hash = galley_hash_byte(hash, (unsigned)(c - 'A') < 26 ? c | 0x20 : c);
  }
  return hash;
}

static void affix_features(const GalleyWindow *window, uint32_t at, GalleyFeatures *features) {
  const GalleyToken *token = &window->block->tokens[window->offset + at];
  const char *bytes = window->block->bytes + token->start;
  uint32_t length = token->end - token->start;
  for (uint32_t size = 1; size <= 4 && size < length; size++)
    emit(features, T_SUFFIX_1 + size - 1, hash_letters(bytes + length - size, size));
  if (length > 3) emit(features, T_PREFIX_3, hash_letters(bytes, 3));
  if (length > 4) emit(features, T_PREFIX_4, hash_letters(bytes, 4));
}

static void known_features(const GalleyWindow *window, uint32_t at, GalleyFeatures *features) {
  const GalleyWordView *word = &window->words[at];
  const GalleyWordView *previous = word_at(window, at, -1), *next = word_at(window, at, 1);
  uint32_t known = known_names(word);
  for (uint32_t bits = known; bits; bits &= bits - 1)
    emit(features, T_KNOWN_BIT, mix((uint32_t)__builtin_ctz(bits), word->shape));
  emit(features, T_KNOWN_SET, known);
  emit(features, T_GROUP, mix(known_groups(word), word->shape));
  emit(features, T_GROUP_PREVIOUS, mix(known_groups(previous), previous->shape));
  emit(features, T_GROUP_NEXT, mix(known_groups(next), next->shape));
  emit(features, T_RANK,
       mix(galley_known_rank(word->known), mix((known >> GALLEY_KNOWN_COMMON & 3), word->shape)));
  emit(features, T_KNOWN_PREVIOUS, known_names(previous));
  emit(features, T_KNOWN_NEXT, known_names(next));
}

static void context_features(const GalleyWindow *window, uint32_t at, GalleyFeatures *features) {
  const GalleyWordView *word = &window->words[at];
  const GalleyWordView *previous = word_at(window, at, -1), *next = word_at(window, at, 1);
  const GalleyWordView *previous_2 = word_at(window, at, -2), *next_2 = word_at(window, at, 2);
  emit(features, T_WORD, word->hash);
  emit(features, T_WORD_SHAPE, mix(word->hash, word->shape));
  emit(features, T_PREVIOUS, previous->hash);
  emit(features, T_NEXT, next->hash);
  emit(features, T_PREVIOUS_2, previous_2->hash);
  emit(features, T_NEXT_2, next_2->hash);
  emit(features, T_PREVIOUS_WORD, mix(previous->hash, word->hash));
  emit(features, T_WORD_NEXT, mix(word->hash, next->hash));
  emit(features, T_SHAPE, word->shape);
  emit(features, T_SHAPES,
       (uint32_t)previous->shape << 16 | (uint32_t)word->shape << 8 | next->shape);
  emit(features, T_SHAPES_WIDE,
       mix((uint32_t)previous_2->shape << 16 | (uint32_t)previous->shape << 8 | word->shape,
           (uint32_t)next->shape << 8 | next_2->shape));
  emit(features, T_CLASSES, mix(word->classes, word->shape));
  emit(features, T_CLASSES_PREVIOUS, previous->classes);
  emit(features, T_CLASSES_NEXT, next->classes);
  emit(features, T_SENSE_PREVIOUS, previous->sense);
  emit(features, T_SENSE_NEXT, next->sense);
  emit(features, T_SENSE_PREVIOUS_2, previous_2->sense);
  emit(features, T_SENSE_NEXT_2, next_2->sense);
}

static void run_features(const GalleyWindow *window, uint32_t at, GalleyFeatures *features) {
  const GalleyWordView *word = &window->words[at];
  if (word->run_first == word->run_end) return;
  const GalleyWordView *first = &window->words[word->run_first];
  const GalleyWordView *last = &window->words[word->run_end - 1];
  const GalleyWordView *before = word_at(window, word->run_first, -1);
  const GalleyWordView *after = word_at(window, word->run_end, 0);
  uint32_t place = at - word->run_first, length = (uint32_t)(word->run_end - word->run_first);
  uint32_t left = length - place;
  uint32_t where = (place < 3 ? place : 3) << 4 | (left < 4 ? left : 4);
  emit(features, T_RUN_PLACE, mix(where, word->shape));
  emit(features, T_RUN_LAST, last->hash);
  emit(features, T_RUN_LAST_CLASSES, mix(last->classes, where));
  emit(features, T_RUN_FIRST, first->hash);
  emit(features, T_RUN_BEFORE, before->hash);
  emit(features, T_RUN_AFTER, after->hash);
  emit(features, T_RUN_BEFORE_CLASSES, mix(before->classes, length));
  emit(features, T_RUN_AFTER_CLASSES, mix(after->classes, length));
  emit(features, T_RUN_SENSES, mix(before->sense, after->sense));
  emit(features, T_RUN_GROUPS, mix(known_groups(first) << 8 | known_groups(last), where));
  emit(features, T_RUN_SHAPE, mix(mix(first->shape, last->shape), where));
}

void galley_window_features(const GalleyWindow *window, uint32_t index, GalleyFeatures *features) {
  uint32_t at = window->stretch.first - window->offset + index;
  const GalleyWordView *word = &window->words[at];
  const GalleyToken *token = &window->block->tokens[window->offset + at];
  bool start = token->shape & GALLEY_SHAPE_SENTENCE_START;
  features->count = 0;
  context_features(window, at, features);
  if (is_word(token)) {
    if (word->shape != SHAPE_LOWER) affix_features(window, at, features);
    known_features(window, at, features);
  }
  run_features(window, at, features);
  if (word->phrase) {
    emit(features, T_PHRASE, word->phrase);
    emit(features, T_PHRASE_SHAPE, mix(word->phrase, word->shape));
  }
  if (start) {
    emit(features, T_START, mix(word->shape, known_names(word) >> GALLEY_KNOWN_COMMON));
    emit(features, T_START, mix(galley_known_rank(word->known), 99));
    emit(features, T_START, mix(word->sense, word->classes));
  }
  if (window->stretch.style) emit(features, T_STYLE, mix(window->stretch.style, word->shape));
}

bool galley_feature_is_lexical(uint32_t feature) {
  uint32_t template = feature >> GALLEY_TEMPLATE_SHIFT;
  return template == T_WORD || template == T_WORD_SHAPE || template == T_PREVIOUS_WORD ||
         template == T_WORD_NEXT || template == T_RUN_FIRST || template == T_RUN_LAST;
}
