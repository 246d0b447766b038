// What a text is read as, where markup of another format than Markdown is to be passed over.
//
// Who knows the format (an editor's parser, its syntax) tells ranges of the text that are no prose.
// The core reads the text with the bytes of these ranges replaced, one for one: offsets stay true,
// and the grammar needs to know no format but its own. Control characters stand for markup; those
// that the text itself holds are read as another one, so that no text can pass for markup. A text
// without such ranges is read as it is: there they are what ASCII calls them, separators.
#ifndef GALLEY_MARKUP_H
#define GALLEY_MARKUP_H

#include "text.h"

// The bytes of a range, as they are read. In scan.h of the grammar too.
enum {
  GALLEY_MARKUP_FILL = 0x1c,   // the rest of a character that is written with more bytes
  GALLEY_MARKUP_OBJECT = 0x1d, // stands in the sentence and is no prose: a formula, a code span
  GALLEY_MARKUP_BREAK = 0x1e,  // a block ends: no name, figure or quote runs over it
  GALLEY_MARKUP_JOIN = 0x1f,   // nothing: a tag within a word, a mark of emphasis
};

typedef struct {
  uint32_t start, end; // bytes from the start of the text that is shown, half open
  uint32_t code;       // of those above; or the character that the range stands for, as &amp; does
} GalleyMarkupRange;

// Writes what `length` bytes of a text are read as; `out` has room for as many. The ranges ascend
// and do not overlap. A character that does not fit its range is read as GALLEY_MARKUP_OBJECT.
// Outside the ranges the characters of `plain` are read as others, of which Markdown makes nothing.
void galley_markup_show(const char *bytes, uint32_t length, const GalleyMarkupRange *ranges,
                        uint32_t count, const char *plain, char *out);

// True for a byte that stands for markup.
static inline bool galley_markup_is(char byte) {
  return (unsigned char)(byte - GALLEY_MARKUP_FILL) < 4;
}

#endif
