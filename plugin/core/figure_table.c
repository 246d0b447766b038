// Tables: a number takes the unit and scale that the header of its column states, as in
// "| Orders, £m |", "| Share (%) |", "| Votes (thousands) |".
#include "figure.h"

#include <string.h>

enum { COLUMNS_MAX = 24 };

// What the header of a column says of the numbers below it.
typedef struct {
  GalleyFigureUnit unit;
  int32_t scale; // power of ten
  bool measured; // it has a unit
  bool found;
} Header;

// A walk over the tokens of a table that knows in which cell each stands. Bars are no tokens.
typedef struct {
  const GalleyBlockView *block;
  uint32_t at;          // token
  uint32_t row, column; // of that token
  uint32_t byte;        // that was looked at up to here
  bool row_begins;      // only blanks since the row began
} Walk;

// Moves on to the cell of token `walk->at`.
static void enter(Walk *walk) {
  const char *bytes = walk->block->bytes;
  uint32_t start = walk->block->tokens[walk->at].start;
  for (; walk->byte < start; walk->byte++) {
    char c = bytes[walk->byte];
    if (c == '\n') {
      walk->row++;
      walk->column = 0;
      walk->row_begins = true;
    } else if (c == '|' && (walk->byte == 0 || bytes[walk->byte - 1] != '\\')) {
      if (!walk->row_begins) walk->column++;
      walk->row_begins = false;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      walk->row_begins = false;
    }
  }
  walk->byte = walk->block->tokens[walk->at].end;
  walk->row_begins = false;
}

static bool is_currency(const GalleyBlockView *block, uint32_t at, GalleyFigureUnit *unit) {
  return galley_figure_unit_before(block, at + 1, unit) && !unit->minor;
}

// Reads "£m", "US$ billion", "EUR" from token `at`; the token behind it, `at` when there is none.
static uint32_t read_currency(const GalleyBlockView *block, uint32_t at, uint32_t end,
                              Header *out) {
  bool prefixed = at + 1 < end && is_currency(block, at + 1, &out->unit) && out->unit.first == at;
  uint32_t sign = prefixed ? at + 1 : at;
  if (!is_currency(block, sign, &out->unit) || out->unit.first != at) return at;
  out->measured = true;
  const GalleyToken *scale = figure_token(block, sign + 1);
  bool scaled =
      sign + 1 < end && galley_lexicon_value(scale->word, GALLEY_CLASS_SCALE, &out->scale);
  return scaled ? sign + 2 : sign + 1;
}

// Reads "%", "km", "percentage points" from token `at`.
static uint32_t read_unit(const GalleyBlockView *block, uint32_t at, Header *out) {
  const GalleyToken *token = figure_token(block, at);
  bool ambiguous = figure_is(token, GALLEY_CLASS_SCALE); // m: metres or millions
  GalleyFigureNumber number = {
      .value = {2, 1, 0, false}, .first = at - 1, .last = at - 1, .digits = true};
  if (ambiguous || !galley_figure_unit_after(block, &number, &out->unit)) return at;
  if (out->unit.first != at) return at;
  out->measured = true;
  return out->unit.last + 1;
}

// Reads a measure from token `at` of a cell that ends before `end`. `whole`: the cell begins there,
// so that a word would be what is counted: "Days", "Points".
static bool read_measure(const GalleyBlockView *block, uint32_t at, uint32_t end, bool whole,
                         Header *out) {
  *out = (Header){0};
  uint32_t behind = read_currency(block, at, end, out);
  if (behind == at) {
    *out = (Header){0};
    behind = read_unit(block, at, out);
    if (whole && behind > at && figure_token(block, at)->kind == GALLEY_TOKEN_WORD) return false;
  }
  if (behind == at && !whole) {
    *out = (Header){0};
    out->scale = galley_figure_scale_word(figure_token(block, at));
    if (!out->scale) // "millions" is vague in a text, and none the less a scale here
      galley_lexicon_value(figure_token(block, at)->word, GALLEY_CLASS_SCALE, &out->scale);
    if (out->scale >= 3 && figure_length(figure_token(block, at)) > 4) behind = at + 1;
  }
  out->found = behind > at && (behind == end || figure_is_punct(figure_token(block, behind), ')'));
  return out->found;
}

// Reads the cell of tokens [first, end): the last measure in it counts.
static void read_header(const GalleyBlockView *block, uint32_t first, uint32_t end, Header *out) {
  for (uint32_t at = first; at < end; at++) {
    const GalleyToken *before = figure_token(block, at - 1);
    bool opened = figure_is_punct(before, '(') || figure_is_punct(before, ',') ||
                  figure_part(before) == FIGURE_PART_IN;
    Header header;
    if (at > first && !opened) continue;
    if (read_measure(block, at, end, at == first, &header)) *out = header;
  }
}

// Reads the first row; `walk` stands at the first token of the next then.
static void read_head(Walk *walk, Header columns[COLUMNS_MAX]) {
  uint32_t from = 0, column = 0;
  for (; walk->at < walk->block->token_count; walk->at++) {
    enter(walk);
    if (walk->row == 0 && walk->column == column) continue;
    if (column < COLUMNS_MAX) read_header(walk->block, from, walk->at, &columns[column]);
    from = walk->at;
    column = walk->column;
    if (walk->row > 0) return;
  }
}

static bool takes_unit(const GalleySpan *span) {
  return span->kind == GALLEY_KIND_FIGURE && span->type == GALLEY_FIGURE_NUMBER &&
         !span->figure.unit_code[0] &&
         span->rule == GALLEY_RULE(GALLEY_KIND_FIGURE, FIGURE_RULE_NUMBER);
}

static GalleySpan *span_at(GalleyBlockView *block, uint32_t start, uint32_t *from) {
  for (uint32_t i = *from; i < block->spans->count; i++) {
    GalleySpan *span = &block->spans->items[i];
    if (!takes_unit(span) || span->end <= start) continue;
    *from = i;
    return span->start <= start ? span : NULL;
  }
  return NULL;
}

// Makes the number at token `at` one of its column.
static void share(GalleyBlockView *block, uint32_t at, const Header *header, GalleySpan *span) {
  GalleyFigureAmount amount;
  if (!galley_figure_read_amount(block, at, &amount) || amount.measured || amount.number.vague)
    return;
  int32_t power = header->scale - (header->unit.minor ? 2 : 0);
  amount.unit = header->unit;
  amount.measured = header->measured;
  amount.number.value.exponent += power;
  amount.number.digit += power;
  amount.number.scale = (uint8_t)header->scale;
  GalleyFigureDraft draft = {.first = at, .last = at};
  galley_figure_draft_amount(block, &amount, &draft);
  draft.span.figure.noun = span->figure.noun;
  draft.span.figure.hedge = span->figure.hedge;
  span->figure = draft.span.figure;
  span->type = draft.span.type;
  span->rule = GALLEY_RULE(GALLEY_KIND_FIGURE, FIGURE_RULE_HEADER);
  memcpy(span->value, draft.span.value, sizeof span->value);
}

void galley_figure_share_headers(GalleyBlockView *block) {
  uint32_t first_span = 0;
  Header columns[COLUMNS_MAX] = {{.found = false}};
  Walk walk = {.block = block, .row_begins = true};
  for (read_head(&walk, columns); walk.at < block->token_count; walk.at++) {
    enter(&walk);
    const GalleyToken *token = &block->tokens[walk.at];
    if (token->kind != GALLEY_TOKEN_NUMBER || walk.column >= COLUMNS_MAX) continue;
    if (!columns[walk.column].found) continue;
    GalleySpan *span = span_at(block, token->start, &first_span);
    if (span) share(block, walk.at, &columns[walk.column], span);
  }
}
