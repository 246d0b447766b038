#include "source.h"

#include <stdlib.h>
#include <string.h>

#include "match_read.h"
#include "source_index.h"
#include "text.h"

#define SEGMENT_SMALL 4096 // a last segment below this many bytes is made anew with what follows it
#define HEAD 2048          // bytes that may state a source's date

GalleySources *galley_sources_new(void) {
  GalleySources *self = calloc(1, sizeof(GalleySources));
  if (!self) return NULL;
  self->indexer = galley_indexer_new();
  self->reader = galley_reader_new();
  if (self->indexer && self->reader) return self;
  galley_sources_free(self);
  return NULL;
}

static void empty_source(GalleySource *source) {
  for (uint32_t i = 0; i < source->segment_count; i++)
    galley_segment_free(&source->segments[i]);
  free(source->segments);
  free(source->bytes);
  *source =
      (GalleySource){.id = source->id, .heading = GALLEY_SOURCE_NONE, .date = GALLEY_DAY_NONE};
}

static void free_source(GalleySource *source) {
  empty_source(source);
  free(source);
}

void galley_sources_free(GalleySources *self) {
  if (!self) return;
  for (uint32_t i = 0; i < self->count; i++)
    free_source(self->sources[i]);
  free(self->sources);
  galley_indexer_free(self->indexer);
  galley_reader_free(self->reader);
  free(self);
}

static uint32_t index_of(const GalleySources *self, int64_t id) {
  uint32_t i = 0;
  while (i < self->count && self->sources[i]->id != id)
    i++;
  return i;
}

const GalleySource *galley_sources_get(const GalleySources *self, int64_t id) {
  uint32_t index = index_of(self, id);
  return index < self->count ? self->sources[index] : NULL;
}

static void forget_passages(GalleySources *self, const GalleySource *source, uint32_t from) {
  for (uint32_t i = from; i < source->segment_count; i++)
    self->passage_count -= source->segments[i].passage_count;
}

bool galley_sources_add(GalleySources *self, int64_t id) {
  uint32_t index = index_of(self, id);
  if (index < self->count) {
    forget_passages(self, self->sources[index], 0);
    empty_source(self->sources[index]);
    self->sources[index]->serial = ++self->serial;
    return true;
  }
  if (self->count == self->capacity) {
    uint32_t capacity = self->capacity ? self->capacity * 2 : 8;
    GalleySource **sources = realloc(self->sources, capacity * sizeof(GalleySource *));
    if (!sources) return false;
    self->sources = sources;
    self->capacity = capacity;
  }
  GalleySource *source = calloc(1, sizeof(GalleySource));
  if (!source) return false;
  source->id = id;
  source->serial = ++self->serial;
  source->heading = GALLEY_SOURCE_NONE;
  source->date = GALLEY_DAY_NONE;
  self->sources[self->count++] = source;
  return true;
}

void galley_sources_remove(GalleySources *self, int64_t id) {
  uint32_t index = index_of(self, id);
  if (index == self->count) return;
  forget_passages(self, self->sources[index], 0);
  free_source(self->sources[index]);
  self->count--;
  memmove(self->sources + index, self->sources + index + 1,
          (self->count - index) * sizeof(GalleySource *));
}

static bool append(GalleySource *source, const char *bytes, size_t length) {
  if (length > GALLEY_TEXT_MAX - source->length) return false;
  uint32_t needed = source->length + (uint32_t)length;
  if (needed > source->capacity) {
    uint32_t spare = source->capacity / 2;
    uint32_t capacity = needed;
    if (source->capacity <= GALLEY_TEXT_MAX - spare && source->capacity + spare > needed) {
      capacity = source->capacity + spare;
    }
    char *grown = realloc(source->bytes, capacity);
    if (!grown) return false;
    source->bytes = grown;
    source->capacity = capacity;
  }
  if (length) memcpy(source->bytes + source->length, bytes, length);
  source->length = needed;
  return true;
}

static bool push_segment(GalleySource *source, const GalleySegment *segment) {
  if (!source->segments || source->segment_count == source->segment_capacity) {
    uint32_t capacity = source->segment_capacity ? source->segment_capacity * 2 : 4;
    GalleySegment *segments = realloc(source->segments, capacity * sizeof(GalleySegment));
    if (!segments) return false;
    source->segments = segments;
    source->segment_capacity = capacity;
  }
  source->segments[source->segment_count++] = *segment;
  return true;
}

static uint32_t rows_between(const GalleySource *source, uint32_t start, uint32_t end) {
  uint32_t rows = 0;
  for (const char *at = source->bytes + start, *last = source->bytes + end;
       at < last && (at = memchr(at, '\n', (size_t)(last - at))); at++)
    rows++;
  return rows;
}

// Indexes from byte `at` on; the segments made are put behind the ones there are.
static bool index_from(GalleySources *self, GalleySource *source, uint32_t at, uint32_t row,
                       uint32_t heading) {
  while (at < source->length) {
    GalleySegment segment;
    uint32_t start_row = row, start_heading = heading;
    if (!galley_indexer_run(self->indexer, source, at, row, &heading, &segment)) return false;
    if (!push_segment(source, &segment)) {
      galley_segment_free(&segment);
      return false;
    }
    source->rows = start_row;
    source->heading = start_heading;
    row += rows_between(source, at, segment.end);
    at = segment.end;
    self->passage_count += segment.passage_count;
  }
  return true;
}

bool galley_sources_feed(GalleySources *self, int64_t id, const char *bytes, size_t length) {
  if (index_of(self, id) == self->count && !galley_sources_add(self, id)) return false;
  GalleySource *source = self->sources[index_of(self, id)];
  uint32_t old_length = source->length, old_rows = source->rows, old_heading = source->heading;
  if (!append(source, bytes, length)) return false;
  uint32_t head = source->length < HEAD ? source->length : HEAD;
  if (old_length < HEAD && !galley_reader_date(self->reader, source->bytes, head, &source->date)) {
    source->length = old_length;
    return false;
  }

  GalleySegment *last = source->segment_count ? &source->segments[source->segment_count - 1] : NULL;
  GalleySegment replaced = {0};
  uint32_t at = old_length, row = old_rows, heading = old_heading;
  if (last && last->end - last->start < SEGMENT_SMALL) {
    replaced = *last;
    source->segment_count--;
    self->passage_count -= replaced.passage_count;
    at = replaced.start;
  } else if (last) {
    row += rows_between(source, last->start, at);
    const GalleyPassage *final =
        last->passage_count ? &last->passages[last->passage_count - 1] : NULL;
    if (final) heading = final->heading;
  }
  uint32_t kept = source->segment_count;
  if (index_from(self, source, at, row, heading)) {
    galley_segment_free(&replaced);
    source->serial = ++self->serial;
    return true;
  }
  forget_passages(self, source, kept);
  while (source->segment_count > kept)
    galley_segment_free(&source->segments[--source->segment_count]);
  if (replaced.passages) { // its slot is still there
    source->segments[source->segment_count++] = replaced;
    self->passage_count += replaced.passage_count;
  }
  source->length = old_length;
  source->rows = old_rows;
  source->heading = old_heading;
  return false;
}

size_t galley_sources_memory(const GalleySources *self) {
  size_t bytes = sizeof *self + self->capacity * sizeof(GalleySource *) +
                 galley_indexer_memory(self->indexer) + galley_reader_memory(self->reader);
  for (uint32_t i = 0; i < self->count; i++) {
    const GalleySource *source = self->sources[i];
    bytes += sizeof *source + source->capacity + source->segment_capacity * sizeof(GalleySegment);
    for (uint32_t j = 0; j < source->segment_count; j++)
      bytes += galley_segment_memory(&source->segments[j]);
  }
  return bytes;
}
