// The core's target: a text, and edits of it, after each of which all is as in a fresh document.
// Linked with replay.c it runs over files instead.
//
// Input: the first byte is the number of edits (mod 16), and bits for what is read as markup; four
// bytes an edit: place (two), bytes removed, bytes put there (taken from the text's end); the rest
// is the text. With MARKUP, <b> is nothing, {x} an object, ^ a block's end and &c; the character c.
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "target.h"

enum {
  EDIT_SIZE = 4,
  EDITS_MAX = 16,
  MARKUP = 0x10,
  PLAIN = 0x20,   // Markdown's marks are plain punctuation
  AGAIN = 0x80,   // in an edit's last byte: the bytes stay and are read without markup
  BYTES_MAX = 64, // removed by an edit, and put there
  RANGES_MAX = 256,
};

static void stop_if(const char *wrong) {
  if (!wrong) return;
  fprintf(stderr, "fuzz: %s\n", wrong);
  abort(); // what the fuzzer takes for a find
}

static uint32_t ranges_of(const char *bytes, uint32_t length, GalleyMarkupRange *ranges) {
  static const char opening[] = "<{^&", closing[] = ">}^;";
  static const uint32_t codes[] = {GALLEY_MARKUP_JOIN, GALLEY_MARKUP_OBJECT, GALLEY_MARKUP_BREAK};
  uint32_t count = 0;
  for (uint32_t i = 0; i < length && count < RANGES_MAX; i++) {
    const char *mark = bytes[i] ? strchr(opening, bytes[i]) : NULL;
    const char *end = mark ? memchr(bytes + i, closing[mark - opening], length - i) : NULL;
    if (!end) continue;
    uint32_t code = *mark == '&' ? (unsigned char)bytes[i + 1] : codes[mark - opening];
    ranges[count++] = (GalleyMarkupRange){i, (uint32_t)(end - bytes) + 1, code};
    i = (uint32_t)(end - bytes);
  }
  return count;
}

// Replaces bytes by others, with their markup.
static void replace(GalleyDocument *document, uint32_t start, uint32_t old_end, const char *bytes,
                    uint32_t length, bool marked) {
  GalleyMarkupRange ranges[RANGES_MAX];
  char *read = malloc(length + 1);
  if (!read) return;
  galley_markup_show(bytes, length, ranges, marked ? ranges_of(bytes, length, ranges) : 0,
                     document->plain, read);
  bool done = galley_document_replace(document, start, old_end, bytes, read, length);
  free(read);
  stop_if(done ? NULL : "no memory");
}

static void apply(GalleyDocument *document, const uint8_t *edit, const uint8_t *text, size_t size,
                  bool markup) {
  uint32_t length = document->text.length;
  uint32_t start = (uint32_t)(edit[0] << 8 | edit[1]) % (length + 1);
  uint32_t removed = edit[2] % BYTES_MAX, put = edit[3] % BYTES_MAX;
  if (removed > length - start) removed = length - start;
  if (put > size) put = (uint32_t)size;
  const char *bytes = (const char *)text + (size - put);
  char kept[BYTES_MAX];
  if (markup && edit[3] & AGAIN) {
    memcpy(kept, galley_text_written(&document->text) + start, removed);
    replace(document, start, start + removed, kept, removed, false);
  } else if (markup) {
    replace(document, start, start + removed, bytes, put, true);
  } else {
    stop_if(galley_document_edit(document, start, start + removed, bytes, put) ? NULL
                                                                               : "no memory");
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 1) return 0;
  size_t edits = data[0] % EDITS_MAX;
  if (size < 1 + edits * EDIT_SIZE) return 0;
  const uint8_t *text = data + 1 + edits * EDIT_SIZE;
  size_t length = size - 1 - edits * EDIT_SIZE;
  GalleyDocument *document = galley_document_new();
  if (!document) return 0;
  bool markup = data[0] & MARKUP;
  if (data[0] & PLAIN) stop_if(galley_document_set_plain(document, "*_`#[|~") ? NULL : "no plain");
  if (markup) {
    replace(document, 0, 0, (const char *)text, (uint32_t)length, true);
  } else {
    bool made = galley_document_edit(document, 0, 0, (const char *)text, (uint32_t)length);
    stop_if(made ? NULL : "no memory");
  }
  // What is edited at once is read without a tree, and then with one.
  stop_if(edits ? fuzz_check_fresh(document) : fuzz_check(document));
  for (size_t i = 0; i < edits; i++) {
    apply(document, data + 1 + i * EDIT_SIZE, text, length, markup);
    stop_if(fuzz_check_fresh(document));
  }
  galley_document_free(document);
  return 0;
}
