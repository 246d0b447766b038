// Token tests: a text, and its tokens with a space between them as the tokenizer should cut them.
// "^" stands before a token that starts a sentence.
#include "token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

static GalleyTokenList tokens_of(const char *text) {
  GalleyLeaf leaf = {0, (uint32_t)strlen(text), GALLEY_LEAF_TEXT, 0};
  GalleyTokenList list = {0};
  if (!galley_tokenize(text, 0, &leaf, 1, &list)) abort();
  return list;
}

static void shown(const char *text, char *out, size_t capacity) {
  GalleyTokenList list = tokens_of(text);
  size_t length = 0;
  out[0] = '\0';
  for (uint32_t i = 0; i < list.count && length < capacity; i++) {
    const GalleyToken *token = &list.items[i];
    const char *start = token->shape & GALLEY_SHAPE_SENTENCE_START ? "^" : "";
    length += (size_t)snprintf(out + length, capacity - length, "%s%s%.*s", i ? " " : "", start,
                               (int)(token->end - token->start), text + token->start);
  }
  galley_token_list_free(&list);
}

static void cuts_words(Test *test) {
  static const char *const cases[][2] = {
      {"They saw Labour's plan.", "^They saw Labour 's plan ."},
      {"The workers' rights", "^The workers ' rights"},
      {"She didn't ask O’Brien’s wife", "^She didn't ask O’Brien ’s wife"},
      {"A 10-day trip", "^A 10 - day trip"},
      {"Up 3.5% to $2.5bn", "^Up 3.5 % to $ 2.5 bn"},
      {"The 25th of the 1990s", "^The 25 th of the 1990 s"},
      {"Version v2.1.3 of G20", "^Version v2.1.3 of G20"},
      {"At 10:30 a.m. on Sept. 3, 2018", "^At 10 : 30 a.m. on Sept. 3 , 2018"},
      {"A café in São Paulo", "^A café in São Paulo"},
      {"Wait... or -- no", "^Wait ... or -- no"},
      {"Some 1,234.5 tons", "^Some 1,234.5 tons"},
      {"A \xca\xbc~ and Hawai\xca\xbci", "^A \xca\xbc ~ and Hawai\xca\xbci"},
      {"A Ph.D. in the U.S.A today", "^A Ph.D. in the U.S.A today"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char out[512];
    shown(cases[i][0], out, sizeof out);
    CHECK_TEXT(test, out, strlen(out), cases[i][1]);
  }
}

static void finds_sentences(Test *test) {
  static const char *const cases[][2] = {
      {"It fell. Mr. Hart left.", "^It fell . ^Mr. Hart left ."},
      {"He said no. Then he went.", "^He said no . ^Then he went ."},
      {"See No. 10 first. Go!", "^See No. 10 first . ^Go !"},
      {"In the U.S. Senate it failed.", "^In the U.S. Senate it failed ."},
      {"He left the U.S. The rest stayed.", "^He left the U.S. ^The rest stayed ."},
      {"By J. K. Marsh of Acme Inc. in May", "^By J. K. Marsh of Acme Inc. in May"},
      {"Why? asked nobody. 40 did.", "^Why ? asked nobody . ^40 did ."},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char out[512];
    shown(cases[i][0], out, sizeof out);
    CHECK_TEXT(test, out, strlen(out), cases[i][1]);
  }
}

static void knows_shapes(Test *test) {
  GalleyTokenList list = tokens_of("Iran iPhone NATO McCain U.S. Élan 2018 G20");
  static const uint16_t expected[] = {
      GALLEY_SHAPE_CAPITAL,
      GALLEY_SHAPE_INNER_CAPITAL,
      GALLEY_SHAPE_CAPITAL | GALLEY_SHAPE_ALL_CAPS,
      GALLEY_SHAPE_CAPITAL | GALLEY_SHAPE_INNER_CAPITAL,
      GALLEY_SHAPE_CAPITAL | GALLEY_SHAPE_ALL_CAPS | GALLEY_SHAPE_POINT,
      GALLEY_SHAPE_CAPITAL | GALLEY_SHAPE_NON_ASCII,
      GALLEY_SHAPE_DIGIT,
      GALLEY_SHAPE_CAPITAL | GALLEY_SHAPE_DIGIT,
  };
  const uint16_t form = 0x3f;
  for (uint32_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    CHECK_INT(test, list.items[i].shape & form, expected[i]);
  }
  galley_token_list_free(&list);
}

static void folds_words(Test *test) {
  char out[64];
  static const char *const cases[][2] = {
      {"Straße", "strasse"},
      {"ÉCOLE", "école"},
      {"Sept.", "sept"},
      {"O’Neill", "o'neill"},
      {"E\xcc\x81"
       "cole",
       "école"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    uint32_t length = galley_fold_word(cases[i][0], (uint32_t)strlen(cases[i][0]), out, sizeof out);
    CHECK_TEXT(test, out, length, cases[i][1]);
  }
  CHECK_INT(test, galley_fold_word("abcdef", 6, out, 6), 0);
  CHECK_INT(test, galley_fold_word("éé", 4, out, 4), 0);
  CHECK_INT(test, galley_fold_word("\xff\xfe", 2, out, sizeof out), 0);
}

static void any_bytes_give_ordered_tokens(Test *test) {
  TestRandom random = {77};
  for (int round = 0; round < 3000; round++) {
    char bytes[200];
    uint32_t length = test_random_below(&random, sizeof bytes);
    for (uint32_t i = 0; i < length; i++) {
      static const char likely[] = "aA1.,'-$% \n\xe2\x80\x99\xca\xbc\xc3\xa9S.s";
      bytes[i] = test_random_below(&random, 4)
                     ? likely[test_random_below(&random, sizeof likely - 1)]
                     : (char)test_random_below(&random, 256);
    }
    GalleyLeaf leaf = {0, length, GALLEY_LEAF_TEXT, 0};
    GalleyTokenList list = {0};
    CHECK(test, galley_tokenize(bytes, 0, &leaf, 1, &list));
    uint32_t end = 0;
    for (uint32_t i = 0; i < list.count; i++) {
      CHECK(test, list.items[i].start >= end && list.items[i].end > list.items[i].start);
      end = list.items[i].end;
    }
    CHECK(test, end <= length);
    galley_token_list_free(&list);
    if (test->failures) return;
  }
}

static void the_lexicon_finds_its_words(Test *test) {
  GalleyTokenList list = tokens_of("Sept. zzyzx no");
  CHECK(test, list.items[0].classes & GALLEY_IS(GALLEY_CLASS_ABBREVIATION));
  CHECK_TEXT(test, galley_lexicon_word(list.items[0].word),
             strlen(galley_lexicon_word(list.items[0].word)), "sept");
  CHECK_INT(test, list.items[1].word, 0);
  CHECK_INT(test, galley_lexicon_classes(0), 0);
  int32_t value;
  CHECK(test, !galley_lexicon_value(list.items[1].word, GALLEY_CLASS_ABBREVIATION, &value));
  galley_token_list_free(&list);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"token: cuts words", cuts_words},
      {"token: finds sentences", finds_sentences},
      {"token: knows shapes", knows_shapes},
      {"token: folds words", folds_words},
      {"token: any bytes give ordered tokens", any_bytes_give_ordered_tokens},
      {"token: the lexicon finds its words", the_lexicon_finds_its_words},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
