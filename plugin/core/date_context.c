#include "date_context.h"

#include <string.h>

bool galley_date_spells(const GalleyBlockView *block, uint32_t at, const char *word) {
  if (at >= block->token_count) return false;
  const GalleyToken *token = &block->tokens[at];
  size_t length = strlen(word);
  if (token->kind != GALLEY_TOKEN_WORD || token->end - token->start != length) return false;
  for (size_t i = 0; i < length; i++) {
    char c = block->bytes[token->start + i];
    if (c >= 'A' && c <= 'Z') c = (char)(c | 0x20);
    if (c != word[i]) return false;
  }
  return true;
}

bool galley_date_after(const GalleyBlockView *block, uint32_t at, uint64_t glues) {
  if (at == 0) return false;
  DateGlue glue = galley_date_glue(block, at - 1);
  return glue != GLUE_NONE && glue < 64 && glues >> glue & 1;
}

static bool is_word(const GalleyBlockView *block, uint32_t at) {
  return at < block->token_count && block->tokens[at].kind == GALLEY_TOKEN_WORD;
}

static bool is_capital(const GalleyBlockView *block, uint32_t at) {
  return at < block->token_count && block->tokens[at].shape & GALLEY_SHAPE_CAPITAL;
}

static bool has_class(const GalleyBlockView *block, uint32_t at, uint64_t classes) {
  return at < block->token_count && block->tokens[at].classes & classes;
}

static bool same_sentence(const GalleyBlockView *block, uint32_t a, uint32_t b) {
  return block->tokens[a].sentence == block->tokens[b].sentence;
}

static bool ends_with(const GalleyBlockView *block, uint32_t at, const char *suffix) {
  const GalleyToken *token = &block->tokens[at];
  size_t length = strlen(suffix);
  return token->end - token->start > length + 1 &&
         memcmp(block->bytes + token->end - length, suffix, length) == 0;
}

// ---- tense

enum { VERB_PAST = 1, VERB_PRESENT, VERB_FUTURE, VERB_BE, VERB_AHEAD, VERB_TO, VERB_WANT };

// How far from the date a verb still speaks for it, in tokens.
enum { TENSE_REACH = 25 };

static int32_t verb_at(const GalleyBlockView *block, uint32_t at) {
  int32_t value;
  const GalleyToken *token = &block->tokens[at];
  if (token->kind == GALLEY_TOKEN_CLITIC) return 0;
  if (galley_date_word(block, at, GALLEY_CLASS_TENSE, &value)) {
    bool name = token->classes & GALLEY_IS(GALLEY_CLASS_MONTH) && is_capital(block, at);
    return name ? 0 : value;
  }
  bool past = token->kind == GALLEY_TOKEN_WORD && !(token->shape & GALLEY_SHAPE_CAPITAL) &&
              token->end - token->start > 4 && ends_with(block, at, "ed");
  return past ? VERB_PAST : 0;
}

// The verb group that ends at `at`: "will be held" looks ahead although "held" is a past form.
static DateTense tense_of_group(const GalleyBlockView *block, uint32_t at) {
  int32_t verb = verb_at(block, at);
  if (verb == VERB_FUTURE || verb == VERB_AHEAD) return DATE_TENSE_FUTURE;
  bool to = false;
  for (uint32_t back = 1; back <= 4 && back <= at; back++) {
    uint32_t i = at - back;
    if (!same_sentence(block, i, at) || block->tokens[i].kind == GALLEY_TOKEN_PUNCT) break;
    int32_t before = verb_at(block, i);
    if (before == VERB_FUTURE) return DATE_TENSE_FUTURE;
    if (before == VERB_TO && verb_at(block, i + 1) == VERB_BE) return DATE_TENSE_FUTURE;
    if (to && before != 0 && before != VERB_PAST) return DATE_TENSE_FUTURE;
    to = before == VERB_TO;
    if (before == VERB_PAST) return DATE_TENSE_PAST;
  }
  if (verb == VERB_PAST) return DATE_TENSE_PAST;
  return DATE_TENSE_NONE;
}

static DateTense tense_at(const GalleyBlockView *block, uint32_t at) {
  int32_t verb = verb_at(block, at);
  if (verb == VERB_TO && at > 0) {
    // "is to report", "plans to report"; "went to school" is none
    int32_t before = verb_at(block, at - 1);
    bool ahead = before == VERB_PRESENT || before == VERB_AHEAD || before == VERB_WANT;
    return ahead ? DATE_TENSE_FUTURE : DATE_TENSE_NONE;
  }
  if (verb == 0 || verb == VERB_TO || verb == VERB_WANT) return DATE_TENSE_NONE;
  return tense_of_group(block, at);
}

// "asked her to report by January 15": what somebody is to do by then is ahead.
static bool is_deadline(const GalleyBlockView *block, uint32_t first) {
  enum { REACH = 6 };
  if (!galley_date_after(block, first, DATE_WORD(BY))) return false;
  for (uint32_t back = 3; back <= REACH && back <= first; back++) {
    uint32_t at = first - back;
    if (!same_sentence(block, at, first) || block->tokens[at].kind == GALLEY_TOKEN_PUNCT) break;
    if (verb_at(block, at) == VERB_TO) return true;
  }
  return false;
}

DateTense galley_date_tense(const GalleyBlockView *block, uint32_t first, uint32_t end) {
  if (is_deadline(block, first)) return DATE_TENSE_FUTURE;
  // "oil for May delivery fell": what is traded comes later
  if (galley_date_spells(block, end, "delivery") || galley_date_spells(block, end, "futures") ||
      galley_date_spells(block, end, "contract")) {
    return DATE_TENSE_FUTURE;
  }
  for (uint32_t distance = 1; distance <= TENSE_REACH; distance++) {
    if (distance <= first && same_sentence(block, first - distance, first)) {
      DateTense tense = tense_at(block, first - distance);
      if (tense != DATE_TENSE_NONE) return tense;
    }
    // A verb before the date is nearer to it than one after it.
    if (distance % 2 == 0) {
      uint32_t after = end - 1 + distance / 2;
      if (after < block->token_count && same_sentence(block, after, first)) {
        DateTense tense = tense_at(block, after);
        if (tense != DATE_TENSE_NONE) return tense;
      }
    }
  }
  return DATE_TENSE_NONE;
}

// ---- phrases

#define FUNCTION_CLASSES                                                                           \
  (GALLEY_IS(GALLEY_CLASS_DATE_GLUE) | GALLEY_IS(GALLEY_CLASS_TENSE) |                             \
   GALLEY_IS(GALLEY_CLASS_DATE_LEAD) | GALLEY_IS(GALLEY_CLASS_STARTER) |                           \
   GALLEY_IS(GALLEY_CLASS_APPROX) | GALLEY_IS(GALLEY_CLASS_DATE_SHIFT) |                           \
   GALLEY_IS(GALLEY_CLASS_FUNCTION))

bool galley_date_is_noun(const GalleyBlockView *block, uint32_t at) {
  return is_word(block, at) && !is_capital(block, at) && !has_class(block, at, FUNCTION_CLASSES) &&
         verb_at(block, at) == 0;
}

bool galley_date_phrase_ends(const GalleyBlockView *block, uint32_t at) {
  if (!is_word(block, at)) {
    bool hyphen = galley_date_is_mark(block, at, '-') && galley_date_tight(block, at);
    return !hyphen && (at >= block->token_count || block->tokens[at].kind != GALLEY_TOKEN_NUMBER);
  }
  if (has_class(block, at, FUNCTION_CLASSES)) return true;
  if (is_capital(block, at)) return false;
  return verb_at(block, at) || ends_with(block, at, "ly") || ends_with(block, at, "ing");
}

// ---- months

#define PREPOSITIONS                                                                               \
  (DATE_WORD(IN) | DATE_WORD(SINCE) | DATE_WORD(UNTIL) | DATE_WORD(BY) | DATE_WORD(DURING) |       \
   DATE_WORD(THROUGH) | DATE_WORD(WITHIN) | DATE_WORD(THROUGHOUT))
#define LOOSE_PREPOSITIONS                                                                         \
  (DATE_WORD(OF) | DATE_WORD(FROM) | DATE_WORD(TO) | DATE_WORD(BEFORE) | DATE_WORD(AFTER) |        \
   DATE_WORD(BETWEEN) | DATE_WORD(FOR) | DATE_WORD(ON) | DATE_WORD(AROUND))

// January and the like are nothing else; the others are names, verbs or abbreviations as well.
static bool is_plain_month(const GalleyBlockView *block, uint32_t at, int32_t month) {
  bool whole = block->tokens[at].end - block->tokens[at].start > 5;
  return (whole && month != 3 && month != 4 && month != 5 && month != 6 && month != 8) ||
         (month == 7 && block->tokens[at].end - block->tokens[at].start == 4);
}

static bool is_person_before(const GalleyBlockView *block, uint32_t at) {
  return at > 0 &&
         has_class(block, at - 1,
                   GALLEY_IS(GALLEY_CLASS_TITLE) | GALLEY_IS(GALLEY_CLASS_FIRST_NAME)) &&
         is_capital(block, at - 1);
}

static bool is_surname_after(const GalleyBlockView *block, uint32_t at) {
  const uint64_t date = GALLEY_IS(GALLEY_CLASS_WEEKDAY) | GALLEY_IS(GALLEY_CLASS_MONTH);
  return is_word(block, at + 1) && is_capital(block, at + 1) && !has_class(block, at + 1, date) &&
         same_sentence(block, at, at + 1) &&
         !(block->tokens[at + 1].shape & (GALLEY_SHAPE_ALL_CAPS | GALLEY_SHAPE_POINT));
}

// "May and June": another month beside it.
static bool is_beside_month(const GalleyBlockView *block, uint32_t at) {
  const uint64_t month = GALLEY_IS(GALLEY_CLASS_MONTH);
  bool before = at > 1 && has_class(block, at - 2, month) && is_capital(block, at - 2);
  bool after = has_class(block, at + 2, month) && is_capital(block, at + 2);
  bool joined_before =
      at > 1 && (galley_date_after(block, at, DATE_WORD(AND) | DATE_WORD(OR) | DATE_WORD(TO)) ||
                 galley_date_is_dash(block, at - 1) || galley_date_is_mark(block, at - 1, ','));
  DateGlue next = galley_date_glue(block, at + 1);
  bool joined_after = next == GLUE_AND || next == GLUE_OR || next == GLUE_TO ||
                      galley_date_is_dash(block, at + 1) || galley_date_is_mark(block, at + 1, ',');
  return (before && joined_before) || (after && joined_after);
}

static bool is_modified(const GalleyBlockView *block, uint32_t at) {
  const uint64_t before = GALLEY_IS(GALLEY_CLASS_DATE_MOD) | GALLEY_IS(GALLEY_CLASS_DATE_WHICH) |
                          GALLEY_IS(GALLEY_CLASS_WEEKDAY);
  if (at > 0 && has_class(block, at - 1, before)) return true;
  return at > 1 && galley_date_is_mark(block, at - 1, '-') &&
         has_class(block, at - 2, GALLEY_IS(GALLEY_CLASS_DATE_MOD));
}

// "the March on Washington", "a March for Life".
static bool is_procession(const GalleyBlockView *block, uint32_t at) {
  int32_t lead;
  bool determined = at > 0 && galley_date_word(block, at - 1, GALLEY_CLASS_DATE_LEAD, &lead);
  DateGlue next = galley_date_glue(block, at + 1);
  return determined && (next == GLUE_ON || next == GLUE_FOR || next == GLUE_OF);
}

bool galley_date_is_month(const GalleyBlockView *block, uint32_t at) {
  int32_t month;
  if (!galley_date_word(block, at, GALLEY_CLASS_MONTH, &month)) return false;
  const GalleyToken *token = &block->tokens[at];
  if (is_plain_month(block, at, month)) return !is_person_before(block, at);
  bool whole = token->end - token->start > 3 || month == 5;
  if (!is_capital(block, at) || (token->shape & GALLEY_SHAPE_ALL_CAPS && month == 5)) return false;
  if (token->taken & 1u << GALLEY_KIND_CITATION || is_person_before(block, at)) return false;
  if (galley_date_after(block, at, PREPOSITIONS) || is_modified(block, at)) return true;
  if (is_surname_after(block, at)) return false;
  if (is_beside_month(block, at)) return true;
  if (!whole)
    return token->shape & GALLEY_SHAPE_POINT && galley_date_after(block, at, LOOSE_PREPOSITIONS);
  if (month == 3 && is_procession(block, at)) return false;
  bool possessive =
      at + 1 < block->token_count && block->tokens[at + 1].kind == GALLEY_TOKEN_CLITIC;
  if (month == 5 && possessive) return false; // the former prime minister's
  bool after_name = at > 0 && is_word(block, at - 1) && is_capital(block, at - 1) &&
                    !(block->tokens[at - 1].shape & GALLEY_SHAPE_SENTENCE_START);
  if (month == 5 && after_name) return false;
  bool verb_next = at + 1 < block->token_count && verb_at(block, at + 1) != 0;
  if (galley_date_after(block, at, LOOSE_PREPOSITIONS)) {
    return month != 5 || galley_date_glue(block, at + 1) != GLUE_AND;
  }
  if (verb_next && month != 8) return false;
  int32_t lead;
  bool determined = at > 0 && galley_date_word(block, at - 1, GALLEY_CLASS_DATE_LEAD, &lead);
  if (determined) return galley_date_is_noun(block, at + 1);
  if (token->shape & GALLEY_SHAPE_SENTENCE_START) {
    return month != 5 && month != 3 && galley_date_is_noun(block, at + 1);
  }
  return month != 5 && month != 3;
}

bool galley_date_is_name_like(const GalleyBlockView *block, uint32_t at) {
  bool possessive =
      at + 1 < block->token_count && block->tokens[at + 1].kind == GALLEY_TOKEN_CLITIC;
  return possessive || !(galley_date_after(block, at, PREPOSITIONS) || is_modified(block, at));
}

// ---- weekdays

static bool spells_any(const GalleyBlockView *block, uint32_t at, const char *const *words) {
  for (; *words; words++) {
    if (galley_date_spells(block, at, *words)) return true;
  }
  return false;
}

// Papers, songs, clubs and people that are called like a day.
static bool is_name_of_day(const GalleyBlockView *block, uint32_t at, int32_t weekday) {
  static const char *const papers[] = {"times",   "telegraph", "mirror",   "mail",
                                       "express", "herald",    "post",     "independent",
                                       "world",   "sport",     "business", NULL};
  static const char *const before[] = {"sheffield", "ruby", "man", "casual", NULL};
  if (weekday == 7 && is_capital(block, at + 1) && spells_any(block, at + 1, papers)) return true;
  if (at > 0 && is_capital(block, at - 1) && spells_any(block, at - 1, before)) return true;
  return at > 1 && weekday == 7 && galley_date_after(block, at, DATE_WORD(ON)) &&
         galley_date_spells(block, at - 2, "mail");
}

bool galley_date_is_weekday(const GalleyBlockView *block, uint32_t at) {
  int32_t weekday;
  if (!galley_date_word(block, at, GALLEY_CLASS_WEEKDAY, &weekday)) return false;
  const GalleyToken *token = &block->tokens[at];
  // Abbreviations need more of a date beside them; the rules that ask here have none.
  if (token->end - token->start < 6) return false;
  return !is_name_of_day(block, at, weekday);
}

// ---- years

#define YEAR_PREPOSITIONS                                                                          \
  (DATE_WORD(IN) | DATE_WORD(SINCE) | DATE_WORD(UNTIL) | DATE_WORD(BY) | DATE_WORD(FROM) |         \
   DATE_WORD(BETWEEN) | DATE_WORD(BEFORE) | DATE_WORD(AFTER) | DATE_WORD(DURING) |                 \
   DATE_WORD(THROUGH) | DATE_WORD(THROUGHOUT) | DATE_WORD(AROUND))

static bool is_money_mark(uint32_t symbol) {
  return symbol == '$' || symbol == 0xa3 || symbol == 0x20ac || symbol == 0xa5 || symbol == '#' ||
         symbol == '+' || symbol == '~' || symbol == '<' || symbol == '>' || symbol == '=';
}

// Marks before a number that make it something else: $2000, A330-2000, #2000, 1/2000, v1.2000.
static bool is_marked_before(const GalleyBlockView *block, uint32_t at) {
  if (at == 0) return false;
  const GalleyToken *before = &block->tokens[at - 1];
  if (before->kind == GALLEY_TOKEN_PUNCT && is_money_mark(before->symbol)) return true;
  if (!galley_date_tight(block, at)) return false;
  if (before->kind == GALLEY_TOKEN_WORD || before->kind == GALLEY_TOKEN_NUMBER) return true;
  bool joins = before->symbol == '-' || before->symbol == '/' || before->symbol == ':' ||
               before->symbol == '.' || before->symbol == '_' || before->symbol == '&';
  // 2000-2050 is a range of years; "A330-200" is not
  bool years = at > 1 && galley_date_digits(block, at - 2) >= 1000;
  bool modified = at > 1 && has_class(block, at - 2, GALLEY_IS(GALLEY_CLASS_DATE_MOD));
  bool spaced = at > 1 && !galley_date_tight(block, at - 1);
  return joins && before->kind == GALLEY_TOKEN_PUNCT && !years && !modified && !spaced;
}

static bool is_marked_after(const GalleyBlockView *block, uint32_t end) {
  if (end >= block->token_count) return false;
  const GalleyToken *after = &block->tokens[end];
  if (after->kind != GALLEY_TOKEN_PUNCT) return false;
  if (after->symbol == '%' || after->symbol == 0x20ac || after->symbol == 0xb0) return true;
  if (!galley_date_tight(block, end) || !galley_date_tight(block, end + 1)) return false;
  if (after->symbol == '/' || after->symbol == ':' || after->symbol == '_') return true;
  // "1914-18" is a range; "2000-strong" and "555-1234-2000" are none
  return after->symbol == '-' && block->tokens[end + 1].kind == GALLEY_TOKEN_NUMBER &&
         block->tokens[end + 1].end - block->tokens[end + 1].start != 4 &&
         block->tokens[end + 1].end - block->tokens[end + 1].start != 2;
}

static bool is_plural_noun(const GalleyBlockView *block, uint32_t at) {
  return galley_date_is_noun(block, at) && ends_with(block, at, "s") && !ends_with(block, at, "ss");
}

bool galley_date_is_year(const GalleyBlockView *block, uint32_t first, uint32_t end, int32_t year) {
  if (block->tokens[first].kind != GALLEY_TOKEN_NUMBER) { // '82 after a preposition
    return galley_date_after(block, first, YEAR_PREPOSITIONS | DATE_WORD(OF));
  }
  if (is_marked_before(block, first) || is_marked_after(block, end)) return false;
  int32_t next_year = galley_date_is_dash(block, end) ? galley_date_digits(block, end + 1) : 0;
  bool short_range = next_year > year % 100 && next_year < 100 && !galley_date_tight(block, end);
  bool range_begins = (next_year > year && next_year <= year + 200) || short_range;
  if ((galley_date_after(block, first, DATE_WORD(OVER)) && !range_begins) ||
      (first > 0 && galley_date_glue(block, first - 1) == GLUE_NUMBERED &&
       !galley_date_is_mark(block, first - 1, '.'))) {
    return false;
  }
  int32_t unit;
  bool units = galley_date_word(block, end, GALLEY_CLASS_DATE_UNIT, &unit) && unit > 32;
  if (units || has_class(block, end, GALLEY_IS(GALLEY_CLASS_SCALE))) return false;
  bool numbers = first > 2 && galley_date_is_dash(block, first - 1) &&
                 galley_date_digits(block, first - 2) >= 0 &&
                 galley_date_glue(block, first - 3) == GLUE_NUMBERED;
  if (numbers) return false; // "pages 1990-1995"
  bool introduced = galley_date_after(block, first, YEAR_PREPOSITIONS);
  bool noun = is_plural_noun(block, end);
  if (year >= 1900 && year < 2050) {
    return year % 100 != 0 || introduced || range_begins ||
           (!noun &&
            galley_date_after(block, first,
                              DATE_WORD(OF) | DATE_WORD(AND) | DATE_WORD(TO) | DATE_WORD(FOR)));
  }
  bool bracketed = first > 0 && galley_date_is_mark(block, first - 1, '(') &&
                   (galley_date_is_mark(block, end, ')') || galley_date_is_dash(block, end));
  bool range = first > 1 && galley_date_is_dash(block, first - 1) &&
               galley_date_digits(block, first - 2) >= 1000 &&
               galley_date_digits(block, first - 2) >= year - 200 &&
               galley_date_digits(block, first - 2) < year;
  bool more = first > 1 &&
              galley_date_after(block, first, DATE_WORD(AND) | DATE_WORD(TO) | DATE_WORD(OR)) &&
              galley_date_digits(block, first - 2) >= 1000 &&
              galley_date_digits(block, first - 2) < year;
  bool circa =
      first > 1 && galley_date_is_mark(block, first - 1, '.') &&
      (galley_date_spells(block, first - 2, "c") || galley_date_spells(block, first - 2, "ca"));
  bool dated = first > 1 && galley_date_is_mark(block, first - 1, ',') && year >= 1500 &&
               (galley_date_is_mark(block, end, '.') || galley_date_is_mark(block, end, ',') ||
                galley_date_is_mark(block, end, ')'));
  return bracketed || circa || dated || range || range_begins || more ||
         (introduced && !galley_date_is_noun(block, end));
}

// ---- seasons

bool galley_date_is_season(const GalleyBlockView *block, uint32_t at, bool the) {
  int32_t season;
  if (!galley_date_word(block, at, GALLEY_CLASS_SEASON, &season)) return false;
  uint32_t first = the ? at - 1 : at;
  bool starts = block->tokens[at].shape & GALLEY_SHAPE_SENTENCE_START;
  if (is_capital(block, at) && !starts) return false;
  const uint64_t introduced = DATE_WORD(IN) | DATE_WORD(BY) | DATE_WORD(SINCE) | DATE_WORD(UNTIL) |
                              DATE_WORD(DURING) | DATE_WORD(THROUGH) | DATE_WORD(THROUGHOUT);
  bool fall = galley_date_spells(block, at, "fall");
  if (fall && galley_date_glue(block, at + 1) == GLUE_OF) return false;
  if (fall && !the) return galley_date_after(block, first, DATE_WORD(BY) | DATE_WORD(SINCE));
  if (galley_date_after(block, first, introduced)) return galley_date_phrase_ends(block, at + 1);
  if (fall || season == 1) return false;
  return the && galley_date_phrase_ends(block, at + 1) &&
         galley_date_after(block, first,
                           DATE_WORD(FOR) | DATE_WORD(OVER) | DATE_WORD(OF) | DATE_WORD(BEFORE) |
                               DATE_WORD(AFTER) | DATE_WORD(TO));
}
