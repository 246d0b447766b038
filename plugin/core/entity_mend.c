#include "entity_mend.h"

#include "entity.h"
#include "gazetteer.h"

static int type_of(uint8_t label) {
  return (label - 1) / 4;
}

static bool begins(uint8_t label) {
  return label && ((label - 1) % 4 == GALLEY_PLACE_BEGIN || (label - 1) % 4 == GALLEY_PLACE_ONLY);
}

static bool ends(uint8_t label) {
  return label && (label - 1) % 4 >= GALLEY_PLACE_LAST;
}

// The first token of the name that ends with token `last`.
static uint32_t name_start(const GalleyTagging *tagging, uint32_t last) {
  uint32_t first = last;
  while (first > 0 && !begins(tagging->labels[first]))
    first--;
  return first;
}

// Makes tokens [first, end) of the stretch one name.
static void set_name(GalleyTagging *tagging, uint32_t first, uint32_t end, int type) {
  for (uint32_t i = first; i < end; i++) {
    int place =
        i == first ? GALLEY_PLACE_BEGIN : (i + 1 == end ? GALLEY_PLACE_LAST : GALLEY_PLACE_INSIDE);
    if (end - first == 1) place = GALLEY_PLACE_ONLY;
    tagging->labels[i] = (uint8_t)GALLEY_LABEL(type, place);
  }
}

// ---- known phrases ------------------------------------------------------------------------------

// The one type that a phrase's kinds say, -1 when they say several.
static int phrase_type(uint8_t phrase) {
  switch (phrase & 15) {
  case 1:
    return GALLEY_ENTITY_PLACE;
  case 2:
    return GALLEY_ENTITY_PERSON;
  case 4:
    return GALLEY_ENTITY_OTHER;
  case 8:
    return GALLEY_ENTITY_ORGANIZATION;
  default:
    return -1;
  }
}

static uint32_t phrase_end(const GalleyWindow *window, uint32_t at) {
  uint32_t end = at + 1;
  while (end < window->count && window->words[end].phrase >> 4 > 1)
    end++;
  return end;
}

// Whether a name that the tagger found goes over a border of [first, end).
static bool is_crossed(const GalleyTagging *tagging, uint32_t first, uint32_t end) {
  bool before = tagging->labels[first] && !begins(tagging->labels[first]);
  bool after = tagging->labels[end - 1] && !ends(tagging->labels[end - 1]);
  return before || after;
}

static void mend_phrase(const GalleyWindow *window, GalleyTagging *tagging, uint32_t first,
                        uint32_t end) {
  const GalleyToken *tokens = window->block->tokens + window->stretch.first;
  uint32_t at = window->stretch.first - window->offset + first;
  int type = phrase_type(window->words[at].phrase), found = -1;
  bool capitals =
      tokens[first].shape & GALLEY_SHAPE_CAPITAL &&
      (tokens[end - 1].shape & GALLEY_SHAPE_CAPITAL || tokens[end - 1].kind == GALLEY_TOKEN_NUMBER);
  if (!capitals || is_crossed(tagging, first, end)) return;
  for (uint32_t i = first; i < end; i++) {
    if (tagging->labels[i]) found = type_of(tagging->labels[i]);
    if (tokens[i].taken) return;
  }
  if (found < 0 && (window->stretch.style || type < 0)) return;
  set_name(tagging, first, end, type < 0 ? found : type);
}

static void mend_phrases(const GalleyWindow *window, GalleyTagging *tagging) {
  uint32_t base = window->stretch.first - window->offset;
  for (uint32_t i = 0; i < tagging->count;) {
    uint32_t end = i + 1;
    if (window->words[base + i].phrase >> 4 == 1) {
      end = phrase_end(window, base + i) - base;
      if (end > tagging->count) return;
      if (end - i > 1) mend_phrase(window, tagging, i, end);
    }
    i = end;
  }
}

// The type of a phrase of these kinds: what the most kinds of names are.
static int kinds_type(uint32_t kinds) {
  const uint32_t places = GALLEY_PHRASE(GALLEY_KNOWN_COMPANY) - 1; // country to place
  const uint32_t others = GALLEY_PHRASE(GALLEY_KNOWN_EVENT) | GALLEY_PHRASE(GALLEY_KNOWN_PRODUCT) |
                          GALLEY_PHRASE(GALLEY_KNOWN_LAW) | GALLEY_PHRASE(GALLEY_KNOWN_DEMONYM);
  if (kinds & places) return GALLEY_ENTITY_PLACE;
  if (kinds & GALLEY_PHRASE(GALLEY_KNOWN_PERSON)) return GALLEY_ENTITY_PERSON;
  return kinds & others ? GALLEY_ENTITY_OTHER : GALLEY_ENTITY_ORGANIZATION;
}

// "de Telegraaf": a word that is a name together with the small one before it.
static void mend_particles(const GalleyWindow *window, GalleyTagging *tagging) {
  const GalleyToken *tokens = window->block->tokens + window->stretch.first;
  for (uint32_t i = window->stretch.first ? 0 : 1; i < tagging->count; i++) {
    const GalleyToken *token = &tokens[i]; // token[-1] may stand before the stretch
    bool alone = !tagging->labels[i] || (begins(tagging->labels[i]) && ends(tagging->labels[i]));
    bool after = alone && token->shape & GALLEY_SHAPE_CAPITAL &&
                 token[-1].classes & GALLEY_IS(GALLEY_CLASS_PARTICLE);
    uint32_t kinds = 0;
    if (after) {
      kinds = galley_gazetteer_phrase(galley_gazetteer_join(token[-1].hash, token->hash));
    }
    if (kinds) set_name(tagging, i, i + 1, kinds_type(kinds));
  }
}

// ---- titles and acronyms ------------------------------------------------------------------------

// The end of the name that goes on from token `at`.
static uint32_t name_end(const GalleyTagging *tagging, uint32_t at) {
  while (at + 1 < tagging->count && !ends(tagging->labels[at]))
    at++;
  return at + 1;
}

// "Mr. Roe": what follows a title that is only ever one is a person, whatever else the word means,
// and the title is no part of the name.
static void mend_titles(const GalleyWindow *window, GalleyTagging *tagging) {
  const uint64_t title = GALLEY_IS(GALLEY_CLASS_TITLE) | GALLEY_IS(GALLEY_CLASS_ABBREVIATION);
  const GalleyToken *tokens = window->block->tokens + window->stretch.first;
  for (uint32_t i = 1; i < tagging->count; i++) {
    const GalleyToken *token = &tokens[i];
    bool plain = token->kind == GALLEY_TOKEN_WORD && token->shape & GALLEY_SHAPE_CAPITAL &&
                 !(token->shape & GALLEY_SHAPE_SENTENCE_START) && !token->taken &&
                 !(token->classes & GALLEY_IS(GALLEY_CLASS_TITLE));
    bool titled = (token[-1].classes & title) == title && token[-1].shape & GALLEY_SHAPE_CAPITAL;
    if (plain && titled && !tagging->labels[i] && !tagging->labels[i - 1]) {
      set_name(tagging, i, i + 1, GALLEY_ENTITY_PERSON);
    }
    if (titled && begins(tagging->labels[i - 1]) && !ends(tagging->labels[i - 1]) &&
        type_of(tagging->labels[i - 1]) != GALLEY_ENTITY_PERSON) {
      set_name(tagging, i, name_end(tagging, i), GALLEY_ENTITY_PERSON);
      tagging->labels[i - 1] = 0;
    }
    bool place = begins(tagging->labels[i]) && type_of(tagging->labels[i]) == GALLEY_ENTITY_PLACE;
    if (titled && place) { // "Mr. England"
      set_name(tagging, i, name_end(tagging, i), GALLEY_ENTITY_PERSON);
    }
  }
}

// "State Department Spokesperson": what somebody is for an organization is no part of its name;
// "Secretary of State" and "Chief Operating Officer" name nobody.
static void mend_roles(const GalleyWindow *window, GalleyTagging *tagging) {
  const uint64_t role = GALLEY_IS(GALLEY_CLASS_ROLE) | GALLEY_IS(GALLEY_CLASS_TITLE);
  const uint64_t heads = GALLEY_IS(GALLEY_CLASS_ORG_HEAD) | GALLEY_IS(GALLEY_CLASS_ORG_SUFFIX);
  const GalleyToken *tokens = window->block->tokens + window->stretch.first;
  for (uint32_t i = 1; i < tagging->count; i++) {
    if (!ends(tagging->labels[i]) || !(tokens[i].classes & role)) continue;
    if (type_of(tagging->labels[i]) != GALLEY_ENTITY_ORGANIZATION) continue;
    uint32_t first = name_start(tagging, i), end = i;
    if (first == i || tokens[i].classes & heads) continue;
    while (end > first + 1 && tokens[end - 1].classes & role && !(tokens[end - 1].classes & heads))
      end--;
    for (uint32_t j = end; j <= i; j++)
      tagging->labels[j] = 0;
    set_name(tagging, first, end, GALLEY_ENTITY_ORGANIZATION);
  }
}

static bool is_of(const GalleyBlockView *block, const GalleyToken *token) {
  const char *bytes = block->bytes + token->start;
  return token->end - token->start == 2 && bytes[0] == 'o' && bytes[1] == 'f';
}

// "Secretary of State", "Director of Sales": an office names nobody.
static void mend_offices(const GalleyWindow *window, GalleyTagging *tagging) {
  const uint64_t role = GALLEY_IS(GALLEY_CLASS_ROLE) | GALLEY_IS(GALLEY_CLASS_TITLE);
  const GalleyToken *tokens = window->block->tokens + window->stretch.first;
  for (uint32_t i = 0; i + 2 < tagging->count; i++) {
    bool office = begins(tagging->labels[i]) && !ends(tagging->labels[i]) &&
                  tokens[i].classes & role && is_of(window->block, &tokens[i + 1]) &&
                  type_of(tagging->labels[i]) != GALLEY_ENTITY_PERSON;
    uint32_t end = office ? name_end(tagging, i) : i;
    for (uint32_t j = i; j < end; j++)
      tagging->labels[j] = 0;
  }
}

// "Real Estate Council of Ontario": a place after the head of an organization is part of its name.
static void mend_places(const GalleyWindow *window, GalleyTagging *tagging) {
  const GalleyToken *tokens = window->block->tokens + window->stretch.first;
  for (uint32_t i = 2; i < tagging->count; i++) {
    bool of = begins(tagging->labels[i]) && type_of(tagging->labels[i]) == GALLEY_ENTITY_PLACE &&
              is_of(window->block, &tokens[i - 1]);
    if (!of || !ends(tagging->labels[i - 2])) continue;
    bool head = tokens[i - 2].classes & GALLEY_IS(GALLEY_CLASS_ORG_HEAD) &&
                type_of(tagging->labels[i - 2]) == GALLEY_ENTITY_ORGANIZATION;
    uint32_t first = name_start(tagging, i - 2);
    if (head && first < i - 2) {
      set_name(tagging, first, name_end(tagging, i), GALLEY_ENTITY_ORGANIZATION);
    }
  }
}

// "OSLO, May 3 (Reuters) -": what a line begins with in capitals, before a date, an agency or a
// dash, is a place if it can be one.
static void mend_dateline(const GalleyWindow *window, GalleyTagging *tagging) {
  const uint64_t places = GALLEY_KNOWN(GALLEY_KNOWN_COUNTRY) | GALLEY_KNOWN(GALLEY_KNOWN_REGION) |
                          GALLEY_KNOWN(GALLEY_KNOWN_CITY) | GALLEY_KNOWN(GALLEY_KNOWN_TOWN);
  const GalleyBlockView *block = window->block;
  const GalleyToken *tokens = block->tokens + window->stretch.first;
  uint32_t left = block->token_count - window->stretch.first;
  bool opens = window->stretch.first == 0 || tokens[0].shape & GALLEY_SHAPE_LINE_START;
  if (!opens || !tagging->labels[0] || !(tokens[0].shape & GALLEY_SHAPE_ALL_CAPS)) return;
  uint32_t end = name_end(tagging, 0), next = end;
  bool known = end == 1 && galley_gazetteer_word(tokens[0].hash) & places;
  known = known || (window->words[window->stretch.first - window->offset].phrase & 15) == 1;
  if (next < left && tokens[next].kind == GALLEY_TOKEN_PUNCT && tokens[next].symbol == ',') next++;
  if (!known || next == left) return;
  bool agency = tokens[next].kind == GALLEY_TOKEN_PUNCT &&
                (tokens[next].symbol == '(' || tokens[next].symbol == '-' ||
                 tokens[next].symbol == 0x2013 || tokens[next].symbol == 0x2014);
  bool spaced = tokens[next].shape & GALLEY_SHAPE_SPACE_BEFORE;
  bool dated = tokens[next].taken & 1u << GALLEY_KIND_DATE;
  if ((agency && spaced) || dated) set_name(tagging, 0, end, GALLEY_ENTITY_PLACE);
}

enum { ACRONYM_MOST = 8, SMALL_WORDS = 3 }; // letters; small words in a row within a name

// Where the capitalised words that an acronym is made of begin, which end before token `end`:
// "Information Commissioner's Office" of ICO. `end` when they are others, or no name holds an
// apostrophe: those without one are known better by what they look like.
static uint32_t spelt_out_from(const GalleyWindow *window, uint32_t end,
                               const GalleyToken *acronym) {
  const GalleyToken *tokens = window->block->tokens + window->stretch.first;
  const char *bytes = window->block->bytes, *letters = bytes + acronym->start;
  uint32_t left = acronym->end - acronym->start, at = end, small = 0;
  bool owned = false;
  if (left < 2 || left > ACRONYM_MOST) return end;
  while (left > 0 && at > 0 && small <= SMALL_WORDS) {
    const GalleyToken *token = &tokens[--at];
    if (token->kind == GALLEY_TOKEN_WORD && token->shape & GALLEY_SHAPE_CAPITAL) {
      if (bytes[token->start] != letters[--left]) return end;
      small = 0;
    } else if (token->kind == GALLEY_TOKEN_CLITIC ||
               token->classes & GALLEY_IS(GALLEY_CLASS_FUNCTION)) {
      if (at + 1 == end) return end;
      owned = owned || token->kind == GALLEY_TOKEN_CLITIC;
      small++;
    } else {
      return end;
    }
  }
  return left == 0 && owned ? at : end;
}

// "African Union (AU)"
static void mend_acronyms(const GalleyWindow *window, GalleyTagging *tagging) {
  const GalleyToken *tokens = window->block->tokens + window->stretch.first;
  for (uint32_t i = 2; i < tagging->count; i++) {
    uint8_t label = tagging->labels[i];
    bool acronym = tokens[i].shape & GALLEY_SHAPE_ALL_CAPS &&
                   (!label || (begins(label) && ends(label))) &&
                   tokens[i - 1].kind == GALLEY_TOKEN_PUNCT && tokens[i - 1].symbol == '(';
    if (!acronym) continue;
    if (!label && ends(tagging->labels[i - 2])) {
      uint32_t first = window->stretch.first + name_start(tagging, i - 2);
      GalleySpan name = {0};
      galley_entity_name(window->block, first, window->stretch.first + i - 1, &name);
      if (name.entity.initials == tokens[i].hash) {
        set_name(tagging, i, i + 1, type_of(tagging->labels[i - 2]));
        continue;
      }
    }
    uint32_t from = spelt_out_from(window, i - 1, &tokens[i]);
    bool cuts = tagging->labels[from] && !begins(tagging->labels[from]);
    bool whole = begins(tagging->labels[from]) && name_end(tagging, from) == i - 1;
    if (from == i - 1 || cuts || whole) continue;
    for (uint32_t j = from; j < i - 1; j++)
      tagging->labels[j] = 0;
    set_name(tagging, from, i - 1, GALLEY_ENTITY_ORGANIZATION);
    set_name(tagging, i, i + 1, GALLEY_ENTITY_ORGANIZATION);
  }
}

void galley_entity_mend(const GalleyWindow *window, GalleyTagging *tagging) {
  mend_phrases(window, tagging);
  mend_particles(window, tagging);
  mend_titles(window, tagging);
  mend_roles(window, tagging);
  mend_offices(window, tagging);
  mend_places(window, tagging);
  mend_acronyms(window, tagging);
  mend_dateline(window, tagging);
}
