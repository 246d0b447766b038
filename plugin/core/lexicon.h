// The words the core knows, with what each can be.
//
// Source: plugin/core/words/*.txt, one word a line with its classes; `make lexicon` turns them into
// lexicon_table.inc, a hash table in read-only memory. Keys are folded as galley_fold_word does.
#ifndef GALLEY_LEXICON_H
#define GALLEY_LEXICON_H

#include <stdbool.h>
#include <stdint.h>

#include "lexicon_classes.inc" // enum GalleyClass: GALLEY_CLASS_MONTH, ... (generated, at most 64)

#define GALLEY_IS(class) (UINT64_C(1) << (class))

// The hash that the table is keyed by: FNV-1a over the folded bytes.
#define GALLEY_HASH_START 2166136261u
static inline uint32_t galley_hash_byte(uint32_t hash, unsigned char byte) {
  return (hash ^ byte) * 16777619u;
}

// The id of a folded word (1 and up), 0 when it is not in the lexicon. `length` in bytes.
uint32_t galley_lexicon_find(uint32_t hash, const char *folded, uint32_t length);

// The classes of word `id`, a mask of GALLEY_IS(class). 0 for id 0.
uint64_t galley_lexicon_classes(uint32_t id);

// The number that the word has in a class ("january" in MONTH: 1). False when it is not in the
// class; a class without a number gives 0.
bool galley_lexicon_value(uint32_t id, int class, int32_t *value);

// The symbol that the word has in a class ("euros" in CURRENCY: "EUR"), NULL when it has none.
const char *galley_lexicon_symbol(uint32_t id, int class);

// The folded word itself, NUL-terminated; "" for id 0.
const char *galley_lexicon_word(uint32_t id);

#endif
