#include "match_amount.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source_scan.h"
#include "lexicon.h"

// By code, sorted. What is not here is its own base.
static const struct {
  char code[8];
  char base[4];
  double factor;
} units[] = {
    {"GHz", "Hz", 1e9},       {"GW", "W", 1e9},
    {"GWh", "Wh", 1e9},       {"L", "L", 1},
    {"MHz", "Hz", 1e6},       {"MW", "W", 1e6},
    {"MWh", "Wh", 1e6},       {"TW", "W", 1e12},
    {"TWh", "Wh", 1e12},      {"acre", "m2", 4046.8564224},
    {"bp", "pp", 0.01},       {"cm", "m", 0.01},
    {"ft", "m", 0.3048},      {"g", "kg", 0.001},
    {"ha", "m2", 1e4},        {"in", "m", 0.0254},
    {"kHz", "Hz", 1e3},       {"kJ", "J", 1e3},
    {"kV", "V", 1e3},         {"kW", "W", 1e3},
    {"kWh", "Wh", 1e3},       {"km", "m", 1e3},
    {"km/h", "m/s", 1 / 3.6}, {"km2", "m2", 1e6},
    {"lb", "kg", 0.45359237}, {"mL", "L", 0.001},
    {"mg", "kg", 1e-6},       {"mi", "m", 1609.344},
    {"mm", "m", 0.001},       {"mph", "m/s", 0.44704},
    {"nm", "m", 1e-9},        {"oz", "kg", 0.028349523125},
    {"t", "kg", 1e3},         {"ug", "kg", 1e-9},
    {"um", "m", 1e-6},        {"yd", "m", 0.9144},
};

static int compare_code(const void *key, const void *row) {
  return strcmp(key, row);
}

static void scale(GalleyAmount *self, double factor) {
  self->value *= factor;
  self->low *= factor;
  self->high *= factor;
}

static void to_base(GalleyAmount *self) {
  const void *found =
      bsearch(self->unit, units, sizeof units / sizeof *units, sizeof *units, compare_code);
  if (!found) return;
  size_t row = (size_t)((const char *)found - (const char *)units) / sizeof *units;
  memset(self->unit, 0, sizeof self->unit);
  memcpy(self->unit, units[row].base, strlen(units[row].base));
  scale(self, units[row].factor);
}

// The ends of a range as its value text gives them.
static void set_ends(GalleyAmount *self, double second) {
  if (!self->range) return;
  self->low = self->value;
  self->high = second;
}

GalleyAmount galley_amount_of_span(const GalleySpan *span) {
  GalleyAmount self = {.value = galley_figure_value(span->value),
                       .low = span->figure.low,
                       .high = span->figure.high,
                       .hedge = (char)span->figure.hedge,
                       .type = span->type,
                       .range = span->subtype == 1,
                       .scaled = span->figure.scale > 0};
  memcpy(self.unit, span->figure.unit_code, sizeof self.unit);
  set_ends(&self, galley_figure_second(span->value));
  to_base(&self);
  return self;
}

GalleyAmount galley_amount_of_fact(const GalleyFact *fact) {
  GalleyAmount self = {.value = fact->value,
                       .low = fact->low,
                       .high = fact->high,
                       .hedge = (char)fact->hedge,
                       .type = fact->type,
                       .loose = fact->loose,
                       .range = fact->subtype == 1,
                       .scaled = fact->scaled};
  memcpy(self.unit, fact->unit, sizeof self.unit);
  set_ends(&self, fact->second);
  to_base(&self);
  return self;
}

// ---- labels

static bool has_bytes(const char *bytes, uint32_t start, uint32_t end, const char *what) {
  size_t size = strlen(what);
  for (uint32_t i = start; i + size <= end; i++)
    if (memcmp(bytes + i, what, size) == 0) return true;
  return false;
}

static const struct {
  const char *sign;
  char code[8];
} signs[] = {
    {"%", "percent"}, {"£", "GBP"}, {"€", "EUR"}, {"$", "USD"}, {"¥", "JPY"}, {"₹", "INR"},
};

static void set_unit(GalleyAmount *self, const char *code) {
  size_t size = strlen(code);
  if (self->unit[0] || size >= sizeof self->unit) return;
  memcpy(self->unit, code, size + 1);
}

static uint8_t type_of(const char *unit) {
  if (strcmp(unit, "percent") == 0 || strcmp(unit, "pp") == 0) return GALLEY_FIGURE_PERCENT;
  bool money = strlen(unit) == 3 && unit[0] >= 'A' && unit[0] <= 'Z' && unit[1] >= 'A' &&
               unit[1] <= 'Z' && unit[2] >= 'A' && unit[2] <= 'Z';
  return money ? GALLEY_FIGURE_MONEY : GALLEY_FIGURE_QUANTITY;
}

// "31 million" in a label: the word is that number's.
static bool is_of_number(const char *bytes, uint32_t start, uint32_t word) {
  while (word > start && (bytes[word - 1] == ' ' || bytes[word - 1] == '\n'))
    word--;
  return word > start && bytes[word - 1] >= '1' && bytes[word - 1] <= '9';
}

static bool is_alnum(char c) {
  return (unsigned char)((c | 0x20) - 'a') < 26 || (c >= '0' && c <= '9');
}

static bool has_code(const char *bytes, uint32_t start, uint32_t end, const char *code) {
  uint32_t size = (uint32_t)strlen(code);
  for (uint32_t i = start; size && i + size <= end; i++) {
    bool open = i > start && !is_alnum(bytes[i - 1]);
    bool close = i + size == end || !is_alnum(bytes[i + size]);
    if (open && close && memcmp(bytes + i, code, size) == 0) return true;
  }
  return false;
}

void galley_amount_apply_label(GalleyAmount *self, const char *bytes, uint32_t start, uint32_t end,
                               const char *code) {
  GalleyScanWord word;
  int32_t power = 0;
  bool bare = !self->unit[0];
  if (bare && type_of(code) == GALLEY_FIGURE_QUANTITY && has_code(bytes, start, end, code)) {
    set_unit(self, code);
  }
  for (size_t i = 0; bare && i < sizeof signs / sizeof *signs; i++)
    if (has_bytes(bytes, start, end, signs[i].sign)) set_unit(self, signs[i].code);
  for (uint32_t at = start; galley_scan_next(bytes, end, &at, &word);) {
    if (word.kind == GALLEY_SCAN_NUMBER) {
      // "'000" and "000s" head columns of thousands
      if (word.mantissa == 0 && word.end - word.start == 3) power = 3;
      continue;
    }
    const char *currency = galley_lexicon_symbol(word.word, GALLEY_CLASS_CURRENCY);
    const char *unit = galley_lexicon_symbol(word.word, GALLEY_CLASS_UNIT);
    int32_t value = 0;
    bool scales = galley_lexicon_value(word.word, GALLEY_CLASS_SCALE, &value) && value >= 3;
    bool letter = word.end - word.start < 3;
    if (scales && is_of_number(bytes, start, word.start)) continue;
    if (bare && currency) set_unit(self, currency);
    // "m" is million beside a currency, metres else
    if (scales && (!letter || type_of(self->unit) == GALLEY_FIGURE_MONEY)) {
      power = value;
    } else if (bare && unit && !letter) {
      set_unit(self, unit);
    } else if (bare && unit && word.start > start && bytes[word.start - 1] == '(') {
      set_unit(self, unit); // "Length (km)"
    }
  }
  if (bare && self->unit[0]) {
    self->type = type_of(self->unit);
    to_base(self);
  }
  if (power > 0 && !self->scaled) scale(self, pow(10, power));
}

// "in thousands of euro", "in £ million", "£m", "(USD thousand)": nearest to the table wins.
bool galley_amount_apply_notes(GalleyAmount *self, const char *bytes, uint32_t start,
                               uint32_t end) {
  GalleyScanWord word;
  uint32_t found_start = 0, found_end = 0;
  if (self->unit[0]) return false;
  for (uint32_t at = start; galley_scan_next(bytes, end, &at, &word);) {
    int32_t power = 0;
    bool plural = word.end > word.start && (bytes[word.end - 1] == 's');
    bool scales = galley_lexicon_value(word.word, GALLEY_CLASS_SCALE, &power) && power >= 3;
    if (!scales) continue;
    if (is_of_number(bytes, start, word.start)) continue;
    uint32_t before = word.start;
    while (before > start && (bytes[before - 1] == ' ' || bytes[before - 1] == '\n'))
      before--;
    bool after_in = before >= start + 2 && memcmp(bytes + before - 2, "in", 2) == 0;
    bool joined = before == word.start && before > start && bytes[before - 1] != '(';
    if (!plural && !after_in && !joined && word.end - word.start > 2) continue;
    if (!after_in && !joined && word.end - word.start <= 2) continue;
    found_start = word.start > start + 4 ? word.start - 4 : start;
    found_end = word.end + 20 < end ? word.end + 20 : end;
  }
  if (found_end == 0) return false;
  galley_amount_apply_label(self, bytes, found_start, found_end, "");
  return true;
}

void galley_amount_apply_text(GalleyAmount *self, const char *bytes, uint32_t at, uint32_t length,
                              const char *code) {
  size_t size = strlen(code);
  if (self->unit[0] || !size || at >= length) return;
  if (bytes[at] == ' ') at++;
  if (size > length - at || memcmp(bytes + at, code, size) != 0) return;
  char next = at + size < length ? bytes[at + size] : ' ';
  if ((unsigned char)((next | 0x20) - 'a') < 26) return;
  set_unit(self, code);
  self->type = type_of(self->unit);
  to_base(self);
}

void galley_amount_add_hours(GalleyAmount *self, const char *bytes, uint32_t at, uint32_t length) {
  static const char hour[] = "hour";
  bool joined = at < length && (bytes[at] == '-' || bytes[at] == ' ');
  if (strcmp(self->unit, "W") != 0 || !joined || length - at < sizeof hour ||
      memcmp(bytes + at + 1, hour, sizeof hour - 1) != 0) {
    return;
  }
  memcpy(self->unit, "Wh", sizeof "Wh");
}

char galley_amount_loose(const char *bytes, GalleyRange unit) {
  static const char *const words[] = {"$", "cent", "cents", "dollar", "dollars"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t size = strlen(words[i]);
    if (size == unit.end - unit.start && memcmp(bytes + unit.start, words[i], size) == 0) {
      return words[i][0] == 'c' ? 'c' : '$';
    }
  }
  return 0;
}

// ---- comparing

uint32_t galley_amount_digits(double value) {
  char text[32];
  int length = snprintf(text, sizeof text, "%.11e", fabs(value));
  uint32_t digits = 0;
  for (int i = 0, seen = 0; i < length && text[i] != 'e'; i++) {
    if (text[i] < '0' || text[i] > '9') continue;
    seen++;
    if (text[i] != '0') digits = (uint32_t)seen;
  }
  return digits ? digits : 1;
}

static bool same(double a, double b) {
  return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

static bool is_unit(const GalleyAmount *amount, const char *unit) {
  return strcmp(amount->unit, unit) == 0;
}

// A share of one: 0.72, two-thirds, 36 of 50.
static bool is_share(const GalleyAmount *amount) {
  bool bare = amount->type == GALLEY_FIGURE_NUMBER || amount->type == GALLEY_FIGURE_RATIO;
  return bare && !amount->unit[0] && !amount->range && amount->value > 0 && amount->value < 1;
}

static void to_percent(GalleyAmount *amount) {
  scale(amount, 100);
  memcpy(amount->unit, "percent", sizeof "percent");
}

// Whether money in a word of several countries may be that of `code`.
static bool may_be(char loose, const char *code) {
  static const char dollars[] = "AUD CAD HKD NZD SGD USD", others[] = "EUR ZAR";
  if (!loose) return false;
  return strstr(dollars, code) || (loose == 'c' && strstr(others, code));
}

// The word that a currency's bare name is ("krona") may be that of any country that has it.
static bool may_be_name(const char *name, const char *code) {
  static const struct {
    const char *name, *codes;
  } names[] = {{"krona", "DKK ISK NOK SEK"},
               {"franc", "CHF XAF XOF XPF"},
               {"peso", "ARS CLP COP CUP DOP MXN PHP UYU"},
               {"rupee", "INR LKR MUR NPR PKR"},
               {"dinar", "BHD DZD IQD JOD KWD LYD RSD TND"},
               {"pound", "EGP GBP LBP SDG SYP"},
               {"riyal", "OMR QAR SAR YER"},
               {"shilling", "KES TZS UGX"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(name, names[i].name) == 0) return strstr(names[i].codes, code) != NULL;
  return false;
}

// Whether two units can stand for one thing, after shares were made percent.
static bool comparable(const GalleyAmount *a, const GalleyAmount *b) {
  if ((a->type == GALLEY_FIGURE_ORDINAL) != (b->type == GALLEY_FIGURE_ORDINAL)) return false;
  if (a->range != b->range) return false;
  if (strcmp(a->unit, b->unit) == 0) return true;
  bool named = a->type == GALLEY_FIGURE_MONEY && b->type == GALLEY_FIGURE_MONEY;
  if (named && (may_be_name(a->unit, b->unit) || may_be_name(b->unit, a->unit))) return true;
  bool money = type_of(a->unit) == GALLEY_FIGURE_MONEY && type_of(b->unit) == GALLEY_FIGURE_MONEY;
  if (money) return may_be(a->loose, b->unit) || may_be(b->loose, a->unit);
  // "the 52-year-old" and "Oyelaran, who is 52"
  bool age = (a->type == GALLEY_FIGURE_AGE && !b->unit[0]) ||
             (b->type == GALLEY_FIGURE_AGE && !a->unit[0]);
  return age && (is_unit(a, "year") || is_unit(b, "year"));
}

static bool within(double value, double low, double high) {
  double slack = 1e-9 * fmax(fabs(low), fabs(high));
  return value >= low - slack && value <= high + slack;
}

static bool hedged(const GalleyAmount *by, double other) {
  double value = fabs(by->value), is = fabs(other);
  if (by->hedge == '~') return within(is, value * 0.95, value * 1.05);
  if (by->hedge == '>') return within(is, value, value * 1.15);
  if (by->hedge == '<') return within(is, value * 0.87, value);
  return false;
}

// Whether `value` is what `round` may stand for. A small count is exact.
static bool rounds_to(const GalleyAmount *round, double value) {
  if (round->hedge && hedged(round, value)) return true;
  bool whole = round->value == floor(round->value);
  bool count = whole && !round->unit[0] && fabs(round->value) < 1000;
  bool one_sided = round->hedge == '<' || round->hedge == '>';
  if (!count && !one_sided && within(value, round->low, round->high)) return true;
  // 9,400 may be 9,431: what stands before the noughts is what was meant
  double unit = 1;
  while (fmod(round->value, unit * 10) == 0 && unit < 1e15)
    unit *= 10;
  bool rough = whole && !one_sided && unit >= 10 && galley_amount_digits(round->value) >= 2;
  return rough && within(value, round->value - unit / 2, round->value + unit / 2);
}

GalleyAmountMatch galley_amount_compare(const GalleyAmount *article, const GalleyAmount *source) {
  GalleyAmount a = *article, b = *source;
  if (is_share(&a) && (is_share(&b) || is_unit(&b, "percent"))) to_percent(&a);
  if (is_share(&b) && is_unit(&a, "percent")) to_percent(&b);
  if (!comparable(&a, &b)) return GALLEY_AMOUNTS_APART;
  if (a.range) {
    return same(a.low, b.low) && same(a.high, b.high) ? GALLEY_AMOUNTS_EQUAL
                                                      : GALLEY_AMOUNTS_DIFFER;
  }
  if (same(a.value, b.value)) return GALLEY_AMOUNTS_EQUAL;
  bool one_side = (a.value > 0 && b.value > 0) || (a.value < 0 && b.value < 0);
  bool round = one_side && (rounds_to(&a, b.value) || rounds_to(&b, a.value));
  return round ? GALLEY_AMOUNTS_ROUND : GALLEY_AMOUNTS_DIFFER;
}
