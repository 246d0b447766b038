#include "entity_model.h"

#include <math.h>
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
};

typedef struct {
  const unsigned char *checks, *rows;
  uint32_t groups;
  float step;
  float transitions[GALLEY_LABELS][GALLEY_LABELS]; // [from][to]
} Model;

static void open_model(Model *model) {
  const unsigned char *at = galley_model_blob + HEAD;
  model->groups = galley_blob_32(galley_model_blob + 8);
  model->step = (float)galley_blob_32(galley_model_blob + 12) / 65536.0f;
  for (int from = 0; from < GALLEY_LABELS; from++) {
    for (int to = 0; to < GALLEY_LABELS; to++, at += 2)
      model->transitions[from][to] = (float)(int16_t)galley_blob_16(at) * model->step;
  }
  model->checks = galley_model_blob + HEAD + ((TRANSITIONS * 2 + 15) & ~15);
  model->rows = model->checks + (size_t)model->groups * GROUP * 2;
}

// The row of a feature's weights, NULL when it has none.
static const int8_t *find_row(const Model *model, uint32_t feature) {
  uint32_t hash = feature * 0x9e3779b1u;
  uint32_t group = (uint32_t)((uint64_t)hash * model->groups >> 32);
  uint16_t check = (uint16_t)(feature ^ feature >> 16);
  if (!check) check = 1;
  const unsigned char *checks = model->checks + (size_t)group * GROUP * 2;
  uint32_t found = 0;
  for (uint32_t i = 0; i < GROUP; i++)
    found |= (uint32_t)(galley_blob_16(checks + i * 2) == check) << i;
  if (!found) return NULL;
  uint32_t slot = group * GROUP + (uint32_t)__builtin_ctz(found);
  return (const int8_t *)model->rows + (size_t)slot * ROW;
}

static void score_token(const Model *model, const GalleyFeatures *features,
                        float scores[GALLEY_LABELS]) {
  int16_t sums[ROW] = {0};
  for (uint32_t i = 0; i < features->count; i++) {
    const int8_t *row = find_row(model, features->items[i]);
    if (!row) continue;
    for (int j = 0; j < ROW; j++)
      sums[j] = (int16_t)(sums[j] + row[j]);
  }
  scores[0] = 0;
  for (int j = 0; j < ROW; j++)
    scores[j + 1] = (float)sums[j] * model->step;
}

// The lattice of a stretch.
typedef struct {
  float scores[GALLEY_STRETCH_MAX][GALLEY_LABELS];
  float forward[GALLEY_STRETCH_MAX][GALLEY_LABELS];
  float backward[GALLEY_STRETCH_MAX][GALLEY_LABELS];
  uint8_t from[GALLEY_STRETCH_MAX][GALLEY_LABELS];
} Lattice;

static void find_best(const Model *model, Lattice *lattice, GalleyTagging *tagging) {
  float best[GALLEY_LABELS], next[GALLEY_LABELS];
  uint32_t count = tagging->count;
  for (int to = 0; to < GALLEY_LABELS; to++) {
    bool legal = galley_label_follows(0, to);
    best[to] = legal ? model->transitions[0][to] + lattice->scores[0][to] : -INFINITY;
  }
  for (uint32_t i = 1; i < count; i++) {
    for (int to = 0; to < GALLEY_LABELS; to++) {
      float top = -INFINITY;
      int source = 0;
      for (int from = 0; from < GALLEY_LABELS; from++) {
        if (!galley_label_follows(from, to)) continue;
        float score = best[from] + model->transitions[from][to];
        if (score > top) {
          top = score;
          source = from;
        }
      }
      next[to] = top + lattice->scores[i][to];
      lattice->from[i][to] = (uint8_t)source;
    }
    memcpy(best, next, sizeof best);
  }
  int label = 0;
  float top = -INFINITY;
  for (int from = 0; from < GALLEY_LABELS; from++) {
    if (!galley_label_follows(from, 0)) continue;
    float score = best[from] + model->transitions[from][0];
    if (score > top) {
      top = score;
      label = from;
    }
  }
  for (uint32_t i = count; i-- > 0;) {
    tagging->labels[i] = (uint8_t)label;
    label = lattice->from[i][label];
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
    scores[i] = expf(scores[i] - top);
}

// Forward and backward sums, each scaled to 1, over factors.
static void sum_paths(const Model *model, Lattice *lattice, uint32_t count) {
  float factors[GALLEY_LABELS][GALLEY_LABELS];
  for (int from = 0; from < GALLEY_LABELS; from++) {
    for (int to = 0; to < GALLEY_LABELS; to++) {
      bool legal = galley_label_follows(from, to);
      factors[from][to] = legal ? expf(model->transitions[from][to]) : 0;
    }
  }
  for (uint32_t i = 0; i < count; i++)
    exponentiate(lattice->scores[i]);
  for (uint32_t i = 0; i < count; i++) {
    for (int to = 0; to < GALLEY_LABELS; to++) {
      float sum = 0;
      for (int from = 0; from < (i ? GALLEY_LABELS : 1); from++)
        sum += (i ? lattice->forward[i - 1][from] : 1) * factors[from][to];
      lattice->forward[i][to] = sum * lattice->scores[i][to];
    }
    normalize(lattice->forward[i]);
  }
  for (uint32_t i = count; i-- > 0;) {
    for (int from = 0; from < GALLEY_LABELS; from++) {
      float sum = 0;
      if (i + 1 == count) {
        sum = factors[from][0];
      } else {
        for (int to = 0; to < GALLEY_LABELS; to++)
          sum += factors[from][to] * lattice->scores[i + 1][to] * lattice->backward[i + 1][to];
      }
      lattice->backward[i][from] = sum;
    }
    normalize(lattice->backward[i]);
  }
}

static void note_odds(const Lattice *lattice, GalleyTagging *tagging) {
  for (uint32_t i = 0; i < tagging->count; i++) {
    float chance[GALLEY_LABELS];
    for (int label = 0; label < GALLEY_LABELS; label++)
      chance[label] = lattice->forward[i][label] * lattice->backward[i][label];
    normalize(chance);
    for (int type = 0; type < GALLEY_ENTITY_TYPE_COUNT; type++) {
      const float *of_type = &chance[GALLEY_LABEL(type, 0)];
      float sum = of_type[0] + of_type[1] + of_type[2] + of_type[3];
      tagging->odds[i][type] = (uint8_t)(sum * 255 + 0.5f);
    }
    tagging->odds[i][GALLEY_ENTITY_TYPE_COUNT] = (uint8_t)(chance[0] * 255 + 0.5f);
  }
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

void galley_tag(const GalleyWindow *window, GalleyTagging *tagging) {
  Model model;
  Lattice lattice;
  GalleyFeatures features;
  open_model(&model);
  tagging->count = window->stretch.end - window->stretch.first;
  if (!tagging->count) return;
  for (uint32_t i = 0; i < tagging->count; i++) {
    galley_window_features(window, i, &features);
    score_token(&model, &features, lattice.scores[i]);
    if (is_border(&window->block->tokens[window->stretch.first + i])) {
      forbid_names(lattice.scores[i]);
    }
  }
  find_best(&model, &lattice, tagging);
  sum_paths(&model, &lattice, tagging->count);
  note_odds(&lattice, tagging);
}
