// Puts dates together: parts side by side ("10 a.m." "Friday"), and modifiers before them.
#include "date_rules.h"

#include "date_context.h"

// ---- parts side by side

enum { // what an expression says, for the table of joins
  SAYS_CLOCK = 1 << 0,
  SAYS_PART = 1 << 1,
  SAYS_WEEKDAY = 1 << 2,
  SAYS_DAY = 1 << 3,      // month and day
  SAYS_DAY_YEAR = 1 << 4, // month, day and year
  SAYS_MONTH = 1 << 5,
  SAYS_PERIOD = 1 << 6, // quarter, half or season of no year
  SAYS_YEAR = 1 << 7,
  SAYS_YEAR_FROM = 1 << 8, // last year, a year earlier, the year
  SAYS_WEEK_FROM = 1 << 9, // last week
  SAYS_DAY_FROM = 1 << 10, // yesterday, the next day
  SAYS_SAME = 1 << 11,     // the same period
  SAYS_HOLIDAY = 1 << 12   // of no year
};

enum { BY_NOTHING = 1 << 0, BY_COMMA = 1 << 1, BY_OF = 1 << 2, BY_ON = 1 << 3, BY_IN = 1 << 4 };

#define ANY_DAY (SAYS_WEEKDAY | SAYS_DAY | SAYS_DAY_YEAR | SAYS_DAY_FROM)

static const struct {
  uint16_t left, by, right;
} joins[] = {
    // 10 a.m. Friday; 10 a.m. on May 5
    {SAYS_CLOCK, BY_NOTHING | BY_ON, ANY_DAY},
    // Friday morning; yesterday afternoon; May 5 10:30 a.m.
    {ANY_DAY | SAYS_HOLIDAY, BY_NOTHING, SAYS_PART | SAYS_CLOCK},
    // the morning of May 5
    {SAYS_PART, BY_OF | BY_ON, ANY_DAY},
    // Friday, June 15, 2018
    {SAYS_WEEKDAY, BY_NOTHING | BY_COMMA, SAYS_DAY | SAYS_DAY_YEAR},
    // the third quarter of last year; June this year; Christmas last year
    {SAYS_MONTH | SAYS_PERIOD | SAYS_HOLIDAY | SAYS_DAY, BY_NOTHING | BY_OF, SAYS_YEAR_FROM},
    // the third quarter of 2018; Q3 2018
    {SAYS_PERIOD | SAYS_MONTH, BY_NOTHING | BY_OF, SAYS_YEAR},
    // Monday of last week; Friday next week
    {SAYS_WEEKDAY, BY_NOTHING | BY_OF | BY_COMMA, SAYS_WEEK_FROM},
    // the same period a year earlier; the same quarter of 2008
    {SAYS_SAME, BY_NOTHING | BY_OF | BY_IN, SAYS_YEAR_FROM | SAYS_YEAR},
};

static uint32_t calendar_says(const GalleyDateExpression *e) {
  bool year = e->flags & (DATE_YEAR_KNOWN | DATE_YEAR_RELATIVE);
  if (e->flags & DATE_HAS_TIME) return e->month || e->weekday ? 0 : SAYS_CLOCK;
  bool point = e->part == DATE_PART_NOON || e->part == DATE_PART_MIDNIGHT;
  if (e->part) return e->month || e->weekday ? 0 : point ? SAYS_CLOCK : SAYS_PART;
  switch (e->unit) {
  case DATE_UNIT_DAY:
    if (e->flags & DATE_HOLIDAY) return year ? 0 : SAYS_HOLIDAY;
    if (e->flags & DATE_NTH) return 0;
    if (e->month) return year ? SAYS_DAY_YEAR : SAYS_DAY;
    return e->weekday && !e->day ? SAYS_WEEKDAY : 0;
  case DATE_UNIT_MONTH:
    return year ? 0 : SAYS_MONTH;
  case DATE_UNIT_QUARTER:
  case DATE_UNIT_HALF:
  case DATE_UNIT_SEASON:
    return year ? 0 : SAYS_PERIOD;
  case DATE_UNIT_YEAR:
    return SAYS_YEAR;
  default:
    return 0;
  }
}

static uint32_t says(const DateMatch *match) {
  const GalleyDateExpression *e = &match->expression;
  switch (e->op) {
  case DATE_OP_CALENDAR:
    return calendar_says(e);
  case DATE_OP_SAME:
    if (e->unit == DATE_UNIT_YEAR) return SAYS_YEAR_FROM;
    if (e->unit == DATE_UNIT_DAY) return SAYS_DAY_FROM;
    return e->flags & (DATE_YEAR_KNOWN | DATE_YEAR_RELATIVE) ? 0 : SAYS_SAME;
  case DATE_OP_SHIFT:
    if (e->part || e->weekday || e->flags & DATE_HAS_TIME) return 0;
    if (e->unit == DATE_UNIT_YEAR) return SAYS_YEAR_FROM;
    if (e->unit == DATE_UNIT_WEEK) return SAYS_WEEK_FROM;
    return e->unit == DATE_UNIT_DAY ? SAYS_DAY_FROM : 0;
  default:
    return 0;
  }
}

// Which joiner stands at `at`; `next` is the token after it.
static uint32_t joiner_at(const GalleyBlockView *block, uint32_t at, uint32_t *next) {
  *next = at + 1;
  if (galley_date_is_mark(block, at, ',')) return BY_COMMA;
  switch (galley_date_glue(block, at)) {
  case GLUE_OF:
    return BY_OF;
  case GLUE_ON:
    return BY_ON;
  case GLUE_IN:
    return BY_IN;
  default:
    *next = at;
    return BY_NOTHING;
  }
}

static void copy_time(GalleyDateExpression *to, const GalleyDateExpression *from) {
  to->hour = from->hour;
  to->minute = from->minute;
  to->second = from->second;
  to->part = from->part;
  to->flags |= from->flags & (DATE_HAS_TIME | DATE_HAS_SECOND | DATE_UTC);
}

static void copy_year(GalleyDateExpression *to, const GalleyDateExpression *from) {
  if (from->op == DATE_OP_CALENDAR) {
    to->year = from->year;
    to->flags |= from->flags & (DATE_YEAR_KNOWN | DATE_FISCAL);
    return;
  }
  to->year = from->op == DATE_OP_SHIFT ? (int16_t)from->count : 0;
  to->flags |= DATE_YEAR_RELATIVE;
  to->flags |= from->flags & (DATE_FROM_MENTION | DATE_FISCAL);
}

static void merge(DateMatch *match, uint32_t left, const DateMatch *right, uint32_t right_says) {
  GalleyDateExpression *e = &match->expression;
  if (left & (SAYS_CLOCK | SAYS_PART)) {
    GalleyDateExpression time = *e;
    *e = right->expression;
    copy_time(e, &time);
    match->type = GALLEY_DATE_TIME;
  } else if (right_says & (SAYS_CLOCK | SAYS_PART)) {
    copy_time(e, &right->expression);
    match->type = GALLEY_DATE_TIME;
  } else if (right_says & (SAYS_YEAR | SAYS_YEAR_FROM)) {
    copy_year(e, &right->expression);
  } else { // a weekday before a date, or in a week
    uint8_t weekday = e->weekday;
    *e = right->expression;
    e->weekday = weekday;
    if (right->type == GALLEY_DATE_TIME) match->type = GALLEY_DATE_TIME;
  }
  match->weak = false;
}

static bool may_join(uint32_t left, uint32_t by, uint32_t right) {
  for (size_t i = 0; i < sizeof joins / sizeof *joins; i++) {
    if (joins[i].left & left && joins[i].by & by && joins[i].right & right) return true;
  }
  return false;
}

static bool begins_here(const GalleyBlockView *block, uint32_t at) {
  if (at >= block->token_count) return false;
  const GalleyToken *token = &block->tokens[at];
  return token->classes & DATE_START_CLASSES || token->shape & GALLEY_SHAPE_DIGIT ||
         token->symbol == '\'' || token->kind == GALLEY_TOKEN_QUOTE_OPEN;
}

static bool match_core(const GalleyBlockView *block, uint32_t at, DateMatch *match) {
  return begins_here(block, at) && galley_date_match(block, at, match);
}

static bool join_once(DateMatch *match) {
  const GalleyBlockView *block = match->block;
  uint32_t left = says(match), next;
  if (!left) return false;
  uint32_t by = joiner_at(block, match->end, &next);
  if (!begins_here(block, next) ||
      block->tokens[next].sentence != block->tokens[match->first].sentence) {
    return false;
  }
  DateMatch right;
  if (!galley_date_match(block, next, &right)) return false;
  uint32_t right_says = says(&right);
  if (right.type == GALLEY_DATE_TIME && !right_says) return false;
  if (left & SAYS_CLOCK) galley_date_join(&right); // 10 a.m. [Friday, June 15]
  if (left & SAYS_CLOCK && !may_join(left, by, right_says)) return false;
  if (!may_join(left, by, right_says)) return false;
  if (left & SAYS_DAY && right_says & SAYS_YEAR_FROM && by == BY_NOTHING) {
    copy_year(&match->expression, &right.expression); // "March 11" "this year": two dates
    return false;
  }
  merge(match, left, &right, right_says);
  match->end = right.end;
  return true;
}

void galley_date_join(DateMatch *match) {
  for (int i = 0; i < 4 && join_once(match); i++) {
  }
}

// ---- modifiers before a date

typedef struct {
  uint32_t next;  // token after the modifier
  uint32_t takes; // mask of 1 << DateOp
  uint8_t mod;    // DateMod
  bool the;       // begins with "the"
  bool of_shift;  // "earlier", "later"
  bool counted;   // "nearly": before a count
} Modifier;

#define OP(op) (1u << DATE_OP_##op)

static bool is_the(const GalleyBlockView *block, uint32_t at) {
  int32_t lead;
  return galley_date_word(block, at, GALLEY_CLASS_DATE_LEAD, &lead) && lead == 1;
}

static bool is_hyphen(const GalleyBlockView *block, uint32_t at) {
  return galley_date_is_mark(block, at, '-') && galley_date_tight(block, at);
}

// "about", "more than", "at least", "up to", "just over", "no more than".
static uint32_t read_approximation(const GalleyBlockView *block, uint32_t at) {
  int32_t word, lead;
  if (galley_date_word(block, at, GALLEY_CLASS_DATE_LEAD, &lead) && lead == 10) {
    return galley_date_word(block, at + 1, GALLEY_CLASS_APPROX, &word) && word == 3 ? at + 2 : 0;
  }
  if (!galley_date_word(block, at, GALLEY_CLASS_APPROX, &word)) return 0;
  switch (word) {
  case 1:
    return at + 1;
  case 2:
    return galley_date_glue(block, at + 1) == GLUE_THAN ? at + 2 : 0;
  case 4:
    return galley_date_glue(block, at + 1) == GLUE_TO ? at + 2 : 0;
  case 5: {
    bool next = galley_date_word(block, at + 1, GALLEY_CLASS_APPROX, &word) && word <= 2;
    return next ? read_approximation(block, at + 1) : 0;
  }
  default:
    return 0;
  }
}

static bool read_modifier(const GalleyBlockView *block, uint32_t at, Modifier *modifier) {
  static const uint8_t mods[] = {DATE_MOD_NONE,   DATE_MOD_START, DATE_MOD_END, DATE_MOD_MIDDLE,
                                 DATE_MOD_MIDDLE, DATE_MOD_START, DATE_MOD_END, DATE_MOD_NONE,
                                 DATE_MOD_NONE,   DATE_MOD_NONE};
  *modifier = (Modifier){.next = at, .takes = OP(CALENDAR) | OP(SHIFT) | OP(SAME)};
  int32_t word;
  uint32_t end = read_approximation(block, at);
  if (end) {
    modifier->next = end;
    modifier->counted = true;
    modifier->takes = OP(DURATION) | OP(SHIFT) | OP(REFERENCE);
    return true;
  }
  if (is_the(block, at)) {
    modifier->the = true;
    modifier->next++;
    if (galley_date_glue(block, modifier->next) == GLUE_VERY) modifier->next++;
  }
  if (!galley_date_word(block, modifier->next, GALLEY_CLASS_DATE_MOD, &word)) return false;
  modifier->next++;
  modifier->mod = mods[word];
  if (word == 7) return false;
  if (word >= 8) {
    modifier->of_shift = true;
    bool in =
        galley_date_glue(block, modifier->next) == GLUE_IN && is_the(block, modifier->next + 1);
    if (in) modifier->next++;
    return !modifier->the;
  }
  if (word >= 4) {
    if (galley_date_glue(block, modifier->next) != GLUE_OF) return false;
    modifier->next++;
    return true;
  }
  if (is_hyphen(block, modifier->next)) {
    modifier->next++;
  } else if (!modifier->the && galley_date_glue(block, modifier->next) == GLUE_IN) {
    modifier->next++;
  }
  return true;
}

// What "early" and "the early" can stand before.
static bool takes_part(const Modifier *modifier, const DateMatch *core) {
  const GalleyDateExpression *e = &core->expression;
  bool long_span =
      e->op == DATE_OP_CALENDAR && (e->unit == DATE_UNIT_DECADE || e->unit == DATE_UNIT_CENTURY ||
                                    e->unit == DATE_UNIT_SEASON || e->unit == DATE_UNIT_PART);
  int32_t word;
  bool end =
      galley_date_word(core->block, modifier->next - 2, GALLEY_CLASS_DATE_MOD, &word) && word >= 4;
  if (modifier->the && !end && !long_span) return false;
  return true;
}

static bool takes(const Modifier *modifier, const DateMatch *core) {
  const GalleyDateExpression *e = &core->expression;
  if (!(modifier->takes >> e->op & 1)) return false;
  if (modifier->counted) {
    // before a count only: "about two years ago", not "about last year"
    const GalleyToken *first = &core->block->tokens[core->first];
    const uint64_t count = GALLEY_IS(GALLEY_CLASS_NUMBER_WORD) | GALLEY_IS(GALLEY_CLASS_DATE_QUANT);
    int32_t lead = 0;
    galley_date_word(core->block, core->first, GALLEY_CLASS_DATE_LEAD, &lead);
    bool number =
        first->kind == GALLEY_TOKEN_NUMBER || first->classes & count || lead == 2 || lead == 3;
    return number && core->capture.unit;
  }
  if (modifier->of_shift) {
    bool weekday = e->op == DATE_OP_CALENDAR && e->weekday && !e->month;
    return weekday || e->op == DATE_OP_SHIFT || e->op == DATE_OP_SAME;
  }
  return takes_part(modifier, core);
}

static bool match_modified(const GalleyBlockView *block, uint32_t at, DateMatch *match) {
  Modifier modifier;
  DateMatch core;
  if (!read_modifier(block, at, &modifier) || !match_core(block, modifier.next, &core))
    return false;
  galley_date_join(&core);
  if (block->tokens[modifier.next].sentence != block->tokens[at].sentence) return false;
  if (!takes(&modifier, &core)) return false;
  if (core.type == GALLEY_DATE_TIME && modifier.mod && core.expression.unit == DATE_UNIT_MINUTE) {
    return false;
  }
  if (core.weak && modifier.mod == DATE_MOD_NONE) return false;
  const uint64_t when = DATE_WORD(IN) | DATE_WORD(UNTIL) | DATE_WORD(DURING) | DATE_WORD(BY) |
                        DATE_WORD(SINCE) | DATE_WORD(FROM);
  bool part = core.weak && core.expression.unit == DATE_UNIT_PART; // "the late night shows"
  if (part && !galley_date_after(block, at, when)) return false;
  *match = core;
  match->first = at;
  match->weak = false;
  if (modifier.mod) match->expression.mod = modifier.mod;
  return true;
}

bool galley_date_match_joined(const GalleyBlockView *block, uint32_t at, DateMatch *match) {
  if (match_modified(block, at, match)) return true;
  if (!match_core(block, at, match)) return false;
  galley_date_join(match);
  return !match->weak;
}
