#define _POSIX_C_SOURCE 200809L // NOLINT(bugprone-reserved-identifier): getline, strdup

#include "corpus.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../document.h"
#include "../entity_model.h"
#include "../gazetteer.h"
#include "swap.h"

typedef struct {
  double weight;
  double swaps; // copies with other names: how many times over
  bool partial, dev, copies, templates;
  int fold; // -1 none
} Options;

// ---- labels -------------------------------------------------------------------------------------

static bool covers(const Mark *mark, const GalleyToken *token, uint32_t offset) {
  return offset + token->start < mark->end && offset + token->end > mark->start;
}

// Titles are no part of a name here, whatever the file's own rule.
static void drop_titles(Article *article, const GalleyBlockView *block, uint32_t offset) {
  for (uint32_t i = 0; i + 1 < block->token_count; i++) {
    const GalleyToken *token = &block->tokens[i];
    if (!(token->classes & GALLEY_IS(GALLEY_CLASS_TITLE))) continue;
    for (uint32_t j = 0; j < article->mark_count; j++) {
      Mark *mark = &article->marks[j];
      bool first = mark->type == GALLEY_ENTITY_PERSON && mark->start == offset + token->start;
      uint32_t next = offset + block->tokens[i + 1].start;
      if (first && block->tokens[i + 1].kind == GALLEY_TOKEN_WORD && next < mark->end) {
        mark->start = next;
      }
    }
  }
}

static const Mark *mark_of(const Article *article, const GalleyToken *token, uint32_t offset) {
  for (uint32_t i = 0; i < article->mark_count; i++)
    if (covers(&article->marks[i], token, offset)) return &article->marks[i];
  return NULL;
}

static uint8_t label_of(const Article *article, const GalleyBlockView *block, uint32_t offset,
                        GalleyStretch stretch, uint32_t at) {
  const Mark *mark = mark_of(article, &block->tokens[at], offset);
  if (!mark) return 0;
  bool before = at > stretch.first && mark_of(article, &block->tokens[at - 1], offset) == mark;
  bool after = at + 1 < stretch.end && mark_of(article, &block->tokens[at + 1], offset) == mark;
  int place = before ? (after ? GALLEY_PLACE_INSIDE : GALLEY_PLACE_LAST)
                     : (after ? GALLEY_PLACE_BEGIN : GALLEY_PLACE_ONLY);
  return (uint8_t)GALLEY_LABEL(mark->type, place);
}

// Whether a word is one of those that some files leave unmarked: demonyms, events, products.
static bool may_be_other(const GalleyToken *token, const GalleyWordView *word) {
  const uint64_t others = GALLEY_KNOWN(GALLEY_KNOWN_EVENT) | GALLEY_KNOWN(GALLEY_KNOWN_PRODUCT) |
                          GALLEY_KNOWN(GALLEY_KNOWN_LAW) | GALLEY_KNOWN(GALLEY_KNOWN_DEMONYM);
  return token->classes & GALLEY_IS(GALLEY_CLASS_DEMONYM) || word->known & others ||
         (word->phrase & 15) == 4;
}

static uint32_t allowed_of(uint8_t label, bool other) {
  uint32_t allowed = 1u << label;
  if (label == 0 && other) allowed |= 15u << GALLEY_LABEL(GALLEY_ENTITY_OTHER, 0);
  return allowed;
}

// ---- stretches ----------------------------------------------------------------------------------

static void add_stretch(Corpus *self, const Article *article, const GalleyBlockView *block,
                        uint32_t offset, GalleyStretch stretch, const Options *options, bool dev) {
  static GalleyWindow window;
  GalleyFeatures features;
  galley_window_open(&window, block, stretch);
  self->stretches = article_grow(self->stretches, &self->stretch_capacity, self->stretch_count,
                                 sizeof(CorpusStretch));
  self->stretches[self->stretch_count++] = (CorpusStretch){.first = self->token_count,
                                                           .count = stretch.end - stretch.first,
                                                           .weight = options->weight,
                                                           .file = (uint8_t)self->file_count,
                                                           .dev = dev,
                                                           .partial = options->partial};
  for (uint32_t i = stretch.first; i < stretch.end; i++) {
    galley_window_features(&window, i - stretch.first, &features);
    uint8_t label = label_of(article, block, offset, stretch, i);
    bool other =
        options->partial && may_be_other(&block->tokens[i], &window.words[i - window.offset]);
    self->tokens =
        article_grow(self->tokens, &self->token_capacity, self->token_count, sizeof(CorpusToken));
    self->tokens[self->token_count++] = (CorpusToken){.features = self->feature_count,
                                                      .feature_count = features.count,
                                                      .allowed = allowed_of(label, other),
                                                      .gold = label,
                                                      .dev = dev};
    for (uint32_t j = 0; j < features.count; j++) {
      self->features = article_grow(self->features, &self->feature_capacity, self->feature_count,
                                    sizeof(uint32_t));
      self->features[self->feature_count++] = features.items[j];
    }
  }
}

// Reads the article block by block, as document.c does, up to where the tagger begins.
static bool add_article(Corpus *self, Article *article, const Options *options, bool dev) {
  GalleyText text = {0};
  GalleySyntax *syntax = galley_syntax_new();
  GalleyBlock block;
  GalleyLeafList leaves = {0};
  GalleyTokenList tokens = {0};
  GalleySpanList spans = {0};
  bool done = syntax && galley_text_init(&text) &&
              galley_text_replace(&text, 0, 0, article->text, article->length) &&
              galley_syntax_parse(syntax, &text);
  GalleyBlockCursor *cursor = done ? galley_block_cursor_new(syntax, 0) : NULL;
  while (cursor && done && galley_block_cursor_next(cursor, &block)) {
    leaves.count = tokens.count = spans.count = 0;
    if (block.kind >= GALLEY_BLOCK_REFERENCE) continue;
    done =
        galley_block_cursor_leaves(cursor, &leaves) &&
        galley_tokenize(text.bytes + block.start, block.start, leaves.items, leaves.count, &tokens);
    GalleyBlockView view = {.bytes = text.bytes + block.start,
                            .length = block.end - block.start,
                            .kind = block.kind,
                            .level = block.level,
                            .tokens = tokens.items,
                            .token_count = tokens.count,
                            .spans = &spans};
    done = done && galley_citation_annotate(&view) && galley_date_annotate(&view);
    drop_titles(article, &view, block.start);
    GalleyStretch stretch = {0};
    for (uint32_t at = 0; done && galley_stretch_next(&view, at, &stretch); at = stretch.end)
      add_stretch(self, article, &view, block.start, stretch, options, dev);
  }
  galley_block_cursor_free(cursor);
  galley_syntax_free(syntax);
  galley_text_free(&text);
  galley_leaf_list_free(&leaves);
  galley_token_list_free(&tokens);
  galley_span_list_free(&spans);
  return done;
}

// ---- copies as headlines ------------------------------------------------------------------------

// Writes the text in capitals, or every word with one. Letters beyond ASCII stay, so offsets do
// too.
static void capitalise(Article *article, bool whole) {
  bool start = true;
  for (uint32_t i = 0; i < article->length; i++) {
    unsigned char c = (unsigned char)article->text[i];
    if (whole || start) article->text[i] = (char)toupper(c);
    start = c == ' ' || c == '\n' || c == '-' || c == '"' || c == '(';
  }
}

static bool add_copies(Corpus *self, Article *article, Options options, uint32_t number) {
  options.weight *= 0.5;
  if (number % 7 == 3) {
    capitalise(article, false);
    if (!add_article(self, article, &options, false)) return false;
  }
  if (number % 7 == 5) {
    capitalise(article, true);
    if (!add_article(self, article, &options, false)) return false;
  }
  return true;
}

// ---- files --------------------------------------------------------------------------------------

static bool parse_options(char *text, Options *options) {
  *options = (Options){.weight = 1, .copies = true, .fold = -1};
  for (char *item = strtok(text, ":"); item; item = strtok(NULL, ":")) {
    if (strncmp(item, "weight=", 7) == 0)
      options->weight = atof(item + 7);
    else if (strncmp(item, "swaps=", 6) == 0)
      options->swaps = atof(item + 6);
    else if (strncmp(item, "fold=", 5) == 0)
      options->fold = atoi(item + 5);
    else if (strcmp(item, "partial=1") == 0)
      options->partial = true;
    else if (strcmp(item, "dev=1") == 0)
      options->dev = true;
    else if (strcmp(item, "copies=0") == 0)
      options->copies = false;
    else if (strcmp(item, "templates=1") == 0)
      options->templates = true;
    else
      return false;
  }
  return true;
}

// Learns from copies of the article in which other names stand.
static bool add_swaps(Corpus *self, Swap *swap, const Article *article, Options options) {
  options.weight *= 0.5 / (options.swaps > 1 ? options.swaps : 1); // together half an original
  bool done = true;
  for (double left = options.swaps; done && left > 0; left -= 1) {
    Article copy;
    swap_names(swap, article, &copy);
    done = add_article(self, &copy, &options, false);
    article_free(&copy);
  }
  return done;
}

static bool add_line(Corpus *self, Swap *swap, const char *line, uint32_t number,
                     const Options *options) {
  Article article = {0};
  bool done = article_read(line, &article);
  bool dev = options->dev || (options->fold >= 0 && (int)(number % 5) == options->fold);
  done = done && add_article(self, &article, options, dev);
  if (done && !dev) done = add_swaps(self, swap, &article, *options);
  if (done && !dev && options->copies) done = add_copies(self, &article, *options, number);
  article_free(&article);
  return done;
}

// A sentence with gaps is filled as often as the option "swaps" says.
static bool add_template(Corpus *self, Swap *swap, char *line, const Options *options) {
  line[strcspn(line, "\n")] = '\0';
  if (!*line || *line == '#') return true;
  bool done = true;
  for (double left = options->swaps; done && left > 0; left -= 1) {
    Article article = {0};
    done = swap_fill(swap, line, &article) && add_article(self, &article, options, false);
    article_free(&article);
  }
  return done;
}

static bool read_lines(Corpus *self, Swap *swap, FILE *file, const char *path,
                       const Options *options) {
  char *line = NULL;
  size_t capacity = 0;
  bool done = true;
  for (uint32_t number = 0; done && getline(&line, &capacity, file) > 0; number++) {
    done = options->templates ? add_template(self, swap, line, options)
                              : add_line(self, swap, line, number, options);
    if (!done) fprintf(stderr, "train: %s:%u: not a document\n", path, number + 1);
  }
  free(line);
  return done;
}

bool corpus_read(Corpus *self, Swap *swap, const char *argument) {
  char *copy = strdup(argument);
  Options options;
  if (!copy || self->file_count == CORPUS_FILES_MAX) {
    fprintf(stderr, "train: %s: too many files\n", argument);
    free(copy);
    return false;
  }
  char *colon = strchr(copy, ':');
  if (colon) *colon++ = '\0';
  if (!parse_options(colon ? colon : copy + strlen(copy), &options)) {
    fprintf(stderr, "train: %s: option not known\n", argument);
    free(copy);
    return false;
  }
  FILE *file = fopen(copy, "r");
  if (!file) {
    perror(copy);
    free(copy);
    return false;
  }
  const char *slash = strrchr(argument, '/');
  self->names[self->file_count] = slash ? slash + 1 : argument;
  bool done = read_lines(self, swap, file, copy, &options);
  self->file_count++;
  fclose(file);
  free(copy);
  return done;
}
