// unit-pairs: "30 ft (10 m)": one measure in two units.
#include "check_family.h"

#include <math.h>
#include <string.h>

#include "check_adjacent.h"

#define LITTLE_OFF 0.03 // of the value: more is told
#define FAR_OFF 0.1     // more is wrong
#define DEGREES_LITTLE 1.0
#define DEGREES_FAR 2.5
#define DEGREES_DIFFERENCE 40.0 // in Fahrenheit: "2C (3.6F)" may be a difference

typedef enum { LENGTH, AREA, VOLUME, MASS, SPEED, POWER, TEMPERATURE } Dimension;

// Sizes in the dimension's own unit (metre, square metre, litre, kilogram, km/h, watt). A unit that
// means different sizes in different places has two.
static const struct {
  const char *code;
  uint8_t dimension;
  double size, other;
} units[] = {
    {"km", LENGTH, 1000, 0},
    {"m", LENGTH, 1, 0},
    {"cm", LENGTH, 0.01, 0},
    {"mm", LENGTH, 0.001, 0},
    {"mi", LENGTH, 1609.344, 0},
    {"nmi", LENGTH, 1852, 0},
    {"yd", LENGTH, 0.9144, 0},
    {"ft", LENGTH, 0.3048, 0},
    {"in", LENGTH, 0.0254, 0},
    {"fathom", LENGTH, 1.8288, 0},
    {"km2", AREA, 1e6, 0},
    {"m2", AREA, 1, 0},
    {"ha", AREA, 1e4, 0},
    {"acre", AREA, 4046.8564, 0},
    {"ft2", AREA, 0.09290304, 0},
    {"mi2", AREA, 2589988.11, 0},
    {"L", VOLUME, 1, 0},
    {"mL", VOLUME, 0.001, 0},
    {"m3", VOLUME, 1000, 0},
    {"gal", VOLUME, 3.785411784, 4.54609},
    {"qt", VOLUME, 0.946352946, 1.1365225},
    {"pt", VOLUME, 0.473176473, 0.56826125},
    {"bbl", VOLUME, 158.987294928, 0},
    {"kg", MASS, 1, 0},
    {"g", MASS, 0.001, 0},
    {"t", MASS, 1000, 0},
    {"ton", MASS, 907.18474, 1016.0469},
    {"lb", MASS, 0.45359237, 0},
    {"oz", MASS, 0.0283495231, 0},
    {"GBP", MASS, 0.45359237, 0}, // "pounds" beside kilograms
    {"km/h", SPEED, 1, 0},
    {"mph", SPEED, 1.609344, 0},
    {"kn", SPEED, 1.852, 0},
    {"W", POWER, 1, 0},
    {"kW", POWER, 1000, 0},
    {"hp", POWER, 745.69987, 735.49875},
    {"degC", TEMPERATURE, 1, 0},
    {"degF", TEMPERATURE, 1, 0},
};

static int find_unit(const char *code) {
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (strcmp(units[i].code, code) == 0) return (int)i;
  }
  return -1;
}

typedef struct {
  GalleyOutcome outcome;
  double there, back; // what the second should be, and the first
} Verdict;

static double to_celsius(double fahrenheit) {
  return (fahrenheit - 32) / 1.8;
}

static Verdict judge_degrees(const CheckAdjacent *pair, bool celsius_first) {
  double first = pair->first.value * (pair->first_negative ? -1 : 1);
  double second = pair->second.value * (pair->second_negative ? -1 : 1);
  Verdict verdict = {.there = celsius_first ? first * 1.8 + 32 : to_celsius(first),
                     .back = celsius_first ? to_celsius(second) : second * 1.8 + 32};
  double celsius = celsius_first ? first : second, fahrenheit = celsius_first ? second : first;
  double off = fabs(to_celsius(fahrenheit) - celsius);
  double round = (pair->first.round_step + pair->second.round_step) / 2;
  bool difference =
      fabs(fahrenheit) < DEGREES_DIFFERENCE && fabs(fahrenheit / 1.8 - celsius) <= round;
  verdict.outcome = off <= round || off <= DEGREES_LITTLE || difference ? GALLEY_OUTCOME_OK
                    : off <= DEGREES_FAR                                ? GALLEY_OUTCOME_NEAR
                                                                        : GALLEY_OUTCOME_BAD;
  return verdict;
}

static GalleyOutcome judge_size(const CheckAdjacent *pair, double factor) {
  GalleyInterval first = galley_operand_interval(&pair->first, GALLEY_WIDTH_ROUND);
  GalleyInterval second = galley_operand_interval(&pair->second, GALLEY_WIDTH_ROUND);
  if (galley_interval_meet(galley_interval_scale(first, factor), second)) return GALLEY_OUTCOME_OK;
  double off = fabs(pair->second.value / (pair->first.value * factor) - 1);
  return off <= LITTLE_OFF ? GALLEY_OUTCOME_OK
         : off <= FAR_OFF  ? GALLEY_OUTCOME_NEAR
                           : GALLEY_OUTCOME_BAD;
}

static Verdict judge(const CheckAdjacent *pair, int a, int b) {
  if (units[a].dimension == TEMPERATURE) {
    return judge_degrees(pair, strcmp(units[a].code, "degC") == 0);
  }
  Verdict best = {.outcome = GALLEY_OUTCOME_UNDECIDED};
  for (int i = 0; i < 4; i++) {
    double from = i & 1 ? units[a].other : units[a].size;
    double to = i & 2 ? units[b].other : units[b].size;
    if (from <= 0 || to <= 0) continue;
    GalleyOutcome outcome = judge_size(pair, from / to);
    if (outcome >= best.outcome) continue;
    best = (Verdict){outcome, pair->first.value * from / to, pair->second.value * to / from};
  }
  return best;
}

static void report(GalleyCheckBlock *block, const CheckAdjacent *pair, const Verdict *verdict) {
  GalleyFindingList *found = block->found;
  char there[CHECK_PHRASE_SIZE];
  const char *bytes = block->view.bytes;
  const GalleyOperand *first = &pair->first, *second = &pair->second;
  // The sign is in the words: "minus 10 Celsius".
  double second_value = pair->second_negative ? -verdict->there : verdict->there;
  double first_value = pair->first_negative ? -verdict->back : verdict->back;
  if (second_value >= 0) {
    check_write_operand(bytes, second, second_value, there);
  } else {
    galley_number_write(verdict->there, second->decimals, false, there);
  }
  galley_check_begin(block, GALLEY_CHECK_UNIT_PAIRS, verdict->outcome, first->start, second->end);
  bool holds = verdict->outcome == GALLEY_OUTCOME_OK;
  galley_finding_say(found, "%.*s is %s%s%.*s", (int)(first->end - first->start),
                     bytes + first->start, there, holds ? ": holds" : ", not ",
                     holds ? 0 : (int)(second->end - second->start), bytes + second->start);
  galley_finding_relate(found, first->start, first->end, "one unit");
  galley_finding_relate(found, second->start, second->end, "the other");
  if (holds) return;
  check_offer_operand(found, bytes, second, second_value);
  check_offer_operand(found, bytes, first, first_value);
}

// "5 feet 10 inches (1.78 m)", "9 stone 2 pounds (58 kg)": what stands right before the first
// figure belongs to it.
static bool is_compound(const GalleyBlockView *view, uint32_t index) {
  const GalleySpanList *spans = view->spans;
  const GalleySpan *span = &spans->items[index];
  uint32_t at = span->start; // "15st 4lb": the word before may be no figure
  while (at > 0 && view->bytes[at - 1] == ' ')
    at--;
  for (; at > 0 && span->start - at < 12 && view->bytes[at - 1] != ' '; at--) {
    if (view->bytes[at - 1] >= '0' && view->bytes[at - 1] <= '9') return true;
  }
  for (uint32_t i = index; i-- > 0;) {
    const GalleySpan *before = &spans->items[i];
    if (before->kind != GALLEY_KIND_FIGURE) continue;
    bool measure = before->type == GALLEY_FIGURE_QUANTITY || before->type == GALLEY_FIGURE_NUMBER;
    return measure && before->end < span->start && span->start - before->end <= 8;
  }
  return false;
}

bool galley_check_unit(GalleyCheckBlock *block) {
  const GalleySpanList *spans = block->view.spans;
  for (uint32_t i = 0; i < spans->count; i++) {
    CheckAdjacent pair;
    if (!check_adjacent_read(&block->view, i, &pair) || is_compound(&block->view, i)) continue;
    int a = find_unit(pair.first.unit), b = find_unit(pair.second.unit);
    bool pounds = strcmp(pair.second.unit, "GBP") == 0;
    if (a < 0 || b < 0 || a == b || pounds || units[a].dimension != units[b].dimension) continue;
    if (units[a].dimension != TEMPERATURE && (pair.first_negative || pair.second_negative))
      continue;
    Verdict verdict = judge(&pair, a, b);
    if (verdict.outcome != GALLEY_OUTCOME_UNDECIDED) report(block, &pair, &verdict);
  }
  return !block->found->failed;
}
