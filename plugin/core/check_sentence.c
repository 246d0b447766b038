#include "check_sentence.h"

#include "check_family.h"

#include <string.h>

static uint8_t kind_of(const GalleyToken *token) {
  if (token->taken & (1u << GALLEY_KIND_DATE)) return ATOM_DATE;
  if (token->kind == GALLEY_TOKEN_WORD) return ATOM_WORD;
  if (token->kind != GALLEY_TOKEN_PUNCT) return ATOM_OTHER;
  switch (token->symbol) {
  case ',':
    return ATOM_COMMA;
  case '(':
    return ATOM_OPEN;
  case ')':
    return ATOM_CLOSE;
  default:
    return figure_is_dash(token) ? ATOM_DASH : ATOM_OTHER;
  }
}

static CheckAtom *add_atom(CheckSentence *self, uint8_t kind, uint32_t first, uint32_t last) {
  if (self->atom_count == CHECK_ATOMS_MAX) return NULL;
  CheckAtom *atom = &self->atoms[self->atom_count++];
  *atom = (CheckAtom){.kind = kind, .first = first, .last = last};
  return atom;
}

static bool add_word(CheckSentence *self, uint32_t at) {
  const GalleyToken *token = &self->block->view.tokens[at];
  uint8_t kind = kind_of(token);
  CheckAtom *last = self->atom_count ? &self->atoms[self->atom_count - 1] : NULL;
  if (kind == ATOM_DATE && last && last->kind == ATOM_DATE) {
    last->last = at;
    return true;
  }
  CheckAtom *atom = add_atom(self, kind, at, at);
  if (!atom) return false;
  atom->change = (uint8_t)figure_value(token, GALLEY_CLASS_CHANGE);
  atom->word = (uint8_t)figure_value(token, GALLEY_CLASS_CHECK_WORD);
  atom->part = (uint8_t)figure_part(token);
  self->ranks = self->ranks || (kind == ATOM_WORD && atom->word == CHECK_WORD_RANK);
  self->rates = self->rates || (kind == ATOM_WORD && figure_is(token, GALLEY_CLASS_CURRENCY));
  return true;
}

// A range becomes its two figures with the words between them: "from 10 to 15 percent" is a change
// as often as a range.
static bool add_figure(CheckSentence *self, const GalleySpan *span, uint32_t first, uint32_t last) {
  const GalleyBlockView *view = &self->block->view;
  GalleyOperand read[GALLEY_OPERANDS_PER_SPAN];
  uint32_t count = galley_operands_read(view, span, read);
  if (self->operand_count + 2 > CHECK_OPERANDS_MAX) return false;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t from = i ? galley_check_token(view, read[i].start) : first;
    uint32_t to = i + 1 < count ? galley_check_token(view, read[i].end - 1) : last;
    CheckAtom *atom = add_atom(self, ATOM_FIGURE, from, to);
    if (!atom) return false;
    atom->operand = (uint16_t)self->operand_count;
    self->operands[self->operand_count++] = read[i];
    for (uint32_t at = to + 1; i + 1 < count && at < last; at++) {
      if (view->tokens[at].start >= read[1].start) break;
      if (!add_word(self, at)) return false;
    }
  }
  if (count) return true;
  CheckAtom *atom = add_atom(self, ATOM_OTHER, first, last);
  if (!atom) return false;
  atom->change = (uint8_t)figure_value(&view->tokens[last], GALLEY_CLASS_CHANGE);
  return true;
}

// The first figure that ends after byte `at`, from span `*index` on.
static const GalleySpan *figure_from(const GalleySpanList *spans, uint32_t *index, uint32_t at) {
  for (; *index < spans->count; (*index)++) {
    const GalleySpan *span = &spans->items[*index];
    if (span->kind == GALLEY_KIND_FIGURE && span->end > at) return span;
  }
  return NULL;
}

// The first span that starts at or after byte `at`.
static uint32_t first_span(const GalleySpanList *spans, uint32_t at) {
  uint32_t low = 0, high = spans->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (spans->items[middle].start >= at) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

// False: the sentence is too long to be read.
static bool read_sentence(CheckSentence *self, uint32_t first, uint32_t last) {
  const GalleyBlockView *view = &self->block->view;
  uint32_t index = first_span(view->spans, view->tokens[first].start);
  self->atom_count = self->operand_count = 0;
  self->ranks = self->rates = false;
  for (uint32_t at = first; at < last; at++) {
    const GalleyToken *token = &view->tokens[at];
    const GalleySpan *span = figure_from(view->spans, &index, token->start);
    bool done = true;
    if (span && span->start <= token->start) {
      uint32_t end = at;
      while (end + 1 < last && view->tokens[end + 1].start < span->end)
        end++;
      done = add_figure(self, span, at, end);
      at = end;
    } else {
      done = add_word(self, at);
    }
    if (!done) return false;
  }
  return true;
}

// Reads the next sentence that has two figures or more, from token `*at` on; moves `*at` behind it.
// False: none is left.
static bool next_sentence(CheckSentence *self, uint32_t *at) {
  const GalleyBlockView *view = &self->block->view;
  while (*at < view->token_count) {
    uint32_t first = *at, figures = 0;
    uint16_t sentence = view->tokens[first].sentence;
    for (; *at < view->token_count && view->tokens[*at].sentence == sentence; (*at)++) {
      if (view->tokens[*at].taken & (1u << GALLEY_KIND_FIGURE)) figures++;
    }
    if (figures >= 2 && sentence != UINT16_MAX && read_sentence(self, first, *at) &&
        self->operand_count >= 2) {
      return true;
    }
  }
  return false;
}

bool galley_check_sentences(GalleyCheckBlock *block) {
  static void (*const checks[])(const CheckSentence *) = {check_changes, check_ratios,
                                                          check_totals};
  CheckSentence sentence;
  sentence.block = block;
  for (uint32_t at = 0; next_sentence(&sentence, &at);) {
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
      checks[i](&sentence);
  }
  return !block->found->failed;
}

// "per share", "a share", "like-for-like", "net of inflation".
static bool escapes(const CheckSentence *self, uint32_t at) {
  const CheckAtom *atom = check_atom(self, at), *before = check_atom(self, at - 1);
  if (atom->kind != ATOM_WORD) return false;
  if (atom->word == CHECK_WORD_ESCAPE) return true;
  if (atom->part == FIGURE_PART_PER) return true;
  static const char *const words[] = {"share", "like", "inflation"};
  const GalleyToken *token = &self->block->view.tokens[atom->first];
  const char *bytes = self->block->view.bytes + token->start;
  size_t i = 0;
  while (i < 3 && (strlen(words[i]) != figure_length(token) || words[i][0] != (bytes[0] | 0x20) ||
                   memcmp(words[i] + 1, bytes + 1, figure_length(token) - 1) != 0))
    i++;
  if (i == 0)
    return before->part == FIGURE_PART_A && check_atom(self, at + 1)->part != FIGURE_PART_OF;
  if (i == 1) return check_atom(self, at + 1)->kind == ATOM_DASH;
  return i == 2 && at > 0;
}

bool check_is_escaped(const CheckSentence *self, uint32_t first, uint32_t last) {
  enum { BEFORE = 16, AFTER = 10 };
  uint32_t at = first > BEFORE ? first - BEFORE : 0;
  for (; at < self->atom_count && at <= last + AFTER; at++) {
    if (escapes(self, at)) return true;
  }
  return false;
}

bool check_is_percent(const GalleyOperand *operand) {
  return strcmp(operand->unit, "percent") == 0;
}

// The last word of the counted noun; the number of bytes, 0 none.
static uint32_t noun_head(const CheckSentence *self, const GalleyOperand *operand,
                          const char **head) {
  GalleyRange noun = operand->span->figure.noun;
  uint32_t at = noun.end;
  while (at > noun.start && self->block->view.bytes[at - 1] != ' ')
    at--;
  const GalleyToken *token =
      figure_token(&self->block->view, galley_check_token(&self->block->view, at));
  if (figure_is(token, GALLEY_CLASS_DATE_UNIT))
    at = noun.end; // "the 30 million of the year before"
  *head = self->block->view.bytes + at;
  return noun.end - at;
}

bool check_same_kind(const CheckSentence *self, const GalleyOperand *a, const GalleyOperand *b) {
  if (a->unit[0] && b->unit[0]) return strcmp(a->unit, b->unit) == 0;
  bool share = check_is_percent(a) || check_is_percent(b);
  if (share) return false;
  const char *a_head, *b_head;
  uint32_t a_length = noun_head(self, a, &a_head), b_length = noun_head(self, b, &b_head);
  uint32_t shorter = a_length < b_length ? a_length : b_length;
  if (!shorter) return true;
  uint32_t stem = shorter > 3 ? shorter - 2 : shorter; // day, days; country, countries
  return memcmp(a_head, b_head, stem) == 0;
}

int check_text_length(const CheckSentence *self, const GalleyOperand *operand) {
  uint32_t length = operand->end - operand->start;
  const char *bytes = self->block->view.bytes + operand->start;
  if (length > 60) {
    length = 60;
    while (length > 0 && ((unsigned char)bytes[length] & 0xc0) == 0x80)
      length--;
  }
  return (int)length;
}

static bool is_word(const CheckAtom *atom) {
  return atom->kind == ATOM_WORD && atom->part != FIGURE_PART_AND;
}

uint32_t check_whole_before(const CheckSentence *self, uint32_t at, bool leads) {
  enum { VERB_WORDS = 2, NOUN_WORDS = 5, LEAD_WORDS = 4 };
  uint32_t words = 0;
  while (at > 0 && is_word(check_atom(self, at - 1)) && words++ < VERB_WORDS)
    at--;
  if (at < 2 || check_atom(self, at - 1)->kind != ATOM_COMMA) return 0;
  at--;
  for (words = 0; at > 0 && is_word(check_atom(self, at - 1)) && words < NOUN_WORDS; words++)
    at--;
  if (at < 2 || !check_is_figure(self, at - 1)) return 0;
  uint32_t whole = at - 1;
  if (check_operand(self, whole)->span->subtype != 0) return 0;
  for (words = 0, at = whole; at > 0 && words < LEAD_WORDS; words++) {
    const CheckAtom *lead = check_atom(self, --at);
    if (lead->part == FIGURE_PART_OF || lead->word == CHECK_WORD_AMONG) {
      return !leads || at == 0 || check_atom(self, at - 1)->kind == ATOM_COMMA ? whole : 0;
    }
    if (lead->kind != ATOM_WORD && lead->kind != ATOM_OTHER) return 0;
  }
  return 0;
}

GalleyOutcome check_judge(GalleyInterval stated, GalleyInterval wide_stated,
                          GalleyInterval computed, GalleyInterval wide_computed) {
  if (galley_interval_meet(stated, computed)) return GALLEY_OUTCOME_OK;
  bool near =
      galley_interval_meet(wide_stated, computed) || galley_interval_meet(stated, wide_computed);
  return near ? GALLEY_OUTCOME_NEAR : GALLEY_OUTCOME_BAD;
}

// ---- Reporting ----

void check_report(const CheckSentence *self, GalleyCheck check, GalleyOutcome outcome,
                  uint32_t first, uint32_t last) {
  const GalleyToken *tokens = self->block->view.tokens;
  galley_check_begin(self->block, check, outcome, tokens[check_atom(self, first)->first].start,
                     tokens[check_atom(self, last)->last].end);
}

void check_relate(const CheckSentence *self, const GalleyOperand *operand, const char *what) {
  galley_finding_relate(self->block->found, operand->start, operand->end, "%s", what);
}

void check_offer(const CheckSentence *self, const GalleyOperand *operand, double value) {
  check_offer_operand(self->block->found, self->block->view.bytes, operand, value);
}

void check_write_like(const CheckSentence *self, const GalleyOperand *operand, double value,
                      char out[CHECK_PHRASE_SIZE]) {
  check_write_operand(self->block->view.bytes, operand, value, out);
}
