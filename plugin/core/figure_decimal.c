// The arithmetic of figures: exact decimals and small fractions, read and written as text.
#include "figure.h"

#include <string.h>

#define DIGITS_MAX 19u      // decimal digits that a uint64_t always holds
#define FRACTION_DIGITS 15  // significant digits of a quotient, as a double has them
#define EXPONENT_LIMIT 2000 // beyond this a value is only ever 0 or infinity

static bool is_digit(char c) {
  return (unsigned)(c - '0') < 10;
}

// Whether [start, end) is "1,234,567" or "12,34,567" with `separator`.
static bool is_grouped(const char *start, const char *end, char separator) {
  uint32_t group = 0, groups = 0, inner = 0;
  for (const char *at = start;; at++) {
    if (at < end && is_digit(*at)) {
      group++;
      continue;
    }
    if (at < end && *at != separator) return false;
    if (groups == 0 && (group == 0 || group > 3)) return false;
    if (at == end) return groups > 0 && group == 3;
    if (groups > 0) {
      if (group != 2 && group != 3) return false;
      if (inner && inner != group) return false;
      inner = group;
    }
    groups++;
    group = 0;
  }
}

// Where the decimal separator of [start, end) is, `end` when there is none; NULL when the text is
// no one number.
static const char *find_point(const char *start, const char *end) {
  uint32_t points = 0, commas = 0;
  const char *last_point = end, *last_comma = end;
  for (const char *at = start; at < end; at++) {
    if (*at == '.') points++, last_point = at;
    if (*at == ',') commas++, last_comma = at;
  }
  if (points == 0 && commas == 0) return end;
  if (points == 1 && commas == 0) return last_point;
  if (points == 0) {
    if (is_grouped(start, end, ',')) return end;
    bool decimal_comma = commas == 1 && end - last_comma <= 3;
    return decimal_comma ? last_comma : NULL;
  }
  if (commas == 0) return is_grouped(start, end, '.') ? end : NULL;
  if (points == 1 && last_point > last_comma) {
    return is_grouped(start, last_point, ',') ? last_point : NULL;
  }
  if (commas == 1 && last_comma > last_point) {
    return is_grouped(start, last_comma, '.') ? last_comma : NULL;
  }
  return NULL;
}

bool galley_decimal_read(const char *bytes, uint32_t length, GalleyDecimal *out, int32_t *digit) {
  const char *end = bytes + length, *point = find_point(bytes, end);
  if (!point || length > 400) return false;
  bool padded = point - bytes > 1 && bytes[0] == '0'; // 007 is an identifier
  if (padded) return false;

  uint32_t significant = 0;
  *out = (GalleyDecimal){.denominator = 1};
  *digit = 0;
  for (const char *at = bytes; at < end; at++) {
    if (!is_digit(*at)) continue;
    bool behind_point = at > point;
    if (behind_point) (*digit)--;
    if (out->numerator == 0 && *at == '0') continue;
    if (significant == DIGITS_MAX) { // the digits that do not fit are dropped
      if (!behind_point) out->exponent++;
      continue;
    }
    significant++;
    out->numerator = out->numerator * 10 + (uint64_t)(*at - '0');
    if (behind_point) out->exponent = *digit;
  }
  // Zeros behind the last other digit were read as digits: "4.800" is 4800 * 10^-3.
  while (out->exponent < 0 && out->numerator != 0 && out->numerator % 10 == 0) {
    out->numerator /= 10;
    out->exponent++;
  }
  if (out->numerator == 0) out->exponent = 0;
  return true;
}

static bool multiply(uint64_t *value, uint64_t by) {
  if (by != 0 && *value > UINT64_MAX / by) return false;
  *value *= by;
  return true;
}

static uint64_t common_divisor(uint64_t a, uint64_t b) {
  while (b) {
    uint64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

// Writes `exponent` out until it is `target`; `target` is not above it.
static bool lower_exponent(GalleyDecimal *self, int32_t target) {
  while (self->exponent > target) {
    if (!multiply(&self->numerator, 10)) return false;
    self->exponent--;
  }
  return true;
}

bool galley_decimal_add(GalleyDecimal *self, const GalleyDecimal *other) {
  GalleyDecimal a = *self, b = *other;
  int32_t exponent = a.exponent < b.exponent ? a.exponent : b.exponent;
  if (!lower_exponent(&a, exponent) || !lower_exponent(&b, exponent)) return false;
  uint64_t denominator =
      (uint64_t)a.denominator * b.denominator / common_divisor(a.denominator, b.denominator);
  if (denominator > UINT32_MAX || !multiply(&a.numerator, denominator / a.denominator) ||
      !multiply(&b.numerator, denominator / b.denominator) ||
      a.numerator > UINT64_MAX - b.numerator) {
    return false;
  }
  a.numerator += b.numerator;
  a.denominator = (uint32_t)denominator;
  *self = a;
  return true;
}

bool galley_decimal_multiply(GalleyDecimal *self, uint64_t numerator, uint32_t denominator) {
  GalleyDecimal product = *self;
  if (!multiply(&product.numerator, numerator)) return false;
  uint64_t under = (uint64_t)product.denominator * denominator;
  uint64_t divisor = common_divisor(product.numerator, under);
  if (divisor == 0) return false;
  product.numerator /= divisor;
  under /= divisor;
  if (under == 0 || under > UINT32_MAX) return false;
  product.denominator = (uint32_t)under;
  *self = product;
  return true;
}

double galley_power_of_ten(int32_t exponent) {
  if (exponent > EXPONENT_LIMIT) exponent = EXPONENT_LIMIT;
  if (exponent < -EXPONENT_LIMIT) exponent = -EXPONENT_LIMIT;
  double power = 1, base = exponent < 0 ? 0.1 : 10;
  if (exponent < 0 && exponent >= -300) { // a quotient is exact where repeated tenths are not
    return 1 / galley_power_of_ten(-exponent);
  }
  for (uint32_t left = (uint32_t)(exponent < 0 ? -exponent : exponent); left; left >>= 1) {
    if (left & 1) power *= base;
    base *= base;
  }
  return power;
}

double galley_decimal_double(const GalleyDecimal *self) {
  double value = (double)self->numerator / self->denominator;
  if (self->exponent < 0) {
    value /= galley_power_of_ten(-self->exponent);
  } else {
    value *= galley_power_of_ten(self->exponent);
  }
  return self->negative ? -value : value;
}

// The digits of a value: 0.d1d2d3... * 10^point.
typedef struct {
  char digits[DIGITS_MAX + 1];
  uint32_t count;
  int32_t point;
} Digits;

static void trim_zeros(Digits *self) {
  while (self->count > 0 && self->digits[self->count - 1] == '0')
    self->count--;
}

static void digits_of_integer(uint64_t value, int32_t exponent, Digits *out) {
  char reversed[24];
  uint32_t count = 0;
  for (; value; value /= 10)
    reversed[count++] = (char)('0' + value % 10);
  out->count = 0;
  while (out->count < count && out->count < sizeof out->digits) {
    out->digits[out->count] = reversed[count - 1 - out->count];
    out->count++;
  }
  out->point = (int32_t)count + exponent;
  trim_zeros(out);
}

// Rounds up at the digit behind the last one kept.
static void round_up(Digits *self) {
  uint32_t at = self->count;
  while (at > 0 && self->digits[at - 1] == '9')
    self->digits[--at] = '0';
  if (at > 0) {
    self->digits[at - 1]++;
  } else {
    self->digits[0] = '1';
    self->point++;
  }
}

// Long division to FRACTION_DIGITS significant digits.
static void digits_of_quotient(const GalleyDecimal *value, Digits *out) {
  Digits whole;
  const uint32_t denominator = value->denominator ? value->denominator : 1;
  digits_of_integer(value->numerator / denominator, 0, &whole);
  uint64_t rest = value->numerator % denominator;
  uint32_t places = (uint32_t)(whole.point > 0 ? whole.point : 0);
  *out = whole;
  if (places >= FRACTION_DIGITS) {
    out->point += value->exponent;
    return;
  }
  while (out->count < places)
    out->digits[out->count++] = '0';
  out->point = (int32_t)places;
  while (out->count < FRACTION_DIGITS && rest) {
    uint64_t tenths = rest * 10, quotient = tenths / denominator;
    char digit = (char)('0' + quotient);
    rest = tenths - quotient * denominator;
    if (out->count == 0 && digit == '0') {
      out->point--;
    } else {
      out->digits[out->count++] = digit;
    }
  }
  if (rest * 2 >= denominator) round_up(out);
  out->point += value->exponent;
  trim_zeros(out);
}

typedef struct {
  char *out;
  uint32_t length, capacity; // room for `capacity` bytes and a NUL
} Writer;

static void put(Writer *self, char c) {
  if (self->length < self->capacity) self->out[self->length] = c;
  self->length++;
}

static void write_plain(Writer *out, const Digits *value) {
  if (value->point <= 0) put(out, '0');
  for (int32_t i = 0; i < value->point; i++)
    put(out, i < (int32_t)value->count ? value->digits[i] : '0');
  if ((int32_t)value->count <= value->point) return;
  put(out, '.');
  for (int32_t i = value->point; i < 0; i++)
    put(out, '0');
  for (uint32_t i = value->point > 0 ? (uint32_t)value->point : 0; i < value->count; i++)
    put(out, value->digits[i]);
}

static void write_scientific(Writer *out, const Digits *value) {
  put(out, value->digits[0]);
  // Sign, point, "E-" and four digits of exponent must fit behind the digits.
  uint32_t kept = out->capacity > 10 ? out->capacity - 9 : 1;
  if (kept > value->count) kept = value->count;
  if (kept > 1) put(out, '.');
  for (uint32_t i = 1; i < kept; i++)
    put(out, value->digits[i]);
  int32_t exponent = value->point - 1;
  put(out, 'E');
  put(out, exponent < 0 ? '-' : '+');
  uint32_t left = (uint32_t)(exponent < 0 ? -exponent : exponent), divisor = 1;
  while (left / divisor >= 10)
    divisor *= 10;
  for (; divisor; divisor /= 10)
    put(out, (char)('0' + left / divisor % 10));
}

uint32_t galley_decimal_write(const GalleyDecimal *self, char *out, uint32_t capacity) {
  Digits value = {.count = 0};
  if (self->denominator == 1) {
    digits_of_integer(self->numerator, self->exponent, &value);
  } else {
    digits_of_quotient(self, &value);
  }
  Writer writer = {out, 0, capacity - 1};
  if (value.count == 0) {
    put(&writer, '0');
  } else {
    if (self->negative) put(&writer, '-');
    uint32_t start = writer.length;
    bool short_enough = value.point < (int32_t)capacity && value.point > -(int32_t)capacity;
    if (short_enough) write_plain(&writer, &value);
    if (!short_enough || writer.length > writer.capacity) {
      writer.length = start;
      write_scientific(&writer, &value);
    }
  }
  uint32_t length = writer.length < writer.capacity ? writer.length : writer.capacity;
  out[length] = '\0';
  return length;
}
