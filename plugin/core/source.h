// Sources: the texts that an article rests on, indexed so that a fact's place is found at once.
//
// A source is plain text fed in pieces. One fast pass (source_scan.h) cuts it into passages - a
// paragraph, a list item, a table row, a cell - and notes which words and numbers each one has. A
// search (match.h) picks the few passages that could hold an answer and has the core read those as
// it reads an article. So feeding costs little, whatever the size, and nothing is read twice.
#ifndef GALLEY_SOURCE_H
#define GALLEY_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GALLEY_SEGMENT_SIZE 65536u // bytes that are indexed together, at most
#define GALLEY_SOURCE_NONE UINT32_MAX

typedef struct {
  uint32_t start, end; // bytes of the source
  uint32_t row;        // of its first byte, from 0
  uint32_t heading;    // byte where the heading it stands under starts; GALLEY_SOURCE_NONE
} GalleyPassage;

typedef struct {
  uint32_t stem;  // GalleyScanWord.stem
  uint32_t first; // its postings: [first, first of the next term)
} GalleyTerm;

typedef struct {
  uint32_t mantissa; // GalleyScanWord.mantissa
  uint32_t passage;  // of the segment
} GalleyNumber;

// The index of one stretch of a source. One allocation holds all its arrays.
typedef struct {
  uint32_t start, end;     // bytes of the source
  GalleyPassage *passages; // ascending
  GalleyTerm *terms;       // by stem; one more than term_count, to end the last
  uint16_t *postings;      // passages, ascending within a term, each once
  GalleyNumber *numbers;   // by mantissa
  uint32_t passage_count, term_count, number_count;
} GalleySegment;

typedef struct {
  int64_t id;      // the caller's
  uint32_t serial; // never used before in this set: a source fed anew is another one
  char *bytes;     // owned
  uint32_t length, capacity;
  int32_t date;     // that its head states, days since 1970: what "on Friday" counts from
  uint32_t rows;    // line ends before the last segment
  uint32_t heading; // where the last heading before the last segment starts
  GalleySegment *segments;
  uint32_t segment_count, segment_capacity;
} GalleySource;

typedef struct GalleyIndexer GalleyIndexer; // source_index.h: scratch
typedef struct GalleyReader GalleyReader;   // match_read.h: passages that the core has read

typedef struct {
  GalleySource **sources; // in the order they were added
  uint32_t count, capacity;
  uint32_t serial;
  uint32_t passage_count; // of all sources
  GalleyIndexer *indexer;
  GalleyReader *reader;
} GalleySources;

// NULL when memory ends.
GalleySources *galley_sources_new(void);
void galley_sources_free(GalleySources *self);

// Adds an empty source; one with that id is emptied. False when memory ends.
bool galley_sources_add(GalleySources *self, int64_t id);

// Appends bytes that end at a line end, any bytes, and indexes them. An unknown id is added. False
// when memory ends or the source would pass 2 GB: it is then as it was before the call.
bool galley_sources_feed(GalleySources *self, int64_t id, const char *bytes, size_t length);

void galley_sources_remove(GalleySources *self, int64_t id);

// NULL when there is no such source.
const GalleySource *galley_sources_get(const GalleySources *self, int64_t id);

// Bytes of memory that the set owns.
size_t galley_sources_memory(const GalleySources *self);

#endif
