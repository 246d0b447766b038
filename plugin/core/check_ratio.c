// ratio-percent: "36 of 50 (72%)"; grim: "33.5% of 50 people".
#include "check_sentence.h"

#include <math.h>
#include <string.h>

#define NOUN_WORDS_MAX 4 // "36 of the 50 [elected council members], or 72%"
#define SMALL_WHOLE 1000 // the largest whole whose shares are worth counting

typedef struct {
  uint32_t part, whole, percent; // atoms
  uint32_t first, last;
} Ratio;

static bool is_share(const CheckSentence *sentence, uint32_t at) {
  return check_is_figure(sentence, at) && check_is_percent(check_operand(sentence, at)) &&
         check_operand(sentence, at)->span->subtype == 0;
}

static bool is_part(const CheckSentence *sentence, uint32_t at) {
  return check_is_figure(sentence, at) && !check_is_percent(check_operand(sentence, at));
}

static uint32_t skip_nouns(const CheckSentence *sentence, uint32_t at) {
  for (uint32_t words = 0; words < NOUN_WORDS_MAX; words++, at++) {
    const CheckAtom *atom = check_atom(sentence, at);
    bool noun = atom->kind == ATOM_WORD && atom->part == FIGURE_PART_NONE && !atom->change;
    if (!noun) break;
  }
  return at;
}

// Reads "of the 50", "out of a total of 50" at `at`: the figure's atom, or 0.
static uint32_t read_of(const CheckSentence *sentence, uint32_t at) {
  if (check_atom(sentence, at)->part == FIGURE_PART_OUT) at++;
  if (check_atom(sentence, at)->part != FIGURE_PART_OF) return 0;
  at++;
  for (uint32_t words = 0; words < 4; words++, at++) {
    const CheckAtom *atom = check_atom(sentence, at);
    if (is_part(sentence, at)) return at;
    bool passes =
        atom->kind == ATOM_WORD && (atom->word == CHECK_WORD_FILLER ||
                                    atom->part == FIGURE_PART_THE || atom->part == FIGURE_PART_A ||
                                    atom->part == FIGURE_PART_ITS || atom->part == FIGURE_PART_OF);
    if (!passes) return 0;
  }
  return 0;
}

// Reads "(72%)" or ", or 72%," at `at`: the percent's atom, or 0. `*end` is behind it.
static uint32_t read_percent(const CheckSentence *sentence, uint32_t at, uint32_t *end) {
  bool open = check_atom(sentence, at)->kind == ATOM_OPEN;
  if (!open) {
    if (check_atom(sentence, at)->kind == ATOM_COMMA) at++;
    if (check_atom(sentence, at)->part != FIGURE_PART_OR) return 0;
  }
  if (!is_share(sentence, at + 1)) return 0;
  *end = at + 2;
  const CheckAtom *after = check_atom(sentence, at + 2);
  if (open) return after->kind == ATOM_CLOSE ? at + 1 : 0;
  return after->part == FIGURE_PART_OF ? 0 : at + 1;
}

// "36 of the 50 members (72%)", "36 (72%) of the 50".
static bool read_part_first(const CheckSentence *sentence, uint32_t at, Ratio *ratio) {
  if (!is_part(sentence, at)) return false;
  uint32_t end, after = skip_nouns(sentence, at + 1);
  *ratio = (Ratio){.part = at, .first = at};
  ratio->percent = read_percent(sentence, after, &end);
  if (ratio->percent) {
    if (check_atom(sentence, end)->kind == ATOM_CLOSE) end++;
    ratio->whole = read_of(sentence, end);
    ratio->last = ratio->whole;
    if (ratio->whole) return true;
    ratio->whole = check_whole_before(sentence, at, false); // Of 50 patients, 36 (72%)
    ratio->last = ratio->percent;
    ratio->first = ratio->whole;
    return ratio->whole != 0;
  }
  ratio->whole = read_of(sentence, after);
  if (!ratio->whole) return false;
  ratio->percent = read_percent(sentence, skip_nouns(sentence, ratio->whole + 1), &end);
  ratio->last = ratio->percent;
  return ratio->percent != 0;
}

// "72% (36 of 50)", "72%, or 36 of the 50".
static bool read_percent_first(const CheckSentence *sentence, uint32_t at, Ratio *ratio) {
  if (!is_share(sentence, at)) return false;
  uint32_t next = at + 1;
  bool open = check_atom(sentence, next)->kind == ATOM_OPEN;
  if (!open) {
    if (check_atom(sentence, next)->kind == ATOM_COMMA) next++;
    if (check_atom(sentence, next)->part != FIGURE_PART_OR) return false;
  }
  *ratio = (Ratio){.percent = at, .part = next + 1, .first = at};
  if (!is_part(sentence, ratio->part)) return false;
  ratio->whole = read_of(sentence, skip_nouns(sentence, ratio->part + 1));
  ratio->last = ratio->whole;
  return ratio->whole != 0;
}

static void check_ratio(const CheckSentence *sentence, const Ratio *ratio) {
  GalleyOperand part = *check_operand(sentence, ratio->part);
  GalleyOperand whole = *check_operand(sentence, ratio->whole);
  const GalleyOperand *percent = check_operand(sentence, ratio->percent);
  galley_operand_share_scale(&part, &whole);
  if (part.value <= 0 || whole.value <= 0 || part.value > whole.value ||
      strcmp(part.unit, whole.unit) != 0) {
    return;
  }
  GalleyInterval computed[2];
  for (int wide = 0; wide < 2; wide++) {
    GalleyWidth width = wide ? GALLEY_WIDTH_ROUND : GALLEY_WIDTH_STRICT;
    computed[wide] =
        galley_interval_scale(galley_interval_divide(galley_operand_interval(&part, width),
                                                     galley_operand_interval(&whole, width)),
                              100);
  }
  GalleyOutcome outcome =
      check_judge(galley_operand_interval(percent, GALLEY_WIDTH_STRICT),
                  galley_operand_interval(percent, GALLEY_WIDTH_NEAR), computed[0], computed[1]);
  GalleyFindingList *found = sentence->block->found;
  char share[GALLEY_NUMBER_SIZE];
  double result = part.value / whole.value * 100;
  bool holds = outcome == GALLEY_OUTCOME_OK;
  galley_number_write(result, percent->decimals, false, share);
  check_report(sentence, GALLEY_CHECK_RATIO_PERCENT, outcome, ratio->first, ratio->last);
  galley_finding_say(found, "%.*s of %.*s is %s%%%s%.*s", OPERAND_TEXT(sentence, &part),
                     OPERAND_TEXT(sentence, &whole), share, holds ? ": holds" : ", not ",
                     holds ? 0 : check_text_length(sentence, percent),
                     sentence->block->view.bytes + percent->start);
  check_relate(sentence, percent, "the share as stated");
  check_relate(sentence, &part, "part");
  check_relate(sentence, &whole, "whole");
  if (holds) return;
  check_offer(sentence, percent, result);
  check_offer(sentence, &part, whole.value * percent->value / 100);
  check_offer(sentence, &whole, part.value / percent->value * 100);
}

// Whether some whole number of `whole` things makes a share that rounds to the percent.
static bool is_possible(const GalleyOperand *percent, double whole) {
  GalleyInterval stated = galley_operand_interval(percent, GALLEY_WIDTH_STRICT);
  double most = floor(stated.high / 100 * whole + 1e-9);
  return most / whole * 100 >= stated.low - 1e-9;
}

// "33.5% of the 50 people": no number of people makes that share.
static bool check_possible(const CheckSentence *sentence, uint32_t at) {
  if (!is_share(sentence, at)) return false;
  uint32_t at_whole = read_of(sentence, at + 1);
  if (!at_whole)
    at_whole = check_whole_before(sentence, at, false); // Of the 12 dentists asked, 75%
  if (!at_whole) return false;
  const GalleyOperand *percent = check_operand(sentence, at);
  const GalleyOperand *whole = check_operand(sentence, at_whole);
  GalleyRange noun = whole->span->figure.noun;
  bool counted = whole->count && !whole->unit[0] && noun.start != noun.end && whole->value >= 2 &&
                 whole->value < SMALL_WHOLE;
  // Who gives a share of a round number need not have counted.
  bool rounded = whole->round_step > whole->step || percent->round_step > percent->step;
  if (!counted || percent->hedge || whole->hedge || (rounded && !percent->decimals)) return false;
  if (is_possible(percent, whole->value) || check_is_escaped(sentence, at, at_whole)) return false;
  double nearest = round(percent->value * whole->value / 100) / whole->value * 100;
  char share[GALLEY_NUMBER_SIZE], count[GALLEY_NUMBER_SIZE];
  galley_number_write(nearest, percent->decimals, false, share);
  galley_number_write(percent->value * whole->value / 100, 1, true, count);
  check_report(sentence, GALLEY_CHECK_GRIM, GALLEY_OUTCOME_BAD, at < at_whole ? at : at_whole,
               at < at_whole ? at_whole : at);
  galley_finding_say(sentence->block->found,
                     "%.*s of %.*s would be %s; the nearest possible share is %s%%",
                     OPERAND_TEXT(sentence, percent), OPERAND_TEXT(sentence, whole), count, share);
  check_relate(sentence, percent, "the share");
  check_relate(sentence, whole, "whole");
  check_offer(sentence, percent, nearest);
  return true;
}

void check_ratios(const CheckSentence *sentence) {
  for (uint32_t i = 0; i < sentence->atom_count; i++) {
    Ratio ratio;
    if (read_part_first(sentence, i, &ratio) || read_percent_first(sentence, i, &ratio)) {
      check_ratio(sentence, &ratio);
      i = ratio.last > i ? ratio.last : i;
    } else {
      check_possible(sentence, i);
    }
  }
}
