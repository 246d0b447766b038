// Learns the tagger's weights: a linear-chain CRF by AdaGrad.
//
//   train OUT [OPTION=VALUE...] FILE[:OPTION=VALUE...]...
//
// FILE holds a document a line: {"text": "...", "spans": [{"start", "end", "type"}]}, offsets in
// bytes, types person, organization, place, other. Options of a file: weight, partial=1 (it does
// not mark "other": such names may be under its unmarked words), dev=1 (measured, not learnt),
// fold=K (every fifth document from K on is measured and not learnt), copies=0 (no copies in
// capitals). The same files and options give the same weights on the same kind of machine.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../document.h"
#include "../entity_model.h"
#include "corpus.h"

enum { ROW = GALLEY_LABELS - 1, GROUP = 16 };

typedef struct {
  double rate, l2, l2_words, drop_words, drop_context, keep;
  int epochs, least;
} Settings;

typedef struct {
  float w[ROW];
} Row;

typedef struct {
  uint32_t *keys; // feature hashes, by id
  uint32_t *counts;
  uint32_t *slots; // hash table: id + 1
  uint32_t mask, count, capacity;
} Dictionary;

typedef struct {
  Dictionary features;
  Row *weights, *squares, *sums;
  float trans[GALLEY_LABELS][GALLEY_LABELS], trans_squares[GALLEY_LABELS][GALLEY_LABELS];
  float trans_sums[GALLEY_LABELS][GALLEY_LABELS];
  uint64_t random;
} Learner;

static void *need(void *memory) {
  if (!memory) {
    fprintf(stderr, "train: out of memory\n");
    exit(1);
  }
  return memory;
}

static double next_random(Learner *self) {
  self->random = self->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (double)(self->random >> 33) / (double)(UINT64_C(1) << 31);
}

// ---- features by number -------------------------------------------------------------------------

static uint32_t *dictionary_slot(Dictionary *self, uint32_t key) {
  for (uint32_t at = key * 0x9e3779b1u >> 7 & self->mask;; at = (at + 1) & self->mask) {
    if (!self->slots[at] || self->keys[self->slots[at] - 1] == key) return &self->slots[at];
  }
}

static void dictionary_open(Dictionary *self) {
  self->capacity = 1u << 22;
  self->mask = (1u << 23) - 1;
  self->keys = need(malloc(self->capacity * sizeof(uint32_t)));
  self->counts = need(calloc(self->capacity, sizeof(uint32_t)));
  self->slots = need(calloc(self->mask + 1, sizeof(uint32_t)));
}

static uint32_t dictionary_add(Dictionary *self, uint32_t key) {
  uint32_t *slot = dictionary_slot(self, key);
  if (!*slot) {
    if (self->count == self->capacity) {
      fprintf(stderr, "train: more than %u features\n", self->capacity);
      exit(1);
    }
    self->keys[self->count] = key;
    *slot = ++self->count;
  }
  self->counts[*slot - 1]++;
  return *slot - 1;
}

// Replaces hashes by feature numbers; those seen less than `least` times get UINT32_MAX.
static void number_features(Learner *self, Corpus *corpus, int least) {
  dictionary_open(&self->features);
  for (uint32_t i = 0; i < corpus->token_count; i++) {
    const CorpusToken *token = &corpus->tokens[i];
    if (token->dev) continue;
    for (uint32_t j = 0; j < token->feature_count; j++)
      dictionary_add(&self->features, corpus->features[token->features + j]);
  }
  uint32_t kept = 0;
  for (uint32_t i = 0; i < corpus->feature_count; i++) {
    uint32_t slot = *dictionary_slot(&self->features, corpus->features[i]);
    bool known = slot && self->features.counts[slot - 1] >= (uint32_t)least;
    corpus->features[i] = known ? slot - 1 : UINT32_MAX;
    kept += known;
  }
  fprintf(stderr, "%u tokens, %u features seen, %u uses kept\n", corpus->token_count,
          self->features.count, kept);
}

// ---- forward and backward -----------------------------------------------------------------------

typedef struct {
  double scores[GALLEY_STRETCH_MAX][GALLEY_LABELS];
  double forward[GALLEY_STRETCH_MAX][GALLEY_LABELS], backward[GALLEY_STRETCH_MAX][GALLEY_LABELS];
  double chance[GALLEY_STRETCH_MAX][GALLEY_LABELS];
  double pairs[GALLEY_LABELS][GALLEY_LABELS];
} Lattice;

static bool follows[GALLEY_LABELS][GALLEY_LABELS];

static double scale(double *values) {
  double sum = 0;
  for (int i = 0; i < GALLEY_LABELS; i++)
    sum += values[i];
  for (int i = 0; i < GALLEY_LABELS; i++)
    values[i] /= sum > 0 ? sum : 1;
  return sum;
}

// Marginals over the labellings that `allowed` (a mask a token) permits; the log of their sum.
static double sum_paths(Lattice *l, double factors[GALLEY_LABELS][GALLEY_LABELS],
                        const uint32_t *allowed, uint32_t count) {
  double total = 0, scales[GALLEY_STRETCH_MAX];
  for (uint32_t i = 0; i < count; i++) {
    for (int to = 0; to < GALLEY_LABELS; to++) {
      double sum = 0;
      if (allowed[i] >> to & 1) {
        if (i == 0) {
          sum = factors[0][to];
        } else {
          for (int from = 0; from < GALLEY_LABELS; from++)
            sum += l->forward[i - 1][from] * factors[from][to];
        }
      }
      l->forward[i][to] = sum * l->scores[i][to];
    }
    scales[i] = scale(l->forward[i]);
    total += log(scales[i] > 0 ? scales[i] : 1e-300);
  }
  for (uint32_t i = count; i-- > 0;) {
    for (int from = 0; from < GALLEY_LABELS; from++) {
      double sum = i + 1 == count ? factors[from][0] : 0;
      for (int to = 0; i + 1 < count && to < GALLEY_LABELS; to++) {
        if (allowed[i + 1] >> to & 1) {
          sum += factors[from][to] * l->scores[i + 1][to] * l->backward[i + 1][to];
        }
      }
      l->backward[i][from] = sum;
    }
    scale(l->backward[i]);
  }
  memset(l->pairs, 0, sizeof l->pairs);
  for (uint32_t i = 0; i < count; i++) {
    for (int to = 0; to < GALLEY_LABELS; to++)
      l->chance[i][to] = l->forward[i][to] * l->backward[i][to];
    scale(l->chance[i]);
    double pairs[GALLEY_LABELS][GALLEY_LABELS], sum = 0;
    for (int from = 0; from < GALLEY_LABELS; from++) {
      for (int to = 0; to < GALLEY_LABELS; to++) {
        double before = i ? l->forward[i - 1][from] : from == 0;
        bool permitted = allowed[i] >> to & 1;
        pairs[from][to] =
            permitted ? before * factors[from][to] * l->scores[i][to] * l->backward[i][to] : 0;
        sum += pairs[from][to];
      }
    }
    for (int from = 0; from < GALLEY_LABELS; from++)
      for (int to = 0; to < GALLEY_LABELS; to++)
        l->pairs[from][to] += sum > 0 ? pairs[from][to] / sum : 0;
  }
  double last = 0, ends[GALLEY_LABELS];
  for (int from = 0; from < GALLEY_LABELS; from++)
    last += ends[from] = l->forward[count - 1][from] * factors[from][0];
  for (int from = 0; from < GALLEY_LABELS; from++)
    l->pairs[from][0] += last > 0 ? ends[from] / last : 0;
  return total + log(last > 0 ? last : 1e-300);
}

static void make_factors(const Learner *self, double factors[GALLEY_LABELS][GALLEY_LABELS]) {
  for (int from = 0; from < GALLEY_LABELS; from++)
    for (int to = 0; to < GALLEY_LABELS; to++)
      factors[from][to] = follows[from][to] ? exp((double)self->trans[from][to]) : 0;
}

// ---- learning -----------------------------------------------------------------------------------

static void descend(float *weight, float *square, double gradient, double rate) {
  *square += (float)(gradient * gradient);
  *weight -= (float)(rate * gradient / sqrt((double)*square + 1e-8));
}

static void score(const Learner *self, const Corpus *corpus, const CorpusToken *token,
                  const uint8_t *dropped, double *scores) {
  for (int k = 0; k < GALLEY_LABELS; k++)
    scores[k] = 0;
  for (uint32_t j = 0; j < token->feature_count; j++) {
    uint32_t id = corpus->features[token->features + j];
    if (id == UINT32_MAX || (dropped && dropped[j])) continue;
    for (int k = 0; k < ROW; k++)
      scores[k + 1] += (double)self->weights[id].w[k];
  }
}

static void exponentiate(double *scores) {
  double top = scores[0];
  for (int k = 1; k < GALLEY_LABELS; k++)
    top = scores[k] > top ? scores[k] : top;
  for (int k = 0; k < GALLEY_LABELS; k++)
    scores[k] = exp(scores[k] - top);
}

static void learn_stretch(Learner *self, const Corpus *corpus, const CorpusStretch *stretch,
                          const Settings *set) {
  static Lattice free_paths, gold_paths;
  static uint8_t dropped[GALLEY_STRETCH_MAX][GALLEY_FEATURES_MAX];
  double factors[GALLEY_LABELS][GALLEY_LABELS];
  uint32_t all[GALLEY_STRETCH_MAX], allowed[GALLEY_STRETCH_MAX];
  make_factors(self, factors);
  for (uint32_t i = 0; i < stretch->count; i++) {
    const CorpusToken *token = &corpus->tokens[stretch->first + i];
    bool no_word = next_random(self) < set->drop_words;
    for (uint32_t j = 0; j < token->feature_count; j++) {
      uint32_t id = corpus->features[token->features + j];
      bool lexical = id != UINT32_MAX && galley_feature_is_lexical(self->features.keys[id]);
      dropped[i][j] = lexical ? no_word : next_random(self) < set->drop_context;
    }
    score(self, corpus, token, dropped[i], free_paths.scores[i]);
    exponentiate(free_paths.scores[i]);
    memcpy(gold_paths.scores[i], free_paths.scores[i], sizeof free_paths.scores[i]);
    all[i] = (1u << GALLEY_LABELS) - 1;
    allowed[i] = token->allowed;
  }
  sum_paths(&free_paths, factors, all, stretch->count);
  sum_paths(&gold_paths, factors, allowed, stretch->count);
  for (uint32_t i = 0; i < stretch->count; i++) {
    const CorpusToken *token = &corpus->tokens[stretch->first + i];
    double gradient[ROW];
    for (int k = 0; k < ROW; k++)
      gradient[k] = stretch->weight * (free_paths.chance[i][k + 1] - gold_paths.chance[i][k + 1]);
    for (uint32_t j = 0; j < token->feature_count; j++) {
      uint32_t id = corpus->features[token->features + j];
      if (id == UINT32_MAX || dropped[i][j]) continue;
      bool lexical = galley_feature_is_lexical(self->features.keys[id]);
      double decay = (lexical ? set->l2_words : set->l2) / self->features.counts[id];
      for (int k = 0; k < ROW; k++) {
        float *weight = &self->weights[id].w[k];
        descend(weight, &self->squares[id].w[k], gradient[k] + decay * (double)*weight, set->rate);
      }
    }
  }
  for (int from = 0; from < GALLEY_LABELS; from++) {
    for (int to = 0; to < GALLEY_LABELS; to++) {
      if (!follows[from][to]) continue;
      double gradient = stretch->weight * (free_paths.pairs[from][to] - gold_paths.pairs[from][to]);
      if (fabs(gradient) > 1e-9) {
        descend(&self->trans[from][to], &self->trans_squares[from][to], gradient, set->rate);
      }
    }
  }
}

static void shuffle(Learner *self, uint32_t *order, uint32_t count) {
  for (uint32_t i = count; i > 1; i--) {
    uint32_t j = (uint32_t)(next_random(self) * i);
    uint32_t kept = order[i - 1];
    order[i - 1] = order[j];
    order[j] = kept;
  }
}

static void add_to_average(Learner *self) {
  for (uint32_t i = 0; i < self->features.count; i++)
    for (int k = 0; k < ROW; k++)
      self->sums[i].w[k] += self->weights[i].w[k];
  for (int from = 0; from < GALLEY_LABELS; from++)
    for (int to = 0; to < GALLEY_LABELS; to++)
      self->trans_sums[from][to] += self->trans[from][to];
}

// ---- measuring ----------------------------------------------------------------------------------

static void find_best(const Learner *self, const Corpus *corpus, const CorpusStretch *stretch,
                      uint8_t *labels) {
  static double scores[GALLEY_LABELS], best[GALLEY_STRETCH_MAX][GALLEY_LABELS];
  static int sources[GALLEY_STRETCH_MAX][GALLEY_LABELS];
  for (uint32_t i = 0; i <= stretch->count; i++) {
    bool end = i == stretch->count;
    if (!end) score(self, corpus, &corpus->tokens[stretch->first + i], NULL, scores);
    for (int to = 0; to < (end ? 1 : GALLEY_LABELS); to++) {
      double top = -1e300;
      int source = 0;
      for (int from = 0; from < (i ? GALLEY_LABELS : 1); from++) {
        double value = (i ? best[i - 1][from] : 0) + (double)self->trans[from][to];
        if (follows[from][to] && value > top) top = value, source = from;
      }
      if (end) {
        for (uint32_t j = i; j-- > 0;) {
          labels[j] = (uint8_t)source;
          source = sources[j][source];
        }
        return;
      }
      best[i][to] = top + scores[to];
      sources[i][to] = source;
    }
  }
}

typedef struct {
  uint32_t gold, found, exact, strict;
} Counts;

static int type_of(uint8_t label) {
  return label ? (label - 1) / 4 : -1;
}

static bool begins(uint8_t label) {
  return label && ((label - 1) % 4 == GALLEY_PLACE_BEGIN || (label - 1) % 4 == GALLEY_PLACE_ONLY);
}

static bool ends(uint8_t label) {
  return label && (label - 1) % 4 >= GALLEY_PLACE_LAST;
}

static void count_names(const uint8_t *gold, const uint8_t *found, uint32_t count, bool partial,
                        Counts *counts) {
  for (uint32_t i = 0; i < count; i++) {
    bool other = partial && type_of(found[i]) == GALLEY_ENTITY_OTHER;
    counts->gold += begins(gold[i]);
    counts->found += begins(found[i]) && !other;
    if (!begins(gold[i]) || !begins(found[i]) || other) continue;
    uint32_t a = i, b = i;
    while (a < count && !ends(gold[a]))
      a++;
    while (b < count && !ends(found[b]))
      b++;
    if (a != b) continue;
    counts->exact++;
    counts->strict += type_of(gold[i]) == type_of(found[i]);
  }
}

static double f1(uint32_t hits, const Counts *counts) {
  return counts->gold + counts->found ? 200.0 * hits / (counts->gold + counts->found) : 0;
}

static void measure(const Learner *self, const Corpus *corpus, const char *when) {
  Counts counts[CORPUS_FILES_MAX] = {{0}};
  for (uint32_t i = 0; i < corpus->stretch_count; i++) {
    const CorpusStretch *stretch = &corpus->stretches[i];
    if (!stretch->dev) continue;
    uint8_t gold[GALLEY_STRETCH_MAX], found[GALLEY_STRETCH_MAX];
    find_best(self, corpus, stretch, found);
    for (uint32_t j = 0; j < stretch->count; j++)
      gold[j] = corpus->tokens[stretch->first + j].gold;
    count_names(gold, found, stretch->count, stretch->partial, &counts[stretch->file]);
  }
  fprintf(stderr, "%s", when);
  for (int i = 0; i < CORPUS_FILES_MAX; i++) {
    const Counts *c = &counts[i];
    if (c->gold)
      fprintf(stderr, "  %.12s %.2f/%.2f", corpus->names[i], f1(c->strict, c), f1(c->exact, c));
  }
  fprintf(stderr, "\n");
}

// ---- the file -----------------------------------------------------------------------------------

typedef struct {
  uint32_t id;
  float norm;
} Ranked;

static int compare_ranked(const void *left, const void *right) {
  const Ranked *a = left, *b = right;
  if (a->norm != b->norm) return a->norm > b->norm ? -1 : 1;
  return a->id < b->id ? -1 : a->id > b->id;
}

static void put(FILE *out, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; i++)
    putc((int)(value >> 8 * i & 0xff), out);
}

static int quantised(float weight, double step, int most) {
  double value = floor((double)weight / step + 0.5);
  return (int)(value > most ? most : value < -most ? -most : value);
}

static void write_model(const Learner *self, const Settings *set, const char *path) {
  uint32_t count = self->features.count, ranked_count = 0;
  Ranked *ranked = need(malloc(count * sizeof(Ranked)));
  for (uint32_t i = 0; i < count; i++) {
    float norm = 0;
    for (int k = 0; k < ROW; k++) {
      float size = fabsf(self->weights[i].w[k]);
      norm = size > norm ? size : norm;
    }
    if (norm > 0) ranked[ranked_count++] = (Ranked){i, norm};
  }
  qsort(ranked, ranked_count, sizeof(Ranked), compare_ranked);
  uint32_t kept = ranked_count < (uint32_t)set->keep ? ranked_count : (uint32_t)set->keep;
  uint32_t groups = kept * 4 / 3 / GROUP + 1, dropped = 0;
  double step = (double)ranked[kept / 200].norm / 127; // few weights are cut
  uint16_t *checks = need(calloc((size_t)groups * GROUP, sizeof(uint16_t)));
  int8_t *rows = need(calloc((size_t)groups * GROUP, ROW));
  for (uint32_t i = 0; i < kept; i++) {
    uint32_t feature = self->features.keys[ranked[i].id];
    uint32_t group = (uint32_t)((uint64_t)(feature * 0x9e3779b1u) * groups >> 32);
    uint16_t check = (uint16_t)(feature ^ feature >> 16);
    uint32_t slot = group * GROUP, end = slot + GROUP;
    if (!check) check = 1;
    while (slot < end && checks[slot] && checks[slot] != check)
      slot++;
    if (slot == end || checks[slot]) {
      dropped++;
      continue;
    }
    checks[slot] = check;
    for (int k = 0; k < ROW; k++) {
      rows[(size_t)slot * ROW + (size_t)k] =
          (int8_t)quantised(self->weights[ranked[i].id].w[k], step, 127);
    }
  }
  FILE *out = fopen(path, "wb");
  if (!out) {
    perror(path);
    exit(1);
  }
  fputs("GALLEYM1", out);
  put(out, groups, 4);
  put(out, (uint32_t)(step * 65536 + 0.5), 4);
  step = floor(step * 65536 + 0.5) / 65536;
  for (int from = 0; from < GALLEY_LABELS; from++)
    for (int to = 0; to < GALLEY_LABELS; to++)
      put(out, (uint32_t)quantised(self->trans[from][to], step, 32767), 2);
  for (int i = GALLEY_LABELS * GALLEY_LABELS * 2; i % 16; i++)
    putc(0, out);
  for (uint32_t i = 0; i < groups * GROUP; i++)
    put(out, checks[i], 2);
  fwrite(rows, ROW, (size_t)groups * GROUP, out);
  fprintf(stderr, "%u of %u features kept, %u found no slot, %ld bytes\n", kept - dropped,
          ranked_count, dropped, ftell(out));
  fclose(out);
  free(ranked);
  free(checks);
  free(rows);
}

// ---- the whole ----------------------------------------------------------------------------------

static bool set_option(Settings *set, const char *argument) {
  struct {
    const char *name;
    double *value;
  } reals[] = {{"rate=", &set->rate},
               {"l2=", &set->l2},
               {"l2_words=", &set->l2_words},
               {"drop_words=", &set->drop_words},
               {"drop_context=", &set->drop_context},
               {"keep=", &set->keep}};
  for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) {
    size_t length = strlen(reals[i].name);
    if (strncmp(argument, reals[i].name, length) == 0) {
      *reals[i].value = atof(argument + length);
      return true;
    }
  }
  if (strncmp(argument, "epochs=", 7) == 0)
    set->epochs = atoi(argument + 7);
  else if (strncmp(argument, "least=", 6) == 0)
    set->least = atoi(argument + 6);
  else
    return false;
  return true;
}

static void learn(Learner *self, const Corpus *corpus, const Settings *set) {
  uint32_t *order = need(malloc((corpus->stretch_count + 1) * sizeof(uint32_t))), count = 0;
  for (uint32_t i = 0; i < corpus->stretch_count; i++)
    if (!corpus->stretches[i].dev) order[count++] = i;
  int averaged = 0;
  for (int epoch = 1; epoch <= set->epochs; epoch++) {
    shuffle(self, order, count);
    for (uint32_t i = 0; i < count; i++)
      learn_stretch(self, corpus, &corpus->stretches[order[i]], set);
    if (epoch * 2 > set->epochs) {
      add_to_average(self);
      averaged++;
    }
    char when[32];
    snprintf(when, sizeof when, "epoch %d", epoch);
    if (epoch % 5 == 0 || epoch == set->epochs) measure(self, corpus, when);
  }
  for (uint32_t i = 0; i < self->features.count; i++)
    for (int k = 0; k < ROW; k++)
      self->weights[i].w[k] = self->sums[i].w[k] / (float)averaged;
  for (int from = 0; from < GALLEY_LABELS; from++)
    for (int to = 0; to < GALLEY_LABELS; to++)
      self->trans[from][to] = self->trans_sums[from][to] / (float)averaged;
  measure(self, corpus, "average");
  free(order);
}

int main(int count, char **arguments) {
  Settings set = {.rate = 0.1,
                  .l2 = 0.5,
                  .l2_words = 0.5,
                  .drop_words = 0.3,
                  .drop_context = 0.1,
                  .keep = 70000,
                  .epochs = 20,
                  .least = 2};
  static Corpus corpus;
  static Swap swap = {.random = 77};
  static Learner learner = {.random = 20240521};
  if (count < 3) {
    fprintf(stderr, "usage: train OUT [OPTION=VALUE...] FILE[:OPTION=VALUE...]...\n");
    return 2;
  }
  for (int from = 0; from < GALLEY_LABELS; from++)
    for (int to = 0; to < GALLEY_LABELS; to++)
      follows[from][to] = galley_label_follows(from, to);
  for (int i = 2; i < count; i++) {
    if (strncmp(arguments[i], "names=", 6) == 0) {
      if (!swap_read(&swap, arguments[i] + 6)) return 1;
    } else if (!set_option(&set, arguments[i]) && !corpus_read(&corpus, &swap, arguments[i])) {
      return 1;
    }
  }
  number_features(&learner, &corpus, set.least);
  learner.weights = need(calloc(learner.features.count, sizeof(Row)));
  learner.squares = need(calloc(learner.features.count, sizeof(Row)));
  learner.sums = need(calloc(learner.features.count, sizeof(Row)));
  learn(&learner, &corpus, &set);
  if (strcmp(arguments[1], "-") != 0) write_model(&learner, &set, arguments[1]);
  return 0;
}
