#include "markup.h"

#include <string.h>
#include <utf8proc.h>

// What is read for a control character of the text that could be taken for markup.
#define PLAIN_CONTROL 0x01

// What each byte of prose is read as. A plain character neither begins nor ends anything then, but
// for what may stand before and after it.
typedef struct {
  char as[0x100];
} Reading;

static Reading make_reading(const char *plain) {
  Reading reading;
  for (int i = 0; i < 0x100; i++)
    reading.as[i] = galley_markup_is((char)i) ? PLAIN_CONTROL : (char)i;
  for (; *plain; plain++)
    reading.as[(unsigned char)*plain] = *plain == '[' ? '(' : '}';
  return reading;
}

static void show_prose(const Reading *reading, const char *bytes, uint32_t start, uint32_t end,
                       char *out) {
  for (uint32_t i = start; i < end; i++)
    out[i] = reading->as[(unsigned char)bytes[i]];
}

static void show_range(const GalleyMarkupRange *range, char *out) {
  uint32_t length = range->end - range->start;
  bool markup = range->code >= GALLEY_MARKUP_FILL && range->code <= GALLEY_MARKUP_JOIN;
  if (range->code == ' ' || markup) {
    memset(out + range->start, (char)range->code, length);
    return;
  }
  utf8proc_uint8_t encoded[4];
  utf8proc_ssize_t size = 0;
  if (utf8proc_codepoint_valid((utf8proc_int32_t)range->code)) {
    size = utf8proc_encode_char((utf8proc_int32_t)range->code, encoded);
  }
  bool fits = size > 0 && (uint32_t)size <= length;
  if (fits) memcpy(out + range->start, encoded, (size_t)size);
  uint32_t from = fits ? (uint32_t)size : 0;
  memset(out + range->start + from, fits ? GALLEY_MARKUP_FILL : GALLEY_MARKUP_OBJECT,
         length - from);
}

void galley_markup_show(const char *bytes, uint32_t length, const GalleyMarkupRange *ranges,
                        uint32_t count, const char *plain, char *out) {
  Reading reading = make_reading(plain);
  uint32_t at = 0;
  for (uint32_t i = 0; i < count && ranges[i].end <= length; i++) {
    show_prose(&reading, bytes, at, ranges[i].start, out);
    show_range(&ranges[i], out);
    at = ranges[i].end;
  }
  show_prose(&reading, bytes, at, length, out);
}
