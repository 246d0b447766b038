// A cursor over a text in memory that reads it as tree-sitter's lexer does: a byte that is not part
// of a character of UTF-8 is one of its own.
#ifndef GALLEY_ARTICLE_SCAN_BYTES_H
#define GALLEY_ARTICLE_SCAN_BYTES_H

#include <stdint.h>

#include "scan_class.h"

typedef struct {
  const uint8_t *bytes;
  uint32_t end;    // of the text
  uint32_t at;     // of the lookahead
  uint32_t size;   // of it, in bytes; 0 at the text's end
  uint32_t marked; // where the token ends
  int32_t look;    // the lookahead: code point, -1 for a stray byte, CHAR_EOF
} ScanBytes;

static inline bool scan_byte_goes_on(const ScanBytes *self, uint32_t index) {
  return self->at + index < self->end && (self->bytes[self->at + index] & 0xc0) == 0x80;
}

// A character of more than one byte; neither longer than need be, nor a surrogate, nor too high.
static void scan_bytes_wide(ScanBytes *self) {
  const uint8_t *bytes = self->bytes + self->at;
  uint8_t lead = bytes[0];
  self->size = 1;
  self->look = -1;
  if (lead < 0xc2 || lead > 0xf4 || !scan_byte_goes_on(self, 1)) return;
  if (lead < 0xe0) {
    self->look = (lead & 0x1f) << 6 | (bytes[1] & 0x3f);
    self->size = 2;
    return;
  }
  if (!scan_byte_goes_on(self, 2)) return;
  if (lead < 0xf0) {
    int32_t c = (lead & 0x0f) << 12 | (bytes[1] & 0x3f) << 6 | (bytes[2] & 0x3f);
    if (c < 0x800 || (c >= 0xd800 && c < 0xe000)) return;
    self->look = c;
    self->size = 3;
    return;
  }
  if (!scan_byte_goes_on(self, 3)) return;
  int32_t c =
      (lead & 0x07) << 18 | (bytes[1] & 0x3f) << 12 | (bytes[2] & 0x3f) << 6 | (bytes[3] & 0x3f);
  if (c < 0x10000 || c > 0x10ffff) return;
  self->look = c;
  self->size = 4;
}

// Reads the lookahead at `at`.
static inline void scan_bytes_read(ScanBytes *self) {
  if (self->at >= self->end) {
    self->look = CHAR_EOF;
    self->size = 0;
  } else if (self->bytes[self->at] < 0x80) {
    self->look = self->bytes[self->at];
    self->size = 1;
  } else {
    scan_bytes_wide(self);
  }
}

static inline void scan_bytes_next(ScanBytes *self) {
  self->at += self->size;
  scan_bytes_read(self);
}

#endif
