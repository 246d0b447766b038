// The document date: what relative dates are counted from.
#ifndef GALLEY_DATE_ANCHOR_H
#define GALLEY_DATE_ANCHOR_H

#include "document.h"

// Sets document_date and document_date_origin from the first of: the stated date, the front
// matter's "date:", a dateline with a year, a "Published ..." line, the file's name. False when
// memory ends.
bool galley_date_find_anchor(GalleyDocument *self);

#endif
