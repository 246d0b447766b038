// The core's target: a text, and edits of it, after each of which all is as in a fresh document.
// Linked with replay.c it runs over files instead.
//
// Input: the first byte is the number of edits (mod 16); four bytes an edit: place (two), bytes
// removed, bytes put there (taken from the text's end); the rest is the text.
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "target.h"

enum {
  EDIT_SIZE = 4,
  EDITS_MAX = 16,
};

static void stop_if(const char *wrong) {
  if (!wrong) return;
  fprintf(stderr, "fuzz: %s\n", wrong);
  abort(); // what the fuzzer takes for a find
}

static void apply(GalleyDocument *document, const uint8_t *edit, const uint8_t *text, size_t size) {
  uint32_t length = document->text.length;
  uint32_t start = (uint32_t)(edit[0] << 8 | edit[1]) % (length + 1);
  uint32_t removed = edit[2] % 64, put = edit[3] % 64;
  if (removed > length - start) removed = length - start;
  if (put > size) put = (uint32_t)size;
  const char *bytes = (const char *)text + (size - put);
  stop_if(galley_document_edit(document, start, start + removed, bytes, put) ? NULL : "no memory");
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
    apply(document, data + 1 + i * EDIT_SIZE, text, length);
    stop_if(fuzz_check_fresh(document));
  }
  galley_document_free(document);
  return 0;
}
