#include "span_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar.h"
#include "entity.h"
#include "kind.h"
#include "rule.h"
#include "span_name.h"

void galley_json_free(GalleyJson *self) {
  free(self->bytes);
  *self = (GalleyJson){0};
}

static bool reserve(GalleyJson *self, size_t more) {
  if (self->failed) return false;
  if (self->length + more <= self->capacity) return true;
  size_t capacity = self->capacity + self->capacity / 2 + 4096;
  if (capacity < self->length + more) capacity = self->length + more;
  char *bytes = realloc(self->bytes, capacity);
  self->failed = !bytes;
  if (!bytes) return false;
  self->bytes = bytes;
  self->capacity = capacity;
  return true;
}

static void put_bytes(GalleyJson *self, const char *bytes, size_t length) {
  if (!reserve(self, length)) return;
  memcpy(self->bytes + self->length, bytes, length);
  self->length += length;
}

static void put_plain(GalleyJson *self, const char *text) {
  put_bytes(self, text, strlen(text));
}

// ---- scalars -----------------------------------------------------------------------------------

// Bytes of the character at `at`, 0 when what stands there is none.
static size_t character_length(const unsigned char *at, size_t left) {
  unsigned char a = at[0];
  size_t length = a < 0xc2 || a > 0xf4 ? 0 : a < 0xe0 ? 2 : a < 0xf0 ? 3 : 4;
  if (length == 0 || length > left) return 0;
  for (size_t i = 1; i < length; i++)
    if ((at[i] & 0xc0) != 0x80) return 0;
  unsigned char b = at[1];
  bool overlong = (a == 0xe0 && b < 0xa0) || (a == 0xf0 && b < 0x90);
  bool beyond = (a == 0xed && b >= 0xa0) || (a == 0xf4 && b >= 0x90);
  return overlong || beyond ? 0 : length;
}

// The code point of a character that a terminal obeys, or that turns the direction of what stands
// around it; 0 for others. As an escape it means the same to a program and does nothing on a
// screen.
static unsigned unruly(const unsigned char *at, size_t length) {
  if (length == 2) {
    unsigned code = (at[0] & 0x1fu) << 6 | (at[1] & 0x3fu);
    return code < 0xa0 || code == 0x61c ? code : 0;
  }
  if (length != 3 || at[0] != 0xe2) return 0;
  unsigned code = 0x2000u | (at[1] & 0x3fu) << 6 | (at[2] & 0x3fu);
  bool mark = code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
              (code >= 0x2066 && code <= 0x2069);
  return mark ? code : 0;
}

static void put_escape(GalleyJson *self, unsigned c) {
  static const char letters[] = {['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r',
                                 ['\t'] = 't', ['"'] = '"',  ['\\'] = '\\'};
  char text[8];
  bool letter = c < sizeof letters && letters[c];
  int length = letter ? snprintf(text, sizeof text, "\\%c", letters[c])
                      : snprintf(text, sizeof text, "\\u%04x", c);
  put_bytes(self, text, (size_t)length);
}

static void put_string(GalleyJson *self, const char *bytes, size_t length) {
  const unsigned char *at = (const unsigned char *)bytes, *end = at + length;
  put_plain(self, "\"");
  while (at < end) {
    const unsigned char *start = at;
    while (at < end && *at >= 0x20 && *at < 0x7f && *at != '"' && *at != '\\')
      at++;
    put_bytes(self, (const char *)start, (size_t)(at - start));
    if (at == end) break;
    size_t size = *at < 0x80 ? 0 : character_length(at, (size_t)(end - at));
    unsigned code = size ? unruly(at, size) : 0;
    if (code) {
      put_escape(self, code);
    } else if (size) {
      put_bytes(self, (const char *)at, size);
    } else if (*at < 0x80) {
      put_escape(self, *at);
    } else {
      put_plain(self, "\xef\xbf\xbd"); // a byte that is no character
    }
    at += size ? size : 1;
  }
  put_plain(self, "\"");
}

// As few digits as bring the number back.
static void put_number(GalleyJson *self, double number) {
  char text[40];
  if (!isfinite(number)) {
    put_plain(self, "null");
    return;
  }
  if (floor(number) == number && fabs(number) < 1e15) {
    put_bytes(self, text, (size_t)snprintf(text, sizeof text, "%lld", (long long)number));
    return;
  }
  int length = 0;
  for (int digits = 15; digits <= 17; digits++) {
    length = snprintf(text, sizeof text, "%.*g", digits, number);
    if (strtod(text, NULL) == number) break;
  }
  for (int i = 0; i < length; i++)
    if (text[i] == ',') text[i] = '.'; // a locale's
  put_bytes(self, text, (size_t)length);
}

// ---- fields ------------------------------------------------------------------------------------

static void put_key(GalleyJson *self, const char *key) {
  bool first = self->length > 0 && self->bytes[self->length - 1] == '{';
  put_plain(self, first ? "\"" : ",\"");
  put_plain(self, key);
  put_plain(self, "\":");
}

static void field_null(GalleyJson *self, const char *key) {
  put_key(self, key);
  put_plain(self, "null");
}

static void field_number(GalleyJson *self, const char *key, double number) {
  put_key(self, key);
  put_number(self, number);
}

static void field_bytes(GalleyJson *self, const char *key, const char *bytes, size_t length) {
  put_key(self, key);
  put_string(self, bytes, length);
}

// An empty string is none.
static void field_string(GalleyJson *self, const char *key, const char *text) {
  if (!*text) {
    field_null(self, key);
  } else {
    field_bytes(self, key, text, strlen(text));
  }
}

static void field_day(GalleyJson *self, const char *key, int32_t day) {
  char iso[GALLEY_ISO_SIZE] = "";
  if (day != GALLEY_DAY_NONE) galley_days_format(day, iso);
  field_string(self, key, iso);
}

// The ends of a range that counts from byte `base`; null when it is empty.
static void field_ends(GalleyJson *self, const char *start_key, const char *end_key, uint32_t base,
                       GalleyRange range) {
  if (range.start == range.end) {
    field_null(self, start_key);
    field_null(self, end_key);
  } else {
    field_number(self, start_key, base + range.start);
    field_number(self, end_key, base + range.end);
  }
}

static void field_range(GalleyJson *self, const char *key, const GalleyDocument *document,
                        uint32_t base, GalleyRange range) {
  if (range.start == range.end) {
    field_null(self, key);
  } else {
    field_bytes(self, key, galley_text_written(&document->text) + base + range.start,
                range.end - range.start);
  }
}

static void field_name(GalleyJson *self, const char *key, const GalleyDocument *document,
                       uint32_t cluster) {
  GalleyRange name;
  if (!galley_cluster_name(document, cluster, &name)) {
    field_null(self, key);
    return;
  }
  char *plain = malloc(name.end - name.start + 1);
  if (plain) field_bytes(self, key, plain, galley_plain_name(document, name, plain));
  self->failed = self->failed || !plain;
  free(plain);
}

static void put_entity(GalleyJson *self, const GalleyDocument *document,
                       const GalleyBlockRecord *block, const GalleySpan *span) {
  (void)block;
  uint32_t cluster = span->entity.cluster;
  if (cluster >= document->cluster_count) {
    field_null(self, "entity");
  } else {
    field_number(self, "entity", cluster);
  }
  field_name(self, "name", document, cluster);
  uint8_t gender = cluster < document->cluster_count ? document->clusters[cluster].gender : 0;
  field_string(self, "gender", (const char[]){(char)gender, '\0'});
}

static void put_date(GalleyJson *self, const GalleyDocument *document,
                     const GalleyBlockRecord *block, const GalleySpan *span) {
  (void)document;
  (void)block;
  field_day(self, "first_day", span->date.first_day);
  field_day(self, "last_day", span->date.last_day);
  field_string(self, "confidence", galley_confidence_name(span));
  field_string(self, "anchor", galley_anchor_name(span));
}

static void put_quote(GalleyJson *self, const GalleyDocument *document,
                      const GalleyBlockRecord *block, const GalleySpan *span) {
  uint32_t base = block->start;
  GalleyRange speaker = galley_speaker_range(document, block, span);
  field_number(self, "id", span->quote.id);
  field_string(self, "state", galley_state_name(span));
  field_ends(self, "content_start", "content_end", base, span->quote.content);
  field_range(self, "speaker", document, 0, speaker);
  field_ends(self, "speaker_start", "speaker_end", 0, speaker);
  field_name(self, "speaker_name", document, span->quote.speaker_cluster);
  field_range(self, "cue", document, base, span->quote.cue);
  field_ends(self, "cue_start", "cue_end", base, span->quote.cue);
}

static void put_figure(GalleyJson *self, const GalleyDocument *document,
                       const GalleyBlockRecord *block, const GalleySpan *span) {
  field_string(self, "unit", span->figure.unit_code);
  field_range(self, "noun", document, block->start, span->figure.noun);
  field_number(self, "low", span->figure.low);
  field_number(self, "high", span->figure.high);
  field_string(self, "hedge", (const char[]){(char)span->figure.hedge, '\0'});
}

static void put_citation(GalleyJson *self, const GalleyDocument *document,
                         const GalleyBlockRecord *block, const GalleySpan *span) {
  (void)document;
  (void)block;
  GalleyRange target = {span->citation.target_start, span->citation.target_end};
  field_ends(self, "target_start", "target_end", 0, target);
}

static void put_span(GalleyJson *self, const GalleyDocument *document,
                     const GalleyBlockRecord *block, const GalleySpan *span) {
  static void (*const details[GALLEY_KIND_COUNT])(GalleyJson *, const GalleyDocument *,
                                                  const GalleyBlockRecord *, const GalleySpan *) = {
      [GALLEY_KIND_ENTITY] = put_entity,     [GALLEY_KIND_DATE] = put_date,
      [GALLEY_KIND_QUOTE] = put_quote,       [GALLEY_KIND_FIGURE] = put_figure,
      [GALLEY_KIND_CITATION] = put_citation,
  };
  GalleyRange range = {span->start, span->end};
  put_plain(self, "{");
  field_ends(self, "start", "end", block->start, range);
  field_string(self, "kind", galley_kinds[span->kind].name);
  field_string(self, "type", galley_span_type(span)->name);
  field_range(self, "text", document, block->start, range);
  field_string(self, "value", span->value);
  details[span->kind](self, document, block, span);
  field_string(self, "rule", galley_rule(span->rule)->id);
  put_plain(self, "}");
}

bool galley_json_spans(GalleyJson *self, const GalleyDocument *document, const char *separator) {
  bool first = true;
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    for (uint32_t j = 0; j < block->spans.count; j++) {
      if (block->spans.items[j].hidden) continue;
      if (!first) put_plain(self, separator);
      put_span(self, document, block, &block->spans.items[j]);
      first = false;
    }
  }
  return !self->failed;
}
