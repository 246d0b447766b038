#include "gazetteer.h"

#include "blob.h"

GALLEY_BLOB(galley_gazetteer_blob, "gazetteer.bin");

// Layout of the file: "GALLEYG1", four counts (words, word sets, phrases, phrase sets), then for
// words and again for phrases: sets (8 bytes), bucket starts (4), keys (2), set numbers (2), each
// padded to 8 bytes. The bucket is the high half of a hash, the key its low half.
enum { BUCKETS = 1 << 16, HEAD = 24 };

typedef struct {
  const unsigned char *sets, *starts, *keys, *numbers;
} Table;

static uint32_t padded(uint32_t bytes) {
  return (bytes + 7) & ~7u;
}

static Table table_at(const unsigned char *at, uint32_t keys, uint32_t sets) {
  Table table = {.sets = at};
  table.starts = table.sets + sets * 8;
  table.keys = table.starts + padded((BUCKETS + 1) * 4);
  table.numbers = table.keys + padded(keys * 2);
  return table;
}

static Table word_table(void) {
  const unsigned char *head = galley_gazetteer_blob + 8;
  return table_at(galley_gazetteer_blob + HEAD, galley_blob_32(head), galley_blob_32(head + 4));
}

static Table phrase_table(void) {
  const unsigned char *head = galley_gazetteer_blob + 8;
  const unsigned char *after = word_table().numbers + padded(galley_blob_32(head) * 2);
  return table_at(after, galley_blob_32(head + 8), galley_blob_32(head + 12));
}

static uint64_t find(const Table *table, uint32_t hash) {
  const unsigned char *bucket = table->starts + (hash >> 16) * 4;
  uint32_t first = galley_blob_32(bucket), end = galley_blob_32(bucket + 4);
  for (uint32_t i = first; i < end; i++) {
    if (galley_blob_16(table->keys + i * 2) != (hash & 0xffff)) continue;
    return galley_blob_64(table->sets + galley_blob_16(table->numbers + i * 2) * 8);
  }
  return 0;
}

uint64_t galley_gazetteer_word(uint32_t hash) {
  Table table = word_table();
  return find(&table, hash);
}

uint32_t galley_gazetteer_phrase(uint32_t joined) {
  Table table = phrase_table();
  return (uint32_t)find(&table, joined);
}
