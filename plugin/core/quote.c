// Quotes of a block: pairs of marks, what kind of quote each is, and the spans for them.
#include "quote.h"

#include <stdlib.h>
#include <string.h>

// Longest marked phrase without a cue that is taken for a scare quote, in words.
#define SCARE_WORDS 3
// Longest nickname in words: William "Bill" Roe.
#define NICKNAME_WORDS 3
// Fewest items of a reported clause, where "that" does not mark it.
#define CLAUSE_ITEMS 3
// Most items of a title before the name in a tag.
#define TITLE_ITEMS 8
// Longest sentence that is looked through for reported clauses, in items.
#define SENTENCE_MAX 400
// How far into such a clause its verb may stand, in items.
#define SUBJECT_REACH 10

static const GalleyRule rules[QUOTE_RULE_COUNT] = {
    [QUOTE_RULE_SENTENCE] = {"quote.sentence", "\"We will not sell,\" the owner said."},
    [QUOTE_RULE_FRAGMENT] = {"quote.fragment", "The owner called it \"a sad day\"."},
    [QUOTE_RULE_CLAUSE] = {"quote.clause", "The owner said that the mill would close."},
    [QUOTE_RULE_WORK] = {"quote.work", "Her first novel, \"The Weir\", sold well."},
    [QUOTE_RULE_TITLE_CASE] = {"quote.title-case", "They sang \"Over the Hills\"."},
    [QUOTE_RULE_REFERENCE] = {"quote.reference", "\"Mill to close\" - The Herald, 3 May 2016"},
    [QUOTE_RULE_LABEL] = {"quote.label", "a valley known as \"the bowl\""},
    [QUOTE_RULE_WORD] = {"quote.word", "the word \"mill\""},
    [QUOTE_RULE_NICKNAME] = {"quote.nickname", "William \"Bill\" Roe"},
    [QUOTE_RULE_SCARE] = {"quote.scare", "The \"reform\" cost millions."},
    [QUOTE_RULE_DASH] = {"quote.dash", "\u2014 We are closed, said the miller."},
    [QUOTE_RULE_BLOCK] = {"quote.block", "> We regret the delay."},
    [QUOTE_RULE_TRANSCRIPT] = {"quote.transcript", "MS ROE: I was not there."},
    [QUOTE_RULE_LEAD_IN] = {"quote.lead-in", "The owner added:"},
    [QUOTE_RULE_BEFORE] = {"speaker.before", "The owner said, \"No.\""},
    [QUOTE_RULE_INVERTED] = {"speaker.inverted", "\"No,\" said the owner."},
    [QUOTE_RULE_ACCORDING_TO] = {"speaker.according-to", "It is \"gone\", according to Ms. Roe."},
    [QUOTE_RULE_QUOTED_AS] = {"speaker.quoted-as", "Roe was quoted as saying \"no\"."},
    [QUOTE_RULE_RELATIVE] = {"speaker.relative", "Roe, who said it was \"a mess\", left."},
    [QUOTE_RULE_SHARED_SUBJECT] = {"speaker.shared-subject", "Roe rose and said: \"No.\""},
    [QUOTE_RULE_PARTICIPLE] = {"speaker.participle", "Roe left, saying \"no\"."},
    [QUOTE_RULE_AGENT] = {"speaker.agent", "It was called \"a mess\" by Roe."},
    [QUOTE_RULE_JUDGED] = {"speaker.judged", "Roe called it \"a mess\"."},
    [QUOTE_RULE_SPEECH_NOUN] = {"speaker.speech-noun", "Roe's claim that \"all is well\""},
    [QUOTE_RULE_COLON] = {"speaker.colon", "Roe: \"We will not sell\""},
    [QUOTE_RULE_SIGNED] = {"speaker.signed", "\"We will not sell.\" - Ann Roe"},
    [QUOTE_RULE_TURN] = {"speaker.turn", "MS ROE: I was not there."},
    [QUOTE_RULE_SENTENCE_SUBJECT] = {"speaker.sentence-subject", "Roe ran on \"a mill for all\"."},
    [QUOTE_RULE_CONTINUED] = {"speaker.continued", "\"No,\" said Roe, \"not now.\""},
    [QUOTE_RULE_SAME_PARAGRAPH] = {"speaker.same-paragraph", "\"No,\" said Roe. \"Not now.\""},
    [QUOTE_RULE_MENTION] = {"speaker.mention", "Roe shook her head. \"Not now.\""},
    [QUOTE_RULE_LED_IN] = {"speaker.led-in", "Roe said:\\n\\n\"Not now.\""},
    [QUOTE_RULE_PARAGRAPH_BEFORE] = {"speaker.paragraph-before", "... said Roe.\\n\\n\"Not now.\""},
    [QUOTE_RULE_LATER] = {"speaker.later", "\"No.\" \"Not now,\" said Roe."},
};

const GalleyRuleTable galley_quote_rules = {rules, QUOTE_RULE_COUNT};

static void close_quote(MarkedQuote *quote, uint32_t last) {
  quote->last = last;
}

// Pairs the marks; their tokens' depth says which belong together.
static void pair_marks(QuoteScene *scene) {
  const GalleyToken *tokens = scene->block->tokens;
  uint32_t top = QUOTE_NONE; // innermost open quote
  for (uint32_t i = 0; i < scene->block->token_count; i++) {
    bool open = tokens[i].kind == GALLEY_TOKEN_QUOTE_OPEN;
    bool close = tokens[i].kind == GALLEY_TOKEN_QUOTE_CLOSE;
    uint8_t depth = tokens[i].depth;
    while (top != QUOTE_NONE &&
           (scene->quotes[top].depth > depth || (open && scene->quotes[top].depth == depth))) {
      close_quote(&scene->quotes[top], i - 1);
      top = scene->quotes[top].parent;
    }
    if (open) {
      MarkedQuote *quote = &scene->quotes[scene->quote_count];
      *quote = (MarkedQuote){.open = i, .close = QUOTE_NONE, .parent = top, .depth = depth};
      quote->first = i + 1;
      quote->rule = QUOTE_RULE_COUNT;
      if (top != QUOTE_NONE) scene->quotes[top].has_child = true;
      top = scene->quote_count++;
    } else if (close && top != QUOTE_NONE && scene->quotes[top].depth == depth) {
      scene->quotes[top].close = i;
      close_quote(&scene->quotes[top], i - 1);
      top = scene->quotes[top].parent;
    }
  }
  for (; top != QUOTE_NONE; top = scene->quotes[top].parent)
    close_quote(&scene->quotes[top], scene->block->token_count - 1);
}

static uint32_t token_at(const GalleyBlockView *block, uint32_t byte) {
  uint32_t low = 0, high = block->token_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (block->tokens[middle].start < byte) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

static void cover_tokens(QuoteScene *scene) {
  const GalleyBlockView *block = scene->block;
  for (uint32_t i = 0; i < block->spans->count; i++) {
    const GalleySpan *span = &block->spans->items[i];
    if (span->kind != GALLEY_KIND_ENTITY && span->kind != GALLEY_KIND_DATE) continue;
    for (uint32_t t = token_at(block, span->start);
         t < block->token_count && block->tokens[t].start < span->end; t++) {
      bool mark = block->tokens[t].kind == GALLEY_TOKEN_QUOTE_OPEN ||
                  block->tokens[t].kind == GALLEY_TOKEN_QUOTE_CLOSE;
      if (!mark && !scene->cover[t]) scene->cover[t] = i + 1;
    }
  }
}

// What the words between the marks look like.
typedef struct {
  uint32_t words;
  uint32_t capitals; // words that begin upper case
  bool title_case;   // two capitals or more, and no long word without
  bool opens_upper;
  bool stops;   // ends in . ? ! or an ellipsis
  bool commas;  // ends in a comma, as before a tag
  bool several; // holds the end of a sentence and more words behind it
} QuoteLook;

static bool is_small_word(const GalleyToken *token) {
  uint64_t small = GALLEY_IS(GALLEY_CLASS_PREPOSITION) | GALLEY_IS(GALLEY_CLASS_CONJUNCTION) |
                   GALLEY_IS(GALLEY_CLASS_DETERMINER);
  return token->classes & small && token->end - token->start < 6;
}

static bool is_stop_token(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_PUNCT && (token->symbol == '.' || token->symbol == '?' ||
                                               token->symbol == '!' || token->symbol == 0x2026);
}

static QuoteLook look_at(const QuoteScene *scene, const MarkedQuote *quote) {
  QuoteLook look = {.title_case = true};
  const GalleyToken *last = NULL, *tokens = scene->block->tokens;
  for (uint32_t i = quote->first; i <= quote->last && i < scene->block->token_count; i++) {
    const GalleyToken *token = &tokens[i];
    if (token->kind == GALLEY_TOKEN_QUOTE_OPEN || token->kind == GALLEY_TOKEN_QUOTE_CLOSE) continue;
    bool word = token->kind == GALLEY_TOKEN_WORD || token->kind == GALLEY_TOKEN_NUMBER;
    if (word) {
      bool upper = token->shape & GALLEY_SHAPE_CAPITAL;
      if (look.words == 0) look.opens_upper = upper || token->kind == GALLEY_TOKEN_NUMBER;
      if (last && is_stop_token(last)) look.several = true;
      look.words++;
      look.capitals += upper;
      if (!upper && token->kind == GALLEY_TOKEN_WORD && !is_small_word(token))
        look.title_case = false;
    }
    last = token;
  }
  if (last) {
    look.stops = is_stop_token(last);
    look.commas = last->kind == GALLEY_TOKEN_PUNCT && last->symbol == ',';
  }
  look.title_case = look.title_case && look.capitals >= 2 && !look.several;
  return look;
}

// A name, or a capitalised word that was not taken for one.
static bool is_name_like(const QuoteScene *scene, uint32_t item) {
  if (quote_is(scene, item, PART_IS(PART_NAME))) return true;
  return quote_is(scene, item, PART_IS(PART_WORD)) &&
         quote_token(scene, item)->shape & GALLEY_SHAPE_CAPITAL;
}

static bool is_nickname(const QuoteScene *scene, uint32_t item, const QuoteLook *look) {
  if (look->words > NICKNAME_WORDS || look->stops || item == 0) return false;
  return is_name_like(scene, item - 1) && is_name_like(scene, item + 1) &&
         scene->items[item - 1].sentence == scene->items[item + 1].sentence;
}

// "the novel "X"", "her novel, "X"", ""X", a novel by ..."
static bool is_named_work(const QuoteScene *scene, uint32_t item) {
  uint32_t before = item;
  if (before > 0 && quote_is(scene, before - 1, PART_IS(PART_COMMA))) before--;
  if (before > 0 && quote_is(scene, before - 1, PART_IS(PART_WORD) | PART_IS(PART_NAME)) &&
      quote_has_class(scene, before - 1, GALLEY_CLASS_WORK)) {
    return true;
  }
  for (uint32_t i = item + 1; i < scene->item_count && i < item + 5; i++) {
    if (!quote_is(scene, i, PART_IS(PART_COMMA) | PART_IS(PART_DETERMINER) | PART_IS(PART_WORD)))
      return false;
    if (i > item + 1 && quote_is(scene, item + 1, PART_IS(PART_COMMA)) &&
        quote_has_class(scene, i, GALLEY_CLASS_WORK))
      return true;
  }
  return false;
}

// "the word "X"", "the term "X""
static bool is_word_about_words(const QuoteScene *scene, uint32_t item) {
  if (item == 0 || !quote_is(scene, item - 1, PART_IS(PART_WORD) | PART_IS(PART_VERB)))
    return false;
  const char *symbol =
      galley_lexicon_symbol(quote_token(scene, item - 1)->word, GALLEY_CLASS_SPEECH_NOUN);
  if (!symbol || symbol[0] != 'w') return false;
  if (symbol[1] != 's') return true;
  // "the words "..."" names them, "his words "..."" may be judged by somebody
  return item >= 2 && quote_is(scene, item - 2, PART_IS(PART_DETERMINER)) &&
         scene->items[item - 2].symbol[1] != 'd';
}

static void set_type(MarkedQuote *quote, GalleyQuoteType type, QuoteRule rule) {
  quote->type = (uint8_t)type;
  quote->rule = (uint8_t)rule;
}

static void drop_speaker(MarkedQuote *quote) {
  quote->speaker = quote->cue = (GalleyRange){0, 0};
  quote->cue_rule = 0;
  quote->reference = GALLEY_REFERENCE_NONE;
  quote->joins = false;
}

// Speech of this many words or fewer needs a cue.
static void type_speech(const QuoteScene *scene, uint32_t item, MarkedQuote *quote,
                        const QuoteLook *look) {
  bool told = quote->cue_rule != 0;
  bool set_off = look->stops || look->commas ||
                 quote_is(scene, item + 1, PART_IS(PART_COMMA) | PART_IS(PART_STOP)) ||
                 item + 1 == scene->item_count || quote->close == QUOTE_NONE;
  bool whole = look->words > 1 || look->stops || (told && look->commas);
  bool sentence = look->opens_upper && (set_off || look->several) && whole;
  if (sentence &&
      (told || look->stops || look->several || look->commas || look->words > SCARE_WORDS)) {
    set_type(quote, GALLEY_QUOTE_DIRECT, QUOTE_RULE_SENTENCE);
  } else if (!told && look->words <= SCARE_WORDS) {
    set_type(quote, GALLEY_QUOTE_SCARE, QUOTE_RULE_SCARE);
  } else {
    set_type(quote, GALLEY_QUOTE_MIXED, QUOTE_RULE_FRAGMENT);
  }
}

static void classify(const QuoteScene *scene, uint32_t item, MarkedQuote *quote) {
  QuoteLook look = look_at(scene, quote);
  bool opens = item == 0 || scene->items[item - 1].sentence != scene->items[item].sentence;
  bool introduced = !opens && quote_is(scene, item - 1, PART_IS(PART_COMMA) | PART_IS(PART_COLON));
  bool tagged = ((look.commas && opens) || introduced) && quote->cue_rule; // "Stop It," she said
  if (quote->rule == QUOTE_RULE_REFERENCE) {
    set_type(quote, GALLEY_QUOTE_TITLE, QUOTE_RULE_REFERENCE);
  } else if (quote->rule == QUOTE_RULE_LABEL) {
    set_type(quote, look.title_case ? GALLEY_QUOTE_TITLE : GALLEY_QUOTE_SCARE, QUOTE_RULE_LABEL);
  } else if (is_nickname(scene, item, &look)) {
    set_type(quote, GALLEY_QUOTE_SCARE, QUOTE_RULE_NICKNAME);
  } else if (!look.several && look.capitals > 0 && (!tagged || look.title_case) &&
             is_named_work(scene, item)) {
    set_type(quote, GALLEY_QUOTE_TITLE, QUOTE_RULE_WORK);
  } else if (is_word_about_words(scene, item)) {
    set_type(quote, GALLEY_QUOTE_SCARE, QUOTE_RULE_WORD);
  } else if (look.title_case && !tagged && (!look.stops || item > 0)) {
    set_type(quote, GALLEY_QUOTE_TITLE, QUOTE_RULE_TITLE_CASE);
  } else {
    type_speech(scene, item, quote, &look);
    bool inner = quote->depth > 1 && !quote->cue_rule && !quote->not_said;
    if (inner) set_type(quote, GALLEY_QUOTE_SCARE, QUOTE_RULE_SCARE);
  }
  if (quote->type >= GALLEY_QUOTE_TITLE) drop_speaker(quote);
}

// A fragment without a cue in a sentence about someone is most likely his.
static void give_to_subject(QuoteScene *scene, uint32_t item, MarkedQuote *quote) {
  if (quote->cue_rule || quote->not_said || quote->type != GALLEY_QUOTE_MIXED) return;
  uint32_t floor = quote_sentence_first(scene, item);
  QuotePhrase phrase = quote_main_subject(scene, floor, item);
  if (phrase.first == QUOTE_NONE) return;
  bool definite;
  GalleyQuoteReference reference = quote_reference(scene, phrase, &definite);
  if (reference == GALLEY_REFERENCE_OTHER || reference == GALLEY_REFERENCE_NONE) return;
  quote->speaker = quote_phrase_range(scene, phrase);
  quote->cue_rule = QUOTE_RULE_SENTENCE_SUBJECT;
  quote->reference = (uint8_t)reference;
  quote->definite = definite;
}

static GalleyRange content_of(const QuoteScene *scene, const MarkedQuote *quote) {
  const GalleyToken *tokens = scene->block->tokens;
  uint32_t start = tokens[quote->open].end;
  if (quote->first > quote->last) return (GalleyRange){start, start};
  return (GalleyRange){tokens[quote->first].start, tokens[quote->last].end};
}

static GalleySpan new_span(GalleyQuoteType type, GalleyQuoteForm form) {
  GalleySpan span;
  memset(&span, 0, sizeof span);
  span.type = (uint8_t)type;
  span.subtype = (uint8_t)form;
  span.quote.speaker_cluster = span.quote.speaker_block = UINT32_MAX;
  return span;
}

// A mark right before another that opens the same sort: it quotes nothing.
static bool is_empty(const QuoteScene *scene, const MarkedQuote *quote) {
  return quote->close == QUOTE_NONE && quote->last == quote->open &&
         quote->open + 1 < scene->block->token_count;
}

static bool emit_quote(QuoteScene *scene, const MarkedQuote *quote) {
  if (is_empty(scene, quote)) return true;
  GalleySpan span = new_span((GalleyQuoteType)quote->type, GALLEY_QUOTE_MARKS);
  span.state = quote->close == QUOTE_NONE ? GALLEY_QUOTE_UNCLOSED : GALLEY_QUOTE_CLOSED;
  span.quote.content = content_of(scene, quote);
  span.quote.speaker = quote->speaker;
  span.quote.cue = quote->cue;
  if (quote->cue_rule) span.quote.cue_rule = GALLEY_RULE(GALLEY_KIND_QUOTE, quote->cue_rule);
  span.quote.reference = quote->reference;
  if (quote->joins) span.quote.link |= GALLEY_LINK_JOINS;
  if (quote->not_said) span.quote.link |= GALLEY_LINK_NOT_SAID;
  if (quote->open == 0) span.quote.link |= GALLEY_LINK_OPENS;
  if (quote->definite) span.quote.link |= GALLEY_LINK_DEFINITE;
  uint32_t last = quote->close != QUOTE_NONE  ? quote->close
                  : quote->last > quote->open ? quote->last
                                              : quote->open;
  return galley_block_add(scene->block, GALLEY_KIND_QUOTE,
                          GALLEY_RULE(GALLEY_KIND_QUOTE, quote->rule), quote->open, last, &span);
}

static bool has_quote(const QuoteScene *scene, uint32_t first, uint32_t end) {
  for (uint32_t i = first; i < end; i++) {
    if (quote_is(scene, i, PART_IS(PART_QUOTE))) return true;
  }
  return false;
}

static uint32_t trim_end(const QuoteScene *scene, uint32_t first, uint32_t end) {
  uint32_t off = PART_IS(PART_STOP) | PART_IS(PART_COMMA) | PART_IS(PART_COLON) |
                 PART_IS(PART_SEMICOLON) | PART_IS(PART_DASH) | PART_IS(PART_CONJUNCTION);
  while (end > first && quote_is(scene, end - 1, off))
    end--;
  return end;
}

// "LARKHAVEN, March 3 (Reuters) — The port ...": where the sentence begins behind a dateline.
static uint32_t skip_dateline(const QuoteScene *scene, uint32_t begin, uint32_t limit) {
  uint32_t parts = PART_IS(PART_NAME) | PART_IS(PART_DATE) | PART_IS(PART_COMMA) |
                   PART_IS(PART_OPEN) | PART_IS(PART_CLOSE) | PART_IS(PART_NUMBER);
  if (begin != 0) return begin;
  uint32_t i = begin;
  while (i < limit && quote_is(scene, i, parts))
    i++;
  return i > begin && quote_is(scene, i, PART_IS(PART_DASH)) ? i + 1 : begin;
}

// Where the tag "..., chief executive Jane Doe said" begins, its comma left out; QUOTE_NONE when no
// comma sets it off.
static uint32_t tag_start(const QuoteScene *scene, const QuoteAttribution *tag, uint32_t begin) {
  uint32_t title = PART_IS(PART_WORD) | PART_IS(PART_DETERMINER) | PART_IS(PART_NAME) |
                   PART_IS(PART_POSSESSIVE) | PART_IS(PART_HYPHEN);
  uint32_t first = tag->first;
  bool own_subject = tag->speaker.first == first;
  while (own_subject && first > begin && tag->first - first < TITLE_ITEMS &&
         quote_is(scene, first - 1, title)) {
    first--;
  }
  bool set_off = first > begin + CLAUSE_ITEMS && quote_is(scene, first - 1, PART_IS(PART_COMMA));
  return set_off ? first : QUOTE_NONE;
}

// The items that an attribution reports without marks; first == end: none.
static void find_clause(const QuoteScene *scene, uint32_t index, uint32_t *first, uint32_t *end) {
  const QuoteAttribution *self = &scene->attributions[index];
  uint32_t begin = quote_sentence_first(scene, self->verb);
  uint32_t limit = quote_sentence_last(scene, self->verb) + 1;
  *first = *end = self->complement;
  if (limit - begin > SENTENCE_MAX) return;
  for (uint32_t i = index + 1; i < scene->attribution_count; i++) {
    const QuoteAttribution *next = &scene->attributions[i];
    if (next->first >= limit) break;
    if (scene->items[next->verb].frames & FRAME('w')) continue;
    bool own = next->sentence == self->sentence && next->first > self->verb + 1;
    bool cut = own && next->backwards &&
               quote_is(scene, next->first - 1, PART_IS(PART_CONJUNCTION) | PART_IS(PART_COMMA));
    if (cut && next->first < limit) limit = next->first;
  }
  *first = self->complement;
  while (*first < limit && quote_is(scene, *first, PART_IS(PART_COMMA)))
    ++*first;
  *end = trim_end(scene, *first, limit);
  bool that = *first > 0 && quote_has_class(scene, *first - 1, GALLEY_CLASS_SUBORDINATOR);
  if (*first < *end && (that || *end - *first >= CLAUSE_ITEMS)) return;
  uint32_t tag = self->backwards ? tag_start(scene, self, begin) : QUOTE_NONE;
  if (tag == QUOTE_NONE) {
    *end = *first;
    return;
  }
  begin = skip_dateline(scene, begin, tag);
  while (quote_is(scene, begin, PART_IS(PART_CONJUNCTION))) // "But it may, she said"
    begin++;
  *first = begin;
  *end = trim_end(scene, begin, tag);
}

// A phrase and a verb: "the mill would close" and not "the closure of the mill".
static bool has_subject_and_verb(const QuoteScene *scene, uint32_t first, uint32_t end) {
  uint32_t verbs = PART_IS(PART_AUXILIARY) | PART_IS(PART_VERB);
  uint32_t phrase = PART_IS(PART_WORD) | PART_IS(PART_NAME) | PART_IS(PART_DETERMINER) |
                    PART_IS(PART_NUMBER) | PART_IS(PART_POSSESSIVE) | PART_IS(PART_HYPHEN) |
                    PART_IS(PART_ADVERB);
  if (quote_is(scene, first, PART_IS(PART_SUBORDINATOR))) return true; // "where it stands"
  for (uint32_t i = first; i < end && i < first + SUBJECT_REACH; i++) {
    if (quote_is(scene, i, PART_IS(PART_PRONOUN))) return scene->items[i].symbol[1] == 's';
    if (quote_is(scene, i, verbs)) return i > first;
    bool tie = quote_is(scene, i, PART_IS(PART_PREPOSITION)) && scene->items[i].symbol[0] == 'o';
    if (!quote_is(scene, i, phrase) && !(tie && i > first)) return false;
  }
  return false;
}

// Whether the items can be a clause that the cue reports.
static bool is_clause(const QuoteScene *scene, const QuoteAttribution *cue, uint32_t first,
                      uint32_t end) {
  // "the states and the towns": what a conjunction goes on with is no clause that a verb reports.
  uint32_t never = PART_IS(PART_PREPOSITION) | PART_IS(PART_AUXILIARY) | PART_IS(PART_CONJUNCTION);
  if (end - first < 2 || quote_is(scene, first, never)) return false;
  bool behind = first > cue->verb;
  // What a comma sets off from "according to X" is a clause, whatever its verb.
  bool beside = behind ? quote_is(scene, first - 1, PART_IS(PART_COMMA)) : true;
  if (cue->rule == QUOTE_RULE_ACCORDING_TO && beside) return end - first >= CLAUSE_ITEMS;
  if (behind && quote_has_class(scene, first - 1, GALLEY_CLASS_SUBORDINATOR)) return true;
  uint32_t plain = FRAME('e') | FRAME('a');
  if (behind && !(scene->items[cue->verb].frames & plain))
    return has_subject_and_verb(scene, first, end);
  for (uint32_t i = first; i < end; i++) {
    if (quote_is(scene, i, PART_IS(PART_AUXILIARY) | PART_IS(PART_VERB))) return true;
    if (quote_is(scene, i, PART_IS(PART_PRONOUN)) && scene->items[i].symbol[1] == 's') return true;
  }
  return false;
}

static bool emit_attribution(QuoteScene *scene, uint32_t index) {
  const QuoteAttribution *self = &scene->attributions[index];
  if (self->used || self->muted || self->label || self->speaker.first == QUOTE_NONE) return true;
  uint32_t frames = scene->items[self->verb].frames, first = 0, end = 0;
  if (frames & FRAME('w')) return true;
  bool reports = frames & (FRAME('c') | FRAME('a')) && !(frames & FRAME('t')) &&
                 self->rule != QUOTE_RULE_SPEECH_NOUN;
  if (reports) find_clause(scene, index, &first, &end);
  bool clause = first < end && !has_quote(scene, first, end) && is_clause(scene, self, first, end);
  GalleySpan span =
      new_span(GALLEY_QUOTE_INDIRECT, clause ? GALLEY_QUOTE_CLAUSE : GALLEY_QUOTE_LEAD_IN);
  bool definite;
  span.quote.speaker = quote_phrase_range(scene, self->speaker);
  span.quote.cue = quote_phrase_range(scene, self->cue);
  span.quote.cue_rule = GALLEY_RULE(GALLEY_KIND_QUOTE, self->rule);
  span.quote.reference = (uint8_t)quote_reference(scene, self->speaker, &definite);
  if (definite) span.quote.link |= GALLEY_LINK_DEFINITE;
  if (!clause) {
    first = self->cue.first;
    end = self->cue.last + 1;
    span.hidden = 1;
  }
  uint32_t from = scene->items[first].first, to = scene->items[end - 1].last;
  span.quote.content =
      (GalleyRange){scene->block->tokens[from].start, scene->block->tokens[to].end};
  uint16_t rule = GALLEY_RULE(GALLEY_KIND_QUOTE, clause ? QUOTE_RULE_CLAUSE : QUOTE_RULE_LEAD_IN);
  return galley_block_add(scene->block, GALLEY_KIND_QUOTE, rule, from, to, &span);
}

// Reads tokens [first, last] with the quotes in them. `parent`: the quote whose content they are.
static bool read_stretch(QuoteScene *scene, uint32_t first, uint32_t last, uint32_t parent,
                         bool in_speech) {
  quote_outline_read(scene, first, last, parent);
  quote_find_attributions(scene);
  quote_bind(scene);
  uint32_t from = scene->block->spans->count;
  for (uint32_t i = 0; i < scene->item_count; i++) {
    if (!quote_is(scene, i, PART_IS(PART_QUOTE))) continue;
    MarkedQuote *quote = &scene->quotes[scene->items[i].quote];
    classify(scene, i, quote);
    if (!in_speech) give_to_subject(scene, i, quote);
    if (!emit_quote(scene, quote)) return false;
  }
  if (in_speech) return true;
  for (uint32_t i = 0; i < scene->attribution_count; i++) {
    if (!emit_attribution(scene, i)) return false;
  }
  bool leads_on = scene->item_count > 0 &&
                  quote_is(scene, scene->item_count - 1, PART_IS(PART_COLON) | PART_IS(PART_COMMA));
  GalleySpan *latest = NULL;
  for (uint32_t i = from; leads_on && i < scene->block->spans->count; i++) {
    GalleySpan *span = &scene->block->spans->items[i];
    bool speaks = span->quote.speaker.start < span->quote.speaker.end;
    if (speaks && (!latest || span->start > latest->start)) latest = span;
  }
  if (latest) latest->quote.link |= GALLEY_LINK_LEADS_ON;
  return true;
}

static bool read_block(QuoteScene *scene) {
  uint32_t last = scene->block->token_count - 1;
  bool speech = false;
  if (!quote_read_unmarked(scene, &speech)) return false;
  if (!read_stretch(scene, 0, last, QUOTE_NONE, speech)) return false;
  for (uint32_t i = 0; i < scene->quote_count; i++) {
    const MarkedQuote *quote = &scene->quotes[i];
    if (quote->has_child && !read_stretch(scene, quote->first, quote->last, i, true)) return false;
  }
  return true;
}

bool galley_quote_annotate(GalleyBlockView *block) {
  uint64_t cues = GALLEY_IS(GALLEY_CLASS_CUE) | GALLEY_IS(GALLEY_CLASS_SPEECH_NOUN);
  uint32_t quotes = 0, candidates = 0;
  for (uint32_t i = 0; i < block->token_count; i++) {
    quotes += block->tokens[i].kind == GALLEY_TOKEN_QUOTE_OPEN;
    candidates += (block->tokens[i].classes & cues) != 0;
  }
  if (!quotes && !candidates && !quote_may_be_unmarked(block)) return true;
  QuoteScene scene = {.block = block};
  scene.quotes = malloc((quotes + 1) * sizeof(MarkedQuote));
  scene.cover = calloc(block->token_count + 1, sizeof(uint32_t));
  scene.items = malloc((block->token_count + 1) * sizeof(QuoteItem));
  scene.attributions = malloc((candidates + 1) * sizeof(QuoteAttribution));
  bool done = scene.quotes && scene.cover && scene.items && scene.attributions;
  if (done) {
    pair_marks(&scene);
    cover_tokens(&scene);
    done = read_block(&scene);
  }
  free(scene.quotes);
  free(scene.cover);
  free(scene.items);
  free(scene.attributions);
  return done;
}
