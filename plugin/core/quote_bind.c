// Gives each quote among the items of an outline the attribution it belongs to.
#include "quote.h"

// Items that may stand between a cue and the quote it introduces: "told reporters on Friday that".
#define INTRODUCTION_MAX 8
// Longest way from a quote to the cue of its tag, in items.
#define TAG_REACH 14
// How far from a quote its cue is looked for, in items.
#define CUE_REACH 120
// Items before a colon that can name a speaker without a verb.
#define LABEL_MAX 8
// Items of a line that signs a quote.
#define SIGNATURE_MAX 12

// Whether nothing but the subject's own words stand between the quote and the cue.
static bool is_adjacent_after(const QuoteScene *scene, uint32_t quote,
                              const QuoteAttribution *attribution) {
  uint32_t between = PART_IS(PART_COMMA) | PART_IS(PART_DASH) | PART_IS(PART_ADVERB) |
                     PART_IS(PART_WORD) | PART_IS(PART_DETERMINER) | PART_IS(PART_NAME) |
                     PART_IS(PART_POSSESSIVE) | PART_IS(PART_HYPHEN) | PART_IS(PART_NUMBER) |
                     PART_IS(PART_PREPOSITION);
  bool own_subject = attribution->speaker.first >= attribution->first || attribution->muted;
  if (attribution->first > quote + TAG_REACH || !own_subject) return false;
  for (uint32_t i = quote + 1; i < attribution->first; i++) {
    if (!quote_is(scene, i, between)) return false;
  }
  return true;
}

// "The "History" section says": the quote is part of the subject.
static bool is_in_subject(const QuoteScene *scene, uint32_t quote) {
  uint32_t holds = PART_IS(PART_DETERMINER) | PART_IS(PART_POSSESSIVE) | PART_IS(PART_WORD) |
                   PART_IS(PART_NAME) | PART_IS(PART_PREPOSITION);
  uint32_t next = PART_IS(PART_WORD) | PART_IS(PART_HYPHEN) | PART_IS(PART_PREPOSITION) |
                  PART_IS(PART_POSSESSIVE);
  if (quote == 0 || scene->items[quote - 1].sentence != scene->items[quote].sentence) return false;
  const MarkedQuote *marked = &scene->quotes[scene->items[quote].quote];
  const GalleyToken *last = &scene->block->tokens[marked->last];
  if (marked->first <= marked->last && last->kind == GALLEY_TOKEN_PUNCT) return false;
  return quote_is(scene, quote - 1, holds) && quote_is(scene, quote + 1, next);
}

// Whether only the person told, a date or "that" stands between the cue and the quote.
static bool is_adjacent_before(const QuoteScene *scene, const QuoteAttribution *attribution,
                               uint32_t quote) {
  uint32_t end = attribution->last;
  if (attribution->last < attribution->verb) end = attribution->verb;
  if (quote <= end) return false;
  if (quote == end + 1 || attribution->complement == quote) return true;
  uint32_t before = quote - 1;
  if (attribution->tags && quote - end < TAG_REACH) // "A," said X when asked, "B."
    return quote_is(scene, before, PART_IS(PART_COMMA));
  if (quote - end > INTRODUCTION_MAX) return false;
  if (quote_is(scene, before, PART_IS(PART_COLON))) return true;
  for (uint32_t i = end + 1; i < before; i++) {
    if (quote_is(scene, i, PART_IS(PART_VERB) | PART_IS(PART_AUXILIARY) | PART_IS(PART_QUOTE)))
      return false;
  }
  if (quote_is(scene, before, PART_IS(PART_COMMA))) return true;
  return quote_has_class(scene, before, GALLEY_CLASS_SUBORDINATOR) &&
         scene->items[before].symbol[0] == 'd';
}

static bool has_frame(const QuoteScene *scene, const QuoteAttribution *attribution, char frame) {
  return (scene->items[attribution->verb].frames & FRAME(frame)) != 0;
}

// Verbs that take a thing ("called the plan "a mess"") and say nothing else.
static bool only_judges(const QuoteScene *scene, const QuoteAttribution *attribution) {
  return has_frame(scene, attribution, 'n') && !has_frame(scene, attribution, 'c');
}

static bool other_quote_between(const QuoteScene *scene, uint32_t from, uint32_t to) {
  for (uint32_t i = from; i < to; i++) {
    if (quote_is(scene, i, PART_IS(PART_QUOTE))) return true;
  }
  return false;
}

// Thought in a clause of its own, behind ", but" or ", and", not reported by the cue before it.
static bool stands_alone(const QuoteScene *scene, const QuoteAttribution *thought) {
  return thought->first >= 2 && quote_is(scene, thought->first - 1, PART_IS(PART_CONJUNCTION)) &&
         quote_is(scene, thought->first - 2, PART_IS(PART_COMMA));
}

// What the cues of a quote's sentence are to it.
typedef struct {
  const QuoteAttribution *before;  // right before it
  const QuoteAttribution *tag;     // right behind it
  const QuoteAttribution *speech;  // nearest cue of speech before it
  const QuoteAttribution *thought; // nearest cue of thought, or noun for speech, before it
  const QuoteAttribution *later;   // first cue behind it that a comma sets off
} QuoteCues;

static void weigh(const QuoteScene *scene, QuoteCues *cues, const QuoteAttribution *one,
                  uint32_t quote) {
  bool weak = has_frame(scene, one, 'w');
  if (one->verb < quote) {
    bool tags_another =
        one->rule == QUOTE_RULE_INVERTED && other_quote_between(scene, one->last, quote);
    bool adjacent = is_adjacent_before(scene, one, quote);
    if (one->passive) { // "He was told "no"": not the one who said it
      if (quote <= one->verb + 2) cues->before = one;
      return;
    }
    if (adjacent) cues->before = one;
    if (weak || tags_another || one->tags) return;
    if (has_frame(scene, one, 't') || one->rule == QUOTE_RULE_SPEECH_NOUN) {
      if (!cues->speech || stands_alone(scene, one)) cues->thought = one;
    } else {
      cues->speech = one;
      cues->thought = NULL;
    }
    return;
  }
  if (only_judges(scene, one) || one->label || one->passive) return;
  if (is_adjacent_after(scene, quote, one)) {
    if (!cues->tag && !is_in_subject(scene, quote)) cues->tag = one;
  } else if (!cues->later && !weak && one->backwards && one->first > 0 &&
             quote_is(scene, one->first - 1, PART_IS(PART_COMMA) | PART_IS(PART_DASH))) {
    cues->later = one;
  }
}

// A tag says nothing more: "..., Ms. Roe replied." and not "Ms. Roe replied that he was wrong".
static bool ends_clause(const QuoteScene *scene, const QuoteAttribution *tag) {
  uint32_t next = tag->last > tag->verb ? tag->last + 1 : tag->complement;
  if (next > 0 && quote_has_class(scene, next - 1, GALLEY_CLASS_SUBORDINATOR)) return false;
  uint32_t goes_on = PART_IS(PART_PRONOUN) | PART_IS(PART_DETERMINER) | PART_IS(PART_NAME) |
                     PART_IS(PART_WORD) | PART_IS(PART_NUMBER) | PART_IS(PART_AUXILIARY);
  return !quote_is(scene, next, goes_on);
}

// The first attribution whose verb is `item` or stands behind it.
static uint32_t first_from(const QuoteScene *scene, uint32_t item) {
  uint32_t low = 0, high = scene->attribution_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (scene->attributions[middle].verb < item) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// The attribution of the quote: the cue right before it, the tag right behind it, the nearest cue
// before it, the first behind it.
static const QuoteAttribution *choose(const QuoteScene *scene, uint32_t quote) {
  QuoteCues cues = {NULL, NULL, NULL, NULL, NULL};
  uint32_t begins = quote_sentence_first(scene, quote), ends = quote_sentence_last(scene, quote);
  if (quote - begins > CUE_REACH) begins = quote - CUE_REACH;
  if (ends - quote > CUE_REACH) ends = quote + CUE_REACH;
  for (uint32_t i = first_from(scene, begins); i < scene->attribution_count; i++) {
    if (scene->attributions[i].verb > ends) break;
    weigh(scene, &cues, &scene->attributions[i], quote);
  }
  bool reported = cues.before && cues.speech && // "said she knew "nothing""
                  (cues.before->rule == QUOTE_RULE_SPEECH_NOUN ||
                   (has_frame(scene, cues.before, 't') && !stands_alone(scene, cues.before)));
  if (reported) cues.before = NULL;
  if (cues.before) return cues.before;
  if (cues.tag && (!cues.speech || ends_clause(scene, cues.tag))) return cues.tag;
  if (cues.thought) return cues.thought;
  return cues.speech ? cues.speech : cues.later;
}

static void take(QuoteScene *scene, MarkedQuote *quote, QuotePhrase speaker, QuotePhrase cue,
                 uint8_t rule) {
  quote->speaker = quote_phrase_range(scene, speaker);
  quote->cue = quote_phrase_range(scene, cue);
  quote->cue_rule = rule;
  quote->reference = (uint8_t)quote_reference(scene, speaker, &quote->definite);
}

// "Jane Doe: "..."" and "Jane Doe's answer: "..."" in a sentence without a verb.
static bool bind_colon(QuoteScene *scene, uint32_t item, MarkedQuote *quote) {
  uint32_t floor = quote_sentence_first(scene, item);
  if (item == floor || !quote_is(scene, item - 1, PART_IS(PART_COLON))) return false;
  uint32_t end = item - 1;
  if (end == floor || end - floor > LABEL_MAX) return false;
  for (uint32_t i = floor; i < end; i++) {
    if (quote_is(scene, i, PART_IS(PART_AUXILIARY) | PART_IS(PART_QUOTE))) return false;
  }
  QuotePhrase phrase = quote_phrase_after(scene, floor, end);
  if (phrase.first == QUOTE_NONE || !quote_is(scene, phrase.last, PART_IS(PART_NAME))) return false;
  take(scene, quote, phrase, (QuotePhrase){QUOTE_NONE, QUOTE_NONE}, QUOTE_RULE_COLON);
  return true;
}

// A date, or a number that can be a year.
static bool is_dated(const QuoteScene *scene, uint32_t item) {
  const GalleyToken *token = quote_token(scene, item);
  return quote_is(scene, item, PART_IS(PART_DATE)) ||
         (quote_is(scene, item, PART_IS(PART_NUMBER)) && token->end - token->start == 4);
}

// A quote with a name behind it up to the end of the line: "..." - Jane Doe, chemist
static bool bind_signature(QuoteScene *scene, uint32_t item, MarkedQuote *quote) {
  uint32_t next = item + 1;
  bool dash = quote_is(scene, next, PART_IS(PART_DASH));
  if (dash) next++;
  bool opens = item == 0 || quote_token(scene, item)->shape & GALLEY_SHAPE_LINE_START ||
               quote_is(scene, item - 1, PART_IS(PART_STOP));
  uint32_t begins =
      PART_IS(PART_NAME) | PART_IS(PART_WORD) | PART_IS(PART_DETERMINER) | PART_IS(PART_OTHER);
  if (!opens || !quote_is(scene, next, begins)) return false;
  uint32_t end = next;
  while (end < scene->item_count && end - next <= SIGNATURE_MAX &&
         !(quote_token(scene, end)->shape & GALLEY_SHAPE_LINE_START)) {
    end++;
  }
  if (end - next > SIGNATURE_MAX) return false;
  uint32_t breaks = PART_IS(PART_AUXILIARY) | PART_IS(PART_VERB) | PART_IS(PART_STOP) |
                    PART_IS(PART_SUBORDINATOR);
  for (uint32_t i = next; i < end; i++) {
    bool inner_point = quote_is(scene, i, PART_IS(PART_STOP)) && i + 1 < end &&
                       !(quote_token(scene, i + 1)->shape & GALLEY_SHAPE_SPACE_BEFORE);
    if (quote_is(scene, i, breaks) && !inner_point) return false;
    if (dash && is_dated(scene, i)) { // "Title" - The Paper, 3 May 2016
      quote->rule = QUOTE_RULE_REFERENCE;
      return true;
    }
  }
  QuotePhrase phrase = quote_phrase_after(scene, next, end);
  if (phrase.first == QUOTE_NONE) return false;
  bool name = quote_is(scene, phrase.last, PART_IS(PART_NAME));
  if (!dash && !name && end < scene->item_count) return false;
  take(scene, quote, phrase, (QuotePhrase){QUOTE_NONE, QUOTE_NONE}, QUOTE_RULE_SIGNED);
  for (uint32_t i = next; i < end; i++) { // the work that it is from
    if (quote_is(scene, i, PART_IS(PART_QUOTE)))
      scene->quotes[scene->items[i].quote].rule = QUOTE_RULE_REFERENCE;
  }
  return true;
}

// A quote cut by its cue goes on behind it: "A," said X, "B."
static bool joins_before(const QuoteScene *scene, uint32_t item,
                         const QuoteAttribution *attribution) {
  bool right_behind = quote_is(scene, item - 1, PART_IS(PART_COMMA) | PART_IS(PART_DASH)) ||
                      attribution->last + 1 == item;
  return attribution->used && right_behind && item > attribution->last &&
         is_adjacent_before(scene, attribution, item);
}

static void bind_quote(QuoteScene *scene, uint32_t item) {
  MarkedQuote *quote = &scene->quotes[scene->items[item].quote];
  if (quote->rule == QUOTE_RULE_REFERENCE || bind_signature(scene, item, quote)) return;
  const QuoteAttribution *chosen = choose(scene, item);
  if (!chosen) {
    bind_colon(scene, item, quote);
    return;
  }
  if (chosen->label) {
    uint32_t distance = item - chosen->verb;
    if (distance <= 4) quote->rule = QUOTE_RULE_LABEL;
    return;
  }
  if (chosen->muted) {
    quote->not_said = true;
    return;
  }
  take(scene, quote, chosen->speaker, chosen->cue, chosen->rule);
  quote->joins = joins_before(scene, item, chosen);
  QuoteAttribution *given = &scene->attributions[chosen - scene->attributions];
  given->used = true;
  given->tags |=
      given->verb > item && is_adjacent_after(scene, item, given) && ends_clause(scene, given);
}

void quote_bind(QuoteScene *scene) {
  for (uint32_t i = 0; i < scene->item_count; i++) {
    if (quote_is(scene, i, PART_IS(PART_QUOTE))) bind_quote(scene, i);
  }
}
