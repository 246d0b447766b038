// parts-total in Markdown tables: the cells of a row or column called "Total" are the sums of the
// others.
#include "check_family.h"
#include "figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_interval.h"

enum { ROWS_MAX = 120, COLUMNS_MAX = 12, LABEL_MAX = 24 };

typedef struct {
  uint32_t start, end; // bytes of the block: the cell without the space around it
  uint32_t digits, digits_end;
  double value, step;
  uint8_t decimals;
  bool number, grouped;
} Cell;

typedef struct {
  GalleyCheckBlock *block;
  uint32_t rows, columns; // the first row is the head
  Cell cells[ROWS_MAX][COLUMNS_MAX];
} Grid;

typedef struct { // the cells that add up: along a row or a column
  uint32_t fixed;
  uint32_t first, last; // without the total
  uint32_t total;
  bool down; // a column
} Line;

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Reads "1,204", "12.5%", "$3m": one number with marks around it and no words. A cell that is empty
// or a dash is nothing; one of words makes the line no sum.
static void read_number(const char *bytes, Cell *cell) {
  uint32_t at = cell->start;
  while (at < cell->end && !is_digit(bytes[at])) {
    if (bytes[at] == '-' || bytes[at] == ' ' || cell->end - at > 20) return;
    at++;
  }
  if (at - cell->start > 4) return;
  cell->digits = at;
  bool point = false;
  double scale = 1;
  for (; at < cell->end; at++) {
    bool inner = at + 1 < cell->end && is_digit(bytes[at + 1]);
    if (is_digit(bytes[at])) {
      cell->value = cell->value * 10 + (bytes[at] - '0');
      if (point) scale *= 10;
      cell->decimals = (uint8_t)(cell->decimals + point);
    } else if (bytes[at] == ',' && inner && !point) {
      cell->grouped = true;
    } else if (bytes[at] == '.' && inner && !point) {
      point = true;
    } else {
      break;
    }
  }
  cell->digits_end = at;
  cell->value /= scale;
  cell->step = 1 / scale;
  cell->number = cell->digits_end > cell->digits && cell->end - at <= 4 && at - cell->digits < 20;
  for (; at < cell->end; at++)
    cell->number = cell->number && !is_digit(bytes[at]);
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '*';
}

static void add_cell(Grid *grid, uint32_t column, uint32_t start, uint32_t end) {
  if (column >= COLUMNS_MAX) return;
  const char *bytes = grid->block->view.bytes;
  while (start < end && is_blank(bytes[start]))
    start++;
  while (end > start && is_blank(bytes[end - 1]))
    end--;
  Cell *cell = &grid->cells[grid->rows][column];
  *cell = (Cell){.start = start, .end = end};
  read_number(bytes, cell);
  if (column + 1 > grid->columns) grid->columns = column + 1;
}

static bool is_rule(const char *line, uint32_t length) {
  for (uint32_t i = 0; i < length; i++) {
    if (!strchr("|-: \t\r", line[i]) || !line[i]) return false;
  }
  return true;
}

static void read_row(Grid *grid, uint32_t start, uint32_t end) {
  const char *bytes = grid->block->view.bytes;
  while (start < end && is_blank(bytes[start]))
    start++;
  if (start == end || is_rule(bytes + start, end - start)) return;
  if (bytes[start] == '|') start++;
  memset(grid->cells[grid->rows], 0, sizeof grid->cells[grid->rows]);
  uint32_t column = 0, from = start;
  for (uint32_t at = start; at <= end; at++) {
    bool bar = at == end || (bytes[at] == '|' && (at == start || bytes[at - 1] != '\\'));
    if (!bar) continue;
    if (at < end || from < end) add_cell(grid, column++, from, at);
    from = at + 1;
  }
  grid->rows++;
}

// False: the table is too large to be read.
static bool read_grid(Grid *grid) {
  const GalleyBlockView *view = &grid->block->view;
  for (uint32_t start = 0; start < view->length;) {
    const char *newline = memchr(view->bytes + start, '\n', view->length - start);
    uint32_t end = newline ? (uint32_t)(newline - view->bytes) : view->length;
    if (grid->rows == ROWS_MAX) return false;
    read_row(grid, start, end);
    start = end + 1;
  }
  return true;
}

// Whether the cell says that it heads a sum: "Total", "All", "Grand total".
static bool is_total(const Grid *grid, const Cell *cell) {
  static const char *const labels[] = {"total", "totals", "grand total", "sum", "overall", "all"};
  char label[LABEL_MAX];
  uint32_t length = cell->end - cell->start;
  if (length == 0 || length >= LABEL_MAX) return false;
  for (uint32_t i = 0; i < length; i++) {
    char c = grid->block->view.bytes[cell->start + i];
    label[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  }
  while (length && (label[length - 1] == ':' || label[length - 1] == ' '))
    length--;
  label[length] = '\0';
  for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
    if (strcmp(labels[i], label) == 0) return true;
  }
  return false;
}

static const Cell *cell_of(const Grid *grid, const Line *line, uint32_t at) {
  return line->down ? &grid->cells[at][line->fixed] : &grid->cells[line->fixed][at];
}

static bool same_unit(const Grid *grid, const Cell *a, const Cell *b) {
  const char *bytes = grid->block->view.bytes;
  uint32_t a_tail = a->end - a->digits_end, b_tail = b->end - b->digits_end;
  return a_tail == b_tail && memcmp(bytes + a->digits_end, bytes + b->digits_end, a_tail) == 0;
}

static void offer(const Grid *grid, const Cell *cell, double value) {
  char text[GALLEY_NUMBER_SIZE];
  if (!(value > 0)) return;
  galley_number_write(value, cell->decimals, cell->grouped || (cell->value < 1000 && value >= 1000),
                      text);
  const char *digits = grid->block->view.bytes + cell->digits;
  int length = (int)(cell->digits_end - cell->digits);
  galley_finding_repair(grid->block->found, "Change %.*s to %s", length, digits, text);
  galley_finding_edit(grid->block->found, cell->digits, cell->digits_end, "%s", text);
}

static void report(const Grid *grid, const Line *line, double sum, uint32_t count,
                   GalleyOutcome outcome) {
  const Cell *total = cell_of(grid, line, line->total);
  GalleyFindingList *found = grid->block->found;
  char text[GALLEY_NUMBER_SIZE];
  galley_number_write(sum, total->decimals, total->grouped, text);
  galley_check_begin(grid->block, GALLEY_CHECK_PARTS_TOTAL, outcome, total->start, total->end);
  if (outcome == GALLEY_OUTCOME_OK) {
    galley_finding_say(found, "the %u cells add up to %s: holds", count, text);
  } else {
    galley_finding_say(found, "the %u cells of this %s add up to %s, not %.*s", count,
                       line->down ? "column" : "row", text,
                       (int)(total->digits_end - total->digits),
                       grid->block->view.bytes + total->digits);
  }
  galley_finding_relate(found, total->start, total->end, "the total");
  for (uint32_t at = line->first; at <= line->last; at++) {
    const Cell *cell = cell_of(grid, line, at);
    if (cell->number) galley_finding_relate(found, cell->start, cell->end, "part");
  }
  if (outcome != GALLEY_OUTCOME_OK) offer(grid, total, sum);
}

static void check_line(const Grid *grid, const Line *line) {
  const Cell *total = cell_of(grid, line, line->total);
  double sum = 0, slack = total->decimals ? total->step / 2 : 0, wide = total->step / 2;
  uint32_t count = 0;
  if (!total->number) return;
  for (uint32_t at = line->first; at <= line->last; at++) {
    const Cell *cell = cell_of(grid, line, at);
    if (!cell->number) {
      if (cell->end - cell->start > 3) return; // words: no sum
      continue;
    }
    if (!same_unit(grid, cell, total)) return;
    sum += cell->value;
    if (cell->decimals) slack += cell->step / 2;
    wide += cell->step / 2;
    count++;
  }
  double off = fabs(sum - total->value) - 1e-9 * (1 + sum);
  // Averages, rates and shares do not add up, and their totals lie among them.
  if (count < 2 || (off > slack && total->value < sum * 0.6)) return;
  report(grid, line, sum, count,
         off <= slack  ? GALLEY_OUTCOME_OK
         : off <= wide ? GALLEY_OUTCOME_NEAR
                       : GALLEY_OUTCOME_BAD);
}

static void check_grid(const Grid *grid) {
  for (uint32_t row = 2; row < grid->rows; row++) {
    if (!is_total(grid, &grid->cells[row][0])) continue;
    for (uint32_t column = 1; column < grid->columns; column++)
      check_line(grid, &(Line){column, 1, row - 1, row, true});
    break;
  }
  for (uint32_t column = 2; grid->columns > 2 && column < grid->columns; column++) {
    if (!is_total(grid, &grid->cells[0][column])) continue;
    for (uint32_t row = 1; row < grid->rows; row++)
      check_line(grid, &(Line){row, 1, column - 1, column, false});
    break;
  }
}

bool galley_check_grid(GalleyCheckBlock *block) {
  if (block->view.kind != GALLEY_BLOCK_TABLE) return true;
  Grid *grid = calloc(1, sizeof *grid);
  if (!grid) return false;
  grid->block = block;
  if (read_grid(grid)) check_grid(grid);
  free(grid);
  return !block->found->failed;
}
