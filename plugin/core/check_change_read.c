// Reads statements of change: the word (rose, up, a fall of), then figures by their prepositions.
#include "check_change.h"

#include <string.h>

#define OBJECT_WORDS_MAX 5 // "cut the price of a ticket from"

typedef struct {
  CheckChange *change;
  uint32_t at;
  uint32_t object_words;
  bool open; // a size may stand here
} Reader;

static const GalleyToken *token_of(const CheckSentence *sentence, const CheckAtom *atom) {
  return &sentence->block->view.tokens[atom->first];
}

static bool is_clitic(const CheckSentence *sentence, const CheckAtom *atom) {
  return atom->kind == ATOM_OTHER && token_of(sentence, atom)->kind == GALLEY_TOKEN_CLITIC;
}

// Stands between a change and its figures without a say: "in the third quarter of 2015".
static bool is_filler(const CheckSentence *sentence, uint32_t at) {
  const CheckAtom *atom = check_atom(sentence, at);
  if (atom->kind == ATOM_DATE || is_clitic(sentence, atom)) return true;
  return atom->kind == ATOM_WORD &&
         (atom->word == CHECK_WORD_FILLER || atom->word == CHECK_WORD_TOTAL);
}

// Part of what the figure before it counts: "5,600 [electric cars]".
static bool is_counted(const CheckSentence *sentence, uint32_t at, uint32_t figure) {
  const CheckAtom *atom = check_atom(sentence, at);
  if (atom->kind != ATOM_WORD || !check_is_figure(sentence, figure)) return false;
  GalleyRange noun = check_operand(sentence, figure)->span->figure.noun;
  uint32_t start = token_of(sentence, atom)->start;
  return start >= noun.start && start < noun.end;
}

static bool is_adverb(const CheckSentence *sentence, const CheckAtom *atom) {
  const GalleyToken *token = token_of(sentence, atom);
  const char *end = sentence->block->view.bytes + token->end;
  return token->end - token->start > 4 && memcmp(end - 2, "ly", 2) == 0;
}

static bool is_plain_word(const CheckAtom *atom) {
  return atom->kind == ATOM_WORD && atom->change == 0;
}

static bool is_size(const GalleyOperand *operand) {
  return check_is_percent(operand) || strcmp(operand->unit, "pp") == 0 ||
         strcmp(operand->unit, "bp") == 0;
}

static bool take_size(CheckChange *change, uint32_t at) {
  const GalleyOperand *operand = check_operand(change->sentence, at);
  bool share = is_size(operand);
  if (operand->value < 1 && operand->digits == operand->digits_end) return false; // by a third
  if (share && check_atom(change->sentence, at + 1)->part == FIGURE_PART_OF) return false;
  uint32_t *slot = share ? &change->percent : &change->amount;
  if (*slot != CHANGE_NONE) return false;
  *slot = at;
  return true;
}

// The figure that a preposition before atom `at` leads to, past "a level of", "finish the day at".
static uint32_t led_to(const CheckSentence *sentence, uint32_t at) {
  for (uint32_t words = 0; words < 8; words++, at++) {
    const CheckAtom *atom = check_atom(sentence, at);
    if (atom->kind == ATOM_FIGURE) return at;
    bool leads =
        atom->kind == ATOM_WORD &&
        (atom->word == CHECK_WORD_CLOSE || atom->word == CHECK_WORD_LEVEL ||
         atom->part == FIGURE_PART_AT || atom->part == FIGURE_PART_TO ||
         atom->part == FIGURE_PART_FROM ||
         (atom->part == FIGURE_PART_OF && check_atom(sentence, at - 1)->word == CHECK_WORD_LEVEL));
    if (!leads && !is_filler(sentence, at)) return CHANGE_NONE;
  }
  return CHANGE_NONE;
}

// Reads "to 5,600" or "from 5,000" at the reader. False: something else stands there.
static bool read_end(Reader *self, uint32_t *slot) {
  uint32_t figure = led_to(self->change->sentence, self->at + 1);
  if (figure == CHANGE_NONE || *slot != CHANGE_NONE) return false;
  *slot = figure;
  self->at = figure + 1;
  self->open = false;
  return true;
}

static bool has_size(const CheckChange *change) {
  return change->percent != CHANGE_NONE || change->amount != CHANGE_NONE;
}

static bool has_ends(const CheckChange *change) {
  return change->from != CHANGE_NONE || change->to != CHANGE_NONE;
}

// Reads "compared with 5,000": often another base, so it may confirm only.
static bool read_base(Reader *self) {
  const CheckSentence *sentence = self->change->sentence;
  uint32_t figure = led_to(sentence, self->at + 1);
  if (figure == CHANGE_NONE) figure = led_to(sentence, self->at + 2); // compared [with]
  if (figure == CHANGE_NONE || self->change->from != CHANGE_NONE) return false;
  self->change->from = figure;
  self->change->loose = true;
  self->at = figure + 1;
  self->open = false;
  return true;
}

static bool read_word(Reader *self) {
  CheckChange *change = self->change;
  const CheckAtom *atom = check_atom(change->sentence, self->at);
  switch (atom->part) {
  case FIGURE_PART_TO:
    return read_end(self, &change->to);
  case FIGURE_PART_FROM:
    if (read_end(self, &change->from)) return true;
    self->at++; // from a year earlier
    return is_filler(change->sentence, self->at);
  case FIGURE_PART_THAN: // 5% higher than
    return read_end(self, &change->from);
  case FIGURE_PART_BY:
  case FIGURE_PART_OF:
    self->open = !has_size(change);
    self->at++;
    return self->open;
  case FIGURE_PART_OR:
    self->open = true;
    self->at++;
    return check_is_figure(change->sentence, self->at);
  case FIGURE_PART_AT:
    if (read_end(self, &change->to)) return true;
    self->at++; // at the closing bell
    return !has_ends(change);
  default:
    break;
  }
  if (atom->word == CHECK_WORD_THAT_IS) {
    self->open = true;
    self->at++;
    if (check_atom(change->sentence, self->at)->word == CHECK_WORD_GO) self->at++;
    return check_is_figure(change->sentence, self->at);
  }
  if (atom->word == CHECK_WORD_AGAINST) return read_base(self);
  if (atom->word == CHECK_WORD_CLOSE && read_end(self, &change->to)) return true;
  bool object = !has_ends(change) && is_plain_word(atom) && self->object_words < OBJECT_WORDS_MAX;
  bool passes = is_filler(change->sentence, self->at) || is_adverb(change->sentence, atom);
  if (!passes && object) {
    self->object_words++;
    self->open = false;
  }
  self->at++;
  return passes || object;
}

// "149p [a litre]", "$70 [per barrel]": the words that are so, 0 or 2.
static uint32_t per_unit(const CheckSentence *sentence, uint32_t at) {
  const CheckAtom *per = check_atom(sentence, at), *unit = check_atom(sentence, at + 1);
  bool leads =
      per->kind == ATOM_WORD && (per->part == FIGURE_PART_A || per->part == FIGURE_PART_PER);
  bool word = unit->kind == ATOM_WORD && unit->part == FIGURE_PART_NONE && !unit->change;
  bool date = per->kind == ATOM_WORD && unit->kind == ATOM_DATE;
  return leads && (word || date) ? 2 : 0;
}

static bool goes_on(const CheckSentence *sentence, uint32_t at) {
  const CheckAtom *atom = check_atom(sentence, at);
  return is_filler(sentence, at) || atom->word == CHECK_WORD_CLOSE ||
         atom->part == FIGURE_PART_TO || atom->part == FIGURE_PART_FROM ||
         atom->part == FIGURE_PART_OR || atom->part == FIGURE_PART_AT ||
         atom->word == CHECK_WORD_THAT_IS || atom->word == CHECK_WORD_AGAINST;
}

// Reads what stands right of the word of change.
static void read_right(CheckChange *change, bool open) {
  const CheckSentence *sentence = change->sentence;
  Reader reader = {.change = change, .at = change->word + 1, .open = open};
  uint32_t figure = CHANGE_NONE; // the last one
  for (;;) {
    const CheckAtom *atom = check_atom(sentence, reader.at);
    bool read = false;
    if (atom->kind == ATOM_FIGURE) {
      read = reader.open && take_size(change, reader.at);
      reader.open = false;
      reader.at++;
    } else if (figure == reader.at - 1 && per_unit(sentence, reader.at)) {
      read = true;
      reader.at += 2;
    } else if (is_counted(sentence, reader.at, figure)) {
      read = true;
      reader.at++;
    } else if (atom->kind == ATOM_WORD) {
      read = read_word(&reader);
    } else if (atom->kind == ATOM_COMMA) {
      reader.at++;
      read = goes_on(sentence, reader.at);
    } else if (atom->kind == ATOM_OPEN) {
      reader.at++;
      read = check_is_figure(sentence, reader.at) &&
             (!has_ends(change) || is_size(check_operand(sentence, reader.at)));
      reader.open = read;
    } else if (atom->kind == ATOM_DATE || atom->kind == ATOM_CLOSE || is_clitic(sentence, atom)) {
      reader.at++;
      read = true;
    }
    if (!read) break;
    if (check_is_figure(sentence, reader.at - 1)) figure = reader.at - 1;
    if (figure != CHANGE_NONE) change->last = figure;
  }
}

// The size in front of its word: "a 12% rise", "5% higher".
static void read_size_before(CheckChange *change, uint32_t most) {
  const CheckSentence *sentence = change->sentence;
  uint32_t at = change->word;
  for (uint32_t words = 0; words < most && at > 0; words++) {
    at--;
    const CheckAtom *atom = check_atom(sentence, at);
    if (atom->kind == ATOM_FIGURE) {
      if (take_size(change, at)) change->first = at;
      return;
    }
    bool joins =
        is_plain_word(atom) && atom->part == FIGURE_PART_NONE && atom->word != CHECK_WORD_GO;
    if (!joins && atom->kind != ATOM_DASH) return;
  }
}

// "9.9 seconds" is a date's span, and not a filler where figures are looked for.
static bool is_duration(const CheckSentence *sentence, const CheckAtom *atom) {
  const GalleyToken *tokens = sentence->block->view.tokens;
  return atom->kind == ATOM_DATE && tokens[atom->first].kind == GALLEY_TOKEN_NUMBER &&
         figure_is(&tokens[atom->last], GALLEY_CLASS_DATE_UNIT);
}

// Steps left over words that belong to the figure at its left, to that figure.
static uint32_t figure_before(const CheckSentence *sentence, uint32_t at) {
  for (uint32_t words = 0; words < 6 && at > 0; words++) {
    at--;
    const CheckAtom *atom = check_atom(sentence, at);
    if (atom->kind == ATOM_FIGURE) return at;
    if (is_duration(sentence, atom)) return CHANGE_NONE;
    if (is_filler(sentence, at)) continue;
    bool noun = is_plain_word(atom) && atom->part == FIGURE_PART_NONE && atom->word == 0;
    if (!noun) return CHANGE_NONE;
  }
  return CHANGE_NONE;
}

// Whether a preposition leads to the figure.
static bool led_by(const CheckSentence *sentence, uint32_t figure, FigurePart part) {
  uint32_t at = figure;
  while (at > 0 && is_filler(sentence, at - 1))
    at--;
  return at > 0 && check_atom(sentence, at - 1)->part == (uint8_t)part;
}

// Whether a figure further left may be meant as well: "sold 5,600 cars in 40 towns, up from 5,000".
static bool has_rival(const CheckSentence *sentence, uint32_t figure) {
  enum { REACH = 14 }; // atoms
  const GalleyOperand *operand = check_operand(sentence, figure);
  for (uint32_t at = figure; at-- > 0 && figure - at < REACH;) {
    if (check_is_figure(sentence, at) &&
        strcmp(check_operand(sentence, at)->unit, operand->unit) == 0) {
      return true;
    }
  }
  return false;
}

// Takes the figure left of ", up from 5,000" as what it rose to.
static void take_left(CheckChange *change, uint32_t figure) {
  const CheckSentence *sentence = change->sentence;
  const GalleyOperand *from = check_operand(sentence, change->from);
  const GalleyOperand *to = check_operand(sentence, figure);
  bool units = !from->unit[0] == !to->unit[0];
  bool single = to->span->subtype == 0 && to->span->type != GALLEY_FIGURE_RATIO;
  if (change->to != CHANGE_NONE || !units || !single ||
      led_by(sentence, figure, FIGURE_PART_FROM)) {
    return;
  }
  change->to = figure;
  change->loose = change->loose || has_rival(sentence, figure);
}

// "rose from 4,000 to 5,000, [up 25%]", "sold 5,600 cars, [up 12%] from 5,000".
static void read_left(CheckChange *change) {
  const CheckSentence *sentence = change->sentence;
  uint32_t at = change->first;
  while (at > 0 && is_filler(sentence, at - 1) && check_atom(sentence, at - 1)->kind == ATOM_WORD)
    at--;
  const CheckAtom *mark = at > 0 ? check_atom(sentence, at - 1) : NULL;
  bool pause = mark && (mark->kind == ATOM_COMMA || mark->kind == ATOM_OPEN ||
                        mark->kind == ATOM_DASH || mark->word == CHECK_WORD_GO);
  if (!pause) return;
  uint32_t late = figure_before(sentence, at - 1);
  if (late == CHANGE_NONE) return;
  if (change->from != CHANGE_NONE) {
    take_left(change, late);
    return;
  }
  bool to_last = led_by(sentence, late, FIGURE_PART_TO);
  bool from_last = led_by(sentence, late, FIGURE_PART_FROM);
  if (change->to != CHANGE_NONE || (!to_last && !from_last)) return;
  uint32_t before = late;
  while (before > 0 && check_atom(sentence, before - 1)->part !=
                           (uint8_t)(to_last ? FIGURE_PART_TO : FIGURE_PART_FROM))
    before--;
  uint32_t early = before > 0 ? figure_before(sentence, before - 1) : CHANGE_NONE;
  if (early == CHANGE_NONE) return;
  if (!led_by(sentence, early, to_last ? FIGURE_PART_FROM : FIGURE_PART_TO)) return;
  change->from = to_last ? early : late;
  change->to = to_last ? late : early;
}

static uint8_t factor_hedge(const CheckSentence *sentence, uint32_t at) {
  const CheckAtom *atom = check_atom(sentence, at), *before = check_atom(sentence, at - 1);
  if (atom->kind == ATOM_WORD && before->kind == ATOM_WORD) {
    if (before->part == FIGURE_PART_THAN) return GALLEY_HEDGE_OVER; // more than halved
    int32_t hedge = figure_value(token_of(sentence, before), GALLEY_CLASS_HEDGE);
    return hedge == 2 ? GALLEY_HEDGE_NEARLY : hedge ? GALLEY_HEDGE_ABOUT : GALLEY_HEDGE_NONE;
  }
  if (atom->kind != ATOM_OTHER) return GALLEY_HEDGE_NONE;
  const GalleyToken *first = token_of(sentence, atom);
  if (atom->first == atom->last) return GALLEY_HEDGE_NONE;
  if (figure_part(first) == FIGURE_PART_MORE) return GALLEY_HEDGE_OVER;
  return figure_value(first, GALLEY_CLASS_HEDGE) == 2 ? GALLEY_HEDGE_NEARLY : GALLEY_HEDGE_ABOUT;
}

// "Up" and "down" tell a change where a verb of motion or a pause stands before them, or a size.
static bool tells_change(const CheckSentence *sentence, const CheckChange *change, uint8_t word) {
  bool size = has_size(change);
  if (word & CHANGE_VERB) return true;
  if (word & CHANGE_NOUN || size) return size;
  FigurePart part = (FigurePart)check_atom(sentence, change->word)->part;
  if (part == FIGURE_PART_MORE || part == FIGURE_PART_LESS) return false; // without a size
  const CheckAtom *before = check_atom(sentence, change->word - 1);
  return before->kind == ATOM_COMMA || before->kind == ATOM_OPEN || before->kind == ATOM_DASH ||
         before->word == CHECK_WORD_GO || (before->change & CHANGE_VERB);
}

bool check_change_read(const CheckSentence *sentence, uint32_t at, CheckChange *out) {
  uint8_t word = check_atom(sentence, at)->change;
  *out = (CheckChange){.sentence = sentence,
                       .word = at,
                       .percent = CHANGE_NONE,
                       .amount = CHANGE_NONE,
                       .from = CHANGE_NONE,
                       .to = CHANGE_NONE,
                       .first = at,
                       .last = at};
  if (word >= CHANGE_FACTOR) {
    out->factor = word == CHANGE_HALF ? 0.5 : word - CHANGE_FACTOR;
    out->hedge = factor_hedge(sentence, at);
    read_right(out, false);
    return out->from != CHANGE_NONE && out->to != CHANGE_NONE;
  }
  if (word == 0) return false;
  out->direction = word & CHANGE_UP ? 1 : -1;
  if (word & (CHANGE_NOUN | CHANGE_PARTICLE)) read_size_before(out, word & CHANGE_NOUN ? 3 : 1);
  read_right(out, (word & (CHANGE_VERB | CHANGE_PARTICLE)) && !has_size(out));
  if (word & (CHANGE_NOUN | CHANGE_PARTICLE)) read_left(out);
  return tells_change(sentence, out, word) && out->to != CHANGE_NONE &&
         (out->from != CHANGE_NONE || has_size(out));
}
