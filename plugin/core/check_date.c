// Dates that the calendar does not have: date-impossible, ordinal-suffix.
#include "calendar.h"
#include "check_family.h"
#include "check_text.h"

enum { JUNE = 6, FEBRUARY = 2, DAYS_WRITTEN = 39 };

// The letters that a whole number takes: 1st, 11th, 22nd.
static const char *suffix_of(int32_t number) {
  static const char *const suffixes[] = {"th", "st", "nd", "rd"};
  bool teen = number % 100 >= 11 && number % 100 <= 13;
  return teen || number % 10 > 3 ? "th" : suffixes[number % 10];
}

static bool is_suffix(const GalleyBlockView *view, const GalleyToken *token) {
  static const char *const suffixes[] = {"st", "nd", "rd", "th"};
  if (!check_is_word(token) || check_has_space(token) || token->end - token->start != 2) {
    return false;
  }
  for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
    if (memcmp(view->bytes + token->start, suffixes[i], 2) == 0) return true;
  }
  return false;
}

static int32_t month_of(const GalleyToken *token) {
  int32_t month = 0;
  if (token && check_is_word(token) && (token->shape & GALLEY_SHAPE_CAPITAL) &&
      token->classes & GALLEY_IS(GALLEY_CLASS_MONTH)) {
    galley_lexicon_value(token->word, GALLEY_CLASS_MONTH, &month);
  }
  return month;
}

// "12st 7lb" is a weight: "st" is an ordinal's only before what is counted in order.
static bool may_be_stone(const GalleyBlockView *view, uint32_t suffix) {
  static const char *const ordered[] = {"century", "birthday", "anniversary", "time",  "win",
                                        "place",   "day",      "annual",      "floor", "street",
                                        "minute",  "goal",     "edition",     "year",  "of"};
  const GalleyToken *next = check_token_at(view, suffix + 1);
  if (view->bytes[view->tokens[suffix].start] != 's') return false;
  for (size_t i = 0; next && check_is_word(next) && i < sizeof ordered / sizeof *ordered; i++) {
    uint32_t length = (uint32_t)strlen(ordered[i]);
    if (next->end - next->start == length &&
        memcmp(view->bytes + next->start, ordered[i], length) == 0) {
      return false;
    }
  }
  const GalleyToken *after = check_token_at(view, suffix + 2);
  bool in_the = next && after && check_is(next, "in") && check_is(after, "the");
  return !in_the && (!next || !month_of(next));
}

// "22th"; "1,000st". Digits behind a point or letters are part of a code.
static void check_suffix(GalleyCheckBlock *block, uint32_t index) {
  const GalleyBlockView *view = &block->view;
  const GalleyToken *number = &view->tokens[index], *suffix = check_token_at(view, index + 1);
  const GalleyToken *before = index ? &view->tokens[index - 1] : NULL;
  if (!suffix || !is_suffix(view, suffix)) return;
  if (before && !check_has_space(number) && !check_is_punct(number, '(') &&
      before->kind != GALLEY_TOKEN_QUOTE_OPEN && before->kind != GALLEY_TOKEN_PUNCT) {
    return;
  }
  int32_t last = 0;
  for (uint32_t i = number->start; i < number->end; i++) {
    char c = view->bytes[i];
    if (c == '.') return;
    if (c != ',') last = (last * 10 + (c - '0')) % 100;
  }
  const char *right = suffix_of(last);
  if (memcmp(view->bytes + suffix->start, right, 2) == 0 || may_be_stone(view, index + 1)) return;
  int length = (int)(number->end - number->start);
  const char *digits = view->bytes + number->start;
  galley_check_begin(block, GALLEY_CHECK_ORDINAL_SUFFIX, GALLEY_OUTCOME_BAD, number->start,
                     suffix->end);
  galley_finding_say(block->found, "%.*s is written %.*s%s", length + 2, digits, length, digits,
                     right);
  galley_finding_repair(block->found, "Write %.*s%s", length, digits, right);
  galley_finding_edit(block->found, suffix->start, suffix->end, "%s", right);
}

static const char *month_name(int32_t month) {
  static const char *const names[] = {"January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December"};
  return names[month - 1];
}

// The year behind a date: "2017", ", 2017", "of 2017"; 0 when none is there.
static int32_t year_after(const GalleyBlockView *view, uint32_t index, uint32_t *last) {
  const GalleyToken *token = check_token_at(view, index);
  if (token && (check_is_punct(token, ',') || check_is(token, "of"))) {
    token = check_token_at(view, ++index);
  }
  int32_t year = token ? check_digits(view, token) : -1;
  if (year < 1000 || year > 2999 || token->end - token->start != 4) return 0;
  *last = index;
  return year;
}

static int32_t longest_month(int32_t month, int32_t year) {
  // Without a year, February may have its 29th.
  return galley_month_length(year ? year : 2000, month);
}

// Whether a word in front makes a day of the month sure: "on", "by", "until", a weekday.
static bool announces_day(const GalleyToken *token) {
  static const char *const words[] = {"on", "until", "till", "by", "since", "before", "after"};
  if (!token || !check_is_word(token)) return false;
  if (token->classes & GALLEY_IS(GALLEY_CLASS_WEEKDAY)) return true;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (check_is(token, words[i])) return true;
  }
  return false;
}

// Whether nothing is counted by what follows: "June 31." is a day, "June 31 people" may not be.
static bool ends_here(const GalleyToken *next) {
  return !next || next->kind == GALLEY_TOKEN_PUNCT || next->kind == GALLEY_TOKEN_QUOTE_CLOSE ||
         next->kind == GALLEY_TOKEN_CITATION;
}

static void report_day(GalleyCheckBlock *block, uint32_t first, uint32_t last, int32_t month,
                       int32_t year) {
  const GalleyBlockView *view = &block->view;
  galley_check_begin(block, GALLEY_CHECK_DATE_IMPOSSIBLE, GALLEY_OUTCOME_BAD,
                     view->tokens[first].start, view->tokens[last].end);
  int32_t length = longest_month(month, year);
  if (year && month == FEBRUARY) {
    galley_finding_say(block->found, "February %d has %d days", (int)year, (int)length);
  } else {
    galley_finding_say(block->found, "%s has %s%d days", month_name(month),
                       month == FEBRUARY ? "at most " : "", (int)length);
  }
}

// "31 June", "31st of June", "29 February 2017".
static void check_day_month(GalleyCheckBlock *block, uint32_t index) {
  const GalleyBlockView *view = &block->view;
  const GalleyToken *before = index ? &view->tokens[index - 1] : NULL;
  int32_t day = check_digits(view, &view->tokens[index]);
  uint32_t at = index + 1;
  const GalleyToken *token = check_token_at(view, at);
  if (day < 29 || day > DAYS_WRITTEN || !token) return;
  bool ordinal = is_suffix(view, token);
  if (ordinal) token = check_token_at(view, ++at);
  if (token && check_is(token, "of")) token = check_token_at(view, ++at);
  int32_t month = month_of(token);
  if (!month) return;
  uint32_t last = at;
  int32_t year = year_after(view, at + 1, &last);
  if (day <= longest_month(month, year)) return;
  const GalleyToken *next = check_token_at(view, last + 1);
  bool named = !year && next && check_is_word(next) && (next->shape & GALLEY_SHAPE_CAPITAL);
  bool counted =
      before && before->kind == GALLEY_TOKEN_PUNCT && !check_has_space(&view->tokens[index]);
  bool announced = announces_day(before) || (before && check_is(before, "of"));
  if (named || counted || (day > 31 && !announced && !year)) return;
  if (!ordinal && !year && !announces_day(before) && !ends_here(next) && !check_is_lower(next)) {
    return;
  }
  report_day(block, index, last, month, year);
}

// "June 31", "February 29, 2017".
static void check_month_day(GalleyCheckBlock *block, uint32_t index) {
  const GalleyBlockView *view = &block->view;
  int32_t month = month_of(&view->tokens[index]);
  const GalleyToken *number = check_token_at(view, index + 1);
  int32_t day = number ? check_digits(view, number) : -1;
  if (!month || day < 29 || day > DAYS_WRITTEN || number->end - number->start != 2) return;
  uint32_t last = index + 1;
  const GalleyToken *next = check_token_at(view, index + 2);
  bool ordinal = next && is_suffix(view, next);
  if (ordinal) last++;
  int32_t year = year_after(view, last + 1, &last);
  if (day <= longest_month(month, year)) return;
  const GalleyToken *before = index ? &view->tokens[index - 1] : NULL;
  next = check_token_at(view, last + 1);
  bool joined = next && next->kind == GALLEY_TOKEN_PUNCT && !check_has_space(next) &&
                next->symbol != ',' && next->symbol != '.' && next->symbol != ';' &&
                next->symbol != ')' && next->symbol != ':';
  if (joined || (before && check_is(before, "in") && !year)) return;
  if (year || ordinal || announces_day(before) || (day <= 31 && ends_here(next))) {
    report_day(block, index, last, month, year);
  }
}

// "2018-06-31"; digits with a hyphen are three numbers and two hyphens.
static void check_iso(GalleyCheckBlock *block, uint32_t index) {
  const GalleyBlockView *view = &block->view;
  if (index + 4 >= view->token_count) return;
  const GalleyToken *part = &view->tokens[index];
  for (uint32_t i = 1; i < 5; i++) {
    if (check_has_space(&part[i])) return;
  }
  bool slashes = check_is_punct(&part[1], '/') && check_is_punct(&part[3], '/');
  bool hyphens = check_is_punct(&part[1], '-') && check_is_punct(&part[3], '-');
  if (!slashes && !hyphens) return;
  const GalleyToken *next = check_token_at(view, index + 5);
  if (next && !check_has_space(next) && (check_is_punct(next, '-') || check_is_punct(next, '/'))) {
    return;
  }
  const GalleyToken *before = index ? &view->tokens[index - 1] : NULL;
  if (before && !check_has_space(part) && before->kind != GALLEY_TOKEN_PUNCT) return;
  int32_t a = check_digits(view, part), b = check_digits(view, part + 2),
          c = check_digits(view, part + 4);
  bool iso = part[0].end - part[0].start == 4 && part[2].end - part[2].start == 2 &&
             part[4].end - part[4].start == 2 && hyphens;
  bool european = part[0].end - part[0].start == 2 && part[2].end - part[2].start == 2 &&
                  part[4].end - part[4].start == 4;
  int32_t year = iso ? a : c, month = b, day = iso ? c : a;
  if ((!iso && !european) || year < 1583 || year > 2200 || month < 1 || day < 1 || day > 31) return;
  if (month > 12 && (iso || day > 12)) { // 13/45/2018 is no date at all
    if (!iso) return;
    galley_check_begin(block, GALLEY_CHECK_DATE_IMPOSSIBLE, GALLEY_OUTCOME_BAD, part->start,
                       part[4].end);
    galley_finding_say(block->found, "there is no month %d", (int)month);
    return;
  }
  if (month > 12 || day <= galley_month_length(year, month)) return;
  report_day(block, index, index + 4, month, year);
}

// Hours and minutes written 25:10 or 13.45; false when the token is no clock time. `last`: its
// token.
static bool read_clock(const GalleyBlockView *view, uint32_t index, int32_t *h, int32_t *m,
                       uint32_t *last) {
  const GalleyToken *hour = &view->tokens[index], *colon = check_token_at(view, index + 1);
  const char *bytes = view->bytes + hour->start;
  uint32_t length = hour->end - hour->start;
  if (length == 5 && bytes[2] == '.') {
    *h = (bytes[0] - '0') * 10 + bytes[1] - '0';
    *m = (bytes[3] - '0') * 10 + bytes[4] - '0';
    *last = index;
    return true;
  }
  const GalleyToken *minute = check_token_at(view, index + 2);
  const GalleyToken *before = index ? &view->tokens[index - 1] : NULL;
  if (!minute || !check_is_punct(colon, ':') || check_has_space(colon) || check_has_space(minute) ||
      length > 2 || minute->end - minute->start != 2) {
    return false;
  }
  // 10:46:08 has seconds.
  const GalleyToken *next = check_token_at(view, index + 3);
  if ((before && check_is_punct(before, ':') && !check_has_space(hour)) ||
      (next && check_is_punct(next, ':') && !check_has_space(next))) {
    return false;
  }
  *h = check_digits(view, hour);
  *m = check_digits(view, minute);
  *last = index + 2;
  return *h >= 0 && *m >= 0;
}

// "25:10 GMT", "at 12:75.", "13:45pm": without such a context it may be a chapter, score or race.
static void check_clock(GalleyCheckBlock *block, uint32_t index) {
  const GalleyBlockView *view = &block->view;
  const GalleyToken *before = index ? &view->tokens[index - 1] : NULL;
  int32_t h, m;
  uint32_t last;
  if (!read_clock(view, index, &h, &m, &last)) return;
  const GalleyToken *next = check_token_at(view, last + 1);
  bool zone = next && check_is_word(next) && (check_word(next) & CHECK_WORD_CLOCK);
  bool half = zone && (check_is(next, "am") || check_is(next, "pm"));
  bool colon = last > index;
  half = half && (colon || !check_has_space(next)); // "paid 13.45 PM Blair said"
  bool impossible = (h > 23 && !(h == 24 && m == 0)) || m > 59;
  bool at = before && check_is(before, "at") && colon && h < 30 && ends_here(next);
  if (!(impossible && ((zone && (colon || half)) || at)) && !(half && h > 12)) return;
  galley_check_begin(block, GALLEY_CHECK_DATE_IMPOSSIBLE, GALLEY_OUTCOME_BAD,
                     view->tokens[index].start, (half ? next : &view->tokens[last])->end);
  if (half && h < 25 && m < 60) galley_check_soften(block->found); // clumsy, but understood
  galley_finding_say(block->found, "%s",
                     m > 59           ? "an hour has 60 minutes"
                     : half && h > 12 ? "a clock with am and pm goes to 12"
                                      : "a day has 24 hours");
}

bool galley_check_calendar(GalleyCheckBlock *block) {
  for (uint32_t i = 0; i < block->view.token_count; i++) {
    if (block->view.tokens[i].kind == GALLEY_TOKEN_NUMBER) {
      check_suffix(block, i);
      check_day_month(block, i);
      check_iso(block, i);
      check_clock(block, i);
    } else if (block->view.tokens[i].kind == GALLEY_TOKEN_WORD) {
      check_month_day(block, i);
    }
  }
  return true;
}
