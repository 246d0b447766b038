#include "check_adjacent.h"

#include <stdio.h>
#include <string.h>

// Reads a figure that may be below 0.
static bool read_figure(const GalleyBlockView *view, const GalleySpan *span, GalleyOperand *out,
                        bool *negative) {
  GalleyOperand read[GALLEY_OPERANDS_PER_SPAN];
  GalleySpan plain = *span;
  *negative = span->value[0] == '-';
  if (*negative) {
    memmove(plain.value, plain.value + 1, sizeof plain.value - 1);
    plain.figure.low = -span->figure.high;
    plain.figure.high = -span->figure.low;
  }
  if (galley_operands_read(view, &plain, read) != 1) return false;
  *out = read[0];
  out->span = span;
  return true;
}

// The length of the text at `at` that joins two figures of one thing; 0 none. `open`: a bracket.
static uint32_t joins(const GalleyBlockView *view, uint32_t at, bool *open) {
  static const char *const texts[] = {" (", "(", ", or ", " or ", "/"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    size_t length = strlen(texts[i]);
    *open = texts[i][length - 1] == '(';
    if (at + length <= view->length && memcmp(view->bytes + at, texts[i], length) == 0) {
      return (uint32_t)length;
    }
  }
  return 0;
}

static bool closes(const GalleyBlockView *view, uint32_t at) {
  return at < view->length && strchr(");,/", view->bytes[at]) && view->bytes[at];
}

bool check_adjacent_read(const GalleyBlockView *view, uint32_t index, CheckAdjacent *out) {
  const GalleySpanList *spans = view->spans;
  const GalleySpan *first = &spans->items[index];
  if (first->kind != GALLEY_KIND_FIGURE || !first->figure.unit_code[0]) return false;
  bool open;
  uint32_t join = joins(view, first->end, &open);
  if (!join) return false;
  for (uint32_t i = index + 1; i < spans->count; i++) {
    const GalleySpan *second = &spans->items[i];
    if (second->start > first->end + join) return false;
    if (second->kind != GALLEY_KIND_FIGURE || second->start != first->end + join) continue;
    if (open && !closes(view, second->end)) return false;
    out->second_span = i;
    return second->figure.unit_code[0] &&
           read_figure(view, first, &out->first, &out->first_negative) &&
           read_figure(view, second, &out->second, &out->second_negative);
  }
  return false;
}

void check_write_operand(const char *bytes, const GalleyOperand *operand, double value,
                         char out[CHECK_PHRASE_SIZE]) {
  char number[GALLEY_NUMBER_SIZE];
  galley_operand_write(operand, value, number);
  int before = (int)(operand->digits - operand->start);
  int after = (int)(operand->end - operand->digits_end);
  bool fits = operand->digits < operand->digits_end && before >= 0 && before < 24 && after >= 0 &&
              after < 40;
  snprintf(out, CHECK_PHRASE_SIZE, "%.*s%s%.*s", fits ? before : 0, bytes + operand->start, number,
           fits ? after : 0, bytes + operand->digits_end);
}

void check_offer_operand(GalleyFindingList *found, const char *bytes, const GalleyOperand *operand,
                         double value) {
  check_offer_operand_at(found, bytes, 0, operand, value);
}

void check_offer_operand_at(GalleyFindingList *found, const char *bytes, uint32_t base,
                            const GalleyOperand *operand, double value) {
  char text[GALLEY_NUMBER_SIZE];
  if (operand->digits == operand->digits_end || !(value > 0)) return;
  galley_operand_write(operand, value, text);
  const char *digits = bytes + operand->digits;
  size_t length = operand->digits_end - operand->digits;
  if (length == strlen(text) && memcmp(digits, text, length) == 0) return; // changes nothing
  galley_finding_repair(found, "Change %.*s to %s", (int)length, digits, text);
  galley_finding_edit(found, base + operand->digits, base + operand->digits_end, "%s", text);
}
