// What typing at the top of a long article touches: a quote is opened, and closed again.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "test.h"

enum { LENGTH = 1 << 20, MARK = 0x6d61726b };

// 1 MB of paragraphs that differ, a quote in every seventh.
static GalleyDocument *long_article(void) {
  char *bytes = malloc(LENGTH + 512);
  if (!bytes) abort();
  int length = 0;
  for (int i = 0; length < LENGTH; i++) {
    length += sprintf(bytes + length,
                      "In paragraph %d the council of ward %d met again,\nand %d members voted for "
                      "the port.%s\n\n",
                      i, i % 89, i % 41, i % 7 != 3 ? "" : " \"We will count,\" said Ana Ruiz.");
  }
  GalleyDocument *document = galley_document_new();
  if (!document || !galley_document_edit(document, 0, 0, bytes, (uint32_t)length)) abort();
  free(bytes);
  return document;
}

// Marks the records of all blocks, so that new ones can be told.
static void mark_blocks(GalleyDocument *document) {
  for (uint32_t i = 0; i < document->block_count; i++) {
    if (document->blocks[i].lower_word_count) document->blocks[i].lower_words[0] = MARK;
  }
}

// How many blocks were annotated since they were marked.
static uint32_t annotated_blocks(const GalleyDocument *document) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    count += block->lower_word_count == 0 || block->lower_words[0] != MARK;
  }
  return count;
}

// The first quote of a block; NULL if it has none.
static const GalleySpan *quote_of(const GalleyDocument *document, uint32_t block) {
  const GalleySpanList *spans = &document->blocks[block].spans;
  for (uint32_t i = 0; i < spans->count; i++) {
    const GalleySpan *span = &spans->items[i];
    if (span->kind == GALLEY_KIND_QUOTE && span->subtype == GALLEY_QUOTE_MARKS) return span;
  }
  return NULL;
}

// Types a quotation in front of the first paragraph, a character a key. Each key annotates that
// paragraph and no other; the quote ends with the paragraph until its closing mark is typed.
static void type_quote(Test *test, const char *open, const char *words, const char *close) {
  GalleyDocument *document = long_article();
  const char *const keys[] = {open, words, close};
  uint32_t at = 0, most = 0, blocks = document->block_count;
  for (int part = 0; part < 3; part++) {
    for (const char *key = keys[part]; *key;) {
      uint32_t length = 1;
      while ((key[length] & 0xc0) == 0x80)
        length++;
      mark_blocks(document);
      if (!galley_document_edit(document, at, at, key, length)) abort();
      uint32_t annotated = annotated_blocks(document);
      most = annotated > most ? annotated : most;
      at += length;
      key += length;
    }
    CHECK_INT(test, document->block_count, blocks);
    if (!galley_document_resolve(document)) abort();
    const GalleySpan *quote = quote_of(document, 0);
    CHECK(test, quote != NULL);
    if (!quote) break;
    CHECK_INT(test, quote->start, 0);
    CHECK_INT(test, quote->state, part == 2 ? GALLEY_QUOTE_CLOSED : GALLEY_QUOTE_UNCLOSED);
    if (part == 2) CHECK_INT(test, quote->end, at);
    if (part < 2) CHECK(test, quote->end + 2 >= document->blocks[0].length);
    CHECK(test, quote_of(document, 1) == NULL);
  }
  CHECK_INT(test, most, 1);
  galley_document_free(document);
}

static void curly_marks(Test *test) {
  type_quote(test, "“", "We counted 36 votes that night,", "”");
}

static void straight_marks(Test *test) {
  type_quote(test, "\"", "We counted 36 votes that night,", "\"");
}

static void guillemets(Test *test) {
  type_quote(test, "«", "We counted 36 votes that night,", "»");
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"typing: a curly quote at the top of 1 MB", curly_marks},
      {"typing: a straight quote at the top of 1 MB", straight_marks},
      {"typing: a quote in guillemets at the top of 1 MB", guillemets},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
