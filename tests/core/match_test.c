// What a source says, for facts of an article: each case is an article with the fact in [[ ]], a
// source, and the verdict with the place's text; "" when there is no place.
#include "match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

typedef struct {
  const char *article, *source;
  const char *result; // the verdict; of an altered quote "altered: kind expected>found, ..."
  const char *place;
} Case;

static const char *const verdicts[] = {"equal",  "rounds",  "computed", "verbatim",
                                       "elided", "altered", "other"};
static const char *const changes[] = {"word", "number", "negation", "modal", "name"};

typedef struct {
  GalleyDocument *document;
  GalleySources *sources;
  GalleyMatchList list;
} Found;

static void find(Found *found, const char *article, const char *source) {
  static char text[4096];
  const char *open = strstr(article, "[["), *close = strstr(article, "]]");
  if (!open || !close) abort();
  int before = (int)(open - article), inside = (int)(close - open - 2);
  int length =
      snprintf(text, sizeof text, "%.*s%.*s%s", before, article, inside, open + 2, close + 2);
  found->document = galley_document_new();
  found->sources = galley_sources_new();
  if (!found->document || !found->sources ||
      !galley_document_edit(found->document, 0, 0, text, (uint32_t)length) ||
      !galley_document_resolve(found->document) ||
      !galley_sources_feed(found->sources, 1, source, strlen(source)) ||
      !galley_match_at(found->sources, found->document, (uint32_t)before, &found->list)) {
    abort();
  }
}

static void forget(Found *found) {
  galley_document_free(found->document);
  galley_sources_free(found->sources);
}

static void write_result(const Found *found, const GalleyMatch *match, char *out, size_t room) {
  size_t at = (size_t)snprintf(out, room, "%s", verdicts[match->verdict]);
  for (int i = 0; i < match->difference_count && at < room; i++) {
    const GalleyDifference *item = &match->differences[i];
    at += (size_t)snprintf(out + at, room - at, "%s%s %.*s>%.*s", i ? ", " : ": ",
                           changes[item->kind], (int)(item->expected.end - item->expected.start),
                           found->document->text.bytes + item->expected.start,
                           (int)(item->found.end - item->found.start),
                           match->source->bytes + item->found.start);
  }
}

static void run(Test *test, const Case *cases, size_t count) {
  static Found found;
  for (size_t i = 0; i < count; i++) {
    uint32_t failures = test->failures;
    find(&found, cases[i].article, cases[i].source);
    const GalleyMatch *best = found.list.items;
    bool placed = found.list.count && best->score >= GALLEY_MATCH_PLACE;
    char text[512];
    if (!*cases[i].result) {
      CHECK(test, !placed);
    } else if (CHECK(test, placed)) {
      write_result(&found, best, text, sizeof text);
      CHECK_TEXT(test, text, strlen(text), cases[i].result);
      CHECK_TEXT(test, best->source->bytes + best->start, best->end - best->start, cases[i].place);
    }
    if (test->failures > failures) {
      printf("  %s\n", cases[i].article);
      if (found.list.count) printf("  %.2f %s\n", (double)best->score, best->reason);
    }
    forget(&found);
  }
}

static void figures(Test *test) {
  static const Case cases[] = {
      {"The mill sold for [[$1.2bn]] in spring.", "Sale of the mill: 1,200 million dollars.\n",
       "equal", "1,200 million dollars"},
      {"Turnout at the port election was [[72%]].", "Turnout in the port election: 0.72 of all.\n",
       "equal", "0.72"},
      {"Some [[72%]] of pilots voted to strike.", "Of 50 pilots who voted, 36 backed a strike.\n",
       "computed", "36"},
      {"The tunnel runs for [[12 km]] below the bay.", "The bay tunnel is 12,000 metres long.\n",
       "equal", "12,000 metres"},
      {"About [[1.2 million]] herring were landed.", "Herring landed: 1,204,332 in all.\n",
       "rounds", "1,204,332"},
      {"[[More than 40]] boats were lost.", "Boats lost: 44.\n", "rounds", "44"},
      {"Exports of barley came to [[€412m]] last year.",
       "| | Barley exports, million EUR | Wheat exports, million EUR |\n|---|---|---|\n"
       "| 2024 | 398 | 412 |\n| 2025 | 412 | 377 |\n",
       "equal", "412"},
      {"Barley exports came to [[€412m]].", "Barley, Exports (EUR million): 412\n", "equal", "412"},
      {"Profit of the ferry line rose to [[£4.1m]].",
       "Amounts in thousands of pounds.\n\n| | 2025 |\n|---|---|\n| Ferry line profit | 4,120 |\n",
       "rounds", "4,120"},
      {"The [[52-year-old]] harbour pilot retired.", "The harbour pilot, who is 52, has retired.\n",
       "equal", "52"},
      {"A dividend of [[20 cents]] a share was paid.",
       "We propose a dividend of EUR 0.20 a share.\n", "equal", "EUR 0.20"},
      {"The slide took [[16,000 tonnes]] of stone.", "Stone in the slide: 16,000 t.\n", "equal",
       "16,000"},
      {"Profit of the yard fell from [[£19.8m]] a year before.",
       "- Profit of the yard was £41.3 million (H1 2025: £19.8 million)\n", "equal",
       "£19.8 million"},
      {"The yard expects revenue of [[£1.02bn to £1.05bn]].",
       "Revenue of the yard: £1,020 million to £1,050 million is expected.\n", "equal",
       "£1,020 million to £1,050 million"},
      // another thing of the same value, another unit, another value
      {"Police held [[40 people]] at the docks.", "The new road is 40 km of gravel.\n", "", ""},
      {"Margins rose [[3 percentage points]] at the brewery.",
       "Margins at the brewery rose by 3 percent.\n", "", ""},
      {"The mill sold for [[$1.2bn]].", "The mill was sold for 1.2 billion euros.\n", "", ""},
      {"The quay is [[31 metres]] long.", "The quay is 13 metres long.\n", "", ""},
      {"The ferry has room for [[44 cars]].", "The clinic by the car park saw 44 patients.\n", "",
       ""},
      {"The yard built [[three]] hulls.", "The yard built 2.6 hulls a year.\n", "", ""},
  };
  run(test, cases, sizeof cases / sizeof *cases);
}

static void quotes(Test *test) {
  static const Case cases[] = {
      {"“[[W]]e’re ready — and we will wait,” she said.", "\"We're ready, and we will wait.\"\n",
       "verbatim", "We're ready, and we will wait"},
      {"He said “[[t]]he long-term bill is 72 per cent higher.”",
       "The long term bill is 72% higher.\n", "verbatim", "The long term bill is 72% higher"},
      {"“[[T]]he ferries, um, organise themselves,” he said.",
       "The ferries organize, er, themselves.\n", "verbatim",
       "The ferries organize, er, themselves"},
      {"“[[T]]hey took nineteen boats away,” he said.", "They took 19 boats away.\n", "verbatim",
       "They took 19 boats away"},
      {"“[[W]]e’ve lost 117 days and we cannot go on,” he said.",
       "We have lost a hundred and seventeen days and we can't go on.\n", "verbatim",
       "We have lost a hundred and seventeen days and we can't go on"},
      {"“[[I]]t's over, and the mayor's house is dark,” he said.",
       "It is over, and the mayor's house is dark.\n", "verbatim",
       "It is over, and the mayor's house is dark"},
      {"“[[W]]e lost twenty-one boats, two of them old,” he said.",
       "We lost 31 boats, two of them old.\n", "altered: number twenty-one>31",
       "We lost 31 boats, two of them old"},
      {"“[[W]]e don't sell to them,” he said.", "We do sell to them.\n", "altered: negation don't>",
       "We do sell to them"},
      {"“[[T]]hey sell it for less than the glass,” he said.",
       "They sell it for less than the jar.\nAnn Friis: It is so.\n", "altered: word glass>jar",
       "They sell it for less than the"},
      {"“[[T]]he council … closed the baths,” she said.",
       "The council met for nine hours and then closed the baths.\n", "elided",
       "The council met for nine hours and then closed the baths"},
      {"“[[[She]]] told the clerk to burn it,” he said.", "Mrs Vane told the clerk to burn it.\n",
       "elided", "told the clerk to burn it"},
      {"“[[[T]]]he clerk burn[ed] the ledger,” he said.", "Then the clerk burns the ledger.\n",
       "elided", "the clerk burns the ledger"},
      {"“[[W]]e will not sell, and we will wait,” he said.",
       "“We will not sell,” he wrote, “and we will wait.”\n", "verbatim",
       "We will not sell,” he wrote, “and we will wait"},
      {"“[[W]]e will open a second yard,” she said.",
       "Ana Reed: We could open\nAna Reed: a second yard.\n", "altered: modal will>could",
       "We could open\nAna Reed: a second yard"},
      {"“[[T]]he boats are safe this winter,” she said.", "The boats are not safe this winter.\n",
       "altered: negation >not", "The boats are not safe this winter"},
      {"“[[T]]he fire burned for 90 minutes,” she said.", "The fire burned for 19 minutes.\n",
       "altered: number 90>19", "The fire burned for 19 minutes"},
      {"“[[I]] gave the keys to Mr Finch in May,” she said.",
       "I gave the keys to Mr Rehn in May.\n", "altered: name Finch>Rehn",
       "I gave the keys to Mr Rehn in May"},
      {"“[[A]]ll of our traders want to come back,” he said.",
       "Most of our traders want to come back.\n", "altered: number All>Most",
       "of our traders want to come back"},
      {"“[[T]]he gates were opened at dawn,” he said.", "The gates were locked at dawn.\n",
       "altered: word opened>locked", "The gates were locked at dawn"},
      {"“[[N]]obody told us about the flood,” he said.", "The weather office warned of a flood.\n",
       "", ""},
      // a figure in a quote that no source has leads to the quote's place
      {"“It cost us [[£40,000]] in repairs alone,” she said.",
       "It cost us £4,000 in repairs alone.\n", "altered: number 40,000>4,000",
       "It cost us £4,000 in repairs alone"},
  };
  run(test, cases, sizeof cases / sizeof *cases);
}

static void dates_and_names(Test *test) {
  static const Case cases[] = {
      {"The dam opened on [[4 June 2021]].", "Dam: opened for traffic on 2021-06-04.\n", "equal",
       "2021-06-04"},
      {"The trial of the dam ran for [[two weeks]].", "The dam was on trial for 14 days.\n",
       "equal", "14 days"},
      {"The dam opened on [[4 June 2021]].", "The baths opened on 4 June 2022.\n", "", ""},
      {"[[Velma Okafor]] runs the dam.", "The dam's keeper is Velma Okafor.\n", "equal",
       "Velma Okafor"},
      {"[[Velma Okafor]] runs the dam.", "The dam's keeper is Dr Okafor.\n", "equal", "Okafor"},
      {"[[Velma Okafor]] runs the dam.", "The dam's keeper is Jonas Okafor.\n", "", ""},
      {"[[Velma Okafor]] runs the dam.", "The dam is old.\n", "", ""},
  };
  run(test, cases, sizeof cases / sizeof *cases);
}

static void nearest(Test *test) {
  static Found found;
  find(&found, "The new quay at Velm cost [[£31m]] to build.",
       "The new quay at Velm cost £13 million to build.\n");
  const GalleyMatch *match = &found.list.nearest;
  if (CHECK(test, found.list.has_nearest)) {
    CHECK_INT(test, match->verdict, GALLEY_VERDICT_OTHER);
    CHECK_TEXT(test, match->source->bytes + match->start, match->end - match->start, "£13 million");
  }
  forget(&found);
  // what the article says of another thing is no contradiction
  find(&found, "The new quay at Velm cost [[£31m]], the old one £13m.",
       "The old quay at Velm cost £13 million.\n");
  CHECK(test, !found.list.has_nearest);
  forget(&found);
}

int main(int argc, char **argv) {
  static const TestCase cases[] = {
      {"figures", figures},
      {"quotes", quotes},
      {"dates and names", dates_and_names},
      {"the nearest figure when none is equal", nearest},
  };
  return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
