#include "prose.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

enum { PARAGRAPHS_MAX = 4096, FILE_MAX = 1 << 20, WHOLE_OF_TEN = 7 };

typedef struct {
  const char *start;
  uint32_t length;
} Piece;

typedef struct {
  char *bytes; // all files, one after the other
  uint32_t length;
  Piece paragraphs[PARAGRAPHS_MAX];
  uint32_t count;
} Source;

static bool read_file(Source *self, const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return false;
  self->length += (uint32_t)fread(self->bytes + self->length, 1, FILE_MAX, file);
  fclose(file);
  return true;
}

// Paragraphs of prose: no headings, lists, notes, tables or front matter, which would come too
// often.
static void find_paragraphs(Source *self) {
  const char *at = self->bytes, *end = self->bytes + self->length;
  while (at < end && self->count < PARAGRAPHS_MAX) {
    const char *stop = at;
    while (stop < end && !(stop[0] == '\n' && (stop + 1 == end || stop[1] == '\n')))
      stop++;
    uint32_t length = (uint32_t)(stop - at);
    if (length > 60 && !strchr("#-*>|[<0123456789`", at[0])) {
      self->paragraphs[self->count++] = (Piece){at, length};
    }
    at = stop;
    while (at < end && *at == '\n')
      at++;
  }
}

// The sentence that holds byte `at` of the paragraph, or what stands between two ". ".
static Piece sentence_at(Piece paragraph, uint32_t at) {
  uint32_t start = at, end = at;
  while (start > 0 && !(start > 1 && paragraph.start[start - 1] == ' ' &&
                        strchr(".?!", paragraph.start[start - 2]))) {
    start--;
  }
  while (end < paragraph.length &&
         !(end > start && paragraph.start[end] == ' ' && strchr(".?!", paragraph.start[end - 1]))) {
    end++;
  }
  return (Piece){paragraph.start + start, end - start};
}

static char *put(char *out, Piece piece, TestRandom *random) {
  for (uint32_t i = 0; i < piece.length; i++) {
    char byte = piece.start[i];
    bool digit = byte >= '0' && byte <= '9';
    bool inner = digit && i > 0 && piece.start[i - 1] >= '0' && piece.start[i - 1] <= '9';
    if (inner && test_random_below(random, 2)) byte = (char)('0' + test_random_below(random, 10));
    *out++ = byte;
  }
  return out;
}

static char *put_paragraph(char *out, const Source *source, TestRandom *random) {
  uint32_t which = test_random_below(random, source->count);
  if (test_random_below(random, 10) < WHOLE_OF_TEN) {
    out = put(out, source->paragraphs[which], random);
  } else {
    for (uint32_t i = 2 + test_random_below(random, 3); i > 0; i--) {
      Piece from = source->paragraphs[test_random_below(random, source->count)];
      out = put(out, sentence_at(from, test_random_below(random, from.length)), random);
      *out++ = ' ';
    }
    out--;
  }
  *out++ = '\n';
  *out++ = '\n';
  return out;
}

char *bench_prose(const char *const *files, int file_count, uint32_t size, uint32_t *length) {
  Source *source = calloc(1, sizeof *source);
  char *prose = NULL;
  bool fine = source != NULL;
  if (fine) source->bytes = malloc((size_t)file_count * FILE_MAX);
  fine = fine && source->bytes;
  for (int i = 0; fine && i < file_count; i++)
    fine = read_file(source, files[i]);
  if (fine) find_paragraphs(source);
  if (fine && source->count > 0) prose = malloc(size + source->length + 64);
  if (prose) {
    TestRandom random = {20180525};
    char *out = prose;
    while (out < prose + size)
      out = put_paragraph(out, source, &random);
    *length = (uint32_t)(out - prose);
  }
  if (source) free(source->bytes);
  free(source);
  return prose;
}
