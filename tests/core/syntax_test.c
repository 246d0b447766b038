// What the grammar makes of a text: its blocks and their leaves, side by side with the text.
#include "syntax.h"

#include <stdlib.h>
#include <string.h>

#include "syntax_show.h"
#include "test.h"

typedef struct {
  const char *text, *shown;
} Case;

static void check(Test *test, const Case *cases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    char *shown = show_fine_blocks(cases[i].text, (uint32_t)strlen(cases[i].text));
    CHECK_TEXT(test, shown, shown ? strlen(shown) : 0, cases[i].shown);
    free(shown);
  }
}

#define CHECK_ALL(test, cases) check(test, cases, sizeof cases / sizeof *cases)

static void runs(Test *test) {
  static const Case cases[] = {
      {"", ""},
      {"\n\n \n", ""},
      {"the port", "paragraph the port\n"},
      {"The Harbour Board met in Port Elm.",
       "paragraph name(The Harbour Board) met in name(Port Elm)stop(.)\n"},
      {"Ms. O’Brien-Hale's U.S. tour",
       "paragraph name(Ms)stop(.) name(O’Brien-Hale's U.S)stop(.) tour\n"},
      {"up 3.5% to $2.5bn, or -4", "paragraph up figure(3.5%) to figure($2.5)bn, or figure(-4)\n"},
      {"on 2018-06-14 at 10:30, a 25-21 vote",
       "paragraph on figure(2018-06-14) at figure(10:30), a figure(25-21) vote\n"},
      {"Who? Me?! Well...", "paragraph name(Who)stop(?) name(Me)stop(?!) name(Well)stop(...)\n"},
      {"from 5G to 25th", "paragraph from figure(5)G to figure(25)th\n"},
      {"Évian and Ōsaka", "paragraph name(Évian) and name(Ōsaka)\n"},
  };
  CHECK_ALL(test, cases);
}

static void paragraphs(Test *test) {
  static const Case cases[] = {
      {"one\ntwo\n\nthree\n", "paragraph onebreak(\\n)two\nparagraph three\n"},
      {"one  \r\n  two \r\n\r\nthree",
       "paragraph onebreak(  \\r\\n)break(  )two\nparagraph three\n"},
      {"    indented text\n", "paragraph     indented text\n"},
      {"\xef\xbb\xbfone\n", "paragraph one\n"},
      {"  First.\nMore.\n  Second.\nMore.",
       "paragraph   name(First)stop(.)break(\\n)name(More)stop(.)\n"
       "paragraph   name(Second)stop(.)break(\\n)name(More)stop(.)\n"},
      {"  First.\n  More.", "paragraph   name(First)stop(.)break(\\n)break(  )name(More)stop(.)\n"},
  };
  CHECK_ALL(test, cases);
}

static void headings(Test *test) {
  static const Case cases[] = {
      {"# Ports\ntext", "heading 1 mark(# )name(Ports)\nparagraph text\n"},
      {"###### Six\n####### seven", "heading 6 mark(###### )name(Six)\nparagraph ####### seven\n"},
      {"#ports of call", "paragraph hashtag(#ports) of call\n"},
      {"Ports\n=====\n\ntext", "heading 1 name(Ports)mark(\\n=====)\nparagraph text\n"},
      {"“Ports\n---\ntext", "heading 2 open(“)name(Ports)mark(\\n---)\nparagraph text\n"},
      {"one\n\n---\n\ntwo", "paragraph one\nmarkup markup(---)\nparagraph two\n"},
      {"one\ntwo\n* * *\n", "paragraph onebreak(\\n)two\nmarkup markup(* * *)\n"},
  };
  CHECK_ALL(test, cases);
}

static void lists(Test *test) {
  static const Case cases[] = {
      {"- one\n- two\n  more\n  - three\n",
       "list 1 mark(- )one\nlist 1 mark(- )twobreak(\\n)break(  )more\nlist 2 mark(  - )three\n"},
      {"1. one\n2. two\n10) ten",
       "list 1 mark(1. )one\nlist 1 mark(2. )two\nlist 1 mark(10) )ten\n"},
      {"• one\n* two\n+ three", "list 1 mark(• )one\nlist 1 mark(* )two\nlist 1 mark(+ )three\n"},
      {"2018. A year\n", "paragraph figure(2018)stop(.) name(A) year\n"},
      {"in\n12. no item", "paragraph inbreak(\\n)figure(12)stop(.) no item\n"},
      {"-5 degrees", "paragraph figure(-5) degrees\n"},
  };
  CHECK_ALL(test, cases);
}

static void block_quotes(Test *test) {
  static const Case cases[] = {
      {"> one\n> two\nthree", "quote 1 mark(> )onebreak(\\n)break(> )two\nparagraph three\n"},
      {"> one\n>\n> two", "quote 1 mark(> )one\nquote 1 mark(> )two\n"},
      {">> deep\n> less", "quote 2 mark(>> )deep\nquote 1 mark(> )less\n"},
  };
  CHECK_ALL(test, cases);
}

static void tables(Test *test) {
  static const Case cases[] = {
      {"| a | 5 |\n|---|---|\n| b | 6 |\n\ntext",
       "table mark(|) a mark(|) figure(5) mark(|)break(\\n)mark(|)---mark(|)---mark(|)break(\\n)"
       "mark(|) b mark(|) figure(6) mark(|)\nparagraph text\n"},
      {"a | b\n--|--\nc | d\n", "table a | bmark(\\n--|--)break(\\n)c mark(|) d\n"},
      {"a | b\nc | d\n", "paragraph a | bbreak(\\n)c | d\n"},
  };
  CHECK_ALL(test, cases);
}

static void notes(Test *test) {
  static const Case cases[] = {
      {"So it is.[^a]\n\n[^a]: See\nthere.\n[^b]: Or here.",
       "paragraph name(So) it isstop(.)cite([^a])\nnote mark([^a]: "
       ")name(See)break(\\n)therestop(.)\n"
       "note mark([^b]: )name(Or) herestop(.)\n"},
      {"[1]: https://example.org/a \"Title\"",
       "reference mark([1]: )url(https://example.org/a) open(\")name(Title)close(\")\n"},
      {"[Editor]: we asked", "paragraph [name(Editor)]: we asked\n"},
  };
  CHECK_ALL(test, cases);
}

static void whole_blocks(Test *test) {
  static const Case cases[] = {
      {"---\ndate: 2020\n---\n\ntext", "front other(---\\ndate: 2020\\n---)\nparagraph text\n"},
      {"---\na: b\n--\nc: d\n----\ne: f\n---\n\ntext",
       "front other(---\\na: b\\n--\\nc: d\\n----\\ne: f\\n---)\nparagraph text\n"},
      {"text\n\n---\ndate: 2020\n---\n",
       "paragraph text\nmarkup markup(---)\nheading 2 date: figure(2020)mark(\\n---)\n"},
      {"```c\nint a;\n\nint b;\n```\ntext",
       "code code(```c\\nint a;\\n\\nint b;\\n```)\nparagraph text\n"},
      {"~~~~\n~~~\n~~~~\n", "code code(~~~~\\n~~~\\n~~~~)\n"},
      {"```\nno end\n\ntext", "paragraph ```break(\\n)no end\nparagraph text\n"},
      {"<!-- a\n\nb -->\ntext", "markup markup(<!-- a\\n\\nb -->)\nparagraph text\n"},
      {"<script>\nx\n\ny</script>\ntext",
       "markup markup(<script>\\nx\\n\\ny</script>)\nparagraph text\n"},
      {"<p>The port</p>", "paragraph markup(<p>)name(The) portmarkup(</p>)\n"},
  };
  CHECK_ALL(test, cases);
}

static void inline_markup(Test *test) {
  static const Case cases[] = {
      {"a *b* **c** _d_ ~~e~~", "paragraph a emphasis(*)bemphasis(*) emphasis(**)cemphasis(**) "
                                "emphasis(_)demphasis(_) emphasis(~~)eemphasis(~~)\n"},
      {"5 * 3, snake_case, ~50", "paragraph figure(5) * figure(3), snake_case, ~figure(50)\n"},
      {"run `a \"b` now", "paragraph run code(`a \"b`) now\n"},
      {"run `a``b` now", "paragraph run code(`a``b`) now\n"},
      {"a [b c](https://x.org/d_(e)) f", "paragraph a link([)b clink(](https://x.org/d_(e))) f\n"},
      {"a [b][c] and [sic]", "paragraph a link([)blink(][c]) and [sic]\n"},
      {"![a map](m.png)", "paragraph !link([)a maplink(](m.png))\n"},
      {"so [3], [4, 5–7] and [@hale2018, p. 12]",
       "paragraph so cite([3]), cite([4, 5–7]) and cite([@hale2018, p. 12])\n"},
      {"ask @port_elm, #Ports & a@example.org",
       "paragraph ask handle(@port_elm), hashtag(#Ports) & url(a@example.org)\n"},
      {"see https://example.org/a?b=c. Or <https://d.org>, www.e.org.",
       "paragraph see url(https://example.org/a?b=c)stop(.) name(Or) url(<https://d.org>), "
       "url(www.e.org)stop(.)\n"},
      {"mail a.hale@example.org", "paragraph mail aurl(.hale@example.org)\n"},
      {"don`t `do` it", "paragraph don`t code(`do`) it\n"},
      {"a<br>b, 3 < 4", "paragraph amarkup(<br>)b, figure(3) < figure(4)\n"},
      {"\\*no\\*", "paragraph \\*no\\*\n"},
      {"a\x01\x02 b\xff", "paragraph aother(\x01\x02) bother(\xff)\n"},
  };
  CHECK_ALL(test, cases);
}

static void long_lines_are_paragraphs(Test *test) {
  static const char sentence[] = "the harbour board met again and heard that the quay was late";
  char text[1024] = "";
  for (int i = 0; i < 4; i++)
    strcat(strcat(text, sentence), i < 3 ? ", " : ".\nnext");
  char *shown = show_fine_blocks(text, (uint32_t)strlen(text));
  CHECK(test, shown && strstr(shown, "\nparagraph next\n"));
  free(shown);
}

static void quotes_have_depth(Test *test) {
  static const char text[] = "a “b ‘c’” d";
  GalleyText copy;
  GalleySyntax *syntax = galley_syntax_new();
  GalleyLeafList leaves = {0};
  GalleyBlock block;
  static const uint8_t depths[] = {0, 1, 1, 2, 2, 2, 1, 0};
  CHECK(test, galley_text_init(&copy));
  CHECK(test, galley_text_replace(&copy, 0, 0, text, sizeof text - 1));
  CHECK(test, galley_syntax_parse(syntax, &copy));
  GalleyBlockCursor *cursor = galley_block_cursor_new(syntax, 3);
  CHECK(test, galley_block_cursor_next(cursor, &block));
  CHECK(test, galley_block_cursor_leaves(cursor, &leaves));
  CHECK_INT(test, leaves.count, sizeof depths);
  for (uint32_t i = 0; i < leaves.count && i < sizeof depths; i++) {
    CHECK_INT(test, leaves.items[i].depth, depths[i]);
  }
  CHECK(test, !galley_block_cursor_next(cursor, &block));
  galley_block_cursor_free(cursor);
  galley_leaf_list_free(&leaves);
  galley_syntax_free(syntax);
  galley_text_free(&copy);
}

static void cursor_begins_anywhere(Test *test) {
  static const char text[] = "\n\none\n\n\ntwo\n\n";
  static const struct {
    uint32_t byte, start;
  } cases[] = {{0, 2}, {2, 2}, {4, 2}, {5, 8}, {7, 8}, {10, 8}, {11, UINT32_MAX}, {99, UINT32_MAX}};
  GalleyText copy;
  GalleySyntax *syntax = galley_syntax_new();
  CHECK(test, galley_text_init(&copy));
  CHECK(test, galley_text_replace(&copy, 0, 0, text, sizeof text - 1));
  CHECK(test, galley_syntax_parse(syntax, &copy));
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    GalleyBlockCursor *cursor = galley_block_cursor_new(syntax, cases[i].byte);
    GalleyBlock block;
    bool found = galley_block_cursor_next(cursor, &block);
    CHECK_INT(test, found ? block.start : UINT32_MAX, cases[i].start);
    galley_block_cursor_free(cursor);
  }
  galley_syntax_free(syntax);
  galley_text_free(&copy);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"runs of text, names, figures", runs},
      {"paragraphs", paragraphs},
      {"headings and rules", headings},
      {"lists", lists},
      {"block quotes", block_quotes},
      {"tables", tables},
      {"notes and references", notes},
      {"blocks that are one token", whole_blocks},
      {"inline markup", inline_markup},
      {"long lines are paragraphs", long_lines_are_paragraphs},
      {"quotes have a depth", quotes_have_depth},
      {"a cursor begins anywhere", cursor_begins_anywhere},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
