// Citations: what the annotator of a block and the resolver of a document share, and the citations
// of a fact.
#ifndef GALLEY_CITATION_H
#define GALLEY_CITATION_H

#include "annotate.h"
#include "document.h"

// What a citation by number points to: GalleySpan.subtype of a GALLEY_CITATION_REFERENCE.
typedef enum {
  CITATION_LABEL_NONE,
  CITATION_LABEL_FIGURE,
  CITATION_LABEL_TABLE,
  CITATION_LABEL_CHART,
  CITATION_LABEL_GRAPH,
  CITATION_LABEL_DIAGRAM,
  CITATION_LABEL_EXHIBIT,
  CITATION_LABEL_MAP,
  CITATION_LABEL_PLATE,
  CITATION_LABEL_BOX,
} CitationLabel;

// The label that a word names, as it stands in the text: "Fig.", "Figures", "TABLE".
CitationLabel galley_citation_label(const char *bytes, uint32_t length);

#define GALLEY_CITATIONS_MAX 16 // of one fact that are told

// Notes for each span of a block which sentences it stands in, if the block has a citation.
void galley_citation_note_sentences(const GalleyBlockView *block);

// The citations in the sentences of a fact, in text order. `fact` is an item of `spans`. Returns
// how many were put into `out`.
uint32_t galley_citations_of(const GalleySpanList *spans, const GalleySpan *fact,
                             const GalleySpan *out[GALLEY_CITATIONS_MAX]);

enum { // GalleySpan.state of a citation
  CITATION_PLAIN,
  CITATION_DOUBTFUL, // "Smith (2018)" may be a film and its year: shown where a source bears it out
};

#endif
