// Tries random documents and edits; the same ones in every run.
//
//   fuzz bytes    random inputs, whole
//   fuzz edits    random edits; the document must equal a fresh one after each
//   fuzz limits   huge inputs of the kinds that have made parsers slow or hungry
//
// FUZZ_SCALE divides the number of tries (for slow builds); FUZZ_SEED starts elsewhere;
// FUZZ_VERBOSE shows what each huge input costs. A failure is shrunk before it is shown.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "check.h"
#include "finding_compare.h"
#include "search.h"
#include "source.h"
#include "test.h"

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER 1
#endif
#endif

enum {
  INPUTS = 10000,
  SEARCHES = 1500,
  EDITS = 50000,
  EDITS_A_DOCUMENT = 100,
  MEMORY_LIMIT_MB = 1024, // of address space, for the tests of huge inputs as for the rest
  SECONDS_LIMIT = 3000,   // of processor time: ends a loop without end, judges no speed
};

static TestRandom random_for(uint32_t number) {
  uint64_t seed = test_environment_number("FUZZ_SEED", 1);
  TestRandom random = {seed * UINT64_C(0x9e3779b97f4a7c15) + number + 1};
  for (int i = 0; i < 8; i++)
    test_random(&random);
  return random;
}

static void show_text(const char *label, const char *bytes, uint32_t length) {
  printf("  %s (%u bytes): \"", label, length);
  for (uint32_t i = 0; i < length && i < 4000; i++) {
    unsigned char byte = (unsigned char)bytes[i];
    if (byte == '\n') {
      fputs("\\n", stdout);
    } else if (byte == '"' || byte == '\\') {
      printf("\\%c", byte);
    } else if (byte < ' ' || byte >= 0x7f) {
      printf("\\%03o", (unsigned)byte); // octal ends by itself: the text can be pasted into C
    } else {
      putchar(byte);
    }
  }
  puts("\"");
}

typedef struct {
  uint32_t start, old_end;
  FuzzText bytes; // that take the place
} RandomEdit;

// What is wrong with a text, or with it after an edit (which may be NULL).
static const char *verdict(const FuzzText *text, const RandomEdit *edit) {
  GalleyDocument *document = galley_document_new();
  const char *wrong = "out of memory";
  if (document && galley_document_edit(document, 0, 0, text->bytes, text->length)) {
    wrong = NULL;
    if (!edit) {
      wrong = fuzz_check(document);
    } else if (!galley_document_resolve(document) ||
               !galley_document_edit(document, edit->start, edit->old_end, edit->bytes.bytes,
                                     edit->bytes.length)) {
      wrong = "out of memory";
    } else {
      wrong = fuzz_check_fresh(document);
    }
  }
  galley_document_free(document);
  return wrong;
}

static void copy_text(FuzzText *to, const FuzzText *from) {
  to->length = 0;
  fuzz_text_add(to, from->bytes, from->length);
}

// Takes bytes out of the text, in ever smaller pieces, as long as it stays wrong.
static void shrink(FuzzText *text, RandomEdit *edit) {
  FuzzText smaller = {0};
  uint32_t tries = 0;
  for (uint32_t size = text->length / 2 + 1; size > 0; size /= 2) {
    for (uint32_t at = 0; at + size <= text->length && tries < 20000; tries++) {
      RandomEdit moved = edit ? *edit : (RandomEdit){0};
      bool before = edit && at + size <= edit->start, behind = edit && at >= edit->old_end;
      if (edit && !before && !behind) {
        at++;
        continue;
      }
      if (before) {
        moved.start -= size;
        moved.old_end -= size;
      }
      copy_text(&smaller, text);
      fuzz_text_replace(&smaller, at, at + size, "", 0);
      if (verdict(&smaller, edit ? &moved : NULL)) {
        copy_text(text, &smaller);
        if (edit) *edit = moved;
      } else {
        at += size;
      }
    }
  }
  fuzz_text_free(&smaller);
}

// The same for the bytes that an edit puts there.
static void shrink_bytes(const FuzzText *text, RandomEdit *edit) {
  FuzzText whole = {0};
  for (uint32_t size = edit->bytes.length / 2 + 1; size > 0; size /= 2) {
    for (uint32_t at = 0; at + size <= edit->bytes.length;) {
      copy_text(&whole, &edit->bytes);
      fuzz_text_replace(&edit->bytes, at, at + size, "", 0);
      if (!verdict(text, edit)) {
        copy_text(&edit->bytes, &whole);
        at += size;
      }
    }
  }
  fuzz_text_free(&whole);
}

static void report(Test *test, FuzzText *text, RandomEdit *edit, const char *wrong) {
  test->failures++;
  printf("FAIL %s: %s\n", test->name, wrong);
  if (verdict(text, edit)) {
    if (edit) shrink_bytes(text, edit);
    shrink(text, edit);
    printf("  shrunk: %s\n", verdict(text, edit));
  } else {
    puts("  (only after the edits before it)");
  }
  show_text("text", text->bytes, text->length);
  if (edit) {
    printf("  edit of [%u, %u)\n", edit->start, edit->old_end);
    show_text("bytes put there", edit->bytes.bytes, edit->bytes.length);
  }
}

static void random_inputs(Test *test) {
  FuzzText text = {0};
  for (uint32_t i = 0; i < test_scaled("FUZZ_SCALE", INPUTS) && test->failures < 5; i++) {
    TestRandom random = random_for(i);
    text.length = 0;
    // most are short: they try the joints; some are long enough for chunks
    uint32_t size = test_random_below(&random, i % 16 == 0 ? 12000 : 1200);
    fuzz_add_text(&text, &random, size);
    const char *wrong = verdict(&text, NULL);
    if (wrong) report(test, &text, NULL, wrong);
  }
  fuzz_text_free(&text);
}

static void random_sources(Test *test) {
  FuzzText article = {0}, source = {0};
  for (uint32_t i = 0; i < test_scaled("FUZZ_SCALE", SEARCHES) && test->failures < 5; i++) {
    TestRandom random = random_for(3000000 + i);
    article.length = source.length = 0;
    fuzz_add_text(&article, &random, 600);
    // Half of the sources say some of what the article says.
    if (i % 2)
      fuzz_text_add(&source, article.bytes, test_random_below(&random, article.length + 1));
    fuzz_add_text(&source, &random, test_random_below(&random, i % 64 == 0 ? 90000 : 3000));
    uint32_t cut = test_random_below(&random, source.length + 1);
    const char *wrong =
        fuzz_search(article.bytes, article.length, source.bytes, source.length, cut);
    if (!wrong) continue;
    test->failures++;
    printf("FAIL %s: %s (try %u, cut at %u)\n", test->name, wrong, i, cut);
    show_text("article", article.bytes, article.length);
    show_text("source", source.bytes, source.length);
  }
  fuzz_text_free(&article);
  fuzz_text_free(&source);
}

static void make_edit(RandomEdit *edit, const GalleyText *text, TestRandom *random) {
  edit->start = test_random_below(random, text->length + 1);
  if (test_random_below(random, 12) == 0) edit->start = text->length;
  uint32_t rest = text->length - edit->start, removed = 0;
  uint32_t choice = test_random_below(random, 10);
  if (choice >= 5) removed = test_random_below(random, choice == 9 ? 200 : 4);
  edit->old_end = edit->start + (removed < rest ? removed : rest);
  edit->bytes.length = 0;
  if (choice < 8) fuzz_add_piece(&edit->bytes, random);
  if (choice == 4) fuzz_add_text(&edit->bytes, random, test_random_below(random, 300));
  if (choice == 3 && text->length > 0) { // a copy of another place
    uint32_t from = test_random_below(random, text->length);
    uint32_t length = test_random_below(random, 80);
    if (length > text->length - from) length = text->length - from;
    fuzz_text_add(&edit->bytes, text->bytes + from, length);
  }
}

// Applies one edit and compares with a fresh document. False when something was wrong.
static bool try_edit(Test *test, GalleyDocument *document, RandomEdit *edit, FuzzText *before) {
  before->length = 0;
  fuzz_text_add(before, document->text.bytes, document->text.length);
  const char *wrong = "out of memory";
  if (galley_document_edit(document, edit->start, edit->old_end, edit->bytes.bytes,
                           edit->bytes.length)) {
    wrong = fuzz_check_fresh(document);
  }
  if (wrong) report(test, before, edit, wrong);
  return !wrong;
}

static void random_edits(Test *test) {
  FuzzText text = {0}, before = {0};
  RandomEdit edit = {0};
  uint32_t done = 0, total = test_scaled("FUZZ_SCALE", EDITS);
  for (uint32_t number = 0; done < total && test->failures < 5; number++) {
    TestRandom random = random_for(1000000 + number);
    text.length = 0;
    fuzz_add_text(&text, &random, test_random_below(&random, number % 8 == 0 ? 6000 : 1200));
    GalleyDocument *document = galley_document_new();
    if (!CHECK(test, document && galley_document_edit(document, 0, 0, text.bytes, text.length))) {
      galley_document_free(document);
      break;
    }
    for (uint32_t i = 0; i < EDITS_A_DOCUMENT && done < total; i++, done++) {
      make_edit(&edit, &document->text, &random);
      // Now and then several edits meet one resolve, as when someone types.
      bool compared = test_random_below(&random, 8) != 0;
      if (!compared) {
        if (!galley_document_edit(document, edit.start, edit.old_end, edit.bytes.bytes,
                                  edit.bytes.length)) {
          test->failures++;
          break;
        }
        make_edit(&edit, &document->text, &random);
      }
      if (!try_edit(test, document, &edit, &before)) {
        printf("  document %u, edit %u\n", number, i);
        break;
      }
    }
    galley_document_free(document);
  }
  fuzz_text_free(&text);
  fuzz_text_free(&before);
  fuzz_text_free(&edit.bytes);
}

// Types a text character by character at the end of another.
static void typed_text(Test *test) {
  FuzzText text = {0}, before = {0};
  for (uint32_t number = 0; number < test_scaled("FUZZ_SCALE", 40) && test->failures < 5;
       number++) {
    TestRandom random = random_for(2000000 + number);
    text.length = 0;
    fuzz_add_text(&text, &random, 400);
    GalleyDocument *document = galley_document_new();
    if (!CHECK(test, document != NULL)) break;
    for (uint32_t i = 0; i < text.length; i++) {
      RandomEdit edit = {.start = i, .old_end = i};
      fuzz_text_add(&edit.bytes, text.bytes + i, 1);
      bool fine = try_edit(test, document, &edit, &before);
      fuzz_text_free(&edit.bytes);
      if (!fine) break;
    }
    galley_document_free(document);
  }
  fuzz_text_free(&text);
  fuzz_text_free(&before);
}

// ---- huge inputs
// ---------------------------------------------------------------------------------

typedef struct {
  const char *unit; // repeated
  uint32_t unit_length, count;
} Huge;

#define HUGE_OF(unit, count)                                                                       \
  { unit, sizeof(unit) - 1, count }

// What text, spans and findings may take; the tree is not made for a text that is put in at once.
// The most is for opening quotation marks alone, each of them a quote and a finding: 66 bytes a
// byte.
enum { MEMORY_A_BYTE = 72, MEMORY_FREE = 1 << 20 };

static const char *memory_verdict(const FuzzText *text) {
  GalleyDocument *document = galley_document_new();
  const char *wrong = "out of memory";
  if (document && galley_document_edit(document, 0, 0, text->bytes, text->length) &&
      galley_document_resolve(document)) {
    size_t most = MEMORY_FREE + (size_t)text->length * MEMORY_A_BYTE;
    wrong = findings_wrong(document); // these too
    if (galley_document_memory(document) > most)
      wrong = "more memory a byte than any text may take";
  }
  galley_document_free(document);
  return wrong;
}

static void huge_inputs(Test *test) {
  static const Huge inputs[] = {
      HUGE_OF("\n", 300000),
      HUGE_OF("\r\n", 300000),
      HUGE_OF("a", 1 << 20),
      HUGE_OF("word ", 200000),
      HUGE_OF("Word ", 200000),
      HUGE_OF("\"", 1 << 20),
      HUGE_OF("“", 350000),
      HUGE_OF("“‘", 170000),
      HUGE_OF("” ", 250000),
      HUGE_OF("'", 1 << 20),
      HUGE_OF("7", 1 << 20),
      HUGE_OF("1,", 500000),
      HUGE_OF("[", 1 << 20),
      HUGE_OF("[^1]", 250000),
      HUGE_OF("](", 500000),
      HUGE_OF("*", 1 << 20),
      HUGE_OF("* ", 500000),
      HUGE_OF("_a_ ", 250000),
      HUGE_OF("`", 1 << 20),
      HUGE_OF("` ", 500000),
      HUGE_OF("<", 1 << 20),
      HUGE_OF("> ", 500000),
      HUGE_OF("> \n", 300000),
      HUGE_OF("- \n", 300000),
      HUGE_OF("# \n", 300000),
      HUGE_OF("1. a\n", 200000),
      HUGE_OF("```\n", 250000),
      HUGE_OF("---\n", 250000),
      HUGE_OF("|", 1 << 20),
      HUGE_OF("| a |\n", 150000),
      HUGE_OF("\0", 1 << 20),
      HUGE_OF("\xff", 1 << 20),
      HUGE_OF("\xef\xbb\xbf", 300000),
      HUGE_OF("e\xcc\x81", 300000),
      HUGE_OF("\xcc\x81", 500000),
      HUGE_OF("🙂", 250000),
      HUGE_OF("a. ", 300000),
      HUGE_OF("A.", 500000),
      HUGE_OF("...", 300000),
      HUGE_OF("-", 1 << 20),
      HUGE_OF("\"a\" said b.\n", 80000),
      HUGE_OF("\"A\" said Bo Li.\n\n", 60000),
      HUGE_OF("“a\n\n", 170000),
      HUGE_OF("May 25, ", 120000),
      HUGE_OF("10 ", 350000),
      HUGE_OF("$1bn ", 200000),
      HUGE_OF("John Smith. ", 90000),
      HUGE_OF("@a ", 350000),
      HUGE_OF("#a ", 350000),
      HUGE_OF("http://a ", 110000),
      HUGE_OF("\\", 1 << 20),
      HUGE_OF("    ", 260000),
      HUGE_OF("\t", 1 << 20),
      HUGE_OF("[a]: b\n", 150000),
      HUGE_OF("[^a]: b\n", 130000),
      HUGE_OF("<!--", 250000),
      HUGE_OF("(Li 2010) ", 100000),
      HUGE_OF("two and ", 130000),
      HUGE_OF("Bank of ", 130000),
      HUGE_OF("\"a' “b‘ ", 80000),
      HUGE_OF("a\n\n", 330000),
      HUGE_OF("[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", 30000),
      HUGE_OF("Sales rose 20% to 120 from 100. ", 20000),
  };
  FuzzText text = {0};
  size_t count = sizeof inputs / sizeof *inputs;
  for (size_t i = 0; i < count && test->failures < 5; i++) {
    text.length = 0;
    uint32_t times = test_scaled("FUZZ_SCALE", inputs[i].count);
    for (uint32_t j = 0; j < times; j++)
      fuzz_text_add(&text, inputs[i].unit, inputs[i].unit_length);
    clock_t began = clock();
    RandomEdit edit = {.start = text.length / 2, .old_end = text.length / 2};
    fuzz_text_add(&edit.bytes, "x", 1);
    const char *wrong = verdict(&text, &edit);
    if (!wrong) wrong = memory_verdict(&text);
    fuzz_text_free(&edit.bytes);
    if (getenv("FUZZ_VERBOSE")) {
      printf("%8.2f s", (double)(clock() - began) / CLOCKS_PER_SEC);
      show_text("unit", inputs[i].unit, inputs[i].unit_length);
    }
    if (wrong) {
      printf("FAIL %u times the %u bytes of\n", times, inputs[i].unit_length);
      show_text("unit", inputs[i].unit, inputs[i].unit_length);
      printf("  %s\n", wrong);
      test->failures++;
    }
  }
  fuzz_text_free(&text);
}

static void set_limits(void) {
  struct rlimit seconds = {SECONDS_LIMIT, SECONDS_LIMIT};
  setrlimit(RLIMIT_CPU, &seconds);
#ifndef ADDRESS_SANITIZER // its shadow takes terabytes of addresses
  rlim_t bytes = (rlim_t)MEMORY_LIMIT_MB << 20;
  struct rlimit memory = {bytes, bytes};
  if (!getenv("FUZZ_UNLIMITED")) setrlimit(RLIMIT_AS, &memory);
#endif
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"bytes: random inputs", random_inputs},
      {"bytes: random articles and sources", random_sources},
      {"edits: random edits equal a fresh document", random_edits},
      {"edits: text typed character by character", typed_text},
      {"limits: huge inputs", huge_inputs},
  };
  set_limits();
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
