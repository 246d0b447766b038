// Times of the clock: 10:30 a.m. EDT, 1430 GMT, 5 o'clock, half past ten, quarter to five.
#include "date_parts.h"

enum { WORD_AM = 1, WORD_PM = 2, WORD_OCLOCK = 3, WORD_UTC = 10, WORD_ZONE = 11 };

static int32_t clock_word(const GalleyBlockView *block, uint32_t at) {
  int32_t value;
  return galley_date_word(block, at, GALLEY_CLASS_CLOCK_WORD, &value) ? value : 0;
}

static void set_time(DateCapture *capture, int32_t hour, int32_t minute) {
  capture->e.hour = (uint8_t)hour;
  capture->e.minute = (uint8_t)minute;
  capture->e.flags |= DATE_HAS_TIME;
}

static uint32_t read_meridiem(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  int32_t word = clock_word(block, at);
  if ((word != WORD_AM && word != WORD_PM) || capture->e.hour > 12) return 0;
  if (word == WORD_PM && capture->e.hour < 12) capture->e.hour = (uint8_t)(capture->e.hour + 12);
  if (word == WORD_AM && capture->e.hour == 12) capture->e.hour = 0;
  capture->clock_sure = true;
  return at + 1;
}

static bool is_capitals(const GalleyBlockView *block, uint32_t at) {
  return block->tokens[at].shape & GALLEY_SHAPE_ALL_CAPS;
}

// "GMT", "EDT", "(GMT)"; "(GMT +8)" and "UTC+2" are not UTC.
static uint32_t read_zone(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  uint32_t i = at;
  bool bracket = galley_date_is_mark(block, i, '(');
  if (bracket) i++;
  int32_t word = clock_word(block, i);
  if ((word != WORD_UTC && word != WORD_ZONE) || !is_capitals(block, i)) return 0;
  i++;
  bool offset = galley_date_is_mark(block, i, '+') || galley_date_is_mark(block, i, '-') ||
                galley_date_is_mark(block, i, 0x2212);
  if (offset && galley_date_digits(block, i + 1) >= 0 && galley_date_tight(block, i + 1)) {
    i += 2;
    word = WORD_ZONE;
  }
  if (bracket) {
    if (!galley_date_is_mark(block, i, ')')) return 0;
    i++;
  }
  if (word == WORD_UTC) capture->e.flags |= DATE_UTC;
  capture->clock_sure = true;
  return i;
}

// ":30", ":30:15" right behind the hour.
static uint32_t read_minutes(const GalleyBlockView *block, uint32_t at, int32_t hour,
                             DateCapture *capture) {
  if (!galley_date_is_mark(block, at, ':') || !galley_date_tight(block, at) ||
      !galley_date_tight(block, at + 1)) {
    return 0;
  }
  int32_t minute = galley_date_digits(block, at + 1);
  if (minute < 0 || minute > 59 || galley_date_length(block, at + 1) != 2 || hour > 24) return 0;
  set_time(capture, hour, minute);
  uint32_t end = at + 2;
  if (galley_date_is_mark(block, end, ':') && galley_date_tight(block, end)) {
    int32_t second = galley_date_digits(block, end + 1);
    if (second < 0 || second > 59 || galley_date_length(block, end + 1) != 2) return 0;
    capture->e.second = (uint8_t)second;
    capture->e.flags |= DATE_HAS_SECOND;
    end += 2;
  }
  return end;
}

// "10.30" is one number; a time only before a.m. or p.m.
static bool read_pointed(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  const GalleyToken *token = &block->tokens[at];
  const char *text = block->bytes + token->start;
  uint32_t length = token->end - token->start;
  if (token->kind != GALLEY_TOKEN_NUMBER || length < 4 || length > 5 || text[length - 3] != '.') {
    return false;
  }
  int32_t hour = text[0] - '0';
  if (length == 5) hour = hour * 10 + (text[1] - '0');
  int32_t minute = (text[length - 2] - '0') * 10 + (text[length - 1] - '0');
  if (hour > 12 || minute > 59) return false;
  int32_t word = clock_word(block, at + 1);
  if (word != WORD_AM && word != WORD_PM) return false;
  set_time(capture, hour, minute);
  return true;
}

// "in the morning", "at night" after a time of the twelve-hour clock.
static uint32_t read_half_of_day(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  DateGlue glue = galley_date_glue(block, at);
  int32_t lead, part;
  uint32_t i = at + 1;
  if (glue == GLUE_IN) {
    if (!galley_date_word(block, i, GALLEY_CLASS_DATE_LEAD, &lead) || lead != 1) return at;
    i++;
  } else if (glue != GLUE_AT) {
    return at;
  }
  if (!galley_date_word(block, i, GALLEY_CLASS_DAYPART, &part) || part > DATE_PART_NIGHT) return at;
  if ((glue == GLUE_AT) != (part == DATE_PART_NIGHT)) return at;
  bool after_midnight = part == DATE_PART_NIGHT && capture->e.hour < 5;
  if (part != DATE_PART_MORNING && capture->e.hour < 12 && !after_midnight) {
    capture->e.hour = (uint8_t)(capture->e.hour + 12);
  }
  capture->clock_sure = true;
  return i + 1;
}

static uint32_t read_after_time(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  uint32_t end = read_meridiem(block, at, capture);
  if (!end) end = read_half_of_day(block, at, capture);
  uint32_t zone = read_zone(block, end, capture);
  return zone ? zone : end;
}

static int32_t small_number(const GalleyBlockView *block, uint32_t at) {
  int32_t value;
  if (galley_date_word(block, at, GALLEY_CLASS_NUMBER_WORD, &value)) return value;
  return galley_date_digits(block, at);
}

// "half past ten", "quarter to five", "ten past six", "20 minutes to three".
static uint32_t read_past_or_to(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  int32_t lead, unit, minutes = small_number(block, at);
  uint32_t i = at + 1;
  if (galley_date_word(block, at, GALLEY_CLASS_DATE_LEAD, &lead)) {
    if (lead == 2) i++; // "a quarter"
    bool half = lead == 3;
    bool quarter = galley_date_word(block, i - 1, GALLEY_CLASS_DATE_UNIT, &unit) &&
                   unit == DATE_UNIT_QUARTER && lead == 2;
    if (!half && !quarter) return 0;
    minutes = half ? 30 : 15;
  } else if (galley_date_word(block, at, GALLEY_CLASS_DATE_UNIT, &unit)) {
    if (unit != DATE_UNIT_QUARTER) return 0;
    minutes = 15;
  } else if (minutes < 1 || minutes > 30) {
    return 0;
  } else if (galley_date_word(block, i, GALLEY_CLASS_DATE_UNIT, &unit) &&
             (unit & 31) == DATE_UNIT_MINUTE) {
    i++;
  }
  DateGlue glue = galley_date_glue(block, i);
  if (glue != GLUE_PAST && glue != GLUE_TO && glue != GLUE_AFTER) return 0;
  int32_t hour = small_number(block, i + 1);
  if (hour < 1 || hour > 12) return 0;
  // "two to three" is no time
  bool plain = galley_date_digits(block, at) >= 0 || minutes % 5 != 0;
  if (glue != GLUE_PAST && (plain || galley_date_digits(block, i + 1) >= 0)) return 0;
  if (glue == GLUE_TO) {
    hour = hour == 1 ? 12 : hour - 1;
    minutes = 60 - minutes;
  }
  set_time(capture, hour, minutes);
  uint32_t end = read_after_time(block, i + 2, capture);
  int32_t ignored;
  if (galley_date_word(block, end, GALLEY_CLASS_DATE_UNIT, &ignored))
    return 0; // "five to ten years"
  capture->clock_sure = capture->clock_sure || glue == GLUE_PAST;
  return end;
}

uint32_t galley_date_read_clock(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  uint32_t end = read_past_or_to(block, at, capture);
  if (end) return end;
  if (read_pointed(block, at, capture)) return read_after_time(block, at + 1, capture);
  int32_t hour = small_number(block, at);
  if (hour < 0) return 0;
  end = read_minutes(block, at + 1, hour, capture);
  if (end) return read_after_time(block, end, capture);
  if (clock_word(block, at + 1) == WORD_OCLOCK && hour >= 1 && hour <= 12) {
    set_time(capture, hour, 0);
    capture->clock_sure = true;
    return read_after_time(block, at + 2, capture);
  }
  // "1430 GMT", "0800 EST"
  if (hour <= 2400 && hour % 100 < 60 && galley_date_digits(block, at) >= 0 &&
      galley_date_length(block, at) == 4) {
    set_time(capture, hour / 100, hour % 100);
    return read_zone(block, at + 1, capture);
  }
  if (hour > 12) return 0;
  int32_t part;
  bool named = hour == 12 && galley_date_word(block, at + 1, GALLEY_CLASS_DAYPART, &part) &&
               (part == DATE_PART_NOON || part == DATE_PART_MIDNIGHT);
  if (named) { // "12 noon"
    set_time(capture, part == DATE_PART_NOON ? 12 : 24, 0);
    capture->clock_sure = true;
    return at + 2;
  }
  // "10 a.m.", "ten p.m."
  set_time(capture, hour, 0);
  end = read_meridiem(block, at + 1, capture);
  if (!end) end = read_half_of_day(block, at + 1, capture);
  if (end == at + 1) return 0;
  uint32_t zone = read_zone(block, end, capture);
  return zone ? zone : end;
}
