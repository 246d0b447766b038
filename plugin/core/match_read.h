// Passages of sources as the core reads them: facts with their sentences. The last ones stay.
// Private to source.c and match*.c.
#ifndef GALLEY_MATCH_READ_H
#define GALLEY_MATCH_READ_H

#include "document.h"
#include "source.h"

typedef struct {
  double value, low, high;     // figure
  double second;               // figure: the end of a range
  uint32_t start, end;         // bytes of the source
  GalleyRange noun;            // figure, likewise
  int32_t first_day, last_day; // date
  uint16_t sentence;           // of the passage
  uint8_t kind, type, subtype, hedge;
  bool stated;    // date: all of it is in the text
  bool scaled;    // figure: a word of its own gave it a power of ten
  char loose;     // figure: GalleyAmount.loose
  char unit[12];  // figure
  char stamp[24]; // date: the start of its TIMEX3 value
} GalleyFact;

// One passage, read. Facts are those that match.c looks for: figures and dates.
typedef struct {
  uint32_t serial, segment, passage; // what it is of
  GalleyFact *facts;                 // ascending by start
  uint32_t *sentences;               // bytes of the source where each starts, ascending
  uint32_t fact_count, sentence_count;
} GalleyReading;

// NULL when memory ends.
GalleyReader *galley_reader_new(void);
void galley_reader_free(GalleyReader *self);
size_t galley_reader_memory(const GalleyReader *self);

// Valid until the next call. NULL when memory ends.
const GalleyReading *galley_reader_read(GalleyReader *self, const GalleySource *source,
                                        uint32_t segment, uint32_t passage);

// The date that a source's first bytes state; GALLEY_DAY_NONE when they state none. False when
// memory ends.
bool galley_reader_date(GalleyReader *self, const char *bytes, uint32_t length, int32_t *date);

// The number that a figure's value text stands for; of "10..15" the first. 0 for none.
double galley_figure_value(const char *text);

// The second number of "10..15"; 0 when there is one alone.
double galley_figure_second(const char *text);

#endif
