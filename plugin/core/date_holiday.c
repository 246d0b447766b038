// Named days: when they are, and how they are written.
#include "date_holiday.h"

#include <string.h>

#include "calendar.h"
#include "date_context.h"
#include "date_parts.h"

typedef enum { FIXED, NTH_WEEKDAY, AFTER_EASTER, ONCE } HolidayKind;

typedef struct {
  const char *name; // words with one space between them; a possessive end is a word of its own
  HolidayKind kind;
  int16_t a, b, c; // FIXED month, day; NTH_WEEKDAY month, weekday, first day it can be;
                   // AFTER_EASTER days; ONCE year, month, day
} Holiday;

// Longer names come before shorter ones that they begin with.
static const Holiday holidays[] = {
    {"christmas eve", FIXED, 12, 24, 0},
    {"christmas day", FIXED, 12, 25, 0},
    {"christmas", FIXED, 12, 25, 0},
    {"xmas", FIXED, 12, 25, 0},
    {"boxing day", FIXED, 12, 26, 0},
    {"new year 's eve", FIXED, 12, 31, 0},
    {"new year eve", FIXED, 12, 31, 0},
    {"new year 's day", FIXED, 1, 1, 0},
    {"new year 's", FIXED, 1, 1, 0},
    {"new years day", FIXED, 1, 1, 0},
    {"new year", FIXED, 1, 1, 0},
    {"epiphany", FIXED, 1, 6, 0},
    {"martin luther king jr. day", NTH_WEEKDAY, 1, 1, 15},
    {"martin luther king day", NTH_WEEKDAY, 1, 1, 15},
    {"inauguration day", FIXED, 1, 20, 0},
    {"australia day", FIXED, 1, 26, 0},
    {"groundhog day", FIXED, 2, 2, 0},
    {"valentine 's day", FIXED, 2, 14, 0},
    {"presidents ' day", NTH_WEEKDAY, 2, 1, 15},
    {"presidents day", NTH_WEEKDAY, 2, 1, 15},
    {"st. patrick 's day", FIXED, 3, 17, 0},
    {"st patrick 's day", FIXED, 3, 17, 0},
    {"april fools ' day", FIXED, 4, 1, 0},
    {"april fool 's day", FIXED, 4, 1, 0},
    {"earth day", FIXED, 4, 22, 0},
    {"anzac day", FIXED, 4, 25, 0},
    {"may day", FIXED, 5, 1, 0},
    {"mother 's day", NTH_WEEKDAY, 5, 7, 8},
    {"memorial day", NTH_WEEKDAY, 5, 1, 25},
    {"father 's day", NTH_WEEKDAY, 6, 7, 15},
    {"juneteenth", FIXED, 6, 19, 0},
    {"canada day", FIXED, 7, 1, 0},
    {"independence day", FIXED, 7, 4, 0},
    {"bastille day", FIXED, 7, 14, 0},
    {"labor day", NTH_WEEKDAY, 9, 1, 1},
    {"labour day", NTH_WEEKDAY, 9, 1, 1},
    {"columbus day", NTH_WEEKDAY, 10, 1, 8},
    {"halloween", FIXED, 10, 31, 0},
    {"guy fawkes night", FIXED, 11, 5, 0},
    {"election day", NTH_WEEKDAY, 11, 2, 2},
    {"remembrance sunday", NTH_WEEKDAY, 11, 7, 8},
    {"remembrance day", FIXED, 11, 11, 0},
    {"armistice day", FIXED, 11, 11, 0},
    {"veterans day", FIXED, 11, 11, 0},
    {"thanksgiving day", NTH_WEEKDAY, 11, 4, 22},
    {"thanksgiving", NTH_WEEKDAY, 11, 4, 22},
    {"black friday", NTH_WEEKDAY, 11, 5, 23},
    {"cyber monday", NTH_WEEKDAY, 11, 1, 26},
    {"shrove tuesday", AFTER_EASTER, -47, 0, 0},
    {"ash wednesday", AFTER_EASTER, -46, 0, 0},
    {"palm sunday", AFTER_EASTER, -7, 0, 0},
    {"maundy thursday", AFTER_EASTER, -3, 0, 0},
    {"good friday", AFTER_EASTER, -2, 0, 0},
    {"easter sunday", AFTER_EASTER, 0, 0, 0},
    {"easter monday", AFTER_EASTER, 1, 0, 0},
    {"easter", AFTER_EASTER, 0, 0, 0},
    {"pentecost", AFTER_EASTER, 49, 0, 0},
    {"black monday", ONCE, 1987, 10, 19},
    {"black tuesday", ONCE, 1929, 10, 29},
    {"black thursday", ONCE, 1929, 10, 24},
    {"black wednesday", ONCE, 1992, 9, 16},
    {"bloody sunday", ONCE, 1972, 1, 30},
};

// Easter Sunday of a Gregorian year, as days since 1970: the anonymous algorithm that J.-M. Oudin
// and J. Meeus ("Astronomical Algorithms", chapter 8) give.
static int32_t easter(int32_t year) {
  int32_t a = year % 19, b = year / 100, c = year % 100;
  int32_t h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  int32_t m = (a + 11 * h + 22 * l) / 451;
  int32_t n = h + l - 7 * m + 114;
  return galley_days_from_civil(year, n / 31, n % 31 + 1);
}

bool galley_date_holiday_day(uint8_t row, int32_t year, int32_t *day) {
  if (row >= sizeof holidays / sizeof *holidays || year < 1) return false;
  const Holiday *holiday = &holidays[row];
  switch (holiday->kind) {
  case FIXED:
    *day = galley_days_from_civil(year, holiday->a, holiday->b);
    break;
  case NTH_WEEKDAY: {
    int32_t first = galley_days_from_civil(year, holiday->a, holiday->c);
    *day = first + (holiday->b - galley_weekday(first) + 7) % 7;
    break;
  }
  case AFTER_EASTER:
    *day = easter(year) + holiday->a;
    break;
  case ONCE:
    *day = galley_days_from_civil(holiday->a, holiday->b, holiday->c);
    break;
  }
  return true;
}

// Compares a word of a name, which ends at a space or NUL, with a token.
static bool same_word(const GalleyBlockView *block, uint32_t at, const char *word, size_t length) {
  const GalleyToken *token = &block->tokens[at];
  if (token->kind == GALLEY_TOKEN_CLITIC)
    return word[0] == '\'' && (length == 2) == (token->end - token->start != 1 &&
                                                (block->bytes[token->end - 1] | 0x20) == 's');
  if (token->end - token->start != length) return false;
  for (size_t i = 0; i < length; i++) {
    char c = block->bytes[token->start + i];
    if (c >= 'A' && c <= 'Z') c = (char)(c | 0x20);
    if (c != word[i]) return false;
  }
  return true;
}

static uint32_t read_name(const GalleyBlockView *block, uint32_t at, const char *name) {
  while (*name) {
    size_t length = strcspn(name, " ");
    if (at >= block->token_count || !same_word(block, at, name, length)) return 0;
    at++;
    name += length;
    if (*name == ' ') name++;
  }
  return at;
}

uint32_t galley_date_read_holiday(const GalleyBlockView *block, uint32_t at, DateCapture *capture) {
  const GalleyToken *token = &block->tokens[at];
  if (token->kind == GALLEY_TOKEN_NUMBER) { // 9/11
    bool attacks = galley_date_digits(block, at) == 9 && galley_date_is_mark(block, at + 1, '/') &&
                   galley_date_tight(block, at + 1) && galley_date_tight(block, at + 2) &&
                   galley_date_digits(block, at + 2) == 11;
    if (!attacks || (galley_date_is_mark(block, at + 3, '/') && galley_date_tight(block, at + 3))) {
      return 0;
    }
    capture->e.year = 2001;
    capture->e.month = 9;
    capture->e.day = 11;
    capture->e.flags |= DATE_YEAR_KNOWN;
    return at + 3;
  }
  if (!(token->classes & GALLEY_IS(GALLEY_CLASS_HOLIDAY))) return 0;
  // names of one word are no other word in lower case
  bool sure =
      galley_date_spells(block, at, "christmas") || galley_date_spells(block, at, "easter") ||
      galley_date_spells(block, at, "halloween") || galley_date_spells(block, at, "thanksgiving");
  if (!sure && !(token->shape & GALLEY_SHAPE_CAPITAL)) return 0;
  if (at > 0 && (token[-1].classes & GALLEY_IS(GALLEY_CLASS_DEMONYM) ||
                 galley_date_spells(block, at - 1, "lunar"))) {
    return 0; // "Chinese New Year"
  }
  bool name = at > 0 && token[-1].kind == GALLEY_TOKEN_WORD &&
              token[-1].shape & GALLEY_SHAPE_CAPITAL &&
              !(token[-1].shape & GALLEY_SHAPE_SENTENCE_START);
  if (name) return 0;
  for (uint8_t i = 0; i < sizeof holidays / sizeof *holidays; i++) {
    uint32_t end = read_name(block, at, holidays[i].name);
    if (!end) continue;
    capture->e.flags |= DATE_HOLIDAY;
    capture->month = i;
    if (holidays[i].kind == ONCE) capture->e.flags |= DATE_YEAR_KNOWN;
    if (holidays[i].kind == ONCE) capture->e.year = holidays[i].a;
    return end;
  }
  return 0;
}
