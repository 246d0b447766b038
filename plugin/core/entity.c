// Names in a block: what the tagger finds near capitals, handles, hashtags; and the reason for
// each.
#include "entity.h"

#include "entity_mend.h"
#include "gazetteer.h"

enum {
  RULE_CONTEXT,
  RULE_TITLE,
  RULE_KNOWN,
  RULE_HEAD,
  RULE_ACRONYM,
  RULE_DEMONYM,
  RULE_DOUBT,
  RULE_HANDLE,
  RULE_HASHTAG,
  RULE_USER,
};

static const GalleyRule rules[] = {
    [RULE_CONTEXT] = {"entity.context", "She met Kori Halden."},
    [RULE_TITLE] = {"entity.title", "President Halden"},
    [RULE_KNOWN] = {"entity.known", "France"},
    [RULE_HEAD] = {"entity.head", "Halden University"},
    [RULE_ACRONYM] = {"entity.acronym", "NATO"},
    [RULE_DEMONYM] = {"entity.demonym", "French"},
    [RULE_DOUBT] = {"entity.elsewhere", "Halden left. We saw Halden leave."},
    [RULE_HANDLE] = {"entity.handle", "@halden"},
    [RULE_HASHTAG] = {"entity.hashtag", "#Halden"},
    [RULE_USER] = {"entity.own-name", "a name of your own list"},
};
const GalleyRuleTable galley_entity_rules = {rules, sizeof rules / sizeof *rules};

enum { // GalleyToken.claimed
  CLAIMED_NAME = 1,
  CLAIMED_NOT = 2, // no name of its own
};

enum {
  DOUBT = 8,    // a word this likely to be in a name is kept for the document to decide on
  LIKELY = 150, // a name this likely is shown although no one type of it is
};

static bool has_class(const GalleyToken *token, int class) {
  return (token->classes & GALLEY_IS(class)) != 0;
}

// Why the words of a name are one: the plainest of the reasons that hold.
static int reason_for(const GalleyToken *tokens, uint32_t first, uint32_t end,
                      const GalleySpan *span) {
  const GalleyToken *head = &tokens[end - 1];
  uint64_t known = galley_gazetteer_word(tokens[first].hash);
  uint64_t names = known & (GALLEY_KNOWN(GALLEY_KNOWN_COMMON) - 1);
  if (span->entity.flags & GALLEY_NAME_TITLED) return RULE_TITLE;
  if (end - first == 1 && has_class(head, GALLEY_CLASS_DEMONYM)) return RULE_DEMONYM;
  if (end - first > 1 &&
      (has_class(head, GALLEY_CLASS_ORG_HEAD) || has_class(head, GALLEY_CLASS_ORG_SUFFIX) ||
       has_class(head, GALLEY_CLASS_PLACE_HEAD))) {
    return RULE_HEAD;
  }
  if (names) return RULE_KNOWN;
  return span->entity.flags & GALLEY_NAME_ACRONYM ? RULE_ACRONYM : RULE_CONTEXT;
}

// Sets the weights of the types and the score from the odds of tokens [first, end) of a stretch.
static void weigh(const GalleyTagging *tagging, uint32_t first, uint32_t end, GalleySpan *span) {
  uint32_t sums[GALLEY_ENTITY_TYPE_COUNT + 1] = {0}, count = end - first;
  for (uint32_t i = first; i < end; i++)
    for (int j = 0; j <= GALLEY_ENTITY_TYPE_COUNT; j++)
      sums[j] += tagging->odds[i][j];
  for (int type = 0; type < GALLEY_ENTITY_TYPE_COUNT; type++)
    span->entity.weights[type] = (uint8_t)(sums[type] / count);
  uint8_t best = span->type; // what was mended is told against the odds
  for (uint8_t type = 0; type < GALLEY_ENTITY_TYPE_COUNT; type++)
    if (span->entity.weights[type] > span->entity.weights[best]) best = type;
  if (best != span->type) {
    span->entity.weights[span->type] = (uint8_t)(span->entity.weights[best] | 1);
    span->entity.weights[best] /= 2;
  }
  uint32_t outside = sums[GALLEY_ENTITY_TYPE_COUNT] / count;
  span->entity.score = (uint8_t)(outside < 255 ? 255 - outside : 0);
}

static void note_style(GalleyStretch stretch, GalleySpan *span) {
  if (stretch.style) span->entity.flags |= GALLEY_NAME_IN_TITLE;
  if (stretch.style == GALLEY_LINE_CAPS) span->entity.flags &= (uint8_t)~GALLEY_NAME_ACRONYM;
}

// Titles before a person are no part of the name.
static uint32_t skip_titles(const GalleyBlockView *block, GalleyStretch stretch, uint32_t first,
                            uint32_t end) {
  while (first + 1 < end) {
    const GalleyToken *token = &block->tokens[stretch.first + first];
    if (!has_class(token, GALLEY_CLASS_TITLE) || token[1].kind != GALLEY_TOKEN_WORD) break;
    first++;
  }
  return first;
}

// Whether a word that hangs on a name by a hyphen is part of it: "Min-woo", "Yau Wai-ching", not
// "EU-wide", "Halden-led". A person's second name may be a seldom word too.
static bool hangs_on(const GalleyToken *word, uint8_t type, uint32_t words) {
  enum { FREQUENT = 8 };
  const uint64_t lower = GALLEY_KNOWN(GALLEY_KNOWN_COMMON) | GALLEY_KNOWN(GALLEY_KNOWN_RARE);
  uint64_t known = galley_gazetteer_word(word->hash);
  if (word->kind == GALLEY_TOKEN_NUMBER) return type == GALLEY_ENTITY_OTHER; // "F-16"
  if (word->shape & GALLEY_SHAPE_CAPITAL) return type == GALLEY_ENTITY_PERSON;
  if (!(known & lower)) return type == GALLEY_ENTITY_PERSON || (words > 1 && !known);
  return type == GALLEY_ENTITY_PERSON && words == 2 && word->end - word->start <= 4 &&
         galley_known_rank(known) < FREQUENT;
}

// Takes in what hangs on a name by a hyphen.
static uint32_t follow_hyphens(const GalleyBlockView *block, uint32_t from, uint32_t to,
                               uint8_t type) {
  const GalleyToken *tokens = block->tokens;
  while (to + 1 < block->token_count) {
    const GalleyToken *hyphen = &tokens[to], *word = &tokens[to + 1];
    bool joined = hyphen->kind == GALLEY_TOKEN_PUNCT && hyphen->symbol == '-' &&
                  hyphen->end == hyphen->start + 1 &&
                  (word->kind == GALLEY_TOKEN_WORD || word->kind == GALLEY_TOKEN_NUMBER) &&
                  !(hyphen->shape & GALLEY_SHAPE_SPACE_BEFORE) &&
                  !(word->shape & GALLEY_SHAPE_SPACE_BEFORE);
    if (!joined || word->taken || !hangs_on(word, type, to - from)) break;
    to += 2;
  }
  return to;
}

// Whether the user's names leave room for a name in tokens [from, to).
static bool is_free(const GalleyBlockView *block, uint32_t from, uint32_t to) {
  bool refused = true;
  for (uint32_t i = from; i < to; i++) {
    if (block->tokens[i].claimed == CLAIMED_NAME) return false;
    refused = refused && block->tokens[i].claimed == CLAIMED_NOT;
  }
  return !refused;
}

// Where a known name begins whose first word is small: "de Telegraaf".
static uint32_t take_particle(const GalleyBlockView *block, uint32_t from, uint32_t to) {
  const GalleyToken *tokens = block->tokens, *particle = from > 0 ? &tokens[from - 1] : NULL;
  if (!particle || !has_class(particle, GALLEY_CLASS_PARTICLE) || particle->taken) return from;
  if (!(tokens[from].shape & GALLEY_SHAPE_SPACE_BEFORE) || particle->claimed) return from;
  uint32_t joined = particle->hash;
  for (uint32_t i = from; i < to; i++)
    joined = galley_gazetteer_join(joined, tokens[i].hash);
  return galley_gazetteer_phrase(joined) ? from - 1 : from;
}

static bool add_name(GalleyBlockView *block, GalleyStretch stretch, const GalleyTagging *tagging,
                     uint32_t first, uint32_t end) {
  GalleySpan span = {.type = (uint8_t)((tagging->labels[first] - 1) / 4)};
  if (span.type == GALLEY_ENTITY_PERSON) first = skip_titles(block, stretch, first, end);
  uint32_t from = stretch.first + first;
  uint32_t to = follow_hyphens(block, from, stretch.first + end, span.type);
  from = take_particle(block, from, to);
  if (!is_free(block, from, to)) return true;
  galley_entity_name(block, from, to, &span);
  weigh(tagging, first, end, &span);
  span.subtype = galley_entity_subtype(block->tokens, from, to, span.type);
  note_style(stretch, &span);
  if (span.entity.score < GALLEY_SCORE_SHOWN) span.entity.score = GALLEY_SCORE_SHOWN;
  int rule = reason_for(block->tokens, from, to, &span);
  return galley_block_add(block, GALLEY_KIND_ENTITY, GALLEY_RULE(GALLEY_KIND_ENTITY, rule), from,
                          to - 1, &span);
}

static bool is_doubtful(const GalleyBlockView *block, GalleyStretch stretch,
                        const GalleyTagging *tagging, uint32_t at) {
  const GalleyToken *token = &block->tokens[stretch.first + at];
  return !tagging->labels[at] && token->kind == GALLEY_TOKEN_WORD &&
         token->shape & GALLEY_SHAPE_CAPITAL && !has_class(token, GALLEY_CLASS_TITLE) &&
         tagging->odds[at][GALLEY_ENTITY_TYPE_COUNT] < 255 - DOUBT;
}

static uint8_t likeliest(const GalleyTagging *tagging, uint32_t first, uint32_t end) {
  uint32_t sums[GALLEY_ENTITY_TYPE_COUNT] = {0};
  uint8_t best = 0;
  for (uint32_t i = first; i < end; i++)
    for (int type = 0; type < GALLEY_ENTITY_TYPE_COUNT; type++)
      sums[type] += tagging->odds[i][type];
  for (uint8_t type = 1; type < GALLEY_ENTITY_TYPE_COUNT; type++)
    if (sums[type] > sums[best]) best = type;
  return best;
}

// A run that the tagger does not take for a name, but not by far: shown when the document says so.
static bool add_doubt(GalleyBlockView *block, GalleyStretch stretch, const GalleyTagging *tagging,
                      uint32_t first, uint32_t end) {
  uint32_t from = stretch.first + first, to = stretch.first + end;
  GalleySpan span = {.kind = GALLEY_KIND_ENTITY,
                     .rule = GALLEY_RULE(GALLEY_KIND_ENTITY, RULE_DOUBT),
                     .start = block->tokens[from].start,
                     .end = block->tokens[to - 1].end,
                     .depth = block->tokens[from].depth};
  if (!is_free(block, from, to)) return true;
  galley_entity_name(block, from, to, &span);
  span.type = likeliest(tagging, first, end);
  weigh(tagging, first, end, &span);
  span.subtype = galley_entity_subtype(block->tokens, from, to, span.type);
  note_style(stretch, &span);
  if (span.entity.score >= GALLEY_SCORE_SHOWN && span.entity.score < LIKELY) {
    span.entity.score = GALLEY_SCORE_SHOWN - 1;
  }
  span.hidden = span.entity.score < GALLEY_SCORE_SHOWN;
  if (!span.hidden) {
    span.rule = GALLEY_RULE(GALLEY_KIND_ENTITY, reason_for(block->tokens, from, to, &span));
  }
  return galley_span_add(block->spans, &span);
}

static bool add_names(GalleyBlockView *block, GalleyStretch stretch, const GalleyTagging *tagging) {
  for (uint32_t i = 0; i < tagging->count;) {
    uint32_t end = i + 1;
    if (tagging->labels[i]) {
      while (end < tagging->count && (tagging->labels[end - 1] - 1) % 4 < GALLEY_PLACE_LAST)
        end++;
      if (!add_name(block, stretch, tagging, i, end)) return false;
    } else if (is_doubtful(block, stretch, tagging, i)) {
      while (end < tagging->count && is_doubtful(block, stretch, tagging, end))
        end++;
      if (!add_doubt(block, stretch, tagging, i, end)) return false;
    }
    i = end;
  }
  return true;
}

static bool add_tag(GalleyBlockView *block, uint32_t index) {
  bool handle = block->tokens[index].kind == GALLEY_TOKEN_HANDLE;
  GalleySpan span = {.type = GALLEY_ENTITY_OTHER,
                     .subtype = handle ? GALLEY_ENTITY_HANDLE : GALLEY_ENTITY_HASHTAG};
  galley_entity_name(block, index, index + 1, &span);
  span.entity.score = 255;
  int rule = handle ? RULE_HANDLE : RULE_HASHTAG;
  return galley_block_add(block, GALLEY_KIND_ENTITY, GALLEY_RULE(GALLEY_KIND_ENTITY, rule), index,
                          index, &span);
}

static bool add_own_name(GalleyBlockView *block, uint32_t at, const GalleyNameMatch *match) {
  GalleySpan span = {.type = match->type};
  galley_entity_name(block, at, at + match->count, &span);
  span.subtype = galley_entity_subtype(block->tokens, at, at + match->count, span.type);
  span.entity.key = match->key;
  span.entity.flags |= GALLEY_NAME_OF_USER;
  span.entity.weights[span.type] = 255;
  span.entity.score = 255;
  return galley_block_add(block, GALLEY_KIND_ENTITY, GALLEY_RULE(GALLEY_KIND_ENTITY, RULE_USER), at,
                          at + match->count - 1, &span);
}

static bool add_own_names(GalleyBlockView *block) {
  GalleyNameMatch match;
  for (uint32_t i = 0; i < block->token_count;) {
    uint32_t left = block->token_count - i;
    if (!galley_names_match(block->names, &block->tokens[i], left, &match)) {
      i++;
      continue;
    }
    bool name = match.type != GALLEY_NOT_A_NAME;
    if (name && !add_own_name(block, i, &match)) return false;
    for (uint32_t j = 0; j < match.count; j++)
      block->tokens[i + j].claimed = name ? CLAIMED_NAME : CLAIMED_NOT;
    i += match.count;
  }
  return true;
}

static bool add_tags(GalleyBlockView *block) {
  for (uint32_t i = 0; i < block->token_count; i++) {
    uint8_t kind = block->tokens[i].kind;
    bool tag = kind == GALLEY_TOKEN_HANDLE || kind == GALLEY_TOKEN_HASHTAG;
    if (tag && !block->tokens[i].claimed && !add_tag(block, i)) return false;
  }
  return true;
}

bool galley_entity_annotate(GalleyBlockView *block) {
  GalleyWindow window;
  GalleyTagging tagging;
  GalleyStretch stretch = {0};
  GalleyTagger own;
  const GalleyTagger *tagger = block->tagger;
  if (block->names && !add_own_names(block)) return false;
  if (!tagger) galley_tagger_open(&own);
  for (uint32_t at = 0; galley_stretch_next(block, at, &stretch); at = stretch.end) {
    galley_window_open(&window, block, stretch);
    galley_tag(tagger ? tagger : &own, &window, &tagging);
    galley_entity_mend(&window, &tagging);
    if (!add_names(block, window.stretch, &tagging)) return false;
  }
  return add_tags(block);
}
