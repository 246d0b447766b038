#include "source_scan.h"

#include <math.h>
#include <string.h>

#include "lexicon.h"
#include "token.h"

#define WORD_MAX 64 // bytes of a word that are looked at

static bool is_digit(unsigned char c) {
  return c >= '0' && c <= '9';
}

static bool is_ascii_letter(unsigned char c) {
  return (unsigned char)((c | 0x20) - 'a') < 26;
}

// Bytes of the letter at `at`; 0 when none stands there. Above ASCII all but the blocks of
// punctuation and currency signs are letters: the fold settles the rest.
static uint32_t letter_length(const char *bytes, uint32_t length, uint32_t at) {
  unsigned char c = (unsigned char)bytes[at];
  if (c < 0x80) return is_ascii_letter(c);
  if (c < 0xc2 || c > 0xf4) return 0;
  uint32_t size = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
  if (size > length - at) return 0;
  for (uint32_t i = 1; i < size; i++)
    if (((unsigned char)bytes[at + i] & 0xc0) != 0x80) return 0;
  unsigned char second = (unsigned char)bytes[at + 1];
  if (c == 0xc2) return 0;                         // NBSP, signs, Latin-1 quotes
  if (c == 0xe2) return second >= 0xb0 ? size : 0; // punctuation, arrows, box drawing
  if (c == 0xe3 && second == 0x80) return 0;       // CJK punctuation
  if (c == 0xef) return second < 0xb8 ? size : 0;
  return c < 0xf0 || second < 0x9f ? size : 0;
}

// Bytes of the apostrophe at `at`: ' or ’. 0 when none stands there.
static uint32_t apostrophe_length(const char *bytes, uint32_t length, uint32_t at) {
  if (bytes[at] == '\'') return 1;
  bool typographic = length - at >= 3 && memcmp(bytes + at, "\xe2\x80\x99", 3) == 0;
  return typographic ? 3 : 0;
}

static uint32_t hash_bytes(const char *bytes, uint32_t length) {
  uint32_t hash = GALLEY_HASH_START;
  for (uint32_t i = 0; i < length; i++)
    hash = galley_hash_byte(hash, (unsigned char)bytes[i]);
  return hash;
}

static bool ends_in(const char *word, uint32_t length, const char *end, uint32_t size) {
  return length > size && memcmp(word + length - size, end, size) == 0;
}

static bool has_vowel(const char *word, uint32_t length) {
  for (uint32_t i = 0; i < length; i++)
    if (strchr("aeiouy", word[i])) return true;
  return false;
}

// The length of a folded word without its inflection: "votes", "voted", "voting" all give "vot".
// Rough on purpose: the stem is compared, never shown. May write over the word's last letter.
static uint32_t stem_length(char *word, uint32_t length) {
  static const struct {
    const char *end;
    uint8_t size, least; // least length of the word
    char last;           // letter that takes the ending's place; 0 none
  } endings[] = {
      {"ies", 3, 5, 'y'}, {"ied", 3, 5, 'y'}, {"sses", 2, 5, 0}, {"shes", 2, 5, 0},
      {"ches", 2, 5, 0},  {"xes", 2, 4, 0},   {"ing", 3, 6, 0},  {"ed", 2, 5, 0},
  };
  if (length < 4) return length;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    uint32_t whole = (uint32_t)strlen(endings[i].end), size = endings[i].size;
    if (length < endings[i].least || !ends_in(word, length, endings[i].end, whole) ||
        !has_vowel(word, length - size)) {
      continue;
    }
    length -= size;
    if (endings[i].last) word[length++] = endings[i].last;
    bool doubled = i >= 6 && length > 3 && word[length - 1] == word[length - 2] &&
                   !strchr("lsz", word[length - 1]);
    if (doubled) length--;
    break;
  }
  bool plural = length > 3 && word[length - 1] == 's' && !strchr("su", word[length - 2]);
  if (plural && !(length < 5 && word[length - 2] == 'i')) length--;
  if (length > 3 && word[length - 1] == 'e') length--;
  return length;
}

static bool is_common(uint32_t word) {
  static const uint64_t common =
      GALLEY_IS(GALLEY_CLASS_FUNCTION) | GALLEY_IS(GALLEY_CLASS_PRONOUN) |
      GALLEY_IS(GALLEY_CLASS_DETERMINER) | GALLEY_IS(GALLEY_CLASS_PREPOSITION) |
      GALLEY_IS(GALLEY_CLASS_CONJUNCTION) | GALLEY_IS(GALLEY_CLASS_AUXILIARY) |
      GALLEY_IS(GALLEY_CLASS_SUBORDINATOR) | GALLEY_IS(GALLEY_CLASS_NEGATION) |
      GALLEY_IS(GALLEY_CLASS_NUMBER_WORD) | GALLEY_IS(GALLEY_CLASS_SCALE) |
      GALLEY_IS(GALLEY_CLASS_HEDGE) | GALLEY_IS(GALLEY_CLASS_FIGURE_PART);
  return galley_lexicon_classes(word) & common;
}

static void read_word(const char *bytes, uint32_t length, GalleyScanWord *out) {
  char folded[WORD_MAX + 1] = {0};
  uint32_t size = out->end - out->start, used = 0;
  bool ascii = true;
  for (uint32_t i = 0; i < size && i < WORD_MAX; i++) {
    unsigned char c = (unsigned char)bytes[out->start + i];
    ascii = ascii && c < 0x80;
    folded[used++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  }
  if (bytes[out->start] >= 'A' && bytes[out->start] <= 'Z') out->flags |= GALLEY_SCAN_CAPITAL;
  if (!ascii) {
    uint32_t fit = galley_fold_word(bytes + out->start, size, folded, sizeof folded);
    if (fit) used = fit;
    // A letter above ASCII that the fold changed was a capital.
    if (fit && (unsigned char)bytes[out->start] >= 0x80 && folded[0] != bytes[out->start]) {
      out->flags |= GALLEY_SCAN_CAPITAL;
    } else if (fit && (unsigned char)bytes[out->start] >= 0x80 && size > 1 &&
               folded[1] != bytes[out->start + 1]) {
      out->flags |= GALLEY_SCAN_CAPITAL;
    }
  }
  (void)length;
  out->hash = hash_bytes(folded, used);
  out->word = galley_lexicon_find(out->hash, folded, used);
  if (used < 3 || is_common(out->word)) out->flags |= GALLEY_SCAN_COMMON;
  int32_t value;
  bool plain =
      out->word && galley_lexicon_value(out->word, GALLEY_CLASS_ALTER_WORD, &value) && value == 5;
  if (plain || galley_lexicon_classes(out->word) & GALLEY_IS(GALLEY_CLASS_CUE)) {
    out->flags |= GALLEY_SCAN_PLAIN;
  }
  const char *country = galley_lexicon_symbol(out->word, GALLEY_CLASS_DEMONYM);
  if (country && *country) { // "Norwegian" and "Norway" are one
    used = (uint32_t)strlen(country);
    used = used < WORD_MAX ? used : WORD_MAX;
    memcpy(folded, country, used);
  }
  out->stem = hash_bytes(folded, stem_length(folded, used));
}

// Moves behind the letters at `at`, inner apostrophes included; a possessive 's is left out.
static uint32_t word_end(const char *bytes, uint32_t length, uint32_t at, GalleyScanWord *out) {
  uint32_t size;
  while (at < length) {
    if ((size = letter_length(bytes, length, at)) != 0) {
      at += size;
      continue;
    }
    uint32_t mark = apostrophe_length(bytes, length, at);
    if (!mark || at + mark >= length || !letter_length(bytes, length, at + mark)) break;
    uint32_t next = at + mark;
    bool last = next + 1 >= length || !letter_length(bytes, length, next + 1);
    if ((bytes[next] == 's' || bytes[next] == 'S') && last) {
      out->flags |= GALLEY_SCAN_POSSESSIVE;
      break;
    }
    at = next;
  }
  return at;
}

static void read_number(const char *bytes, uint32_t length, uint32_t at, GalleyScanWord *out) {
  uint32_t hash = GALLEY_HASH_START, digits = 0, value = 0;
  for (; at < length; at++) {
    char c = bytes[at];
    bool inner =
        (c == ',' || c == '.') && at + 1 < length && is_digit((unsigned char)bytes[at + 1]);
    if (!is_digit((unsigned char)c) && !inner) break;
    if (c != ',') hash = galley_hash_byte(hash, (unsigned char)c);
    if (inner || (digits == 0 && c == '0') || digits == 9) continue;
    value = value * 10 + (uint32_t)(c - '0');
    digits++;
  }
  for (; digits > 0 && digits < 9; digits++)
    value *= 10;
  out->end = at;
  out->hash = out->stem = hash;
  out->mantissa = value;
}

bool galley_scan_next(const char *bytes, uint32_t length, uint32_t *at, GalleyScanWord *out) {
  uint32_t i = *at;
  for (; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (is_digit(c) || (c != ' ' && letter_length(bytes, length, i))) break;
  }
  *out = (GalleyScanWord){.start = i, .end = i};
  *at = i;
  if (i >= length) return false;
  if (is_digit((unsigned char)bytes[i])) {
    out->kind = GALLEY_SCAN_NUMBER;
    read_number(bytes, length, i, out);
    *at = out->end;
    return true;
  }
  out->kind = GALLEY_SCAN_WORD;
  out->end = *at = word_end(bytes, length, i, out);
  if (out->flags & GALLEY_SCAN_POSSESSIVE) {
    *at += apostrophe_length(bytes, length, *at) + 1;
  }
  read_word(bytes, length, out);
  return true;
}

uint32_t galley_scan_mantissa(double value) {
  if (!(value > 0) || !isfinite(value)) return 0;
  double power = floor(log10(value));
  double scaled = floor(value / pow(10, power) * GALLEY_MANTISSA_LOW + 0.5);
  if (scaled < GALLEY_MANTISSA_LOW) return GALLEY_MANTISSA_LOW;
  double most = 10.0 * GALLEY_MANTISSA_LOW - 1;
  return (uint32_t)(scaled < most ? scaled : most);
}

uint32_t galley_scan_digits(uint32_t mantissa) {
  uint32_t digits = 9;
  while (digits > 1 && mantissa % 10 == 0) {
    mantissa /= 10;
    digits--;
  }
  return digits;
}
