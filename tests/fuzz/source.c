#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fuzz_text_replace(FuzzText *self, uint32_t start, uint32_t old_end, const char *bytes,
                       uint32_t length) {
  uint32_t end = self->length - (old_end - start) + length;
  if (!self->bytes || end + 1 > self->capacity) {
    self->capacity = (end + 1) * 2;
    self->bytes = realloc(self->bytes, self->capacity);
    if (!self->bytes) {
      fputs("fuzz: out of memory\n", stderr);
      exit(2);
    }
  }
  memmove(self->bytes + start + length, self->bytes + old_end, self->length - old_end);
  if (length > 0) memcpy(self->bytes + start, bytes, length);
  self->length = end;
  self->bytes[end] = '\0';
}

void fuzz_text_add(FuzzText *self, const char *bytes, uint32_t length) {
  fuzz_text_replace(self, self->length, self->length, bytes, length);
}

void fuzz_text_free(FuzzText *self) {
  free(self->bytes);
  *self = (FuzzText){0};
}

static const char *const pieces[] = {
    // quotation marks in every state
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "'",
    "«",
    "»",
    "„",
    "``",
    "''",
    "\"'",
    "'\"",
    "“‘",
    "’”",
    ",\"",
    ".”",
    "\" she said, \"",
    "” said Mr. Okafor. “",
    "\n\n“",
    "\n\n\"",
    // blocks
    "\n",
    "\n\n",
    "\n\n\n",
    "\r\n",
    "\r\n\r\n",
    "\r",
    "\f",
    "\v",
    "# ",
    "\n## Heading\n",
    "\n- ",
    "\n* ",
    "\n1. ",
    "\n   - ",
    "\n> ",
    "\n>> ",
    "\n```\n",
    "\n~~~\n",
    "\n```lua\nx = 1\n```\n",
    "---\n",
    "\n---\n",
    "---\ndate: 2024-03-09\n---\n",
    "\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "\n[^1]: A note.\n",
    "\n[ref]: https://example.org/a\n",
    "<!-- ",
    " -->",
    "<b>",
    "</b>",
    "\nTitle\n=====\n",
    "\n    four spaces\n",
    "\n\t",
    "\n***\n",
    // inline
    "*",
    "**",
    "_",
    "`",
    "``",
    "[",
    "]",
    "](",
    ")",
    "(",
    "[^1]",
    "[3]",
    "[3, 4]",
    "[@key, p. 12]",
    "[text](https://example.org/x)",
    "![image](a.png)",
    "https://example.org/?q=1&r=2#a",
    "<https://example.org>",
    "someone@example.org",
    "@handle",
    "#tag",
    "\\",
    "\\*",
    "~~",
    "|",
    // punctuation
    ".",
    "?",
    "!",
    "...",
    "…",
    ",",
    ";",
    ":",
    "-",
    "--",
    "–",
    "—",
    "/",
    "%",
    "&",
    "+",
    "=",
    "$",
    "€",
    "£",
    "°",
    "§",
    "’s",
    "'s",
    "s'",
    // words of every annotator
    " the ",
    " a ",
    " in ",
    " on ",
    " of ",
    " and ",
    " to ",
    " from ",
    " between ",
    " about ",
    " said ",
    " told reporters ",
    " according to ",
    " he ",
    " She ",
    " they ",
    "President Amara Okafor",
    "Ms. Lindqvist",
    "José Ángel Ruiz",
    "Harbour Trust",
    "Port of Velma",
    "the European Union",
    "NATO",
    "U.S.",
    "Dr.",
    "Jr.",
    "McDonald",
    "O'Brien",
    "iPhone",
    "IBM's",
    "May",
    "may",
    "May 25",
    "May 25, 2018",
    "25 May 2018",
    "2018-05-25",
    "25/05/2018",
    "Monday",
    "last week",
    "next year",
    "two days ago",
    "the 1990s",
    "early 2019",
    "Q3",
    "Dec.",
    "noon",
    "3 p.m.",
    "every Tuesday",
    "today",
    "2017-18",
    "from 2010 to 2014",
    "a decade",
    "March",
    "476",
    "1,234.5",
    "1.5m",
    "$2.5bn",
    "36%",
    "12 per cent",
    "two-thirds",
    "one in five",
    "about 300 people",
    "3-2",
    "5 km",
    "20 °C",
    "first",
    "21st",
    "aged 41",
    "42-year-old",
    "three million euros",
    "0",
    "-7",
    "1/2",
    "½",
    "1e9",
    "99999999999999999999",
    "0.0000001",
    // bytes that are no text, and characters that are rare
    "\xef\xbb\xbf",
    "\xff",
    "\xfe\xff",
    "\xc3",
    "\xe2\x80",
    "\xf0\x9f\x98",
    "\xed\xa0\x80",
    "\xc0\xaf",
    "\xf4\x90\x80\x80",
    "\x80",
    "\x01",
    "\x1b[31m",
    "\x7f",
    "é",
    "ß",
    "ﬁ",
    "İ",
    "Ω",
    "e\xcc\x81",
    "\xcc\x81",
    "中文",
    "日本",
    "العربية",
    "🙂",
    "👩\xe2\x80\x8d👩",
    "\xe2\x80\x8b",
    "\xc2\xa0",
    "\xe2\x80\xa8",
    "\xe2\x80\xa9",
    "\xc2\x85",
    "\xe2\x80\xaf",
};

void fuzz_add_piece(FuzzText *self, TestRandom *random) {
  uint32_t count = sizeof pieces / sizeof *pieces;
  uint32_t which = test_random_below(random, count + 12);
  if (which < count) {
    fuzz_text_add(self, pieces[which], (uint32_t)strlen(pieces[which]));
    return;
  }
  char byte = (char)test_random(random);
  if (which < count + 4) byte = (char)(' ' + test_random_below(random, 95));
  if (which == count + 4) byte = '\0';
  fuzz_text_add(self, &byte, 1);
}

static void add_noise(FuzzText *self, TestRandom *random, uint32_t size) {
  while (size-- > 0) {
    char byte = (char)test_random(random);
    fuzz_text_add(self, &byte, 1);
  }
}

static void add_pieces(FuzzText *self, TestRandom *random, uint32_t size) {
  for (uint32_t end = self->length + size; self->length < end;)
    fuzz_add_piece(self, random);
}

static void add_prose(FuzzText *self, TestRandom *random, uint32_t size) {
  static const char *const sentences[] = {
      "The council of Velma voted 31 to 12 on Tuesday to close the north quay. ",
      "“We waited four years for this,” said Mayor Ana Ruiz, who took office in May 2019. ",
      "Lindqvist, 54, told reporters that \"nobody may enter\" before the inspection ends. ",
      "Harbour Trust put the cost at $2.5bn, about 12 per cent more than in 2017. ",
      "She added: \"It's not over.\" ",
      "The port handled 1,204,000 tonnes between January and March, down from 1.4 million.[^1] ",
      "“Mr. Okafor told us ‘never again’ and left,” the union's lawyer recalled. ",
      "According to a study (Marsh 2016), two-thirds of the 476 berths are older than 30 years. ",
      "It reopens on 3 June. ",
      "Officials at the U.S. embassy declined to comment... ",
      "See [the register](https://example.org/register) and Figure 2. ",
  };
  uint32_t end = self->length + size, count = sizeof sentences / sizeof *sentences;
  while (self->length < end) {
    const char *sentence = sentences[test_random_below(random, count)];
    fuzz_text_add(self, sentence, (uint32_t)strlen(sentence));
    if (test_random_below(random, 4) == 0) fuzz_text_add(self, "\n\n", 2);
    if (test_random_below(random, 12) == 0) fuzz_text_add(self, "\n", 1);
  }
}

static void add_damaged_prose(FuzzText *self, TestRandom *random, uint32_t size) {
  uint32_t from = self->length;
  add_prose(self, random, size);
  FuzzText piece = {0};
  for (uint32_t i = 0; i < size / 60; i++) {
    uint32_t start = from + test_random_below(random, self->length - from);
    uint32_t end = start + test_random_below(random, 6);
    piece.length = 0;
    fuzz_add_piece(&piece, random);
    fuzz_text_replace(self, start, end < self->length ? end : self->length, piece.bytes,
                      piece.length);
  }
  fuzz_text_free(&piece);
}

// Enough paragraphs for the grammar to put them into several chunks.
static void add_short_paragraphs(FuzzText *self, TestRandom *random, uint32_t size) {
  for (uint32_t end = self->length + size; self->length < end;) {
    char word[24];
    int length = snprintf(word, sizeof word, "Word%u goes.\n\n", test_random_below(random, 5000));
    fuzz_text_add(self, word, (uint32_t)length);
    if (test_random_below(random, 10) == 0) fuzz_add_piece(self, random);
  }
}

void fuzz_add_text(FuzzText *self, TestRandom *random, uint32_t size) {
  static void (*const makes[])(FuzzText *, TestRandom *, uint32_t) = {
      add_noise, add_pieces, add_pieces, add_prose, add_damaged_prose, add_short_paragraphs};
  makes[test_random_below(random, sizeof makes / sizeof *makes)](self, random, size);
}
