// Which quotation marks open and close: the text without braces, and what it must give.
#include <stdlib.h>
#include <string.h>

#include "syntax_show.h"
#include "test.h"

static void check(Test *test, const char *const *expected, size_t count) {
  for (size_t i = 0; i < count; i++) {
    char text[1024];
    uint32_t length = 0;
    for (const char *c = expected[i]; *c && length < sizeof text; c++) {
      if (!strchr("{}~", *c)) text[length++] = *c;
    }
    char *shown = show_quotes(text, length);
    CHECK_TEXT(test, shown, shown ? strlen(shown) : 0, expected[i]);
    free(shown);
  }
}

#define CHECK_ALL(test, expected) check(test, expected, sizeof expected / sizeof *expected)

static void plain_pairs(Test *test) {
  static const char *const expected[] = {
      "{“We are ready,”} said Ms Hale.",
      "{\"We are ready,\"} said Ms Hale.",
      "Hale said {“yes”}.",
      "Hale said: {\"yes\"}.",
      "The {“green lane”} and the {“red lane”} opened.",
      "({“So be it,”} he wrote.)",
      "He wrote ({\"So be it\"}) twice.",
      "{“One.”} {“Two.”}",
      "{\"One.\"} {\"Two.\"}",
      "It was—{“in short”}—late.",
      "It was—{\"in short\"}—late.",
      "A {\"pro-growth\"}/{\"pro-family\"} bill",
      "{“1,200 jobs,”} she said, {“and 30 more.”}",
      "*{“Never”}*, he said, and **{\"never\"}**.",
      "{«Nous verrons»}, he said. {« Oui »} was the reply.",
      "{»Mal sehen«}, he said.",
      "{„Mal sehen“}, he said. {„Ja”} was the reply.",
      "{``We shall see,''} he said, {``in June.''}",
      "{‹Oui›}, he said.",
      "{\"\u200eWe are ready,\"} she said.",
  };
  CHECK_ALL(test, expected);
}

static void mixed_marks(Test *test) {
  static const char *const expected[] = {
      "{“We are ready,\"} said Hale.",  "{\"We are ready,”} said Hale.",
      "{“We are ready,“} said Hale.",   "{”We are ready,”} said Hale.",
      "{``We are ready,\"} said Hale.", "Hale said,{\" We are ready.\"} Then she left.",
      "The {\"green lane \"}opened.",   "The so-called {\"green lane'}, a road, opened.",
  };
  CHECK_ALL(test, expected);
}

// As newspapers' corpora come: blanks on both sides of every mark.
static void tokenized(Test *test) {
  static const char *const expected[] = {
      "{\" We are ready , \"} said Hale . {\" Now . \"}",
      "{`` We are ready , ''} said Hale . {`` Now . ''}",
      "The mayor 's plan , he said , is n't the workers ' .",
      "{\" The mayor 's plan , \"} he said , {\" is dead . \"}",
  };
  CHECK_ALL(test, expected);
}

static void nesting(Test *test) {
  static const char *const expected[] = {
      "{“He said {‘no’} to me,”} she said.",
      "{\"He said {'no'} to me,\"} she said.",
      "{“He said {‘no’}”}, she said.",
      "{\"He said {'no.'}\"} Then she left.",
      "{‘He said {“no”} to me,’} she said.",
      "{'He said {\"no\"} to me,'} she said.",
      "{“The {\"green lane\"} is open,”} she said.",
      "{\"The {\"green lane\"} is open,\"} she said.",
      "{“The {“green lane”} is open,”} she said.",
      "{“A {‘b {“c”} d’} e”} f",
      "{“He said {‘no to me,~}”} she said.",
  };
  CHECK_ALL(test, expected);
}

static void missing_marks(Test *test) {
  static const char *const expected[] = {
      "{“We shall see.~}",
      "{“We shall see, ~}{“and soon,”} he said.",
      "{\"We shall see, he said. ~}{\"And soon,\"} he added.",
      "We shall see,” he said. {“And soon.”}",
      "We shall see,\" he said. {\"And soon.\"}",
      "{“First.~}\n\n{“Second,”} he said.",
      "{\"First.~}\n\n{\"Second,\"} he said.",
      "A lone ” mark, and a lone \" mark.",
      "# {“Head~}\n\nBody {“text”}.",
      "- {“one~}\n- {“two”}\n",
  };
  CHECK_ALL(test, expected);
}

static void apostrophes(Test *test) {
  static const char *const expected[] = {
      "Don't stop; don’t stop.",
      "The workers' union and the workers’ union",
      "Back in the '90s and the ’90s, '68 was far off.",
      "Rock 'n' roll, rock ’n’ roll.",
      "'Tis late, 'twas later; ’tis latest.",
      "Get 'em, said O'Brien of the ‘90s.",
      "James's and James' and James’ house",
      "{“The workers’ rights,”} he said.",
      "{\"The workers' rights,\"} he said.",
      "{\"It's the '90s,\"} he said.",
      "The Joneses' and the Smiths' houses",
      "A 'lone mark.",
  };
  CHECK_ALL(test, expected);
}

static void single_marks(Test *test) {
  static const char *const expected[] = {
      "{‘I’ve got it,’} she said, {‘and it’s mine.’}",
      "{'I've got it,'} she said, {'and it's mine.'}",
      "A {'quiet week'} at the port",
      "{‘The workers’ rights come first,’} she said.",
      "{'The workers' rights come first,'} she said.",
      "The mayor's {'plan'} and the council's {'vision'}",
      "{‘Those were the ’90s,’} she said.",
      "Mayor: {'We will not go'}",
      "The {'talking ships'} at the quay of the harbour's two owners' sons",
      "Of {‘workers’ rights’} and {‘bosses’} there was much.",
      "The {'green'} and {'red'} lanes of the ports' roads",
      "({'so-called'})",
      "{'Go,'} he said. {'Now.'}",
      "{`Go,'} he said.",
  };
  CHECK_ALL(test, expected);
}

static void measures(Test *test) {
  static const char *const expected[] = {
      "He is 6'2\" tall, she 5'11\".",   "A board of 5 ft 10\" by 12\" and 3' more",
      "{“He is 6'2\" tall,”} she said.", "{\"He is 6'2\" tall,\"} she said.",
      "The 12\" disc was {\"new\"}.",
  };
  CHECK_ALL(test, expected);
}

static void lines(Test *test) {
  static const char *const expected[] = {
      "{“We shall\nsee,”} he said.",     "{\"We shall\r\nsee,\"} he said,\r\n{\"soon.\"}",
      "> {“We shall\n> see,”} he said.", "{'We shall\nsee,'} he said.",
      "| a {\"b ~}| {\"c\"} |",
  };
  CHECK_ALL(test, expected);
}

static void not_quotes(Test *test) {
  static const char *const expected[] = {
      "Run `echo \"so` and stop.",
      "See https://example.org/it's/a, and <b title=\"x\">that</b>.",
      "```\nprint(\"so\n```\n\nHe said {\"so\"}.",
      "---\ntitle: \"So\n---\n\nHe said {\"so\"}.",
  };
  CHECK_ALL(test, expected);
}

static void deep_nesting_is_capped(Test *test) {
  char text[4 * 100];
  for (size_t i = 0; i < 100; i++)
    memcpy(text + 4 * i, i % 2 ? "‘a" : "“a", 4);
  char *shown = show_quotes(text, sizeof text);
  CHECK(test, shown && strlen(shown) > sizeof text);
  free(shown);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"plain pairs", plain_pairs},
      {"marks of two kinds", mixed_marks},
      {"tokenized text", tokenized},
      {"quotes in quotes", nesting},
      {"a mark is missing", missing_marks},
      {"apostrophes", apostrophes},
      {"single marks", single_marks},
      {"feet and inches", measures},
      {"quotes over lines", lines},
      {"marks outside prose", not_quotes},
      {"deep nesting is capped", deep_nesting_is_capped},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
