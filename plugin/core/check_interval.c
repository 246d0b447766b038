#include "check_interval.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "figure.h"

#define ROUND_SHARE 0.02 // zeros at the end are rounding for at most this part of the value
#define ABOUT_SHARE 0.1  // how far "about" reaches
#define BOUND_SHARE 0.25 // how far past its bound "more than" reaches in a sum

static uint8_t read_hedge(const GalleyBlockView *view, const GalleySpan *span) {
  enum { NEARLY = 2 };
  const GalleyToken *first = figure_token(view, galley_check_token(view, span->start));
  switch (span->figure.hedge) {
  case '~':
    return GALLEY_HEDGE_ABOUT;
  case '<': // "nearly" and "almost"; "under", "below" and "less than" are bounds
    return figure_value(first, GALLEY_CLASS_HEDGE) == NEARLY &&
                   !figure_is(first, GALLEY_CLASS_FUNCTION)
               ? GALLEY_HEDGE_NEARLY
               : GALLEY_HEDGE_UNDER;
  case '>':
    return GALLEY_HEDGE_OVER;
  default:
    return GALLEY_HEDGE_NONE;
  }
}

// ---- Reading ----

typedef struct { // digits with their separators
  uint32_t start, end;
  uint8_t decimals, zeros; // digits after the point; zeros at the end of a whole number
  bool grouped;
  double value;
} Run;

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Reads the next run of digits in [*at, end). False: none, or one that is no plain number.
static bool read_run(const char *bytes, uint32_t *at, uint32_t end, Run *run) {
  uint32_t i = *at, points = 0;
  while (i < end && !is_digit(bytes[i]))
    i++;
  *run = (Run){.start = i};
  for (; i < end; i++) {
    bool inner = i + 1 < end && is_digit(bytes[i + 1]);
    if (is_digit(bytes[i])) {
      run->value = run->value * 10 + (bytes[i] - '0');
      run->zeros = bytes[i] == '0' ? (uint8_t)(run->zeros + 1) : 0;
      if (points) run->decimals++;
    } else if (bytes[i] == ',' && inner && !points) {
      run->grouped = true;
    } else if (bytes[i] == '.' && inner && !points) {
      points++;
    } else {
      break;
    }
  }
  run->end = *at = i;
  if (run->decimals) run->zeros = 0;
  run->value /= galley_power_of_ten(run->decimals);
  return run->end > run->start && run->end - run->start < 24;
}

// The power of ten that takes `digits` nearest to `value`; 0 when neither is above 0.
static double power_between(double digits, double value) {
  if (!(digits > 0) || !(value > 0)) return 0;
  return galley_power_of_ten((int32_t)lround(log10(value / digits)));
}

static bool fill(const GalleyBlockView *view, const GalleySpan *span, const Run *run, double factor,
                 GalleyOperand *out) {
  *out = (GalleyOperand){.span = span,
                         .start = span->start,
                         .end = span->end,
                         .digits = run->start,
                         .digits_end = run->end,
                         .value = run->value * factor,
                         .factor = factor,
                         .step = factor / galley_power_of_ten(run->decimals),
                         .decimals = run->decimals,
                         .grouped = run->grouped,
                         .hedge = read_hedge(view, span),
                         .scaled = span->figure.scale >= 2};
  // The hedge is no part of what messages show: "about [30 miles]".
  for (uint32_t at = run->start; out->hedge && at > span->start && run->end > run->start; at--) {
    out->start = at;
    if (view->bytes[at - 1] == ' ') break;
  }
  double zeros = factor * galley_power_of_ten(run->zeros);
  double most = out->value * ROUND_SHARE;
  out->round_step = zeros < most ? zeros : most;
  if (out->round_step < out->step) out->round_step = out->step;
  out->count = span->type == GALLEY_FIGURE_NUMBER && !run->decimals && !out->scaled;
  memcpy(out->unit, span->figure.unit_code, sizeof out->unit);
  return factor > 0;
}

// A number in words, or in digits and words.
static bool fill_words(const GalleyBlockView *view, const GalleySpan *span, GalleyOperand *out) {
  double low = span->figure.low, high = span->figure.high;
  if (!isfinite(low) || !isfinite(high) || low <= 0) return false;
  Run run = {.start = span->start, .end = span->start, .value = (low + high) / 2};
  if (!fill(view, span, &run, 1, out)) return false;
  out->step = out->round_step = high - low;
  return true;
}

static uint32_t read_range(const GalleyBlockView *view, const GalleySpan *span,
                           GalleyOperand out[2]) {
  Run low, high;
  uint32_t at = span->start;
  if (!read_run(view->bytes, &at, span->end, &low) ||
      !read_run(view->bytes, &at, span->end, &high)) {
    return 0;
  }
  double low_half = 0.5 / galley_power_of_ten(low.decimals);
  double high_half = 0.5 / galley_power_of_ten(high.decimals);
  double low_factor = power_between(low.value - low_half, span->figure.low);
  double high_factor = power_between(high.value + high_half, span->figure.high);
  if (!fill(view, span, &low, low_factor, &out[0]) ||
      !fill(view, span, &high, high_factor, &out[1])) {
    return 0;
  }
  out[0].end = low.end;
  out[1].start = high.start;
  out[1].hedge = GALLEY_HEDGE_NONE;
  return 2;
}

// "36 out of 50": both as they stand. Not "1 in 5", which is a share, nor scores and odds.
static uint32_t read_ratio(const GalleyBlockView *view, const GalleySpan *span,
                           GalleyOperand out[2]) {
  Run part, whole;
  uint32_t at = span->start;
  if (!read_run(view->bytes, &at, span->end, &part)) return 0;
  if (!read_run(view->bytes, &at, span->end, &whole)) { // "nine out of 12"
    whole = part;
    double quotient = (span->figure.low + span->figure.high) / 2;
    part = (Run){.start = span->start, .end = span->start, .value = round(whole.value * quotient)};
  }
  bool of = whole.start - part.end >= 4 && memcmp(view->bytes + whole.start - 4, " of ", 4) == 0;
  if (!of || !(part.value > 0)) return 0;
  if (!fill(view, span, &part, 1, &out[0]) || !fill(view, span, &whole, 1, &out[1])) return 0;
  out[0].end = part.end > span->start ? part.end : whole.start - 4;
  out[1].start = whole.start;
  for (int i = 0; i < 2; i++) {
    out[i].count = !out[i].decimals;
    out[i].unit[0] = '\0';
  }
  return 2;
}

uint32_t galley_operands_read(const GalleyBlockView *view, const GalleySpan *span,
                              GalleyOperand out[GALLEY_OPERANDS_PER_SPAN]) {
  if (span->type == GALLEY_FIGURE_RATIO) return read_ratio(view, span, out);
  bool countable = span->type != GALLEY_FIGURE_ORDINAL && span->type != GALLEY_FIGURE_AGE;
  if (!countable || span->value[0] == '-' || strstr(span->value, "..-")) return 0;
  if (span->subtype == 1) return read_range(view, span, out);
  Run run, more;
  uint32_t at = span->start;
  if (!read_run(view->bytes, &at, span->end, &run)) return fill_words(view, span, out) ? 1 : 0;
  if (read_run(view->bytes, &at, span->end, &more)) return fill_words(view, span, out) ? 1 : 0;
  double factor = power_between(run.value, (span->figure.low + span->figure.high) / 2);
  return fill(view, span, &run, factor, out) ? 1 : 0;
}

bool galley_operand_share_scale(GalleyOperand *self, const GalleyOperand *other) {
  if (self->scaled || !other->scaled || self->value >= 1000) return false;
  self->value *= other->factor;
  self->factor *= other->factor;
  self->step *= other->factor;
  self->round_step *= other->factor;
  self->scaled = true;
  self->count = false;
  return true;
}

// ---- Computing ----

GalleyInterval galley_operand_interval(const GalleyOperand *self, GalleyWidth width) {
  double half = self->count ? 0 : self->step / 2;
  if (width != GALLEY_WIDTH_STRICT && self->round_step > self->step) half = self->round_step / 2;
  if (width == GALLEY_WIDTH_NEAR && half < self->step * 1.5) half = self->step * 1.5;
  double low = self->value - half, high = self->value + half;
  switch (self->hedge) {
  case GALLEY_HEDGE_ABOUT:
    return (GalleyInterval){low - self->value * ABOUT_SHARE, high + self->value * ABOUT_SHARE};
  case GALLEY_HEDGE_NEARLY:
    return (GalleyInterval){low - self->value * ABOUT_SHARE, high};
  case GALLEY_HEDGE_UNDER:
    return (GalleyInterval){low - self->value * BOUND_SHARE, high};
  case GALLEY_HEDGE_OVER:
    return (GalleyInterval){low, high + self->value * BOUND_SHARE};
  default:
    return (GalleyInterval){low, high};
  }
}

// a <= b but for the error of binary fractions.
static bool at_most(double a, double b) {
  if (!isfinite(a) || !isfinite(b)) return a <= b;
  return a <= b + 1e-9 * (1 + fabs(a));
}

bool galley_interval_meet(GalleyInterval a, GalleyInterval b) {
  return at_most(a.low, b.high) && at_most(b.low, a.high);
}

GalleyInterval galley_interval_divide(GalleyInterval a, GalleyInterval b) {
  return (GalleyInterval){a.low / b.high, a.high / b.low};
}

GalleyInterval galley_interval_change(GalleyInterval from, GalleyInterval to) {
  GalleyInterval ratio = galley_interval_divide(to, from);
  return (GalleyInterval){(ratio.low - 1) * 100, (ratio.high - 1) * 100};
}

GalleyInterval galley_interval_subtract(GalleyInterval a, GalleyInterval b) {
  return (GalleyInterval){a.low - b.high, a.high - b.low};
}

GalleyInterval galley_interval_add(GalleyInterval a, GalleyInterval b) {
  return (GalleyInterval){a.low + b.low, a.high + b.high};
}

GalleyInterval galley_interval_scale(GalleyInterval a, double factor) {
  return factor < 0 ? (GalleyInterval){a.high * factor, a.low * factor}
                    : (GalleyInterval){a.low * factor, a.high * factor};
}

// ---- Writing ----

void galley_number_write(double value, int decimals, bool grouped, char out[GALLEY_NUMBER_SIZE]) {
  char plain[GALLEY_NUMBER_SIZE];
  if (!(fabs(value) < 1e18)) { // also what is no number
    snprintf(out, GALLEY_NUMBER_SIZE, "%g", value);
    return;
  }
  snprintf(plain, sizeof plain, "%.*f", decimals < 6 ? decimals : 6, value);
  size_t whole = strcspn(plain, "."), length = 0;
  for (size_t i = 0; plain[i] && length + 2 < GALLEY_NUMBER_SIZE; i++) {
    bool gap = grouped && i > 0 && i < whole && (whole - i) % 3 == 0 && is_digit(plain[i - 1]);
    if (gap) out[length++] = ',';
    out[length++] = plain[i];
  }
  out[length] = '\0';
}

void galley_operand_write(const GalleyOperand *self, double value, char out[GALLEY_NUMBER_SIZE]) {
  double digits = value / self->factor;
  bool grouped = self->grouped || (self->value / self->factor < 1000 && digits >= 1000);
  galley_number_write(digits, self->decimals, grouped, out);
}
