// Dates of digits alone: 2018-05-25, 2018-05-25T10:30Z, 25/05/2018, 7/8/07, 25.05.2018, 2018-05.
#include "date_parts.h"

#include "calendar.h"

// A number of one of two lengths that stands right behind a separator right behind token `at`.
static int32_t next_number(const GalleyBlockView *block, uint32_t at, uint32_t separator,
                           uint32_t shortest, uint32_t longest) {
  if (!galley_date_is_mark(block, at + 1, separator) || !galley_date_tight(block, at + 1) ||
      !galley_date_tight(block, at + 2)) {
    return -1;
  }
  int32_t value = galley_date_digits(block, at + 2);
  if (value < 0) return -1;
  uint32_t length = galley_date_length(block, at + 2);
  return length == shortest || length == longest ? value : -1;
}

static bool set_day(DateCapture *capture, int32_t year, int32_t month, int32_t day) {
  if (month < 1 || month > 12 || day < 1 || day > galley_month_length(year, month)) return false;
  capture->e.year = (int16_t)year;
  capture->e.month = (uint8_t)month;
  capture->e.day = (uint8_t)day;
  capture->e.flags |= DATE_YEAR_KNOWN;
  return true;
}

// Day and month in the order in which they stand; which is which may be open.
static bool set_either(DateCapture *capture, int32_t first, int32_t second, int32_t year) {
  if (first > 12) return set_day(capture, year, second, first);
  if (second > 12) return set_day(capture, year, first, second);
  if (!set_day(capture, year, first, second)) return false;
  if (first != second) capture->e.flags |= DATE_ORDER_UNKNOWN;
  return true;
}

static int32_t full_year(int32_t year, uint32_t length) {
  if (length == 4) return year;
  return year < 40 ? 2000 + year : 1900 + year;
}

static bool two_digits(const char *text, int32_t *value) {
  unsigned tens = (unsigned)(text[0] - '0'), ones = (unsigned)(text[1] - '0');
  *value = (int32_t)(tens * 10 + ones);
  return tens < 10 && ones < 10;
}

// "T10:30", "T10:30:00Z", "T10:30+02:00" right behind a day. Returns the token after it.
static uint32_t read_iso_time(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  uint32_t byte = block->tokens[at - 1].end, hour_end = byte + 6;
  const char *text = block->bytes + byte;
  int32_t hour, minute, second;
  if (hour_end > block->length || text[0] != 'T' || text[3] != ':') return at;
  if (!two_digits(text + 1, &hour) || !two_digits(text + 4, &minute) || hour > 24 || minute > 59) {
    return at;
  }
  capture->e.hour = (uint8_t)hour;
  capture->e.minute = (uint8_t)minute;
  capture->e.flags |= DATE_HAS_TIME;
  uint32_t end = hour_end;
  if (end + 3 <= block->length && text[6] == ':' && two_digits(text + 7, &second) && second < 60) {
    capture->e.second = (uint8_t)second;
    capture->e.flags |= DATE_HAS_SECOND;
    end += 3;
  }
  if (end < block->length && block->bytes[end] == 'Z') {
    capture->e.flags |= DATE_UTC;
    end++;
  } else if (end + 6 <= block->length && (block->bytes[end] == '+' || block->bytes[end] == '-') &&
             block->bytes[end + 3] == ':') {
    end += 6;
  }
  while (at < block->token_count && block->tokens[at].start < end)
    at++;
  return at;
}

static bool more_follows(const GalleyBlockView *block, uint32_t at, uint32_t separator) {
  return galley_date_is_mark(block, at, separator) && galley_date_tight(block, at) &&
         galley_date_tight(block, at + 1);
}

static uint32_t read_year_first(const GalleyBlockView *block, uint32_t at, int32_t year,
                                DateCapture *capture) {
  static const uint32_t separators[] = {'-', '/', 0x2010, 0x2011};
  if (year < 1000 || year > 2999) return 0;
  for (int i = 0; i < 4; i++) {
    int32_t month = next_number(block, at, separators[i], 1, 2);
    int32_t day = month < 0 ? -1 : next_number(block, at + 2, separators[i], 1, 2);
    if (day >= 0 && !more_follows(block, at + 5, separators[i]) &&
        set_day(capture, year, month, day)) {
      return read_iso_time(block, at + 5, capture);
    }
  }
  // "2018-05" is a month; "2017-18" and "2005-12" are years that a season or a term runs over.
  int32_t month = next_number(block, at, '-', 2, 2);
  if (month < 1 || month > 12 || month > year % 100 || more_follows(block, at + 3, '-')) return 0;
  if (!set_day(capture, year, month, 1)) return 0;
  capture->e.day = 0;
  return at + 3;
}

static bool is_joined(const GalleyBlockView *block, uint32_t at, uint32_t separator) {
  return galley_date_is_mark(block, at, separator) && galley_date_tight(block, at) &&
         galley_date_tight(block, at + 1);
}

// "05-Aug-2016", "2016/Aug/05", "Aug-05-2016": the month in letters between hyphens or slashes.
static uint32_t read_lettered(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  uint32_t separator = galley_date_is_mark(block, at + 1, '/') ? '/' : '-';
  if (!is_joined(block, at + 1, separator) || !is_joined(block, at + 3, separator)) return 0;
  int32_t month, first, last = galley_date_digits(block, at + 4);
  if (galley_date_word(block, at, GALLEY_CLASS_MONTH, &month)) {
    first = galley_date_digits(block, at + 2);
  } else {
    first = galley_date_digits(block, at);
    if (!galley_date_word(block, at + 2, GALLEY_CLASS_MONTH, &month)) return 0;
  }
  if (first < 0 || last < 0) return 0;
  bool year_first = first > 31;
  int32_t year = year_first ? first : last, day = year_first ? last : first;
  bool short_year = year < 100 && galley_date_length(block, at + 4) == 2;
  if (!short_year && (year < 1000 || year > 2199)) return 0;
  return set_day(capture, full_year(year, short_year ? 2 : 4), month, day) ? at + 5 : 0;
}

// "25.05.2018" and "2018.05.25" are one number token.
static uint32_t read_pointed(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  const GalleyToken *token = &block->tokens[at];
  int32_t numbers[3] = {0, 0, 0};
  uint32_t lengths[3] = {0, 0, 0}, field = 0;
  if (token->end - token->start > 10) return 0;
  for (uint32_t i = token->start; i < token->end; i++) {
    char c = block->bytes[i];
    if (c == '.') {
      if (++field > 2) return 0;
    } else if (c >= '0' && c <= '9') {
      if (++lengths[field] > 4) return 0;
      numbers[field] = numbers[field] * 10 + (c - '0');
    } else {
      return 0;
    }
  }
  int32_t year = lengths[0] == 4 ? 0 : 2; // the field of the year
  bool shaped = field == 2 && lengths[1] <= 2 && lengths[year] == 4 && lengths[2 - year] <= 2;
  if (!shaped || numbers[year] < 1000 || numbers[year] > 2199) return 0;
  return set_day(capture, numbers[year], numbers[1], numbers[2 - year]) ? at + 1 : 0;
}

uint32_t galley_date_read_numeric(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  uint32_t lettered = read_lettered(block, at, capture);
  if (lettered) return lettered;
  if (block->tokens[at].kind != GALLEY_TOKEN_NUMBER) return 0;
  int32_t first = galley_date_digits(block, at);
  if (first < 0) return read_pointed(block, at, capture);
  uint32_t length = galley_date_length(block, at);
  if (length == 4) return read_year_first(block, at, first, capture);
  if (length > 2) return 0;
  static const uint32_t separators[] = {'/', '-'};
  for (int i = 0; i < 2; i++) {
    int32_t second = next_number(block, at, separators[i], 1, 2);
    if (second < 0) continue;
    // "3-2-10" is more likely a record of games than a date: with hyphens the year has four digits
    int32_t year = next_number(block, at + 2, separators[i], separators[i] == '/' ? 2 : 4, 4);
    if (year < 0 || more_follows(block, at + 5, separators[i])) continue;
    uint32_t year_length = galley_date_length(block, at + 4);
    if (year_length == 4 && (year < 1000 || year > 2199)) continue;
    if (set_either(capture, first, second, full_year(year, year_length))) return at + 5;
  }
  return 0;
}
