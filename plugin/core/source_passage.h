// Cuts a source into passages: the least that is read and shown together. Private to source*.c.
#ifndef GALLEY_SOURCE_PASSAGE_H
#define GALLEY_SOURCE_PASSAGE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum {
  GALLEY_LINE_TEXT,
  GALLEY_LINE_BLANK,
  GALLEY_LINE_HEADING, // "# ..."
  GALLEY_LINE_ITEM,    // "- ...", "1. ..."
  GALLEY_LINE_ROW,     // "| ... |"
  GALLEY_LINE_COLUMNS, // "Price of steel   640   905": cells set off by spaces
  GALLEY_LINE_CELL,    // "Orders, 2025: 1,204": all that belongs to the value is in the line
} GalleyLineKind;

// What the line [start, end) is; a line end at `end` does not belong to it.
GalleyLineKind galley_line_kind(const char *bytes, uint32_t start, uint32_t end);

// The end of the line that starts at `start`, without its line end.
uint32_t galley_line_end(const char *bytes, uint32_t start, uint32_t length);

// The bytes of the label of a cell line with the colon that ends it, its start on; 0: no cell.
uint32_t galley_cell_label(const char *bytes, uint32_t start, uint32_t end);

// The cells of a line of columns: what stands between gaps of two spaces or more. A line without
// such gaps that ends in numbers has a cell for what is before them and one for each. Writes at
// most `most` start and end bytes; gives the number of cells, 1 or less for a line of prose.
uint32_t galley_line_columns(const char *bytes, uint32_t start, uint32_t end, uint32_t (*cells)[2],
                             uint32_t most);

typedef struct {
  uint32_t start, end; // bytes; start == end: there are no more
  uint8_t kind;        // GalleyLineKind of its first line
} GalleyCut;

// The next passage at or after `at`, before `end`.
GalleyCut galley_passage_next(const char *bytes, uint32_t at, uint32_t end);

#endif
