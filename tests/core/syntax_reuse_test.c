// After an edit the parser must take nearly all of the old tree as it is. How much it does take,
// its log tells: only here, beside syntax.c, is tree-sitter itself spoken to.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

#include "test.h"

const TSLanguage *tree_sitter_article(void);

enum { PARAGRAPHS = 4000, SENTENCE_MAX = 160 };

typedef struct {
  uint32_t reused, lexed;
} Counts;

static void count(void *payload, TSLogType type, const char *message) {
  Counts *counts = payload;
  if (type != TSLogTypeParse) return;
  if (strncmp(message, "reuse_node", 10) == 0) counts->reused++;
  if (strncmp(message, "lex_external", 12) == 0) counts->lexed++;
}

// Paragraphs of sentences of words chosen at random. The caller frees them.
static char *prose(uint32_t *length) {
  static const char *const words[] = {"harbour", "quay",    "vote",  "council", "ship",   "late",
                                      "Elm",     "Ruiz",    "May",   "32",      "$4.5",   "board",
                                      "opened",  "refused", "crane", "tender",  "budget", "north"};
  TestRandom random = {18150618};
  char *text = malloc((size_t)PARAGRAPHS * 5 * SENTENCE_MAX);
  size_t at = 0;
  for (uint32_t i = 0; text && i < PARAGRAPHS; i++) {
    for (uint32_t sentence = 2 + test_random_below(&random, 3); sentence > 0; sentence--) {
      bool quoted = test_random_below(&random, 4) == 0;
      at += (size_t)sprintf(text + at, "%sThe", quoted ? "“" : "");
      for (uint32_t word = 5 + test_random_below(&random, 8); word > 0; word--) {
        at += (size_t)sprintf(text + at, " %s", words[test_random_below(&random, 18)]);
      }
      at += (size_t)sprintf(text + at, quoted ? ",” he said. " : ". ");
    }
    at += (size_t)sprintf(text + at, "\n\n");
  }
  *length = (uint32_t)at;
  return text;
}

static void an_edit_keeps_the_old_tree(Test *test) {
  uint32_t length = 0;
  char *text = prose(&length);
  TSParser *parser = ts_parser_new();
  if (!CHECK(test, text && parser && ts_parser_set_language(parser, tree_sitter_article()))) return;
  TSTree *tree = ts_parser_parse_string(parser, NULL, text, length);
  TestRandom random = {19140628};
  Counts worst = {0, 0}, total = {0, 0};
  enum { EDITS = 100 };
  for (int i = 0; i < EDITS; i++) {
    uint32_t at = test_random_below(&random, length);
    while (at > 0 && !(text[at] >= 'a' && text[at] <= 'z'))
      at--;
    text[at] = text[at] == 'e' ? 'a' : 'e';
    TSInputEdit edit = {at, at + 1, at + 1, {0, at}, {0, at + 1}, {0, at + 1}};
    ts_tree_edit(tree, &edit);
    Counts counts = {0, 0};
    ts_parser_set_logger(parser, (TSLogger){&counts, count});
    TSTree *next = ts_parser_parse_string(parser, tree, text, length);
    ts_parser_set_logger(parser, (TSLogger){NULL, NULL});
    ts_tree_delete(tree);
    tree = next;
    total.lexed += counts.lexed;
    total.reused += counts.reused;
    if (counts.lexed > worst.lexed) worst.lexed = counts.lexed;
    if (counts.reused > worst.reused) worst.reused = counts.reused;
  }
  printf("%u bytes: an edit lexes %u tokens and steps over %u nodes; at worst %u and %u\n", length,
         total.lexed / EDITS, total.reused / EDITS, worst.lexed, worst.reused);
  CHECK(test, total.lexed / EDITS < 25);
  CHECK(test, total.reused / EDITS < 150);
  CHECK(test, worst.lexed < 200);
  CHECK(test, worst.reused < 600);
  ts_tree_delete(tree);
  ts_parser_delete(parser);
  free(text);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {{"an edit keeps the old tree", an_edit_keeps_the_old_tree}};
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
