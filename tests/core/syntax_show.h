// Shows what the syntax tree makes of a text, for tests that put both side by side.
#ifndef GALLEY_SYNTAX_SHOW_H
#define GALLEY_SYNTAX_SHOW_H

#include "syntax.h"

// All NULL or empty when memory ends. The caller frees the result with free.

// The text with each quote in braces: {“So,”} he said. A quote without closing mark: {“So ~}
char *show_quotes(const char *bytes, uint32_t length);

// A line a block: its kind and level, then its leaves as kind(text), blanks shown as they are, line
// breaks as \n; plain text leaves bare: heading 2 mark(## )name(Ports) open
char *show_blocks(const char *bytes, uint32_t length);

// The blocks and where their leaves are, neighbours that are text, name, figure or stop as one.
char *show_outline(const char *bytes, uint32_t length);

// The same as read by the grammar as it stands (syntax_fine.c): the core's own makes one leaf of
// text, names, figures and stops.
char *show_fine_blocks(const char *bytes, uint32_t length);
char *show_fine_outline(const char *bytes, uint32_t length);

// What is wrong with the tree of `text`, in words; NULL if nothing is: an ERROR or MISSING node, a
// leaf that is empty, a gap or overlap between leaves, text between blocks that is not blank.
const char *show_fault(const GalleySyntax *syntax, const GalleyText *text);

#endif
