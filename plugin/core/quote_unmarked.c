// Speech without quotation marks: dialogue after a dash, transcript lines, Markdown block quotes.
#include <string.h>

#include "quote.h"

enum { EN_DASH = 0x2013, EM_DASH = 0x2014, BAR = 0x2015 };

// Most words of a name before the colon of a transcript line.
#define TURN_NAME_WORDS 5
// Fewest words of dialogue after a dash: "— Reuters" is none.
#define DASH_WORDS 3

static bool is_dash(const GalleyToken *token) {
  if (token->kind != GALLEY_TOKEN_PUNCT) return false;
  return token->symbol == EN_DASH || token->symbol == EM_DASH || token->symbol == BAR ||
         (token->symbol == '-' && token->end - token->start == 2);
}

static bool is_colon(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_PUNCT && token->symbol == ':';
}

bool quote_may_be_unmarked(const GalleyBlockView *block) {
  if (block->kind == GALLEY_BLOCK_BLOCK_QUOTE) return true;
  if (block->kind != GALLEY_BLOCK_PARAGRAPH) return false;
  if (block->token_count && is_dash(&block->tokens[0])) return true;
  for (uint32_t i = 1; i < block->token_count && i <= TURN_NAME_WORDS; i++) {
    if (is_colon(&block->tokens[i])) return true;
  }
  return false;
}

// The token of the colon when a transcript line begins at `at`, 0 when none does.
static uint32_t turn_colon(const QuoteScene *scene, uint32_t at) {
  const GalleyBlockView *block = scene->block;
  bool shouted = true, named = true;
  uint32_t i = at;
  for (; i < block->token_count && i - at <= TURN_NAME_WORDS; i++) {
    const GalleyToken *token = &block->tokens[i];
    if (is_colon(token)) break;
    if (token->kind != GALLEY_TOKEN_WORD || (i > at && token->shape & GALLEY_SHAPE_LINE_START))
      return 0;
    bool letter = token->end - token->start == 1 && token->shape & GALLEY_SHAPE_CAPITAL;
    shouted = shouted &&
              (token->shape & GALLEY_SHAPE_ALL_CAPS || letter || token->shape & GALLEY_SHAPE_POINT);
    uint32_t cover = scene->cover[i];
    named = named && cover && block->spans->items[cover - 1].kind == GALLEY_KIND_ENTITY &&
            block->spans->items[cover - 1].type == GALLEY_ENTITY_PERSON;
  }
  if (i == at || i + 1 >= block->token_count || !is_colon(&block->tokens[i])) return 0;
  const GalleyToken *next = &block->tokens[i + 1];
  bool begins = next->shape & GALLEY_SHAPE_SPACE_BEFORE && next->kind != GALLEY_TOKEN_QUOTE_OPEN;
  if (!begins || !(shouted || named)) return 0;
  uint64_t labels = GALLEY_IS(GALLEY_CLASS_SPEECH_NOUN) | GALLEY_IS(GALLEY_CLASS_CUE);
  return block->tokens[at].classes & labels ? 0 : i;
}

static GalleySpan speech(GalleyQuoteForm form) {
  GalleySpan span;
  memset(&span, 0, sizeof span);
  span.type = GALLEY_QUOTE_DIRECT;
  span.subtype = (uint8_t)form;
  span.quote.speaker_cluster = span.quote.speaker_block = UINT32_MAX;
  return span;
}

static bool add(QuoteScene *scene, QuoteRule rule, uint32_t first, uint32_t last,
                GalleySpan *span) {
  const GalleyToken *tokens = scene->block->tokens;
  span->quote.content = (GalleyRange){tokens[first].start, tokens[last].end};
  return galley_block_add(scene->block, GALLEY_KIND_QUOTE, GALLEY_RULE(GALLEY_KIND_QUOTE, rule),
                          first, last, span);
}

static uint32_t line_end(const GalleyBlockView *block, uint32_t at) {
  while (at + 1 < block->token_count && !(block->tokens[at + 1].shape & GALLEY_SHAPE_LINE_START))
    at++;
  return at;
}

// Lines "NAME: ..."; what stands below one belongs to it until the next.
static bool read_turns(QuoteScene *scene, bool *speech_found) {
  const GalleyBlockView *block = scene->block;
  uint32_t at = 0;
  while (at < block->token_count) {
    uint32_t colon = turn_colon(scene, at);
    uint32_t last = line_end(block, at);
    if (colon == 0) {
      if (at == 0) return true;
      at = last + 1;
      continue;
    }
    while (last + 1 < block->token_count && !turn_colon(scene, last + 1))
      last = line_end(block, last + 1);
    GalleySpan span = speech(GALLEY_QUOTE_TRANSCRIPT);
    span.quote.speaker = (GalleyRange){block->tokens[at].start, block->tokens[colon - 1].end};
    span.quote.cue_rule = GALLEY_RULE(GALLEY_KIND_QUOTE, QUOTE_RULE_TURN);
    span.quote.reference = GALLEY_REFERENCE_NAME;
    if (!add(scene, QUOTE_RULE_TRANSCRIPT, colon + 1, last, &span)) return false;
    *speech_found = true;
    at = last + 1;
  }
  return true;
}

// The tag in a line of dialogue: "— Not now, said Ann."
static const QuoteAttribution *find_tag(const QuoteScene *scene) {
  for (uint32_t i = 0; i < scene->attribution_count; i++) {
    const QuoteAttribution *one = &scene->attributions[i];
    bool set_off =
        one->first > 0 && quote_is(scene, one->first - 1,
                                   PART_IS(PART_COMMA) | PART_IS(PART_STOP) | PART_IS(PART_DASH));
    bool tags = one->rule == QUOTE_RULE_INVERTED || quote_tag_follows(scene, one->first, true);
    if (set_off && tags && !one->muted && one->speaker.first != QUOTE_NONE) return one;
  }
  return NULL;
}

static uint32_t count_words(const GalleyBlockView *block, uint32_t first, uint32_t last) {
  uint32_t words = 0;
  for (uint32_t i = first; i <= last; i++)
    words += block->tokens[i].kind == GALLEY_TOKEN_WORD;
  return words;
}

static bool read_dash_line(QuoteScene *scene, uint32_t first, uint32_t last, bool *speech_found) {
  quote_outline_read(scene, first + 1, last, QUOTE_NONE);
  quote_find_attributions(scene);
  const QuoteAttribution *tag = find_tag(scene);
  GalleySpan span = speech(GALLEY_QUOTE_DASH);
  uint32_t end = last;
  if (tag) {
    uint32_t item = tag->first - 1;
    while (item > 0 && quote_is(scene, item, PART_IS(PART_COMMA) | PART_IS(PART_DASH)))
      item--;
    end = scene->items[item].last;
    bool definite;
    span.quote.speaker = quote_phrase_range(scene, tag->speaker);
    span.quote.cue = quote_phrase_range(scene, tag->cue);
    span.quote.cue_rule = GALLEY_RULE(GALLEY_KIND_QUOTE, tag->rule);
    span.quote.reference = (uint8_t)quote_reference(scene, tag->speaker, &definite);
    if (definite) span.quote.link |= GALLEY_LINK_DEFINITE;
  } else if (count_words(scene->block, first, last) < DASH_WORDS) {
    return true;
  }
  *speech_found = true;
  if (!add(scene, QUOTE_RULE_DASH, first, end, &span)) return false;
  GalleySpan *added = &scene->block->spans->items[scene->block->spans->count - 1];
  added->quote.content.start = scene->block->tokens[first + 1].start; // without the dash
  return true;
}

static bool read_dashes(QuoteScene *scene, bool *speech_found) {
  const GalleyBlockView *block = scene->block;
  uint32_t at = 0;
  while (at + 1 < block->token_count && is_dash(&block->tokens[at])) {
    uint32_t last = line_end(block, at);
    while (last + 1 < block->token_count && !is_dash(&block->tokens[last + 1]))
      last = line_end(block, last + 1);
    if (last > at && !read_dash_line(scene, at, last, speech_found)) return false;
    at = last + 1;
  }
  return true;
}

// A Markdown block quote, less a last line that signs it ("— Ann Roe").
static bool read_block_quote(QuoteScene *scene, bool *speech_found) {
  const GalleyBlockView *block = scene->block;
  uint32_t last = block->token_count - 1, signature = last;
  while (signature > 0 && !(block->tokens[signature].shape & GALLEY_SHAPE_LINE_START))
    signature--;
  GalleySpan span = speech(GALLEY_QUOTE_BLOCK);
  bool signs = signature > 0 && signature < last && is_dash(&block->tokens[signature]);
  if (signs) {
    quote_outline_read(scene, signature + 1, last, QUOTE_NONE);
    QuotePhrase phrase = quote_phrase_after(scene, 0, scene->item_count);
    bool definite;
    span.quote.speaker = quote_phrase_range(scene, phrase);
    span.quote.reference = (uint8_t)quote_reference(scene, phrase, &definite);
    if (phrase.first != QUOTE_NONE)
      span.quote.cue_rule = GALLEY_RULE(GALLEY_KIND_QUOTE, QUOTE_RULE_SIGNED);
    last = signature - 1;
  }
  *speech_found = true;
  return add(scene, QUOTE_RULE_BLOCK, 0, last, &span);
}

bool quote_read_unmarked(QuoteScene *scene, bool *speech_found) {
  const GalleyBlockView *block = scene->block;
  *speech_found = false;
  if (!quote_may_be_unmarked(block) || block->tokens[0].kind == GALLEY_TOKEN_QUOTE_OPEN)
    return true;
  if (block->kind == GALLEY_BLOCK_BLOCK_QUOTE) return read_block_quote(scene, speech_found);
  if (is_dash(&block->tokens[0])) return read_dashes(scene, speech_found);
  return read_turns(scene, speech_found);
}
