// The core's target: a text, and edits of it, after each of which all is as in a fresh document.
// Linked with replay.c it runs over files instead.
//
// Input: the first byte is the number of edits (mod 16); four bytes an edit: place (two), bytes
// removed, bytes put there (taken from the text's end); the rest is the text. With MARKUP in the
// first byte what an edit puts there is markup, in part.
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "target.h"

enum {
  EDIT_SIZE = 4,
  EDITS_MAX = 16,
  MARKUP = 0x40,
};

static void stop_if(const char *wrong) {
  if (!wrong) return;
  fprintf(stderr, "fuzz: %s\n", wrong);
  abort(); // what the fuzzer takes for a find
}

// Every other byte is markup, or a character of its own; the first one tells which.
static bool put_markup(GalleyDocument *document, uint32_t start, uint32_t end, const char *bytes,
                       uint32_t length) {
  static const uint32_t codes[] = {
      GALLEY_MARKUP_JOIN, GALLEY_MARKUP_BREAK, GALLEY_MARKUP_OBJECT, GALLEY_MARKUP_FILL, ' ', '"'};
  GalleyMarkupRange ranges[32];
  char read[64];
  uint32_t count = 0;
  for (uint32_t i = 0; i < length; i += 2) {
    uint32_t code = codes[((unsigned char)bytes[0] + i / 2) % (sizeof codes / sizeof *codes)];
    ranges[count++] = (GalleyMarkupRange){i, i + 1, code};
  }
  galley_markup_show(bytes, length, ranges, count, "", read);
  return galley_document_replace(document, start, end, bytes, read, length);
}

static void apply(GalleyDocument *document, const uint8_t *edit, const uint8_t *text, size_t size,
                  bool markup) {
  uint32_t length = document->text.length;
  uint32_t start = (uint32_t)(edit[0] << 8 | edit[1]) % (length + 1);
  uint32_t removed = edit[2] % 64, put = edit[3] % 64;
  if (removed > length - start) removed = length - start;
  if (put > size) put = (uint32_t)size;
  const char *bytes = (const char *)text + (size - put);
  bool done = markup ? put_markup(document, start, start + removed, bytes, put)
                     : galley_document_edit(document, start, start + removed, bytes, put);
  stop_if(done ? NULL : "no memory");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 1) return 0;
  size_t edits = data[0] % EDITS_MAX;
  if (size < 1 + edits * EDIT_SIZE) return 0;
  const uint8_t *text = data + 1 + edits * EDIT_SIZE;
  size_t length = size - 1 - edits * EDIT_SIZE;
  GalleyDocument *document = galley_document_new();
  if (!document) return 0;
  stop_if(galley_document_edit(document, 0, 0, (const char *)text, (uint32_t)length) ? NULL
                                                                                     : "no memory");
  stop_if(fuzz_check(document));
  for (size_t i = 0; i < edits; i++) {
    apply(document, data + 1 + i * EDIT_SIZE, text, length, data[0] & MARKUP);
    stop_if(fuzz_check_fresh(document));
  }
  galley_document_free(document);
  return 0;
}
