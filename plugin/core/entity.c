// Names in a block: candidates, their borders, what the block alone tells of their type.
#include "entity.h"
#include "gazetteer.h"

enum {
  RULE_RUN,
  RULE_TITLE,
  RULE_KNOWN,
  RULE_HEAD,
  RULE_ACRONYM,
  RULE_DEMONYM,
  RULE_HANDLE,
  RULE_HASHTAG,
};

static const GalleyRule rules[] = {
    [RULE_RUN] = {"entity.capitals", "She met Kori Halden."},
    [RULE_TITLE] = {"entity.title", "President Halden"},
    [RULE_KNOWN] = {"entity.known", "France"},
    [RULE_HEAD] = {"entity.head", "Halden University"},
    [RULE_ACRONYM] = {"entity.acronym", "NATO"},
    [RULE_DEMONYM] = {"entity.demonym", "French"},
    [RULE_HANDLE] = {"entity.handle", "@halden"},
    [RULE_HASHTAG] = {"entity.hashtag", "#Halden"},
};
const GalleyRuleTable galley_entity_rules = {rules, sizeof rules / sizeof *rules};

#define HAS(token, class) (((token)->classes & GALLEY_IS(GALLEY_CLASS_##class)) != 0)
#define TAKEN_BEFORE (1u << GALLEY_KIND_DATE | 1u << GALLEY_KIND_CITATION)

static bool is_name_word(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_WORD && !(token->taken & TAKEN_BEFORE) &&
         token->shape & (GALLEY_SHAPE_CAPITAL | GALLEY_SHAPE_INNER_CAPITAL);
}

static bool is_joint(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_PUNCT && !(token->shape & GALLEY_SHAPE_SPACE_BEFORE) &&
         (token->symbol == '-' || token->symbol == '&' || token->symbol == '/');
}

// One past the last token of the run of name words that begins at `first`.
static uint32_t run_end(const GalleyBlockView *block, uint32_t first) {
  const GalleyToken *tokens = block->tokens;
  uint32_t end = first + 1;
  while (end < block->token_count && tokens[end].sentence == tokens[first].sentence) {
    const GalleyToken *next = end + 1 < block->token_count ? &tokens[end + 1] : NULL;
    bool inside = next && is_name_word(next) && next->sentence == tokens[first].sentence;
    if (is_name_word(&tokens[end])) {
      end++;
    } else if (inside && (is_joint(&tokens[end]) || HAS(&tokens[end], PARTICLE))) {
      end += 2;
    } else if (inside && tokens[end].kind == GALLEY_TOKEN_PUNCT && tokens[end].symbol == '&') {
      end += 2;
    } else if (inside && HAS(&tokens[end - 1], ORG_HEAD) && HAS(&tokens[end], NAME_LINK) &&
               tokens[end].end - tokens[end].start == 2) {
      end += 2;
    } else {
      break;
    }
  }
  return end;
}

static bool is_common(const GalleyToken *token) {
  uint64_t set = galley_gazetteer_word(token->hash);
  uint64_t name = set & ~(GALLEY_KNOWN(GALLEY_KNOWN_COMMON) | GALLEY_KNOWN(GALLEY_KNOWN_RARE));
  return set & GALLEY_KNOWN(GALLEY_KNOWN_COMMON) && !(name & 0x1ffff0);
}

// Drops what stands before a name: small words, common words at a sentence start, titles.
static uint32_t trim_start(const GalleyToken *tokens, uint32_t first, uint32_t end, bool *titled) {
  while (first < end) {
    const GalleyToken *token = &tokens[first];
    bool starts = token->shape & GALLEY_SHAPE_SENTENCE_START;
    bool title = HAS(token, TITLE) && end - first > 1;
    bool small = HAS(token, FUNCTION) && !(token->shape & GALLEY_SHAPE_ALL_CAPS);
    if (!title && !small && !(starts && is_common(token))) break;
    if (title) *titled = true;
    first++;
  }
  return first;
}

static uint8_t type_of(const GalleyToken *tokens, uint32_t first, uint32_t end, bool titled,
                       int *rule) {
  const GalleyToken *head = &tokens[end - 1];
  uint64_t set = galley_gazetteer_word(head->hash),
           start = galley_gazetteer_word(tokens[first].hash);
  uint64_t places = GALLEY_KNOWN(GALLEY_KNOWN_COUNTRY) | GALLEY_KNOWN(GALLEY_KNOWN_REGION) |
                    GALLEY_KNOWN(GALLEY_KNOWN_CITY) | GALLEY_KNOWN(GALLEY_KNOWN_PLACE);
  uint64_t organizations =
      UINT64_C(0x3e00) /* company to team */ | GALLEY_KNOWN(GALLEY_KNOWN_ORGANIZATION);
  *rule = titled ? RULE_TITLE : RULE_HEAD;
  if (titled) return GALLEY_ENTITY_PERSON;
  if (end - first > 1 && (HAS(head, ORG_HEAD) || HAS(head, ORG_SUFFIX))) {
    return GALLEY_ENTITY_ORGANIZATION;
  }
  if (end - first > 1 && HAS(head, EVENT_HEAD)) return GALLEY_ENTITY_OTHER;
  if (end - first > 1 && (HAS(head, PLACE_HEAD) || HAS(&tokens[first], PLACE_HEAD))) {
    return GALLEY_ENTITY_PLACE;
  }
  *rule = RULE_DEMONYM;
  if (end - first == 1 && HAS(head, DEMONYM)) return GALLEY_ENTITY_OTHER;
  *rule = RULE_KNOWN;
  if (HAS(head, COUNTRY) || (end - first == 1 && set & places)) return GALLEY_ENTITY_PLACE;
  if (start & organizations) return GALLEY_ENTITY_ORGANIZATION;
  if (end - first > 1 && (HAS(&tokens[first], FIRST_NAME) || start & 7))
    return GALLEY_ENTITY_PERSON;
  *rule = head->shape & GALLEY_SHAPE_ALL_CAPS ? RULE_ACRONYM : RULE_RUN;
  if (head->shape & GALLEY_SHAPE_ALL_CAPS) return GALLEY_ENTITY_ORGANIZATION;
  if (set & (GALLEY_KNOWN(GALLEY_KNOWN_SURNAME) | GALLEY_KNOWN(GALLEY_KNOWN_NAME) | 3)) {
    return GALLEY_ENTITY_PERSON;
  }
  return GALLEY_ENTITY_OTHER;
}

static bool add_run(GalleyBlockView *block, uint32_t first, uint32_t end) {
  const GalleyToken *tokens = block->tokens;
  bool titled = false;
  uint32_t start = trim_start(tokens, first, end, &titled);
  if (start == end) return true;
  GalleySpan span = {0};
  galley_entity_name(block, start, end, &span);
  int rule = RULE_RUN;
  span.type = type_of(tokens, start, end, titled, &rule);
  span.entity.weights[span.type] = 100;
  span.entity.score = 200;
  return galley_block_add(block, GALLEY_KIND_ENTITY, GALLEY_RULE(GALLEY_KIND_ENTITY, rule), start,
                          end - 1, &span);
}

static bool add_tag(GalleyBlockView *block, uint32_t index) {
  bool handle = block->tokens[index].kind == GALLEY_TOKEN_HANDLE;
  GalleySpan span = {.type = GALLEY_ENTITY_OTHER,
                     .subtype = handle ? GALLEY_ENTITY_HANDLE : GALLEY_ENTITY_HASHTAG};
  galley_entity_name(block, index, index + 1, &span);
  span.entity.weights[span.type] = 100;
  span.entity.score = 255;
  int rule = handle ? RULE_HANDLE : RULE_HASHTAG;
  return galley_block_add(block, GALLEY_KIND_ENTITY, GALLEY_RULE(GALLEY_KIND_ENTITY, rule), index,
                          index, &span);
}

bool galley_entity_annotate(GalleyBlockView *block) {
  for (uint32_t i = 0; i < block->token_count;) {
    const GalleyToken *token = &block->tokens[i];
    if (token->kind == GALLEY_TOKEN_HANDLE || token->kind == GALLEY_TOKEN_HASHTAG) {
      if (!add_tag(block, i)) return false;
      i++;
    } else if (is_name_word(token)) {
      uint32_t end = run_end(block, i);
      if (!add_run(block, i, end)) return false;
      i = end;
    } else {
      i++;
    }
  }
  return true;
}
