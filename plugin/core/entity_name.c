// What the words of a name say, whatever it names: keys for linking, initials, gender.
#include "entity.h"

#include <string.h>
#include <utf8proc.h>

#include "gazetteer.h"

enum { WORD_MAX = 96 }; // bytes of a word whose accents are folded; longer ones keep them

static const char *const subtypes[GALLEY_ENTITY_SUBTYPE_COUNT] = {
    [GALLEY_ENTITY_PLAIN] = "",          [GALLEY_ENTITY_CITY] = "city",
    [GALLEY_ENTITY_COUNTRY] = "country", [GALLEY_ENTITY_COMPANY] = "company",
    [GALLEY_ENTITY_MEDIA] = "media",     [GALLEY_ENTITY_GOVERNMENT] = "government",
    [GALLEY_ENTITY_PARTY] = "party",     [GALLEY_ENTITY_TEAM] = "team",
    [GALLEY_ENTITY_EVENT] = "event",     [GALLEY_ENTITY_PRODUCT] = "product",
    [GALLEY_ENTITY_LAW] = "law",         [GALLEY_ENTITY_DEMONYM] = "demonym",
    [GALLEY_ENTITY_HANDLE] = "handle",   [GALLEY_ENTITY_HASHTAG] = "hashtag",
};

const char *galley_entity_subtype_name(uint8_t subtype) {
  return subtype < GALLEY_ENTITY_SUBTYPE_COUNT ? subtypes[subtype] : "";
}

static uint32_t hash_folded(const utf8proc_uint8_t *bytes, utf8proc_ssize_t length) {
  uint32_t hash = GALLEY_HASH_START;
  for (utf8proc_ssize_t i = 0; i < length; i++)
    hash = galley_hash_byte(hash, bytes[i]);
  return hash;
}

// The word's hash without its accents. Folds into a buffer of its own: a block's names are many.
static uint32_t plain_hash(const GalleyBlockView *block, const GalleyToken *token) {
  uint32_t length = token->end - token->start;
  if (!(token->shape & GALLEY_SHAPE_NON_ASCII) || length > WORD_MAX) return token->hash;
  utf8proc_int32_t points[WORD_MAX + 4];
  utf8proc_option_t options =
      UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK;
  const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)block->bytes + token->start;
  utf8proc_ssize_t count =
      utf8proc_decompose(bytes, (utf8proc_ssize_t)length, points, WORD_MAX, options);
  if (count < 0 || count > WORD_MAX) return token->hash;
  for (utf8proc_ssize_t i = 0; i < count; i++)
    if (points[i] == 0x2019) points[i] = '\'';
  count = utf8proc_reencode(points, count, options);
  return count < 0 ? token->hash : hash_folded((const utf8proc_uint8_t *)points, count);
}

static uint8_t gender_of(const GalleyToken *token, int class) {
  const char *symbol = galley_lexicon_symbol(token->word, class);
  if (symbol && (*symbol == 'm' || *symbol == 'f')) return (uint8_t)*symbol;
  if (symbol || class != GALLEY_CLASS_FIRST_NAME) return 0;
  uint64_t set = galley_gazetteer_word(token->hash);
  bool male = set & GALLEY_KNOWN(GALLEY_KNOWN_MALE),
       female = set & GALLEY_KNOWN(GALLEY_KNOWN_FEMALE);
  return male == female ? 0 : male ? 'm' : 'f';
}

// "@KoriHalden" has the key of "Kori Halden": words end where a capital follows a small letter.
static void read_tag(const GalleyBlockView *block, const GalleyToken *token, GalleySpan *span) {
  uint32_t hash = GALLEY_HASH_START, words = 0, key = 0;
  bool lower = false;
  for (uint32_t i = token->start + 1; i <= token->end; i++) {
    unsigned char c = i < token->end ? (unsigned char)block->bytes[i] : 0;
    bool upper = (unsigned)(c - 'A') < 26;
    if ((!c || c == '_' || (upper && lower)) && hash != GALLEY_HASH_START) {
      key = galley_entity_join(key, hash, words++);
      if (words == 1) span->entity.first = hash;
      span->entity.head = hash;
      hash = GALLEY_HASH_START;
    }
    if (c && c != '_') hash = galley_hash_byte(hash, upper ? c | 0x20 : c);
    lower = (unsigned)(c - 'a') < 26;
  }
  span->entity.key = key;
  span->entity.words = (uint8_t)(words < 255 ? words : 255);
}

static bool is_cue(const GalleyToken *token) {
  return token->classes & GALLEY_IS(GALLEY_CLASS_CUE);
}

// '"...," Halden wrote' and '"...," wrote Halden': persons write more often than their companies.
static bool speaks(const GalleyBlockView *block, uint32_t first, uint32_t end) {
  const GalleyToken *tokens = block->tokens;
  bool after_quote = first > 0 && tokens[first - 1].kind == GALLEY_TOKEN_QUOTE_CLOSE;
  if (after_quote && end < block->token_count && is_cue(&tokens[end])) return true;
  return first > 1 && is_cue(&tokens[first - 1]) &&
         tokens[first - 2].kind == GALLEY_TOKEN_QUOTE_CLOSE;
}

void galley_entity_name(const GalleyBlockView *block, uint32_t first, uint32_t end,
                        GalleySpan *span) {
  const GalleyToken *tokens = block->tokens;
  uint32_t key = 0, initials = GALLEY_HASH_START, letters = 0, words = 0;
  if (tokens[first].kind == GALLEY_TOKEN_HANDLE || tokens[first].kind == GALLEY_TOKEN_HASHTAG) {
    read_tag(block, &tokens[first], span);
    return;
  }
  for (uint32_t i = first; i < end; i++) {
    if (tokens[i].kind == GALLEY_TOKEN_PUNCT || tokens[i].kind == GALLEY_TOKEN_CLITIC) continue;
    uint32_t hash = plain_hash(block, &tokens[i]);
    key = galley_entity_join(key, hash, words++);
    if (words == 1) span->entity.first = hash;
    if (!(tokens[i].classes & GALLEY_IS(GALLEY_CLASS_NAME_SUFFIX)) || words == 1) {
      span->entity.head = hash;
    }
    if (tokens[i].shape & GALLEY_SHAPE_CAPITAL) {
      initials = galley_hash_byte(initials, (unsigned char)(block->bytes[tokens[i].start] | 0x20));
      letters++;
    }
  }
  span->entity.key = key;
  span->entity.words = (uint8_t)(words < 255 ? words : 255);
  span->entity.initials = letters > 1 ? initials : 0;
  const GalleyToken *before = first > 0 ? &tokens[first - 1] : NULL;
  if (before && before->classes & GALLEY_IS(GALLEY_CLASS_TITLE)) {
    if (before->shape & GALLEY_SHAPE_CAPITAL) span->entity.flags |= GALLEY_NAME_TITLED;
    span->entity.gender = gender_of(before, GALLEY_CLASS_TITLE);
  }
  if (!span->entity.gender && words > 1) {
    span->entity.gender = gender_of(&tokens[first], GALLEY_CLASS_FIRST_NAME);
  }
  if (speaks(block, first, end)) span->entity.flags |= GALLEY_NAME_SPEAKS;
  if (tokens[first].shape & GALLEY_SHAPE_SENTENCE_START) span->entity.flags |= GALLEY_NAME_AT_START;
  if (words == 1 && tokens[first].shape & GALLEY_SHAPE_ALL_CAPS) {
    span->entity.flags |= GALLEY_NAME_ACRONYM;
  }
}
