// parts-total in sentences: "41 members (22 women and 19 men)", "22 women and 19 men, 41 in all",
// "22 + 19 = 41".
#include "check_sentence.h"

#include <math.h>
#include <string.h>

#define PARTS_MAX 12
#define PART_WORDS_MAX 6 // "22 [members from the north]"
#define WHOLE_SHARE 0.8  // a list that adds up to less is not meant to be the whole

typedef struct {
  uint32_t parts[PARTS_MAX]; // atoms
  uint32_t count;
  uint32_t total; // atom
  uint32_t end;   // the atom behind the list
  bool weak;      // it need not be the whole
} List;

static bool is_symbol(const CheckSentence *sentence, uint32_t at, uint32_t symbol) {
  const CheckAtom *atom = check_atom(sentence, at);
  return atom->kind == ATOM_OTHER &&
         figure_is_punct(&sentence->block->view.tokens[atom->first], symbol);
}

static bool is_addend(const CheckSentence *sentence, uint32_t at) {
  return check_is_figure(sentence, at) && check_operand(sentence, at)->span->subtype == 0;
}

static bool same_unit(const CheckSentence *sentence, uint32_t a, uint32_t b) {
  return strcmp(check_operand(sentence, a)->unit, check_operand(sentence, b)->unit) == 0;
}

// Skips the words of one part. Stops at a figure, comma, "and", bracket, end.
static uint32_t skip_part(const CheckSentence *sentence, uint32_t at) {
  for (uint32_t words = 0; words < PART_WORDS_MAX; words++, at++) {
    const CheckAtom *atom = check_atom(sentence, at);
    bool word = atom->kind == ATOM_WORD && atom->part != FIGURE_PART_AND &&
                atom->word != CHECK_WORD_SOME_OF && atom->word != CHECK_WORD_TOTAL;
    if (!word && atom->kind != ATOM_DATE) break;
  }
  return at;
}

// Skips "they won" in front of a part, where that is allowed.
static uint32_t skip_lead(const CheckSentence *sentence, uint32_t at, uint32_t most) {
  uint32_t next = at;
  for (uint32_t words = 0; words < most && check_atom(sentence, next)->kind == ATOM_WORD; words++)
    next++;
  return is_addend(sentence, next) ? next : at;
}

// Reads "22 women, 10 men and 9 children" at `at`; each part may have `lead` words before it.
// False: no list of two parts or more with "and" before the last.
static bool read_list(const CheckSentence *sentence, uint32_t at, uint32_t lead, List *list) {
  bool last = false;
  uint32_t total = list->total;
  *list = (List){.total = total};
  at = skip_lead(sentence, at, lead);
  while (is_addend(sentence, at) && list->count < PARTS_MAX) {
    if (list->count && !same_unit(sentence, at, list->parts[0])) return false;
    list->parts[list->count++] = at;
    at = skip_part(sentence, at + 1);
    list->end = at;
    if (last) return true;
    if (check_atom(sentence, at)->kind == ATOM_COMMA) at++;
    last = check_atom(sentence, at)->part == FIGURE_PART_AND;
    if (last) at++;
    at = skip_lead(sentence, at, lead);
  }
  return false;
}

static bool ends_clause(const CheckSentence *sentence, uint32_t at) {
  const CheckAtom *atom = check_atom(sentence, at);
  return atom->kind == ATOM_NONE || atom->kind == ATOM_COMMA || is_symbol(sentence, at, '.') ||
         is_symbol(sentence, at, ';');
}

// The mark that the parts of the figure `at` stand behind: "(", ":" or "consists of". 0 none. A
// number between says how many parts there are: "48 seats among three parties: ...".
static uint32_t find_mark(const CheckSentence *sentence, uint32_t at, uint32_t *said) {
  enum { MOST = 12, PARTS = 100 };
  *said = 0;
  for (uint32_t mark = at + 1; mark <= at + MOST; mark++) {
    const CheckAtom *atom = check_atom(sentence, mark);
    if (atom->kind == ATOM_OPEN || is_symbol(sentence, mark, ':')) return mark;
    if (atom->word == CHECK_WORD_CONSIST) {
      for (uint32_t next = mark + 1; next < mark + 3; next++) {
        if (check_atom(sentence, next)->part == FIGURE_PART_OF) mark = next;
      }
      return mark;
    }
    if (is_addend(sentence, mark)) {
      double parts = check_operand(sentence, mark)->value;
      if (*said || !(parts >= 1 && parts <= PARTS)) return 0;
      *said = (uint32_t)parts;
      continue;
    }
    bool passes =
        atom->kind == ATOM_WORD || atom->kind == ATOM_DATE ||
        (atom->kind == ATOM_COMMA && check_atom(sentence, mark + 1)->word == CHECK_WORD_CONSIST);
    if (!passes || atom->word == CHECK_WORD_SOME_OF) return 0;
  }
  return 0;
}

// "41 members (22 women and 19 men)", "41 members: 22 women and 19 men.", "a crew of 24 consists of
// 15 Greeks and 9 Turks".
static bool read_total_first(const CheckSentence *sentence, uint32_t at, List *list) {
  uint32_t said;
  uint32_t mark = is_addend(sentence, at) ? find_mark(sentence, at, &said) : 0;
  if (!mark) return false;
  list->total = at;
  if (!read_list(sentence, mark + 1, 0, list) || (said && said != list->count)) return false;
  bool open = check_atom(sentence, mark)->kind == ATOM_OPEN;
  bool near = mark - at <= PART_WORDS_MAX; // a bracket belongs to what is right before it
  if (!same_unit(sentence, at, list->parts[0])) return false;
  return open ? near && check_atom(sentence, list->end)->kind == ATOM_CLOSE
              : ends_clause(sentence, list->end);
}

// "Of the 60 people asked, 31 said yes, 22 said no and 7 did not know." What is counted may
// overlap or be left out, so it is only told when it is a little off.
static bool read_of_list(const CheckSentence *sentence, uint32_t at, List *list) {
  list->total = is_addend(sentence, at) ? check_whole_before(sentence, at, true) : 0;
  if (!list->total && is_addend(sentence, at) && at > 2 &&
      check_atom(sentence, at - 2)->part == FIGURE_PART_OF &&
      check_atom(sentence, at - 1)->kind == ATOM_WORD) { // 72 vessels, of which
    uint32_t comma = at - 3, whole = comma;
    while (whole > 0 && check_atom(sentence, whole - 1)->kind == ATOM_WORD && comma - whole < 4)
      whole--;
    if (check_atom(sentence, comma)->kind == ATOM_COMMA && whole > 0 &&
        is_addend(sentence, whole - 1)) {
      list->total = whole - 1;
    }
  }
  if (!list->total || !read_list(sentence, at, 0, list)) {
    uint32_t total = list->total;
    list->total = total;
    if (!total || !read_list(sentence, at, 3, list)) return false;
  }
  if (!same_unit(sentence, list->total, list->parts[0])) return false;
  double sum = 0, whole = check_operand(sentence, list->total)->value;
  for (uint32_t i = 0; i < list->count; i++)
    sum += check_operand(sentence, list->parts[i])->value;
  list->weak = true;
  bool over = sum > whole && sum <= whole * (list->count > 2 ? 1.3 : 1.2);
  bool under = sum < whole && sum >= whole * 0.85 && list->count > 2;
  return over || under || sum == whole;
}

// Reads "for a total of 41", "totalling 41", "41 in all" behind the list.
static bool read_total_last(const CheckSentence *sentence, uint32_t at, List *list) {
  if (!read_list(sentence, at, 0, list)) return false;
  uint32_t next = list->end;
  const CheckAtom *mark = check_atom(sentence, next);
  if (mark->kind == ATOM_COMMA || mark->kind == ATOM_DASH || mark->kind == ATOM_OPEN) next++;
  bool total = false;
  for (uint32_t words = 0; words < 5; words++, next++) {
    const CheckAtom *atom = check_atom(sentence, next);
    total = total || atom->word == CHECK_WORD_TOTAL;
    if (is_addend(sentence, next)) break;
    bool passes = atom->kind == ATOM_WORD &&
                  (atom->word == CHECK_WORD_TOTAL || atom->word == CHECK_WORD_FILLER ||
                   atom->part == FIGURE_PART_OF || atom->word == CHECK_WORD_CLOSE);
    if (!passes) return false;
  }
  list->total = next;
  if (!is_addend(sentence, next) || !same_unit(sentence, next, list->parts[0])) return false;
  const CheckAtom *in = check_atom(sentence, next + 1), *all = check_atom(sentence, next + 2);
  bool in_all =
      in->part == FIGURE_PART_IN && (all->part == FIGURE_PART_ITS || all->word == CHECK_WORD_TOTAL);
  return total || in_all;
}

// "22 + 19 = 41".
static bool read_sum(const CheckSentence *sentence, uint32_t at, List *list) {
  *list = (List){0};
  while (is_addend(sentence, at) && list->count < PARTS_MAX) {
    list->parts[list->count++] = at;
    if (is_symbol(sentence, at + 1, '=')) {
      list->total = at + 2;
      return list->count > 1 && is_addend(sentence, at + 2);
    }
    bool plus =
        is_symbol(sentence, at + 1, '+') || check_atom(sentence, at + 1)->part == FIGURE_PART_PLUS;
    if (!plus) return false;
    at += 2;
  }
  return false;
}

static double share_scale(const CheckSentence *sentence, const List *list, GalleyOperand *out) {
  const GalleyOperand *last = check_operand(sentence, list->parts[list->count - 1]);
  double sum = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    out[i] = *check_operand(sentence, list->parts[i]);
    if (i + 1 < list->count) galley_operand_share_scale(&out[i], last);
    sum += out[i].value;
  }
  return sum;
}

static GalleyInterval sum_at(const GalleyOperand *parts, uint32_t count, GalleyWidth width) {
  GalleyInterval sum = {0, 0};
  for (uint32_t i = 0; i < count; i++)
    sum = galley_interval_add(sum, galley_operand_interval(&parts[i], width));
  return sum;
}

static void check_list(const CheckSentence *sentence, const List *list, bool exact) {
  GalleyOperand parts[PARTS_MAX];
  const GalleyOperand *total = check_operand(sentence, list->total);
  double sum = share_scale(sentence, list, parts);
  GalleyInterval strict = sum_at(parts, list->count, GALLEY_WIDTH_STRICT);
  GalleyOutcome outcome = check_judge(galley_operand_interval(total, GALLEY_WIDTH_STRICT),
                                      galley_operand_interval(total, GALLEY_WIDTH_ROUND), strict,
                                      sum_at(parts, list->count, GALLEY_WIDTH_ROUND));
  bool holds = outcome == GALLEY_OUTCOME_OK;
  if (!holds && list->weak) outcome = GALLEY_OUTCOME_NEAR;
  bool partly = sum < total->value * WHOLE_SHARE || sum * WHOLE_SHARE > total->value;
  if (!holds && !exact && partly) return;
  char text[CHECK_PHRASE_SIZE];
  check_write_like(sentence, total, sum, text);
  uint32_t first = list->total < list->parts[0] ? list->total : list->parts[0];
  uint32_t end = list->parts[list->count - 1];
  check_report(sentence, GALLEY_CHECK_PARTS_TOTAL, outcome, first,
               end > list->total ? end : list->total);
  GalleyFindingList *found = sentence->block->found;
  if (holds) {
    galley_finding_say(found, "the %u parts add up to %s: holds", list->count, text);
  } else {
    galley_finding_say(found, "the %u parts add up to %s, not %.*s", list->count, text,
                       OPERAND_TEXT(sentence, total));
  }
  check_relate(sentence, total, "the total");
  for (uint32_t i = 0; i < list->count; i++)
    check_relate(sentence, &parts[i], "part");
  if (holds) return;
  check_offer(sentence, total, sum);
  for (uint32_t i = 0; i < list->count; i++)
    check_offer(sentence, &parts[i], parts[i].value + total->value - sum);
}

void check_totals(const CheckSentence *sentence) {
  for (uint32_t i = 0; sentence->operand_count > 2 && i < sentence->atom_count; i++) {
    List list = {0};
    bool exact = read_sum(sentence, i, &list);
    if (!exact && !read_total_first(sentence, i, &list) && !read_total_last(sentence, i, &list) &&
        !read_of_list(sentence, i, &list)) {
      continue;
    }
    check_list(sentence, &list, exact);
    uint32_t last = list.parts[list.count - 1];
    i = last > list.total ? last : list.total;
  }
}
