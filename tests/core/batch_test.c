// Many documents at once say what each would say alone, in the order in which they were put.
#include "batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "span_json.h"
#include "test.h"

enum { TEXTS = 400, TEXT_MAX = 4000 };

static const char *const sentences[] = {
    "Mayor Ana Ruiz said on Friday that the Harbour Trust would close the north quay.",
    "“We waited four years for this,” Ruiz told the council.",
    "About 476 people, 12 percent of the town, marched on May 25.",
    "It costs $2.5bn, she said.",
    "\n\n## What comes next\n\n",
    "See [the register](https://example.org/a) and Marsh (2016).",
    "José Ruiz, 54, lives 5 km away.\n\n",
};

static uint32_t random_text(TestRandom *random, char *out) {
  uint32_t length = 0;
  for (uint32_t count = test_random_below(random, 40); count > 0; count--) {
    const char *sentence =
        sentences[test_random_below(random, sizeof sentences / sizeof *sentences)];
    length += (uint32_t)snprintf(out + length, TEXT_MAX - length, "%s ", sentence);
  }
  return length;
}

// The spans of a text by itself.
static GalleyJson alone(const char *text, uint32_t length, int32_t day) {
  GalleyJson json = {0};
  GalleyDocument *document = galley_document_new();
  if (document) document->stated_date = day;
  json.failed = !document || !galley_document_edit(document, 0, 0, text, length) ||
                !galley_document_resolve(document) || !galley_json_spans(&json, document, ",");
  galley_document_free(document);
  return json;
}

static void answers_in_order(Test *test) {
  static char texts[TEXTS][TEXT_MAX];
  uint32_t lengths[TEXTS];
  TestRandom random = {18660727};
  GalleyBatch *batch = galley_batch_new(4);
  if (!CHECK(test, batch)) return;
  for (int32_t i = 0; i < TEXTS; i++) {
    lengths[i] = random_text(&random, texts[i]);
    CHECK(test, galley_batch_put(batch, texts[i], lengths[i], 17000 + i));
  }
  CHECK_INT(test, galley_batch_count(batch), TEXTS);
  for (int32_t i = 0; i < TEXTS && !test->failures; i++) {
    size_t length;
    const char *answer = galley_batch_first(batch, &length);
    GalleyJson expected = alone(texts[i], lengths[i], 17000 + i);
    CHECK(test, answer && !expected.failed);
    CHECK_BYTES(test, answer, length, expected.bytes ? expected.bytes : "", expected.length);
    galley_json_free(&expected);
    galley_batch_drop(batch);
  }
  CHECK_INT(test, galley_batch_count(batch), 0);
  galley_batch_free(batch);
}

// One text in, one answer out, again and again: as a slow pipe brings them.
static void one_at_a_time(Test *test) {
  GalleyBatch *batch = galley_batch_new(2);
  if (!CHECK(test, batch)) return;
  for (int i = 0; i < 100; i++) {
    size_t length = 0;
    CHECK(test, galley_batch_put(batch, "On 25 May 2018.", 15, GALLEY_DAY_NONE));
    const char *answer = galley_batch_first(batch, &length);
    static const char start[] =
        "{\"start\":3,\"end\":14,\"kind\":\"date\",\"type\":\"DATE\",\"text\":\"25 May 2018\","
        "\"value\":\"2018-05-25\"";
    CHECK(test, answer && length > sizeof start);
    CHECK_BYTES(test, answer, sizeof start - 1, start, sizeof start - 1);
    galley_batch_drop(batch);
  }
  galley_batch_free(batch);
}

// What was put and not taken is given up with the batch.
static void closed_early(Test *test) {
  static char text[TEXT_MAX];
  TestRandom random = {18510101};
  for (int i = 0; i < 20; i++) {
    GalleyBatch *batch = galley_batch_new(3);
    if (!CHECK(test, batch)) return;
    for (int j = 0; j < i * 3; j++) {
      uint32_t length = random_text(&random, text);
      CHECK(test, galley_batch_put(batch, text, length, GALLEY_DAY_NONE));
    }
    galley_batch_free(batch);
  }
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"400 texts on 4 threads", answers_in_order},
      {"one text at a time", one_at_a_time},
      {"a batch that is closed early", closed_early},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
