#include "date_parts.h"

#include <stddef.h>

bool galley_date_word(const GalleyBlockView *block, uint32_t at, int class, int32_t *value) {
  if (at >= block->token_count) return false;
  const GalleyToken *token = &block->tokens[at];
  return token->classes & GALLEY_IS(class) && galley_lexicon_value(token->word, class, value);
}

DateGlue galley_date_glue(const GalleyBlockView *block, uint32_t at) {
  int32_t value = 0;
  return galley_date_word(block, at, GALLEY_CLASS_DATE_GLUE, &value) ? (DateGlue)value : GLUE_NONE;
}

bool galley_date_tight(const GalleyBlockView *block, uint32_t at) {
  return at > 0 && at < block->token_count &&
         !(block->tokens[at].shape & GALLEY_SHAPE_SPACE_BEFORE) &&
         block->tokens[at].start == block->tokens[at - 1].end;
}

bool galley_date_is_mark(const GalleyBlockView *block, uint32_t at, uint32_t symbol) {
  return at < block->token_count && block->tokens[at].kind == GALLEY_TOKEN_PUNCT &&
         block->tokens[at].symbol == symbol;
}

bool galley_date_is_dash(const GalleyBlockView *block, uint32_t at) {
  if (at >= block->token_count || block->tokens[at].kind != GALLEY_TOKEN_PUNCT) return false;
  uint32_t symbol = block->tokens[at].symbol;
  return symbol == '-' || (symbol >= 0x2010 && symbol <= 0x2015) || symbol == 0x2212;
}

int32_t galley_date_digits(const GalleyBlockView *block, uint32_t at) {
  if (at >= block->token_count || block->tokens[at].kind != GALLEY_TOKEN_NUMBER) return -1;
  const GalleyToken *token = &block->tokens[at];
  if (token->end - token->start > 9) return -1;
  int32_t value = 0;
  for (uint32_t i = token->start; i < token->end; i++) {
    unsigned digit = (unsigned)(block->bytes[i] - '0');
    if (digit > 9) return -1;
    value = value * 10 + (int32_t)digit;
  }
  return value;
}

static bool is_apostrophe(const GalleyBlockView *block, uint32_t at) {
  if (at >= block->token_count) return false;
  const GalleyToken *token = &block->tokens[at];
  if (token->kind == GALLEY_TOKEN_PUNCT || token->kind == GALLEY_TOKEN_CLITIC) {
    return token->symbol == '\'' || token->symbol == 0x2019 || token->symbol == 0x2018;
  }
  bool quote = token->kind == GALLEY_TOKEN_QUOTE_OPEN || token->kind == GALLEY_TOKEN_QUOTE_CLOSE;
  return quote && (block->bytes[token->start] == '\'' || token->end - token->start == 3);
}

enum { LEAD_THE = 1, LEAD_A, LEAD_HALF, LEAD_FISCAL, LEAD_ONCE, LEAD_ANOTHER };

static bool is_lead(const GalleyBlockView *block, uint32_t at, int32_t lead) {
  int32_t value;
  return galley_date_word(block, at, GALLEY_CLASS_DATE_LEAD, &value) && value == lead;
}

static uint32_t read_weekday(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  int32_t weekday;
  if (!galley_date_word(block, at, GALLEY_CLASS_WEEKDAY, &weekday)) return 0;
  // "sun" and "sat" are words; the names of days are not, in whatever case.
  bool full = galley_date_length(block, at) > 5;
  if (!full && !(block->tokens[at].shape & GALLEY_SHAPE_CAPITAL)) return 0;
  capture->e.weekday = (uint8_t)weekday;
  return at + 1;
}

static uint32_t read_daypart(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  int32_t part;
  if (!galley_date_word(block, at, GALLEY_CLASS_DAYPART, &part)) return 0;
  capture->plural = part > 32;
  capture->e.part = (uint8_t)(part & 31);
  return at + 1;
}

// "quarter-century", "quarter century", "quarter of a century": 25 years, times the count before
// it.
static uint32_t read_quarter_century(const GalleyBlockView *block, uint32_t at,
                                     DateCapture *capture) {
  int32_t unit;
  uint32_t i = at + 1;
  if (galley_date_is_mark(block, i, '-')) {
    i++;
  } else if (galley_date_glue(block, i) == GLUE_OF && is_lead(block, i + 1, LEAD_A)) {
    i += 2;
  }
  if (!galley_date_word(block, i, GALLEY_CLASS_DATE_UNIT, &unit)) return 0;
  if ((unit & 31) != DATE_UNIT_CENTURY) return 0;
  capture->e.count *= 25;
  capture->article = false;
  capture->unit = DATE_UNIT_YEAR;
  capture->plural = true;
  capture->unit_at = i;
  return i + 1;
}

static uint32_t read_unit(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  int32_t unit;
  if (!galley_date_word(block, at, GALLEY_CLASS_DATE_UNIT, &unit)) return 0;
  if (unit == DATE_UNIT_QUARTER && capture->e.count > 0) {
    uint32_t end = read_quarter_century(block, at, capture);
    if (end) return end;
  }
  capture->unit = unit & 31;
  capture->plural = unit > 32;
  capture->unit_at = at;
  return at + 1;
}

// ---- days and years

static uint32_t read_day(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  int32_t value;
  bool figure_only;
  uint32_t end = galley_date_read_ordinal(block, at, &value, &figure_only);
  if (!end || value < 1 || value > 31) return 0;
  if (figure_only && galley_date_length(block, at) > 2) return 0;
  // "May 10:30", "May 5%", "May 5.5"
  if (figure_only && end < block->token_count && galley_date_tight(block, end)) {
    const GalleyToken *next = &block->tokens[end];
    if (next->kind == GALLEY_TOKEN_WORD || next->symbol == ':' || next->symbol == '%') return 0;
  }
  capture->e.day = (uint8_t)value;
  capture->figure_only = figure_only;
  return end;
}

static uint32_t read_day_ordinal(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  uint32_t end = read_day(block, at, capture);
  return capture->figure_only ? 0 : end;
}

static uint32_t read_day_skipped(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  DateCapture skipped = *capture;
  return read_day(block, at, &skipped);
}

static int16_t full_year(int32_t two_digits) {
  return (int16_t)(two_digits < 40 ? 2000 + two_digits : 1900 + two_digits);
}

static uint32_t read_year(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  uint32_t digits_at = at;
  bool shortened = is_apostrophe(block, at) && galley_date_tight(block, at + 1);
  if (shortened) digits_at++;
  int32_t year = galley_date_digits(block, digits_at);
  if (year < 0 || galley_date_length(block, digits_at) != (shortened ? 2 : 4)) return 0;
  if (!shortened && (year < 1000 || year > 2199)) return 0;
  uint32_t end = digits_at + 1;
  if (galley_date_tight(block, end)) {
    const GalleyToken *next = &block->tokens[end];
    if (next->kind == GALLEY_TOKEN_WORD || next->symbol == '%' ||
        (next->symbol == ':' && galley_date_tight(block, end + 1))) {
      return 0;
    }
  }
  capture->e.year = shortened ? full_year(year) : (int16_t)year;
  capture->e.flags |= DATE_YEAR_KNOWN;
  return end;
}

static uint32_t read_era(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  int32_t value;
  if (!galley_date_word(block, at, GALLEY_CLASS_CLOCK_WORD, &value) || value < 20) return 0;
  if (!(block->tokens[at].shape & GALLEY_SHAPE_ALL_CAPS)) return 0;
  capture->era = value;
  return at + 1;
}

static uint32_t read_year_era(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  uint32_t digits_at = at;
  bool before = read_era(block, at, capture) && capture->era == 21;
  if (before) digits_at++;
  int32_t year = galley_date_digits(block, digits_at);
  if (year < 1 || year > 9999) return 0;
  uint32_t end = digits_at + 1;
  if (!before) end = read_era(block, end, capture);
  if (!end) return 0;
  capture->e.year = (int16_t)(capture->era == 20 ? 1 - year : year);
  capture->e.flags |= DATE_YEAR_KNOWN;
  return end;
}

// The year of which a decade is named by its tens alone: the '20s are of this century or the last.
static int16_t decade_of_tens(int32_t tens) {
  return (int16_t)(tens < 2 ? 200 + tens : 190 + tens);
}

static uint32_t read_decade(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  int32_t reference;
  if (galley_date_word(block, at, GALLEY_CLASS_DATE_REF, &reference) && reference > 20) {
    capture->e.year = decade_of_tens(reference - 20);
    return at + 1;
  }
  uint32_t digits_at = at;
  bool shortened = is_apostrophe(block, at) && galley_date_tight(block, at + 1);
  if (shortened) digits_at++;
  int32_t year = galley_date_digits(block, digits_at);
  if (year < 0 || year % 10 != 0) return 0;
  uint32_t length = galley_date_length(block, digits_at), end = digits_at + 1;
  if (!(length == 4 && year >= 1000 && year < 2200) && length != 2) return 0;
  if (is_apostrophe(block, end) && galley_date_tight(block, end)) end++;
  if (!galley_date_tight(block, end) || galley_date_glue(block, end) != GLUE_S) return 0;
  capture->e.year = length == 4 ? (int16_t)(year / 10) : decade_of_tens(year / 10);
  capture->clock_sure = length == 4 || shortened;
  return end + 1;
}

static uint32_t read_century(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  int32_t unit;
  if (!galley_date_word(block, at, GALLEY_CLASS_DATE_UNIT, &unit)) return 0;
  if ((unit & 31) != DATE_UNIT_CENTURY && (unit & 31) != DATE_UNIT_MILLENNIUM) return 0;
  capture->unit = unit & 31;
  return at + 1;
}

static uint32_t read_ordinal(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  if (galley_date_glue(block, at) == GLUE_FINAL) {
    capture->ordinal = -1;
    return at + 1;
  }
  int32_t value;
  bool figure_only;
  uint32_t end = galley_date_read_ordinal(block, at, &value, &figure_only);
  if (!end || figure_only) return 0;
  capture->ordinal = value;
  return end;
}

// "Q3", "3Q", "H1", "1H", "FY2018": a letter or two and digits in one word, or digits and a letter.
static uint32_t read_code(const GalleyBlockView *block, uint32_t at, const char *letters,
                          int32_t *value) {
  if (at >= block->token_count) return 0;
  const GalleyToken *token = &block->tokens[at];
  uint32_t count = letters[1] ? 2 : 1, length = token->end - token->start;
  const char *text = block->bytes + token->start;
  if (token->kind == GALLEY_TOKEN_WORD && length > count) {
    for (uint32_t i = 0; i < count; i++) {
      if (text[i] != letters[i]) return 0;
    }
    *value = 0;
    for (uint32_t i = count; i < length; i++) {
      unsigned digit = (unsigned)(text[i] - '0');
      if (digit > 9 || i > count + 4) return 0;
      *value = *value * 10 + (int32_t)digit;
    }
    return at + 1;
  }
  *value = galley_date_digits(block, at);
  if (count > 1 || *value < 0 || !galley_date_tight(block, at + 1)) return 0;
  const GalleyToken *next = &block->tokens[at + 1];
  bool letter = next->end - next->start == 1 && block->bytes[next->start] == letters[0];
  return letter ? at + 2 : 0;
}

static uint32_t read_fiscal_code(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  int32_t year;
  uint32_t end = read_code(block, at, "FY", &year);
  if (!end || (year > 99 && (year < 1900 || year > 2199))) return 0;
  capture->e.year = year > 99 ? (int16_t)year : full_year(year);
  return end;
}

static uint32_t read_quarter_code(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  uint32_t end = read_code(block, at, "Q", &capture->ordinal);
  return capture->ordinal >= 1 && capture->ordinal <= 4 ? end : 0;
}

static uint32_t read_half_code(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  uint32_t end = read_code(block, at, "H", &capture->ordinal);
  return capture->ordinal >= 1 && capture->ordinal <= 2 ? end : 0;
}

static uint32_t read_clock_plain(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  int32_t hour = galley_date_digits(block, at);
  if (hour < 0 || hour > 24) return 0;
  capture->e.hour = (uint8_t)hour;
  capture->e.flags |= DATE_HAS_TIME;
  return at + 1;
}

static uint32_t read_mark(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  (void)capture;
  return galley_date_is_mark(block, at, ',') ? at + 1 : 0;
}

// ---- words around

static uint32_t read_hyphen(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  bool tight = galley_date_is_mark(block, at, '-') || galley_date_is_mark(block, at, 0x2010) ||
               galley_date_is_mark(block, at, 0x2011);
  if (!tight || !galley_date_tight(block, at) || !galley_date_tight(block, at + 1)) return 0;
  capture->hyphen = true;
  return at + 1;
}

static uint32_t read_range(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  (void)capture;
  if (galley_date_is_dash(block, at)) return at + 1;
  switch (galley_date_glue(block, at)) {
  case GLUE_TO:
  case GLUE_THROUGH:
  case GLUE_AND:
  case GLUE_OR:
  case GLUE_UNTIL:
    return at + 1;
  default:
    return 0;
  }
}

// "and a half", "-and-a-half".
static uint32_t read_and_a_half(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  if (galley_date_glue(block, at) != GLUE_AND) return 0;
  if (!is_lead(block, at + 1, LEAD_A) || !is_lead(block, at + 2, LEAD_HALF)) return 0;
  capture->e.count += 0.5;
  return at + 3;
}

// "or two", "or so", "or more": the count before it is not exact.
static uint32_t read_or_so(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  if (galley_date_glue(block, at) != GLUE_OR || at + 1 >= block->token_count) return 0;
  const GalleyToken *next = &block->tokens[at + 1];
  int32_t approx;
  bool more = galley_date_word(block, at + 1, GALLEY_CLASS_APPROX, &approx) && approx == 2;
  bool number = next->classes & GALLEY_IS(GALLEY_CLASS_NUMBER_WORD);
  bool so = next->end - next->start == 2 && block->bytes[next->start] == 's' &&
            block->bytes[next->start + 1] == 'o';
  if (!more && !number && !so) return 0;
  if (number) capture->e.flags |= DATE_VAGUE;
  return at + 2;
}

// ---- the table of parts

#define WORD(word, from, to, noted)                                                                \
  {                                                                                                \
    .class = GALLEY_CLASS_##word, .low = from, .high = to, .slot = offsetof(DateCapture, noted),   \
    .classes = GALLEY_IS(GALLEY_CLASS_##word)                                                      \
  }
#define SILENT(word, from, to)                                                                     \
  {                                                                                                \
    .class = GALLEY_CLASS_##word, .low = from, .high = to,                                         \
    .classes = GALLEY_IS(GALLEY_CLASS_##word)                                                      \
  }
#define GLUE(word) SILENT(DATE_GLUE, GLUE_##word, GLUE_##word)
#define IS(word) GALLEY_IS(GALLEY_CLASS_##word)
#define READER(reader, mask)                                                                       \
  { .read = reader, .classes = (mask) }
#define DIGITS(reader, mask)                                                                       \
  { .read = reader, .classes = (mask), .kinds = DATE_BY_NUMBER }
#define CODE(reader)                                                                               \
  { .read = reader, .kinds = DATE_BY_NUMBER | DATE_BY_CODE }
#define MARK(reader, mask)                                                                         \
  { .read = reader, .classes = (mask), .kinds = DATE_BY_MARK }
#define QUOTED(reader, mask)                                                                       \
  { .read = reader, .classes = (mask), .kinds = DATE_BY_NUMBER | DATE_BY_MARK }

const DatePartRow galley_date_parts[PART_COUNT_OF_PARTS] = {
    [PART_MONTH] = WORD(MONTH, 1, 12, month),
    [PART_DAY] = DIGITS(read_day, IS(ORDINAL_WORD) | IS(NUMBER_WORD)),
    [PART_DAY_ORDINAL] = DIGITS(read_day_ordinal, IS(ORDINAL_WORD) | IS(NUMBER_WORD)),
    [PART_DAY_SKIPPED] = DIGITS(read_day_skipped, IS(ORDINAL_WORD)),
    [PART_YEAR] = QUOTED(read_year, 0),
    [PART_ERA] = READER(read_era, IS(CLOCK_WORD)),
    [PART_YEAR_ERA] = DIGITS(read_year_era, IS(CLOCK_WORD)),
    [PART_NUMERIC] = DIGITS(galley_date_read_numeric, IS(MONTH)),
    [PART_WEEKDAY] = READER(read_weekday, IS(WEEKDAY)),
    [PART_DECADE] = QUOTED(read_decade, IS(DATE_REF)),
    [PART_CENTURY] = READER(read_century, IS(DATE_UNIT)),
    [PART_ORDINAL] = DIGITS(read_ordinal, IS(ORDINAL_WORD) | IS(NUMBER_WORD) | IS(DATE_GLUE)),
    [PART_QUARTER] = SILENT(DATE_UNIT, DATE_UNIT_QUARTER, DATE_UNIT_QUARTER),
    [PART_QUARTER_CODE] = CODE(read_quarter_code),
    [PART_HALF_CODE] = CODE(read_half_code),
    [PART_HALF] = SILENT(DATE_LEAD, LEAD_HALF, LEAD_HALF),
    [PART_FISCAL] = SILENT(DATE_LEAD, LEAD_FISCAL, LEAD_FISCAL),
    [PART_FISCAL_CODE] = CODE(read_fiscal_code),
    [PART_SEASON] = WORD(SEASON, 1, 4, month),
    [PART_HOLIDAY] = DIGITS(galley_date_read_holiday, IS(HOLIDAY)),
    [PART_CLOCK] = DIGITS(galley_date_read_clock, IS(NUMBER_WORD) | IS(DATE_LEAD) | IS(DATE_UNIT)),
    [PART_CLOCK_PLAIN] = DIGITS(read_clock_plain, 0),
    [PART_DAYPART] = READER(read_daypart, IS(DAYPART)),
    [PART_REF] = WORD(DATE_REF, 1, 19, reference),
    [PART_WHICH] = WORD(DATE_WHICH, 1, 19, which),
    [PART_LAST] = WORD(DATE_WHICH, 1, 2, which),
    [PART_SAME] = WORD(DATE_WHICH, 9, 10, which),
    [PART_EVERY] = WORD(DATE_WHICH, 20, 21, which),
    [PART_ONCE] = SILENT(DATE_LEAD, LEAD_ONCE, LEAD_ONCE),
    [PART_UNIT] = READER(read_unit, IS(DATE_UNIT)),
    [PART_COUNT] = DIGITS(galley_date_read_count, IS(NUMBER_WORD) | IS(DATE_LEAD) | IS(DATE_QUANT)),
    [PART_OTHER] = GLUE(OTHER),
    [PART_FILLER] = SILENT(DATE_FILLER, 0, 255),
    [PART_AND_A_HALF] = READER(read_and_a_half, IS(DATE_GLUE)),
    [PART_OR_SO] = READER(read_or_so, IS(DATE_GLUE)),
    [PART_SHIFT] = WORD(DATE_SHIFT, 1, 19, shift),
    [PART_SET] = WORD(DATE_SET, 1, 255, set),
    [PART_MOD_END] = WORD(DATE_MOD, 4, 6, mod),
    [PART_A] = SILENT(DATE_LEAD, LEAD_A, LEAD_A),
    [PART_THE] = SILENT(DATE_LEAD, LEAD_THE, LEAD_THE),
    [PART_OF] = GLUE(OF),
    [PART_IN] = GLUE(IN),
    [PART_FROM] = GLUE(FROM),
    [PART_TIMES] = GLUE(TIMES),
    [PART_TIME] = GLUE(TIME),
    [PART_PERIOD] = GLUE(PERIOD),
    [PART_LONG] = GLUE(LONG),
    [PART_TERM] = GLUE(TERM),
    [PART_NEAR] = SILENT(DATE_GLUE, GLUE_LONG, GLUE_NEAR),
    [PART_PAST] = GLUE(PAST),
    [PART_FUTURE] = GLUE(FUTURE),
    [PART_PRESENT] = GLUE(PRESENT),
    [PART_MOMENT] = GLUE(MOMENT),
    [PART_VERY] = GLUE(VERY),
    [PART_MORE] = GLUE(MORE),
    [PART_RIGHT] = GLUE(RIGHT),
    [PART_BEING] = GLUE(BEING),
    [PART_COMMA] = MARK(read_mark, 0),
    [PART_HYPHEN] = MARK(read_hyphen, 0),
    [PART_RANGE] = MARK(read_range, IS(DATE_GLUE)),
};

static uint32_t read_word(const GalleyBlockView *block, uint32_t at, const DatePartRow *row,
                          DateCapture *capture) {
  int32_t value;
  if (!galley_date_word(block, at, row->class, &value)) return 0;
  if (value < row->low || value > row->high) return 0;
  if (row->slot) *(int32_t *)(void *)((char *)capture + row->slot) = value;
  return at + 1;
}

uint32_t galley_date_part(const GalleyBlockView *block, uint32_t at, uint8_t part,
                          DateCapture *capture) {
  if (at >= block->token_count) return 0;
  const DatePartRow *row = &galley_date_parts[part];
  if (!row->kinds && !(row->classes & block->tokens[at].classes)) return 0;
  return row->read ? row->read(block, at, capture) : read_word(block, at, row, capture);
}
