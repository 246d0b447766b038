// The pattern table of dates: id, an example, the maker, the parts in order.
//
// A rule's first part must be there; OPT(X) may be missing. Parts after AHEAD must follow but are
// not part of the span. Determiners are part of it, prepositions are not (TempEval-3). Expressions
// of several dates ("10 a.m. Friday", "the third quarter of last year") are put together from these
// by date_join.c, and modifiers ("the end of", "nearly") go before them there.
#include "date_rules.h"

#define OPT(part) (PART_##part | PART_OPTIONAL)
#define P(part) PART_##part

// clang-format off
#define DATE_RULES(X)                                                                              \
  /* calendar days */                                                                              \
  X("date.numeric", "2018-05-25", numeric, P(NUMERIC))                                             \
  X("date.month-day-year", "May 25, 2018", day, P(MONTH), P(DAY), OPT(COMMA), P(YEAR))             \
  X("date.month-day", "May 25", day, P(MONTH), P(DAY))                                             \
  X("date.month-the-day", "May the 25th", day, P(MONTH), P(THE), P(DAY_ORDINAL))                   \
  X("date.day-month-year", "25th of May, 2018", day,                                               \
    P(DAY), OPT(OF), P(MONTH), OPT(COMMA), P(YEAR))                                                \
  X("date.day-month", "25 May", day, P(DAY), OPT(OF), P(MONTH))                                    \
  X("date.the-day-month-year", "the 25th of May, 2018", day,                                       \
    P(THE), P(DAY_ORDINAL), OPT(OF), P(MONTH), OPT(COMMA), P(YEAR))                                \
  X("date.the-day-month", "the 25th of May", day, P(THE), P(DAY_ORDINAL), OPT(OF), P(MONTH))       \
  X("date.day-range-year", "5-8 May 2018", day,                                                    \
    P(DAY), P(AHEAD), P(RANGE), P(DAY_SKIPPED), P(MONTH), P(YEAR))                                 \
  X("date.day-range", "5-8 May", day, P(DAY), P(AHEAD), P(RANGE), P(DAY_SKIPPED), P(MONTH))        \
  X("date.the-day-range", "the 24th and 25th of May", day,                                         \
    P(THE), P(DAY_ORDINAL), P(AHEAD), P(RANGE), P(DAY_SKIPPED), OPT(OF), P(MONTH), OPT(YEAR))      \
  X("date.the-day", "on the 25th", day_alone, P(THE), P(DAY_ORDINAL))                              \
  X("date.weekday-the-day", "Friday the 13th", day, P(WEEKDAY), P(THE), P(DAY_ORDINAL))            \
  X("date.weekday-day", "Mon 13th", day, P(WEEKDAY), P(DAY_ORDINAL))                               \
  X("date.weekday", "Friday", weekday, P(WEEKDAY))                                                 \
  X("date.nth-weekday", "the third Tuesday in May", nth_weekday,                                   \
    P(THE), P(ORDINAL), P(WEEKDAY), OPT(OF), OPT(IN), P(MONTH))                                    \
  X("date.holiday-year", "Christmas 2012", holiday, P(HOLIDAY), OPT(COMMA), P(YEAR))               \
  X("date.holiday", "Labor Day", holiday, P(HOLIDAY))                                              \
  /* months, seasons, quarters, years */                                                           \
  X("date.month-year", "June 2018", month_year, P(MONTH), OPT(COMMA), OPT(OF), P(YEAR))            \
  X("date.month-hyphen-year", "Dec-2018", month_year, P(MONTH), P(HYPHEN), P(YEAR))                \
  X("date.month", "in December", month, P(MONTH))                                                  \
  X("date.nth-week", "the first week of March 2018", nth_week,                                     \
    P(THE), P(ORDINAL), P(UNIT), P(OF), P(MONTH), OPT(YEAR))                                       \
  X("date.last-week", "the last week of March", nth_week,                                          \
    P(THE), P(LAST), P(UNIT), P(OF), P(MONTH), OPT(YEAR))                                          \
  X("date.season-year", "spring 2017", season, P(SEASON), OPT(OF), P(YEAR))                        \
  X("date.the-season-year", "the spring of 2017", season, P(THE), P(SEASON), OPT(OF), P(YEAR))     \
  X("date.season", "in winter", season, P(SEASON))                                                 \
  X("date.the-season", "in the summer", season, P(THE), P(SEASON))                                 \
  X("date.quarter", "third-quarter", quarter, P(ORDINAL), OPT(HYPHEN), P(QUARTER))                 \
  X("date.the-quarter", "the third quarter", quarter,                                              \
    P(THE), OPT(FISCAL), P(ORDINAL), OPT(FISCAL), OPT(HYPHEN), P(QUARTER))                         \
  X("date.fiscal-quarter", "fiscal third quarter", quarter,                                        \
    P(FISCAL), P(ORDINAL), OPT(HYPHEN), P(QUARTER))                                                \
  X("date.quarter-code", "Q3", quarter, P(QUARTER_CODE))                                           \
  X("date.half-code", "H1 2018", half, P(HALF_CODE), P(YEAR))                                      \
  X("date.half", "first half of 2013", half, P(ORDINAL), P(HALF), P(OF), P(YEAR))                  \
  X("date.the-half", "the first half of last year", half, P(THE), P(ORDINAL), P(HALF))                          \
  X("date.year", "in 2018", year, P(YEAR))                                                         \
  X("date.year-era", "44 BC", year_era, P(YEAR_ERA))                                               \
  X("date.fiscal", "fiscal 2018", fiscal, P(FISCAL), OPT(UNIT), P(YEAR))                           \
  X("date.year-fiscal", "2018 fiscal year", fiscal, P(YEAR), P(FISCAL), P(UNIT))                   \
  X("date.the-year-fiscal", "the 2018 fiscal year", fiscal, P(THE), P(YEAR), P(FISCAL), P(UNIT))   \
  X("date.fiscal-code", "FY2018", fiscal, P(FISCAL_CODE))                                          \
  X("date.decade", "1990s", decade, P(DECADE))                                                     \
  X("date.the-decade", "the sixties", decade, P(THE), P(DECADE))                                   \
  X("date.century", "21st-century", century, P(ORDINAL), OPT(HYPHEN), P(CENTURY), OPT(ERA))        \
  X("date.the-century", "the 19th century", century,                                               \
    P(THE), P(ORDINAL), OPT(HYPHEN), P(CENTURY), OPT(ERA))                                         \
  X("date.century-pair", "18th and 19th centuries", century,                                       \
    P(ORDINAL), P(AHEAD), P(RANGE), P(DAY_SKIPPED), P(CENTURY))                                    \
  X("date.the-century-pair", "the 18th and 19th centuries", century,                               \
    P(THE), P(ORDINAL), P(AHEAD), P(RANGE), P(DAY_SKIPPED), P(CENTURY))                            \
  /* clock times and parts of the day */                                                           \
  X("time.clock", "10:30 a.m. EDT", clock, P(CLOCK))                                               \
  X("time.clock-begin", "2 to 4 p.m.", clock_begin, P(CLOCK_PLAIN), P(AHEAD), P(RANGE), P(CLOCK))  \
  X("time.part", "at noon", daypart, P(DAYPART))                                                   \
  X("time.the-part", "in the morning", daypart, P(THE), P(DAYPART))                                \
  /* seen from the document date or the last date mentioned */                                     \
  X("date.reference", "today", reference, P(REF))                                                  \
  X("date.very-soon", "very soon", reference, P(VERY), P(REF))                                     \
  X("date.more-recently", "more recently", reference, P(MORE), P(REF))                             \
  X("date.right-now", "right now", reference, P(RIGHT), P(REF))                                    \
  X("date.which-unit", "last week", which_unit, P(WHICH), OPT(FILLER), P(UNIT))                    \
  X("date.the-which-unit", "the previous year", which_unit,                                        \
    P(THE), P(WHICH), OPT(FILLER), P(UNIT))                                                        \
  X("date.that-same-unit", "that same year", which_unit, P(SAME), P(SAME), P(UNIT))                \
  X("date.this-past-unit", "this past week", past_unit, P(WHICH), P(LAST), P(UNIT))                \
  X("date.which-day", "last Friday", which_day, P(WHICH), OPT(LAST), P(WEEKDAY))                   \
  X("date.the-which-day", "the following Friday", which_day, P(THE), P(WHICH), P(WEEKDAY))         \
  X("date.which-month", "last September", which_day, P(WHICH), OPT(LAST), P(MONTH))                \
  X("date.the-which-month", "the following May", which_day, P(THE), P(WHICH), P(MONTH))            \
  X("date.which-month-day", "next May 25", which_day, P(WHICH), P(MONTH), P(DAY))                  \
  X("date.which-season", "last summer", which_day, P(WHICH), OPT(LAST), P(SEASON))                 \
  X("date.the-which-season", "the previous winter", which_day, P(THE), P(WHICH), P(SEASON))        \
  X("date.which-holiday", "last Christmas", which_day, P(WHICH), P(HOLIDAY))                       \
  X("time.which-part", "last night", which_part, P(WHICH), OPT(LAST), P(DAYPART))                  \
  X("time.the-which-part", "the following morning", which_part, P(THE), P(WHICH), P(DAYPART))      \
  X("date.same-period", "the same period last year", same_period, P(THE), P(SAME), P(PERIOD))                \
  X("date.that-time", "by that time", that_time, P(WHICH), P(TIME))                                 \
  X("date.the-unit", "the day", the_unit, P(THE), OPT(FISCAL), P(UNIT))                            \
  X("date.unit-end", "year-end", unit_end, P(UNIT), OPT(HYPHEN), P(MOD_END))                       \
  X("date.end-of-unit", "end of year", unit_end, P(MOD_END), P(OF), P(UNIT))                       \
  X("date.shift", "two days ago", shift,                                                           \
    P(COUNT), OPT(HYPHEN), OPT(FILLER), P(UNIT), OPT(AND_A_HALF), OPT(OR_SO), P(SHIFT))                         \
  X("date.units-shift", "weeks later", shift, P(UNIT), P(SHIFT))                                   \
  X("date.the-unit-shift", "the day before", unit_shift, P(THE), P(UNIT), P(SHIFT))                \
  X("date.day-after-tomorrow", "the day after tomorrow", day_beyond,                               \
    P(THE), P(UNIT), P(SHIFT), P(REF))                                                             \
  X("date.week-before-last", "the week before last", unit_beyond,                                  \
    P(THE), P(UNIT), P(SHIFT), P(WHICH))                                                           \
  X("date.year-ago", "year-ago", ago_unit, P(UNIT), P(HYPHEN), P(SHIFT), OPT(PERIOD))              \
  X("date.the-year-ago", "the year-ago period", ago_unit,                                          \
    P(THE), P(UNIT), P(HYPHEN), P(SHIFT), OPT(PERIOD))                                             \
  X("date.the-year-ago-quarter", "the year-earlier quarter", ago_unit,                             \
    P(THE), P(UNIT), P(HYPHEN), P(SHIFT), P(QUARTER))                                              \
  X("date.from-now", "two weeks from now", from_now,                                               \
    P(COUNT), OPT(FILLER), P(UNIT), P(FROM), P(REF))                                               \
  X("date.the-past", "the past", past, P(THE), P(PAST))                                            \
  X("date.the-future", "the future", future, P(THE), P(FUTURE))                                    \
  X("date.the-near-future", "the near future", future, P(THE), P(NEAR), P(FUTURE))                 \
  X("date.the-long-term", "the long term", future, P(THE), P(NEAR), P(TERM))                       \
  X("date.present", "at present", present, P(PRESENT))                                             \
  X("date.the-present", "until the present", present, P(THE), P(PRESENT))                                \
  X("date.the-moment", "at the moment", present, P(THE), P(MOMENT))                                \
  X("date.the-time-being", "for the time being", present, P(THE), P(TIME), P(BEING))                   \
  /* lengths of time */                                                                            \
  X("duration.count", "two and a half years", duration,                                            \
    P(COUNT), OPT(FILLER), P(UNIT), OPT(AND_A_HALF), OPT(OR_SO))                                   \
  X("duration.compound", "10-day", compound,                                                       \
    P(COUNT), P(HYPHEN), OPT(FILLER), OPT(HYPHEN), P(UNIT))                                        \
  X("duration.compound-long", "three-week-long", compound,                                         \
    P(COUNT), P(HYPHEN), P(UNIT), P(HYPHEN), P(LONG))                                              \
  X("duration.unit-long", "decades-long", compound, P(UNIT), P(HYPHEN), P(LONG))                   \
  X("duration.units", "for years", plain_units, P(UNIT))                                           \
  X("duration.which-count", "last three years", which_count,                                       \
    P(WHICH), P(COUNT), OPT(FILLER), P(UNIT))                                                      \
  X("duration.the-which-count", "the last three years", which_count,                               \
    P(THE), P(WHICH), P(COUNT), OPT(FILLER), P(UNIT))                                              \
  X("duration.the-first-count", "the first six months", which_count,                               \
    P(THE), P(ORDINAL), P(COUNT), OPT(FILLER), P(UNIT))                                            \
  X("duration.the-count", "the 10 days", duration, P(THE), P(COUNT), OPT(FILLER), P(UNIT))         \
  /* again and again */                                                                            \
  X("set.adverb", "daily", set, P(SET))                                                            \
  X("set.every", "every two years", every, P(EVERY), OPT(OTHER), OPT(COUNT), P(UNIT))              \
  X("set.every-day", "each Tuesday", every_day, P(EVERY), OPT(OTHER), P(WEEKDAY))                  \
  X("set.every-month", "every October", every_day, P(EVERY), P(MONTH))                             \
  X("set.every-season", "each summer", every_day, P(EVERY), P(SEASON))                             \
  X("set.every-part", "every morning", every_day, P(EVERY), P(DAYPART))                            \
  X("set.every-day-part", "every Friday night", every_day, P(EVERY), P(WEEKDAY), P(DAYPART))       \
  X("set.days-part", "Friday nights", every_day, P(WEEKDAY), P(DAYPART))                           \
  X("set.once", "twice a year", often, P(ONCE), P(A), P(UNIT))                                     \
  X("set.once-every", "once every four years", often, P(ONCE), P(EVERY), OPT(COUNT), P(UNIT))      \
  X("set.times", "three times a week", often, P(COUNT), P(TIMES), P(A), P(UNIT))                   \
  X("set.times-every", "three times each week", often, P(COUNT), P(TIMES), P(EVERY), P(UNIT))
// clang-format on

#define PATTERN(id, example, maker, ...) {galley_date_make_##maker, {__VA_ARGS__}},
const DateRule galley_date_patterns[] = {DATE_RULES(PATTERN)};

#define REASON(id, example, maker, ...) {id, example},
static const GalleyRule reasons[] = {DATE_RULES(REASON)};

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

bool galley_date_match(const GalleyBlockView *block, uint32_t at, DateMatch *match) {
  bool found = false;
  const uint64_t classes = block->tokens[at].classes;
  const uint8_t kinds = galley_date_kinds(&block->tokens[at]);
  for (uint16_t row = 0; row < RULE_COUNT; row++) {
    const DateRule *rule = &galley_date_patterns[row];
    const DatePartRow *first = &galley_date_parts[rule->parts[0]];
    if (!(first->classes & classes) && !(first->kinds & kinds)) continue;
    DateMatch candidate = {.block = block, .first = at, .row = row};
    candidate.end = read_parts(block, at, rule->parts, DATE_PARTS_MAX, &candidate.capture);
    if (candidate.end <= at || (found && candidate.end <= match->end)) continue;
    candidate.expression = candidate.capture.e;
    if (!in_one_sentence(block, at, candidate.end) || !rule->make(&candidate)) continue;
    *match = candidate;
    found = true;
  }
  return found;
}
