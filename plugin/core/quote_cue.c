// Cues and whose they are: "X said", "said X", "according to X", "X was quoted as saying", ...
#include "quote.h"

// How far an infinitive may stand behind the verb that denies it ("declined when asked to say").
#define DENIAL_REACH 6
// How far behind a verb its agent may stand ("was called that by X").
#define AGENT_REACH 14
// Longest verb group ("has since then also repeatedly said"), in items.
#define GROUP_REACH 16
// Attributions of a sentence that are looked back over.
#define EARLIER_MAX 16

static const QuotePhrase no_phrase = {QUOTE_NONE, QUOTE_NONE};

// What stands between a subject and its verb.
typedef struct {
  uint32_t before; // item in front of it all; QUOTE_NONE: the stretch begins here
  bool be, have, modal, denied;
} VerbGroup;

static char symbol_of(const QuoteScene *scene, uint32_t item) {
  return scene->items[item].symbol[0];
}

static bool is_preposition(const QuoteScene *scene, uint32_t item, char symbol) {
  return quote_is(scene, item, PART_IS(PART_PREPOSITION)) && symbol_of(scene, item) == symbol;
}

// True for "has" in "he's", "they've".
static bool is_pronoun_clitic(const QuoteScene *scene, uint32_t item) {
  return item > 0 && quote_is(scene, item, PART_IS(PART_POSSESSIVE)) &&
         quote_is(scene, item - 1, PART_IS(PART_PRONOUN));
}

static bool denies(const QuoteScene *scene, uint32_t item) {
  return quote_has_class(scene, item, GALLEY_CLASS_NEGATION) &&
         !quote_is(scene, item, PART_IS(PART_NAME) | PART_IS(PART_QUOTE));
}

static VerbGroup read_group(const QuoteScene *scene, uint32_t floor, uint32_t verb) {
  VerbGroup group = {QUOTE_NONE, false, false, false, false};
  uint32_t i = verb;
  while (i > floor && verb - i < GROUP_REACH) {
    const QuoteItem *item = &scene->items[i - 1];
    if (denies(scene, i - 1)) group.denied = true;
    bool dated =
        item->part == PART_PREPOSITION && quote_is(scene, i, PART_IS(PART_DATE)) && i < verb;
    if (item->part == PART_AUXILIARY) {
      group.be |= item->symbol[0] == 'b';
      group.have |= item->symbol[0] == 'h';
      group.modal |= item->symbol[0] == 'm';
    } else if (is_pronoun_clitic(scene, i - 1)) {
      group.have = true;
    } else if (item->part != PART_ADVERB && item->part != PART_DATE &&
               item->part != PART_NEGATION && !dated) {
      break;
    }
    i--;
  }
  if (i > floor) group.before = i - 1;
  return group;
}

static bool infinitive_denied(const QuoteScene *scene, uint32_t floor, uint32_t to) {
  uint32_t borders = PART_IS(PART_COMMA) | PART_IS(PART_QUOTE) | PART_IS(PART_SEMICOLON);
  for (uint32_t i = to; i > floor && to - i < DENIAL_REACH; i--) {
    if (quote_is(scene, i - 1, borders)) return false;
    if (denies(scene, i - 1)) return true;
  }
  return false;
}

// The items of a sentence are searched no further back than this one.
static uint32_t sentence_floor(const QuoteScene *scene, uint32_t verb) {
  return quote_sentence_first(scene, verb);
}

// A cue inside another's clause: "after he suggested", "that she said".
static bool is_subordinate(const QuoteScene *scene, const QuoteAttribution *cue) {
  if (cue->first == 0) return false;
  uint32_t before = cue->first - 1;
  if (quote_is(scene, before, PART_IS(PART_SUBORDINATOR))) return true;
  if (quote_is(scene, before, PART_IS(PART_PREPOSITION))) return symbol_of(scene, before) == 's';
  return quote_is(scene, before, PART_IS(PART_DETERMINER)) &&
         quote_has_class(scene, before, GALLEY_CLASS_SUBORDINATOR);
}

// The speaker of the attribution before this one in the same sentence, a main clause's if there is
// one.
static QuotePhrase earlier_speaker(const QuoteScene *scene, uint16_t sentence) {
  QuotePhrase nearest = no_phrase;
  uint32_t count = scene->attribution_count;
  for (uint32_t i = count; i-- > 0 && count - i <= EARLIER_MAX;) {
    const QuoteAttribution *earlier = &scene->attributions[i];
    if (earlier->sentence != sentence) break;
    if (earlier->label || earlier->muted || earlier->rule == QUOTE_RULE_ACCORDING_TO) continue;
    if (!is_subordinate(scene, earlier)) return earlier->speaker;
    if (nearest.first == QUOTE_NONE) nearest = earlier->speaker;
  }
  return nearest;
}

static QuotePhrase shared_subject(const QuoteScene *scene, uint32_t verb) {
  QuotePhrase phrase = earlier_speaker(scene, scene->items[verb].sentence);
  if (phrase.first != QUOTE_NONE) return phrase;
  return quote_main_subject(scene, sentence_floor(scene, verb), verb);
}

// First and second person, and no one: nobody to give a quote to.
static bool is_nobody(const QuoteScene *scene, QuotePhrase phrase) {
  const QuoteItem *first = &scene->items[phrase.first];
  if (first->part == PART_DETERMINER) return first->symbol[0] == 'n';
  if (first->part != PART_PRONOUN) return false;
  return first->symbol[0] == '1' || first->symbol[0] == '2' || first->symbol[0] == '0';
}

// "said X": the phrase right behind the verb when it can be its subject.
static QuotePhrase inverted_subject(const QuoteScene *scene, uint32_t verb, bool after_quote) {
  uint32_t next = verb + 1, limit = quote_sentence_last(scene, verb) + 1;
  while (quote_is(scene, next, PART_IS(PART_ADVERB)) && next < limit)
    next++;
  if (next >= limit) return no_phrase;
  QuotePhrase phrase = quote_phrase_after(scene, next, limit);
  if (phrase.first == QUOTE_NONE) return no_phrase;
  if (quote_is(scene, phrase.first, PART_IS(PART_NUMBER)) &&
      quote_reference(scene, phrase, &(bool){false}) == GALLEY_REFERENCE_OTHER)
    return no_phrase;
  uint32_t behind = phrase.last + 1;
  if (behind >= limit) return phrase;
  uint32_t ends = PART_IS(PART_COMMA) | PART_IS(PART_STOP) | PART_IS(PART_QUOTE) |
                  PART_IS(PART_COLON) | PART_IS(PART_SEMICOLON) | PART_IS(PART_DASH) |
                  PART_IS(PART_OPEN);
  if (after_quote) {
    ends |= PART_IS(PART_DATE) | PART_IS(PART_PREPOSITION) | PART_IS(PART_SUBORDINATOR) |
            PART_IS(PART_PRONOUN) | PART_IS(PART_CONJUNCTION) | PART_IS(PART_ADVERB) |
            PART_IS(PART_WORD);
  }
  return quote_is(scene, behind, ends) ? phrase : no_phrase;
}

// First item of what was said: behind the verb, behind who was told, and behind "that".
static uint32_t complement_start(const QuoteScene *scene, uint32_t verb, uint32_t frames) {
  uint32_t limit = quote_sentence_last(scene, verb) + 1, next = verb + 1;
  uint32_t skip = PART_IS(PART_ADVERB) | PART_IS(PART_DATE);
  if (frames & FRAME('o')) {
    QuotePhrase object = quote_phrase_after(scene, next, limit);
    if (object.first != QUOTE_NONE) next = object.last + 1;
  }
  for (uint32_t i = next; i < limit && i < next + 10; i++) {
    if (quote_is(scene, i, PART_IS(PART_QUOTE) | PART_IS(PART_COMMA) | PART_IS(PART_COLON))) break;
    bool that = quote_has_class(scene, i, GALLEY_CLASS_SUBORDINATOR) &&
                quote_is(scene, i, PART_IS(PART_DETERMINER) | PART_IS(PART_SUBORDINATOR)) &&
                symbol_of(scene, i) == 'd';
    if (that) return i + 1;
  }
  while (next < limit && quote_is(scene, next, skip))
    next++;
  return next;
}

static void set_subject(const QuoteScene *scene, QuoteAttribution *self, QuotePhrase phrase,
                        QuoteRule rule) {
  self->speaker = phrase;
  self->rule = (uint8_t)rule;
  if (phrase.first == QUOTE_NONE) return;
  if (is_nobody(scene, phrase)) self->muted = true;
}

static void widen(QuoteAttribution *self, uint32_t first, uint32_t last) {
  if (first < self->first) self->first = first;
  if (last > self->last) self->last = last;
}

// "X was quoted as saying", "quoting X as saying": true when it is one.
static bool read_quoted_as(const QuoteScene *scene, QuoteAttribution *self, uint32_t floor) {
  uint32_t as = self->verb - 1;
  if (self->verb == floor || !is_preposition(scene, as, 'a')) return false;
  for (uint32_t i = as; i-- > floor && as - i < AGENT_REACH;) {
    if (!quote_is(scene, i, PART_IS(PART_VERB)) || !(scene->items[i].frames & FRAME('q'))) continue;
    VerbGroup group = read_group(scene, floor, i);
    QuotePhrase phrase = no_phrase;
    if (i + 1 < as) phrase = quote_phrase_after(scene, i + 1, as);
    if (phrase.first == QUOTE_NONE && group.before != QUOTE_NONE)
      phrase = quote_phrase_before(scene, floor, group.before);
    if (phrase.first == QUOTE_NONE) phrase = quote_main_subject(scene, floor, i);
    set_subject(scene, self, phrase, QUOTE_RULE_QUOTED_AS);
    self->cue.first = i;
    if (phrase.first != QUOTE_NONE) widen(self, phrase.first, phrase.last);
    widen(self, i, i);
    return true;
  }
  return false;
}

// "..., saying", "with one writer saying", "a sign saying".
static void read_participle(const QuoteScene *scene, QuoteAttribution *self, uint32_t floor,
                            const VerbGroup *group) {
  if (read_quoted_as(scene, self, floor)) return;
  if (scene->items[self->verb].frames & FRAME('q')) { // "quoting the agency"
    uint32_t limit = quote_sentence_last(scene, self->verb) + 1;
    set_subject(scene, self, quote_phrase_after(scene, self->verb + 1, limit),
                QUOTE_RULE_QUOTED_AS);
    return;
  }
  uint32_t before = group->before;
  uint32_t nominal =
      PART_IS(PART_NAME) | PART_IS(PART_WORD) | PART_IS(PART_PRONOUN) | PART_IS(PART_DETERMINER);
  if (group->be && before != QUOTE_NONE) { // "X is saying"
    set_subject(scene, self, quote_phrase_before(scene, floor, before), QUOTE_RULE_BEFORE);
    return;
  }
  if (before != QUOTE_NONE && quote_is(scene, before, nominal)) {
    QuotePhrase phrase = quote_phrase_before(scene, floor, before);
    if (phrase.first != QUOTE_NONE) {
      set_subject(scene, self, phrase, QUOTE_RULE_PARTICIPLE);
      widen(self, phrase.first, self->verb);
      return;
    }
  }
  // "They say adding salt helps": what is said, no cue.
  if (before != QUOTE_NONE && quote_is(scene, before, PART_IS(PART_VERB))) return;
  set_subject(scene, self, shared_subject(scene, self->verb), QUOTE_RULE_PARTICIPLE);
}

// "was called ... by X": the one who did it.
static QuotePhrase read_agent(const QuoteScene *scene, uint32_t verb) {
  uint32_t limit = quote_sentence_last(scene, verb) + 1;
  for (uint32_t i = verb + 1; i < limit && i < verb + AGENT_REACH; i++) {
    if (quote_is(scene, i, PART_IS(PART_STOP) | PART_IS(PART_SEMICOLON) | PART_IS(PART_VERB)))
      break;
    if (is_preposition(scene, i, 'b')) return quote_phrase_after(scene, i + 1, limit);
  }
  return no_phrase;
}

// "called "X"", "known as "X"", "dubbed the "X"" behind a noun or a form of be: a name is given.
static bool gives_name(const QuoteScene *scene, const QuoteAttribution *self,
                       const VerbGroup *group) {
  uint32_t frames = scene->items[self->verb].frames;
  if (!(frames & FRAME('k'))) return false;
  uint32_t next = self->verb + 1;
  bool as = is_preposition(scene, next, 'a');
  if (as) next++;
  while (quote_is(scene, next, PART_IS(PART_DETERMINER)))
    next++;
  if (!(frames & FRAME('n'))) return !(frames & FRAME('c')) || as;
  if (group->be) { // "called "a mess" by Ms. Roe" judges, "called "the bowl" by locals" names
    QuotePhrase agent = read_agent(scene, self->verb);
    return agent.first == QUOTE_NONE || !quote_is(scene, agent.last, PART_IS(PART_NAME));
  }
  bool told_of = group->before != QUOTE_NONE &&
                 !quote_is(scene, group->before, PART_IS(PART_PRONOUN)) && !group->have;
  return quote_is(scene, next, PART_IS(PART_QUOTE)) && told_of;
}

// "X rose and said": true when a conjunction stands before the verb.
static bool shares_subject(const QuoteScene *scene, const VerbGroup *group) {
  return group->before != QUOTE_NONE &&
         quote_is(scene, group->before, PART_IS(PART_CONJUNCTION) | PART_IS(PART_SEMICOLON));
}

static bool is_relative(const QuoteScene *scene, uint32_t item) {
  if (quote_is(scene, item, PART_IS(PART_PRONOUN))) return symbol_of(scene, item) == 'r';
  return quote_is(scene, item, PART_IS(PART_DETERMINER)) &&
         quote_has_class(scene, item, GALLEY_CLASS_SUBORDINATOR);
}

// A comma, or a quote that ends in one.
static bool ends_in_comma(const QuoteScene *scene, uint32_t item) {
  if (quote_is(scene, item, PART_IS(PART_COMMA))) return true;
  if (!quote_is(scene, item, PART_IS(PART_QUOTE))) return false;
  const MarkedQuote *quote = &scene->quotes[scene->items[item].quote];
  const GalleyToken *last = &scene->block->tokens[quote->last];
  return quote->first <= quote->last && last->kind == GALLEY_TOKEN_PUNCT && last->symbol == ',';
}

// Finite forms: the subject before the verb, or behind it.
static void read_finite(const QuoteScene *scene, QuoteAttribution *self, uint32_t floor,
                        const VerbGroup *group) {
  uint32_t before = group->before, frames = scene->items[self->verb].frames;
  bool open_left = before == QUOTE_NONE || quote_is(scene, before, PART_IS(PART_QUOTE));
  if (!open_left && quote_is(scene, before, PART_IS(PART_COMMA) | PART_IS(PART_DASH)) &&
      before > floor && quote_is(scene, before - 1, PART_IS(PART_QUOTE))) {
    open_left = true;
  }
  bool comma =
      before != QUOTE_NONE &&
      quote_is(scene, before, PART_IS(PART_COMMA) | PART_IS(PART_CLOSE) | PART_IS(PART_DASH));
  if (frames & FRAME('i') && !group->modal && !group->be && (open_left || comma)) {
    QuotePhrase phrase = inverted_subject(scene, self->verb, open_left);
    // "Roe, the owner, said the mill "will close"": what runs on into a quote is reported, and the
    // subject stands before the comma.
    bool runs_on = !open_left && quote_is(scene, phrase.last + 1, PART_IS(PART_QUOTE));
    if (phrase.first != QUOTE_NONE && !runs_on) {
      set_subject(scene, self, phrase, QUOTE_RULE_INVERTED);
      widen(self, self->verb, phrase.last);
      self->complement = phrase.last + 1;
      return;
    }
  }
  if (open_left) { // "X, who praised him as "strong," said": over the quote to the subject
    bool comma_before = before != QUOTE_NONE && ends_in_comma(scene, before);
    if (comma_before && !quote_is(scene, floor, PART_IS(PART_QUOTE))) {
      set_subject(scene, self, quote_main_subject(scene, floor, before), QUOTE_RULE_BEFORE);
    }
    return;
  }
  if (shares_subject(scene, group)) {
    set_subject(scene, self, shared_subject(scene, self->verb), QUOTE_RULE_SHARED_SUBJECT);
    return;
  }
  if (is_relative(scene, before) && before > floor) {
    uint32_t noun = before - 1;
    if (noun > floor && quote_is(scene, noun, PART_IS(PART_COMMA))) noun--;
    QuotePhrase phrase = quote_is(scene, noun, PART_IS(PART_NAME))
                             ? (QuotePhrase){noun, noun}
                             : quote_phrase_before(scene, floor, noun);
    set_subject(scene, self, phrase, QUOTE_RULE_RELATIVE);
    if (phrase.first != QUOTE_NONE) widen(self, phrase.first, self->verb);
    return;
  }
  if (is_preposition(scene, before, 't')) {
    if (infinitive_denied(scene, floor, before)) self->muted = true;
    set_subject(scene, self, shared_subject(scene, self->verb), QUOTE_RULE_SHARED_SUBJECT);
    return;
  }
  QuotePhrase phrase = comma ? quote_clause_subject(scene, floor, before)
                             : quote_phrase_before(scene, floor, before);
  set_subject(scene, self, phrase, QUOTE_RULE_BEFORE);
  if (phrase.first != QUOTE_NONE) widen(self, phrase.first, self->verb);
}

static void read_passive(const QuoteScene *scene, QuoteAttribution *self, uint32_t floor,
                         const VerbGroup *group) {
  uint32_t frames = scene->items[self->verb].frames;
  if (frames & FRAME('q') && group->before != QUOTE_NONE) {
    QuotePhrase phrase = quote_phrase_before(scene, floor, group->before);
    set_subject(scene, self, phrase, QUOTE_RULE_QUOTED_AS);
    if (phrase.first != QUOTE_NONE) widen(self, phrase.first, self->verb);
    return;
  }
  QuotePhrase agent = read_agent(scene, self->verb);
  set_subject(scene, self, agent, QUOTE_RULE_AGENT);
  if (agent.first == QUOTE_NONE) self->muted = self->passive = true;
}

// Who is meant by "according to".
static void read_according(const QuoteScene *scene, QuoteAttribution *self) {
  uint32_t limit = quote_sentence_last(scene, self->verb) + 1, to = self->verb + 1;
  self->cue.last = to;
  QuotePhrase phrase = quote_phrase_after(scene, to + 1, limit);
  set_subject(scene, self, phrase, QUOTE_RULE_ACCORDING_TO);
  self->complement = phrase.first == QUOTE_NONE ? to + 1 : phrase.last + 1;
  if (phrase.first != QUOTE_NONE) widen(self, self->verb, phrase.last);
  self->backwards = true;
}

static void add_attribution(QuoteScene *scene, const QuoteAttribution *found) {
  scene->attributions[scene->attribution_count++] = *found;
}

// ", asked about the report,": somebody was asked.
static bool is_asked(const QuoteScene *scene, uint32_t verb, const VerbGroup *group) {
  uint32_t next = verb + 1;
  bool opens = group->before == QUOTE_NONE ||
               quote_is(scene, group->before, PART_IS(PART_COMMA) | PART_IS(PART_SUBORDINATOR));
  bool clause = quote_is(scene, next, PART_IS(PART_SUBORDINATOR) | PART_IS(PART_PREPOSITION)) ||
                (quote_is(scene, next, PART_IS(PART_PRONOUN)) && symbol_of(scene, next) == 'r');
  return scene->items[verb].frames & FRAME('o') && scene->items[verb].frames & FRAME('p') &&
         !group->have && opens && clause;
}

static void read_verb(QuoteScene *scene, uint32_t verb) {
  const QuoteItem *item = &scene->items[verb];
  uint32_t floor = sentence_floor(scene, verb);
  VerbGroup group = read_group(scene, floor, verb);
  if (is_asked(scene, verb, &group)) return;
  QuoteAttribution self = {
      .verb = verb,
      .first = verb,
      .last = verb,
      .complement = complement_start(scene, verb, item->frames),
      .speaker = no_phrase,
      .cue = {verb, verb},
      .sentence = item->sentence,
      .muted = group.denied,
  };
  if (item->frames & FRAME('a')) {
    read_according(scene, &self);
  } else if (gives_name(scene, &self, &group)) {
    self.label = true;
    self.rule = QUOTE_RULE_AGENT;
  } else if (group.be && item->frames & FRAME('p') && !(item->frames & FRAME('g'))) {
    read_passive(scene, &self, floor, &group);
  } else if (item->frames & FRAME('g')) {
    read_participle(scene, &self, floor, &group);
  } else {
    self.backwards = true;
    read_finite(scene, &self, floor, &group);
  }
  if (self.speaker.first == QUOTE_NONE && !self.muted && !self.label) return;
  if (item->frames & FRAME('n') && !(item->frames & FRAME('c')) && self.rule == QUOTE_RULE_BEFORE) {
    self.rule = QUOTE_RULE_JUDGED;
  }
  add_attribution(scene, &self);
}

// A letter of what the lexicon says of a noun for speech.
static char noun_kind(const QuoteScene *scene, uint32_t noun, uint32_t letter) {
  const char *symbol =
      galley_lexicon_symbol(quote_token(scene, noun)->word, GALLEY_CLASS_SPEECH_NOUN);
  return symbol && symbol[0] ? symbol[letter] : '\0';
}

// "in the words of Ms. Doe"
static QuotePhrase words_of(const QuoteScene *scene, uint32_t noun, uint32_t floor) {
  bool framed = noun >= floor + 2 && quote_is(scene, noun - 1, PART_IS(PART_DETERMINER)) &&
                quote_is(scene, noun - 2, PART_IS(PART_PREPOSITION)) &&
                is_preposition(scene, noun + 1, 'o');
  if (!framed || noun_kind(scene, noun, 1) != 's') return no_phrase;
  return quote_phrase_after(scene, noun + 2, quote_sentence_last(scene, noun) + 1);
}

// "Ms. Doe's claim that", "her call for": whose the noun is.
static QuotePhrase owner_of(const QuoteScene *scene, uint32_t noun, uint32_t floor) {
  uint32_t between = PART_IS(PART_WORD) | PART_IS(PART_ADVERB) | PART_IS(PART_HYPHEN);
  uint32_t i = noun;
  while (i > floor && noun - i < 3 && quote_is(scene, i - 1, between))
    i--;
  if (i == floor) return no_phrase;
  const QuoteItem *before = &scene->items[i - 1];
  if (before->part == PART_POSSESSIVE && i >= floor + 2) {
    if (quote_is(scene, i - 2, PART_IS(PART_NAME))) return (QuotePhrase){i - 2, i - 2};
    uint32_t begin = i - 2; // "a line from his wife's speech": his wife
    while (begin > floor && !quote_is(scene, begin - 1, PART_IS(PART_PREPOSITION)))
      begin--;
    return quote_phrase_before(scene, begin, i - 2);
  }
  bool own = before->part == PART_DETERMINER && before->symbol[1] == 'd' &&
             before->symbol[0] != '1' && before->symbol[0] != '2';
  return own ? (QuotePhrase){i - 1, i - 1} : no_phrase;
}

static void read_speech_noun(QuoteScene *scene, uint32_t noun) {
  uint32_t floor = sentence_floor(scene, noun);
  QuotePhrase phrase = words_of(scene, noun, floor);
  bool words = phrase.first != QUOTE_NONE;
  bool about_words = noun_kind(scene, noun, 0) == 'w' && noun_kind(scene, noun, 1) != 's';
  if (!words && !about_words) phrase = owner_of(scene, noun, floor);
  if (phrase.first == QUOTE_NONE) return;
  QuoteAttribution self = {
      .verb = noun,
      .first = words ? noun - 2 : phrase.first,
      .last = words ? phrase.last : noun,
      .complement = words ? phrase.last + 1 : noun + 1,
      .speaker = phrase,
      .cue = {noun, noun},
      .sentence = scene->items[noun].sentence,
      .rule = words ? QUOTE_RULE_ACCORDING_TO : QUOTE_RULE_SPEECH_NOUN,
      .backwards = words,
  };
  add_attribution(scene, &self);
}

void quote_find_attributions(QuoteScene *scene) {
  scene->attribution_count = 0;
  for (uint32_t i = 0; i < scene->item_count; i++) {
    if (quote_is(scene, i, PART_IS(PART_VERB))) {
      read_verb(scene, i);
    } else if (quote_is(scene, i, PART_IS(PART_WORD)) &&
               quote_has_class(scene, i, GALLEY_CLASS_SPEECH_NOUN)) {
      read_speech_noun(scene, i);
    }
  }
}
