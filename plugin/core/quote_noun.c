// Noun phrases among the items: who a cue belongs to.
//
// There is no parser here. A phrase is a run of items that can stand in one; its head is the last
// name, or the role noun, before the first preposition. That is how news copy names its sources.
#include "quote.h"

#define PHRASE_PARTS                                                                               \
  (PART_IS(PART_WORD) | PART_IS(PART_NAME) | PART_IS(PART_DETERMINER) | PART_IS(PART_NUMBER) |     \
   PART_IS(PART_POSSESSIVE) | PART_IS(PART_HYPHEN))

// Longest phrase, and longest clause that is looked through for a subject, in items.
#define PHRASE_MAX 16
#define CLAUSE_MAX 90
// How far a relative pronoun may stand before its verb.
#define RELATIVE_REACH 4

static const QuotePhrase no_phrase = {QUOTE_NONE, QUOTE_NONE};

static const GalleySpan *name_of(const QuoteScene *scene, uint32_t item) {
  uint32_t span = scene->items[item].span;
  return span == QUOTE_NONE ? NULL : &scene->block->spans->items[span];
}

static bool is_person(const QuoteScene *scene, uint32_t item) {
  if (!quote_is(scene, item, PART_IS(PART_NAME))) return false;
  const GalleySpan *name = name_of(scene, item);
  return !name || name->type == GALLEY_ENTITY_PERSON;
}

static char role_of(const QuoteScene *scene, uint32_t item) {
  if (!quote_is(scene, item, PART_IS(PART_WORD) | PART_IS(PART_DETERMINER) | PART_IS(PART_NAME)))
    return '\0';
  const GalleyToken *token = &scene->block->tokens[scene->items[item].last];
  const char *role = galley_lexicon_symbol(token->word, GALLEY_CLASS_VOICE);
  return role ? role[0] : '\0';
}

static bool ends_in(const QuoteScene *scene, uint32_t item, const char *ending, uint32_t length) {
  const GalleyToken *token = quote_token(scene, item);
  if (token->end - token->start < length + 3) return false;
  for (uint32_t i = 0; i < length; i++) {
    if (scene->block->bytes[token->end - length + i] != ending[i]) return false;
  }
  return true;
}

static bool is_lower(const QuoteScene *scene, uint32_t item) {
  return !(quote_token(scene, item)->shape & GALLEY_SHAPE_CAPITAL);
}

// A word that looks like a verb form and is no noun for a speaker: "voting", "pleaded".
static bool looks_verbal(const QuoteScene *scene, uint32_t item) {
  if (!quote_is(scene, item, PART_IS(PART_WORD)) || role_of(scene, item)) return false;
  return is_lower(scene, item) && (ends_in(scene, item, "ing", 3) || ends_in(scene, item, "ed", 2));
}

static bool is_that(const QuoteScene *scene, uint32_t item) {
  return quote_is(scene, item, PART_IS(PART_DETERMINER)) &&
         quote_has_class(scene, item, GALLEY_CLASS_SUBORDINATOR);
}

// Puts off what cannot begin a phrase.
static uint32_t skip_lead(const QuoteScene *scene, uint32_t first, uint32_t limit) {
  uint32_t lead = PART_IS(PART_CONJUNCTION) | PART_IS(PART_ADVERB) | PART_IS(PART_SUBORDINATOR) |
                  PART_IS(PART_DATE) | PART_IS(PART_COMMA) | PART_IS(PART_HYPHEN) |
                  PART_IS(PART_POSSESSIVE) | PART_IS(PART_DASH) | PART_IS(PART_OTHER) |
                  PART_IS(PART_CLOSE) | PART_IS(PART_OPEN) | PART_IS(PART_NEGATION);
  while (first < limit && quote_is(scene, first, lead))
    first++;
  return first;
}

// The part of the run [first, last] that names the speaker: its last name when the run ends in
// one (with the names that "and" ties to it), else all of it.
static QuotePhrase head(const QuoteScene *scene, uint32_t first, uint32_t last) {
  if (!quote_is(scene, last, PART_IS(PART_NAME))) return (QuotePhrase){first, last};
  uint32_t begin = last;
  bool surname = scene->items[last].first == scene->items[last].last;
  if (surname && last > 0 && quote_is(scene, last - 1, PART_IS(PART_WORD) | PART_IS(PART_NAME)) &&
      quote_has_class(scene, last - 1, GALLEY_CLASS_TITLE)) { // "Ms. Doe"
    begin--;
  }
  while (begin >= first + 2 && quote_is(scene, begin - 1, PART_IS(PART_CONJUNCTION)) &&
         quote_is(scene, begin - 2, PART_IS(PART_NAME))) {
    begin -= 2;
  }
  return (QuotePhrase){begin, last};
}

// A name that is but an office: "Governor", "CEO".
static bool is_office(const QuoteScene *scene, uint32_t item) {
  const QuoteItem *self = &scene->items[item];
  return self->part == PART_NAME && self->first == self->last &&
         (role_of(scene, item) == 'p' || quote_has_class(scene, item, GALLEY_CLASS_TITLE));
}

// "one man held a sign": the phrase begins with the last determiner that nothing ties to what
// stands before it.
static uint32_t phrase_start(const QuoteScene *scene, uint32_t first, uint32_t last) {
  uint32_t ties = PART_IS(PART_DETERMINER) | PART_IS(PART_CONJUNCTION) | PART_IS(PART_PREPOSITION) |
                  PART_IS(PART_HYPHEN);
  for (uint32_t i = last; i > first + 1; i--) {
    if (quote_is(scene, i, PART_IS(PART_DETERMINER)) && !quote_is(scene, i - 1, ties)) return i;
  }
  return first;
}

// The phrase in the run [first, last], which may hold prepositions.
static QuotePhrase phrase_in_run(const QuoteScene *scene, uint32_t first, uint32_t last) {
  uint32_t cut = first;
  while (cut <= last && !quote_is(scene, cut, PART_IS(PART_PREPOSITION))) {
    if (cut > first && looks_verbal(scene, cut) && ends_in(scene, cut, "ing", 3) &&
        (role_of(scene, cut - 1) || quote_is(scene, cut - 1, PART_IS(PART_NAME)))) {
      return head(scene, first, cut - 1);
    }
    cut++;
  }
  if (cut == first) return no_phrase;
  if (cut > last) return head(scene, phrase_start(scene, first, last), last);
  // "governor of Ohio Jane Doe": a person behind another name is not tied by the preposition
  if (is_person(scene, last) && last > cut + 1 && quote_is(scene, last - 1, PART_IS(PART_NAME)) &&
      !is_person(scene, last - 1)) {
    return head(scene, last, last);
  }
  if (is_office(scene, cut - 1)) return (QuotePhrase){first, last}; // "Governor of Ohio"
  if (quote_is(scene, cut - 1, PART_IS(PART_NAME))) return head(scene, first, cut - 1);
  return (QuotePhrase){first, last};
}

// A run that begins with a preposition ("In a statement Monday Mr. X"): the subject stands at its
// end, behind the date or from the last name on.
static QuotePhrase phrase_behind_adverbial(const QuoteScene *scene, uint32_t first, uint32_t last) {
  for (uint32_t i = last + 1; i-- > first;) {
    if (quote_is(scene, i, PART_IS(PART_DATE)) && i < last) {
      uint32_t begin = skip_lead(scene, i, last + 1);
      return begin <= last ? phrase_in_run(scene, begin, last) : no_phrase;
    }
  }
  char kind = scene->items[first].symbol[0];
  bool opens_clause = kind == 'w' || kind == 'a' || kind == 's';
  if (opens_clause && first < last) { // "with one writer saying", "as one writer put it"
    return phrase_in_run(scene, first + 1, last);
  }
  if (quote_is(scene, last, PART_IS(PART_NAME)) && last > first + 1) return head(scene, last, last);
  return no_phrase;
}

// "people who saw the letter": the relative pronoun whose verb stands right before `item`, 0 none.
static uint32_t relative_before(const QuoteScene *scene, uint32_t floor, uint32_t item) {
  if (item == 0 || !quote_is(scene, item - 1, PART_IS(PART_VERB) | PART_IS(PART_AUXILIARY)))
    return 0;
  for (uint32_t i = item; i > floor && item - i < RELATIVE_REACH; i--) {
    if (quote_is(scene, i - 1, PART_IS(PART_COMMA) | PART_IS(PART_QUOTE))) return 0;
    if (quote_is(scene, i - 1, PART_IS(PART_PRONOUN)))
      return scene->items[i - 1].symbol[0] == 'r' ? i - 1 : 0;
  }
  return 0;
}

QuotePhrase quote_phrase_before(const QuoteScene *scene, uint32_t floor, uint32_t item) {
  uint32_t run = PHRASE_PARTS | PART_IS(PART_PREPOSITION) | PART_IS(PART_CONJUNCTION) |
                 PART_IS(PART_DATE) | PART_IS(PART_ADVERB);
  if (quote_is(scene, item, PART_IS(PART_PRONOUN))) return (QuotePhrase){item, item};
  if (!quote_is(scene, item, PHRASE_PARTS)) return no_phrase;
  uint32_t first = item;
  while (first > floor && item - first < PHRASE_MAX * 2 && quote_is(scene, first - 1, run) &&
         !is_that(scene, first - 1)) {
    first--;
  }
  uint32_t relative = relative_before(scene, floor, first);
  if (relative > floor) return quote_phrase_before(scene, floor, relative - 1);
  first = skip_lead(scene, first, item + 1);
  if (first > item) return no_phrase;
  if (quote_is(scene, first, PART_IS(PART_PREPOSITION))) {
    return phrase_behind_adverbial(scene, first, item);
  }
  return phrase_in_run(scene, first, item);
}

// Whether the name at `item` goes on into a longer phrase: "Trump campaign manager Jane Doe".
static bool name_goes_on(const QuoteScene *scene, uint32_t item, uint32_t limit) {
  if (quote_is(scene, item + 1, PART_IS(PART_POSSESSIVE))) return true;
  for (uint32_t i = item + 1; i < limit && i < item + 5; i++) {
    if (quote_is(scene, i, PART_IS(PART_NAME)) || role_of(scene, i)) return true;
    if (!quote_is(scene, i, PART_IS(PART_WORD) | PART_IS(PART_HYPHEN)) || looks_verbal(scene, i))
      return false;
  }
  return false;
}

// Whether a name can be the apposition of a noun of this role: "the airline, Ryanair,"
static bool stands_for(const QuoteScene *scene, char role, uint32_t item) {
  if (role == 'p') return is_person(scene, item);
  if (role != 'o' || !quote_is(scene, item, PART_IS(PART_NAME))) return false;
  const GalleySpan *name = name_of(scene, item);
  return name && name->type == GALLEY_ENTITY_ORGANIZATION;
}

// A determiner that cannot stand for someone by itself, as "some" and "both" can.
static bool is_article(const QuoteScene *scene, uint32_t item) {
  char symbol = scene->items[item].symbol[0];
  return quote_is(scene, item, PART_IS(PART_DETERMINER)) && (symbol == 'd' || symbol == 'i');
}

QuotePhrase quote_phrase_after(const QuoteScene *scene, uint32_t item, uint32_t limit) {
  if (limit > scene->item_count) limit = scene->item_count;
  if (item >= limit) return no_phrase;
  if (quote_is(scene, item, PART_IS(PART_PRONOUN))) return (QuotePhrase){item, item};
  uint32_t last = item;
  while (last < limit && last - item < PHRASE_MAX && quote_is(scene, last, PHRASE_PARTS)) {
    if (last > item && (looks_verbal(scene, last) || is_that(scene, last))) break;
    bool name = quote_is(scene, last, PART_IS(PART_NAME));
    last++;
    if (name && !name_goes_on(scene, last - 1, limit)) break;
  }
  if (last == item) return no_phrase;
  last--;
  if (last == item && is_article(scene, item)) return no_phrase;
  while (last > item && quote_is(scene, last, PART_IS(PART_HYPHEN) | PART_IS(PART_POSSESSIVE)))
    last--;
  if (quote_is(scene, last, PART_IS(PART_NAME))) {
    while (last + 2 < limit && quote_is(scene, last + 1, PART_IS(PART_CONJUNCTION)) &&
           scene->items[last + 1].symbol[0] == 'a' &&
           quote_is(scene, last + 2, PART_IS(PART_NAME))) {
      last += 2;
    }
    return head(scene, item, last);
  }
  // "a spokesman for the ministry"
  uint32_t end = last;
  bool tied = quote_is(scene, end + 1, PART_IS(PART_PREPOSITION)) && end + 2 < limit &&
              (scene->items[end + 1].symbol[0] == 'o' || scene->items[end + 1].symbol[0] == 'b');
  // "his wife, Jane Doe,"
  if (quote_is(scene, end + 1, PART_IS(PART_COMMA)) && end + 2 < limit &&
      stands_for(scene, role_of(scene, last), end + 2) &&
      !quote_is(scene, end + 3, PART_IS(PART_POSSESSIVE))) {
    return head(scene, end + 2, end + 2);
  }
  if (role_of(scene, last) && tied) {
    end += 2;
    while (end < limit && end - last < 8 && quote_is(scene, end, PHRASE_PARTS) &&
           !looks_verbal(scene, end)) {
      end++;
    }
    if (end > last + 2) last = end - 1;
  }
  while (last > item && quote_is(scene, last, PART_IS(PART_HYPHEN) | PART_IS(PART_POSSESSIVE)))
    last--;
  return (QuotePhrase){item, last};
}

// What opens a stretch between commas that is no subject: "In March", "When asked", "Speaking".
static bool is_adverbial(const QuoteScene *scene, uint32_t first, uint32_t last) {
  uint32_t lead = PART_IS(PART_PREPOSITION) | PART_IS(PART_SUBORDINATOR) | PART_IS(PART_DATE) |
                  PART_IS(PART_ADVERB) | PART_IS(PART_NUMBER) | PART_IS(PART_NEGATION);
  if (quote_is(scene, first, lead)) return true;
  if (quote_is(scene, first, PART_IS(PART_PRONOUN)) && scene->items[first].symbol[0] == 'r') {
    return true;
  }
  uint32_t frames = scene->items[first].frames;
  if (quote_is(scene, first, PART_IS(PART_VERB)) && frames & (FRAME('g') | FRAME('p') | FRAME('a')))
    return true;
  const GalleyToken *token = quote_token(scene, first);
  bool word = quote_is(scene, first, PART_IS(PART_WORD)) && !role_of(scene, first);
  bool verbal = ends_in(scene, first, "ing", 3) || ends_in(scene, first, "ed", 2);
  return word && verbal && token->kind == GALLEY_TOKEN_WORD && last > first;
}

typedef struct {
  uint32_t first, last;
} Stretch;

// The stretch between commas that ends before `end`; `floor` is the clause's first item.
static Stretch stretch_before(const QuoteScene *scene, uint32_t floor, uint32_t end) {
  uint32_t depth = 0, first = end;
  while (first > floor) {
    const QuoteItem *item = &scene->items[first - 1];
    if (item->part == PART_CLOSE) depth++;
    if (item->part == PART_OPEN && depth > 0) depth--;
    if (depth == 0 && (item->part == PART_COMMA || item->part == PART_DASH)) break;
    first--;
  }
  return (Stretch){first, end - 1};
}

static bool holds_predicate(const QuoteScene *scene, Stretch stretch) {
  for (uint32_t i = stretch.first; i <= stretch.last; i++) {
    if (quote_is(scene, i, PART_IS(PART_AUXILIARY) | PART_IS(PART_NEGATION))) return true;
    if (quote_is(scene, i, PART_IS(PART_VERB)) &&
        scene->items[i].frames & (FRAME('d') | FRAME('s')) &&
        !(scene->items[i].frames & FRAME('p')))
      return true;
  }
  return false;
}

// The name of a person that heads the stretch.
static QuotePhrase person_heading(const QuoteScene *scene, Stretch stretch) {
  uint32_t first = skip_lead(scene, stretch.first, stretch.last + 1);
  for (uint32_t i = first; i <= stretch.last; i++) {
    if (quote_is(scene, i, PART_IS(PART_PREPOSITION) | PART_IS(PART_AUXILIARY))) break;
    if (!is_person(scene, i) || quote_is(scene, i + 1, PART_IS(PART_POSSESSIVE))) continue;
    if (i < stretch.last && name_goes_on(scene, i, stretch.last + 1)) continue;
    return head(scene, first, i);
  }
  return no_phrase;
}

static uint32_t clause_floor(const QuoteScene *scene, uint32_t floor, uint32_t limit) {
  uint32_t borders =
      PART_IS(PART_QUOTE) | PART_IS(PART_COLON) | PART_IS(PART_SEMICOLON) | PART_IS(PART_STOP);
  uint32_t first = limit;
  while (first > floor && limit - first < CLAUSE_MAX && !quote_is(scene, first - 1, borders))
    first--;
  return first;
}

QuotePhrase quote_clause_subject(const QuoteScene *scene, uint32_t floor, uint32_t limit) {
  uint32_t first = clause_floor(scene, floor, limit);
  QuotePhrase fallback = no_phrase;
  for (uint32_t end = limit; end > first;) {
    Stretch stretch = stretch_before(scene, first, end);
    end = stretch.first > first ? stretch.first - 1 : first;
    if (stretch.first > stretch.last || stretch.last == UINT32_MAX) continue;
    bool adverbial = is_adverbial(scene, stretch.first, stretch.last);
    if (!adverbial) {
      QuotePhrase person = person_heading(scene, stretch);
      if (person.first != QUOTE_NONE) return person;
      uint32_t begin = skip_lead(scene, stretch.first, stretch.last + 1);
      QuotePhrase phrase = quote_phrase_after(scene, begin, stretch.last + 1);
      if (phrase.first != QUOTE_NONE) fallback = phrase;
      if (quote_is(scene, stretch.first, PART_IS(PART_CONJUNCTION)) && phrase.first != QUOTE_NONE) {
        break;
      }
      if (holds_predicate(scene, stretch)) break;
    }
  }
  return fallback;
}

QuotePhrase quote_main_subject(const QuoteScene *scene, uint32_t floor, uint32_t limit) {
  uint32_t first = floor;
  if (limit - floor > CLAUSE_MAX) limit = floor + CLAUSE_MAX;
  while (first < limit) {
    uint32_t end = first, depth = 0;
    while (end < limit) {
      const QuoteItem *item = &scene->items[end];
      if (item->part == PART_OPEN) depth++;
      if (item->part == PART_CLOSE && depth > 0) depth--;
      if (depth == 0 && quote_is(scene, end,
                                 PART_IS(PART_COMMA) | PART_IS(PART_DASH) | PART_IS(PART_QUOTE) |
                                     PART_IS(PART_COLON) | PART_IS(PART_SEMICOLON))) {
        break;
      }
      end++;
    }
    if (end > first && !is_adverbial(scene, first, end - 1)) {
      uint32_t begin = skip_lead(scene, first, end);
      QuotePhrase phrase = quote_phrase_after(scene, begin, end);
      if (phrase.first != QUOTE_NONE) return phrase;
    }
    first = end + 1;
  }
  // "On Monday the minister opened ... and said": no comma sets the adverbial off.
  for (uint32_t i = floor; i < limit; i++) {
    if (is_person(scene, i) && !quote_is(scene, i + 1, PART_IS(PART_POSSESSIVE)))
      return head(scene, i, i);
    if (quote_is(scene, i, PART_IS(PART_PRONOUN)) && scene->items[i].symbol[1] == 's')
      return (QuotePhrase){i, i};
  }
  return no_phrase;
}

static GalleyQuoteReference pronoun_reference(char symbol) {
  switch (symbol) {
  case 'm':
    return GALLEY_REFERENCE_HE;
  case 'f':
    return GALLEY_REFERENCE_SHE;
  case 'p':
    return GALLEY_REFERENCE_THEY;
  case 'n':
    return GALLEY_REFERENCE_IT;
  default:
    return GALLEY_REFERENCE_OTHER;
  }
}

static GalleyQuoteReference role_reference(char role) {
  switch (role) {
  case 'p':
    return GALLEY_REFERENCE_PERSON;
  case 'g':
    return GALLEY_REFERENCE_GROUP;
  case 'o':
    return GALLEY_REFERENCE_ORGANIZATION;
  case 'd':
    return GALLEY_REFERENCE_DOCUMENT;
  default:
    return GALLEY_REFERENCE_OTHER;
  }
}

GalleyQuoteReference quote_reference(const QuoteScene *scene, QuotePhrase phrase, bool *definite) {
  *definite = false;
  if (phrase.first == QUOTE_NONE) return GALLEY_REFERENCE_NONE;
  const QuoteItem *first = &scene->items[phrase.first];
  bool own = first->part == PART_DETERMINER && first->symbol[1] == 'd';
  if (first->part == PART_PRONOUN || (own && phrase.first == phrase.last)) // "her" of "her claim"
    return pronoun_reference(first->symbol[0]);
  if (quote_is(scene, phrase.last, PART_IS(PART_NAME))) {
    uint32_t i = phrase.first;
    while (i < phrase.last && !quote_is(scene, i, PART_IS(PART_PREPOSITION)))
      i++;
    if (i == phrase.last) return GALLEY_REFERENCE_NAME;
  }
  *definite = first->part == PART_DETERMINER && first->symbol[0] == 'd';
  char role = '\0';
  for (uint32_t i = phrase.first; i <= phrase.last; i++) {
    if (quote_is(scene, i, PART_IS(PART_PREPOSITION))) break;
    char here = role_of(scene, i);
    if (here) role = here;
  }
  return role_reference(role);
}
