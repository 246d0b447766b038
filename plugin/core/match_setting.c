#include "match_setting.h"

#include <string.h>

#include "source_passage.h"

#define ROWS_MOST 400   // of a table above the row that is looked at
#define NOTES_MOST 1500 // bytes before a table

static uint32_t line_before(const char *bytes, uint32_t line) {
  uint32_t at = line - 1;
  while (at > 0 && bytes[at - 1] != '\n')
    at--;
  return at;
}

static bool is_row(const char *bytes, uint32_t at, uint32_t length) {
  while (at < length && (bytes[at] == ' ' || bytes[at] == '\t'))
    at++;
  return at < length && bytes[at] == '|';
}

// The start of the table that the row at `line` is in.
static uint32_t table_start(const char *bytes, uint32_t length, uint32_t line) {
  for (int i = 0; i < ROWS_MOST && line > 0; i++) {
    uint32_t before = line_before(bytes, line);
    if (!is_row(bytes, before, length)) break;
    line = before;
  }
  return line;
}

// The cell of a row that holds byte `at`, counted from 0.
static uint32_t cell_of(const char *bytes, uint32_t start, uint32_t at) {
  uint32_t bars = 0;
  for (uint32_t i = start; i < at; i++)
    bars += bytes[i] == '|';
  return bars ? bars - 1 : 0;
}

static GalleyRange cell(const char *bytes, uint32_t start, uint32_t end, uint32_t number) {
  uint32_t at = start;
  for (uint32_t bars = 0; at < end; at++) {
    if (bytes[at] == '|' && bars++ == number) break;
  }
  if (at >= end) return (GalleyRange){end, end};
  uint32_t first = ++at;
  while (at < end && bytes[at] != '|')
    at++;
  return (GalleyRange){first, at};
}

static bool make_row(const char *bytes, uint32_t length, GalleyRange line, uint32_t start,
                     GalleySetting *out) {
  uint32_t number = cell_of(bytes, line.start, start);
  uint32_t table = table_start(bytes, length, line.start);
  uint32_t from = table > NOTES_MOST ? table - NOTES_MOST : 0;
  out->near[0] = cell(bytes, line.start, line.end, 0);
  out->header = number == 0 || table == line.start;
  if (table != line.start) {
    out->near[1] = cell(bytes, table, galley_line_end(bytes, table, length), number);
  }
  out->notes = (GalleyRange){from, table};
  out->labelled = true;
  return true;
}

// ---- columns set off by spaces

#define CELLS_MOST 16

typedef struct {
  uint32_t start;
  uint32_t cells[CELLS_MOST][2];
  uint32_t count;
} Columns;

static bool read_columns(const char *bytes, uint32_t line, uint32_t length, Columns *out) {
  out->start = line;
  out->count = galley_line_columns(bytes, line, galley_line_end(bytes, line, length), out->cells,
                                   CELLS_MOST);
  return out->count > 0;
}

static bool has_letter(const char *bytes, const uint32_t cell[2]) {
  for (uint32_t i = cell[0]; i < cell[1]; i++)
    if ((unsigned char)((bytes[i] | 0x20) - 'a') < 26) return true;
  return false;
}

// The cell of the header that stands over a cell: by the count from the right where both lines have
// gone without gaps, else by place.
static GalleyRange over(const Columns *header, const Columns *row, uint32_t number) {
  uint32_t best = 0, least = UINT32_MAX;
  uint32_t middle = row->cells[number][0] + row->cells[number][1] - 2 * row->start;
  for (uint32_t i = 0; i < header->count; i++) {
    uint32_t other = header->cells[i][0] + header->cells[i][1] - 2 * header->start;
    uint32_t apart = other > middle ? other - middle : middle - other;
    if (apart >= least) continue;
    least = apart;
    best = i;
  }
  bool same_count = header->count == row->count;
  const uint32_t *cell = header->cells[same_count ? number : best];
  return (GalleyRange){cell[0], cell[1]};
}

static bool make_columns(const char *bytes, uint32_t length, GalleyRange line, uint32_t start,
                         GalleySetting *out) {
  Columns row, above, header = {0};
  if (!read_columns(bytes, line.start, length, &row) || row.count < 2) return false;
  uint32_t number = 0, top = line.start;
  while (number + 1 < row.count && row.cells[number][1] <= start)
    number++;
  for (int i = 0; i < ROWS_MOST && top > 0; i++) {
    uint32_t before = line_before(bytes, top);
    if (!read_columns(bytes, before, length, &above)) break;
    top = before;
    header = above;
  }
  out->near[0] = (GalleyRange){row.cells[0][0], row.cells[0][1]};
  out->header = number == 0 && has_letter(bytes, row.cells[0]);
  if (header.count) out->near[1] = over(&header, &row, number);
  out->notes = (GalleyRange){top > NOTES_MOST ? top - NOTES_MOST : 0, top};
  out->labelled = true;
  return true;
}

bool galley_setting_make(const char *bytes, uint32_t length, GalleyRange line, uint32_t start,
                         uint32_t end, GalleySetting *out) {
  *out = (GalleySetting){0};
  if (is_row(bytes, line.start, line.end)) return make_row(bytes, length, line, start, out);
  uint32_t label = galley_cell_label(bytes, line.start, line.end);
  if (!label) return make_columns(bytes, length, line, start, out);
  out->near[0] = (GalleyRange){line.start, line.start + label};
  out->header = end <= line.start + label;
  out->labelled = true;
  return true;
}
