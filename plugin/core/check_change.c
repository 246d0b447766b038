// percent-change, percent-point, direction, factor: the arithmetic of "rose 12% to 56 from 50".
#include "check_change.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  GalleyCheckBlock *block;
  const CheckSentence *sentence;
  const CheckChange *change;
  GalleyOperand from, to, size;
} Claim;

// "+12%": the change, with as many decimals as tell it from what is stated.
static void write_change(double change, int decimals, char out[GALLEY_NUMBER_SIZE]) {
  char number[GALLEY_NUMBER_SIZE];
  if (fabs(change) < 0.5 && decimals == 0) decimals = 1;
  galley_number_write(fabs(change), decimals, true, number);
  snprintf(out, GALLEY_NUMBER_SIZE, "%s%.40s%%", change < 0 ? "-" : "+", number);
}

static GalleyInterval stated_percent(const Claim *claim, GalleyWidth width) {
  GalleyInterval stated = galley_operand_interval(&claim->size, width);
  if (claim->size.hedge == GALLEY_HEDGE_OVER) stated.high = INFINITY;
  if (claim->size.hedge == GALLEY_HEDGE_UNDER) stated.low = 0;
  return claim->change->direction < 0 ? (GalleyInterval){-stated.high, -stated.low} : stated;
}

static GalleyInterval change_at(const Claim *claim, GalleyWidth width) {
  return galley_interval_change(galley_operand_interval(&claim->from, width),
                                galley_operand_interval(&claim->to, width));
}

static GalleyOutcome judge_percent(const Claim *claim) {
  return check_judge(stated_percent(claim, GALLEY_WIDTH_STRICT),
                     stated_percent(claim, GALLEY_WIDTH_NEAR),
                     change_at(claim, GALLEY_WIDTH_STRICT), change_at(claim, GALLEY_WIDTH_ROUND));
}

// May arithmetic accuse here, or only confirm?
static bool may_accuse(const Claim *claim) {
  return !claim->change->loose &&
         !check_is_escaped(claim->sentence, claim->change->first, claim->change->last);
}

static void begin(const Claim *claim, GalleyCheck check, GalleyOutcome outcome) {
  const CheckSentence *sentence = claim->sentence;
  const CheckChange *change = claim->change;
  uint32_t first = change->first, last = change->last;
  const uint32_t parts[] = {change->percent, change->amount, change->from, change->to};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (parts[i] == CHANGE_NONE) continue;
    if (parts[i] < first) first = parts[i];
    if (parts[i] > last) last = parts[i];
  }
  check_report(sentence, check, outcome, first, last);
}

static void relate(const Claim *claim, const GalleyOperand *operand, const char *what) {
  check_relate(claim->sentence, operand, what);
}

static void offer(const Claim *claim, const GalleyOperand *operand, double value) {
  check_offer(claim->sentence, operand, value);
}

// ---- Percent ----

// The slip behind a wrong percent, if it is one of the usual ones; "" else.
static const char *name_slip(const Claim *claim) {
  GalleyInterval from = galley_operand_interval(&claim->from, GALLEY_WIDTH_STRICT);
  GalleyInterval to = galley_operand_interval(&claim->to, GALLEY_WIDTH_STRICT);
  GalleyInterval stated = stated_percent(claim, GALLEY_WIDTH_STRICT);
  GalleyInterval base = galley_interval_scale(galley_interval_change(to, from), -1);
  GalleyInterval share = galley_interval_scale(galley_interval_divide(to, from), 100);
  if (galley_interval_meet(stated, base))
    return " (that is the change as a share of the new figure)";
  if (claim->change->direction > 0 && galley_interval_meet(stated, share)) {
    return " (that is the new figure as a share of the old, not the rise)";
  }
  if (claim->change->direction < 0 &&
      galley_interval_meet(galley_interval_scale(stated, -1), share)) {
    return " (that is what is left, not the fall)";
  }
  return "";
}

static void report_percent(const Claim *claim, GalleyOutcome outcome) {
  const CheckSentence *sentence = claim->sentence;
  GalleyFindingList *found = claim->block->found;
  char computed[GALLEY_NUMBER_SIZE], stated[GALLEY_NUMBER_SIZE];
  double change = (claim->to.value / claim->from.value - 1) * 100;
  int decimals = claim->size.decimals;
  write_change(claim->size.value * claim->change->direction, decimals, stated);
  write_change(change, decimals, computed);
  if (strcmp(stated, computed) == 0) write_change(change, ++decimals, computed);
  begin(claim, GALLEY_CHECK_PERCENT_CHANGE, outcome);
  if (outcome == GALLEY_OUTCOME_OK) {
    galley_finding_say(found, "from %.*s to %.*s is %s: holds",
                       OPERAND_TEXT(sentence, &claim->from), OPERAND_TEXT(sentence, &claim->to),
                       computed);
  } else {
    galley_finding_say(found, "from %.*s to %.*s is %s, not %s%s",
                       OPERAND_TEXT(sentence, &claim->from), OPERAND_TEXT(sentence, &claim->to),
                       computed, stated, name_slip(claim));
  }
  relate(claim, &claim->size, "the change as stated");
  relate(claim, &claim->from, "from");
  relate(claim, &claim->to, "to");
  if (outcome == GALLEY_OUTCOME_OK) return;
  double growth = 1 + claim->change->direction * claim->size.value / 100;
  if (change * claim->change->direction > 0) offer(claim, &claim->size, fabs(change));
  offer(claim, &claim->to, claim->from.value * growth);
  if (growth > 0) offer(claim, &claim->from, claim->to.value / growth);
}

// ---- Differences: points, and amounts in the figures' own unit ----

// The stated difference in the unit of the figures; basis points are hundredths.
static GalleyInterval stated_difference(const Claim *claim, GalleyWidth width) {
  double unit = strcmp(claim->size.unit, "bp") == 0 ? 0.01 : 1;
  return galley_interval_scale(stated_percent(claim, width), unit);
}

static GalleyInterval difference_at(const Claim *claim, GalleyWidth width) {
  return galley_interval_subtract(galley_operand_interval(&claim->to, width),
                                  galley_operand_interval(&claim->from, width));
}

static GalleyOutcome judge_difference(const Claim *claim) {
  return check_judge(
      stated_difference(claim, GALLEY_WIDTH_STRICT), stated_difference(claim, GALLEY_WIDTH_NEAR),
      difference_at(claim, GALLEY_WIDTH_STRICT), difference_at(claim, GALLEY_WIDTH_ROUND));
}

static void report_difference(const Claim *claim, GalleyOutcome outcome) {
  const CheckSentence *sentence = claim->sentence;
  char number[GALLEY_NUMBER_SIZE];
  double unit = strcmp(claim->size.unit, "bp") == 0 ? 0.01 : 1;
  double difference = fabs(claim->to.value - claim->from.value) / unit;
  bool points = check_is_percent(&claim->to);
  galley_operand_write(&claim->size, difference, number);
  begin(claim, points ? GALLEY_CHECK_PERCENT_POINT : GALLEY_CHECK_PERCENT_CHANGE, outcome);
  bool holds = outcome == GALLEY_OUTCOME_OK;
  if (holds) {
    galley_finding_say(claim->block->found, "from %.*s to %.*s is a difference of %s: holds",
                       OPERAND_TEXT(sentence, &claim->from), OPERAND_TEXT(sentence, &claim->to),
                       number);
  } else {
    galley_finding_say(claim->block->found, "from %.*s to %.*s is a difference of %s, not %.*s",
                       OPERAND_TEXT(sentence, &claim->from), OPERAND_TEXT(sentence, &claim->to),
                       number, OPERAND_TEXT(sentence, &claim->size));
  }
  relate(claim, &claim->size, "the difference as stated");
  relate(claim, &claim->from, "from");
  relate(claim, &claim->to, "to");
  if (holds) return;
  double step = claim->change->direction * claim->size.value * unit;
  offer(claim, &claim->size, difference);
  offer(claim, &claim->to, claim->from.value + step);
  offer(claim, &claim->from, claim->to.value - step);
}

// From 4% to 5% is a point, or 25%; "up 1%" says neither.
static void report_points(const Claim *claim) {
  const CheckSentence *sentence = claim->sentence;
  GalleyFindingList *found = claim->block->found;
  char points[GALLEY_NUMBER_SIZE], percent[GALLEY_NUMBER_SIZE];
  double change = fabs((claim->to.value / claim->from.value - 1) * 100);
  galley_operand_write(&claim->size, claim->size.value, points);
  galley_number_write(change, claim->size.decimals, true, percent);
  begin(claim, GALLEY_CHECK_PERCENT_POINT, GALLEY_OUTCOME_BAD);
  galley_finding_say(found, "from %.*s to %.*s is %s percentage point%s, or %s%%",
                     OPERAND_TEXT(sentence, &claim->from), OPERAND_TEXT(sentence, &claim->to),
                     points, strcmp(points, "1") == 0 ? "" : "s", percent);
  relate(claim, &claim->size, "the change as stated");
  relate(claim, &claim->from, "from");
  relate(claim, &claim->to, "to");
  if (claim->size.digits == claim->size.digits_end) return;
  const char *unit = strcmp(points, "1") == 0 ? "percentage point" : "percentage points";
  galley_finding_repair(found, "Change to %s %s", points, unit);
  galley_finding_edit(found, claim->size.digits, claim->size.end, "%s %s", points, unit);
  offer(claim, &claim->size, change);
}

// ---- Direction ----

static const struct {
  const char *word, *opposite;
} opposites[] = {
    {"rose", "fell"},
    {"fell", "rose"},
    {"rise", "fall"},
    {"fall", "rise"},
    {"rises", "falls"},
    {"falls", "rises"},
    {"rising", "falling"},
    {"falling", "rising"},
    {"risen", "fallen"},
    {"fallen", "risen"},
    {"increase", "decrease"},
    {"decrease", "increase"},
    {"increased", "decreased"},
    {"decreased", "increased"},
    {"up", "down"},
    {"down", "up"},
    {"higher", "lower"},
    {"lower", "higher"},
    {"gained", "lost"},
    {"lost", "gained"},
    {"climbed", "dropped"},
    {"dropped", "climbed"},
    {"grew", "shrank"},
    {"shrank", "grew"},
    {"jumped", "slumped"},
    {"slumped", "jumped"},
    {"raised", "lowered"},
    {"lowered", "raised"},
    {"reduced", "increased"},
    {"cut", "raised"},
    {"declined", "rose"},
    {"gain", "loss"},
    {"slipped", "rose"},
};

static const char *opposite_of(const char *word, size_t length) {
  for (size_t i = 0; i < sizeof opposites / sizeof *opposites; i++) {
    if (strlen(opposites[i].word) == length && memcmp(opposites[i].word, word, length) == 0) {
      return opposites[i].opposite;
    }
  }
  return NULL;
}

static bool contradicts_direction(const Claim *claim) {
  GalleyInterval difference = difference_at(claim, GALLEY_WIDTH_ROUND);
  return claim->change->direction > 0 ? difference.high < 0 : difference.low > 0;
}

// "fell from 5 to 10 metres" is a height, "fell from 15 to 20 percent" may be a size of the fall.
static bool may_be_range(const Claim *claim) {
  return claim->from.span == claim->to.span && claim->from.value < claim->to.value &&
         claim->to.unit[0];
}

static void report_direction(const Claim *claim) {
  const CheckSentence *sentence = claim->sentence;
  GalleyFindingList *found = claim->block->found;
  const char *bytes = sentence->block->view.bytes;
  const CheckAtom *word = check_atom(sentence, claim->change->word);
  const GalleyToken *token = &sentence->block->view.tokens[word->first];
  int length = (int)(token->end - token->start);
  begin(claim, GALLEY_CHECK_DIRECTION, GALLEY_OUTCOME_BAD);
  galley_finding_say(found, "\"%.*s\", but from %.*s to %.*s is a %s", length, bytes + token->start,
                     OPERAND_TEXT(sentence, &claim->from), OPERAND_TEXT(sentence, &claim->to),
                     claim->to.value > claim->from.value ? "rise" : "fall");
  galley_finding_relate(found, token->start, token->end, "the direction as stated");
  relate(claim, &claim->from, "from");
  relate(claim, &claim->to, "to");
  const char *opposite = opposite_of(bytes + token->start, (size_t)length);
  if (opposite) {
    galley_finding_repair(found, "Change %.*s to %s", length, bytes + token->start, opposite);
    galley_finding_edit(found, token->start, token->end, "%s", opposite);
  }
  galley_finding_repair(found, "Exchange the figures");
  galley_finding_edit(found, claim->from.start, claim->from.end, "%.*s",
                      (int)(claim->to.end - claim->to.start), bytes + claim->to.start);
  galley_finding_edit(found, claim->to.start, claim->to.end, "%.*s",
                      (int)(claim->from.end - claim->from.start), bytes + claim->from.start);
}

static void confirm_direction(const Claim *claim) {
  const CheckSentence *sentence = claim->sentence;
  if (claim->from.value == claim->to.value) return;
  begin(claim, GALLEY_CHECK_DIRECTION, GALLEY_OUTCOME_OK);
  galley_finding_say(claim->block->found, "from %.*s to %.*s is a %s: holds",
                     OPERAND_TEXT(sentence, &claim->from), OPERAND_TEXT(sentence, &claim->to),
                     claim->to.value > claim->from.value ? "rise" : "fall");
  relate(claim, &claim->from, "from");
  relate(claim, &claim->to, "to");
}

// ---- Factors ----

static GalleyInterval factor_interval(const CheckChange *change, double slack) {
  double factor = change->factor;
  GalleyInterval all = {factor * (1 - slack), factor * (1 + slack)};
  bool over = change->hedge == GALLEY_HEDGE_OVER;
  if (over && factor > 1) all = (GalleyInterval){factor * (1 - slack / 4), INFINITY};
  if (over && factor < 1) all = (GalleyInterval){0, factor * (1 + slack / 4)};
  if (change->hedge == GALLEY_HEDGE_NEARLY) all.high = factor * (1 + slack / 4);
  return all;
}

static void check_factor(const Claim *claim) {
  const CheckSentence *sentence = claim->sentence;
  GalleyFindingList *found = claim->block->found;
  const CheckAtom *atom = check_atom(sentence, claim->change->word);
  GalleyInterval from = galley_operand_interval(&claim->from, GALLEY_WIDTH_STRICT);
  GalleyInterval to = galley_operand_interval(&claim->to, GALLEY_WIDTH_STRICT);
  GalleyInterval ratio = galley_interval_divide(to, from);
  GalleyOutcome outcome = check_judge(factor_interval(claim->change, 0.15),
                                      factor_interval(claim->change, 0.2), ratio, ratio);
  if (outcome != GALLEY_OUTCOME_OK && !may_accuse(claim)) return;
  uint32_t start = sentence->block->view.tokens[atom->first].start;
  uint32_t end = sentence->block->view.tokens[atom->last].end;
  char times[GALLEY_NUMBER_SIZE];
  galley_number_write(claim->to.value / claim->from.value, 1, true, times);
  begin(claim, GALLEY_CHECK_FACTOR, outcome);
  galley_finding_say(found, "from %.*s to %.*s is %s times%s%.*s%s",
                     OPERAND_TEXT(sentence, &claim->from), OPERAND_TEXT(sentence, &claim->to),
                     times, outcome == GALLEY_OUTCOME_OK ? ", \"" : ", not \"", (int)(end - start),
                     sentence->block->view.bytes + start,
                     outcome == GALLEY_OUTCOME_OK ? "\": holds" : "\"");
  galley_finding_relate(found, start, end, "the factor as stated");
  relate(claim, &claim->from, "from");
  relate(claim, &claim->to, "to");
  if (outcome == GALLEY_OUTCOME_OK) return;
  offer(claim, &claim->to, claim->from.value * claim->change->factor);
  offer(claim, &claim->from, claim->to.value / claim->change->factor);
}

// ---- Frames ----

// Whether a change of a share is stated in percent and meant in points: as written it is just the
// difference, and not the relative change.
static bool is_points(const Claim *claim) {
  double difference = fabs(claim->to.value - claim->from.value);
  double change = fabs(claim->to.value / claim->from.value - 1) * 100;
  double half = claim->size.step / 2 * (1 + 1e-9);
  return fabs(difference - claim->size.value) <= half && fabs(change - claim->size.value) > half;
}

static void check_size(Claim *claim) {
  const GalleyOperand *size = &claim->size;
  bool shares = check_is_percent(&claim->from) && check_is_percent(&claim->to);
  bool percent = check_is_percent(size);
  if (!percent && !shares && (strcmp(size->unit, "pp") == 0 || strcmp(size->unit, "bp") == 0)) {
    return;
  }
  if (percent && shares && is_points(claim)) {
    if (!claim->change->loose) report_points(claim);
    return;
  }
  GalleyOutcome outcome = percent ? judge_percent(claim) : judge_difference(claim);
  if (outcome != GALLEY_OUTCOME_OK && !may_accuse(claim)) return;
  if (percent) {
    report_percent(claim, outcome);
  } else {
    report_difference(claim, outcome);
  }
}

// Both figures are there: before and after.
static void check_ends(Claim *claim) {
  const CheckChange *change = claim->change;
  claim->from = *check_operand(claim->sentence, change->from);
  claim->to = *check_operand(claim->sentence, change->to);
  if (!galley_operand_share_scale(&claim->from, &claim->to)) {
    galley_operand_share_scale(&claim->to, &claim->from);
  }
  if (claim->from.value <= 0 || claim->to.value <= 0 ||
      !check_same_kind(claim->sentence, &claim->from, &claim->to)) {
    return;
  }
  if (change->factor > 0) {
    check_factor(claim);
    return;
  }
  if (contradicts_direction(claim)) {
    bool sure = may_accuse(claim) && !claim->sentence->ranks && !claim->sentence->rates &&
                !may_be_range(claim);
    if (sure) report_direction(claim);
    return;
  }
  uint32_t size = change->percent != CHANGE_NONE ? change->percent : change->amount;
  if (size == CHANGE_NONE) {
    confirm_direction(claim);
    return;
  }
  claim->size = *check_operand(claim->sentence, size);
  // "by 15 to 20 percent" is no one size; in "by 200 to 1,400" the range is none.
  if (claim->size.span->subtype == 1 && claim->size.span != claim->to.span) return;
  bool same =
      change->percent != CHANGE_NONE || check_same_kind(claim->sentence, &claim->size, &claim->to);
  if (same) check_size(claim);
}

// "fell 41.90 points, or 3.3 percent, to 1,224.30": the figure before is the sum.
static void check_amount(Claim *claim) {
  const CheckChange *change = claim->change;
  GalleyOperand amount = *check_operand(claim->sentence, change->amount);
  claim->to = *check_operand(claim->sentence, change->to);
  claim->size = *check_operand(claim->sentence, change->percent);
  if (!check_is_percent(&claim->size) || !check_same_kind(claim->sentence, &amount, &claim->to)) {
    return;
  }
  amount.count = claim->to.count = false;
  GalleyInterval to = galley_operand_interval(&claim->to, GALLEY_WIDTH_ROUND);
  GalleyInterval by = galley_interval_scale(galley_operand_interval(&amount, GALLEY_WIDTH_STRICT),
                                            change->direction);
  GalleyInterval from = galley_interval_subtract(to, by);
  double before = claim->to.value - change->direction * amount.value;
  if (from.low <= 0 || before <= 0) return;
  GalleyInterval computed =
      by.low < 0 ? (GalleyInterval){by.low / from.low * 100, by.high / from.high * 100}
                 : (GalleyInterval){by.low / from.high * 100, by.high / from.low * 100};
  GalleyOutcome outcome = check_judge(stated_percent(claim, GALLEY_WIDTH_STRICT),
                                      stated_percent(claim, GALLEY_WIDTH_NEAR), computed, computed);
  if (outcome != GALLEY_OUTCOME_OK && !may_accuse(claim)) return;
  char was[CHECK_PHRASE_SIZE], percent[GALLEY_NUMBER_SIZE], stated[GALLEY_NUMBER_SIZE];
  double result = change->direction * amount.value / before * 100;
  check_write_like(claim->sentence, &claim->to, before, was);
  write_change(result, claim->size.decimals, percent);
  write_change(claim->size.value * change->direction, claim->size.decimals, stated);
  begin(claim, GALLEY_CHECK_PERCENT_CHANGE, outcome);
  bool holds = outcome == GALLEY_OUTCOME_OK;
  galley_finding_say(claim->block->found, "%s %.*s from %s is %s%s%s",
                     change->direction < 0 ? "down" : "up", OPERAND_TEXT(claim->sentence, &amount),
                     was, percent, holds ? ": holds" : ", not ", holds ? "" : stated);
  relate(claim, &claim->size, "the change as stated");
  relate(claim, &amount, "by");
  relate(claim, &claim->to, "to");
  if (holds) return;
  offer(claim, &claim->size, fabs(result));
  double share = claim->size.value / 100;
  offer(claim, &amount, claim->to.value * share / (1 + change->direction * share));
}

static void check_statement(GalleyCheckBlock *block, const CheckSentence *sentence,
                            const CheckChange *change) {
  Claim claim = {.block = block, .sentence = sentence, .change = change};
  if (change->from != CHANGE_NONE && change->to != CHANGE_NONE) {
    check_ends(&claim);
  } else if (change->amount != CHANGE_NONE && change->percent != CHANGE_NONE &&
             change->to != CHANGE_NONE) {
    check_amount(&claim);
  }
}

void check_changes(const CheckSentence *sentence) {
  uint32_t end = 0; // atoms before it belong to a statement that was read
  for (uint32_t i = 0; i < sentence->atom_count; i++) {
    CheckChange change;
    if (i < end || !sentence->atoms[i].change || !check_change_read(sentence, i, &change)) continue;
    check_statement(sentence->block, sentence, &change);
    end = change.last;
  }
}
