#include "lexicon.h"

#include <string.h>

typedef struct {
  uint8_t class;
  int32_t number;
  const char *symbol;
} LexiconValue;

typedef struct {
  uint64_t classes;
  uint32_t text;   // offset in lexicon_text
  uint16_t length; // bytes
  uint16_t first_value;
  uint16_t value_count;
} LexiconEntry;

#include "lexicon_table.inc"

uint32_t galley_lexicon_find(uint32_t hash, const char *folded, uint32_t length) {
  for (uint32_t at = hash % LEXICON_SLOTS; lexicon_slots[at]; at = (at + 1) % LEXICON_SLOTS) {
    const LexiconEntry *entry = &lexicon_entries[lexicon_slots[at] - 1];
    if (entry->length == length && memcmp(lexicon_text + entry->text, folded, length) == 0) {
      return lexicon_slots[at];
    }
  }
  return 0;
}

uint64_t galley_lexicon_classes(uint32_t id) {
  return id == 0 || id > LEXICON_WORDS ? 0 : lexicon_entries[id - 1].classes;
}

static const LexiconValue *find_value(uint32_t id, int class) {
  const LexiconEntry *entry = &lexicon_entries[id - 1];
  for (uint32_t i = 0; i < entry->value_count; i++) {
    const LexiconValue *value = &lexicon_values[entry->first_value + i];
    if (value->class == class) return value;
  }
  return NULL;
}

bool galley_lexicon_value(uint32_t id, int class, int32_t *value) {
  if (!(galley_lexicon_classes(id) & GALLEY_IS(class))) return false;
  const LexiconValue *found = find_value(id, class);
  *value = found ? found->number : 0;
  return true;
}

const char *galley_lexicon_symbol(uint32_t id, int class) {
  if (!(galley_lexicon_classes(id) & GALLEY_IS(class))) return NULL;
  const LexiconValue *found = find_value(id, class);
  return found ? found->symbol : NULL;
}

const char *galley_lexicon_word(uint32_t id) {
  return id == 0 || id > LEXICON_WORDS ? "" : lexicon_text + lexicon_entries[id - 1].text;
}
