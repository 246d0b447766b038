// Documents in other formats than Markdown: their markup is told in ranges, and read over.
#include "markup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "kind.h"
#include "span_compare.h"
#include "test.h"

enum { RANGES_MAX = 64, SHOWN_MAX = 512 };

// The ranges of a text that is written so for these tests:
//   <b>   nothing          {x}  an object         ~  a blank
//   /     a block's end    &c;  the character c, or for &l &r &e &d one that is not ASCII: “ ” é –
//   ^     the character #  +    the character -
static uint32_t ranges_of(const char *text, GalleyMarkupRange *ranges) {
  static const uint32_t wide[][2] = {{'l', 0x201c}, {'r', 0x201d}, {'e', 0xe9}, {'d', 0x2013}};
  uint32_t count = 0, length = (uint32_t)strlen(text);
  for (uint32_t i = 0; i < length && count < RANGES_MAX; i++) {
    GalleyMarkupRange range = {i, i + 1, 0};
    const char *close = text[i] == '<' ? ">" : text[i] == '{' ? "}" : NULL;
    if (close) range.end = i + (uint32_t)strcspn(text + i, close) + 1;
    if (text[i] == '<') range.code = GALLEY_MARKUP_JOIN;
    if (text[i] == '{') range.code = GALLEY_MARKUP_OBJECT;
    if (text[i] == '/') range.code = GALLEY_MARKUP_BREAK;
    if (text[i] == '~') range.code = ' ';
    if (text[i] == '^') range.code = '#';
    if (text[i] == '+') range.code = '-';
    if (text[i] == '&') {
      range.end = i + (uint32_t)strcspn(text + i, ";") + 1;
      range.code = (unsigned char)text[i + 1];
      for (size_t k = 0; k < sizeof wide / sizeof *wide; k++)
        if (range.code == wide[k][0]) range.code = wide[k][1];
    }
    if (!range.code) continue;
    ranges[count++] = range;
    i = range.end - 1;
  }
  return count;
}

static GalleyDocument *document_of(const char *text) {
  GalleyMarkupRange ranges[RANGES_MAX];
  char read[SHOWN_MAX];
  uint32_t length = (uint32_t)strlen(text);
  GalleyDocument *document = galley_document_new();
  galley_markup_show(text, length, ranges, ranges_of(text, ranges), "", read);
  if (!document || !galley_document_replace(document, 0, 0, text, read, length) ||
      !galley_document_resolve(document)) {
    abort();
  }
  return document;
}

// "kind: text" of each span, as it is written; a line each.
static void show_spans(const GalleyDocument *document, char *out, size_t size) {
  size_t length = 0;
  out[0] = '\0';
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    for (uint32_t k = 0; k < block->spans.count; k++) {
      const GalleySpan *span = &block->spans.items[k];
      if (span->hidden || length >= size) continue;
      length += (size_t)snprintf(out + length, size - length, "%s: %.*s\n",
                                 galley_kinds[span->kind].name, (int)(span->end - span->start),
                                 galley_text_written(&document->text) + block->start + span->start);
    }
  }
}

typedef struct {
  const char *text, *spans;
} SpanCase;

static void check_spans(Test *test, const SpanCase *cases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    char shown[SHOWN_MAX];
    GalleyDocument *document = document_of(cases[i].text);
    show_spans(document, shown, sizeof shown);
    if (!CHECK_TEXT(test, shown, strlen(shown), cases[i].spans)) {
      printf("  of %s\n", cases[i].text);
    }
    galley_document_free(document);
  }
}
#define CHECK_SPANS(test, cases) check_spans(test, cases, sizeof(cases) / sizeof *(cases))

static void tags_are_nothing(Test *test) {
  static const SpanCase cases[] = {
      {"We met <b>Ana</b> <i>Ruiz</i> in <a href=May>June 2018</a>.",
       "entity: Ana</b> <i>Ruiz\ndate: June 2018\n"},
      {"The <i>Harb</i>our Trust paid <b>$</b>5 million.",
       "entity: Harb</i>our Trust\nfigure: $</b>5 million\n"},
      {"\"<b>Yes</b>, we will,\" said <b>Ana Ruiz</b>.",
       "quote: \"<b>Yes</b>, we will,\"\nentity: Ana Ruiz\n"},
      {"<b>“Yes, we will,”</b> said Ana Ruiz.", "quote: “Yes, we will,”\nentity: Ana Ruiz\n"},
  };
  CHECK_SPANS(test, cases);
}

static void characters_are_read(Test *test) {
  static const SpanCase cases[] = {
      {"&\"uot;Yes, we will,&\"uot; said Ana Ruiz.",
       "quote: &\"uot;Yes, we will,&\"uot;\nentity: Ana Ruiz\n"},
      {"&ldquo;Yes, we will,&rdquo; said Jos&eacute; Ruiz.",
       "quote: &ldquo;Yes, we will,&rdquo;\nentity: Jos&eacute; Ruiz\n"},
      {"It cost &$36;5 million in~May~2018.", "figure: &$36;5 million\ndate: May~2018\n"},
      {"From 10&dash;15 percent.", "figure: 10&dash;15 percent\n"},
  };
  CHECK_SPANS(test, cases);
}

static void objects_stand_in_sentences(Test *test) {
  static const SpanCase cases[] = {
      {"Ana {code} Ruiz paid {May 2018} euros.", "entity: Ana\nentity: Ruiz\n"},
      {"\"{x = 5} is wrong,\" said Ana Ruiz.", "quote: \"{x = 5} is wrong,\"\nentity: Ana Ruiz\n"},
  };
  CHECK_SPANS(test, cases);
}

static void nothing_runs_over_a_break(Test *test) {
  static const SpanCase cases[] = {
      {"Mayor Ana/Ruiz", "entity: Ana\nentity: Ruiz\n"},
      {"12/May 2018", "figure: 12\ndate: May 2018\n"},
      {"20/percent", "figure: 20\n"},
      {"“Yes, we/will,” said Ana Ruiz.", "quote: “Yes, we\nentity: Ana Ruiz\n"},
  };
  CHECK_SPANS(test, cases);
}

// Blocks and their kinds: the characters of Markdown's marks can be put where a format has its own.
static void breaks_end_blocks(Test *test) {
  static const struct {
    const char *text;
    uint32_t count;
    uint8_t kind;
    const char *last;
  } cases[] = {
      {"One.//Two.", 2, GALLEY_BLOCK_PARAGRAPH, "Two."},
      {"//<b>~<c>//One.</b>/<d>/", 1, GALLEY_BLOCK_PARAGRAPH, "One.</b>"},
      {"One./^^~Two./", 2, GALLEY_BLOCK_HEADING, "^^~Two."},
      {"One./+~Two./", 2, GALLEY_BLOCK_LIST_ITEM, "+~Two."},
      {"# One/Two", 2, GALLEY_BLOCK_PARAGRAPH, "Two"},
      {"One\n/\n  Two", 2, GALLEY_BLOCK_PARAGRAPH, "  Two"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    GalleyDocument *document = document_of(cases[i].text);
    const char *written = galley_text_written(&document->text);
    if (CHECK_INT(test, document->block_count, cases[i].count)) {
      const GalleyBlockRecord *last = &document->blocks[document->block_count - 1];
      CHECK_INT(test, last->kind, cases[i].kind);
      CHECK_TEXT(test, written + last->start, last->length, cases[i].last);
    }
    galley_document_free(document);
  }
}

// The control characters that stand for markup are nothing of the kind when a text holds them.
static void no_text_passes_for_markup(Test *test) {
  char read[4];
  galley_markup_show("a\x1e\x1fz", 4, NULL, 0, "", read);
  CHECK_TEXT(test, read, 4, "a\x01\x01z");
  GalleyDocument *document = document_of("<b>Ana Ruiz</b> left.");
  CHECK(test, galley_document_edit(document, 6, 7, "\x1e", 1));
  CHECK_INT(test, document->block_count, 1);
  CHECK_TEXT(test, galley_text_written(&document->text), document->text.length,
             "<b>Ana\x1eRuiz</b> left.");
  galley_document_free(document);
}

static void plain_characters_are_no_marks(Test *test) {
  static const char text[] = "# of *ports* and `code\n_ is [3] here`\n";
  static const uint8_t kinds[] = {GALLEY_BLOCK_PARAGRAPH, GALLEY_BLOCK_HEADING};
  static const char *const plains[] = {"#*`_[", ""};
  for (int i = 0; i < 2; i++) {
    GalleyDocument *document = galley_document_new();
    CHECK(test, document && galley_document_set_plain(document, plains[i]));
    CHECK(test, galley_document_edit(document, 0, 0, text, sizeof text - 1));
    CHECK_INT(test, document->blocks[0].kind, kinds[i]);
    if (i == 0) CHECK_INT(test, document->block_count, 1);
    CHECK_TEXT(test, galley_text_written(&document->text), document->text.length, text);
    galley_document_free(document);
  }
}

static const char *const pieces[] = {
    "<b>",     "</b>", "<p>",  "\n",       "\n\n", " ",           "\"",        "“",
    "”",       "'",    "&x;",  "Ana Ruiz", "said", "in May 2019", "5 percent", "é",
    "\xff",    "\xe2", "\x1c", "\x1d",     "\x1e", "\x1f",        "# ",        "- ",
    "| a | b", "`",    "*",    "[a](b)",   ". ",   "``` x\n",     "<!--",      "1. ",
};

static const uint32_t codes[] = {
    GALLEY_MARKUP_JOIN,
    GALLEY_MARKUP_BREAK,
    GALLEY_MARKUP_OBJECT,
    GALLEY_MARKUP_FILL,
    ' ',
    '"',
    0x201c,
    0xe9,
    '#',
    '\n',
};

// Some ranges of a text of so many bytes; they may cut characters.
static uint32_t random_ranges(TestRandom *random, uint32_t length, GalleyMarkupRange *ranges) {
  uint32_t count = 0, at = 0;
  while (count < RANGES_MAX) {
    uint32_t start = at + test_random_below(random, 12);
    uint32_t end = start + 1 + test_random_below(random, 6);
    if (end > length) break;
    uint32_t code = codes[test_random_below(random, sizeof codes / sizeof *codes)];
    ranges[count++] = (GalleyMarkupRange){start, end, code};
    at = end;
  }
  return count;
}

// One change: new bytes with markup or without, or other markup for bytes that stay.
static bool random_change(TestRandom *random, GalleyDocument *document) {
  GalleyMarkupRange ranges[RANGES_MAX];
  char bytes[SHOWN_MAX], read[SHOWN_MAX];
  uint32_t length = document->text.length, size = 0;
  uint32_t start = test_random_below(random, length + 1), old_end = start;
  if (test_random_below(random, 2) || length > 2000) {
    old_end += test_random_below(random, (length - start < 80 ? length - start : 80) + 1);
  }
  if (test_random_below(random, 3) == 0) {
    size = old_end - start;
    memcpy(bytes, galley_text_written(&document->text) + start, size);
  } else {
    for (uint32_t count = test_random_below(random, 8); count > 0; count--) {
      const char *piece = pieces[test_random_below(random, sizeof pieces / sizeof *pieces)];
      size += (uint32_t)snprintf(bytes + size, sizeof bytes - size, "%s", piece);
    }
  }
  if (test_random_below(random, 4) == 0) {
    return galley_document_edit(document, start, old_end, bytes, size);
  }
  galley_markup_show(bytes, size, ranges, random_ranges(random, size, ranges), document->plain,
                     read);
  return galley_document_replace(document, start, old_end, bytes, read, size);
}

static void random_changes_equal_a_fresh_reading(Test *test) {
  static const char *const plains[] = {"", "*#`_[<|~"};
  for (int round = 0; round < 2; round++) {
    TestRandom random = {1605};
    GalleyDocument *document = galley_document_new();
    if (!CHECK(test, document && galley_document_set_plain(document, plains[round]))) return;
    for (int i = 0; i < 3000 && !test->failures; i++) {
      CHECK(test, random_change(&random, document));
      if (test_random_below(&random, 4)) continue;
      const GalleyText *text = &document->text;
      GalleyDocument *fresh = galley_document_new();
      bool read = fresh && galley_document_set_plain(fresh, plains[round]) &&
                  galley_document_replace(fresh, 0, 0, galley_text_written(text), text->bytes,
                                          text->length);
      if (!CHECK(test, read)) break;
      CHECK(test, galley_document_resolve(document) && galley_document_resolve(fresh));
      const char *difference = document_difference(document, fresh);
      if (!CHECK(test, !difference)) printf("  after change %d: %s\n", i, difference);
      CHECK(test, galley_syntax_equal(document->syntax, fresh->syntax));
      CHECK(test, !galley_syntax_has_error(document->syntax));
      galley_document_free(fresh);
    }
    galley_document_free(document);
  }
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"markup: tags are nothing", tags_are_nothing},
      {"markup: characters are read", characters_are_read},
      {"markup: objects stand in sentences", objects_stand_in_sentences},
      {"markup: nothing runs over a break", nothing_runs_over_a_break},
      {"markup: breaks end blocks", breaks_end_blocks},
      {"markup: no text passes for markup", no_text_passes_for_markup},
      {"markup: plain characters are no marks", plain_characters_are_no_marks},
      {"markup: random changes equal a fresh reading", random_changes_equal_a_fresh_reading},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
