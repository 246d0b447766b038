// The pattern table of dates: id, an example, the maker, the parts in order.
//
// The rules stand in groups by their first part, which must be there; OPT(X) may be missing. Parts
// after AHEAD must follow but are not part of the span. Determiners are part of it, prepositions
// are not (TempEval-3). Expressions of several dates ("10 a.m. Friday", "the third quarter of last
// year") are put together from these by date_join.c, and modifiers ("the end of", "nearly") go
// before them there.
#include "date_rules.h"

#define OPT(part) (PART_##part | PART_OPTIONAL)
#define P(part) PART_##part

// clang-format off
#define BEGIN_NUMERIC(X)                                                                          \
  X("date.numeric", "2018-05-25", numeric, P(NUMERIC))
#define BEGIN_MONTH(X)                                                                            \
  X("date.month-day-year", "May 25, 2018", day, P(MONTH), P(DAY), OPT(COMMA), P(YEAR))            \
  X("date.month-day", "May 25", day, P(MONTH), P(DAY))                                            \
  X("date.month-the-day", "May the 25th", day, P(MONTH), P(THE), P(DAY_ORDINAL))                  \
  X("date.month-year", "June 2018", month_year, P(MONTH), OPT(COMMA), OPT(OF), P(YEAR))           \
  X("date.month-hyphen-year", "Dec-2018", month_year, P(MONTH), P(HYPHEN), P(YEAR))               \
  X("date.month", "in December", month, P(MONTH))
#define BEGIN_DAY(X)                                                                              \
  X("date.day-month-year", "25th of May, 2018", day,                                              \
    P(DAY), OPT(OF), P(MONTH), OPT(COMMA), P(YEAR))                                               \
  X("date.day-month", "25 May", day, P(DAY), OPT(OF), P(MONTH))                                   \
  X("date.day-range-year", "5-8 May 2018", day,                                                   \
    P(DAY), P(AHEAD), P(RANGE), P(DAY_SKIPPED), P(MONTH), P(YEAR))                                \
  X("date.day-range", "5-8 May", day, P(DAY), P(AHEAD), P(RANGE), P(DAY_SKIPPED), P(MONTH))
#define BEGIN_THE(X)                                                                              \
  X("date.the-day-month-year", "the 25th of May, 2018", day,                                      \
    P(THE), P(DAY_ORDINAL), OPT(OF), P(MONTH), OPT(COMMA), P(YEAR))                               \
  X("date.the-day-month", "the 25th of May", day, P(THE), P(DAY_ORDINAL), OPT(OF), P(MONTH))      \
  X("date.the-day-range", "the 24th and 25th of May", day,                                        \
    P(THE), P(DAY_ORDINAL), P(AHEAD), P(RANGE), P(DAY_SKIPPED), OPT(OF), P(MONTH), OPT(YEAR))     \
  X("date.the-day", "on the 25th", day_alone, P(THE), P(DAY_ORDINAL))                             \
  X("date.nth-weekday", "the third Tuesday in May", nth_weekday,                                  \
    P(THE), P(ORDINAL), P(WEEKDAY), OPT(OF), OPT(IN), P(MONTH))                                   \
  X("date.nth-week", "the first week of March 2018", nth_week,                                    \
    P(THE), P(ORDINAL), P(UNIT), P(OF), P(MONTH), OPT(YEAR))                                      \
  X("date.last-week", "the last week of March", nth_week,                                         \
    P(THE), P(LAST), P(UNIT), P(OF), P(MONTH), OPT(YEAR))                                         \
  X("date.the-season-year", "the spring of 2017", season, P(THE), P(SEASON), OPT(OF), P(YEAR))    \
  X("date.the-season", "in the summer", season, P(THE), P(SEASON))                                \
  X("date.the-quarter", "the third quarter", quarter,                                             \
    P(THE), OPT(FISCAL), P(ORDINAL), OPT(FISCAL), OPT(HYPHEN), P(QUARTER))                        \
  X("date.the-half", "the first half of last year", half, P(THE), P(ORDINAL), P(HALF))            \
  X("date.the-year-fiscal", "the 2018 fiscal year", fiscal, P(THE), P(YEAR), P(FISCAL), P(UNIT))  \
  X("date.the-decade", "the sixties", decade, P(THE), P(DECADE))                                  \
  X("date.the-century", "the 19th century", century,                                              \
    P(THE), P(ORDINAL), OPT(HYPHEN), P(CENTURY), OPT(ERA))                                        \
  X("date.the-century-pair", "the 18th and 19th centuries", century,                              \
    P(THE), P(ORDINAL), P(AHEAD), P(RANGE), P(DAY_SKIPPED), P(CENTURY))                           \
  X("time.the-part", "in the morning", daypart, P(THE), P(DAYPART))                               \
  X("date.the-which-unit", "the previous year", which_unit,                                       \
    P(THE), P(WHICH), OPT(FILLER), P(UNIT))                                                       \
  X("date.the-which-day", "the following Friday", which_day, P(THE), P(WHICH), P(WEEKDAY))        \
  X("date.the-which-month", "the following May", which_day, P(THE), P(WHICH), P(MONTH))           \
  X("date.the-which-season", "the previous winter", which_day, P(THE), P(WHICH), P(SEASON))       \
  X("time.the-which-part", "the following morning", which_part, P(THE), P(WHICH), P(DAYPART))     \
  X("date.same-period", "the same period last year", same_period, P(THE), P(SAME), P(PERIOD))     \
  X("date.the-unit", "the day", the_unit, P(THE), OPT(FISCAL), P(UNIT))                           \
  X("date.the-unit-shift", "the day before", unit_shift, P(THE), P(UNIT), P(SHIFT))               \
  X("date.day-after-tomorrow", "the day after tomorrow", day_beyond,                              \
    P(THE), P(UNIT), P(SHIFT), P(REF))                                                            \
  X("date.week-before-last", "the week before last", unit_beyond,                                 \
    P(THE), P(UNIT), P(SHIFT), P(WHICH))                                                          \
  X("date.the-year-ago", "the year-ago period", ago_unit,                                         \
    P(THE), P(UNIT), P(HYPHEN), P(SHIFT), OPT(PERIOD))                                            \
  X("date.the-year-ago-quarter", "the year-earlier quarter", ago_unit,                            \
    P(THE), P(UNIT), P(HYPHEN), P(SHIFT), P(QUARTER))                                             \
  X("date.the-past", "the past", past, P(THE), P(PAST))                                           \
  X("date.the-future", "the future", future, P(THE), P(FUTURE))                                   \
  X("date.the-near-future", "the near future", future, P(THE), P(NEAR), P(FUTURE))                \
  X("date.the-long-term", "the long term", future, P(THE), P(NEAR), P(TERM))                      \
  X("date.the-present", "until the present", present, P(THE), P(PRESENT))                         \
  X("date.the-moment", "at the moment", present, P(THE), P(MOMENT))                               \
  X("date.the-time-being", "for the time being", present, P(THE), P(TIME), P(BEING))              \
  X("duration.the-which-count", "the last three years", which_count,                              \
    P(THE), P(WHICH), P(COUNT), OPT(FILLER), P(UNIT))                                             \
  X("duration.the-first-count", "the first six months", which_count,                              \
    P(THE), P(ORDINAL), P(COUNT), OPT(FILLER), P(UNIT))                                           \
  X("duration.the-count", "the 10 days", duration, P(THE), P(COUNT), OPT(FILLER), P(UNIT))
#define BEGIN_WEEKDAY(X)                                                                          \
  X("date.weekday-the-day", "Friday the 13th", day, P(WEEKDAY), P(THE), P(DAY_ORDINAL))           \
  X("date.weekday-day", "Mon 13th", day, P(WEEKDAY), P(DAY_ORDINAL))                              \
  X("date.weekday", "Friday", weekday, P(WEEKDAY))                                                \
  X("set.days-part", "Friday nights", every_day, P(WEEKDAY), P(DAYPART))
#define BEGIN_HOLIDAY(X)                                                                          \
  X("date.holiday-year", "Christmas 2012", holiday, P(HOLIDAY), OPT(COMMA), P(YEAR))              \
  X("date.holiday", "Labor Day", holiday, P(HOLIDAY))
#define BEGIN_SEASON(X)                                                                           \
  X("date.season-year", "spring 2017", season, P(SEASON), OPT(OF), P(YEAR))                       \
  X("date.season", "in winter", season, P(SEASON))
#define BEGIN_ORDINAL(X)                                                                          \
  X("date.quarter", "third-quarter", quarter, P(ORDINAL), OPT(HYPHEN), P(QUARTER))                \
  X("date.half", "first half of 2013", half, P(ORDINAL), P(HALF), P(OF), P(YEAR))                 \
  X("date.century", "21st-century", century, P(ORDINAL), OPT(HYPHEN), P(CENTURY), OPT(ERA))       \
  X("date.century-pair", "18th and 19th centuries", century,                                      \
    P(ORDINAL), P(AHEAD), P(RANGE), P(DAY_SKIPPED), P(CENTURY))
#define BEGIN_FISCAL(X)                                                                           \
  X("date.fiscal-quarter", "fiscal third quarter", quarter,                                       \
    P(FISCAL), P(ORDINAL), OPT(HYPHEN), P(QUARTER))                                               \
  X("date.fiscal", "fiscal 2018", fiscal, P(FISCAL), OPT(UNIT), P(YEAR))
#define BEGIN_QUARTER_CODE(X)                                                                     \
  X("date.quarter-code", "Q3", quarter, P(QUARTER_CODE))
#define BEGIN_HALF_CODE(X)                                                                        \
  X("date.half-code", "H1 2018", half, P(HALF_CODE), P(YEAR))
#define BEGIN_YEAR(X)                                                                             \
  X("date.year", "in 2018", year, P(YEAR))                                                        \
  X("date.year-fiscal", "2018 fiscal year", fiscal, P(YEAR), P(FISCAL), P(UNIT))
#define BEGIN_YEAR_ERA(X)                                                                         \
  X("date.year-era", "44 BC", year_era, P(YEAR_ERA))
#define BEGIN_FISCAL_CODE(X)                                                                      \
  X("date.fiscal-code", "FY2018", fiscal, P(FISCAL_CODE))
#define BEGIN_DECADE(X)                                                                           \
  X("date.decade", "1990s", decade, P(DECADE))
#define BEGIN_CLOCK(X)                                                                            \
  X("time.clock", "10:30 a.m. EDT", clock, P(CLOCK))
#define BEGIN_CLOCK_PLAIN(X)                                                                      \
  X("time.clock-begin", "2 to 4 p.m.", clock_begin, P(CLOCK_PLAIN), P(AHEAD), P(RANGE), P(CLOCK))
#define BEGIN_DAYPART(X)                                                                          \
  X("time.part", "at noon", daypart, P(DAYPART))
#define BEGIN_REF(X)                                                                              \
  X("date.reference", "today", reference, P(REF))
#define BEGIN_VERY(X)                                                                             \
  X("date.very-soon", "very soon", reference, P(VERY), P(REF))
#define BEGIN_MORE(X)                                                                             \
  X("date.more-recently", "more recently", reference, P(MORE), P(REF))
#define BEGIN_RIGHT(X)                                                                            \
  X("date.right-now", "right now", reference, P(RIGHT), P(REF))
#define BEGIN_WHICH(X)                                                                            \
  X("date.which-unit", "last week", which_unit, P(WHICH), OPT(FILLER), P(UNIT))                   \
  X("date.this-past-unit", "this past week", past_unit, P(WHICH), P(LAST), P(UNIT))               \
  X("date.which-day", "last Friday", which_day, P(WHICH), OPT(LAST), P(WEEKDAY))                  \
  X("date.which-month", "last September", which_day, P(WHICH), OPT(LAST), P(MONTH))               \
  X("date.which-month-day", "next May 25", which_day, P(WHICH), P(MONTH), P(DAY))                 \
  X("date.which-season", "last summer", which_day, P(WHICH), OPT(LAST), P(SEASON))                \
  X("date.which-holiday", "last Christmas", which_day, P(WHICH), P(HOLIDAY))                      \
  X("time.which-part", "last night", which_part, P(WHICH), OPT(LAST), P(DAYPART))                 \
  X("date.that-time", "by that time", that_time, P(WHICH), P(TIME))                               \
  X("duration.which-count", "last three years", which_count,                                      \
    P(WHICH), P(COUNT), OPT(FILLER), P(UNIT))
#define BEGIN_SAME(X)                                                                             \
  X("date.that-same-unit", "that same year", which_unit, P(SAME), P(SAME), P(UNIT))
#define BEGIN_UNIT(X)                                                                             \
  X("date.unit-end", "year-end", unit_end, P(UNIT), OPT(HYPHEN), P(MOD_END))                      \
  X("date.units-shift", "weeks later", shift, P(UNIT), P(SHIFT))                                  \
  X("date.year-ago", "year-ago", ago_unit, P(UNIT), P(HYPHEN), P(SHIFT), OPT(PERIOD))             \
  X("duration.unit-long", "decades-long", compound, P(UNIT), P(HYPHEN), P(LONG))                  \
  X("duration.units", "for years", plain_units, P(UNIT))
#define BEGIN_MOD_END(X)                                                                          \
  X("date.end-of-unit", "end of year", unit_end, P(MOD_END), P(OF), P(UNIT))
#define BEGIN_COUNT(X)                                                                            \
  X("date.shift", "two days ago", shift,                                                          \
    P(COUNT), OPT(HYPHEN), OPT(FILLER), P(UNIT), OPT(AND_A_HALF), OPT(OR_SO), P(SHIFT))           \
  X("date.from-now", "two weeks from now", from_now,                                              \
    P(COUNT), OPT(FILLER), P(UNIT), P(FROM), P(REF))                                              \
  X("duration.count", "two and a half years", duration,                                           \
    P(COUNT), OPT(FILLER), P(UNIT), OPT(AND_A_HALF), OPT(OR_SO))                                  \
  X("duration.compound", "10-day", compound,                                                      \
    P(COUNT), P(HYPHEN), OPT(FILLER), OPT(HYPHEN), P(UNIT))                                       \
  X("duration.compound-long", "three-week-long", compound,                                        \
    P(COUNT), P(HYPHEN), P(UNIT), P(HYPHEN), P(LONG))                                             \
  X("set.times", "three times a week", often, P(COUNT), P(TIMES), P(A), P(UNIT))                  \
  X("set.times-every", "three times each week", often, P(COUNT), P(TIMES), P(EVERY), P(UNIT))
#define BEGIN_PRESENT(X)                                                                          \
  X("date.present", "at present", present, P(PRESENT))
#define BEGIN_SET(X)                                                                              \
  X("set.adverb", "daily", set, P(SET))
#define BEGIN_EVERY(X)                                                                            \
  X("set.every", "every two years", every, P(EVERY), OPT(OTHER), OPT(COUNT), P(UNIT))             \
  X("set.every-day", "each Tuesday", every_day, P(EVERY), OPT(OTHER), P(WEEKDAY))                 \
  X("set.every-month", "every October", every_day, P(EVERY), P(MONTH))                            \
  X("set.every-season", "each summer", every_day, P(EVERY), P(SEASON))                            \
  X("set.every-part", "every morning", every_day, P(EVERY), P(DAYPART))                           \
  X("set.every-day-part", "every Friday night", every_day, P(EVERY), P(WEEKDAY), P(DAYPART))
#define BEGIN_ONCE(X)                                                                             \
  X("set.once", "twice a year", often, P(ONCE), P(A), P(UNIT))                                    \
  X("set.once-every", "once every four years", often, P(ONCE), P(EVERY), OPT(COUNT), P(UNIT))

#define BEGINNINGS(G)                                                                             \
  G(NUMERIC) G(MONTH) G(DAY) G(THE) G(WEEKDAY) G(HOLIDAY) G(SEASON) G(ORDINAL) G(FISCAL)          \
  G(QUARTER_CODE) G(HALF_CODE) G(YEAR) G(YEAR_ERA) G(FISCAL_CODE) G(DECADE) G(CLOCK)              \
  G(CLOCK_PLAIN) G(DAYPART) G(REF) G(VERY) G(MORE) G(RIGHT) G(WHICH) G(SAME) G(UNIT) G(MOD_END)   \
  G(COUNT) G(PRESENT) G(SET) G(EVERY) G(ONCE)
// clang-format on

#define PATTERN(id, example, maker, ...) {galley_date_make_##maker, {__VA_ARGS__}},
#define PATTERNS(part) BEGIN_##part(PATTERN)
static const DateRule patterns[] = {BEGINNINGS(PATTERNS)};

#define REASON(id, example, maker, ...) {id, example},
#define REASONS(part) BEGIN_##part(REASON)
static const GalleyRule reasons[] = {BEGINNINGS(REASONS)};

// The rules by the part that they begin with.
#define ONE_MORE(id, example, maker, ...) +1
#define GROUP(part) {PART_##part, 0 BEGIN_##part(ONE_MORE)},
static const struct {
  uint8_t part;
  uint8_t count;
} groups[] = {BEGINNINGS(GROUP)};

enum { RULE_COUNT = sizeof reasons / sizeof *reasons };

const GalleyRuleTable galley_date_rules = {reasons, RULE_COUNT};

// Reads the parts from `parts` on at token `at`. Returns the token after the last, 0 when they are
// not there; an optional part is tried first with, then without it.
static uint32_t read_parts(const GalleyBlockView *block, uint32_t at, const uint8_t *parts,
                           uint32_t left, DateCapture *capture) {
  for (; left && *parts != PART_END; parts++, left--) {
    if (*parts == PART_AHEAD) {
      return read_parts(block, at, parts + 1, left - 1, capture) ? at : 0;
    }
    if (*parts & PART_OPTIONAL) {
      DateCapture with = *capture;
      uint32_t end = galley_date_part(block, at, (uint8_t)(*parts & ~PART_OPTIONAL), &with);
      if (!end) continue;
      end = read_parts(block, end, parts + 1, left - 1, &with);
      if (!end) continue;
      *capture = with;
      return end;
    }
    at = galley_date_part(block, at, *parts, capture);
    if (!at) return 0;
  }
  return at;
}

// False when the tokens are in two sentences: a date does not run over a full stop.
static bool in_one_sentence(const GalleyBlockView *block, uint32_t first, uint32_t end) {
  for (uint32_t i = first + 1; i < end; i++) {
    if (block->tokens[i].sentence != block->tokens[first].sentence &&
        !(block->tokens[i - 1].shape & GALLEY_SHAPE_POINT)) {
      return false;
    }
  }
  return true;
}

// What a token can be, for a look ahead that costs less than reading it.
typedef struct {
  uint64_t classes;
  uint8_t kinds;
} Look;

static Look look_at(const GalleyBlockView *block, uint32_t at) {
  if (at >= block->token_count) return (Look){0};
  return (Look){block->tokens[at].classes, galley_date_kinds(&block->tokens[at])};
}

static bool can_begin(uint8_t part, Look look) {
  const DatePartRow *row = &galley_date_parts[part & ~PART_OPTIONAL];
  return row->classes & look.classes || row->kinds & look.kinds;
}

// Whether the rule may go on behind its first part. Most rules that share a first word fail here.
static bool may_go_on(const DateRule *rule, Look next) {
  for (uint32_t i = 1; i < DATE_PARTS_MAX && rule->parts[i] != PART_END; i++) {
    if (rule->parts[i] == PART_AHEAD) continue;
    if (can_begin(rule->parts[i], next)) return true;
    if (!(rule->parts[i] & PART_OPTIONAL)) return false;
  }
  return true;
}

// The first part, which all rules of a group begin with.
typedef struct {
  uint32_t at;  // its first token
  uint32_t end; // the token after it
  DateCapture capture;
} FirstPart;

// Tries one rule; false when it does not match, or no longer than `match` when there is one.
static bool try_rule(const GalleyBlockView *block, const FirstPart *first, uint16_t row,
                     uint32_t longer_than, DateMatch *match) {
  const DateRule *rule = &patterns[row];
  DateCapture capture = first->capture;
  uint32_t end = read_parts(block, first->end, rule->parts + 1, DATE_PARTS_MAX - 1, &capture);
  if (end <= longer_than || !in_one_sentence(block, first->at, end)) return false; // most end here
  DateMatch candidate = {.block = block,
                         .first = first->at,
                         .end = end,
                         .row = row,
                         .capture = capture,
                         .expression = capture.e};
  if (!rule->make(&candidate)) return false;
  *match = candidate;
  return true;
}

bool galley_date_match(const GalleyBlockView *block, uint32_t at, DateMatch *match) {
  bool found = false;
  const Look here = look_at(block, at);
  uint16_t row = 0;
  for (size_t group = 0; group < sizeof groups / sizeof *groups; group++) {
    uint16_t end = (uint16_t)(row + groups[group].count);
    if (can_begin(groups[group].part, here)) {
      FirstPart first = {.at = at};
      first.end = galley_date_part(block, at, groups[group].part, &first.capture);
      const Look next = look_at(block, first.end);
      for (; first.end && row < end; row++) {
        if (!may_go_on(&patterns[row], next)) continue;
        found |= try_rule(block, &first, row, found ? match->end : at, match);
      }
    }
    row = end;
  }
  return found;
}
