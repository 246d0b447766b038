// The bytes of a document and its line index.
//
// Any byte sequence is legal: NUL and invalid UTF-8 are text like the rest. Offsets are bytes,
// rows count from 0. A text owns its bytes; pointers into them are valid until the next change.
#ifndef GALLEY_TEXT_H
#define GALLEY_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Longest text that is accepted, in bytes: offsets are 32 bits and tree-sitter's are too.
#define GALLEY_TEXT_MAX 0x7fffffffu

typedef struct {
  char *bytes;           // as the core reads them: length bytes, then a NUL that is not part of it
  char *written;         // as they were given, where some are read as others (markup.h), else NULL
  uint32_t length;       // bytes
  uint32_t capacity;     // bytes allocated
  uint32_t *line_starts; // line_count byte offsets, ascending; the first is 0
  uint32_t line_count;   // at least 1; a trailing newline does not start another line
  uint32_t line_capacity;
} GalleyText;

// A replacement of bytes: [start, old_end) of the text before it became [start, new_end).
typedef struct {
  uint32_t start;
  uint32_t old_end;
  uint32_t new_end;
} GalleyEdit;

// A position for people and editors: row and byte column, both from 0.
typedef struct {
  uint32_t row;
  uint32_t column;
} GalleyPoint;

// An empty text with one empty line. False when memory ends.
bool galley_text_init(GalleyText *self);
void galley_text_free(GalleyText *self);

// Replaces bytes [start, old_end) by `length` bytes. `bytes` must not point into the text.
// False, with the text unchanged, when memory ends or the text would pass GALLEY_TEXT_MAX.
// start <= old_end <= self->length is the caller's duty. In a parted text `bytes` are what is
// written, and read too; to be read as something else they are written over in self->bytes.
bool galley_text_replace(GalleyText *self, uint32_t start, uint32_t old_end, const char *bytes,
                         uint32_t length);

// Keeps what was written apart from what is read, from now on. False when memory ends.
bool galley_text_part(GalleyText *self);

// The bytes as they were written.
static inline const char *galley_text_written(const GalleyText *self) {
  return self->written ? self->written : self->bytes;
}

// Empties the text; its memory stays for the next one. Never fails.
void galley_text_clear(GalleyText *self);

// The row that holds `byte` (a byte at or past the end belongs to the last row) and the column.
GalleyPoint galley_text_point(const GalleyText *self, uint32_t byte);

// First byte of `row`; the text's length when the row is past the last.
uint32_t galley_text_row_start(const GalleyText *self, uint32_t row);

#endif
