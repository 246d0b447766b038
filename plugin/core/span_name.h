// What of a span is told alike in Lua and in JSON: names of its states, ranges that lie elsewhere.
#ifndef GALLEY_SPAN_NAME_H
#define GALLEY_SPAN_NAME_H

#include "document.h"

const char *galley_confidence_name(const GalleySpan *date);
const char *galley_anchor_name(const GalleySpan *date);
const char *galley_state_name(const GalleySpan *quote);

// The canonical name of a cluster, in bytes of the document. False if there is no such cluster.
bool galley_cluster_name(const GalleyDocument *document, uint32_t cluster, GalleyRange *name);

// Writes the bytes of a name as it is read: without markup, blanks and line breaks as one space.
// Returns how many they are, at most those of the range.
size_t galley_plain_name(const GalleyDocument *document, GalleyRange range, char *out);

// Where a quote's speaker stands, in bytes of the document: perhaps in another block. Empty if
// nowhere.
GalleyRange galley_speaker_range(const GalleyDocument *document, const GalleyBlockRecord *block,
                                 const GalleySpan *quote);

#endif
