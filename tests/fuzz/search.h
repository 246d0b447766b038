// What must hold of a search in sources, whatever the bytes of article and source are.
#ifndef GALLEY_FUZZ_SEARCH_H
#define GALLEY_FUZZ_SEARCH_H

#include <stdint.h>

// Searches for every fact of the article in the source, which is fed in two pieces that part at
// byte `cut`. NULL when all holds; else what does not, in words.
const char *fuzz_search(const char *article, uint32_t article_length, const char *source,
                        uint32_t source_length, uint32_t cut);

#endif
