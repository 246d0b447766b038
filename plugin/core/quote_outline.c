// A stretch of a block as items with a rough part of speech each, cut into sentences as the writer
// outside the quotes sees them.
#include "quote.h"

enum { EN_DASH = 0x2013, EM_DASH = 0x2014, BAR = 0x2015, HYPHEN = 0x2010, ELLIPSIS = 0x2026 };

// Longest way from a closing mark to the cue of its tag, in items.
#define TAG_REACH 14

static bool is_stop_symbol(uint32_t symbol) {
  return symbol == '.' || symbol == '?' || symbol == '!' || symbol == ELLIPSIS;
}

static uint8_t punctuation_part(const QuoteScene *scene, uint32_t at) {
  const GalleyToken *token = &scene->block->tokens[at];
  switch (token->symbol) {
  case ',':
    return PART_COMMA;
  case ':':
    return PART_COLON;
  case ';':
    return PART_SEMICOLON;
  case '(':
  case '[':
    return PART_OPEN;
  case ')':
  case ']':
    return PART_CLOSE;
  case '.':
  case '?':
  case '!':
  case ELLIPSIS:
    return PART_STOP;
  case '-':
  case HYPHEN:
  case EN_DASH:
  case EM_DASH:
  case BAR:
    break;
  default:
    return PART_OTHER;
  }
  bool long_dash = token->symbol == EM_DASH || token->symbol == BAR;
  bool spaced = token->shape & GALLEY_SHAPE_SPACE_BEFORE || at + 1 >= scene->block->token_count ||
                token[1].shape & GALLEY_SHAPE_SPACE_BEFORE;
  bool doubled = token->end - token->start > 1 && token->symbol == '-';
  return long_dash || spaced || doubled ? PART_DASH : PART_HYPHEN;
}

static bool ends_in_ly(const QuoteScene *scene, const GalleyToken *token) {
  const char *bytes = scene->block->bytes;
  return token->end - token->start > 4 && bytes[token->end - 1] == 'y' &&
         bytes[token->end - 2] == 'l' && !(token->shape & GALLEY_SHAPE_CAPITAL) &&
         !(token->classes & (GALLEY_IS(GALLEY_CLASS_CUE) | GALLEY_IS(GALLEY_CLASS_SPEECH_NOUN)));
}

static void read_symbol(QuoteItem *item, const GalleyToken *token, int class) {
  const char *symbol = galley_lexicon_symbol(token->word, class);
  item->symbol[0] = symbol ? symbol[0] : '\0';
  item->symbol[1] = symbol && symbol[0] ? symbol[1] : '\0';
}

static uint32_t read_frames(const GalleyToken *token) {
  const char *letters = galley_lexicon_symbol(token->word, GALLEY_CLASS_CUE);
  uint32_t frames = 0;
  for (; letters && *letters; letters++) {
    if (*letters >= 'a' && *letters <= 'z') frames |= FRAME(*letters);
  }
  return frames;
}

// Small words first: a word in several classes is most often the smallest of them.
static const struct {
  int class;
  uint8_t part;
} word_parts[] = {
    {GALLEY_CLASS_PRONOUN, PART_PRONOUN},         {GALLEY_CLASS_AUXILIARY, PART_AUXILIARY},
    {GALLEY_CLASS_DETERMINER, PART_DETERMINER},   {GALLEY_CLASS_CONJUNCTION, PART_CONJUNCTION},
    {GALLEY_CLASS_PREPOSITION, PART_PREPOSITION}, {GALLEY_CLASS_SUBORDINATOR, PART_SUBORDINATOR},
    {GALLEY_CLASS_NEGATION, PART_NEGATION},       {GALLEY_CLASS_ADVERB, PART_ADVERB},
};

static void read_word(const QuoteScene *scene, QuoteItem *item, const GalleyToken *token) {
  item->part = PART_WORD;
  for (uint32_t i = 0; i < sizeof word_parts / sizeof *word_parts; i++) {
    if (!(token->classes & GALLEY_IS(word_parts[i].class))) continue;
    item->part = word_parts[i].part;
    read_symbol(item, token, word_parts[i].class);
    break;
  }
  if (item->part == PART_WORD && ends_in_ly(scene, token)) item->part = PART_ADVERB;
  if (token->classes & GALLEY_IS(GALLEY_CLASS_CUE)) item->frames = read_frames(token);
}

// Reads the token at `at` as an item; false when it is nothing that counts (link markup, notes).
static bool read_token(const QuoteScene *scene, uint32_t at, QuoteItem *item) {
  const GalleyToken *token = &scene->block->tokens[at];
  switch (token->kind) {
  case GALLEY_TOKEN_WORD:
    read_word(scene, item, token);
    return true;
  case GALLEY_TOKEN_CLITIC:
    item->part = PART_POSSESSIVE;
    return true;
  case GALLEY_TOKEN_NUMBER:
    item->part = PART_NUMBER;
    return true;
  case GALLEY_TOKEN_PUNCT:
    item->part = punctuation_part(scene, at);
    return true;
  case GALLEY_TOKEN_HANDLE:
    item->part = PART_NAME;
    return true;
  case GALLEY_TOKEN_LINK:
  case GALLEY_TOKEN_CITATION:
  case GALLEY_TOKEN_QUOTE_CLOSE:
    return false;
  default:
    item->part = PART_OTHER;
    return true;
  }
}

static void read_items(QuoteScene *scene, uint32_t first, uint32_t last, uint32_t parent) {
  uint32_t quote = parent == QUOTE_NONE ? 0 : parent + 1;
  scene->item_count = 0;
  for (uint32_t at = first; at <= last && at < scene->block->token_count;) {
    QuoteItem item = {.first = at, .last = at, .span = QUOTE_NONE, .quote = QUOTE_NONE};
    bool counts = true;
    while (quote < scene->quote_count && scene->quotes[quote].open < at)
      quote++;
    if (quote < scene->quote_count && scene->quotes[quote].open == at) {
      const MarkedQuote *marked = &scene->quotes[quote];
      item.part = PART_QUOTE;
      item.quote = quote;
      item.last = marked->close != QUOTE_NONE   ? marked->close
                  : marked->last > marked->open ? marked->last
                                                : marked->open;
      if (item.last > last) item.last = last;
    } else if (scene->cover[at]) {
      uint32_t cover = scene->cover[at];
      item.span = cover - 1;
      item.part =
          scene->block->spans->items[item.span].kind == GALLEY_KIND_DATE ? PART_DATE : PART_NAME;
      while (item.last < last && scene->cover[item.last + 1] == cover)
        item.last++;
    } else {
      counts = read_token(scene, at, &item);
    }
    at = item.last + 1;
    if (counts) scene->items[scene->item_count++] = item;
  }
}

static uint32_t item_before(const QuoteScene *scene, uint32_t item) {
  for (uint32_t steps = 0; steps < TAG_REACH && item > 0; steps++) {
    if (!quote_is(scene, item - 1, PART_IS(PART_ADVERB))) break;
    item--;
  }
  return item > 0 ? item - 1 : QUOTE_NONE;
}

static bool ends_in_s(const QuoteScene *scene, uint32_t item) {
  const GalleyToken *token = &scene->block->tokens[scene->items[item].last];
  return scene->block->bytes[token->end - 1] == 's';
}

// Base forms: after a plural subject, "to" or a modal.
static bool is_base_verb(const QuoteScene *scene, uint32_t before, bool noun_too) {
  const QuoteItem *item = &scene->items[before];
  switch (item->part) {
  case PART_AUXILIARY:
    return item->symbol[0] != 'b';
  case PART_NEGATION:
    return true;
  case PART_PRONOUN:
    return item->symbol[1] == 's';
  case PART_PREPOSITION:
    return item->symbol[0] == 't';
  case PART_NAME:
    return !noun_too && ends_in_s(scene, before);
  case PART_WORD: {
    const char *role = galley_lexicon_symbol(quote_token(scene, before)->word, GALLEY_CLASS_VOICE);
    return (role && role[0] == 'g') || (!noun_too && ends_in_s(scene, before));
  }
  case PART_QUOTE:
  case PART_COMMA:
  case PART_CLOSE:
    return !noun_too;
  default:
    return false;
  }
}

// Whether the cue word at `index` is used as a verb: "the report" and "recent claims" are nouns.
static bool is_verb(const QuoteScene *scene, uint32_t index) {
  const QuoteItem *item = &scene->items[index];
  const GalleyToken *token = quote_token(scene, index);
  bool starts = token->shape & GALLEY_SHAPE_SENTENCE_START;
  if (token->shape & GALLEY_SHAPE_CAPITAL && !starts) return false;
  if (item->frames & FRAME('a')) {
    return quote_is(scene, index + 1, PART_IS(PART_PREPOSITION)) &&
           scene->items[index + 1].symbol[0] == 't';
  }
  bool noun_too = token->classes & (GALLEY_IS(GALLEY_CLASS_SPEECH_NOUN) |
                                    GALLEY_IS(GALLEY_CLASS_VOICE) | GALLEY_IS(GALLEY_CLASS_WORK));
  uint32_t before = item_before(scene, index);
  if (before == QUOTE_NONE) return !(item->frames & FRAME('b')) && !noun_too;
  if (item->frames & FRAME('b') && is_base_verb(scene, before, noun_too)) return true;
  if (!(item->frames & (FRAME('s') | FRAME('d') | FRAME('p') | FRAME('g')))) return false;
  uint32_t nominal = PART_IS(PART_DETERMINER) | PART_IS(PART_POSSESSIVE) | PART_IS(PART_NUMBER);
  bool pronoun_clitic = quote_is(scene, before, PART_IS(PART_POSSESSIVE)) && before > 0 &&
                        quote_is(scene, before - 1, PART_IS(PART_PRONOUN));
  bool past = item->frames & (FRAME('d') | FRAME('p'));
  bool stands_alone = quote_is(scene, before, PART_IS(PART_DETERMINER)) && !noun_too &&
                      scene->items[before].symbol[0] == '\0'; // "some said"
  if (quote_is(scene, before, nominal) && !stands_alone) return pronoun_clitic && past;
  bool object =
      quote_is(scene, before, PART_IS(PART_PRONOUN)) && scene->items[before].symbol[1] == 'o';
  if (object && item->frames & FRAME('s')) return false;
  if (past) {
    return !quote_is(scene, before, PART_IS(PART_PREPOSITION)) ||
           scene->items[before].symbol[0] == 'a';
  }
  if (!noun_too) return true;
  uint32_t subjects = PART_IS(PART_NAME) | PART_IS(PART_PRONOUN) | PART_IS(PART_COMMA) |
                      PART_IS(PART_CLOSE) | PART_IS(PART_QUOTE);
  return quote_is(scene, before, subjects) || quote_has_class(scene, before, GALLEY_CLASS_VOICE);
}

// "his claim", "her claim": the pronoun stands for a determiner.
static void mark_possessives(QuoteScene *scene) {
  for (uint32_t i = 0; i < scene->item_count; i++) {
    QuoteItem *item = &scene->items[i];
    if (item->part != PART_PRONOUN) continue;
    bool her = item->symbol[0] == 'f' && item->symbol[1] == 'o' &&
               quote_is(scene, i + 1, PART_IS(PART_WORD) | PART_IS(PART_QUOTE));
    if (item->symbol[1] != 'd' && !her) continue;
    item->part = PART_DETERMINER;
    item->symbol[1] = 'd';
  }
}

static void mark_verbs(QuoteScene *scene) {
  for (uint32_t i = 0; i < scene->item_count; i++) {
    QuoteItem *item = &scene->items[i];
    bool candidate = item->part == PART_WORD || item->part == PART_PREPOSITION;
    if (item->frames && candidate && is_verb(scene, i)) item->part = PART_VERB;
  }
}

bool quote_tag_follows(const QuoteScene *scene, uint32_t item, bool after_stop) {
  uint32_t phrase = PART_IS(PART_WORD) | PART_IS(PART_NAME) | PART_IS(PART_DETERMINER) |
                    PART_IS(PART_POSSESSIVE) | PART_IS(PART_HYPHEN) | PART_IS(PART_NUMBER) |
                    PART_IS(PART_PRONOUN) | PART_IS(PART_ADVERB) | PART_IS(PART_AUXILIARY) |
                    PART_IS(PART_PREPOSITION) | PART_IS(PART_CLOSE) | PART_IS(PART_OPEN) |
                    PART_IS(PART_COMMA);
  uint32_t i = item;
  while (i < scene->item_count && i - item < TAG_REACH && quote_is(scene, i, phrase))
    i++;
  if (i == item || !quote_is(scene, i, PART_IS(PART_VERB))) return false;
  uint32_t frames = scene->items[i].frames;
  if (!(frames & FRAME('c')) || !(frames & (FRAME('d') | FRAME('s') | FRAME('b')))) return false;
  uint32_t next = i + 1;
  while (next - i < TAG_REACH && quote_is(scene, next, PART_IS(PART_ADVERB)))
    next++;
  if (frames & FRAME('o')) {
    uint32_t object =
        PART_IS(PART_WORD) | PART_IS(PART_NAME) | PART_IS(PART_DETERMINER) | PART_IS(PART_PRONOUN);
    while (next - i < 6 && quote_is(scene, next, object))
      next++;
  }
  if (next >= scene->item_count) return true;
  uint32_t ends = PART_IS(PART_STOP) | PART_IS(PART_COMMA) | PART_IS(PART_QUOTE) |
                  PART_IS(PART_DATE) | (after_stop ? 0 : PART_IS(PART_PREPOSITION));
  return quote_is(scene, next, ends);
}

// The last token of a quote's words, QUOTE_NONE for an empty one.
static uint32_t last_word(const QuoteScene *scene, const MarkedQuote *quote) {
  uint32_t at = quote->last;
  if (quote->first > quote->last) return QUOTE_NONE;
  while (at > quote->first && scene->block->tokens[at].kind == GALLEY_TOKEN_QUOTE_CLOSE)
    at--;
  return at;
}

static bool starts_sentence(const QuoteScene *scene, uint32_t item) {
  if (quote_is(scene, item, PART_IS(PART_QUOTE) | PART_IS(PART_NUMBER))) return true;
  return (quote_token(scene, item)->shape & GALLEY_SHAPE_CAPITAL) != 0;
}

// Whether a sentence ends between an item and the next.
static bool sentence_ends(const QuoteScene *scene, uint32_t item) {
  const QuoteItem *here = &scene->items[item];
  uint32_t next = item + 1;
  const GalleyToken *end = &scene->block->tokens[here->last];
  if (here->part == PART_STOP) return starts_sentence(scene, next);
  if (here->part == PART_QUOTE) {
    uint32_t at = last_word(scene, &scene->quotes[here->quote]);
    if (at == QUOTE_NONE || scene->block->tokens[at].kind != GALLEY_TOKEN_PUNCT) return false;
    uint32_t symbol = scene->block->tokens[at].symbol;
    if (!is_stop_symbol(symbol)) return false;
    if (quote_is(scene, next, PART_IS(PART_QUOTE))) return true;
    return starts_sentence(scene, next) && !quote_tag_follows(scene, next, symbol == '.');
  }
  const GalleyToken *start = quote_token(scene, next);
  return end->shape & GALLEY_SHAPE_POINT && start->sentence != end->sentence &&
         start->kind == GALLEY_TOKEN_WORD;
}

static void cut_sentences(QuoteScene *scene) {
  uint16_t sentence = 0;
  uint32_t begins = 0;
  for (uint32_t i = 0; i < scene->item_count; i++) {
    scene->items[i].sentence = sentence;
    scene->items[i].begins = begins;
    if (i + 1 < scene->item_count && !sentence_ends(scene, i)) continue;
    for (uint32_t k = begins; k <= i; k++)
      scene->items[k].ends = i;
    begins = i + 1;
    sentence = sentence < UINT16_MAX ? (uint16_t)(sentence + 1) : sentence;
  }
}

void quote_outline_read(QuoteScene *scene, uint32_t first, uint32_t last, uint32_t parent) {
  read_items(scene, first, last, parent);
  mark_possessives(scene);
  mark_verbs(scene);
  cut_sentences(scene);
}
