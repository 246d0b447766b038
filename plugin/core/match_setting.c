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

bool galley_setting_make(const char *bytes, uint32_t length, GalleyRange line, uint32_t start,
                         uint32_t end, GalleySetting *out) {
  *out = (GalleySetting){0};
  if (is_row(bytes, line.start, line.end)) return make_row(bytes, length, line, start, out);
  uint32_t label = galley_cell_label(bytes, line.start, line.end);
  if (!label) return false;
  out->near[0] = (GalleyRange){line.start, line.start + label};
  out->header = end <= line.start + label;
  out->labelled = true;
  return true;
}
