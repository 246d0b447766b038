#include "entity_model.h"

#include <string.h>

#include "blob.h"

GALLEY_BLOB(galley_model_blob, "entity_model.bin");

// Layout of the file: "GALLEYM1", number of groups (4 bytes), step of a weight in 1/65536 (4),
// transitions (17 x 17 weights of 2 bytes, padded to 16), then the groups' checks (16 x 2 bytes
// each) and rows (16 x 16 weights of 1 byte each). A feature is in the group that its hash says, in
// the slot that holds its check; the row has a weight for every label but "outside".
enum {
  GROUP = 16,
  ROW = GALLEY_LABELS - 1,
  HEAD = 16,
  TRANSITIONS = GALLEY_LABELS * GALLEY_LABELS,
  TYPES = GALLEY_ENTITY_TYPE_COUNT,
};

#define NEVER -1e30f

// e to the power of x to four digits: the same on every machine, and no call.
static inline float power(float x) {
  float y = (x < -80 ? -80 : x) * 1.44269504f;
  int32_t whole = (int32_t)y - 1;
  float part = y - (float)whole; // 0 to 2
  float high = 0.05550411f + part * (0.00961813f + part * (0.00133336f + part * 0.00015404f));
  float value = 1 + part * (0.69314718f + part * (0.24022651f + part * high));
  union {
    int32_t bits;
    float factor;
  } scale = {.bits = (whole + 127) * (1 << 23)};
  return value * scale.factor;
}

// The label of a row or column of the matrices: outside, then last and only, or begin and only.
static int ending(int index) {
  int place = index % 2 ? GALLEY_PLACE_LAST : GALLEY_PLACE_ONLY;
  return index ? GALLEY_LABEL((index - 1) / 2, place) : 0;
}

static int starting(int index) {
  int place = index % 2 ? GALLEY_PLACE_BEGIN : GALLEY_PLACE_ONLY;
  return index ? GALLEY_LABEL((index - 1) / 2, place) : 0;
}

static float transition(const GalleyTagger *tagger, int from, int to) {
  const unsigned char *at = galley_model_blob + HEAD + (from * GALLEY_LABELS + to) * 2;
  return (float)(int16_t)galley_blob_16(at) * tagger->step;
}

void galley_tagger_open(GalleyTagger *tagger) {
  memset(tagger, 0, sizeof *tagger);
  tagger->groups = galley_blob_32(galley_model_blob + 8);
  tagger->step = (float)galley_blob_32(galley_model_blob + 12) / 65536.0f;
  tagger->checks = galley_model_blob + HEAD + ((TRANSITIONS * 2 + 15) & ~15);
  tagger->rows = tagger->checks + (size_t)tagger->groups * GROUP * 2;
  for (int from = 0; from < GALLEY_ENDS; from++)
    for (int to = 0; to < GALLEY_STARTS; to++)
      tagger->weights[from][to] = transition(tagger, ending(from), starting(to));
  for (int type = 0; type < TYPES; type++)
    for (int i = 0; i < 4; i++)
      tagger->inner_weights[type][i / 2][i % 2] = transition(
          tagger, GALLEY_LABEL(type, i / 2), GALLEY_LABEL(type, GALLEY_PLACE_INSIDE + i % 2));
  for (int from = 0; from < GALLEY_ENDS; from++)
    for (int to = 0; to < GALLEY_STARTS_ROW; to++)
      tagger->factors[from][to] = power(tagger->weights[from][to]);
  for (int from = 0; from < GALLEY_ENDS; from++)
    for (int to = 0; to < GALLEY_STARTS; to++)
      tagger->turned[to][from] = tagger->factors[from][to];
  for (int type = 0; type < TYPES; type++)
    for (int i = 0; i < 4; i++)
      tagger->inner_factors[type][i / 2][i % 2] = power(tagger->inner_weights[type][i / 2][i % 2]);
}

// ---- scores -------------------------------------------------------------------------------------

static uint32_t group_of(const GalleyTagger *tagger, uint32_t feature) {
  return (uint32_t)((uint64_t)(feature * 0x9e3779b1u) * tagger->groups >> 32);
}

// The row of a feature's weights, NULL when it has none.
static const int8_t *find_row(const GalleyTagger *tagger, uint32_t feature) {
  uint32_t group = group_of(tagger, feature);
  uint16_t check = (uint16_t)(feature ^ feature >> 16);
  if (!check) check = 1;
  const unsigned char *checks = tagger->checks + (size_t)group * GROUP * 2;
  uint16_t found[GROUP];
  uint64_t halves[GROUP / 4];
  for (int i = 0; i < GROUP; i++)
    found[i] = galley_blob_16(checks + i * 2) == check ? (uint16_t)(i + 1) : 0;
  memcpy(halves, found, sizeof halves);
  uint64_t any = halves[0] | halves[1] | halves[2] | halves[3]; // one lane at most is set
  if (!any) return NULL;
  uint32_t slot = (uint32_t)((any | any >> 16 | any >> 32 | any >> 48) & 0xffff) - 1;
  return (const int8_t *)tagger->rows + (size_t)(group * GROUP + slot) * ROW;
}

static void score_token(const GalleyTagger *tagger, const GalleyFeatures *features,
                        float scores[GALLEY_LABELS]) {
  int16_t sums[ROW] = {0};
  const int8_t *found[GALLEY_FEATURES_MAX];
  uint32_t count = 0;
  for (uint32_t i = 0; i < features->count; i++) {
    uint32_t group = group_of(tagger, features->items[i]);
    __builtin_prefetch(tagger->checks + (size_t)group * GROUP * 2);
  }
  for (uint32_t i = 0; i < features->count; i++) {
    const int8_t *row = find_row(tagger, features->items[i]);
    if (!row) continue;
    __builtin_prefetch(row);
    found[count++] = row;
  }
  for (uint32_t i = 0; i < count; i++) {
    const int8_t *row = found[i];
    for (int j = 0; j < ROW; j++)
      sums[j] = (int16_t)(sums[j] + row[j]);
  }
  scores[0] = 0;
  for (int j = 0; j < ROW; j++)
    scores[j + 1] = (float)sums[j] * tagger->step;
}

// Marks that no name goes over: quotes, brackets, ends of sentences and clauses.
static bool is_border(const GalleyToken *token) {
  static const char marks[] = "()[]{};:?!.|";
  if (token->kind == GALLEY_TOKEN_PUNCT) {
    return token->symbol > 0x7f || strchr(marks, (int)token->symbol);
  }
  return token->kind != GALLEY_TOKEN_WORD && token->kind != GALLEY_TOKEN_NUMBER &&
         token->kind != GALLEY_TOKEN_CLITIC;
}

static void forbid_names(float scores[GALLEY_LABELS]) {
  for (int label = 1; label < GALLEY_LABELS; label++)
    scores[label] = -100;
}

// ---- the lattice of a stretch -------------------------------------------------------------------

typedef struct {
  float scores[GALLEY_STRETCH_MAX][GALLEY_LABELS];
  float best[GALLEY_STRETCH_MAX][GALLEY_LABELS];
  float forward[GALLEY_STRETCH_MAX][GALLEY_LABELS];
} Lattice;

// Best scores of the labels at a token from those at the one before.
static void step_best(const GalleyTagger *tagger, const float *before, const float *scores,
                      float *best) {
  float top[GALLEY_STARTS_ROW];
  for (int to = 0; to < GALLEY_STARTS_ROW; to++)
    top[to] = NEVER;
  for (int from = 0; from < GALLEY_ENDS; from++) {
    float base = before[ending(from)];
    for (int to = 0; to < GALLEY_STARTS_ROW; to++) {
      float score = base + tagger->weights[from][to];
      top[to] = score > top[to] ? score : top[to];
    }
  }
  for (int to = 0; to < GALLEY_STARTS; to++)
    best[starting(to)] = top[to] + scores[starting(to)];
  for (int type = 0; type < TYPES; type++) {
    const float *name = before + GALLEY_LABEL(type, 0);
    for (int to = 0; to < 2; to++) {
      float begun = name[0] + tagger->inner_weights[type][0][to];
      float inside = name[1] + tagger->inner_weights[type][1][to];
      int label = GALLEY_LABEL(type, GALLEY_PLACE_INSIDE + to);
      best[label] = (begun > inside ? begun : inside) + scores[label];
    }
  }
}

// The label before `label` on the best path to it.
static int best_before(const GalleyTagger *tagger, const float *before, int label) {
  int place = (label - 1) % 4, type = (label - 1) / 4, found = 0;
  if (label && (place == GALLEY_PLACE_INSIDE || place == GALLEY_PLACE_LAST)) {
    int to = place - GALLEY_PLACE_INSIDE;
    const float *name = before + GALLEY_LABEL(type, 0);
    bool begun =
        name[0] + tagger->inner_weights[type][0][to] > name[1] + tagger->inner_weights[type][1][to];
    return GALLEY_LABEL(type, begun ? GALLEY_PLACE_BEGIN : GALLEY_PLACE_INSIDE);
  }
  int column = label ? 1 + type * 2 + (place == GALLEY_PLACE_ONLY) : 0;
  float top = NEVER;
  for (int from = 0; from < GALLEY_ENDS; from++) {
    float score = before[ending(from)] + tagger->weights[from][column];
    if (score <= top) continue;
    top = score;
    found = ending(from);
  }
  return found;
}

static void find_best(const GalleyTagger *tagger, Lattice *lattice, GalleyTagging *tagging) {
  float start[GALLEY_LABELS];
  for (int label = 0; label < GALLEY_LABELS; label++)
    start[label] = label ? NEVER : 0;
  for (uint32_t i = 0; i < tagging->count; i++) {
    step_best(tagger, i ? lattice->best[i - 1] : start, lattice->scores[i], lattice->best[i]);
  }
  int label = best_before(tagger, lattice->best[tagging->count - 1], 0);
  for (uint32_t i = tagging->count; i-- > 0;) {
    tagging->labels[i] = (uint8_t)label;
    if (i) label = best_before(tagger, lattice->best[i - 1], label);
  }
}

static void normalize(float values[GALLEY_LABELS]) {
  float sum = 0;
  for (int i = 0; i < GALLEY_LABELS; i++)
    sum += values[i];
  float factor = sum > 0 ? 1 / sum : 0;
  for (int i = 0; i < GALLEY_LABELS; i++)
    values[i] *= factor;
}

// Turns scores into factors, the largest being 1.
static void exponentiate(float scores[GALLEY_LABELS]) {
  float top = scores[0];
  for (int i = 1; i < GALLEY_LABELS; i++)
    top = scores[i] > top ? scores[i] : top;
  for (int i = 0; i < GALLEY_LABELS; i++)
    scores[i] = power(scores[i] - top);
}

static void step_forward(const GalleyTagger *tagger, const float *before, const float *factors,
                         float *forward) {
  float sums[GALLEY_STARTS_ROW] = {0};
  for (int from = 0; from < GALLEY_ENDS; from++) {
    float base = before[ending(from)];
    for (int to = 0; to < GALLEY_STARTS_ROW; to++)
      sums[to] += base * tagger->factors[from][to];
  }
  for (int to = 0; to < GALLEY_STARTS; to++)
    forward[starting(to)] = sums[to] * factors[starting(to)];
  for (int type = 0; type < TYPES; type++) {
    const float *name = before + GALLEY_LABEL(type, 0);
    for (int to = 0; to < 2; to++) {
      int label = GALLEY_LABEL(type, GALLEY_PLACE_INSIDE + to);
      forward[label] = (name[0] * tagger->inner_factors[type][0][to] +
                        name[1] * tagger->inner_factors[type][1][to]) *
                       factors[label];
    }
  }
  normalize(forward);
}

// `after` holds, for the next token, the product of factor and backward sum; gives this token's
// sum.
static void step_backward(const GalleyTagger *tagger, const float *after, float *backward) {
  float sums[GALLEY_STARTS_ROW] = {0};
  for (int to = 0; to < GALLEY_STARTS; to++) {
    float value = after[starting(to)];
    for (int from = 0; from < GALLEY_STARTS_ROW; from++)
      sums[from] += tagger->turned[to][from] * value;
  }
  for (int from = 0; from < GALLEY_ENDS; from++)
    backward[ending(from)] = sums[from];
  for (int type = 0; type < TYPES; type++) {
    const float *name = after + GALLEY_LABEL(type, GALLEY_PLACE_INSIDE);
    for (int from = 0; from < 2; from++) {
      backward[GALLEY_LABEL(type, from)] = tagger->inner_factors[type][from][0] * name[0] +
                                           tagger->inner_factors[type][from][1] * name[1];
    }
  }
  normalize(backward);
}

static void note_odds(const float *forward, const float *backward, uint8_t *odds) {
  float chance[GALLEY_LABELS];
  for (int label = 0; label < GALLEY_LABELS; label++)
    chance[label] = forward[label] * backward[label];
  normalize(chance);
  for (int type = 0; type < TYPES; type++) {
    const float *of_type = &chance[GALLEY_LABEL(type, 0)];
    float sum = of_type[0] + of_type[1] + of_type[2] + of_type[3];
    odds[type] = (uint8_t)(sum * 255 + 0.5f);
  }
  odds[TYPES] = (uint8_t)(chance[0] * 255 + 0.5f);
}

// The chance of each label at each token over all labellings.
static void find_odds(const GalleyTagger *tagger, Lattice *lattice, GalleyTagging *tagging) {
  float start[GALLEY_LABELS] = {1}, backward[GALLEY_LABELS], after[GALLEY_LABELS] = {1};
  for (uint32_t i = 0; i < tagging->count; i++) {
    exponentiate(lattice->scores[i]);
    step_forward(tagger, i ? lattice->forward[i - 1] : start, lattice->scores[i],
                 lattice->forward[i]);
  }
  for (uint32_t i = tagging->count; i-- > 0;) {
    step_backward(tagger, after, backward);
    note_odds(lattice->forward[i], backward, tagging->odds[i]);
    for (int label = 0; label < GALLEY_LABELS; label++)
      after[label] = lattice->scores[i][label] * backward[label];
  }
}

// A stretch of one word is outside or a name of its own: no lattice is needed.
static void tag_word(const GalleyTagger *tagger, const float scores[GALLEY_LABELS],
                     GalleyTagging *tagging) {
  float totals[TYPES + 1], top, sum = 0;
  top = totals[TYPES] = scores[0] + tagger->weights[0][0] * 2;
  tagging->labels[0] = 0;
  for (int type = 0; type < TYPES; type++) {
    int label = GALLEY_LABEL(type, GALLEY_PLACE_ONLY), place = 2 + type * 2;
    totals[type] = scores[label] + tagger->weights[0][place] + tagger->weights[place][0];
    if (totals[type] <= top) continue;
    top = totals[type];
    tagging->labels[0] = (uint8_t)label;
  }
  for (int i = 0; i <= TYPES; i++)
    sum += totals[i] = power(totals[i] - top);
  for (int i = 0; i <= TYPES; i++)
    tagging->odds[0][i] = (uint8_t)(totals[i] / sum * 255 + 0.5f);
}

void galley_tag(const GalleyTagger *tagger, const GalleyWindow *window, GalleyTagging *tagging) {
  Lattice lattice;
  GalleyFeatures features;
  tagging->count = window->stretch.end - window->stretch.first;
  if (!tagging->count) return;
  for (uint32_t i = 0; i < tagging->count; i++) {
    galley_window_features(window, i, &features);
    score_token(tagger, &features, lattice.scores[i]);
    if (is_border(&window->block->tokens[window->stretch.first + i])) {
      forbid_names(lattice.scores[i]);
    }
  }
  if (tagging->count == 1) {
    tag_word(tagger, lattice.scores[0], tagging);
    return;
  }
  find_best(tagger, &lattice, tagging);
  find_odds(tagger, &lattice, tagging);
}
