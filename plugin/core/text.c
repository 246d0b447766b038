#include "text.h"

#include <stdlib.h>
#include <string.h>

bool galley_text_init(GalleyText *self) {
  *self = (GalleyText){.bytes = calloc(1, 1), .line_starts = calloc(1, sizeof(uint32_t))};
  if (!self->bytes || !self->line_starts) {
    galley_text_free(self);
    return false;
  }
  self->capacity = 1;
  self->line_capacity = 1;
  self->line_count = 1;
  return true;
}

void galley_text_free(GalleyText *self) {
  free(self->bytes);
  free(self->written);
  free(self->line_starts);
  *self = (GalleyText){0};
}

// Grows by half, so that a text built up by many edits costs linear time in all.
static uint32_t grown(uint32_t capacity, uint64_t needed) {
  uint64_t next = capacity + (uint64_t)capacity / 2 + 64;
  if (next < needed) next = needed;
  return next > UINT32_MAX ? UINT32_MAX : (uint32_t)next;
}

static bool reserve_bytes(GalleyText *self, uint64_t length) {
  if (length + 1 <= self->capacity) return true;
  uint32_t capacity = grown(self->capacity, length + 1);
  char *bytes = realloc(self->bytes, capacity);
  if (!bytes) return false;
  self->bytes = bytes;
  if (self->written) {
    char *written = realloc(self->written, capacity);
    if (!written) return false; // `bytes` is only larger than it is said to be
    self->written = written;
  }
  self->capacity = capacity;
  return true;
}

static bool reserve_lines(GalleyText *self, uint64_t count) {
  if (count <= self->line_capacity) return true;
  uint32_t capacity = grown(self->line_capacity, count);
  uint32_t *starts = realloc(self->line_starts, (size_t)capacity * sizeof(uint32_t));
  if (!starts) return false;
  self->line_starts = starts;
  self->line_capacity = capacity;
  return true;
}

static uint32_t count_newlines(const char *bytes, uint32_t length) {
  uint32_t count = 0;
  const char *end = bytes + length;
  for (const char *at = bytes; at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++)
    count++;
  return count;
}

// Index of the first line start greater than `byte`: the row of `byte` is one less.
static uint32_t first_line_after(const GalleyText *self, uint32_t byte) {
  uint32_t low = 0, high = self->line_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (self->line_starts[middle] > byte) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

// A newline at offset n starts a line at n + 1. The start just past a final newline is put in the
// array while the text is changed and dropped at the end, since it begins no line.
static void replace_lines(GalleyText *self, GalleyEdit edit, const char *bytes, uint32_t added) {
  if (self->length > 0 && galley_text_written(self)[self->length - 1] == '\n') {
    self->line_starts[self->line_count++] = self->length;
  }
  uint32_t from = first_line_after(self, edit.start);
  uint32_t to = first_line_after(self, edit.old_end);
  memmove(self->line_starts + from + added, self->line_starts + to,
          (self->line_count - to) * sizeof(uint32_t));
  self->line_count = self->line_count - (to - from) + added;

  uint32_t delta = edit.new_end - edit.old_end; // wraps when negative, and so does the sum
  for (uint32_t i = from + added; i < self->line_count; i++)
    self->line_starts[i] += delta;
  for (uint32_t at = edit.start; at < edit.new_end; at++) {
    if (bytes[at - edit.start] == '\n') self->line_starts[from++] = at + 1;
  }
}

static void replace_bytes(const GalleyText *self, char *in, GalleyEdit edit, const char *bytes) {
  memmove(in + edit.new_end, in + edit.old_end, self->length - edit.old_end);
  if (edit.new_end > edit.start) memcpy(in + edit.start, bytes, edit.new_end - edit.start);
}

bool galley_text_replace(GalleyText *self, uint32_t start, uint32_t old_end, const char *bytes,
                         uint32_t length) {
  uint64_t new_length = (uint64_t)self->length - (old_end - start) + length;
  if (new_length > GALLEY_TEXT_MAX) return false;
  uint32_t added = count_newlines(bytes, length);
  if (!reserve_bytes(self, new_length) ||
      !reserve_lines(self, (uint64_t)self->line_count + added + 1)) {
    return false;
  }
  GalleyEdit edit = {start, old_end, start + length};
  replace_lines(self, edit, bytes, added);

  replace_bytes(self, self->bytes, edit, bytes);
  if (self->written) replace_bytes(self, self->written, edit, bytes);
  self->length = (uint32_t)new_length;
  self->bytes[self->length] = '\0';
  if (self->line_count > 1 && self->line_starts[self->line_count - 1] == self->length) {
    self->line_count--;
  }
  return true;
}

bool galley_text_part(GalleyText *self) {
  if (self->written) return true;
  self->written = malloc(self->capacity);
  if (!self->written) return false;
  memcpy(self->written, self->bytes, self->length);
  return true;
}

void galley_text_clear(GalleyText *self) {
  self->length = 0;
  self->bytes[0] = '\0';
  self->line_count = 1;
}

GalleyPoint galley_text_point(const GalleyText *self, uint32_t byte) {
  uint32_t row = first_line_after(self, byte) - 1;
  return (GalleyPoint){row, byte - self->line_starts[row]};
}

uint32_t galley_text_row_start(const GalleyText *self, uint32_t row) {
  return row < self->line_count ? self->line_starts[row] : self->length;
}
