#include "stages.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "annotate.h"
#include "check.h"
#include "document.h"
#include "measure.h"
#include "lex.h"

const char *const bench_stage_names[BENCH_STAGE_COUNT] = {
    [BENCH_COPY] = "memcpy",
    [BENCH_BARE] = "bare tokenizer loop",
    [BENCH_SCAN] = "scanner alone, no tree",
    [BENCH_PARSE] = "parse alone",
    [BENCH_LEAVES] = "walk of the tree",
    [BENCH_TOKENS] = "tokens alone",
    [BENCH_CITATION] = "citations alone",
    [BENCH_DATE] = "dates alone",
    [BENCH_ENTITY] = "entities alone",
    [BENCH_FIGURE] = "figures alone",
    [BENCH_QUOTE] = "quotes alone",
    [BENCH_LOAD] = "load: all of these, spans kept",
    [BENCH_DATE_RESOLVE] = "resolve of dates alone",
    [BENCH_RESOLVE] = "resolve: what the document tells",
    [BENCH_CHECK] = "all checks, the first time",
    [BENCH_WHOLE] = "whole: load, resolve and checks",
};

static void keep_best(BenchStages *self, BenchStage stage, double seconds) {
  double *best = &self->seconds[stage];
  if (*best == 0 || seconds < *best) *best = seconds;
}

// What a word splitter that knows nothing but ASCII would do: the least that any tool must.
static uint32_t count_words(const char *bytes, uint32_t length) {
  enum { OTHER, LETTER, DIGIT };
  uint8_t classes[256] = {0};
  for (int c = 0; c < 256; c++) {
    bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    classes[c] = letter || c > 0x7f ? LETTER : c >= '0' && c <= '9' ? DIGIT : OTHER;
  }
  uint32_t words = 0, class = OTHER;
  for (uint32_t i = 0; i < length; i++) {
    uint32_t next = classes[(unsigned char)bytes[i]];
    words += next != OTHER && next != class;
    class = next;
  }
  return words;
}

static void time_floor(BenchStages *self, const char *bytes, uint32_t length, char *copy) {
  double start = bench_now();
  memcpy(copy, bytes, length);
  double copied = bench_now();
  // Its result is looked at, or the compiler would leave it out.
  volatile uint32_t words = count_words(copy, length);
  (void)words;
  keep_best(self, BENCH_BARE, bench_now() - copied);
  keep_best(self, BENCH_COPY, copied - start);
  double scanned = bench_now();
  if (!bench_lex(bytes, length)) bench_fail("out of memory", "");
  keep_best(self, BENCH_SCAN, bench_now() - scanned);
}

typedef struct {
  GalleyLeafList leaves;
  GalleyTokenList tokens;
  GalleySpanList spans;
  double seconds[BENCH_STAGE_COUNT];
  uint32_t dates;
} Pass;

static void annotate(Pass *pass, GalleyBlockView *view) {
  static const struct {
    BenchStage stage;
    bool (*run)(GalleyBlockView *);
  } annotators[] = {
      {BENCH_CITATION, galley_citation_annotate}, {BENCH_DATE, galley_date_annotate},
      {BENCH_ENTITY, galley_entity_annotate},     {BENCH_FIGURE, galley_figure_annotate},
      {BENCH_QUOTE, galley_quote_annotate},
  };
  double before = bench_tick();
  for (size_t i = 0; i < sizeof annotators / sizeof *annotators; i++) {
    if (!annotators[i].run(view)) bench_fail("out of memory", "");
    double after = bench_tick();
    pass->seconds[annotators[i].stage] += after - before;
    before = after;
  }
  for (uint32_t i = 0; i < pass->spans.count; i++)
    pass->dates += pass->spans.items[i].kind == GALLEY_KIND_DATE;
}

// The document's own loop over blocks, with a clock between its parts.
static void pass_blocks(Pass *pass, const GalleyText *text, const GalleySyntax *syntax) {
  GalleyBlockCursor *cursor = galley_block_cursor_new(syntax, 0);
  GalleyTagger tagger; // a document has one too
  GalleyBlock block;
  galley_tagger_open(&tagger);
  double start = bench_tick();
  while (cursor && galley_block_cursor_next(cursor, &block)) {
    if (block.kind >= GALLEY_BLOCK_REFERENCE) continue;
    pass->leaves.count = pass->tokens.count = pass->spans.count = 0;
    const char *bytes = text->bytes + block.start;
    if (!galley_block_cursor_leaves(cursor, &pass->leaves)) bench_fail("out of memory", "");
    double walked = bench_tick();
    pass->seconds[BENCH_LEAVES] += walked - start;
    if (!galley_tokenize(bytes, block.start, pass->leaves.items, pass->leaves.count,
                         &pass->tokens)) {
      bench_fail("out of memory", "");
    }
    pass->seconds[BENCH_TOKENS] += bench_tick() - walked;
    GalleyBlockView view = {
        .bytes = bytes,
        .length = block.end - block.start,
        .kind = block.kind,
        .level = block.level,
        .tokens = pass->tokens.items,
        .token_count = pass->tokens.count,
        .spans = &pass->spans,
        .tagger = &tagger,
    };
    if (view.token_count) annotate(pass, &view);
    start = bench_tick();
  }
  galley_block_cursor_free(cursor);
}

static void time_parts(BenchStages *self, const char *bytes, uint32_t length) {
  GalleyText text;
  GalleySyntax *syntax = galley_syntax_new();
  if (!syntax || !galley_text_init(&text) || !galley_text_replace(&text, 0, 0, bytes, length)) {
    bench_fail("out of memory", "");
  }
  double start = bench_now();
  if (!galley_syntax_parse(syntax, &text)) bench_fail("out of memory", "");
  keep_best(self, BENCH_PARSE, bench_now() - start);

  Pass pass = {0};
  pass_blocks(&pass, &text, syntax);
  for (BenchStage stage = BENCH_LEAVES; stage <= BENCH_QUOTE; stage++)
    keep_best(self, stage, pass.seconds[stage]);
  self->dates = pass.dates;
  galley_leaf_list_free(&pass.leaves);
  galley_token_list_free(&pass.tokens);
  galley_span_list_free(&pass.spans);
  galley_syntax_free(syntax);
  galley_text_free(&text);
}

static GalleyDocument *open_document(const char *bytes, uint32_t length, bool wants_findings) {
  GalleyDocument *document = galley_document_new();
  if (document) document->wants_findings = wants_findings;
  if (!document || !galley_document_edit(document, 0, 0, bytes, length)) {
    bench_fail("out of memory", "");
  }
  return document;
}

// As `galley check` does it.
static void time_whole(BenchStages *self, const char *bytes, uint32_t length) {
  double start = bench_now();
  GalleyDocument *document = open_document(bytes, length, true);
  if (!galley_check_run(document)) bench_fail("out of memory", "");
  keep_best(self, BENCH_WHOLE, bench_now() - start);
  galley_document_free(document);
}

static void time_document(BenchStages *self, const char *bytes, uint32_t length) {
  size_t heap = bench_heap();
  double start = bench_now();
  GalleyDocument *document = open_document(bytes, length, false);
  double loaded = bench_now();
  if (!galley_date_resolve(document)) bench_fail("out of memory", "");
  double dated = bench_now();
  if (!galley_document_resolve(document)) bench_fail("out of memory", "");
  double resolved = bench_now();
  self->own_memory = (double)galley_document_memory(document);
  self->heap = (double)(bench_heap() - heap);
  double checking = bench_now();
  if (!galley_check_run(document)) bench_fail("out of memory", "");
  double checked = bench_now();
  keep_best(self, BENCH_CHECK, checked - checking);
  keep_best(self, BENCH_RESOLVE, resolved - dated);
  keep_best(self, BENCH_DATE_RESOLVE, dated - loaded);
  keep_best(self, BENCH_LOAD, loaded - start);
  memset(self->spans, 0, sizeof self->spans);
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    for (uint32_t j = 0; j < spans->count; j++)
      self->spans[spans->items[j].kind]++;
  }
  self->blocks = document->block_count;
  self->clusters = document->cluster_count;
  galley_document_free(document);
}

BenchStages bench_stages(const char *bytes, uint32_t length, int repetitions) {
  BenchStages self = {0};
  char *copy = calloc(length, 1); // its pages are there before the clock runs
  if (!copy) bench_fail("out of memory", "");
  for (int i = 0; i < repetitions; i++) {
    time_floor(&self, bytes, length, copy);
    time_parts(&self, bytes, length);
    time_document(&self, bytes, length);
    time_whole(&self, bytes, length);
  }
  free(copy);
  return self;
}
